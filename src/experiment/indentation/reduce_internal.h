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

typedef struct vti_indentation_run {
    const vt_job *job;
    const vti_indentation_params *par;
    vt_result *result;
    vti_indents set;
    vt_area_function area; /* if given */
    vti_area_source area_source;
    double C_f, u_C_f; /* m/N */
    bool frame_calibrated;
    size_t n; /* results */
    vti_indent_result *res;
} vti_indentation_run;

/* What the contact chain starts from: one unloading, one reading of continuous stiffness, one vendor's row. */
typedef struct vti_contact_reading {
    double P, h, S, m;           /* N, m, N/m, 1; frame compliance still in h and S */
    double epsilon, A;           /* of the vendor; NaN: not given */
    double u_P, u_zero, u_drift; /* N, m, m */
    double cov[9];               /* of h, S, m */
} vti_contact_reading;

/* The chain and its budget, with the further compliance C (m/N) in series. epsilon: the one used. Codes of
 * vt_contact_evaluate. Thread-safe; outputs untouched on failure. */
vt_status vti_contact_of(const vti_indentation_run *run, const vti_contact_reading *in, double C,
                         vti_indent_value out[VT_CONTACT_OUTPUTS], double *epsilon, vt_error *err);

/* Result i of the run with the further compliance C (m/N) in series: the contact chain and its budget. Codes of
 * vt_contact_evaluate; VT_ECAL: a row has no load, depth or stiffness. ctx: the run. */
vt_status vti_indentation_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err);

/* Area function of the run from the parameter, with its check. */
vt_status vti_indentation_area(vti_indentation_run *run, vt_error *err);

/* Properties, curves, figures, segments and warnings of single indents. */
vt_status vti_indentation_report(vti_indentation_run *run, vt_error *err);
vt_status vti_indentation_figures(vti_indentation_run *run, vt_error *err);
