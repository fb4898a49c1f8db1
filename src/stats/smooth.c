/* Local quadratic smoothing with sliding sums, and its bandwidth by generalised cross-validation. */
#include <math.h>
#include <stdbool.h>
#include <vitrum/smooth.h>

enum { POWERS = 9, MOMENTS = 5 };

/* Sums over the points lo ... hi - 1 of z^k and z^k y, z = (x - origin)/h. */
struct sums {
    const double *x, *y;
    double h, origin;
    size_t n, lo, hi;
    size_t stale; /* moves since the sums were last taken afresh */
    double M[POWERS], N[MOMENTS];
};

static void include(struct sums *s, size_t j, double sign)
{
    const double z = (s->x[j] - s->origin) / s->h;
    double p = sign;
    for (size_t k = 0; k < POWERS; k++, p *= z) {
        s->M[k] += p;
        if (k < MOMENTS) s->N[k] += p * s->y[j];
    }
}

/* Sums about an origin that lies d further: (z - d)^k by the binomial theorem, highest power first. */
static void shift(double *sum, size_t n, double d)
{
    for (size_t round = 1; round < n; round++)
        for (size_t k = n - 1; k >= round; k--) sum[k] -= d * sum[k - 1];
}

static void afresh(struct sums *s)
{
    for (size_t k = 0; k < POWERS; k++) s->M[k] = 0.0;
    for (size_t k = 0; k < MOMENTS; k++) s->N[k] = 0.0;
    for (size_t j = s->lo; j < s->hi; j++) include(s, j, 1.0);
    s->stale = 0;
}

/* Slides the window to x[i]. After as many moves as it has points the sums are taken afresh: rounding does not pile up,
 * and the cost stays O(1) for each move. */
static void slide(struct sums *s, size_t i)
{
    const double d = (s->x[i] - s->origin) / s->h;
    size_t lo = s->lo, hi = s->hi;
    while (s->x[i] - s->x[lo] >= s->h) lo++;
    while (hi < s->n && s->x[hi] - s->x[i] < s->h) hi++;
    s->origin = s->x[i];
    if (i == 0 || lo >= s->hi || ++s->stale > s->hi - s->lo || d > 0.5) {
        s->lo = lo;
        s->hi = hi;
        afresh(s);
        return;
    }
    shift(s->M, POWERS, d);
    shift(s->N, MOMENTS, d);
    for (size_t j = s->lo; j < lo; j++) include(s, j, -1.0);
    for (size_t j = s->hi; j < hi; j++) include(s, j, 1.0);
    s->lo = lo;
    s->hi = hi;
}

/* Value, slope, leverage and gain of the weighted parabola; false: no parabola. */
static bool parabola(const struct sums *s, double *value, double *slope, double *leverage, double *gain)
{
    double T[5], R[3];
    for (size_t k = 0; k < 5; k++) T[k] = s->M[k] - s->M[k + 2];
    for (size_t k = 0; k < 3; k++) R[k] = s->N[k] - s->N[k + 2];
    /* First two columns of the inverse of T[k + l], by cofactors. */
    const double c00 = T[2] * T[4] - T[3] * T[3], c01 = T[2] * T[3] - T[1] * T[4], c02 = T[1] * T[3] - T[2] * T[2];
    const double c11 = T[0] * T[4] - T[2] * T[2], c12 = T[1] * T[2] - T[0] * T[3];
    const double det = T[0] * c00 + T[1] * c01 + T[2] * c02;
    if (!(det > 1e-14 * T[0] * T[0] * T[0])) return false;
    const double a[3] = {c00 / det, c01 / det, c02 / det};
    *value = a[0] * R[0] + a[1] * R[1] + a[2] * R[2];
    *slope = (c01 * R[0] + c11 * R[1] + c12 * R[2]) / det / s->h;
    *leverage = a[0];
    *gain = 0.0;
    for (size_t k = 0; k < 3; k++)
        for (size_t l = 0; l < 3; l++) *gain += a[k] * a[l] * (s->M[k + l] - 2.0 * s->M[k + l + 2] + s->M[k + l + 4]);
    return true;
}

static vt_status check(size_t n, const double *x, const double *y, vt_error *err)
{
    if (!x || !y) return vt_fail(err, VT_EARG, "x or y is NULL");
    if (n < 5) return vt_fail(err, VT_EDOF, "%zu points: a local parabola with a residual needs 5", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i])) return vt_fail(err, VT_ENAN, "x[%zu] or y[%zu] is not finite", i, i);
        if (i > 0 && !(x[i] > x[i - 1]))
            return vt_fail(err, VT_ETIME, "x[%zu] = %g is not above x[%zu] = %g", i, x[i], i - 1, x[i - 1]);
    }
    return VT_OK;
}

