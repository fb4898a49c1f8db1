#include <vitrum/york.h>
#include "york_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

vt_status vti_xy_check(const vt_xy_data *d, vt_error *err)
{
    if (!d || !d->x || !d->y || !d->ux || !d->uy) return vt_fail(err, VT_EARG, "data or a column is NULL");
    for (size_t i = 0; i < d->n; i++) {
        const double r = d->r ? d->r[i] : 0.0;
        if (!isfinite(d->x[i]) || !isfinite(d->y[i]))
            return vt_fail(err, VT_ENAN, "point %zu: x = %g, y = %g must be finite", i, d->x[i], d->y[i]);
        if (!(d->ux[i] >= 0.0) || !(d->uy[i] >= 0.0) || !isfinite(d->ux[i]) || !isfinite(d->uy[i]) ||
            !(d->ux[i] > 0.0 || d->uy[i] > 0.0))
            return vt_fail(err, VT_ERANGE, "point %zu: u(x) = %g, u(y) = %g must be >= 0 and not both 0", i, d->ux[i],
                           d->uy[i]);
        if (!(fabs(r) < 1.0)) return vt_fail(err, VT_ERANGE, "point %zu: correlation %g is not inside (-1, 1)", i, r);
    }
    return VT_OK;
}

/* Weight W_i and adjusted coordinate beta_i of point i for slope b (York 2004, eq. 13), written with variances so that
 * a standard uncertainty may be 0. */
typedef struct point {
    double W, U, V, beta;
} point;

static point at(const vt_xy_data *d, size_t i, double b, double xm, double ym)
{
    const double vx = d->ux[i] * d->ux[i], vy = d->uy[i] * d->uy[i];
    const double c = d->r ? d->r[i] * d->ux[i] * d->uy[i] : 0.0;
    point p = {.W = 1.0 / (vy + b * b * vx - 2.0 * b * c), .U = d->x[i] - xm, .V = d->y[i] - ym};
    p.beta = p.W * (p.U * vy + b * p.V * vx - (b * p.U + p.V) * c);
    return p;
}

static void centroid(const vt_xy_data *d, double b, double *xm, double *ym)
{
    double W = 0.0, sx = 0.0, sy = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        const double w = at(d, i, b, 0.0, 0.0).W;
        W += w;
        sx += w * d->x[i];
        sy += w * d->y[i];
    }
    *xm = sx / W;
    *ym = sy / W;
}

static double next_slope(const vt_xy_data *d, double b)
{
    double xm, ym, num = 0.0, den = 0.0;
    centroid(d, b, &xm, &ym);
    for (size_t i = 0; i < d->n; i++) {
        const point p = at(d, i, b, xm, ym);
        num += p.W * p.beta * p.V;
        den += p.W * p.beta * p.U;
    }
    return num / den;
}

static double ordinary_slope(const vt_xy_data *d)
{
    double xm = 0.0, ym = 0.0, sxx = 0.0, sxy = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        xm += d->x[i];
        ym += d->y[i];
    }
    xm /= (double)d->n;
    ym /= (double)d->n;
    for (size_t i = 0; i < d->n; i++) {
        sxx += (d->x[i] - xm) * (d->x[i] - xm);
        sxy += (d->x[i] - xm) * (d->y[i] - ym);
    }
    return sxx > 0.0 ? sxy / sxx : NAN;
}

/* Standard errors from the adjusted points (eqs. 13c, 13d), chi2. */
static void finish(const vt_xy_data *d, double b, vt_york_fit *f)
{
    double xm, ym, W = 0.0, xa = 0.0, suu = 0.0;
    centroid(d, b, &xm, &ym);
    f->slope = b;
    f->intercept = ym - b * xm;
    f->chi2 = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        const point p = at(d, i, b, xm, ym);
        const double r = d->y[i] - f->intercept - b * d->x[i];
        W += p.W;
        xa += p.W * p.beta; /* x_i adjusted minus xm */
        f->chi2 += p.W * r * r;
    }
    xa /= W;
    for (size_t i = 0; i < d->n; i++) {
        const point p = at(d, i, b, xm, ym);
        suu += p.W * (p.beta - xa) * (p.beta - xa);
    }
    const double var = 1.0 / suu, mean = xm + xa;
    f->u_slope = sqrt(var);
    f->u_intercept = sqrt(1.0 / W + mean * mean * var);
    f->cov = -mean * var;
    f->nu = d->n - 2;
    f->p_value = f->nu > 0 ? gsl_cdf_chisq_Q(f->chi2, (double)f->nu) : -1.0;
}

vt_status vt_york_line(const vt_xy_data *data, vt_york_fit *fit, vt_error *err)
{
    const vt_status st = vti_xy_check(data, err);
    if (st != VT_OK) return st;
    if (!fit) return vt_fail(err, VT_EARG, "no place for the fit (NULL)");
    double b = data->n >= 2 ? ordinary_slope(data) : NAN;
    if (!isfinite(b)) return vt_fail(err, VT_EDOF, "%zu points: a line needs 2 with different x", data->n);
    for (size_t k = 1; k <= 200; k++) {
        const double before = b;
        b = next_slope(data, b);
        if (!isfinite(b)) break;
        if (fabs(b - before) <= 1e-13 * fabs(b) || (b == 0.0 && before == 0.0)) {
            vt_york_fit f = {.iterations = k};
            finish(data, b, &f);
            *fit = f;
            return VT_OK;
        }
    }
    return vt_fail(err, VT_ENOCONV, "the slope of the York line did not settle in 200 iterations (last value %g)", b);
}
