/* Means and scatter of sets: groups of specimens, specimens of indents. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values of one quantity with their specimens. */
typedef struct column {
    size_t n;
    double *y, *u;
    size_t *specimen;
} column;

static vt_status column_of(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, column *c,
                           vt_error *err)
{
    const int k = VTI_SET_NAMES[q].output;
    *c = (column){.y = calloc(2 * plan->n, sizeof(double)), .specimen = calloc(plan->n, sizeof(size_t))};
    if (!c->y || !c->specimen) {
        free(c->y);
        free(c->specimen);
        return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", plan->n);
    }
    c->u = c->y + plan->n;
    for (size_t i = 0; i < plan->n; i++) {
        const double v = vti_set_value(&reading->res[i], q);
        if (!isfinite(v)) continue;
        const double u = k >= 0 ? vti_indent_own_u(&reading->res[i].out[k]) : 0.0;
        c->y[c->n] = v;
        c->u[c->n] = isfinite(u) ? u : 0.0;
        c->specimen[c->n++] = plan->specimen[i];
    }
    return VT_OK;
}

static vt_nested nested(const vti_set_plan *plan, const column *c)
{
    return (vt_nested){c->n, c->y, c->u, c->specimen, plan->nspecimens, plan->group, plan->ngroups};
}

static vt_status budget(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g,
                        vt_quantity *out, vt_error *err)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    double part[VTI_INFLUENCES - VTI_IN_SHARED];
    vt_status st;
    VT_TRY(st = vt_quantity_add(out, "indents and specimens", "", 'A', e->u, 1.0, err));
    vti_set_shared(plan, reading, q, g, part);
    for (size_t j = 0; j < VTI_INFLUENCES - VTI_IN_SHARED; j++) {
        if (part[j] == 0.0) continue;
        const vti_influence_name *name = &VTI_INFLUENCE_NAMES[VTI_IN_SHARED + j];
        VT_TRY(
            st = vt_quantity_add(out, name->source, name->group, 'B', fabs(part[j]), part[j] < 0.0 ? -1.0 : 1.0, err));
    }
    out->dof = e->u > 0.0 ? e->dof * pow(out->u / e->u, 4.0) : INFINITY; /* Welch-Satterthwaite */
    st = vt_quantity_cover(out, plan->set->common->level, err);
done:
    return st;
}

static void method_of(const vt_group_effect *e, char text[VT_METHOD_TEXT])
{
    const int n = snprintf(text, VT_METHOD_TEXT, "random effects, %zu indents on %zu specimen%s", e->n, e->specimens,
                           e->specimens == 1 ? "" : "s");
    const char *more = !e->between_known ? ": scatter between specimens is not in u"
                       : e->borrowed     ? ": scatter between specimens from the other groups"
                                         : "";
    if (n > 0 && (size_t)n < VT_METHOD_TEXT) snprintf(text + n, VT_METHOD_TEXT - (size_t)n, "%s", more);
}

static vt_status add_mean(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g,
                          vt_error *err)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    char method[VT_METHOD_TEXT];
    vt_quantity out = {.value = e->mean, .low = NAN, .high = NAN, .dof = INFINITY};
    if (!(e->dof > 0.0)) return VT_OK; /* one indent of unknown uncertainty: it stands for itself */
    snprintf(out.unit, sizeof out.unit, "%s", VTI_SET_NAMES[q].unit);
    method_of(e, method);
    const vti_set_property p = {.name = VTI_SET_NAMES[q].name,
                                .symbol = VTI_SET_NAMES[q].symbol,
                                .reading = reading->name,
                                .method = method,
                                .scope = {vti_set_group_scope(plan, g)},
                                .q = &out};
    const vt_status st = budget(plan, reading, q, g, &out, err);
    return st == VT_OK ? vti_set_add(plan, &p, err) : st;
}

/* A component of scatter, or a ratio of two. */
typedef struct component {
    const char *ending, *unit, *method, *of; /* of: what scatters; NULL: a ratio */
    vt_scatter c;
} component;

/* Values that agree better than their own uncertainties let them, or that are all equal, tell no scatter: 0 +- 0 would
 * be a claim. */
static bool tells(const vt_scatter *c)
{
    return c->known && isfinite(c->value) && isfinite(c->high) && c->high > 0.0;
}

static vt_status warn_silent(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g,
                             const char *what, vt_error *err)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    if (q > VTI_SET_HARDNESS) return VT_OK; /* the others follow these */
    return vt_result_warn(plan->result, err, "W_SCATTER",
                          "%s: %s: the %s agree at least as well as their uncertainties let them (%zu values, standard "
                          "deviation %.3g GPa, uncertainty of one %.3g GPa): no scatter between them is told",
                          vti_set_group_text(plan, g), VTI_SET_NAMES[q].words, what, e->n, 1e-9 * e->scatter,
                          1e-9 * e->noise);
}

