#pragma once
#include "experiment/emit_internal.h"
#include "torsion_internal.h"

extern const vt_form vti_torsion_forms[];

/* The job's one table, which is of a form. */
vt_status vti_torsion_reduce_form(const vt_job *job, vt_result *result, vt_error *err);

/* Line with covariance; dof INFINITY: the uncertainties of the points were given. */
typedef struct vti_torsion_form_fit {
    double slope, intercept, u_slope, u_intercept, cov, dof;
} vti_torsion_form_fit;

/* York's line where uncertainties are given (NULL: not), else ordinary. */
vt_status vti_torsion_form_line(size_t n, const double *x, const double *y, const double *ux, const double *uy,
                                vti_torsion_form_fit *out, vt_error *err);
vt_status vti_torsion_form_emit(const vt_job *job, vt_result *r, const vti_value *what, double dof, vt_error *err);

/* Weights on an arm (P28). */
vt_status vti_torsion_calibration(const vt_job *job, vt_result *r, const vt_table *t, vt_error *err);

/* Figures of a series over diameters: yield stress against modulus with the line of slope gamma through the origin;
 * thickness against diameter, where it is given, with the line that a homogeneous wire would make. */
vt_status vti_torsion_series_figures(const vt_job *job, vt_result *r, const vt_table *t, double gamma, vt_error *err);
