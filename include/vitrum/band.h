#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Residuals whose errors are correlated over a short distance: the band of their covariance matrix, its Cholesky factor
 * C = L L', and the residuals L^-1 r that are independent with unit variance. Then |L^-1 r|^2 = r' C^-1 r is a chi2,
 * and least squares of L^-1 r is generalised least squares (Aitken, Proc. R. Soc. Edinburgh 55 (1936) 42).
 *
 * A band of `width` places beside the diagonal is n x (width + 1) values, row-major: band[i * (width + 1) + k] is
 * C[i + k][i], for i + k < n; the rest is not read. Allocates nothing; thread-safe. */

/* Factor of a symmetric positive definite band, in its place, by gsl_linalg_cholesky_band_decomp.
 *
 * VT_EARG: NULL, n = 0 or width >= n; VT_ENAN: a value of the band is not finite, by row and place; VT_EILLCOND: the
 * matrix is not positive definite, by what is lost. On failure the band is overwritten too. */
vt_status vt_band_cholesky(size_t n, size_t width, double *band, vt_error *err);

/* Solves L y = x in the place of x: n x columns values, row-major, one column a vector of residuals, more a Jacobian.
 * band: what vt_band_cholesky made. VT_EARG: NULL, n = 0, width >= n or no column. */
vt_status vt_band_whiten(size_t n, size_t width, const double *band, size_t columns, double *x, vt_error *err);
