/* Properties: the nine constants and what follows from them. */
#include "experiment/emit_internal.h"
#include "transport.h"
#include <vitrum/constants.h>
#include <vitrum/relaxation.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P };

/* A constant as property: logarithms come out as plain values, eV as J. */
static const struct {
    const char *name, *symbol, *unit;
    bool logarithm;
    double scale;
} CONSTANT[P] = {
    {"vft_viscosity_at_reference", "eta_g", "Pa s", true, 1.0},
    {"vft_strength", "D*", "1", false, 1.0},
    {"vft_T0", "T0", "K", false, 1.0},
    {"glass_activation_energy", "Q_g", "J", false, VT_ELECTRONVOLT},
    {"kink_temperature", "T_k", "K", false, 1.0},
    {"interface_mobility_at_reference", "delta D_I", "m3 s-1", true, 1.0},
    {"interface_thickness", "delta", "m", true, 1.0},
    {"atomic_radius", "R", "m", true, 1.0},
    {"interface_activation_energy", "Q_I", "J", false, VT_ELECTRONVOLT},
};

static double outward(size_t j, double x)
{
    return CONSTANT[j].logarithm ? exp(x) : CONSTANT[j].scale * x;
}

static double scratch_quantile(const vti_transport_run *run, const double *x, size_t stride, double p)
{
    double *scratch = malloc((run->nrep + 1) * sizeof *scratch);
    const double q = scratch ? vti_quantile(x, run->nrep, stride, p, scratch) : NAN;
    free(scratch);
    return q;
}

/* Profile-likelihood interval; percentiles of the refits on a side that the profile leaves open. */
static void interval(vti_transport_run *run, size_t j, double *low, double *high)
{
    const vt_nlfit_problem problem = {.n = run->problem.n,
                                      .p = P,
                                      .residual = vti_transport_residual,
                                      .jacobian = vti_transport_jacobian,
                                      .ctx = &run->problem,
                                      .fixed = run->fit.fixed};
    const vt_nlfit_options options = {.weights = VT_NLFIT_ABSOLUTE};
    const vt_nlfit_profile_request what = {.index = j, .level = run->level};
    vt_nlfit_interval out = {0};
    const bool ok = vt_nlfit_profile(run->ws, &problem, &options, run->fit.x, &what, &out, NULL) == VT_OK;
    const double tail = 0.5 * (1.0 - run->level);
    *low = ok && out.low_closed ? out.low : scratch_quantile(run, run->draws + j, P, tail);
    *high = ok && out.high_closed ? out.high : scratch_quantile(run, run->draws + j, P, 1.0 - tail);
}

static vt_status emit_constant(vti_transport_run *run, size_t j, const char *reading, double factor, vt_error *err)
{
    double low, high;
    const double x = run->fit.x[j], u = sqrt(run->fit.cov[j * P + j]), y = factor * outward(j, x);
    interval(run, j, &low, &high);
    return vti_emit_value(run->result,
                          &(vti_value){.name = CONSTANT[j].name,
                                       .symbol = CONSTANT[j].symbol,
                                       .unit = CONSTANT[j].unit,
                                       .reading = reading,
                                       .method = "joint fit; profile-likelihood interval",
                                       .value = y,
                                       .u = CONSTANT[j].logarithm ? y * u : factor * CONSTANT[j].scale * u,
                                       .low = factor * outward(j, low),
                                       .high = factor * outward(j, high),
                                       .level = run->level},
                          err);
}

