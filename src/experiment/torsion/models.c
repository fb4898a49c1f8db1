/* The rival models of the whole curve, each fitted by AR(1) likelihood, and the choice between them (P30). */
#include "models_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>

/* Zones of a wire of radius 1, whose b = pi G/2. Returns how many. */
static size_t zones(vti_torsion_model m, const double *x, vt_torsion_zone z[2])
{
    const double unit = 2.0 / VT_PI, G = unit * x[VTI_P_B];
    if (m == VTI_TORSION_HOMOGENEOUS || m == VTI_TORSION_HARDENING) {
        z[0] = (vt_torsion_zone){0.0, 1.0, G, x[VTI_P_Y], m == VTI_TORSION_HARDENING ? x[VTI_P_S] * G : 0.0};
        return 1;
    }
    const double c = 1.0 - x[VTI_P_D];
    z[0] = (vt_torsion_zone){0.0, c, G, m == VTI_TORSION_LAYERED ? INFINITY : x[VTI_P_Y], 0.0};
    z[1] = (vt_torsion_zone){c, 1.0, unit * x[VTI_P_S], x[VTI_P_Y], 0.0};
    return 2;
}

double vti_torsion_predict(vti_torsion_model m, const double *x, double phi)
{
    vt_torsion_zone z[2];
    vt_torsion_response sum;
    const size_t n = zones(m, x, z);
    const double theta = phi - x[VTI_P_Z];
    if (vt_torsion_torque(n, z, fabs(theta), &sum, NULL, NULL) != VT_OK) return NAN;
    return copysign(sum.T, theta);
}

static int residual(const double *x, double *r, void *ctx)
{
    const vti_torsion_problem *p = ctx;
    double before = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const double e = vti_torsion_predict(p->model, x, p->phi[i]) - p->T[i];
        if (!isfinite(e)) return 1;
        r[i] = i ? (e - p->rho * before) * p->white : e;
        before = e;
    }
    return 0;
}

/* Derivatives of one torque by the parameters. */
static void derive(const vti_torsion_problem *p, const double *x, double phi, double *d)
{
    vt_torsion_zone z[2];
    vt_torsion_response sum = {0}, each[2] = {0};
    const size_t n = zones(p->model, x, z);
    const double theta = phi - x[VTI_P_Z], sign = theta < 0.0 ? -1.0 : 1.0, unit = 2.0 / VT_PI;
    (void)vt_torsion_torque(n, z, fabs(theta), &sum, each, NULL);
    const bool hard = p->model == VTI_TORSION_HARDENING;
    d[VTI_P_B] = sign * unit * (each[0].G + (hard ? x[VTI_P_S] * each[0].H : 0.0));
    d[VTI_P_S] = sign * (hard ? z[0].G * each[0].H : n == 2 ? unit * each[1].G : 0.0);
    d[VTI_P_Y] = sign * (n == 2 && p->model == VTI_TORSION_LAYERED ? each[1].gamma : each[0].gamma + each[1].gamma);
    d[VTI_P_Z] = -sum.theta;
    d[VTI_P_D] = n == 2 ? -sign * (each[0].b + each[1].a) : 0.0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    const vti_torsion_problem *p = ctx;
    double before[VTI_P] = {0};
    for (size_t i = 0; i < p->n; i++) {
        double d[VTI_P];
        derive(p, x, p->phi[i], d);
        for (size_t k = 0; k < VTI_P; k++) {
            J[i * VTI_P + k] = i ? (d[k] - p->rho * before[k]) * p->white : d[k];
            before[k] = d[k];
        }
    }
    return 0;
}

bool vti_torsion_solve(vti_torsion_problem *p, double *x, double *cov, double *rss)
{
    const bool layered = p->model == VTI_TORSION_LAYERED || p->model == VTI_TORSION_EQUAL_YIELD;
    const bool fixed[VTI_P] = {[VTI_P_S] = p->model == VTI_TORSION_HOMOGENEOUS, [VTI_P_D] = true};
    const vt_nlfit_transform transform[VTI_P] = {VT_NLFIT_LOG, layered ? VT_NLFIT_LOG : VT_NLFIT_NONE, VT_NLFIT_LOG,
                                                 VT_NLFIT_NONE, VT_NLFIT_NONE};
    const vt_nlfit_problem problem = {.n = p->n,
                                      .p = VTI_P,
                                      .residual = residual,
                                      .jacobian = jacobian,
                                      .ctx = p,
                                      .transform = transform,
                                      .fixed = fixed};
    /* The second derivative jumps where a front crosses a reading, so the gradient does not vanish as in a smooth law;
     * a cosine of 1e-5 is 1e-10 of the sum of squares. */
    const vt_nlfit_options how = {.weights = VT_NLFIT_RELATIVE,
                                  .max_iterations = 60,
                                  .cost_change = 1e-8,
                                  .gradient = 1e-5,
                                  .max_condition = 1e14};
    vt_nlfit_summary sum;
    p->white = 1.0 / sqrt(1.0 - p->rho * p->rho);
    if (vt_nlfit_solve(p->work, &problem, &how, x, cov, &sum, NULL) != VT_OK) return false;
    *rss = sum.chi2;
    return true;
}

