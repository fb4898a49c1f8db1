/* Parameters of the virtual calorimeter. Defaults: Pd40Cu30Ni10P20 (S002) with the numbers of section 11; what no
 * source gives is an assumption, and its row says so. */
#include "calorimetry_truth.h"
#include <math.h>
#include <stddef.h>

#define AT(field) offsetof(vti_calorimetry_truth, field)
const vt_param VTI_CALORIMETRY_TRUTH[] = {
    {"model", VT_CHOICE, NULL, "lines", 0, 0, "lines|relaxation",
     "lines: heat capacities, sigmoid and exotherms; relaxation: Tool, Narayanaswamy and Moynihan", AT(model)},
    {"record", VT_CHOICE, NULL, "pair", 0, 0, "pair|rates|pan|sapphire|melting",
     "pair: two runs of one piece; rates: heat capacity after coolings at several rates; one run of the empty pan, of "
     "sapphire, or of a substance that melts",
     AT(record)},
    {"specimen", VT_TEXT, NULL, "piece_1", 0, 0, NULL, "name of the piece", AT(specimen)},
    {"group", VT_TEXT, NULL, "", 0, 0, NULL, "wire, rod: what the piece belongs to", AT(group)},
    {"mass", VT_REAL, "kg", "10 mg", 1e-12, 1.0, NULL, "as weighed", AT(mass)},
    {"mass_error", VT_REAL, "1", "0.01", 0.0, 0.2, NULL, "standard deviation of true over weighed mass (section 11)",
     AT(mass_error)},
    {"molar_mass", VT_REAL, "kg mol-1", "73.70 g/mol", 1e-3, 1.0, NULL, "Pd40Cu30Ni10P20 (P21)", AT(molar_mass)},
    {"diameter", VT_REAL, "m", "", 1e-8, 0.1, NULL, "of the wire or rod, for the record", AT(diameter)},
    {"glass_transition", VT_REAL, "K", "578 K", 100.0, 3000.0, NULL, "middle of the step (Pd40Cu30Ni10P20: card)",
     AT(glass_transition)},
    {"glass_heat_capacity", VT_REAL, "J kg-1 K-1", "0.36 J/(g K)", 1.0, 1e4, NULL,
     "of the glass at the transition, assumed (3 R is 0.34 J/(g K))", AT(glass_heat_capacity)},
    {"glass_heat_slope", VT_REAL, "J kg-1 K-2", "2e-4 J/(g K^2)", -10.0, 10.0, NULL, "its slope, assumed",
     AT(glass_heat_slope)},
    {"heat_capacity_step", VT_REAL, "J kg-1 K-1", "0.2 J/(g K)", 0.0, 1e4, NULL,
     "liquid less glass at the transition, assumed", AT(heat_capacity_step)},
    {"step_slope", VT_REAL, "J kg-1 K-2", "-2e-4 J/(g K^2)", -10.0, 10.0, NULL, "its slope, assumed", AT(step_slope)},
    {"step_width", VT_REAL, "K", "3 K", 0.1, 50.0, NULL, "of the sigmoid 1/(1 + exp(-(T - Tg)/width)) (lines), assumed",
     AT(step_width)},
    {"exotherms", VT_LIST, "J kg-1", "8 J/g", 0.0, 1e6, NULL, "released by each (lines; section 11)", AT(exotherms)},
    {"exotherm_temperatures", VT_LIST, "K", "510 K", 100.0, 3000.0, NULL, "their middles, assumed",
     AT(exotherm_temperatures)},
    {"exotherm_widths", VT_LIST, "K", "20 K", 0.1, 200.0, NULL, "their standard deviations, assumed",
     AT(exotherm_widths)},
    {"transition_time", VT_REAL, "s", "100 s", 1e-6, 1e9, NULL,
     "relaxation time in equilibrium at the transition (relaxation), convention", AT(transition_time)},
    {"activation", VT_REAL, "K", "70 kK", 1e3, 1e7, NULL, "dh/R of the relaxation time, assumed: fragility 53 at 578 K",
     AT(activation)},
    {"nonlinearity", VT_REAL, "1", "0.45", 0.0, 1.0, NULL, "x of the relaxation time, assumed", AT(nonlinearity)},
    {"beta", VT_REAL, "1", "0.65", VT_KWW_BETA_LOW, VT_KWW_BETA_HIGH, NULL, "of the stretched exponential, assumed",
     AT(beta)},
    {"making_rate", VT_REAL, "K s-1", "1000 K/s", 1e-6, 1e9, NULL, "cooling of the piece when it was made, assumed",
     AT(making_rate)},
    {"making_temperature", VT_REAL, "K", "750 K", 100.0, 3000.0, NULL, "from where, in equilibrium, assumed",
     AT(making_temperature)},
    {"anneal_temperature", VT_REAL, "K", "", 50.0, 3000.0, NULL, "held there before the first run; absent: not",
     AT(anneal_temperature)},
    {"anneal_time", VT_REAL, "s", "1 h", 1.0, 1e9, NULL, "how long", AT(anneal_time)},
    {"cooling_rates", VT_LIST, "K s-1", "0.5,2,10,50 K/min", 1e-9, 1e9, NULL, "record rates: one heating after each",
     AT(cooling_rates)},
    {"rerun_rate", VT_REAL, "K s-1", "20 K/min", 1e-6, 1e5, NULL, "cooling from the liquid before the second run",
     AT(rerun_rate)},
    {"crystallized", VT_REAL, "1", "0", 0.0, 1.0, NULL, "share of the piece that crystallized between the runs",
     AT(crystallized)},
    {"crystallization_temperature", VT_REAL, "K", "690 K", 100.0, 3000.0, NULL, "middle of that exotherm, assumed",
     AT(crystallization_temperature)},
    {"crystallization_enthalpy", VT_REAL, "J kg-1", "60 J/g", 0.0, 1e6, NULL, "of the whole piece, assumed",
     AT(crystallization_enthalpy)},
    {"crystallization_width", VT_REAL, "K", "5 K", 0.1, 100.0, NULL, "standard deviation, assumed",
     AT(crystallization_width)},
    {"begin", VT_REAL, "K", "350 K", 50.0, 3000.0, NULL, "of the scans", AT(begin)},
    {"end", VT_REAL, "K", "650 K", 50.0, 3000.0, NULL, "of the scans", AT(end)},
    {"heating_rate", VT_REAL, "K s-1", "20 K/min", 1e-5, 1e5, NULL, "of the scans (S002)", AT(heating_rate)},
    {"spacing", VT_REAL, "K", "0.2 K", 1e-3, 5.0, NULL, "between readings", AT(spacing)},
    {"noise", VT_REAL, "W kg-1", "0.5 mW/g", 0.0, 1e4, NULL, "standard deviation of a reading (section 11)", AT(noise)},
    {"curvature", VT_REAL, "W kg-1", "0 mW/g", -1e4, 1e4, NULL,
     "of the base line of run 1: heat flow at 100 K from the middle (section 11: 0 to 3 mW/g)", AT(curvature)},
    {"drift", VT_REAL, "W kg-1", "2 mW/g", 0.0, 1e4, NULL,
     "standard deviation of the slope of each base line, over 100 K, assumed", AT(drift)},
    {"offset", VT_REAL, "W kg-1", "5 mW/g", 0.0, 1e4, NULL, "standard deviation of its height, assumed", AT(offset)},
    {"response", VT_REAL, "s", "3 s", 0.0, 1e3, NULL, "time constant of the calorimeter, assumed", AT(response)},
    {"gain_error", VT_REAL, "1", "0.015", 0.0, 0.2, NULL,
     "standard deviation of its gain, the same for all its records (P21: 1 to 2 %)", AT(gain_error)},
    {"temperature_error", VT_REAL, "K", "0.5 K", 0.0, 50.0, NULL, "of its scale of temperature, likewise",
     AT(temperature_error)},
    {"gain_slope", VT_REAL, "K-1", "0 1/K", -0.01, 0.01, NULL, "of the gain, from glass_transition on", AT(gain_slope)},
    {"pan_heat_capacity", VT_REAL, "J K-1", "0 J/K", -1.0, 1.0, NULL,
     "by which the pan of the sample exceeds that of the reference: heat flow of the empty pan", AT(pan_heat_capacity)},
    {"pan_curvature", VT_REAL, "W", "0 mW", -1.0, 1.0, NULL,
     "of the base line of every record of the calorimeter: heat flow at 100 K from the middle", AT(pan_curvature)},
    {"scale_offset", VT_REAL, "K", "0 K", -50.0, 50.0, NULL,
     "by which the scale of temperature is too high at glass_transition", AT(scale_offset)},
    {"scale_slope", VT_REAL, "1", "0", -0.1, 0.1, NULL, "its slope", AT(scale_slope)},
    {"thermal_resistance", VT_REAL, "K W-1", "", 0.1, 1e4, NULL,
     "between sample and sensor: it reads higher by heat flow times this; absent: none, and 60 K/W (assumed) of a "
     "melting "
     "edge",
     AT(thermal_resistance)},
    {"substance", VT_TEXT, NULL, "indium", 0, 0, NULL, "that melts (record melting)", AT(substance)},
    {"fusion_enthalpy", VT_REAL, "J kg-1", "28.6 J/g", 1.0, 1e7, NULL, "of it (indium)", AT(fusion_enthalpy)},
    {"melt_heat_capacity", VT_REAL, "J kg-1 K-1", "0.25 J/(g K)", 1.0, 1e4, NULL,
     "of it, solid and liquid alike (indium: 0.24 to 0.26 J/(g K))", AT(melt_heat_capacity)},
    {"onset_error", VT_REAL, "K", "0.1 K", 0.0, 10.0, NULL,
     "standard deviation of the temperature of each melting record: how the sample lies, assumed", AT(onset_error)},
    {"calorimeter", VT_SEED, NULL, "0", 0, 0, NULL, "which one: gives gain and scale; 0: another for each seed",
     AT(calorimeter)},
    VT_PARAM_END};
