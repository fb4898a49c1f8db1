/* Ratios of groups to the reference group: what all indents share cancels. */
#include "base/grow_internal.h"
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vt_ratio_side side_of(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    vt_ratio_side side = {.mean = e->mean, .u = e->u, .dof = e->dof};
    vti_set_shared(plan, reading, q, g, side.part);
    return side;
}

/* Loads are compared at one depth: groups whose mean depths differ by a fifth are not. */
static bool same_depth(const vti_set_plan *plan, const vti_set_reading *reading, size_t a, size_t b)
{
    double h[2] = {0.0, 0.0};
    size_t n[2] = {0, 0};
    for (size_t i = 0; i < plan->n; i++)
        for (int k = 0; k < 2; k++) {
            if (plan->group[plan->specimen[i]] != (k ? b : a) || !(reading->res[i].h > 0.0)) continue;
            h[k] += reading->res[i].h;
            n[k]++;
        }
    return n[0] > 0 && n[1] > 0 && fabs(log(h[0] / (double)n[0] / (h[1] / (double)n[1]))) < 0.2;
}

static vt_status add_property(const vti_set_plan *plan, const vti_set_ratio *r, double dof, vt_error *err)
{
    char name[VT_NAME], symbol[VT_NAME], method[VT_METHOD_TEXT];
    vt_quantity q = {.value = r->ratio.value, .level = plan->set->common->level, .dof = dof, .unit = "1"};
    vt_status st = vt_quantity_add(&q, "indents, specimens and what does not cancel", "", 'A', r->ratio.u, 1.0, err);
    if (st != VT_OK) return st;
    q.low = r->ratio.low, q.high = r->ratio.high;
    snprintf(name, sizeof name, "%s_ratio", VTI_SET_NAMES[r->quantity].name);
    snprintf(symbol, sizeof symbol, "%s/ref", VTI_SET_NAMES[r->quantity].symbol);
    snprintf(method, sizeof method,
             "to the reference, parametric bootstrap, shared calibration cancels; p(ratio = 1) = %.2g",
             r->ratio.p_value);
    const vti_set_property p = {
        name,
        symbol,
        r->reading,
        method,
        {vti_set_group_scope(plan, r->group), {"reference", vti_set_group_text(plan, plan->reference)}},
        &q};
    return vti_set_add(plan, &p, err);
}

static vt_status keep(vti_set_ratios *ratios, const vti_set_ratio *row, vt_error *err)
{
    vti_set_ratio *grown = vti_grow(ratios->row, ratios->n, &ratios->room, sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu ratios", ratios->n + 1);
    ratios->row = grown;
    ratios->row[ratios->n++] = *row;
    return VT_OK;
}

static vt_status one(const vti_set_plan *plan, const vti_set_reading *reading, size_t g, vti_set_quantity q,
                     vti_set_ratios *ratios, vt_error *err)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups];
    const vt_group_effect *a = &e[g], *b = &e[plan->reference];
    if (a->n == 0 || b->n == 0 || !(a->dof >= 1.0) || !(b->dof >= 1.0)) return VT_OK;
    if (!(a->mean > 4.0 * a->u) || !(b->mean > 4.0 * b->u)) return VT_OK; /* no ratio of such uncertain means */
    if (q == VTI_SET_LOAD && !same_depth(plan, reading, g, plan->reference)) return VT_OK;
    const vt_ratio_side top = side_of(plan, reading, q, g), below = side_of(plan, reading, q, plan->reference);
    const vt_ratio_options opt = {
        .nshared = VTI_INFLUENCES - VTI_IN_SHARED,
        .level = plan->set->common->level,
        .replicates = plan->set->common->replicates > 4000 ? (size_t)plan->set->common->replicates : 4000,
        .seed = plan->set->common->seed,
        .pooled = a->borrowed || b->borrowed};
    vti_set_ratio row = {
        .reading = reading->name, .group = g, .quantity = q, .told = a->between_known && b->between_known};
    vt_status st = vt_group_ratio(&top, &below, &opt, &row.ratio, err);
    if (st == VT_OK) st = add_property(plan, &row, fmin(a->dof, b->dof), err);
    return st == VT_OK ? keep(ratios, &row, err) : st;
}

vt_status vti_set_ratios_add(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_ratios *ratios,
                             vt_error *err)
{
    for (size_t g = 0; g < plan->ngroups; g++)
        for (size_t q = 0; g != plan->reference && q < VTI_SET_QUANTITIES; q++) {
            const vt_status st = one(plan, reading, g, (vti_set_quantity)q, ratios, err);
            if (st != VT_OK) return st;
        }
    return VT_OK;
}

const vti_set_ratio *vti_set_ratio_find(const vti_set_ratios *ratios, const char *reading, size_t group,
                                        vti_set_quantity q)
{
    for (size_t i = 0; i < ratios->n; i++)
        if (ratios->row[i].group == group && ratios->row[i].quantity == q &&
            strcmp(ratios->row[i].reading, reading) == 0)
            return &ratios->row[i];
    return NULL;
}

static const char *verdict(const vti_set_ratio *r)
{
    if (!r->ratio.differs) return "none";
    if (!r->told) return "not told: one specimen each";
    return r->ratio.value < 1.0 ? "lower" : "higher";
}

vt_status vti_set_ratios_table(const vti_set_plan *plan, const vti_set_ratios *ratios, vt_error *err)
{
    enum { VALUE, LOW, HIGH, P, COLUMNS };
    const size_t n = ratios->n;
    if (n == 0) return VT_OK;
    double *v = calloc(n, COLUMNS * sizeof *v);
    const char **text = calloc(n, 4 * sizeof *text);
    vt_status st = v && text ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu ratios", n);
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        const vti_set_ratio *r = &ratios->row[i];
        v[VALUE * n + i] = r->ratio.value;
        v[LOW * n + i] = r->ratio.low;
        v[HIGH * n + i] = r->ratio.high;
        v[P * n + i] = r->ratio.p_value;
        text[i] = vti_set_group_text(plan, r->group);
        text[n + i] = VTI_SET_NAMES[r->quantity].words;
        text[2 * n + i] = r->reading;
        text[3 * n + i] = verdict(r);
    }
    if (st == VT_OK) {
        char title[128];
        const vti_column cols[] = {{"group", NULL, NULL, text},
                                   {"quantity", NULL, NULL, text + n},
                                   {"reading", NULL, NULL, text + 2 * n},
                                   {"ratio", "1", v + VALUE * n, NULL},
                                   {"low", "1", v + LOW * n, NULL},
                                   {"high", "1", v + HIGH * n, NULL},
                                   {"p_value", "1", v + P * n, NULL},
                                   {"size_effect", NULL, NULL, text + 3 * n},
                                   {0}};
        snprintf(title, sizeof title, "Ratios to %s", vti_set_group_text(plan, plan->reference));
        st = vti_emit_table(plan->result, "ratios", title, n, cols, err);
    }
    free(v);
    free(text);
    return st;
}
