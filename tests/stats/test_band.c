/* Correlated residuals made independent: processes whose inverse is known, dense algebra, refusals. */
#include "check.h"
#include <gsl/gsl_linalg.h>
#include <string.h>
#include <vitrum/band.h>

enum { N = 23 };

static double value(size_t i)
{
    return sin(1.7 * (double)i + 0.3) + 0.2 * (double)i;
}

/* Autoregression of order 1: C[i][j] = s^2 rho^|i - j|; what a value has beyond rho of the one before is independent
 * with variance s^2 (1 - rho^2). */
static void autoregression_of_order_1(void)
{
    const double rho = 0.73, s = 1.9;
    double band[N * N], x[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = value(i);
        for (size_t k = 0; k < N; k++) band[i * N + k] = s * s * pow(rho, (double)k);
    }
    CHECK(vt_band_cholesky(N, N - 1, band, NULL) == VT_OK);
    CHECK(vt_band_whiten(N, N - 1, band, 1, x, NULL) == VT_OK);
    CHECK_REL(x[0], value(0) / s, 1e-15);
    /* rounding of N terms over the smallest pivot, 1 - rho^2 = 0.47 */
    for (size_t i = 1; i < N; i++)
        CHECK_ABS(x[i], (value(i) - rho * value(i - 1)) / (s * sqrt(1.0 - rho * rho)), 1e-13);
}

/* A moving average of three values has a band of two places; r' C^-1 r by the dense factor. */
static void chi2_is_that_of_the_dense_matrix(void)
{
    enum { W = 2 };
    const double c[W + 1] = {1.0 + 0.36 + 0.04, 0.6 + 0.12, 0.2};
    double band[N * (W + 1)] = {0}, dense[N * N] = {0}, x[N], solved[N], chi2 = 0.0, expected = 0.0;
    for (size_t i = 0; i < N; i++) {
        const double u = 1.0 + 0.1 * (double)(i % 5);
        x[i] = value(i);
        for (size_t k = 0; k <= W && i + k < N; k++) {
            const double v = u * (1.0 + 0.1 * (double)((i + k) % 5)) * c[k];
            band[i * (W + 1) + k] = dense[i * N + i + k] = dense[(i + k) * N + i] = v;
        }
    }
    gsl_matrix_view D = gsl_matrix_view_array(dense, N, N);
    const gsl_vector_const_view r = gsl_vector_const_view_array(x, N);
    gsl_vector_view y = gsl_vector_view_array(solved, N);
    CHECK(gsl_linalg_cholesky_decomp1(&D.matrix) == 0);
    CHECK(gsl_linalg_cholesky_solve(&D.matrix, &r.vector, &y.vector) == 0);
    for (size_t i = 0; i < N; i++) expected += x[i] * solved[i];
    CHECK(vt_band_cholesky(N, W, band, NULL) == VT_OK);
    CHECK(vt_band_whiten(N, W, band, 1, x, NULL) == VT_OK);
    for (size_t i = 0; i < N; i++) chi2 += x[i] * x[i];
    CHECK_REL(chi2, expected, 1e-13); /* condition of some ten */
}

/* The columns of a Jacobian are whitened each as a vector is. */
static void columns_are_whitened_side_by_side(void)
{
    enum { P = 3 };
    double band[N * 2], J[N * P], x[P][N];
    for (size_t i = 0; i < N; i++) {
        band[2 * i] = 2.1;
        band[2 * i + 1] = -0.8;
        for (size_t k = 0; k < P; k++) J[i * P + k] = x[k][i] = value(i + 7 * k);
    }
    CHECK(vt_band_cholesky(N, 1, band, NULL) == VT_OK);
    CHECK(vt_band_whiten(N, 1, band, P, J, NULL) == VT_OK);
    for (size_t k = 0; k < P; k++) {
        CHECK(vt_band_whiten(N, 1, band, 1, x[k], NULL) == VT_OK);
        for (size_t i = 0; i < N; i++) CHECK_REL(J[i * P + k], x[k][i], 1e-15); /* the same operations */
    }
}

static void what_is_no_covariance_is_refused(void)
{
    /* eigenvalues 1 and 1 -+ 0.9 sqrt 2: one below 0 */
    double band[6] = {1.0, 0.9, 1.0, 0.9, 1.0, 0.0}, nan[4] = {1.0, NAN, 1.0, 0.0};
    vt_error err = {0};
    CHECK(vt_band_cholesky(3, 1, band, &err) == VT_EILLCOND);
    CHECK_TEXT(err.msg, "add to its diagonal");
    CHECK(vt_band_cholesky(2, 1, nan, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "C[1][0]");
    CHECK(vt_band_cholesky(2, 2, nan, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "2 places");
    CHECK(vt_band_cholesky(0, 0, nan, &err) == VT_EARG);
    CHECK(vt_band_cholesky(2, 1, NULL, &err) == VT_EARG);
    CHECK(vt_band_whiten(2, 1, NULL, 1, nan, &err) == VT_EARG);
    CHECK(vt_band_whiten(2, 1, nan, 1, NULL, &err) == VT_EARG);
    CHECK(vt_band_whiten(2, 1, nan, 0, nan, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "0 columns");
}

CHECK_MAIN(CHECK_CASE(autoregression_of_order_1), CHECK_CASE(chi2_is_that_of_the_dense_matrix),
           CHECK_CASE(columns_are_whitened_side_by_side), CHECK_CASE(what_is_no_covariance_is_refused))