/* Not there if it is not known, has no bounded interval, or there is none to tell (then warned of, once). */
static vt_status add_scatter(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g,
                             const component *c, vt_error *err)
{
    char name[VT_NAME], symbol[VT_NAME], method[VT_METHOD_TEXT];
    if (c->c.known && c->c.high == 0.0 && c->of) return warn_silent(plan, reading, q, g, c->of, err);
    if (!tells(&c->c)) return VT_OK;
    snprintf(name, sizeof name, "%s_%s", VTI_SET_NAMES[q].name, c->ending);
    snprintf(symbol, sizeof symbol, "s(%s)", VTI_SET_NAMES[q].symbol);
    vt_quantity out = {.value = c->c.value, .low = c->c.low, .high = c->c.high, .dof = INFINITY};
    out.level = plan->set->common->level;
    out.u = (c->c.high - c->c.low) / 3.92; /* of a normal distribution of the same width; the interval is what counts */
    snprintf(out.unit, sizeof out.unit, "%s", c->unit);
    snprintf(method, sizeof method, "%s%s", c->method, c->c.value > 0.0 ? "" : "; the upper end bounds it");
    const vti_set_property p = {name, symbol, reading->name, method, {vti_set_group_scope(plan, g)}, &out};
    return vti_set_add(plan, &p, err);
}

