/* Profile-likelihood interval of one parameter of a nonlinear fit. */
#include "nlfit_internal.h"
#include "profile_internal.h"
#include <math.h>
#include <string.h>

typedef struct walk {
    vt_nlfit *ws;
    const vt_nlfit_options *opt;
    vt_nlfit_problem sub; /* the problem with parameter j held */
    bool fixed[VT_NLFIT_P_MAX];
    size_t j;
    bool logarithm, alone; /* alone: no other free parameter */
    const double *x;       /* minimum */
    double chi2;           /* there */
    double limit;          /* z at the ends of the interval */
    double h0, reach;      /* expected end and farthest search, in the transformed parameter */
    double warm[VT_NLFIT_P_MAX];
    bool lower; /* a better minimum was met */
} walk;

static bool sum_of_squares(const walk *w, const double *x, double *chi2)
{
    double s = 0.0;
    if (w->sub.residual(x, w->ws->r, w->sub.ctx) != 0) return false;
    for (size_t i = 0; i < w->sub.n; i++) s += w->ws->r[i] * w->ws->r[i];
    *chi2 = s;
    return isfinite(s);
}

static double moved(const walk *w, double h)
{
    return w->logarithm ? w->x[w->j] * exp(h) : w->x[w->j] + h;
}

/* z at distance h (signed, transformed parameter); false: outside the domain or the rest does not converge there. */
static bool z_at(double h, double *z, void *ctx)
{
    walk *w = ctx;
    double y[VT_NLFIT_P_MAX], chi2;
    memcpy(y, w->warm, w->sub.p * sizeof *y);
    y[w->j] = moved(w, h);
    if (!isfinite(y[w->j]) || (w->logarithm && !(y[w->j] > 0.0))) return false;
    if (w->alone) {
        if (!sum_of_squares(w, y, &chi2)) return false;
    } else {
        vti_nlfit_run run;
        if (vti_nlfit_iterate(w->ws, w->opt, y, &run, NULL) != VT_OK || !run.converged) return false;
        chi2 = run.chi2;
        memcpy(w->warm, y, w->sub.p * sizeof *y);
    }
    if (chi2 < w->chi2 - 1e-6 * fmax(w->chi2, w->limit * w->limit)) w->lower = true;
    *z = sqrt(fmax(chi2 - w->chi2, 0.0));
    return true;
}

/* One end; sign = -1 or +1. */
static double end_of(walk *w, double sign, bool *closed)
{
    memcpy(w->warm, w->x, w->sub.p * sizeof w->warm[0]);
    const vti_profile p = {.z = z_at, .ctx = w, .limit = w->limit, .guess = w->h0, .reach = w->reach};
    return moved(w, vti_profile_end(&p, sign, closed));
}

/* Standard uncertainty of parameter j at x, from the covariance or, where that is singular, with the others held. */
static double expected_u(vt_nlfit *ws, const double *x, size_t j)
{
    const vt_nlfit_problem *pr = ws->problem;
    const size_t n = pr->n, p = pr->p, pf = ws->p_free;
    double C[VT_NLFIT_P_MAX * VT_NLFIT_P_MAX], condition, alone = 0.0;
    size_t k_j = 0;
    if (pr->jacobian(x, ws->J, pr->ctx) != 0) return 0.0;
    for (size_t i = 0; i < n; i++) alone += ws->J[i * p + j] * ws->J[i * p + j];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < pf; k++) ws->J[i * pf + k] = ws->J[i * p + ws->map[k]];
    for (size_t k = 0; k < pf; k++)
        if (ws->map[k] == j) k_j = k;
    if (vti_nlfit_inverse(n, pf, ws->J, C, &condition, NULL) == VT_OK) return sqrt(C[k_j * pf + k_j]);
    return alone > 0.0 ? 1.0 / sqrt(alone) : 0.0;
}

static vt_status check(const vt_nlfit_problem *pr, const double *x, const vt_nlfit_profile_request *what,
                       const vt_nlfit_interval *out, vt_error *err)
{
    if (!pr || !x || !what || !out) return vt_fail(err, VT_EARG, "problem, solution, request or interval is NULL");
    if (what->index >= pr->p || (pr->fixed && pr->fixed[what->index]))
        return vt_fail(err, VT_EARG, "parameter %zu is fixed or not one of %zu: it has no profile", what->index, pr->p);
    return VT_OK;
}

/* Binds the problem with one more parameter held. */
static vt_status hold(walk *w, vt_nlfit *ws, const vt_nlfit_problem *pr, vt_error *err)
{
    w->ws = ws;
    w->sub = *pr;
    for (size_t j = 0; j < pr->p; j++) w->fixed[j] = j == w->j || (pr->fixed && pr->fixed[j]);
    w->sub.fixed = w->fixed;
    w->logarithm = pr->transform && pr->transform[w->j] == VT_NLFIT_LOG;
    w->alone = ws->p_free == 1;
    return w->alone ? VT_OK : vti_nlfit_bind(ws, &w->sub, w->opt, w->x, err);
}

vt_status vt_nlfit_profile(vt_nlfit *ws, const vt_nlfit_problem *pr, const vt_nlfit_options *opt, const double *x,
                           const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err)
{
    const vt_nlfit_options o = vti_nlfit_defaults(opt);
    double k;
    vt_status st = check(pr, x, what, out, err);
    if (st == VT_OK) st = vti_nlfit_bind(ws, pr, &o, x, err);
    if (st != VT_OK) return st;
    const vt_nlfit_summary s = {.nu = pr->n - ws->p_free, .weights = o.weights};
    st = vt_nlfit_coverage(&s, what->level, &k, err);
    if (st != VT_OK) return st;
    walk w = {.opt = &o, .j = what->index, .x = x};
    const double u = expected_u(ws, x, w.j);
    st = hold(&w, ws, pr, err);
    if (st != VT_OK) return st;
    if (!sum_of_squares(&w, x, &w.chi2) || !(u > 0.0))
        return vt_fail(err, VT_EDOMAIN, "x is not a solution of this problem: it lies outside the domain");
    const double scale = o.weights == VT_NLFIT_RELATIVE ? sqrt(w.chi2 / (double)s.nu) : 1.0;
    w.limit = k * scale;
    w.h0 = w.limit * u / (w.logarithm ? x[w.j] : 1.0);
    w.reach = (what->reach > 0.0 ? what->reach : 100.0) * w.h0 / k;
    vt_nlfit_interval found;
    found.low = end_of(&w, -1.0, &found.low_closed);
    found.high = end_of(&w, 1.0, &found.high_closed);
    if (w.lower)
        return vt_fail(err, VT_ENOCONV, "chi2 below %g was found beside the given solution: fit again with more starts",
                       w.chi2);
    *out = found;
    return VT_OK;
}
