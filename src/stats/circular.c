/* Mean of axes by their doubled angles. */
#include "base/quantity_internal.h"
#include <math.h>
#include <vitrum/circular.h>

vt_status vt_axial_mean_of(size_t n, const double *angle, double level, vt_axial_mean *out, vt_error *err)
{
    double C = 0.0, S = 0.0, R2 = 0.0;
    if (!angle || !out || !(level > 0.0 && level < 1.0))
        return vt_fail(err, VT_EARG, "angles or result is NULL, or level %g is not between 0 and 1", level);
    if (n < 2) return vt_fail(err, VT_EDOF, "%zu angles: a scatter needs 2", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(angle[i])) return vt_fail(err, VT_ENAN, "angle %zu is not finite", i);
        C += cos(2.0 * angle[i]);
        S += sin(2.0 * angle[i]);
    }
    const double N = (double)n, R = hypot(C, S) / N, doubled = atan2(S, C);
    if (!(R > 1e-6)) return vt_fail(err, VT_EAMBIGUOUS, "the %zu axes cancel (R = %.2g): they have no mean", n, R);
    for (size_t i = 0; i < n; i++) R2 += cos(2.0 * (2.0 * angle[i] - doubled)) / N;
    const double spread = fmax(0.0, 1.0 - R2) / (2.0 * R * R);
    vt_axial_mean m = {.mean = 0.5 * doubled, .R = fmin(R, 1.0), .n = n};
    m.scatter = 0.5 * sqrt(-2.0 * log(m.R));
    m.u = 0.5 * sqrt(spread / (N - 1.0));
    const double t = vti_coverage_factor(level, N - 1.0);
    m.low = m.mean - t * m.u;
    m.high = m.mean + t * m.u;
    *out = m;
    return VT_OK;
}
