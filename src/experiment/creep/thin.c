/* A long segment in blocks: means of the samples that are no outliers within their block. */
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t vti_creep_block_begin(const vti_creep_blocks *b, size_t k)
{
    const size_t n = b->to - b->from;
    return b->from + (n / b->n) * k + (n % b->n) * k / b->n;
}

/* Median and the distance from it that no sample of normal noise reaches. */
static void fence(const double *y, size_t n, double *scratch, double *centre, double *reach)
{
    memcpy(scratch, y, n * sizeof *y);
    *centre = gsl_stats_median(scratch, 1, n);
    for (size_t i = 0; i < n; i++) scratch[i] = fabs(y[i] - *centre);
    *reach = 5.0 * 1.4826 * gsl_stats_median(scratch, 1, n);
}

static void block(const vti_creep_trace *r, const vti_creep_blocks *b, size_t k, double *scratch)
{
    const size_t from = vti_creep_block_begin(b, k), to = vti_creep_block_begin(b, k + 1);
    double centre = 0.0, reach = INFINITY, sum[5] = {0.0}, kept = 0.0;
    if (to - from >= 8) fence(r->y + from, to - from, scratch, &centre, &reach);
    for (size_t i = from; i < to; i++) {
        if (!(fabs(r->y[i] - centre) <= reach)) continue;
        kept += 1.0;
        sum[0] += r->t[i] - r->t[from];
        sum[1] += r->y[i];
        sum[2] += r->F[i];
        if (r->P) sum[3] += r->P[i];
        if (r->T) sum[4] += r->T[i];
    }
    b->t[k] = r->t[from] + sum[0] / kept;
    b->y[k] = sum[1] / kept;
    b->F[k] = sum[2] / kept;
    if (b->P) b->P[k] = sum[3] / kept;
    if (b->T) b->T[k] = sum[4] / kept;
}

static void straighten(const vti_creep_trace *r, const vti_creep_blocks *b)
{
    const double middle = b->y[b->n / 2];
    double F = 0.0, longest = 0.0;
    for (size_t k = 0; k < b->n; k++) {
        F += b->F[k] / (double)b->n;
        longest = fmax(longest, b->y[k]);
    }
    const vti_creep_law l = vti_creep_law_at(r, F, middle, longest);
    for (size_t k = 0; k < b->n; k++) b->z[k] = vti_creep_straight(&l, log(b->y[k] / middle));
}

vt_status vti_creep_thin(const vti_creep_trace *r, size_t from, size_t to, vti_creep_blocks *b, vt_error *err)
{
    const size_t samples = to - from, n = samples < VTI_CREEP_BLOCKS ? samples : VTI_CREEP_BLOCKS;
    const size_t longest = samples / n + 1;
    double *x = calloc(12 * n + longest, sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu blocks", n);
    *b = (vti_creep_blocks){.n = n,
                            .from = from,
                            .to = to,
                            .t = x,
                            .y = x + n,
                            .F = x + 2 * n,
                            .P = r->P ? x + 3 * n : NULL,
                            .T = r->T ? x + 4 * n : NULL,
                            .z = x + 5 * n,
                            .scratch = x + 6 * n};
    for (size_t k = 0; k < n; k++) block(r, b, k, x + 12 * n);
    straighten(r, b);
    return VT_OK;
}
