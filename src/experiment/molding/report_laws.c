/* Properties of the laws over temperature, with percentile intervals of the bootstrap. */
#include "experiment/emit_internal.h"
#include "molding.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/proportion.h>

static const struct {
    const char *name, *symbol, *unit;
    bool logarithm, eta; /* eta: in both readings */
} LAW[VTI_LAW_N] = {
    {"vft_viscosity_at_reference", "eta_g", "Pa s", true, true},
    {"vft_strength", "D*", "1", false, false},
    {"vft_T0", "T0", "K", false, false},
    {"kink_temperature", "T_k", "K", false, false},
    {"glass_activation_energy", "Q_g", "J", false, false},
    {"viscosity_jump", "jump", "1", false, false},
    {"vft_viscosity_infinite", "eta_0", "Pa s", true, true},
    {"interface_mobility_at_reference", "delta D_I", "m3 s-1", true, false},
    {"interface_activation_energy", "Q_I", "J", false, false},
    {"fragility", "m", "1", false, false},
    {"stokes_einstein_breakdown", "T_SER", "K", false, false},
    {"bulk_glass_transition", "T_g,B", "K", false, false},
    {"interface_glass_transition", "T_g,I", "K", false, false},
    {"maximum_critical_diameter", "d_c,max", "m", false, false},
    {"maximum_critical_temperature", "T(d_c,max)", "K", false, false},
    {NULL, NULL, NULL, false, false},
    {NULL, NULL, NULL, false, false},
};

struct spread {
    double u, low, high;
};

/* Standard deviation and percentiles of the replicates of quantity j. */
static struct spread spread(const vti_mold_run *run, size_t j, double *scratch)
{
    struct spread s = {0.0, NAN, NAN};
    double n = 0.0, mean = 0.0, S = 0.0;
    for (size_t i = 0; i < run->nrep; i++) {
        const double x = run->draws[i * VTI_LAW_N + j];
        if (!isfinite(x)) continue;
        const double d = x - mean;
        mean += d / ++n;
        S += d * (x - mean);
    }
    if (n < 20.0) return s;
    const double tail = 0.5 * (1.0 - run->job->common.level);
    s.u = sqrt(S / (n - 1.0));
    s.low = vti_quantile(run->draws + j, run->nrep, VTI_LAW_N, tail, scratch);
    s.high = vti_quantile(run->draws + j, run->nrep, VTI_LAW_N, 1.0 - tail, scratch);
    return s;
}

static vt_status emit(vti_mold_run *run, size_t j, const struct spread *s, const char *reading, double factor,
                      vt_error *err)
{
    const bool ln = LAW[j].logarithm;
    const double x = run->laws.value[j], value = factor * (ln ? exp(x) : x);
    const bool fixed = j == VTI_LAW_LN_ETA0 && run->laws.fix_eta0;
    return vti_emit_value(
        run->result,
        &(vti_value){.name = LAW[j].name,
                     .symbol = LAW[j].symbol,
                     .unit = LAW[j].unit,
                     .reading = reading,
                     .method = fixed ? "assumed; drawn in the bootstrap of the other constants"
                                     : "laws fitted over temperature; parametric bootstrap of the lengths",
                     .value = value,
                     .u = ln ? value * s->u : factor * s->u,
                     .low = factor * (ln ? exp(s->low) : s->low),
                     .high = factor * (ln ? exp(s->high) : s->high),
                     .level = isfinite(s->low) ? run->job->common.level : 0.0},
        err);
}

static vt_status emit_law(vti_mold_run *run, size_t j, double *scratch, vt_error *err)
{
    if (!isfinite(run->laws.value[j])) return VT_OK;
    const struct spread s = spread(run, j, scratch);
    if (!LAW[j].eta) return emit(run, j, &s, "", 1.0, err);
    vt_status st = VT_OK;
    if (run->par->prefactor != VTI_READING_16) st = emit(run, j, &s, "paper", 1.0, err);
    if (st == VT_OK && run->par->prefactor != VTI_READING_32) st = emit(run, j, &s, "physics", 2.0, err);
    return st;
}

