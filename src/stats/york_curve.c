/* Curves with errors in both variables: true abscissas eliminated point by point. */
#include "york_internal.h"
#include <math.h>

/* Best abscissa of point i: minimum of (X - x)^2/ux^2 + (f(X) - y)^2/uy^2, Gauss-Newton with halving, from x. f, slope
 * and g (p values) hold the curve there. Nonzero: outside the domain at the start. */
static int best_abscissa(const vt_xy_problem *pr, size_t i, const double *theta, double *f, double *slope, double *g)
{
    const vt_xy_data *d = &pr->data;
    const double ux = d->ux[i], uy = d->uy[i];
    double X = d->x[i], cost, step = 0.0;
    int status = pr->curve(X, theta, f, slope, g, pr->ctx);
    if (status != 0 || !(ux > 0.0)) return status;
    cost = (*f - d->y[i]) * (*f - d->y[i]) / (uy * uy);
    for (int k = 0; k < 100; k++) {
        const double wx = 1.0 / (ux * ux), wy = 1.0 / (uy * uy);
        const double gradient = wx * (d->x[i] - X) - wy * *slope * (*f - d->y[i]);
        step = gradient / (wx + wy * *slope * *slope);
        if (!(fabs(step) > 1e-13 * (ux + fabs(X)))) break;
        double trial_f = 0.0, trial_slope = 0.0, trial = INFINITY, shorter = 1.0;
        for (int h = 0; h < 40; h++, shorter *= 0.5) {
            const double Y = X + shorter * step, e = (Y - d->x[i]) / ux;
            if (pr->curve(Y, theta, &trial_f, &trial_slope, g, pr->ctx) != 0) continue;
            trial = e * e + (trial_f - d->y[i]) * (trial_f - d->y[i]) / (uy * uy);
            if (trial <= cost) break;
        }
        if (!(trial < cost)) break;
        X += shorter * step;
        cost = trial;
        *f = trial_f;
        *slope = trial_slope;
    }
    return pr->curve(X, theta, f, slope, g, pr->ctx);
}

static int residual(const double *theta, double *r, void *ctx)
{
    const vt_xy_problem *pr = ctx;
    double f, slope, g[VT_NLFIT_P_MAX];
    for (size_t i = 0; i < pr->data.n; i++) {
        if (best_abscissa(pr, i, theta, &f, &slope, g) != 0) return 1;
        const double kappa = slope * pr->data.ux[i] / pr->data.uy[i];
        r[i] = (f - pr->data.y[i]) / pr->data.uy[i] * sqrt(1.0 + kappa * kappa);
    }
    return 0;
}

/* At the best X the derivative of r_i^2 is that of the y term alone (envelope theorem), hence this form; no 0/0 at r =
 * 0. */
static int jacobian(const double *theta, double *J, void *ctx)
{
    const vt_xy_problem *pr = ctx;
    double f, slope;
    for (size_t i = 0; i < pr->data.n; i++) {
        double *g = J + i * pr->p;
        if (best_abscissa(pr, i, theta, &f, &slope, g) != 0) return 1;
        const double kappa = slope * pr->data.ux[i] / pr->data.uy[i];
        for (size_t j = 0; j < pr->p; j++) g[j] /= pr->data.uy[i] * sqrt(1.0 + kappa * kappa);
    }
    return 0;
}

vt_status vt_xy_solve(vt_nlfit *ws, const vt_xy_problem *pr, const vt_nlfit_options *opt, double *theta, double *cov,
                      vt_nlfit_summary *sum, vt_error *err)
{
    if (!pr || !pr->curve) return vt_fail(err, VT_EARG, "problem or curve is NULL");
    const vt_status st = vti_xy_check(&pr->data, err);
    if (st != VT_OK) return st;
    if (pr->data.r) return vt_fail(err, VT_EARG, "correlated errors of x and y: use the York line");
    for (size_t i = 0; i < pr->data.n; i++)
        if (!(pr->data.uy[i] > 0.0)) return vt_fail(err, VT_ERANGE, "u(y) of point %zu is not > 0", i);
    vt_xy_problem copy = *pr; /* callbacks take a pointer that is not const */
    const vt_nlfit_problem fit = {.n = pr->data.n,
                                  .p = pr->p,
                                  .residual = residual,
                                  .jacobian = jacobian,
                                  .ctx = &copy,
                                  .transform = pr->transform,
                                  .fixed = pr->fixed};
    return vt_nlfit_solve(ws, &fit, opt, theta, cov, sum, err);
}