#undef AT

vt_status vti_calorimetry_truth_check(const vti_calorimetry_truth *p, vt_error *err)
{
    if (p->exotherm_temperatures.n != p->exotherms.n || p->exotherm_widths.n != p->exotherms.n)
        return vt_fail(err, VT_ESHAPE, "%zu exotherms, %zu exotherm_temperatures and %zu exotherm_widths differ",
                       p->exotherms.n, p->exotherm_temperatures.n, p->exotherm_widths.n);
    if (!(p->end - p->begin >= 10.0 * p->spacing))
        return vt_fail(err, VT_ERANGE, "end %g K is not 10 readings of %g K above begin %g K", p->end, p->spacing,
                       p->begin);
    if (!((p->end - p->begin) / p->spacing < 1e6))
        return vt_fail(err, VT_ERANGE, "more than 1000000 readings; raise spacing = %g K", p->spacing);
    if (!(p->making_temperature > p->begin) || p->making_temperature == p->end)
        return vt_fail(err, VT_ERANGE, "making_temperature %g K must be above begin %g K and not be end",
                       p->making_temperature, p->begin);
    if (p->anneal_temperature <= p->begin)
        return vt_fail(err, VT_ERANGE, "anneal_temperature %g K is not above begin %g K", p->anneal_temperature,
                       p->begin);
    if (p->record == VTI_CALORIMETRY_RATES && p->cooling_rates.n == 0)
        return vt_fail(err, VT_ERANGE, "cooling_rates must not be empty");
    return VT_OK;
}

vt_tnm vti_calorimetry_truth_law(const vti_calorimetry_truth *p)
{
    return (vt_tnm){.ln_A = log(p->transition_time) - p->activation / p->glass_transition,
                    .dh_R = p->activation,
                    .x = p->nonlinearity,
                    .beta = p->beta};
}

vt_tnm_heat vti_calorimetry_truth_heat(const vti_calorimetry_truth *p)
{
    return (vt_tnm_heat){.T_ref = p->glass_transition,
                         .glass = p->glass_heat_capacity,
                         .glass_slope = p->glass_heat_slope,
                         .step = p->heat_capacity_step,
                         .step_slope = p->step_slope};
}
