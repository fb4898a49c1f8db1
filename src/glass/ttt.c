/* Time-temperature-transformation table, additivity over a thermal history, verdict (P17). */
#include "glass/history_internal.h"

#include <math.h>
#include <vitrum/crystal.h>

static vt_status check(const vt_ttt *p, vt_error *err)
{
    if (!p || !p->T || !p->tau) return vt_fail(err, VT_EARG, "table is NULL");
    if (p->n < 2) return vt_fail(err, VT_EARG, "a TTT table needs 2 rows, has %zu", p->n);
    for (size_t i = 0; i < p->n; i++) {
        if (!(p->T[i] > 0.0) || isinf(p->T[i]) || !(p->tau[i] > 0.0) || isinf(p->tau[i]))
            return vt_fail(err, VT_EARG, "TTT row %zu: T = %g K and tau = %g s must be > 0 and finite", i, p->T[i],
                           p->tau[i]);
        if (i > 0 && !(p->T[i] > p->T[i - 1]))
            return vt_fail(err, VT_EARG, "TTT row %zu: T = %g K does not exceed the row before, %g K", i, p->T[i],
                           p->T[i - 1]);
    }
    return VT_OK;
}

static vt_status check_inside(const vt_ttt *p, size_t n, const double *T, vt_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(T[i] >= p->T[0] && T[i] <= p->T[p->n - 1]))
            return vt_fail(err, VT_EEXTRAPOLATE, "T[%zu] = %g K is outside the TTT table, %g to %g K", i, T[i], p->T[0],
                           p->T[p->n - 1]);
    return VT_OK;
}

/* Row k with T[k] <= T <= T[k + 1]. */
static size_t interval(const vt_ttt *p, double T)
{
    size_t lo = 0, hi = p->n - 1;
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;
        if (p->T[mid] <= T)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

/* ln tau = c0 + c1/T between rows k and k + 1. */
static void line(const vt_ttt *p, size_t k, double *c0, double *c1)
{
    *c1 = log(p->tau[k + 1] / p->tau[k]) / (1.0 / p->T[k + 1] - 1.0 / p->T[k]);
    *c0 = log(p->tau[k]) - *c1 / p->T[k];
}

vt_status vt_ttt_time(const vt_ttt *p, size_t n, const double *T, double *tau, vt_error *err)
{
    vt_status st = check(p, err);
    if (st == VT_OK && n > 0 && (!T || !tau)) st = vt_fail(err, VT_EARG, "array is NULL");
    if (st == VT_OK) st = check_inside(p, n, T, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        double c0, c1;
        line(p, interval(p, T[i]), &c0, &c1);
        tau[i] = exp(c0 + c1 / T[i]);
    }
    return VT_OK;
}

/* Adds the share of one segment, split where it crosses rows of the table. */
static void add_segment(const vt_ttt *p, double dt, double T_a, double T_b, double *U, double *dU_dT)
{
    const double lo = fmin(T_a, T_b), hi = fmax(T_a, T_b); /* the integral does not depend on the direction */
    const size_t first = interval(p, lo), last = hi > lo ? interval(p, hi) : first;
    for (size_t k = first; k <= last; k++) {
        const double from = fmax(lo, p->T[k]), to = fmin(hi, p->T[k + 1]);
        const double share = hi > lo ? dt * (to - from) / (hi - lo) : dt;
        double c0, c1;
        if (!(share > 0.0)) continue;
        line(p, k, &c0, &c1);
        *U += vti_history_exponential(-c0, -c1, from, to, share, 0);
        *dU_dT += c1 * vti_history_exponential(-c0, -c1, from, to, share, 1); /* -d ln(tau)/dT = c1/T^2 */
    }
}

vt_status vt_ttt_consumed(const vt_ttt *p, size_t n, const double *t, const double *T, double *U, double *dU_dT,
                          vt_error *err)
{
    vt_status st = check(p, err);
    if (st == VT_OK && !U) st = vt_fail(err, VT_EARG, "U is NULL");
    if (st == VT_OK) st = vti_history_check(n, t, T, err);
    if (st == VT_OK) st = check_inside(p, n, T, err);
    if (st != VT_OK) return st;
    double sum = 0.0, slope = 0.0;
    for (size_t i = 1; i < n; i++) add_segment(p, t[i] - t[i - 1], T[i - 1], T[i], &sum, &slope);
    *U = sum;
    if (dU_dT) *dU_dT = slope;
    return VT_OK;
}

vt_status vt_ttt_verdict(double U, double u_ln, double *U95, vt_crystal_verdict *verdict, vt_error *err)
{
    if (!verdict) return vt_fail(err, VT_EARG, "verdict is NULL");
    if (!(U >= 0.0) || isinf(U) || !(u_ln >= 0.0) || isinf(u_ln))
        return vt_fail(err, VT_EARG, "U = %g and the uncertainty of its logarithm, %g, must be >= 0 and finite", U,
                       u_ln);
    const double upper =
        U > 0.0 ? U * exp(1.6448536269514722 * u_ln) : 0.0; /* one-sided 95 % quantile of the normal law */
    if (U95) *U95 = upper;
    *verdict = upper < 0.3 ? VT_CRYSTAL_SAFE : U >= 1.0 ? VT_CRYSTAL_EXPECTED : VT_CRYSTAL_POSSIBLE;
    return VT_OK;
}
