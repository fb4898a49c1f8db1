#pragma once
#include <stddef.h>
#include <vitrum/error.h>

/* Statistics of axes: directions that are the same after half a turn (a fracture plane, a trace). Thread-safe,
 * allocates nothing. */

typedef struct vt_axial_mean {
    double mean;      /* rad, in (-pi/2, pi/2]: half the mean direction of the doubled angles */
    double R;         /* 0 to 1: length of their mean resultant; 1: all alike */
    double scatter;   /* rad: half the circular standard deviation sqrt(-2 ln R) of the doubled angles */
    double u;         /* rad: standard error of the mean, half sqrt((1 - R2)/(2 n R^2)), R2 the resultant of twice the
                         doubled angles about their mean; with n/(n - 1) for few angles */
    double low, high; /* mean -+ t(level, n - 1) u */
    size_t n;
} vt_axial_mean;

/* n >= 2 angles, rad. VT_EARG: NULL, level not in (0, 1); VT_ENAN; VT_EDOF: n < 2; VT_EAMBIGUOUS: the angles cancel (R
 * below 1e-6), so they have no mean. On failure *out is untouched. Source: Fisher, Statistical Analysis of Circular
 * Data (1993), section 4.4. */
vt_status vt_axial_mean_of(size_t n, const double *angle, double level, vt_axial_mean *out, vt_error *err);
