/* Properties, model comparison, warnings and the table of fits. */
#include "experiment/emit_internal.h"
#include "viscosity_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { P = VTI_VISCOSITY_P };

/* What stands for the three parameters in each law. */
static const struct {
    const char *name, *symbol, *unit;
} FITTED[VTI_VISCOSITY_LAWS][P] = {{{"log10_viscosity_infinite", "log10 eta_inf", "1"},
                                    {"isoviscous_temperature", "T12", "K"},
                                    {"fragility", "m", "1"}},
                                   {{"myega_log10_viscosity_infinite", "log10 eta_inf", "1"},
                                    {"myega_isoviscous_temperature", "T12", "K"},
                                    {"myega_fragility", "m", "1"}}};
static const char *const METHOD[VTI_VISCOSITY_LAWS] = {"VFT, least squares in log10(eta), profile interval",
                                                       "MYEGA, least squares in log10(eta), profile interval"};

static const char *shown(const vti_viscosity_series *s)
{
    return s->name[0] ? s->name : "all points";
}

/* One property of a series, with the scatter of its points as the only source of uncertainty. */
static vt_status value(vti_viscosity_run *run, const vti_viscosity_series *s, vti_value v, vt_error *err)
{
    const vt_budget_item scatter = {
        .source = "uncertainty of the points", .type = s->has_u ? 'B' : 'A', .u = v.u, .c = 1.0};
    v.scope_key = s->name[0] ? "series" : NULL;
    v.scope_text = s->name;
    v.nbudget = 1;
    v.budget = &scatter;
    if (!s->has_u) v.dof = (double)(s->n - P);
    return vti_emit_value(run->result, &v, err);
}

/* Decades between the points and the glass viscosity; negative: inside. */
static double beyond(const vti_viscosity_run *run, const vti_viscosity_series *s)
{
    return fmax(run->L - s->y_high, s->y_low - run->L);
}

