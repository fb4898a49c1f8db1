/* What the fit of the relaxation law says: parameters with intervals of their profiles, curves, figures. */
#include "calorimetry_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "tnm_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>

enum { BETWEEN = 4, DENSE = BETWEEN * (VTI_TNM_PROFILE - 1) + 1 };
static const double INSEPARABLE = 0.98; /* correlation: a fifth of the uncertainty is left if the other is known */
static const struct {
    const char *name, *symbol, *unit;
} PARAMETER[VTI_TNM_P] = {[VTI_TNM_T] = {"relaxation_temperature", "T_100", "K"},
                          [VTI_TNM_H] = {"relaxation_activation", "dh/R", "K"},
                          [VTI_TNM_X] = {"nonlinearity", "x", "1"},
                          [VTI_TNM_B] = {"stretching_exponent", "beta", "1"}};

static double u_fit(const vti_tnm_fit *f, size_t j)
{
    return f->factor * sqrt(f->cov[j * VTI_TNM_P + j]);
}

/* How far the scale of temperature moves parameter j, per kelvin. */
static double by_scale(const vti_tnm_fit *f, size_t j)
{
    if (j == VTI_TNM_T) return 1.0;
    return j == VTI_TNM_H ? 2.0 * f->x[VTI_TNM_H] / f->x[VTI_TNM_T] : 0.0;
}

static vt_status parameter(vti_tnm_fit *f, size_t j, vt_error *err)
{
    const vti_calorimetry_params *p = f->job->params;
    const vt_nlfit_interval *I = &f->interval[j];
    const double level = f->job->common.level, x = f->x[j];
    if (!I->low_closed || !I->high_closed) return VT_OK; /* said by W_ILLCOND */
    const double scale = by_scale(f, j) * p->temperature_u, k = vti_coverage_factor(level, INFINITY);
    const vt_budget_item budget[2] = {{.source = "noise of the readings", .type = 'A', .u = u_fit(f, j), .c = 1.0},
                                      {.source = "scale of temperature",
                                       .group = "temperature scale",
                                       .type = 'B',
                                       .u = p->temperature_u,
                                       .c = by_scale(f, j)}};
    const vti_value v = {.name = PARAMETER[j].name,
                         .symbol = PARAMETER[j].symbol,
                         .unit = PARAMETER[j].unit,
                         .method = "least squares on all heatings, interval by profile",
                         .value = x,
                         .u = hypot(u_fit(f, j), scale),
                         .low = x - hypot(x - I->low, k * scale),
                         .high = x + hypot(I->high - x, k * scale),
                         .level = level,
                         .nbudget = scale > 0.0 ? 2 : 1,
                         .budget = budget};
    return vti_emit_value(f->result, &v, err);
}

/* Value with its terms: noise first, then what others share. */
static vt_status emit(const vti_tnm_fit *f, vti_value v, vt_error *err)
{
    v.u = vti_budget_u(v.nbudget, v.budget);
    return vti_emit_covered(f->result, &v, f->job->common.level, err);
}

static vt_budget_item scale_of_temperature(const vti_tnm_fit *f, double c)
{
    const vti_calorimetry_params *p = f->job->params;
    return (vt_budget_item){
        .source = "scale of temperature", .group = "temperature scale", .type = 'B', .u = p->temperature_u, .c = c};
}

/* ln A = ln(100) - h/T: from both at once. A shift of the scale moves T by it and h by 2 h/T times it. */
static vt_status prefactor(vti_tnm_fit *f, vt_error *err)
{
    const vt_tnm law = vti_tnm_law(f->x);
    const double T = f->x[VTI_TNM_T], h = f->x[VTI_TNM_H], g[2] = {h / (T * T), -1.0 / T};
    const double *C = f->cov;
    const double var = g[0] * g[0] * C[0] + g[1] * g[1] * C[VTI_TNM_P + 1] + 2.0 * g[0] * g[1] * C[1];
    const vt_budget_item budget[2] = {
        {.source = "noise of the readings", .type = 'A', .u = f->factor * sqrt(fmax(var, 0.0)), .c = 1.0},
        scale_of_temperature(f, -h / (T * T))};
    const vti_value v = {.name = "relaxation_prefactor",
                         .symbol = "ln A",
                         .unit = "1",
                         .method = "ln(A/s), from relaxation_temperature and relaxation_activation",
                         .value = law.ln_A,
                         .nbudget = 2,
                         .budget = budget};
    if (!f->interval[VTI_TNM_T].low_closed || !f->interval[VTI_TNM_H].high_closed || !f->interval[VTI_TNM_H].low_closed)
        return VT_OK;
    return emit(f, v, err);
}

