/* The transient at the beginning of a segment (1.6, step 2).
 *
 * MSER-5 about a line proposes a cut, and so does R on the residuals about the line through what is left. That of R is
 * taken where what it removes lies off that line by more than twice the uncertainty, for it finds cuts in pure
 * noise, too: the rule of ten samples with R < 1.3 and none above 2 after them fails in 38 % of steady records of 30
 * white samples and 5 % of 60 [measured]. Neither refuses a segment: that is left to the constancy tests. */
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>
#include <vitrum/line.h>
#include <vitrum/serial.h>
#include <vitrum/steady.h>

enum { POINTS = 200, LEAST = 40, WINDOW = 11 };
static const double FENCE = 5.0; /* robust standard deviations: normal noise does not reach it */
static const double WHITE = 0.2;

/* y with lost markers put where their neighbours are: MSER-5 would cut a segment behind the last of them, or nothing
 * where one lies at the end. Windows are centred, so that a slope moves nothing; the end follows its slope, the
 * beginning, where a transient may be steep, stays as it is. scratch: n. */
static void clean(size_t n, const double *y, double *out, double *scratch)
{
    const size_t half = WINDOW / 2, m = n - 2 * half, last = n - half - 1;
    for (size_t i = 0; i < m; i++) {
        double w[WINDOW];
        memcpy(w, y + i, sizeof w);
        out[i + half] = gsl_stats_median(w, 1, WINDOW);
        scratch[i] = fabs(y[i + half] - out[i + half]);
    }
    const double reach = FENCE * 1.4826 * gsl_stats_median(scratch, 1, m);
    const double slope = (out[last] - out[last - 2 * WINDOW]) / (2.0 * WINDOW);
    for (size_t i = last + 1; i < n; i++) out[i] = out[last] + slope * (double)(i - last);
    for (size_t i = 0; i < n; i++)
        if (i < half || fabs(y[i] - out[i]) <= reach) out[i] = y[i];
}

/* Residuals of all blocks about the robust line from block `from` on, in means of q blocks from the end on; their
 * number. */
static vt_status residuals(const vti_creep_blocks *b, const double *y, size_t from, size_t q, size_t *n, vt_error *err)
{
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_status st = vt_line_create(&ws, b->n - from, err);
    if (st == VT_OK) st = vt_line_robust(ws, b->n - from, b->t + from, y + from, NULL, &l, err);
    vt_line_free(ws);
    if (st != VT_OK) return st;
    *n = b->n / q;
    const size_t off = b->n % q;
    for (size_t k = 0; k < *n; k++) {
        b->scratch[k] = 0.0;
        for (size_t i = off + k * q; i < off + (k + 1) * q; i++)
            b->scratch[k] += (y[i] - l.robust.intercept - l.robust.slope * b->t[i]) / (double)q;
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

/* Does the mean of the first `cut` blocks lie off the line through the others, by twice its uncertainty, with
 * their autocorrelation? Residuals beyond five standard deviations count as five. */
static vt_status deviates(const vti_creep_blocks *b, size_t cut, bool *off, vt_error *err)
{
    const size_t n = b->n - cut;
    vt_line_work *ws = NULL;
    vt_robust_line l;
    double t = 0.0, e = 0.0, t_kept = 0.0, ss = 0.0, r1;
    vt_status st;
    VT_TRY(st = vt_line_create(&ws, n, err));
    VT_TRY(st = vt_line_robust(ws, n, b->t + cut, b->z + cut, NULL, &l, err));
    const double limit = 5.0 * l.robust.s;
    for (size_t i = 0; i < b->n; i++) {
        const double x = b->z[i] - l.robust.intercept - l.robust.slope * b->t[i],
                     clipped = fmin(fmax(x, -limit), limit);
        b->scratch[i] = clipped;
        if (i < cut) {
            t += b->t[i] / (double)cut;
            e += clipped / (double)cut;
        } else {
            t_kept += b->t[i] / (double)n;
        }
    }
    for (size_t i = cut; i < b->n; i++) ss += (b->t[i] - t_kept) * (b->t[i] - t_kept);
    VT_TRY(st = vt_serial_autocorrelation(n, b->scratch + cut, &r1, err));
    const double r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / (double)n));
    const double variance = 1.0 / (double)cut + 1.0 / (double)n + (t - t_kept) * (t - t_kept) / ss;
    *off = fabs(e) > 2.0 * l.robust.s * sqrt(variance * (1.0 + r) / (1.0 - r));
done:
    vt_line_free(ws);
    return st;
}

/* A proposal that is not worth its samples is dropped; at most half a segment is. */
static vt_status weigh(const vti_creep_blocks *b, size_t *cut, vt_error *err)
{
    bool off = false;
    vt_status st = VT_OK;
    if (*cut > b->n / 2) *cut = b->n / 2;
    if (*cut > 0) st = deviates(b, *cut, &off, err);
    if (st == VT_OK && !off) *cut = 0;
    return st;
}

vt_status vti_creep_transient(const vti_creep_blocks *b, size_t *by_ratio, size_t *by_mser, vt_error *err)
{
    const size_t q = b->n > POINTS ? b->n / POINTS : 1;
    size_t n;
    *by_ratio = *by_mser = 0;
    if (b->n < LEAST) return VT_OK;
    double *y = b->scratch + 2 * b->n;
    clean(b->n, b->z, y, b->scratch);
    vt_status st = vt_steady_mser5_line(b->n, b->t, y, by_mser, err);
    if (st == VT_OK) st = residuals(b, y, *by_mser, q, &n, err);
    if (st == VT_OK) st = by_R(n, b->scratch, b->scratch + b->n, by_ratio, err);
    if (*by_ratio > 0) *by_ratio = b->n % q + *by_ratio * q;
    /* A dropped MSER-5 cut leaves what is left of an exponential just below its uncertainty, of one sign in every
     * segment: 0.4 u of the activation volume [measured]. So only that of R is weighed. */
    return st == VT_OK ? weigh(b, by_ratio, err) : st;
}
