/* Median and its interpolated order-statistic interval. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <vitrum/median.h>

static double middle(size_t n, const double *x)
{
    return n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

/* P(the median lies between the d-th smallest and the d-th largest value), d >= 1. */
static double between(size_t n, size_t d)
{
    return 1.0 - 2.0 * gsl_cdf_binomial_P((unsigned)(d - 1), 0.5, (unsigned)n);
}

static void interval(size_t n, const double *x, double level, vt_median *m)
{
    m->low = m->high = (double)NAN;
    if (n < 2 || between(n, 1) < level) return;
    size_t d = 1;
    while (2 * (d + 1) <= n && between(n, d + 1) >= level) d++;
    const double wide = between(n, d), narrow = 2 * (d + 1) <= n ? between(n, d + 1) : 0.0;
    const double I = (wide - level) / (wide - narrow);
    const double lambda = (double)(n - d) * I / ((double)d + ((double)n - 2.0 * (double)d) * I);
    m->low = (1.0 - lambda) * x[d - 1] + lambda * x[d];
    m->high = (1.0 - lambda) * x[n - d] + lambda * x[n - d - 1];
}

vt_status vt_median_interval(size_t n, double *x, double level, double *scratch, vt_median *out, vt_error *err)
{
    if (!x || !scratch || !out) return vt_fail(err, VT_EARG, "array or result is NULL");
    if (!(level > 0.0) || !(level < 1.0)) return vt_fail(err, VT_EARG, "level %g is not between 0 and 1", level);
    if (n == 0) return vt_fail(err, VT_EDOF, "no values, no median");
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return vt_fail(err, VT_ENAN, "value %zu is not finite", i);
    gsl_sort(x, 1, n);
    vt_median m = {.median = middle(n, x), .n = n};
    for (size_t i = 0; i < n; i++) scratch[i] = fabs(x[i] - m.median);
    gsl_sort(scratch, 1, n);
    m.mad = 1.482602218505602 * middle(n, scratch);
    interval(n, x, level, &m);
    *out = m;
    return VT_OK;
}
