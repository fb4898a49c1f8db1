/* Area against depth, 1/S against 1/sqrt(P), modulus before and after. */
#include "calibration_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { GRID = 121 };
static const double MN = 1e-3; /* N: inverse roots of loads are shown as sqrt(1 mN/P), a number */

/* ---- curves ---- */
enum { X_LOAD, X_ROOT, X_COMPLIANCE, X_DEPTH, X_AREA, X_RESIDUAL, X_COLUMNS };

static vt_status points(vti_cal_run *run, size_t k, const vt_area_function *f, vt_error *err)
{
    const size_t most = run->npoints;
    double *x = malloc(X_COLUMNS * most * sizeof *x);
    char name[VT_NAME];
    size_t n = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "%zu points", most);
    for (size_t i = 0; i < most; i++) {
        const vti_cal_point *p = &run->point[i];
        double h_c, A;
        if (p->reference != k || p->out || !vti_cal_contact(run, p, run->reference[k].C_f, &h_c, &A)) continue;
        const double row[X_COLUMNS] = {p->P, sqrt(MN / p->P), p->K, h_c, A, A / vt_area(f, h_c) - 1.0};
        for (int c = 0; c < X_COLUMNS; c++) x[(size_t)c * most + n] = row[c];
        n++;
    }
    snprintf(name, sizeof name, "points_%zu", k + 1);
    const vt_status st = vti_emit_table(run->result, name, "", n,
                                        (const vti_column[]){{"load", "N", x + X_LOAD * most, NULL},
                                                             {"inverse_root_of_load", "1", x + X_ROOT * most, NULL},
                                                             {"compliance", "m N-1", x + X_COMPLIANCE * most, NULL},
                                                             {"contact_depth", "m", x + X_DEPTH * most, NULL},
                                                             {"area", "m2", x + X_AREA * most, NULL},
                                                             {"residual", "1", x + X_RESIDUAL * most, NULL},
                                                             {0}},
                                        err);
    free(x);
    return st;
}

static vt_status line(vti_cal_run *run, size_t k, vt_error *err)
{
    const vti_cal_line *l = &run->reference[k].line;
    double top = 0.0, x[GRID], y[GRID];
    char name[VT_NAME];
    for (size_t i = 0; i < run->npoints; i++)
        if (run->point[i].reference == k && !run->point[i].out) top = fmax(top, sqrt(MN / run->point[i].P));
    for (size_t i = 0; i < GRID; i++) {
        x[i] = top * (double)i / (GRID - 1);
        y[i] = l->C_f + l->slope * x[i] / sqrt(MN);
    }
    snprintf(name, sizeof name, "line_%zu", k + 1);
    return vti_emit_table(
        run->result, name, "", GRID,
        (const vti_column[]){{"inverse_root_of_load", "1", x, NULL}, {"compliance", "m N-1", y, NULL}, {0}}, err);
}

static vt_status area(vti_cal_run *run, const vt_area_function *f, vt_error *err)
{
    double h[GRID], A[GRID], low[GRID], high[GRID], ideal[GRID];
    for (size_t i = 0; i < GRID; i++) {
        h[i] = f->low * pow(f->high / f->low, (double)i / (GRID - 1));
        A[i] = vt_area(f, h[i]);
        const double u = 1.96 * sqrt(vt_area_variance(f, h[i]));
        low[i] = fmax(A[i] - u, 0.01 * A[i]);
        high[i] = A[i] + u;
        ideal[i] = 24.5 * h[i] * h[i];
    }
    return vti_emit_table(run->result, "area_function", "", GRID,
                          (const vti_column[]){{"contact_depth", "m", h, NULL},
                                               {"area", "m2", A, NULL},
                                               {"area_low", "m2", low, NULL},
                                               {"area_high", "m2", high, NULL},
                                               {"ideal_area", "m2", ideal, NULL},
                                               {0}},
                          err);
}

static vt_status loads(vti_cal_run *run, size_t k, vt_error *err)
{
    double h[VTI_CAL_GROUPS], before[VTI_CAL_GROUPS], E[VTI_CAL_GROUPS], low[VTI_CAL_GROUPS], high[VTI_CAL_GROUPS];
    char name[VT_NAME];
    size_t n = 0;
    for (size_t i = 0; i < run->ngroups; i++) {
        const vti_cal_group *g = &run->group[i];
        if (g->reference != k || g->n == 0) continue;
        const double u = isfinite(g->u_E) ? 1.96 * g->u_E : 0.0;
        h[n] = g->h_c;
        before[n] = g->E_before;
        E[n] = g->E;
        low[n] = g->E - u;
        high[n++] = g->E + u;
    }
    snprintf(name, sizeof name, "moduli_%zu", k + 1);
    return vti_emit_table(run->result, name, "", n,
                          (const vti_column[]){{"contact_depth", "m", h, NULL},
                                               {"before", "Pa", before, NULL},
                                               {"after", "Pa", E, NULL},
                                               {"after_low", "Pa", low, NULL},
                                               {"after_high", "Pa", high, NULL},
                                               {0}},
                          err);
}

/* ---- figures ---- */
typedef struct column_names {
    const char *curve, *x, *y, *low, *high;
} column_names;

