/* Phases: normal mixtures of modulus and hardness of specimens with many indents, and their histograms. */
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/mixture.h>

enum { N_MIN = 30, GRID = 161 };

/* Modulus and hardness of one specimen, point after point. */
typedef struct cloud {
    size_t n;
    double *x;
    double *place, *flat;         /* x, y of the indents; values without the plane through them */
    bool flattened;               /* x is without it */
    vti_set_quantity quantity[2]; /* modulus, hardness */
} cloud;

static void fill(const vti_set_plan *plan, const vti_set_reading *reading, size_t k, cloud *c)
{
    c->n = 0;
    c->flattened = false;
    c->quantity[0] = VTI_SET_REDUCED;
    c->quantity[1] = VTI_SET_HARDNESS;
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->specimen[i] != k) continue;
        if (isfinite(vti_set_value(&reading->res[i], VTI_SET_MODULUS))) c->quantity[0] = VTI_SET_MODULUS;
        for (int q = 0; q < 2; q++) c->x[2 * c->n + (size_t)q] = vti_set_value(&reading->res[i], c->quantity[q]);
        c->place[2 * c->n] = reading->res[i].x;
        c->place[2 * c->n + 1] = reading->res[i].y;
        if (isfinite(c->x[2 * c->n]) && isfinite(c->x[2 * c->n + 1])) c->n++;
    }
}

/* ---- histogram ---- */
/* Outline of the bars: two points for each edge. Width after Freedman and Diaconis, at least 8 bars. */
static size_t bars(const cloud *c, size_t q, double *sorted, double *x, double *height, size_t room)
{
    for (size_t i = 0; i < c->n; i++) { /* insertion is quick enough for what fits on a map, and needs no more memory */
        const double v = c->x[2 * i + q];
        size_t j = i;
        for (; j > 0 && sorted[j - 1] > v; j--) sorted[j] = sorted[j - 1];
        sorted[j] = v;
    }
    const double span = sorted[c->n - 1] - sorted[0];
    const double width = 2.0 * (sorted[3 * c->n / 4] - sorted[c->n / 4]) / cbrt((double)c->n);
    size_t n = width > 0.0 && span / width < 60.0 ? (size_t)ceil(span / width) : 60;
    if (n < 8) n = 8;
    if (2 * n + 2 > room) n = (room - 2) / 2;
    const double step = span / (double)n;
    size_t points = 0, i = 0;
    for (size_t b = 0; b < n; b++) {
        size_t count = 0;
        const double end = b + 1 == n ? INFINITY : sorted[0] + step * (double)(b + 1);
        for (; i < c->n && sorted[i] < end; i++) count++;
        for (int side = 0; side < 2; side++) {
            x[points] = sorted[0] + step * (double)(b + (size_t)side);
            height[points++] = (double)count / ((double)c->n * step);
        }
    }
    return points;
}

static double normal(const vt_mixture_component *p, size_t q, double x)
{
    const double z = (x - p->mean[q]) / p->sd[q];
    return p->fraction * exp(-0.5 * z * z) / (sqrt(2.0 * VT_PI) * p->sd[q]);
}

static void add_series(vt_figure *f, vt_series s, const char *curve, const char *y, const char *label)
{
    snprintf(s.curve, sizeof s.curve, "%s", curve);
    snprintf(s.x, sizeof s.x, "value");
    snprintf(s.label, sizeof s.label, "%s", label);
    if (s.style == VT_BAND) {
        snprintf(s.low, sizeof s.low, "zero");
        snprintf(s.high, sizeof s.high, "%s", y);
    } else
        snprintf(s.y, sizeof s.y, "%s", y);
    f->series[f->nseries++] = s;
}

