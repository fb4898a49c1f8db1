#pragma once
#include "reduce_internal.h"

/* Curves that the figures draw. */
enum { VTI_SHOWN_TESTS = 8, VTI_DEPTH_CURVES = 500 };

/* Tests that figures show, at most VTI_SHOWN_TESTS: the first, or, where there are groups, specimens of every group in
 * turn. Returns how many. */
size_t vti_shown_tests(const vti_indentation_run *run, size_t which[VTI_SHOWN_TESTS]);
/* load_depth_1 ... and unloading_1 ... (the fits) of the tests shown, with their segments. */
vt_status vti_curves_records(vti_indentation_run *run, const size_t *which, size_t shown, vt_error *err);
/* depth_1 ... of the tests with continuous stiffness: everything along the depth. */
vt_status vti_curves_depth(vti_indentation_run *run, vt_error *err);
