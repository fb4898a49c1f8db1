/* Weights on an arm: torque of a unit of current, zero, hysteresis between the senses, straightness (P28). */
#include "experiment/experiment_internal.h"
#include "forms_internal.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TERMS = 4 }; /* 1, current, sense, square of the current */

struct weights {
    size_t n;
    const double *I, *T, *given; /* given: column sense, or NULL */
    double middle, half, top;    /* of the currents: middle and half range, A; largest torque, N m */
    bool both;                   /* weights were taken in both senses */
};

/* +-1/2: wound up, or let down again; 0: not known. A current that stands still belongs to what comes after it. */
static double sense(const struct weights *w, size_t i)
{
    if (w->given) return w->given[i] > 0.0 ? 0.5 : -0.5;
    size_t k = i > 0 ? i : 1;
    while (k + 1 < w->n && w->I[k] == w->I[k - 1]) k++;
    const double step = w->I[k] - w->I[k - 1];
    return step > 0.0 ? 0.5 : step < 0.0 ? -0.5 : 0.0;
}

static void look(struct weights *w)
{
    double low = w->I[0], high = w->I[0];
    bool up = false, down = false;
    for (size_t i = 0; i < w->n; i++) {
        low = fmin(low, w->I[i]);
        high = fmax(high, w->I[i]);
        w->top = fmax(w->top, fabs(w->T[i]));
        up = up || sense(w, i) > 0.0;
        down = down || sense(w, i) < 0.0;
    }
    w->middle = 0.5 * (low + high);
    w->half = 0.5 * (high - low);
    w->both = up && down;
}

struct terms {
    double c[TERMS], u[TERMS], cov01, dof;
};

/* Least squares of the torque in the terms asked for; c[1] and c[3] are per half range. False: too few or dependent. */
static bool regress(const struct weights *w, bool squared, struct terms *out)
{
    const size_t p = (size_t)2 + (w->both ? 1U : 0U) + (squared ? 1U : 0U);
    if (w->n <= p || !(w->half > 0.0)) return false;
    gsl_matrix *X = gsl_matrix_alloc(w->n, p), *cov = gsl_matrix_alloc(p, p);
    gsl_vector *c = gsl_vector_alloc(p);
    gsl_multifit_linear_workspace *g = gsl_multifit_linear_alloc(w->n, p);
    gsl_vector_const_view y = gsl_vector_const_view_array(w->T, w->n);
    double chi2 = 0.0;
    bool good = X && cov && c && g;
    for (size_t i = 0; good && i < w->n; i++) {
        const double x = (w->I[i] - w->middle) / w->half;
        gsl_matrix_set(X, i, 0, 1.0);
        gsl_matrix_set(X, i, 1, x);
        if (w->both) gsl_matrix_set(X, i, 2, sense(w, i));
        if (squared) gsl_matrix_set(X, i, p - 1, x * x);
    }
    good = good && gsl_multifit_linear(X, &y.vector, c, cov, &chi2, g) == GSL_SUCCESS;
    if (good) {
        *out = (struct terms){.dof = (double)(w->n - p), .cov01 = gsl_matrix_get(cov, 0, 1)};
        for (size_t k = 0; k < p; k++) {
            const size_t to = k < 2 ? k : squared && k == p - 1 ? 3 : 2;
            out->c[to] = gsl_vector_get(c, k);
            out->u[to] = sqrt(gsl_matrix_get(cov, k, k));
        }
    }
    if (g) gsl_multifit_linear_free(g);
    if (c) gsl_vector_free(c);
    if (cov) gsl_matrix_free(cov);
    if (X) gsl_matrix_free(X);
    return good;
}

/* The line of the mean of both senses: half the hysteresis is taken off each weight. */
static vt_status mean_line(const struct weights *w, const vt_table *t, const struct terms *f, vti_torsion_form_fit *l,
                           vt_error *err)
{
    const double *uI = vti_bound_numbers(t, "current_u"), *uT = vti_bound_numbers(t, "applied_torque_u");
    if (!uI && !uT) {
        const double K = f->c[1] / w->half, u = f->u[1] / w->half, m = w->middle, cov = f->cov01 / w->half;
        *l = (vti_torsion_form_fit){.slope = K,
                                    .u_slope = u,
                                    .intercept = f->c[0] - K * m,
                                    .u_intercept = sqrt(f->u[0] * f->u[0] + m * m * u * u - 2.0 * m * cov),
                                    .cov = cov - m * u * u,
                                    .dof = f->dof};
        return VT_OK;
    }
    double *T = malloc(w->n * sizeof *T);
    if (!T) return vt_fail(err, VT_EMEMORY, "no memory for %zu weights", w->n);
    for (size_t i = 0; i < w->n; i++) T[i] = w->T[i] - (w->both ? f->c[2] * sense(w, i) : 0.0);
    const vt_status st = vti_torsion_form_line(w->n, w->I, T, uI, uT, l, err);
    free(T);
    return st;
}

