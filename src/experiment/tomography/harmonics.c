/* Outline through the edges of the rays: Fourier series of the radius, Tukey's bisquare (P 1.2). */
#include "stats/quantile_internal.h"
#include "tomography_internal.h"
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 30 };

struct work {
    gsl_multifit_linear_workspace *fit;
    gsl_matrix *X, *cov;
    gsl_vector *r, *w, *c, *e;
    double *order;
};

static void release(struct work *k)
{
    if (k->fit) gsl_multifit_linear_free(k->fit);
    if (k->X) gsl_matrix_free(k->X);
    if (k->cov) gsl_matrix_free(k->cov);
    gsl_vector *const v[] = {k->r, k->w, k->c, k->e};
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        if (v[i]) gsl_vector_free(v[i]);
    free(k->order);
}

static bool prepare(struct work *k, size_t n, size_t p)
{
    *k = (struct work){.fit = gsl_multifit_linear_alloc(n, p),
                       .X = gsl_matrix_alloc(n, p),
                       .cov = gsl_matrix_alloc(p, p),
                       .r = gsl_vector_alloc(n),
                       .w = gsl_vector_alloc(n),
                       .c = gsl_vector_alloc(p),
                       .e = gsl_vector_alloc(n),
                       .order = malloc(n * sizeof *k->order)};
    return k->fit && k->X && k->cov && k->r && k->w && k->c && k->e && k->order;
}

static double scale_of(struct work *k, size_t n)
{
    for (size_t i = 0; i < n; i++) k->order[i] = fabs(gsl_vector_get(k->e, i));
    return 1.4826 * k->order[vti_order_quantile(k->order, n, 0.5)];
}

static void fill(struct work *k, size_t n, const double *theta, const double *r, size_t harmonics)
{
    for (size_t i = 0; i < n; i++) {
        gsl_matrix_set(k->X, i, 0, 1.0);
        for (size_t h = 1; h <= harmonics; h++) {
            gsl_matrix_set(k->X, i, 2 * h - 1, cos((double)h * theta[i]));
            gsl_matrix_set(k->X, i, 2 * h, sin((double)h * theta[i]));
        }
        gsl_vector_set(k->r, i, r[i]);
        gsl_vector_set(k->w, i, 1.0);
    }
}

vt_status vti_tomo_harmonics(size_t n, const double *theta, const double *r, double *weight, vti_outline *o,
                             vt_error *err)
{
    const size_t p = 2 * o->harmonics + 1;
    struct work k = {0};
    double chi2 = 0.0, s = 0.0;
    size_t kept = 0;
    vt_status st = VT_OK;
    if (n < 2 * p) return vt_fail(err, VT_EAMBIGUOUS, "%zu edges for an outline of %zu coefficients", n, p);
    if (!prepare(&k, n, p)) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu rays", n));
    fill(&k, n, theta, r, o->harmonics);
    for (int round = 0; round < ROUNDS; round++) {
        const double before = round > 0 ? gsl_vector_get(k.c, 0) : 0.0;
        if (gsl_multifit_wlinear(k.X, k.w, k.r, k.c, k.cov, &chi2, k.fit) != 0)
            VT_TRY(st = vt_fail(err, VT_EAMBIGUOUS, "no outline goes through %zu edges", n));
        gsl_multifit_linear_residuals(k.X, k.r, k.c, k.e);
        s = fmax(scale_of(&k, n), 1e-9);
        kept = 0;
        for (size_t i = 0; i < n; i++) {
            const double u = gsl_vector_get(k.e, i) / (4.685 * s), b = 1.0 - u * u;
            weight[i] = fabs(u) < 1.0 ? b * b : 0.0;
            gsl_vector_set(k.w, i, weight[i]);
            kept += weight[i] > 0.1;
        }
        if (kept < 2 * p) VT_TRY(st = vt_fail(err, VT_EAMBIGUOUS, "%zu of %zu edges fit one outline", kept, n));
        if (round > 1 && fabs(gsl_vector_get(k.c, 0) - before) < 1e-6) break;
    }
    for (size_t i = 0; i < p; i++) {
        o->c[i] = gsl_vector_get(k.c, i);
        o->u[i] = s * sqrt(gsl_matrix_get(k.cov, i, i));
    }
    o->scatter = s;
    o->kept = kept;
done:
    release(&k);
    return st;
}