/* -2 ln likelihood of the residuals at the correlation rho, but for a constant. */
static double likelihood(size_t n, const double *e, double rho)
{
    const double c = 1.0 - rho * rho;
    double rss = e[0] * e[0];
    for (size_t i = 1; i < n; i++) rss += (e[i] - rho * e[i - 1]) * (e[i] - rho * e[i - 1]) / c;
    return (double)n * log(rss / (double)n) + (double)(n - 1) * log(c);
}

/* Correlation of largest likelihood in [0, 0.97], golden section. */
double vti_torsion_correlation(vti_torsion_problem *p, const double *x, double *minus2lnL)
{
    const double golden = 0.5 * (sqrt(5.0) - 1.0);
    double low = 0.0, high = 0.97, e[VTI_TORSION_BINS];
    for (size_t i = 0; i < p->n; i++) e[i] = vti_torsion_predict(p->model, x, p->phi[i]) - p->T[i];
    while (high - low > 1e-4) {
        const double a = high - golden * (high - low), b = low + golden * (high - low);
        if (likelihood(p->n, e, a) < likelihood(p->n, e, b))
            high = b;
        else
            low = a;
    }
    const double rho = low < 1e-3 ? 0.0 : 0.5 * (low + high);
    *minus2lnL = likelihood(p->n, e, rho);
    return rho;
}

/* Criterion with error and correlation counted as parameters. */
double vti_torsion_criterion(double minus2lnL, size_t n, long k)
{
    const double K = (double)k + 2.0;
    return minus2lnL + 2.0 * K + 2.0 * K * (K + 1.0) / ((double)n - K - 1.0);
}

static void start(const vti_torsion_run *run, const vti_torsion_problem *p, double *x)
{
    x[VTI_P_B] = run->b0 * p->unit_phi / p->unit_T;
    x[VTI_P_S] = 0.0;
    x[VTI_P_Y] = 0.9 * run->yield[VTI_YIELD_ONSET][0] / p->unit_phi;
    x[VTI_P_Z] = run->z / p->unit_phi;
    x[VTI_P_D] = 0.0;
}

/* M0 and M3: one solve for each of two correlations. */
static void plain(vti_torsion_problem *p, const double *from, vti_torsion_fit *f)
{
    double m2 = NAN;
    f->k = p->model == VTI_TORSION_HARDENING ? 4 : 3;
    memcpy(f->x, from, sizeof f->x);
    p->rho = 0.0;
    for (int pass = 0; pass < 3; pass++) {
        f->done = vti_torsion_solve(p, f->x, f->cov, &f->rss);
        if (!f->done) return;
        f->rho = p->rho;
        const double rho = vti_torsion_correlation(p, f->x, &m2);
        if (pass < 2) p->rho = rho;
    }
    f->aicc = vti_torsion_criterion(m2, p->n, f->k);
    const double t = p->t, ub = sqrt(f->cov[VTI_P_B * VTI_P + VTI_P_B]), uy = sqrt(f->cov[VTI_P_Y * VTI_P + VTI_P_Y]);
    f->b0 = (vti_torsion_extent){f->x[VTI_P_B], ub, f->x[VTI_P_B] - t * ub, f->x[VTI_P_B] + t * ub};
    f->y = (vti_torsion_extent){f->x[VTI_P_Y], uy, f->x[VTI_P_Y] - t * uy, f->x[VTI_P_Y] + t * uy};
}

static void scale(double by, vti_torsion_extent *e)
{
    *e = (vti_torsion_extent){by * e->value, by * e->u, by * e->low, by * e->high};
}

