/* Conditions of a study on the map: which mechanism leads at each. */
#include "map/mechanism/mechanism_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CONDITIONS_MAX = 2000 };

struct conditions {
    size_t n;
    double T[CONDITIONS_MAX], d[CONDITIONS_MAX], d_c[CONDITIONS_MAX], ratio[CONDITIONS_MAX], sure[CONDITIONS_MAX];
    double viscous[CONDITIONS_MAX], interface[CONDITIONS_MAX]; /* d, or NaN if the other leads */
    const char *mechanism[CONDITIONS_MAX];
};

static bool seen(const struct conditions *c, double T, double d)
{
    for (size_t i = 0; i < c->n; i++)
        if (fabs(c->T[i] - T) < 1e-9 * T && fabs(c->d[i] / d - 1.0) < 1e-9) return true;
    return false;
}

static vt_status collect(const vti_mechanism_map *map, struct conditions *c, vt_error *err)
{
    for (size_t k = 0; k < map->job->ntables; k++) {
        const vt_table *t = map->job->tables[k];
        const double *T = vt_table_values(t, (size_t)vt_table_find(t, "temperature"));
        const double *d = vt_table_values(t, (size_t)vt_table_find(t, "diameter"));
        for (size_t i = 0; i < vt_table_rows(t); i++) {
            if (seen(c, T[i], d[i])) continue;
            if (c->n == CONDITIONS_MAX)
                return vt_fail_at(err, VT_ELIMIT, vt_table_path(t), vt_table_line(t, i), 0,
                                  "more than %d different conditions", CONDITIONS_MAX);
            c->T[c->n] = T[i];
            c->d[c->n++] = d[i];
        }
    }
    return VT_OK;
}

/* Share of the draws in which the mechanism of the best estimate leads. */
static double certainty(const vti_mechanism_map *map, double T, double d, bool flow)
{
    size_t good = 0, agree = 0;
    const size_t draws = map->draws < 1000 ? map->draws : 1000;
    for (size_t i = 0; i < draws; i++) {
        const double d_c = vti_mechanism_critical(&map->law, map->x + i * VTI_INPUTS, T);
        if (isnan(d_c)) continue;
        good++;
        agree += (d > d_c) == flow;
    }
    return good ? (double)agree / (double)good : NAN;
}

static void judge(const vti_mechanism_map *map, struct conditions *c)
{
    double x[VTI_INPUTS];
    vti_law_best(&map->law, x);
    for (size_t i = 0; i < c->n; i++) {
        c->d_c[i] = vti_mechanism_critical(&map->law, x, c->T[i]);
        const bool known = isfinite(c->d_c[i]), flow = c->d[i] > c->d_c[i];
        c->ratio[i] = c->d[i] / c->d_c[i];
        c->sure[i] = known ? certainty(map, c->T[i], c->d[i], flow) : NAN;
        c->viscous[i] = known && flow ? c->d[i] : NAN;
        c->interface[i] = known && !flow ? c->d[i] : NAN;
        c->mechanism[i] = !known ? "outside the laws" : flow ? "viscous flow" : "interface diffusion";
    }
}

static vt_status add_table(vti_mechanism_map *map, const struct conditions *c, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    if (st == VT_OK) st = vt_table_add_si(t, "temperature", "K", c->n, c->T, err);
    if (st == VT_OK) st = vt_table_add_si(t, "diameter", "m", c->n, c->d, err);
    if (st == VT_OK) st = vt_table_add_si(t, "critical_diameter", "m", c->n, c->d_c, err);
    if (st == VT_OK) st = vt_table_add_si(t, "diameter_over_critical", "1", c->n, c->ratio, err);
    if (st == VT_OK) st = vt_table_add_text(t, "mechanism", c->n, c->mechanism, err);
    if (st == VT_OK) st = vt_table_add_si(t, "probability", "1", c->n, c->sure, err);
    if (st == VT_OK) st = vt_table_add_si(t, "viscous_diameter", "m", c->n, c->viscous, err);
    if (st == VT_OK) st = vt_table_add_si(t, "interface_diameter", "m", c->n, c->interface, err);
    if (st == VT_OK) return vt_result_add_curve(map->result, "conditions", "Conditions of the study", t, err);
    vt_table_free(t);
    return st;
}

vt_status vti_mechanism_conditions(vti_mechanism_map *map, vt_error *err)
{
    if (map->job->ntables == 0) return VT_OK;
    struct conditions *c = calloc(1, sizeof *c);
    if (!c) return vt_fail(err, VT_EMEMORY, "no memory for the conditions");
    vt_status st = collect(map, c, err);
    if (st == VT_OK) judge(map, c);
    if (st == VT_OK) st = add_table(map, c, err);
    free(c);
    return st;
}
