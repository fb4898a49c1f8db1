#pragma once
#include <stdbool.h>
#include <vitrum/experiment.h>

/* The experiment `calorimetry`: heat flow of scans, from which stored enthalpy, glass transition, crystallization and
 * peaks are read (P21). */
extern const vt_experiment vti_calorimetry_experiment;

/* Which way heat flow counts upwards. VTI_SIGN_FILE: as the file says; E_CONVENTION where it says nothing. */
typedef enum vti_calorimetry_sign { VTI_SIGN_FILE, VTI_SIGN_ENDO_UP, VTI_SIGN_EXO_UP } vti_calorimetry_sign;

typedef struct vti_calorimetry_params {
    double mass, mass_u, heating_rate, molar_mass, diameter;
    int sign;
    double gain_u, temperature_u, temperature_offset, thermal_lag;
    vt_list calibrant_measured, calibrant_true;
    vt_list anchor_low, anchor_high;
    vt_list glass_window, liquid_window, search, peak_window;
} vti_calorimetry_params;
extern const vt_param VTI_CALORIMETRY_PARAMS[];

vt_status vti_calorimetry_reduce(const vt_job *job, vt_result *result, vt_error *err);
