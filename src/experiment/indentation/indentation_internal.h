#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/contact.h>
#include <vitrum/experiment.h>
#include <vitrum/indent_curve.h>

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
enum { VTI_FORM_RECORD, VTI_FORM_INDENTS, VTI_FORM_INDENT_LIST, VTI_FORM_SPECIMENS, VTI_FORM_SETTINGS };

/* ---- how an indent is measured ---- */
typedef enum vti_zero_choice {
    VTI_ZERO_AUTO, /* fit where the record begins before the contact and its file does not say that depth counts from
                      the surface */
    VTI_ZERO_FIT,
    VTI_ZERO_FILE
} vti_zero_choice;
typedef enum vti_drift_choice { VTI_DRIFT_AUTO, VTI_DRIFT_CORRECT, VTI_DRIFT_REPORT } vti_drift_choice;
typedef enum vti_method_choice { VTI_METHOD_AUTO, VTI_METHOD_UNLOADING, VTI_METHOD_CSM } vti_method_choice;

typedef enum vti_regression_choice {
    VTI_REGRESSION_AUTO,
    VTI_REGRESSION_DEPTH,
    VTI_REGRESSION_LOAD
} vti_regression_choice;

typedef struct vti_measure_options {
    double unload_high, unload_low; /* window of the unloading fit, fractions of the maximum load of the cycle */
    int regression;                 /* vti_regression_choice */
    int zero;                       /* vti_zero_choice */
    int drift;                      /* vti_drift_choice */
    double drift_u;                 /* m/s: standard uncertainty of the drift in depths that no hold corrects */
    double frame_compliance;        /* m/N: what is known of it; a recovery along a power law is one only without it */
} vti_measure_options;

/* ---- one test ---- */
/* Why something is not there; status VT_OK: it is. */
typedef struct vti_verdict {
    vt_status status;
    char why[200];
} vti_verdict;

/* What the vendor's own reduction says of one indent or cycle (row of a table of the form `indents`); SI, NaN where the
 * file has none. Also the input where there are no curves. */
typedef struct vti_indent_row {
    const vt_table *table;
    size_t row;
    const char *test, *specimen, *group;  /* borrowed; "" */
    long cycle;                           /* 1 ...; 0: not said */
    double P, h, S;                       /* N, m, N/m */
    double h_c, A, epsilon, m;            /* m, m^2, 1, 1 */
    double H, E, E_r, E_star;             /* Pa; E_star = E/(1 - nu^2) */
    double nu;                            /* Poisson's ratio used */
    double h_r, h_p;                      /* m: tangent intercept, permanent depth */
    double u_H, u_E;                      /* Pa: scatter that the vendor gives with averages over depth */
    double u_P, u_h, u_S, u_hr;           /* from rounding to the digits that are printed */
    double x, y, edge_distance, diameter; /* m */
    bool taken, mine;                     /* it belongs to a test with curves; to the one that is looked at */
} vti_indent_row;

/* One test. Channels are SI, with the sign turned where the instrument writes pushing as negative; readings without
 * depth, load or time are left out. Borrowed from the bound table, or from `own` where something was turned or left
 * out. */
typedef struct vti_indent {
    char test[VT_NAME]; /* "Test 003" */
    char specimen[VT_NAME], group[VT_NAME];
    const vt_table *table;
    size_t begin;                                        /* row of the table that its first reading has */
    size_t n;                                            /* readings */
    const double *t;                                     /* s; NULL: no time */
    const double *h, *P;                                 /* m, N */
    const double *S;                                     /* continuous stiffness, N/m; NULL: none */
    const double *amplitude, *force, *phase, *frequency; /* m, N, rad, Hz: dynamic channels; NULL: none */
    const double *H, *E, *h_c, *A;                       /* Pa, Pa, m, m^2: the vendor's along the depth; NULL: none */
    double *own;                                         /* what holds the channels, if the table does not */
    double *computed;                                    /* stiffness from amplitude and phase; NULL: none */
    size_t *row;    /* row of the table of each reading; NULL: begin, begin + 1, ... */
    bool file_zero; /* depth counts from the surface already: the markers of NanoSuite and InView say so */
    bool own_file;  /* read from an instrument's own file */
    bool doubted;   /* ... but the load rises elsewhere: the zero point is fitted */
    bool restarts;  /* its time begins anew within the record and is not used */
    bool turned;    /* a sign was turned */
    size_t dropped; /* readings left out */
    double x, y, edge_distance, diameter; /* m, NaN: not known */
    double vendor_drift;                  /* m/s, NaN: not said */
    const vti_indent_row *whole;          /* vendor's row about the test as a whole; NULL: none */
    double window[2];                     /* m: depths that the vendor averaged over; NaN: not said */

    /* measured */
    vti_verdict verdict;   /* of the whole test */
    double h0, u_h0;       /* m: zero point that was subtracted, and its uncertainty */
    double P0;             /* N: load of the free tip that was subtracted */
    double drift, u_drift; /* m/s: thermal drift found in the hold; NaN: no hold for it */
    bool drift_corrected;
    double u_rate;               /* m/s: uncertainty of the drift that may be left in the depth */
    double t0;                   /* s: time of contact */
    size_t contact;              /* first reading in contact */
    size_t first_cycle, ncycles; /* in vti_indents.cycle */
    size_t npopins;
    double popin_load, popin_length; /* N, m: the first one; NaN: none */
    double work_ratio;               /* elastic over total work; NaN: not found */
} vti_indent;

