#pragma once
#include <vitrum/knots.h>

enum { VTI_KNOTS_TERMS = 2 + VT_KNOTS_MAX };

struct vt_knots_work {
    size_t n_max, n;
    double *t;       /* x scaled to 0 ... 1 */
    double *v;       /* y minus its ordinary line: sums of squares lose no digits */
    double x0, span; /* x = x0 + span t */
    double a, b;     /* the ordinary line in t */
    double vv;       /* sum of v^2 */
    size_t piece;    /* fewest points of a piece */
};

/* Coefficients in the basis 1, t, (t - psi_j)+ of the best line with k knots psi; residual sum of squares of v. +inf
 * where the basis is dependent. coef: 2 + k values, may be NULL. */
double vti_knots_rss(const vt_knots_work *w, size_t k, const double *psi, double *coef);

/* Range of knot j that leaves `piece` points on each side up to the neighbouring knots. False: empty. */
int vti_knots_range(const vt_knots_work *w, size_t k, const double *psi, size_t j, double *lo, double *hi);

/* Moves every knot but `held` (k: none) to a minimum, in turn. Returns the sum of squares. */
double vti_knots_refine(const vt_knots_work *w, size_t k, double *psi, size_t held);

/* Adds one knot to the k in psi at the best place and refines; +inf if there is no room. */
double vti_knots_add(const vt_knots_work *w, size_t k, double *psi);
