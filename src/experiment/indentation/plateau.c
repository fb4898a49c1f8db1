/* Window of depth in which P/S^2 is flat, and means over depth with serial correlation (procedure P20). */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/csm.h>

/* Sums over one cell of depth: x the depth from its origin, y = P/S^2 over its scale. */
typedef struct cell {
    double n, x, y, xx, xy;
} cell;

typedef struct cells {
    double origin, step, scale;
    cell cell[VT_PLATEAU_CELLS];
    double n;
} cells;

static bool usable(double h, double P, double S, const vt_plateau_options *o)
{
    return h >= o->h_min && h <= o->h_max && P > 0.0 && S > 0.0 && isfinite(P) && isfinite(S);
}

static void fill(size_t n, const double *h, const double *P, const double *S, const vt_plateau_options *o, cells *c)
{
    double low = INFINITY, high = -INFINITY;
    *c = (cells){0};
    for (size_t i = 0; i < n; i++)
        if (usable(h[i], P[i], S[i], o)) {
            low = fmin(low, h[i]);
            high = fmax(high, h[i]);
            if (c->scale == 0.0) c->scale = P[i] / (S[i] * S[i]);
        }
    c->origin = low;
    c->step = (high - low) / VT_PLATEAU_CELLS;
    if (!(c->step > 0.0)) return;
    for (size_t i = 0; i < n; i++) {
        if (!usable(h[i], P[i], S[i], o)) continue;
        const double x = (h[i] - low) / c->step, y = P[i] / (S[i] * S[i]) / c->scale;
        cell *in = &c->cell[x < VT_PLATEAU_CELLS ? (size_t)x : VT_PLATEAU_CELLS - 1];
        in->n += 1.0;
        in->x += x;
        in->y += y;
        in->xx += x * x;
        in->xy += x * y;
        c->n += 1.0;
    }
}

static cell add(cell a, const cell *b)
{
    a.n += b->n;
    a.x += b->x;
    a.y += b->y;
    a.xx += b->xx;
    a.xy += b->xy;
    return a;
}

static cell between(const cells *c, size_t from, size_t to)
{
    cell sum = {0};
    for (size_t i = from; i < to; i++) sum = add(sum, &c->cell[i]);
    return sum;
}

/* Largest relative change in the cells from to to - 1: of the line over the window, and of the quarters from the mean.
 * INFINITY where a quarter is empty. */
static double unrest(const cells *c, size_t from, size_t to)
{
    const cell all = between(c, from, to);
    const double mean = all.y / all.n, sxx = all.xx - all.x * all.x / all.n, sxy = all.xy - all.x * all.y / all.n;
    if (!(all.n >= 8.0) || !(sxx > 0.0)) return INFINITY;
    double worst = fabs(sxy / sxx) * (double)(to - from) / mean;
    for (size_t k = 0; k < VT_PLATEAU_PARTS; k++) {
        const cell part =
            between(c, from + (to - from) * k / VT_PLATEAU_PARTS, from + (to - from) * (k + 1) / VT_PLATEAU_PARTS);
        worst = part.n > 0.0 ? fmax(worst, fabs(part.y / part.n / mean - 1.0)) : INFINITY;
    }
    return worst;
}

/* Widest window that is flat enough, the deepest of equals, into from and to; best: the smallest unrest that was met.
 */
static bool widest(const cells *c, const vt_plateau_options *o, size_t *from, size_t *to, double *best)
{
    *best = INFINITY;
    for (size_t width = VT_PLATEAU_CELLS; width >= VT_PLATEAU_PARTS; width--)
        for (size_t end = VT_PLATEAU_CELLS; end >= width; end--) {
            const double top = c->origin + c->step * (double)end;
            if (c->step * (double)width < o->width * top) continue;
            const double u = unrest(c, end - width, end);
            *best = fmin(*best, u);
            if (!(u <= o->tolerance)) continue;
            *from = end - width;
            *to = end;
            return true;
        }
    return false;
}

