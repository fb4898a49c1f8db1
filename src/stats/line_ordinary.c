#include "line_internal.h"
#include <math.h>

vt_status vti_line_check(size_t n, size_t n_min, const double *x, const double *y, vt_error *err)
{
    if (n > 0 && (!x || !y)) return vt_fail(err, VT_EARG, "x or y is NULL");
    if (n < n_min) return vt_fail(err, VT_EDOF, "%zu points: need at least %zu", n, n_min);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return vt_fail(err, VT_ENAN, "point %zu: x = %g, y = %g must be finite", i, x[i], y[i]);
    return VT_OK;
}

vti_moments vti_line_moments(size_t n, const double *x, const double *y, const double *w)
{
    vti_moments m = {0};
    for (size_t i = 0; i < n; i++) {
        const double wi = w ? w[i] : 1.0;
        m.W += wi;
        m.xm += wi * x[i];
        m.ym += wi * y[i];
    }
    m.xm /= m.W;
    m.ym /= m.W;
    for (size_t i = 0; i < n; i++) {
        const double wi = w ? w[i] : 1.0, dx = x[i] - m.xm;
        m.sxx += wi * dx * dx;
        m.sxy += wi * dx * (y[i] - m.ym);
    }
    return m;
}

vt_status vt_line_ordinary(size_t n, const double *x, const double *y, vt_line *line, vt_error *err)
{
    const vt_status st = vti_line_check(n, 3, x, y, err);
    if (st != VT_OK) return st;
    if (!line) return vt_fail(err, VT_EARG, "no place for the line (NULL)");
    const vti_moments m = vti_line_moments(n, x, y, NULL);
    if (!(m.sxx > 0.0)) return vt_fail(err, VT_EDOF, "all %zu x are %g: a line needs two different ones", n, x[0]);
    vt_line l = {.slope = m.sxy / m.sxx, .n = n};
    double rss = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double r = y[i] - m.ym - l.slope * (x[i] - m.xm);
        rss += r * r;
    }
    const double s2 = rss / (double)(n - 2), var = s2 / m.sxx;
    l.intercept = m.ym - l.slope * m.xm;
    l.s = sqrt(s2);
    l.u_slope = sqrt(var);
    l.u_intercept = sqrt(s2 / (double)n + m.xm * m.xm * var);
    l.cov = -m.xm * var;
    *line = l;
    return VT_OK;
}
