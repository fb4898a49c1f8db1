#pragma once
#include "process/forecast_internal.h"
#include <vitrum/tnm.h>

/* vitrum predict scan. */
extern const vt_forecast vti_predict_scan;

typedef struct vti_scan_settings {
    double ln_A, glass_transition, transition_time, activation, nonlinearity, beta;
    double glass_heat_capacity, glass_heat_slope, heat_capacity_step, step_slope, molar_mass;
    double start, cooling_rate, cold, draw_temperature, draw_time;
    double diameter, heat_transfer, density, ambient_temperature;
    vt_list hold_temperatures, hold_times;
    double heating_rate, end, reference_rate, response, step;
    double attempt_time, modulus_slope, free_volume_enthalpy;
    double activation_u, nonlinearity_u, beta_u, heat_capacity_step_u, glass_transition_u, cooling_rate_u;
} vti_scan_settings;

typedef enum vti_scan_output {
    VTI_SCAN_TF,
    VTI_SCAN_TF_REFERENCE,
    VTI_SCAN_RELEASED,
    VTI_SCAN_RELEASED_MOLE,
    VTI_SCAN_ONSET,
    VTI_SCAN_MIDPOINT,
    VTI_SCAN_ELASTIC, /* relative change of the shear modulus */
    VTI_SCAN_VOLUME,  /* reduced free volume that the enthalpy tells */
    VTI_SCAN_MODULUS, /* relative change of the modulus that it tells */
    VTI_SCAN_COUNT
} vti_scan_output;

enum {
    VTI_SCAN_LEGS = 2 * VT_LIST_MAX + 8,
    VTI_SCAN_RATES = 25 /* cooling rates of the sweep */
};

typedef struct vti_scan_run {
    const vt_job *job;
    const vti_scan_settings *set;
    vt_result *result;
    vti_law law;
    size_t Tg, h, x, beta, step, rate;               /* indices of the inputs */
    double cold, start, end, molar_mass, glass_heat; /* K, K, K, kg/mol, J/(kg K) */
    double enthalpy_per_volume, modulus_slope;       /* J/mol, 1; NaN: not known */
    vti_forecast_output out[VTI_SCAN_COUNT];
} vti_scan_run;

/* One set of constants. */
typedef struct vti_scan_case {
    vt_tnm law;
    vt_tnm_heat heat;
    double rate; /* K/s: of the making */
} vti_scan_case;
vti_scan_case vti_scan_case_at(const vti_scan_run *run, const double *x);

/* Making, what follows it, run; cooling at the reference rate, run. Memory of one history. */
typedef struct vti_scan_history {
    vt_tnm_leg leg[VTI_SCAN_LEGS];
    size_t nlegs, run[2]; /* legs that are runs */
    size_t from[VTI_SCAN_LEGS + 1], n;
    double *t, *T, *Tf; /* malloc'd together at t */
} vti_scan_history;
/* step: K, 0: coarse, for draws: errs by some 0.05 K. VT_EMEMORY and the errors of vt_tnm_points and vt_tnm_follow.
 * Release with vti_scan_release. */
vt_status vti_scan_follow(const vti_scan_run *run, const vti_scan_case *c, double step, vti_scan_history *h,
                          vt_error *err);
void vti_scan_release(vti_scan_history *h);

/* What a history says; y: VTI_SCAN_COUNT values, NaN where unknown. */
void vti_scan_read(const vti_scan_run *run, const vti_scan_case *c, const vti_scan_history *h, double *y);
void vti_scan_outputs(const vti_law *law, const double *x, double *y, void *context);

vt_status vti_scan_curves(vti_scan_run *run, vt_error *err); /* scans, sweep, figures */
vt_status vti_scan_report(vti_scan_run *run, vt_error *err); /* properties, warnings */
