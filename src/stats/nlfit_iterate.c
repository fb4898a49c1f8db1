/* One start of the fit: GSL's Levenberg-Marquardt steps with our own stopping rule. */
#include "nlfit_internal.h"
#include <gsl/gsl_linalg.h>
#include <math.h>

/* Residual that stands for "outside the domain": any trial step with it is rejected, its square is finite. */
static const double FAR_AWAY = 1e100;

static bool logarithmic(const vt_nlfit_problem *pr, size_t j)
{
    return pr->transform && pr->transform[j] == VT_NLFIT_LOG;
}

/* q (free, transformed) to ws->x; false where exp overflows or underflows. */
static bool untransform(vt_nlfit *ws, const double *q)
{
    bool ok = true;
    for (size_t k = 0; k < ws->p_free; k++) {
        const size_t j = ws->map[k];
        const bool l = logarithmic(ws->problem, j);
        const double x = l ? exp(q[k]) : q[k];
        ok = ok && isfinite(x) && (!l || x > 0.0);
        ws->x[j] = x;
    }
    return ok;
}

static int eval_f(const gsl_vector *q, void *params, gsl_vector *f)
{
    vt_nlfit *ws = params;
    const vt_nlfit_problem *pr = ws->problem;
    bool ok = untransform(ws, q->data) && pr->residual(ws->x, f->data, pr->ctx) == 0;
    double ss = 0.0;
    if (ok)
        for (size_t i = 0; i < pr->n; i++) ss += f->data[i] * f->data[i];
    if (!ok || !isfinite(ss))
        for (size_t i = 0; i < pr->n; i++) f->data[i] = FAR_AWAY;
    return GSL_SUCCESS;
}

static int eval_df(const gsl_vector *q, void *params, gsl_matrix *J)
{
    vt_nlfit *ws = params;
    const vt_nlfit_problem *pr = ws->problem;
    const size_t n = pr->n, p = pr->p;
    double largest = 0.0;
    if (!untransform(ws, q->data) || pr->jacobian(ws->x, ws->J, pr->ctx) != 0) ws->jacobian_failed = true;
    for (size_t k = 0; k < ws->p_free; k++) {
        const size_t j = ws->map[k];
        const double dx_dq = logarithmic(pr, j) ? ws->x[j] : 1.0;
        for (size_t i = 0; i < n; i++) {
            const double v = ws->J[i * p + j] * dx_dq;
            if (!isfinite(v)) ws->jacobian_failed = true;
            largest = fmax(largest, fabs(v));
            J->data[i * J->tda + k] = v;
        }
    }
    /* Where nothing depends on any parameter (underflow) there is no step, and GSL's QR solver would abort at rank 0.
     */
    if (!(largest > 1e-150)) ws->jacobian_failed = true;
    return ws->jacobian_failed ? GSL_EDOM : GSL_SUCCESS;
}

/* Largest cosine between r and a column of J; *rounding: size of r that is rounding error of the model. */
static double cosine(const gsl_multifit_nlinear_workspace *g, double chi2, double *rounding)
{
    const size_t n = g->f->size, p = g->x->size;
    double worst = 0.0, scale = 0.0;
    for (size_t k = 0; k < p; k++) {
        double dot = 0.0, norm2 = 0.0;
        for (size_t i = 0; i < n; i++) {
            const double v = g->J->data[i * g->J->tda + k];
            dot += v * g->f->data[i];
            norm2 += v * v;
        }
        const double norm = sqrt(norm2);
        if (norm > 0.0) worst = fmax(worst, fabs(dot) / norm);
        scale = fmax(scale, norm * fabs(g->x->data[k]));
    }
    *rounding = 1e-14 * scale; /* 50 eps: a few operations per residual */
    return chi2 > 0.0 ? worst / sqrt(chi2) : 0.0;
}

static double sum_of_squares(const gsl_vector *f)
{
    double s = 0.0;
    for (size_t i = 0; i < f->size; i++) s += f->data[i] * f->data[i];
    return s;
}

/* Is the current point a minimum as far as the stopping rule goes? Sets run->gradient. */
static bool at_rest(const gsl_multifit_nlinear_workspace *g, const vt_nlfit_options *opt, double before,
                    vti_nlfit_run *run)
{
    double rounding;
    run->gradient = cosine(g, run->chi2, &rounding);
    const double r = sqrt(run->chi2), floor_g = fmax(opt->gradient * r, rounding);
    return before - run->chi2 <= fmax(opt->cost_change * run->chi2, rounding * rounding) &&
           run->gradient * r <= floor_g;
}

