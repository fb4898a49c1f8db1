#pragma once
#include <vitrum/error.h>
#include <vitrum/line.h>
#include <stdbool.h>
#include <stddef.h>

/* One indentation test as recorded: phases, zero point, thermal drift, unloading stiffness, pop-ins. Procedures P18
 * (drift), P19 steps 1 to 5 and 1.3 (serial correlation).
 *
 * SI units. Depth counts positive into the specimen, load positive in compression; a record with the signs of tension
 * is refused (VT_ESIGN). Nothing here allocates except vt_indent_create; a workspace serves one thread at a time. Every
 * result scales with the units of depth, load and time: records in mN and nm give the same samples and numbers. */

typedef struct vt_indent_curve {
    size_t n;        /* samples, >= VT_INDENT_POINTS */
    const double *t; /* s, never decreasing; NULL: not recorded */
    const double *h; /* m, depth into the surface; any zero */
    const double *P; /* N, load on the sample */
} vt_indent_curve;

enum { VT_INDENT_POINTS = 20 }; /* fewer samples are no indentation curve */

typedef struct vt_indent_work vt_indent_work; /* workspace, one per thread */

/* Workspace for records of up to n_max samples. VT_EARG, VT_EMEMORY. */
vt_status vt_indent_create(vt_indent_work **ws, size_t n_max, vt_error *err);

/* NULL allowed. */
void vt_indent_free(vt_indent_work *ws);

/* ---- Noise and input gate ---- */

typedef struct vt_indent_noise {
    double h, P; /* standard deviations, m and N, white noise about a smooth curve: 1.4826 median |second difference| /
                    sqrt 6, at least the quantum / sqrt 12 */
    double h_quantum, P_quantum; /* quantum of the readings (1.1, step 7): the smallest step if nearly all steps are
                                    multiples of it; 0: none seen */
    size_t time_repeats;         /* samples with the time of the one before: rows that the instrument did not clock */
} vt_indent_noise;

/* Checks a record (1.1) and estimates its noise.
 *
 * VT_EARG: NULL, n > n_max of the workspace; VT_EDOF: n < VT_INDENT_POINTS; VT_ENAN: first depth, load or time that is
 * not finite; VT_ETIME: time decreasing (names the first) or constant; VT_ESIGN: the load is mostly negative, or the
 * depth falls while the load rises; VT_ESATURATED: the load is clipped at its maximum (three or more equal largest
 * values in a row, although noise and steps elsewhere are much finer than that plateau); VT_ENARROW: load or depth
 * constant; VT_ERANGE: readings beyond 1e30 or all below 1e-30. */
vt_status vt_indent_gate(vt_indent_work *ws, const vt_indent_curve *c, vt_indent_noise *noise, vt_error *err);

/* ---- Phases ---- */

typedef enum vt_indent_phase {
    VT_INDENT_APPROACH,  /* in air: load about zero, before contact */
    VT_INDENT_LOADING,   /* */
    VT_INDENT_HOLD,      /* at the peak of a cycle: creep (load control) or relaxation (displacement control) */
    VT_INDENT_UNLOADING, /* */
    VT_INDENT_DRIFT,     /* hold at low load during or after an unloading: thermal drift */
    VT_INDENT_PULL_OFF   /* contact lost: load about zero or negative after the last unloading */
} vt_indent_phase;

/* "approach", "loading", "hold", "unloading", "drift", "pull-off"; "" outside the list. Static storage. */
const char *vt_indent_phase_name(vt_indent_phase phase);

typedef struct vt_indent_segment {
    vt_indent_phase phase;
    size_t cycle;    /* 0-based; approach: 0, pull-off: the last */
    size_t from, to; /* samples from ... to - 1; segments are in order and cover the record without gaps */
} vt_indent_segment;

/* One loading with its unloading. */
typedef struct vt_indent_cycle {
    size_t load_from;            /* first sample of loading: contact, or start of reloading */
    size_t hold_from;            /* first sample of the hold; = unload_from if there is none */
    size_t unload_from;          /* start of unloading, after the hold: P_max and h_max belong here */
    size_t unload_to;            /* one past the last sample of the first unloading (until drift hold, reloading,
                                  * loss of contact or end of record) */
    size_t drift_from, drift_to; /* low-load hold; equal if there is none */
    double P_max, h_max;         /* N, m: load and depth at the start of unloading, noise averaged */
    double P_min;                /* N: load at the end of the unloading, noise averaged */
} vt_indent_cycle;

