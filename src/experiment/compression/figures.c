/* Stress against strain with steady windows and peaks; stress against rate. */
#include "compression_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN = 6, POINTS = 2000 }; /* specimens in the figure of curves; points of a curve */

/* Specimen drawn as curve `at` of `shown`: spread from the first to the last of n. */
static size_t pick(size_t n, size_t shown, size_t at)
{
    return shown < n ? at * (n - 1) / (shown - 1) : at;
}

static vt_status curve(vti_compression_run *run, const vti_disc_test *s, const char *name, double *x, vt_error *err)
{
    const size_t from = s->contact, stride = (s->end - from) / POINTS + 1, room = (s->end - from) / stride + 1;
    double *strain = x, *stress = x + room, *fit = x + 2 * room, *line = x + 3 * room;
    size_t n = 0;
    for (size_t i = from; i < s->end; i += stride, n++) {
        const bool window = s->is_steady && i >= s->steady.from && i < s->steady.to;
        strain[n] = s->strain[i];
        stress[n] = s->stress[i];
        fit[n] = i >= s->yield ? s->fit[i] : (double)NAN;
        line[n] = window ? exp(s->steady.ln_stress + s->steady.slope * (s->strain[i] - s->steady.strain)) : (double)NAN;
    }
    const vti_column columns[] = {{"true_strain", "1", strain, NULL},
                                  {"true_stress", "Pa", stress, NULL},
                                  {"smoothed", "Pa", fit, NULL},
                                  {"steady_line", "Pa", line, NULL},
                                  {0}};
    return vti_emit_table(run->result, name, "", n, columns, err);
}

static vt_status peaks(vti_compression_run *run, vt_figure *f, size_t shown, vt_error *err)
{
    double strain[SHOWN], stress[SHOWN];
    size_t n = 0;
    for (size_t i = 0; i < shown; i++) {
        const vti_disc_test *s = &run->test[pick(run->n, shown, i)];
        if (!s->over) continue;
        strain[n] = s->peak_strain;
        stress[n++] = s->peak_stress;
    }
    if (n == 0) return VT_OK;
    const vti_column columns[] = {{"peak_strain", "1", strain, NULL}, {"peak_stress", "Pa", stress, NULL}, {0}};
    vti_emit_series(f, "peaks", "peak_strain", "peak_stress", VT_POINTS, SHOWN, "overshoot");
    return vti_emit_table(run->result, "peaks", "", n, columns, err);
}

