/* Thermal drift from a hold at low load. P18, with 1.2 and 1.3. */
#include "curve_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

enum { LEAST_POINTS = 8, BLOCKS = 8 };

static vt_status settle(const vt_indent_drift_options *opt, vt_indent_drift_options *o, vt_error *err)
{
    *o = opt ? *opt : (vt_indent_drift_options){0};
    if (o->discard == 0.0) o->discard = 20.0;
    if (o->discard_share == 0.0) o->discard_share = 1.0 / 3.0;
    if (o->level == 0.0) o->level = 0.95;
    if (!(o->discard >= 0.0) || !(o->discard_share >= 0.0 && o->discard_share < 1.0) ||
        !(o->level > 0.0 && o->level < 1.0))
        return vt_fail(err, VT_EARG, "discard = %g s, discard_share = %g, level = %g: need >= 0, 0 to 1, 0 to 1",
                       o->discard, o->discard_share, o->level);
    return VT_OK;
}

/* Means of t and h over samples a ... b - 1 without those further than 3 robust standard deviations from the median
 * depth: one stray reading must not move a block. */
static void block_mean(const vt_indent_curve *c, size_t a, size_t b, double *scratch, double *t, double *h)
{
    const size_t n = b - a;
    for (size_t i = 0; i < n; i++) scratch[i] = c->h[a + i];
    const double centre = vti_median(scratch, n);
    for (size_t i = 0; i < n; i++) scratch[i] = fabs(c->h[a + i] - centre);
    const double limit = 3.0 * 1.4826 * vti_median(scratch, n);
    double m = 0.0;
    *t = *h = 0.0;
    for (size_t i = a; i < b; i++) {
        if (fabs(c->h[i] - centre) > limit) continue;
        m += 1.0;
        *t += (c->t[i] - *t) / m;
        *h += (c->h[i] - *h) / m;
    }
}

/* Points of the line into x, y: the readings, or means of at most VTI_DRIFT_POINTS blocks of them. */
static size_t points(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to, double *x, double *y)
{
    const size_t n = to - from, m = n < VTI_DRIFT_POINTS ? n : VTI_DRIFT_POINTS;
    for (size_t k = 0; k < m; k++) {
        const size_t a = from + k * n / m, b = from + (k + 1) * n / m;
        double t = c->t[a], h = c->h[a];
        if (b > a + 3) block_mean(c, a, b, ws->a, &t, &h);
        if (b > a + 1 && b <= a + 3) {
            for (size_t i = a + 1; i < b; i++) t += c->t[i], h += c->h[i];
            t /= (double)(b - a), h /= (double)(b - a);
        }
        x[k] = t - c->t[from];
        y[k] = h - c->h[from];
    }
    return m;
}

/* Residuals of the robust line that kept weight: their lag-1 autocorrelation. */
static double lag_one(size_t n, const double *x, const double *y, const double *w, const vt_line *l)
{
    double c0 = 0.0, c1 = 0.0, before = 0.0;
    bool has = false;
    for (size_t i = 0; i < n; i++) {
        const double r = y[i] - l->intercept - l->slope * x[i];
        const bool in = w[i] >= 0.1;
        if (in) c0 += r * r;
        if (in && has) c1 += r * before;
        before = r;
        has = in;
    }
    return c0 > 0.0 ? c1 / c0 : 0.0;
}

/* Robust line. Where the points lie on a line to rounding its weights may not settle: the ordinary one is as good. */
static vt_status robust(vt_indent_work *ws, size_t n, const double *x, const double *y, double *w, vt_robust_line *line,
                        vt_error *err)
{
    vt_robust_line l = {0};
    const vt_status st = vt_line_robust(ws->line, n, x, y, w, line, err);
    if (st != VT_ENOCONV || vt_line_ordinary(n, x, y, &l.ordinary, NULL) != VT_OK) return st;
    if (!(l.ordinary.s <= 1e-6 * fabs(l.ordinary.slope) * (x[n - 1] - x[0]))) return st;
    for (size_t i = 0; i < n; i++) w[i] = 1.0;
    l.robust = l.ordinary;
    l.theil_sen = l.ordinary.slope;
    *line = l;
    return VT_OK;
}

