/* vitrum predict scan: the descriptor, what it takes from the card, and the run. */
#include "process/scan/scan_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#define AT(field) offsetof(vti_thermal_settings, field)

static const vt_param PARAMS[] = {
    {"ln_A", VT_REAL, "1", "", -1e5, 1e3, NULL,
     "ln(A/s) of the relaxation time; from glass_transition and transition_time if not given", AT(ln_A)},
    {"glass_transition", VT_REAL, "K", "", 50.0, 3000.0, NULL,
     "where the relaxation time is transition_time; of the card", AT(glass_transition)},
    {"transition_time", VT_REAL, "s", "100 s", 1e-9, 1e12, NULL, "convention", AT(transition_time)},
    {"activation", VT_REAL, "K", "", 100.0, 1e7, NULL,
     "dh/R; from the fragility of the card, or a fragility of 50, if not given", AT(activation)},
    {"nonlinearity", VT_REAL, "1", "", 0.0, 1.0, NULL, "x; 0.45 (assumed) if not given", AT(nonlinearity)},
    {"beta", VT_REAL, "1", "", VT_KWW_BETA_LOW, 1.0, NULL,
     "0.65 (assumed) if not given; at most 0.97, or 1: one relaxation time, then known", AT(beta)},
    {"glass_heat_capacity", VT_REAL, "J kg-1 K-1", "", 1.0, 1e4, NULL,
     "of the glass at the transition; 0.36 J/(g K) (assumed) if not given", AT(glass_heat_capacity)},
    {"glass_heat_slope", VT_REAL, "J kg-1 K-2", "2e-4 J/(g K^2)", -10.0, 10.0, NULL, "its slope, assumed",
     AT(glass_heat_slope)},
    {"heat_capacity_step", VT_REAL, "J kg-1 K-1", "", 0.0, 1e4, NULL,
     "liquid less glass at the transition; 0.2 J/(g K) (assumed) if not given", AT(heat_capacity_step)},
    {"step_slope", VT_REAL, "J kg-1 K-2", "0 J/(g K^2)", -10.0, 10.0, NULL, "its slope", AT(step_slope)},
    {"molar_mass", VT_REAL, "kg mol-1", "", 1e-3, 1.0, NULL, "gives enthalpies per mole; that of the card if not given",
     AT(molar_mass)},
    {"start", VT_REAL, "K", "", 50.0, 5000.0, NULL, "equilibrium where the history begins; 1.3 Tg if not given",
     AT(start)},
    {"draw_temperature", VT_REAL, "K", "", 50.0, 5000.0, NULL, "held there before cooling, as when a wire is drawn",
     AT(draw_temperature)},
    {"draw_time", VT_REAL, "s", "1 s", 1e-6, 1e9, NULL, "how long (S002: less than 1 s)", AT(draw_time)},
    {"cooling_rate", VT_REAL, "K s-1", "", 1e-9, 1e12, NULL,
     "of the making; from diameter and heat_transfer if not given", AT(cooling_rate)},
    {"diameter", VT_REAL, "m", "", 1e-9, 0.1, NULL, "of a wire that cools in a gas", AT(diameter)},
    {"heat_transfer", VT_REAL, "W m-2 K-1", "", 0.1, 1e8, NULL,
     "from its surface: rate = 4 h (Tg - ambient)/(density c diameter)", AT(heat_transfer)},
    {"density", VT_REAL, "kg m-3", "", 500.0, 25000.0, NULL, "that of the card if not given", AT(density)},
    {"ambient_temperature", VT_REAL, "K", "20 degC", 1.0, 2000.0, NULL, "of that gas", AT(ambient_temperature)},
    {"cold", VT_REAL, "K", "", 50.0, 3000.0, NULL, "end of coolings and begin of scans; 0.6 Tg if not given", AT(cold)},
    {"hold_temperatures", VT_LIST, "K", "", 50.0, 3000.0, NULL, "anneals before the scan, one after the other",
     AT(hold_temperatures)},
    {"hold_times", VT_LIST, "s", "", 1e-6, 1e12, NULL, "how long each", AT(hold_times)},
    {"heating_rate", VT_REAL, "K s-1", "20 K/min", 1e-6, 1e7, NULL, "of the scans, and to and from anneals",
     AT(heating_rate)},
    {"end", VT_REAL, "K", "", 50.0, 5000.0, NULL, "of the scans, in the liquid; 1.15 Tg if not given", AT(end)},
    {"reference_rate", VT_REAL, "K s-1", "20 K/min", 1e-9, 1e7, NULL, "cooling before the scan that is compared with",
     AT(reference_rate)},
    {"response", VT_REAL, "s", "0 s", 0.0, 1e4, NULL, "time constant of a calorimeter that smears the curves",
     AT(response)},
    {"step", VT_REAL, "K", "0.2 K", 1e-3, 5.0, NULL, "of the curves", AT(step)},
    {"attempt_time", VT_REAL, "s", "1e-13 s", 1e-18, 1e-6, NULL,
     "tau0 of the elastic model ln(tau/tau0) = G V/(k T), assumed", AT(attempt_time)},
    {"modulus_slope", VT_REAL, "1", "", -1e4, 1e4, NULL,
     "d ln G/d x by reduced free volume x; modulus_free_volume_slope of the card if not given", AT(modulus_slope)},
    {"free_volume_enthalpy", VT_REAL, "J mol-1", "", 0.0, 1e8, NULL,
     "per reduced free volume; that of the card if not given", AT(free_volume_enthalpy)},
    {"activation_u", VT_REAL, "1", "0.1", 0.0, 0.5, NULL, "relative standard uncertainty", AT(activation_u)},
    {"nonlinearity_u", VT_REAL, "1", "0.05", 0.0, 0.3, NULL, "standard uncertainty", AT(nonlinearity_u)},
    {"beta_u", VT_REAL, "1", "0.03", 0.0, 0.2, NULL, "standard uncertainty", AT(beta_u)},
    {"heat_capacity_step_u", VT_REAL, "1", "0.15", 0.0, 0.5, NULL, "relative standard uncertainty",
     AT(heat_capacity_step_u)},
    {"glass_transition_u", VT_REAL, "K", "2 K", 0.0, 50.0, NULL, "standard uncertainty", AT(glass_transition_u)},
    {"cooling_rate_u", VT_REAL, "1", "0.3", 0.0, 1.0, NULL, "relative standard uncertainty", AT(cooling_rate_u)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"fictive_temperature", "T_f", "K", "when the first scan begins"},
    {"reference_fictive_temperature", "T_f,ref", "K", "after cooling at the reference rate"},
    {"relaxation_enthalpy", "dH_rel", "J kg-1", "that the first scan releases and the second does not"},
    {"molar_relaxation_enthalpy", "dH_rel", "J mol-1", "the same per mole"},
    {"glass_transition_onset", "T_g,on", "K", "of the second scan, by the tangent at half the step"},
    {"glass_transition_midpoint", "T_g", "K", "of the second scan, at half the step"},
    {"modulus_change", "dG/G", "1", "of the shear modulus at one temperature, by the elastic model"},
    {"modulus_change_by_free_volume", "dG/G", "1", "the same by the free volume that the enthalpy tells"},
    {"free_volume_change", "dx", "1", "reduced free volume that the enthalpy tells"},
    VT_OUTPUT_END};

