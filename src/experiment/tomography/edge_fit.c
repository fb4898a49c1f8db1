/* Least squares of one model of the profile, in units in which everything is about 1. */
#include "tomography_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/band.h>

static const vt_nlfit_transform TRANSFORM[VT_EDGE_P] = {
    [VT_EDGE_SIGMA] = VT_NLFIT_LOG, [VT_EDGE_SR] = VT_NLFIT_LOG, [VT_EDGE_W] = VT_NLFIT_LOG};

void vti_edge_scale(vti_edge_problem *p, const vti_profile *profile, double sigma)
{
    const size_t n = profile->n;
    double low = profile->g[0], high = profile->g[0];
    for (size_t i = 1; i < n; i++) {
        low = fmin(low, profile->g[i]);
        high = fmax(high, profile->g[i]);
    }
    p->p = profile;
    p->length = sigma > 0.0 ? sigma : fmax((profile->s[n - 1] - profile->s[0]) / 40.0, 0.5 * profile->bin);
    p->zero = profile->g[0];
    p->grey = high > low ? high - low : 1.0;
}

/* What a parameter is divided by on its way into the fit. */
static void units(const vti_edge_problem *p, double unit[VT_EDGE_P])
{
    const double all[VT_EDGE_P] = {p->grey,   p->grey,   p->length,           p->length, p->grey,
                                   p->length, p->length, p->grey / p->length, p->grey};
    memcpy(unit, all, sizeof all);
}

static size_t rows(const vti_edge_problem *p)
{
    return p->p->n + (p->sigma > 0.0 ? 1 : 0);
}

static double extra(const vti_edge_problem *p)
{
    return p->p->bin / sqrt(12.0) / p->length;
}

/* Rows of so many columns, one of each grey, as they would be if the greys were independent. */
static void whiten(const vti_profile *q, size_t columns, double *x)
{
    if (q->band) (void)vt_band_whiten(q->n, q->lags, q->band, columns, x, NULL); /* refuses wrong sizes only */
}

void vti_edge_residuals(const vti_profile *q, const vti_edge_fit *f, double *e)
{
    for (size_t i = 0; i < q->n; i++)
        e[i] = (q->g[i] - vt_edge_profile_grey(f->x, q->bin / sqrt(12.0), q->s[i], NULL)) / q->u[i];
    whiten(q, 1, e);
}

static int residual(const double *x, double *r, void *ctx)
{
    const vti_edge_problem *p = ctx;
    const size_t n = p->p->n;
    for (size_t i = 0; i < n; i++) {
        const double g = vt_edge_profile_grey(x, extra(p), p->p->s[i] / p->length, NULL);
        r[i] = (g - (p->p->g[i] - p->zero) / p->grey) * p->grey / (p->p->u[i] * p->inflate);
        if (!isfinite(r[i])) return 1;
    }
    whiten(p->p, 1, r);
    if (p->sigma > 0.0) r[n] = (x[VT_EDGE_SIGMA] * p->length - p->sigma) / p->u_sigma;
    return 0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    const vti_edge_problem *p = ctx;
    const size_t n = p->p->n;
    for (size_t i = 0; i < n; i++) {
        double *row = J + i * VT_EDGE_P;
        (void)vt_edge_profile_grey(x, extra(p), p->p->s[i] / p->length, row);
        for (size_t k = 0; k < VT_EDGE_P; k++) row[k] *= p->grey / (p->p->u[i] * p->inflate);
    }
    whiten(p->p, VT_EDGE_P, J);
    if (p->sigma > 0.0) {
        memset(J + n * VT_EDGE_P, 0, VT_EDGE_P * sizeof *J);
        J[n * VT_EDGE_P + VT_EDGE_SIGMA] = p->length / p->u_sigma;
    }
    return 0;
}

static void fixed_of(const vti_edge_fit *f, vti_edge_held held, bool fixed[VT_EDGE_P])
{
    const bool places = held == VTI_EDGE_PLACES;
    const bool all[VT_EDGE_P] = {[VT_EDGE_S0] = places,
                                 [VT_EDGE_SIGMA] = held != VTI_EDGE_FREE,
                                 [VT_EDGE_STEP] = !f->layer,
                                 [VT_EDGE_SR] = !f->layer || places,
                                 [VT_EDGE_W] = !f->graded || places,
                                 [VT_EDGE_CUP] = !f->cupping,
                                 [VT_EDGE_FRINGE] = !f->fringe};
    memcpy(fixed, all, sizeof all);
}