static vt_status figure(const vti_set_plan *plan, const cloud *c, size_t k, size_t q, const vt_mixture *m,
                        const char *curve[2], vt_error *err)
{
    static const char *const part[VT_MIXTURE_MAX] = {"phase_1", "phase_2", "phase_3", "phase_4", "phase_5"};
    static const char *const label[VT_MIXTURE_MAX] = {"phase 1", "phase 2", "phase 3", "phase 4", "phase 5"};
    const char *words = VTI_SET_NAMES[c->quantity[q]].words;
    vt_figure f = {.x = {.unit = "GPa", .low = NAN, .high = NAN},
                   .y = {.label = "probability density", .unit = "GPa-1", .low = 0.0, .high = NAN}};
    snprintf(f.name, sizeof f.name, "histogram_%s_%zu", q == 0 ? "modulus" : "hardness", k + 1);
    snprintf(f.title, sizeof f.title, "Distribution of the %s%s, %.60s", words, c->flattened ? " about its plane" : "",
             vti_set_specimen_text(plan, k));
    snprintf(f.x.label, sizeof f.x.label, "%s", words);
    add_series(&f, (vt_series){.style = VT_BAND, .color = 2}, curve[0], "density", "indents");
    add_series(&f, (vt_series){.style = VT_LINE, .color = 0}, curve[1], "mixture",
               m->k > 1 ? "mixture" : "one normal phase");
    for (size_t j = 0; m->k > 1 && j < m->k; j++)
        add_series(&f, (vt_series){.style = VT_DASHED, .color = (int)j + 1}, curve[1], part[j], label[j]);
    int used =
        snprintf(f.alt, sizeof f.alt, "Histogram of the %s of %zu indents with %zu normal phase%s by BIC:", words, c->n,
                 m->k, m->k > 1 ? "s" : "");
    for (size_t j = 0; j < m->k && used > 0 && used < 400; j++)
        used +=
            snprintf(f.alt + used, sizeof f.alt - (size_t)used, "%s %.0f %% at %.4g GPa (standard deviation %.2g GPa)",
                     j ? ";" : "", 100.0 * m->component[j].fraction, 1e-9 * m->component[j].mean[q],
                     1e-9 * m->component[j].sd[q]);
    return vt_result_add_figure(plan->result, &f, err);
}

/* Curves and figure of one quantity. */
static vt_status histogram(const vti_set_plan *plan, const cloud *c, size_t k, size_t q, const vt_mixture *m,
                           vt_error *err)
{
    double x[GRID], height[GRID], zero[GRID] = {0.0}, v[GRID], sum[GRID], part[VT_MIXTURE_MAX][GRID];
    char bar[VT_NAME], fit[VT_NAME];
    double *sorted = calloc(c->n, sizeof *sorted);
    if (!sorted) return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", c->n);
    const size_t points = bars(c, q, sorted, x, height, GRID);
    const double low = sorted[0], span = sorted[c->n - 1] - sorted[0];
    free(sorted);
    for (size_t i = 0; i < GRID; i++) {
        v[i] = low + span * (1.1 * (double)i / (GRID - 1) - 0.05);
        sum[i] = 0.0;
        for (size_t j = 0; j < m->k; j++) sum[i] += part[j][i] = normal(&m->component[j], q, v[i]);
    }
    const char *word = q == 0 ? "modulus" : "hardness";
    snprintf(bar, sizeof bar, "histogram_%s_%zu", word, k + 1);
    snprintf(fit, sizeof fit, "mixture_%s_%zu", word, k + 1);
    const vti_column bar_cols[] = {
        {"value", "Pa", x, NULL}, {"density", "Pa-1", height, NULL}, {"zero", "Pa-1", zero, NULL}, {0}};
    vti_column cols[VT_MIXTURE_MAX + 3] = {{"value", "Pa", v, NULL}, {"mixture", "Pa-1", sum, NULL}};
    static const char *const name[VT_MIXTURE_MAX] = {"phase_1", "phase_2", "phase_3", "phase_4", "phase_5"};
    for (size_t j = 0; j < m->k; j++) cols[2 + j] = (vti_column){name[j], "Pa-1", part[j], NULL};
    vt_status st = vti_emit_table(plan->result, bar, "", points, bar_cols, err);
    if (st == VT_OK) st = vti_emit_table(plan->result, fit, "", GRID, cols, err);
    if (st == VT_OK) st = figure(plan, c, k, q, m, (const char *[2]){bar, fit}, err);
    return st;
}

