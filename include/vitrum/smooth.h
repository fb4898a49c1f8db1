#pragma once
#include <stddef.h>
#include <vitrum/error.h>

/* Local quadratic smoothing: at every x[i] a parabola through the points within the bandwidth h of it, weighted by
 * 1 - ((x - x[i])/h)^2 (Epanechnikov). On equal steps that is a Savitzky-Golay filter with weights; unlike it, it needs
 * no equal steps and keeps its order at the ends. Procedure P06, step 5. O(n) for each bandwidth: the sums of powers
 * slide along. Allocates nothing; thread-safe. */

typedef struct vt_smooth {
    double bandwidth; /* h, unit of x */
    double rss;       /* sum of squared residuals */
    double trace;     /* of the smoother matrix: parameters it spends */
    double noise;     /* standard deviation of one y, from rss and its expectation: n - 2 trace + sum of the gains */
    double gcv;       /* n rss/(n - trace)^2, Craven & Wahba, Numer. Math. 31 (1978) 377 */
} vt_smooth;

/* Where the curve goes: n values each, any may be NULL. */
typedef struct vt_smooth_curve {
    double *fit;
    double *slope; /* dy/dx */
    double *gain;  /* variance of fit[i] over that of one y, errors independent */
} vt_smooth_curve;

/* Smooths with a given bandwidth.
 *
 * n, x, y    in   x strictly ascending, n >= 5
 * bandwidth  in   > 0, such that every point has at least 4 others within it (vt_smooth_least)
 * curve      out  may be NULL; its arrays must not be x or y
 * out        out  may be NULL
 *
 * VT_EARG: NULL, bandwidth; VT_ENAN: the first value that is not finite; VT_ETIME: x not ascending, by index; VT_EDOF:
 * n < 5, or too few points within the bandwidth, by index. The curve is undefined on VT_EDOF, untouched otherwise. */
vt_status vt_smooth_quadratic(size_t n, const double *x, const double *y, double bandwidth,
                              const vt_smooth_curve *curve, vt_smooth *out, vt_error *err);

/* Smallest bandwidth with which every point has at least `others` (>= 4) others within it. Errors as above. */
vt_status vt_smooth_least(size_t n, const double *x, size_t others, double *bandwidth, vt_error *err);

/* Smooths with the bandwidth of least generalised cross-validation, on a grid of factors 1.25 from that of 8 others to
 * `most` (0: the whole range of x). Assumes independent errors: correlated ones make it choose too small a bandwidth.
 * From 40 000 points on, the bandwidth is searched among the means of 20 000 blocks of neighbours (curve->fit must be
 * there, which holds them meanwhile, and must not be y), with the grid from that of 8 other blocks.
 * Errors as vt_smooth_quadratic. */
vt_status vt_smooth_gcv(size_t n, const double *x, const double *y, double most, const vt_smooth_curve *curve,
                        vt_smooth *out, vt_error *err);
