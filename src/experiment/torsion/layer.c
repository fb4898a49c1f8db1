/* The published estimators of a soft layer, what they give where there is none, and the composite. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/torsion_law.h>

static vt_status positive(double a, double b, double c, double d, const double *out, vt_error *err)
{
    if (!out) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(a > 0.0) || !(b > 0.0) || !(c > 0.0) || !(d > 0.0) || isinf(a + b + c + d))
        return vt_fail(err, VT_EDOMAIN, "arguments %g, %g, %g and %g must all be > 0 and finite", a, b, c, d);
    return VT_OK;
}

vt_status vt_torsion_layer_slope(double R, double L, double b1, double G_i, double *SR, vt_error *err)
{
    const vt_status st = positive(R, L, b1, G_i, SR, err);
    if (st != VT_OK) return st;
    const double whole = 0.5 * VT_PI * G_i * pow(R, 4.0) / L;
    if (!(b1 < whole))
        return vt_fail(err, VT_ESTIFFENING,
                       "after yield the record rises by %.4g N m/rad, a whole wire of the core's modulus by %.4g: a "
                       "layer would have a thickness below 0",
                       b1, whole);
    *SR = R - pow(2.0 * L * b1 / (VT_PI * G_i), 0.25);
    return VT_OK;
}

vt_status vt_torsion_layer_ratio(double R, double b0, double b1, double *SR, vt_error *err)
{
    const vt_status st = positive(R, b0, b1, 1.0, SR, err);
    if (st != VT_OK) return st;
    if (!(b1 < b0))
        return vt_fail(err, VT_ESTIFFENING,
                       "after yield the record rises by %.4g N m/rad, before it by %.4g: it stiffens", b1, b0);
    *SR = R * (1.0 - pow(b1 / b0, 0.25));
    return VT_OK;
}

vt_status vt_torsion_layer_intercept(double R, double a1, double T_y, double *SR, vt_error *err)
{
    const vt_status st = positive(R, T_y, 1.0, 1.0, SR, err);
    if (st != VT_OK) return st;
    if (!(a1 >= 0.0) || !(3.0 * a1 <= 4.0 * T_y))
        return vt_fail(err, VT_EDOMAIN,
                       "intercept %.4g N m must lie between 0 and 4/3 of the torque at yield, %.4g N m", a1,
                       4.0 / 3.0 * T_y);
    *SR = R * (1.0 - cbrt(1.0 - 0.75 * a1 / T_y));
    return VT_OK;
}

vt_status vt_torsion_layer_null(double R, double phi_y, double phi, double *SR, vt_error *err)
{
    const vt_status st = positive(R, phi_y, phi, 1.0, SR, err);
    if (st != VT_OK) return st;
    if (!(phi >= phi_y)) return vt_fail(err, VT_EDOMAIN, "angle %g rad is before yield, %g rad", phi, phi_y);
    *SR = R * (1.0 - phi_y / phi);
    return VT_OK;
}

static double layer_modulus(double G_app, double G_i, double R, double SR)
{
    const double d = SR / R, y = d * (4.0 - d * (6.0 - d * (4.0 - d))); /* 1 - x^4 */
    return G_i + (G_app - G_i) / y;
}

vt_status vt_torsion_composite(double G_app, double G_i, double R, double SR, double *G_s, vt_error *err)
{
    const vt_status st = positive(G_app, G_i, R, SR, G_s, err);
    if (st != VT_OK) return st;
    if (!(SR < R)) return vt_fail(err, VT_EDOMAIN, "layer of %g um on a radius of %g um", 1e6 * SR, 1e6 * R);
    const double g = layer_modulus(G_app, G_i, R, SR);
    if (!(g >= 0.0))
        return vt_fail(err, VT_EUNPHYSICAL,
                       "a wire of %.3g GPa with a core of %.3g GPa and a layer of %.3g um on R = %.3g um needs a layer "
                       "modulus of %.3g GPa; a layer without stiffness would leave %.3g GPa. Look at the core's "
                       "modulus, the diameter, the gauge length and the compliance of the machine",
                       1e-9 * G_app, 1e-9 * G_i, 1e6 * SR, 1e6 * R, 1e-9 * g, 1e-9 * G_i * pow(1.0 - SR / R, 4.0));
    *G_s = g;
    return VT_OK;
}

vt_status vt_torsion_composite_range(double G_app, double G_i, double R, const double SR[2], double G_s[2],
                                     vt_error *err)
{
    if (!SR || !G_s) return vt_fail(err, VT_EARG, "thicknesses or result is NULL");
    const vt_status st = positive(G_app, G_i, R, SR[0], G_s, err);
    if (st != VT_OK) return st;
    if (!(SR[1] >= SR[0]) || !(SR[1] < R))
        return vt_fail(err, VT_EDOMAIN, "layer of %g to %g um on a radius of %g um", 1e6 * SR[0], 1e6 * SR[1], 1e6 * R);
    const double thin = layer_modulus(G_app, G_i, R, SR[0]), thick = layer_modulus(G_app, G_i, R, SR[1]);
    const double low = fmin(thin, thick), high = fmax(thin, thick);
    if (!(high >= 0.0))
        return vt_fail(
            err, VT_EUNPHYSICAL,
            "a wire of %.3g GPa with a core of %.3g GPa needs layer moduli of %.3g to %.3g GPa for layers of "
            "%.3g to %.3g um on R = %.3g um; layers without stiffness would leave %.3g to %.3g GPa. Look at "
            "the core's modulus, the diameter, the gauge length and the compliance of the machine",
            1e-9 * G_app, 1e-9 * G_i, 1e-9 * low, 1e-9 * high, 1e6 * SR[0], 1e6 * SR[1], 1e6 * R,
            1e-9 * G_i * pow(1.0 - SR[0] / R, 4.0), 1e-9 * G_i * pow(1.0 - SR[1] / R, 4.0));
    G_s[0] = low;
    G_s[1] = high;
    return VT_OK;
}
