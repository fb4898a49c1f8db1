#pragma once
#include <vitrum/creep_law.h>
#include <vitrum/experiment.h>
#include <vitrum/line.h>
#include <vitrum/rate_sensitivity.h>

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
    double poisson_ratio;             /* 0.5: elastic strain keeps the volume */
    double temperature;               /* K; NaN: not known */
    double control_time;              /* s: time constant of the force and power loops */
    double smallest_step, smallest_power_step, smallest_temperature_step; /* relative, relative, K: of set points */
    double smallest_strain;                                               /* of a segment */
    double largest_exponent; /* of rate with stress, in one segment; more is drift */
    double sensitivity_threshold;
    double thermal_conductivity, largest_rise;     /* W/(m K), K: for W_POWER */
    double vft_strength, vft_T0, grip_temperature; /* 1, K, K: for what heating does; NaN: not known */
    char group[VT_PARAM_TEXT];
} vti_creep_params;

/* One wire in one table: rows without strain are left out. */
typedef struct vti_creep_trace {
    const vt_table *table; /* borrowed */
    size_t index;          /* of the table */
    char specimen[VT_NAME], group[VT_NAME];
    char stem[VT_NAME]; /* of the file, or the number of the table: what names the wire where nothing else does */
    vti_creep_params par;
    double A0, u_spread; /* m^2, relative */
    double step;         /* s: median sampling interval */
    size_t n;
    double *t, *y, *F; /* s, L0/L, N; one block, owned */
    double *P, *T;     /* W, K; NULL: no column */
    size_t *row;       /* of the table */
} vti_creep_trace;

/* What straightens steady flow, about the middle of a segment. */
typedef struct vti_creep_law {
    double n;                  /* of rate = K stress^n */
    double capillary, elastic; /* 2 gamma/d over the stress; elastic strain: 0 where gamma, E are not given */
} vti_creep_law;

/* A segment between set points and what came of it. */
typedef struct vti_creep_segment {
    size_t trace, number;             /* number: 1 ... within the specimen */
    size_t edge[2];                   /* set points held from edge[0] to edge[1] - 1 */
    size_t from, to;                  /* fitted */
    size_t cut_ratio, cut_mser;       /* samples that the R statistic and MSER-5 leave out after the padding */
    vt_status verdict;                /* VT_OK: has a viscosity */
    char why[VT_METHOD_TEXT];         /* otherwise */
    double F, u_F, F_t, P, T;         /* mean force, standard uncertainty of its noise, slope; power, temperature (NaN:
                                         none) */
    double u_P;                       /* W: of the noise of P */
    double t, y, slope, u_slope, dof; /* mid-time, L0/L there, its slope; of n_eff - 2 */
    double u_y;                       /* of y */
    double strain_slope;              /* 1/s: of eps(t), for the paper's reading */
    double r, n_eff, s_y;             /* autocorrelation, effective samples, noise of L0/L */
    double strain;                    /* true strain gained */
    double p_slopes, p_curvature, difference; /* constancy tests on L0/L */
    vti_creep_law law;                        /* by which it was made straight */
    double exponent, u_exponent;              /* n of eps' = K sigma^n from the curvature; NaN: straight */
    double rate_begin, rate_end;              /* 1/s: of the halves */
    double outliers;                          /* fraction */
    vt_creep_state state;                     /* reading physics */
    double rate_paper, eta_paper;
    double own;            /* relative standard uncertainty of stress over rate, without what the wire shares */
    size_t condition;      /* of run->condition */
    vt_rate_sensitivity m; /* at this rate; m.m NaN: none */
} vti_creep_segment;

/* Segments of one wire at one power and temperature. */
typedef struct vti_creep_condition {
    size_t trace, segments;      /* its first trace */
    double P, T;                 /* means; NaN: not known */
    bool fitted;                 /* fit holds */
    vt_rate_sensitivity_fit fit; /* of its load jumps */
} vti_creep_condition;