/* The constants whose intervals are closed; the others are named together in open. */
static vt_status fitted_values(vti_viscosity_run *run, const vti_viscosity_series *s, vti_viscosity_law law, char *open,
                               size_t size, vt_error *err)
{
    const vti_viscosity_fit *f = &s->fit[law];
    for (int j = 0; j < P; j++) {
        const vt_nlfit_interval *i = &f->interval[j];
        if (j != VTI_A && beyond(run, s) > run->par->max_extrapolation) continue;
        if (!i->low_closed || !i->high_closed) {
            const size_t used = strlen(open);
            snprintf(open + used, size - used, "%s%s", used ? ", " : "", FITTED[law][j].name);
            continue;
        }
        const vt_status st = value(run, s,
                                   (vti_value){.name = FITTED[law][j].name,
                                               .symbol = FITTED[law][j].symbol,
                                               .unit = FITTED[law][j].unit,
                                               .method = METHOD[law],
                                               .value = f->x[j],
                                               .u = sqrt(f->cov[j * P + j]),
                                               .low = i->low,
                                               .high = i->high,
                                               .level = run->level},
                                   err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status both_laws(vti_viscosity_run *run, const vti_viscosity_series *s, vt_error *err)
{
    char open[256] = "";
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        const vt_status st = fitted_values(run, s, (vti_viscosity_law)law, open, sizeof open, err);
        if (st != VT_OK) return st;
    }
    if (!open[0]) return VT_OK;
    return vti_viscosity_warn(
        run, VTI_NOT_IDENTIFIED, err,
        "series '%s': not determined, since their intervals are open: %s; measure closer to %.3g Pa "
        "s, over a wider range of temperatures",
        shown(s), open, run->par->glass_viscosity);
}

/* sqrt(g' cov g) */
static double spread(const vti_viscosity_fit *f, const double g[P])
{
    double v = 0.0;
    for (int i = 0; i < P; i++)
        for (int j = 0; j < P; j++) v += g[i] * f->cov[i * P + j] * g[j];
    return sqrt(v);
}

/* The same fit in VFT's own constants, T0 = Tg (1 - C/m) and B = ln(10) C^2 Tg/m with C = L - A, with gradients. */
static void own_constants(const vti_viscosity_fit *f, double L, double x[2], double g[2][P])
{
    const double C = L - f->x[VTI_A], Tg = f->x[VTI_TG], m = f->x[VTI_M];
    x[0] = Tg * (1.0 - C / m);
    g[0][VTI_A] = Tg / m;
    g[0][VTI_TG] = 1.0 - C / m;
    g[0][VTI_M] = Tg * C / (m * m);
    x[1] = log(10.0) * C * C * Tg / m;
    g[1][VTI_A] = -2.0 * x[1] / C;
    g[1][VTI_TG] = x[1] / Tg;
    g[1][VTI_M] = -x[1] / m;
}

static vt_status vft_values(vti_viscosity_run *run, const vti_viscosity_series *s, vt_error *err)
{
    static const char *const NAME[2] = {"vft_T0", "vft_B"}, *const SYMBOL[2] = {"T0", "B"};
    const vti_viscosity_fit *f = &s->fit[VTI_VFT];
    double x[2], g[2][P], k;
    own_constants(f, run->L, x, g);
    if (!(x[0] > 0.0))
        return vti_viscosity_warn(run, VTI_NO_CURVATURE, err,
                                  "series '%s': log10(eta) against 1/T is straight or bends downwards, so a VFT "
                                  "temperature is not given (the fit has T0 = %.0f K)",
                                  shown(s), x[0]);
    vt_status st = vt_nlfit_coverage(&f->sum, run->level, &k, err);
    for (int i = 0; i < 2 && st == VT_OK; i++) {
        const double u = spread(f, g[i]);
        st = value(run, s,
                   (vti_value){.name = NAME[i],
                               .symbol = SYMBOL[i],
                               .unit = "K",
                               .method = "VFT, from the fitted constants, first order",
                               .value = x[i],
                               .u = u,
                               .low = x[i] - k * u,
                               .high = x[i] + k * u,
                               .level = run->level},
                   err);
    }
    return st;
}

static vt_status models(vti_viscosity_run *run, const vti_viscosity_series *s, vt_error *err)
{
    static const char *const NAMES[VTI_VISCOSITY_LAWS] = {"VFT", "MYEGA"};
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        vt_model m = {.aicc = s->fit[law].aicc, .weight = s->fit[law].weight, .parameters = P};
        m.chi2 = s->has_u ? s->fit[law].sum.chi2 : (double)NAN;
        snprintf(m.name, sizeof m.name, "%s", NAMES[law]);
        snprintf(m.group, sizeof m.group, "%s", shown(s));
        const vt_status st = vt_result_add_model(run->result, &m, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status cautions(vti_viscosity_run *run, const vti_viscosity_series *s, vt_error *err)
{
    const vti_viscosity_fit *v = &s->fit[VTI_VFT], *g = &s->fit[VTI_MYEGA];
    const double far = beyond(run, s), apart = fabs(v->x[VTI_TG] - g->x[VTI_TG]);
    const double u = hypot(sqrt(v->cov[VTI_TG * P + VTI_TG]), sqrt(g->cov[VTI_TG * P + VTI_TG]));
    const bool too_far = far > run->par->max_extrapolation;
    vt_status st = VT_OK;
    if (far > 1.0)
        st = vti_viscosity_warn(run, VTI_EXTRAPOLATED, err,
                                "series '%s': the points end %.1f decades from %.3g Pa s, so T12 and fragility are %s",
                                shown(s), far, run->par->glass_viscosity,
                                too_far ? "not given (max_extrapolation)" : "extrapolated by the law");
    if (st == VT_OK && apart > 2.0 * u && !too_far)
        st = vti_viscosity_warn(
            run, VTI_MODEL_DEPENDENT, err,
            "series '%s': VFT and MYEGA give T12 %.1f K apart, more than their uncertainties; the choice "
            "of the law matters more than the points",
            shown(s), apart);
    if (st == VT_OK && s->has_u && v->sum.p_value >= 0.0 && v->sum.p_value < 0.001)
        st = vti_viscosity_warn(run, VTI_SCATTER, err,
                                "series '%s': the points scatter more than their uncertainties say (p = %.1g); the "
                                "intervals are too narrow",
                                shown(s), v->sum.p_value);
    return st;
}

enum { N, LOW, HIGH, T12, T12_LOW, T12_HIGH, M, M_LOW, M_HIGH, T12_G, M_G, SCATTER, WEIGHT, COLUMNS };

static vt_status fill_table(vti_viscosity_run *run, size_t rows, const char **name, double *x, vt_error *err)
{
    size_t i = 0;
    for (size_t k = 0; k < run->nseries; k++) {
        const vti_viscosity_series *s = &run->series[k];
        if (!s->fitted) continue;
        const vti_viscosity_fit *v = &s->fit[VTI_VFT], *g = &s->fit[VTI_MYEGA];
        const vt_nlfit_interval *t = &v->interval[VTI_TG], *m = &v->interval[VTI_M];
        const double row[COLUMNS] = {[N] = (double)s->n,
                                     [LOW] = s->T_low,
                                     [HIGH] = s->T_high,
                                     [T12] = v->x[VTI_TG],
                                     [T12_LOW] = t->low_closed ? t->low : (double)NAN,
                                     [T12_HIGH] = t->high_closed ? t->high : (double)NAN,
                                     [M] = v->x[VTI_M],
                                     [M_LOW] = m->low_closed ? m->low : (double)NAN,
                                     [M_HIGH] = m->high_closed ? m->high : (double)NAN,
                                     [T12_G] = g->x[VTI_TG],
                                     [M_G] = g->x[VTI_M],
                                     [SCATTER] = v->scatter,
                                     [WEIGHT] = v->weight};
        for (size_t c = 0; c < COLUMNS; c++) x[c * rows + i] = row[c];
        name[i++] = shown(s);
    }
    return vti_emit_table(run->result, "fits", "Fits by series", rows,
                          (const vti_column[]){{"series", NULL, NULL, name},
                                               {"points", "1", x + N * rows, NULL},
                                               {"lowest_temperature", "K", x + LOW * rows, NULL},
                                               {"highest_temperature", "K", x + HIGH * rows, NULL},
                                               {"isoviscous_temperature", "K", x + T12 * rows, NULL},
                                               {"isoviscous_temperature_low", "K", x + T12_LOW * rows, NULL},
                                               {"isoviscous_temperature_high", "K", x + T12_HIGH * rows, NULL},
                                               {"fragility", "1", x + M * rows, NULL},
                                               {"fragility_low", "1", x + M_LOW * rows, NULL},
                                               {"fragility_high", "1", x + M_HIGH * rows, NULL},
                                               {"myega_isoviscous_temperature", "K", x + T12_G * rows, NULL},
                                               {"myega_fragility", "1", x + M_G * rows, NULL},
                                               {"scatter_of_log10_viscosity", "1", x + SCATTER * rows, NULL},
                                               {"vft_weight", "1", x + WEIGHT * rows, NULL},
                                               {0}},
                          err);
}

static vt_status table_of_fits(vti_viscosity_run *run, vt_error *err)
{
    size_t rows = 0;
    for (size_t k = 0; k < run->nseries; k++) rows += run->series[k].fitted;
    const char **name = malloc(rows * sizeof *name);
    double *x = malloc(COLUMNS * rows * sizeof *x);
    const vt_status st = name && x ? fill_table(run, rows, name, x, err)
                                   : vt_fail(err, VT_EMEMORY, "no memory for a table of %zu fits", rows);
    free(name);
    free(x);
    return st;
}

vt_status vti_viscosity_report(vti_viscosity_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    if (run->left_out > 0)
        VT_TRY(st = vt_result_warn(run->result, err, "W_INPUT", "%zu rows have no viscosity and are left out",
                                   run->left_out));
    for (size_t k = 0; k < run->nseries; k++) {
        const vti_viscosity_series *s = &run->series[k];
        if (!s->fitted) continue;
        VT_TRY(st = both_laws(run, s, err));
        VT_TRY(st = vft_values(run, s, err));
        VT_TRY(st = models(run, s, err));
        VT_TRY(st = cautions(run, s, err));
    }
    VT_TRY(st = vti_viscosity_warn_rest(run, err));
    st = table_of_fits(run, err);
done:
    return st;
}
