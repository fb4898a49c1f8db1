#include "nlfit_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Covariance of the free parameters at x into C (p_free x p_free), condition into sum. */
static vt_status free_covariance(vt_nlfit *ws, const double *x, double *C, vt_nlfit_summary *sum, vt_error *err)
{
    const vt_nlfit_problem *pr = ws->problem;
    const size_t n = pr->n, p = pr->p, pf = ws->p_free;
    if (pr->jacobian(x, ws->J, pr->ctx) != 0)
        return vt_fail(err, VT_ENOCONV, "the Jacobian cannot be computed at the solution");
    for (size_t i = 0; i < n; i++) /* free columns, packed in place: the target never passes the source */
        for (size_t k = 0; k < pf; k++) ws->J[i * pf + k] = ws->J[i * p + ws->map[k]];
    return vti_nlfit_inverse(n, pf, ws->J, C, &sum->condition, err);
}

static void judge(const vt_nlfit *ws, vt_nlfit_summary *sum)
{
    sum->nu = ws->problem->n - ws->p_free;
    sum->ill = sum->condition > 1e7;
    if (sum->weights == VT_NLFIT_ABSOLUTE && sum->nu > 0) sum->p_value = gsl_cdf_chisq_Q(sum->chi2, (double)sum->nu);
}

static void export_covariance(const vt_nlfit *ws, const vt_nlfit_summary *sum, const double *C, double *cov)
{
    const size_t p = ws->problem->p, pf = ws->p_free;
    const double scale = sum->weights == VT_NLFIT_RELATIVE ? sum->chi2 / (double)sum->nu : 1.0;
    memset(cov, 0, p * p * sizeof *cov);
    for (size_t k = 0; k < pf; k++)
        for (size_t l = 0; l < pf; l++) cov[ws->map[k] * p + ws->map[l]] = scale * C[k * pf + l];
}

vt_status vt_nlfit_solve(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, double *x, double *cov,
                         vt_nlfit_summary *sum, vt_error *err)
{
    const vt_nlfit_options o = vti_nlfit_defaults(opt);
    double y[VT_NLFIT_P_MAX], C[VT_NLFIT_P_MAX * VT_NLFIT_P_MAX];
    vt_nlfit_summary s;
    vt_status st = vti_nlfit_bind(ws, pr, &o, x, err);
    if (st != VT_OK) return st;
    memcpy(y, x, pr->p * sizeof *y);
    st = vti_nlfit_multistart(ws, &o, y, &s, err);
    if (st == VT_OK) st = free_covariance(ws, y, C, &s, err);
    if (st != VT_OK) return st;
    if (!(s.condition <= o.max_condition))
        return vt_fail(
            err, VT_EILLCOND,
            "condition number %.3g of the scaled normal matrix exceeds %.3g: the data do not separate the %zu "
            "parameters; fix one or add data",
            s.condition, o.max_condition, ws->p_free);
    judge(ws, &s);
    memcpy(x, y, pr->p * sizeof *x);
    if (cov) export_covariance(ws, &s, C, cov);
    if (sum) *sum = s;
    return VT_OK;
}

vt_status vt_nlfit_coverage(const vt_nlfit_summary *sum, double level, double *k, vt_error *err)
{
    if (!sum || !k) return vt_fail(err, VT_EARG, "summary or result is NULL");
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    const double tail = 0.5 * (1.0 - level);
    *k = sum->weights == VT_NLFIT_RELATIVE ? gsl_cdf_tdist_Qinv(tail, (double)sum->nu) : gsl_cdf_ugaussian_Qinv(tail);
    return VT_OK;
}
