/* Pulling at constant speed. */
#include <math.h>
#include <vitrum/pulling_law.h>

vt_status vt_pulling(double v, double L0, double d0, double d, vt_pulled *out, vt_error *err)
{
    if (!out) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(v > 0.0) || !(L0 > 0.0) || !(d0 > 0.0) || d <= 0.0 || isinf(v + L0 + d0 + d))
        return vt_fail(err, VT_EDOMAIN, "v = %g m/s, L0 = %g m, d0 = %g m and d = %g m must be > 0", v, L0, d0, d);
    if (d > d0)
        return vt_fail(err, VT_ERANGE, "final diameter %.4g nm exceeds the initial one, %.4g nm: pulling thins a wire",
                       1e9 * d, 1e9 * d0);
    const double L = L0 * (d0 / d) * (d0 / d);
    *out = (vt_pulled){v / L0, 2.0 * log(d0 / d), L, v / L, (L - L0) / v};
    return VT_OK;
}

double vt_capillary_time(double eta, double d, double gamma)
{
    return eta > 0.0 && d > 0.0 && gamma > 0.0 ? eta * d / (2.0 * gamma) : (double)NAN;
}
