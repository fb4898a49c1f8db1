/* Figure: stress against rate at every power with load jumps, and the fits whose slope is m (S000, Fig. 4b). Wires at
 * one power share a symbol. */
#include "creep_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE = 41 };

/* One power: the conditions of all wires within 1 % of it (or 1 K where only temperatures are known). */
typedef struct level {
    double P, T;
    size_t conditions;
    double m_low, m_high;
} level;

static bool belongs(const level *l, const vti_creep_condition *c)
{
    if (!c->fitted || isfinite(c->P) != isfinite(l->P)) return false;
    if (isfinite(l->P)) return fabs(c->P - l->P) <= 0.01 * fabs(l->P);
    return isfinite(c->T) == isfinite(l->T) && (!isfinite(l->T) || fabs(c->T - l->T) <= 1.0);
}

/* Of condition k, if no earlier one has it. */
static bool level_of(const vti_creep_run *run, size_t k, level *l)
{
    const vti_creep_condition *c = &run->condition[k];
    *l = (level){.P = c->P, .T = c->T, .m_low = INFINITY, .m_high = -INFINITY};
    if (!c->fitted) return false;
    for (size_t i = 0; i < run->conditions; i++) {
        if (!belongs(l, &run->condition[i])) continue;
        if (i < k) return false;
        l->conditions++;
        l->m_low = fmin(l->m_low, run->condition[i].fit.c[1]);
        l->m_high = fmax(l->m_high, run->condition[i].fit.c[1]);
    }
    return true;
}

static void label_of(const level *l, char *label, size_t size)
{
    int n = 0;
    if (isfinite(l->P))
        n = snprintf(label, size, "%.4g mW, ", 1e3 * l->P);
    else if (isfinite(l->T))
        n = snprintf(label, size, "%.5g K, ", l->T);
    if (l->conditions > 1)
        snprintf(label + n, size - (size_t)n, "m = %.2f to %.2f", l->m_low, l->m_high);
    else
        snprintf(label + n, size - (size_t)n, "m = %.3f", l->m_low);
}

static vt_status points(vti_creep_run *run, const level *l, int number, const char *label, vt_figure *f, vt_error *err)
{
    const size_t N = run->segments;
    double *x = run->scratch, *y = x + N, *low = y + N, *high = low + N;
    size_t n = 0;
    char name[VT_NAME];
    for (size_t i = 0; i < N; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK || !belongs(l, &run->condition[s->condition])) continue;
        const double half = vti_creep_bar(run, s, s->u_F / s->F);
        x[n] = s->state.rate;
        y[n] = s->state.flow;
        low[n] = y[n] * exp(-half);
        high[n] = y[n] * exp(half);
        n++;
    }
    snprintf(name, sizeof name, "jumps_%d", number);
    const vti_column c[] = {{"strain_rate", "s-1", x, NULL},
                            {"true_stress", "Pa", y, NULL},
                            {"low", "Pa", low, NULL},
                            {"high", "Pa", high, NULL},
                            {0}};
    const vt_status st = vti_emit_table(run->result, name, "", n, c, err);
    vti_series_interval(vti_emit_series(f, name, "strain_rate", "true_stress", VT_POINTS, number - 1, label), "low",
                        "high");
    return st;
}

/* The fit of condition k over its rates into LINE places. */
static void fit_line(const vti_creep_run *run, size_t k, double *x, double *y)
{
    const vt_rate_sensitivity_fit *fit = &run->condition[k].fit;
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK || s->condition != k) continue;
        low = fmin(low, s->state.rate);
        high = fmax(high, s->state.rate);
    }
    for (int i = 0; i < LINE; i++) {
        const double ln = log(low) + log(high / low) * i / (LINE - 1), d = ln - fit->ln_rate0;
        x[i] = exp(ln);
        y[i] = exp(fit->c[0] + d * (fit->c[1] + d * fit->c[2]));
    }
}

/* Those of one power as one series, parted by rows without a number. */
static vt_status lines(vti_creep_run *run, const level *l, int number, vt_figure *f, vt_error *err)
{
    double *x = malloc(2 * l->conditions * (LINE + 1) * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu lines", l->conditions);
    double *y = x + l->conditions * (LINE + 1);
    size_t n = 0;
    char name[VT_NAME];
    for (size_t k = 0; k < run->conditions; k++) {
        if (!belongs(l, &run->condition[k])) continue;
        if (n) x[n] = y[n] = NAN;
        n += n ? 1 : 0;
        fit_line(run, k, x + n, y + n);
        n += LINE;
    }
    snprintf(name, sizeof name, "jumps_fit_%d", number);
    const vti_column c[] = {{"strain_rate", "s-1", x, NULL}, {"true_stress", "Pa", y, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, name, "", n, c, err);
    vti_emit_series(f, name, "strain_rate", "true_stress", VT_LINE, number - 1, "");
    free(x);
    return st;
}

vt_status vti_creep_jump_figure(vti_creep_run *run, vt_error *err)
{
    vt_figure f = {.name = "load_jumps",
                   .title = "Stress against strain rate at every power",
                   .x = {.label = "strain rate", .unit = "s-1", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "true stress", .unit = "MPa", .log = 1, .low = NAN, .high = NAN}};
    size_t length = (size_t)snprintf(f.alt, sizeof f.alt,
                                     "True stress against strain rate, both logarithmic; the slope is the rate "
                                     "sensitivity m; %s.",
                                     vti_creep_bar_text(run));
    int number = 0;
    for (size_t k = 0; k < run->conditions && f.nseries + 2 <= VT_SERIES_MAX; k++) {
        level l;
        char label[VT_NAME];
        if (!level_of(run, k, &l)) continue;
        label_of(&l, label, sizeof label);
        vt_status st = points(run, &l, ++number, label, &f, err);
        if (st == VT_OK) st = lines(run, &l, number, &f, err);
        if (st != VT_OK) return st;
        if (length < sizeof f.alt) length += (size_t)snprintf(f.alt + length, sizeof f.alt - length, " %s.", label);
    }
    return f.nseries > 0 ? vt_result_add_figure(run->result, &f, err) : VT_OK;
}
