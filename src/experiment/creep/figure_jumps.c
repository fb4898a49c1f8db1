/* Figure: stress against rate at every power with load jumps, and the fit whose slope is m (S000, Fig. 4b). */
#include "creep_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE = 41 };

static vt_status points(vti_creep_run *run, size_t k, const char *label, vt_figure *f, double range[2], vt_error *err)
{
    const size_t N = run->segments;
    double *x = run->scratch, *y = run->scratch + N;
    size_t n = 0;
    char name[VT_NAME];
    for (size_t i = 0; i < N; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK || s->condition != k) continue;
        x[n] = s->state.rate;
        y[n++] = s->state.flow;
        range[0] = fmin(range[0], s->state.rate);
        range[1] = fmax(range[1], s->state.rate);
    }
    snprintf(name, sizeof name, "jumps_%zu", k + 1);
    const vti_column c[] = {{"strain_rate", "s-1", x, NULL}, {"true_stress", "Pa", y, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, name, "", n, c, err);
    vti_emit_series(f, name, "strain_rate", "true_stress", VT_POINTS, (int)k, label);
    return st;
}

static vt_status line(vti_creep_run *run, size_t k, const double range[2], vt_figure *f, vt_error *err)
{
    const vt_rate_sensitivity_fit *fit = &run->condition[k].fit;
    double x[LINE], y[LINE];
    char name[VT_NAME];
    for (int i = 0; i < LINE; i++) {
        const double ln = log(range[0]) + log(range[1] / range[0]) * i / (LINE - 1), d = ln - fit->ln_rate0;
        x[i] = exp(ln);
        y[i] = exp(fit->c[0] + d * (fit->c[1] + d * fit->c[2]));
    }
    snprintf(name, sizeof name, "jumps_fit_%zu", k + 1);
    const vti_column c[] = {{"strain_rate", "s-1", x, NULL}, {"true_stress", "Pa", y, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, name, "", LINE, c, err);
    vti_emit_series(f, name, "strain_rate", "true_stress", VT_LINE, (int)k, "");
    return st;
}

vt_status vti_creep_jump_figure(vti_creep_run *run, vt_error *err)
{
    vt_figure f = {.name = "load_jumps",
                   .title = "Stress against strain rate at every power",
                   .x = {.label = "strain rate", .unit = "s-1", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "true stress", .unit = "MPa", .log = 1, .low = NAN, .high = NAN}};
    size_t length = (size_t)snprintf(f.alt, sizeof f.alt,
                                     "True stress against strain rate, both logarithmic; the slope is the rate "
                                     "sensitivity m.");
    for (size_t k = 0; k < run->conditions && f.nseries + 2 <= VT_SERIES_MAX; k++) {
        const vti_creep_condition *c = &run->condition[k];
        double range[2] = {INFINITY, 0.0};
        char label[VT_NAME];
        if (!c->fitted) continue;
        const int head = snprintf(label, sizeof label, "%.24s%s", run->trace[c->trace].specimen,
                                  run->trace[c->trace].specimen[0] ? ", " : "");
        const char *unit = isfinite(c->P) ? "mW, " : isfinite(c->T) ? "K, " : "";
        if (unit[0])
            snprintf(label + head, sizeof label - (size_t)head, "%.4g %sm = %.3f", isfinite(c->P) ? 1e3 * c->P : c->T,
                     unit, c->fit.c[1]);
        else
            snprintf(label + head, sizeof label - (size_t)head, "m = %.3f", c->fit.c[1]);
        vt_status st = points(run, k, label, &f, range, err);
        if (st == VT_OK) st = line(run, k, range, &f, err);
        if (st != VT_OK) return st;
        if (length < sizeof f.alt) length += (size_t)snprintf(f.alt + length, sizeof f.alt - length, " %s.", label);
    }
    return f.nseries > 0 ? vt_result_add_figure(run->result, &f, err) : VT_OK;
}
