#pragma once
#include <vitrum/line.h>

/* Refuses NULL, non-finite values, fewer than n_min points. */
vt_status vti_line_check(size_t n, size_t n_min, const double *x, const double *y, vt_error *err);

/* Weighted moments about the weighted means; w NULL: all 1. */
typedef struct vti_moments {
    double W, xm, ym, sxx, sxy;
} vti_moments;

vti_moments vti_line_moments(size_t n, const double *x, const double *y, const double *w);
