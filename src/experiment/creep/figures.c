/* Figures: the record with its segments, viscosity against power, stress against rate. */
#include "creep_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 150, WIRES = 6, LINE = 41 };

/* Strain of a trace, every so many samples, and the fitted lines of its segments, a NaN between two. */
static vt_status record_curves(vti_creep_run *run, size_t i, vt_figure *f, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[i];
    const size_t every = (r->n - 1) / SHOWN + 1, n = (r->n - 1) / every + 1, room = n + run->segments * (LINE + 1);
    double *x = malloc(2 * room * sizeof *x), *y = x ? x + room : NULL;
    char name[VT_NAME], label[VT_NAME];
    size_t m = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for a figure of %zu points", room);
    for (size_t k = 0; k < n; k++) {
        x[k] = r->t[k * every];
        y[k] = 1.0 / r->y[k * every] - 1.0;
    }
    snprintf(name, sizeof name, "record_%zu", i + 1);
    snprintf(label, sizeof label, "%.40s", r->specimen[0] ? r->specimen : "measured");
    vt_status st = vti_emit_table(run->result, name, "", n,
                                  (const vti_column[]){{"time", "s", x, NULL}, {"strain", "1", y, NULL}, {0}}, err);
    if (st != VT_OK) goto done;
    vti_emit_series(f, name, "time", "strain", VT_POINTS, (int)i, label);
    for (size_t k = 0; k < run->segments; k++) {
        const vti_creep_segment *s = &run->segment[k];
        if (s->trace != i || s->verdict != VT_OK) continue;
        const double begin = r->t[s->from], end = r->t[s->to - 1];
        for (size_t j = 0; j <= LINE; j++, m++) {
            const double t = begin + (end - begin) * (double)j / (LINE - 1);
            x[m] = j < LINE ? t : (double)NAN;
            y[m] = j < LINE ? 1.0 / (s->y + s->slope * (t - s->t)) - 1.0 : (double)NAN;
        }
    }
    double *zero = calloc(m + 1, sizeof *zero);
    snprintf(name, sizeof name, "fits_%zu", i + 1);
    if (!zero) st = vt_fail(err, VT_EMEMORY, "no memory for a figure of %zu points", m);
    const vti_column c[] = {{"time", "s", x, NULL}, {"strain", "1", y, NULL}, {"zero", "1", zero, NULL}, {0}};
    if (st == VT_OK && m > 0) st = vti_emit_table(run->result, name, "", m, c, err);
    free(zero);
    if (st != VT_OK || m == 0) goto done;
    if (run->traces > 1) { /* shades of several wires lie one over the other */
        vti_emit_series(f, name, "time", "strain", VT_LINE, (int)i, "");
        goto done;
    }
    vti_series_interval(vti_emit_series(f, name, "time", "strain", VT_BAND, 4, "fitted segments"), "zero", "strain");
done:
    free(x);
    return st;
}

static vt_status edges(vti_creep_run *run, vt_figure *f, vt_error *err)
{
    double *x = malloc((run->segments + 1) * sizeof *x);
    size_t n = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu edges", run->segments);
    for (size_t k = 0; k < run->segments; k++) {
        const vti_creep_segment *s = &run->segment[k];
        if (s->trace == 0 && s->edge[0] > 0) x[n++] = run->trace[0].t[s->edge[0]];
    }
    vt_status st = VT_OK;
    if (n > 0 && run->traces == 1) {
        st = vti_emit_table(run->result, "set_points", "", n, (const vti_column[]){{"time", "s", x, NULL}, {0}}, err);
        vti_emit_series(f, "set_points", "time", "", VT_RULE_X, 2, "set point changes");
    }
    for (size_t k = n = 0; k < run->segments; k++)
        if (run->segment[k].verdict == VT_OK) x[n++] = run->trace[0].t[run->segment[k].from];
    if (st == VT_OK && n > 0 && run->traces == 1) { /* parts the shade of a segment from what lies before it */
        st = vti_emit_table(run->result, "fitted_from", "", n, (const vti_column[]){{"time", "s", x, NULL}, {0}}, err);
        vti_emit_series(f, "fitted_from", "time", "", VT_RULE_X, 7, "fitted from here");
    }
    free(x);
    return st;
}

