/* Points of the map, sorted into specimens and groups. */
#include "experiment/experiment_internal.h"
#include "flow_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static vt_status class_of(const vt_table *t, size_t row, vti_flow_class *by, vt_error *err)
{
    static const struct {
        const char *word;
        vti_flow_class value;
    } WORDS[] = {{"", VTI_FLOW_UNKNOWN},    {"undetermined", VTI_FLOW_UNKNOWN}, {"newtonian", VTI_FLOW_NEWTONIAN},
                 {"N", VTI_FLOW_NEWTONIAN}, {"non-newtonian", VTI_FLOW_NOT},    {"nonnewtonian", VTI_FLOW_NOT},
                 {"NN", VTI_FLOW_NOT}};
    const char *s = vti_bound_text(t, "class", row);
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
        if (strcasecmp(s, WORDS[k].word) == 0) {
            *by = WORDS[k].value;
            return VT_OK;
        }
    return vt_fail_at(err, VT_EPARSE, vt_table_path(t), vt_table_line(t, row), 0,
                      "class '%.40s' is none of newtonian, non-newtonian, undetermined", s);
}

static vt_status take_row(void *of, const vt_table *t, size_t row, vt_error *err)
{
    vti_flow_run *run = of;
    const double *m = vti_bound_numbers(t, "rate_sensitivity");
    vti_flow_point p = {.group = vti_bound_text(t, "group", row),
                        .specimen = vti_bound_text(t, "specimen", row),
                        .order = run->n,
                        .eta = vti_bound_numbers(t, "viscosity")[row],
                        .rate = vti_bound_numbers(t, "strain_rate")[row]};
    vt_status st = class_of(t, row, &p.by[VTI_LABEL_CLASS], err);
    if (st != VT_OK) return st;
    if (m && isfinite(m[row]))
        p.by[VTI_LABEL_SENSITIVITY] = m[row] < run->par->sensitivity_threshold ? VTI_FLOW_NOT : VTI_FLOW_NEWTONIAN;
    p.ln_eta = log(p.eta);
    p.ln_sigma = log(3.0 * p.eta * p.rate);
    p.by[VTI_LABEL_BOTH] = p.by[VTI_LABEL_CLASS] ? p.by[VTI_LABEL_CLASS] : p.by[VTI_LABEL_SENSITIVITY];
    for (int k = VTI_LABEL_CLASS; k <= VTI_LABEL_SENSITIVITY; k++) run->has[k] = run->has[k] || p.by[k];
    run->named = run->named || p.specimen[0];
    run->point[run->n++] = p;
    return VT_OK;
}

static int by_specimen(const void *a, const void *b)
{
    const vti_flow_point *x = a, *y = b;
    int order = strcmp(x->group, y->group);
    if (order == 0) order = strcmp(x->specimen, y->specimen);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* Groups in the order of their names, the reference first. */
static vt_status find_groups(vti_flow_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->n; i++) {
        if (run->groups && strcmp(run->group[run->groups - 1], run->point[i].group) == 0) continue;
        if (run->groups == VT_THRESHOLD_GROUPS)
            return vt_fail(err, VT_ELIMIT, "more than %d groups: '%.40s'", VT_THRESHOLD_GROUPS, run->point[i].group);
        run->group[run->groups++] = run->point[i].group;
    }
    const char *wanted = run->par->reference;
    for (int g = 0; g < run->groups; g++) {
        if (strcmp(run->group[g], wanted) != 0) continue;
        for (int k = g; k > 0; k--) run->group[k] = run->group[k - 1];
        run->group[0] = wanted;
        return VT_OK;
    }
    if (run->groups == 1) return VT_OK;
    return vt_fail(err, VT_EKEY,
                   "no group '%.60s'; the first one is '%.60s': --set reference=NAME says which group the "
                   "others are compared with",
                   wanted, run->group[0]);
}

static void find_specimens(vti_flow_run *run)
{
    for (size_t from = 0, to; from < run->n; from = to) {
        const vti_flow_point *p = &run->point[from];
        vti_flow_specimen s = {.group = p->group, .name = p->specimen, .from = from};
        for (to = from + 1; to < run->n && strcmp(run->point[to].group, p->group) == 0; to++)
            if (!p->specimen[0] || strcmp(run->point[to].specimen, p->specimen) != 0) break;
        s.to = to;
        for (int g = 0; g < run->groups; g++)
            if (strcmp(run->group[g], p->group) == 0) s.g = g;
        run->specimen[run->specimens++] = s;
    }
}

vt_status vti_flow_gather(vti_flow_run *run, vt_error *err)
{
    const size_t rows = vti_job_rows(run->job);
    run->point = calloc(rows + 1, sizeof *run->point);
    run->specimen = calloc(rows + 1, sizeof *run->specimen);
    run->low = calloc(3 * rows + 3, sizeof *run->low);
    run->g = calloc(rows + 1, sizeof *run->g);
    if (!run->point || !run->specimen || !run->low || !run->g)
        return vt_fail(err, VT_EMEMORY, "no memory for %zu points", rows);
    run->high = run->low + rows + 1;
    run->z = run->high + rows + 1;
    vt_status st = vti_each_row(run->job, take_row, run, err);
    if (st != VT_OK) return st;
    qsort(run->point, run->n, sizeof *run->point, by_specimen);
    st = find_groups(run, err);
    if (st == VT_OK) find_specimens(run);
    return st;
}
