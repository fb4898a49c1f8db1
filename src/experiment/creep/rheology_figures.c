/* Figures of rheometer records: approach to flow, relaxation beside oscillation, spectra. */
#include "experiment/emit_internal.h"
#include "rheology_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN = 120 }; /* points of a curve, evenly spaced in ln x */

struct drawing {
    vti_rheology_run *run;
    vt_figure figure;
    double column[3][SHOWN + 1];
};

static vt_status series(struct drawing *d, const char *curve, const char *const name[3], const char *const unit[3],
                        size_t n, vt_error *err)
{
    const vti_column columns[] = {{name[0], unit[0], d->column[0], NULL},
                                  {name[1], unit[1], d->column[1], NULL},
                                  {name[2], unit[2], d->column[2], NULL},
                                  {0}};
    return vti_emit_table(d->run->result, curve, "", n, columns, err);
}

/* Compliance over time divides into a mean rate since the start, t/J, and the rate of the moment, dt/dJ. */
static vt_status approach(struct drawing *d, const vti_rheology_record *r, int color, vt_error *err)
{
    static const char *const NAME[] = {"time", "mean", "momentary"}, *const UNIT[] = {"s", "Pa s", "Pa s"};
    char curve[VT_NAME], label[VT_NAME];
    size_t n = 0, from = 0, to = 0;
    const double step = log(r->x[r->n - 1] / r->x[0]) / (SHOWN - 1.0);
    for (size_t k = 0; k < SHOWN; k++) {
        const double t = r->x[0] * exp(step * (double)k);
        vt_line line;
        while (from + 1 < r->n && r->x[from] < t / 1.3) from++;
        while (to < r->n && r->x[to] <= t * 1.3) to++;
        if (to < from + 4 || vt_line_ordinary(to - from, r->x + from, r->a + from, &line, NULL) != VT_OK) continue;
        if (!(line.slope > 0.0) || 1.3 * t > 1.1 * r->x[r->n - 1]) continue;
        const double J = line.intercept + line.slope * t;
        if (!(J > 0.0)) continue;
        d->column[0][n] = t;
        d->column[1][n] = t / J;
        d->column[2][n++] = 1.0 / line.slope;
    }
    if (n == 0) return VT_OK;
    snprintf(curve, sizeof curve, "approach_%zu", r->index + 1);
    const vt_status st = series(d, curve, NAME, UNIT, n, err);
    snprintf(label, sizeof label, "%.40s: dt/dJ%s", r->label, r->found ? "" : ", not steady");
    vti_emit_series(&d->figure, curve, NAME[0], NAME[2], VT_LINE, color, label);
    snprintf(label, sizeof label, "%.40s: t/J", r->label);
    vti_emit_series(&d->figure, curve, NAME[0], NAME[1], VT_DASHED, color, label);
    return st;
}

/* Oscillation of the same temperature, for the line beside a relaxation. */
static const vti_rheology_record *partner(const vti_rheology_run *run, const vti_rheology_record *r)
{
    for (size_t i = 0; i < run->records; i++) {
        const vti_rheology_record *s = &run->record[i];
        if (s->test == VTI_OSCILLATION && s->done && (s->T == r->T || (isnan(s->T) && isnan(r->T)))) return s;
    }
    return NULL;
}

static vt_status relaxation(struct drawing *d, const vti_rheology_record *r, int color, vt_error *err)
{
    static const char *const NAME[] = {"time", "measured", "by_oscillation"}, *const UNIT[] = {"s", "Pa", "Pa"};
    const vti_rheology_record *swept = partner(d->run, r);
    char curve[VT_NAME], label[VT_NAME];
    size_t n = 0;
    const double ratio = exp(log(r->x[r->n - 1] / r->x[0]) / (SHOWN - 1.0));
    double next = 0.0;
    for (size_t i = 0; i < r->n && n < SHOWN; i++) {
        if (r->x[i] < next || !(r->a[i] > 0.0)) continue;
        next = r->x[i] * ratio;
        d->column[0][n] = r->x[i];
        d->column[1][n] = r->a[i];
        d->column[2][n++] = swept ? vti_rheology_modulus(&swept->zone, r->x[i]) : NAN;
    }
    snprintf(curve, sizeof curve, "relaxation_%zu", r->index + 1);
    const vt_status st = series(d, curve, NAME, UNIT, n, err);
    vti_emit_series(&d->figure, curve, NAME[0], NAME[1], VT_POINTS, color, r->label);
    snprintf(label, sizeof label, "%.50s", swept ? swept->label : "");
    if (swept) vti_emit_series(&d->figure, curve, NAME[0], NAME[2], VT_DASHED, color, label);
    return st;
}