/* A constant of the card; one that is not read in its own source is said with its tag (R by vt_job_constant). */
static vt_status from_card(vti_thermal_run *run, const char *key, double *value, vt_error *err)
{
    vt_quantity q;
    const vt_status st = vt_job_constant(run->job, run->result, key, &q, err);
    if (st != VT_OK) return st;
    const vt_constant *c = vt_card_find(run->job->alloy, key);
    *value = q.value;
    if (!c || c->tag == 'A' || c->tag == 'R') return VT_OK;
    return vt_result_warn(run->result, err, "W_SECONDARY", "%s = %g %s of the card has tag %c: %.200s", key, q.value,
                          q.unit, c->tag, c->tag == 'B' ? "read in a secondary place" : "derived");
}

/* A setting, a constant of the card, or an assumption: the last is said. */
static vt_status take(vti_thermal_run *run, double given, const char *key, double assumed, const char *what,
                      double *value, vt_error *err)
{
    if (isfinite(given)) {
        *value = given;
        return VT_OK;
    }
    if (key && run->job->alloy && vt_card_find(run->job->alloy, key)) return from_card(run, key, value, err);
    *value = assumed;
    if (isnan(assumed)) return VT_OK;
    return vt_result_warn(run->result, err, "W_ASSUMED",
                          "%s = %g is assumed (no tag): no source gives it for this alloy", what, assumed);
}

