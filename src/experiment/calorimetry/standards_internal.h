#pragma once
#include "calorimetry_internal.h"
#include <vitrum/calorimeter.h>

/* Runs of standards among the tables of a reduction: empty pan, sapphire, substances that melt (P21, inputs, step 2).
 */
typedef enum vti_standard_kind { VTI_SPECIMEN, VTI_MELTING, VTI_PAN, VTI_SAPPHIRE } vti_standard_kind;

/* What a table holds: by setting `standards`, else its metadata `standard`. *T_m, if it melts; *name borrowed from the
 * table, setting or program, with its length. VT_EREFERENCE: no known standard. */
vt_status vti_standard_of(const vti_calorimetry_run *run, const vt_table *t, vti_standard_kind *kind, double *T_m,
                          char name[VT_NAME], vt_error *err);
/* Every file that the setting `standards` names is among the tables. VT_EREFERENCE. */
vt_status vti_standards_known(const vti_calorimetry_run *run, vt_error *err);

/* Takes the n scans of a table of a standard; what is kept of them (the empty pan) is moved out. */
vt_status vti_standard_take(vti_calorimetry_run *run, vti_standard_kind kind, double T_m, const char *name,
                            vti_scan *scan, size_t n, vt_error *err);
/* Line of the corrections of temperature, after the last substance that melts. */
void vti_standards_scale(vti_standards *std, double gain_u);

/* Properties and figures. */
vt_status vti_standard_report_melting(vti_calorimetry_run *run, const vti_melt *m, const double *T, const double *y,
                                      size_t n, vt_error *err);
vt_status vti_standard_report_sapphire(vti_calorimetry_run *run, const vti_scan *s, const double *factor,
                                       vt_error *err);
