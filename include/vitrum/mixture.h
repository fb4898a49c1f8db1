#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vitrum/error.h>

/* Mixtures of normal distributions in one or two dimensions: which phases are in a set of indents (hardness, or modulus
 * and hardness together)? */

enum { VT_MIXTURE_MAX = 5, VT_MIXTURE_DIMENSIONS = 2 };

typedef struct vt_mixture_options {
    size_t k_max;      /* most components to try, 1 ... VT_MIXTURE_MAX; 0: 4 */
    size_t starts;     /* of the iteration for each number of components, at most 64; 0: 12 */
    size_t replicates; /* of the parametric bootstrap for the intervals; 0: 200; 1: no intervals */
    double level;      /* of the intervals; 0: 0.95 */
    uint64_t seed;
} vt_mixture_options;

typedef struct vt_mixture_component {
    double fraction, fraction_low, fraction_high, u_fraction;
    double mean[VT_MIXTURE_DIMENSIONS], u_mean[VT_MIXTURE_DIMENSIONS];
    double low[VT_MIXTURE_DIMENSIONS], high[VT_MIXTURE_DIMENSIONS]; /* of the mean */
    double sd[VT_MIXTURE_DIMENSIONS];
    double r; /* correlation of the two; 0 in one dimension */
} vt_mixture_component;

typedef struct vt_mixture {
    size_t n, dimensions;
    size_t k;                                       /* components by the Bayesian information criterion */
    vt_mixture_component component[VT_MIXTURE_MAX]; /* in ascending order of the first mean */
    double log_likelihood;
    double bic[VT_MIXTURE_MAX]; /* of 1 ... tried components; smaller is better */
    double misfit;              /* p value that normal phases so chosen leave the values as unlike them as these are
                                   (Anderson-Darling on the first dimension, by bootstrap); -1: no bootstrap */
    size_t tried;               /* components up to which the set was large enough: 5 parameters need 10 values */
    bool told[VT_MIXTURE_MAX];  /* the iteration of this number of components ended in a proper maximum */
} vt_mixture;

/* Finds the mixture.
 *
 * n            in   points;  dimensions 1 or 2
 * x            in   n * dimensions values, point after point
 * posterior    out  n * k probabilities (room for n * VT_MIXTURE_MAX) that point i belongs to component j; may be NULL
 *
 * Expectation-maximisation with a penalty on variances that keeps a component from collapsing on equal or few points
 * (Chen, Tan and Zhang, Stat. Sin. 18 (2008) 443: a_n (s^2/sigma^2 + ln(sigma^2/s^2)) with a_n = 1/sqrt(n)); a
 * component holds at least 5 points' weight or its number of components is passed over. Number of components: smallest
 * BIC (Schwarz, 1978). Intervals: parametric bootstrap, percentiles.
 *
 * VT_EARG; VT_ENAN; VT_EDOF: n < 8; VT_ERANGE: all values of a dimension equal; VT_EMEMORY. Equal seeds give equal
 * numbers. */
vt_status vt_mixture_fit(size_t n, size_t dimensions, const double *x, const vt_mixture_options *opt, vt_mixture *out,
                         double *posterior, vt_error *err);

/* Probability density at x (dimensions values) of component j, times its fraction; j = k: of the whole. */
double vt_mixture_density(const vt_mixture *m, size_t j, const double *x);
