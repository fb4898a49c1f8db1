/* Robust line: Theil-Sen start, Tukey's bisquare. */
#include "line_internal.h"
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double TUNING = 4.685;
enum { OFFSETS = 8 };

struct vt_line_work {
    size_t n_max;
    size_t *order;     /* points by ascending x */
    double *pairs;     /* slopes of the Theil-Sen start */
    double *w, *r, *v; /* weights, residuals, scratch */
};

static size_t pair_count(size_t n)
{
    return n <= VT_LINE_ALL_PAIRS ? (size_t)VT_LINE_ALL_PAIRS * (VT_LINE_ALL_PAIRS - 1) / 2 : OFFSETS * n;
}

vt_status vt_line_create(vt_line_work **ws, size_t n_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 3 || n_max > SIZE_MAX / sizeof(double) / 32)
        return vt_fail(err, VT_EARG, "workspace for %zu points: need at least 3", n_max);
    vt_line_work *w = calloc(1, sizeof *w);
    /* up to VT_LINE_ALL_PAIRS points need all their pairs, more points 8 each: whichever fit is larger */
    const size_t small = pair_count(VT_LINE_ALL_PAIRS), large = pair_count(n_max),
                 pairs = small > large ? small : large;
    double *block = calloc(pairs + 3 * n_max, sizeof *block);
    size_t *order = calloc(n_max, sizeof *order);
    if (!w || !block || !order) {
        free(w);
        free(block);
        free(order);
        return vt_fail(err, VT_EMEMORY, "no memory for a robust line of %zu points", n_max);
    }
    *w = (vt_line_work){.n_max = n_max,
                        .order = order,
                        .pairs = block,
                        .w = block + pairs,
                        .r = block + pairs + n_max,
                        .v = block + pairs + 2 * n_max};
    *ws = w;
    return VT_OK;
}

void vt_line_free(vt_line_work *ws)
{
    if (!ws) return;
    free(ws->pairs);
    free(ws->order);
    free(ws);
}

static double median(double *v, size_t n)
{
    return gsl_stats_median(v, 1, n); /* quickselect in place */
}

/* Median slope over pairs; pairs of equal x are left out. NAN if there is none. */
static double theil_sen(vt_line_work *ws, size_t n, const double *x, const double *y)
{
    size_t m = 0;
    bool sorted = true; /* as times are */
    for (size_t i = 0; i < n; i++) {
        ws->order[i] = i;
        sorted = sorted && (i == 0 || x[i] >= x[i - 1]);
    }
    if (!sorted) gsl_sort_index(ws->order, x, 1, n);
    const size_t *o = ws->order;
    for (size_t k = 0; k < (n <= VT_LINE_ALL_PAIRS ? n - 1 : OFFSETS); k++) {
        /* Few points: every offset. Many: eight around n/2, the pairs that fix a slope best. */
        const size_t d = n <= VT_LINE_ALL_PAIRS ? k + 1 : n / 3 + k * (n / 3) / (OFFSETS - 1);
        for (size_t i = 0; i + d < n; i++) {
            const double dx = x[o[i + d]] - x[o[i]];
            if (dx > 0.0) ws->pairs[m++] = (y[o[i + d]] - y[o[i]]) / dx;
        }
    }
    return m > 0 ? median(ws->pairs, m) : NAN;
}

/* 1.4826 MAD of the residuals in ws->r. */
static double mad_scale(vt_line_work *ws, size_t n)
{
    memcpy(ws->v, ws->r, n * sizeof *ws->v);
    const double centre = median(ws->v, n);
    for (size_t i = 0; i < n; i++) ws->v[i] = fabs(ws->r[i] - centre);
    return 1.4826 * median(ws->v, n);
}

/* Residuals of the line, divided by sqrt(1 - leverage) of the ordinary fit. */
static void adjusted_residuals(vt_line_work *ws, size_t n, const double *x, const double *y, const vti_moments *m,
                               const vt_line *l)
{
    for (size_t i = 0; i < n; i++) {
        const double dx = x[i] - m->xm, h = 1.0 / (double)n + dx * dx / m->sxx;
        ws->r[i] = (y[i] - l->intercept - l->slope * x[i]) / sqrt(fmax(1.0 - h, 1e-4));
    }
}

static void bisquare_weights(vt_line_work *ws, size_t n, double scale)
{
    for (size_t i = 0; i < n; i++) {
        const double u = ws->r[i] / (TUNING * scale), a = 1.0 - u * u;
        ws->w[i] = fabs(u) < 1.0 ? a * a : 0.0;
    }
}

/* Huber's covariance, K^2 [sum psi^2/(n - 2)] / [mean psi']^2 (X'X)^-1 with K = 1 + 2/n var(psi')/mean(psi')^2, over
 * the points that keep weight: rejected points say nothing, least of all through their leverage. */
