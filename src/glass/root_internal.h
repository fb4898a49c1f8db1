#pragma once
#include <vitrum/error.h>

/* A root of a smooth function in a bracket without allocation (GSL's solvers allocate): Newton's method that falls back
 * to bisection when it leaves the bracket or converges slowly. */

/* Value at x; its derivative into *slope. A derivative that is too small or of the wrong sign only costs steps; one
 * that is too large makes steps look converged. */
typedef double (*vti_slope_fn)(double x, const void *context, double *slope);

/* Root in [lo, hi] to the resolution of double. Returns VT_OK; VT_ENOROOT if the values at the ends do not differ in
 * sign (or are NaN); VT_ENOCONV. Writes no message: the caller knows what the bracket means. */
vt_status vti_root(vti_slope_fn f, const void *context, double lo, double hi, double *x);
