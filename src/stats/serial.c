#include "line_internal.h"
#include <vitrum/serial.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Lag-1 autocorrelation of the residuals of line l. */
static double residual_r1(size_t n, const double *x, const double *y, const vt_line *l)
{
    double before = 0.0, c0 = 0.0, c1 = 0.0; /* residuals of least squares have mean 0 */
    for (size_t i = 0; i < n; i++) {
        const double e = y[i] - l->intercept - l->slope * x[i];
        c0 += e * e;
        if (i > 0) c1 += e * before;
        before = e;
    }
    return c0 > 0.0 ? c1 / c0 : 0.0;
}

/* Least squares through the means of b blocks of nearly equal length. Any b <= n. */
static void block_means(size_t n, const double *x, const double *y, size_t b, vt_serial_slope *s)
{
    double X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0, rss = 0.0;
    for (int pass = 0; pass < 3; pass++) /* means, moments, residuals: the block means are not stored */
        for (size_t k = 0; k < b; k++) {
            const size_t from = k * n / b, to = (k + 1) * n / b;
            double bx = 0.0, by = 0.0;
            for (size_t i = from; i < to; i++) {
                bx += x[i] / (double)(to - from);
                by += y[i] / (double)(to - from);
            }
            const double dx = bx - X, dy = by - Y, r = dy - s->slope * dx;
            if (pass == 1) sxx += dx * dx, sxy += dx * dy;
            if (pass == 2) rss += r * r;
            if (pass == 0) X += (bx - X) / (double)(k + 1), Y += (by - Y) / (double)(k + 1);
            if (pass == 1 && k + 1 == b) s->slope = sxy / sxx;
        }
    s->blocks = b;
    s->dof = (double)b - 2.0;
    s->u_slope = sqrt(rss / s->dof / sxx);
}

vt_status vt_serial_slope_fit(size_t n, const double *x, const double *y, double level, vt_serial_slope *out,
                              vt_error *err)
{
    vt_serial_slope s = {0};
    if (!out) return vt_fail(err, VT_EARG, "no place for the slope (NULL)");
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    vt_status st = vti_line_check(n, 8, x, y, err);
    if (st == VT_OK) st = vt_line_ordinary(n, x, y, &s.ordinary, err);
    if (st != VT_OK) return st;
    s.r1 = residual_r1(n, x, y, &s.ordinary);
    s.r = fmin(0.95, fmax(0.0, s.r1 + (1.0 + 3.0 * s.r1) / (double)n));
    s.n_eff = (double)n * (1.0 - s.r) / (1.0 + s.r);
    if (!(s.n_eff >= 8.0))
        return vt_fail(err, VT_EDOF,
                       "%zu points with autocorrelation %.3f are worth %.1f independent ones: need 8; record longer", n,
                       s.r, s.n_eff);
    s.slope = s.ordinary.slope;
    s.u_slope = s.ordinary.u_slope * sqrt((1.0 + s.r) / (1.0 - s.r));
    s.dof = s.n_eff - 2.0;
    if (s.r > 0.9) block_means(n, x, y, s.n_eff > 16.0 ? (size_t)(0.5 * s.n_eff) : 8, &s);
    if (!isfinite(s.u_slope)) return vt_fail(err, VT_EDOF, "the block means of x are all equal");
    const double t = gsl_cdf_tdist_Qinv(0.5 * (1.0 - level), s.dof);
    s.low = s.slope - t * s.u_slope;
    s.high = s.slope + t * s.u_slope;
    *out = s;
    return VT_OK;
}

static double autocorrelation(size_t n, const double *v, size_t stride)
{
    double mean = 0.0, c0 = 0.0, c1 = 0.0;
    const size_t m = (n - 1) / stride + 1;
    for (size_t i = 0; i < m; i++) mean += v[i * stride] / (double)m;
    for (size_t i = 0; i < m; i++) {
        const double d = v[i * stride] - mean;
        c0 += d * d;
        if (i > 0) c1 += d * (v[(i - 1) * stride] - mean);
    }
    return c0 > 0.0 ? c1 / c0 : 0.0;
}

vt_status vt_serial_autocorrelation(size_t n, const double *v, double *r1, vt_error *err)
{
    const vt_status st = vti_line_check(n, 3, v, v, err);
    if (st != VT_OK) return st;
    if (!r1) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    *r1 = autocorrelation(n, v, 1);
    return VT_OK;
}

vt_status vt_serial_stride(size_t n, const double *v, double limit, size_t *stride, vt_error *err)
{
    const vt_status st = vti_line_check(n, 10, v, v, err);
    if (st != VT_OK) return st;
    if (!stride || !(limit > 0.0))
        return vt_fail(err, VT_EARG, "limit = %g must be > 0 and the result not NULL", limit);
    for (size_t k = 1; k <= n / 10; k++)
        if (fabs(autocorrelation(n, v, k)) < limit) {
            *stride = k;
            return VT_OK;
        }
    return vt_fail(err, VT_EDOF, "%zu values stay correlated (|r1| >= %g) down to ten of them: record longer", n,
                   limit);
}

vt_status vt_serial_newey_west(size_t n, const double *x, const double *y, double *u_slope, vt_error *err)
{
    vt_line l;
    if (!u_slope) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    const vt_status st = vt_line_ordinary(n, x, y, &l, err);
    if (st != VT_OK) return st;
    const vti_moments m = vti_line_moments(n, x, y, NULL);
    const size_t lag = (size_t)(4.0 * pow((double)n / 100.0, 2.0 / 9.0));
    double S = 0.0;
    for (size_t k = 0; k <= lag && k < n; k++) {
        double c = 0.0;
        for (size_t i = k; i < n; i++) {
            const double a = (x[i] - m.xm) * (y[i] - l.intercept - l.slope * x[i]);
            const double b = (x[i - k] - m.xm) * (y[i - k] - l.intercept - l.slope * x[i - k]);
            c += a * b;
        }
        S += (k == 0 ? 1.0 : 2.0 * (1.0 - (double)k / ((double)lag + 1.0))) * c;
    }
    *u_slope = sqrt(fmax(S, 0.0) * (double)n / (double)(n - 2)) / m.sxx;
    return VT_OK;
}