/* Noise of the step at T_100, law held: by the triangle of the lines, whose residuals are over their noise. */
static double u_step(const vti_tnm_fit *f)
{
    double z[VTI_TNM_LINEAR] = {0}, sum = 0.0;
    const size_t m = vti_tnm_linear(f);
    for (size_t j = 0; j < m; j++) {
        z[j] = j == 2 ? 1.0 : j == 3 ? (f->x[VTI_TNM_T] - f->T_ref) / 100.0 : 0.0;
        for (size_t k = 0; k < j; k++) z[j] -= f->triangle[k][j] * z[k];
        z[j] /= f->triangle[j][j];
        sum += z[j] * z[j];
    }
    return f->factor * sqrt(sum * f->sum.chi2 / (double)f->sum.nu);
}

static vt_status step(vti_tnm_fit *f, vt_error *err)
{
    const vti_calorimetry_params *p = f->job->params;
    const double at = f->linear[2] + f->linear[3] * (f->x[VTI_TNM_T] - f->T_ref) / 100.0;
    const vt_budget_item budget[3] = {
        {.source = "noise of the readings", .type = 'A', .u = u_step(f), .c = 1.0},
        {.source = "gain of the calorimeter", .group = "calorimeter gain", .type = 'B', .u = p->gain_u, .c = at},
        {.source = "mass", .group = "mass of the piece", .type = 'B', .u = p->mass_u, .c = at}};
    const vti_value v = {.name = "heat_capacity_step",
                         .symbol = "dc_p",
                         .unit = "J kg-1 K-1",
                         .method = "of the fit, at relaxation_temperature",
                         .value = at,
                         .nbudget = 3,
                         .budget = budget};
    return emit(f, v, err);
}

/* What belongs to the lines and to each heating. */
static vt_status others(vti_tnm_fit *f, vt_error *err)
{
    vt_status st = step(f, err);
    for (size_t k = 0; k < f->scans && st == VT_OK; k++) {
        char text[VT_NAME];
        snprintf(text, sizeof text, "%.4g K/min", 60.0 * f->scan[k].cooling);
        /* Tf' moves with T_100: a shift of the scale of the law moves it by as much. */
        const vt_budget_item budget[2] = {
            {.source = "noise of the readings", .type = 'A', .u = u_fit(f, VTI_TNM_T), .c = 1.0},
            scale_of_temperature(f, 1.0)};
        const vti_value v = {.name = "fictive_temperature",
                             .symbol = "T_f",
                             .unit = "K",
                             .method = "of the fitted law, after the cooling",
                             .value = f->Tf_scan[k],
                             .scope_key = "cooling",
                             .scope_text = text,
                             .nbudget = 2,
                             .budget = budget};
        st = emit(f, v, err);
    }
    return st;
}

static vt_status warn(vti_tnm_fit *f, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < VTI_TNM_P; i++)
        for (size_t j = i + 1; j < VTI_TNM_P && st == VT_OK; j++) {
            const double r = f->cov[i * VTI_TNM_P + j] / sqrt(f->cov[i * VTI_TNM_P + i] * f->cov[j * VTI_TNM_P + j]);
            if (!(fabs(r) > INSEPARABLE)) continue;
            st = vt_result_warn(f->result, err, "W_ILLCOND",
                                "%s and %s go together (correlation %.3f, limit %.2f): these heatings do not tell them "
                                "apart; cool at rates that differ more",
                                PARAMETER[i].name, PARAMETER[j].name, r, INSEPARABLE);
        }
    if (st == VT_OK && f->sum.ill)
        st = vt_result_warn(f->result, err, "W_ILLCOND", "condition number %.2g of the scaled normal matrix, limit 1e7",
                            f->sum.condition);
    for (size_t j = 0; j < VTI_TNM_P && st == VT_OK; j++) {
        const vt_nlfit_interval *I = &f->interval[j];
        if (I->low_closed && I->high_closed) continue;
        st = vt_result_warn(f->result, err, "W_ILLCOND",
                            "%s is not bounded %s by these heatings and is left out (best fit %.4g)", PARAMETER[j].name,
                            I->low_closed ? "from above" : "from below", f->x[j]);
    }
    if (st == VT_OK && f->factor > 1.5)
        st =
            vt_result_warn(f->result, err, "W_CORRELATED",
                           "residuals go together: uncertainties are %.2g times those of white noise; the law does not "
                           "fit, or the base line bends",
                           f->factor);
    return st;
}

