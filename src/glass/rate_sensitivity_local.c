/* Rate sensitivity from neighbouring levels, where one polynomial cannot follow decades of rate. */
#include "base/quantity_internal.h"
#include <math.h>
#include <vitrum/rate_sensitivity.h>

/* Rates within 5 % are one level; more levels than a quadratic needs before it is left. */
static const double SAME = 0.05;
enum { LEVELS = 5, NODES = 5 };
/* ln of the range of rates over which m of sinh flow falls from 0.95 to 0.45: its slope is no straight line there. */
static const double WIDE = 3.4;

/* The mean of the points of one level. */
typedef struct node {
    double x, y, vx, vy; /* ln rate, ln stress, their variances */
} node;

static node mean_between(const vt_load_jumps *j, double low, double high)
{
    node m = {0};
    double n = 0.0;
    for (size_t i = 0; i < j->n; i++) {
        if (!(j->ln_rate[i] >= low && j->ln_rate[i] <= high)) continue;
        m.x += j->ln_rate[i];
        m.y += j->ln_stress[i];
        m.vx += j->u_ln_rate[i] * j->u_ln_rate[i];
        m.vy += j->u_ln_stress[i] * j->u_ln_stress[i];
        n += 1.0;
    }
    return (node){m.x / n, m.y / n, m.vx / (n * n), m.vy / (n * n)};
}

/* The next level beyond x on the side `sign`; false: none. */
static bool beyond(const vt_load_jumps *j, double x, double sign, node *next)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < j->n; i++) {
        const double away = sign * (j->ln_rate[i] - x);
        if (away > SAME) nearest = fmin(nearest, away);
    }
    if (isinf(nearest)) return false;
    const double begin = x + sign * nearest, end = begin + sign * SAME;
    /* begin is a rate again only up to rounding */
    *next = mean_between(j, fmin(begin, end) - 1e-9, fmax(begin, end) + 1e-9);
    return true;
}

/* The level of x and those around it: one on either side first, then the nearer of the next. Number found. */
static int around(const vt_load_jumps *j, double x, node p[NODES])
{
    node side[2];
    bool has[2];
    int n = 1;
    p[0] = mean_between(j, x - SAME, x + SAME);
    has[0] = beyond(j, x, -1.0, &side[0]);
    has[1] = beyond(j, x, 1.0, &side[1]);
    for (int k = 0; k < 2; k++) {
        if (!has[k]) continue;
        p[n++] = side[k];
        has[k] = beyond(j, side[k].x, k ? 1.0 : -1.0, &side[k]);
    }
    while (n < NODES && (has[0] || has[1])) {
        const int k = !has[0] || (has[1] && side[1].x - x < x - side[0].x);
        p[n++] = side[k];
        has[k] = beyond(j, side[k].x, k ? 1.0 : -1.0, &side[k]);
    }
    return n;
}

/* Derivative at the first node of the polynomial through n nodes, and its weights (Lagrange). */
static double derivative(const node *p, int n, double *weight)
{
    double m = 0.0;
    weight[0] = 0.0;
    for (int k = 1; k < n; k++) {
        double w = 1.0 / (p[k].x - p[0].x);
        weight[0] -= w; /* sum of 1/(x0 - xk) */
        for (int i = 1; i < n; i++)
            if (i != k) w *= (p[0].x - p[i].x) / (p[k].x - p[i].x);
        weight[k] = w;
        m += w * p[k].y;
    }
    return m + weight[0] * p[0].y;
}

static vt_rate_sensitivity local(const vt_load_jumps *j, double x, double level, double threshold)
{
    node p[NODES];
    double w[NODES], v = 0.0;
    const int n = around(j, x, p);
    const double lower = derivative(p, n - 1, w), m = derivative(p, n, w);
    for (int k = 0; k < n; k++) v += w[k] * w[k] * (p[k].vy + m * m * p[k].vx);
    vt_rate_sensitivity r = {.m = m, .u = sqrt(v + (lower - m) * (lower - m))};
    const double half = r.u * vti_coverage_factor(level, INFINITY);
    r.low = m - half;
    r.high = m + half;
    r.class_of = vt_flow_class_of(r.low, r.high, threshold);
    r.above_1 = m - 2.0 * r.u > 1.0;
    return r;
}

/* Levels by rate, and the logarithm of their range. */
static size_t rates(const vt_load_jumps *j, double *range)
{
    double x = INFINITY;
    size_t n = 1;
    node next;
    for (size_t i = 0; i < j->n; i++) x = fmin(x, j->ln_rate[i]);
    *range = -x;
    while (beyond(j, x, 1.0, &next)) {
        x = next.x;
        n++;
    }
    *range += x;
    return n;
}

vt_status vt_rate_sensitivity_points(vt_nlfit *ws, const vt_load_jumps *jumps, vt_rate_sensitivity_fit *fit,
                                     vt_rate_sensitivity *out, vt_error *err)
{
    if (!fit || !out) return vt_fail(err, VT_EARG, "no place for the fit or the sensitivities (NULL)");
    vt_rate_sensitivity_fit f;
    const vt_status st = vt_rate_sensitivity_solve(ws, jumps, &f, err);
    if (st != VT_OK) return st;
    double range;
    f.local = rates(jumps, &range) >= LEVELS && f.degree == 2 && (f.misfit || range > WIDE);
    const double level = jumps->level > 0.0 ? jumps->level : 0.95;
    *fit = f;
    if (!f.local) return vt_rate_sensitivity_at(&f, jumps->n, jumps->ln_rate, jumps->u_ln_rate, out, err);
    for (size_t i = 0; i < jumps->n; i++) out[i] = local(jumps, jumps->ln_rate[i], level, f.threshold);
    return VT_OK;
}
