#pragma once
#include <vitrum/nlfit.h>
#include <stddef.h>

/* Fits with errors in both variables. Procedure 1.4. */

/* Borrowed. ux[i] >= 0 and uy[i] >= 0, not both 0. */
typedef struct vt_xy_data {
    size_t n;
    const double *x, *y;
    const double *ux, *uy; /* standard uncertainties of x and y */
    const double *r;       /* correlation of the errors of x[i] and y[i], in (-1, 1); NULL: 0 */
} vt_xy_data;

typedef struct vt_york_fit {
    double slope, intercept;
    double u_slope, u_intercept; /* for absolute uncertainties; multiply by sqrt(chi2 / nu) for relative ones */
    double cov;                  /* covariance of slope and intercept */
    double chi2, p_value;        /* p_value: -1 if n = 2 */
    size_t nu;                   /* n - 2 */
    size_t iterations;
} vt_york_fit;

/* Best straight line y = intercept + slope x with errors in both variables, correlated or not.
 *
 * VT_EARG: NULL; VT_ENAN: a value is not finite; VT_ERANGE: an uncertainty or correlation out of range; VT_EDOF: n < 2
 * or all x equal; VT_ENOCONV: slope not stable to 1e-13 in 200 iterations. Allocates nothing; thread-safe. Source: York
 * et al., Am. J. Phys. 72 (2004) 367, eqs. 13a-13d; start: ordinary least squares. */
vt_status vt_york_line(const vt_xy_data *data, vt_york_fit *fit, vt_error *err);

/* A curve y = f(x; theta): f, df/dx and df/dtheta (p values) at x. 0: done; else outside the domain. */
typedef int vt_xy_curve(double x, const double *theta, double *f, double *df_dx, double *df_dtheta, void *ctx);

/* The same where the curve differs from point to point, as between groups: i is the point. */
typedef int vt_xy_curve_of(size_t i, double x, const double *theta, double *f, double *df_dx, double *df_dtheta,
                           void *ctx);

typedef struct vt_xy_problem {
    vt_xy_data data; /* r must be NULL: errors of x and y independent */
    size_t p;
    vt_xy_curve *curve;       /* one of the two, the other NULL */
    vt_xy_curve_of *curve_of; /* */
    void *ctx;
    const vt_nlfit_transform *transform; /* as in vt_nlfit_problem */
    const bool *fixed;
} vt_xy_problem;

/* Curve through points with errors in both variables: Gauss-Newton (Levenberg-Marquardt) on the stacked problem
 * sum (X_i - x_i)^2/ux_i^2 + (f(X_i) - y_i)^2/uy_i^2 over theta and the true abscissas X_i. Each X_i belongs to one
 * point, so it is eliminated exactly: the reduced residual is (f(X_i) - y_i)/uy_i sqrt(1 + (f' ux_i/uy_i)^2) at the
 * best X_i, and its covariance of theta is that of the stacked problem. uy_i must be > 0.
 *
 * theta, cov, sum, options, errors: as vt_nlfit_solve, with data->n residuals. */
vt_status vt_xy_solve(vt_nlfit *ws, const vt_xy_problem *pr, const vt_nlfit_options *opt, double *theta, double *cov,
                      vt_nlfit_summary *sum, vt_error *err);

/* Profile-likelihood interval of one parameter of such a curve: theta is the solution of vt_xy_solve with the same
 * problem and options. Errors as vt_nlfit_profile. */
vt_status vt_xy_profile(vt_nlfit *ws, const vt_xy_problem *pr, const vt_nlfit_options *opt, const double *theta,
                        const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err);
