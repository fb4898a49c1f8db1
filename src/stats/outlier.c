/* Generalised extreme studentised deviate test. Rosner, Technometrics 25 (1983) 165. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/outlier.h>

vt_status vt_outlier_limit(size_t n, size_t k, double alpha, double *lambda, vt_error *err)
{
    if (!lambda) return vt_fail(err, VT_EARG, "no place for the critical value (NULL)");
    if (!(alpha > 0.0 && alpha < 0.5)) return vt_fail(err, VT_EARG, "alpha = %g is not in (0, 0.5)", alpha);
    if (k < 1 || n < k + 2) return vt_fail(err, VT_EARG, "deviate %zu of %zu values: n must be at least k + 2", k, n);
    const double m = (double)(n - k), nu = m - 1.0;
    const double t = gsl_cdf_tdist_Qinv(0.5 * alpha / (m + 1.0), nu);
    *lambda = m * t / sqrt((nu + t * t) * (m + 1.0));
    return VT_OK;
}

/* The value farthest from the mean of those left (work: 1 where taken out), and its distance in standard deviations. */
static size_t farthest(size_t n, const double *v, const double *gone, double *R)
{
    double m = 0.0, count = 0.0, s2 = 0.0, far = -1.0;
    size_t worst = 0;
    for (size_t i = 0; i < n; i++)
        if (gone[i] == 0.0) m += (v[i] - m) / ++count;
    for (size_t i = 0; i < n; i++) {
        if (gone[i] != 0.0) continue;
        s2 += (v[i] - m) * (v[i] - m) / (count - 1.0);
        if (fabs(v[i] - m) > far) far = fabs(v[i] - m), worst = i;
    }
    *R = s2 > 0.0 ? far / sqrt(s2) : 0.0;
    return worst;
}

static vt_status check(size_t n, const double *v, const vt_outlier_options *opt, vt_error *err)
{
    if (opt->alpha != 0.0 && !(opt->alpha > 0.0 && opt->alpha < 0.5))
        return vt_fail(err, VT_EARG, "alpha = %g is not in (0, 0.5)", opt->alpha);
    if (n >= 5 && opt->most > n - 3)
        return vt_fail(err, VT_EARG, "%zu outliers of %zu values: at most n - 3 can be told", opt->most, n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i])) return vt_fail(err, VT_ENAN, "value %zu is not finite", i);
    return VT_OK;
}

vt_status vt_outliers(size_t n, const double *v, const vt_outlier_options *opt, bool *out, size_t *count, double *work,
                      vt_error *err)
{
    if (!opt || !count || (n > 0 && (!v || !out || !work)))
        return vt_fail(err, VT_EARG, "values, options, flags, count or workspace is NULL");
    const vt_status st = check(n, v, opt, err);
    if (st != VT_OK) return st;
    const size_t most = n < 5 ? 0 : opt->most > 0 ? opt->most : n / 4;
    const double alpha = opt->alpha > 0.0 ? opt->alpha : 0.01;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) work[i] = 0.0; /* order in which a value was taken out, from 1 */
    for (size_t k = 1; k <= most; k++) {
        double R, lambda = INFINITY;
        const size_t i = farthest(n, v, work, &R);
        if (vt_outlier_limit(n, k, alpha, &lambda, NULL) != VT_OK) break;
        work[i] = (double)k;
        if (R > lambda) last = k;
    }
    for (size_t i = 0; i < n; i++) out[i] = work[i] > 0.0 && work[i] <= (double)last;
    *count = last;
    return VT_OK;
}
