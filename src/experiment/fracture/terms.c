/* Robust linear fit of two to four terms: trace across a wire, sinusoid around it. */
#include "base/quantity_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double BISQUARE = 4.685; /* 95 % efficiency for normal errors */

/* Inverse of a symmetric p x p matrix by Cholesky; false: not positive definite. */
static bool invert(size_t p, double M[VTI_TERMS][VTI_TERMS], double out[VTI_TERMS][VTI_TERMS])
{
    double L[VTI_TERMS][VTI_TERMS] = {{0}}, K[VTI_TERMS][VTI_TERMS] = {{0}};
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = M[i][j];
            for (size_t k = 0; k < j; k++) sum -= L[i][k] * L[j][k];
            if (i == j && !(sum > 1e-12 * M[i][i])) return false;
            L[i][j] = i == j ? sqrt(sum) : sum / L[j][j];
        }
    for (size_t j = 0; j < p; j++) /* K = L^-1 */
        for (size_t i = j; i < p; i++) {
            double sum = i == j ? 1.0 : 0.0;
            for (size_t k = j; k < i; k++) sum -= L[i][k] * K[k][j];
            K[i][j] = sum / L[i][i];
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            out[i][j] = 0.0;
            for (size_t k = 0; k < p; k++) out[i][j] += K[k][i] * K[k][j];
        }
    return true;
}

static bool weighted(size_t n, size_t p, const double *X, const double *y, const double *w, double x[VTI_TERMS])
{
    double M[VTI_TERMS][VTI_TERMS] = {{0}}, V[VTI_TERMS][VTI_TERMS], b[VTI_TERMS] = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++) {
            b[j] += w[i] * X[i * VTI_TERMS + j] * y[i];
            for (size_t k = 0; k < p; k++) M[j][k] += w[i] * X[i * VTI_TERMS + j] * X[i * VTI_TERMS + k];
        }
    if (!invert(p, M, V)) return false;
    for (size_t j = 0; j < p; j++) {
        x[j] = 0.0;
        for (size_t k = 0; k < p; k++) x[j] += V[j][k] * b[k];
    }
    return true;
}

static double residual(size_t p, const double *row, double y, const double *x)
{
    for (size_t j = 0; j < p; j++) y -= row[j] * x[j];
    return y;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 1.4826 times the median of |residual|, of which p are 0 by the fit; floor: rounding of y and of the term that it goes
 * with. */
static double scale_of(size_t n, size_t p, const double *X, const double *y, const double *x, double *sorted)
{
    double largest = 0.0;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = fabs(residual(p, X + i * VTI_TERMS, y[i], x));
        largest = fmax(largest, fmax(fabs(y[i]), fabs(X[i * VTI_TERMS + 1])));
    }
    qsort(sorted, n, sizeof *sorted, by_size);
    const size_t m = (n + p) / 2; /* median of the n - p largest */
    return fmax(1.4826 * sorted[m < n ? m : n - 1], 1e-12 * largest);
}

/* Reweighted least squares; absolute: least absolute deviations, else Tukey's bisquare at the scale s. */
static bool iterate(size_t n, size_t p, const double *X, const double *y, double s, bool absolute, double *w,
                    double x[VTI_TERMS])
{
    double before[VTI_TERMS];
    for (int round = 0; round < 60; round++) {
        double change = 0.0;
        for (size_t i = 0; i < n; i++) {
            const double r = residual(p, X + i * VTI_TERMS, y[i], x) / s, q = r / BISQUARE;
            w[i] = absolute ? 1.0 / fmax(fabs(r), 0.05) : fabs(q) < 1.0 ? (1.0 - q * q) * (1.0 - q * q) : 0.0;
        }
        memcpy(before, x, sizeof before);
        if (!weighted(n, p, X, y, w, x)) return false;
        for (size_t j = 0; j < p; j++) change = fmax(change, fabs(x[j] - before[j]));
        if (change < 1e-9 * s) break;
    }
    return true;
}