static vt_status fit_figure(vti_tnm_fit *f, vt_error *err)
{
    vt_figure fig = {.name = "relaxation_fit",
                     .title = "Heat capacity after cooling at several rates, and the fitted law",
                     .x = {.label = "temperature",
                           .unit = "degC",
                           .low = fmax(f->scan[0].begin, 0.87 * f->x[VTI_TNM_T]),
                           .high = fmin(f->start, 1.1 * f->x[VTI_TNM_T])},
                     .y = {.label = "heat capacity", .unit = "J/(g K)", .low = NAN, .high = NAN}};
    vt_status st = VT_OK;
    for (size_t k = 0; k < f->scans && st == VT_OK; k++) {
        const vti_tnm_scan *s = &f->scan[k];
        char name[VT_NAME], label[VT_NAME];
        snprintf(name, sizeof name, "heating_%zu", k + 1);
        snprintf(label, sizeof label, "%.3g K/min", 60.0 * s->cooling);
        const vti_column columns[] = {{"temperature", "K", f->T + s->first, NULL},
                                      {"heat_capacity", "J kg-1 K-1", f->c + s->first, NULL},
                                      {"model", "J kg-1 K-1", f->model + s->first, NULL},
                                      {0}};
        st = vti_emit_table(f->result, name, "", s->n, columns, err);
        vti_emit_series(&fig, name, "temperature", "heat_capacity", VT_POINTS, (int)k, label);
        vti_emit_series(&fig, name, "temperature", "model", VT_LINE, (int)k, "");
    }
    snprintf(fig.alt, sizeof fig.alt,
             "Heat capacity against temperature of %zu heatings (points) and the fitted law (lines): dh/R = %.4g kK, x "
             "= %.3g, beta = %.3g, relaxation time 100 s at %.2f degC; scatter %.2g of the noise.",
             f->scans, 1e-3 * f->x[VTI_TNM_H], f->x[VTI_TNM_X], f->x[VTI_TNM_B], f->x[VTI_TNM_T] - 273.15,
             sqrt(f->sum.chi2 / (double)f->sum.nu));
    return st == VT_OK ? vt_result_add_figure(f->result, &fig, err) : st;
}

/* Between the points the root of the rise is straight. */
static void dense(const vti_tnm_fit *f, size_t j, double *value, double *away, double *rise)
{
    for (size_t k = 0; k < DENSE; k++) {
        const size_t a = k == DENSE - 1 ? VTI_TNM_PROFILE - 2 : k / BETWEEN, b = a + 1;
        const double part = ((double)k - (double)(a * BETWEEN)) / BETWEEN;
        const double root[2] = {(a < VTI_TNM_PROFILE / 2 ? -1.0 : 1.0) * sqrt(fmax(f->profile[j][a], 0.0)),
                                (b <= VTI_TNM_PROFILE / 2 ? -1.0 : 1.0) * sqrt(fmax(f->profile[j][b], 0.0))};
        value[k] = f->profile_at[j][a] + part * (f->profile_at[j][b] - f->profile_at[j][a]);
        away[k] = (value[k] - f->x[j]) / u_fit(f, j);
        rise[k] = pow(root[0] + part * (root[1] - root[0]), 2.0);
        if (isnan(f->profile[j][a]) || isnan(f->profile[j][b])) rise[k] = (double)NAN;
    }
}

static vt_status profile_figure(vti_tnm_fit *f, vt_error *err)
{
    const double limit = pow(vti_coverage_factor(f->job->common.level, INFINITY), 2.0), from = 0.0;
    vt_figure fig = {
        .name = "relaxation_profiles",
        .title = "Profiles of the parameters of the law",
        .x = {.label = "distance from the best, over its uncertainty", .unit = "1", .low = -3.5, .high = 3.5},
        .y = {.label = "rise of chi squared", .unit = "1", .low = 0.0, .high = 12.0}};
    vt_status st = VT_OK;
    for (size_t j = 0; j < VTI_TNM_P && st == VT_OK; j++) {
        double value[DENSE], away[DENSE], high[DENSE];
        char name[VT_NAME];
        snprintf(name, sizeof name, "profile_%.40s", PARAMETER[j].name);
        dense(f, j, value, away, high);
        const vti_column columns[] = {
            {"value", PARAMETER[j].unit, value, NULL}, {"distance", "1", away, NULL}, {"rise", "1", high, NULL}, {0}};
        st = vti_emit_table(f->result, name, "", DENSE, columns, err);
        vti_emit_series(&fig, name, "distance", "rise", VT_LINE, (int)j, PARAMETER[j].symbol);
    }
    const vti_column rule[] = {{"distance", "1", &from, NULL}, {"rise", "1", &limit, NULL}, {0}};
    if (st == VT_OK) st = vti_emit_table(f->result, "profile_limit", "", 1, rule, err);
    vti_emit_series(&fig, "profile_limit", "", "rise", VT_RULE_Y, VTI_TNM_P, "limit of the interval");
    snprintf(fig.alt, sizeof fig.alt,
             "Rise of chi squared when one parameter is held and the others are free, against its distance from the "
             "best fit in standard uncertainties; a parabola through 1 at 1 would be a linear fit. The interval ends "
             "at %.3g.",
             limit);
    return st == VT_OK ? vt_result_add_figure(f->result, &fig, err) : st;
}

vt_status vti_tnm_report(vti_tnm_fit *f, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t j = 0; j < VTI_TNM_P && st == VT_OK; j++) st = parameter(f, j, err);
    if (st == VT_OK) st = prefactor(f, err);
    if (st == VT_OK) st = others(f, err);
    if (st == VT_OK) st = warn(f, err);
    if (st == VT_OK) st = fit_figure(f, err);
    return st == VT_OK ? profile_figure(f, err) : st;
}
