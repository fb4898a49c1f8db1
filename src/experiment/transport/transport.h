#pragma once
#include "transport_internal.h"
#include <vitrum/experiment.h>

/* The experiment `transport`: stated observations of one alloy to its transport constants. */
extern const vt_experiment vti_transport_experiment;

typedef struct vti_transport_params {
    char alloy[VT_PARAM_TEXT];
    double tg, atomic_volume, relaxation_time, exposure_time, stokes_einstein_constant;
    double activation_ratio, activation_ratio_u;
    double interface_thickness, interface_thickness_factor; /* assumed, unless the table has a row */
    double atomic_radius, atomic_radius_u;
    double vft_viscosity_infinite, vft_viscosity_infinite_decades;
    double shear_modulus;
    int prefactor, kink;
} vti_transport_params;

/* Everything one reduction works on. */
typedef struct vti_transport_run {
    const vt_job *job;
    const vti_transport_params *par;
    vt_result *result;
    const char *path; /* of the table */
    vti_transport_problem problem;
    vti_transport_row row[VTI_TRANSPORT_ROWS];
    char unit[VTI_TRANSPORT_ROWS][32]; /* of the row, as written */
    vti_transport_fit fit;
    vt_nlfit *ws;
    size_t nrep;          /* replicates that converged */
    double *draws;        /* nrep x VTI_TRANSPORT_P */
    double shear_modulus; /* Pa */
    double level;
    double z; /* normal quantile of level */
} vti_transport_run;

/* Rows of the table and assumed rows; setup from parameters and card. */
vt_status vti_transport_gather(vti_transport_run *run, vt_error *err);

/* Refits to stated values drawn within their uncertainties; fills run->draws and run->nrep. Same numbers for any number
 * of threads. */
vt_status vti_transport_replicate(vti_transport_run *run, size_t n, vt_error *err);

/* Properties, tables and warnings. */
vt_status vti_transport_report_constants(vti_transport_run *run, vt_error *err);
vt_status vti_transport_report_rows(vti_transport_run *run, vt_error *err);
vt_status vti_transport_report_left_out(vti_transport_run *run, vt_error *err);
vt_status vti_transport_report_curves(vti_transport_run *run, vt_error *err);
vt_status vti_transport_report_figures(vti_transport_run *run, vt_error *err);
vt_status vti_transport_make_card(vti_transport_run *run, vt_error *err);

/* The reduction behind the descriptor. */
vt_status vti_transport_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* Row in words: "critical_diameter at 297 degC". */
void vti_transport_label(const vti_transport_row *row, char *buf, size_t size);
