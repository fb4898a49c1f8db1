/* Properties of a history, and what they lean on. */
#include "process/scan/scan_internal.h"
#include <math.h>

static const vti_forecast_property WHAT[VTI_THERMAL_COUNT] = {
    [VTI_THERMAL_TF] = {"fictive_temperature", "T_f", "K", NULL, "Tool, Narayanaswamy and Moynihan"},
    [VTI_THERMAL_TF_REFERENCE] = {"reference_fictive_temperature", "T_f,ref", "K", NULL, "the same, reference rate"},
    [VTI_THERMAL_RELEASED] = {"relaxation_enthalpy", "dH_rel", "J kg-1", NULL,
                              "step in heat capacity between both T_f"},
    [VTI_THERMAL_RELEASED_MOLE] = {"molar_relaxation_enthalpy", "dH_rel", "J mol-1", NULL, "the same per mole"},
    [VTI_THERMAL_ONSET] = {"glass_transition_onset", "T_g,on", "K", NULL, "tangent at half the step, second scan"},
    [VTI_THERMAL_MIDPOINT] = {"glass_transition_midpoint", "T_g", "K", NULL, "half the step, second scan"},
    [VTI_THERMAL_ELASTIC] = {"modulus_change", "dG/G", "1", NULL, "ln(tau/tau0) = G V/(k T), at T_f,ref"},
    [VTI_THERMAL_VOLUME] = {"free_volume_change", "dx", "1", NULL, "enthalpy over enthalpy per reduced free volume"},
    [VTI_THERMAL_MODULUS] = {"modulus_change_by_free_volume", "dG/G", "1", NULL, "exp(d ln G/dx dx) - 1"},
};

static vt_status warn_modulus(vti_thermal_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    if (run->out[VTI_THERMAL_ELASTIC].known)
        st = vt_result_warn(run->result, err, "W_ASSUMED",
                            "modulus_change assumes that the barrier of relaxation is the shear modulus times "
                            "a fixed volume, with tau0 = %g s: an estimate, not a law read for this alloy",
                            run->set->attempt_time);
    if (st != VT_OK || run->out[VTI_THERMAL_MODULUS].known) return st;
    return vt_result_warn(run->result, err, "W_NO_MODULUS",
                          "no relation between free volume and modulus: neither card nor setting has%s%s%s; give what "
                          "is missing for a second answer",
                          isnan(run->enthalpy_per_volume) ? " free_volume_enthalpy" : "",
                          isnan(run->modulus_slope) ? " modulus_slope" : "",
                          isnan(run->molar_mass) ? " molar_mass" : "");
}

/* A glass made very slowly is so stable that it may not become liquid where another one would have. */
static vt_status warn_stable(vti_thermal_run *run, const vti_thermal_case *c, vt_error *err)
{
    vti_thermal_history h;
    const vt_status st = vti_thermal_follow(run, c, 0.0, &h, err);
    if (st != VT_OK) return st;
    const double Tf = h.walk.Tf[h.from[h.run[0] + 1]];
    vt_tnm_walk_free(&h.walk);
    if (fabs(Tf - run->end) < 1.0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_RANGE",
        "at the end of the first scan, %.5g K, the fictive temperature is still %.5g K: raise end, or "
        "it does not see all of the release",
        run->end, Tf);
}

/* A scan that ends before equilibrium does not release all; one that begins too hot has lost some. */
static vt_status warn_range(vti_thermal_run *run, vt_error *err)
{
    double x[VTI_INPUTS];
    vti_law_best(&run->law, x);
    const vti_thermal_case c = vti_thermal_case_at(run, x);
    const double there = vt_tnm_ln_tau(&c.law, run->end, run->end), h = c.law.dh_R / (run->end * run->end);
    if (there < log(0.1 / (h * run->set->heating_rate))) return warn_stable(run, &c, err);
    return vt_result_warn(
        run->result, err, "W_RANGE",
        "at the end of the scan, %.5g K, the relaxation time is still %.3g s: raise end, or the scans "
        "do not meet in the liquid",
        run->end, exp(there));
}

static vt_status warn_start(vti_thermal_run *run, vt_error *err)
{
    double x[VTI_INPUTS];
    vti_law_best(&run->law, x);
    const vti_thermal_case c = vti_thermal_case_at(run, x);
    const double tau = exp(vt_tnm_ln_tau(&c.law, run->start, run->start));
    const double h = c.law.dh_R / (run->start * run->start);
    if (tau * h * c.rate < 0.1) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_RANGE",
        "cooling at %.4g K/s freezes the liquid near start = %.5g K, where tau is %.3g s: the fictive "
        "temperature is bounded by start; raise it if the melt was hotter",
        c.rate, run->start, tau);
}

vt_status vti_thermal_report(vti_thermal_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t j = 0; st == VT_OK && j < VTI_THERMAL_COUNT; j++)
        st = vti_forecast_emit(run->result, &WHAT[j], NULL, 0, &run->out[j], run->job->common.level, err);
    if (st == VT_OK) st = warn_modulus(run, err);
    if (st == VT_OK) st = warn_range(run, err);
    return st == VT_OK ? warn_start(run, err) : st;
}
