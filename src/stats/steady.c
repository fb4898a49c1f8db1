#include "line_internal.h"
#include <vitrum/steady.h>
#include <math.h>

vt_status vt_steady_ratio(size_t n, const double *x, double *R, vt_error *err)
{
    static const double l1 = 0.2, l2 = 0.1, l3 = 0.1;
    const vt_status st = vti_line_check(n, 10, x, x, err);
    if (st != VT_OK) return st;
    if (!R) return vt_fail(err, VT_EARG, "no place for R (NULL)");
    double d2 = 0.0, xf = x[0], before = x[0];
    for (size_t i = 1; i < 10; i++) d2 += (x[i] - x[i - 1]) * (x[i] - x[i - 1]) / 9.0;
    double v2 = d2;
    for (size_t i = 0; i < n; i++) {
        const double v = x[i]; /* R may be x */
        if (i > 0) {
            v2 = l2 * (v - xf) * (v - xf) + (1.0 - l2) * v2;
            xf = l1 * v + (1.0 - l1) * xf;
            d2 = l3 * (v - before) * (v - before) + (1.0 - l3) * d2;
        }
        before = v;
        R[i] = d2 > 0.0 ? (2.0 - l1) * v2 / d2 : v2 > 0.0 ? INFINITY : 1.0;
    }
    return VT_OK;
}

vt_status vt_steady_since(size_t n, const double *R, size_t *from, vt_error *err)
{
    if (!R || !from) return vt_fail(err, VT_EARG, "R or the result is NULL");
    size_t run = 0, since = n;
    for (size_t i = 0; i < n; i++) {
        run = R[i] < 1.3 ? run + 1 : 0;
        if (run == 10 && since == n) since = i - 9;
        if (!(R[i] <= 2.0)) since = n;
    }
    if (since == n)
        return vt_fail(err, VT_ENOT_STEADY,
                       "no 10 samples in a row with R < 1.3 without R > 2 after them, in %zu samples", n);
    *from = since;
    return VT_OK;
}

/* Mean of batch j of five. */
static double batch(const double *x, size_t j)
{
    const double *b = x + 5 * j;
    return (b[0] + b[1] + b[2] + b[3] + b[4]) / 5.0;
}

vt_status vt_steady_mser5(size_t n, const double *x, size_t *cut, vt_error *err)
{
    const vt_status st = vti_line_check(n, 20, x, x, err);
    if (st != VT_OK) return st;
    if (!cut) return vt_fail(err, VT_EARG, "no place for the cut (NULL)");
    const size_t m = n / 5;
    double mean = 0.0, ss = 0.0, least = INFINITY;
    size_t at = 0;
    for (size_t k = 1; k <= m; k++) { /* from the end, one batch more each time (Welford) */
        const size_t j = m - k;
        const double z = batch(x, j), d = z - mean;
        mean += d / (double)k;
        ss += d * (z - mean);
        const double se2 = ss / ((double)k * (double)k);
        if (k >= 4 && se2 <= least) { /* fewer batches have no variance worth the name */
            least = se2;
            at = j;
        }
    }
    if (2 * at >= m)
        return vt_fail(err, VT_ENOT_STEADY, "MSER-5 would cut %zu of %zu samples: the transient fills the record",
                       5 * at, n);
    *cut = 5 * at;
    return VT_OK;
}