static vt_status add_scatters(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t g,
                              vt_error *err)
{
    const vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    const char *unit = VTI_SET_NAMES[q].unit;
    component all[4] = {
        {"scatter", unit, "between indents of a specimen, beyond the uncertainty of each", "indents of a specimen",
         e->within},
        {"scatter_ratio", "1", "scatter between indents over root mean square uncertainty within one", NULL, e->within},
        {"specimen_scatter", unit, "between specimens, generalised interval", "specimens", e->between},
        {"specimen_share", "1", "share of the variance that lies between specimens, generalised interval", NULL,
         e->icc}};
    vt_scatter *ratio = &all[1].c;
    ratio->known = ratio->known && e->noise > 0.0;
    ratio->value /= e->noise, ratio->low /= e->noise, ratio->high /= e->noise;
    for (size_t k = 0; k < (e->borrowed ? 2 : 4); k++) {
        const vt_status st = add_scatter(plan, reading, q, g, &all[k], err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* ---- tables ---- */
enum { T_N, T_SPECIMENS, T_MEAN, T_LOW, T_HIGH, T_SD, T_WITHIN, T_NOISE, T_RATIO, T_BETWEEN, T_SHARE, T_COLUMNS };

static void fill_row(const vt_group_effect *e, double *v, size_t rows, size_t i)
{
    const double x[T_COLUMNS] = {(double)e->n,
                                 (double)e->specimens,
                                 e->mean,
                                 e->low,
                                 e->high,
                                 e->scatter,
                                 tells(&e->within) ? e->within.value : NAN,
                                 e->noise,
                                 e->noise > 0.0 && tells(&e->within) ? e->within.value / e->noise : NAN,
                                 e->borrowed || !tells(&e->between) ? NAN : e->between.value,
                                 e->borrowed || !tells(&e->icc) ? NAN : e->icc.value};
    for (size_t k = 0; k < T_COLUMNS; k++) v[k * rows + i] = x[k];
}

static vt_status sets_table(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err)
{
    const size_t rows = 4 * plan->ngroups;
    double *v = calloc(rows, T_COLUMNS * sizeof *v);
    const char **group = calloc(rows, sizeof *group), **what = calloc(rows, sizeof *what);
    const bool corrected = strcmp(reading->name, "physics") == 0;
    vt_status st = VT_OK;
    size_t n = 0;
    if (!v || !group || !what) st = vt_fail(err, VT_EMEMORY, "no memory for a table of %zu rows", rows);
    for (size_t g = 0; st == VT_OK && g < plan->ngroups; g++)
        for (size_t q = 0; q < VTI_SET_LOAD; q++) {
            if (reading->effect[q * plan->ngroups + g].n == 0) continue;
            fill_row(&reading->effect[q * plan->ngroups + g], v, rows, n);
            group[n] = vti_set_group_text(plan, g);
            what[n++] = VTI_SET_NAMES[q].words;
        }
    if (st == VT_OK && n > 0) {
        const vti_column cols[] = {{"group", NULL, NULL, group},
                                   {"quantity", NULL, NULL, what},
                                   {"indents", "1", v + T_N * rows, NULL},
                                   {"specimens", "1", v + T_SPECIMENS * rows, NULL},
                                   {"mean", "Pa", v + T_MEAN * rows, NULL},
                                   {"low", "Pa", v + T_LOW * rows, NULL},
                                   {"high", "Pa", v + T_HIGH * rows, NULL},
                                   {"standard_deviation", "Pa", v + T_SD * rows, NULL},
                                   {"scatter_of_indents", "Pa", v + T_WITHIN * rows, NULL},
                                   {"uncertainty_of_one", "Pa", v + T_NOISE * rows, NULL},
                                   {"their_ratio", "1", v + T_RATIO * rows, NULL},
                                   {"scatter_of_specimens", "Pa", v + T_BETWEEN * rows, NULL},
                                   {"share_of_specimens", "1", v + T_SHARE * rows, NULL},
                                   {0}};
        st = vti_emit_table(plan->result, corrected ? "sets_corrected" : "sets",
                            corrected ? "Sets of indents, structural compliance taken out" : "Sets of indents", n, cols,
                            err);
    }
    free(v);
    free(group);
    free(what);
    return st;
}

static vt_status add_specimens(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q,
                               const vt_specimen_effect *e, vt_error *err)
{
    for (size_t k = 0; k < plan->nspecimens; k++) {
        if (e[k].n == 0 || !isfinite(e[k].u)) continue;
        vt_quantity out = {.value = e[k].mean, .low = NAN, .high = NAN, .dof = INFINITY};
        char method[VT_METHOD_TEXT];
        vt_status st = vt_quantity_add(&out, "indents", "", 'A', e[k].u, 1.0, err);
        if (st == VT_OK) st = vt_quantity_cover(&out, plan->set->common->level, err);
        snprintf(out.unit, sizeof out.unit, "%s", VTI_SET_NAMES[q].unit);
        snprintf(method, sizeof method, "mean of %zu indents; without what all indents share", e[k].n);
        vti_set_property p = {VTI_SET_NAMES[q].name, VTI_SET_NAMES[q].symbol, reading->name, method, {{0}}, &out};
        if (st == VT_OK) st = vti_set_add_of_specimen(plan, k, &p, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* Where the scatter between specimens is not known, the uncertainty of their compliances, which all indents of one
 * share, is not in it either: it is added to u. */
static void add_mounts(const vti_set_plan *plan, vti_set_reading *reading, vti_set_quantity q, size_t g)
{
    vt_group_effect *e = &reading->effect[q * plan->ngroups + g];
    const int k = VTI_SET_NAMES[q].output;
    double d = 0.0, dof = INFINITY;
    size_t n = 0;
    if (k < 0 || e->between_known || !(e->dof > 0.0)) return;
    for (size_t i = 0; i < plan->n; i++) {
        const double now = reading->mount[i * VT_CONTACT_OUTPUTS + (size_t)k];
        if (plan->group[plan->specimen[i]] != g || !isfinite(now) || !(reading->mount_dof[i] > 0.0)) continue;
        n++;
        d += (now - d) / (double)n;
        dof = fmin(dof, reading->mount_dof[i]);
    }
    if (d == 0.0) return;
    const double u = hypot(e->u, d);
    e->dof = pow(u, 4.0) / (pow(e->u, 4.0) / e->dof + pow(d, 4.0) / dof); /* Welch-Satterthwaite */
    e->u = u;
    const double t = vti_coverage_factor(plan->set->common->level, e->dof);
    e->low = e->mean - t * u;
    e->high = e->mean + t * u;
}

static vt_status one_quantity(const vti_set_plan *plan, vti_set_reading *reading, vti_set_quantity q, vt_error *err)
{
    const vt_random_effects_options opt = {.level = plan->set->common->level};
    column c = {0};
    vt_specimen_effect *e = calloc(plan->nspecimens, sizeof *e);
    vt_status st = e ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", plan->nspecimens);
    VT_TRY(st);
    VT_TRY(st = column_of(plan, reading, q, &c, err));
    if (c.n == 0) goto done;
    const vt_nested d = nested(plan, &c);
    VT_TRY(st = vt_random_effects(&d, &opt, &reading->effect[q * plan->ngroups], err));
    for (size_t g = 0; g < plan->ngroups; g++) add_mounts(plan, reading, q, g);
    if (q == VTI_SET_LOAD) goto done;
    for (size_t g = 0; g < plan->ngroups; g++) {
        VT_TRY(st = add_mean(plan, reading, q, g, err));
        if (q != VTI_SET_PLANE) VT_TRY(st = add_scatters(plan, reading, q, g, err));
    }
    if (plan->nspecimens < 2 || q > VTI_SET_HARDNESS) goto done;
    VT_TRY(st = vt_specimen_means(&d, &opt, e, err));
    VT_TRY(st = add_specimens(plan, reading, q, e, err));
done:
    free(c.y);
    free(c.specimen);
    free(e);
    return st;
}

vt_status vti_set_means(const vti_set_plan *plan, vti_set_reading *reading, vt_error *err)
{
    for (size_t q = 0; q < VTI_SET_QUANTITIES; q++) {
        const vt_status st = one_quantity(plan, reading, (vti_set_quantity)q, err);
        if (st != VT_OK) return st;
    }
    return sets_table(plan, reading, err);
}
