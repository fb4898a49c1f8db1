/* Geometry factor epsilon(m) of the unloading exponent. */
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/contact.h>

vt_status vt_contact_epsilon(double m, double *epsilon, double *slope, vt_error *err)
{
    if (!epsilon) return vt_fail(err, VT_EARG, "epsilon is NULL");
    /* Above 10 no contact unloads like that, and just above 1 the arguments of Gamma overflow: 1e-6 is kept off. */
    if (!(m >= 1.0 + 1e-6 && m <= 10.0))
        return vt_fail(err, VT_EDOMAIN, "unloading exponent m = %g is not above 1 and up to 10", m);
    const double d = m - 1.0, a = m / (2.0 * d), b = 1.0 / (2.0 * d); /* a = b + 1/2 */
    const double g = exp(gsl_sf_lngamma(a) - gsl_sf_lngamma(b)) / sqrt(VT_PI);
    *epsilon = m * (1.0 - 2.0 * d * g);
    /* da/dm = db/dm = -1/(2 d^2). */
    if (slope) *slope = 1.0 - 2.0 * d * g - m * (2.0 * g - g / d * (gsl_sf_psi(a) - gsl_sf_psi(b)));
    return VT_OK;
}
