/* Maps: modulus and hardness over the places of the indents of a specimen, and whether they depend on place. */
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/spatial.h>

enum { N_MIN = 16, X, Y, HARDNESS, MODULUS, COLUMNS = MODULUS + 1 - X };

/* Indents of one specimen that have a place: x, y, hardness, modulus (elastic, else reduced), each `room` long. */
typedef struct grid {
    size_t n, room;
    double *v;
    vti_set_quantity modulus;
} grid;

static double *column(const grid *g, int c)
{
    return g->v + (size_t)(c - X) * g->room;
}

static void fill(const vti_set_plan *plan, const vti_set_reading *reading, size_t k, grid *g)
{
    double x0 = INFINITY, y0 = INFINITY;
    g->n = 0;
    g->modulus = VTI_SET_REDUCED;
    for (size_t i = 0; i < plan->n; i++) {
        const vti_indent_result *r = &reading->res[i];
        if (plan->specimen[i] != k || !isfinite(r->x) || !isfinite(r->y)) continue;
        if (isfinite(vti_set_value(r, VTI_SET_MODULUS))) g->modulus = VTI_SET_MODULUS;
        if (!isfinite(vti_set_value(r, VTI_SET_HARDNESS)) || !isfinite(vti_set_value(r, g->modulus))) continue;
        column(g, X)[g->n] = r->x;
        column(g, Y)[g->n] = r->y;
        column(g, HARDNESS)[g->n] = vti_set_value(r, VTI_SET_HARDNESS);
        column(g, MODULUS)[g->n++] = vti_set_value(r, g->modulus);
        x0 = fmin(x0, r->x);
        y0 = fmin(y0, r->y);
    }
    for (size_t i = 0; i < g->n; i++) { /* places on the stage mean nothing: from the corner of the map */
        column(g, X)[i] -= x0;
        column(g, Y)[i] -= y0;
    }
}

