/* The record of torsion.c fitted as GSL's manual shows a fit: multifit_nlinear with its driver, default parameters,
 * numeric derivatives, all readings, on one core; homogeneous, hardening and layered model, once each, from the true
 * law (which no user has), without intervals. Argument: the folder with torsion.bin. */
#include "bench.h"
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>

enum { MODELS = 3, MOST = 5 };

typedef struct problem {
    size_t n;
    int model;
    const double *phi, *T;
} problem;

/* Torque of a ring a <= rho <= 1 of a wire of radius 1 and stiffness 1 that yields at y. */
static double ring(double theta, double a, double y)
{
    const double p = fmin(1.0, fmax(a, y / theta));
    return theta * (pow(p, 4.0) - pow(a, 4.0)) + 4.0 / 3.0 * y * (1.0 - p * p * p);
}

/* x: stiffness (uN m/rad), yield, zero (rad); hardening; or stiffness of the layer and its thickness over the radius.
 */
static int residual(const gsl_vector *x, void *ctx, gsl_vector *f)
{
    const problem *p = ctx;
    const double B = x->data[0], y = x->data[1], z = x->data[2];
    for (size_t i = 0; i < p->n; i++) {
        const double theta = p->phi[i] - z, t = fabs(theta);
        double T = B * ring(t, 0.0, y);
        if (p->model == 1) T = (1.0 - x->data[3]) * T + x->data[3] * B * t;
        if (p->model == 2) T = B * t * pow(1.0 - x->data[4], 4.0) + x->data[3] * ring(t, 1.0 - x->data[4], y);
        gsl_vector_set(f, i, copysign(T, theta) - 1e6 * p->T[i]);
    }
    return GSL_SUCCESS;
}

static void run(problem *p)
{
    const double R = 26e-6, B = 1e6 * 1.5707963267948966 * 30e9 * pow(R, 4.0) / 1.7e-3, y = 0.025 * 1.7e-3 / R;
    double from[MODELS][MOST] = {{B, y, 0.03}, {B, y, 0.03, 0.1}, {B, y, 0.03, B * 22.0 / 30.0, 2.0 / 26.0}};
    static const size_t K[MODELS] = {3, 4, 5};
    const gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    int failed = 0;
    const double start = bench_processor();
    for (p->model = 0; p->model < MODELS; p->model++) {
        const size_t k = K[p->model];
        gsl_multifit_nlinear_workspace *w = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, p->n, k);
        gsl_multifit_nlinear_fdf fdf = {.f = residual, .n = p->n, .p = k, .params = p};
        gsl_vector_view x = gsl_vector_view_array(from[p->model], k);
        int info = 0;
        if (!w || gsl_multifit_nlinear_init(&x.vector, &fdf, w) != GSL_SUCCESS) exit(1);
        failed += gsl_multifit_nlinear_driver(100, 1e-8, 1e-8, 0.0, NULL, NULL, &info, w) != GSL_SUCCESS;
        if (p->model == 2) {
            const gsl_vector *at = gsl_multifit_nlinear_position(w);
            const double G = 1e-6 * at->data[3] * 1.7e-3 / (1.5707963267948966 * pow(R, 4.0));
            bench_print("torsion.gsl.stiffness", 1e-3 * G * at->data[4] * R);
        }
        gsl_multifit_nlinear_free(w);
    }
    bench_print("torsion.gsl", bench_processor() - start);
    bench_print("torsion.gsl.failed", failed);
}

int main(int argc, char **argv)
{
    char path[4096];
    double count = 0.0;
    if (argc != 2) {
        fprintf(stderr, "usage: torsion_gsl FOLDER\n");
        return 2;
    }
    gsl_set_error_handler_off();
    snprintf(path, sizeof path, "%s/torsion.bin", argv[1]);
    FILE *f = fopen(path, "rb");
    if (!f || fread(&count, sizeof count, 1, f) != 1 || !(count > 0.0) || !(count <= 1e7)) return 1;
    const size_t n = (size_t)count;
    double *x = malloc(2 * n * sizeof *x);
    if (!x || fread(x, sizeof *x, 2 * n, f) != 2 * n) return 1;
    fclose(f);
    problem p = {.n = n, .phi = x, .T = x + n};
    run(&p);
    free(x);
    return 0;
}