/* What a vendor's marker says about the sample at which it stands. */
typedef enum vt_indent_mark_kind {
    VT_INDENT_MARK_SURFACE,     /* contact */
    VT_INDENT_MARK_LOAD,        /* start of a (re)loading */
    VT_INDENT_MARK_HOLD,        /* start of the hold at peak load, end of loading */
    VT_INDENT_MARK_UNLOAD,      /* start of unloading, end of the hold */
    VT_INDENT_MARK_DRIFT_BEGIN, /* start of the drift hold */
    VT_INDENT_MARK_DRIFT_END    /* its end */
} vt_indent_mark_kind;

typedef struct vt_indent_mark {
    vt_indent_mark_kind kind;
    size_t at; /* sample */
} vt_indent_mark;

/* Zero in every field is a usable default. */
typedef struct vt_indent_segment_options {
    double fall;       /* an unloading takes the load down by at least this fraction of the peak of its cycle;
                        * 0: 0.25. Smaller falls are pop-ins, relaxation or noise */
    bool loading_only; /* a record without unloading is one cycle whose unloading is empty (unload_from = unload_to = n;
                          P_max, h_max: last samples), instead of VT_ENO_UNLOAD */
    double sigmas;     /* ... and by at least so many standard deviations of the load; 0: 12 */
    const vt_indent_mark
        *mark; /* borrowed, in order of sample; NULL: none. A marker replaces the boundary of its kind in the cycle in
                  which it stands, if that keeps the boundaries of the cycle in order; one within 2 samples of a knee
                  (HOLD, UNLOAD) confirms it: instruments mark the first sample behind it */
    size_t marks;
} vt_indent_segment_options;

typedef struct vt_indent_segments {
    vt_indent_segment *segment; /* in: the caller's room; 6 + 5 per cycle suffice */
    size_t capacity;            /* in */
    vt_indent_cycle *cycle;     /* in: the caller's room */
    size_t cycle_capacity;      /* in */
    size_t count, cycles;       /* out */
    vt_indent_noise noise;      /* out */
    bool depth_control;         /* out: the depth follows straight ramps, the load does not */
    double P_air, u_P_air; /* out: mean load in air (approach) and its standard uncertainty; 0, 0 without approach */
    size_t marks_used;     /* out: markers that replaced or confirmed a boundary */
    size_t marks_moved;    /* out: ... and moved it by more than 2 % of the samples of the cycle (at least 3) */
} vt_indent_segments;

enum { VT_INDENT_SEGMENTS_PER_CYCLE = 5, VT_INDENT_SEGMENTS_EXTRA = 6 };

/* Phases of a record. Reversals of the load by more than `fall` give the cycles (a second pass looks for small first
 * cycles in doubling series); the knees of each peak come from a least-squares line with three straight pieces
 * (loading, hold, unloading) through load or depth, whichever the instrument controlled; the low-load hold from runs
 * of constant load; contact and loss of contact from the load in air. Works with and without time, for load- and
 * displacement-controlled tests, with or without approach.
 *
 * VT_ENO_UNLOAD: no unloading; VT_ELIMIT: more cycles or segments than room; else as vt_indent_gate. On failure *out
 * is untouched (the caller's arrays may have been written). */
vt_status vt_indent_segment_find(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_segment_options *opt,
                                 vt_indent_segments *out, vt_error *err);

/* ---- Zero point (P19 step 1) ---- */

typedef enum vt_indent_zero_law {
    VT_INDENT_ZERO_CONE,  /* P - P_air = a (h - h0)^2 */
    VT_INDENT_ZERO_SPHERE /* P - P_air = a (h - h0)^(3/2): Hertz */
} vt_indent_zero_law;

typedef struct vt_indent_zero_options {
    vt_indent_zero_law law;
    double low, high; /* window in fractions of the first P_max; 0, 0: 0 and 0.1 */
} vt_indent_zero_options;

