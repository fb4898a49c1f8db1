/* The traced points with their fit, the views with the plane, the trace around the wire, and the angles over diameter.
 */
#include "experiment/emit_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>

enum { STEPS = 121, SHOWN = 4, SEEN = 48 };
static const double DEGREE = VT_PI / 180.0;

/* Every so many of the points, so that markers stay apart. */
static vt_status points(const vti_fracture_run *run, const char *curve, size_t n, const double *tz, double unit,
                        vt_error *err)
{
    double x[SEEN], y[SEEN];
    const size_t shown = n < SEEN ? n : SEEN;
    for (size_t i = 0; i < shown; i++) {
        const size_t from = shown > 1 ? i * (n - 1) / (shown - 1) : 0;
        x[i] = tz[2 * from] / unit;
        y[i] = tz[2 * from + 1] / unit;
    }
    const vti_column columns[] = {{"across", "1", x, NULL}, {"along", "1", y, NULL}, {0}};
    return vti_emit_table(run->result, curve, "", shown, columns, err);
}

static vt_status trace_line(const vti_fracture_run *run, const vti_fracture_view *v, const char *curve, vt_error *err)
{
    double x[STEPS], y[STEPS], flat[STEPS];
    for (int k = 0; k < STEPS; k++) {
        const double t = -1.0 + 2.0 * k / (STEPS - 1.0);
        x[k] = t;
        y[k] = v->a + v->b * t + v->c * sqrt(fmax(0.0, 1.0 - t * t));
        flat[k] = v->a;
    }
    const vti_column columns[] = {
        {"across", "1", x, NULL}, {"along", "1", y, NULL}, {"transverse", "1", flat, NULL}, {0}};
    return vti_emit_table(run->result, curve, "", STEPS, columns, err);
}

/* In radii, since a pixel has no length; without edges half the span of the trace counts as one. */
static vt_status trace_figure(vti_fracture_run *run, const vti_fracture_view *v, size_t number, vt_error *err)
{
    static const struct {
        vti_feature feature;
        const char *name, *label;
        int color;
    } PART[] = {{VTI_TRACE, "trace", "trace", 0},
                {VTI_EDGE_LEFT, "left", "edges", 3},
                {VTI_EDGE_RIGHT, "right", "", 3},
                {VTI_AXIS, "axis", "axis as marked", 4}};
    double *tz = run->scratch;
    char curve[VT_NAME], name[96];
    vt_figure f = {.x = {.label = "across the axis, over the radius", .unit = "1", .low = NAN, .high = NAN},
                   .y = {.label = "along the axis, over the radius", .unit = "1", .low = NAN, .high = NAN}};
    vt_status st = VT_OK;
    snprintf(f.name, sizeof f.name, "trace_%zu", number);
    snprintf(f.title, sizeof f.title, "Trace of %.70s", vti_fracture_view_name(run, v, name, sizeof name));
    for (size_t k = 0; k < sizeof PART / sizeof *PART && st == VT_OK; k++) {
        const size_t n = vti_fracture_frame(run, v, PART[k].feature, tz);
        if (n == 0) continue;
        snprintf(curve, sizeof curve, "%s_%zu", PART[k].name, number);
        st = points(run, curve, n, tz, v->unit, err);
        if (st == VT_OK) vti_emit_series(&f, curve, "across", "along", VT_POINTS, PART[k].color, PART[k].label);
    }
    snprintf(curve, sizeof curve, "fit_%zu", number);
    if (st == VT_OK) st = trace_line(run, v, curve, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, curve, "across", "along", VT_LINE, 1, v->c != 0.0 ? "slope and bulge" : "slope");
    vti_emit_series(&f, curve, "across", "transverse", VT_DASHED, 2, "transverse plane");
    snprintf(f.alt, sizeof f.alt,
             "Traced points of %s in the frame of the wire, with the fitted trace: apparent angle %.3g +- %.2g degrees "
             "from the transverse plane.",
             name, fabs(v->apparent) / DEGREE, v->u / DEGREE);
    return vt_result_add_figure(run->result, &f, err);
}

/* Angles over the azimuth with their ends: four columns of n places. */
static vt_status azimuths(const vti_fracture_run *run, const char *curve, size_t n, const double *const x[4],
                          vt_error *err)
{
    const vti_column columns[] = {{"azimuth", "rad", x[0], NULL},
                                  {"apparent_angle", "rad", x[1], NULL},
                                  {"low", "rad", x[2], NULL},
                                  {"high", "rad", x[3], NULL},
                                  {0}};
    return vti_emit_table(run->result, curve, "", n, columns, err);
}

static vt_status view_points(const vti_fracture_run *run, size_t s, const char *curve, vt_error *err)
{
    double x[4][VT_FRACTURE_VIEWS];
    size_t n = 0;
    for (size_t i = 0; i < run->views && n < VT_FRACTURE_VIEWS; i++) {
        const vti_fracture_view *v = &run->view[i];
        if (v->specimen != s) continue;
        const double size = fabs(v->apparent);
        x[0][n] = remainder(v->azimuth - VT_PI, 2.0 * VT_PI) + VT_PI;
        x[1][n] = size;
        x[2][n] = fmax(0.0, size - run->z * v->u);
        x[3][n++] = size + run->z * v->u;
    }
    return azimuths(run, curve, n, (const double *const[4]){x[0], x[1], x[2], x[3]}, err);
}

