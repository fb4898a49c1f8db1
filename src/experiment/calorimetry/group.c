/* Groups of pieces compared: gain and rate are the same for all and leave the ratio (P21, step 8). */
#include "calorimetry_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 16 };

typedef struct group {
    const char *name;
    size_t n;
    double mean, u, dof, diameter; /* dof INFINITY: not limited */
} group;

/* Mean of the pieces of a group: by the uncertainties of each, or by their scatter where three and more scatter wider:
 * few pieces that happen to agree do not make masses and baselines better. */
static group group_of(const vti_calorimetry_run *run, const char *name)
{
    group g = {.name = name, .dof = INFINITY, .diameter = NAN};
    double ss = 0.0, own = 0.0;
    for (size_t i = 0; i < run->releases; i++) {
        const vti_release *r = &run->release[i];
        if (strcmp(r->group, name) != 0) continue;
        g.n++;
        g.mean += r->value;
        own += r->u * r->u;
        g.diameter = r->diameter;
    }
    g.mean /= (double)g.n;
    for (size_t i = 0; i < run->releases; i++)
        if (strcmp(run->release[i].group, name) == 0) ss += pow(run->release[i].value - g.mean, 2.0);
    g.u = sqrt(own) / (double)g.n;
    const double scatter = g.n >= 3 ? sqrt(ss / ((double)g.n - 1.0) / (double)g.n) : 0.0;
    if (scatter > g.u) {
        g.u = scatter;
        g.dof = (double)g.n - 1.0;
    }
    return g;
}

static vt_status emit_group(const vti_calorimetry_run *run, const group *g, vt_error *err)
{
    const double gain = run->gain_u, level = run->job->common.level;
    const double u = hypot(g->u, gain * g->mean);
    const double half =
        hypot(vti_coverage_factor(level, g->dof) * g->u, vti_coverage_factor(level, INFINITY) * gain * g->mean);
    vt_budget_item budget[2] = {
        {.source = "pieces", .type = 'A', .u = g->u, .c = 1.0},
        {.source = "gain of the calorimeter", .group = "calorimeter gain", .type = 'B', .u = gain, .c = g->mean}};
    const vti_value v = {.name = "group_relaxation_enthalpy",
                         .symbol = "dH_rel",
                         .unit = "J kg-1",
                         .reading = "physics",
                         .method = isfinite(g->dof) ? "mean of the pieces, by their scatter"
                                                    : "mean of the pieces, by the uncertainty of each",
                         .value = g->mean,
                         .u = u,
                         .low = g->mean - half,
                         .high = g->mean + half,
                         .level = level,
                         .dof = g->dof,
                         .scope_key = "group",
                         .scope_text = g->name,
                         .nbudget = 2,
                         .budget = budget};
    return vti_emit_value(run->result, &v, err);
}

/* a over b; the interval by the logarithm. */
static vt_status emit_ratio(const vti_calorimetry_run *run, const group *a, const group *b, vt_error *err)
{
    if (!(a->mean > 0.0 && b->mean > 0.0))
        return vt_result_warn(run->result, err, "W_NO_RATIO", "no ratio of %s to %s: a mean enthalpy is not above 0",
                              a->name, b->name);
    const double ra = a->u / a->mean, rb = b->u / b->mean, u = hypot(ra, rb), ratio = a->mean / b->mean;
    const double da = pow(ra, 4.0) / a->dof, db = pow(rb, 4.0) / b->dof;
    const double dof = da + db > 0.0 ? pow(u, 4.0) / (da + db) : INFINITY, level = run->job->common.level;
    const double half = vti_coverage_factor(level, dof) * u;
    char name[VT_NAME];
    snprintf(name, sizeof name, "%.30s/%.30s", a->name, b->name);
    vt_budget_item budget[2] = {{.type = 'A', .u = ra, .c = ratio}, {.type = 'A', .u = rb, .c = ratio}};
    snprintf(budget[0].source, sizeof budget[0].source, "pieces of %.40s", a->name);
    snprintf(budget[1].source, sizeof budget[1].source, "pieces of %.40s", b->name);
    const vti_value v = {.name = "enthalpy_ratio",
                         .symbol = "dH_1/dH_2",
                         .unit = "1",
                         .reading = "physics",
                         .method = "means of the groups; gain and rate are common and cancel",
                         .value = ratio,
                         .u = ratio * u,
                         .low = ratio * exp(-half),
                         .high = ratio * exp(half),
                         .level = level,
                         .dof = dof,
                         .scope_key = "groups",
                         .scope_text = name,
                         .nbudget = 2,
                         .budget = budget};
    const vt_status st = vti_emit_value(run->result, &v, err);
    if (st != VT_OK || (a->n >= 3 && b->n >= 3)) return st;
    return vt_result_warn(run->result, err, "W_FEW_PIECES",
                          "%zu and %zu pieces of %s and %s: measure three of each at least, so that their scatter "
                          "tells what baselines and masses do",
                          a->n, b->n, a->name, b->name);
}