static vt_status record(vti_creep_run *run, vt_error *err)
{
    vt_figure f = {.name = "record",
                   .title = "Strain and the segments that were fitted",
                   .x = {.label = "time", .unit = "s", .low = NAN, .high = NAN},
                   .y = {.label = "strain", .unit = "1", .low = NAN, .high = NAN}};
    vt_status st = VT_OK;
    size_t good = 0;
    for (size_t i = 0; i < run->traces && i < WIRES && st == VT_OK; i++) st = record_curves(run, i, &f, err);
    if (st == VT_OK) st = edges(run, &f, err);
    if (st != VT_OK) return st;
    for (size_t k = 0; k < run->segments; k++) good += run->segment[k].verdict == VT_OK;
    snprintf(
        f.alt, sizeof f.alt,
        "Engineering strain against time of %zu record%s; %zu of %zu segments between set points flow steadily and "
        "have a line.",
        run->traces, run->traces == 1 ? "" : "s", good, run->segments);
    return vt_result_add_figure(run->result, &f, err);
}

static bool seen_before(const vti_creep_run *run, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(run->trace[k].specimen, run->trace[i].specimen) == 0) return true;
    return false;
}

static bool several_wires(const vti_creep_run *run)
{
    for (size_t i = 1; i < run->traces; i++)
        if (!seen_before(run, i)) return true;
    return false;
}

double vti_creep_bar(const vti_creep_run *run, const vti_creep_segment *s, double own)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    const double section = several_wires(run) ? hypot(2.0 * r->par.diameter_u, r->u_spread) : 0.0;
    return 2.0 * hypot(own, section);
}

/* What bars hold, for the words of a figure. */
const char *vti_creep_bar_text(const vti_creep_run *run)
{
    return several_wires(run) ? "bars: twice the uncertainty, that of each wire's diameter with it"
                              : "bars: twice the uncertainty that is the segment's own, without that of the diameter, "
                                "which all share";
}

/* Points of one wire for a figure: x, value and its limits; their number. */
static size_t points(const vti_creep_run *run, const char *specimen, bool power, double *x, size_t room)
{
    size_t n = 0;
    for (size_t k = 0; k < run->segments; k++) {
        const vti_creep_segment *s = &run->segment[k];
        if (s->verdict != VT_OK || strcmp(run->trace[s->trace].specimen, specimen) != 0) continue;
        const double half = vti_creep_bar(run, s, s->own);
        x[n] = power ? run->condition[s->condition].P : run->condition[s->condition].T;
        x[room + n] = s->state.eta;
        x[2 * room + n] = s->state.eta * exp(-half);
        x[3 * room + n] = s->state.eta * exp(half);
        if (isfinite(x[n])) n++;
    }
    return n;
}

static vt_status viscosities(vti_creep_run *run, bool power, vt_error *err)
{
    const char *axis = power ? "power" : "temperature", *unit = power ? "W" : "K";
    vt_figure f = {.title = "Viscosity of every segment",
                   .x = {.low = NAN, .high = NAN},
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    const size_t room = run->segments;
    double *x = malloc((4 * room + 1) * sizeof *x);
    vt_status st = VT_OK;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", room);
    snprintf(f.name, sizeof f.name, "viscosity_%s", axis);
    snprintf(f.x.label, sizeof f.x.label, "%s", axis);
    snprintf(f.x.unit, sizeof f.x.unit, "%s", power ? "mW" : "degC");
    for (size_t i = 0; i < run->traces && st == VT_OK; i++) {
        char name[VT_NAME];
        const size_t n = seen_before(run, i) ? 0 : points(run, run->trace[i].specimen, power, x, room);
        if (n == 0 || f.nseries == VT_SERIES_MAX) continue;
        snprintf(name, sizeof name, "viscosity_%s_%zu", axis, i + 1);
        const vti_column c[] = {{axis, unit, x, NULL},
                                {"viscosity", "Pa s", x + room, NULL},
                                {"low", "Pa s", x + 2 * room, NULL},
                                {"high", "Pa s", x + 3 * room, NULL},
                                {0}};
        st = vti_emit_table(run->result, name, "", n, c, err);
        vti_series_interval(vti_emit_series(&f, name, axis, "viscosity", VT_POINTS, (int)i, run->trace[i].specimen),
                            "low", "high");
    }
    free(x);
    if (st != VT_OK || f.nseries == 0) return st;
    snprintf(f.alt, sizeof f.alt, "Viscosity, logarithmic, against %s of every segment; %s.", axis,
             vti_creep_bar_text(run));
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_creep_figures(vti_creep_run *run, vt_error *err)
{
    bool power = false, temperature = false;
    for (size_t i = 0; i < run->traces; i++) {
        power = power || run->trace[i].P;
        temperature = temperature || run->trace[i].T;
    }
    vt_status st = record(run, err);
    if (st == VT_OK && power) st = viscosities(run, true, err);
    if (st == VT_OK && temperature) st = viscosities(run, false, err);
    return st == VT_OK ? vti_creep_jump_figure(run, err) : st;
}
