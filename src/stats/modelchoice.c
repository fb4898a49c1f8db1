#include <vitrum/modelchoice.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

static double correction(double n, double K)
{
    return 2.0 * K + 2.0 * K * (K + 1.0) / (n - K - 1.0);
}

vt_status vt_aicc_absolute(double chi2, size_t n, size_t k, double *aicc, vt_error *err)
{
    if (!aicc || !(chi2 >= 0.0)) return vt_fail(err, VT_EARG, "chi2 = %g must be >= 0 and the result not NULL", chi2);
    if (n <= k + 1)
        return vt_fail(err, VT_EDOF, "%zu points: AICc with %zu parameters needs at least %zu", n, k, k + 2);
    *aicc = chi2 + correction((double)n, (double)k);
    return VT_OK;
}

vt_status vt_aicc_relative(double rss, size_t n, size_t k, double *aicc, vt_error *err)
{
    if (!aicc || !(rss > 0.0)) return vt_fail(err, VT_EARG, "rss = %g must be > 0 and the result not NULL", rss);
    if (n <= k + 2)
        return vt_fail(err, VT_EDOF, "%zu points: AICc with %zu parameters and an error needs %zu", n, k, k + 3);
    *aicc = (double)n * log(rss / (double)n) + correction((double)n, (double)k + 1.0);
    return VT_OK;
}

vt_status vt_bic_relative(double rss, size_t n, double n_eff, size_t k, double *bic, vt_error *err)
{
    if (!bic || !(rss > 0.0) || !(n_eff > 0.0) || n < 1)
        return vt_fail(err, VT_EARG, "rss = %g, n = %zu, n_eff = %g must be > 0 and the result not NULL", rss, n,
                       n_eff);
    *bic = n_eff * log(rss / (double)n) + (double)k * log(n_eff);
    return VT_OK;
}

vt_status vt_akaike_weights(size_t m, const double *aicc, double *weight, vt_error *err)
{
    if (m < 1 || !aicc || !weight) return vt_fail(err, VT_EARG, "%zu models, or an array is NULL", m);
    double least = INFINITY, sum = 0.0;
    for (size_t i = 0; i < m; i++) {
        if (isnan(aicc[i])) return vt_fail(err, VT_ENAN, "AICc of model %zu is not a number", i);
        least = fmin(least, aicc[i]);
    }
    if (!isfinite(least)) return vt_fail(err, VT_EDOF, "AICc of none of %zu models is finite: too few points", m);
    for (size_t i = 0; i < m; i++) sum += exp(-0.5 * (aicc[i] - least));
    for (size_t i = 0; i < m; i++) weight[i] = exp(-0.5 * (aicc[i] - least)) / sum;
    return VT_OK;
}

vt_status vt_nested_f_test(size_t n, const vt_nested_model *small, const vt_nested_model *large, vt_f_test *out,
                           vt_error *err)
{
    if (!small || !large || !out) return vt_fail(err, VT_EARG, "a model or the result is NULL");
    if (large->k <= small->k || !(small->chi2 >= 0.0) || !(large->chi2 > 0.0))
        return vt_fail(err, VT_EARG,
                       "the large model must have more parameters (%zu) than the small one (%zu), and chi2 > 0",
                       large->k, small->k);
    if (large->chi2 > small->chi2 * (1.0 + 1e-9))
        return vt_fail(err, VT_EARG,
                       "chi2 = %g of the large model exceeds %g of the small one: not nested, or not at its minimum",
                       large->chi2, small->chi2);
    if (n <= large->k) return vt_fail(err, VT_EDOF, "%zu points for %zu parameters: no degree of freedom", n, large->k);
    vt_f_test t = {.dof1 = (double)(large->k - small->k), .dof2 = (double)(n - large->k)};
    t.F = fmax(small->chi2 - large->chi2, 0.0) / t.dof1 / (large->chi2 / t.dof2);
    t.p_value = gsl_cdf_fdist_Q(t.F, t.dof1, t.dof2);
    *out = t;
    return VT_OK;
}
