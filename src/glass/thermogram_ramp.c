/* Programme of a scan: heatings, coolings and holds of a record of temperature; means in bins. */
#include "stats/quantile_internal.h"
#include <math.h>
#include <vitrum/thermogram.h>

enum { BLOCKS = 512, LEAST_ROWS = 16, LEAST_BLOCKS = 4 };
static const double BACK = 0.15;

typedef struct blocks {
    size_t n, rows; /* blocks; rows of each, the last takes what is left */
    double t[BLOCKS], T[BLOCKS], slope[BLOCKS];
} blocks;

static vt_status check(size_t n, const double *t, const double *T, vt_error *err)
{
    if (!T || n < 8) return vt_fail(err, VT_EARG, "%zu temperatures: a programme needs 8 at least", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(T[i]) || (t && !isfinite(t[i])))
            return vt_fail(err, VT_ENAN, "temperature or time %zu is not finite", i);
        if (t && i > 0 && !(t[i] > t[i - 1]))
            return vt_fail(err, VT_ETIME,
                           "time %zu is %.9g s, not after %.9g s; sort the record or take its repeated "
                           "rows out",
                           i, t[i], t[i - 1]);
    }
    return VT_OK;
}

static void make_blocks(size_t n, const double *t, const double *T, blocks *b)
{
    b->rows = (n + BLOCKS - 1) / BLOCKS;
    b->n = n / b->rows;
    for (size_t k = 0; k < b->n; k++) {
        double st = 0.0, sT = 0.0;
        for (size_t i = k * b->rows; i < (k + 1) * b->rows; i++) {
            st += t ? t[i] : (double)i;
            sT += T[i];
        }
        b->t[k] = st / (double)b->rows;
        b->T[k] = sT / (double)b->rows;
    }
    for (size_t k = 0; k < b->n; k++) {
        const size_t i = k > 0 ? k - 1 : 0, j = k + 1 < b->n ? k + 1 : k;
        b->slope[k] = (b->T[j] - b->T[i]) / (b->t[j] - b->t[i]);
    }
}

static int direction(const blocks *b, size_t k, double least)
{
    return b->slope[k] > least ? 1 : b->slope[k] < -least ? -1 : 0;
}

/* Blocks first ... last of one direction, less the ends where the rate settles. */
static vt_ramp trim(const blocks *b, size_t first, size_t last, int way)
{
    double scratch[BLOCKS];
    size_t m = 0;
    vt_ramp r = {.direction = way};
    if (way != 0) {
        for (size_t k = first; k <= last; k++) scratch[m++] = b->slope[k];
        const double q = scratch[vti_order_quantile(scratch, m, 0.5)];
        while (first < last && !(fabs(b->slope[first] - q) <= 0.25 * fabs(q))) first++;
        while (last > first && !(fabs(b->slope[last] - q) <= 0.25 * fabs(q))) last--;
        if (last > first) r.rate = (b->T[last] - b->T[first]) / (b->t[last] - b->t[first]);
    }
    r.from = first * b->rows;
    r.to = (last + 1) * b->rows;
    return r;
}

static double range_of(const blocks *b)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < b->n; k++) {
        low = fmin(low, b->T[k]);
        high = fmax(high, b->T[k]);
    }
    return high - low;
}

/* First block after the stretch of one direction that begins at k. What interrupts it for less than a twentieth of its
 * blocks is part of it: freezing warms the sample, melting holds it. What takes back more than BACK of the range of the
 * record is not: the way back was not recorded. */
static size_t stretch(const blocks *b, size_t k, double least, double range)
{
    const int way = direction(b, k, least);
    size_t end = k + 1, top = k;
    for (size_t i = k + 1; i < b->n; i++) {
        if (way != 0 && way * (b->T[top] - b->T[i]) > BACK * range) return top + 1;
        if (way * (b->T[i] - b->T[top]) > 0.0) top = i;
        if (direction(b, i, least) == way)
            end = i + 1;
        else if (way == 0 || i - end > (end - k) / 20 + 1)
            break;
    }
    return end;
}

vt_status vt_ramps(size_t n, const double *t, const double *T, size_t capacity, vt_ramp *ramp, size_t *count,
                   vt_error *err)
{
    blocks b;
    double size[BLOCKS];
    const vt_status st = check(n, t, T, err);
    if (st != VT_OK) return st;
    if (!ramp || !count) return vt_fail(err, VT_EARG, "no place for the ramps (NULL)");
    make_blocks(n, t, T, &b);
    for (size_t k = 0; k < b.n; k++) size[k] = fabs(b.slope[k]);
    const double range = range_of(&b), least = 0.2 * size[vti_order_quantile(size, b.n, 0.9)];
    if (!(least > 0.0)) return vt_fail(err, VT_ENARROW, "temperature stays at %g K: no scan", T[0]);
    size_t found = 0;
    for (size_t k = 0, end; k < b.n; k = end) {
        const int way = direction(&b, k, least);
        end = stretch(&b, k, least, range);
        const vt_ramp r = trim(&b, k, end - 1, way);
        if (r.to - r.from < LEAST_ROWS || (way != 0 && end - k < LEAST_BLOCKS) || (way != 0 && r.rate == 0.0)) continue;
        if (found == capacity)
            return vt_fail(err, VT_ELIMIT, "more than %zu heatings, coolings and holds: cut the record", capacity);
        ramp[found++] = r;
    }
    *count = found;
    return VT_OK;
}

size_t vt_thermogram_bin(size_t n, const double *T, const double *y, size_t m, double *Tb, double *yb)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(T[i])) continue;
        low = fmin(low, T[i]);
        high = fmax(high, T[i]);
    }
    if (!(high > low) || m == 0) return 0;
    enum { MOST = 4096 };
    unsigned count[MOST] = {0};
    if (m > MOST) m = MOST;
    for (size_t k = 0; k < m; k++) Tb[k] = yb[k] = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(T[i]) || !isfinite(y[i])) continue;
        const double at = (T[i] - low) / (high - low) * (double)m;
        const size_t k = at >= (double)m ? m - 1 : (size_t)at;
        Tb[k] += T[i];
        yb[k] += y[i];
        count[k]++;
    }
    size_t out = 0;
    for (size_t k = 0; k < m; k++) {
        if (count[k] == 0) continue;
        Tb[out] = Tb[k] / count[k];
        yb[out++] = yb[k] / count[k];
    }
    return out;
}
