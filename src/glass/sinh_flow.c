/* Hyperbolic-sine law of steady flow: dimensionless functions, their inverses, and the law in shear. */
#include "glass/root_internal.h"

#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/flow.h>

static vt_status check(size_t n, const double *x, const double *out, vt_error *err)
{
    if (n > 0 && (!x || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(x[i] >= 0.0)) return vt_fail(err, VT_EDOMAIN, "x[%zu] = %g is not >= 0", i, x[i]);
    return VT_OK;
}

/* x/sinh x = 2 x e^-x / (1 - e^-2x): no overflow, and expm1 keeps small x exact. */
static double ratio_at(double x)
{
    if (x == 0.0) return 1.0;
    if (isinf(x)) return 0.0;
    return 2.0 * x * exp(-x) / -expm1(-2.0 * x);
}

vt_status vt_sinh_ratio(size_t n, const double *x, double *ratio, vt_error *err)
{
    const vt_status st = check(n, x, ratio, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) ratio[i] = ratio_at(x[i]);
    return VT_OK;
}

vt_status vt_sinh_sensitivity(size_t n, const double *x, double *m, vt_error *err)
{
    const vt_status st = check(n, x, m, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) m[i] = x[i] > 0.0 ? tanh(x[i]) / x[i] : 1.0;
    return VT_OK;
}

/* ln(sinh x / x) + ln ratio. */
static double ratio_equation(double x, const void *context, double *slope)
{
    *slope = 1.0 / tanh(x) - 1.0 / x;
    /* Via the logarithm of each factor: x/sinh x itself underflows at x = 745. */
    return *(const double *)context + x + log(-expm1(-2.0 * x) / (2.0 * x));
}

vt_status vt_sinh_x_at_ratio(double ratio, double *x, vt_error *err)
{
    if (!x) return vt_fail(err, VT_EARG, "x is NULL");
    if (!(ratio > 0.0 && ratio <= 1.0)) return vt_fail(err, VT_EDOMAIN, "eta/eta_N = %g is not in (0, 1]", ratio);
    const double ln_ratio = log(ratio), y = -ln_ratio;
    if (y < 1e-5) { /* ln(sinh x/x) = x^2/6 - x^4/180 + x^6/2835 inverted: the equation itself is rounding there */
        *x = sqrt(y * (6.0 + y * (1.2 + y * 0.8 / 35.0)));
        return VT_OK;
    }
    /* sqrt(-6 ln r) is a lower bound since ln(sinh x/x) <= x^2/6; 3 + 2 |ln r| an upper one since it is >= (x - 3)/2.
     */
    const vt_status st = vti_root(ratio_equation, &ln_ratio, 0.999 * sqrt(-6.0 * ln_ratio), 3.0 - 2.0 * ln_ratio, x);
    return st == VT_OK ? st : vt_fail(err, st, "no x found for eta/eta_N = %g", ratio);
}

/* tanh x - m x. */
static double sensitivity_equation(double x, const void *context, double *slope)
{
    const double m = *(const double *)context, t = tanh(x);
    *slope = 1.0 - t * t - m;
    return t - m * x;
}

vt_status vt_sinh_x_at_sensitivity(double m, double *x, vt_error *err)
{
    if (!x) return vt_fail(err, VT_EARG, "x is NULL");
    if (!(m > 0.0 && m <= 1.0)) return vt_fail(err, VT_EDOMAIN, "rate sensitivity m = %g is not in (0, 1]", m);
    const double q = 1.0 - m;
    if (q < 1e-5) { /* 1 - tanh x/x = x^2/3 - 2 x^4/15 + 17 x^6/315 inverted */
        *x = sqrt(q * (3.0 + q * (3.6 + q * 29.88 / 7.0)));
        return VT_OK;
    }
    /* 1 - x^2/3 <= tanh x / x < 1/x bound the root from below and above. */
    const vt_status st = vti_root(sensitivity_equation, &m, 0.999 * sqrt(3.0 * (1.0 - m)), 1.001 / m, x);
    return st == VT_OK ? st : vt_fail(err, st, "no x found for m = %g", m);
}

static vt_status check_flow(const vt_sinh_flow *p, size_t n, const double *in, const double *out, vt_error *err)
{
    if (!p || (n > 0 && (!in || !out))) return vt_fail(err, VT_EARG, "law or array is NULL");
    if (!(p->eta_N > 0.0) || !(p->V > 0.0) || !(p->T > 0.0) || isinf(p->eta_N) || isinf(p->V) || isinf(p->T))
        return vt_fail(err, VT_EARG, "eta_N = %g Pa s, V = %g m^3 and T = %g K must be > 0 and finite", p->eta_N, p->V,
                       p->T);
    const double tau_c = 2.0 * VT_BOLTZMANN * p->T / p->V; /* Pa */
    if (!(tau_c > 0.0) || isinf(tau_c) || !(tau_c / p->eta_N > 0.0) || isinf(tau_c / p->eta_N))
        return vt_fail(err, VT_EARG, "2kT/V = %g Pa with eta_N = %g Pa s leaves the range of numbers", tau_c, p->eta_N);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(in[i])) return vt_fail(err, VT_ENAN, "value %zu = %g is not finite", i, in[i]);
    return VT_OK;
}

vt_status vt_sinh_flow_rate(const vt_sinh_flow *p, size_t n, const double *tau, double *rate, vt_error *err)
{
    const vt_status st = check_flow(p, n, tau, rate, err);
    if (st != VT_OK) return st;
    const double tau_c = 2.0 * VT_BOLTZMANN * p->T / p->V; /* Pa */
    for (size_t i = 0; i < n; i++) rate[i] = tau_c / p->eta_N * sinh(tau[i] / tau_c);
    return VT_OK;
}

vt_status vt_sinh_flow_stress(const vt_sinh_flow *p, size_t n, const double *rate, double *tau, vt_error *err)
{
    const vt_status st = check_flow(p, n, rate, tau, err);
    if (st != VT_OK) return st;
    const double tau_c = 2.0 * VT_BOLTZMANN * p->T / p->V; /* Pa */
    for (size_t i = 0; i < n; i++) tau[i] = tau_c * asinh(rate[i] * p->eta_N / tau_c);
    return VT_OK;
}

vt_status vt_sinh_flow_viscosity(const vt_sinh_flow *p, size_t n, const double *rate, double *eta, vt_error *err)
{
    const vt_status st = check_flow(p, n, rate, eta, err);
    if (st != VT_OK) return st;
    const double tau_c = 2.0 * VT_BOLTZMANN * p->T / p->V; /* Pa */
    for (size_t i = 0; i < n; i++) {
        const double y = fabs(rate[i]) * p->eta_N / tau_c;
        eta[i] = isinf(y) ? 0.0 : y > 0.0 ? p->eta_N * (asinh(y) / y) : p->eta_N;
    }
    return VT_OK;
}