typedef struct vt_indent_zero {
    double h0, u_h0; /* m: depth reading at contact; u with serial correlation (1.3) and quantisation (1.1) */
    double a, u_a;   /* N/m^k */
    double k;        /* exponent: 2 or 3/2 */
    double s;        /* N: standard deviation of the residuals, at the loads of the window */
    double chi;      /* the same over what the noise of the record predicts: >> 1 if the law does not hold (tip
                        rounding, wrong law) */
    double r, n_eff; /* serial correlation of the residuals, effective number of points */
    double dof;      /* n_eff - 2 */
    size_t from, to; /* samples of the window */
    size_t contact;  /* first sample at or beyond h0 in the first loading */
} vt_indent_zero;

/* Fit of the first loading. Points before contact hold the load at P_air. W_ZERO (u_h0 > 1 % of h_max) is the caller's.
 *
 * VT_EDOF: fewer than 8 points in the window; VT_EREFERENCE: the record starts above the window (contact not
 * recorded); VT_ENOCONV: no minimum of h0 in reach. */
vt_status vt_indent_zero_fit(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_segments *seg,
                             const vt_indent_zero_options *opt, vt_indent_zero *zero, vt_error *err);

/* Zero point by the contact stiffness (CSM): first depth from which on S stays above the threshold.
 *
 * n, h, S    in   loading only; m, N/m; S may be NaN where the vendor has none
 * threshold  in   N/m, > 0: e.g. the mean in air plus five standard deviations
 * h0, u_h0   out  m: crossing of the threshold, interpolated; u: distance of the two samples / sqrt 12 and noise of S
 *
 * VT_EREFERENCE: S is above the threshold from the start, or never. */
vt_status vt_indent_zero_stiffness(size_t n, const double *h, const double *S, double threshold, double *h0,
                                   double *u_h0, vt_error *err);

/* ---- Thermal drift (P18) ---- */

typedef struct vt_indent_drift_options {
    double discard;       /* s, start of the hold that is not used; 0: 20 */
    double discard_share; /* ... but at most this share of the hold; 0: 1/3 */
    double level;         /* two-sided probability of low, high; 0: 0.95 */
} vt_indent_drift_options;

typedef struct vt_indent_drift {
    double rate, u_rate; /* m/s: robust slope (1.2); u with serial correlation (1.3) */
    double low, high;    /* m/s: interval at `level` */
    double dof;          /* n_eff - 2, or blocks - 2 */
    double r, n_eff;     /* serial correlation of the residuals, effective number of points */
    size_t blocks;       /* 0; or number of block means that the rate is the slope of, because n_eff < 8 (1.3) */
    double discarded;    /* s */
    double duration;     /* s: of the part that was used */
    size_t from, to;     /* samples that were used */
    vt_robust_line line; /* time from its first sample, s; depth less its first reading, m */
} vt_indent_drift;

/* Drift rate from samples from ... to - 1, a hold at constant low load. VT_ETIME: no time; VT_EDOF: fewer than 8
 * (effective) points remain; VT_EARG. */
vt_status vt_indent_drift_fit(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to,
                              const vt_indent_drift_options *opt, vt_indent_drift *drift, vt_error *err);

/* h_out[i] = h[i] - rate (t[i] - t_contact). h_out: c->n values, may be c->h. VT_ETIME, VT_EARG, VT_ENAN. */
vt_status vt_indent_drift_correct(const vt_indent_curve *c, double rate, double t_contact, double *h_out,
                                  vt_error *err);

/* ---- Unloading (P19 steps 4, 5) ---- */

typedef struct vt_unload_options {
    double high, low;     /* window in fractions of P_max; 0: 0.98 and 0.20. Where the unloading ends above low, the
                           * window ends there */
    double m_low, m_high; /* accepted exponents; 0: 1.1 and 2.0 */
    double P_air;         /* N: zero of load (vt_indent_segments.P_air, or 0) */
    bool load_on_depth;   /* paper mode: regress P on h, as many instruments do, instead of h on P. Noise of the depth
                           * then takes S down: by 25 % where it is a tenth of the recovery */
} vt_unload_options;

enum { VT_UNLOAD_HF, VT_UNLOAD_D, VT_UNLOAD_M, VT_UNLOAD_PARAMETERS };