static vt_status constants(vti_transport_run *run, vt_error *err)
{
    for (size_t j = 0; j < P; j++) {
        if (run->fit.fixed[j]) continue;
        vt_status st;
        if (j == VTI_LN_ETA) {
            const double c = run->problem.setup.prefactor;
            st = emit_constant(run, j, "paper", c / 32.0, err);
            if (st == VT_OK) st = emit_constant(run, j, "physics", c / 16.0, err);
        } else
            st = emit_constant(run, j, "", 1.0, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* ---- what follows from the constants ---- */
typedef vt_status derived_function(const vti_transport_setup *s, const double *x, double *y, double *g, double *d_ratio,
                                   vt_error *err);

static vt_status eta0(const vti_transport_setup *s, const double *x, double *y, double *g, double *d_ratio,
                      vt_error *err)
{
    const vti_transport_row row = {.kind = VTI_VISCOSITY_INFINITE, .T = NAN};
    const vt_status st = vti_transport_predict(s, &row, x, y, g, err);
    *d_ratio = 0.0;
    if (st != VT_OK) return st;
    *y = exp(*y);
    for (size_t j = 0; j < P; j++) g[j] *= *y;
    return VT_OK;
}

/* m = B Tg / ((Tg - T0)^2 ln 10) */
static vt_status fragility(const vti_transport_setup *s, const double *x, double *y, double *g, double *d_ratio,
                           vt_error *err)
{
    const double D = x[VTI_STRENGTH], T0 = x[VTI_T0], w = s->Tg - T0;
    (void)err;
    *d_ratio = 0.0;
    *y = D * T0 * s->Tg / (w * w * log(10.0));
    memset(g, 0, P * sizeof *g);
    g[VTI_STRENGTH] = *y / D;
    g[VTI_T0] = *y * (1.0 / T0 + 2.0 / w);
    return VT_OK;
}

static vt_status bulk(const vti_transport_setup *s, const double *x, double *y, double *g, double *d_ratio,
                      vt_error *err)
{
    *d_ratio = 0.0;
    return vti_transport_bulk_transition(s, x, y, g, err);
}

static const struct derived {
    const char *name, *symbol, *unit;
    derived_function *f;
    bool needs_diffusion, needs_radius;
} DERIVED[] = {
    {"vft_viscosity_infinite", "eta_0", "Pa s", eta0, false, false},
    {"fragility", "m", "1", fragility, false, false},
    {"bulk_glass_transition", "T_g,B", "K", bulk, false, false},
    {"stokes_einstein_breakdown", "T_SER", "K", vti_transport_breakdown, true, false},
    {"interface_glass_transition", "T_g,I", "K", vti_transport_interface_transition, true, true},
};

/* Percentile interval over the refits; the assumed Q_B/Q_I widens it in quadrature. */
static void derived_interval(const vti_transport_run *run, const struct derived *d, double y, double u_ratio,
                             double *low, double *high)
{
    double *v = malloc((run->nrep + 1) * sizeof *v), g[P], ratio;
    for (size_t i = 0; v && i < run->nrep; i++)
        if (d->f(&run->problem.setup, run->draws + i * P, &v[i], g, &ratio, NULL) != VT_OK) v[i] = NAN;
    const double tail = 0.5 * (1.0 - run->level);
    *low = v ? scratch_quantile(run, v, 1, tail) : NAN;
    *high = v ? scratch_quantile(run, v, 1, 1.0 - tail) : NAN;
    const double wide = run->z * u_ratio;
    *low = y - hypot(y - *low, wide);
    *high = y + hypot(*high - y, wide);
    free(v);
}

static vt_status derived_property(vti_transport_run *run, const struct derived *d, vt_error *err)
{
    double y, g[P], d_ratio, low, high;
    const double u_Q = run->par->activation_ratio_u;
    const vt_status st = d->f(&run->problem.setup, run->fit.x, &y, g, &d_ratio, err);
    if (st == VT_ENOROOT || st == VT_EDOMAIN)
        return vt_result_warn(run->result, err, st == VT_ENOROOT ? "W_NOROOT" : "W_DOMAIN", "%s is not given: %s",
                              d->name, err ? err->msg : "no solution");
    if (st != VT_OK) return st;
    const double u_fit = sqrt(vti_transport_variance(&run->fit, g));
    derived_interval(run, d, y, d_ratio * u_Q, &low, &high);
    const vt_budget_item budget[] = {
        {.source = "stated observations", .type = 'A', .u = u_fit, .c = 1.0},
        {.source = "Q_B/Q_I, assumed", .group = "activation ratio", .type = 'B', .u = u_Q, .c = d_ratio}};
    const bool eta = strcmp(d->unit, "Pa s") == 0; /* in both readings */
    for (int physics = 0; physics < (eta ? 2 : 1); physics++) {
        const double factor = eta ? run->problem.setup.prefactor / (physics ? 16.0 : 32.0) : 1.0;
        const vti_value v = {.name = d->name,
                             .symbol = d->symbol,
                             .unit = d->unit,
                             .reading = !eta      ? ""
                                        : physics ? "physics"
                                                  : "paper",
                             .method = "from the fitted constants; percentiles of refits",
                             .value = factor * y,
                             .u = factor * hypot(u_fit, d_ratio * u_Q),
                             .low = factor * low,
                             .high = factor * high,
                             .level = run->level,
                             .nbudget = d_ratio != 0.0 ? 2 : 0,
                             .budget = budget};
        const vt_status added = vti_emit_value(run->result, &v, err);
        if (added != VT_OK) return added;
    }
    return VT_OK;
}

/* Percentiles 16 and 84 of the refits (10.2). */
static vt_status spread(vti_transport_run *run, vt_error *err)
{
    const char *name[P], *unit[P];
    double value[P], low[P], high[P];
    size_t n = 0;
    for (size_t j = 0; j < P; j++) {
        if (run->fit.fixed[j]) continue;
        name[n] = CONSTANT[j].name;
        unit[n] = CONSTANT[j].unit;
        value[n] = outward(j, run->fit.x[j]);
        low[n] = outward(j, scratch_quantile(run, run->draws + j, P, 0.16));
        high[n++] = outward(j, scratch_quantile(run, run->draws + j, P, 0.84));
    }
    return vti_emit_table(run->result, "spread", "Spread of refits to perturbed observations, 16 to 84 %", n,
                          (const vti_column[]){{"constant", NULL, NULL, name},
                                               {"value", "1", value, NULL},
                                               {"p16", "1", low, NULL},
                                               {"p84", "1", high, NULL},
                                               {"unit", NULL, NULL, unit},
                                               {0}},
                          err);
}

static vt_status maxwell(vti_transport_run *run, vt_error *err)
{
    const double G = run->shear_modulus, tau = run->problem.setup.tau_g;
    const double eta = exp(run->fit.x[VTI_LN_ETA]);
    double ratio;
    const vt_status st = vt_maxwell_ratio(eta, tau, G, &ratio, err);
    if (st != VT_OK) return st;
    if (ratio >= VT_MAXWELL_LOW && ratio <= VT_MAXWELL_HIGH) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_MAXWELL",
        "viscosity over relaxation time at tg is %.3g MPa, %.2g of the shear modulus %.3g GPa: they do "
        "not belong to one process; tau is used only as proportional to the viscosity",
        1e-6 * eta / tau, ratio, 1e-9 * G);
}

vt_status vti_transport_report_constants(vti_transport_run *run, vt_error *err)
{
    vt_status st = constants(run, err);
    const bool *fixed = run->fit.fixed;
    const bool diffusion = !fixed[VTI_QI], radius = diffusion && !fixed[VTI_LN_MOBILITY] && !fixed[VTI_LN_DELTA];
    for (size_t i = 0; st == VT_OK && i < sizeof DERIVED / sizeof *DERIVED; i++) {
        if ((DERIVED[i].needs_diffusion && !diffusion) || (DERIVED[i].needs_radius && !radius)) continue;
        st = derived_property(run, &DERIVED[i], err);
    }
    if (st != VT_OK) return st;
    st = vti_emit_value(run->result,
                        &(vti_value){.name = "chi_squared",
                                     .symbol = "chi2",
                                     .unit = "1",
                                     .method = "sum of squared pulls",
                                     .value = run->fit.sum.chi2,
                                     .dof = (double)run->fit.sum.nu},
                        err);
    if (st == VT_OK && run->fit.sum.ill)
        st = vt_result_warn(run->result, err, "W_ILLCOND",
                            "the constants are nearly inseparable (condition %.2g): use the intervals, not u",
                            run->fit.sum.condition);
    if (st == VT_OK && run->nrep > 0) st = spread(run, err);
    return st == VT_OK ? maxwell(run, err) : st;
}
