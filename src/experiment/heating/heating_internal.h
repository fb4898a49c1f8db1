#pragma once
#include <vitrum/experiment.h>
#include <vitrum/random.h>
#include <vitrum/vft.h>
#include <vitrum/york.h>

/* The experiment `heating`: temperature of a wire by the power that heats it, from its own viscosity (P05, route i) or
 * from events of known temperature (route ii). */
extern const vt_experiment vti_heating_experiment;

typedef struct vti_heating_params {
    double grip_temperature, grip_temperature_u;
    double power_u, viscosity_u, viscosity_scatter, marker_u;
    double end_share, end_share_half_width;
    double vft_T0, vft_strength, vft_viscosity_at_reference, reference_temperature, law_temperature_u;
    double diameter, diameter_u, length, length_u, thermal_conductivity, conductivity_slope, thermal_conductivity_u;
    double crystallization_onset;
} vti_heating_params;
extern const vt_param VTI_HEATING_PARAMS[];

typedef enum vti_heating_route {
    VTI_ROUTE_UNIFORM, /* viscosity of a wire of one temperature: a lower bound */
    VTI_ROUTE_PROFILE, /* viscosity of the part that flows */
    VTI_ROUTE_MARKER,  /* events of known temperature */
    VTI_ROUTES
} vti_heating_route;

typedef struct vti_heating_row {
    const char *specimen;               /* borrowed */
    size_t order;                       /* row over all tables */
    double P;                           /* W */
    double eta, T_marker;               /* Pa s, K; NaN: not given */
    double T[VTI_ROUTES];               /* K; NaN: none */
    double f;                           /* active fraction */
    double by_ln_eta[VTI_ROUTE_MARKER]; /* K: fall of that temperature for one of ln eta, > 0 */
    double u_own[VTI_ROUTE_MARKER];     /* K: of this reading alone, viscosity */
} vti_heating_row;

/* R_th of one specimen by one route. */
typedef struct vti_heating_fit {
    size_t n;
    double P;              /* W: middle of the powers */
    double T, u_T;         /* K: there, by the line; u_T: of the readings alone */
    double slope, u_slope; /* K/W */
    bool line;             /* two powers or more: a slope */
} vti_heating_fit;

typedef struct vti_heating_run {
    const vt_job *job;
    vti_heating_params par; /* with what the alloy card tells */
    vt_result *result;
    vt_vft law;
    bool has_law;
    size_t n;
    vti_heating_row *row; /* specimen by specimen */
    double *scratch;      /* 4 n */
} vti_heating_run;

vt_status vti_heating_reduce(const vt_job *job, vt_result *result, vt_error *err);
/* Rows of all tables: power from current and voltage, checked (E_POWER, E_RANGE, E_OPEN). */
vt_status vti_heating_gather(vti_heating_run *run, vt_error *err);
/* Viscosity law from settings and card. */
vt_status vti_heating_law(vti_heating_run *run, vt_error *err);
/* Temperatures of one row by its viscosity. */
vt_status vti_heating_temperatures(const vti_heating_run *run, vti_heating_row *row, vt_error *err);
/* One specimen, rows from ... to - 1, by one route. n = 0 in *fit: no readings. */
vt_status vti_heating_line(const vti_heating_run *run, size_t from, size_t to, vti_heating_route route,
                           vti_heating_fit *fit, vt_error *err);
/* What all readings share: standard uncertainties (K) of the temperature by viscosity, law and ends. */
typedef struct vti_heating_shared {
    double viscosity, law, ends;
} vti_heating_shared;
vt_status vti_heating_shared_u(const vti_heating_run *run, const vti_heating_row *row, vti_heating_route route,
                               vti_heating_shared *u, vt_error *err);
vt_status vti_heating_report(vti_heating_run *run, size_t from, size_t to, vt_error *err);

typedef struct vti_heating_truth {
    vt_list powers;
    double diameter, diameter_error, length;
    double thermal_conductivity, conductivity_slope, resistivity, resistivity_slope, emissivity;
    double contact_share, contact_resistance, grip_temperature;
    double vft_T0, vft_strength, viscosity, glass_transition;
    double viscosity_error, viscosity_scatter, power_noise;
    long open_from;
} vti_heating_truth;
extern const vt_param VTI_HEATING_TRUTH[];

/* What the heated rod does at power P: hottest place, its rise over the power, active fraction, share of the rise that
 * the ends have. VT_EDOMAIN. */
typedef struct vti_heating_rod {
    double T_max, R_th, f, end_share;
} vti_heating_rod;
vt_status vti_heating_rod_at(const vti_heating_truth *p, double P, vti_heating_rod *out, vt_error *err);
vt_status vti_heating_simulate(const vt_job *job, vt_table *record, vt_error *err);
