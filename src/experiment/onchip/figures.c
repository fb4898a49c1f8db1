/* The isochronous curves, the law of relaxation, the volumes by method, the free actuators. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>

static double z_of(const vti_onchip_run *run)
{
    return vti_coverage_factor(run->job->common.level, INFINITY);
}

/* What belongs to one specimen alone: the shared scale would hide the curve. */
static double own_u(const vti_onchip_run *run, size_t r)
{
    return vti_onchip_noise(run, run->reading[r].beam) * run->pass.seen[r].c2 / run->pass.out[VTI_CHIP_SCALE];
}

static void say_time(char *to, size_t size, double t)
{
    if (t < 2.0 * 86400.0)
        snprintf(to, size, "%.3g h", t / 3600.0);
    else
        snprintf(to, size, "%.3g d", t / 86400.0);
}

/* Points of one isochronous set. */
static vt_status isochrone(const vti_onchip_run *run, size_t g, const char *name, size_t *count, vt_error *err)
{
    double *x = malloc((4 * run->readings + 1) * sizeof *x);
    size_t n = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->readings);
    const size_t m = run->readings;
    for (size_t r = 0; r < m; r++) {
        const vti_onchip_seen *s = &run->pass.seen[r];
        if (run->reading[r].group != g || !run->reading[r].used || !isfinite(s->stress)) continue;
        if (run->beam[run->reading[r].beam].role != VTI_ONCHIP_SPECIMEN) continue;
        const double bar = z_of(run) * own_u(run, r);
        x[n] = s->strain;
        x[m + n] = s->stress;
        x[2 * m + n] = s->stress - bar;
        x[3 * m + n++] = s->stress + bar;
    }
    const vti_column columns[] = {{"strain", "1", x, NULL},
                                  {"stress", "Pa", x + m, NULL},
                                  {"low", "Pa", x + 2 * m, NULL},
                                  {"high", "Pa", x + 3 * m, NULL},
                                  {0}};
    *count = n;
    const vt_status st = n ? vti_emit_table(run->result, name, "", n, columns, err) : VT_OK;
    free(x);
    return st;
}

/* Elastic line to the knee, and the plastic line beyond, at the first time. */
static vt_status model(const vti_onchip_run *run, vt_figure *f, vt_error *err)
{
    const double E = run->pass.out[VTI_CHIP_E_F], knee = run->pass.out[VTI_CHIP_KNEE_F];
    const double theta = run->pass.out[VTI_CHIP_THETA_F];
    double top = 0.0, x[2][2], y[2][2];
    for (size_t r = 0; r < run->readings; r++)
        if (run->beam[run->reading[r].beam].role == VTI_ONCHIP_SPECIMEN && run->reading[r].used)
            top = fmax(top, run->pass.seen[r].strain);
    const double bend = isfinite(knee) ? knee / E : top, H = isfinite(theta) ? E * theta / (E + theta) : 0.0;
    x[0][0] = y[0][0] = 0.0;
    x[0][1] = bend;
    y[0][1] = E * bend;
    x[1][0] = bend;
    y[1][0] = E * bend;
    x[1][1] = top;
    y[1][1] = E * bend + H * (top - bend);
    for (int k = 0; k < (isfinite(knee) ? 2 : 1); k++) {
        const char *name = k ? "plastic_line" : "elastic_line";
        const vti_column columns[] = {{"strain", "1", x[k], NULL}, {"stress", "Pa", y[k], NULL}, {0}};
        const vt_status st = vti_emit_table(run->result, name, "", 2, columns, err);
        if (st != VT_OK) return st;
        vti_emit_series(f, name, "strain", "stress", k ? VT_LINE : VT_DASHED, k ? 0 : 7,
                        k ? "line of those that flowed, first time" : "elastic line");
    }
    return VT_OK;
}

