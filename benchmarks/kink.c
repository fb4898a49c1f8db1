/* Time of the VFT-Arrhenius kink fit, of 1000 bootstraps of it, and of a small nonlinear fit.
 *
 * Argument: a folder. The simulated data go there, one file per problem, for the same fits in GSL (kink_gsl.c) and
 * SciPy (kink.py): points, replicates, 1 if eta0 is held; T; u; law; then per replicate the chi2 that was found and ln
 * eta. */
#include "bench.h"
#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/kink.h>
#include <vitrum/nlfit.h>
#include <vitrum/random.h>

enum { POINTS = 15, COUNT = 1000, SEED = 20260921 };

typedef struct problem {
    const char *name; /* part of the ids */
    size_t n;
    double T0, step; /* highest temperature and distance, K */
    bool fix_eta0;
} problem;

static const problem PROBLEM[2] = {
    {"five", POINTS, 610.15, 5.0, false}, /* five parameters: eta0 is free, ten liquid points */
    {"four", 7, 600.15, 10.0, true},      /* the seven temperatures of the study: eta0 is held */
};

/* Reference set of the published numbers. */
static vt_kink_law truth(void)
{
    return (vt_kink_law){
        .ln_eta0 = log(3.969e-5), .B = 5477.08, .T0 = 415.56, .Tk = 560.65, .Qg = 0.884 * VT_ELECTRONVOLT};
}

typedef struct replicates {
    double T[POINTS], u[POINTS], mean[POINTS];
    double y[COUNT][POINTS];
    vt_kink_fit fit[COUNT];
} replicates;

/* The numbers that vt_kink_bootstrap draws. */
static void simulate(const problem *p, replicates *r)
{
    const vt_kink_law law = truth();
    vt_error err = {0};
    for (size_t i = 0; i < p->n; i++) {
        r->T[i] = p->T0 - p->step * (double)i;
        r->u[i] = 0.1;
    }
    bench_need(vt_kink_ln_eta(&law, p->n, r->T, r->mean, &err), &err);
    for (size_t k = 0; k < COUNT; k++) {
        vt_stream s;
        vt_stream_init(&s, SEED, vt_stream_purpose("stats/kink"), k);
        for (size_t i = 0; i < p->n; i++) r->y[k][i] = r->mean[i] + r->u[i] * vt_stream_normal(&s);
    }
}

/* Every replicate as a fit of its own, with covariance. */
static void fits(const problem *p, replicates *r)
{
    const vt_kink_options opt = {.fix_eta0 = p->fix_eta0, .held = truth()};
    vt_kink *ws = NULL;
    vt_error err = {0};
    char id[64];
    bench_need(vt_kink_create(&ws, p->n, &err), &err);
    const double start = bench_processor();
    for (size_t k = 0; k < COUNT; k++) {
        const vt_kink_data data = {.n = p->n, .T = r->T, .ln_eta = r->y[k], .u = r->u};
        bench_need(vt_kink_solve(ws, &data, &opt, &r->fit[k], &err), &err);
    }
    snprintf(id, sizeof id, "kink.%s.fit", p->name);
    bench_print(id, (bench_processor() - start) / COUNT);
    vt_kink_free(ws);
}

static void bootstrap(const problem *p, const replicates *r, int threads, const char *word)
{
    static vt_kink_law laws[COUNT];
    const vt_kink_law law = truth();
    const vt_kink_options opt = {.fix_eta0 = p->fix_eta0, .held = law};
    const vt_kink_data data = {.n = p->n, .T = r->T, .ln_eta = r->mean, .u = r->u};
    const vt_kink_replicates how = {.count = COUNT, .seed = SEED, .threads = threads};
    size_t failed = 0;
    vt_error err = {0};
    char id[64];
    double (*const now)(void) = threads == 1 ? bench_processor : bench_wall;
    const double start = now();
    bench_need(vt_kink_bootstrap(&data, &opt, &law, &how, laws, &failed, &err), &err);
    snprintf(id, sizeof id, "kink.%s.%s", p->name, word);
    bench_print(id, now() - start);
    snprintf(id, sizeof id, "kink.%s.failed", p->name);
    bench_print(id, (double)failed);
}

