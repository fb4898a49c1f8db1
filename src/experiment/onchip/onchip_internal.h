#pragma once
#include <stdbool.h>
#include <vitrum/experiment.h>
#include <vitrum/onchip_law.h>

/* The experiment `onchip`: specimens pulled by the internal tension of an actuator, looked at for months (P22, P23). */
extern const vt_experiment vti_onchip_experiment;
extern const vt_param VTI_ONCHIP_PARAMS[], VTI_ONCHIP_TRUTH[];

typedef struct vti_onchip_params {
    double actuator_length, actuator_width, actuator_thickness, actuator_modulus; /* NaN: of each structure by itself */
    double actuator_length_2;                                                     /* NaN: one actuator each */
    double specimen_length, width, thickness, mismatch, pointer_arm, pointer_offset;
    double effective_length, total_length; /* NaN: of the profile, else the specimen length */
    vt_list profile_position, profile_width;
    double overlap_compliance, series_u;
    double actuator_mismatch, actuator_mismatch_u; /* NaN: from free actuators */
    double independent_modulus, independent_modulus_u, poisson_ratio, poisson_ratio_u;
    double temperature, temperature_u;
    double displacement_u, scale_u, actuator_modulus_u, actuator_width_u, actuator_thickness_u, actuator_length_u;
    double width_u, thickness_u, specimen_length_u;
    double hardening, hardening_u, threshold_stress;
    double taylor_factor, homologous_temperature;
    double force_limit, elastic_share, plastic_strain, offset_strain, time_tolerance;
    int relaxation; /* vti_onchip_wish */
} vti_onchip_params;
typedef enum vti_onchip_wish { VTI_ONCHIP_AUTO, VTI_ONCHIP_NO } vti_onchip_wish;

typedef enum vti_onchip_role { VTI_ONCHIP_SPECIMEN, VTI_ONCHIP_FREE, VTI_ONCHIP_POINTER } vti_onchip_role;
typedef enum vti_onchip_state_of { /* what a specimen does, by its readings */
                                   VTI_ONCHIP_UNUSED,
                                   VTI_ONCHIP_ELASTIC,
                                   VTI_ONCHIP_BETWEEN,
                                   VTI_ONCHIP_PLASTIC
} vti_onchip_state_of;

/* One reading of an unbroken structure. */
typedef struct vti_onchip_reading {
    size_t beam, row; /* row of the beam's table */
    double t, u;      /* s, m; u: of both cursors together */
    double u_2;       /* m: of the second cursor; NaN: there is none */
    size_t group;     /* isochronous set it belongs to */
    bool valid;       /* the actuator still pulls, beyond its noise */
    bool used;        /* and its stress is known well enough to be told */
    double u_rel;     /* relative standard uncertainty of the stress */
} vti_onchip_reading;

typedef struct vti_onchip_beam {
    const char *name; /* borrowed */
    size_t table, row;
    vti_onchip_role role;
    vt_onchip_structure own; /* as stated; eps_a 0; eps NaN: not stated */
    double L_a2;             /* m: of a second actuator, whose length own.L_a includes; NaN: none */
    double ends;             /* actuators that pull: 1 or 2 */
    double L_eff, L_tot;     /* m: of the beam as stiff as the dogbone; of all of the dogbone */
    double arm, offset;      /* m, pointers */
    size_t from, n;          /* its readings */
    bool broken;
    double t_broken;
    size_t line_broken;
    vti_onchip_state_of is;
    double A1, u_A1, ln_A2, chi2, p_value; /* law of P23; A1 NaN: not fitted */
    double t_r, t_r_high;                  /* of the general law; NaN: not fitted or not closed */
    double residual;                       /* m: largest distance from the law */
} vti_onchip_beam;

/* What all structures share; the reduction is differentiated by each. */
enum vti_onchip_shared {
    VTI_WAFER_EPS_A,  /* mismatch strain of the actuators */
    VTI_WAFER_ZERO,   /* m: free contraction at the mean length of the free actuators */
    VTI_WAFER_SCALE,  /* ln of E_a w_a t_a/(w t) */
    VTI_WAFER_L0,     /* ln of the specimen length */
    VTI_WAFER_SERIES, /* ln of what is in series: fillets and overlap */
    VTI_WAFER_L_A,    /* m: added to every actuator */
    VTI_WAFER_SEM,    /* ln of the scale of displacements */
    VTI_WAFER_NU,     /* Poisson's ratio */
    VTI_WAFER_E_REF,  /* ln of the independent modulus */
    VTI_WAFER_T,      /* K */
    VTI_WAFER_THETA,  /* Pa: added to the hardening found */
    VTI_WAFER_COUNT
};

