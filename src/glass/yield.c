/* Cooperative shear model: yield stress, barrier, zone volume. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/yield.h>

static vt_status check(const vt_csm *p, const double *out, vt_error *err)
{
    if (!p || !out) return vt_fail(err, VT_EARG, "law or output is NULL");
    if (!(p->gamma_C0 > 0.0) || !(p->gamma_C1 >= 0.0) || !(p->gamma_C > 0.0))
        return vt_fail(err, VT_EARG, "gamma_C0 = %g and gamma_C = %g must be > 0, gamma_C1 = %g >= 0", p->gamma_C0,
                       p->gamma_C, p->gamma_C1);
    if (!(p->R > 0.0) || !(p->zeta > 0.0))
        return vt_fail(err, VT_EARG, "R = %g and zeta = %g must be > 0", p->R, p->zeta);
    return VT_OK;
}

vt_status vt_csm_yield(const vt_csm *p, size_t n, const double *theta, double *ratio, vt_error *err)
{
    const double none = 0.0;
    const vt_status st = check(p, n > 0 ? ratio : &none, err);
    if (st != VT_OK) return st;
    if (n > 0 && !theta) return vt_fail(err, VT_EARG, "theta is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(theta[i] >= 0.0) || !(p->gamma_C0 > p->gamma_C1 * pow(theta[i], 2.0 / 3.0)))
            return vt_fail(err, VT_EDOMAIN,
                           "theta[%zu] = T/Tg = %g is not between 0 and %g, where the yield stress ends", i, theta[i],
                           pow(p->gamma_C0 / p->gamma_C1, 1.5));
    for (size_t i = 0; i < n; i++) ratio[i] = p->gamma_C0 - p->gamma_C1 * pow(theta[i], 2.0 / 3.0);
    return VT_OK;
}

vt_status vt_csm_barrier(const vt_csm *p, double G, double Omega, double s, double *W, vt_error *err)
{
    const vt_status st = check(p, W, err);
    if (st != VT_OK) return st;
    if (!(G > 0.0) || !(Omega > 0.0))
        return vt_fail(err, VT_EARG, "G = %g Pa and Omega = %g m^3 must be > 0", G, Omega);
    if (!(s >= 0.0 && s <= 1.0)) return vt_fail(err, VT_EDOMAIN, "tau/tau_0 = %g is not in [0, 1]", s);
    *W = 4.0 * p->R * G * p->gamma_C * p->gamma_C * p->zeta * Omega * pow(1.0 - s, 1.5);
    return VT_OK;
}

vt_status vt_csm_zone_factor(const vt_csm *p, double s, double *C, vt_error *err)
{
    const vt_status st = check(p, C, err);
    if (st != VT_OK) return st;
    if (!(s >= 0.0 && s < 1.0)) return vt_fail(err, VT_EDOMAIN, "tau/tau_0 = %g is not in [0, 1)", s);
    *C = p->gamma_C0 / (6.0 * p->R * p->gamma_C * p->gamma_C * p->zeta * sqrt(1.0 - s));
    return VT_OK;
}

vt_status vt_csm_reduced_stress(const vt_csm *p, double theta, double *s, vt_error *err)
{
    double ratio;
    const vt_status st = s ? vt_csm_yield(p, 1, &theta, &ratio, err) : vt_fail(err, VT_EARG, "s is NULL");
    if (st != VT_OK) return st;
    *s = 1.0 - p->gamma_C1 / p->gamma_C0 * pow(theta, 2.0 / 3.0);
    return VT_OK;
}

vt_status vt_activation_volume(double M, double T, double m, double sigma, double *V, vt_error *err)
{
    if (!V) return vt_fail(err, VT_EARG, "V is NULL");
    if (!(M > 0.0) || !(T > 0.0) || !(m > 0.0) || !(sigma > 0.0))
        return vt_fail(err, VT_EARG, "M = %g, T = %g K, m = %g and sigma = %g Pa must be > 0", M, T, m, sigma);
    *V = M * VT_BOLTZMANN * T / (m * sigma);
    return VT_OK;
}