/* (1 + r)/(1 - r) of the residuals of the points that keep weight; 1 below 12 points. The bias of r that the fit of a
 * line leaves is (1 + 3 r)/n (procedure 1.3), one more of each for every term beyond: 1000 round trips of a sinusoid
 * covered 0.914 with that of a line. */
static double serial(size_t n, size_t p, const double *X, const double *y, const double *x, const double *w)
{
    double before = 0.0, product = 0.0, square = 0.0;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (w[i] < 0.1) continue;
        const double r = residual(p, X + i * VTI_TERMS, y[i], x);
        if (m > 0) product += before * r;
        square += r * r;
        before = r;
        m++;
    }
    if (m < 12 || !(square > 0.0)) return 1.0;
    const double N = (double)m, P = (double)p, r1 = product / square,
                 r = fmin(0.9, fmax(0.0, r1 + (P - 1.0 + (P + 1.0) * r1) / N));
    return (1.0 + r) / (1.0 - r);
}

double vti_t_over_z(double level, double dof)
{
    return vti_coverage_factor(level, dof) / vti_coverage_factor(level, INFINITY);
}

/* Huber's covariance, s^2 [sum psi^2/(n - p)] / [mean psi']^2 (X'X)^-1. */
static bool covariance(size_t n, size_t p, const double *X, const double *y, double level, const double *w,
                       vti_terms_fit *f)
{
    double M[VTI_TERMS][VTI_TERMS] = {{0}}, psi2 = 0.0, slope = 0.0;
    f->rss = 0.0;
    f->outliers = 0;
    for (size_t i = 0; i < n; i++) {
        const double *row = X + i * VTI_TERMS, r = residual(p, row, y[i], f->x), q = r / (BISQUARE * f->s);
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < p; k++) M[j][k] += row[j] * row[k];
        psi2 += w[i] * w[i] * r * r;
        slope += fabs(q) < 1.0 ? (1.0 - q * q) * (1.0 - 5.0 * q * q) : 0.0;
        f->rss += w[i] * r * r;
        f->outliers += w[i] < 0.1;
    }
    slope /= (double)n;
    if (!(slope > 0.05) || !invert(p, M, f->V)) return false;
    /* Correlated scatter hides in the terms, stretch times as much in each as they would take of white noise, and is
     * missed among the residuals. */
    const double stretch = f->stretch = serial(n, p, X, y, f->x, w), kept = (double)(n - f->outliers), P = (double)p;
    const double left = fmax(1.0 - P * stretch / kept, 0.3);
    f->n_eff = fmax(kept / stretch, P + 1.0);
    f->dof = fmax(f->n_eff - P, kept > P + 2.0 ? 2.0 : 1.0);
    f->t_over_z = vti_t_over_z(level, f->dof);
    const double share = stretch > 1.0 ? (1.0 - P / kept) / fmin(left, 1.0 - P / kept) : 1.0;
    const double variance = psi2 / (double)(n - p) / (slope * slope) * stretch * share;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++) f->V[j][k] *= variance;
    return true;
}

vt_status vti_terms(size_t n, size_t p, const double *X, const double *y, double level, double *w, vti_terms_fit *out,
                    vt_error *err)
{
    vti_terms_fit f = {0};
    if (n <= p) return vt_fail(err, VT_EDOF, "%zu points for %zu terms; %zu are needed", n, p, p + 1);
    for (size_t i = 0; i < n; i++) w[i] = 1.0;
    bool good = weighted(n, p, X, y, w, f.x);
    double *sorted = w; /* weights are made anew after every scale */
    if (good) {
        const double s = scale_of(n, p, X, y, f.x, sorted);
        good = iterate(n, p, X, y, s, true, w, f.x);
    }
    for (int k = 0; k < 3 && good; k++) {
        f.s = scale_of(n, p, X, y, f.x, sorted);
        good = iterate(n, p, X, y, f.s, false, w, f.x);
    }
    if (good) good = covariance(n, p, X, y, level, w, &f);
    if (!good)
        return vt_fail(err, VT_EILLCOND, "%zu points do not tell the %zu terms apart: they lie too near to each other",
                       n, p);
    *out = f;
    return VT_OK;
}
