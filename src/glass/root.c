/* Safeguarded Newton iteration in a bracket. */
#include "glass/root_internal.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { MAX_STEPS = 300 }; /* bisection alone needs at most ~60 per decade of the bracket's aspect */

vt_status vti_root(vti_slope_fn f, const void *context, double lo, double hi, double *x)
{
    double slope;
    const double f_lo = f(lo, context, &slope), f_hi = f(hi, context, &slope);
    if (f_lo == 0.0 || f_hi == 0.0) {
        *x = f_lo == 0.0 ? lo : hi;
        return VT_OK;
    }
    if (!(f_lo < 0.0 && f_hi > 0.0) && !(f_lo > 0.0 && f_hi < 0.0)) return VT_ENOROOT;
    double neg = f_lo < 0.0 ? lo : hi; /* f < 0 at neg, f > 0 at pos */
    double pos = f_lo < 0.0 ? hi : lo;
    double r = 0.5 * (lo + hi), step = fabs(hi - lo), before = step;
    for (int k = 0; k < MAX_STEPS; k++) {
        const double fr = f(r, context, &slope);
        if (isnan(fr)) return VT_ENOCONV;
        if (fr <= 0.0) neg = r;
        if (fr >= 0.0) pos = r;
        double next = r - fr / slope;
        const bool inside = (next - neg) * (next - pos) < 0.0;
        if (!inside || !(fabs(next - r) < 0.5 * before)) next = 0.5 * (neg + pos);
        before = step;
        step = fabs(next - r);
        r = next;
        if (fr == 0.0 || step <= 2.0 * DBL_EPSILON * fabs(r)) {
            *x = r;
            return VT_OK;
        }
    }
    return VT_ENOCONV;
}
