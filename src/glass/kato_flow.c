/* Kato's law of steady flow, eta/eta_N = 1 - exp(-1/z), z = lambda rate. */
#include "glass/root_internal.h"

#include <math.h>
#include <vitrum/flow.h>

static vt_status check(size_t n, const double *z, const double *out, vt_error *err)
{
    if (n > 0 && (!z || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(z[i] >= 0.0)) return vt_fail(err, VT_EDOMAIN, "z[%zu] = lambda rate = %g is not >= 0", i, z[i]);
    return VT_OK;
}

vt_status vt_kato_ratio(size_t n, const double *z, double *ratio, vt_error *err)
{
    const vt_status st = check(n, z, ratio, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) ratio[i] = -expm1(-1.0 / z[i]);
    return VT_OK;
}

/* m = 1 - u/(e^u - 1), u = 1/z, and dm/du. Below u = 1/2 the difference cancels: Bernoulli series, whose next term is
 * 5e-18. */
static double sensitivity_at(double u, double *slope)
{
    static const double C[7] = {1.0 / 12.0,         -1.0 / 720.0,     1.0 / 30240.0,
                                -1.0 / 1209600.0,   1.0 / 47900160.0, -691.0 / 1307674368000.0,
                                1.0 / 74724249600.0};
    if (u > 700.0) { /* the exact value is 1 - 1e-301 */
        *slope = 0.0;
        return 1.0;
    }
    if (u >= 0.5) {
        const double q = u / expm1(u); /* m = 1 - q */
        *slope = -q * (1.0 / u + 1.0 / expm1(-u));
        return 1.0 - q;
    }
    double sum = 0.0, sum_slope = 0.0;
    for (int k = 6; k >= 0; k--) {
        sum = C[k] + u * u * sum;
        sum_slope = 2.0 * (k + 1) * C[k] + u * u * sum_slope;
    }
    *slope = 0.5 - u * sum_slope;
    return u * (0.5 - u * sum);
}

vt_status vt_kato_sensitivity(size_t n, const double *z, double *m, vt_error *err)
{
    const vt_status st = check(n, z, m, err);
    if (st != VT_OK) return st;
    double slope;
    for (size_t i = 0; i < n; i++) m[i] = sensitivity_at(1.0 / z[i], &slope);
    return VT_OK;
}

vt_status vt_kato_z_at_ratio(double ratio, double *z, vt_error *err)
{
    if (!z) return vt_fail(err, VT_EARG, "z is NULL");
    if (!(ratio > 0.0 && ratio <= 1.0)) return vt_fail(err, VT_EDOMAIN, "eta/eta_N = %g is not in (0, 1]", ratio);
    *z = ratio < 1.0 ? -1.0 / log1p(-ratio) : 0.0;
    return VT_OK;
}

static double sensitivity_equation(double u, const void *context, double *slope)
{
    return sensitivity_at(u, slope) - *(const double *)context;
}

vt_status vt_kato_z_at_sensitivity(double m, double *z, vt_error *err)
{
    double u;
    if (!z) return vt_fail(err, VT_EARG, "z is NULL");
    if (!(m > 0.0 && m < 1.0)) return vt_fail(err, VT_EDOMAIN, "rate sensitivity m = %g is not in (0, 1)", m);
    /* m < u/2 bounds u from below. From above: u < 3 m up to m = 1/2 (there 2.51 m), u/(e^u - 1) <= 2 e^(-u/2) beyond.
     */
    const double hi = m < 0.5 ? 3.0 * m : 1.001 * (2.0 * m) - 2.0 * log((1.0 - m) / 2.0);
    const vt_status st = vti_root(sensitivity_equation, &m, 2.0 * m * (1.0 - 1e-12), hi, &u);
    if (st != VT_OK) return vt_fail(err, st, "no lambda rate found for m = %g", m);
    if (isinf(1.0 / u)) return vt_fail(err, VT_EDOMAIN, "rate sensitivity m = %g is too small to invert", m);
    *z = 1.0 / u;
    return VT_OK;
}
