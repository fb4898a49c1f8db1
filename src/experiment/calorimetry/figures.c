/* Figures: scans of a piece with the construction of the glass transition; difference of two with its baselines. */
#include "experiment/emit_internal.h"
#include "release_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN = 4, POINTS = 400 };

void vti_scan_curve(char out[VT_NAME], const char *what, const char *of, size_t number)
{
    const int n = snprintf(out, VT_NAME, "%.20s%s%.30s", what, of[0] ? "_" : "", of);
    if (number > 0) snprintf(out + n, VT_NAME - (size_t)n, "_%zu", number);
    for (char *p = out; *p; p++) {
        if (*p >= 'A' && *p <= 'Z') *p = (char)(*p - 'A' + 'a');
        if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '-')) *p = '_';
    }
}

/* A name of a curve of this piece and scan. */
static void name_curve(char out[VT_NAME], const char *what, const vti_scan *s, size_t k)
{
    vti_scan_curve(out, what, s->specimen, k + 1);
}

static vt_status add_scan(const vti_calorimetry_run *run, const vti_scan *s, size_t k, size_t color, vt_figure *f,
                          vt_error *err)
{
    char curve[VT_NAME];
    double *y = run->work;
    const char *unit = s->specific ? "W kg-1" : "W";
    for (size_t i = 0; i < s->n; i++) y[i] = s->direction * s->y[i];
    name_curve(curve, "scan", s, k);
    const vti_column columns[] = {{"temperature", "K", s->T, NULL}, {"heat_flow", unit, y, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, curve, "", s->n, columns, err);
    if (st == VT_OK) vti_emit_series(f, curve, "temperature", "heat_flow", VT_LINE, (int)color, s->label);
    return st;
}

/* Lines of glass and liquid and the points of onset, midpoint and end. */
static vt_status add_construction(const vti_calorimetry_run *run, const vti_scan *s, size_t k, vt_figure *f,
                                  vt_error *err)
{
    char curve[VT_NAME];
    const vt_glass_step *g = &s->step;
    const double w = 0.04 * g->midpoint, T[2] = {g->glass.T0 - 0.5 * w, g->liquid.T0 + 0.5 * w};
    double glass[2], liquid[2];
    for (int i = 0; i < 2; i++) {
        glass[i] = s->direction * vt_base_line_at(&g->glass, T[i]);
        liquid[i] = s->direction * vt_base_line_at(&g->liquid, T[i]);
    }
    const char *unit = s->specific ? "W kg-1" : "W";
    name_curve(curve, "lines", s, k);
    const vti_column lines[] = {
        {"temperature", "K", T, NULL}, {"glass", unit, glass, NULL}, {"liquid", unit, liquid, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, curve, "", 2, lines, err);
    if (st != VT_OK) return st;
    vti_emit_series(f, curve, "temperature", "glass", VT_DASHED, (int)k, "");
    vti_emit_series(f, curve, "temperature", "liquid", VT_DASHED, (int)k, "");
    const double at[3] = {g->onset, g->midpoint, g->end}, share[3] = {0.0, 0.5, 1.0};
    double y[3];
    for (int i = 0; i < 3; i++) {
        const double base = vt_base_line_at(&g->glass, at[i]);
        y[i] = s->direction * (base + share[i] * (vt_base_line_at(&g->liquid, at[i]) - base));
    }
    name_curve(curve, "tangent", s, k);
    const vti_column tangent[] = {{"temperature", "K", at, NULL}, {"heat_flow", unit, y, NULL}, {0}};
    st = vti_emit_table(run->result, curve, "", 3, tangent, err);
    if (st == VT_OK) vti_emit_series(f, curve, "temperature", "heat_flow", VT_POINTS, (int)k, "");
    return st;
}

static void limits(const vti_calorimetry_run *run, size_t from, size_t to, vt_figure *f)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = from; i < to; i++) {
        const vti_scan *s = &run->scan[i];
        if (!s->has_step) continue;
        low = fmin(low, s->step.glass.T0 - 0.06 * s->step.midpoint);
        high = fmax(high, s->step.liquid.T0 + 0.05 * s->step.midpoint);
    }
    f->x.low = low;
    f->x.high = high;
    double y_low = INFINITY, y_high = -INFINITY;
    for (size_t i = from; i < to; i++) {
        const vti_scan *s = &run->scan[i];
        for (size_t k = s->from; k < s->to && s->has_step; k++) {
            if (s->T[k] < low || s->T[k] > high) continue;
            y_low = fmin(y_low, s->direction * s->y[k]);
            y_high = fmax(y_high, s->direction * s->y[k]);
        }
    }
    f->y.low = y_low - 0.1 * (y_high - y_low);
    f->y.high = y_high + 0.1 * (y_high - y_low);
}

/* The transitions of the first heatings and coolings that have one, near them. */
static vt_status transition_figure(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    const vti_scan *first = &run->scan[from];
    vt_figure f = {.title = "Glass transition",
                   .x = {.label = "temperature", .unit = "degC"},
                   .y = {.label = "heat flow, endothermic up", .low = NAN, .high = NAN}};
    snprintf(f.y.unit, sizeof f.y.unit, "%s", first->specific ? "mW/mg" : "mW");
    name_curve(f.name, "transition", first, 0);
    f.name[strlen(f.name) - 2] = '\0';
    size_t used = 0, shown = 0;
    vt_status st = VT_OK;
    used = (size_t)snprintf(f.alt, sizeof f.alt,
                            "Heat flow with the lines of glass and liquid; onset, midpoint and end "
                            "are marked. Midpoint of");
    for (size_t i = from; i < to && st == VT_OK && shown < SHOWN; i++) {
        const vti_scan *s = &run->scan[i];
        if (!s->has_step) continue;
        st = add_scan(run, s, i - from, i - from, &f, err);
        if (st == VT_OK) st = add_construction(run, s, i - from, &f, err);
        if (used < sizeof f.alt)
            used += (size_t)snprintf(f.alt + used, sizeof f.alt - used, "%s %s: %.1f degC", shown ? ", of" : "",
                                     s->label, s->step.midpoint - 273.15);
        shown++;
    }
    if (st != VT_OK || shown == 0) return st;
    if (used < sizeof f.alt) snprintf(f.alt + used, sizeof f.alt - used, ".");
    limits(run, from, to, &f);
    return vt_result_add_figure(run->result, &f, err);
}