static vt_status curve_figure(const vti_onchip_run *run, vt_error *err)
{
    vt_figure f = {.name = "stress_strain",
                   .title = "Isochronous stress-strain curves",
                   .x = {.label = "true strain", .unit = "%", .low = 0.0, .high = NAN},
                   .y = {.label = "true stress", .unit = "MPa", .low = 0.0, .high = NAN}};
    size_t n = 0, shown = 0;
    for (size_t g = 0; g < run->groups && shown < 6; g++) {
        char name[VT_NAME], label[VT_NAME], when[32];
        size_t count = 0;
        snprintf(name, sizeof name, "isochrone_%zu", g + 1);
        const vt_status st = isochrone(run, g, name, &count, err);
        if (st != VT_OK) return st;
        if (count == 0) continue;
        say_time(when, sizeof when, run->group_time[g]);
        snprintf(label, sizeof label, "after %s", when);
        /* Colours far apart: times are few. */
        const int color = (int)(shown < 4 ? 2 * shown : 2 * shown - 7);
        vti_series_interval(vti_emit_series(&f, name, "strain", "stress", VT_POINTS, color, label), "low", "high");
        n += count;
        shown++;
    }
    const vt_status st = model(run, &f, err);
    if (st != VT_OK) return st;
    size_t k = (size_t)snprintf(
        f.alt, sizeof f.alt,
        "True stress against true strain: %zu points at %zu times, bars of the reading's own noise", n, shown);
    if (isfinite(run->pass.out[VTI_CHIP_KNEE_F]) && k < sizeof f.alt)
        k += (size_t)snprintf(f.alt + k, sizeof f.alt - k, "; the curve bends at %.4g MPa and hardens by %.3g GPa.",
                              1e-6 * run->pass.out[VTI_CHIP_KNEE_F], 1e-9 * run->pass.out[VTI_CHIP_THETA_F]);
    else if (k + 1 < sizeof f.alt)
        snprintf(f.alt + k, sizeof f.alt - k, ".");
    return vt_result_add_figure(run->result, &f, err);
}

/* Displacement of one structure above its law at the first time, and the law. */
static vt_status followed(const vti_onchip_run *run, size_t i, const char *name, vt_error *err)
{
    const vti_onchip_beam *b = &run->beam[i];
    double *x = malloc((5 * b->n + 1) * sizeof *x), first = 0.0;
    size_t n = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", b->n);
    double mean[2], A1 = 0.0, spread;
    (void)vti_onchip_log_slope(run, i, NULL, &A1, mean, &spread);
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!vti_onchip_counts(run, r)) continue;
        const double law = mean[1] + A1 * (log(run->reading[r].t) - mean[0]);
        if (n == 0) first = law;
        const double du = run->reading[r].u - first, bar = z_of(run) * vti_onchip_noise(run, i);
        x[n] = run->reading[r].t;
        x[b->n + n] = du;
        x[2 * b->n + n] = du - bar;
        x[3 * b->n + n] = du + bar;
        x[4 * b->n + n++] = law - first;
    }
    const vti_column columns[] = {{"elapsed_time", "s", x, NULL},   {"moved", "m", x + b->n, NULL},
                                  {"low", "m", x + 2 * b->n, NULL}, {"high", "m", x + 3 * b->n, NULL},
                                  {"law", "m", x + 4 * b->n, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, name, "", n, columns, err);
    free(x);
    return st;
}

static bool whole(const vti_onchip_run *run, const vti_onchip_beam *b)
{
    for (size_t r = b->from; r < b->from + b->n; r++)
        if (!run->reading[r].used) return false;
    return true;
}

