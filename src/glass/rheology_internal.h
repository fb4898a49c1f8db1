#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Refuses NULL, fewer than n_min rows, times that fall or are not positive, values that are not finite. */
vt_status vti_rheology_check(size_t n, size_t n_min, const double *t, const double *y, vt_error *err);
