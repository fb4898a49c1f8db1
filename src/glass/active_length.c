/* How much of a heated wire flows. */
#include <math.h>
#include <vitrum/joule.h>

vt_status vt_joule_active_fraction(size_t n, const double *ln_eta, double ln_eta_max, double *f, vt_error *err)
{
    if (!ln_eta || !f || n < 2) return vt_fail(err, VT_EARG, "array is NULL or has %zu < 2 nodes", n);
    if (!isfinite(ln_eta_max)) return vt_fail(err, VT_EDOMAIN, "ln eta of the hottest place is %g", ln_eta_max);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(ln_eta[i])) return vt_fail(err, VT_EDOMAIN, "ln eta[%zu] is not a number", i);
        sum += (i == 0 || i == n - 1 ? 0.5 : 1.0) * exp(ln_eta_max - ln_eta[i]);
    }
    *f = sum / (double)(n - 1);
    return VT_OK;
}