/* What comes out of one pass, as numbers that can be differentiated. P: by the geometry alone (reading paper);
 * F: in the scale of the independent modulus, where there is one (reading physics). */
enum vti_onchip_out {
    VTI_CHIP_E,      /* Pa: slope of the elastic points */
    VTI_CHIP_EPS,    /* mismatch strain of the specimen: where the slope meets zero stress */
    VTI_CHIP_F,      /* E over the independent modulus */
    VTI_CHIP_SCALE,  /* stress by the geometry over that of reading physics */
    VTI_CHIP_E_F,    /* Pa */
    VTI_CHIP_KNEE_P, /* Pa: plastic line at no plastic strain, first time */
    VTI_CHIP_KNEE_F,
    VTI_CHIP_YIELD_P, /* Pa: at the offset strain */
    VTI_CHIP_YIELD_F,
    VTI_CHIP_THETA_P, /* Pa */
    VTI_CHIP_THETA_F,
    VTI_CHIP_STRESS_P, /* Pa: mean of the specimens that relax */
    VTI_CHIP_STRESS_F,
    VTI_CHIP_LATE_F, /* Pa: plastic line at no plastic strain, last time: nothing relaxes below */
    VTI_CHIP_S_P,    /* Pa: rate stress without hardening */
    VTI_CHIP_S_F,    /* with hardening */
    VTI_CHIP_S_PH,   /* with hardening, by the geometry alone */
    VTI_CHIP_M_P,
    VTI_CHIP_M_F,
    VTI_CHIP_M_TH, /* of the stress above the threshold */
    VTI_CHIP_V_P,  /* m3, for M = 1 */
    VTI_CHIP_V_F,
    VTI_CHIP_COUNT
};

typedef struct vti_onchip_inputs {
    double x[VTI_WAFER_COUNT], u[VTI_WAFER_COUNT];
    double doses; /* variance of the noise in the displacements over displacement_u^2: 1; 2 where a draw adds its own */
} vti_onchip_inputs;

/* One reading in one pass. */
typedef struct vti_onchip_seen {
    double paper;     /* Pa: true stress of P22 by the geometry */
    double sigma;     /* Pa: with the elastic change of volume, by the geometry */
    double stress;    /* Pa: the same in the scale of the independent modulus */
    double strain;    /* mechanical, true */
    double plastic;   /* of it */
    double c2, c3;    /* of sigma */
    double c2_paper;  /* of paper */
    double stretch;   /* ln(1 + elongation/length) */
    double stretch_u; /* 1/m: its slope in u */
    double longer;    /* mismatch strain enters stretch by this: all of the dogbone over the beam as stiff */
} vti_onchip_seen;

typedef struct vti_onchip_pass {
    double out[VTI_CHIP_COUNT]; /* NaN: could not be had */
    double ln_rate[2];          /* of the plastic specimens, at their first and last time; NaN */
    size_t group[2];            /* isochronous sets of these times */
    double chi2_S;              /* of the rate stresses about their mean */
    size_t plastic;             /* specimens with a rate stress */
    vti_onchip_seen *seen;      /* one a reading; kept by the caller */
} vti_onchip_pass;

/* Free actuators and pointers. */
typedef struct vti_onchip_calibration {
    double eps_a, u_eps_a;            /* < 0 */
    double mean_length, zero, u_zero; /* m: length at which the contraction is told apart from the slope; it there */
    double u0, u_u0;                  /* m: at no length */
    double slope, chi2;               /* */
    size_t n, outliers, nu;
    double pointer, u_pointer; /* u by noise alone; NaN: none */
    size_t pointers;
    double curl, u_curl;        /* 1/m2: share of L^3; NaN: too few lengths */
    bool curled;                /* that share is taken out of u */
    bool given;                 /* by a setting: no line */
    double *L, *u, *line, *u_u; /* m: n each; u_u: standard uncertainty of u by its noise */
} vti_onchip_calibration;

