#pragma once
/* Least squares that are linear in all parameters but one: y = sum_k c_k phi_k(theta) + error. Variable projection
 * (Golub & Pereyra, SIAM J. Numer. Anal. 10 (1973) 413) with its exact gradient and the Gauss-Newton curvature. */
#include <stdbool.h>
#include <stddef.h>

enum { VTI_SEPARABLE_LINEAR = 4 }; /* linear parameters at most */

/* phi, dphi: q rows of n weighted values, row k at phi + k * n: phi_k and d phi_k / d theta at the n points.
 * dphi NULL: only phi is wanted. */
typedef void vti_separable_basis(double theta, double *phi, double *dphi, const void *ctx);

typedef struct vti_separable {
    size_t n, q;                /* points, linear parameters (1 to 4), n >= q */
    const double *y;            /* n weighted data */
    vti_separable_basis *basis; /* */
    const void *ctx;            /* */
    double *work;               /* (2 q + 1) n values */
} vti_separable;

typedef struct vti_separable_fit {
    double theta, chi2;
    double c[VTI_SEPARABLE_LINEAR];
    double slope; /* d chi2 / d theta */
    double step;  /* Gauss-Newton step from theta; 0 where the curvature is 0 */
    bool bound;   /* the minimum is an end of the grid, not a root of the slope */
} vti_separable_fit;

/* Best linear parameters at theta. false: the columns are linearly dependent there. */
bool vti_separable_at(const vti_separable *s, double theta, vti_separable_fit *fit);

/* Minimum over theta between the first and last value of an ascending grid (>= 2 values): the lowest grid point, then
 * Gauss-Newton steps inside its bracket. false: dependent columns on the whole grid. */
bool vti_separable_minimum(const vti_separable *s, size_t grid_n, const double *grid, vti_separable_fit *fit);
