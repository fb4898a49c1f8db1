#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/experiment.h>

/* The experiment `indentation`: load and depth of indents to modulus and hardness (P18 to P20).
 *
 * gather: tables -> vti_indents (tests in the order of the files);
 * measure: zero point, drift, segments, unloading fits -> cycles (also used by the calibration);
 * reduce: contact model and budget per cycle or depth; set: statistics; report. */
extern const vt_experiment vti_indentation_experiment;

/* Columns, forms and metadata, shared with the calibration. */
extern const vt_column VTI_INDENT_COLUMNS[];
extern const vt_column VTI_INDENT_METADATA[];
extern const vt_form VTI_INDENT_FORMS[];
enum { VTI_FORM_RECORD, VTI_FORM_INDENTS, VTI_FORM_SPECIMENS };

/* ---- how an indent is measured ---- */
typedef enum vti_zero_choice {
    VTI_ZERO_AUTO, /* fit where the record begins before the contact and its file does not say that depth counts from
                      the surface */
    VTI_ZERO_FIT,
    VTI_ZERO_FILE
} vti_zero_choice;
typedef enum vti_drift_choice { VTI_DRIFT_AUTO, VTI_DRIFT_CORRECT, VTI_DRIFT_REPORT } vti_drift_choice;
typedef enum vti_method_choice { VTI_METHOD_AUTO, VTI_METHOD_UNLOADING, VTI_METHOD_CSM } vti_method_choice;

typedef struct vti_measure_options {
    double unload_high, unload_low; /* window of the unloading fit, fractions of the maximum load of the cycle */
    int zero;                       /* vti_zero_choice */
    int drift;                      /* vti_drift_choice */
} vti_measure_options;

/* ---- one test ---- */
/* Why something is not there; status VT_OK: it is. */
typedef struct vti_verdict {
    vt_status status;
    char why[160];
} vti_verdict;

/* What the vendor's own reduction says of one indent or cycle (row of a table of the form `indents`); SI, NaN where the
 * file has none. Also the input where there are no curves. */
typedef struct vti_indent_row {
    const char *test, *specimen, *group; /* borrowed, "" */
    const vt_table *table;
    size_t row;
    long cycle;                   /* 1 ...; 0: not said */
    double P, h, S;               /* N, m, N/m */
    double h_c, A, epsilon, m;    /* m, m^2, 1, 1 */
    double H, E, E_r, E_star;     /* Pa; E_star plane strain modulus E/(1 - nu^2) */
    double nu;                    /* Poisson's ratio used */
    double h_r, h_p;              /* m: tangent intercept, permanent depth */
    double x, y, edge_distance;   /* m */
    double depth_low, depth_high; /* m: window of an average over depth */
    double u_H, u_E;              /* standard deviations that the vendor gives with averages */
} vti_indent_row;

/* One test. Arrays are borrowed from the bound table: SI, signs as written, with the sign of the load turned where the
 * instrument writes pushing as negative. NaN where a reading is missing. */
typedef struct vti_indent {
    char test[VT_NAME]; /* "Test 003" */
    char specimen[VT_NAME], group[VT_NAME];
    const vt_table *table;
    size_t begin, n;                                     /* its rows */
    const double *t;                                     /* s; NULL: no time */
    const double *h, *P;                                 /* m, N */
    const double *S;                                     /* continuous stiffness, N/m; NULL: none */
    const double *amplitude, *force, *phase, *frequency; /* m, N, rad, Hz: dynamic channels; NULL: none */
    long marker;                                         /* text column of markers in `table`, -1: none */
    double x, y, edge_distance, diameter;                /* m, NaN: not known */
    double vendor_drift;                                 /* m/s, NaN: not said */

    /* measured */
    vti_verdict verdict;   /* of the whole test */
    double h0, u_h0;       /* m: zero point that was subtracted */
    double P0;             /* N: load of the free tip that was subtracted */
    double drift, u_drift; /* m/s: thermal drift found in the hold; NaN: none found */
    bool drift_corrected;
    double t0;                   /* s: contact */
    size_t first_cycle, ncycles; /* in vti_indents.cycle */
    size_t contact;              /* first reading in contact, counted from `begin` */
    size_t npopins;
    double popin_load, popin_length; /* N, m: the first one; NaN: none */
    double work_ratio;               /* elastic over total work; NaN: not found */
} vti_indent;

/* One unloading. */
typedef struct vti_indent_cycle {
    size_t indent;             /* owner */
    long number;               /* 1 ... within its test */
    vti_verdict verdict;       /* of the fit */
    double P, h, t;            /* maximum load, depth there (zero and drift corrected, not frame compliance), time */
    double S, m, h_f, alpha;   /* of h = h_f + (P/alpha)^(1/m): S = dP/dh at P, N/m */
    double u_P, u_h, u_S, u_m; /* of this unloading alone: noise of readings and fit */
    double r_hS, r_hm, r_Sm;   /* correlations of h, S, m through the fit */
    double u_drift;            /* m: part of u(h) from drift; not in u_h */
    double scatter;            /* m: residual of the fit */
    size_t loading_begin, loading_end, unloading_begin, unloading_end; /* readings, counted from the indent's begin */
    size_t points;                                                     /* fitted */
    const vti_indent_row *row; /* vendor's row of the same test and cycle; NULL: none */
} vti_indent_cycle;

