/* The product limit with Greenwood's variance. */
#include "base/quantity_internal.h"
#include <math.h>
#include <vitrum/survival.h>

static vt_status check(size_t n, const double *x, double level, vt_error *err)
{
    if (!(level > 0.0) || !(level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    if (n == 0) return vt_fail(err, VT_EDOF, "no specimens");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) return vt_fail(err, VT_ENAN, "x[%zu] is not finite", i);
        if (i > 0 && x[i] < x[i - 1]) return vt_fail(err, VT_ESHAPE, "x[%zu] = %g lies below %g", i, x[i], x[i - 1]);
    }
    return VT_OK;
}

vt_status vt_product_limit(size_t n, const double *x, const bool *failed, double level, vt_survival_step *step,
                           size_t *steps, vt_error *err)
{
    if (!x || !failed || !step || !steps) return vt_fail(err, VT_EARG, "array or result is NULL");
    const vt_status st = check(n, x, level, err);
    if (st != VT_OK) return st;
    const double z = vti_coverage_factor(level, INFINITY);
    double S = 1.0, sum = 0.0;
    size_t k = 0;
    for (size_t i = 0; i < n;) {
        size_t next = i, d = 0;
        while (next < n && !(x[next] > x[i])) d += failed[next++];
        if (d > 0) {
            const double risk = (double)(n - i), left = risk - (double)d;
            S *= left / risk;
            sum += left > 0.0 ? (double)d / (risk * left) : 0.0;
            vt_survival_step now = {.x = x[i], .at_risk = n - i, .failures = d, .S = S};
            if (S > 0.0) {
                /* d ln(-ln S) = -dS/(S ln S) with Greenwood's dS = S sqrt(sum). */
                const double reach = z * sqrt(sum) / log(S);
                now.u = S * sqrt(sum);
                now.low = pow(S, exp(-reach));
                now.high = pow(S, exp(reach));
            } else
                now.high = k > 0 ? step[k - 1].high : 1.0;
            step[k++] = now;
        }
        i = next;
    }
    *steps = k;
    return VT_OK;
}
