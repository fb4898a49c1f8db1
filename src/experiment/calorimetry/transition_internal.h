#pragma once
#include "calorimetry_internal.h"

/* Properties of the glass transition of a scan that has one. */
vt_status vti_transition_report(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err);
