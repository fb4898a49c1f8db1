/* Properties of a heated wire, and where the numbers contradict each other (ledger B5). */
#include "process/joule/joule_internal.h"
#include <math.h>
#include <stdio.h>

enum { IMPLAUSIBLE = 1500 }; /* K: metallic glasses melt far below */

static const vti_forecast_property WHAT[VTI_JOULE_COUNT] = {
    [VTI_JOULE_T_MAX] = {"maximum_temperature", "T_max", "K", NULL, "steady conduction, finite volumes"},
    [VTI_JOULE_T_MEAN] = {"mean_temperature", "T_mean", "K", NULL, "mean over the length"},
    [VTI_JOULE_RISE] = {"temperature_rise", "dT_max", "K", NULL, "T_max less the mean of the grips"},
    [VTI_JOULE_R_TH] = {"thermal_resistance", "R_th", "K W-1", NULL, "rise over the whole power"},
    [VTI_JOULE_RADIATED] = {"radiated_share", "f_rad", "1", NULL, "radiated over the power of the wire"},
    [VTI_JOULE_RAMP] = {"temperature_ramp", "dT/d eps", "K", NULL, "at constant power and volume"},
    [VTI_JOULE_POWER] = {"power_for_temperature", "P_T", "W", NULL, "whole power, contacts included"},
    [VTI_JOULE_ACTIVE] = {"active_fraction", "f", "1", NULL, "mean of eta(T_max)/eta(T) over the length"},
};

static vt_status warn_power(vti_joule_run *run, vt_error *err)
{
    const double T = run->out[VTI_JOULE_T_MAX].value, wanted = run->out[VTI_JOULE_POWER].value;
    if (!(T > IMPLAUSIBLE)) return VT_OK;
    char fix[96] = "";
    if (run->out[VTI_JOULE_POWER].known)
        snprintf(fix, sizeof fix, "; %.3g mW would do for %.4g K", 1e3 * wanted, run->set->temperature);
    return vt_result_warn(
        run->result, err, "W_POWER",
        "power and dimensions contradict each other: %.3g mW would heat this wire to %.4g K, so most of "
        "the power is in the contacts (contact_share), or the wire is thicker or shorter%s",
        1e3 * run->set->power, T, fix);
}

static vt_status warn_active(vti_joule_run *run, vt_error *err)
{
    const vti_forecast_output *f = &run->out[VTI_JOULE_ACTIVE];
    if (!f->known)
        return vt_result_warn(run->result, err, "W_NO_VISCOSITY",
                              "no VFT law: --alloy, or vft_T0 and vft_strength, would tell how much of the wire flows");
    if (!(f->value < 0.9)) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_ACTIVE_LENGTH",
        "%.3g of the length flows: the true rate is %.3g times the apparent one and the true viscosity "
        "%.3g of it",
        f->value, 1.0 / f->value, f->value);
}

vt_status vti_joule_report(vti_joule_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t j = 0; st == VT_OK && j < VTI_JOULE_COUNT; j++)
        st = vti_forecast_emit(run->result, &WHAT[j], NULL, 0, &run->out[j], run->job->common.level, err);
    if (st == VT_OK && run->set->temperature > 0.0 && !run->out[VTI_JOULE_POWER].known)
        st = vt_result_warn(run->result, err, "W_RANGE",
                            "no power brings the hottest place to %.5g K: the grips are at "
                            "%.5g K",
                            run->set->temperature, run->set->grip_temperature);
    if (st == VT_OK) st = warn_power(run, err);
    return st == VT_OK ? warn_active(run, err) : st;
}
