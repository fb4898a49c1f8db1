/* Free-volume flow: rate, Newtonian limit, steady state of the normalised model. */
#include "glass/root_internal.h"

#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/free_volume.h>

static vt_status check(const vt_free_volume *p, size_t n, const double *T, const double *v, const double *out,
                       vt_error *err)
{
    if (!p || (n > 0 && (!T || !v || !out))) return vt_fail(err, VT_EARG, "law or array is NULL");
    if (!(p->f > 0.0) || !(p->Gm >= 0.0) || !(p->Omega > 0.0))
        return vt_fail(err, VT_EARG, "f = %g 1/s and Omega = %g m^3 must be > 0, Gm = %g J >= 0", p->f, p->Omega,
                       p->Gm);
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0) || !(v[i] > 0.0))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K and free volume v[%zu] = %g must be > 0", i, T[i], i, v[i]);
    return VT_OK;
}

vt_status vt_free_volume_rate(const vt_free_volume *p, size_t n, const double *T, const double *v, const double *tau,
                              double *rate, vt_error *err)
{
    const vt_status st = check(p, n, T, v, rate, err);
    if (st != VT_OK) return st;
    if (n > 0 && !tau) return vt_fail(err, VT_EARG, "tau is NULL");
    for (size_t i = 0; i < n; i++)
        if (!isfinite(tau[i])) return vt_fail(err, VT_EDOMAIN, "tau[%zu] = %g Pa is not finite", i, tau[i]);
    for (size_t i = 0; i < n; i++) {
        const double kT = VT_BOLTZMANN * T[i];
        const double x = tau[i] * p->Omega / (2.0 * kT), down = 1.0 / v[i] + p->Gm / kT;
        /* Far from equilibrium 2 sinh x is exp |x|, and the exponents are joined before either overflows. */
        rate[i] = fabs(x) < 30.0 ? 2.0 * p->f * exp(-down) * sinh(x) : copysign(p->f * exp(fabs(x) - down), x);
    }
    return VT_OK;
}

vt_status vt_free_volume_newtonian(const vt_free_volume *p, size_t n, const double *T, const double *v, double *eta,
                                   vt_error *err)
{
    const vt_status st = check(p, n, T, v, eta, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        const double kT = VT_BOLTZMANN * T[i];
        eta[i] = kT / (p->f * p->Omega) * exp(1.0 / v[i] + p->Gm / kT);
    }
    return VT_OK;
}

struct steady {
    double q;       /* K/n_D */
    double ln_rate; /* of the wanted rate */
};

/* ln(rate(v)) - ln(wanted), with sinh = sqrt(y (y + 2)), y = cosh - 1 = q v. Increasing in v. */
static double steady_at(double v, const void *context, double *slope)
{
    const struct steady *p = context;
    const double y = p->q * v;
    *slope = 1.0 / (v * v) + 0.5 / v + 0.5 * p->q / (y + 2.0);
    return -1.0 / v + 0.5 * (log(y) + log(y + 2.0)) - p->ln_rate;
}

static vt_status steady_v(double q, double rate, double *v)
{
    const struct steady c = {q, log(rate)};
    double lo = 0.05, hi = 0.05, slope;
    for (int k = 0; k < 60 && steady_at(lo, &c, &slope) > 0.0; k++) lo *= 0.5;
    for (int k = 0; k < 2000 && steady_at(hi, &c, &slope) < 0.0; k++) hi *= 2.0;
    return vti_root(steady_at, &c, lo, hi, v);
}

vt_status vt_free_volume_steady(double K, double n_D, size_t n, const double *rate, double *sigma, double *v,
                                vt_error *err)
{
    if (!(K > 0.0) || !(n_D > 0.0) || isinf(K) || isinf(n_D))
        return vt_fail(err, VT_EARG, "K = %g and n_D = %g must be > 0 and finite", K, n_D);
    if (n > 0 && (!rate || !sigma)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(rate[i] > 0.0) || isinf(rate[i]))
            return vt_fail(err, VT_EDOMAIN, "rate[%zu] = %g must be > 0 and finite", i, rate[i]);
    double root;
    for (size_t i = 0; i < n; i++) /* first pass: nothing is written before every solution is known to exist */
        if (steady_v(K / n_D, rate[i], &root) != VT_OK)
            return vt_fail(err, VT_ENOCONV, "no steady state found for rate[%zu] = %g", i, rate[i]);
    for (size_t i = 0; i < n; i++) {
        steady_v(K / n_D, rate[i], &root);
        const double y = K / n_D * root;
        sigma[i] = log1p(y + sqrt(y) * sqrt(y + 2.0));
        if (v) v[i] = root;
    }
    return VT_OK;
}
