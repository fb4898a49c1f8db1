#pragma once
#include "experiment/indentation/indentation_internal.h"
#include <vitrum/calibration.h>
#include <vitrum/contact.h>
#include <vitrum/nnls.h>

/* The experiment `indentation_calibration`: indents in reference materials to the area function of the tip and the
 * compliance of the frame (P18).
 *
 * references: which file is which material; points: tables -> unloadings; screen: bad contacts; line: 1/S against
 * 1/sqrt(P); area: coefficients and frame compliance together; bootstrap; verify: on indents that were left out;
 * report. */
extern const vt_experiment vti_calibration_experiment;

enum { VTI_CAL_REFERENCES = VT_CALIBRATION_REFERENCES, VTI_CAL_GROUPS = 64, VTI_CAL_WHY = 200 };

/* Bits, and the order of the choices. */
enum { VTI_CAL_DRIFT_HOLD = 1, VTI_CAL_DRIFT_CLOSURE = 2 };

typedef enum vti_cal_frame { VTI_CAL_FRAME_AUTO, VTI_CAL_FRAME_SHARED, VTI_CAL_FRAME_SEPARATE } vti_cal_frame;

typedef struct vti_cal_params {
    char references[VT_PARAM_TEXT], verification[VT_PARAM_TEXT];
    double reference_modulus, reference_poisson_ratio; /* Pa, 1; NaN: from the table of materials or the file */
    double reference_modulus_u;                        /* 1; NaN: from the table of materials */
    double indenter_modulus, indenter_poisson_ratio, beta;
    int epsilon; /* 0: 0.75, 1: from the exponent */
    long terms, folds, bootstrap;
    double min_depth;                   /* m, contact depth */
    double unload_high, unload_low;     /* fractions of the load of the cycle */
    double zero_window;                 /* fraction of the first load */
    double unloading_exponent;          /* NaN: shared by the unloadings of a reference */
    double exponent_low, exponent_high; /* bounds of that */
    int drift;                          /* vti_cal_drift, in its order */
    int frame;                          /* vti_cal_frame */
} vti_cal_params;

/* One unloading as the window of the fit sees it: n loads (share of P, falling) and depths (m). */
typedef struct vti_cal_window {
    size_t n;
    double P;
    const double *p, *h; /* borrowed */
} vti_cal_window;

/* One unloading, or one row of a table of indents. */
typedef struct vti_cal_point {
    size_t reference, indent; /* indent: counted over all references */
    long cycle;               /* 1 ... */
    double P, h, K;           /* N, m, m/N: load, depth from the zero point, 1/S as measured */
    double m;                 /* exponent */
    double vendor_E;          /* Pa; NaN: the file has none */
    size_t group;             /* of equal load, within all references */
    double sigma;             /* of ln(area), from the scatter of its group */
    bool out;                 /* left out */
    double misfit[3];         /* of its unloading at three exponents: see vti_cal_exponent_again */
    vti_cal_window window;    /* n 0: a row, whose stiffness is given */
} vti_cal_point;

/* One test. */
typedef struct vti_cal_indent {
    char name[VT_NAME]; /* "Test 3" */
    size_t reference;
    double h0, rate, drift; /* m, m/s: zero point and drift from the hold, taken off; drift left between unloading and
                               reloading, NaN: not known */
    bool out;               /* */
    char why[VTI_CAL_WHY];  /* why it, or some of its cycles, is left out; "" */
    size_t fold;
    size_t nload; /* start of the first loading, drift taken off: m, N; noise of a reading */
    const double *load_h, *load_P;
    double u_h, u_P;
    bool zero_by_tip; /* the zero point is that of the tip */
    double chi, r;    /* of the loading through the tip: root mean square of the residuals over the noise, NaN: no fit;
                         their serial correlation */
} vti_cal_indent;

