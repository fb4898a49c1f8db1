/* Isothermal and non-isothermal Avrami kinetics. */
#include "glass/history_internal.h"

#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/crystal.h>

static vt_status check_kjma(const vt_kjma *p, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (p->kind != VT_KJMA_CONSTANT_NUCLEATION && p->kind != VT_KJMA_SITE_SATURATED)
        return vt_fail(err, VT_EARG, "unknown kind %d", (int)p->kind);
    if (!(p->nucleation > 0.0) || !(p->u > 0.0))
        return vt_fail(err, VT_EARG, "nucleation = %g and growth speed u = %g m/s must be > 0", p->nucleation, p->u);
    return VT_OK;
}

static double exponent(const vt_kjma *p)
{
    return p->kind == VT_KJMA_CONSTANT_NUCLEATION ? 4.0 : 3.0;
}

/* Extended volume fraction / t^n. */
static double coefficient(const vt_kjma *p)
{
    const double shape = p->kind == VT_KJMA_CONSTANT_NUCLEATION ? VT_PI / 3.0 : 4.0 * VT_PI / 3.0;
    return shape * p->nucleation * p->u * p->u * p->u;
}

vt_status vt_kjma_fraction(const vt_kjma *p, size_t n, const double *t, double *X, vt_error *err)
{
    const vt_status st = check_kjma(p, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!t || !X)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(t[i] >= 0.0)) return vt_fail(err, VT_EDOMAIN, "t[%zu] = %g s is not >= 0", i, t[i]);
    for (size_t i = 0; i < n; i++) X[i] = -expm1(-coefficient(p) * pow(t[i], exponent(p)));
    return VT_OK;
}

vt_status vt_kjma_time(const vt_kjma *p, double X, double *t, vt_error *err)
{
    const vt_status st = check_kjma(p, err);
    if (st != VT_OK) return st;
    if (!t) return vt_fail(err, VT_EARG, "t is NULL");
    if (!(X > 0.0 && X < 1.0)) return vt_fail(err, VT_EDOMAIN, "fraction X = %g is not between 0 and 1", X);
    *t = pow(-log1p(-X) / coefficient(p), 1.0 / exponent(p));
    return VT_OK;
}

vt_status vt_jmak_fraction(const vt_jmak *p, size_t n, const double *t, const double *T, double *X, vt_error *err)
{
    double ln_ref; /* ln of the rate's value at T_ref: also checks the law */
    if (!p || !X) return vt_fail(err, VT_EARG, "law or output is NULL");
    if (!(p->n > 0.0) || isinf(p->n)) return vt_fail(err, VT_EARG, "Avrami exponent n = %g must be > 0", p->n);
    vt_status st = vt_arrhenius_ln(&p->k, 1, &p->k.T_ref, &ln_ref, NULL, err);
    if (st == VT_OK) st = vti_history_check(n, t, T, err);
    if (st != VT_OK) return st;
    const double c1 = -p->k.Q / VT_BOLTZMANN, c0 = ln_ref - c1 / p->k.T_ref; /* ln k = c0 + c1/T */
    double sum = 0.0;
    for (size_t i = 1; i < n; i++) sum += vti_history_exponential(c0, c1, T[i - 1], T[i], t[i] - t[i - 1], 0);
    *X = -expm1(-pow(sum, p->n));
    return VT_OK;
}