static vt_status read_law(vti_thermal_run *run, double *Tg, double *h, vt_error *err)
{
    const vti_thermal_settings *s = run->set;
    double m = 50.0;
    vt_status st = VT_OK;
    *Tg = s->glass_transition;
    if (!isfinite(s->ln_A) && !isfinite(*Tg) && !run->job->alloy)
        return vt_fail(err, VT_EREFERENCE,
                       "no glass_transition: name an alloy and say how the piece was made, as in --alloy "
                       "Pd40Cu30Ni10P20 --set cooling_rate=1000K/s, or give --set glass_transition=578K beside it");
    if (isfinite(s->ln_A)) {
        if (!isfinite(s->activation))
            return vt_fail(err, VT_EARG, "ln_A = %g needs activation, dh/R in K, beside it", s->ln_A);
        if (isfinite(s->glass_transition))
            return vt_fail(err, VT_EARG, "ln_A and glass_transition both fix the relaxation time: give one");
        *h = s->activation;
        *Tg = s->activation / (log(s->transition_time) - s->ln_A);
        if (*Tg > 0.0) return VT_OK;
        return vt_fail(err, VT_EDOMAIN, "no temperature has tau = %g s with ln_A = %g; ln_A must be below %g",
                       s->transition_time, s->ln_A, log(s->transition_time));
    }
    if (!isfinite(*Tg)) {
        st = from_card(run, "glass_transition", Tg, err);
        if (st != VT_OK) return st;
    }
    *h = s->activation;
    if (isfinite(*h)) return VT_OK;
    st = take(run, (double)NAN, "fragility", 50.0, "fragility (mean of 21 metallic alloys)", &m, err);
    *h = m * log(10.0) * *Tg;
    return st;
}

static vt_status read_rate(vti_thermal_run *run, double Tg, double c, double *rate, vt_error *err)
{
    const vti_thermal_settings *s = run->set;
    *rate = s->cooling_rate;
    if (isfinite(*rate) && isfinite(s->heat_transfer))
        return vt_fail(err, VT_EARG, "cooling_rate and heat_transfer both fix the rate of cooling: give one");
    if (isfinite(*rate)) return VT_OK;
    if (!(s->diameter > 0.0) || !(s->heat_transfer > 0.0))
        return vt_fail(err, VT_EARG,
                       "give cooling_rate, as in --set cooling_rate=1000K/s, or diameter and heat_transfer of the "
                       "wire that cools");
    double rho = (double)NAN;
    const vt_status st = take(run, s->density, "density", (double)NAN, "density", &rho, err);
    if (st != VT_OK) return st;
    if (!(rho > 0.0)) return vt_fail(err, VT_EREFERENCE, "no density for the cooling rate: give density, or a card");
    *rate = 4.0 * s->heat_transfer * (Tg - s->ambient_temperature) / (rho * c * s->diameter);
    if (*rate > 0.0) return VT_OK;
    return vt_fail(err, VT_EDOMAIN, "ambient_temperature = %g K is not below Tg = %g K", s->ambient_temperature, Tg);
}

