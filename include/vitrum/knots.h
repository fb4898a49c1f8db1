#pragma once
#include <vitrum/error.h>
#include <vitrum/nlfit.h>
#include <stddef.h>

/* Continuous piecewise-linear fit with unknown knots. Procedure 1.6; Muggeo, Stat. Med. 22 (2003) 3055; Bai & Perron,
 * J. Appl. Econom. 18 (2003) 1. */

enum { VT_KNOTS_MAX = 6 };

typedef struct vt_knots {
    size_t count;                       /* knots chosen by BIC */
    double x[VT_KNOTS_MAX];             /* their places, ascending */
    vt_nlfit_interval ci[VT_KNOTS_MAX]; /* profile-likelihood intervals; open where the data do not bound them */
    double start;                       /* fitted value at the first x */
    double slope[VT_KNOTS_MAX + 1];     /* of the pieces, ascending x */
    double rss;                         /* residual sum of squares */
    double bic[VT_KNOTS_MAX + 1];       /* for 0 ... k_max knots; +inf where there is no room for so many */
    double r, n_eff;                    /* residual autocorrelation (bias-corrected) and effective number of points */
} vt_knots;

typedef struct vt_knots_work vt_knots_work; /* workspace, one per thread */

/* Workspace for up to n_max points. VT_EARG, VT_EMEMORY. */
vt_status vt_knots_create(vt_knots_work **ws, size_t n_max, vt_error *err);

/* NULL allowed. */
void vt_knots_free(vt_knots_work *ws);

typedef struct vt_knots_data {
    size_t n;
    const double *x, *y; /* x strictly ascending; borrowed */
} vt_knots_data;

/* Fit with 0 to k_max knots; the number minimises n_eff ln(rss/n) + (2 + 2 k) ln n_eff. Every piece keeps at least 8
 * effective points. n_eff comes from the residuals of the fit with most knots, so that a missed knot does not pass for
 * correlation.
 *
 * level  of the intervals, two-sided, e.g. 0.95
 *
 * VT_EARG: NULL, n > n_max, k_max > VT_KNOTS_MAX, level; VT_ENAN; VT_ETIME: x not ascending, by index; VT_EDOF: fewer
 * than 8 effective points. */
vt_status vt_knots_fit(vt_knots_work *ws, const vt_knots_data *data, size_t k_max, double level, vt_knots *out,
                       vt_error *err);
