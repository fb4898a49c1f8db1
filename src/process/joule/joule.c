/* vitrum predict joule: the descriptor and the run. */
#include "process/joule/joule_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#define AT(field) offsetof(vti_joule_settings, field)

static const vt_param PARAMS[] = {
    {"power", VT_REAL, "W", NULL, 1e-12, 1e6, NULL, "electrical power, contacts included", AT(power)},
    {"diameter", VT_REAL, "m", NULL, 1e-9, 1e-2, NULL, "diameter of the wire", AT(diameter)},
    {"length", VT_REAL, "m", NULL, 1e-8, 10.0, NULL, "length between the grips", AT(length)},
    {"contact_share", VT_REAL, "1", "0", 0.0, 0.999999, NULL, "share of the power that the contacts take",
     AT(contact_share)},
    {"contact_resistance", VT_REAL, "K W-1", "0 K/W", 0.0, 1e12, NULL,
     "thermal resistance of each contact between wire and grip", AT(contact_resistance)},
    {"grip_temperature", VT_REAL, "K", "20 degC", 1.0, 2000.0, NULL, "temperature of the grips", AT(grip_temperature)},
    {"second_grip_temperature", VT_REAL, "K", "", 1.0, 2000.0, NULL, "of the other grip, if it differs",
     AT(second_grip_temperature)},
    {"ambient_temperature", VT_REAL, "K", "", 1.0, 2000.0, NULL, "for radiation; that of the grip if not given",
     AT(ambient_temperature)},
    {"emissivity", VT_REAL, "1", "0.3", 0.0, 1.0, NULL, "of the surface; 0: no radiation", AT(emissivity)},
    {"thermal_conductivity", VT_REAL, "W m-1 K-1", "7 W m-1 K-1", 0.01, 1000.0, NULL,
     "at the temperature of the grips (7: ledger B5)", AT(thermal_conductivity)},
    {"conductivity_slope", VT_REAL, "K-1", "0 K-1", -0.1, 0.1, NULL, "relative slope of the thermal conductivity",
     AT(conductivity_slope)},
    {"resistivity", VT_REAL, "ohm m", "", 1e-9, 1e-3, NULL,
     "electrical: the thermal conductivity follows by Wiedemann and Franz instead", AT(resistivity)},
    {"lattice_conductivity", VT_REAL, "W m-1 K-1", "2 W m-1 K-1", 0.0, 100.0, NULL,
     "part of the lattice (1 to 3), added to that of Wiedemann and Franz", AT(lattice_conductivity)},
    {"resistivity_slope", VT_REAL, "K-1", "0 K-1", -0.01, 0.01, NULL,
     "relative slope of the resistivity (metallic glass: about 1e-4)", AT(resistivity_slope)},
    {"temperature", VT_REAL, "K", "", 1.0, 3000.0, NULL, "wanted in the hottest place: the power for it is forecast",
     AT(temperature)},
    {"vft_T0", VT_REAL, "K", "", 1.0, 2000.0, NULL, "of the viscosity law; that of the card if not given", AT(vft_T0)},
    {"vft_strength", VT_REAL, "1", "", 0.1, 1000.0, NULL, "D* of the viscosity law; that of the card if not given",
     AT(vft_strength)},
    {"power_u", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "relative standard uncertainty of the power", AT(power_u)},
    {"diameter_u", VT_REAL, "1", "0.05", 0.0, 0.5, NULL, "relative standard uncertainty of the diameter",
     AT(diameter_u)},
    {"length_u", VT_REAL, "1", "0.02", 0.0, 0.5, NULL, "relative standard uncertainty of the length", AT(length_u)},
    {"thermal_conductivity_u", VT_REAL, "1", "0.3", 0.0, 1.0, NULL,
     "relative standard uncertainty of the thermal conductivity", AT(thermal_conductivity_u)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"maximum_temperature", "T_max", "K", "of the hottest place"},
    {"mean_temperature", "T_mean", "K", "over the length"},
    {"temperature_rise", "dT_max", "K", "of the hottest place above the grips"},
    {"thermal_resistance", "R_th", "K W-1", "rise over the whole power"},
    {"radiated_share", "f_rad", "1", "share of the wire's power that radiation carries"},
    {"temperature_ramp", "dT/d eps", "K", "rise of the hottest place per unit of true strain at constant power"},
    {"power_for_temperature", "P_T", "W", "power that brings the hottest place to the wanted temperature"},
    {"active_fraction", "f", "1", "mean of eta(T_max)/eta(T): the part of the length that flows"},
    VT_OUTPUT_END};

static vt_status add_viscosity(vti_joule_run *run, const char *key, double given, int *index, vt_error *err)
{
    vt_quantity q = {.value = given};
    size_t i;
    vt_status st = VT_OK;
    *index = VTI_JOULE_ABSENT;
    if (isnan(given) && (!run->job->alloy || !vt_card_find(run->job->alloy, key))) return VT_OK;
    if (isnan(given)) st = vt_job_constant(run->job, run->result, key, &q, err);
    if (st == VT_OK) st = vti_law_add(&run->law, key, q.value, q.u, false, &i, err);
    if (st == VT_OK) *index = (int)i;
    return st;
}

