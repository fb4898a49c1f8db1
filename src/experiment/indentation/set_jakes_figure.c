/* The Jakes plot as a picture: sqrt(P)/S against sqrt(P), whose slope is the structural compliance. The load counts in
 * mN under the root, so that the slope reads in nm/mN. */
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SPECIMENS = 6 };

static const double MILLI = 1e-3;                                      /* N */
static const char X[] = "root_load", Y[] = "root_load_over_stiffness"; /* columns */

static vt_status table(const vti_set_plan *plan, const vti_set_jakes *p, double *v, const char **name, vt_error *err)
{
    for (size_t i = 0; i < p->n; i++) {
        v[i] = sqrt(p->P[i] / MILLI);
        v[p->n + i] = v[i] / p->S[i];
        name[i] = vti_set_specimen_text(plan, p->specimen[i]);
    }
    const vti_column cols[] = {{"specimen", NULL, NULL, name}, {X, "1", v, NULL}, {Y, "m N-1", v + p->n, NULL}, {0}};
    return vti_emit_table(plan->result, "jakes", "", p->n, cols, err);
}

/* Specimens to show, in turn from every group. */
static size_t choose(const vti_set_plan *plan, const vti_set_mount *mount, size_t *which)
{
    size_t n = 0;
    for (size_t round = 0; n < SPECIMENS && round < plan->nspecimens; round++)
        for (size_t g = 0; g < plan->ngroups && n < SPECIMENS; g++) {
            size_t before = 0;
            for (size_t k = 0; k < plan->nspecimens; k++) {
                if (plan->group[k] != g || !mount[k].told || before++ != round) continue;
                which[n++] = k;
                break;
            }
        }
    return n;
}

/* Points and line of one specimen; x: room for 2 n values. */
static vt_status one(const vti_set_plan *plan, const vti_set_mount *m, const vti_set_jakes *p, size_t k, size_t index,
                     double *x, vt_figure *f, vt_error *err)
{
    char points[VT_NAME], line[VT_NAME], label[VT_NAME];
    size_t n = 0;
    double most = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->specimen[i] != k) continue;
        x[n] = sqrt(p->P[i] / MILLI);
        x[p->n + n] = x[n] / p->S[i];
        most = fmax(most, x[n++]);
    }
    const double ends[2] = {0.0, most};
    const double y[2] = {m->fit.intercept / sqrt(MILLI), m->fit.intercept / sqrt(MILLI) + m->fit.C_s * most};
    const vti_column dots[] = {{X, "1", x, NULL}, {Y, "m N-1", x + p->n, NULL}, {0}};
    const vti_column law[] = {{X, "1", ends, NULL}, {Y, "m N-1", y, NULL}, {0}};
    snprintf(points, sizeof points, "jakes_%zu", index + 1);
    snprintf(line, sizeof line, "jakes_line_%zu", index + 1);
    vt_status st = vti_emit_table(plan->result, points, "", n, dots, err);
    if (st == VT_OK) st = vti_emit_table(plan->result, line, "", 2, law, err);
    if (st != VT_OK) return st;
    snprintf(label, sizeof label, "%.24s: %.3g nm/mN", vti_set_specimen_text(plan, k), 1e6 * m->fit.C_s);
    vti_emit_series(f, points, X, Y, VT_POINTS, (int)index, label);
    vti_emit_series(f, line, X, Y, VT_LINE, (int)index, "");
    return VT_OK;
}

vt_status vti_set_jakes_figure(const vti_set_plan *plan, const vti_set_mount *mount, const vti_set_jakes *points,
                               vt_error *err)
{
    size_t which[SPECIMENS];
    vt_figure f = {.name = "jakes",
                   .title = "Structural compliance",
                   .x = {.label = "root of load (in mN)", .unit = "1", .low = 0.0, .high = NAN},
                   .y = {.label = "root of load / stiffness", .unit = "nm/mN", .low = NAN, .high = NAN}};
    double *v = calloc(points->n + 1, 2 * sizeof *v);
    const char **name = calloc(points->n + 1, sizeof *name);
    vt_status st = v && name ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu points", points->n);
    VT_TRY(st);
    VT_TRY(st = table(plan, points, v, name, err));
    const size_t n = choose(plan, mount, which);
    size_t k = (size_t)snprintf(f.alt, sizeof f.alt,
                                "sqrt(P)/S against sqrt(P) of %zu of %zu specimens with their lines; the slope is the "
                                "compliance of the mount, nm/mN:",
                                n, plan->nspecimens);
    for (size_t i = 0; i < n; i++) {
        VT_TRY(st = one(plan, &mount[which[i]], points, which[i], i, v, &f, err));
        if (k < sizeof f.alt)
            k += (size_t)snprintf(f.alt + k, sizeof f.alt - k, " %.24s %.3g;", vti_set_specimen_text(plan, which[i]),
                                  1e6 * mount[which[i]].fit.C_s);
    }
    st = vt_result_add_figure(plan->result, &f, err);
done:
    free(v);
    free(name);
    return st;
}