static vt_status pass(size_t n, const double *x, const double *y, double h, const vt_smooth_curve *curve,
                      vt_smooth *out, vt_error *err)
{
    struct sums s = {.x = x, .y = y, .h = h, .origin = x[0], .n = n};
    vt_smooth sum = {.bandwidth = h};
    double gains = 0.0;
    for (size_t i = 0; i < n; i++) {
        double value, slope, leverage, gain;
        slide(&s, i);
        if (s.hi - s.lo < 5 || !parabola(&s, &value, &slope, &leverage, &gain))
            return vt_fail(err, VT_EDOF, "%zu points within %g of x[%zu] = %g: need 5 for a parabola; widen",
                           s.hi - s.lo, h, i, x[i]);
        sum.rss += (y[i] - value) * (y[i] - value);
        sum.trace += leverage;
        gains += gain;
        if (curve && curve->fit) curve->fit[i] = value;
        if (curve && curve->slope) curve->slope[i] = slope;
        if (curve && curve->gain) curve->gain[i] = gain;
    }
    const double spare = fmax((double)n - sum.trace, 0.0);
    const double free = (double)n - 2.0 * sum.trace + gains; /* expected rss over the variance of one y */
    sum.noise = free > 0.0 ? sqrt(sum.rss / free) : 0.0;
    sum.gcv = spare > 0.0 ? (double)n * sum.rss / (spare * spare) : INFINITY;
    if (out) *out = sum;
    return VT_OK;
}

vt_status vt_smooth_quadratic(size_t n, const double *x, const double *y, double bandwidth,
                              const vt_smooth_curve *curve, vt_smooth *out, vt_error *err)
{
    if (!(bandwidth > 0.0) || isinf(bandwidth))
        return vt_fail(err, VT_EARG, "bandwidth %g must be > 0 and finite", bandwidth);
    const vt_status st = check(n, x, y, err);
    return st == VT_OK ? pass(n, x, y, bandwidth, curve, out, err) : st;
}

vt_status vt_smooth_least(size_t n, const double *x, size_t others, double *bandwidth, vt_error *err)
{
    if (!bandwidth || others < 4) return vt_fail(err, VT_EARG, "result is NULL or others = %zu below 4", others);
    const vt_status st = check(n, x, x, err);
    if (st != VT_OK) return st;
    if (n <= others) return vt_fail(err, VT_EDOF, "%zu points: need %zu", n, others + 1);
    double h = 0.0;
    for (size_t i = 0, lo = 0; i < n; i++) { /* window of others + 1 points whose farther end is nearest */
        while (lo + others + 1 < n && x[lo + others + 1] - x[i] < x[i] - x[lo]) lo++;
        h = fmax(h, fmax(x[i] - x[lo], x[lo + others] - x[i]));
    }
    *bandwidth = h * (1.0 + 1e-9); /* the weight at h itself is 0 */
    return VT_OK;
}

enum { BLOCKS = 20000 }; /* points among which the bandwidth is searched */

/* Means of n/blocks neighbours each. */
static void block_means(size_t n, const double *x, const double *y, size_t blocks, double *bx, double *by)
{
    for (size_t b = 0; b < blocks; b++) {
        const size_t from = n / blocks * b + n % blocks * b / blocks;
        const size_t to = n / blocks * (b + 1) + n % blocks * (b + 1) / blocks;
        double sx = 0.0, sy = 0.0;
        for (size_t i = from; i < to; i++) sx += x[i] - x[from], sy += y[i];
        bx[b] = x[from] + sx / (double)(to - from);
        by[b] = sy / (double)(to - from);
    }
}

static vt_status search(size_t n, const double *x, const double *y, double most, double *bandwidth, vt_error *err)
{
    double h = 0.0, least = INFINITY;
    const vt_status st = vt_smooth_least(n, x, n > 8 ? 8 : n - 1, &h, err);
    if (st != VT_OK) return st;
    const double widest = fmax(h, most > 0.0 ? most : x[n - 1] - x[0]);
    *bandwidth = h;
    for (; h <= widest; h *= 1.25) {
        vt_smooth s = {0};
        if (pass(n, x, y, h, NULL, &s, NULL) != VT_OK || !(s.gcv < least)) continue;
        least = s.gcv;
        *bandwidth = h;
    }
    return VT_OK;
}

vt_status vt_smooth_gcv(size_t n, const double *x, const double *y, double most, const vt_smooth_curve *curve,
                        vt_smooth *out, vt_error *err)
{
    double h = 0.0;
    const double *sx = x, *sy = y;
    size_t points = n;
    vt_status st = check(n, x, y, err);
    if (st != VT_OK) return st;
    if (n >= 2 * BLOCKS && curve && curve->fit) {
        points = BLOCKS;
        block_means(n, x, y, BLOCKS, curve->fit, curve->fit + BLOCKS);
        sx = curve->fit;
        sy = curve->fit + BLOCKS;
    }
    st = search(points, sx, sy, most, &h, err);
    return st == VT_OK ? pass(n, x, y, h, curve, out, err) : st;
}
