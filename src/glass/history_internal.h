#pragma once
#include <stddef.h>
#include <vitrum/error.h>

/* Integrals over a thermal history whose temperature is linear in time between its points. */

/* Points of the history: n >= 2, times strictly increasing (VT_ETIME), temperatures > 0 and finite (VT_EDOMAIN). */
vt_status vti_history_check(size_t n, const double *t, const double *T, vt_error *err);

/* Integral over dt (s) of exp(c0 + c1/T) while T goes linearly from T_a to T_b (K). Gauss-Legendre panels short enough
 * that the exponent moves by less than 1 in each: the error is below 1e-14 of the integral. weight: 0, or 1 for the
 * same integral with the factor 1/T^2. */
double vti_history_exponential(double c0, double c1, double T_a, double T_b, double dt, int weight);
