/* Curves with errors in both variables: true abscissas eliminated point by point. */
#include "york_internal.h"
#include <math.h>

static int curve_at(const vt_xy_problem *pr, size_t i, double x, const double *theta, double *f, double *slope,
                    double *g)
{
    return pr->curve_of ? pr->curve_of(i, x, theta, f, slope, g, pr->ctx) : pr->curve(x, theta, f, slope, g, pr->ctx);
}

/* Gauss-Newton step of the abscissa of point i towards the minimum of (X - x)^2/ux^2 + (f(X) - y)^2/uy^2. */
static double step_from(const vt_xy_data *d, size_t i, double X, double f, double slope)
{
    const double wx = 1.0 / (d->ux[i] * d->ux[i]), wy = 1.0 / (d->uy[i] * d->uy[i]);
    return (wx * (d->x[i] - X) - wy * slope * (f - d->y[i])) / (wx + wy * slope * slope);
}

/* The sum of squares is flat at its minimum and leaves half of the digits of X: the last steps follow the gradient
 * alone, for as long as they shrink. */
static int polish(const vt_xy_problem *pr, size_t i, const double *theta, double *X, double *f, double *slope,
                  double *g)
{
    double before = INFINITY;
    for (int k = 0; k < 20; k++) {
        const int status = curve_at(pr, i, *X, theta, f, slope, g);
        if (status != 0) return status;
        const double step = step_from(&pr->data, i, *X, *f, *slope);
        if (!(fabs(step) < 0.5 * before) || !(fabs(step) < 1e-3 * pr->data.ux[i])) return 0;
        if (*X + step == *X) return 0;
        *X += step;
        before = fabs(step);
    }
    return curve_at(pr, i, *X, theta, f, slope, g);
}

/* Best abscissa of point i, Gauss-Newton with halving from x, into f, slope and g (p values) of the curve there.
 * Nonzero: outside the domain at the start. */
static int best_abscissa(const vt_xy_problem *pr, size_t i, const double *theta, double *f, double *slope, double *g)
{
    const vt_xy_data *d = &pr->data;
    const double ux = d->ux[i], uy = d->uy[i];
    double X = d->x[i], cost;
    int status = curve_at(pr, i, X, theta, f, slope, g);
    if (status != 0 || !(ux > 0.0)) return status;
    cost = (*f - d->y[i]) * (*f - d->y[i]) / (uy * uy);
    for (int k = 0; k < 100; k++) {
        const double step = step_from(d, i, X, *f, *slope);
        if (!(fabs(step) > 1e-4 * ux)) break;
        double trial_f = 0.0, trial_slope = 0.0, trial = INFINITY, shorter = 1.0;
        for (int h = 0; h < 40; h++, shorter *= 0.5) {
            const double Y = X + shorter * step, e = (Y - d->x[i]) / ux;
            if (curve_at(pr, i, Y, theta, &trial_f, &trial_slope, g) != 0) continue;
            trial = e * e + (trial_f - d->y[i]) * (trial_f - d->y[i]) / (uy * uy);
            if (trial <= cost) break;
        }
        if (!(trial < cost)) break;
        X += shorter * step;
        cost = trial;
        *f = trial_f;
        *slope = trial_slope;
    }
    return polish(pr, i, theta, &X, f, slope, g);
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

static vt_status check(const vt_xy_problem *pr, vt_error *err)
{
    if (!pr || !pr->curve == !pr->curve_of) return vt_fail(err, VT_EARG, "problem is NULL or has not one curve");
    const vt_status st = vti_xy_check(&pr->data, err);
    if (st != VT_OK) return st;
    if (pr->data.r) return vt_fail(err, VT_EARG, "correlated errors of x and y: use the York line");
    for (size_t i = 0; i < pr->data.n; i++)
        if (!(pr->data.uy[i] > 0.0)) return vt_fail(err, VT_ERANGE, "u(y) of point %zu is not > 0", i);
    return VT_OK;
}

/* pr is a copy of the caller's: callbacks take a pointer that is not const. */
static vt_nlfit_problem reduced(vt_xy_problem *pr)
{
    return (vt_nlfit_problem){.n = pr->data.n,
                              .p = pr->p,
                              .residual = residual,
                              .jacobian = jacobian,
                              .ctx = pr,
                              .transform = pr->transform,
                              .fixed = pr->fixed};
}

vt_status vt_xy_solve(vt_nlfit *ws, const vt_xy_problem *pr, const vt_nlfit_options *opt, double *theta, double *cov,
                      vt_nlfit_summary *sum, vt_error *err)
{
    const vt_status st = check(pr, err);
    if (st != VT_OK) return st;
    vt_xy_problem copy = *pr;
    const vt_nlfit_problem fit = reduced(&copy);
    return vt_nlfit_solve(ws, &fit, opt, theta, cov, sum, err);
}

vt_status vt_xy_profile(vt_nlfit *ws, const vt_xy_problem *pr, const vt_nlfit_options *opt, const double *theta,
                        const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err)
{
    const vt_status st = check(pr, err);
    if (st != VT_OK) return st;
    vt_xy_problem copy = *pr;
    const vt_nlfit_problem fit = reduced(&copy);
    return vt_nlfit_profile(ws, &fit, opt, theta, what, out, err);
}
