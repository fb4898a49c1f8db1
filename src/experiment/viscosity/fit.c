/* One liquid, one law: least squares in log10(eta), profile intervals. */
#include "viscosity_internal.h"
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/modelchoice.h>

enum { P = VTI_VISCOSITY_P, STARTS = 6, LEAST_POINTS = 6, LEAST_TEMPERATURES = 4 };

struct context {
    vti_viscosity_law law;
    double L;
    const vti_viscosity_points *p;
};

static double weight(const vti_viscosity_points *p, size_t i)
{
    return p->u ? 1.0 / p->u[i] : 1.0;
}

static int residual(const double *x, double *r, void *ctx)
{
    const struct context *c = ctx;
    for (size_t i = 0; i < c->p->n; i++) {
        double y;
        if (!vti_viscosity_y(c->law, c->L, x, c->p->T[i], &y, NULL)) return 1;
        r[i] = (y - c->p->y[i]) * weight(c->p, i);
    }
    return 0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    const struct context *c = ctx;
    for (size_t i = 0; i < c->p->n; i++) {
        double y, *g = J + i * P;
        if (!vti_viscosity_y(c->law, c->L, x, c->p->T[i], &y, g)) return 1;
        for (size_t j = 0; j < P; j++) g[j] *= weight(c->p, i);
    }
    return 0;
}

/* The straight line y = a + b/T, which both laws are when m = L - A; a is kept low enough for a rise to L. */
static vt_status start(const struct context *c, double x[P], vt_error *err)
{
    double mean_i = 0.0, mean_y = 0.0, sxx = 0.0, sxy = 0.0;
    const size_t n = c->p->n;
    for (size_t i = 0; i < n; i++) {
        mean_i += 1.0 / c->p->T[i] / (double)n;
        mean_y += c->p->y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        const double d = 1.0 / c->p->T[i] - mean_i;
        sxx += d * d;
        sxy += d * (c->p->y[i] - mean_y);
    }
    const double b = sxy / sxx;
    if (!(b > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL,
                       "the viscosity does not rise on cooling (slope %.3g K of log10(eta) against 1/T)", b);
    x[VTI_A] = fmin(mean_y - b * mean_i, c->L - 2.0);
    x[VTI_TG] = b / (c->L - (mean_y - b * mean_i));
    if (!(x[VTI_TG] > 0.0)) x[VTI_TG] = 1.0 / mean_i;
    x[VTI_M] = c->L - x[VTI_A];
    return VT_OK;
}

static vt_status check(const vti_viscosity_points *p, vt_error *err)
{
    if (p->n < LEAST_POINTS)
        return vt_fail(err, VT_EDOF, "%zu points; three parameters and their scatter need %d", p->n, LEAST_POINTS);
    double *T = malloc(p->n * sizeof *T);
    if (!T) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", p->n);
    for (size_t i = 0; i < p->n; i++) T[i] = p->T[i];
    gsl_sort(T, 1, p->n);
    size_t levels = 1;
    for (size_t i = 1; i < p->n; i++) levels += T[i] > T[i - 1];
    free(T);
    if (levels < LEAST_TEMPERATURES)
        return vt_fail(err, VT_EDOF, "%zu different temperatures; three parameters need %d", levels,
                       LEAST_TEMPERATURES);
    return VT_OK;
}

static vt_status judge(const struct context *c, vti_viscosity_fit *f, vt_error *err)
{
    double rss = 0.0;
    for (size_t i = 0; i < c->p->n; i++) {
        double y = 0.0;
        (void)vti_viscosity_y(c->law, c->L, f->x, c->p->T[i], &y, NULL);
        rss += (y - c->p->y[i]) * (y - c->p->y[i]);
    }
    f->scatter = sqrt(rss / (double)(c->p->n - P));
    return c->p->u ? vt_aicc_absolute(f->sum.chi2, c->p->n, P, &f->aicc, err)
                   : vt_aicc_relative(rss, c->p->n, P, &f->aicc, err);
}

vt_status vti_viscosity_fit_law(vt_nlfit *ws, vti_viscosity_law law, double L, const vti_viscosity_points *p,
                                double level, vti_viscosity_fit *fit, vt_error *err)
{
    static const vt_nlfit_transform transform[P] = {VT_NLFIT_NONE, VT_NLFIT_LOG, VT_NLFIT_LOG};
    static const double spread[P] = {3.0, 0.15, 0.6};
    struct context c = {law, L, p};
    const vt_nlfit_problem problem = {
        .n = p->n, .p = P, .residual = residual, .jacobian = jacobian, .ctx = &c, .transform = transform};
    const vt_nlfit_options options = {
        .weights = p->u ? VT_NLFIT_ABSOLUTE : VT_NLFIT_RELATIVE, .starts = STARTS, .spread = spread};
    vti_viscosity_fit f = {0};
    vt_status st;
    VT_TRY(st = check(p, err));
    VT_TRY(st = start(&c, f.x, err));
    VT_TRY(st = vt_nlfit_solve(ws, &problem, &options, f.x, f.cov, &f.sum, err));
    for (size_t j = 0; j < P; j++) {
        const vt_nlfit_profile_request what = {.index = j, .level = level};
        VT_TRY(st = vt_nlfit_profile(ws, &problem, &options, f.x, &what, &f.interval[j], err));
    }
    VT_TRY(st = judge(&c, &f, err));
    *fit = f;
done:
    return st;
}
