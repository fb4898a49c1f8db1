/* The transient at the beginning of a segment (1.6, step 2).
 *
 * MSER-5 about a line places the cut; R, on the residuals about the line through what is left, adds to it where it saw
 * a transient. Neither refuses a segment: on white noise the rule of ten samples with R < 1.3 and none above 2 after
 * them fails in 38 % of records of 30 samples and 5 % of 60 [measured], so a refusal is left to the constancy tests. */
#include "creep_internal.h"
#include <vitrum/line.h>
#include <vitrum/serial.h>
#include <vitrum/steady.h>

enum { POINTS = 200, LEAST = 40 };
static const double WHITE = 0.2;

/* Residuals of all blocks about the robust line from block `from` on, in means of q blocks from the end on; their
 * number. */
static vt_status residuals(const vti_creep_blocks *b, size_t from, size_t q, size_t *n, vt_error *err)
{
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_status st = vt_line_create(&ws, b->n - from, err);
    if (st == VT_OK) st = vt_line_robust(ws, b->n - from, b->t + from, b->y + from, NULL, &l, err);
    vt_line_free(ws);
    if (st != VT_OK) return st;
    *n = b->n / q;
    const size_t off = b->n % q;
    for (size_t k = 0; k < *n; k++) {
        b->scratch[k] = 0.0;
        for (size_t i = off + k * q; i < off + (k + 1) * q; i++)
            b->scratch[k] += (b->y[i] - l.robust.intercept - l.robust.slope * b->t[i]) / (double)q;
    }
    return VT_OK;
}

/* Where R ends the transient that it saw: ten samples in a row below 1.3 after one above 2, in the first half of n
 * points thinned to white noise; 0: it saw none. */
static vt_status by_R(size_t n, const double *x, double *R, size_t *cut, vt_error *err)
{
    size_t stride = 1, m = 0, run = 0;
    const size_t half = n / 2;
    vt_error why = {0};
    *cut = 0;
    if (vt_serial_stride(n - half, x + half, WHITE, &stride, &why) != VT_OK) return VT_OK;
    for (size_t i = (n - 1) % stride; i < n; i += stride) R[m++] = x[i];
    if (m < 20) return VT_OK; /* nothing that R could tell */
    const vt_status st = vt_steady_ratio(m, R, R, err);
    bool seen = false;
    for (size_t i = 0; st == VT_OK && i < m / 2 + 10; i++) {
        run = R[i] < 1.3 ? run + 1 : 0;
        if (run == 0 && R[i] > 2.0) seen = true;
        if (run < 10) continue;
        if (seen) *cut = (n - 1) % stride + (i - 9) * stride;
        break;
    }
    return st;
}

vt_status vti_creep_transient(const vti_creep_blocks *b, size_t *by_ratio, size_t *by_mser, vt_error *err)
{
    const size_t q = b->n > POINTS ? b->n / POINTS : 1;
    size_t n;
    *by_ratio = *by_mser = 0;
    if (b->n < LEAST) return VT_OK;
    vt_status st = vt_steady_mser5_line(b->n, b->t, b->y, by_mser, err);
    if (st == VT_OK) st = residuals(b, *by_mser, q, &n, err);
    if (st == VT_OK) st = by_R(n, b->scratch, b->scratch + b->n, by_ratio, err);
    if (*by_ratio > 0) *by_ratio = b->n % q + *by_ratio * q;
    return st;
}