/* Undamped Gauss-Newton step at the current point into dx; false if J is singular. */
static bool newton_step(vt_nlfit *ws, const gsl_multifit_nlinear_workspace *g, double *dx)
{
    const size_t n = g->f->size, p = g->x->size;
    double tau[VT_NLFIT_P_MAX];
    for (size_t i = 0; i < n; i++) {
        ws->r[i] = -g->f->data[i];
        for (size_t k = 0; k < p; k++) ws->J[i * p + k] = g->J->data[i * g->J->tda + k];
    }
    gsl_matrix_view A = gsl_matrix_view_array(ws->J, n, p);
    gsl_vector_view t = gsl_vector_view_array(tau, p), b = gsl_vector_view_array(ws->r, n);
    (void)gsl_linalg_QR_decomp(&A.matrix, &t.vector);
    (void)gsl_linalg_QR_QTvec(&A.matrix, &t.vector, &b.vector);
    for (size_t k = p; k-- > 0;) {
        double s = ws->r[k];
        for (size_t l = k + 1; l < p; l++) s -= ws->J[k * p + l] * dx[l];
        dx[k] = s / ws->J[k * p + k];
        if (!isfinite(dx[k])) return false;
    }
    return true;
}

/* One undamped Gauss-Newton step, kept only if it lowers the gradient. */
static bool polish(vt_nlfit *ws, gsl_multifit_nlinear_workspace *g, const vt_nlfit_options *opt, vti_nlfit_run *run)
{
    double dx[VT_NLFIT_P_MAX], old[VT_NLFIT_P_MAX];
    const vti_nlfit_run before = *run;
    const size_t p = g->x->size;
    if (!(run->gradient < 1e-4) || !newton_step(ws, g, dx)) return false;
    for (size_t j = 0; j < p; j++) {
        old[j] = g->x->data[j];
        g->x->data[j] += dx[j];
    }
    (void)eval_f(g->x, ws, g->f);
    run->chi2 = sum_of_squares(g->f);
    const bool sane = run->chi2 <= before.chi2 * (1.0 + 1e-12) && eval_df(g->x, ws, g->J) == GSL_SUCCESS;
    if (sane) run->converged = at_rest(g, opt, before.chi2, run) || before.converged;
    if (sane && run->gradient < before.gradient) return true;
    for (size_t j = 0; j < p; j++) g->x->data[j] = old[j]; /* its f and J are not needed again */
    *run = before;
    return false;
}

static void iterate(vt_nlfit *ws, gsl_multifit_nlinear_workspace *g, const vt_nlfit_options *opt, vti_nlfit_run *run)
{
    int status = GSL_SUCCESS;
    for (run->iterations = 1; run->iterations <= opt->max_iterations; run->iterations++) {
        const double before = run->chi2;
        status = gsl_multifit_nlinear_iterate(g);
        run->chi2 = sum_of_squares(g->f);
        if (ws->jacobian_failed || (status != GSL_SUCCESS && status != GSL_ENOPROG)) return;
        run->converged = at_rest(g, opt, before, run);
        if (run->converged || status == GSL_ENOPROG) break;
    }
    /* Where no step lowers chi2 any more in double precision (GSL_ENOPROG) the parameters are known to sqrt(eps) only;
     * steps judged by the gradient give the rest. A converged fit takes one too: then it hardly depends on its start.
     */
    if (run->converged)
        (void)polish(ws, g, opt, run);
    else if (status == GSL_ENOPROG)
        for (int k = 0; k < 5 && !run->converged && polish(ws, g, opt, run); k++) continue;
}

vt_status vti_nlfit_iterate(vt_nlfit *ws, const vt_nlfit_options *opt, double *x, vti_nlfit_run *run, vt_error *err)
{
    const vt_nlfit_problem *pr = ws->problem;
    gsl_multifit_nlinear_workspace *g = vti_nlfit_state(ws);
    if (!g) return vt_fail(err, VT_EMEMORY, "no memory for a fit of %zu residuals", pr->n);
    double q[VT_NLFIT_P_MAX];
    for (size_t j = 0; j < pr->p; j++) ws->x[j] = x[j];
    for (size_t k = 0; k < ws->p_free; k++) q[k] = logarithmic(pr, ws->map[k]) ? log(x[ws->map[k]]) : x[ws->map[k]];
    const gsl_vector_const_view start = gsl_vector_const_view_array(q, ws->p_free);
    gsl_multifit_nlinear_fdf fdf = {.f = eval_f, .df = eval_df, .n = pr->n, .p = ws->p_free, .params = ws};
    *run = (vti_nlfit_run){.gradient = 1.0};
    ws->jacobian_failed = false;
    const int status = gsl_multifit_nlinear_init(&start.vector, &fdf, g);
    run->chi2 = sum_of_squares(g->f);
    run->in_domain = status == GSL_SUCCESS && !ws->jacobian_failed && g->f->data[0] != FAR_AWAY;
    if (run->in_domain) iterate(ws, g, opt, run);
    if (untransform(ws, g->x->data))
        for (size_t j = 0; j < pr->p; j++) x[j] = ws->x[j];
    else
        run->converged = false;
    return VT_OK;
}