static vt_status figure(const vti_calorimetry_run *run, const group *g, size_t n, vt_error *err)
{
    double x[GROUPS], low[GROUPS], high[GROUPS], mean[GROUPS];
    double *all = run->work, *at = all + run->releases, *from = at + run->releases, *to = from + run->releases;
    if (4 * run->releases > 8 * VTI_SCAN_BINS) return VT_OK;
    for (size_t k = 0; k < n; k++) {
        const double half = vti_coverage_factor(run->job->common.level, g[k].dof) * g[k].u;
        x[k] = (double)k + 1.0;
        mean[k] = g[k].mean;
        low[k] = mean[k] - half;
        high[k] = mean[k] + half;
        size_t seen = 0;
        for (size_t i = 0; i < run->releases; i++) {
            if (strcmp(run->release[i].group, g[k].name) != 0) continue;
            all[i] = run->release[i].value;
            from[i] = all[i] - 1.96 * run->release[i].u;
            to[i] = all[i] + 1.96 * run->release[i].u;
            at[i] = x[k] - 0.1 - 0.25 * (double)(seen++ + 1) / (double)(g[k].n + 1);
        }
    }
    const vti_column one[] = {{"group", "1", at, NULL},
                              {"enthalpy", "J kg-1", all, NULL},
                              {"low", "J kg-1", from, NULL},
                              {"high", "J kg-1", to, NULL},
                              {0}};
    const vti_column means[] = {{"group", "1", x, NULL},
                                {"enthalpy", "J kg-1", mean, NULL},
                                {"low", "J kg-1", low, NULL},
                                {"high", "J kg-1", high, NULL},
                                {0}};
    vt_status st = vti_emit_table(run->result, "pieces", "", run->releases, one, err);
    if (st == VT_OK) st = vti_emit_table(run->result, "groups", "", n, means, err);
    if (st != VT_OK) return st;
    vt_figure f = {.name = "groups",
                   .title = "Enthalpy released, by group",
                   .x = {.label = "group", .unit = "1", .low = 0.4, .high = (double)n + 0.6},
                   .y = {.label = "enthalpy released", .unit = "J/g", .low = NAN, .high = NAN}};
    vti_series_interval(vti_emit_series(&f, "pieces", "group", "enthalpy", VT_POINTS, 0, "pieces"), "low", "high");
    vti_series_interval(vti_emit_series(&f, "groups", "group", "enthalpy", VT_POINTS, 1, "mean of the group"), "low",
                        "high");
    size_t used =
        (size_t)snprintf(f.alt, sizeof f.alt, "Enthalpy released by %zu pieces, with their means:", run->releases);
    for (size_t k = 0; k < n && used < sizeof f.alt; k++) {
        if (f.nlabels < VT_LABEL_MAX) {
            vt_label *l = &f.labels[f.nlabels++];
            *l = (vt_label){.x = x[k] + 0.06, .y = mean[k]};
            snprintf(l->text, sizeof l->text, "%.40s", g[k].name);
        }
        used += (size_t)snprintf(f.alt + used, sizeof f.alt - used, " %.40s %.3g J/g%s", g[k].name, 1e-3 * mean[k],
                                 k + 1 < n ? "," : ".");
    }
    return vt_result_add_figure(run->result, &f, err);
}

/* Thinner first, else by name backwards: wire before rod. */
static int before(const void *a, const void *b)
{
    const group *x = a, *y = b;
    if (isfinite(x->diameter) && isfinite(y->diameter) && x->diameter != y->diameter)
        return x->diameter < y->diameter ? -1 : 1;
    return strcmp(y->name, x->name);
}

vt_status vti_groups_compare(vti_calorimetry_run *run, vt_error *err)
{
    group g[GROUPS];
    size_t n = 0;
    for (size_t i = 0; i < run->releases; i++) {
        const char *name = run->release[i].group;
        size_t k = 0;
        while (k < n && strcmp(g[k].name, name) != 0) k++;
        if (k < n || !name[0]) continue;
        if (n == GROUPS) return vt_fail(err, VT_ELIMIT, "more than %d groups", GROUPS);
        g[n++] = group_of(run, name);
    }
    if (n == 0) return VT_OK;
    qsort(g, n, sizeof *g, before);
    vt_status st = VT_OK;
    for (size_t k = 0; k < n && st == VT_OK; k++) st = emit_group(run, &g[k], err);
    for (size_t k = 0; k + 1 < n && st == VT_OK; k++) st = emit_ratio(run, &g[k], &g[n - 1], err);
    if (st == VT_OK && n == 1 && g[0].n < 3)
        st = vt_result_warn(run->result, err, "W_FEW_PIECES",
                            "%zu piece%s of %s: measure three at least, so that their scatter tells what baselines and "
                            "masses do",
                            g[0].n, g[0].n == 1 ? "" : "s", g[0].name);
    return st == VT_OK ? figure(run, g, n, err) : st;
}
