/* Critical diameter, capillary pressure, wall stress, and the inversions of the two length laws. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>

vt_status vt_critical_diameter(double prefactor, double Omega, double T, double eta, double mobility, double *d_c,
                               vt_error *err)
{
    if (!d_c) return vt_fail(err, VT_EARG, "d_c is NULL");
    if (!(prefactor > 0.0) || !(Omega > 0.0))
        return vt_fail(err, VT_EARG, "prefactor = %g and Omega = %g m^3 must be > 0", prefactor, Omega);
    if (!(T > 0.0) || !(eta > 0.0) || !(mobility > 0.0))
        return vt_fail(err, VT_EDOMAIN, "T = %g K, eta = %g Pa s and mobility = %g m^3/s must be > 0", T, eta,
                       mobility);
    *d_c = cbrt(8.0 * prefactor * Omega * mobility * eta / (VT_BOLTZMANN * T));
    return VT_OK;
}

vt_status vt_crossing_diameter(double a, double b, double *d_c, vt_error *err)
{
    if (!d_c) return vt_fail(err, VT_EARG, "d_c is NULL");
    if (!(a > 0.0) || !(b > 0.0)) return vt_fail(err, VT_EARG, "a = %g and b = %g m^3 must be > 0", a, b);
    *d_c = cbrt(b / a);
    return VT_OK;
}

vt_status vt_critical_product(double prefactor, double Omega, double T, double d_c, double *product, vt_error *err)
{
    if (!product) return vt_fail(err, VT_EARG, "product is NULL");
    if (!(prefactor > 0.0) || !(Omega > 0.0) || !(T > 0.0) || !(d_c > 0.0))
        return vt_fail(err, VT_EARG, "prefactor = %g, Omega = %g m^3, T = %g K and d_c = %g m must be > 0", prefactor,
                       Omega, T, d_c);
    *product = d_c * d_c * d_c * VT_BOLTZMANN * T / (8.0 * prefactor * Omega);
    return VT_OK;
}

vt_status vt_capillary_pressure(double gamma, double theta, size_t n, const double *d, double *p_c, vt_error *err)
{
    if (!(gamma > 0.0) || !(theta >= 0.0 && theta <= VT_PI))
        return vt_fail(err, VT_EARG, "surface tension %g N/m must be > 0, contact angle %g rad in [0, pi]", gamma,
                       theta);
    if (n > 0 && (!d || !p_c)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(d[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "diameter d[%zu] = %g m is not > 0", i, d[i]);
    for (size_t i = 0; i < n; i++) p_c[i] = 4.0 * gamma * cos(theta) / d[i];
    return VT_OK;
}

vt_status vt_molding_wall_stress(double p, double d, double L, double *tau_w, vt_error *err)
{
    if (!tau_w) return vt_fail(err, VT_EARG, "tau_w is NULL");
    if (!(p > 0.0) || !(d > 0.0) || !(L > 0.0))
        return vt_fail(err, VT_EARG, "p = %g Pa, d = %g m and L = %g m must be > 0", p, d, L);
    *tau_w = p * d / (4.0 * L);
    return VT_OK;
}

vt_status vt_molding_viscosity(double prefactor, double impulse, double d, double L, double *eta, vt_error *err)
{
    if (!eta) return vt_fail(err, VT_EARG, "eta is NULL");
    if (!(prefactor > 0.0) || !(impulse > 0.0) || !(d > 0.0) || !(L > 0.0))
        return vt_fail(err, VT_EARG, "prefactor = %g, impulse = %g Pa s, d = %g m and L = %g m must be > 0", prefactor,
                       impulse, d, L);
    *eta = impulse / prefactor * (d / L) * (d / L);
    return VT_OK;
}

vt_status vt_molding_mobility(double Omega, double T, double impulse, double d, double L, double *mobility,
                              vt_error *err)
{
    if (!mobility) return vt_fail(err, VT_EARG, "mobility is NULL");
    if (!(Omega > 0.0) || !(T > 0.0) || !(impulse > 0.0) || !(d > 0.0) || !(L > 0.0))
        return vt_fail(err, VT_EARG, "Omega = %g m^3, T = %g K, impulse = %g Pa s, d = %g m and L = %g m must be > 0",
                       Omega, T, impulse, d, L);
    *mobility = L * L * d * VT_BOLTZMANN * T / (8.0 * Omega * impulse);
    return VT_OK;
}
