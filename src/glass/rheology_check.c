/* What every record of a rheometer over time must be. */
#include "rheology_internal.h"
#include <math.h>

vt_status vti_rheology_check(size_t n, size_t n_min, const double *t, const double *y, vt_error *err)
{
    if (!t || !y) return vt_fail(err, VT_EARG, "times or values are NULL");
    if (n < n_min) return vt_fail(err, VT_EDOF, "%zu readings, at least %zu are needed", n, n_min);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(t[i]) || !isfinite(y[i]))
            return vt_fail(err, VT_ENAN, "reading %zu is (%g s, %g): not finite", i, t[i], y[i]);
        if (!(t[i] >= (i > 0 ? t[i - 1] : 0.0)) || !(t[i] > 0.0))
            return vt_fail(err, VT_ETIME,
                           "time %zu is %g s after %g s; times count from the step of load or strain and do not fall",
                           i, t[i], i > 0 ? t[i - 1] : 0.0);
    }
    return VT_OK;
}