/* A wandering hold: line through the means of eight blocks, whose scatter is what the rate is worth. */
static vt_status by_blocks(size_t n, const double *x, const double *y, vt_indent_drift *d, vt_error *err)
{
    double bx[BLOCKS], by[BLOCKS];
    vt_line l;
    for (size_t k = 0; k < BLOCKS; k++) {
        const size_t from = k * n / BLOCKS, to = (k + 1) * n / BLOCKS;
        bx[k] = by[k] = 0.0;
        for (size_t i = from; i < to; i++) bx[k] += x[i] / (double)(to - from), by[k] += y[i] / (double)(to - from);
    }
    const vt_status st = vt_line_ordinary(BLOCKS, bx, by, &l, err);
    if (st != VT_OK) return st;
    d->rate = l.slope;
    d->u_rate = l.u_slope;
    d->blocks = BLOCKS;
    d->dof = BLOCKS - 2;
    return VT_OK;
}

vt_status vt_indent_drift_fit(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to,
                              const vt_indent_drift_options *opt, vt_indent_drift *drift, vt_error *err)
{
    vt_indent_drift_options o;
    vt_indent_drift d = {0};
    double x[VTI_DRIFT_POINTS], y[VTI_DRIFT_POINTS], w[VTI_DRIFT_POINTS];
    vt_status st;
    VT_TRY(st = vti_curve_check(ws, c, err));
    VT_TRY(st = settle(opt, &o, err));
    if (!drift) return vt_fail(err, VT_EARG, "no place for the drift (NULL)");
    if (!c->t) return vt_fail(err, VT_ETIME, "the record has no time: the drift rate cannot be found");
    if (from >= to || to > c->n)
        return vt_fail(err, VT_EARG, "hold from sample %zu to %zu does not lie in a record of %zu", from, to, c->n);
    const double lasts = c->t[to - 1] - c->t[from], skip = fmin(o.discard, o.discard_share * lasts);
    for (d.from = from; d.from < to && c->t[d.from] < c->t[from] + skip; d.from++) continue;
    d.to = to;
    if (d.to < d.from + LEAST_POINTS)
        return vt_fail(err, VT_EDOF, "%zu samples remain of the hold of %.3g s after %.3g s: need %d", d.to - d.from,
                       lasts, skip, LEAST_POINTS);
    d.discarded = c->t[d.from] - c->t[from];
    d.duration = c->t[to - 1] - c->t[d.from];
    const size_t n = points(ws, c, d.from, d.to, x, y);
    VT_TRY(st = robust(ws, n, x, y, w, &d.line, err));
    d.n_eff = vti_effective(n, lag_one(n, x, y, w, &d.line.robust), &d.r);
    d.rate = d.line.robust.slope;
    d.u_rate = d.line.robust.u_slope * sqrt((1.0 + d.r) / (1.0 - d.r));
    d.dof = d.n_eff - 2.0;
    if (!(d.n_eff >= LEAST_POINTS) && n < 3 * BLOCKS)
        return vt_fail(
            err, VT_EDOF,
            "the hold of %.3g s (%zu points, autocorrelation %.2f) is worth %.1f points: need %d; hold longer",
            d.duration, n, d.r, d.n_eff, LEAST_POINTS);
    if (!(d.n_eff >= LEAST_POINTS)) VT_TRY(st = by_blocks(n, x, y, &d, err));
    const double t = gsl_cdf_tdist_Qinv(0.5 * (1.0 - o.level), d.dof);
    d.low = d.rate - t * d.u_rate;
    d.high = d.rate + t * d.u_rate;
    *drift = d;
done:
    return st;
}

vt_status vt_indent_drift_correct(const vt_indent_curve *c, double rate, double t_contact, double *h_out, vt_error *err)
{
    if (!c || !c->h || !h_out) return vt_fail(err, VT_EARG, "record, its depth or the result is NULL");
    if (!c->t) return vt_fail(err, VT_ETIME, "the record has no time: the drift cannot be taken off");
    if (!isfinite(rate) || !isfinite(t_contact))
        return vt_fail(err, VT_ENAN, "rate = %g m/s and time of contact = %g s must be finite", rate, t_contact);
    for (size_t i = 0; i < c->n; i++)
        if (!isfinite(c->t[i])) return vt_fail(err, VT_ENAN, "t[%zu] = %g s is not finite", i, c->t[i]);
    for (size_t i = 0; i < c->n; i++) h_out[i] = c->h[i] - rate * (c->t[i] - t_contact);
    return VT_OK;
}