/* Line, scatter and serial correlation of y = P/S^2 in the window, in the order of the points. */
static void describe(size_t n, const double *h, const double *P, const double *S, const vt_plateau_options *o,
                     vt_plateau *w)
{
    double N = 0.0, X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0, syy = 0.0, c0 = 0.0, c1 = 0.0, before = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            if (!usable(h[i], P[i], S[i], o) || h[i] < w->low || h[i] > w->high) continue;
            const double y = P[i] / (S[i] * S[i]), dx = h[i] - X, dy = y - Y;
            if (pass == 0) { /* running means and moments (Welford) */
                N += 1.0;
                X += dx / N;
                Y += dy / N;
                sxx += dx * (h[i] - X);
                sxy += dx * (y - Y);
                syy += dy * (y - Y);
            } else {
                const double e = dy - sxy / sxx * dx;
                c0 += e * e;
                c1 += e * before;
                before = e;
            }
        }
    const double r1 = c0 > 0.0 ? c1 / c0 : 0.0, r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / N));
    const double dof = fmax(N * (1.0 - r) / (1.0 + r) - 2.0, 1.0);
    const double u = sqrt(c0 / (N - 2.0) / sxx * (1.0 + r) / (1.0 - r)), span = w->high - w->low;
    w->n = (size_t)N;
    w->mean = Y;
    w->sd = sqrt(syy / (N - 1.0));
    w->change = sxy / sxx * span / Y;
    w->u_change = u * span / Y;
    w->p_value = u > 0.0 ? 2.0 * gsl_cdf_tdist_Q(fabs(sxy / sxx) / u, dof) : (sxy == 0.0 ? 1.0 : 0.0);
    w->n_eff = fmax(N * (1.0 - r) / (1.0 + r), 1.0);
    w->length = span / w->n_eff;
}

static vt_status defaults(const vt_plateau_options *opt, vt_plateau_options *o, vt_error *err)
{
    *o = opt ? *opt : (vt_plateau_options){0};
    if (o->h_min == 0.0) o->h_min = 50e-9;
    if (o->h_max == 0.0) o->h_max = INFINITY;
    if (o->tolerance == 0.0) o->tolerance = 0.03;
    if (o->width == 0.0) o->width = 0.2;
    if (!(o->h_min > 0.0 && o->h_min < o->h_max))
        return vt_fail(err, VT_EARG, "depths %g to %g nm are not in order", o->h_min * 1e9, o->h_max * 1e9);
    if (!(o->tolerance > 0.0) || !(o->width > 0.0 && o->width < 1.0))
        return vt_fail(err, VT_EARG, "tolerance %g must be > 0, width %g in (0, 1)", o->tolerance, o->width);
    return VT_OK;
}

vt_status vt_plateau_find(size_t n, const double *h, const double *P, const double *S, const vt_plateau_options *opt,
                          vt_plateau *out, vt_error *err)
{
    vt_plateau_options o;
    cells c;
    size_t from, to;
    double best;
    if (!h || !P || !S || !out) return vt_fail(err, VT_EARG, "depth, load, stiffness or output is NULL");
    const vt_status st = defaults(opt, &o, err);
    if (st != VT_OK) return st;
    fill(n, h, P, S, &o, &c);
    if (!(c.n >= 8.0) || !(c.step > 0.0))
        return vt_fail(err, VT_EDOF, "%.0f readings with stiffness beyond %g nm: a plateau needs 8", c.n,
                       o.h_min * 1e9);
    if (!widest(&c, &o, &from, &to, &best))
        return vt_fail(err, VT_ENOT_STEADY,
                       "P/S^2 has no plateau: it changes by %.3g %% at least, allowed are %.3g %%; check area function "
                       "and frame compliance, or give the window of depth",
                       1e2 * best, 1e2 * o.tolerance);
    vt_plateau w = {.low = c.origin + c.step * (double)from, .high = c.origin + c.step * (double)to};
    describe(n, h, P, S, &o, &w);
    *out = w;
    return VT_OK;
}

vt_status vt_depth_average(size_t n, const double *h, const double *y, double low, double high, vt_depth_mean *out,
                           vt_error *err)
{
    if (!h || !y || !out) return vt_fail(err, VT_EARG, "depth, values or output is NULL");
    if (!(low < high)) return vt_fail(err, VT_EARG, "depths %g to %g nm are not in order", low * 1e9, high * 1e9);
    double N = 0.0, mean = 0.0, c0 = 0.0, c1 = 0.0, before = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            if (!(h[i] >= low && h[i] <= high) || !isfinite(y[i])) continue;
            const double d = y[i] - mean;
            if (pass == 0) {
                N += 1.0;
                mean += d / N;
            } else {
                c0 += d * d;
                c1 += d * before;
                before = d;
            }
        }
    if (!(N >= 3.0))
        return vt_fail(err, VT_EDOF, "%.0f values between %g and %g nm: a mean with uncertainty needs 3", N, low * 1e9,
                       high * 1e9);
    const double r1 = c0 > 0.0 ? c1 / c0 : 0.0, r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / N));
    vt_depth_mean m = {.mean = mean, .sd = sqrt(c0 / (N - 1.0)), .n = (size_t)N, .r = r};
    m.n_eff = fmax(N * (1.0 - r) / (1.0 + r), 1.0);
    m.u = m.sd / sqrt(m.n_eff);
    m.length = (high - low) / m.n_eff;
    *out = m;
    return VT_OK;
}