typedef struct vti_creep_run {
    const vt_job *job;
    const vti_creep_params *par; /* of the first table; for what is one for all */
    vt_result *result;
    size_t traces, segments, room;
    vti_creep_trace *trace;
    vti_creep_segment *segment; /* wire by wire, in the order of time */
    size_t conditions;
    vti_creep_condition *condition; /* room for all segments */
    vt_nlfit *nlfit;
    double *scratch;             /* 4 for each segment */
    int *member;                 /* 1 for each segment */
    double vft_strength, vft_T0; /* of the setting or the alloy card; NaN: not known, or not needed */
} vti_creep_run;

vt_status vti_creep_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* Traces of all tables, checked. */
vt_status vti_creep_gather(vti_creep_run *run, vt_error *err);

/* Set-point segments of every trace, appended to run->segment. */
vt_status vti_creep_setpoints(vti_creep_run *run, vt_error *err);
/* Edges (first samples of the pieces after the first, ascending) where the level of a channel changes by more than
 * least[0] times itself and more than least[1], added to those already there. VT_ESETPOINT: no level is kept. */
typedef struct vti_creep_edges {
    size_t n, room;
    size_t *at; /* owned */
} vti_creep_edges;
vt_status vti_creep_edge_add(vti_creep_edges *e, size_t at, vt_error *err);
vt_status vti_creep_level_edges(const char *channel, size_t n, const double *x, const double least[2],
                                vti_creep_edges *e, vt_error *err);

/* Samples from ... to - 1 of a trace in at most VTI_CREEP_BLOCKS blocks of equal length: means without outliers. */
enum { VTI_CREEP_BLOCKS = 4000 };
typedef struct vti_creep_blocks {
    size_t n, from, to;
    double *t, *y, *F, *P, *T; /* n each, one block of memory, owned; P, T NULL: none */
    double *z;                 /* n: y, straightened as Newtonian flow */
    double *scratch;           /* 6 n */
} vti_creep_blocks;
vt_status vti_creep_thin(const vti_creep_trace *r, size_t from, size_t to, vti_creep_blocks *b, vt_error *err);
/* First sample of block k (k = n: the end). */
size_t vti_creep_block_begin(const vti_creep_blocks *b, size_t k);

/* z, straight in time under steady flow, its derivative in w = ln(y/y_m), and w of z: z = w = 0 in the middle. */
double vti_creep_straight(const vti_creep_law *l, double w);
double vti_creep_straight_slope(const vti_creep_law *l, double w);
double vti_creep_straight_inverse(const vti_creep_law *l, double z);
/* The law with n = 1 where L0/L is y and force F (N); longest: highest L0/L for which it is wanted. */
vti_creep_law vti_creep_law_at(const vti_creep_trace *r, double F, double y, double longest);

/* Blocks to leave out at the beginning: MSER-5 about a line, and the R statistic on the residuals of L0/L about the
 * line through the rest. */
vt_status vti_creep_transient(const vti_creep_blocks *b, size_t *by_ratio, size_t *by_mser, vt_error *err);