/* ---- phases ---- */
static vt_status phase_table(const vti_set_plan *plan, const cloud *c, size_t k, const vt_mixture *m, vt_error *err)
{
    enum { FRACTION, F_LOW, F_HIGH, E, E_LOW, E_HIGH, E_SD, H, H_LOW, H_HIGH, H_SD, ALL };
    double v[ALL][VT_MIXTURE_MAX];
    char name[VT_NAME], title[128];
    for (size_t j = 0; j < m->k; j++) {
        const vt_mixture_component *p = &m->component[j];
        const double x[ALL] = {p->fraction, p->fraction_low, p->fraction_high, p->mean[0], p->low[0], p->high[0],
                               p->sd[0],    p->mean[1],      p->low[1],        p->high[1], p->sd[1]};
        for (size_t i = 0; i < ALL; i++) v[i][j] = x[i];
    }
    snprintf(name, sizeof name, "phases_%zu", k + 1);
    snprintf(title, sizeof title, "Phases of %.60s%s: %zu of %zu tried", vti_set_specimen_text(plan, k),
             c->flattened ? " about the plane over place" : "", m->k, m->tried);
    const bool elastic = c->quantity[0] == VTI_SET_MODULUS;
    const vti_column cols[] = {
        {"fraction", "1", v[FRACTION], NULL},    {"fraction_low", "1", v[F_LOW], NULL},
        {"fraction_high", "1", v[F_HIGH], NULL}, {elastic ? "elastic_modulus" : "reduced_modulus", "Pa", v[E], NULL},
        {"modulus_low", "Pa", v[E_LOW], NULL},   {"modulus_high", "Pa", v[E_HIGH], NULL},
        {"modulus_sd", "Pa", v[E_SD], NULL},     {"hardness", "Pa", v[H], NULL},
        {"hardness_low", "Pa", v[H_LOW], NULL},  {"hardness_high", "Pa", v[H_HIGH], NULL},
        {"hardness_sd", "Pa", v[H_SD], NULL},    {0}};
    return vti_emit_table(plan->result, name, title, m->k, cols, err);
}

