/* Where the laws leave their ground (ledger A10-A13, P08, P09). */
#include "process/molding/molding_internal.h"
#include <math.h>
#include <vitrum/relaxation.h>

static const vti_forecast_output *known(const vti_forming_run *run, vti_forming_output j)
{
    return run->out[j].known ? &run->out[j] : NULL;
}

static vt_status flow(vti_forming_run *run, vt_error *err)
{
    const vti_forecast_output *stress = known(run, VTI_OUT_STRESS), *L = known(run, VTI_OUT_LENGTH);
    const vti_forecast_output *entrance = known(run, VTI_OUT_ENTRANCE);
    const double d = run->set->diameter;
    vt_status st = VT_OK;
    if (!L) L = known(run, VTI_OUT_VISCOUS);
    if (stress && stress->value > 100e6)
        st = vt_result_warn(run->result, err, "W_NONNEWT",
                            "the wall stress is %.3g MPa, above 100 MPa: flow may be non-Newtonian and the wire longer",
                            1e-6 * stress->value);
    if (st == VT_OK && L && L->value < 5.0 * d)
        st = vt_result_warn(run->result, err, "W_ENTRANCE",
                            "L/d = %.3g is below 5: the entrance of the pore matters%s%.3g nm", L->value / d,
                            entrance ? "; with it the length is " : "; the length without it is ",
                            1e9 * (entrance ? entrance : L)->value);
    if (st == VT_OK && L && L->value < 0.5 * d)
        st = vt_result_warn(run->result, err, "W_IMPRINT",
                            "L = %.3g nm is below half the diameter: that is an imprint, not a wire", 1e9 * L->value);
    if (st == VT_OK && L && L->value > run->set->template_thickness)
        st = vt_result_warn(run->result, err, "W_FILLED",
                            "the wire would be %.3g um long, the template is %.3g um thick: it will be filled",
                            1e6 * L->value, 1e6 * run->set->template_thickness);
    return st;
}

static vt_status capillarity(vti_forming_run *run, vt_error *err)
{
    const vti_forecast_output *p_c = known(run, VTI_OUT_CAPILLARY);
    if (!p_c)
        return vt_result_warn(
            run->result, err, "W_CAPILLARY",
            "surface tension and contact angle are not both known: the capillary pressure is left out; "
            "4 gamma/d with gamma = 1 N/m would be %.3g of the pressure",
            4.0 / run->set->diameter / run->set->pressure);
    const double share = fabs(p_c->value) / run->set->pressure;
    if (!(share > 0.05)) return VT_OK;
    return vt_result_warn(run->result, err, "W_CAPILLARY",
                          "the capillary pressure is %+.3g MPa, %.2g of the pressure%s", 1e-6 * p_c->value, share,
                          run->set->capillary ? ""
                                              : "; it is left out of the lengths: --set capillary=yes takes it in");
}

/* Of the equilibrium liquid at Tg: tau_B follows its viscosity, so the ratio is the same at every temperature, and the
 * glass below the kink has no part in it. */
static vt_status maxwell(vti_forming_run *run, vt_error *err)
{
    vt_quantity G;
    double ratio, eta, x[VTI_INPUTS];
    if (!run->law.relaxation || !vt_card_find(run->job->alloy, "shear_modulus")) return VT_OK;
    vt_status st = vt_job_constant(run->job, run->result, "shear_modulus", &G, err);
    if (st != VT_OK) return st;
    vti_law_best(&run->law, x);
    vt_viscosity liquid = vti_law_viscosity(&run->law, x);
    liquid.Tk = 0.0;
    const double tau = exp(x[VTI_IN_TAU]);
    if (vt_viscosity_eta(&liquid, 1, &run->law.Tg, &eta, NULL) != VT_OK ||
        vt_maxwell_ratio(eta, tau, G.value, &ratio, NULL) != VT_OK)
        return VT_OK;
    if (ratio >= VT_MAXWELL_LOW && ratio <= VT_MAXWELL_HIGH) return VT_OK;
    return vt_result_warn(run->result, err, "W_MAXWELL",
                          "eta / tau_B of the liquid is %.3g MPa, %.2g of the shear modulus %.3g GPa: viscosity and "
                          "relaxation time do not belong to one process, and tau_B is a proportionality only",
                          1e-6 * eta / tau, ratio, 1e-9 * G.value);
}

static vt_status equilibrium(vti_forming_run *run, vt_error *err)
{
    const vti_forecast_output *t = known(run, VTI_OUT_RELAXED);
    double x[VTI_INPUTS];
    vti_law_best(&run->law, x);
    vt_status st = VT_OK;
    if (!t)
        st = vt_result_warn(
            run->result, err, "W_EQUILIBRIUM",
            "the card has no relaxation time at Tg: whether the liquid is in equilibrium cannot be judged");
    else if (t->value < 3.0)
        st = vt_result_warn(run->result, err, "W_EQUILIBRIUM",
                            "t/tau_B = %.2g is below 3: the liquid is not in equilibrium, its viscosity is apparent",
                            t->value);
    if (st == VT_OK && run->law.kink && run->set->temperature < x[VTI_IN_TK])
        st = vt_result_warn(run->result, err, "W_APPARENT",
                            "%.2f degC is below the kink at %.2f degC: the viscosity of the glass is apparent",
                            run->set->temperature - 273.15, x[VTI_IN_TK] - 273.15);
    return st;
}

/* The laws of a card hold where data lie, and a little beyond (P11). */
static vt_status extrapolation(vti_forming_run *run, vt_error *err)
{
    static const double BEYOND = 50.0; /* K */
    const double T = run->set->temperature;
    vt_quantity low, high;
    if (!vt_card_find(run->job->alloy, "data_temperature_low") ||
        !vt_card_find(run->job->alloy, "data_temperature_high"))
        return VT_OK;
    vt_status st = vt_job_constant(run->job, run->result, "data_temperature_low", &low, err);
    if (st == VT_OK) st = vt_job_constant(run->job, run->result, "data_temperature_high", &high, err);
    if (st != VT_OK || (T >= low.value - BEYOND && T <= high.value + BEYOND)) return st;
    return vt_result_warn(run->result, err, "W_EXTRAPOLATED",
                          "%.4g degC is more than %.3g K beyond the data behind the laws, which lie between %.4g and "
                          "%.4g degC: the forecast is an extrapolation",
                          T - 273.15, BEYOND, low.value - 273.15, high.value - 273.15);
}

vt_status vti_forming_warnings(vti_forming_run *run, vt_error *err)
{
    vt_status st = flow(run, err);
    if (st == VT_OK) st = capillarity(run, err);
    if (st == VT_OK) st = equilibrium(run, err);
    if (st == VT_OK) st = extrapolation(run, err);
    return st == VT_OK ? maxwell(run, err) : st;
}
