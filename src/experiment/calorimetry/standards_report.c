/* Properties and figures of the runs of standards. */
#include "experiment/emit_internal.h"
#include "standards_internal.h"
#include <math.h>
#include <stdio.h>

enum { POINTS = 60 };

static vt_status one(const vti_calorimetry_run *run, const char *name, const char *symbol, const char *unit,
                     const char *method, double value, const vt_budget_item *budget, size_t n, const char *of,
                     vt_error *err)
{
    double u = 0.0;
    for (size_t k = 0; k < n; k++) u = hypot(u, budget[k].c * budget[k].u);
    const vti_value v = {.name = name,
                         .symbol = symbol,
                         .unit = unit,
                         .method = method,
                         .value = value,
                         .u = u,
                         .scope_key = "standard",
                         .scope_text = of,
                         .nbudget = n,
                         .budget = budget};
    return vti_emit_covered(run->result, &v, run->job->common.level, err);
}

/* Readings about the peak, with edge and baseline. */
static vt_status melting_figure(const vti_calorimetry_run *run, const vti_melt *m, const double *T, const double *y,
                                size_t n, vt_error *err)
{
    const vt_melting_edge *e = &m->edge;
    const double width = e->apex - e->onset, low = e->onset - 4.0 * width, high = e->apex + 4.0 * width;
    size_t a = 0, b = n;
    while (a + 1 < n && T[a] < low) a++;
    while (b > a + 1 && T[b - 1] > high) b--;
    char curve[VT_NAME], lines[VT_NAME];
    vti_scan_curve(curve, "melting", m->name, 0);
    vti_scan_curve(lines, "edge", m->name, 0);
    const double seen_at = e->edge.T0 - e->edge.a / e->edge.b, top = fmin(e->apex, seen_at + e->height / e->slope);
    const double at[3] = {fmax(T[a], seen_at - 3.0 * width), seen_at, top};
    const double fit[3] = {vt_base_line_at(&e->line, at[0]), vt_base_line_at(&e->line, at[1]),
                           vt_base_line_at(&e->line, top) + vt_base_line_at(&e->edge, top)};
    const vti_column seen[] = {{"temperature", "K", T + a, NULL}, {"heat_flow", "W", y + a, NULL}, {0}};
    const vti_column edge[] = {{"temperature", "K", at, NULL}, {"heat_flow", "W", fit, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, curve, "", b - a, seen, err);
    if (st == VT_OK) st = vti_emit_table(run->result, lines, "", 3, edge, err);
    if (st != VT_OK) return st;
    vt_figure f = {.x = {.label = "temperature, before its correction", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "heat flow, endothermic up", .unit = "mW", .low = NAN, .high = NAN}};
    snprintf(f.name, sizeof f.name, "%s", curve);
    snprintf(f.title, sizeof f.title, "Melting edge of %.40s", m->name);
    vti_emit_series(&f, curve, "temperature", "heat_flow", VT_POINTS, 0, "readings");
    vti_emit_series(&f, lines, "temperature", "heat_flow", VT_LINE, 1, "baseline, and edge without the lag");
    snprintf(
        f.alt, sizeof f.alt,
        "Heat flow of %.40s against temperature: without the lag of %.2f K its edge leaves the baseline at %.2f degC, "
        "for a melting temperature of %.2f degC, and rises by %.3g mW/K.",
        m->name, e->lag, seen_at - 273.15, m->T_m - 273.15, 1e3 * e->slope);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_standard_report_melting(vti_calorimetry_run *run, const vti_melt *m, const double *T, const double *y,
                                      size_t n, vt_error *err)
{
    const vt_melting_edge *e = &m->edge;
    const double w = 1.0 / sqrt(3.0), R = 1.0 / e->slope,
                 again = sqrt(
                     fmax(m->u * m->u - e->u_onset * e->u_onset - e->u_onset_window * e->u_onset_window / 3.0, 0.0));
    vt_budget_item onset[3] = {{.source = "scatter of edge and baseline", .type = 'A', .u = e->u_onset, .c = 1.0},
                               {.source = "part of the edge taken", .type = 'B', .u = w * e->u_onset_window, .c = 1.0},
                               {.source = "an onset comes again", .type = 'B', .u = again, .c = 1.0}};
    const vt_budget_item slope[3] = {
        {.source = "scatter of edge and baseline", .type = 'A', .u = e->u_slope, .c = -R * R},
        {.source = "part of the edge taken", .type = 'B', .u = w * e->u_slope_window, .c = -R * R},
        {.source = "gain of the calorimeter", .group = "calorimeter gain", .type = 'B', .u = run->gain_u, .c = -R}};
    vt_status st =
        one(run, "calibrant_onset", "T_on", "K", "melting edge and baseline meet", e->onset, onset, 3, m->name, err);
    for (int k = 0; k < 3; k++) onset[k].c = -1.0;
    if (st == VT_OK)
        st = one(run, "temperature_shift", "dT", "K", "melting temperature less onset", m->T_m - e->onset, onset, 3,
                 m->name, err);
    if (st == VT_OK)
        st = one(run, "thermal_resistance", "R", "K W-1", "one over the slope of the melting edge", R, slope, 3,
                 m->name, err);
    const vt_budget_item lag[1] = {{.source = "scatter of the decay", .type = 'A', .u = e->u_lag, .c = 1.0}};
    if (st == VT_OK && e->lag > 0.0)
        st = one(run, "calibrant_lag", "dT_lag", "K", "length of the decay after the peak", e->lag, lag, 1, m->name,
                 err);
    return st == VT_OK ? melting_figure(run, m, T, y, n, err) : st;
}

vt_status vti_standard_report_sapphire(vti_calorimetry_run *run, const vti_scan *s, const double *factor, vt_error *err)
{
    const vti_standards *k = &run->std;
    double fit[POINTS], at[POINTS], of[POINTS];
    size_t n = 0;
    const size_t step = (s->to - s->from) / POINTS + 1;
    for (size_t i = s->from; i + step <= s->to && n < POINTS; i += step) {
        double T = 0.0, sum = 0.0;
        for (size_t j = i; j < i + step; j++) {
            T += s->T[j] / (double)step;
            sum += factor[j] / (double)step;
        }
        if (!isfinite(sum)) continue;
        at[n] = T;
        of[n] = sum;
        fit[n++] = vti_standards_factor(k, T);
    }
    const vti_column columns[] = {
        {"temperature", "K", at, NULL}, {"factor", "1", of, NULL}, {"parabola", "1", fit, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, "heat_flow_factor", "", n, columns, err);
    if (st != VT_OK) return st;
    vt_figure f = {.name = "heat_flow_factor",
                   .title = "Factor of heat flow by sapphire",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "true over measured heat flow", .unit = "1", .low = NAN, .high = NAN}};
    vti_emit_series(&f, "heat_flow_factor", "temperature", "factor", VT_POINTS, 0, "means of bins");
    vti_emit_series(&f, "heat_flow_factor", "temperature", "parabola", VT_LINE, 1, "parabola");
    snprintf(f.alt, sizeof f.alt,
             "True over measured heat flow, by the heat capacity of sapphire less the empty pan, against temperature: "
             "%.4g in the middle.",
             k->c[0]);
    st = vt_result_add_figure(run->result, &f, err);
    const vt_budget_item budget[1] = {{.source = "scatter, mass and heat capacity of sapphire",
                                       .group = "calorimeter gain",
                                       .type = 'B',
                                       .u = isfinite(k->u_gain) ? k->u_gain : run->gain_u,
                                       .c = k->c[0]}};
    if (st != VT_OK) return st;
    return one(run, "heat_flow_factor", "K", "1",
               "heat capacity of sapphire (ISO 11357-4) over that measured, parabola", k->c[0], budget, 1, "sapphire",
               err);
}
