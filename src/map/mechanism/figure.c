/* The map as a figure: solid where measured, dashed where extrapolated, regimes by name. */
#include "experiment/emit_internal.h"
#include "map/mechanism/mechanism_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Is the curve at T beyond the data by more than what is still drawn solid? */
static bool extrapolated(const vti_mechanism_map *map, double T)
{
    return !(T >= map->measured_low - map->set->extrapolation && T <= map->measured_high + map->set->extrapolation);
}

static vt_status add_curve(vti_mechanism_map *map, vt_error *err)
{
    const size_t n = map->n;
    vt_table *t = NULL;
    vt_status st = VT_OK;
    double *part = malloc(2 * n * sizeof *part);
    if (!part) return vt_fail(err, VT_EMEMORY, "no memory for the map");
    double *solid = part, *dashed = part + n;
    for (size_t k = 0; k < n; k++) {
        const bool out = extrapolated(map, map->T[k]);
        const bool edge = (k > 0 && extrapolated(map, map->T[k - 1]) != out) ||
                          (k + 1 < n && extrapolated(map, map->T[k + 1]) != out);
        solid[k] = out ? NAN : map->d_c[k];
        dashed[k] = out || edge ? map->d_c[k] : NAN; /* the two meet */
    }
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = vt_table_add_si(t, "temperature", "K", n, map->T, err));
    VT_TRY(st = vt_table_add_si(t, "critical_diameter", "m", n, map->d_c, err));
    VT_TRY(st = vt_table_add_si(t, "critical_diameter_low", "m", n, map->low, err));
    VT_TRY(st = vt_table_add_si(t, "critical_diameter_high", "m", n, map->high, err));
    VT_TRY(st = vt_table_add_si(t, "measured", "m", n, solid, err));
    VT_TRY(st = vt_table_add_si(t, "extrapolated", "m", n, dashed, err));
    st = vt_result_add_curve(map->result, "mechanism_map", "", t, err);
    t = NULL;
done:
    vt_table_free(t);
    free(part);
    return st;
}

static vt_status add_kink(vti_mechanism_map *map, double T, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    if (st == VT_OK) st = vt_table_add_si(t, "temperature", "K", 1, &T, err);
    if (st == VT_OK) return vt_result_add_curve(map->result, "kink", "", t, err);
    vt_table_free(t);
    return st;
}

static void series(vt_figure *f, const char *curve, const char *y, vt_style style, int color, const char *text)
{
    vt_series *s = vti_emit_series(f, curve, "temperature", y, style, color, text);
    if (style == VT_BAND) vti_series_interval(s, "critical_diameter_low", "critical_diameter_high");
}

static void label(vt_figure *f, double T, double d, const char *text)
{
    if (f->nlabels >= VT_LABEL_MAX || !(d > 0.0)) return;
    vt_label *l = &f->labels[f->nlabels++];
    *l = (vt_label){.x = T, .y = d};
    snprintf(l->text, sizeof l->text, "%s", text);
}

static bool drawn(const vti_mechanism_map *map, bool out)
{
    for (size_t k = 0; k < map->n; k++)
        if (isfinite(map->d_c[k]) && extrapolated(map, map->T[k]) == out) return true;
    return false;
}

static void describe(const vti_mechanism_map *map, vt_figure *f)
{
    char top[160] = "", range[160];
    if (map->T_max > 0.0)
        snprintf(top, sizeof top, " It is largest, %.3g nm, at %.1f degC.", 1e9 * map->d_max, map->T_max - 273.15);
    if (map->measured_low > 0.0)
        snprintf(range, sizeof range,
                 "Data lie between %.4g and %.4g degC; more than %.3g K beyond them the curve is dashed.",
                 map->measured_low - 273.15, map->measured_high - 273.15, map->set->extrapolation);
    else
        snprintf(range, sizeof range, "The range of the data is not known: the whole curve is dashed.");
    snprintf(
        f->alt, sizeof f->alt,
        "Critical diameter (logarithmic) against temperature for %s, with its %g %% band. Below the curve interface "
        "diffusion leads, above it viscous flow.%s %s",
        vt_card_alloy(map->job->alloy), 100.0 * map->job->common.level, top, range);
}

/* The names of the regimes stand in the upper left and the lower right, clear of the curve. */
static void name_regimes(const vti_mechanism_map *map, vt_figure *f)
{
    const size_t left = map->n / 6, right = map->n - 1 - map->n / 6;
    double top = 0.0;
    for (size_t k = 0; k < map->n; k++)
        if (map->d_c[k] > top) top = map->d_c[k];
    label(f, map->T[left], top, "viscous flow");
    label(f, map->T[right], map->d_c[right] / 4.0, "interface diffusion");
}

vt_status vti_mechanism_figure(vti_mechanism_map *map, vt_error *err)
{
    vt_figure f = {.name = "mechanism_map",
                   .title = "Mechanism map: critical diameter against temperature",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "diameter", .unit = "nm", .log = 1, .low = NAN, .high = NAN}};
    vt_status st = add_curve(map, err);
    if (st != VT_OK) return st;
    series(&f, "mechanism_map", "critical_diameter", VT_BAND, 0, "interval");
    if (drawn(map, false)) series(&f, "mechanism_map", "measured", VT_LINE, 0, "critical diameter");
    if (drawn(map, true)) series(&f, "mechanism_map", "extrapolated", VT_DASHED, 0, "extrapolated");
    if (map->job->ntables > 0) {
        series(&f, "conditions", "viscous_diameter", VT_POINTS, 1, "run: viscous flow");
        series(&f, "conditions", "interface_diameter", VT_POINTS, 2, "run: interface diffusion");
    }
    double x[VTI_INPUTS];
    vti_law_best(&map->law, x);
    if (map->law.kink && x[VTI_IN_TK] > map->T[0] && x[VTI_IN_TK] < map->T[map->n - 1]) {
        if ((st = add_kink(map, x[VTI_IN_TK], err)) != VT_OK) return st;
        series(&f, "kink", "", VT_RULE_X, 3, "kink of the viscosity");
    }
    name_regimes(map, &f);
    describe(map, &f);
    return vt_result_add_figure(map->result, &f, err);
}
