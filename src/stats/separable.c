#include "separable_internal.h"
#include <math.h>

static double dot(size_t n, const double *a, const double *b)
{
    double s = 0.0;
    for (size_t i = 0; i < n; i++) s += a[i] * b[i];
    return s;
}

/* a -= f b */
static void subtract(size_t n, double f, const double *b, double *a)
{
    for (size_t i = 0; i < n; i++) a[i] -= f * b[i];
}

/* Modified Gram-Schmidt of the q rows of phi in place, R upper triangular. false: a row lies in the span of the ones
 * before. */
static bool orthonormalise(size_t n, size_t q, double *phi, double R[][VTI_SEPARABLE_LINEAR])
{
    for (size_t k = 0; k < q; k++) {
        double *v = phi + k * n;
        const double before = dot(n, v, v);
        for (size_t l = 0; l < k; l++) {
            R[l][k] = dot(n, phi + l * n, v);
            subtract(n, R[l][k], phi + l * n, v);
        }
        const double after = dot(n, v, v);
        if (!(after > 1e-24 * before)) return false; /* sine of the angle below 1e-12 */
        R[k][k] = sqrt(after);
        const double inverse = 1.0 / R[k][k];
        for (size_t i = 0; i < n; i++) v[i] *= inverse;
    }
    return true;
}

/* Residuals of the best linear parameters into r; b: the data in the orthonormal basis. */
static void project(const vti_separable *s, const double *phi, double *b, double *r)
{
    for (size_t i = 0; i < s->n; i++) r[i] = s->y[i];
    for (size_t k = 0; k < s->q; k++) {
        b[k] = dot(s->n, phi + k * s->n, r);
        subtract(s->n, b[k], phi + k * s->n, r);
    }
}

/* chi2 alone, for comparisons: half the work. Not finite where the columns are dependent. */
static double chi2_at(const vti_separable *s, double theta)
{
    double *phi = s->work, *r = phi + 2 * s->q * s->n;
    double R[VTI_SEPARABLE_LINEAR][VTI_SEPARABLE_LINEAR], b[VTI_SEPARABLE_LINEAR];
    s->basis(theta, phi, NULL, s->ctx);
    if (!orthonormalise(s->n, s->q, phi, R)) return INFINITY;
    project(s, phi, b, r);
    return dot(s->n, r, r);
}

bool vti_separable_at(const vti_separable *s, double theta, vti_separable_fit *fit)
{
    const size_t n = s->n, q = s->q;
    double *phi = s->work, *dphi = phi + q * n, *r = dphi + q * n;
    double R[VTI_SEPARABLE_LINEAR][VTI_SEPARABLE_LINEAR], b[VTI_SEPARABLE_LINEAR];
    s->basis(theta, phi, dphi, s->ctx);
    if (!orthonormalise(n, q, phi, R)) return false;
    project(s, phi, b, r);
    for (size_t k = q; k-- > 0;) {
        for (size_t l = k + 1; l < q; l++) b[k] -= R[k][l] * fit->c[l];
        fit->c[k] = b[k] / R[k][k];
    }
    /* d = sum c_k dphi_k, into the first derivative row; r is orthogonal to the basis, so d chi2 = -2 r . d exactly. */
    double *d = dphi;
    for (size_t i = 0; i < n; i++) d[i] *= fit->c[0];
    for (size_t k = 1; k < q; k++) subtract(n, -fit->c[k], dphi + k * n, d);
    const double g = dot(n, r, d);
    for (size_t k = 0; k < q; k++) subtract(n, dot(n, phi + k * n, d), phi + k * n, d);
    const double curvature = dot(n, d, d);
    fit->theta = theta;
    fit->chi2 = dot(n, r, r);
    fit->slope = -2.0 * g;
    fit->step = curvature > 0.0 ? g / curvature : 0.0;
    fit->bound = false;
    return isfinite(fit->chi2) && isfinite(fit->step);
}

/* Root of the slope between lo and hi, from the point *fit inside. */
static void refine(const vti_separable *s, double lo, double hi, vti_separable_fit *fit)
{
    const double span = hi - lo;
    for (int k = 0; k < 80; k++) {
        if (fit->slope > 0.0)
            hi = fit->theta;
        else
            lo = fit->theta;
        double next = fit->theta + fit->step;
        if (!(next > lo && next < hi)) next = 0.5 * (lo + hi);
        const double moved = fabs(next - fit->theta);
        vti_separable_fit trial;
        if (!vti_separable_at(s, next, &trial)) return;
        *fit = trial;
        if (moved <= 1e-11 * span || hi - lo <= 1e-13 * (fabs(lo) + fabs(hi))) return;
    }
}

bool vti_separable_minimum(const vti_separable *s, size_t grid_n, const double *grid, vti_separable_fit *fit)
{
    size_t best = grid_n;
    double lowest = INFINITY;
    for (size_t i = 0; i < grid_n; i++) {
        const double chi2 = chi2_at(s, grid[i]);
        if (!(chi2 < lowest)) continue;
        lowest = chi2;
        best = i;
    }
    if (best == grid_n || !vti_separable_at(s, grid[best], fit)) return false;
    fit->bound = (best == 0 && fit->slope >= 0.0) || (best + 1 == grid_n && fit->slope <= 0.0);
    if (fit->bound) return true;
    refine(s, grid[best > 0 ? best - 1 : 0], grid[best + 1 < grid_n ? best + 1 : best], fit);
    return true;
}