static vt_status read_places(vti_thermal_run *run, double Tg, vt_error *err)
{
    const vti_thermal_settings *s = run->set;
    run->cold = isfinite(s->cold) ? s->cold : 0.6 * Tg;
    run->start = isfinite(s->start) ? s->start : 1.3 * Tg;
    run->end = isfinite(s->end) ? s->end : 1.15 * Tg;
    if (!(run->cold < Tg) || !(run->start > Tg) || !(run->end > Tg))
        return vt_fail(err, VT_EDOMAIN, "Tg = %g K must be above cold = %g K and below start = %g K and end = %g K", Tg,
                       run->cold, run->start, run->end);
    if (s->hold_temperatures.n != s->hold_times.n)
        return vt_fail(err, VT_ESHAPE, "%zu hold_temperatures and %zu hold_times differ", s->hold_temperatures.n,
                       s->hold_times.n);
    for (size_t i = 0; i < s->hold_temperatures.n; i++)
        if (!(s->hold_temperatures.x[i] > run->cold))
            return vt_fail(err, VT_EDOMAIN, "hold temperature %g K is not above cold = %g K", s->hold_temperatures.x[i],
                           run->cold);
    return VT_OK;
}

static vt_status add_inputs(vti_thermal_run *run, vt_error *err)
{
    const vti_thermal_settings *s = run->set;
    double Tg = 0.0, h = 0.0, x = 0.0, beta = 0.0, c = 0.0, step = 0.0, rate = 0.0;
    vti_law *law = &run->law;
    vt_status st;
    law->n = VTI_IN_LAW;
    VT_TRY(st = read_law(run, &Tg, &h, err));
    VT_TRY(st = read_places(run, Tg, err));
    VT_TRY(st = take(run, s->nonlinearity, NULL, 0.45, "nonlinearity x", &x, err));
    VT_TRY(st = take(run, s->beta, NULL, 0.65, "beta", &beta, err));
    VT_TRY(st = take(run, s->glass_heat_capacity, "heat_capacity", 360.0, "glass_heat_capacity in J/(kg K)", &c, err));
    VT_TRY(st = take(run, s->heat_capacity_step, NULL, 200.0, "heat_capacity_step in J/(kg K)", &step, err));
    VT_TRY(st = take(run, s->molar_mass, "molar_mass", (double)NAN, "molar_mass", &run->molar_mass, err));
    VT_TRY(st = take(run, s->free_volume_enthalpy, "free_volume_enthalpy", (double)NAN, "free_volume_enthalpy",
                     &run->enthalpy_per_volume, err));
    VT_TRY(st = take(run, s->modulus_slope, "modulus_free_volume_slope", (double)NAN, "modulus_slope",
                     &run->modulus_slope, err));
    if (beta > VT_KWW_BETA_HIGH && beta < 1.0)
        return vt_fail(err, VT_ERANGE,
                       "beta = %g lies between %g and 1, where it is one relaxation time all but: give 1", beta,
                       VT_KWW_BETA_HIGH);
    run->glass_heat = c;
    VT_TRY(st = read_rate(run, Tg, c, &rate, err));
    VT_TRY(st = vti_law_add(law, "glass_transition", Tg, s->glass_transition_u, false, &run->Tg, err));
    VT_TRY(st = vti_law_add(law, "activation", h, s->activation_u * h, true, &run->h, err));
    VT_TRY(st = vti_law_add(law, "nonlinearity", x, s->nonlinearity_u, false, &run->x, err));
    VT_TRY(st = vti_law_add(law, "beta", beta, beta < 1.0 ? s->beta_u : 0.0, false, &run->beta, err));
    VT_TRY(
        st = vti_law_add(law, "heat_capacity_step", step, s->heat_capacity_step_u * step, step > 0.0, &run->step, err));
    VT_TRY(st = vti_law_add(law, "cooling_rate", rate, s->cooling_rate_u * rate, true, &run->rate, err));
    law->input[run->Tg].log = false;
    run->law.Tg = Tg;
    st = vti_law_factor(law, err);
done:
    return st;
}

