/* A slice with the outline that was found, and the profile with its models and what they leave over. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "tomography_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

enum { TILES = 90, TURNS = 181, FIGURED = 8 }; /* figures of the first specimens only */

/* Name of a curve or figure of specimen i: the first has no number. */
static void number(const vti_tomo_run *run, const vti_tomo_body *b, const char *stem, char name[VT_NAME])
{
    const size_t i = (size_t)(b - run->body);
    if (i == 0)
        snprintf(name, VT_NAME, "%s", stem);
    else
        snprintf(name, VT_NAME, "%.40s_%zu", stem, i + 1);
}

/* ---- the slice ---- */
/* Means over square blocks of the part that the outline lies in. */
static vt_status put_tiles(const vti_tomo_run *run, const vti_tomo_body *b, const char *name, vt_error *err)
{
    const vti_outline *o = &b->outline[0];
    const float *grey = vt_image_slice(b->image, 0);
    const double voxel = b->par.voxel, reach = 1.35 * o->c[0] + 4.0;
    const size_t block = (size_t)(2.0 * reach / TILES) + 1, side = (size_t)(2.0 * reach / (double)block);
    double *x = malloc(3 * side * side * sizeof *x);
    size_t n = 0;
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for a figure");
    double *y = x + side * side, *g = y + side * side;
    for (size_t k = 0; k < side * side; k++) {
        const long x0 = lround(o->x - reach) + (long)(k % side * block),
                   y0 = lround(o->y - reach) + (long)(k / side * block);
        double sum = 0.0, count = 0.0;
        for (long j = y0; j < y0 + (long)block; j++)
            for (long i = x0; i < x0 + (long)block; i++) {
                if (i < 0 || j < 0 || i >= (long)b->image->width || j >= (long)b->image->height) continue;
                sum += (double)grey[(size_t)j * b->image->width + (size_t)i];
                count += 1.0;
            }
        if (count == 0.0) continue;
        x[n] = ((double)x0 + 0.5 * (double)(block - 1) - o->x) * voxel;
        y[n] = (o->y - (double)y0 - 0.5 * (double)(block - 1)) * voxel; /* up is up */
        g[n++] = sum / count;
    }
    const vti_column columns[] = {{"x", "m", x, NULL}, {"y", "m", y, NULL}, {"grey", "1", g, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, name, "", n, columns, err);
    free(x);
    return st;
}

static vt_status put_outline(const vti_tomo_run *run, const vti_tomo_body *b, const char *name, vt_error *err)
{
    const vti_outline *o = &b->outline[0];
    const double inner = b->layer ? b->SR : (double)NAN;
    double x[4][TURNS];
    for (size_t k = 0; k < TURNS; k++) {
        const double t = 2.0 * VT_PI * (double)k / (TURNS - 1);
        double r = o->c[0];
        for (size_t h = 1; h <= o->harmonics; h++)
            r += o->c[2 * h - 1] * cos((double)h * t) + o->c[2 * h] * sin((double)h * t);
        r = r * b->par.voxel - b->fit[b->best].x[VT_EDGE_S0];
        x[0][k] = r * cos(t);
        x[1][k] = -r * sin(t);
        x[2][k] = (r - inner) * cos(t);
        x[3][k] = -(r - inner) * sin(t);
    }
    const vti_column columns[] = {{"x", "m", x[0], NULL},
                                  {"y", "m", x[1], NULL},
                                  {"inner_x", "m", x[2], NULL},
                                  {"inner_y", "m", x[3], NULL},
                                  {0}};
    return vti_emit_table(run->result, name, "", TURNS, columns, err);
}

static vt_status slice(const vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    char tiles[VT_NAME], line[VT_NAME];
    const double reach = (1.35 * b->outline[0].c[0] + 4.0) * b->par.voxel;
    const bool small = reach < 0.5e-6;
    vt_figure f = {.x = {.low = -reach, .high = reach}, .y = {.low = -reach, .high = reach}};
    vt_status st;
    number(run, b, "slice", tiles);
    number(run, b, "outline", line);
    VT_TRY(st = put_tiles(run, b, tiles, err));
    VT_TRY(st = put_outline(run, b, line, err));
    snprintf(f.name, sizeof f.name, "%s", tiles);
    snprintf(f.title, sizeof f.title, "Slice of %.60s with its outline", b->name);
    snprintf(f.x.label, sizeof f.x.label, "x");
    snprintf(f.y.label, sizeof f.y.label, "y");
    snprintf(f.value.label, sizeof f.value.label, "grey");
    snprintf(f.value.unit, sizeof f.value.unit, "1");
    f.value.low = f.value.high = NAN;
    snprintf(f.x.unit, sizeof f.x.unit, "%s", small ? "nm" : "um");
    snprintf(f.y.unit, sizeof f.y.unit, "%s", small ? "nm" : "um");
    vti_emit_series(&f, tiles, "x", "y", VT_TILES, 0, "");
    snprintf(f.series[0].value, sizeof f.series[0].value, "grey");
    vti_emit_series(&f, line, "x", "y", VT_LINE, 1, "surface");
    if (b->layer) vti_emit_series(&f, line, "inner_x", "inner_y", VT_DASHED, 2, "inner edge of the layer");
    snprintf(f.alt, sizeof f.alt,
             "Slice of %.60s, means over blocks of voxels, with the outline fitted to the edges of %zu rays: %.4g um "
             "across.",
             b->name, b->outline[0].rays, 1e6 * b->diameter);
    st = vt_result_add_figure(run->result, &f, err);
done:
    return st;
}

/* ---- the profile ---- */
enum { DEPTH, GREY, LOW, HIGH, SINGLE, LAYER, LEFT_SINGLE, LEFT_LAYER, R_LOW, R_HIGH, CURVES };

static vt_status put_profile(const vti_tomo_run *run, const vti_tomo_body *b, const char *name, vt_error *err)
{
    const vti_profile *q = &b->whole;
    const size_t n = q->n;
    const double z = vti_coverage_factor(run->job->common.level, INFINITY) * b->inflate, bin = q->bin / sqrt(12.0);
    const vti_edge_fit *two = b->best_layer < VTI_TOMO_MODELS ? &b->fit[b->best_layer] : NULL;
    const vti_edge_fit *one = &b->fit[b->best_single];
    double *x = malloc(CURVES * n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for a figure");
    for (size_t i = 0; i < n; i++) {
        const double g1 = vt_edge_profile_grey(one->x, bin, q->s[i], NULL);
        const double g2 = two ? vt_edge_profile_grey(two->x, bin, q->s[i], NULL) : (double)NAN;
        const double row[CURVES] = {q->s[i] - b->fit[b->best].x[VT_EDGE_S0],
                                    q->g[i],
                                    q->g[i] - z * q->u[i],
                                    q->g[i] + z * q->u[i],
                                    g1,
                                    g2,
                                    q->g[i] - g1,
                                    q->g[i] - g2,
                                    q->g[i] - (b->layer ? g2 : g1) - z * q->u[i],
                                    q->g[i] - (b->layer ? g2 : g1) + z * q->u[i]};
        for (size_t c = 0; c < CURVES; c++) x[c * n + i] = row[c];
    }
    static const char *const HEAD[CURVES] = {
        "depth",           "grey",           "low",          "high",         "single_edge", "two_edges",
        "single_residual", "layer_residual", "residual_low", "residual_high"};
    vti_column columns[CURVES + 1] = {{0}};
    for (size_t c = 0; c < CURVES; c++) columns[c] = (vti_column){HEAD[c], c == DEPTH ? "m" : "1", x + c * n, NULL};
    if (!two) {
        columns[LAYER] = columns[CURVES - 1];
        columns[LEFT_LAYER] = columns[CURVES - 2];
        columns[CURVES - 2] = (vti_column){0};
    }
    const vt_status st = vti_emit_table(run->result, name, "", n, columns, err);
    free(x);
    return st;
}

static void axes(vt_figure *f, const char *name, const char *y)
{
    snprintf(f->name, sizeof f->name, "%s", name);
    snprintf(f->x.label, sizeof f->x.label, "depth below the surface");
    snprintf(f->x.unit, sizeof f->x.unit, "nm");
    snprintf(f->y.label, sizeof f->y.label, "%s", y);
    snprintf(f->y.unit, sizeof f->y.unit, "1");
    f->x.low = f->x.high = f->y.low = f->y.high = NAN;
}

static vt_status profile(const vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    char name[VT_NAME], left[VT_NAME];
    vt_figure f = {0}, r = {0};
    const bool two = b->best_layer < VTI_TOMO_MODELS;
    vt_status st;
    number(run, b, "profile", name);
    number(run, b, "residuals", left);
    VT_TRY(st = put_profile(run, b, name, err));
    axes(&f, name, "grey");
    snprintf(f.title, sizeof f.title, "Grey of %.60s by depth", b->name);
    vti_series_interval(vti_emit_series(&f, name, "depth", "grey", VT_POINTS, 0, "mean of a bin"), "low", "high");
    vti_emit_series(&f, name, "depth", "single_edge", VT_LINE, 1, b->fit[b->best_single].name);
    if (two) vti_emit_series(&f, name, "depth", "two_edges", VT_DASHED, 2, b->fit[b->best_layer].name);
    snprintf(
        f.alt, sizeof f.alt,
        "Mean grey of %.60s by depth below its surface, with the best single edge and the best model with a layer; "
        "chosen: %.60s.",
        b->name, b->fit[b->best].name);
    VT_TRY(st = vt_result_add_figure(run->result, &f, err));
    axes(&r, left, "grey less the model");
    snprintf(r.title, sizeof r.title, "What the models of %.60s leave over", b->name);
    const char *chosen = b->layer ? "layer_residual" : "single_residual";
    vti_series_interval(vti_emit_series(&r, name, "depth", chosen, VT_POINTS, 0, b->fit[b->best].name), "residual_low",
                        "residual_high");
    if (two)
        vti_emit_series(&r, name, "depth", b->layer ? "single_residual" : "layer_residual", VT_DASHED, 1,
                        b->fit[b->layer ? b->best_single : b->best_layer].name);
    snprintf(r.alt, sizeof r.alt, "Grey of %.60s less the chosen model, with its intervals, and less its best rival.",
             b->name);
    st = vt_result_add_figure(run->result, &r, err);
done:
    return st;
}

vt_status vti_tomo_figures(vti_tomo_run *run, vti_tomo_body *b, vt_error *err)
{
    if (b - run->body >= FIGURED) return VT_OK;
    const vt_status st = b->image ? slice(run, b, err) : VT_OK;
    return st == VT_OK ? profile(run, b, err) : st;
}
