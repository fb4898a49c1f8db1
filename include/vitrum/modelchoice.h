#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Choice between fitted models. Thread-safe, allocates nothing. */

/* Akaike's criterion with the correction for few points, for errors known absolutely: chi2 + 2 k + 2 k (k + 1)/(n - k -
 * 1). n points, k free parameters. VT_EDOF if n <= k + 1; VT_EARG if chi2 is not >= 0 or *aicc is NULL. Source: Hurvich
 * & Tsai, Biometrika 76 (1989) 297. */
vt_status vt_aicc_absolute(double chi2, size_t n, size_t k, double *aicc, vt_error *err);

/* The same where the common error is estimated: n ln(rss/n) + 2 K + 2 K (K + 1)/(n - K - 1), K = k + 1. rss > 0. */
vt_status vt_aicc_relative(double rss, size_t n, size_t k, double *aicc, vt_error *err);

/* Bayesian criterion with an effective number of points n_eff (> 0) for correlated errors: n_eff ln(rss/n) + k ln
 * n_eff. rss > 0 over n points. */
vt_status vt_bic_relative(double rss, size_t n, double n_eff, size_t k, double *bic, vt_error *err);

/* Akaike weights of m models: exp(-(aicc_i - min)/2), normalised to 1. +inf counts as excluded (weight 0).
 * weight may be aicc itself. VT_ENAN: a value is NaN; VT_EDOF: all are +inf; VT_EARG: m = 0 or NULL. */
vt_status vt_akaike_weights(size_t m, const double *aicc, double *weight, vt_error *err);

typedef struct vt_f_test {
    double F;
    double dof1, dof2; /* k_large - k_small, n - k_large */
    double p_value;    /* P(F_(dof1, dof2) >= F) under the small model */
} vt_f_test;

/* One of two nested least-squares models. */
typedef struct vt_nested_model {
    double chi2; /* residual sum of squares, same weights in both */
    size_t k;    /* free parameters */
} vt_nested_model;

/* F test of the small model inside the large one, n points. Not for a kink, a mixture or any parameter that exists only
 * under the large model (Davies): use a bootstrap there. VT_EARG: k_large <= k_small, chi2 of the large model above
 * that of the small one by more than rounding; VT_EDOF: n <= k_large. */
vt_status vt_nested_f_test(size_t n, const vt_nested_model *small, const vt_nested_model *large, vt_f_test *out,
                           vt_error *err);
