#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Straight lines through points without given uncertainties: ordinary least squares and the robust line of
 * procedure 1.2. */

typedef struct vt_line {
    double slope, intercept;
    double u_slope, u_intercept; /* standard uncertainties, for independent errors */
    double cov;                  /* covariance of slope and intercept */
    double s;                    /* standard deviation of the residuals (robust scale in a robust line) */
    size_t n;
} vt_line;

/* Ordinary least squares, n >= 3 points (n = 2: line without uncertainties is refused). Allocates nothing; thread-safe.
 * VT_EARG: NULL; VT_ENAN: a value is not finite; VT_EDOF: n < 3 or all x equal. */
vt_status vt_line_ordinary(size_t n, const double *x, const double *y, vt_line *line, vt_error *err);

typedef struct vt_robust_line {
    vt_line robust;          /* Tukey bisquare */
    vt_line ordinary;        /* beside it, always */
    double theil_sen;        /* slope at which the iteration started: median of the pair slopes */
    double outlier_fraction; /* points with weight below 0.1 */
    bool outliers;           /* W_OUTLIERS: more than 0.2 of them */
    bool subsampled; /* n > VT_LINE_ALL_PAIRS: theil_sen is the median over 8 n pairs far apart in x, chosen by rank */
    size_t iterations;
} vt_robust_line;

enum { VT_LINE_ALL_PAIRS = 512 };

typedef struct vt_line_work vt_line_work; /* workspace, one per thread; memory is linear in n_max */

/* Workspace for up to n_max points. VT_EARG, VT_EMEMORY. */
vt_status vt_line_create(vt_line_work **ws, size_t n_max, vt_error *err);

/* NULL allowed. */
void vt_line_free(vt_line_work *ws);

/* Robust line: Theil-Sen start, iteratively reweighted least squares with Tukey's bisquare (c = 4.685, 95 % efficiency
 * for normal errors), scale 1.4826 MAD, residuals divided by sqrt(1 - leverage). Uncertainties from Huber's asymptotic
 * covariance with his correction for small n (Huber, Robust Statistics, 1981, section 7.6). O(n log n).
 *
 * weight  out: n final weights, 0 to 1; may be NULL
 *
 * VT_EARG: NULL or n > n_max; VT_ENAN; VT_EDOF: n < 3 or all x equal (also among the points that keep weight);
 * VT_ENOCONV: not stable to 1e-9 u in 5000 iterations. On failure the outputs are untouched. */
vt_status vt_line_robust(vt_line_work *ws, size_t n, const double *x, const double *y, double *weight,
                         vt_robust_line *line, vt_error *err);
