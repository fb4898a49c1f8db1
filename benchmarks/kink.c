/* Time of the VFT-Arrhenius kink fit and of small nonlinear fits. Prints one table; compare with kink.py. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <vitrum/constants.h>
#include <vitrum/kink.h>
#include <vitrum/nlfit.h>

enum { POINTS = 7, COUNT = 1000, REPEATS = 20 };

static const double T[POINTS] = {600.15, 590.15, 580.15, 570.15, 560.15, 550.15, 540.15};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void row(const char *what, double time, const char *unit, double limit, size_t failed)
{
    printf("%-44s %10.4g %-3s limit %6.4g %-3s failed %zu\n", what, time, unit, limit, unit, failed);
}

/* Shortest of several runs: the machine may be busy with something else. */
static void bootstrap(const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_law *law, int threads)
{
    static vt_kink_law laws[COUNT];
    double best = INFINITY;
    size_t failed = 0;
    char what[64];
    for (int k = 0; k < REPEATS; k++) {
        const vt_kink_replicates how = {.count = COUNT, .seed = 42, .threads = threads};
        const double start = seconds();
        if (vt_kink_bootstrap(data, opt, law, &how, laws, &failed, NULL) != VT_OK) exit(1);
        best = fmin(best, seconds() - start);
    }
    snprintf(what, sizeof what, "1000 bootstraps of the kink fit, %d thread%s", threads, threads == 1 ? "" : "s");
    row(what, best, "s", 0.15, failed);
    row("  one of them", 1e3 * best * threads / COUNT, "ms", 0.3, failed);
}

/* L^2 = a d^2 + b / d in logarithms: ten diameters, two positive parameters, as the reduction of molding fits them. */
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
    double best = INFINITY;
    size_t failed = 0;
    for (int i = 0; i < 10; i++) {
        l.d[i] = 0.3 + 0.25 * i;
        l.L[i] = sqrt(4.0 * l.d[i] * l.d[i] + 9.0 / l.d[i]) * exp(0.05 * sin(7.3 * i));
    }
    const vt_nlfit_problem pr = {
        .n = 10, .p = 2, .residual = residual, .jacobian = jacobian, .ctx = &l, .transform = logs};
    if (vt_nlfit_create(&ws, 10, 2, NULL) != VT_OK) exit(1);
    for (int k = 0; k < REPEATS; k++) {
        const double start = seconds();
        for (int i = 0; i < COUNT; i++) {
            double x[2] = {1.0 + 0.01 * i, 5.0}, cov[4];
            failed += vt_nlfit_solve(ws, &pr, NULL, x, cov, NULL, NULL) != VT_OK;
        }
        best = fmin(best, seconds() - start);
    }
    row("nonlinear fit, 10 residuals, 2 parameters", 1e3 * best / COUNT, "ms", 0.04, failed);
    vt_nlfit_free(ws);
}

int main(void)
{
    const vt_kink_law law = {
        .ln_eta0 = log(3.969e-5), .B = 5477.08, .T0 = 415.56, .Tk = 560.65, .Qg = 0.884 * VT_ELECTRONVOLT};
    double y[POINTS], u[POINTS];
    const vt_kink_data data = {.n = POINTS, .T = T, .ln_eta = y, .u = u};
    const vt_kink_options opt = {.fix_eta0 = true, .held = law};
    if (vt_kink_ln_eta(&law, POINTS, T, y, NULL) != VT_OK) return 1;
    for (int i = 0; i < POINTS; i++) u[i] = 0.1;
    bootstrap(&data, &opt, &law, 1);
    bootstrap(&data, &opt, &law, 2);
    small_fits();
    return 0;
}
