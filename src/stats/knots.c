#include "knots_internal.h"
#include "line_internal.h"
#include "profile_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

vt_status vt_knots_create(vt_knots_work **ws, size_t n_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 8 || n_max > SIZE_MAX / sizeof(double) / 4)
        return vt_fail(err, VT_EARG, "workspace for %zu points: need at least 8", n_max);
    vt_knots_work *w = calloc(1, sizeof *w);
    double *block = calloc(2 * n_max, sizeof *block);
    if (!w || !block) {
        free(w);
        free(block);
        return vt_fail(err, VT_EMEMORY, "no memory for knots in %zu points", n_max);
    }
    *w = (vt_knots_work){.n_max = n_max, .t = block, .v = block + n_max};
    *ws = w;
    return VT_OK;
}

void vt_knots_free(vt_knots_work *ws)
{
    if (!ws) return;
    free(ws->t);
    free(ws);
}

static vt_status load(vt_knots_work *w, const vt_knots_data *d, vt_error *err)
{
    vt_status st = vti_line_check(d->n, 8, d->x, d->y, err);
    if (st != VT_OK) return st;
    for (size_t i = 1; i < d->n; i++)
        if (!(d->x[i] > d->x[i - 1]))
            return vt_fail(err, VT_ETIME, "x[%zu] = %g is not above x[%zu] = %g", i, d->x[i], i - 1, d->x[i - 1]);
    w->n = d->n;
    w->x0 = d->x[0];
    w->span = d->x[d->n - 1] - d->x[0];
    for (size_t i = 0; i < w->n; i++) w->t[i] = (d->x[i] - w->x0) / w->span;
    const vti_moments m = vti_line_moments(w->n, w->t, d->y, NULL);
    w->b = m.sxy / m.sxx;
    w->a = m.ym - w->b * m.xm;
    w->vv = 0.0;
    for (size_t i = 0; i < w->n; i++) {
        w->v[i] = d->y[i] - w->a - w->b * w->t[i];
        w->vv += w->v[i] * w->v[i];
    }
    return VT_OK;
}

/* Bias-corrected lag-1 autocorrelation of the residuals of k knots (procedure 1.3), at most 0.95. */
static double residual_correlation(const vt_knots_work *w, size_t k, const double *psi)
{
    double c[VTI_KNOTS_TERMS], c0 = 0.0, c1 = 0.0, before = 0.0;
    if (!isfinite(vti_knots_rss(w, k, psi, c))) return 0.0;
    for (size_t i = 0; i < w->n; i++) {
        double e = w->v[i] - c[0] - c[1] * w->t[i];
        for (size_t j = 0; j < k; j++) e -= c[2 + j] * fmax(w->t[i] - psi[j], 0.0);
        c0 += e * e;
        if (i > 0) c1 += e * before;
        before = e;
    }
    /* Residuals at the rounding level of the search are no noise. */
    const double r1 = c0 > 1e-13 * w->vv ? c1 / c0 : 0.0;
    return fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / (double)w->n));
}

/* One more knot at a time; rss[k] and psi[k][] for 0 ... k_max, rss +inf where there is no room. */
static void ladder(const vt_knots_work *w, size_t k_max, double *rss, double psi[][VT_KNOTS_MAX])
{
    rss[0] = fmax(w->vv, 0.0);
    for (size_t k = 1; k <= k_max; k++) {
        memcpy(psi[k], psi[k - 1], sizeof psi[k]);
        rss[k] = isfinite(rss[k - 1]) ? vti_knots_add(w, k - 1, psi[k]) : INFINITY;
    }
}

static size_t most_knots(size_t k_max, const double *rss)
{
    size_t k = k_max;
    while (k > 0 && !isfinite(rss[k])) k--;
    return k;
}

typedef struct hold {
    const vt_knots_work *w;
    size_t k, j;
    double psi[VT_KNOTS_MAX]; /* of the fit */
    double rss, n_eff;
} hold;