static void uncertainties(vt_line_work *ws, size_t n, const double *x, vt_line *l)
{
    double psi2 = 0.0, sum = 0.0, sum2 = 0.0, N = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double u = ws->r[i] / (TUNING * l->s), a = 1.0 - u * u;
        ws->v[i] = fabs(u) < 1.0 ? 1.0 : 0.0;
        const double psi = ws->v[i] * ws->r[i] * a * a, slope = ws->v[i] * a * (1.0 - 5.0 * u * u);
        psi2 += psi * psi;
        sum += slope;
        sum2 += slope * slope;
        N += ws->v[i];
    }
    const vti_moments m = vti_line_moments(n, x, x, ws->v);
    const double mean = fmax(sum / N, 0.05), var = fmax(sum2 / N - sum * sum / (N * N), 0.0);
    const double K = 1.0 + 2.0 / N * var / (mean * mean), s2 = K * K * psi2 / fmax(N - 2.0, 1.0) / (mean * mean);
    l->u_slope = sqrt(s2 / m.sxx);
    l->u_intercept = sqrt(s2 / N + m.xm * m.xm * s2 / m.sxx);
    l->cov = -m.xm * s2 / m.sxx;
    l->n = n;
}

/* A point halfway between in and out makes the line settle slowly: hundreds of rounds. */
enum { ROUNDS = 5000 };

/* Reweighting until the line rests. floor_s: scale below which residuals are rounding. */
static vt_status reweight(vt_line_work *ws, size_t n, const double *x, const double *y, const vti_moments *m,
                          vt_robust_line *out, vt_error *err)
{
    vt_line *l = &out->robust;
    const double floor_s = 1e-14 * (fabs(m->ym) + sqrt(m->sxx) * fabs(l->slope)) + DBL_MIN;
    for (out->iterations = 1; out->iterations <= ROUNDS; out->iterations++) {
        adjusted_residuals(ws, n, x, y, m, l);
        /* A scale that moves with the line may cycle: it is held after 50 rounds. */
        if (out->iterations <= 50) l->s = fmax(mad_scale(ws, n), floor_s);
        bisquare_weights(ws, n, l->s);
        const vti_moments k = vti_line_moments(n, x, y, ws->w);
        if (!(k.sxx > 0.0)) return vt_fail(err, VT_EDOF, "the points that keep weight all have the same x");
        const double slope = k.sxy / k.sxx, at_mean = k.ym + slope * (m->xm - k.xm);
        const double moved =
            fabs(slope - l->slope) * sqrt(m->sxx / (double)n) + fabs(at_mean - l->intercept - l->slope * m->xm);
        l->slope = slope;
        l->intercept = at_mean - slope * m->xm;
        if (moved <= fmax(1e-9 * l->s, 0.1 * floor_s)) return VT_OK; /* or to rounding */
    }
    return vt_fail(err, VT_ENOCONV, "the robust line did not settle in %d iterations (slope %g, scale %g)", ROUNDS,
                   l->slope, l->s);
}

vt_status vt_line_robust(vt_line_work *ws, size_t n, const double *x, const double *y, double *weight,
                         vt_robust_line *line, vt_error *err)
{
    vt_robust_line out = {0};
    if (!ws || !line) return vt_fail(err, VT_EARG, "workspace or result is NULL");
    if (n > ws->n_max) return vt_fail(err, VT_EARG, "%zu points: the workspace holds %zu", n, ws->n_max);
    vt_status st = vt_line_ordinary(n, x, y, &out.ordinary, err);
    if (st != VT_OK) return st;
    const vti_moments m = vti_line_moments(n, x, y, NULL);
    out.theil_sen = theil_sen(ws, n, x, y);
    out.subsampled = n > VT_LINE_ALL_PAIRS;
    if (!isfinite(out.theil_sen)) out.theil_sen = out.ordinary.slope; /* every pair that was looked at has equal x */
    out.robust.slope = out.theil_sen;
    for (size_t i = 0; i < n; i++) ws->v[i] = y[i] - out.theil_sen * x[i];
    out.robust.intercept = median(ws->v, n);
    st = reweight(ws, n, x, y, &m, &out, err);
    if (st != VT_OK) return st;
    adjusted_residuals(ws, n, x, y, &m, &out.robust);
    uncertainties(ws, n, x, &out.robust);
    for (size_t i = 0; i < n; i++) out.outlier_fraction += (ws->w[i] < 0.1) / (double)n;
    out.outliers = out.outlier_fraction > 0.2;
    if (weight) memcpy(weight, ws->w, n * sizeof *weight);
    *line = out;
    return VT_OK;
}
