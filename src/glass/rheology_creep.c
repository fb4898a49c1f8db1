/* Viscosity from a creep record: the longest window of constant rate that ends with it, and whether that rate is flow.
 */
#include "rheology_internal.h"
#include <math.h>
#include <vitrum/rheology.h>

/* Slope of the window from ... n - 1, whose test has passed, and what retardation may still be in it. */
static void take_slope(size_t n, const double *t, const vt_serial_slope *s, vt_creep_flow *f)
{
    const size_t half = (n - f->from) / 2;
    const vt_serial_slope *a = &f->test.first, *b = &f->test.second;
    double middle[2] = {0.0, 0.0};
    for (size_t i = f->from; i < n; i++) {
        const size_t h = i - f->from < half ? 0 : 1;
        middle[h] += t[i] / (double)(h ? n - f->from - half : half);
    }
    const double D = fabs(a->slope - b->slope) + hypot(a->u_slope, b->u_slope);
    const double left = D * (0.5 + 1.0 / (pow(middle[1] / middle[0], 2.0 / 3.0) - 1.0));
    f->viscosity = 1.0 / s->slope;
    f->u_slope = f->viscosity * s->u_slope / s->slope;
    f->rest = left < s->slope ? f->viscosity * left / (s->slope - left) : INFINITY;
    f->u = hypot(f->u_slope, f->rest / sqrt(3.0));
    f->compliance = s->ordinary.intercept;
    f->terminal_time = fmax(0.0, f->viscosity * f->compliance);
}

/* d ln J / d ln t from sample `from` on. */
static vt_status exponent(size_t from, size_t n, const double *t, const double *J, double *work, double *slope,
                          vt_error *err)
{
    vt_line line;
    for (size_t i = from; i < n; i++) {
        work[i - from] = log(t[i]);
        work[n + i - from] = log(J[i]);
    }
    const vt_status st = vt_line_ordinary(n - from, work, work + n, &line, err);
    if (st == VT_OK) *slope = line.slope;
    return st;
}

/* Ratio of variances and MSER-5 on the residual of the window's line, thinned to white noise. */
static void judge_residual(size_t n, const double *t, const double *J, const vt_serial_slope *s, double *work,
                           vt_creep_flow *f)
{
    const size_t m = n - f->from;
    size_t stride, q = 0, at;
    for (size_t i = 0; i < m; i++)
        work[i] = J[f->from + i] - s->ordinary.intercept - s->ordinary.slope * t[f->from + i];
    if (vt_serial_stride(m, work, 0.2, &stride, NULL) != VT_OK) return;
    for (size_t i = 0; i < m; i += stride) work[n + q++] = work[i];
    if (q < 20) return;
    f->white = true;
    f->quiet = vt_steady_mser5(q, work + n, &at, NULL) == VT_OK &&
               vt_steady_ratio(q, work + n, work + n, NULL) == VT_OK &&
               vt_steady_since(q, work + n, &at, NULL) == VT_OK;
}

/* First sample not before the last `share` of the time. */
static size_t start_of(size_t n, const double *t, double share)
{
    size_t from = 0;
    while (from + 1 < n && t[from] < (1.0 - share) * t[n - 1]) from++;
    return from;
}

/* Is the rate of two halves the same but for VT_RHEOLOGY_FLOOR? Then it is constant, whatever a test says that sees
 * ever smaller changes the cleaner the record. */
static bool same_rate(size_t n, const double *t, const double *J, vt_steady_constancy *c)
{
    const size_t half = n / 2;
    vt_line a, b;
    if (vt_line_ordinary(half, t, J, &a, NULL) != VT_OK ||
        vt_line_ordinary(n - half, t + half, J + half, &b, NULL) != VT_OK || !(a.slope + b.slope > 0.0))
        return false;
    const double difference = 2.0 * fabs(a.slope - b.slope) / (a.slope + b.slope);
    if (!(difference <= VT_RHEOLOGY_FLOOR)) return false;
    *c = (vt_steady_constancy){.difference = difference, .slopes_agree = true, .straight = true};
    c->first = (vt_serial_slope){.ordinary = a, .slope = a.slope, .u_slope = a.u_slope};
    c->second = (vt_serial_slope){.ordinary = b, .slope = b.slope, .u_slope = b.u_slope};
    return true;
}

/* Longest window that passes. One that cannot be judged (VT_EDOF: its residuals are one smooth bow) passes only by
 * same_rate. */
static void find_window(size_t n, const double *t, const double *J, vt_creep_flow *f)
{
    for (double share = 1.0;; share *= 0.9) {
        vt_steady_constancy c;
        const size_t from = start_of(n, t, share);
        if (n - from < 16) return;
        const bool judged = vt_steady_rate(n - from, t + from, J + from, &c, NULL) == VT_OK;
        if (!(judged && c.slopes_agree && c.straight) && !same_rate(n - from, t + from, J + from, &c)) continue;
        f->constant = true;
        f->from = from;
        f->test = c;
        return;
    }
}

/* Slope of the window; where its residuals are one bow, the change of rate between its halves is the uncertainty. */
static bool slope_of(size_t n, const double *t, const double *J, double level, vt_creep_flow *f, vt_serial_slope *s)
{
    const size_t m = n - f->from;
    if (vt_serial_slope_fit(m, t + f->from, J + f->from, level, s, NULL) == VT_OK) return s->slope > 0.0;
    *s = (vt_serial_slope){0};
    if (vt_line_ordinary(m, t + f->from, J + f->from, &s->ordinary, NULL) != VT_OK) return false;
    s->slope = s->ordinary.slope;
    s->u_slope = hypot(s->ordinary.u_slope, f->test.first.slope - f->test.second.slope);
    return f->test.difference <= VT_RHEOLOGY_FLOOR && s->slope > 0.0;
}

vt_status vt_rheology_creep(size_t n, const double *t, const double *J, double level, double *work, vt_creep_flow *out,
                            vt_error *err)
{
    vt_creep_flow f = {0};
    vt_line line;
    vt_serial_slope s;
    vt_status st = vti_rheology_check(n, 32, t, J, err);
    if (st != VT_OK) return st;
    if (!work || !out) return vt_fail(err, VT_EARG, "workspace or result is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(J[i] > 0.0)) return vt_fail(err, VT_ERANGE, "compliance %zu is %g per Pa, not > 0", i, J[i]);
    f.simple_from = start_of(n, t, VT_RHEOLOGY_TAIL);
    VT_TRY(st = vt_line_ordinary(n - f.simple_from, t + f.simple_from, J + f.simple_from, &line, err));
    VT_TRY(st = exponent(f.simple_from, n, t, J, work, &f.simple_exponent, err));
    if (!(line.slope > 0.0))
        return vt_fail(err, VT_ERANGE,
                       "the compliance does not rise over the last %g %% of the time: not a creep under load",
                       100.0 * VT_RHEOLOGY_TAIL);
    f.simple = 1.0 / line.slope;
    find_window(n, t, J, &f);
    f.constant = f.constant && slope_of(n, t, J, level, &f, &s);
    if (f.constant) {
        VT_TRY(st = exponent(f.from, n, t, J, work, &f.exponent, err));
        take_slope(n, t, &s, &f);
        judge_residual(n, t, J, &s, work, &f);
        f.steady = fabs(f.exponent - 1.0) <= VT_RHEOLOGY_SHARE && isfinite(f.rest);
    }
    *out = f;
done:
    return st;
}
