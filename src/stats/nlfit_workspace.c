#include "nlfit_internal.h"
#include <math.h>
#include <stdlib.h>

vt_status vt_nlfit_create(vt_nlfit **ws, size_t n_max, size_t p_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 1 || p_max < 1 || p_max > VT_NLFIT_P_MAX)
        return vt_fail(err, VT_EARG,
                       "workspace for %zu residuals and %zu parameters: need at least 1, at most %d parameters", n_max,
                       p_max, VT_NLFIT_P_MAX);
    vt_nlfit *w = calloc(1, sizeof *w);
    if (w) {
        w->n_max = n_max;
        w->p_max = p_max;
        w->J = calloc(n_max, p_max * sizeof(double)); /* calloc refuses a product that overflows */
        w->r = calloc(n_max, sizeof(double));
    }
    if (!w || !w->J || !w->r) {
        vt_nlfit_free(w);
        return vt_fail(err, VT_EMEMORY, "no memory for a fit of %zu residuals and %zu parameters", n_max, p_max);
    }
    *ws = w;
    return VT_OK;
}

void vt_nlfit_free(vt_nlfit *ws)
{
    if (!ws) return;
    for (size_t k = 0; k < VT_NLFIT_SHAPES; k++)
        if (ws->shape[k].gsl) gsl_multifit_nlinear_free(ws->shape[k].gsl);
    free(ws->J);
    free(ws->r);
    free(ws);
}

gsl_multifit_nlinear_workspace *vti_nlfit_state(vt_nlfit *ws)
{
    const size_t n = ws->problem->n, p = ws->p_free;
    vti_nlfit_shape *slot = &ws->shape[0];
    for (size_t k = 0; k < VT_NLFIT_SHAPES; k++) {
        vti_nlfit_shape *s = &ws->shape[k];
        if (s->gsl && s->n == n && s->p == p) {
            s->used = ++ws->clock;
            return s->gsl;
        }
        if (s->used < slot->used) slot = s; /* an empty slot has age 0 */
    }
    /* QR, not Cholesky: the solver sees the condition of J, not its square; costs nothing for few parameters. */
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.trs = gsl_multifit_nlinear_trs_lm;
    how.solver = gsl_multifit_nlinear_solver_qr;
    how.scale = gsl_multifit_nlinear_scale_more;
    gsl_multifit_nlinear_workspace *g = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, n, p);
    if (!g) return NULL;
    if (slot->gsl) gsl_multifit_nlinear_free(slot->gsl);
    *slot = (vti_nlfit_shape){.n = n, .p = p, .used = ++ws->clock, .gsl = g};
    return g;
}

vt_nlfit_options vti_nlfit_defaults(const vt_nlfit_options *opt)
{
    vt_nlfit_options o = opt ? *opt : (vt_nlfit_options){0};
    if (o.starts == 0) o.starts = 1;
    if (o.max_iterations == 0) o.max_iterations = 500;
    if (!(o.cost_change > 0.0)) o.cost_change = 1e-10;
    if (!(o.gradient > 0.0)) o.gradient = 1e-8;
    if (!(o.max_condition > 0.0)) o.max_condition = 1e10;
    return o;
}

static vt_status check_start(const vt_nlfit_problem *pr, const double *x, vt_error *err)
{
    for (size_t j = 0; j < pr->p; j++) {
        if (!isfinite(x[j])) return vt_fail(err, VT_ENAN, "start of parameter %zu is not finite", j);
        const bool logarithm = pr->transform && pr->transform[j] == VT_NLFIT_LOG;
        if (logarithm && !(x[j] > 0.0) && !(pr->fixed && pr->fixed[j]))
            return vt_fail(err, VT_EARG, "start of parameter %zu is %g; it must be > 0 (logarithmic)", j, x[j]);
    }
    return VT_OK;
}

vt_status vti_nlfit_bind(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, const double *x,
                         vt_error *err)
{
    if (!ws || !pr || !x || !pr->residual || !pr->jacobian)
        return vt_fail(err, VT_EARG, "workspace, problem, callback or start is NULL");
    if (pr->n < 1 || pr->n > ws->n_max || pr->p < 1 || pr->p > ws->p_max)
        return vt_fail(err, VT_EARG, "%zu residuals, %zu parameters: the workspace holds 1 to %zu and 1 to %zu", pr->n,
                       pr->p, ws->n_max, ws->p_max);
    size_t p_free = 0;
    for (size_t j = 0; j < pr->p; j++)
        if (!(pr->fixed && pr->fixed[j])) ws->map[p_free++] = j;
    if (p_free == 0) return vt_fail(err, VT_EARG, "all %zu parameters are fixed: nothing to fit", pr->p);
    if (pr->n < p_free || (pr->n == p_free && opt->weights == VT_NLFIT_RELATIVE))
        return vt_fail(err, VT_EDOF, "%zu residuals for %zu free parameters: need at least %zu", pr->n, p_free,
                       opt->weights == VT_NLFIT_RELATIVE ? p_free + 1 : p_free);
    const vt_status st = check_start(pr, x, err);
    if (st != VT_OK) return st;
    ws->p_free = p_free;
    ws->problem = pr;
    return VT_OK;
}
