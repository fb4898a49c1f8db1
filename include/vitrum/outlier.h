#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Outliers in small sets of repeated measurements: the generalised extreme studentised deviate test (Rosner,
 * Technometrics 25 (1983) 165). The value farthest from the mean is taken out up to `most` times; the largest k whose
 * k-th deviate R_k exceeds its critical value lambda_k counts as outliers, so that one outlier cannot hide another. A
 * normal set loses a value with probability `alpha` (exact where `most` is 1, close for n >= 25, up to 1.5 alpha for
 * fewer values). */
typedef struct vt_outlier_options {
    double alpha; /* probability that a clean set loses a value; 0: 0.01 */
    size_t most;  /* at most this many; 0: a fourth of the set, at least 1 */
} vt_outlier_options;

/* out  n flags;  count  how many;  work  n doubles. n < 5: none is told, all flags false.
 * VT_EARG: NULL, alpha not in (0, 0.5), most > n - 3; VT_ENAN. Allocates nothing. */
vt_status vt_outliers(size_t n, const double *v, const vt_outlier_options *opt, bool *out, size_t *count, double *work,
                      vt_error *err);

/* Critical value lambda_k of the k-th largest deviate (k = 1 ...) of n values. VT_EARG. */
vt_status vt_outlier_limit(size_t n, size_t k, double alpha, double *lambda, vt_error *err);
