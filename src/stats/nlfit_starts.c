/* Several starts: the caller's, or points spread deterministically around the given one. */
#include "nlfit_internal.h"
#include <math.h>
#include <string.h>

/* Fractional part of (s + 1/2) times the j-th power of 1/phi_p: Kronecker sequence with the generalised golden ratio,
 * the root of g^(p+1) = g + 1; evenly spread in p dimensions for any number of points. */
static double low_discrepancy(size_t s, size_t j, size_t p)
{
    double g = 1.5;
    for (int k = 0; k < 40; k++) g = pow(1.0 + g, 1.0 / ((double)p + 1.0));
    const double v = ((double)s + 0.5) * pow(g, -((double)j + 1.0));
    return v - floor(v);
}

static void spread_start(const vt_nlfit *ws, const vt_nlfit_options *opt, size_t s, const double *x0, double *x)
{
    const vt_nlfit_problem *pr = ws->problem;
    memcpy(x, x0, pr->p * sizeof *x);
    for (size_t k = 0; k < ws->p_free; k++) {
        const size_t j = ws->map[k];
        const bool log_j = pr->transform && pr->transform[j] == VT_NLFIT_LOG;
        const double w = opt->spread ? opt->spread[j] : log_j ? 1.0 : 0.5 * fmax(fabs(x0[j]), 1e-3);
        const double step = w * (2.0 * low_discrepancy(s, k, ws->p_free) - 1.0);
        x[j] = log_j ? x0[j] * exp(step) : x0[j] + step;
    }
}

static vt_status none_converged(const vti_nlfit_run *last, const vt_nlfit_options *opt, bool any_in_domain,
                                vt_error *err)
{
    if (!any_in_domain)
        return vt_fail(err, VT_EDOMAIN, "none of the %zu starts lies in the domain of the law: give a better start",
                       opt->starts);
    return vt_fail(
        err, VT_ENOCONV,
        "none of %zu starts converged; the last stopped after %zu iterations at chi2 = %g, scaled gradient %g "
        "(limit %g): more starts, or fewer parameters",
        opt->starts, last->iterations, last->chi2, last->gradient, opt->gradient);
}

vt_status vti_nlfit_multistart(vt_nlfit *ws, const vt_nlfit_options *opt, double *x, vt_nlfit_summary *sum,
                               vt_error *err)
{
    const size_t p = ws->problem->p;
    double trial[VT_NLFIT_P_MAX], best[VT_NLFIT_P_MAX] = {0.0};
    vti_nlfit_run run = {0};
    bool any_in_domain = false;
    *sum = (vt_nlfit_summary){.chi2 = INFINITY, .p_value = -1.0, .weights = opt->weights};
    for (size_t s = 0; s < opt->starts; s++) {
        if (s == 0)
            memcpy(trial, x, p * sizeof *x);
        else if (opt->start)
            memcpy(trial, opt->start + (s - 1) * p, p * sizeof *x);
        else
            spread_start(ws, opt, s, x, trial);
        const vt_status st = vti_nlfit_iterate(ws, opt, trial, &run, err);
        if (st != VT_OK) return st;
        any_in_domain = any_in_domain || run.in_domain;
        if (!run.converged) continue;
        sum->converged++;
        const bool same = fabs(run.chi2 - sum->chi2) <= 1e-6 * sum->chi2;
        if (run.chi2 < sum->chi2) {
            memcpy(best, trial, p * sizeof *best);
            sum->at_best = same ? sum->at_best : 0;
            sum->chi2 = run.chi2;
            sum->iterations = run.iterations;
            sum->at_best++;
        } else if (same) {
            sum->at_best++;
        }
    }
    if (sum->converged == 0) return none_converged(&run, opt, any_in_domain, err);
    memcpy(x, best, p * sizeof *x);
    return VT_OK;
}
