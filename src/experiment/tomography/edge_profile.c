/* Blurred edges: kernel. */
#include <math.h>
#include <stddef.h>
#include <vitrum/constants.h>
#include <vitrum/edge_profile.h>

static double density(double u)
{
    return exp(-0.5 * u * u) / sqrt(2.0 * VT_PI);
}

static double distribution(double u)
{
    return 0.5 * erfc(-u / sqrt(2.0));
}

double vt_edge_profile_grey(const double *x, double extra, double s, double *d)
{
    const double sigma = x[VT_EDGE_SIGMA], w = x[VT_EDGE_W], step = x[VT_EDGE_STEP], cup = x[VT_EDGE_CUP];
    if (!(sigma > 0.0) || !(w >= 0.0)) return NAN;
    const double a = sqrt(sigma * sigma + extra * extra), b = sqrt(a * a + w * w);
    const double t = s - x[VT_EDGE_S0], u = t / a, v = (t - x[VT_EDGE_SR]) / b;
    const double rise = x[VT_EDGE_RIM] - x[VT_EDGE_AIR], Pu = distribution(u), Pv = distribution(v);
    const double pu = density(u), pv = density(v), pair = exp(0.5 * (1.0 - u * u));
    const double by_u = rise * pu + x[VT_EDGE_FRINGE] * (u * u - 1.0) * pair; /* without the ramp */
    if (d) {
        d[VT_EDGE_AIR] = 1.0 - Pu;
        d[VT_EDGE_RIM] = Pu;
        d[VT_EDGE_S0] = -by_u / a - step * pv / b - cup * Pu;
        d[VT_EDGE_SIGMA] = sigma / a * (-u / a * by_u + cup * pu) - step * pv * v * sigma / (b * b);
        d[VT_EDGE_STEP] = Pv;
        d[VT_EDGE_SR] = -step * pv / b;
        d[VT_EDGE_W] = -step * pv * v * w / (b * b);
        d[VT_EDGE_CUP] = t * Pu + a * pu;
        d[VT_EDGE_FRINGE] = -u * pair;
    }
    return x[VT_EDGE_AIR] + rise * Pu + step * Pv + cup * (t * Pu + a * pu) - x[VT_EDGE_FRINGE] * u * pair;
}

vt_status vt_edge_profile_curvature(double sigma, double R, double *shift, vt_error *err)
{
    if (!shift) return vt_fail(err, VT_EARG, "shift is NULL");
    if (!(sigma > 0.0) || !(R > 0.0) || !(sigma <= 0.5 * R))
        return vt_fail(err, VT_EARG,
                       "blur of %g m and radius of %g m: both must be > 0, the blur at most half the radius", sigma, R);
    *shift = -0.5 * sigma * sigma / R;
    return VT_OK;
}
