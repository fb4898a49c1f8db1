/* Sections: circle, ellipse, a diameter that varies along the gauge; surface strain. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/torsion_law.h>

vt_status vt_torsion_circle(double D, vt_torsion_section *out, vt_error *err)
{
    if (!out) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(D > 0.0) || isinf(D)) return vt_fail(err, VT_EDOMAIN, "diameter %g m must be > 0", D);
    *out = (vt_torsion_section){.J = VT_PI * pow(D, 4.0) / 32.0, .stress = 16.0 / (VT_PI * D * D * D)};
    return VT_OK;
}

vt_status vt_torsion_ellipse(double a, double b, vt_torsion_section *out, vt_error *err)
{
    if (!out) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(b > 0.0) || !(a >= b) || isinf(a))
        return vt_fail(err, VT_EDOMAIN, "semi-axes a = %g m and b = %g m: need a >= b > 0", a, b);
    *out = (vt_torsion_section){.J = VT_PI * pow(a * b, 3.0) / (a * a + b * b), .stress = 2.0 / (VT_PI * a * b * b)};
    return VT_OK;
}

vt_status vt_torsion_effective_diameter(size_t n, const double *D, double *D_eff, vt_error *err)
{
    if (n == 0 || !D || !D_eff) return vt_fail(err, VT_EARG, "diameters or result is NULL, or there are none");
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!(D[i] > 0.0) || isinf(D[i])) return vt_fail(err, VT_EDOMAIN, "diameter[%zu] = %g m must be > 0", i, D[i]);
        sum += pow(D[i] / D[0], -4.0);
    }
    *D_eff = D[0] * pow((double)n / sum, 0.25);
    return VT_OK;
}

vt_status vt_torsion_strain(double D, double L, double phi, double *gamma, vt_error *err)
{
    if (!gamma) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(D > 0.0) || !(L > 0.0) || isinf(D + L) || !isfinite(phi))
        return vt_fail(err, VT_EDOMAIN, "D = %g m and L = %g m must be > 0, phi = %g rad finite", D, L, phi);
    const double g = 0.5 * D * phi / L;
    if (!(fabs(g) <= 0.5))
        return vt_fail(err, VT_EUNITS,
                       "phi = %g rad over %g mm makes a surface strain of %.3g, above 0.5: is the angle in degrees? "
                       "(%.4g with degrees)",
                       phi, 1e3 * L, g, g * VT_PI / 180.0);
    *gamma = g;
    return VT_OK;
}
