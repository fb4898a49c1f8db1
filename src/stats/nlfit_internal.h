#pragma once
/* Inside of the nonlinear fit, shared by its files. */
#include <vitrum/nlfit.h>
#include <gsl/gsl_multifit_nlinear.h>

typedef struct vti_nlfit_shape {
    size_t n, p;                         /* residuals, free parameters */
    unsigned long used;                  /* age, for replacement */
    gsl_multifit_nlinear_workspace *gsl; /* NULL: empty slot */
} vti_nlfit_shape;

struct vt_nlfit {
    size_t n_max, p_max;
    unsigned long clock;
    vti_nlfit_shape shape[VT_NLFIT_SHAPES];
    double *J;                       /* n_max x p_max: Jacobian of the untransformed parameters */
    double *r;                       /* n_max */
    const vt_nlfit_problem *problem; /* the running fit; borrowed for its duration */
    size_t p_free;
    size_t map[VT_NLFIT_P_MAX]; /* free parameter k is parameter map[k] */
    double x[VT_NLFIT_P_MAX];   /* untransformed parameters at the last evaluation */
    bool jacobian_failed;
};

/* How one start ended. */
typedef struct vti_nlfit_run {
    double chi2, gradient; /* gradient: largest cosine */
    size_t iterations;
    bool in_domain, converged;
} vti_nlfit_run;

/* Defaults filled in. */
vt_nlfit_options vti_nlfit_defaults(const vt_nlfit_options *opt);

/* Checks problem, options and start against the workspace and sets the map of free parameters. */
vt_status vti_nlfit_bind(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, const double *x,
                         vt_error *err);

/* GSL state for the bound problem; NULL when out of memory. */
gsl_multifit_nlinear_workspace *vti_nlfit_state(vt_nlfit *ws);

/* Iterates from x (in and out). The only failure is memory; how it ended is in *run. */
vt_status vti_nlfit_iterate(vt_nlfit *ws, const vt_nlfit_options *opt, double *x, vti_nlfit_run *run, vt_error *err);

/* All starts; best one into x. */
vt_status vti_nlfit_multistart(vt_nlfit *ws, const vt_nlfit_options *opt, double *x, vt_nlfit_summary *sum,
                               vt_error *err);

/* (J'J)^-1 of the n x p matrix J (row-major, destroyed) into C (p x p), and its condition. VT_EILLCOND when a column
 * is zero or depends on the others to rounding. */
vt_status vti_nlfit_inverse(size_t n, size_t p, double *J, double *C, double *condition, vt_error *err);
