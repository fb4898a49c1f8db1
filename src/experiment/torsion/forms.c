/* Other tables of torsion: weights on an arm, one wire at several gauge lengths, results of wires of several diameters
 * (P28, P29, P31). */
#include "forms_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "experiment/experiment_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/line.h>
#include <vitrum/yield.h>
#include <vitrum/york.h>

static const vt_column CALIBRATION[] = {
    {"current", "A", 1, -1e3, 1e3, "I;coil_current", "of the coil that balances the weight"},
    {"applied_torque", "N m", 1, -1e4, 1e4, "weight_torque;reference_torque", "force of the weight times its arm"},
    {"sense", "1", 0, -1, 1, "direction",
     "+1: wound one way (clockwise), -1: the other; absent: of the current's change"},
    {"current_u", "A", 0, 0, 1e3, NULL, "standard uncertainty of the current"},
    {"applied_torque_u", "N m", 0, 0, 1e4, NULL, "standard uncertainty of the torque"},
    VT_COLUMN_END};

static const vt_column LENGTHS[] = {
    {"tested_length", "m", 1, 1e-6, 10.0, "gauge", "twisted length of this run"},
    {"twist_compliance", "rad N-1 m-1", 1, 1e-12, 1e15, "phi_over_T", "angle over torque as measured, elastic"},
    {"twist_compliance_u", "rad N-1 m-1", 0, 0, 1e15, NULL, "its standard uncertainty"},
    VT_COLUMN_END};

static const vt_column SERIES[] = {
    {"wire_diameter", "m", 1, 20e-9, 5e-2, NULL, "of the wire"},
    {"shear_modulus", "Pa", 1, 1e8, 1e12, "apparent_shear_modulus;G_app", "apparent modulus of the wire"},
    {"shear_modulus_u", "Pa", 1, 0, 1e12, NULL, "its standard uncertainty"},
    {"shear_yield_stress", "Pa", 1, 1e5, 1e11, "yield_stress;tau_SY", "surface stress at yield"},
    {"shear_yield_stress_u", "Pa", 1, 0, 1e11, NULL, "its standard uncertainty"},
    {"layer_thickness", "m", 0, 0, 1e-2, "SR;layer_thickness_slope",
     "of a soft layer, as published estimators give it"},
    {"layer_thickness_u", "m", 0, 0, 1e-2, NULL, "its standard uncertainty"},
    VT_COLUMN_END};

const vt_form vti_torsion_forms[] = {
    {"calibration", CALIBRATION, "one weight on the arm: current against torque"},
    {"gauge_lengths", LENGTHS, "one gauge length of one wire: stiffness of the machine"},
    {"series", SERIES, "one wire of a series over diameters"},
    VT_FORM_END};

vt_status vti_torsion_form_line(size_t n, const double *x, const double *y, const double *ux, const double *uy,
                                vti_torsion_form_fit *out, vt_error *err)
{
    vt_status st;
    if (!ux && !uy) {
        vt_line l;
        if ((st = vt_line_ordinary(n, x, y, &l, err)) != VT_OK) return st;
        *out = (vti_torsion_form_fit){l.slope, l.intercept, l.u_slope, l.u_intercept, l.cov, (double)n - 2.0};
        return VT_OK;
    }
    double *zero = calloc(n, sizeof *zero);
    if (!zero) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", n);
    vt_york_fit f;
    const vt_xy_data d = {.n = n, .x = x, .y = y, .ux = ux ? ux : zero, .uy = uy ? uy : zero};
    st = vt_york_line(&d, &f, err);
    free(zero);
    if (st == VT_OK) *out = (vti_torsion_form_fit){f.slope, f.intercept, f.u_slope, f.u_intercept, f.cov, INFINITY};
    return st;
}

vt_status vti_torsion_form_emit(const vt_job *job, vt_result *r, const vti_value *what, double dof, vt_error *err)
{
    vti_value v = *what;
    v.dof = isfinite(dof) ? dof : 0.0;
    return vti_emit_covered(r, &v, job->common.level, err);
}

/* Compliance against gauge length, with its line carried on to length 0. */
static vt_status length_figure(vt_result *r, size_t n, const double *L, const double *c, const vti_torsion_form_fit *l,
                               vt_error *err)
{
    double top = 0.0;
    for (size_t i = 0; i < n; i++) top = fmax(top, L[i]);
    const double x[2] = {0.0, top}, y[2] = {l->intercept, l->intercept + l->slope * top};
    const vti_column points[] = {{"tested_length", "m", L, NULL}, {"twist_compliance", "rad N-1 m-1", c, NULL}, {0}};
    const vti_column line[] = {{"tested_length", "m", x, NULL}, {"twist_compliance", "rad N-1 m-1", y, NULL}, {0}};
    vt_figure f = {.name = "gauge_lengths",
                   .title = "Angle over torque against gauge length",
                   .x = {.label = "gauge length", .unit = "mm", .low = 0.0, .high = NAN},
                   .y = {.label = "angle over torque", .unit = "rad N-1 m-1", .low = 0.0, .high = NAN}};
    vt_status st = vti_emit_table(r, "lengths", "", n, points, err);
    if (st == VT_OK) st = vti_emit_table(r, "length_line", "", 2, line, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, "lengths", "tested_length", "twist_compliance", VT_POINTS, 0, "runs");
    vti_emit_series(&f, "length_line", "tested_length", "twist_compliance", VT_LINE, 1, "line; at 0: the machine");
    snprintf(f.alt, sizeof f.alt,
             "Angle over torque of %zu runs against gauge length; the line meets length 0 at %.3g "
             "rad/(N m), the machine.",
             n, l->intercept);
    return vt_result_add_figure(r, &f, err);
}