typedef struct vti_indents {
    size_t n, ncycles, nrows;
    vti_indent *indent;      /* in the order of tables and rows */
    vti_indent_cycle *cycle; /* indent after indent */
    vti_indent_row *row;     /* in the order of tables and rows */
    size_t dropped;          /* readings without depth or load that were passed over */
} vti_indents;

/* Finds the tests in the tables of a job: one per table, or one per run of equal text in column `test`; rows of the
 * forms `indents` and `specimens` are matched to them. Zero-initialised *set; release it in any case.
 * VT_ETIME (time runs backwards), VT_ESHAPE, VT_EKEY, VT_EMISMATCH with file and line. */
vt_status vti_indents_gather(const vt_job *job, vti_indents *set, vt_error *err);
/* Zero point, drift, segments and unloading fits of every test, parallel over tests; a test or cycle that cannot be
 * measured keeps the reason in its verdict. VT_EMEMORY. */
vt_status vti_indents_measure(vti_indents *set, const vti_measure_options *how, long threads, vt_error *err);
void vti_indents_free(vti_indents *set);

/* ---- parameters ---- */
typedef struct vti_indentation_params {
    double poisson_ratio, poisson_ratio_u; /* NaN: none, no elastic modulus then */
    double indenter_modulus, indenter_modulus_u, indenter_poisson_ratio, indenter_poisson_ratio_u;
    double beta, beta_half_width;
    int epsilon;                                 /* vti_epsilon_choice */
    double frame_compliance, frame_compliance_u; /* m/N */
    char area_function[VT_PARAM_TEXT];
    double area_u, load_u; /* relative, common to all indents */
    vti_measure_options measure;
    int method;                                     /* vti_method_choice */
    double depth_low, depth_high;                   /* m, NaN: plateau by flatness */
    int amplitude;                                  /* 0 rms, 1 peak */
    double support_stiffness, moving_mass, damping; /* of the dynamic calibration, NaN: none */
    int structural_compliance;                      /* 0 report, 1 correct, 2 off */
    double edge_rule, spacing_rule;                 /* indent diameters */
    char specimen[VT_PARAM_TEXT], group[VT_PARAM_TEXT], reference_group[VT_PARAM_TEXT];
} vti_indentation_params;
typedef enum vti_epsilon_choice { VTI_EPSILON_FIXED, VTI_EPSILON_EXPONENT, VTI_EPSILON_FILE } vti_epsilon_choice;
extern const vt_param VTI_INDENTATION_PARAMS[];

/* ---- results of one indent, cycle or depth ---- */
typedef enum vti_indent_output {
    VTI_OUT_HARDNESS,
    VTI_OUT_MODULUS, /* elastic, NaN without Poisson's ratio */
    VTI_OUT_REDUCED,
    VTI_OUT_PLANE_STRAIN,
    VTI_OUT_STIFFNESS,
    VTI_OUT_CONTACT_DEPTH,
    VTI_OUT_CONTACT_AREA,
    VTI_OUT_P_S2,
    VTI_OUTPUTS
} vti_indent_output;

/* Influences: the first are this indent's own, the others are shared by all indents of a run (their budget lines carry
 * the group). */
typedef enum vti_indent_influence {
    VTI_IN_NOISE_LOAD,
    VTI_IN_DEPTH, /* noise and zero point */
    VTI_IN_DRIFT,
    VTI_IN_FIT,    /* stiffness and exponent, with their correlation with depth */
    VTI_IN_SHARED, /* first of the shared ones */
    VTI_IN_LOAD = VTI_IN_SHARED,
    VTI_IN_AREA,
    VTI_IN_FRAME,
    VTI_IN_BETA,
    VTI_IN_POISSON,
    VTI_IN_INDENTER,
    VTI_INFLUENCES
} vti_indent_influence;

/* Value, and for each influence sensitivity times standard uncertainty. */
typedef struct vti_indent_value {
    double value; /* SI; NaN: not determined */
    double part[VTI_INFLUENCES];
} vti_indent_value;

typedef struct vti_indent_result {
    size_t indent, cycle;      /* indices; cycle (size_t)-1: average over depth, or a vendor's row */
    const vti_indent_row *row; /* NULL: none */
    vti_verdict verdict;
    double P, h, m, epsilon;
    double pile_up; /* h_f/h_max; NaN: not known */
    vti_indent_value out[VTI_OUTPUTS];
} vti_indent_result;

/* Standard uncertainty from all influences, and from the indent's own alone. */
double vti_indent_u(const vti_indent_value *v);
double vti_indent_own_u(const vti_indent_value *v);

vt_status vti_indentation_reduce(const vt_job *job, vt_result *result, vt_error *err);