/* Up to seven structures: one elastic, the others spread over those that flowed. */
static vt_status relaxation_figure(const vti_onchip_run *run, vt_error *err)
{
    enum { SHOW = 7 };
    vt_figure f = {.name = "relaxation",
                   .title = "Relaxation of single specimens",
                   .x = {.label = "time after release", .unit = "d", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "moved since the first reading", .unit = "nm", .low = NAN, .high = NAN}};
    const size_t of = run->pass.plastic, want = of < SHOW - 1 ? of : SHOW - 1;
    size_t flowed = 0, shown = 0;
    bool elastic = false;
    size_t k = (size_t)snprintf(f.alt, sizeof f.alt, "Displacement since the first reading against ln t with its law;");
    for (size_t i = 0; i < run->beams && shown < SHOW; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        char name[VT_NAME], label[VT_NAME];
        if (isnan(b->A1) || b->is == VTI_ONCHIP_UNUSED || b->is == VTI_ONCHIP_BETWEEN) continue;
        if (b->is == VTI_ONCHIP_ELASTIC && (elastic || !whole(run, b))) continue;
        if (b->is == VTI_ONCHIP_PLASTIC) {
            const size_t next = shown - elastic;
            if (flowed++ != (want > 1 ? next * (of - 1) / (want - 1) : 0)) continue;
        } else
            elastic = true;
        snprintf(name, sizeof name, "relaxation_%zu", i + 1);
        const vt_status st = followed(run, i, name, err);
        if (st != VT_OK) return st;
        snprintf(label, sizeof label, "%.24s, %.3g %%%s", b->name, 100.0 * run->pass.seen[b->from].strain,
                 b->is == VTI_ONCHIP_ELASTIC ? " (elastic)" : "");
        vti_series_interval(vti_emit_series(&f, name, "elapsed_time", "moved", VT_POINTS, (int)shown, label), "low",
                            "high");
        vti_emit_series(&f, name, "elapsed_time", "law", VT_LINE, (int)shown, "");
        if (k < sizeof f.alt)
            k += (size_t)snprintf(f.alt + k, sizeof f.alt - k, " %.24s A1 = %.3g nm,", b->name, 1e9 * b->A1);
        shown++;
    }
    if (shown == 0) return VT_OK;
    if (k > 0 && k < sizeof f.alt) f.alt[k - 1] = '.';
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status volume_figure(const vti_onchip_run *run, vt_error *err)
{
    vt_figure f = {
        .name = "activation_volume",
        .title = "Activation volume by method",
        .x = {.label = "M, axial over shear stress (symbols side by side)", .unit = "1", .low = 1.4, .high = 3.4},
        .y = {.label = "activation volume", .unit = "angstrom^3", .low = 0.0, .high = NAN}};
    static const char *const WORD[2] = {"hardening ignored (paper)", "hardening handled (physics)"};
    const double M[2] = {sqrt(3.0), run->par.taylor_factor};
    f.x.high = fmax(f.x.high, M[1] + 0.3);
    size_t k = (size_t)snprintf(f.alt, sizeof f.alt, "Activation volume:");
    for (int way = 0; way < 2; way++) {
        double x[2], V[2], low[2], high[2];
        const int out = way ? VTI_CHIP_V_F : VTI_CHIP_V_P;
        char name[VT_NAME];
        for (int m = 0; m < 2; m++) {
            x[m] = M[m] + (way ? 0.03 : -0.03);
            V[m] = M[m] * run->pass.out[out];
            vti_onchip_interval of;
            (void)vti_onchip_cover(run, &(vti_onchip_told){.out = out, .factor = M[m], .inverse = true}, &of);
            const bool open = !isfinite(of.high); /* none is told, none is shown */
            low[m] = open ? V[m] : of.low;
            high[m] = open ? V[m] : of.high;
            if (k < sizeof f.alt)
                k += (size_t)snprintf(f.alt + k, sizeof f.alt - k, " %.4g A^3 with M = %.4g, %s%s;", 1e30 * V[m], M[m],
                                      WORD[way], open ? ", open above" : "");
        }
        const vti_column columns[] = {
            {"M", "1", x, NULL}, {"volume", "m3", V, NULL}, {"low", "m3", low, NULL}, {"high", "m3", high, NULL}, {0}};
        snprintf(name, sizeof name, "volume_%s", way ? "handled" : "ignored");
        const vt_status st = vti_emit_table(run->result, name, "", 2, columns, err);
        if (st != VT_OK) return st;
        vti_series_interval(vti_emit_series(&f, name, "M", "volume", VT_POINTS, way, WORD[way]), "low", "high");
    }
    if (k > 0 && k < sizeof f.alt) f.alt[k - 1] = '.';
    return vt_result_add_figure(run->result, &f, err);
}

/* What the line leaves, which the contractions themselves are too large to show. */
static vt_status residual_figure(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_calibration *c = &run->cal;
    vt_figure f = {.name = "free_actuators_residual",
                   .title = "Free actuators about their line",
                   .x = {.label = "actuator length", .unit = "um", .low = 0.0, .high = NAN},
                   .y = {.label = "contraction less the line", .unit = "nm", .low = NAN, .high = NAN}};
    double *x = malloc((5 * c->n + 1) * sizeof *x), most = 0.0, zero[2] = {0.0, 0.0}, ends[2] = {0.0, 0.0};
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu free actuators", c->n);
    for (size_t i = 0; i < c->n; i++) {
        const double left = c->u[i] - c->line[i], bar = z_of(run) * c->u_u[i];
        const double row[4] = {c->L[i], left, left - bar, left + bar};
        for (size_t k = 0; k < 4; k++) x[k * c->n + i] = row[k];
        most = fmax(most, fabs(left));
        ends[1] = fmax(ends[1], c->L[i]);
    }
    const vti_column columns[] = {{"length", "m", x, NULL},
                                  {"residual", "m", x + c->n, NULL},
                                  {"low", "m", x + 2 * c->n, NULL},
                                  {"high", "m", x + 3 * c->n, NULL},
                                  {0}};
    const vti_column none[] = {{"length", "m", ends, NULL}, {"residual", "m", zero, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, "free_actuators_residual", "", c->n, columns, err);
    if (st == VT_OK) st = vti_emit_table(run->result, "free_actuators_line", "", 2, none, err);
    free(x);
    if (st != VT_OK) return st;
    vti_emit_series(&f, "free_actuators_line", "length", "residual", VT_LINE, 1, "line");
    vti_series_interval(
        vti_emit_series(&f, "free_actuators_residual", "length", "residual", VT_POINTS, 0, "free actuators"), "low",
        "high");
    snprintf(f.alt, sizeof f.alt,
             "Contraction of %zu free actuators less their line, with intervals of their noise: up to %.3g nm, chi2 "
             "%.3g of %zu; %zu left out.",
             c->n, 1e9 * most, c->chi2, c->nu, c->outliers);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status calibration_figure(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_calibration *c = &run->cal;
    vt_figure f = {.name = "free_actuators",
                   .title = "Contraction of the free actuators",
                   .x = {.label = "actuator length", .unit = "um", .low = 0.0, .high = NAN},
                   .y = {.label = "contraction", .unit = "um", .low = 0.0, .high = NAN}};
    const vti_column columns[] = {
        {"length", "m", c->L, NULL}, {"contraction", "m", c->u, NULL}, {"line", "m", c->line, NULL}, {0}};
    if (c->given || !(c->slope > 0.0)) return VT_OK;
    const vt_status st = vti_emit_table(run->result, "free_actuators", "", c->n, columns, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, "free_actuators", "length", "contraction", VT_POINTS, 0, "free actuators");
    vti_emit_series(&f, "free_actuators", "length", "line", VT_LINE, 1, "line of those not left out");
    snprintf(
        f.alt, sizeof f.alt,
        "Contraction of %zu free actuators against their length, with a line of slope %.4g and %.3g um at no length.",
        c->n, c->slope, 1e6 * c->u0);
    const vt_status drawn = vt_result_add_figure(run->result, &f, err);
    return drawn == VT_OK ? residual_figure(run, err) : drawn;
}

vt_status vti_onchip_figures(vti_onchip_run *run, vt_error *err)
{
    vt_status st = curve_figure(run, err);
    if (st == VT_OK) st = relaxation_figure(run, err);
    if (st == VT_OK && vti_onchip_resolved(run)) st = volume_figure(run, err);
    return st == VT_OK ? calibration_figure(run, err) : st;
}
