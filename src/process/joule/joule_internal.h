#pragma once
#include "process/forecast_internal.h"
#include <vitrum/joule.h>

#define VTI_LORENZ 2.44e-8 /* W Ohm/K^2: Wiedemann and Franz, P05 */

/* vitrum predict joule. */
extern const vt_forecast vti_predict_joule;

typedef struct vti_joule_settings {
    double power, contact_share, diameter, length;
    double thermal_conductivity, conductivity_slope, resistivity, lattice_conductivity, resistivity_slope;
    double grip_temperature, second_grip_temperature, ambient_temperature;
    double contact_resistance, emissivity;
    double temperature, vft_T0, vft_strength;
    double power_u, diameter_u, length_u, thermal_conductivity_u;
} vti_joule_settings;

typedef enum vti_joule_output {
    VTI_JOULE_T_MAX,
    VTI_JOULE_T_MEAN,
    VTI_JOULE_RISE,
    VTI_JOULE_R_TH,
    VTI_JOULE_RADIATED,
    VTI_JOULE_RAMP,
    VTI_JOULE_POWER,  /* that brings the hottest place to the wanted temperature */
    VTI_JOULE_ACTIVE, /* f */
    VTI_JOULE_COUNT
} vti_joule_output;

enum { VTI_JOULE_NODES = 201, VTI_JOULE_ABSENT = -1 };

typedef struct vti_joule_run {
    const vt_job *job;
    const vti_joule_settings *set;
    vt_result *result;
    vti_law law;
    size_t P, d, L, kappa; /* indices of the inputs */
    int T0, D;             /* of the viscosity law; VTI_JOULE_ABSENT: not known */
    vti_forecast_output out[VTI_JOULE_COUNT];
} vti_joule_run;

/* The wire at the inputs x, and its temperatures (VTI_JOULE_NODES). false: no steady state. */
vt_joule_wire vti_joule_wire_at(const vti_joule_run *run, const double *x);
bool vti_joule_solve(const vt_joule_wire *wire, double *T, vt_joule_profile *p);
/* ln eta less a constant at T by the VFT law; INFINITY at and below T0. */
double vti_joule_ln_eta(const vti_joule_run *run, const double *x, double T);
void vti_joule_outputs(const vti_law *law, const double *x, double *y, void *context);

vt_status vti_joule_report(vti_joule_run *run, vt_error *err); /* properties, warnings */
vt_status vti_joule_curve(vti_joule_run *run, vt_error *err);  /* profile and figure */
