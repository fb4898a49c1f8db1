/* Properties of each condition: viscosity in both readings, interface mobility, critical and minimum diameter. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "molding.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/molding_law.h>

enum { LINES = 5 };

/* A positive quantity known by its logarithm. */
struct factor {
    double ln, u;      /* random part */
    double systematic; /* stated common errors, root sum of squares, relative */
    size_t n;
    vt_budget_item budget[LINES];
};

static void line(struct factor *f, double value, const char *source, const char *group, char type, double u, double c)
{
    if (!(u > 0.0) || f->n == LINES) return;
    vt_budget_item *b = &f->budget[f->n++];
    *b = (vt_budget_item){.type = type, .u = u, .c = c * value};
    snprintf(b->source, sizeof b->source, "%s", source);
    snprintf(b->group, sizeof b->group, "%s", group);
}

/* Without imprint lengths L0 may be anything from 0 to imprint * d (ledger A13), and the value is given for L0 = 0: the
 * root mean square of L0^2/L^2 at L = sqrt(a) d. That of x^2 for x uniform in [0, 1] is sqrt(1/5). */
static double imprint_spread(const vti_mold_run *run, const vti_condition *c)
{
    const double x = run->par->imprint;
    return c->imprint_given || !isfinite(c->best.ln_a) ? 0.0 : sqrt(0.2) * x * x / exp(c->best.ln_a);
}

static struct factor viscosity(const vti_mold_run *run, const vti_condition *c)
{
    struct factor f = {.ln = c->ln_eta, .u = c->u_ln_eta, .systematic = run->par->pressure_u};
    const double value = exp(f.ln);
    line(&f, value, "wires and pores", "", 'A', f.u, 1.0);
    line(&f, value, "pressure gauge", "pressure gauge", 'B', run->par->pressure_u, 1.0);
    line(&f, value, "imprint not measured", "imprint", 'B', imprint_spread(run, c), 1.0);
    return f;
}

static struct factor mobility(const vti_mold_run *run, const vti_condition *c)
{
    const double u_T = run->par->temperature_u / c->T, gauge = run->par->pressure_u, volume = run->known.u_Omega;
    struct factor f = {.ln = c->ln_mobility, .u = c->u_ln_mobility, .systematic = hypot(hypot(gauge, volume), u_T)};
    const double value = exp(f.ln);
    line(&f, value, "wires and pores", "", 'A', f.u, 1.0);
    line(&f, value, "pressure gauge", "pressure gauge", 'B', gauge, -1.0);
    line(&f, value, "atomic volume", "atomic_volume", 'B', volume, -1.0);
    line(&f, value, "thermometer", "thermometer", 'B', u_T, 1.0);
    /* at half the crossing, where diffusion dominates: L0^2/L^2 is an eighth of its viscous value */
    line(&f, value, "imprint not measured", "imprint", 'B', imprint_spread(run, c) / 8.0, 1.0);
    return f;
}

struct words {
    const char *name, *symbol, *unit, *reading;
    double scale;
};

static vt_status emit(vti_mold_run *run, const vti_condition *c, const struct factor *f, const struct words *w,
                      vt_error *err)
{
    const double value = w->scale * exp(f->ln), wide = hypot(c->quantile * f->u, run->z * f->systematic);
    char method[VT_METHOD_TEXT];
    vt_budget_item budget[LINES];
    for (size_t i = 0; i < f->n; i++) {
        budget[i] = f->budget[i];
        budget[i].c *= w->scale;
    }
    snprintf(method, sizeof method, "%s model, ln L against d; interval of wires, pores and stated gauge errors",
             VTI_LENGTH_MODEL_NAME[c->best.model]);
    return vti_emit_value(run->result,
                          &(vti_value){.name = w->name,
                                       .symbol = w->symbol,
                                       .unit = w->unit,
                                       .reading = w->reading,
                                       .method = method,
                                       .value = value,
                                       .u = w->scale * vti_budget_u(f->n, f->budget),
                                       .low = value * exp(-wide),
                                       .high = value * exp(wide),
                                       .level = run->job->common.level,
                                       .dof = c->relative ? (double)c->n - 2.0 : c->dof,
                                       .T = c->T,
                                       .pressure = c->same_T ? c->p : 0.0,
                                       .time = c->same_T ? c->t : 0.0,
                                       .nbudget = f->n,
                                       .budget = budget},
                          err);
}

static vt_status emit_viscosity(vti_mold_run *run, const vti_condition *c, vt_error *err)
{
    const struct factor f = viscosity(run, c);
    const int which = run->par->prefactor;
    vt_status st = VT_OK;
    if (which != VTI_READING_16) st = emit(run, c, &f, &(struct words){"viscosity", "eta", "Pa s", "paper", 1.0}, err);
    if (st == VT_OK && which != VTI_READING_32)
        st = emit(run, c, &f, &(struct words){"viscosity", "eta", "Pa s", "physics", 2.0}, err);
    return st;
}

static vt_status emit_diameters(vti_mold_run *run, const vti_condition *c, vt_error *err)
{
    struct factor f = {0};
    f.ln = vti_ln_crossing(&c->best, &f.u);
    f.u *= sqrt(c->scale);
    line(&f, exp(f.ln), "wires and pores", "", 'A', f.u, 1.0);
    /* pressure and time cancel; the imprint lowers a and hardly b */
    line(&f, exp(f.ln), "imprint not measured", "imprint", 'B', imprint_spread(run, c) / 3.0, 1.0);
    vt_status st = emit(run, c, &f, &(struct words){"critical_diameter", "d_c", "m", "", 1.0}, err);
    if (st != VT_OK) return st;
    const double shortest = c->best.model == VTI_FASTEST ? 1.0 : VT_MOLDING_MINIMUM;
    return emit(run, c, &f, &(struct words){"minimum_diameter", "d_min", "m", "", shortest}, err);
}