/* All scans of the piece, whole. */
static vt_status scans_figure(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    const vti_scan *first = &run->scan[from];
    vt_figure f = {.title = "Scans",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "heat flow, endothermic up", .low = NAN, .high = NAN}};
    snprintf(f.y.unit, sizeof f.y.unit, "%s", first->specific ? "mW/mg" : "mW");
    name_curve(f.name, "scans", first, 0);
    f.name[strlen(f.name) - 2] = '\0';
    vt_status st = VT_OK;
    size_t shown = 0;
    for (size_t i = from; i < to && st == VT_OK && shown < 8; i++, shown++) {
        char curve[VT_NAME];
        if (run->scan[i].has_step && shown < SHOWN) { /* its curve is there */
            name_curve(curve, "scan", &run->scan[i], i - from);
            vti_emit_series(&f, curve, "temperature", "heat_flow", VT_LINE, (int)(i - from), run->scan[i].label);
        } else {
            st = add_scan(run, &run->scan[i], 100 + i - from, i - from, &f, err);
        }
    }
    snprintf(f.alt, sizeof f.alt, "Heat flow, endothermic upwards, against temperature: %zu scan%s.", to - from,
             to - from == 1 ? "" : "s");
    return st == VT_OK ? vt_result_add_figure(run->result, &f, err) : st;
}

vt_status vti_piece_figures(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    const vt_status st = transition_figure(run, from, to, err);
    return st == VT_OK ? scans_figure(run, from, to, err) : st;
}

static vt_status add_baselines(const vti_calorimetry_run *run, const vti_difference *d, vt_figure *f, vt_error *err)
{
    char curve[VT_NAME];
    double T[POINTS], line[POINTS], parabola[POINTS], seen[POINTS], base[POINTS];
    size_t n = 0;
    const size_t step = d->n / POINTS + 1;
    for (size_t i = 0; i < d->n && n < POINTS; i += step, n++) {
        const double t = d->T[i] - d->h.T0;
        double mean = 0.0, m = 0.0;
        for (size_t k = i; k < d->n && k < i + step; k++, m += 1.0) mean += d->d[k];
        T[n] = d->T[i];
        line[n] = d->h.line[0] + d->h.line[1] * t;
        parabola[n] = d->h.parabola[0] + t * (d->h.parabola[1] + t * d->h.parabola[2]);
        const bool inside = T[n] >= d->w1.high && T[n] <= d->w2.low;
        base[n] = inside ? (d->bent ? parabola[n] : line[n]) : (double)NAN;
        seen[n] = inside ? mean / m : (double)NAN;
    }
    name_curve(curve, "baselines", d->first, 0);
    const vti_column columns[] = {{"temperature", "K", T, NULL},
                                  {"straight", "J kg-1 K-1", line, NULL},
                                  {"parabola", "J kg-1 K-1", parabola, NULL},
                                  {"area_from", "J kg-1 K-1", base, NULL},
                                  {"area_to", "J kg-1 K-1", seen, NULL},
                                  {0}};
    const vt_status st = vti_emit_table(run->result, curve, "", n, columns, err);
    if (st != VT_OK) return st;
    vti_series_interval(vti_emit_series(f, curve, "temperature", "", VT_BAND, 2, "released"), "area_to", "area_from");
    vti_emit_series(f, curve, "temperature", "straight", VT_DASHED, 1, "straight baseline");
    vti_emit_series(f, curve, "temperature", "parabola", VT_DASHED, 3, "bent baseline");
    return VT_OK;
}

vt_status vti_release_figure(vti_calorimetry_run *run, const vti_difference *d, vt_error *err)
{
    char curve[VT_NAME];
    const vti_scan *s = d->first;
    vt_figure f = {.title = "First less second scan",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "difference of heat capacity", .unit = "J/(g K)", .low = NAN, .high = NAN}};
    name_curve(curve, "difference", s, 0);
    snprintf(f.name, sizeof f.name, "%s", curve);
    const vti_column columns[] = {{"temperature", "K", d->T, NULL}, {"difference", "J kg-1 K-1", d->d, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, curve, "", d->n, columns, err);
    if (st == VT_OK) st = add_baselines(run, d, &f, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, curve, "temperature", "difference", VT_LINE, 0, "first less second scan");
    const double ends[4] = {d->w1.low, d->w1.high, d->w2.low, d->w2.high};
    name_curve(curve, "anchors", s, 0);
    const vti_column anchors[] = {{"temperature", "K", ends, NULL}, {0}};
    st = vti_emit_table(run->result, curve, "", 4, anchors, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, curve, "temperature", "", VT_RULE_X, 7, "ends of the anchors");
    snprintf(f.alt, sizeof f.alt,
             "Difference of the heat capacities of two heatings with the baselines through both anchors: %.3g J/g "
             "released over the straight one, %.3g J/g over the bent one.",
             1e-3 * d->h.linear, 1e-3 * d->h.quadratic);
    return vt_result_add_figure(run->result, &f, err);
}
