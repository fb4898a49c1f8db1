/* The rival models of the whole curve, each fitted by AR(1) likelihood, and the choice between them (P30). */
#include "base/quantity_internal.h"
#include "models_internal.h"
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
    const double core = m == VTI_TORSION_LAYERED        ? (double)INFINITY
                        : m == VTI_TORSION_LAYERED_CORE ? x[VTI_P_W]
                                                        : x[VTI_P_Y];
    z[0] = (vt_torsion_zone){0.0, c, G, core, 0.0};
    z[1] = (vt_torsion_zone){c, 1.0, unit * x[VTI_P_S], x[VTI_P_Y], 0.0};
    return 2;
}

double vti_torsion_derive(vti_torsion_model m, const double *x, double phi, double *d)
{
    vt_torsion_zone z[2];
    vt_torsion_response sum = {0}, each[2] = {0};
    const size_t n = zones(m, x, z);
    const double theta = phi - x[VTI_P_Z], sign = theta < 0.0 ? -1.0 : 1.0, unit = 2.0 / VT_PI;
    if (vt_torsion_torque(n, z, fabs(theta), &sum, each, NULL) != VT_OK) sum.T = NAN;
    if (!d) return sign * sum.T;
    const bool hard = m == VTI_TORSION_HARDENING;
    d[VTI_P_B] = sign * unit * (each[0].G + (hard ? x[VTI_P_S] * each[0].H : 0.0));
    d[VTI_P_S] = sign * (hard ? z[0].G * each[0].H : n == 2 ? unit * each[1].G : 0.0);
    d[VTI_P_Y] = sign * (each[1].gamma + (vti_torsion_is_layered(m) ? 0.0 : each[0].gamma));
    d[VTI_P_Z] = -sum.theta;
    d[VTI_P_D] = n == 2 ? -sign * (each[0].b + each[1].a) : 0.0;
    d[VTI_P_W] = m == VTI_TORSION_LAYERED_CORE ? sign * each[0].gamma : 0.0;
    return sign * sum.T;
}

double vti_torsion_predict(vti_torsion_model m, const double *x, double phi)
{
    return vti_torsion_derive(m, x, phi, NULL);
}

