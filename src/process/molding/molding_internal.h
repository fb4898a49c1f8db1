#pragma once
#include "process/forecast_internal.h"

/* vitrum predict molding: length, mechanism, time, stress and crystallization of one run. */

extern const vt_forecast vti_predict_molding;

typedef struct vti_forming_settings {
    double temperature, pressure, time, diameter; /* K, Pa, s, m */
    double length;                                /* m: wanted; NaN: none */
    double imprint;                               /* m: length that the prepress left */
    double template_thickness;                    /* m; NaN: not known */
    double surface_tension, contact_angle;        /* N/m, rad; NaN: those of the card */
    double temperature_u, pressure_u, diameter_u; /* K, relative, relative */
    int prefactor;                                /* card, 32, 16 */
    int capillary;                                /* flag: the capillary pressure drives or hinders the run */
} vti_forming_settings;

typedef enum vti_forming_output {
    VTI_OUT_LENGTH_PAPER,
    VTI_OUT_LENGTH,
    VTI_OUT_VISCOUS,
    VTI_OUT_INTERFACE,
    VTI_OUT_ENTRANCE,
    VTI_OUT_ETA,
    VTI_OUT_MOBILITY,
    VTI_OUT_CRITICAL,
    VTI_OUT_MINIMUM,
    VTI_OUT_TIME_PAPER,
    VTI_OUT_TIME,
    VTI_OUT_STRESS,
    VTI_OUT_RELAXED,
    VTI_OUT_CAPILLARY,
    VTI_OUT_SHARE,
    VTI_OUT_COUNT
} vti_forming_output;

enum { VTI_ABSENT = VTI_INPUTS }; /* index of an input that there is none of */

/* One run to be forecast. */
typedef struct vti_forming_run {
    const vt_job *job;
    const vti_forming_settings *set;
    vt_result *result;
    vti_law law;
    size_t T, p, d, gamma, theta; /* inputs; VTI_ABSENT: none */
    vti_forecast_output out[VTI_OUT_COUNT];
    double *sample; /* VTI_OUT_COUNT * draws */
    size_t draws;
    double probability; /* that d is above d_c */
} vti_forming_run;

/* Outputs at x, for vti_forecast_propagate; ctx: the run. */
void vti_forming_outputs(const vti_law *law, const double *x, double *y, void *ctx);

/* Lengths (m) at diameter d: additive with imprint, viscous, interface; false outside the laws. */
bool vti_forming_lengths(const vti_forming_run *run, const double *x, double d, double lengths[3]);

/* The same at the best estimate, with the reason of a refusal. */
vt_status vti_forming_check(const vti_forming_run *run, vt_error *err);

vt_status vti_forming_properties(vti_forming_run *run, vt_error *err);
vt_status vti_forming_warnings(vti_forming_run *run, vt_error *err);
vt_status vti_forming_crystals(vti_forming_run *run, vt_error *err);
vt_status vti_forming_curve(vti_forming_run *run, vt_error *err);
