#pragma once
#include <stdbool.h>
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

/* Do so many draws say where the ends of an interval of this level lie? 5 beyond either end: 200 draws at 0.95. */
bool vti_draws_tell_ends(double level, size_t draws);

/* Does an end of an interval, first[0] to first[1] in first order, differ from that of the draws by more than a tenth
 * of the half-width (procedure 1.8), and by more than so few draws make? In a coordinate in which first order is
 * normal. Ends that are not finite differ. false: not, or the draws are too few to tell. */
bool vti_ends_differ(const double first[2], const double drawn[2], double level, size_t draws);
