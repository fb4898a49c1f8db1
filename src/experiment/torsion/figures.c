/* The curve with its models, what each leaves over, and the published thickness against its window. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "torsion_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const MODEL[VTI_TORSION_MODELS] = {"homogeneous", "layered", "layered_core", "equal_yield",
                                                      "hardening"};
static const char *const SHOWN[VTI_TORSION_MODELS] = {"homogeneous", "layer on an elastic core",
                                                      "layer, core yields later", "equal yield", "hardening"};

/* Curve "record": the means, the elastic line, every model, and what the models leave over. */
static vt_status curve(const vti_torsion_run *run, vt_error *err)
{
    enum { MOST = 4 + 2 * VTI_TORSION_MODELS };
    const size_t n = run->bins;
    double *x = malloc(MOST * n * sizeof *x);
    char name[MOST][VT_NAME];
    vti_column columns[MOST + 1] = {{0}};
    size_t c = 3;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu means", n);
    for (size_t i = 0; i < n; i++) {
        x[i] = run->bin_phi[i];
        x[n + i] = run->bin_T[i];
        x[2 * n + i] = run->a0 + run->b0 * run->bin_phi[i];
    }
    columns[0] = (vti_column){"angle", "rad", x, NULL};
    columns[1] = (vti_column){"torque", "N m", x + n, NULL};
    columns[2] = (vti_column){"elastic", "N m", x + 2 * n, NULL};
    if (run->by_current) { /* of the calibration; shared by all readings */
        for (size_t i = 0; i < n; i++) x[c * n + i] = vti_torsion_torque_u(run->par, run->bin_T[i]);
        columns[c] = (vti_column){"torque_u", "N m", x + c * n, NULL};
        c++;
    }
    for (int m = 0; m < VTI_TORSION_MODELS; m++) {
        if (!run->fit[m].done) continue;
        for (size_t i = 0; i < n; i++) {
            const double T =
                i < run->from ? (double)NAN : vti_torsion_predict((vti_torsion_model)m, run->fit[m].x, run->bin_phi[i]);
            x[c * n + i] = T;
            x[(c + 1) * n + i] = run->bin_T[i] - T;
        }
        snprintf(name[c], sizeof name[c], "%s", MODEL[m]);
        snprintf(name[c + 1], sizeof name[c], "%s_residual", MODEL[m]);
        columns[c] = (vti_column){name[c], "N m", x + c * n, NULL};
        columns[c + 1] = (vti_column){name[c + 1], "N m", x + (c + 1) * n, NULL};
        c += 2;
    }
    const vt_status st = vti_emit_table(run->result, "record", "", n, columns, err);
    free(x);
    return st;
}

/* A mean here and there, so that lines are seen through the record. */
static vt_status points(const vti_torsion_run *run, vt_error *err)
{
    enum { SHOW = 48 };
    double x[SHOW], y[SHOW];
    for (size_t k = 0; k < SHOW; k++) {
        const size_t i = k * (run->bins - 1) / (SHOW - 1);
        x[k] = run->bin_phi[i];
        y[k] = run->bin_T[i];
    }
    const vti_column columns[] = {{"angle", "rad", x, NULL}, {"torque", "N m", y, NULL}, {0}};
    return vti_emit_table(run->result, "points", "", SHOW, columns, err);
}

/* Mean over the bins from ... to - 1 of what a model leaves over; of the angle. */
static double mean_left(const vti_torsion_run *run, vti_torsion_model m, size_t from, size_t to, double *angle)
{
    double sum = 0.0;
    *angle = 0.0;
    for (size_t i = from; i < to; i++) {
        sum += run->bin_T[i] - vti_torsion_predict(m, run->fit[m].x, run->bin_phi[i]);
        *angle += run->bin_phi[i] / (double)(to - from);
    }
    return sum / (double)(to - from);
}

