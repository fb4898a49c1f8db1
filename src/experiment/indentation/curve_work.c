#include "curve_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

vt_status vt_indent_create(vt_indent_work **ws, size_t n_max, vt_error *err)
{
    enum { DOUBLES = 5 + VTI_CURVE_SUMS };
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < VT_INDENT_POINTS || n_max > SIZE_MAX / sizeof(double) / (DOUBLES + 2) - 1)
        return vt_fail(err, VT_EARG, "workspace for %zu samples: need at least %d", n_max, VT_INDENT_POINTS);
    vt_indent_work *w = calloc(1, sizeof *w);
    double *block = calloc(DOUBLES * (n_max + 1), sizeof *block);
    size_t *queue = calloc(2 * n_max, sizeof *queue);
    vti_reversal *reversal = calloc(n_max / 4 + 1, sizeof *reversal);
    vt_line_work *line = NULL;
    if (!w || !block || !queue || !reversal || vt_line_create(&line, VTI_DRIFT_POINTS, NULL) != VT_OK) {
        free(w);
        free(block);
        free(queue);
        free(reversal);
        return vt_fail(err, VT_EMEMORY, "no memory for an indentation curve of %zu samples", n_max);
    }
    *w = (vt_indent_work){.n_max = n_max, .a = block, .b = block + n_max + 1, .low = queue, .high = queue + n_max};
    for (size_t k = 0; k < VTI_CURVE_SUMS; k++) w->sum[k] = block + (2 + k) * (n_max + 1);
    w->scratch = block + (2 + VTI_CURVE_SUMS) * (n_max + 1);
    w->reversal = reversal;
    w->line = line;
    *ws = w;
    return VT_OK;
}

void vt_indent_free(vt_indent_work *ws)
{
    if (!ws) return;
    vt_line_free(ws->line);
    free(ws->low);
    free(ws->reversal);
    free(ws->a);
    free(ws);
}

vt_status vti_curve_check(const vt_indent_work *ws, const vt_indent_curve *c, vt_error *err)
{
    if (!ws || !c || !c->h || !c->P) return vt_fail(err, VT_EARG, "workspace, record, its depth or its load is NULL");
    if (c->n > ws->n_max) return vt_fail(err, VT_EARG, "%zu samples: the workspace holds %zu", c->n, ws->n_max);
    return VT_OK;
}

double vti_median(double *v, size_t n)
{
    return gsl_stats_median(v, 1, n); /* quickselect in place */
}

double vti_effective(size_t n, double r1, double *r)
{
    const double m = (double)n;
    *r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / m));
    return m * (1.0 - *r) / (1.0 + *r);
}

double vti_quantum(size_t n, const double *y)
{
    double q = INFINITY;
    for (size_t i = 1; i < n; i++) {
        const double d = fabs(y[i] - y[i - 1]);
        if (d > 0.0 && d < q) q = d;
    }
    if (!isfinite(q)) return 0.0;
    size_t odd = 0; /* steps that are no multiple of the smallest; printed digits are multiples to rounding */
    const size_t allowed = n / 50;
    for (size_t i = 1; i < n && odd <= allowed; i++) {
        const double d = fabs(y[i] - y[i - 1]) / q;
        odd += fabs(d - rint(d)) > 0.02;
    }
    return odd <= allowed ? q : 0.0;
}

const char *vt_indent_phase_name(vt_indent_phase phase)
{
    static const char *const NAME[] = {"approach", "loading", "hold", "unloading", "drift", "pull-off"};
    return (size_t)phase < sizeof NAME / sizeof *NAME ? NAME[phase] : "";
}