typedef struct vti_onchip_run {
    const vt_job *job;
    vti_onchip_params par;
    vt_result *result;
    size_t beams, readings, groups;
    vti_onchip_beam *beam; /* in the order of the tables */
    vti_onchip_reading *reading;
    double *group_time; /* s */
    vti_onchip_calibration cal;
    vti_onchip_inputs in;
    vti_onchip_pass pass;       /* at the estimates */
    double own[VTI_CHIP_COUNT]; /* standard uncertainty by the noise of readings */
    double c[VTI_WAFER_COUNT][VTI_CHIP_COUNT];
    double *c_stress, *c_paper, *c_strain; /* readings x VTI_WAFER_COUNT */
    double wider;                          /* noise of what comes from rates: by so much more than stated; >= 1 */
    size_t draws;                          /* Monte Carlo; 0: none */
    double *drawn;                         /* draws x VTI_CHIP_COUNT, and room for draws more */
    bool yielded, relaxed, has_reference, dropped;
    double knee, A1_elastic, u_A1_elastic; /* knee: ln(1 + u/L0) */
    size_t elastic, plastic;
    double threshold;
    double pull; /* share of the elastic factor in the scale of reading physics; the rest is the geometry's */
} vti_onchip_run;

/* Does the reading count? Noisy stresses of elastic specimens do in their line, where they weigh by their noise: to
 * leave out those that look small would select the large ones. */
