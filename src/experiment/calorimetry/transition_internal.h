#pragma once
#include "calorimetry_internal.h"

/* Properties of the glass transition of a scan that has one. */
vt_status vti_transition_report(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err);

/* Takes from the peaks of the heatings of a piece (n scans, edges and steps found) those that are overshoots: another
 * heating has its glass transition there. Whether there were any. */
bool vti_piece_overshoots(vti_scan *scan, size_t n);

/* Whether a peak is the overshoot of an aged glass: the other heating of the piece has its glass transition there, or a
 * little below, and most of the step stays behind the peak. Melting in the liquid has the step before it. */
bool vti_peak_overshoots(const vti_scan *s, const vt_peak *p, const vti_scan *other);

/* Why a scan has no glass transition, ": ...", and what to do if it may be one that overshoots; again: the piece was
 * heated twice already. */
void vti_scan_why(const vti_scan *s, bool again, char *out, size_t size);

/* An endothermic peak of a heating without step that may be the overshoot of an aged glass: heat flow stays higher
 * behind it. NULL: none. */
const vt_peak *vti_scan_perhaps_overshoot(const vti_scan *s);