/* Into the units of the fit; what is not there is zero, or nearly where its logarithm is taken. */
static vt_nlfit_problem into(vti_edge_problem *p, const vti_edge_fit *f, vti_edge_held held, double *x, bool *fixed)
{
    double unit[VT_EDGE_P];
    units(p, unit);
    fixed_of(f, held, fixed);
    for (size_t k = 0; k < VT_EDGE_P; k++) x[k] = f->x[k] / unit[k];
    x[VT_EDGE_AIR] -= p->zero / p->grey;
    x[VT_EDGE_RIM] -= p->zero / p->grey;
    if (!f->layer) x[VT_EDGE_STEP] = 0.0;
    if (!(x[VT_EDGE_SR] > 0.0)) x[VT_EDGE_SR] = 1.0;
    if (!f->graded || !(x[VT_EDGE_W] > 0.0)) x[VT_EDGE_W] = f->graded ? 1.0 : 1e-9;
    return (vt_nlfit_problem){.n = rows(p),
                              .p = VT_EDGE_P,
                              .residual = residual,
                              .jacobian = jacobian,
                              .ctx = p,
                              .transform = TRANSFORM,
                              .fixed = fixed};
}

static void out_of(const vti_edge_problem *p, const double *x, const double *cov, vti_edge_fit *f)
{
    double unit[VT_EDGE_P];
    units(p, unit);
    for (size_t k = 0; k < VT_EDGE_P; k++) {
        f->x[k] = x[k] * unit[k];
        for (size_t j = 0; j < VT_EDGE_P; j++) f->cov[k * VT_EDGE_P + j] = cov[k * VT_EDGE_P + j] * unit[k] * unit[j];
    }
    f->x[VT_EDGE_AIR] += p->zero;
    f->x[VT_EDGE_RIM] += p->zero;
    if (!f->graded) f->x[VT_EDGE_W] = 0.0;
}

/* The gradient of a layer that is hardly there does not vanish as the last digits of chi2 do: a cosine of 1e-6 is 1e-12
 * of chi2. */
static const vt_nlfit_options HOW = {.max_iterations = 60, .gradient = 1e-6, .max_condition = 1e16};

bool vti_edge_solve(vti_edge_problem *p, vti_edge_fit *f, vti_edge_held held)
{
    double x[VT_EDGE_P], cov[VT_EDGE_P * VT_EDGE_P];
    bool fixed[VT_EDGE_P];
    vt_nlfit_summary sum;
    const vt_nlfit_problem problem = into(p, f, held, x, fixed);
    f->done = vt_nlfit_solve(p->work, &problem, &HOW, x, cov, &sum, NULL) == VT_OK;
    if (!f->done) return false;
    out_of(p, x, cov, f);
    f->chi2 = sum.chi2;
    f->k = 0;
    for (size_t k = 0; k < VT_EDGE_P; k++) f->k += !fixed[k];
    return true;
}

bool vti_edge_interval(vti_edge_problem *p, const vti_edge_fit *f, double level, double *low, double *high)
{
    double x[VT_EDGE_P];
    bool fixed[VT_EDGE_P];
    vt_nlfit_interval out;
    const vt_nlfit_problem problem = into(p, f, VTI_EDGE_FREE, x, fixed);
    const vt_nlfit_profile_request what = {.index = VT_EDGE_SR, .level = level, .reach = 12.0};
    if (vt_nlfit_profile(p->work, &problem, &HOW, x, &what, &out, NULL) != VT_OK) return false;
    if (!out.low_closed || !out.high_closed) return false;
    *low = out.low * p->length;
    *high = out.high * p->length;
    return true;
}

/* The steepest place between the ends, over steps of about the blur. */
static size_t steepest(const vti_edge_problem *p)
{
    const vti_profile *q = p->p;
    const double reach = fmax(p->length, 2.0 * (q->s[q->n - 1] - q->s[0]) / (double)q->n);
    size_t best = q->n / 2, j = 0;
    double most = 0.0;
    for (size_t i = 0; i < q->n; i++) {
        while (j + 1 < q->n && q->s[j] - q->s[i] < reach) j++;
        const double slope = fabs(q->g[j] - q->g[i]);
        if (slope > most) most = slope, best = (i + j) / 2;
    }
    return best;
}

bool vti_edge_start(vti_edge_problem *p, vti_edge_fit *f)
{
    const vti_profile *q = p->p;
    const size_t at = steepest(p), few = q->n / 8 + 1;
    double air = 0.0, rim = 0.0;
    for (size_t i = 0; i < few; i++) {
        air += q->g[i < at ? i : 0] / (double)few;
        rim += q->g[q->n - 1 - i] / (double)few;
    }
    *f = (vti_edge_fit){.x = {air, rim, q->s[at], p->sigma > 0.0 ? p->sigma : p->length, 0.0, p->length}};
    return vti_edge_solve(p, f, VTI_EDGE_FREE);
}
