/* The map: viscosity against strain rate, points by group and class, lines of constant stress. */
#include "experiment/emit_internal.h"
#include "flow_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const CLASS[] = {"undetermined", "Newtonian", "non-Newtonian"};

/* Points of one group and class into x (rate) and y (viscosity). */
static size_t select_points(const vti_flow_run *run, int g, int class, double *x, double *y)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n; i++) {
        const vti_flow_point *p = &run->point[i];
        if ((int)p->by[VTI_LABEL_BOTH] != class || strcmp(p->group, run->group[g]) != 0) continue;
        x[n] = p->rate;
        y[n++] = p->eta;
    }
    return n;
}

static vt_status points(vti_flow_run *run, vt_figure *f, double *x, vt_error *err)
{
    for (int g = 0; g < run->groups; g++)
        for (int class = 0; class < 3; class ++) {
            char name[VT_NAME], label[VT_NAME];
            const size_t n = select_points(run, g, class, x, x + run->n);
            if (n == 0) continue;
            snprintf(name, sizeof name, "points_%d_%d", g + 1, class);
            snprintf(label, sizeof label, "%.30s%s%s", run->group[g], run->group[g][0] ? ", " : "", CLASS[class]);
            const vti_column columns[] = {
                {"strain_rate", "s-1", x, NULL}, {"viscosity", "Pa s", x + run->n, NULL}, {0}};
            const vt_status st = vti_emit_table(run->result, name, "", n, columns, err);
            if (st != VT_OK) return st;
            vti_emit_series(f, name, "strain_rate", "viscosity", VT_POINTS, 3 * g + class, label);
        }
    return VT_OK;
}

static vt_status lines(vti_flow_run *run, vt_figure *f, vt_error *err)
{
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; i < run->n; i++) {
        low = fmin(low, run->point[i].eta);
        high = fmax(high, run->point[i].eta);
    }
    for (int g = 0; g < run->groups; g++) {
        char name[VT_NAME], label[VT_NAME];
        if (isnan(run->line[g])) continue;
        const double eta[2] = {low, high}, sigma = exp(run->line[g]),
                     rate[2] = {sigma / (3.0 * low), sigma / (3.0 * high)};
        const vti_column columns[] = {{"strain_rate", "s-1", rate, NULL}, {"viscosity", "Pa s", eta, NULL}, {0}};
        snprintf(name, sizeof name, "transition_%d", g + 1);
        snprintf(label, sizeof label, "%.30s%s%.3g MPa", run->group[g], run->group[g][0] ? ": " : "", 1e-6 * sigma);
        const vt_status st = vti_emit_table(run->result, name, "", 2, columns, err);
        if (st != VT_OK) return st;
        vti_emit_series(f, name, "strain_rate", "viscosity", g ? VT_DASHED : VT_LINE, 3 * g, label);
    }
    return VT_OK;
}

vt_status vti_flow_figures(vti_flow_run *run, vt_error *err)
{
    vt_figure f = {.name = "flow_map",
                   .title = "Viscosity against strain rate",
                   .x = {.label = "strain rate", .unit = "s-1", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    double *x = malloc(2 * run->n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->n);
    vt_status st = points(run, &f, x, err);
    if (st == VT_OK) st = lines(run, &f, err);
    free(x);
    if (st != VT_OK) return st;
    size_t k = (size_t)snprintf(f.alt, sizeof f.alt,
                                "Viscosity against strain rate, both logarithmic, of %zu readings; above the lines of "
                                "constant stress flow is non-Newtonian.",
                                run->n);
    for (int g = 0; g < run->groups && k < sizeof f.alt; g++)
        if (!isnan(run->line[g]))
            k += (size_t)snprintf(f.alt + k, sizeof f.alt - k, " %.40s: %.3g MPa.",
                                  run->group[g][0] ? run->group[g] : "Transition", 1e-6 * exp(run->line[g]));
    return vt_result_add_figure(run->result, &f, err);
}
