/* A series over diameters: yield stress against modulus, and thickness of the published layer against diameter. */
#include "base/quantity_internal.h"
#include "experiment/experiment_internal.h"
#include "forms_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static vt_status yield_figure(vt_result *r, size_t n, const double *G, double gamma, vt_error *err)
{
    double top = 0.0;
    for (size_t i = 0; i < n; i++) top = fmax(top, 1.1 * G[i]);
    const double x[2] = {0.0, top}, y[2] = {0.0, gamma * top};
    const vti_column line[] = {{"shear_modulus", "Pa", x, NULL}, {"shear_yield_stress", "Pa", y, NULL}, {0}};
    vt_figure f = {.name = "yield_modulus",
                   .title = "Yield stress against modulus",
                   .x = {.label = "shear modulus", .unit = "GPa", .low = 0.0, .high = NAN},
                   .y = {.label = "shear yield stress", .unit = "MPa", .low = 0.0, .high = NAN}};
    const vt_status st = vti_emit_table(r, "yield_line", "", 2, line, err);
    if (st != VT_OK) return st;
    vti_series_interval(vti_emit_series(&f, "wires", "shear_modulus", "shear_yield_stress", VT_POINTS, 0, "wires"),
                        "stress_low", "stress_high");
    vti_emit_series(&f, "yield_line", "shear_modulus", "shear_yield_stress", VT_LINE, 1, "one yield strain");
    snprintf(f.alt, sizeof f.alt,
             "Yield stress of %zu wires against their modulus, with the line through the origin of "
             "slope %.4g.",
             n, gamma);
    return vt_result_add_figure(r, &f, err);
}

/* Weighted mean of SR/R: a homogeneous wire read with one window gives one share of the radius at every diameter. */
static double share(size_t n, const double *D, const double *SR, const double *u)
{
    double sum = 0.0, weight = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(SR[i])) continue;
        const double w = u && u[i] > 0.0 ? D[i] * D[i] / (u[i] * u[i]) : 1.0;
        sum += w * 2.0 * SR[i] / D[i];
        weight += w;
    }
    return weight > 0.0 ? sum / weight : (double)NAN;
}

static vt_status layer_figure(vt_result *r, size_t n, const double *D, const double *SR, const double *u, vt_error *err)
{
    const double part = share(n, D, SR, u);
    double top = 0.0;
    if (!isfinite(part)) return VT_OK;
    for (size_t i = 0; i < n; i++) top = fmax(top, 1.1 * D[i]);
    const double x[2] = {0.0, top}, y[2] = {0.0, 0.5 * part * top};
    const vti_column line[] = {{"wire_diameter", "m", x, NULL}, {"SR_no_layer", "m", y, NULL}, {0}};
    vt_figure f = {.name = "layer_diameter",
                   .title = "Layer of the published recipe against diameter",
                   .x = {.label = "diameter", .unit = "um", .low = 0.0, .high = NAN},
                   .y = {.label = "layer thickness", .unit = "um", .low = 0.0, .high = NAN}};
    const vt_status st = vti_emit_table(r, "layer_line", "", 2, line, err);
    if (st != VT_OK) return st;
    vti_series_interval(vti_emit_series(&f, "wires", "wire_diameter", "layer_thickness", VT_POINTS, 0, "wires"),
                        "layer_low", "layer_high");
    vti_emit_series(&f, "layer_line", "wire_diameter", "SR_no_layer", VT_DASHED, 1, "no layer: SR/R the same");
    snprintf(f.alt, sizeof f.alt,
             "Layer thickness of %zu wires against their diameter, with the line of a layer that is "
             "%.3g of the radius, as the published recipe gives of wires without a layer.",
             n, part);
    return vt_result_add_figure(r, &f, err);
}

vt_status vti_torsion_series_figures(const vt_job *job, vt_result *r, const vt_table *t, double gamma, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    const double *D = vti_bound_numbers(t, "wire_diameter"), *G = vti_bound_numbers(t, "shear_modulus"),
                 *tau = vti_bound_numbers(t, "shear_yield_stress"), *ut = vti_bound_numbers(t, "shear_yield_stress_u"),
                 *SR = vti_bound_numbers(t, "layer_thickness"), *us = vti_bound_numbers(t, "layer_thickness_u");
    const double z = vti_coverage_factor(job->common.level, INFINITY);
    double *x = malloc(5 * n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu wires", n);
    for (size_t i = 0; i < n; i++) {
        const double u = us && us[i] > 0.0 ? z * us[i] : 0.0;
        x[i] = tau[i] - z * ut[i];
        x[n + i] = tau[i] + z * ut[i];
        x[2 * n + i] = SR ? SR[i] : (double)NAN;
        x[3 * n + i] = x[2 * n + i] - u;
        x[4 * n + i] = x[2 * n + i] + u;
    }
    const vti_column columns[] = {{"wire_diameter", "m", D, NULL},
                                  {"shear_modulus", "Pa", G, NULL},
                                  {"shear_yield_stress", "Pa", tau, NULL},
                                  {"stress_low", "Pa", x, NULL},
                                  {"stress_high", "Pa", x + n, NULL},
                                  {SR ? "layer_thickness" : NULL, "m", x + 2 * n, NULL},
                                  {"layer_low", "m", x + 3 * n, NULL},
                                  {"layer_high", "m", x + 4 * n, NULL},
                                  {0}};
    vt_status st = vti_emit_table(r, "wires", "", n, columns, err);
    if (st == VT_OK) st = yield_figure(r, n, G, gamma, err);
    if (st == VT_OK && SR) st = layer_figure(r, n, D, SR, us, err);
    free(x);
    return st;
}
