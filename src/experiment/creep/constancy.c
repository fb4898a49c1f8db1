/* Is the flow steady? Slopes of both halves and the quadratic term of L0/L; where it curves, the exponent of a power
 * law, which straightens (L0/L)^n, and the same test again (1.6 step 3, P02 step 4). */
#include "creep_internal.h"
#include <math.h>
#include <vitrum/line.h>
#include <vitrum/steady.h>

static const double LEVEL = 0.05;     /* of the tests of 1.6; two of them: half each */
static const double DIFFERENCE = 0.1; /* of the rates of both halves */
enum { ROUNDS = 30 };

static void keep(vti_creep_segment *s, const vt_steady_constancy *c)
{
    s->p_slopes = c->p_slopes;
    s->p_curvature = c->p_curvature;
    s->difference = c->difference;
    s->rate_begin = -c->first.slope;
    s->rate_end = -c->second.slope;
}

/* Exponent by which y^n has no quadratic term: n = 1 - y y''/y'^2 at first, then by the secant. */
static vt_status exponent(vti_creep_segment *s, size_t m, const double *t, const double *y, double *z,
                          vt_steady_constancy *c, vt_error *err)
{
    double n[2] = {1.0, 1.0 - 2.0 * c->curvature * s->y / (s->slope * s->slope)};
    double q[2] = {c->curvature / fabs(s->slope), 0.0};
    s->u_exponent = 2.0 * c->u_curvature * s->y / (s->slope * s->slope);
    for (int k = 0; k < ROUNDS; k++) {
        if (!(fabs(n[1]) < 1e3)) break;
        /* (y^n - 1)/n: regular at n = 0 */
        for (size_t i = 0; i < m; i++)
            z[i] = fabs(n[1]) > 1e-9 ? expm1(n[1] * log(y[i] / s->y)) / n[1] : log(y[i] / s->y);
        const vt_status st = vt_steady_rate(m, t, z, c, err);
        if (st != VT_OK) return st;
        q[1] = c->curvature / (fabs(s->slope) / s->y);
        const double step = q[1] == q[0] ? 0.0 : -q[1] * (n[1] - n[0]) / (q[1] - q[0]);
        if (fabs(step) <= 1e-3 * s->u_exponent) {
            s->exponent = n[1];
            return VT_OK;
        }
        n[0] = n[1];
        q[0] = q[1];
        n[1] += step;
    }
    return vt_fail(err, VT_ENOCONV, "the curvature of L0/L gives no exponent");
}

static vt_status not_steady(vti_creep_segment *s)
{
    return vti_creep_reject(s, VT_ENOT_STEADY, "rates of its halves are %.4g and %.4g per s, %.2g %% apart (p = %.2g)",
                            s->rate_begin / s->y, s->rate_end / s->y, 100.0 * s->difference, s->p_slopes);
}

/* Too few independent points about one line, because the slope itself moves: residuals of a bend are correlated. The
 * halves tell, each about its own line; what correlation they may have left is taken as large as it is ever taken. */
vt_status vti_creep_drift(vti_creep_segment *s, size_t n, const double *t, const double *y)
{
    vt_line half[2];
    const size_t m = n / 2;
    if (vt_line_ordinary(m, t, y, &half[0], NULL) != VT_OK) return VT_OK;
    if (vt_line_ordinary(n - m, t + m, y + m, &half[1], NULL) != VT_OK) return VT_OK;
    const double largest = sqrt((1.0 + 0.95) / (1.0 - 0.95)), mean = 0.5 * fabs(half[0].slope + half[1].slope);
    const double apart = fabs(half[1].slope - half[0].slope), u = largest * hypot(half[0].u_slope, half[1].u_slope);
    if (!(apart > 3.0 * u) || !(apart > DIFFERENCE * mean)) return VT_OK;
    return vti_creep_reject(s, VT_ENOT_STEADY, "rate drifts from %.4g to %.4g per s between its halves",
                            -half[0].slope / y[m / 2], -half[1].slope / y[m + (n - m) / 2]);
}

vt_status vti_creep_constancy(const vti_creep_trace *r, vti_creep_segment *s, size_t n, const double *t,
                              const double *y, double *scratch, vt_error *err)
{
    vt_steady_constancy c;
    vt_error why = {0};
    vt_status st = vt_steady_rate(n, t, y, &c, err);
    if (st != VT_OK) return st;
    keep(s, &c);
    const double p = fmin(c.p_slopes, c.p_curvature);
    if (p > 0.5 * LEVEL) return c.difference < DIFFERENCE ? VT_OK : not_steady(s);
    st = exponent(s, n, t, y, scratch, &c, &why);
    if (st != VT_OK || !(c.difference < DIFFERENCE) || !(c.p_slopes > 0.5 * LEVEL)) {
        s->exponent = NAN;
        return not_steady(s);
    }
    if (s->exponent > r->par.largest_exponent || s->exponent < 1.0 / 1.05 - 3.0 * s->u_exponent) {
        const double shown = s->exponent;
        s->exponent = NAN;
        return vti_creep_reject(s, VT_ENOT_STEADY,
                                "rate drifts from %.4g to %.4g per s; as a power law it would need n = %.3g",
                                s->rate_begin / s->y, s->rate_end / s->y, shown);
    }
    /* slope of L0/L in the middle: (y^n - y_m^n)/(n y_m^n) has the slope y'/y_m there */
    s->slope = 0.5 * (c.first.slope + c.second.slope) * s->y;
    return VT_OK;
}