/* h = h_f + D (P/P_max)^(1/m), which is P = alpha (h - h_f)^m with alpha = P_max / D^m. */
typedef struct vt_unload_fit {
    double P_max;          /* N: at the start of unloading, less P_air */
    double h_f;            /* m: depth that would remain at zero load */
    double D;              /* m: elastic recovery h_max - h_f on the fitted curve */
    double m;              /* exponent */
    double alpha;          /* N/m^m */
    double cov[9];         /* of h_f, D, m (VT_UNLOAD_HF, ...), SI, row-major; includes 1.3 and 1.1 */
    double u_m;            /* */
    double h_max, u_h_max; /* m: h_f + D, the fitted curve at P_max */
    double S, u_S;         /* N/m: m P_max / D, slope of the fitted curve at P_max */
    double cov_S_h;        /* N: covariance of S and h_max */
    double cov_S_m;        /* N/m */
    double cov_h_m;        /* m */
    double dC[3];          /* N, N^2/m^2, N/m: changes of h_max, S, m if a further compliance times load were taken off
                            * the depth, per m/N (linear): -P_max, S^2, 0 where the law still held */
    double s;              /* m: standard deviation of the residuals in depth */
    double r, n_eff, dof;  /* serial correlation of the residuals, effective number of points, n_eff - 3 (at least 1) */
    bool correlated;       /* W_DOF: n_eff < 8, i.e. the residuals are misfit of the law rather than noise */
    double high, low;      /* fractions of P_max that the points really span */
    size_t from, to, n;    /* samples between which the points lie, and how many were used */
} vt_unload_fit;

/* Least-squares fit of h on P over the unloading of one cycle. Variable projection: h_f and D are linear, the search is
 * in m alone. cov = s^2 (J'J)^-1 (1 + r)/(1 - r); quantisation of depth is added where it exceeds the noise.
 *
 * VT_EUNLOAD_FIT: m outside m_low ... m_high, or D, S not positive: *fit is written all the same, for the message and
 * for showing; VT_EDOF: fewer than 8 points in the window; VT_ENARROW: they span less than 10 % of P_max; VT_ENAN;
 * VT_ESIGN: P_max not above P_air; VT_ENOCONV; VT_EARG. */
vt_status vt_unload_fit_cycle(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_cycle *cycle,
                              const vt_unload_options *opt, vt_unload_fit *fit, vt_error *err);

/* ---- Pop-ins (P19 pitfalls) ---- */

typedef struct vt_popin {
    size_t from, to; /* last sample before, first sample after the burst */
    double P, h;     /* N, m: before the burst */
    double dh;       /* m: jump of depth beyond smooth loading (load control), or advance during the drop */
    double dP;       /* N: drop of load (displacement control), <= 0; load control: about 0 */
    double sigmas;   /* size over the noise of the step */
} vt_popin;

typedef struct vt_popin_options {
    double sigmas;   /* 0: 5 */
    double least_dh; /* m: smaller jumps do not count (load drops always do); 0: no limit beside noise */
} vt_popin_options;

typedef struct vt_popins {
    vt_popin *popin; /* in: the caller's room */
    size_t capacity; /* in */
    size_t count;    /* out: in order of load; the search stops when the room is full */
} vt_popins;

/* Bursts in the loading samples from ... to - 1. VT_EDOF: fewer than VT_INDENT_POINTS samples; VT_EARG. */
vt_status vt_indent_popin_find(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to,
                               const vt_indent_noise *noise, const vt_popin_options *opt, vt_popins *out,
                               vt_error *err);

typedef struct vt_hertz_fit {
    double K, u_K;               /* N/m^1.5: 4/3 E_r sqrt R */
    double h0, u_h0;             /* m */
    double exponent, u_exponent; /* free exponent of P = K' (h - h0)^x through the same points; 1.5 if elastic */
    double s;                    /* m: standard deviation of the residuals in depth */
    double r, n_eff;             /* serial correlation */
    size_t n;                    /* points */
} vt_hertz_fit;

/* Elastic branch before the first pop-in: P - P_air = K (h - h0)^1.5 through samples from ... to - 1, h on P.
 * low: fraction of the largest load below which points are left out (noise of P^(2/3)), e.g. 0.05. VT_EDOF, VT_EARG,
 * VT_EUNPHYSICAL: K not positive. */
vt_status vt_indent_hertz_fit(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to, double P_air,
                              double low, vt_hertz_fit *fit, vt_error *err);