bool vti_torsion_is_layered(vti_torsion_model m)
{
    return m == VTI_TORSION_LAYERED || m == VTI_TORSION_LAYERED_CORE;
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
double vti_torsion_correlation(const vti_torsion_problem *p, const double *x, double *minus2lnL)
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

/* One solve for each of two correlations. */
static void plain(vti_torsion_problem *p, vti_torsion_fit *f)
{
    double m2 = NAN;
    f->k = vti_torsion_parameters(p->model);
    p->rho = 0.0;
    for (int pass = 0; pass < 3; pass++) {
        f->done = vti_torsion_solve(p, pass ? f->x : NULL, f->x, &f->rss);
        if (!f->done) return;
        f->rho = p->rho;
        const double rho = vti_torsion_correlation(p, f->x, &m2);
        if (pass < 2) p->rho = rho;
    }
    f->done = vti_torsion_covariance(p, f->x, f->rss, f->cov);
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
    const double by[VTI_P] = {b,          p->model == VTI_TORSION_HARDENING ? 1.0 : b, p->unit_phi, p->unit_phi, 1.0,
                              p->unit_phi};
    for (size_t i = 0; i < VTI_P; i++) {
        f->x[i] *= by[i];
        for (size_t j = 0; j < VTI_P; j++) f->cov[i * VTI_P + j] *= by[i] * by[j];
    }
    scale(b, &f->b0);
    scale(p->unit_phi, &f->y);
    scale(b, &f->skin);
    scale(b, &f->layer);
    scale(p->unit_phi, &f->w);
    f->rss *= p->unit_T * p->unit_T;
}

/* Where the line past yield begins and ends: layer plastic throughout, core elastic. */
static void straight(const vti_torsion_run *run, double at[2])
{
    const vti_torsion_fit *f = &run->fit[run->skin];
    const double c = 1.0 - f->x[VTI_P_D], end = run->bin_phi[run->bins - 1];
    at[0] = f->x[VTI_P_Z] + f->x[VTI_P_Y] / c;
    at[1] = run->skin == VTI_TORSION_LAYERED_CORE ? fmin(end, f->x[VTI_P_Z] + f->x[VTI_P_W] / c) : end;
}

/* Is that line straight, over 5 % of the angle at yield or more? */
static void flatness(vti_torsion_run *run)
{
    double at[2];
    size_t i = 0, n = 0;
    straight(run, at);
    while (i < run->bins && run->bin_phi[i] < at[0]) i++;
    while (i + n < run->bins && run->bin_phi[i + n] <= at[1]) n++;
    run->straight = fmax(0.0, at[1] - at[0]) / run->fit[run->skin].x[VTI_P_Y];
    run->p_straight = n < 8 ? (double)NAN : vti_torsion_curvature(n, run->bin_phi + i, run->bin_T + i);
    run->flat = run->straight >= 0.05 && run->p_straight > 0.01;
}

static bool better(const vti_torsion_fit *a, const vti_torsion_fit *b, double by)
{
    return a->done && (!b->done || a->aicc < b->aicc - by);
}

static void choose(vti_torsion_run *run)
{
    const vti_torsion_fit *f = run->fit, *m0 = &f[VTI_TORSION_HOMOGENEOUS], *m3 = &f[VTI_TORSION_HARDENING];
    run->best = VTI_TORSION_HOMOGENEOUS;
    for (int m = 0; m < VTI_TORSION_MODELS; m++)
        if (better(&f[m], &f[run->best], 0.0)) run->best = (vti_torsion_model)m;
    run->skin = better(&f[VTI_TORSION_LAYERED_CORE], &f[VTI_TORSION_LAYERED], 0.0) ? VTI_TORSION_LAYERED_CORE
                                                                                   : VTI_TORSION_LAYERED;
    const vti_torsion_fit *skin = &f[run->skin];
    if (skin->done) flatness(run);
    /* What a slip leaves behind looks like the yield of a thin layer on a core that yields later. */
    run->doubted = run->skin == VTI_TORSION_LAYERED_CORE && !(skin->aicc < run->slipped - 6.0);
    /* A rival that could not be fitted is not beaten. */
    run->layer = run->best == run->skin && m0->done && m3->done && better(skin, m0, 6.0) && better(skin, m3, 6.0) &&
                 run->flat && !run->doubted;
    run->told = run->layer ? run->skin : better(m3, m0, 2.0) ? VTI_TORSION_HARDENING : VTI_TORSION_HOMOGENEOUS;
}

static void fit_all(vti_torsion_run *run, vti_torsion_problem *p)
{
    static const vti_torsion_model ORDER[VTI_TORSION_MODELS] = {VTI_TORSION_HOMOGENEOUS, VTI_TORSION_HARDENING,
                                                                VTI_TORSION_LAYERED, VTI_TORSION_LAYERED_CORE,
                                                                VTI_TORSION_EQUAL_YIELD};
    const vti_torsion_fit *m0 = &run->fit[VTI_TORSION_HOMOGENEOUS];
    run->slipped = INFINITY;
    for (int k = 0; k < VTI_TORSION_MODELS; k++) {
        vti_torsion_fit *f = &run->fit[ORDER[k]];
        p->model = ORDER[k];
        if (p->model == VTI_TORSION_HOMOGENEOUS || p->model == VTI_TORSION_HARDENING) {
            plain(p, f);
            vti_torsion_slip slip = {0};
            const double aicc = f->done ? vti_torsion_slipped(p, f, &slip) : (double)INFINITY;
            if (aicc < run->slipped) {
                run->slipped = aicc;
                run->slip = (vti_torsion_slip){slip.at * p->unit_phi, slip.by * p->unit_phi};
            }
        } else
            vti_torsion_sections(p, f);
        if (vti_torsion_is_layered(p->model) && better(f, m0, 6.0)) vti_torsion_section_intervals(p, f);
        if (f->done) unscale(p, f);
    }
}

vt_status vti_torsion_models(vti_torsion_run *run, vt_error *err)
{
    double phi[VTI_TORSION_BINS], T[VTI_TORSION_BINS];
    const size_t n = run->bins - run->from;
    vti_torsion_problem p = {.n = n,
                             .phi = phi,
                             .T = T,
                             .unit_phi = run->bin_phi[run->bins - 1],
                             .unit_T = run->b0 * run->yield[VTI_YIELD_ONSET][0],
                             .onset = run->yield[VTI_YIELD_ONSET][0] / run->bin_phi[run->bins - 1],
                             .zero = run->z / run->bin_phi[run->bins - 1],
                             .t = vti_coverage_factor(run->job->common.level, (double)n - 5.0)};
    if (!run->yielded) return VT_OK;
    for (size_t i = 0; i < n; i++) {
        phi[i] = run->bin_phi[run->from + i] / p.unit_phi;
        T[i] = run->bin_T[run->from + i] / p.unit_T;
    }
    const vt_status st = vti_torsion_search_create(&p.work, err);
    if (st != VT_OK) return st;
    fit_all(run, &p);
    vti_torsion_search_free(p.work);
    choose(run);
    if (!run->fit[run->told].done)
        return vt_fail(err, VT_ENOCONV, "no model of the curve could be fitted to %zu means", n);
    return VT_OK;
}