/* The points of about equal load of one reference. */
typedef struct vti_cal_group {
    size_t reference, n;
    double P;        /* N, mean */
    double K, sd_K;  /* m/N: mean over indents that are in, robust standard deviation */
    double h_c;      /* m: mean contact depth with the final calibration */
    double E, u_E;   /* Pa: mean with the calibration (on indents left out of the fit), and its standard uncertainty */
    double E_before; /* Pa: mean without calibration: the vendor's, else ideal tip and stiff frame; NaN: none */
    double ratio;    /* 1/Pa: mean P/S^2, S of the contact alone */
} vti_cal_group;

/* Straight line 1/S = C_f + b/sqrt(P). */
typedef struct vti_cal_line {
    double C_f, slope, u; /* m/N, m N^-1/2; u by the bootstrap of indents */
    double chi2_nu;
} vti_cal_line;

typedef struct vti_cal_reference {
    char material[VT_NAME];
    const char *path;       /* borrowed from its first table */
    double E, u_E, nu, E_r; /* u_E: Pa, of the modulus that is taken as known */
    bool area, verify_only;
    double m; /* exponent shared by its unloadings; NaN: each its own */
    bool m_at_bound;
    size_t indents; /* that are in */
    vti_cal_line line;
    double C_f, u_C_f;       /* m/N: frame compliance that its indents are reduced with */
    double C_alone, u_alone; /* m/N: from area and frame fitted to this reference alone; NaN: not determined */
    double E_found, u_E_found, deviation; /* with the calibration */
    double ratio_change;                  /* largest relative deviation of P/S^2 between groups */
} vti_cal_reference;

/* Coefficients and frame compliance fitted together. */
typedef struct vti_cal_fit {
    size_t terms;
    double C[VT_AREA_TERMS], C_f, chi2, aicc, low, high; /* low, high: m, contact depths of the points */
    size_t n, positive;
    double condition;
    bool at_bound;    /* C_f ran to the end of its range */
    double own, zero; /* parts of chi2: what zero points of the indents cannot explain, and what they can */
    size_t indents;
    double loading, readings, r; /* residuals of the loadings through the tip over the noise: sum of squares, number,
                                    serial correlation */
} vti_cal_fit;

typedef struct vti_cal_run {
    const vti_cal_params *par;
    vt_common common;
    vt_result *result;
    size_t nreferences, nindents, npoints, ngroups;
    vti_cal_reference reference[VTI_CAL_REFERENCES];
    vti_cal_indent *indent;
    vti_cal_point *point;
    double **reading; /* of the windows, per test */
    size_t nreadings;
    vti_cal_group group[VTI_CAL_GROUPS];
    bool shared; /* one frame compliance for all */
    vti_cal_fit fit;
    double cov[VT_AREA_TERMS * VT_AREA_TERMS], cov_C_f[VT_AREA_TERMS];
    size_t ntried; /* numbers of terms that were tried */
    vti_cal_fit tried[VT_AREA_TERMS];
} vti_cal_run;

/* ---- parts ---- */
/* Which material each file is. VT_EREFERENCE, VT_EMISMATCH. file: number of the reference of table i, -1: of none. */
vt_status vti_cal_references(const vt_job *job, vti_cal_run *run, int *file, vt_error *err);

/* Tables to points: zero point, drift, cycles, unloadings with one exponent for each reference. */
vt_status vti_cal_points(const vt_job *job, vti_cal_run *run, const int *file, vt_error *err);

/* h - C_f P = h_f + D p^(1/m) by least squares, so that a frame does not bend the unloading: depth at p = 1 and
 * 1/S = D/(m P) + C_f, both as measured, with the frame; residual sum of squares. VT_EDOF: n < 4. */
vt_status vti_cal_unload(const vti_cal_window *w, double m, double C_f, double *h, double *K, double *rss,
                         vt_error *err);
/* Exponent that all windows share, at frame compliance C_f: least sum of n ln(rss), so that each counts by its own
 * scatter. */
double vti_cal_exponent(const vti_cal_window *w, size_t n, double C_f, const double bound[2], bool *at_bound);
/* Exponents and points again, with the frame compliances of the references (zero at first). */
vt_status vti_cal_unload_all(vti_cal_run *run, vt_error *err);
/* For samples of the indents: vti_cal_misfits notes the misfit of every unloading at the exponent of its reference and
 * VTI_CAL_STEP to both sides; the parabola through their weighted sums then gives the exponents of a sample. */
