/* Cholesky factor of a band, and residuals made independent by it. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <vitrum/band.h>

static vt_status check(size_t n, size_t width, const double *band, vt_error *err)
{
    if (!band) return vt_fail(err, VT_EARG, "band is NULL");
    if (n == 0 || width >= n)
        return vt_fail(err, VT_EARG, "a band of %zu places beside the diagonal in a matrix of %zu rows: need fewer",
                       width, n);
    return VT_OK;
}

vt_status vt_band_cholesky(size_t n, size_t width, double *band, vt_error *err)
{
    const vt_status st = check(n, width, band, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k <= width && i + k < n; k++)
            if (!isfinite(band[i * (width + 1) + k]))
                return vt_fail(err, VT_ENAN, "C[%zu][%zu] = %g is not finite", i + k, i, band[i * (width + 1) + k]);
    gsl_matrix_view A = gsl_matrix_view_array(band, n, width + 1);
    if (gsl_linalg_cholesky_band_decomp(&A.matrix) != GSL_SUCCESS)
        return vt_fail(err, VT_EILLCOND,
                       "the covariance of %zu values over %zu neighbours is not positive definite: its band is cut "
                       "where values are still correlated, or is noise itself; add to its diagonal",
                       n, width);
    return VT_OK;
}

vt_status vt_band_whiten(size_t n, size_t width, const double *band, size_t columns, double *x, vt_error *err)
{
    const vt_status st = check(n, width, band, err);
    if (st != VT_OK) return st;
    if (!x || columns == 0)
        return vt_fail(err, VT_EARG, "values are NULL, or have %zu columns: need 1 or more", columns);
    /* Row by row: BLAS solves a band for one column, and the columns of a Jacobian lie side by side. */
    for (size_t i = 0; i < n; i++) {
        double *row = x + i * columns;
        for (size_t k = i > width ? i - width : 0; k < i; k++) {
            const double l = band[k * (width + 1) + i - k], *above = x + k * columns;
            for (size_t j = 0; j < columns; j++) row[j] -= l * above[j];
        }
        for (size_t j = 0; j < columns; j++) row[j] /= band[i * (width + 1)];
    }
    return VT_OK;
}
