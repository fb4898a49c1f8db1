/* Arrhenius law from a reference temperature. */
#include <math.h>
#include <vitrum/arrhenius.h>
#include <vitrum/constants.h>

static vt_status check(const vt_arrhenius *p, size_t n, const double *T, const double *out, vt_error *err)
{
    if (!p || (n > 0 && (!T || !out))) return vt_fail(err, VT_EARG, "law or array is NULL");
    if (!(p->X_ref > 0.0) || !(p->T_ref > 0.0) || !(p->Q >= 0.0) || isinf(p->X_ref) || isinf(p->Q))
        return vt_fail(err, VT_EARG, "X_ref = %g and T_ref = %g K must be > 0, Q = %g J >= 0, all finite", p->X_ref,
                       p->T_ref, p->Q);
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above 0 K", i, T[i]);
    return VT_OK;
}

vt_status vt_arrhenius_value(const vt_arrhenius *p, size_t n, const double *T, double *X, vt_error *err)
{
    const vt_status st = check(p, n, T, X, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) X[i] = p->X_ref * exp(-p->Q / VT_BOLTZMANN * (1.0 / T[i] - 1.0 / p->T_ref));
    return VT_OK;
}

vt_status vt_arrhenius_ln(const vt_arrhenius *p, size_t n, const double *T, double *ln_X, double *jac, vt_error *err)
{
    const vt_status st = check(p, n, T, ln_X, err);
    if (st != VT_OK) return st;
    const double ln_ref = log(p->X_ref);
    for (size_t i = 0; i < n; i++) {
        const double slope = -(1.0 / T[i] - 1.0 / p->T_ref) / VT_BOLTZMANN; /* 1/J */
        if (jac) {
            jac[i * VT_ARRHENIUS_PARAMETERS + VT_ARRHENIUS_LN_X_REF] = 1.0;
            jac[i * VT_ARRHENIUS_PARAMETERS + VT_ARRHENIUS_Q] = slope;
        }
        ln_X[i] = ln_ref + slope * p->Q;
    }
    return VT_OK;
}
