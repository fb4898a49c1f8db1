#include <vitrum/proportion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

static vt_status check(size_t x, size_t n, double level, const vt_proportion *out, vt_error *err)
{
    if (!out) return vt_fail(err, VT_EARG, "no place for the proportion (NULL)");
    if (n < 1 || x > n)
        return vt_fail(err, VT_EARG, "%zu of %zu: need at least one trial and no more hits than trials", x, n);
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    return VT_OK;
}

vt_status vt_proportion_wilson(size_t x, size_t n, double level, vt_proportion *out, vt_error *err)
{
    const vt_status st = check(x, n, level, out, err);
    if (st != VT_OK) return st;
    const double N = (double)n, p = (double)x / N, z = gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - level)), z2 = z * z;
    const double centre = (p + z2 / (2.0 * N)) / (1.0 + z2 / N);
    const double half = z / (1.0 + z2 / N) * sqrt(p * (1.0 - p) / N + z2 / (4.0 * N * N));
    *out = (vt_proportion){.estimate = p, .low = x == 0 ? 0.0 : centre - half, .high = x == n ? 1.0 : centre + half};
    return VT_OK;
}

/* p with P(Beta(a, b) <= p) = tail, tail < 1/2 (lower) or P(Beta >= p) = tail (upper). Bisection: GSL's inverse may
 * give up, its distribution function does not. */
static vt_status beta_quantile(double a, double b, double tail, int upper, double *p, vt_error *err)
{
    double lo = 0.0, hi = 1.0;
    for (int k = 0; k < 1100; k++) {
        const double mid = 0.5 * (lo + hi);
        if (!(mid > lo && mid < hi)) break;
        const double q = upper ? gsl_cdf_beta_Q(mid, a, b) : gsl_cdf_beta_P(mid, a, b);
        if (!isfinite(q))
            return vt_fail(err, VT_ELIMIT,
                           "beta distribution (%g, %g) is out of reach: use the Wilson interval for so many trials", a,
                           b);
        if (upper ? q > tail : q < tail)
            lo = mid;
        else
            hi = mid;
    }
    *p = 0.5 * (lo + hi);
    return VT_OK;
}

/* Quantiles of beta distributions whose parameters go `inward` from those of the exact interval. */
static vt_status by_beta(size_t x, size_t n, double level, double inward, vt_proportion *out, vt_error *err)
{
    vt_status st = check(x, n, level, out, err);
    if (st != VT_OK) return st;
    const double X = (double)x, N = (double)n, tail = 0.5 * (1.0 - level);
    vt_proportion r = {.estimate = X / N, .low = 0.0, .high = 1.0};
    if (x > 0) st = beta_quantile(X + inward, N - X + 1.0 - inward, tail, 0, &r.low, err);
    if (st == VT_OK && x < n) st = beta_quantile(X + 1.0 - inward, N - X + inward, tail, 1, &r.high, err);
    if (st == VT_OK) *out = r;
    return st;
}

vt_status vt_proportion_clopper_pearson(size_t x, size_t n, double level, vt_proportion *out, vt_error *err)
{
    return by_beta(x, n, level, 0.0, out, err);
}

vt_status vt_proportion_jeffreys(size_t x, size_t n, double level, vt_proportion *out, vt_error *err)
{
    return by_beta(x, n, level, 0.5, out, err);
}

vt_status vt_coverage_band(double level, size_t replicates, double *low, double *high, vt_error *err)
{
    if (!low || !high || !(level > 0.0 && level < 1.0) || replicates < 1)
        return vt_fail(err, VT_EARG, "level = %g (0 to 1), %zu replicates (>= 1), or a result is NULL", level,
                       replicates);
    const double half = 3.0 * sqrt(level * (1.0 - level) / (double)replicates);
    *low = fmax(0.0, level - half);
    *high = fmin(1.0, level + half);
    return VT_OK;
}