static void row(FILE *f, size_t n, const double *x)
{
    for (size_t i = 0; i < n; i++) fprintf(f, "%.17g%c", x[i], i + 1 < n ? ' ' : '\n');
}

static void hand_over(const problem *p, const replicates *r, const char *folder)
{
    const vt_kink_law law = truth();
    char path[4096];
    snprintf(path, sizeof path, "%s/kink.%s.txt", folder, p->name);
    FILE *f = fopen(path, "w");
    if (!f) {
        fprintf(stderr, "%s cannot be written\n", path);
        exit(1);
    }
    fprintf(f, "%zu %d %d\n", p->n, COUNT, (int)p->fix_eta0);
    row(f, p->n, r->T);
    row(f, p->n, r->u);
    row(f, 5, (double[]){law.ln_eta0, law.B, law.T0, law.Tk, law.Qg / VT_ELECTRONVOLT});
    for (size_t k = 0; k < COUNT; k++) {
        fprintf(f, "%.17g ", r->fit[k].chi2);
        row(f, p->n, r->y[k]);
    }
    fclose(f);
}

/* L^2 = a d^2 + b / d in logarithms: ten diameters, two positive parameters. */
typedef struct lengths {
    double d[10], L[10];
} lengths;

static int residual(const double *x, double *r, void *ctx)
{
    const lengths *l = ctx;
    for (int i = 0; i < 10; i++) r[i] = (0.5 * log(x[0] * l->d[i] * l->d[i] + x[1] / l->d[i]) - log(l->L[i])) / 0.05;
    return 0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    const lengths *l = ctx;
    for (int i = 0; i < 10; i++) {
        const double s = x[0] * l->d[i] * l->d[i] + x[1] / l->d[i];
        J[2 * i] = 0.5 * l->d[i] * l->d[i] / s / 0.05;
        J[2 * i + 1] = 0.5 / l->d[i] / s / 0.05;
    }
    return 0;
}

static void small_fits(void)
{
    static const vt_nlfit_transform logs[2] = {VT_NLFIT_LOG, VT_NLFIT_LOG};
    lengths l;
    vt_nlfit *ws = NULL;
    vt_error err = {0};
    for (int i = 0; i < 10; i++) {
        l.d[i] = 0.3 + 0.25 * i;
        l.L[i] = sqrt(4.0 * l.d[i] * l.d[i] + 9.0 / l.d[i]) * exp(0.05 * sin(7.3 * i));
    }
    const vt_nlfit_problem pr = {
        .n = 10, .p = 2, .residual = residual, .jacobian = jacobian, .ctx = &l, .transform = logs};
    bench_need(vt_nlfit_create(&ws, 10, 2, &err), &err);
    const double start = bench_processor();
    for (int i = 0; i < COUNT; i++) {
        double x[2] = {1.0 + 0.01 * i, 5.0}, cov[4];
        bench_need(vt_nlfit_solve(ws, &pr, NULL, x, cov, NULL, &err), &err);
    }
    bench_print("nlfit.fit", (bench_processor() - start) / COUNT);
    vt_nlfit_free(ws);
}

int main(int argc, char **argv)
{
    static replicates r;
    for (int k = 0; k < 2; k++) {
        simulate(&PROBLEM[k], &r);
        fits(&PROBLEM[k], &r);
        bootstrap(&PROBLEM[k], &r, 1, "boot1");
        bootstrap(&PROBLEM[k], &r, 0, "boot");
        if (argc > 1) hand_over(&PROBLEM[k], &r, argv[1]);
    }
    small_fits();
    return 0;
}