static vt_status stress_strain(vti_compression_run *run, vt_error *err)
{
    vt_figure f = {.name = "stress_strain",
                   .title = "True stress against true strain",
                   .x = {.label = "true strain", .unit = "1", .low = NAN, .high = NAN},
                   .y = {.label = "true stress", .unit = "MPa", .low = 0.0, .high = NAN}};
    const size_t shown = run->n < SHOWN ? run->n : SHOWN;
    size_t longest = 0;
    for (size_t i = 0; i < run->n; i++) longest = run->test[i].n > longest ? run->test[i].n : longest;
    double *x = malloc(4 * (longest + 2) * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for the curves");
    if (shown < run->n)
        snprintf(f.title, sizeof f.title, "True stress against true strain, %zu of %zu specimens", shown, run->n);
    vt_status st = VT_OK;
    for (size_t i = 0, at = 0; st == VT_OK && i < run->n; i++) {
        const vti_disc_test *s = &run->test[i];
        char name[VT_NAME], label[VT_NAME];
        snprintf(name, sizeof name, "curve_%zu", i + 1);
        st = curve(run, s, name, x, err);
        if (st != VT_OK || i != pick(run->n, shown, at)) continue;
        snprintf(label, sizeof label, "%.40s%s", s->name, s->is_steady ? "" : ", not steady");
        vti_emit_series(&f, name, "true_strain", "true_stress", VT_LINE, (int)at++, label);
    }
    for (size_t at = 0; at < shown; at++) { /* after all curves: on top of them, and last in the legend */
        char name[VT_NAME];
        snprintf(name, sizeof name, "curve_%zu", pick(run->n, shown, at) + 1);
        vti_emit_series(&f, name, "true_strain", "steady_line", VT_DASHED, SHOWN + 1, at == 0 ? "steady window" : "");
    }
    free(x);
    if (st == VT_OK) st = peaks(run, &f, shown, err);
    if (st != VT_OK) return st;
    size_t over = 0, steady = 0;
    for (size_t i = 0; i < run->n; i++) {
        over += run->test[i].over;
        steady += run->test[i].is_steady;
    }
    snprintf(
        f.alt, sizeof f.alt,
        "True stress against true strain of %zu of %zu specimens; dashed the steady windows, %zu in all; points: the "
        "%zu overshoots.",
        shown, run->n, steady, over);
    return vt_result_add_figure(run->result, &f, err);
}

static void specimen(const void *of, size_t i, double *number, const char **text)
{
    const vti_disc_test *s = &((const vti_compression_run *)of)->test[i];
    const double nan = NAN, sigma = s->is_steady ? exp(s->steady.ln_stress) : nan;
    *number++ = s->temperature;
    *number++ = s->is_steady ? s->steady.rate : nan;
    *number++ = sigma;
    *number++ = s->is_steady ? sigma * s->own_stress : nan;
    *number++ = sigma * exp(-2.0 * s->u_stress);
    *number++ = sigma * exp(2.0 * s->u_stress);
    *number++ = s->over ? s->peak_stress : nan;
    *number++ = s->over ? s->peak_stress * exp(-2.0 * s->u_stress) : nan;
    *number++ = s->over ? s->peak_stress * exp(2.0 * s->u_stress) : nan;
    *number++ = s->over ? s->overshoot : nan;
    *number++ = s->is_steady ? s->eta : nan;
    *number++ = s->has_m ? s->m.m : nan;
    *number = s->heating;
    text[0] = s->name;
    text[1] = s->is_steady ? vt_flow_class_text(s->class_of) : "not steady";
}

static vt_status specimens(vti_compression_run *run, vt_error *err)
{
    static const vti_column COLUMNS[] = {{.name = "specimen"},
                                         {.name = "temperature", .unit = "K"},
                                         {.name = "strain_rate", .unit = "s-1"},
                                         {.name = "steady_stress", .unit = "Pa"},
                                         {.name = "u_own", .unit = "Pa"},
                                         {.name = "steady_low", .unit = "Pa"},
                                         {.name = "steady_high", .unit = "Pa"},
                                         {.name = "peak_stress", .unit = "Pa"},
                                         {.name = "peak_low", .unit = "Pa"},
                                         {.name = "peak_high", .unit = "Pa"},
                                         {.name = "overshoot", .unit = "Pa"},
                                         {.name = "viscosity", .unit = "Pa s"},
                                         {.name = "rate_sensitivity", .unit = "1"},
                                         {.name = "self_heating", .unit = "K"},
                                         {.name = "class"},
                                         {0}};
    const vti_rows rows = {"specimens", "Specimens", run->n, COLUMNS, specimen, run};
    return vti_emit_rows(run->result, &rows, err);
}

vt_status vti_compression_figures(vti_compression_run *run, vt_error *err)
{
    vt_status st = specimens(run, err);
    if (st == VT_OK) st = stress_strain(run, err);
    if (st != VT_OK || run->n < 2) return st;
    vt_figure f = {.name = "stress_rate",
                   .title = "Steady stress and peak against strain rate",
                   .x = {.label = "strain rate", .unit = "s-1", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "true stress", .unit = "MPa", .log = 1, .low = NAN, .high = NAN}};
    vti_series_interval(vti_emit_series(&f, "specimens", "strain_rate", "steady_stress", VT_POINTS, 0, "steady"),
                        "steady_low", "steady_high");
    vti_series_interval(
        vti_emit_series(&f, "specimens", "strain_rate", "peak_stress", VT_POINTS, 1, "peak of the overshoot"),
        "peak_low", "peak_high");
    snprintf(
        f.alt, sizeof f.alt,
        "Steady stress and peak stress against true strain rate of %zu specimens, both logarithmic, bars: twice the "
        "uncertainty of the stress; a slope of 1 is Newtonian flow.",
        run->n);
    return vt_result_add_figure(run->result, &f, err);
}