static vt_status emit_line(const vt_job *job, vt_result *r, const vti_torsion_form_fit *l, vt_error *err)
{
    const vti_value K = {.name = "torque_constant",
                         .symbol = "K_T",
                         .unit = "N m A-1",
                         .method = "slope of torque over current; weights on an arm, mean of both senses",
                         .value = l->slope,
                         .u = l->u_slope};
    const vti_value T0 = {.name = "torque_zero",
                          .symbol = "T_0",
                          .unit = "N m",
                          .method = "torque without current; weights on an arm, mean of both senses",
                          .value = l->intercept,
                          .u = l->u_intercept};
    const vti_column columns[] = {
        {"torque_constant", "N m A-1", &l->slope, NULL}, {"torque_constant_u", "N m A-1", &l->u_slope, NULL},
        {"torque_zero", "N m", &l->intercept, NULL},     {"torque_zero_u", "N m", &l->u_intercept, NULL},
        {"covariance", "N2 m2 A-1", &l->cov, NULL},      {0}};
    vt_status st;
    VT_TRY(st = vti_torsion_form_emit(job, r, &K, l->dof, err));
    VT_TRY(st = vti_torsion_form_emit(job, r, &T0, l->dof, err));
    st = vti_emit_table(r, "calibration",
                        "u(T)^2 = I^2 u(K)^2 + u(T_0)^2 + 2 I cov: torque_constant_u, torque_zero_u and "
                        "torque_covariance of a record by current",
                        1, columns, err);
done:
    return st;
}

static vt_status figure(const struct weights *w, const vti_torsion_form_fit *l, vt_result *r, vt_error *err)
{
    double *x = malloc(3 * w->n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu weights", w->n);
    for (size_t i = 0; i < w->n; i++) {
        x[i] = w->I[i];
        x[w->n + i] = w->T[i] - l->intercept - l->slope * w->I[i];
        x[2 * w->n + i] = 0.0;
    }
    const vti_column columns[] = {
        {"current", "A", x, NULL}, {"residual", "N m", x + w->n, NULL}, {"line", "N m", x + 2 * w->n, NULL}, {0}};
    vt_figure f = {.name = "calibration_line",
                   .title = "Weights against the line of the mean of both senses",
                   .x = {.label = "current", .unit = "mA", .low = NAN, .high = NAN},
                   .y = {.label = "torque above the line", .unit = "uN m", .low = NAN, .high = NAN}};
    vt_status st = vti_emit_table(r, "weights", "", w->n, columns, err);
    free(x);
    if (st != VT_OK) return st;
    vti_emit_series(&f, "weights", "current", "residual", VT_POINTS, 0, "weights");
    vti_emit_series(&f, "weights", "current", "line", VT_LINE, 1, "line");
    snprintf(f.alt, sizeof f.alt, "Torque of %zu weights above the line %.5g uN m/mA times the current plus %.3g uN m.",
             w->n, 1e3 * l->slope, 1e6 * l->intercept);
    return vt_result_add_figure(r, &f, err);
}

vt_status vti_torsion_calibration(const vt_job *job, vt_result *r, const vt_table *t, vt_error *err)
{
    struct weights w = {.n = vt_table_rows(t),
                        .I = vti_bound_numbers(t, "current"),
                        .T = vti_bound_numbers(t, "applied_torque"),
                        .given = vti_bound_numbers(t, "sense")};
    struct terms f = {0}, bent = {0};
    vti_torsion_form_fit l = {0};
    vt_status st;
    if (w.n < 3) return vt_fail(err, VT_EFEWLEVELS, "%zu weights: need at least 3 for a line that can be judged", w.n);
    look(&w);
    if (!regress(&w, false, &f))
        return vt_fail(err, VT_EFEWLEVELS, "%zu weights do not make a line: the currents must differ, in each sense",
                       w.n);
    VT_TRY(st = mean_line(&w, t, &f, &l, err));
    VT_TRY(st = emit_line(job, r, &l, err));
    VT_TRY(st = figure(&w, &l, r, err));
    if (w.both) {
        const vti_value h = {.name = "torque_hysteresis",
                             .symbol = "T_up - T_down",
                             .unit = "N m",
                             .method = "difference between the senses of winding",
                             .value = f.c[2],
                             .u = f.u[2]};
        VT_TRY(st = vti_torsion_form_emit(job, r, &h, f.dof, err));
        if (fabs(f.c[2]) > 0.02 * w.top)
            VT_TRY(
                st = vt_result_warn(r, err, "W_HYST",
                                    "the senses of winding differ by %.3g %% of the largest torque, above 2 %%: their "
                                    "mean is told",
                                    100.0 * fabs(f.c[2]) / w.top));
    }
    if (!regress(&w, true, &bent)) goto done;
    const double p = bent.u[3] > 0.0 ? 2.0 * gsl_cdf_tdist_Q(fabs(bent.c[3]) / bent.u[3], bent.dof) : 1.0;
    if (p < 0.01 && fabs(bent.c[3]) > 1e-9 * w.top)
        st = vt_result_warn(r, err, "W_CURVATURE",
                            "torque is not straight in the current: p = %.2g of a quadratic of %.3g %% of the largest",
                            p, 100.0 * fabs(bent.c[3]) / w.top);
done:
    return st;
}