/* What the plane shows from every side. */
static vt_status plane_line(const vti_fracture_run *run, const vti_fracture_specimen *s, const char *curve,
                            vt_error *err)
{
    double x[4][STEPS];
    for (int k = 0; k < STEPS; k++) {
        x[0][k] = (380.0 * k / (STEPS - 1.0) - 10.0) * DEGREE;
        x[1][k] = fabs(vt_fracture_apparent(s->angle.theta, s->angle.azimuth, x[0][k]));
        x[2][k] = s->angle.low;
        x[3][k] = s->angle.high;
    }
    return azimuths(run, curve, STEPS, (const double *const[4]){x[0], x[1], x[2], x[3]}, err);
}

static vt_status views_figure(vti_fracture_run *run, size_t index, size_t number, vt_error *err)
{
    const vti_fracture_specimen *s = &run->specimen[index];
    char seen[VT_NAME], plane[VT_NAME];
    vt_figure f = {
        .x = {.label = "azimuth of the view", .unit = "degree", .low = -10.0 * DEGREE, .high = 370.0 * DEGREE},
        .y = {.label = "angle from the transverse plane", .unit = "degree", .low = 0.0, .high = NAN}};
    snprintf(f.name, sizeof f.name, "views_%zu", number);
    snprintf(f.title, sizeof f.title, "Views of %.50s and their plane", s->shown);
    snprintf(seen, sizeof seen, "views_%zu", number);
    snprintf(plane, sizeof plane, "plane_%zu", number);
    vt_status st = plane_line(run, s, plane, err);
    if (st == VT_OK) st = view_points(run, index, seen, err);
    if (st != VT_OK) return st;
    vti_series_interval(vti_emit_series(&f, plane, "azimuth", "", VT_BAND, 2, "interval of the fracture angle"), "low",
                        "high");
    vti_emit_series(&f, plane, "azimuth", "apparent_angle", VT_LINE, 1, "what the plane shows");
    vti_series_interval(vti_emit_series(&f, seen, "azimuth", "apparent_angle", VT_POINTS, 0, "views"), "low", "high");
    snprintf(f.alt, sizeof f.alt,
             "Apparent angles of %s over the azimuth of the view, with what a plane at %.3g degrees (%.3g to %.3g) "
             "shows from every side.",
             s->shown, s->angle.theta / DEGREE, s->angle.low / DEGREE, s->angle.high / DEGREE);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status around_line(const vti_fracture_run *run, const vti_fracture_specimen *s, const char *curve,
                             vt_error *err)
{
    double x[STEPS], y[STEPS];
    const double low = run->round[s->round_from].azimuth, high = run->round[s->round_to - 1].azimuth;
    for (int k = 0; k < STEPS; k++) {
        x[k] = low + (high - low) * k / (STEPS - 1.0);
        const double z = s->basis == VTI_BASIS_PLANE ? s->A[1] * cos(x[k]) + s->A[2] * sin(x[k]) : s->A[1] * x[k];
        y[k] = 0.5 * s->diameter * (s->A[0] + z);
    }
    const vti_column columns[] = {{"azimuth", "rad", x, NULL}, {"height", "m", y, NULL}, {0}};
    return vti_emit_table(run->result, curve, "", STEPS, columns, err);
}

static vt_status around_figure(vti_fracture_run *run, const vti_fracture_specimen *s, size_t number, vt_error *err)
{
    const size_t n = s->round_to - s->round_from;
    double *x = run->scratch, *y = x + n;
    char seen[VT_NAME], line[VT_NAME];
    vt_figure f = {.x = {.label = "azimuth", .unit = "degree", .low = NAN, .high = NAN},
                   .y = {.label = "height of the trace", .unit = "um", .low = NAN, .high = NAN}};
    for (size_t i = 0; i < n; i++) {
        x[i] = run->round[s->round_from + i].azimuth;
        y[i] = run->round[s->round_from + i].height;
    }
    snprintf(f.name, sizeof f.name, "unwrapped_%zu", number);
    snprintf(f.title, sizeof f.title, "Trace around %.50s", s->shown);
    snprintf(seen, sizeof seen, "unwrapped_%zu", number);
    snprintf(line, sizeof line, "unwrapped_fit_%zu", number);
    const vti_column columns[] = {{"azimuth", "rad", x, NULL}, {"height", "m", y, NULL}, {0}};
    vt_status st = vti_emit_table(run->result, seen, "", n, columns, err);
    vti_emit_series(&f, seen, "azimuth", "height", VT_POINTS, 0, "trace");
    snprintf(f.alt, sizeof f.alt, "Height of the trace around %s over the azimuth.", s->shown);
    if (st == VT_OK && (s->basis == VTI_BASIS_PLANE || s->basis == VTI_BASIS_HELIX)) {
        const char *shape = s->basis == VTI_BASIS_PLANE ? "plane" : "helix";
        st = around_line(run, s, line, err);
        vti_emit_series(&f, line, "azimuth", "height", VT_LINE, 1, shape);
        snprintf(f.alt, sizeof f.alt,
                 "Height of the trace around %s over the azimuth, with a %s of %.3g degrees (%.3g to %.3g).", s->shown,
                 shape, s->angle.theta / DEGREE, s->angle.low / DEGREE, s->angle.high / DEGREE);
    }
    return st == VT_OK ? vt_result_add_figure(run->result, &f, err) : st;
}

/* Columns of the curve of angles: values with bars, apparent angles, bounds, and what modes there are. */
static vt_status angle_curve(const vti_fracture_run *run, size_t *n, size_t count[3], vt_error *err)
{
    double *x = malloc(7 * run->specimens * sizeof *x);
    const size_t N = run->specimens;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", N);
    *n = 0;
    for (size_t i = 0; i < N; i++) {
        const vti_fracture_specimen *s = &run->specimen[i];
        const bool angle = s->basis != VTI_BASIS_NONE && s->basis != VTI_BASIS_BOUND;
        if (!isfinite(s->diameter)) continue;
        const double row[7] = {s->diameter,
                               angle ? s->angle.theta : (double)NAN,
                               angle ? s->angle.low : (double)NAN,
                               angle ? s->angle.high : (double)NAN,
                               s->paper,
                               angle ? (double)NAN : s->bound,
                               90.0 * DEGREE};
        for (size_t c = 0; c < 7; c++) x[c * N + *n] = row[c];
        count[0] += angle;
        count[1] += isfinite(s->paper) ? 1 : 0;
        count[2] += isfinite(row[5]) ? 1 : 0;
        ++*n;
    }
    const vti_column columns[] = {{"diameter", "m", x, NULL},           {"angle", "rad", x + N, NULL},
                                  {"low", "rad", x + 2 * N, NULL},      {"high", "rad", x + 3 * N, NULL},
                                  {"apparent", "rad", x + 4 * N, NULL}, {"bound", "rad", x + 5 * N, NULL},
                                  {"above", "rad", x + 6 * N, NULL},    {0}};
    const vt_status st = *n ? vti_emit_table(run->result, "angles", "", *n, columns, err) : VT_OK;
    free(x);
    return st;
}

static vt_status angle_figure(vti_fracture_run *run, vt_error *err)
{
    size_t n = 0, count[3] = {0};
    const double helix = 0.25 * VT_PI, flat = run->par->mode_tolerance;
    const vti_column modes[] = {{"helix", "rad", &helix, NULL}, {"flat", "rad", &flat, NULL}, {0}};
    vt_figure f = {
        .name = "angle_diameter",
        .title = "Fracture angle against diameter",
        .x = {.label = "diameter", .unit = "um", .log = 1, .low = NAN, .high = NAN},
        .y = {.label = "angle from the transverse plane", .unit = "degree", .low = 0.0, .high = 90.0 * DEGREE}};
    vt_status st = angle_curve(run, &n, count, err);
    if (st == VT_OK && n >= 2) st = vti_emit_table(run->result, "modes", "", 1, modes, err);
    if (st != VT_OK || n < 2) return st;
    if (count[0]) {
        vti_series_interval(vti_emit_series(&f, "angles", "diameter", "angle", VT_POINTS, 0, "angle"), "low", "high");
    }
    if (count[2]) { /* as far up as can be */
        vti_series_interval(
            vti_emit_series(&f, "angles", "diameter", "bound", VT_POINTS, 1, "at least (bound of few views)"), "bound",
            "above");
    }
    if (count[1]) vti_emit_series(&f, "angles", "diameter", "apparent", VT_POINTS, 6, "as published: apparent");
    vti_emit_series(&f, "modes", "", "helix", VT_RULE_Y, 4, "mode I, 45 degrees");
    vti_emit_series(&f, "modes", "", "flat", VT_RULE_Y, 3, "mode III is below");
    snprintf(f.alt, sizeof f.alt,
             "Fracture angle from the transverse plane against the diameter of %zu specimens: %zu angles with "
             "intervals, %zu lower bounds.",
             n, count[0], count[2]);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_fracture_figures(vti_fracture_run *run, vt_error *err)
{
    vt_status st = angle_figure(run, err);
    size_t shown = 0;
    for (size_t i = 0; i < run->specimens && i < SHOWN && st == VT_OK; i++) {
        const vti_fracture_specimen *s = &run->specimen[i];
        if (s->basis == VTI_BASIS_KNOWN) st = views_figure(run, i, i + 1, err);
        if (st == VT_OK && s->round_to > s->round_from) st = around_figure(run, s, i + 1, err);
    }
    for (size_t i = 0; i < run->views && shown < SHOWN && st == VT_OK; i++)
        if (!run->view[i].stated) st = trace_figure(run, &run->view[i], ++shown, err);
    return st;
}
