#pragma once
#include <vitrum/creep_law.h>
#include <vitrum/experiment.h>

/* The experiment `creep`: wires that flow under a held force while a current heats them (P02, P03). */
extern const vt_experiment vti_creep_experiment;

/* Those of one table: diameter, gauge_length, second_diameter, temperature, group may differ between tables. */
typedef struct vti_creep_params {
    vt_list diameter, second_diameter; /* m: along the gauge, in one or two projections */
    double diameter_u;                 /* relative, of the scale that all diameters share */
    double gauge_length, gauge_length_u;
    double force_u, force_resolution; /* relative; N */
    double surface_tension;           /* N/m; 0: not subtracted */
    double elastic_modulus;           /* Pa; NaN: no elastic correction */
    double temperature;               /* K; NaN: not known */
    double control_time;              /* s: time constant of the force and power loops */
    double smallest_step;             /* relative step of a set point that counts */
    double smallest_strain;           /* of a segment */
    double largest_exponent;          /* of rate with stress, in one segment; more is drift */
    double sensitivity_threshold;
    double thermal_conductivity, largest_rise; /* W/(m K), K: for W_POWER */
    char group[VT_PARAM_TEXT];
} vti_creep_params;

/* One wire in one table: rows without strain are left out. */
typedef struct vti_creep_record {
    const vt_table *table; /* borrowed */
    size_t index;          /* of the table */
    char specimen[VT_NAME], group[VT_NAME];
    vti_creep_params par;
    double A0, u_spread; /* m^2, relative */
    size_t n;
    double *t, *y, *F; /* s, L0/L, N; one block, owned */
    double *P, *T;     /* W, K; NULL: no column */
    size_t *row;       /* of the table */
} vti_creep_record;

/* A segment between set points and what came of it. */
typedef struct vti_creep_segment {
    size_t record, number;            /* number: 1 ... within the specimen */
    size_t edge[2];                   /* set points held from edge[0] to edge[1] - 1 */
    size_t from, to;                  /* fitted */
    vt_status verdict;                /* VT_OK: has a viscosity */
    char why[VT_METHOD_TEXT];         /* otherwise */
    double F, u_F, F_t, P, T;         /* mean force, its noise on the mean, slope; power, temperature (NaN: none) */
    double t, y, slope, u_slope, dof; /* mid-time, L0/L there, its slope; of n_eff - 2 */
    double strain_slope;              /* 1/s: of eps(t), for the paper's reading */
    double r, n_eff, s_y;             /* autocorrelation, effective samples, noise of L0/L */
    double strain;                    /* true strain gained */
    double exponent, u_exponent;      /* n of eps' = K sigma^n from the curvature; NaN: straight, n = 1 not refused */
    double rate_begin, rate_end;      /* 1/s: of the halves */
    double outliers;                  /* fraction */
    vt_creep_state state;             /* physics */
    double u_rate, u_stress, u_eta;   /* standard uncertainties, with what the wire shares */
    double eta_paper, u_eta_paper;
} vti_creep_segment;

typedef struct vti_creep_run {
    const vt_job *job;
    const vti_creep_params *par; /* of the first table; for what is one for all */
    vt_result *result;
    size_t records, segments, room;
    vti_creep_record *record;
    vti_creep_segment *segment;
} vti_creep_run;

vt_status vti_creep_reduce(const vt_job *job, vt_result *result, vt_error *err);
/* Simulator: rows and struct of the truth in creep_truth.h. */

/* Records of all tables, checked. */
vt_status vti_creep_gather(vti_creep_run *run, vt_error *err);
/* Set-point segments of every record, appended to run->segment. */
vt_status vti_creep_setpoints(vti_creep_run *run, vt_error *err);
/* Transient, steadiness, fit, verdict of one segment. */
vt_status vti_creep_fit(vti_creep_run *run, vti_creep_segment *s, vt_error *err);
/* Properties of one segment with budgets. */
vt_status vti_creep_report_segment(vti_creep_run *run, vti_creep_segment *s, vt_error *err);