/* Colours from the 2nd to the 98th percentile: single odd indents do not take the scale. */
static vt_status colour_range(const double *v, size_t n, vt_axis *axis, vt_error *err)
{
    double *sorted = calloc(n, sizeof *sorted);
    if (!sorted) return vt_fail(err, VT_EMEMORY, "no memory for %zu values", n);
    memcpy(sorted, v, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    axis->low = sorted[n / 50];
    axis->high = sorted[n - 1 - n / 50];
    free(sorted);
    return VT_OK;
}

static vt_status draw(const vti_set_plan *plan, const grid *g, size_t k, int c, const char *curve,
                      const vt_spatial *told, vt_error *err)
{
    const vti_set_quantity q = c == HARDNESS ? VTI_SET_HARDNESS : g->modulus;
    vt_figure f = {.x = {.label = "x", .unit = "um", .low = NAN, .high = NAN},
                   .y = {.label = "y", .unit = "um", .low = NAN, .high = NAN},
                   .value = {.unit = "GPa"},
                   .nseries = 1,
                   .series = {{.style = VT_TILES, .x = "x", .y = "y"}}};
    snprintf(f.name, sizeof f.name, "map_%s_%zu", c == HARDNESS ? "hardness" : "modulus", k + 1);
    snprintf(f.title, sizeof f.title, "Map of the %s, %.60s", VTI_SET_NAMES[q].words, vti_set_specimen_text(plan, k));
    snprintf(f.value.label, sizeof f.value.label, "%s", VTI_SET_NAMES[q].words);
    snprintf(f.series[0].curve, sizeof f.series[0].curve, "%s", curve);
    snprintf(f.series[0].value, sizeof f.series[0].value, "%s", VTI_SET_NAMES[q].name);
    const vt_status st = colour_range(column(g, c), g->n, &f.value, err);
    if (st != VT_OK) return st;
    snprintf(
        f.alt, sizeof f.alt,
        "Map of the %s of %zu indents; colours from dark (%.4g GPa) to light (%.4g GPa), the middle 96 %% of the "
        "values. A plane through the values changes by %.3g GPa over the map and takes %.1f %% of their variance (p = "
        "%.2g); Moran's I of neighbours is %.2f (p = %.2g).",
        VTI_SET_NAMES[q].words, g->n, 1e-9 * f.value.low, 1e-9 * f.value.high, 1e-9 * told->range, 100.0 * told->r2,
        told->p_trend, told->moran, told->p_moran);
    return vt_result_add_figure(plan->result, &f, err);
}

static vt_status warn(const vti_set_plan *plan, size_t k, vti_set_quantity q, const vt_spatial *t, vt_error *err)
{
    const char *who = vti_set_specimen_text(plan, k), *what = VTI_SET_NAMES[q].words;
    if (t->p_trend <= 0.01)
        return vt_result_warn(
            plan->result, err, "W_TREND",
            "specimen %s: %s changes by %.3g GPa across the map (plane, %.0f %% of the variance, p = %.2g): "
            "its mean depends on where it was indented",
            who, what, 1e-9 * t->range, 100.0 * t->r2, t->p_trend);
    if (t->p_moran <= 0.01)
        return vt_result_warn(
            plan->result, err, "W_PATCHES",
            "specimen %s: %s of neighbouring indents is alike (Moran's I = %.2f, p = %.2g): indents are not "
            "independent, the interval of the mean is too narrow",
            who, what, t->moran, t->p_moran);
    return VT_OK;
}

/* One row of the table of maps. */
typedef struct rows {
    size_t n, room;
    double *v; /* moran, p, range, r2, p */
    const char **text;
} rows;

static vt_status one_quantity(const vti_set_plan *plan, const grid *g, size_t k, int c, const char *curve, rows *out,
                              vt_error *err)
{
    const vti_set_quantity q = c == HARDNESS ? VTI_SET_HARDNESS : g->modulus;
    const vt_spatial_options opt = {.permutations = 999, .seed = plan->set->common->seed};
    vt_spatial t;
    vt_error why = {0};
    vt_status st = vt_spatial_test(g->n, column(g, X), column(g, Y), column(g, c), 0.0, &opt, &t, &why);
    if (st == VT_EMEMORY) return vt_fail(err, st, "%s", why.msg);
    if (st != VT_OK) return VT_OK; /* no map: all on a line, or no neighbours */
    const double v[5] = {t.moran, t.p_moran, t.range, t.r2, t.p_trend};
    for (size_t j = 0; j < 5; j++) out->v[j * out->room + out->n] = v[j];
    out->text[out->n] = vti_set_specimen_text(plan, k);
    out->text[out->room + out->n++] = VTI_SET_NAMES[q].words;
    st = warn(plan, k, q, &t, err);
    if (st != VT_OK || k >= VTI_SET_DRAWN) return st;
    return draw(plan, g, k, c, curve, &t, err);
}

static vt_status one_specimen(const vti_set_plan *plan, const grid *g, size_t k, rows *out, vt_error *err)
{
    char curve[VT_NAME];
    snprintf(curve, sizeof curve, "map_%zu", k + 1);
    const vti_column cols[] = {{"x", "m", column(g, X), NULL},
                               {"y", "m", column(g, Y), NULL},
                               {"hardness", "Pa", column(g, HARDNESS), NULL},
                               {VTI_SET_NAMES[g->modulus].name, "Pa", column(g, MODULUS), NULL},
                               {0}};
    vt_status st = vti_emit_table(plan->result, curve, "", g->n, cols, err);
    if (st == VT_OK) st = one_quantity(plan, g, k, MODULUS, curve, out, err);
    if (st == VT_OK) st = one_quantity(plan, g, k, HARDNESS, curve, out, err);
    return st;
}

vt_status vti_set_maps(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err)
{
    grid g = {.room = plan->n + 1};
    rows out = {.room = 2 * plan->nspecimens + 1};
    vt_status st = VT_OK;
    g.v = calloc(g.room, COLUMNS * sizeof *g.v);
    out.v = calloc(out.room, 5 * sizeof *out.v);
    out.text = calloc(out.room, 2 * sizeof *out.text);
    if (!g.v || !out.v || !out.text) st = vt_fail(err, VT_EMEMORY, "no memory for maps of %zu indents", plan->n);
    for (size_t k = 0; st == VT_OK && k < plan->nspecimens; k++) {
        fill(plan, reading, k, &g);
        if (g.n >= N_MIN) st = one_specimen(plan, &g, k, &out, err);
    }
    if (st == VT_OK && out.n > 0) {
        const vti_column cols[] = {{"specimen", NULL, NULL, out.text},
                                   {"quantity", NULL, NULL, out.text + out.room},
                                   {"moran", "1", out.v, NULL},
                                   {"moran_p_value", "1", out.v + out.room, NULL},
                                   {"change_across", "Pa", out.v + 2 * out.room, NULL},
                                   {"share_of_variance", "1", out.v + 3 * out.room, NULL},
                                   {"trend_p_value", "1", out.v + 4 * out.room, NULL},
                                   {0}};
        st = vti_emit_table(plan->result, "maps", "Dependence on place", out.n, cols, err);
    }
    free(g.v);
    free(out.v);
    free(out.text);
    return st;
}