/* What the models leave over, by means of neighbours: one by one their common noise would hide where they differ. */
static vt_status left_over(const vti_torsion_run *run, vt_error *err)
{
    enum { SHOW = 40 };
    const size_t n = run->bins - run->from, groups = n < SHOW ? n : SHOW;
    double angle[SHOW], x[VTI_TORSION_MODELS][SHOW];
    vti_column columns[VTI_TORSION_MODELS + 2] = {{"angle", "rad", angle, NULL}};
    size_t c = 1;
    for (int m = 0; m < VTI_TORSION_MODELS; m++) {
        if (!run->fit[m].done) continue;
        for (size_t k = 0; k < groups; k++)
            x[m][k] = mean_left(run, (vti_torsion_model)m, run->from + k * n / groups, run->from + (k + 1) * n / groups,
                                &angle[k]);
        columns[c++] = (vti_column){MODEL[m], "N m", x[m], NULL};
    }
    return vti_emit_table(run->result, "left_over", "", groups, columns, err);
}

/* Thickness with the ends of its interval; that of the intercept stands a little beside that of the slope. */
static vt_status bars(const vti_torsion_run *run, vt_error *err)
{
    double x[8][VTI_TORSION_WINDOWS];
    const double beside = run->windows > 0 ? 0.015 * run->window[run->windows - 1].share : 0.0;
    const double z = vti_coverage_factor(run->job->common.level, INFINITY);
    for (size_t k = 0; k < run->windows; k++) {
        const vti_torsion_window *w = &run->window[k];
        const double row[8] = {w->share,
                               w->SR_b,
                               w->SR_b - z * w->u_SR_b,
                               w->SR_b + z * w->u_SR_b,
                               w->SR_a,
                               w->SR_a - z * w->u_SR_a,
                               w->SR_a + z * w->u_SR_a,
                               w->share + beside};
        for (size_t c = 0; c < 8; c++) x[c][k] = row[c];
    }
    const vti_column columns[] = {
        {"window", "1", x[0], NULL},         {"slope", "m", x[1], NULL},     {"slope_low", "m", x[2], NULL},
        {"slope_high", "m", x[3], NULL},     {"intercept", "m", x[4], NULL}, {"intercept_low", "m", x[5], NULL},
        {"intercept_high", "m", x[6], NULL}, {"beside", "1", x[7], NULL},    {0}};
    return vti_emit_table(run->result, "window_bars", "", run->windows, columns, err);
}