/* From the units of the fit to N m and rad. */
static void unscale(const vti_torsion_problem *p, vti_torsion_fit *f)
{
    const double b = p->unit_T / p->unit_phi;
    const double by[VTI_P] = {b, p->model == VTI_TORSION_HARDENING ? 1.0 : b, p->unit_phi, p->unit_phi, 1.0};
    for (size_t i = 0; i < VTI_P; i++) {
        f->x[i] *= by[i];
        for (size_t j = 0; j < VTI_P; j++) f->cov[i * VTI_P + j] *= by[i] * by[j];
    }
    scale(b, &f->b0);
    scale(p->unit_phi, &f->y);
    scale(b, &f->skin);
    scale(b, &f->layer);
    f->rss *= p->unit_T * p->unit_T;
}

/* Is the line after the layer has yielded straight, over 5 % of the angle at yield or more? */
static bool flat(const vti_torsion_run *run)
{
    const vti_torsion_fit *f = &run->fit[VTI_TORSION_LAYERED];
    const double from = f->x[VTI_P_Z] + f->x[VTI_P_Y] / (1.0 - f->x[VTI_P_D]);
    size_t i = 0;
    while (i < run->bins && run->bin_phi[i] < from) i++;
    if (run->bins - i < 8 || run->bin_phi[run->bins - 1] - from < 0.05 * f->x[VTI_P_Y]) return false;
    return vti_torsion_curvature(run->bins - i, run->bin_phi + i, run->bin_T + i) > 0.01;
}

static void choose(vti_torsion_run *run)
{
    const vti_torsion_fit *f = run->fit;
    run->best = VTI_TORSION_HOMOGENEOUS;
    for (int m = 0; m < VTI_TORSION_MODELS; m++)
        if (f[m].done && (!f[run->best].done || f[m].aicc < f[run->best].aicc)) run->best = (vti_torsion_model)m;
    const vti_torsion_fit *layered = &f[VTI_TORSION_LAYERED];
    run->layer = run->best == VTI_TORSION_LAYERED && layered->aicc < f[VTI_TORSION_HOMOGENEOUS].aicc - 6.0 &&
                 layered->aicc < f[VTI_TORSION_HARDENING].aicc - 6.0 && flat(run);
    const bool hardens =
        f[VTI_TORSION_HARDENING].done &&
        (!f[VTI_TORSION_HOMOGENEOUS].done || f[VTI_TORSION_HARDENING].aicc < f[VTI_TORSION_HOMOGENEOUS].aicc - 2.0);
    run->told = run->layer ? VTI_TORSION_LAYERED : hardens ? VTI_TORSION_HARDENING : VTI_TORSION_HOMOGENEOUS;
}

vt_status vti_torsion_models(vti_torsion_run *run, vt_error *err)
{
    double phi[VTI_TORSION_BINS], T[VTI_TORSION_BINS], from[VTI_P];
    const size_t n = run->bins - run->from;
    vti_torsion_problem p = {.n = n,
                             .phi = phi,
                             .T = T,
                             .unit_phi = run->bin_phi[run->bins - 1],
                             .unit_T = run->b0 * run->yield[VTI_YIELD_ONSET][0],
                             .t = gsl_cdf_tdist_Pinv(0.5 + 0.5 * run->job->common.level, (double)n - 5.0)};
    if (!run->yielded) return VT_OK;
    for (size_t i = 0; i < n; i++) {
        phi[i] = run->bin_phi[run->from + i] / p.unit_phi;
        T[i] = run->bin_T[run->from + i] / p.unit_T;
    }
    vt_status st = vt_nlfit_create(&p.work, n, VTI_P, err);
    if (st != VT_OK) return st;
    start(run, &p, from);
    for (int m = 0; m < VTI_TORSION_MODELS; m++) {
        vti_torsion_fit *f = &run->fit[m];
        p.model = (vti_torsion_model)m;
        if (m == VTI_TORSION_LAYERED || m == VTI_TORSION_EQUAL_YIELD) {
            const vti_torsion_fit *f0 = &run->fit[VTI_TORSION_HOMOGENEOUS];
            vti_torsion_sections(&p, from, f0->done ? f0->rho : 0.0, f);
        } else
            plain(&p, from, f);
        if (m == VTI_TORSION_HOMOGENEOUS && f->done) memcpy(from, f->x, sizeof from);
        if (f->done && m != VTI_TORSION_HOMOGENEOUS) unscale(&p, f);
    }
    p.model = VTI_TORSION_HOMOGENEOUS;
    if (run->fit[p.model].done) unscale(&p, &run->fit[p.model]);
    vt_nlfit_free(p.work);
    choose(run);
    if (!run->fit[run->told].done)
        return vt_fail(err, VT_ENOCONV, "no model of the curve could be fitted to %zu means", n);
    return VT_OK;
}
