#pragma once
#include <vitrum/error.h>
#include <vitrum/random.h>
#include <stdbool.h>
#include <stddef.h>

/* Propagation of uncertainty through a model y = f(x_1 ... x_n). Procedure 1.8: first order (GUM, JCGM 100) always
 * beside Monte Carlo (JCGM 101). */

enum { VT_PROPAGATE_MAX = 64 }; /* inputs at most */

typedef enum vt_distribution {
    VT_DIST_NORMAL,      /* Student's t with dof where dof is finite */
    VT_DIST_RECTANGULAR, /* value -+ u sqrt(3): a rounded or bounded value */
    VT_DIST_TRIANGULAR,  /* value -+ u sqrt(6) */
    VT_DIST_LOGNORMAL    /* mean `value` > 0 and standard deviation u: factors, positive quantities */
} vt_distribution;

typedef struct vt_input {
    double value, u; /* estimate and standard uncertainty, >= 0 */
    double dof; /* degrees of freedom of u, > 2 for the Monte Carlo of a t (its variance is taken as u^2 dof/(dof - 2));
                 * 0 or INFINITY: not limited */
    vt_distribution distribution;
} vt_input;

/* f at x (n values). 0: done; anything else: x is outside the domain. */
typedef int vt_model(const double *x, double *y, void *ctx);

/* c[i] = df/dx_i at x. */
typedef int vt_model_gradient(const double *x, double *c, void *ctx);

typedef struct vt_propagation {
    size_t n;
    const vt_input *input;
    const double *correlation;   /* n x n, unit diagonal, positive definite; NULL: independent. Monte Carlo joins the
                                  * distributions by a normal copula with this correlation */
    vt_model *f;                 /* */
    vt_model_gradient *gradient; /* NULL: five-point differences with steps of u / 100 (their error is of order 1e-8 of
                                  * the third to fifth derivative term) */
    void *ctx;
} vt_propagation;

typedef struct vt_first_order {
    double y, u;                /* value at the estimates; combined standard uncertainty */
    double dof;                 /* effective degrees of freedom (Welch-Satterthwaite); INFINITY if not limited */
    double low, high;           /* y -+ t(level, dof) u */
    double c[VT_PROPAGATE_MAX]; /* sensitivities */
} vt_first_order;

/* First order: u^2 = sum c_i^2 u_i^2 + 2 sum c_i c_j u_i u_j r_ij (GUM eq. 13), dof = u^4 / sum (c_i u_i)^4 / dof_i
 * (GUM eq. G.2b; for correlated inputs an approximation). level: two-sided probability.
 *
 * VT_EARG: NULL, n not 1 to VT_PROPAGATE_MAX, level not in (0, 1); VT_ENAN; VT_ERANGE: u < 0, dof below 1 and not 0,
 * log-normal value not > 0, correlation outside [-1, 1], not symmetric or diagonal not 1; VT_EDOMAIN: f fails at or
 * beside the estimates. */
vt_status vt_propagate_first_order(const vt_propagation *p, double level, vt_first_order *out, vt_error *err);

typedef struct vt_monte_carlo_options {
    double level;     /* two-sided probability, e.g. 0.95 */
    double tolerance; /* stop when twice the standard errors of mean, u and both ends are below this times u; 0: 0.05 */
    size_t draws_min; /* 0: 20000 */
    size_t draws_max; /* 0: 1000000 */
    double domain_loss; /* fraction of draws that may fall outside the domain; 0: 0.001 */
} vt_monte_carlo_options;

typedef struct vt_monte_carlo {
    double mean, u;     /* of the draws */
    double low, high;   /* probabilistically symmetric interval */
    size_t draws, lost; /* used; outside the domain */
} vt_monte_carlo;

/* Monte Carlo, adaptive in blocks of 10000 draws (JCGM 101, 7.9). stream: advanced. Allocates its sample (draws_max
 * values). VT_ENOCONV: not stable at draws_max; VT_EDOMAIN: more draws outside the domain than allowed; VT_ERANGE:
 * correlation not positive definite, a t with dof <= 2; VT_EMEMORY; else as vt_propagate_first_order. */
vt_status vt_propagate_monte_carlo(const vt_propagation *p, const vt_monte_carlo_options *opt, vt_stream *stream,
                                   vt_monte_carlo *out, vt_error *err);

typedef struct vt_propagated {
    vt_first_order first;
    vt_monte_carlo mc;
    bool nonlinear;         /* W_NONLINEAR: an end differs by more than 10 % of the half-width */
    double y, u, low, high; /* to be reported: Monte Carlo interval and u if nonlinear, else first order */
} vt_propagated;

/* Both, and the verdict of procedure 1.8. Errors of either. */
vt_status vt_propagate(const vt_propagation *p, const vt_monte_carlo_options *opt, vt_stream *stream,
                       vt_propagated *out, vt_error *err);

/* Standard uncertainty of a value given as rounded number ("31"): half a unit of its last digit, rectangular, with
 * `approximate` the share of the value that "~" adds (0.03 by default, procedure 1.8; 0: none), combined in squares.
 * unit_of_last_digit > 0. */
vt_status vt_rounding_uncertainty(double value, double unit_of_last_digit, double approximate, double *u,
                                  vt_error *err);
