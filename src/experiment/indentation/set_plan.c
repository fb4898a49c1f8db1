/* One value per indent, and the specimens and groups they belong to. */
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t NONE = (size_t)-1;

/* What a result says of itself: from the test, or from the vendor's row. */
typedef struct who {
    const char *test, *specimen, *group;
    const vt_table *table;
} who;

static who who_of(const vti_set *s, const vti_indent_result *r)
{
    if (r->indent != NONE) {
        const vti_indent *t = &s->indents->indent[r->indent];
        return (who){t->test, t->specimen, t->group, t->table};
    }
    if (r->row) return (who){r->row->test, r->row->specimen, r->row->group, r->row->table};
    return (who){"", "", "", NULL};
}

/* Same test: the same indent, or rows of one table with the same label; rows without label are indents of their own. */
static bool same_test(const vti_set *s, const vti_indent_result *a, const vti_indent_result *b)
{
    if (a->indent != NONE || b->indent != NONE) return a->indent == b->indent;
    const who wa = who_of(s, a), wb = who_of(s, b);
    return wa.table == wb.table && wa.test[0] && strcmp(wa.test, wb.test) == 0;
}

/* Name of a specimen that has none: the file, if there are several. */
static void name_specimen(const who *w, char name[VT_NAME])
{
    const char *path = w->table ? vt_table_path(w->table) : "", *slash = strrchr(path, '/');
    snprintf(name, VT_NAME, "%.*s", VT_NAME - 1, w->specimen[0] ? w->specimen : slash ? slash + 1 : path);
}

static size_t find(char (*names)[VT_NAME], size_t n, const char *name)
{
    size_t k = 0;
    while (k < n && strcmp(names[k], name) != 0) k++;
    return k;
}

/* Specimen of a result, added if new. Specimens of equal names in two groups are two. */
static size_t specimen_of(const vti_set *s, vti_set_plan *plan, const vti_indent_result *r)
{
    char name[VT_NAME], group[VT_NAME];
    const who w = who_of(s, r);
    name_specimen(&w, name);
    snprintf(group, sizeof group, "%.*s", VT_NAME - 1, w.group);
    const size_t g = find(plan->group_name, plan->ngroups, group);
    if (g == plan->ngroups) memcpy(plan->group_name[plan->ngroups++], group, sizeof group);
    size_t k = 0;
    while (k < plan->nspecimens && (plan->group[k] != g || strcmp(plan->specimen_name[k], name) != 0)) k++;
    if (k == plan->nspecimens) {
        memcpy(plan->specimen_name[k], name, sizeof name);
        plan->group[plan->nspecimens++] = g;
    }
    return k;
}

/* Better stands for its indent: an average over depth, else the larger load. */
static bool better(const vti_indent_result *a, const vti_indent_result *b)
{
    return a->average != b->average ? a->average : a->P > b->P;
}

static void choose(const vti_set *s, vti_set_plan *plan)
{
    for (size_t i = 0; i < s->n; i++) {
        plan->of[i] = NONE;
        if (s->res[i].verdict.status != VT_OK) continue;
        plan->of[i] = specimen_of(s, plan, &s->res[i]);
        /* results of one test stand together */
        const bool known = plan->n > 0 && same_test(s, &s->res[i], &s->res[plan->pick[plan->n - 1]]);
        if (!known) {
            plan->specimen[plan->n] = plan->of[i];
            plan->pick[plan->n++] = i;
        } else if (better(&s->res[i], &s->res[plan->pick[plan->n - 1]]))
            plan->pick[plan->n - 1] = i;
    }
}

/* The group that is named, else the one of the thickest specimens, else the first. */
static vt_status choose_reference(const vti_set *s, vti_set_plan *plan, vt_error *err)
{
    const char *want = s->params->reference_group;
    double thickest = 0.0;
    if (want[0]) {
        plan->reference = find(plan->group_name, plan->ngroups, want);
        if (plan->reference < plan->ngroups) return VT_OK;
        return vt_fail(err, VT_EKEY, "reference_group = %s: no indent of this group has a result", want);
    }
    for (size_t i = 0; i < plan->n; i++) {
        const double d = s->res[plan->pick[i]].diameter;
        if (!(d > thickest)) continue;
        thickest = d;
        plan->reference = plan->group[plan->specimen[i]];
    }
    return VT_OK;
}

vt_status vti_set_plan_make(const vti_set *s, vt_result *result, vti_set_plan *plan, vt_error *err)
{
    const size_t room = s->n + 1;
    *plan = (vti_set_plan){.set = s, .result = result};
    plan->pick = calloc(room, sizeof *plan->pick);
    plan->specimen = calloc(room, sizeof *plan->specimen);
    plan->of = calloc(room, sizeof *plan->of);
    plan->group = calloc(room, sizeof *plan->group);
    plan->specimen_name = calloc(room, sizeof *plan->specimen_name);
    plan->group_name = calloc(room, sizeof *plan->group_name);
    vt_status st = VT_OK;
    if (!plan->pick || !plan->specimen || !plan->of || !plan->group || !plan->specimen_name || !plan->group_name)
        st = vt_fail(err, VT_EMEMORY, "no memory for the statistics of %zu results", s->n);
    if (st == VT_OK) {
        choose(s, plan);
        if (plan->n > 0) st = choose_reference(s, plan, err);
    }
    if (st != VT_OK) vti_set_plan_free(plan);
    return st;
}

void vti_set_plan_free(vti_set_plan *plan)
{
    free(plan->pick);
    free(plan->specimen);
    free(plan->of);
    free(plan->group);
    free(plan->specimen_name);
    free(plan->group_name);
    *plan = (vti_set_plan){0};
}