static vt_status add_inputs(vti_joule_run *run, vt_error *err)
{
    const vti_joule_settings *s = run->set;
    vti_law *law = &run->law;
    const double kappa = s->resistivity > 0.0
                             ? VTI_LORENZ * s->grip_temperature / s->resistivity + s->lattice_conductivity
                             : s->thermal_conductivity;
    vt_status st;
    law->n = VTI_IN_LAW;
    VT_TRY(st = vti_law_add(law, "power", s->power, s->power_u * s->power, true, &run->P, err));
    VT_TRY(st = vti_law_add(law, "diameter", s->diameter, s->diameter_u * s->diameter, true, &run->d, err));
    VT_TRY(st = vti_law_add(law, "length", s->length, s->length_u * s->length, true, &run->L, err));
    VT_TRY(st = vti_law_add(law, "thermal_conductivity", kappa, s->thermal_conductivity_u * kappa, true, &run->kappa,
                            err));
    VT_TRY(st = add_viscosity(run, "vft_T0", s->vft_T0, &run->T0, err));
    VT_TRY(st = add_viscosity(run, "vft_strength", s->vft_strength, &run->D, err));
    if (run->T0 >= 0 && run->D >= 0 && isnan(s->vft_T0) && isnan(s->vft_strength)) {
        const size_t a = (size_t)run->T0, b = (size_t)run->D;
        const double c = vt_card_covariance(run->job->alloy, "vft_T0", "vft_strength");
        law->cov[a * VTI_INPUTS + b] = law->cov[b * VTI_INPUTS + a] = c;
        law->correlated[a] = law->correlated[b] = c != 0.0;
    }
    st = vti_law_factor(law, err);
done:
    return st;
}

static vt_status check(const vti_joule_run *run, vt_error *err)
{
    double x[VTI_INPUTS], T[VTI_JOULE_NODES], scratch[2 * VTI_JOULE_NODES];
    vti_law_best(&run->law, x);
    const vt_joule_wire w = vti_joule_wire_at(run, x);
    return vt_joule_temperature(&w, VTI_JOULE_NODES, T, scratch, NULL, err);
}

static vt_status run_joule(const vt_job *job, vt_result *result, vt_error *err)
{
    static const bool POSITIVE[VTI_JOULE_COUNT] = {
        [VTI_JOULE_RISE] = true, [VTI_JOULE_R_TH] = true,  [VTI_JOULE_RADIATED] = true,
        [VTI_JOULE_RAMP] = true, [VTI_JOULE_POWER] = true, [VTI_JOULE_ACTIVE] = true};
    vt_status st;
    vti_joule_run *run = calloc(1, sizeof *run);
    if (!run) return vt_fail(err, VT_EMEMORY, "no memory for the forecast");
    run->job = job;
    run->set = job->params;
    run->result = result;
    VT_TRY(st = add_inputs(run, err));
    VT_TRY(st = check(run, err));
    const vti_forecast f = {.law = &run->law,
                            .f = vti_joule_outputs,
                            .ctx = run,
                            .m = VTI_JOULE_COUNT,
                            .positive = POSITIVE,
                            .draws = 2 * (size_t)job->common.replicates,
                            .seed = job->common.seed,
                            .purpose = "process/joule",
                            .level = job->common.level,
                            .threads = (int)job->common.threads};
    VT_TRY(st = vti_forecast_propagate(&f, run->out, NULL, err));
    VT_TRY(st = vti_joule_report(run, err));
    st = vti_joule_curve(run, err);
done:
    free(run);
    return st;
}

const vt_forecast vti_predict_joule = {
    .kind = VT_PROCESS,
    .name = "joule",
    .summary = "Temperature along a wire that a current heats, and how much of it flows",
    .reference = "Magagnosc et al. 2016 (S000); procedure P05; ledger B3, B5",
    .details =
        "Steady conduction along the wire, (kappa T')' + q - radiation = 0, with conductivity and resistivity that "
        "depend on temperature, grips, contacts and radiation; with constant properties the rise is P L/(8 kappa A). "
        "Viscosity falls so fast with temperature that only a part of the length flows: the active fraction f. The "
        "true rate is the apparent one over f and the true viscosity f times the apparent one, so points of a flow map "
        "move along eta times rate = constant. At constant power a wire that thins gets hotter: the ramp.",
    .example = "vitrum predict joule --set power=0.04mW --set diameter=150nm --set length=5um --set temperature=510K "
               "--set vft_T0=350K --set vft_strength=14.3",
    .params = PARAMS,
    .params_size = sizeof(vti_joule_settings),
    .outputs = OUTPUTS,
    .run = run_joule,
};
