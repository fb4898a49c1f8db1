#pragma once
#include "calorimetry_internal.h"

/* Properties of the glass transition of a scan that has one. */
vt_status vti_transition_report(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err);

/* Takes from the peaks of the heatings of a piece (n scans, edges and steps found) those that are overshoots: another
 * heating has its glass transition there. Whether there were any. */
bool vti_piece_overshoots(vti_scan *scan, size_t n);

/* An endothermic peak of a heating without step that may be the overshoot of an aged glass: heat flow stays higher
 * behind it. NULL: none. */
const vt_peak *vti_scan_perhaps_overshoot(const vti_scan *s);
