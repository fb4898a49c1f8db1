#pragma once
#include <vitrum/error.h>
#include <vitrum/line.h>
#include <stddef.h>

/* Slopes of time series with serially correlated noise. Procedure 1.3. Nothing allocates; thread-safe. */

typedef struct vt_serial_slope {
    vt_line ordinary; /* least squares; its u_slope is too small when r > 0 */
    double r1;        /* lag-1 autocorrelation of the residuals */
    double r;         /* with bias correction: min(0.95, max(0, r1 + (1 + 3 r1)/n)) */
    double n_eff;     /* n (1 - r)/(1 + r) */
    size_t blocks;    /* 0; or number of blocks whose means were fitted, because r > 0.9 */
    double slope;     /* to be reported */
    double u_slope;   /* u_OLS sqrt((1 + r)/(1 - r)), or that of the block means */
    double dof;       /* n_eff - 2, or blocks - 2 */
    double low, high; /* slope -+ t(level, dof) u_slope */
} vt_serial_slope;

/* Slope of y over x, n points in the order of measurement, equally spaced as far as correlation is concerned.
 * level: two-sided probability. VT_EDOF: n_eff < 8, n < 8, all x equal; VT_EARG: NULL, level; VT_ENAN. */
vt_status vt_serial_slope_fit(size_t n, const double *x, const double *y, double level, vt_serial_slope *out,
                              vt_error *err);

/* Lag-1 autocorrelation of n values about their mean; 0 for constant values. n >= 3. */
vt_status vt_serial_autocorrelation(size_t n, const double *v, double *r1, vt_error *err);

/* Standard uncertainty of the OLS slope after Newey & West (Econometrica 55 (1987) 703): Bartlett weights, lag
 * floor(4 (n/100)^(2/9)) (Newey & West 1994), factor n/(n - 2). For comparison only: procedure 1.3 found it too small.
 */
vt_status vt_serial_newey_west(size_t n, const double *x, const double *y, double *u_slope, vt_error *err);

/* Smallest stride by which v must be thinned so that |r1| < limit (0.2 for the R statistic), at most n / 10. VT_EDOF:
 * none. */
vt_status vt_serial_stride(size_t n, const double *v, double limit, size_t *stride, vt_error *err);