/* Probability that the maximum of d_c lies between the lowest and the highest temperature. */
static vt_status inside(vti_mold_run *run, vt_error *err)
{
    const double level = run->job->common.level;
    size_t n = 0, hits = 0;
    vt_proportion share;
    for (size_t i = 0; i < run->nrep; i++) {
        const double x = run->draws[i * VTI_LAW_N + VTI_LAW_INSIDE];
        if (isfinite(x)) n++, hits += x > 0.5;
    }
    if (n < 20) return VT_OK;
    vt_status st = vt_proportion_wilson(hits, n, level, &share, err);
    if (st == VT_OK)
        st = vti_emit_value(run->result,
                            &(vti_value){.name = "maximum_inside_probability",
                                         .symbol = "P",
                                         .unit = "1",
                                         .method = "share of bootstrap refits with the maximum inside the range; "
                                                   "Wilson interval of the count",
                                         .value = share.estimate,
                                         .u = 0.5 * (share.high - share.low) / run->z,
                                         .low = share.low,
                                         .high = share.high,
                                         .level = level},
                            err);
    if (st == VT_OK && share.estimate < 0.95)
        st = vt_result_warn(run->result, err, "W_NO_MAXIMUM",
                            "a maximum of the critical diameter inside the temperatures is not proved (%.3g of refits)",
                            share.estimate);
    return st;
}

static vt_status kinks(vti_mold_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    if (isfinite(run->p_kink))
        st = vti_emit_value(run->result,
                            &(vti_value){.name = "kink_p_value",
                                         .symbol = "p",
                                         .unit = "1",
                                         .method =
                                             "parametric bootstrap of the better law without kink; largest over eta0 "
                                             "where it is held",
                                         .value = run->p_kink},
                            err);
    if (st != VT_OK || !isfinite(run->slope_change)) return st;
    const double u = run->u_slope_change, x = run->slope_change;
    st = vti_emit_value(run->result,
                        &(vti_value){.name = "interface_activation_energy_change",
                                     .symbol = "dQ_I",
                                     .unit = "J",
                                     .method = "activation energy below minus above the kink of the viscosity",
                                     .value = x,
                                     .u = u,
                                     .low = x - run->z * u,
                                     .high = x + run->z * u,
                                     .level = run->job->common.level},
                        err);
    if (st == VT_OK && fabs(x) > run->z * u)
        st = vt_result_warn(run->result, err, "W_MOBILITY_KINK",
                            "the interface mobility changes its activation energy at the kink by %.3g +- %.2g eV",
                            x / VT_ELECTRONVOLT, u / VT_ELECTRONVOLT);
    return st;
}

static vt_status missing(vti_mold_run *run, vt_error *err)
{
    const double *v = run->laws.value;
    if (!run->laws.has_viscosity || !run->laws.has_mobility || !isfinite(v[VTI_LAW_T0])) return VT_OK;
    if (!isfinite(v[VTI_LAW_T_SER]))
        return vt_result_warn(
            run->result, err, "W_NOROOT",
            "no Stokes-Einstein breakdown: the liquid reaches Q_B = %.3g eV nowhere between T0 + 60 K and "
            "1.5 tg",
            run->par->activation_ratio * v[VTI_LAW_QI] / VT_ELECTRONVOLT);
    if (!isfinite(v[VTI_LAW_INTERFACE]))
        return vt_result_warn(run->result, err, "W_NOROOT", "the interface relaxes in %.4g s at no temperature",
                              run->known.t_exp);
    return VT_OK;
}

vt_status vti_mold_report_laws(vti_mold_run *run, vt_error *err)
{
    double *scratch = malloc((run->nrep + 1) * sizeof *scratch);
    vt_status st = scratch ? VT_OK : vt_fail(err, VT_EMEMORY, "percentiles");
    for (size_t j = 0; st == VT_OK && j < VTI_LAW_INSIDE; j++) st = emit_law(run, j, scratch, err);
    free(scratch);
    if (st == VT_OK) st = inside(run, err);
    if (st == VT_OK) st = kinks(run, err);
    return st == VT_OK ? missing(run, err) : st;
}