/* One unloading. */
typedef struct vti_indent_cycle {
    size_t indent;         /* owner */
    long number;           /* 1 ... within its test */
    vti_verdict verdict;   /* of the fit */
    double P, h, t;        /* N, m, s at the start of unloading: load without that of the free tip, depth with zero and
                              drift taken off, frame compliance still in it */
    double S, m;           /* N/m, 1: of the fitted curve at P, frame compliance still in it */
    double u_P, u_zero;    /* N, m: noise of the load; part of u(h) that does not come from the fit */
    double drift[3];       /* m, N/m, 1: changes of h, S, m for one u_rate of drift that is left */
    double cov[9];         /* of h, S, m through the noise of this unloading, SI, row-major */
    double dh_dP, dS_dP;   /* m/N, 1/m: along the unloading; an error of P takes h and S with it */
    double dC[3];          /* N, N^2/m^2, N/m: changes of h, S, m per unit of fit_compliance */
    vt_indent_cycle span;  /* readings, counted in the channels of the indent */
    vt_unload_fit fit;     /* in depths of the file without drift, and without fit_compliance times load */
    double fit_compliance; /* m/N */
    bool noisy;            /* noise of depth is a large part of the recovery: `fit` is of load on depth, as instruments
                              do it (reading paper), and `other` of depth on load (physics) */
    vt_unload_fit other;
    vti_verdict other_verdict;
    const vti_indent_row *row; /* vendor's row of the same test and cycle; NULL: none */
} vti_indent_cycle;

typedef struct vti_indents {
    size_t n, ncycles, nrows;
    vti_indent *indent;      /* in the order of tables and rows */
    vti_indent_cycle *cycle; /* indent after indent */
    vti_indent_row *row;     /* in the order of tables and rows */
} vti_indents;

/* Finds the tests in the tables of a job: one per table, or one per run of equal text in column `test`; rows of the
 * forms `indents` and `specimens` are matched to them. Give a zero-initialised *set, and release it in any case.
 * VT_EKEY, VT_EUNITS, VT_EMISMATCH with file and line; VT_EMEMORY. */
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
    int epsilon; /* vti_epsilon_choice */
    double epsilon_half_width;
    double frame_compliance, frame_compliance_u; /* m/N */
    char area_function[VT_PARAM_TEXT];
    double area_u, load_u; /* relative, common to all indents */
    vti_measure_options measure;
    int method;                                              /* vti_method_choice */
    double depth_low, depth_high;                            /* m, NaN: plateau by flatness */
    int amplitude;                                           /* 0 rms, 1 peak */
    int csm_bias;                                            /* of the amplitude: 0 reported, 1 taken off */
    double csm_displacement, support_stiffness, moving_mass; /* of the oscillation and its calibration, NaN: none */
    int structural_compliance;                               /* 0 report, 1 correct, 2 off */
    double edge_rule, spacing_rule;                          /* indent diameters */
    char reference_group[VT_PARAM_TEXT];
} vti_indentation_params;
typedef enum vti_epsilon_choice { VTI_EPSILON_FIXED, VTI_EPSILON_EXPONENT, VTI_EPSILON_FILE } vti_epsilon_choice;
extern const vt_param VTI_INDENTATION_PARAMS[];

/* ---- results of one indent, cycle or depth ---- */
/* Influences: the first are the indent's own; those from VTI_IN_SHARED on are common to all indents of a run, and their
 * budget lines carry a group. */
typedef enum vti_indent_influence {
    VTI_IN_LOAD_NOISE,
    VTI_IN_ZERO,
    VTI_IN_DRIFT,
    VTI_IN_FIT, /* depth, stiffness and exponent through the noise of the unloading */
    VTI_IN_SHARED,
    VTI_IN_LOAD_CELL = VTI_IN_SHARED,
    VTI_IN_AREA,
    VTI_IN_REFERENCE, /* modulus that the area function was calibrated with */
    VTI_IN_FRAME,
    VTI_IN_EPSILON,
    VTI_IN_BETA,
    VTI_IN_POISSON,
    VTI_IN_INDENTER,
    VTI_INFLUENCES
} vti_indent_influence;

/* What the lines of budgets say; group "": the indent's own. */
typedef struct vti_influence_name {
    const char *source, *group;
} vti_influence_name;
extern const vti_influence_name VTI_INFLUENCE_NAMES[VTI_INFLUENCES];

typedef struct vti_indent_value {
    double value;                /* SI; NaN: not determined */
    double part[VTI_INFLUENCES]; /* sensitivity times standard uncertainty, with sign */
} vti_indent_value;

typedef enum vti_csm_window_kind { VTI_WINDOW_GIVEN, VTI_WINDOW_PLATEAU, VTI_WINDOW_VENDOR } vti_csm_window_kind;

typedef struct vti_indent_result {
    size_t indent;             /* index; (size_t)-1: only a vendor's row */
    size_t cycle;              /* index; (size_t)-1: average over depth, or a vendor's row */
    bool average;              /* over depth, by continuous stiffness */
    int window;                /* ... vti_csm_window_kind */
    size_t from, to;           /* ... of readings from ... to - 1 of the indent */
    double n_eff;              /* ... which are worth as many independent ones */
    const vti_indent_row *row; /* the vendor's; NULL: none */
    vti_verdict verdict;
    double P, h, m, epsilon;              /* N, m */
    double x, y, edge_distance, diameter; /* m, NaN: not known */
    double pile_up;                       /* h_f/h; NaN: not known */
    vti_indent_value out[VT_CONTACT_OUTPUTS];
} vti_indent_result;

/* Standard uncertainty from all influences, and from the indent's own alone. */
double vti_indent_u(const vti_indent_value *v);
double vti_indent_own_u(const vti_indent_value *v);

vt_status vti_indentation_reduce(const vt_job *job, vt_result *result, vt_error *err);
