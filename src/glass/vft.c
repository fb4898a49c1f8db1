/* Vogel-Fulcher-Tammann viscosity. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/vft.h>

static vt_status check_law(const vt_vft *p, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    /* !(x > 0), not x <= 0: a NaN is refused too. */
    if (!(p->eta0 > 0.0) || !(p->B > 0.0) || !(p->T0 >= 0.0) || isinf(p->eta0) || isinf(p->B) || isinf(p->T0))
        return vt_fail(err, VT_EARG, "eta0 = %g Pa s and B = %g K must be > 0, T0 = %g K >= 0, all finite", p->eta0,
                       p->B, p->T0);
    return VT_OK;
}

static vt_status check(const vt_vft *p, size_t n, const double *T, const double *out, vt_error *err)
{
    const vt_status st = check_law(p, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!T || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > p->T0)) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above T0 = %g K", i, T[i], p->T0);
    return VT_OK;
}

vt_status vt_vft_init(vt_vft *p, double eta_g, double Tg, double D, double T0, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (!(eta_g > 0.0) || !(D > 0.0) || !(T0 > 0.0) || isinf(eta_g) || isinf(D))
        return vt_fail(err, VT_EARG, "eta_g = %g Pa s, D* = %g and T0 = %g K must be > 0 and finite", eta_g, D, T0);
    if (!(Tg > T0)) return vt_fail(err, VT_EDOMAIN, "Tg = %g K is not above T0 = %g K", Tg, T0);
    const double B = D * T0; /* K */
    const double eta0 = eta_g * exp(-B / (Tg - T0));
    if (!(eta0 > 0.0))
        return vt_fail(err, VT_ERANGE, "eta0 = %g exp(-%g) Pa s underflows; Tg = %g K is too near T0 = %g K", eta_g,
                       B / (Tg - T0), Tg, T0);
    *p = (vt_vft){.eta0 = eta0, .B = B, .T0 = T0};
    return VT_OK;
}

vt_status vt_vft_viscosity(const vt_vft *p, size_t n, const double *T, double *eta, vt_error *err)
{
    const vt_status st = check(p, n, T, eta, err); /* every input, before the first output */
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) eta[i] = p->eta0 * exp(p->B / (T[i] - p->T0));
    return VT_OK;
}

vt_status vt_vft_ln_viscosity(const vt_vft *p, size_t n, const double *T, double *ln_eta, vt_error *err)
{
    const vt_status st = check(p, n, T, ln_eta, err);
    if (st != VT_OK) return st;
    const double ln_eta0 = log(p->eta0);
    for (size_t i = 0; i < n; i++) ln_eta[i] = ln_eta0 + p->B / (T[i] - p->T0);
    return VT_OK;
}

vt_status vt_vft_temperature(const vt_vft *p, size_t n, const double *eta, double *T, vt_error *err)
{
    const vt_status st = check_law(p, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!eta || !T)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(eta[i] > p->eta0) || isinf(eta[i]))
            return vt_fail(err, VT_EDOMAIN, "eta[%zu] = %g Pa s is not above eta0 = %g Pa s and finite", i, eta[i],
                           p->eta0);
    for (size_t i = 0; i < n; i++) T[i] = p->T0 + p->B / log(eta[i] / p->eta0);
    return VT_OK;
}

vt_status vt_vft_activation_energy(const vt_vft *p, size_t n, const double *T, double *Q, vt_error *err)
{
    const vt_status st = check(p, n, T, Q, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        const double q = T[i] / (T[i] - p->T0);
        Q[i] = VT_BOLTZMANN * p->B * q * q;
    }
    return VT_OK;
}

vt_status vt_vft_fragility(const vt_vft *p, double Tg, double *m, vt_error *err)
{
    const vt_status st = check(p, 1, &Tg, m, err);
    if (st != VT_OK) return st;
    *m = p->B * Tg / (pow(Tg - p->T0, 2.0) * log(10.0));
    return VT_OK;
}
