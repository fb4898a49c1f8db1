#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Nonlinear least squares: Levenberg-Marquardt (GSL multifit_nlinear, QR), analytic Jacobian, transformed
 * parameters, several starts, covariance, profile-likelihood intervals. Procedure 1.5.
 *
 * The caller's residuals are already weighted, r_i = (model_i - y_i) / u_i, so chi2 = sum r_i^2. A prior
 * x_j = a +- u is one more residual, (x_j - a) / u. Correlated errors: multiply by the inverse Cholesky factor.
 *
 * A workspace serves one thread at a time; different threads use different workspaces. Fits allocate
 * nothing, except the first fit of a shape (n, free parameters) that its workspace has not seen lately: it keeps
 * the solver state of the last VT_NLFIT_SHAPES shapes. */

enum { VT_NLFIT_P_MAX = 16, VT_NLFIT_SHAPES = 8 };

/* Residuals at x (p parameters, untransformed) into r (n values). 0: done. Anything else: x is outside the domain
 * of the law; the step is shortened and the fit goes on. Non-finite residuals count as outside the domain. */
typedef int vt_nlfit_residual(const double *x, double *r, void *ctx);

/* J[i * p + j] = d r_i / d x_j, row-major n x p, with respect to the untransformed parameters. Same return. */
typedef int vt_nlfit_jacobian(const double *x, double *J, void *ctx);

typedef enum vt_nlfit_transform {
    VT_NLFIT_NONE, /* the parameter is unbounded */
    VT_NLFIT_LOG   /* the parameter is positive: the iteration runs in ln x */
} vt_nlfit_transform;

typedef enum vt_nlfit_weights {
    VT_NLFIT_ABSOLUTE, /* the u_i are standard uncertainties: covariance (J'J)^-1, chi2 has a p-value */
    VT_NLFIT_RELATIVE  /* the u_i are known up to a factor: covariance (J'J)^-1 chi2 / nu */
} vt_nlfit_weights;

typedef struct vt_nlfit_problem {
    size_t n;                            /* residuals, >= free parameters */
    size_t p;                            /* parameters, 1 to VT_NLFIT_P_MAX */
    vt_nlfit_residual *residual;         /* */
    vt_nlfit_jacobian *jacobian;         /* */
    void *ctx;                           /* handed to both, borrowed; may be NULL */
    const vt_nlfit_transform *transform; /* p values, or NULL: none is transformed */
    const bool *fixed;                   /* p values, true: held at its start; NULL: all are free */
} vt_nlfit_problem;

/* Zero in a field stands for the default. */
typedef struct vt_nlfit_options {
    vt_nlfit_weights weights; /* */
    size_t starts;            /* number of starting points, the given x first; default 1, procedure 1.5 asks for >= 5 */
    const double *start;      /* (starts - 1) x p further starting points, or NULL: spread around the given x */
    const double *spread;     /* p half-widths of that spread: of ln x (LOG) or of x (NONE).
                               * NULL: 1 for LOG; max(|x|, 1e-3) / 2 for NONE */
    size_t max_iterations;    /* per start; default 500 */
    double cost_change;       /* converged: relative change of chi2 below this (default 1e-10) ... */
    double gradient;          /* ... and cosine between r and every column of J below this (default 1e-8) */
    double max_condition;     /* refuse with VT_EILLCOND above; default 1e10 */
} vt_nlfit_options;

typedef struct vt_nlfit_summary {
    double chi2;       /* sum of r_i^2 at the solution */
    size_t nu;         /* n - free parameters */
    double p_value;    /* P(chi2_nu >= chi2) for absolute weights and nu > 0, otherwise -1 */
    double condition;  /* 1-norm condition number of J'J scaled to unit diagonal */
    bool ill;          /* condition > 1e7, W_ILLCOND: give profile intervals */
    size_t iterations; /* of the best start */
    size_t converged;  /* starts that converged */
    size_t at_best;    /* of them, those that reached the best chi2 (to 1e-6 relative) */
    vt_nlfit_weights weights;
} vt_nlfit_summary;

typedef struct vt_nlfit vt_nlfit; /* workspace */

/* Workspace for fits of up to n_max residuals and p_max parameters, into *ws. VT_EARG: a size is 0 or
 * p_max > VT_NLFIT_P_MAX; VT_EMEMORY. */
vt_status vt_nlfit_create(vt_nlfit **ws, size_t n_max, size_t p_max, vt_error *err);

/* NULL allowed. */
void vt_nlfit_free(vt_nlfit *ws);

/* Minimum of chi2.
 *
 * ws   workspace
 * pr   problem
 * opt  options; NULL: all defaults
 * x    in: start, out: solution, pr->p values
 * cov  out: p x p covariance of x, rows of fixed parameters 0; may be NULL
 * sum  out: summary; may be NULL
 *
 * Convergence: relative change of chi2 < cost_change in an accepted step and |J_j . r| < gradient |J_j| |r| for every
 * free j. An exact fit counts as converged when both are at the level of rounding (1e-14 of max_j |J_j x_j|).
 * VT_EARG: NULL, size out of range, start of a LOG parameter not > 0; VT_ENAN: a start is not finite; VT_EDOF: n < free
 * parameters, or nu = 0 with relative weights; VT_EDOMAIN: no start lies in the domain; VT_ENOCONV: no start converged;
 * VT_EILLCOND: parameters inseparable (x is left as it was). On failure the outputs are untouched. */
vt_status vt_nlfit_solve(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, double *x, double *cov,
                         vt_nlfit_summary *sum, vt_error *err);

/* Factor k of the interval x_j -+ k sqrt(cov_jj) at two-sided probability level (0 to 1, e.g. 0.95): normal quantile
 * for absolute, Student's t with nu degrees of freedom for relative weights. VT_EARG: level not in (0, 1). */
vt_status vt_nlfit_coverage(const vt_nlfit_summary *sum, double level, double *k, vt_error *err);

typedef struct vt_nlfit_interval {
    double low, high;             /* ends; meaningless on a side that is not closed */
    bool low_closed, high_closed; /* false: chi2 stays below its limit as far as the search went (or the domain ends) */
} vt_nlfit_interval;

typedef struct vt_nlfit_profile_request {
    size_t index; /* which parameter; must be free */
    double level; /* two-sided probability, e.g. 0.95 */
    double reach; /* search up to this many standard uncertainties; 0: 100 */
} vt_nlfit_profile_request;

/* Profile-likelihood interval of one parameter: the values at which min over the others of chi2 exceeds its minimum by
 * the quantile of chi2 with one degree of freedom (3.84 for 0.95); with relative weights by t^2 chi2_min / nu.
 *
 * x    in: solution of vt_nlfit_solve with the same problem and options
 * out  interval
 *
 * VT_EARG: index fixed or out of range, level not in (0, 1); VT_ENOCONV: a better minimum than x was found on the way
 * (start again from more starts). Ends are found to 1e-6 of the distance from x. */
vt_status vt_nlfit_profile(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, const double *x,
                           const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err);
