#pragma once
#include "process/forecast_internal.h"
#include <vitrum/tnm.h>

/* vitrum predict scan. */
extern const vt_forecast vti_predict_scan;

typedef struct vti_thermal_settings {
    double ln_A, glass_transition, transition_time, activation, nonlinearity, beta;
    double glass_heat_capacity, glass_heat_slope, heat_capacity_step, step_slope, molar_mass;
    double start, cooling_rate, cold, draw_temperature, draw_time;
    double diameter, heat_transfer, density, ambient_temperature;
    vt_list hold_temperatures, hold_times;
    double heating_rate, end, reference_rate, response, step;
    double attempt_time, modulus_slope, free_volume_enthalpy;
    double activation_u, nonlinearity_u, beta_u, heat_capacity_step_u, glass_transition_u, cooling_rate_u;
} vti_thermal_settings;

typedef enum vti_thermal_output {
    VTI_THERMAL_TF,
    VTI_THERMAL_TF_REFERENCE,
    VTI_THERMAL_RELEASED,
    VTI_THERMAL_RELEASED_MOLE,
    VTI_THERMAL_ONSET,
    VTI_THERMAL_MIDPOINT,
    VTI_THERMAL_ELASTIC, /* relative change of the shear modulus */
    VTI_THERMAL_VOLUME,  /* reduced free volume that the enthalpy tells */
    VTI_THERMAL_MODULUS, /* relative change of the modulus that it tells */
    VTI_THERMAL_COUNT
} vti_thermal_output;

enum {
    VTI_THERMAL_LEGS = 2 * VT_LIST_MAX + 8,
    VTI_THERMAL_RATES = 25 /* cooling rates of the sweep */
};

typedef struct vti_thermal_run {
    const vt_job *job;
    const vti_thermal_settings *set;
    vt_result *result;
    vti_law law;
    size_t Tg, h, x, beta, step, rate;               /* indices of the inputs */
    double cold, start, end, molar_mass, glass_heat; /* K, K, K, kg/mol, J/(kg K) */
    double enthalpy_per_volume, modulus_slope;       /* J/mol, 1; NaN: not known */
    vti_forecast_output out[VTI_THERMAL_COUNT];
} vti_thermal_run;

/* One set of constants. */
typedef struct vti_thermal_case {
    vt_tnm law;
    vt_tnm_heat heat;
    double rate; /* K/s: of the making */
} vti_thermal_case;
vti_thermal_case vti_thermal_case_at(const vti_thermal_run *run, const double *x);

/* Making, what follows it, run; cooling at the reference rate, run. Memory of one history. */
typedef struct vti_thermal_history {
    vt_tnm_leg leg[VTI_THERMAL_LEGS];
    size_t nlegs, run[2]; /* legs that are runs */
    size_t from[VTI_THERMAL_LEGS + 1];
    vt_tnm_walk walk;
} vti_thermal_history;
/* step: K, 0: coarse, for draws: errs by some 0.05 K. the errors of vt_tnm_walk_make. Release walk with
 * vt_tnm_walk_free. */
vt_status vti_thermal_follow(const vti_thermal_run *run, const vti_thermal_case *c, double step, vti_thermal_history *h,
                             vt_error *err);

/* What a history says; y: VTI_THERMAL_COUNT values, NaN where unknown. */
void vti_thermal_read(const vti_thermal_run *run, const vti_thermal_case *c, const vti_thermal_history *h, double *y);
void vti_thermal_outputs(const vti_law *law, const double *x, double *y, void *context);

vt_status vti_thermal_curves(vti_thermal_run *run, vt_error *err); /* scans, sweep, figures */
vt_status vti_thermal_report(vti_thermal_run *run, vt_error *err); /* properties, warnings */
