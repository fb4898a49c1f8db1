/* Geometry of a tilted fracture, and the length of a vector known with normal errors (P32). */
#include "experiment/fracture/law_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/constants.h>

vt_status vt_fracture_from_axis(double angle, double *theta, vt_error *err)
{
    if (!theta) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(angle >= 0.0 && angle <= 0.5 * VT_PI))
        return vt_fail(err, VT_EDOMAIN, "an angle of %g degrees against the axis is not between 0 and 90",
                       angle * 180.0 / VT_PI);
    *theta = 0.5 * VT_PI - angle;
    return VT_OK;
}

double vt_fracture_apparent(double theta, double azimuth_plane, double azimuth_view)
{
    return atan(tan(theta) * sin(azimuth_plane - azimuth_view));
}

vt_status vti_fracture_check(const vt_fracture_views *v, double level, const void *out, vt_error *err)
{
    if (!v || !out || !v->apparent || !v->u || v->n > VT_FRACTURE_VIEWS || !(level > 0.0 && level < 1.0))
        return vt_fail(err, VT_EARG, "views or result is NULL, more than %d views, or level %g not between 0 and 1",
                       VT_FRACTURE_VIEWS, level);
    if (v->azimuth && !(v->azimuth_u >= 0.0)) return vt_fail(err, VT_EARG, "azimuth_u = %g is not >= 0", v->azimuth_u);
    if (v->n == 0) return vt_fail(err, VT_EDOF, "no view");
    for (size_t i = 0; i < v->n; i++) {
        if (!(fabs(v->apparent[i]) < 0.5 * VT_PI) || !(v->u[i] > 0.0) || !(v->u[i] < 1.0))
            return vt_fail(err, VT_EDOMAIN,
                           "view %zu: apparent angle %g rad must lie between -pi/2 and pi/2, its "
                           "uncertainty %g rad between 0 and 1",
                           i, v->apparent[i], v->u[i]);
        if (v->azimuth && !isfinite(v->azimuth[i]))
            return vt_fail(err, VT_EDOMAIN, "view %zu: the azimuth is not finite", i);
    }
    return VT_OK;
}

double vti_fracture_bisect(double high, double target, double (*f)(double x, const void *ctx), const void *ctx)
{
    double low = 0.0;
    if (f(0.0, ctx) <= target) return 0.0;
    if (f(high, ctx) > target) return high;
    for (int k = 0; k < 60 && high - low > 1e-13 * high; k++) {
        const double mid = 0.5 * (low + high);
        if (f(mid, ctx) > target)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}

/* Simpson's rule along the wide axis of the distribution, through what of the disk it reaches. */
double vti_normal_in_disk(double r, const double m[2], const double V[3])
{
    enum { STEPS = 200 };
    const double turn = 0.5 * atan2(2.0 * V[1], V[0] - V[2]), c = cos(turn), s = sin(turn);
    const double s1 = sqrt(fmax(c * c * V[0] + 2.0 * c * s * V[1] + s * s * V[2], 1e-300));
    const double s2 = sqrt(fmax(s * s * V[0] - 2.0 * c * s * V[1] + c * c * V[2], 1e-300));
    const double m1 = c * m[0] + s * m[1], m2 = c * m[1] - s * m[0];
    const double a = fmax(-r, m1 - 9.0 * s1), b = fmin(r, m1 + 9.0 * s1);
    if (!(b > a)) return 0.0;
    double sum = 0.0;
    for (int k = 0; k <= STEPS; k++) {
        /* x = centre + half-width sin t: the ends of the disk, where its height has a root, are smooth in t */
        const double t = VT_PI * ((double)k / STEPS - 0.5), x = 0.5 * (a + b) + 0.5 * (b - a) * sin(t);
        const double y = sqrt(fmax(0.0, r * r - x * x)), z = (x - m1) / s1;
        const double in = gsl_cdf_ugaussian_P((y - m2) / s2) - gsl_cdf_ugaussian_P((-y - m2) / s2);
        const double weight = k == 0 || k == STEPS ? 1.0 : k % 2 ? 4.0 : 2.0;
        sum += weight * exp(-0.5 * z * z) * in * cos(t);
    }
    return sum * 0.5 * (b - a) * VT_PI / STEPS / 3.0 / (s1 * sqrt(2.0 * VT_PI));
}

struct vector {
    double r, direction[2];
    const double *V;
};

static double inside(double length, const void *ctx)
{
    const struct vector *v = ctx;
    const double m[2] = {length * v->direction[0], length * v->direction[1]};
    return vti_normal_in_disk(v->r, m, v->V);
}

vt_status vt_normal_length(const double x[2], const double V[3], double level, double out[3], vt_error *err)
{
    if (!x || !V || !out || !(level > 0.0 && level < 1.0))
        return vt_fail(err, VT_EARG, "vector, covariance or result is NULL, or level %g is not between 0 and 1", level);
    if (!isfinite(x[0] + x[1]) || !(V[0] > 0.0) || !(V[0] * V[2] - V[1] * V[1] > 0.0))
        return vt_fail(err, VT_EDOMAIN, "the vector is not finite or its covariance not positive definite");
    const double r = hypot(x[0], x[1]), wide = sqrt(V[0] + V[2]);
    const struct vector v = {.r = r, .direction = {r > 0.0 ? x[0] / r : 1.0, r > 0.0 ? x[1] / r : 0.0}, .V = V};
    const double at[3] = {0.5, 0.5 + 0.5 * level, 0.5 - 0.5 * level};
    for (int k = 0; k < 3; k++) out[k] = vti_fracture_bisect(r + 9.0 * wide, at[k], inside, &v);
    const double least = 0.5 * (V[0] + V[2]) - sqrt(0.25 * (V[0] - V[2]) * (V[0] - V[2]) + V[1] * V[1]);
    out[2] = fmax(out[2], out[1] + sqrt(fmax(least, 0.0)));
    return VT_OK;
}