static vt_status models(const vti_set_plan *plan, size_t k, const vt_mixture *m, vt_error *err)
{
    double best = INFINITY, sum = 0.0;
    for (size_t j = 0; j < m->tried; j++)
        if (m->told[j]) best = fmin(best, m->bic[j]);
    for (size_t j = 0; j < m->tried; j++)
        if (m->told[j]) sum += exp(-0.5 * (m->bic[j] - best));
    for (size_t j = 0; j < m->tried; j++) {
        vt_model row = {.aicc = m->bic[j], .weight = exp(-0.5 * (m->bic[j] - best)) / sum, .chi2 = NAN};
        if (!m->told[j]) continue;
        row.parameters = (long)(6 * (j + 1)) - 1;
        snprintf(row.name, sizeof row.name, "%zu normal phase%s (BIC)", j + 1, j ? "s" : "");
        snprintf(row.group, sizeof row.group, "phases of %.50s", vti_set_specimen_text(plan, k));
        const vt_status st = vt_result_add_model(plan->result, &row, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* How many there are, and fraction and means of each if there are several. */
static vt_status add_properties(const vti_set_plan *plan, const cloud *c, size_t k, const vt_mixture *m, vt_error *err)
{
    const char *method =
        c->flattened ? "normal mixture in modulus and hardness about the plane over place, values at the middle of the "
                       "map, number by BIC, parametric bootstrap"
                     : "normal mixture in modulus and hardness, number by BIC, parametric bootstrap";
    const vti_set_scope who = {"specimen", vti_set_specimen_text(plan, k)};
    vt_quantity count = {.value = (double)m->k, .low = NAN, .high = NAN, .dof = INFINITY, .unit = "1"};
    const vti_set_property p = {"phases", "k", "", method, {who}, &count};
    vt_status st = vti_set_add(plan, &p, err);
    for (size_t j = 0; m->k > 1 && j < m->k; j++) {
        const vt_mixture_component *x = &m->component[j];
        const double v[3][4] = {{x->fraction, x->u_fraction, x->fraction_low, x->fraction_high},
                                {x->mean[0], x->u_mean[0], x->low[0], x->high[0]},
                                {x->mean[1], x->u_mean[1], x->low[1], x->high[1]}};
        static const char *const name[3] = {"phase_fraction", "phase_modulus", "phase_hardness"};
        static const char *const symbol[3] = {"f", "E", "H"};
        char number[24];
        snprintf(number, sizeof number, "%zu", j + 1);
        for (size_t i = 0; st == VT_OK && i < 3; i++) {
            vt_quantity q = {v[i][0], v[i][1], v[i][2], v[i][3], plan->set->common->level, INFINITY, .unit = "1"};
            if (i > 0) snprintf(q.unit, sizeof q.unit, "Pa");
            const vti_set_property each = {name[i],
                                           i == 1 && c->quantity[0] == VTI_SET_REDUCED ? "E_r" : symbol[i],
                                           "",
                                           method,
                                           {{"phase", number}, who},
                                           &q};
            st = vti_set_add(plan, &each, err);
        }
    }
    if (st != VT_OK || m->k < 2) return st;
    return vt_result_warn(
        plan->result, err, "W_PHASES",
        "specimen %s: modulus and hardness of %zu indents fall into %zu groups%s (BIC better than one by "
        "%.0f): its mean describes none of them; look at the map and the histogram",
        who.text, c->n, m->k, c->flattened ? " about the plane over place" : "", m->bic[0] - m->bic[m->k - 1]);
}

/* Phases of the values as they are, or, where values depend on place and it describes them better (BIC, two more
 * parameters for each quantity), about the plane through them: a gradient alone looks like several phases. */
static vt_status find_phases(const vti_set_plan *plan, cloud *c, vt_mixture *m, vt_error *err)
{
    const vt_mixture_options opt = {.level = plan->set->common->level, .seed = plan->set->common->seed};
    vt_mixture flat;
    const vt_status st = vt_mixture_fit(c->n, 2, c->x, &opt, m, NULL, err);
    if (st != VT_OK || !vti_plane_off(c->n, c->place, c->x, 0.01, c->flat)) return st;
    if (vt_mixture_fit(c->n, 2, c->flat, &opt, &flat, NULL, NULL) != VT_OK) return st;
    if (!(flat.bic[flat.k - 1] + 4.0 * log((double)c->n) < m->bic[m->k - 1])) return st;
    *m = flat;
    c->flattened = true;
    for (size_t i = 0; i < 2 * c->n; i++) c->x[i] = c->flat[i];
    return st;
}

static vt_status one_specimen(const vti_set_plan *plan, cloud *c, size_t k, vt_error *err)
{
    vt_mixture m;
    vt_error why = {0};
    vt_status st = find_phases(plan, c, &m, &why);
    if (st == VT_EMEMORY) return vt_fail(err, st, "%s", why.msg);
    if (st != VT_OK)
        return vt_result_warn(plan->result, err, "W_PHASES", "specimen %s: phases could not be told: %s",
                              vti_set_specimen_text(plan, k), why.msg);
    VT_TRY(st = models(plan, k, &m, err));
    VT_TRY(st = phase_table(plan, c, k, &m, err));
    VT_TRY(st = add_properties(plan, c, k, &m, err));
    if (m.misfit >= 0.0 && m.misfit <= 0.01)
        VT_TRY(st = vt_result_warn(
                   plan->result, err, "W_PHASES",
                   "specimen %s: %zu normal phase%s do not describe the moduli (Anderson-Darling, p = %.2g): "
                   "tails or a gradient, so fractions are to be read with care",
                   vti_set_specimen_text(plan, k), m.k, m.k > 1 ? "s" : "", m.misfit));
    for (size_t q = 0; k < VTI_SET_DRAWN && q < 2; q++) VT_TRY(st = histogram(plan, c, k, q, &m, err));
done:
    return st;
}

vt_status vti_set_phases(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err)
{
    cloud c = {.x = calloc(plan->n + 1, 6 * sizeof(double))};
    c.place = c.x ? c.x + 2 * (plan->n + 1) : NULL;
    c.flat = c.x ? c.x + 4 * (plan->n + 1) : NULL;
    vt_status st = c.x ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu indents", plan->n);
    for (size_t k = 0; st == VT_OK && k < plan->nspecimens; k++) {
        fill(plan, reading, k, &c);
        if (c.n >= N_MIN) st = one_specimen(plan, &c, k, err);
    }
    free(c.x);
    return st;
}
