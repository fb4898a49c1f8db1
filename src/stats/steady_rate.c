/* Constancy of a rate: two halves and a quadratic term. */
#include "line_internal.h"
#include <vitrum/steady.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Coefficient of the quadratic orthogonal to constant and slope, its uncertainty for independent errors, and the lag-1
 * autocorrelation of the residuals. */
typedef struct quadratic {
    double c, u, r1;
} quadratic;

/* Orthogonal polynomials on the points: P1 = t - tm, P2 = P1^2 - (S3/S2) P1 - S2/n. */
static quadratic fit_quadratic(size_t n, const double *t, const double *y)
{
    const vti_moments m = vti_line_moments(n, t, y, NULL);
    double S3 = 0.0, num = 0.0, den = 0.0, rss = 0.0, c1 = 0.0, before = 0.0;
    for (size_t i = 0; i < n; i++) S3 += pow(t[i] - m.xm, 3.0);
    const double skew = S3 / m.sxx, mean2 = m.sxx / (double)n, slope = m.sxy / m.sxx;
    for (size_t i = 0; i < n; i++) {
        const double p1 = t[i] - m.xm, p2 = p1 * p1 - skew * p1 - mean2;
        num += p2 * (y[i] - m.ym);
        den += p2 * p2;
    }
    quadratic q = {.c = num / den};
    for (size_t i = 0; i < n; i++) {
        const double p1 = t[i] - m.xm, p2 = p1 * p1 - skew * p1 - mean2;
        const double e = y[i] - m.ym - slope * p1 - q.c * p2;
        rss += e * e;
        if (i > 0) c1 += e * before;
        before = e;
    }
    q.u = sqrt(rss / (double)(n - 3) / den);
    q.r1 = rss > 0.0 ? c1 / rss : 0.0;
    return q;
}

static double two_sided_p(double difference, double u, double dof)
{
    if (!(u > 0.0)) return difference == 0.0 ? 1.0 : 0.0;
    return 2.0 * gsl_cdf_tdist_Q(fabs(difference) / u, dof);
}

/* Uncertainty and p-value with the autocorrelation of the residuals. */
static void judge(size_t n, quadratic *q, double *p)
{
    const double N = (double)n, r = fmin(0.95, fmax(0.0, q->r1 + (1.0 + 3.0 * q->r1) / N));
    const double n_eff = N * (1.0 - r) / (1.0 + r);
    q->u *= sqrt((1.0 + r) / (1.0 - r));
    *p = two_sided_p(q->c, q->u, fmax(n_eff - 3.0, 1.0));
}

vt_status vt_steady_curvature(size_t n, const double *t, const double *y, double *c, double *u, double *p,
                              vt_error *err)
{
    if (!c || !u || !p) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    const vt_status st = vti_line_check(n, 16, t, y, err);
    if (st != VT_OK) return st;
    if (!(vti_line_moments(n, t, y, NULL).sxx > 0.0)) return vt_fail(err, VT_EDOF, "all times are equal");
    quadratic q = fit_quadratic(n, t, y);
    judge(n, &q, p);
    *c = q.c;
    *u = q.u;
    return VT_OK;
}

vt_status vt_steady_rate(size_t n, const double *t, const double *y, vt_steady_constancy *out, vt_error *err)
{
    vt_steady_constancy c = {0};
    const size_t half = n / 2;
    if (!out) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    vt_status st = vti_line_check(n, 16, t, y, err);
    if (st == VT_OK) st = vt_serial_slope_fit(half, t, y, 0.95, &c.first, err);
    if (st == VT_OK) st = vt_serial_slope_fit(n - half, t + half, y + half, 0.95, &c.second, err);
    if (st != VT_OK) return st;
    const double va = c.first.u_slope * c.first.u_slope, vb = c.second.u_slope * c.second.u_slope;
    const double gap = c.first.slope - c.second.slope, size = 0.5 * (fabs(c.first.slope) + fabs(c.second.slope));
    const double dof = va + vb > 0.0 ? (va + vb) * (va + vb) / (va * va / c.first.dof + vb * vb / c.second.dof) : 1.0;
    c.p_slopes = two_sided_p(gap, sqrt(va + vb), dof);
    c.difference = gap == 0.0 ? 0.0 : fabs(gap) / size;
    c.slopes_agree = c.p_slopes > 0.05 && c.difference < 0.1;
    quadratic q = fit_quadratic(n, t, y);
    judge(n, &q, &c.p_curvature);
    c.curvature = q.c;
    c.u_curvature = q.u;
    c.straight = c.p_curvature > 0.05;
    *out = c;
    return VT_OK;
}