/* Where regimes change: yield, and the front's arrival at the core. */
static vt_status mark_regimes(const vti_torsion_run *run, vt_figure *f, vt_error *err)
{
    const vti_torsion_fit *fit = &run->fit[run->told];
    const double at = run->z + run->yield[VTI_YIELD_MODEL][0];
    const double through = fit->x[VTI_P_Z] + fit->y.value / (1.0 - fit->x[VTI_P_D]);
    const vti_column yield[] = {{"angle", "rad", &at, NULL}, {0}}, plastic[] = {{"angle", "rad", &through, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, "yield", "", 1, yield, err);
    if (st != VT_OK) return st;
    vti_emit_series(f, "yield", "angle", "", VT_RULE_X, 5, "yield of the model chosen");
    if (!vti_torsion_is_layered(run->told)) return VT_OK;
    st = vti_emit_table(run->result, "layer_plastic", "", 1, plastic, err);
    if (st == VT_OK) vti_emit_series(f, "layer_plastic", "angle", "", VT_RULE_X, 6, "layer plastic throughout");
    return st;
}

static vt_status torque_figure(const vti_torsion_run *run, vt_error *err)
{
    vt_figure f = {.name = "torque_angle",
                   .title = "Torque against angle",
                   .x = {.label = "angle", .unit = "degree", .low = NAN, .high = NAN},
                   .y = {.label = "torque", .unit = "uN m", .low = NAN, .high = NAN}};
    vti_emit_series(&f, "points", "angle", "torque", VT_POINTS, 0, "record");
    vti_emit_series(&f, "record", "angle", "elastic", VT_DASHED, 1, "elastic line");
    if (run->yielded) {
        const vt_status st = mark_regimes(run, &f, err);
        if (st != VT_OK) return st;
        vti_emit_series(&f, "record", "angle", MODEL[run->told], VT_LINE, 2, SHOWN[run->told]);
        snprintf(f.alt, sizeof f.alt,
                 "Torque against angle: %zu means of a record, its elastic line of %.3g uN m/rad, and the model '%s', "
                 "which yields at %.4g degrees.",
                 run->bins, 1e6 * run->b0, SHOWN[run->told], run->yield[VTI_YIELD_MODEL][0] * 57.29577951308232);
    } else
        snprintf(f.alt, sizeof f.alt,
                 "Torque against angle: %zu means of a record on an elastic line of %.3g uN m/rad, without yield.",
                 run->bins, 1e6 * run->b0);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status residual_figure(const vti_torsion_run *run, vt_error *err)
{
    const vt_status st = left_over(run, err);
    if (st != VT_OK) return st;
    vt_figure f = {.name = "residuals",
                   .title = "What the models leave over",
                   .x = {.label = "angle", .unit = "degree", .low = NAN, .high = NAN},
                   .y = {.label = "torque above the model", .unit = "uN m", .low = NAN, .high = NAN}};
    size_t c = 0;
    size_t k = (size_t)snprintf(f.alt, sizeof f.alt,
                                "Torque less that of each model, by means of neighbours, against the angle; AICc");
    for (int m = 0; m < VTI_TORSION_MODELS; m++) {
        if (!run->fit[m].done) continue;
        vti_emit_series(&f, "left_over", "angle", MODEL[m], VT_LINE, m, SHOWN[m]);
        if (k < sizeof f.alt)
            k +=
                (size_t)snprintf(f.alt + k, sizeof f.alt - k, "%s %s %.4g", c++ ? ";" : "", SHOWN[m], run->fit[m].aicc);
    }
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status window_figure(const vti_torsion_run *run, vt_error *err)
{
    vt_figure f = {.name = "layer_window",
                   .title = "Layer of the published recipe against its window",
                   .x = {.label = "window past yield, over the angle at yield", .unit = "%", .low = 0.0, .high = NAN},
                   .y = {.label = "layer thickness", .unit = "um", .low = NAN, .high = NAN}};
    static const char *const of[2] = {"slope", "intercept"};
    for (int k = 0; k < 2; k++) {
        char label[VT_NAME];
        snprintf(label, sizeof label, "from the %s", of[k]);
        vti_emit_series(&f, "window_bars", k ? "beside" : "window", of[k], VT_POINTS, k, label);
        snprintf(f.series[k].low, sizeof f.series[k].low, "%s_low", of[k]);
        snprintf(f.series[k].high, sizeof f.series[k].high, "%s_high", of[k]);
    }
    vti_emit_series(&f, "windows", "window", "SR_no_layer", VT_LINE, 2, "homogeneous wire of this yield");
    const vti_torsion_window *first = &run->window[0], *last = &run->window[run->windows - 1];
    snprintf(f.alt, sizeof f.alt,
             "Layer thickness by the published recipe against the width of its window: %.2g to %.2g um from the "
             "intercept, where a homogeneous wire gives %.2g to %.2g um.",
             1e6 * first->SR_a, 1e6 * last->SR_a, 1e6 * first->SR_null, 1e6 * last->SR_null);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_torsion_figures(vti_torsion_run *run, vt_error *err)
{
    vt_status st = curve(run, err);
    if (st == VT_OK) st = points(run, err);
    if (st == VT_OK) st = torque_figure(run, err);
    if (st == VT_OK && run->yielded) st = residual_figure(run, err);
    if (st != VT_OK || run->windows < 2) return st;
    st = bars(run, err);
    if (st == VT_OK) st = window_figure(run, err);
    return st;
}