/* Transient, steadiness, fit, verdict of one segment. */
vt_status vti_creep_fit(vti_creep_run *run, vti_creep_segment *s, vt_error *err);
/* The verdict on a segment that is not used: code and text. Returns VT_OK. */
vt_status vti_creep_reject(vti_creep_segment *s, vt_status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Blocks from `first` on that are no outliers among their neighbours: in the scratch of b. */
typedef struct vti_creep_kept {
    size_t n;
    double *t, *y, *z; /* z: room for what is made of y */
} vti_creep_kept;
vti_creep_kept vti_creep_screen(const vti_creep_blocks *b, size_t first);
/* Does z lie on its line but for rounding? A record as computed, not measured, of which nothing can be tested. */
bool vti_creep_noiseless(const vti_creep_kept *k);
/* Curvature and constancy tests, and the exponent where L0/L curves; sets the verdict and k->z to what is straight:
 * that of s->law about s->y. */
vt_status vti_creep_constancy(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_kept *k, vt_error *err);

/* By how much an exponential left in the beginning of z may have changed its slope, and the standard uncertainty of
 * that: mean over amplitudes and times. whole: z with what the cut took off, which tells the time. l: ordinary line of
 * z over t; inflate: of its s, for the autocorrelation. At least 4 points. */
void vti_creep_remainder(const vti_creep_kept *k, const vti_creep_kept *whole, const vt_line *l, double inflate,
                         double *change, double *u);

/* Properties of one segment with budgets; line in result.segments and warnings. */
vt_status vti_creep_report_segment(vti_creep_run *run, vti_creep_segment *s, vt_error *err);

/* Parts of properties. name, symbol, unit and reading are copied; scopes without value are left out. */
void vti_creep_name(vt_property *p, const char *name, const char *symbol, const char *unit, const char *reading);
void vti_creep_scope_text(vt_property *p, const char *key, const char *text);
void vti_creep_scope(vt_property *p, const char *key, double value, const char *unit);

/* What all loads of a wire share and is no common factor. */
typedef enum vti_creep_doubt {
    VTI_CREEP_NO_DOUBT,
    VTI_CREEP_TENSION, /* not given: 1 N/m instead of 0, where a stress is below 200 MPa */
    VTI_CREEP_HEATING, /* at constant power as the square of the length, instead of not at all */
    VTI_CREEP_DOUBTS
} vti_creep_doubt;
/* Does it concern this condition, and is what it needs known? */
bool vti_creep_doubtful(const vti_creep_run *run, size_t condition, vti_creep_doubt kind);
bool vti_creep_heating_known(const vti_creep_run *run, const vti_creep_trace *r);
/* ln rate, ln flow stress and their uncertainties into x[0], x[N], x[2 N], x[3 N], N = run->segments: under a doubt
 * at its full size. */
void vti_creep_point(const vti_creep_run *run, const vti_creep_segment *s, vti_creep_doubt kind, double *x);
/* Half an interval with a doubt that moves the value by D, z quantile of the normal. */
double vti_creep_widened(double half, double D, double z);
void vti_creep_widen(vt_rate_sensitivity *m, double D, double z, double threshold);
/* Lines of a budget; D of VTI_CREEP_DOUBTS: change of the quantity by each doubt, 0 where it does not hold. */
vt_status vti_creep_doubt_lines(vt_quantity *q, const double *D, vt_error *err);
/* What parts the conditions: "power", "temperature", or "wire" where neither is known. */
const char *vti_creep_axis(const vti_creep_run *run);

/* Two levels of one set point: within the larger of both steps; both unknown (NaN) are the same. */
bool vti_creep_same(double a, double b, double relative, double absolute);

/* Segments with a viscosity by wire, power and temperature; room for what follows. */
vt_status vti_creep_conditions(vti_creep_run *run, vt_error *err);
/* Rate sensitivity and class at every power with several loads (P03). */
vt_status vti_creep_jumps(vti_creep_run *run, vt_error *err);
/* Newtonian viscosity of every power and one activation volume, by the sinh law, wire by wire (P03). */
vt_status vti_creep_sinh(vti_creep_run *run, vt_error *err);
/* What is odd: segments left out, surface tension, heating, power against dimensions. */
vt_status vti_creep_warn(vti_creep_run *run, vt_error *err);
vt_status vti_creep_curves(vti_creep_run *run, vt_error *err);
vt_status vti_creep_figures(vti_creep_run *run, vt_error *err);
/* Half length of an error bar, relative: twice the `own` uncertainty of a point, and where several wires stand in one
 * figure also that of the section, which sets them apart; the words for it. */
double vti_creep_bar(const vti_creep_run *run, const vti_creep_segment *s, double own);
const char *vti_creep_bar_text(const vti_creep_run *run);
vt_status vti_creep_jump_figure(vti_creep_run *run, vt_error *err);