static vt_status oscillation(struct drawing *d, const vti_rheology_record *r, int color, vt_error *err)
{
    static const char *const NAME[] = {"angular_frequency", "storage", "loss"}, *const UNIT[] = {"rad s-1", "Pa", "Pa"};
    char curve[VT_NAME], label[VT_NAME];
    double low = INFINITY, high = 0.0;
    vt_status st;
    size_t n = 0;
    for (; n < r->n && n < SHOWN; n++) {
        d->column[0][n] = r->x[n];
        d->column[1][n] = r->a[n];
        d->column[2][n] = r->b[n];
        low = fmin(low, r->x[n]);
        high = fmax(high, r->x[n]);
    }
    snprintf(curve, sizeof curve, "moduli_%zu", r->index + 1);
    VT_TRY(st = series(d, curve, NAME, UNIT, n, err));
    snprintf(label, sizeof label, "%.50s: G'", r->label);
    vti_emit_series(&d->figure, curve, NAME[0], NAME[1], VT_POINTS, 2 * color, label);
    snprintf(label, sizeof label, "%.50s: G''", r->label);
    vti_emit_series(&d->figure, curve, NAME[0], NAME[2], VT_POINTS, 2 * color + 1, label);
    for (n = 0; n < SHOWN; n++) {
        d->column[0][n] = low * pow(high / low, (double)n / (SHOWN - 1.0));
        vti_rheology_dynamic(&r->zone, d->column[0][n], &d->column[1][n], &d->column[2][n]);
    }
    snprintf(curve, sizeof curve, "spectrum_%zu", r->index + 1);
    VT_TRY(st = series(d, curve, NAME, UNIT, n, err));
    vti_emit_series(&d->figure, curve, NAME[0], NAME[1], VT_LINE, 2 * color, "");
    vti_emit_series(&d->figure, curve, NAME[0], NAME[2], VT_LINE, 2 * color + 1, "");
done:
    return st;
}

static const struct {
    const char *name, *title, *x, *x_unit, *y, *y_unit, *alt;
    vt_status (*draw)(struct drawing *d, const vti_rheology_record *r, int color, vt_error *err);
} FIGURE[] = {
    {"approach_to_flow", "Approach to steady flow in creep", "time", "s", "viscosity if it flowed steadily", "Pa s",
     "Time over compliance (dashed) and the inverse of its momentary slope (full) against time, both logarithmic. Both "
     "rise towards the viscosity from below; flow is steady where they meet within 10 percent and are level.",
     approach},
    {"relaxation", "Relaxation modulus", "time", "s", "modulus", "Pa",
     "Relaxation modulus against time, both logarithmic. Points: measured. Dashed: what the spectrum of the "
     "oscillation "
     "at the same temperature means; a shift up or down is a factor of stress or strain, one along the time a "
     "difference "
     "in temperature.",
     relaxation},
    {"oscillation", "Storage and loss modulus", "angular frequency", "rad/s", "modulus", "Pa",
     "Storage modulus G' and loss modulus G'' against angular frequency, both logarithmic, with the discrete spectra "
     "that were fitted. In the terminal zone, at low frequency, G' has the slope 2 and G'' the slope 1.",
     oscillation}};

static vt_status figure(vti_rheology_run *run, int test, vt_error *err)
{
    struct drawing *d = calloc(1, sizeof *d);
    int color = 0;
    vt_status st = VT_OK;
    if (!d) return vt_fail(err, VT_EMEMORY, "no memory for a figure");
    d->run = run;
    d->figure.x.log = d->figure.y.log = 1;
    d->figure.x.low = d->figure.x.high = d->figure.y.low = d->figure.y.high = NAN;
    snprintf(d->figure.name, sizeof d->figure.name, "%s", FIGURE[test].name);
    snprintf(d->figure.title, sizeof d->figure.title, "%s", FIGURE[test].title);
    snprintf(d->figure.alt, sizeof d->figure.alt, "%s", FIGURE[test].alt);
    snprintf(d->figure.x.label, sizeof d->figure.x.label, "%s", FIGURE[test].x);
    snprintf(d->figure.x.unit, sizeof d->figure.x.unit, "%s", FIGURE[test].x_unit);
    snprintf(d->figure.y.label, sizeof d->figure.y.label, "%s", FIGURE[test].y);
    snprintf(d->figure.y.unit, sizeof d->figure.y.unit, "%s", FIGURE[test].y_unit);
    for (size_t i = 0; st == VT_OK && i < run->records; i++)
        if ((int)run->record[i].test == test && run->record[i].done)
            st = FIGURE[test].draw(d, &run->record[i], color++, err);
    if (st == VT_OK && d->figure.nseries > 0) st = vt_result_add_figure(run->result, &d->figure, err);
    free(d);
    return st;
}

vt_status vti_rheology_figures(vti_rheology_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (int test = 0; st == VT_OK && test < VTI_TESTS; test++) st = figure(run, test, err);
    return st;
}