/* Modulus from the slope of compliance over length, with the scales that all runs share. The degrees of freedom are
 * those of Welch and Satterthwaite: only the line has few. */
static vt_status freed_modulus(const vt_job *job, vt_result *r, const vti_torsion_form_fit *l, vt_error *err)
{
    const vti_torsion_params *p = job->params;
    const double J = VT_PI * pow(p->diameter, 4.0) / 32.0, G = 1.0 / (l->slope * J), fit = l->u_slope / l->slope;
    const vt_budget_item budget[] = {
        {.source = "fit", .type = 'A', .u = fit, .c = -G},
        {.source = "diameter", .group = "diameter", .type = 'B', .u = p->diameter_u, .c = -4.0 * G},
        {.source = "gauge length", .group = "gauge length", .type = 'B', .u = p->gauge_length_u, .c = G},
        {.source = "torque calibration", .group = "torque calibration", .type = 'B', .u = p->torque_u, .c = G},
        {.source = "angle scale", .group = "angle scale", .type = 'B', .u = p->angle_u, .c = -G}};
    const double u = vti_budget_u(sizeof budget / sizeof *budget, budget);
    const vti_value modulus = {.name = "apparent_shear_modulus",
                               .symbol = "G_app",
                               .unit = "Pa",
                               .reading = "physics",
                               .method = "angle over torque by gauge length: free of the machine",
                               .value = G,
                               .u = u,
                               .nbudget = sizeof budget / sizeof *budget,
                               .budget = budget};
    return vti_torsion_form_emit(job, r, &modulus, fit > 0.0 ? l->dof * pow(u / (G * fit), 4.0) : INFINITY, err);
}

/* phi/T = L/(G J) + machine. */
static vt_status gauge_lengths(const vt_job *job, vt_result *r, const vt_table *t, vt_error *err)
{
    const vti_torsion_params *p = job->params;
    const double *L = vti_bound_numbers(t, "tested_length"), *c = vti_bound_numbers(t, "twist_compliance");
    const size_t n = vt_table_rows(t);
    size_t levels = 0;
    vti_torsion_form_fit l = {0};
    for (size_t i = 0, k; i < n; i++) {
        for (k = 0; k < i && fabs(L[k] / L[i] - 1.0) > 0.01; k++) continue;
        levels += k == i ? 1 : 0;
    }
    if (levels < 3) return vt_fail(err, VT_EFEWLEVELS, "%zu gauge lengths: need at least 3", levels);
    vt_status st = vti_torsion_form_line(n, L, c, NULL, vti_bound_numbers(t, "twist_compliance_u"), &l, err);
    if (st != VT_OK) return st;
    const vti_value machine = {.name = "machine_compliance",
                               .symbol = "1/k_inst",
                               .unit = "rad N-1 m-1",
                               .method = "angle over torque at gauge length 0: machine and grips",
                               .value = l.intercept,
                               .u = l.u_intercept};
    VT_TRY(st = vti_torsion_form_emit(job, r, &machine, l.dof, err));
    VT_TRY(st = length_figure(r, n, L, c, &l, err));
    if (l.intercept < -2.0 * l.u_intercept)
        VT_TRY(st = vt_result_warn(r, err, "W_COMPLIANCE",
                                   "the machine would be stiffer than rigid, %.3g +- %.2g rad/(N m): are the gauge "
                                   "lengths too long by a part that does not twist?",
                                   l.intercept, l.u_intercept));
    if (!(p->diameter > 0.0)) goto done;
    st = freed_modulus(job, r, &l, err);
done:
    return st;
}

/* tau = gamma G through the origin with errors in both: gamma minimises sum (tau - gamma G)^2/(u_tau^2 + gamma^2
 * u_G^2).
 */
static double through_origin(size_t n, const double *G, const double *uG, const double *tau, const double *ut,
                             double *u)
{
    double gamma = tau[0] / G[0], a = 0.0;
    for (int k = 0; k < 100; k++) {
        double b = 0.0;
        a = 0.0;
        for (size_t i = 0; i < n; i++) {
            const double v = ut[i] * ut[i] + gamma * gamma * uG[i] * uG[i], e = tau[i] - gamma * G[i];
            const double x = G[i] + e * gamma * uG[i] * uG[i] / v; /* modulus as adjusted: York's, of no intercept */
            a += x * G[i] / v;
            b += x * tau[i] / v;
        }
        const double next = b / a;
        const bool rest = fabs(next - gamma) < 1e-14 * fabs(gamma);
        gamma = next;
        if (rest) break;
    }
    *u = 1.0 / sqrt(a);
    return gamma;
}

