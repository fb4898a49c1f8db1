/* P23: laws of relaxation, and the volumes behind them. */
#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/onchip_law.h>

static bool positive(double x)
{
    return x > 0.0 && isfinite(x);
}

vt_status vt_onchip_rate_stress(double A1, double c2, double c3, double theta, double *S, vt_error *err)
{
    if (!S) return vt_fail(err, VT_EARG, "result is NULL");
    if (!isfinite(A1) || !positive(c2) || !positive(c3) || !(theta >= 0.0) || isinf(theta))
        return vt_fail(err, VT_EDOMAIN,
                       "A1 = %g m must be finite, c2 = %g Pa/m and c3 = %g 1/m > 0, theta = %g Pa >= 0", A1, c2, c3,
                       theta);
    *S = A1 * (c2 + theta * c3);
    return VT_OK;
}

vt_status vt_onchip_volume(double M, double T, double S, double *V, vt_error *err)
{
    if (!V) return vt_fail(err, VT_EARG, "result is NULL");
    if (!positive(M) || !positive(T) || !positive(S))
        return vt_fail(err, VT_EDOMAIN, "M = %g, T = %g K and S = %g Pa must be > 0", M, T, S);
    *V = M * VT_BOLTZMANN * T / S;
    return VT_OK;
}

vt_status vt_onchip_rate_sensitivity(double S, double sigma, double threshold, double *m, vt_error *err)
{
    if (!m) return vt_fail(err, VT_EARG, "result is NULL");
    if (!positive(S) || !positive(sigma - threshold))
        return vt_fail(err, VT_EDOMAIN, "S = %g Pa must be > 0, sigma = %g Pa above its threshold of %g Pa", S, sigma,
                       threshold);
    *m = S / (sigma - threshold);
    return VT_OK;
}

vt_status vt_onchip_log_law(double A1, double ln_A2, double t, double *u, vt_error *err)
{
    if (!u) return vt_fail(err, VT_EARG, "result is NULL");
    if (!isfinite(A1) || !isfinite(ln_A2) || !positive(t))
        return vt_fail(err, VT_EDOMAIN, "A1 = %g m and ln A2 = %g must be finite, t = %g s > 0", A1, ln_A2, t);
    *u = A1 * (ln_A2 + log(t));
    return VT_OK;
}

vt_status vt_onchip_general_law(double u_r, double A1, double t_r, double t, double *u, vt_error *err)
{
    if (!u) return vt_fail(err, VT_EARG, "result is NULL");
    if (!isfinite(u_r) || !isfinite(A1) || !positive(t_r) || !(t >= 0.0) || isinf(t))
        return vt_fail(err, VT_EDOMAIN, "u_r = %g m and A1 = %g m must be finite, t_r = %g s > 0, t = %g s >= 0", u_r,
                       A1, t_r, t);
    *u = u_r + A1 * log1p(t / t_r);
    return VT_OK;
}

vt_status vt_onchip_flow_rate(double p, double eps_p, double t, double *rate, vt_error *err)
{
    if (!rate) return vt_fail(err, VT_EARG, "result is NULL");
    if (!positive(p) || !positive(eps_p) || !positive(t))
        return vt_fail(err, VT_EDOMAIN, "c3 A1 = %g, plastic strain = %g and time = %g s must be > 0", p, eps_p, t);
    *rate = -(p / t) * expm1(-eps_p / p);
    return VT_OK;
}

vt_status vt_onchip_stress_drop(double S, double t1, double t2, double *drop, vt_error *err)
{
    if (!drop) return vt_fail(err, VT_EARG, "result is NULL");
    if (!isfinite(S) || !positive(t1) || !(t2 >= t1) || isinf(t2))
        return vt_fail(err, VT_EDOMAIN, "S = %g Pa must be finite, times %g s and %g s > 0 and ascending", S, t1, t2);
    *drop = S * log(t2 / t1);
    return VT_OK;
}

/* Integral of dx/w over a straight piece from a to b: dx ln(b/a)/(b - a), without loss where they are close. */
static double piece(double dx, double a, double b)
{
    const double q = (b - a) / a;
    return fabs(q) < 1e-12 ? dx / a : dx * log1p(q) / (b - a);
}

vt_status vt_onchip_effective_length(size_t n, const double *x, const double *w, double w0, double *L, vt_error *err)
{
    if (!x || !w || !L || n < 2) return vt_fail(err, VT_EARG, "profile is NULL or has %zu places; need 2", n);
    if (!positive(w0)) return vt_fail(err, VT_EDOMAIN, "width w0 = %g m must be > 0", w0);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!positive(w[i])) return vt_fail(err, VT_EDOMAIN, "w[%zu] = %g m must be > 0", i, w[i]);
        if (!isfinite(x[i])) return vt_fail(err, VT_EDOMAIN, "x[%zu] is not finite", i);
        if (i == 0) continue;
        if (!(x[i] > x[i - 1])) return vt_fail(err, VT_EDOMAIN, "x[%zu] = %g m is not after %g m", i, x[i], x[i - 1]);
        sum += piece(x[i] - x[i - 1], w[i - 1], w[i]);
    }
    *L = w0 * sum;
    return VT_OK;
}

vt_status vt_onchip_pointer(double y, double L, double arm, double offset, double *eps_a, vt_error *err)
{
    if (!eps_a) return vt_fail(err, VT_EARG, "result is NULL");
    if (!positive(y) || !positive(L) || !positive(arm) || !positive(offset))
        return vt_fail(err, VT_EDOMAIN, "tip %g m, beams %g m, arm %g m and offset %g m must be > 0", y, L, arm,
                       offset);
    *eps_a = -y * offset / (2.0 * L * (arm + 0.5 * offset));
    return VT_OK;
}

vt_status vt_onchip_zone_factor(const vt_csm *p, const vt_csm *u, double theta, double *C, double *u_C,
                                double relative[3], vt_error *err)
{
    if (!p || !u || !C || !u_C) return vt_fail(err, VT_EARG, "constants or result is NULL");
    double s = 0.0, factor;
    const bool root = theta > 0.0;
    vt_status st = VT_OK;
    if (!(theta >= 0.0)) return vt_fail(err, VT_EDOMAIN, "T/Tg = %g must be >= 0", theta);
    if (!(u->gamma_C0 >= 0.0) || !(u->gamma_C1 >= 0.0) || !(u->gamma_C >= 0.0))
        return vt_fail(err, VT_EDOMAIN, "an uncertainty of the constants is not >= 0");
    if (root) st = vt_csm_reduced_stress(p, theta, &s, err);
    if (st == VT_OK) st = vt_csm_zone_factor(p, s, &factor, err);
    if (st != VT_OK) return st;
    /* C' ~ gamma_C0/gamma_C^2; with the root, of gamma_C1/gamma_C0, another (gamma_C0/gamma_C1)^(1/2). */
    const double part[3] = {(root ? 1.5 : 1.0) * u->gamma_C0 / p->gamma_C0,
                            root ? -0.5 * u->gamma_C1 / p->gamma_C1 : 0.0, -2.0 * u->gamma_C / p->gamma_C};
    double sum = 0.0;
    for (int i = 0; i < 3; i++) {
        sum += part[i] * part[i];
        if (relative) relative[i] = part[i];
    }
    *C = factor;
    *u_C = factor * sqrt(sum);
    return VT_OK;
}