static bool z_at(double h, double *z, void *ctx)
{
    const hold *p = ctx;
    double psi[VT_KNOTS_MAX], lo, hi;
    memcpy(psi, p->psi, sizeof psi);
    psi[p->j] += h;
    if (!vti_knots_range(p->w, p->k, psi, p->j, &lo, &hi) || psi[p->j] < lo || psi[p->j] > hi) return false;
    const double rss = vti_knots_refine(p->w, p->k, psi, p->j);
    *z = sqrt(p->n_eff * fmax(log(rss / p->rss), 0.0));
    return isfinite(rss);
}

static void intervals(const vt_knots_work *w, double level, const double *psi, vt_knots *out)
{
    hold h = {.w = w, .k = out->count, .rss = out->rss, .n_eff = out->n_eff};
    memcpy(h.psi, psi, sizeof h.psi);
    const double limit = gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - level));
    for (h.j = 0; h.j < h.k; h.j++) {
        const vti_profile p = {.z = z_at, .ctx = &h, .limit = limit, .guess = 0.01, .reach = 1.0};
        vt_nlfit_interval *ci = &out->ci[h.j];
        ci->low = w->x0 + w->span * (psi[h.j] + vti_profile_end(&p, -1.0, &ci->low_closed));
        ci->high = w->x0 + w->span * (psi[h.j] + vti_profile_end(&p, 1.0, &ci->high_closed));
    }
}

static void describe(const vt_knots_work *w, const double *psi, vt_knots *out)
{
    double c[VTI_KNOTS_TERMS];
    (void)vti_knots_rss(w, out->count, psi, c);
    out->start = w->a + c[0];
    double slope = w->b + c[1];
    out->slope[0] = slope / w->span;
    for (size_t j = 0; j < out->count; j++) {
        slope += c[2 + j];
        out->slope[j + 1] = slope / w->span;
        out->x[j] = w->x0 + w->span * psi[j];
    }
}

/* Fewest points of a piece that are worth 8 independent ones. */
static size_t piece_length(const vt_knots_work *w, double n_eff)
{
    return (size_t)ceil(8.0 * (double)w->n / n_eff);
}

vt_status vt_knots_fit(vt_knots_work *ws, const vt_knots_data *data, size_t k_max, double level, vt_knots *out,
                       vt_error *err)
{
    vt_knots o = {0};
    double rss[VT_KNOTS_MAX + 1] = {0.0}, psi[VT_KNOTS_MAX + 1][VT_KNOTS_MAX] = {{0.0}};
    if (!ws || !data || !out) return vt_fail(err, VT_EARG, "workspace, data or result is NULL");
    if (data->n > ws->n_max || k_max > VT_KNOTS_MAX || !(level > 0.0 && level < 1.0))
        return vt_fail(err, VT_EARG, "%zu points (at most %zu), %zu knots (at most %d), level %g (0 to 1)", data->n,
                       ws->n_max, k_max, VT_KNOTS_MAX, level);
    const vt_status st = load(ws, data, err);
    if (st != VT_OK) return st;
    ws->piece = 8;
    ladder(ws, k_max, rss, psi);
    size_t k = most_knots(k_max, rss);
    o.r = residual_correlation(ws, k, psi[k]);
    o.n_eff = (double)ws->n * (1.0 - o.r) / (1.0 + o.r);
    if (!(o.n_eff >= 8.0))
        return vt_fail(err, VT_EDOF, "%zu points with autocorrelation %.3f are worth %.1f independent ones: need 8",
                       ws->n, o.r, o.n_eff);
    ws->piece = piece_length(ws, o.n_eff);
    if (ws->piece > 8) ladder(ws, k_max, rss, psi);
    double least = INFINITY;
    for (k = 0; k <= VT_KNOTS_MAX; k++) {
        const bool there = k <= k_max && isfinite(rss[k]);
        const double s2 = fmax(rss[k] / (double)ws->n, 1e-300);
        o.bic[k] = there ? o.n_eff * log(s2) + (2.0 + 2.0 * (double)k) * log(o.n_eff) : INFINITY;
        if (!(o.bic[k] < least)) continue;
        least = o.bic[k];
        o.count = k;
    }
    o.rss = rss[o.count];
    describe(ws, psi[o.count], &o);
    intervals(ws, level, psi[o.count], &o);
    *out = o;
    return VT_OK;
}
