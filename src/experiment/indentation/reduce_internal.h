#pragma once
#include "indentation_internal.h"

/* Parts of vti_indentation_reduce. */

enum { VTI_NONE = -1 };

/* Where the contact area comes from. */
typedef enum vti_area_source {
    VTI_AREA_GIVEN,  /* area_function of a setting, of the file or of a calibration */
    VTI_AREA_VENDOR, /* contact area, or load over hardness, of the vendor's row of each indent */
    VTI_AREA_IDEAL   /* 24.5 h_c^2 */
} vti_area_source;

/* Contact depths must be this many times the depth below which the area function turns over. */
static const double VTI_AREA_CLEAR = 3.0;

typedef struct vti_indentation_run {
    const vt_job *job;
    const vti_indentation_params *par;
    vt_result *result;
    vti_indents set;
    vt_area_function area; /* if given */
    double area_turns;     /* m: it falls with depth somewhere below; 0: it rises everywhere */
    vti_area_source area_source;
    double C_f, u_C_f; /* m/N */
    bool frame_calibrated;
    double u_ln_A_reference;       /* relative uncertainty of the area from the modulus of its reference */
    double cov_C_f[VT_AREA_TERMS]; /* covariance of C_f (m/N) with the coefficients (nm-based); 0: not known */
    bool beta_calibrated;          /* the area function was found with the same beta: A goes as 1/beta^2 */
    size_t n;                      /* results */
    vti_indent_result *res;
} vti_indentation_run;

/* What the contact chain starts from: one unloading, one reading of continuous stiffness, one vendor's row. */
typedef struct vti_contact_reading {
    double P, h, S, m;   /* N, m, N/m, 1; frame compliance still in h and S */
    double epsilon, A;   /* of the vendor; NaN: not given */
    double u_P, u_zero;  /* N, m */
    double drift[3];     /* m, N/m, 1: changes of h, S, m for one standard uncertainty of the drift */
    double cov[9];       /* of h, S, m */
    double dh_dP, dS_dP; /* m/N, 1/m: what an error of P does to h and S; 0: they were read on their own */
    double dC[3];        /* N, N^2/m^2, N/m: what an error of the compliance that the fit took off does to h, S, m */
} vti_contact_reading;

/* The chain and its budget, with the further compliance C (m/N) in series. Where it is not 0 it comes from these
 * readings (Jakes plot), whose slope is C_f + C whatever C_f is thought to be: the uncertainty of C_f is then that of
 * C. epsilon: the one used. Codes of vt_contact_evaluate. Thread-safe; outputs untouched on failure. */
vt_status vti_contact_of(const vti_indentation_run *run, const vti_contact_reading *in, double C,
                         vti_indent_value out[VT_CONTACT_OUTPUTS], double *epsilon, vt_error *err);

/* Result i of the run with the further compliance C (m/N) in series: the contact chain and its budget. Codes of
 * vt_contact_evaluate; VT_ECAL: a row has no load, depth or stiffness. ctx: the run. */
vt_status vti_indentation_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err);

/* A noisy unloading by the regression of depth on load. Its verdict's code if that failed. */
vt_status vti_indentation_other(const vti_indentation_run *run, const vti_indent_result *r, vti_indent_result *out,
                                vt_error *err);

/* ---- continuous stiffness ---- */
/* Does the test have it, on more than a fifth of its readings? */
bool vti_csm_has(const vti_indent *s);
/* End of the loading, one past the last reading. */
size_t vti_csm_end(const vti_indentation_run *run, const vti_indent *s);
/* Stiffness from amplitude and phase where the file has none; the verdict of a test tells what is missing for it. */
vt_status vti_csm_prepare(vti_indentation_run *run, vt_error *err);
/* Peak amplitude of the displacement at a reading, m; NaN: not known. */
double vti_csm_swing(const vti_indentation_params *p, const vti_indent *s, size_t i);
/* Is the amplitude of the oscillation known, so that its bias can be taken off? */
bool vti_csm_amplitude(const vti_indentation_run *run, const vti_indent *s);

typedef struct vti_csm_point {
    const vti_indent *indent;
    size_t reading;
    bool unbiased; /* with the bias of the amplitude taken off (P20) */
    bool other_m;  /* ... with the exponent one standard uncertainty larger */
    double C;      /* m/N: compliance in series beside the frame, as far as it is known */
} vti_csm_point;
/* Depth of a reading from contact, drift taken off where it is corrected. */
static inline double vti_csm_depth(const vti_indent *s, size_t i)
{
    return s->h[i] - s->h0 - (s->drift_corrected ? s->drift * (s->t[i] - s->t0) : 0.0);
}

/* Load, depth and stiffness at one reading: zero point and drift taken off. VT_EDOMAIN; VT_ETAPPING: 2 h0 is above the
 * recovery, contact is lost in every swing; VT_ECSM_CAL: unbiased without amplitude. */
vt_status vti_csm_reading(const vti_indentation_run *run, const vti_csm_point *at, vti_contact_reading *out,
                          vt_error *err);
/* The same as a point of the plot that tells compliances, a vti_set_point: frame and bias taken off. VT_ERANGE: less
 * than 50 nm deep (P20). ctx: the run. */
vt_status vti_csm_contact(void *ctx, size_t indent, size_t reading, double C, double *P, double *S);
/* The contact chain at one reading, with a further compliance C in series. */
vt_status vti_csm_at(const vti_indentation_run *run, const vti_csm_point *at, double C,
                     vti_indent_value out[VT_CONTACT_OUTPUTS], vt_error *err);
/* Finds the readings of the window that is averaged: depth_low to depth_high, or the plateau of P/S^2, or that of the
 * vendor where there is no plateau. VT_EDOF, VT_ENOT_STEADY. */
vt_status vti_csm_window(const vti_indentation_run *run, const vti_indent *s, vti_indent_result *r, vt_error *err);
/* Same for given depths. */
vt_status vti_csm_span(const vti_indentation_run *run, const vti_indent *s, double low, double high,
                       vti_indent_result *r, vt_error *err);
/* The average over the window of a result. */
vt_status vti_csm_evaluate(const vti_indentation_run *run, const vti_indent_result *what, double C, bool unbiased,
                           vti_indent_result *out, vt_error *err);

/* Where the vendor gives results: theirs, ours, ratio, in one curve, with a warning if they differ. */
vt_status vti_indentation_vendor(vti_indentation_run *run, vt_error *err);
/* Warnings: failures, zero point, drift, pop-ins. */
vt_status vti_indentation_warn(vti_indentation_run *run, vt_error *err);

/* Area function of the run from the parameter, with its check. */
vt_status vti_indentation_area(vti_indentation_run *run, vt_error *err);
/* W_AREA where the area function that a file prints is not the one of its own results. */
vt_status vti_indentation_area_printed(vti_indentation_run *run, vt_error *err);

/* Zero points that were fitted: again, with the area function that is known by now. */
vt_status vti_indentation_zero(vti_indentation_run *run, vt_error *err);

const char *vti_result_test(const vti_indentation_run *run, const vti_indent_result *r); /* label of its test */

/* Does the result have the readings paper and physics? */
bool vti_two_readings(const vti_indentation_run *run, const vti_indent_result *r);
/* Properties, curves, figures, segments and warnings of single indents. */
vt_status vti_indentation_report(vti_indentation_run *run, vt_error *err);
vt_status vti_indentation_figures(vti_indentation_run *run, vt_error *err);