static vt_status emit_mobility(vti_mold_run *run, const vti_condition *c, vt_error *err)
{
    struct factor f = mobility(run, c);
    vt_status st = emit(run, c, &f, &(struct words){"interface_mobility", "delta D_I", "m3 s-1", "", 1.0}, err);
    if (st != VT_OK) return st;
    const double u_delta = run->known.u_delta;
    f.systematic = hypot(f.systematic, u_delta);
    line(&f, exp(f.ln), "interface thickness, assumed", "interface thickness", 'B', u_delta, -1.0);
    return emit(run, c, &f, &(struct words){"interface_diffusivity", "D_I", "m2 s-1", "", 1.0 / run->known.delta}, err);
}

/* Lengths on one side of the crossing: a bound with the confidence of the level. */
static vt_status emit_bound(vti_mold_run *run, size_t k, vt_error *err)
{
    const vti_condition *c = &run->c[k];
    const bool viscous = c->side == VTI_VISCOUS_SIDE;
    const vti_lengths data = vti_mold_lengths(run, k);
    const double level = run->job->common.level, drop = pow(gsl_cdf_ugaussian_Pinv(level), 2.0) * c->scale;
    double limit, other;
    char label[96];
    vt_status st = vti_length_limit(&data, viscous ? VTI_DIFFUSION : VTI_VISCOUS, drop, &limit, &other, err);
    if (st != VT_OK) return st;
    const double d_c = exp((viscous ? limit - other : other - limit) / 3.0);
    st =
        vti_emit_value(run->result,
                       &(vti_value){.name = viscous ? "critical_diameter_upper_bound" : "critical_diameter_lower_bound",
                                    .symbol = "d_c",
                                    .unit = "m",
                                    .method = "one-sided profile-likelihood limit of the mechanism not seen",
                                    .value = d_c,
                                    .T = c->T,
                                    .pressure = c->same_T ? c->p : 0.0,
                                    .time = c->same_T ? c->t : 0.0},
                       err);
    if (st != VT_OK) return st;
    return vt_result_warn(
        run->result, err, "W_ONE_BRANCH",
        "%s: all diameters lie on the %s side of the crossing; d_c is %s %.3g nm (%.3g confidence) and "
        "the %s is not given",
        vti_mold_label(c, label, sizeof label), viscous ? "viscous" : "diffusion", viscous ? "at most" : "at least",
        1e9 * d_c, level, viscous ? "interface mobility" : "viscosity");
}

static vt_status add_models(vti_mold_run *run, const vti_condition *c, vt_error *err)
{
    char label[96];
    vti_mold_label(c, label, sizeof label);
    for (int m = 0; m < VTI_LENGTH_MODELS; m++) {
        if (!isfinite(c->aicc[m])) continue;
        vt_model row = {
            .aicc = c->aicc[m], .weight = c->weight[m], .chi2 = c->fit[m].chi2, .parameters = (long)c->fit[m].k};
        snprintf(row.name, sizeof row.name, "%s", VTI_LENGTH_MODEL_NAME[m]);
        if (c->same_T)
            snprintf(row.group, sizeof row.group, "T = %.6g K, %.4g GPa, %.6g s", c->T, 1e-9 * c->p, c->t);
        else
            snprintf(row.group, sizeof row.group, "T = %.6g K", c->T);
        const vt_status st = vt_result_add_model(run->result, &row, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* Additive against fastest over all conditions together. */
static vt_status add_joint_models(vti_mold_run *run, vt_error *err)
{
    double sum[2] = {0.0, 0.0}, chi2[2] = {0.0, 0.0};
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        if (!isfinite(c->aicc[VTI_ADDITIVE]) || !isfinite(c->aicc[VTI_FASTEST])) continue;
        for (int m = 0; m < 2; m++) sum[m] += c->aicc[m], chi2[m] += c->fit[m].chi2;
    }
    const double ratio = exp(-0.5 * fabs(sum[1] - sum[0]));
    for (int m = 0; m < 2; m++) {
        vt_model row = {.aicc = sum[m],
                        .chi2 = chi2[m],
                        .parameters = 2 * (long)run->nc,
                        .weight = (sum[m] <= sum[1 - m] ? 1.0 : ratio) / (1.0 + ratio)};
        snprintf(row.name, sizeof row.name, "%s", VTI_LENGTH_MODEL_NAME[m]);
        snprintf(row.group, sizeof row.group, "all conditions");
        const vt_status st = vt_result_add_model(run->result, &row, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_mold_report_conditions(vti_mold_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t k = 0; st == VT_OK && k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        if (isfinite(c->ln_eta)) st = emit_viscosity(run, c, err);
        if (st == VT_OK && isfinite(c->ln_mobility)) st = emit_mobility(run, c, err);
        if (st == VT_OK) st = c->side == VTI_BOTH_SIDES ? emit_diameters(run, c, err) : emit_bound(run, k, err);
        if (st == VT_OK) st = add_models(run, c, err);
    }
    return st == VT_OK && run->nc > 1 ? add_joint_models(run, err) : st;
}
