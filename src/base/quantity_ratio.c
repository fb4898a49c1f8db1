/* Ratio of two quantities: what they share cancels (procedures, section 0). */
#include "base/quantity_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/quantity.h>
#include <vitrum/units.h>

static vt_status ratio_unit(const char *a, const char *b, char *unit, vt_error *err)
{
    char text[VT_UNIT_TEXT];
    vt_unit u;
    const char *top = a[0] ? a : "1", *below = b[0] ? b : "1";
    if (strcmp(top, below) == 0) {
        strcpy(unit, "1");
        return VT_OK;
    }
    const int n = strcmp(below, "1") == 0 ? snprintf(text, sizeof text, "%s", top)
                                          : snprintf(text, sizeof text, "%s/(%s)", top, below);
    if (n < 0 || (size_t)n >= sizeof text) return vt_fail(err, VT_ELIMIT, "unit %s/(%s) is too long", top, below);
    const vt_status st = vt_unit_read(text, NULL, &u, err);
    if (st == VT_OK) memcpy(unit, u.si, sizeof u.si);
    return st;
}

/* Line of q with this group; NULL: none, or an independent line. */
static vt_budget_item *same_group(vt_quantity *q, const char *group)
{
    for (size_t i = 0; group[0] && i < q->nbudget; i++)
        if (strcmp(q->budget[i].group, group) == 0) return &q->budget[i];
    return NULL;
}

/* Adds the line with its sensitivity scaled; lines beyond the last place join it in quadrature. */
static void add_scaled(vt_quantity *q, const vt_budget_item *item, double factor)
{
    vt_budget_item *shared = same_group(q, item->group);
    if (shared && shared->u > 0.0) {
        shared->c += factor * item->c * item->u / shared->u;
        return;
    }
    if (q->nbudget < VT_BUDGET_MAX) {
        q->budget[q->nbudget] = *item;
        q->budget[q->nbudget++].c *= factor;
        return;
    }
    vt_budget_item *last = &q->budget[VT_BUDGET_MAX - 1];
    const double u = hypot(last->c * last->u, factor * item->c * item->u);
    *last = (vt_budget_item){.source = "further sources", .type = 'B', .u = u, .c = 1.0};
}

static void add_all(vt_quantity *q, const vt_quantity *part, double factor, const char *name)
{
    for (size_t i = 0; i < part->nbudget; i++) add_scaled(q, &part->budget[i], factor);
    if (part->nbudget > 0 || !(part->u > 0.0)) return;
    vt_budget_item item = {.type = 'B', .u = part->u, .c = 1.0};
    snprintf(item.source, sizeof item.source, "%s", name);
    add_scaled(q, &item, factor);
}

/* Welch-Satterthwaite; where shared parts cancel it would fall below either number, which is the floor. */
static double ratio_dof(const vt_quantity *a, const vt_quantity *b, const vt_quantity *q)
{
    const double ua = a->u / b->value, ub = a->value / b->value * b->u / b->value;
    const double spread = pow(ua, 4) / a->dof + pow(ub, 4) / b->dof;
    const double floor = fmin(a->dof, b->dof);
    return spread > 0.0 ? fmax(pow(q->u, 4) / spread, floor) : INFINITY;
}

vt_status vt_quantity_ratio(const vt_quantity *a, const vt_quantity *b, vt_quantity *out, vt_error *err)
{
    if (!a || !b || !out) return vt_fail(err, VT_EARG, "quantity is NULL");
    if (!isfinite(a->value) || !isfinite(b->value) || b->value == 0.0)
        return vt_fail(err, VT_EDOMAIN, "ratio %g/%g is not defined", a->value, b->value);
    vt_quantity q = {.value = a->value / b->value, .low = NAN, .high = NAN, .dof = INFINITY};
    vt_status st = ratio_unit(a->unit, b->unit, q.unit, err);
    if (st != VT_OK) return st;
    add_all(&q, a, 1.0 / b->value, "numerator");
    add_all(&q, b, -q.value / b->value, "denominator");
    q.u = vti_budget_u(q.nbudget, q.budget);
    if (a->dof > 0.0 && b->dof > 0.0) q.dof = ratio_dof(a, b, &q);
    if (a->level > 0.0 && a->level < 1.0) st = vt_quantity_cover(&q, a->level, err);
    if (st == VT_OK) *out = q;
    return st;
}
