/* Is the flow steady? Curvature and slopes of the halves of L0/L, straightened for Newtonian flow; where it curves, the
 * exponent of the power law that straightens it, and the same test again (1.6 step 3, P02 step 4). */
#include "creep_internal.h"
#include <math.h>
#include <vitrum/steady.h>

/* Two correlated tests at 0.03 each flag 5 % of straight records [measured in the round trips]. */
static const double LEVEL = 0.03, DIFFERENCE = 0.1; /* the latter: of the rates of both halves */
enum { ROUNDS = 50 };

static void straighten(vti_creep_segment *s, const vti_creep_kept *k, double n)
{
    s->law.n = n;
    for (size_t i = 0; i < k->n; i++) k->z[i] = vti_creep_straight(&s->law, log(k->y[i] / s->y));
}

/* Exponent by which z has no quadratic term: n = 1 - y y''/y'^2 at first, then by the secant. */
static vt_status exponent(vti_creep_segment *s, const vti_creep_kept *k, vt_error *err)
{
    const double rate = s->slope / s->y, unit = 0.5 * rate * rate; /* of dq/dn */
    double n[2] = {1.0, 1.0}, q[2], u, p;
    for (int i = 0; i < ROUNDS && fabs(n[1]) < 1e3; i++) {
        straighten(s, k, n[1]);
        const vt_status st = vt_steady_curvature(k->n, k->t, k->z, &q[1], &u, &p, err);
        if (st != VT_OK) return st;
        s->u_exponent = u / unit;
        if (fabs(q[1]) <= 1e-3 * u || fabs(q[1]) <= 1e-9 * unit) {
            s->exponent = n[1];
            return VT_OK;
        }
        const double step = i == 0 || n[1] == n[0] ? -q[1] / unit : -q[1] * (n[1] - n[0]) / (q[1] - q[0]);
        n[0] = n[1];
        q[0] = q[1];
        n[1] += step;
    }
    s->exponent = n[1];
    return VT_OK;
}

static vt_status drifts(vti_creep_segment *s, double n)
{
    vti_creep_reject(s, VT_ENOT_STEADY,
                     "rate drifts from %.4g to %.4g per s between its halves; a power law would need n = %.3g",
                     s->rate_begin, s->rate_end, n);
    s->exponent = NAN;
    return VT_OK;
}

/* Mean rates of the halves of L0/L, whatever the noise. */
static void halves(vti_creep_segment *s, const vti_creep_kept *k)
{
    const size_t h = k->n / 2, e = k->n - 1;
    const size_t part = k->n / 5;
    const double fifth = (double)part;
    double end[3] = {0.0}; /* L0/L at the beginning, in the middle and at the end, means of a fifth */
    for (size_t i = 0; i < part; i++) {
        end[0] += log(k->y[i]) / fifth;
        end[1] += log(k->y[h - k->n / 10 + i]) / fifth;
        end[2] += log(k->y[e - i]) / fifth;
    }
    const double span = 0.4 * (k->t[e] - k->t[0]);
    s->rate_begin = (end[0] - end[1]) / span;
    s->rate_end = (end[1] - end[2]) / span;
}

bool vti_creep_noiseless(const vti_creep_kept *k)
{
    vt_line l;
    return vt_line_ordinary(k->n, k->t, k->z, &l, NULL) == VT_OK && l.s <= 1e-9;
}

vt_status vti_creep_constancy(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_kept *k, vt_error *err)
{
    vt_steady_constancy c = {.p_slopes = 1.0};
    double q, u, longest = 0.0;
    vt_error why = {0};
    halves(s, k);
    for (size_t i = 0; i < k->n; i++) longest = fmax(longest, k->y[i]);
    s->law = vti_creep_law_at(r, s->F, s->y, longest);
    straighten(s, k, 1.0);
    if (vti_creep_noiseless(k)) {
        s->p_curvature = s->p_slopes = 1.0;
        return VT_OK;
    }
    vt_status st = vt_steady_curvature(k->n, k->t, k->z, &q, &u, &s->p_curvature, err);
    if (st != VT_OK) return st;
    bool straight = s->p_curvature > LEVEL;
    if (straight) {
        st = vt_steady_rate(k->n, k->t, k->z, &c, &why);
        straight = st == VT_OK && c.p_slopes > LEVEL;
    }
    s->p_slopes = c.p_slopes;
    s->difference = c.difference;
    if (!straight) {
        st = exponent(s, k, err);
        if (st != VT_OK) return st;
        const double n = s->exponent;
        if (!(n <= r->par.largest_exponent) || !(n + 3.0 * s->u_exponent >= 1.0 / 1.05)) return drifts(s, n);
        st = vt_steady_rate(k->n, k->t, k->z, &c, &why);
    }
    if (st != VT_OK) return vt_fail(err, st, "%s", why.msg);
    if (c.difference < DIFFERENCE && (straight || c.p_slopes > LEVEL)) return VT_OK;
    if (!straight) return drifts(s, s->exponent);
    return vti_creep_reject(s, VT_ENOT_STEADY,
                            "rates of its halves, %.4g and %.4g per s, are %.2g %% apart: noise hides whether it is "
                            "steady to 10 %%",
                            -c.first.slope, -c.second.slope, 100.0 * c.difference);
}