#define VTI_CAL_STEP 0.01
void vti_cal_misfits(vti_cal_run *run);
void vti_cal_exponent_again(vti_cal_run *run, const double *weight);
/* Points alone, with the exponents as they are. */
void vti_cal_unload_again(vti_cal_run *run);

/* Zero points through the tip as it is known so far; where the loading does not follow it (a pop-in) the first look
 * stays. change: largest change of a zero point, m. */
vt_status vti_cal_zero(vti_cal_run *run, double *change, vt_error *err);

/* Groups of equal load, scatter, and indents or cycles that do not belong to the others. */
vt_status vti_cal_screen(vti_cal_run *run, vt_error *err);

/* Contact depth, and area that the reference's modulus asks for, at frame compliance C_f. False: nothing is left of the
 * compliance or depth. */
bool vti_cal_contact(const vti_cal_run *run, const vti_cal_point *p, double C_f, double *h_c, double *A);
double vti_cal_epsilon(const vti_cal_run *run, const vti_cal_point *p);
/* Young's modulus of one point with an area function; NaN: not defined. */
double vti_cal_modulus(const vti_cal_run *run, const vti_cal_point *p, const vt_area_function *f, double C_f);

/* Points that a fit takes: `weight` is how often each indent counts (bootstrap, folds); NULL: once. */
typedef struct vti_cal_choice {
    const double *weight; /* per indent */
    bool reference[VTI_CAL_REFERENCES];
} vti_cal_choice;
typedef struct vti_cal_work {
    vt_nnls_work *nnls;
    double *A, *b;
    size_t n;
} vti_cal_work;
vt_status vti_cal_work_create(vti_cal_work *w, size_t n, vt_error *err);
void vti_cal_work_free(vti_cal_work *w);
/* Non-negative coefficients at fixed C_f; fit->C_f and fit->terms are given. */
vt_status vti_cal_area_at(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, vti_cal_fit *fit,
                          vt_error *err);
/* ... and C_f with them, for fit->terms terms. near: start of a short search around it; NaN: look everywhere. */
vt_status vti_cal_area_frame(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, double near,
                             vti_cal_fit *fit, vt_error *err);
/* Frame compliance of a reference whose area function is known, so that its modulus is the same at all loads. */
vt_status vti_cal_frame_at(const vti_cal_run *run, size_t reference, const double *weight, const vti_cal_fit *fit,
                           double *C_f, vt_error *err);

/* Points of the area function, with all that share its frame compliance. */
vti_cal_choice vti_cal_choose(const vti_cal_run *run, const double *weight);
/* vti_cal_area_frame into run->fit, then the frame compliance of every reference. */
vt_status vti_cal_frames(vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, double near, vt_error *err);
/* Is what the zero points still have to go, judged by the last two steps (m; *last 0 at first), as good as nothing? */
bool vti_cal_settled(double *last, double moved);
/* Frames, unloadings and zero points in turn until they settle, with the number of terms that AICc wants; with
 * run->shared one frame compliance for all. Into run->fit, references, points. */
vt_status vti_cal_settle(vti_cal_run *run, vti_cal_work *w, vt_error *err);

/* Line of 1/S against 1/sqrt(P) with errors in 1/S from the scatter of the groups. */
vt_status vti_cal_line_fit(const vti_cal_run *run, size_t reference, const double *weight, vti_cal_line *line,
                           vt_error *err);

vt_status vti_cal_bootstrap(vti_cal_run *run, vt_error *err);
vt_status vti_cal_verify(vti_cal_run *run, vt_error *err);
vt_area_function vti_cal_area_function(const vti_cal_run *run, const vti_cal_fit *fit);
vt_status vti_cal_report(vti_cal_run *run, const vt_job *job, vt_error *err);
vt_status vti_cal_figures(vti_cal_run *run, vt_error *err);
vt_status vti_cal_document(vti_cal_run *run, const vt_job *job, vt_error *err);
vt_status vti_calibration_reduce(const vt_job *job, vt_result *result, vt_error *err);
