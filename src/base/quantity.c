/* Quantities: budget, interval, covariance and ratio (procedures, section 0 and 1.8). */
#include "base/quantity_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/quantity.h>
#include <vitrum/units.h>

double vti_budget_u(size_t n, const vt_budget_item *budget)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const vt_budget_item *item = &budget[i];
        double part = item->c * item->u;
        bool first = true;
        for (size_t j = 0; item->group[0] && j < n; j++) {
            if (j == i || strcmp(budget[j].group, item->group) != 0) continue;
            if (j < i) first = false;
            part += budget[j].c * budget[j].u;
        }
        if (first) sum += part * part;
    }
    return sqrt(sum);
}

vt_status vt_quantity_add(vt_quantity *q, const char *source, const char *group, char type, double u, double c,
                          vt_error *err)
{
    if (!q || !source) return vt_fail(err, VT_EARG, "quantity or source is NULL");
    if (type != 'A' && type != 'B') return vt_fail(err, VT_EARG, "budget '%s': type must be A or B", source);
    if (!(u >= 0.0) || !isfinite(u) || !isfinite(c))
        return vt_fail(err, VT_EARG, "budget '%s': u = %g, sensitivity = %g must be finite, u >= 0", source, u, c);
    if (q->nbudget >= VT_BUDGET_MAX)
        return vt_fail(err, VT_ELIMIT, "budget '%s': more than %d lines", source, VT_BUDGET_MAX);
    vt_budget_item *item = &q->budget[q->nbudget++];
    *item = (vt_budget_item){.type = type, .u = u, .c = c};
    snprintf(item->source, sizeof item->source, "%s", source);
    snprintf(item->group, sizeof item->group, "%s", group ? group : "");
    q->u = vti_budget_u(q->nbudget, q->budget);
    return VT_OK;
}

double vti_coverage_factor(double level, double dof)
{
    const double p = 0.5 * (1.0 + level);
    return isinf(dof) ? gsl_cdf_ugaussian_Pinv(p) : gsl_cdf_tdist_Pinv(p, dof);
}

vt_status vt_quantity_cover(vt_quantity *q, double level, vt_error *err)
{
    if (!q) return vt_fail(err, VT_EARG, "quantity is NULL");
    if (!(level > 0.0) || !(level < 1.0)) return vt_fail(err, VT_EARG, "level = %g must be between 0 and 1", level);
    if (!(q->dof > 0.0)) return vt_fail(err, VT_EDOF, "%g degrees of freedom give no interval", q->dof);
    if (!isfinite(q->value) || !(q->u >= 0.0) || !isfinite(q->u))
        return vt_fail(err, VT_EINTERNAL, "value = %g, u = %g give no interval", q->value, q->u);
    const double t = vti_coverage_factor(level, q->dof);
    q->level = level;
    q->low = q->value - t * q->u;
    q->high = q->value + t * q->u;
    return VT_OK;
}

double vt_quantity_covariance(const vt_quantity *a, const vt_quantity *b)
{
    double sum = 0.0;
    for (size_t i = 0; i < a->nbudget; i++)
        for (size_t j = 0; j < b->nbudget; j++)
            if (a->budget[i].group[0] && strcmp(a->budget[i].group, b->budget[j].group) == 0)
                sum += a->budget[i].c * a->budget[i].u * b->budget[j].c * b->budget[j].u;
    return sum;
}
