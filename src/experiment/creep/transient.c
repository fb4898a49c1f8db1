/* The transient at the beginning of a segment (1.6, step 2). */
#include "creep_internal.h"
#include <vitrum/line.h>
#include <vitrum/serial.h>
#include <vitrum/steady.h>

/* R takes up to 10 samples to follow, and by chance exceeds 2 once in some thousand: few, nearly white points. */
enum { POINTS = 200, LEAST = 20 };
static const double WHITE = 0.2;

/* Residuals about the robust line through the later half, in at most POINTS means of q blocks; their number. */
static vt_status residuals(const vti_creep_blocks *b, size_t q, size_t *n, vt_error *err)
{
    const size_t half = b->n / 2;
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_status st = vt_line_create(&ws, b->n - half, err);
    if (st == VT_OK) st = vt_line_robust(ws, b->n - half, b->t + half, b->y + half, NULL, &l, err);
    vt_line_free(ws);
    if (st != VT_OK) return st;
    *n = b->n / q;
    for (size_t k = 0; k < *n; k++) {
        b->scratch[k] = 0.0;
        for (size_t i = k * q; i < (k + 1) * q; i++)
            b->scratch[k] += (b->y[i] - l.robust.intercept - l.robust.slope * b->t[i]) / (double)q;
    }
    return VT_OK;
}

/* By the R statistic, in points; R where x has been thinned to white noise. */
static vt_status by_R(size_t n, const double *x, double *R, size_t *cut, vt_error *err)
{
    size_t stride = 1, m = 0;
    const size_t half = n / 2;
    vt_error why = {0};
    *cut = 0;
    if (n - half < 10 || vt_serial_stride(n - half, x + half, WHITE, &stride, &why) != VT_OK) return VT_OK;
    for (size_t i = (n - 1) % stride; i < n; i += stride) R[m++] = x[i];
    if (m < 10) return VT_OK; /* nothing that R could tell: the other tests stand */
    vt_status st = vt_steady_ratio(m, R, R, err);
    if (st == VT_OK) st = vt_steady_since(m, R, cut, err);
    if (st == VT_OK && *cut > 0) *cut = (n - 1) % stride + *cut * stride;
    return st;
}

vt_status vti_creep_transient(const vti_creep_blocks *b, size_t *by_ratio, size_t *by_mser, vt_error *err)
{
    const size_t q = b->n > POINTS ? b->n / POINTS : 1;
    size_t n;
    *by_ratio = *by_mser = 0;
    if (b->n < LEAST) return VT_OK;
    vt_status st = residuals(b, q, &n, err);
    if (st == VT_OK) st = vt_steady_mser5(n, b->scratch, by_mser, err);
    if (st == VT_OK) st = by_R(n, b->scratch, b->scratch + b->n, by_ratio, err);
    *by_ratio *= q;
    *by_mser *= q;
    return st;
}