static vt_status barriers(vt_result *r, size_t n, const double *D, const double *G, vt_error *err)
{
    const vt_csm csm = VT_CSM_PUBLISHED;
    double *W = malloc(n * sizeof *W);
    vt_status st = W ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu wires", n);
    for (size_t i = 0; i < n && st == VT_OK; i++) st = vt_csm_barrier(&csm, G[i], 1.0, 0.0, &W[i], err);
    const vti_column columns[] = {
        {"wire_diameter", "m", D, NULL}, {"shear_modulus", "Pa", G, NULL}, {"barrier", "J m-3", W, NULL}, {0}};
    if (st == VT_OK)
        st = vti_emit_table(r, "barriers", "Cooperative-shear barrier per volume of zone, 4 R G gamma_C^2 zeta", n,
                            columns, err);
    free(W);
    return st;
}

/* Modulus at another diameter, by the line in ln D; not beyond a decade. */
static vt_status extrapolate(const vt_job *job, vt_result *r, size_t n, const double *D, const double *G, vt_error *err)
{
    const double to = ((const vti_torsion_params *)job->params)->extrapolate_to;
    double low = INFINITY, high = 0.0;
    if (!(to > 0.0)) return VT_OK;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, D[i]);
        high = fmax(high, D[i]);
    }
    if (to < 0.1 * low || to > 10.0 * high)
        return vt_fail(err, VT_EEXTRAPOLATE,
                       "a wire of %.4g um lies more than a decade from those measured, %.4g to %.4g um: lines in D, in "
                       "ln D and powers of D through the same points differ there by their own size (ledger E8)",
                       1e6 * to, 1e6 * low, 1e6 * high);
    double *x = malloc(n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu wires", n);
    for (size_t i = 0; i < n; i++) x[i] = log(D[i] / to);
    vt_line l;
    vt_status st = vt_line_ordinary(n, x, G, &l, err);
    free(x);
    if (st != VT_OK) return st;
    const vti_value v = {.name = "extrapolated_modulus",
                         .symbol = "G(D)",
                         .unit = "Pa",
                         .method = "line of the moduli in ln D",
                         .value = l.intercept,
                         .u = l.u_intercept};
    return vti_torsion_form_emit(job, r, &v, (double)n - 2.0, err);
}

static vt_status series(const vt_job *job, vt_result *r, const vt_table *t, vt_error *err)
{
    const double *D = vti_bound_numbers(t, "wire_diameter"), *G = vti_bound_numbers(t, "shear_modulus"),
                 *uG = vti_bound_numbers(t, "shear_modulus_u"), *tau = vti_bound_numbers(t, "shear_yield_stress"),
                 *ut = vti_bound_numbers(t, "shear_yield_stress_u");
    const size_t n = vt_table_rows(t);
    if (n < 3) return vt_fail(err, VT_EFEWLEVELS, "%zu wires: need at least 3", n);
    for (size_t i = 0; i < n; i++)
        if (!(uG[i] > 0.0) || !(ut[i] > 0.0))
            return vt_fail_at(err, VT_ERANGE, vt_table_path(t), vt_table_line(t, i), 0,
                              "uncertainties of modulus and yield stress must be above 0");
    vt_york_fit free_line;
    double u;
    const double gamma = through_origin(n, G, uG, tau, ut, &u);
    const vt_xy_data d = {.n = n, .x = G, .y = tau, .ux = uG, .uy = ut};
    vt_status st;
    VT_TRY(st = extrapolate(job, r, n, D, G, err));
    VT_TRY(st = vt_york_line(&d, &free_line, err));
    const vti_value v = {.name = "yield_strain",
                         .symbol = "gamma_SY",
                         .unit = "1",
                         .reading = "paper",
                         .method = "yield stress over modulus of the wires, line through the origin, errors in both",
                         .value = gamma,
                         .u = u};
    VT_TRY(st = vti_torsion_form_emit(job, r, &v, INFINITY, err));
    if (fabs(free_line.intercept) > 2.0 * free_line.u_intercept)
        VT_TRY(st = vt_result_warn(r, err, "W_INTERCEPT",
                                   "yield stress against modulus has an intercept of %.3g +- %.2g MPa: it is not in "
                                   "proportion, and no single yield strain describes these wires",
                                   1e-6 * free_line.intercept, 1e-6 * free_line.u_intercept));
    VT_TRY(st = barriers(r, n, D, G, err));
    st = vti_torsion_series_figures(job, r, t, gamma, err);
done:
    return st;
}

vt_status vti_torsion_reduce_form(const vt_job *job, vt_result *result, vt_error *err)
{
    static vt_status (*const OF[])(const vt_job *, vt_result *, const vt_table *,
                                   vt_error *) = {vti_torsion_calibration, gauge_lengths, series};
    const vt_table *t = job->tables[0];
    const vt_status st = OF[job->form[0]](job, result, t, err);
    if (st != VT_OK && err) vt_error_place(err, vt_table_path(t), 0);
    return st;
}
