/* Length against diameter, with its band, and the figure of it. */
#include "experiment/emit_internal.h"
#include "process/molding/molding_internal.h"
#include "stats/quantile_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>

enum { POINTS = 61, DRAWS_MAX = 4000 };

struct band {
    const vti_forming_run *run;
    size_t draws;
    double d[POINTS], L[3][POINTS], fastest[POINTS], low[POINTS], high[POINTS];
    double *x; /* draws * VTI_INPUTS */
};

static void grid(const vti_forming_run *run, double *d)
{
    const double here = run->set->diameter;
    const double d_c = run->out[VTI_OUT_CRITICAL].known ? run->out[VTI_OUT_CRITICAL].value : here;
    const double low = fmax(fmin(here, d_c) / 5.0, 1e-9), high = fmax(here, d_c) * 5.0;
    for (size_t k = 0; k < POINTS; k++) d[k] = low * pow(high / low, (double)k / (POINTS - 1));
}

/* Everything at diameter k: a task of its own. */
static vt_status one_diameter(size_t k, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    struct band *b = shared;
    double best[VTI_INPUTS], y[3];
    double *sample = malloc(b->draws * sizeof *sample);
    if (!sample) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", b->draws);
    vti_law_best(&b->run->law, best);
    const bool good = vti_forming_lengths(b->run, best, b->d[k], y);
    for (size_t l = 0; l < 3; l++) b->L[l][k] = good ? y[l] : NAN;
    b->fastest[k] = good ? fmax(y[1], isnan(y[2]) ? 0.0 : y[2]) : NAN;
    for (size_t i = 0; i < b->draws; i++)
        sample[i] = vti_forming_lengths(b->run, b->x + i * VTI_INPUTS, b->d[k], y) ? y[0] : NAN;
    const double tail = 0.5 * (1.0 - b->run->job->common.level);
    b->low[k] = vti_finite_quantile(sample, b->draws, tail);
    b->high[k] = vti_finite_quantile(sample, b->draws, 1.0 - tail);
    free(sample);
    return VT_OK;
}

static vt_status add_curve(vti_forming_run *run, const struct band *b, vt_error *err)
{
    const struct {
        const char *name;
        const double *y;
    } COLUMNS[] = {{"diameter", b->d},
                   {"length", b->L[0]},
                   {"length_low", b->low},
                   {"length_high", b->high},
                   {"viscous_length", b->L[1]},
                   {"interface_length", b->L[2]},
                   {"fastest_length", b->fastest}};
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    for (size_t c = 0; st == VT_OK && c < sizeof COLUMNS / sizeof *COLUMNS; c++)
        if (run->law.diffusion || COLUMNS[c].y != b->L[2])
            st = vt_table_add_si(t, COLUMNS[c].name, "m", POINTS, COLUMNS[c].y, err);
    if (st == VT_OK) return vt_result_add_curve(run->result, "length_diameter", "", t, err);
    vt_table_free(t);
    return st;
}

static vt_status add_point(vti_forming_run *run, vt_error *err)
{
    const vti_forecast_output *L = &run->out[run->law.diffusion ? VTI_OUT_LENGTH : VTI_OUT_VISCOUS];
    const vti_forecast_output *d_c = &run->out[VTI_OUT_CRITICAL];
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    if (st == VT_OK) st = vt_table_add_si(t, "diameter", "m", 1, &run->set->diameter, err);
    if (st == VT_OK) st = vt_table_add_si(t, "length", "m", 1, &L->value, err);
    if (st == VT_OK) st = vt_table_add_si(t, "length_low", "m", 1, &L->low, err);
    if (st == VT_OK) st = vt_table_add_si(t, "length_high", "m", 1, &L->high, err);
    if (st == VT_OK && d_c->known) st = vt_table_add_si(t, "critical_diameter", "m", 1, &d_c->value, err);
    if (st == VT_OK) return vt_result_add_curve(run->result, "forecast", "", t, err);
    vt_table_free(t);
    return st;
}

static void series(vt_figure *f, const char *y, vt_style style, int color, const char *label)
{
    vt_series *s = vti_emit_series(f, "length_diameter", "diameter", y, style, color, label);
    if (style == VT_BAND) vti_series_interval(s, "length_low", "length_high");
}

static vt_status add_figure(vti_forming_run *run, vt_error *err)
{
    const vti_forming_settings *set = run->set;
    const vti_forecast_output *L = &run->out[run->law.diffusion ? VTI_OUT_LENGTH : VTI_OUT_VISCOUS];
    const vti_forecast_output *d_c = &run->out[VTI_OUT_CRITICAL];
    vt_figure f = {.name = "length_diameter",
                   .title = "Length of the wire against diameter",
                   .x = {.label = "diameter", .unit = "nm", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "length", .unit = "nm", .log = 1, .low = NAN, .high = NAN}};
    char crossing[128] = "";
    if (d_c->known) snprintf(crossing, sizeof crossing, " The critical diameter is %.3g nm.", 1e9 * d_c->value);
    snprintf(
        f.alt, sizeof f.alt,
        "Length against diameter of the pore, both logarithmic, at %.4g degC, %.3g GPa and %.4g s: a wire of %.3g nm "
        "is forecast %.3g nm long (%.3g to %.3g nm).%s",
        set->temperature - 273.15, 1e-9 * set->pressure, set->time, 1e9 * set->diameter, 1e9 * L->value, 1e9 * L->low,
        1e9 * L->high, crossing);
    series(&f, "length", VT_BAND, 0, "interval");
    series(&f, "length", VT_LINE, 0, run->law.diffusion ? "both mechanisms" : "viscous flow");
    if (run->law.diffusion) {
        series(&f, "viscous_length", VT_DASHED, 1, "viscous flow");
        series(&f, "interface_length", VT_DASHED, 2, "interface diffusion");
    }
    f.series[f.nseries++] = (vt_series){.curve = "forecast",
                                        .x = "diameter",
                                        .y = "length",
                                        .low = "length_low",
                                        .high = "length_high",
                                        .style = VT_POINTS,
                                        .color = 3,
                                        .label = "this run"};
    if (d_c->known)
        f.series[f.nseries++] = (vt_series){.curve = "forecast",
                                            .x = "critical_diameter",
                                            .style = VT_RULE_X,
                                            .color = 4,
                                            .label = "critical diameter"};
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_forming_curve(vti_forming_run *run, vt_error *err)
{
    struct band *b = calloc(1, sizeof *b);
    vt_status st = VT_OK;
    if (!b) return vt_fail(err, VT_EMEMORY, "no memory for the curve");
    b->run = run;
    b->draws = (size_t)run->job->common.replicates < DRAWS_MAX ? (size_t)run->job->common.replicates : DRAWS_MAX;
    b->x = malloc(b->draws * VTI_INPUTS * sizeof *b->x);
    if (!b->x) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu draws", b->draws);
        goto done;
    }
    for (size_t i = 0; i < b->draws; i++) {
        vt_stream stream;
        vt_stream_init(&stream, run->job->common.seed, vt_stream_purpose("process/molding"), i);
        vti_law_draw(&run->law, &stream, b->x + i * VTI_INPUTS);
    }
    grid(run, b->d);
    const vt_parallel how = {.threads = (int)run->job->common.threads, .shared = b};
    VT_TRY(st = vt_parallel_for(POINTS, one_diameter, &how, err));
    VT_TRY(st = add_curve(run, b, err));
    VT_TRY(st = add_point(run, err));
    VT_TRY(st = add_figure(run, err));
done:
    free(b->x);
    free(b);
    return st;
}