bool vti_onchip_counts(const vti_onchip_run *run, size_t reading);
/* Structures and readings; geometry within its box. */
vt_status vti_onchip_gather(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_geometry(const vti_onchip_run *run, const char *name, double value, size_t table, size_t row,
                              vt_error *err);
vt_status vti_onchip_calibrate(vti_onchip_run *run, vt_error *err);
/* Effective and total length of a dogbone; all lengths of a structure fit each other. */
vt_status vti_onchip_dogbone(const vti_onchip_run *run, vti_onchip_beam *b, vt_error *err);
/* Is anything in series with the part that flows? */
bool vti_onchip_in_series(const vti_onchip_run *run, size_t beam);
/* The structure as the inputs have it, as long as all of it is elastic: a dogbone is the uniform beam as stiff. */
vt_onchip_structure vti_onchip_structure_of(const vti_onchip_run *run, const vti_onchip_inputs *in, size_t beam);
/* The same where the narrow part alone flows: what is beyond it is in series, of modulus E and mismatch strain eps. */
vt_onchip_structure vti_onchip_gauge_of(const vti_onchip_run *run, const vti_onchip_inputs *in, size_t beam, double E,
                                        double eps);
/* Mismatch strain of a specimen: its own, else that of the elastic line. */
double vti_onchip_mismatch(const vti_onchip_run *run, const vti_onchip_pass *pass, size_t beam);
/* Mechanical strain of the narrow part at the displacement u. */
double vti_onchip_strain_at(const vti_onchip_run *run, size_t beam, double u);
/* Standard uncertainty of one displacement: of two cursors, where two actuators pull. */
double vti_onchip_noise(const vti_onchip_run *run, size_t beam);
/* Forces of the two actuators of a structure against each other. */
vt_status vti_onchip_compare_ends(vti_onchip_run *run, vt_error *err);
/* Displacements beyond free contraction, forces too small to be known; which specimens are elastic or plastic. */
vt_status vti_onchip_screen(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_classify(vti_onchip_run *run, vt_error *err);
/* Law of relaxation of every specimen. */
vt_status vti_onchip_relax(vti_onchip_run *run, vt_error *err);
/* Slope of u on ln t of a beam's used readings, readings shifted by du (NULL: not); false: fewer than three. */
bool vti_onchip_log_slope(const vti_onchip_run *run, size_t beam, const double *du, double *A1, double *mean,
                          double *spread);
/* One pass over all readings. du: added to every u, NULL: 0. */
void vti_onchip_evaluate(const vti_onchip_run *run, const vti_onchip_inputs *in, const double *du,
                         vti_onchip_pass *pass);
/* Passes at shifted inputs and readings: sensitivities and the share of the noise. */
vt_status vti_onchip_propagate(vti_onchip_run *run, vt_error *err);
/* Does the output come from the rates of relaxation? */
bool vti_onchip_is_rate(int out);
/* The same by Monte Carlo: as many draws as replicates, into run->drawn; none if fewer than 200, or than 5 beyond
 * either end of the interval. What is elastic and what has flowed stays as it is in every draw. */
vt_status vti_onchip_draw(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_warn(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_report(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_report_calibration(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_report_points(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_report_rates(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_survival(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_figures(vti_onchip_run *run, vt_error *err);
vt_status vti_onchip_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* ---- the virtual wafer ---- */
typedef struct vti_onchip_truth {
    long structures, elastic_structures, free_actuators, pointers, two_actuators;
    vt_list times;
    double strain_low, strain_high;
    double elastic_modulus, poisson_ratio, yield_stress, reference_rate, hardening, activation_volume, mismatch;
    double temperature;
    double specimen_length, width, thickness, fillet_length, fillet_width, overlap_compliance, series_error;
    double actuator_width, actuator_thickness, actuator_modulus, actuator_mismatch, under_etch;
    double fracture_strain, fracture_modulus;
    double displacement_noise, resolution, dimension_error, length_error, modulus_error, reference_error;
    double scale_error, session_error, curl;
    double pointer_arm, pointer_offset;
    int flow; /* 0: yes, 1: elastic at any stress */
} vti_onchip_truth;
vt_status vti_onchip_simulate(const vt_job *job, vt_table *record, vt_error *err);

/* A virtual structure: the balance of actuator and specimen with elastic strain, its change of volume, and flow. */
typedef struct vti_onchip_virtual {
    vt_onchip_structure b; /* as it is, not as measured; nothing in series */
    double E, nu, sigma_y, rate0, theta, S;
    double C;         /* m/N: of the overlap */
    double around[2]; /* m: of the fillets, integrals of (w/w(x)) and of its square: they stretch elastically */
    double loose;     /* m: elongation of the fillets without force */
} vti_onchip_virtual;
/* Displacement and true stress at the plastic strain x. */
vt_status vti_onchip_virtual_balance(const vti_onchip_virtual *v, double x, double *u, double *sigma, vt_error *err);
/* Elongation of the narrow part at the displacement u. */
vt_status vti_onchip_virtual_own(const vti_onchip_virtual *v, double u, double *own, vt_error *err);
/* Displacements at n ascending times (s, > 0) after release, exact in time within steps of constant slope. */
vt_status vti_onchip_virtual_relax(const vti_onchip_virtual *v, size_t n, const double *t, double *u, vt_error *err);
/* Length of an actuator that takes the specimen to this mechanical strain, near the reference rate. */
vt_status vti_onchip_virtual_design(const vti_onchip_virtual *v, double strain, double *L_a, vt_error *err);

/* ---- reports ---- */
/* One property made of an output of the pass, times a factor. Zero or NULL in a field: absent. */
typedef struct vti_onchip_told {
    const char *name, *symbol, *unit, *reading, *method;
    int out;                 /* enum vti_onchip_out */
    double factor, u_factor; /* u_factor: relative, of the constants of a model */
    const double *factors;   /* that factor in each draw; NULL: known */
    bool inverse;            /* the output is one over what is normal, open above where that may be 0; the factor's part
                              * is even in the logarithm */
    bool product;            /* of uncertain factors: the interval is even in its logarithm */
    double time;
    const char *key, *text, *and_key, *and_text;
} vti_onchip_told;
typedef struct vti_onchip_interval {
    double u, low, high; /* standard uncertainty; ends, high INFINITY: none above */
} vti_onchip_interval;
/* The interval by the draws, in place of that of first order where an end differs from it by more than a tenth of the
 * half-width; false: none does. u: half of what holds 68.3 %, since one over what may be small has no variance.
 * constant: the factor, if it is not drawn. */
bool vti_onchip_drawn(const vti_onchip_run *run, const vti_onchip_told *told, double constant,
                      vti_onchip_interval *interval);
/* The interval as it is told; true: by the draws. */
bool vti_onchip_cover(const vti_onchip_run *run, const vti_onchip_told *told, vti_onchip_interval *of);
vt_status vti_onchip_emit(const vti_onchip_run *run, const vti_onchip_told *told, vt_error *err);
/* Is the rate stress beyond twice its noise? */
bool vti_onchip_resolved(const vti_onchip_run *run);
/* Combined standard uncertainty of an output. */
double vti_onchip_u(const vti_onchip_run *run, int out);
/* Budget lines of what is shared: c of every input (stride in between), into item; returns how many. */
size_t vti_onchip_budget(const vti_onchip_run *run, const double *c, size_t stride, double scale, vt_budget_item *item);