static void add(vt_figure *f, column_names c, int number, vt_style style, int color, const char *label)
{
    if (f->nseries >= VT_SERIES_MAX) return;
    vt_series *s = &f->series[f->nseries++];
    *s = (vt_series){.style = style, .color = color};
    if (number > 0)
        snprintf(s->curve, sizeof s->curve, "%s_%d", c.curve, number);
    else
        snprintf(s->curve, sizeof s->curve, "%s", c.curve);
    snprintf(s->x, sizeof s->x, "%s", c.x);
    snprintf(s->y, sizeof s->y, "%s", c.y);
    snprintf(s->low, sizeof s->low, "%s", c.low ? c.low : "");
    snprintf(s->high, sizeof s->high, "%s", c.high ? c.high : "");
    snprintf(s->label, sizeof s->label, "%s", label);
}

static vt_status area_figures(vti_cal_run *run, vt_error *err)
{
    vt_figure f = {.name = "area_function",
                   .title = "Area against contact depth",
                   .x = {.label = "contact depth", .unit = "nm", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "area", .unit = "um^2", .log = 1, .low = NAN, .high = NAN}};
    vt_figure r = {.name = "area_residuals",
                   .title = "Area from stiffness over the area function, less 1",
                   .x = {.label = "contact depth", .unit = "nm", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "relative residual", .unit = "1", .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Projected area against contact depth, both logarithmic: the fitted function of %zu terms with its 95 %% band, "
        "the areas that the stiffness of each indent asks for, and an ideal pyramid, which lies below at small depth "
        "where the tip is round. Valid from %.3g to %.3g nm.",
        run->fit.terms, run->fit.low / 1.1 * 1e9, run->fit.high * 1.1 * 1e9);
    snprintf(r.alt, sizeof r.alt,
             "Relative deviation of the area of each indent from the area function, against depth.");
    add(&f, (column_names){"area_function", "contact_depth", "area", "area_low", "area_high"}, 0, VT_BAND, 0, "");
    add(&f, (column_names){"area_function", "contact_depth", "area", NULL, NULL}, 0, VT_LINE, 0, "area function");
    add(&f, (column_names){"area_function", "contact_depth", "ideal_area", NULL, NULL}, 0, VT_DASHED, 5, "24.5 h^2");
    for (size_t k = 0; k < run->nreferences && k < 4; k++) {
        const char *name = run->reference[k].material;
        add(&f, (column_names){"points", "contact_depth", "area", NULL, NULL}, (int)k + 1, VT_POINTS, (int)k, name);
        add(&r, (column_names){"points", "contact_depth", "residual", NULL, NULL}, (int)k + 1, VT_POINTS, (int)k, name);
    }
    const vt_status st = vt_result_add_figure(run->result, &f, err);
    return st == VT_OK ? vt_result_add_figure(run->result, &r, err) : st;
}

static vt_status line_figure(vti_cal_run *run, size_t k, vt_error *err)
{
    const vti_cal_reference *r = &run->reference[k];
    vt_figure f = {.title = "1/S against 1/sqrt(P)",
                   .x = {.label = "sqrt(1 mN/load)", .unit = "1", .low = NAN, .high = NAN},
                   .y = {.label = "1/stiffness", .unit = "nm/mN", .low = NAN, .high = NAN}};
    snprintf(f.name, sizeof f.name, "frame_line_%zu", k + 1);
    snprintf(f.title, sizeof f.title, "1/S against 1/sqrt(P) of %.80s", r->material);
    snprintf(
        f.alt, sizeof f.alt,
        "Inverse stiffness of every unloading in %s against the inverse root of the load, with the straight line of "
        "constant hardness; its intercept, %.3g nm/mN (%.3g to %.3g), is a first frame compliance.",
        r->material, r->line.C_f * 1e6, (r->line.C_f - 1.96 * r->line.u) * 1e6, (r->line.C_f + 1.96 * r->line.u) * 1e6);
    add(&f, (column_names){"points", "inverse_root_of_load", "compliance", NULL, NULL}, (int)k + 1, VT_POINTS, (int)k,
        r->material);
    add(&f, (column_names){"line", "inverse_root_of_load", "compliance", NULL, NULL}, (int)k + 1, VT_LINE, (int)k,
        "line");
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status modulus_figure(vti_cal_run *run, size_t k, vt_error *err)
{
    const vti_cal_reference *r = &run->reference[k];
    vt_figure f = {.x = {.label = "contact depth", .unit = "nm", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "elastic modulus", .unit = "GPa", .low = NAN, .high = NAN}};
    snprintf(f.name, sizeof f.name, "moduli_%zu", k + 1);
    snprintf(f.title, sizeof f.title, "Modulus of %.80s before and after", r->material);
    snprintf(f.alt, sizeof f.alt,
             "Mean elastic modulus of %s at each load against contact depth, before and after calibration; after, the "
             "mean is %.4g GPa and the farthest load is %.1f %% off.",
             r->material, r->E_found * 1e-9, 100.0 * r->deviation);
    add(&f, (column_names){"moduli", "contact_depth", "before", NULL, NULL}, (int)k + 1, VT_POINTS, 5, "before");
    add(&f, (column_names){"moduli", "contact_depth", "after", "after_low", "after_high"}, (int)k + 1, VT_POINTS,
        (int)k, "after");
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_cal_figures(vti_cal_run *run, vt_error *err)
{
    const vt_area_function f = vti_cal_area_function(run, &run->fit);
    vt_status st;
    VT_TRY(st = area(run, &f, err));
    for (size_t k = 0; k < run->nreferences; k++) {
        VT_TRY(st = points(run, k, &f, err));
        VT_TRY(st = line(run, k, err));
        VT_TRY(st = loads(run, k, err));
    }
    VT_TRY(st = area_figures(run, err));
    for (size_t k = 0; k < run->nreferences; k++) {
        VT_TRY(st = line_figure(run, k, err));
        VT_TRY(st = modulus_figure(run, k, err));
    }
done:
    return st;
}
