#pragma once
#include "calorimetry_internal.h"

/* Difference of two heatings of a piece and its baselines. */
typedef struct vti_difference {
    const vti_scan *first, *second;
    size_t n;
    double *T, *d;    /* K, J/(kg K); borrowed from the work space */
    vt_window w1, w2; /* anchors */
    vt_relaxation_enthalpy h;
    double u_linear_window, u_quadratic_window; /* J/kg: what the choice of the anchors makes */
    bool bent;                                  /* the parabola is the better baseline */
} vti_difference;

/* VT_EMISMATCH: the temperatures of both scans do not belong together. */
vt_status vti_release_shift(const vti_calorimetry_run *run, const vti_scan *a, const vti_scan *b, vt_error *err);
/* Anchor windows of d, inside the range that both its scans have; as set, where they are set. VT_ERANGE_T: the scans do
 * not hold them. */
vt_status vti_release_anchors(vti_difference *d, vt_error *err);
/* VT_ERANGE_T: the first scan is no liquid in W2. */
vt_status vti_release_liquid(const vti_difference *d, vt_error *err);
/* Warns of what two such scans should not show: W_ANCHORS, W_SECOND_SCAN, W_CRYSTALLIZATION, W_ENTHALPY_RANGE. H:
 * enthalpy released, J/kg. */
vt_status vti_release_sanity(const vti_calorimetry_run *run, const vti_difference *d, double H, vt_error *err);
/* Properties; *value, *u: enthalpy of the better baseline and its uncertainty without what all pieces share. */
vt_status vti_release_report(vti_calorimetry_run *run, const vti_difference *d, double *value, double *u,
                             vt_error *err);
/* Area under the exotherms of a single scan, over a drawn baseline (paper). Warns W_ONE_SCAN. */
vt_status vti_release_paper(vti_calorimetry_run *run, const vti_scan *s, vt_error *err);
/* The area in scan s below the glass transition of scan `by`; false: no exotherm. */
bool vti_release_drawn(const vti_scan *s, const vti_scan *by, double *value, double *u);
/* Fictive temperature of the piece as made, from that of its second scan and what the first one releases more: value
 * and own uncertainty (without mass and gain, which cancel against the step), J/kg. W_NO_FICTIVE where it cannot be
 * told. */
vt_status vti_release_fictive(vti_calorimetry_run *run, const vti_difference *d, double H, double u, vt_error *err);
vt_status vti_release_figure(vti_calorimetry_run *run, const vti_difference *d, vt_error *err);
