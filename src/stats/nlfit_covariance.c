/* Covariance (J'J)^-1 by QR of the column-scaled Jacobian: the condition is not squared on the way. */
#include "nlfit_internal.h"
#include <gsl/gsl_linalg.h>
#include <float.h>
#include <math.h>

enum { P = VT_NLFIT_P_MAX };

/* Columns of J to unit length; d: the lengths. */
static vt_status scale_columns(size_t n, size_t p, double *J, double *d, vt_error *err)
{
    for (size_t j = 0; j < p; j++) {
        double big = 0.0, s = 0.0;
        for (size_t i = 0; i < n; i++) big = fmax(big, fabs(J[i * p + j]));
        if (!(big > 0.0) || !isfinite(big))
            return vt_fail(err, VT_EILLCOND, "no residual depends on free parameter %zu: fix it or drop it", j);
        for (size_t i = 0; i < n; i++) s += (J[i * p + j] / big) * (J[i * p + j] / big);
        d[j] = big * sqrt(s);
        for (size_t i = 0; i < n; i++) J[i * p + j] /= d[j];
    }
    return VT_OK;
}

/* V = R^-1, upper triangular, from the upper triangle of the n x p matrix QR. */
static vt_status invert_upper(size_t p, const double *QR, double V[P][P], vt_error *err)
{
    for (size_t j = 0; j < p; j++) {
        if (!(fabs(QR[j * p + j]) > 8.0 * DBL_EPSILON))
            return vt_fail(err, VT_EILLCOND,
                           "free parameter %zu cannot be told from the earlier ones: fix one or add data", j);
        V[j][j] = 1.0 / QR[j * p + j];
        for (size_t i = j; i-- > 0;) {
            double s = 0.0;
            for (size_t k = i + 1; k <= j; k++) s += QR[i * p + k] * V[k][j];
            V[i][j] = -s / QR[i * p + i];
        }
    }
    return VT_OK;
}

/* 1-norm of R'R times 1-norm of C: exact condition of the scaled normal matrix, within a factor p of the 2-norm's. */
static double condition_1(size_t p, const double *QR, const double *C)
{
    double a = 0.0, b = 0.0;
    for (size_t j = 0; j < p; j++) {
        double sa = 0.0, sb = 0.0;
        for (size_t i = 0; i < p; i++) {
            double s = 0.0;
            for (size_t k = 0; k <= (i < j ? i : j); k++) s += QR[k * p + i] * QR[k * p + j];
            sa += fabs(s);
            sb += fabs(C[i * p + j]);
        }
        a = fmax(a, sa);
        b = fmax(b, sb);
    }
    return a * b;
}

vt_status vti_nlfit_inverse(size_t n, size_t p, double *J, double *C, double *condition, vt_error *err)
{
    double d[P], tau[P], V[P][P] = {{0.0}};
    vt_status st = scale_columns(n, p, J, d, err);
    if (st != VT_OK) return st;
    gsl_matrix_view A = gsl_matrix_view_array(J, n, p);
    gsl_vector_view t = gsl_vector_view_array(tau, p);
    (void)gsl_linalg_QR_decomp(&A.matrix, &t.vector); /* fails on wrong sizes only */
    st = invert_upper(p, J, V, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < p; i++)
        for (size_t j = i; j < p; j++) {
            double s = 0.0;
            for (size_t k = j; k < p; k++) s += V[i][k] * V[j][k];
            C[i * p + j] = C[j * p + i] = s;
        }
    *condition = condition_1(p, J, C);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) C[i * p + j] /= d[i] * d[j];
    return VT_OK;
}
