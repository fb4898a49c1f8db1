#pragma once
#include <stddef.h>

/* Quantiles without sorting: a quantile needs two neighbours in order, no more (Hoare's selection). */

/* Moves the finite ones of n values to the front, in their order, NaN behind them. Returns how many there are. */
size_t vti_finite_first(double *x, size_t n);

/* Reorders n >= 1 finite values so that with k = floor(p (n - 1)), p in [0, 1], x[k] and x[k + 1] (if k + 1 < n) are
 * what they would be if x were sorted. Returns k. */
size_t vti_order_quantile(double *x, size_t n, double p);

/* Quantile q of the finite ones of n values, between neighbours; NaN if there are none. Reorders x; asked again, x
 * gives the same. */
double vti_finite_quantile(double *x, size_t n, double q);