/* The best estimate must work: its error is the user's to see. What it says, in fine steps. */
static vt_status best(const vti_thermal_run *run, double step, double *y, vt_error *err)
{
    double x[VTI_INPUTS];
    vti_thermal_history h = {0};
    vti_law_best(&run->law, x);
    const vti_thermal_case c = vti_thermal_case_at(run, x);
    const vt_status st = vti_thermal_follow(run, &c, step, &h, err);
    if (st == VT_OK) vti_thermal_read(run, &c, &h, y);
    vt_tnm_walk_free(&h.walk);
    return st;
}

/* Draws go in coarse steps: all of them are off by the same, which the best estimate tells. */
static void refine(vti_thermal_run *run, const double *fine, const double *coarse)
{
    for (int j = 0; j < VTI_THERMAL_COUNT; j++) {
        const double by = fine[j] - coarse[j];
        if (!run->out[j].known || !isfinite(by)) continue;
        run->out[j].value += by;
        run->out[j].low += by;
        run->out[j].high += by;
    }
}

enum { DRAWS_MAX = 1000 }; /* a draw is a whole history */

static vt_status run_scan(const vt_job *job, vt_result *result, vt_error *err)
{
    static const bool POSITIVE[VTI_THERMAL_COUNT] = {[VTI_THERMAL_TF] = true, [VTI_THERMAL_TF_REFERENCE] = true};
    double fine[VTI_THERMAL_COUNT], coarse[VTI_THERMAL_COUNT];
    vt_status st;
    vti_thermal_run *run = calloc(1, sizeof *run);
    if (!run) return vt_fail(err, VT_EMEMORY, "no memory for the forecast");
    run->job = job;
    run->set = job->params;
    run->result = result;
    VT_TRY(st = add_inputs(run, err));
    VT_TRY(st = best(run, run->set->step, fine, err));
    VT_TRY(st = best(run, 0.0, coarse, err));
    const size_t draws = 2 * (size_t)job->common.replicates;
    const vti_forecast f = {.law = &run->law,
                            .f = vti_thermal_outputs,
                            .ctx = run,
                            .m = VTI_THERMAL_COUNT,
                            .positive = POSITIVE,
                            .draws = draws < DRAWS_MAX ? draws : DRAWS_MAX,
                            .seed = job->common.seed,
                            .purpose = "process/scan",
                            .level = job->common.level,
                            .threads = (int)job->common.threads};
    VT_TRY(st = vti_forecast_propagate(&f, run->out, NULL, err));
    refine(run, fine, coarse);
    VT_TRY(st = vti_thermal_report(run, err));
    st = vti_thermal_curves(run, err);
done:
    free(run);
    return st;
}

const vt_forecast vti_predict_scan = {
    .kind = VT_PROCESS,
    .name = "scan",
    .summary = "Heat capacity, fictive temperature, stored enthalpy and softening after a thermal history",
    .reference = "Tool, Narayanaswamy and Moynihan (targets T7); Dong et al. 2020 (S002); Johnson and Samwer 2005",
    .details =
        "The fictive temperature follows cooling, drawing, anneals and heating by ln tau = ln A + x dh/RT + (1 - x) "
        "dh/RTf and exp(-xi^beta). What the first scan releases and a second one, after cooling at the reference rate, "
        "does not, is the integral of the step in heat capacity between the two fictive temperatures. A glass of "
        "higher fictive temperature is softer: in the elastic model ln(tau/tau0) = G V/(k T), so at one temperature d "
        "ln G/d ln Tf = -(1 - x) (dh/RTf)/ln(tau/tau0). Where the card has enthalpy and modulus per reduced free "
        "volume, they give a second answer. What no source gives is assumed, and W_ASSUMED says so.",
    .example = "vitrum predict scan --alloy Pd40Cu30Ni10P20 --set cooling_rate=1000K/s --set molar_mass=73.70g/mol",
    .params = PARAMS,
    .params_size = sizeof(vti_thermal_settings),
    .outputs = OUTPUTS,
    .run = run_scan,
};
