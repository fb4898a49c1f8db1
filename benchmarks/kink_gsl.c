/* The kink fits of kink.c as GSL's manual shows a fit: multifit_nlinear with its driver, default parameters, numeric
 * derivatives, on one core, from the true law. Argument: the folder with the data that kink.c wrote. */
#include "bench.h"
#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>

enum { POINTS = 64, COUNT = 10000 };
#define BOLTZMANN 8.617333262e-5 /* eV/K */

typedef struct problem {
    size_t n, count;
    int fix_eta0;
    double T[POINTS], u[POINTS], law[5];
    const double *y;
} problem;

/* Weighted residuals; x: ln eta0 (if free), B, T0, Tk, Qg. */
static int residual(const gsl_vector *x, void *ctx, gsl_vector *f)
{
    const problem *p = ctx;
    const size_t o = p->fix_eta0 ? 0 : 1;
    const double a = o ? gsl_vector_get(x, 0) : p->law[0], B = gsl_vector_get(x, o), T0 = gsl_vector_get(x, o + 1);
    const double Tk = gsl_vector_get(x, o + 2), q = gsl_vector_get(x, o + 3) / BOLTZMANN;
    for (size_t i = 0; i < p->n; i++) {
        const double T = p->T[i];
        const double y = T >= Tk ? a + B / (T - T0) : a + B / (Tk - T0) + q * (1.0 / T - 1.0 / Tk);
        gsl_vector_set(f, i, (y - p->y[i]) / p->u[i]);
    }
    return GSL_SUCCESS;
}

/* false: the driver reports a failure. */
static int fit(problem *p, gsl_multifit_nlinear_workspace *w, double *chi2)
{
    const size_t o = p->fix_eta0 ? 1 : 0;
    gsl_multifit_nlinear_fdf fdf = {.f = residual, .n = p->n, .p = 5 - o, .params = p};
    gsl_vector_view start = gsl_vector_view_array(p->law + o, 5 - o);
    int info = 0;
    if (gsl_multifit_nlinear_init(&start.vector, &fdf, w) != GSL_SUCCESS) return 0;
    const int status = gsl_multifit_nlinear_driver(100, 1e-8, 1e-8, 0.0, NULL, NULL, &info, w);
    const double norm = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(w));
    *chi2 = norm * norm;
    return status == GSL_SUCCESS && isfinite(*chi2);
}

static void read_rows(FILE *f, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++)
        if (fscanf(f, "%lf", &x[i]) != 1) exit(1);
}

static void run(const char *folder, const char *name)
{
    static problem p;
    static double row[COUNT][POINTS + 1];
    char path[4096], id[64];
    snprintf(path, sizeof path, "%s/kink.%s.txt", folder, name);
    FILE *f = fopen(path, "r");
    if (!f || fscanf(f, "%zu %zu %d", &p.n, &p.count, &p.fix_eta0) != 3 || p.n > POINTS || p.count > COUNT) exit(1);
    read_rows(f, p.n, p.T);
    read_rows(f, p.n, p.u);
    read_rows(f, 5, p.law);
    for (size_t k = 0; k < p.count; k++) read_rows(f, p.n + 1, row[k]);
    fclose(f);
    const gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, p.n, p.fix_eta0 ? 4 : 5);
    size_t failed = 0, missed = 0;
    if (!w) exit(1);
    const double start = bench_processor();
    for (size_t k = 0; k < p.count; k++) {
        double chi2 = 0.0;
        p.y = row[k] + 1;
        const int good = fit(&p, w, &chi2);
        failed += !good;
        missed += good && !(chi2 <= row[k][0] * 1.001 + 1e-3); /* beside the global minimum */
    }
    snprintf(id, sizeof id, "kink.%s.gsl", name);
    bench_print(id, bench_processor() - start);
    snprintf(id, sizeof id, "kink.%s.gsl.failed", name);
    bench_print(id, (double)failed);
    snprintf(id, sizeof id, "kink.%s.gsl.missed", name);
    bench_print(id, (double)missed);
    gsl_multifit_nlinear_free(w);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: kink_gsl FOLDER\n");
        return 2;
    }
    gsl_set_error_handler_off();
    run(argv[1], "five");
    run(argv[1], "four");
    return 0;
}
