/* Properties of the forecast, and the mechanism in words. */
#include "process/molding/molding_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const vti_forecast_property WHAT[VTI_OUT_COUNT] = {
    [VTI_OUT_LENGTH_PAPER] = {"length", "L", "m", "paper", "the larger of viscous and interface length"},
    [VTI_OUT_LENGTH] = {"length", "L", "m", "physics", "both mechanisms act at once: L^2 = a d^2 + b/d"},
    [VTI_OUT_VISCOUS] = {"viscous_length", "L_col", "m", NULL, "d sqrt(p t / (c eta))"},
    [VTI_OUT_INTERFACE] = {"interface_length", "L_ind", "m", NULL, "sqrt(8 delta D_I Omega p t / (k T d))"},
    [VTI_OUT_ENTRANCE] = {"length_with_entrance", "L_e", "m", "physics",
                          "additive, with the entrance resistance of half a Sampson orifice"},
    [VTI_OUT_ETA] = {"viscosity", "eta", "Pa s", NULL, "law of the card at the temperature"},
    [VTI_OUT_MOBILITY] = {"interface_mobility", "delta D_I", "m3 s-1", NULL, "law of the card at the temperature"},
    [VTI_OUT_CRITICAL] = {"critical_diameter", "d_c", "m", NULL, "crossing of the two lengths"},
    [VTI_OUT_MINIMUM] = {"minimum_diameter", "d_min", "m", "physics", "2^(-1/3) d_c, where the wire is shortest"},
    [VTI_OUT_TIME_PAPER] = {"time_to_length", "t_L", "s", "paper", "fastest mechanism alone"},
    [VTI_OUT_TIME] = {"time_to_length", "t_L", "s", "physics", "both mechanisms act at once"},
    [VTI_OUT_STRESS] = {"wall_stress", "tau_w", "Pa", NULL, "p d / (4 L) at the end of the run"},
    [VTI_OUT_RELAXED] = {"time_over_relaxation_time", "t/tau_B", "1", NULL,
                         "tau_B from the VFT branch, tau_g eta(T)/eta(Tg)"},
    [VTI_OUT_CAPILLARY] = {"capillary_pressure", "p_c", "Pa", NULL, "4 gamma cos(theta) / d; positive helps"},
    [VTI_OUT_SHARE] = {"viscous_share", "f", "1", "physics", "share of viscous flow in L^2"},
};

static vt_scope scope_of(const char *key, double value, const char *unit)
{
    vt_scope s = {.value = value};
    snprintf(s.key, sizeof s.key, "%s", key);
    snprintf(s.unit, sizeof s.unit, "%s", unit);
    return s;
}

static size_t scopes_of(const vti_forming_run *run, size_t j, vt_scope *scope)
{
    const vti_forming_settings *set = run->set;
    size_t n = 0;
    const bool timed = j == VTI_OUT_TIME || j == VTI_OUT_TIME_PAPER;
    const bool state = j == VTI_OUT_ETA || j == VTI_OUT_MOBILITY || j == VTI_OUT_CRITICAL || j == VTI_OUT_MINIMUM;
    if (j != VTI_OUT_CAPILLARY) scope[n++] = scope_of("temperature", set->temperature, "K");
    if (!state && j != VTI_OUT_RELAXED && j != VTI_OUT_SHARE && j != VTI_OUT_CAPILLARY)
        scope[n++] = scope_of("pressure", set->pressure, "Pa");
    if (!state && !timed && j != VTI_OUT_SHARE && j != VTI_OUT_CAPILLARY) scope[n++] = scope_of("time", set->time, "s");
    if (timed) scope[n++] = scope_of("length", set->length, "m");
    if (!state && j != VTI_OUT_RELAXED) scope[n++] = scope_of("diameter", set->diameter, "m");
    return n;
}

/* Which mechanism makes the wire, and how sure that is. */
static vt_status mechanism(vti_forming_run *run, vt_error *err)
{
    const vti_forecast_output *d_c = &run->out[VTI_OUT_CRITICAL];
    if (!run->law.diffusion || !d_c->known) return VT_OK;
    const double *sample = run->sample + VTI_OUT_CRITICAL * run->draws;
    size_t viscous = 0, good = 0;
    for (size_t i = 0; i < run->draws; i++) {
        if (!isfinite(sample[i])) continue;
        good++;
        viscous += sample[i] < run->set->diameter;
    }
    if (good == 0) return VT_OK;
    run->probability = (double)viscous / (double)good;
    const bool flow = run->set->diameter > d_c->value;
    const double sure = flow ? run->probability : 1.0 - run->probability;
    vt_segment s = {.name = "mechanism", .begin = run->set->diameter, .end = run->set->diameter, .unit = "m"};
    const double most = 1.0 - 1.0 / (double)good; /* draws cannot tell more */
    snprintf(s.verdict, sizeof s.verdict, "%s leads: d = %.3g nm is %s d_c = %.3g nm (probability %s%.4g)",
             flow ? "viscous flow" : "interface diffusion", 1e9 * run->set->diameter, flow ? "above" : "below",
             1e9 * d_c->value, sure > most ? "> " : "", sure > most ? most : sure);
    vt_status st = vt_result_add_segment(run->result, &s, err);
    if (st == VT_OK && sure < run->job->common.level)
        st = vt_result_warn(run->result, err, "W_MECHANISM",
                            "the mechanism is not certain: %s leads with probability %.3g only",
                            flow ? "viscous flow" : "interface diffusion", sure);
    return st;
}

vt_status vti_forming_properties(vti_forming_run *run, vt_error *err)
{
    for (size_t j = 0; j < VTI_OUT_COUNT; j++) {
        vt_scope scope[VT_SCOPE_MAX];
        const size_t n = scopes_of(run, j, scope);
        const vt_status st =
            vti_forecast_emit(run->result, &WHAT[j], scope, n, &run->out[j], run->job->common.level, err);
        if (st != VT_OK) return st;
    }
    return mechanism(run, err);
}
