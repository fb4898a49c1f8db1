#pragma once
#include <vitrum/propagate.h>

/* Refuses inputs and correlations that mean nothing. */
vt_status vti_propagate_check(const vt_propagation *p, double level, vt_error *err);
