/* Descriptor of the experiment `calorimetry`. */
#include "calorimetry_internal.h"
#include "calorimetry_truth.h"
#include "tnm_internal.h"
#include <stddef.h>

#define HEAT_NAMES \
    "?;heat flow;heatflow;HF;DSC;Heat Flow Endo Up;Heat Flow Exo Up;Heat Flow (Normalized);Unsubtracted Heat Flow;Q"

static const vt_column COLUMNS[] = {
    {"temperature", "K", 0, 50.0, 3000.0, "T;Temp;Temp.;Sample Temperature;Sample Temp;Tr;Ts;Sample T",
     "of the sample"},
    {"heat_flow", "W", 0, -100.0, 100.0, HEAT_NAMES ";specific_heat_flow", "into or out of the sample: see sign"},
    {"specific_heat_flow", "W kg-1", 0, -1e6, 1e6, HEAT_NAMES ";heat_flow", "the same of a unit of mass"},
    {"time", "s", 0, -1e8, 1e9, "t;elapsed_time", "cuts a programme of heatings and coolings and gives their rates"},
    {"scan", "text", 0, 0, 0, "run;cycle;segment", "1: as made, 2: the same piece again"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {
    {"mass", "kg", VT_EACH_TABLE, 0, 0, "sample_mass;sample_weight;sample_size;size;m", "of the sample"},
    {"heating_rate", "K s-1", VT_EACH_TABLE, 0, 0, "rate;q;scan_rate", "of the scans"},
    {"sign", "text", VT_EACH_TABLE, 0, 0, "convention", "endo_up or exo_up"},
    {"diameter", "m", VT_EACH_TABLE, 0, 0, "D", "of the wire or rod"},
    {"temperature_offset", "K", VT_EACH_TABLE, 0, 0, NULL, "added to temperature"},
    {"specimen", "text", 0, 0, 0, "sample", "which piece"},
    {"group", "text", 0, 0, 0, "form", "wire, rod: pieces that are compared as a group"},
    {"scan", "text", 0, 0, 0, "run", "1: as made, 2: the same piece again"},
    {"standard", "text", 0, 0, 0, NULL,
     "the record is of a standard: pan (empty), sapphire, or indium, tin, lead, zinc, ... that melts"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_calorimetry_params, field)
const vt_param VTI_CALORIMETRY_PARAMS[] = {
    {"mass", VT_REAL, "kg", "", 1e-12, 1.0, NULL, "of the sample", AT(mass)},
    {"mass_u", VT_REAL, "1", "0.01", 0.0, 0.5, NULL, "relative standard uncertainty of each mass (P21: 0.5 to 2 %)",
     AT(mass_u)},
    {"heating_rate", VT_REAL, "K s-1", "", 1e-5, 1e7, NULL,
     "of the scans; from time and temperature where the record has both", AT(heating_rate)},
    {"molar_mass", VT_REAL, "kg mol-1", "", 1e-3, 1.0, NULL,
     "gives enthalpies per mole, too; that of the card if not given", AT(molar_mass)},
    {"diameter", VT_REAL, "m", "", 1e-8, 0.1, NULL, "of the wire or rod, for the record", AT(diameter)},
    {"sign", VT_CHOICE, NULL, "file", 0, 0, "file|endo_up|exo_up",
     "which way heat flow counts upwards; file: as the file says", AT(sign)},
    {"gain_u", VT_REAL, "1", "0.015", 0.0, 0.5, NULL,
     "relative standard uncertainty of the calorimeter's gain, shared by all records (P21: 1 to 2 %)", AT(gain_u)},
    {"temperature_u", VT_REAL, "K", "0.5 K", 0.0, 50.0, NULL,
     "standard uncertainty of the scale of temperature, shared", AT(temperature_u)},
    {"temperature_offset", VT_REAL, "K", "0 K", -50.0, 50.0, NULL, "added to temperature", AT(temperature_offset)},
    {"thermal_lag", VT_REAL, "s", "0 s", 0.0, 100.0, NULL,
     "of the sample behind its thermometer: temperature is less by rate times lag", AT(thermal_lag)},
    {"calibrant_measured", VT_LIST, "K", "", 50.0, 3000.0, NULL, "onsets of melting of calibrants as measured",
     AT(calibrant_measured)},
    {"calibrant_true", VT_LIST, "K", "", 50.0, 3000.0, NULL, "their true temperatures, in the same order",
     AT(calibrant_true)},
    {"anchor_low", VT_LIST, "K", "", 50.0, 3000.0, NULL,
     "begin and end of window W1, below any relaxation; automatic if not given", AT(anchor_low)},
    {"anchor_high", VT_LIST, "K", "", 50.0, 3000.0, NULL,
     "begin and end of window W2, in the supercooled liquid; automatic if not given", AT(anchor_high)},
    {"glass_window", VT_LIST, "K", "", 50.0, 3000.0, NULL,
     "begin and end of the line of the glass, for the tangents; automatic if not given", AT(glass_window)},
    {"liquid_window", VT_LIST, "K", "", 50.0, 3000.0, NULL,
     "begin and end of the line of the liquid; automatic if not given", AT(liquid_window)},
    {"search", VT_LIST, "K", "", 50.0, 3000.0, NULL, "begin and end of what is looked at; all if not given",
     AT(search)},
    {"peak_window", VT_LIST, "K", "", 50.0, 3000.0, NULL,
     "begin and end of the baseline under a peak; automatic if not given", AT(peak_window)},
    {"start_temperature", VT_REAL, "K", "", 50.0, 3000.0, NULL,
     "form relaxation: in the liquid, where coolings begin; the highest reading if not given", AT(start_temperature)},
    {"zero_u", VT_REAL, "W", "0.05 mW", 0.0, 1.0, NULL,
     "standard uncertainty of the zero of heat flow of each run, assumed; counts where the empty pan is taken off",
     AT(zero_u)},
    {"standards", VT_TEXT, NULL, "", 0, 0, NULL,
     "which files are of standards, where they do not say so: empty.txt:pan,al2o3.txt:sapphire,in.txt:indium, or "
     "x.txt:NAME:TEMPERATURE of another substance that melts",
     AT(standards)},
    {"fit_step", VT_REAL, "K", "1 K", 0.05, 20.0, NULL, "form relaxation: width of the bins of the fit", AT(fit_step)},
    VT_PARAM_END};
#undef AT

static const vt_form FORMS[] = {
    {"relaxation", VTI_TNM_COLUMNS, "reading of heat capacity on heating after a cooling at a known rate"},
    VT_FORM_END};

static const vt_output OUTPUTS[] = {
    {"calibrant_onset", "T_on", "K", "of a standard that melts, before its correction"},
    {"temperature_shift", "dT", "K", "its melting temperature less that onset"},
    {"calibrant_lag", "dT_lag", "K", "rate times time constant of the calorimeter, in that onset"},
    {"thermal_resistance", "R", "K W-1", "between sample and sensor: one over the slope of a melting edge"},
    {"heat_flow_factor", "K", "1",
     "true over measured heat flow, by sapphire less the empty pan, in the middle of its scan"},
    {"glass_heat_capacity", "c_p,g", "J kg-1 K-1",
     "of the line of the glass at the midpoint, where the empty pan is taken off"},
    {"liquid_heat_capacity", "c_p,l", "J kg-1 K-1", "of the line of the liquid, likewise"},
    {"relaxation_enthalpy", "dH_rel", "J kg-1",
     "released, positive; physics: first less second scan over the better baseline; paper: area under the exotherm of "
     "the "
     "first scan alone over a drawn baseline"},
    {"relaxation_enthalpy_linear", "dH_rel", "J kg-1", "physics, over a straight line through both anchors"},
    {"relaxation_enthalpy_quadratic", "dH_rel", "J kg-1", "physics, over a parabola through both anchors"},
    {"molar_relaxation_enthalpy", "dH_rel", "J mol-1", "of the better baseline, where the molar mass is known"},
    {"relaxation_peak_enthalpy", "dH_k", "J kg-1", "part of the release, split between its maxima"},
    {"group_relaxation_enthalpy", "dH_rel", "J kg-1", "mean of the pieces of a group"},
    {"enthalpy_ratio", "dH_1/dH_2", "1", "of two groups; gain and rate cancel"},
    {"glass_transition_onset", "T_g,on", "K", "where the tangent of the step leaves the line of the glass"},
    {"glass_transition_midpoint", "T_g", "K", "half way between the lines of glass and liquid"},
    {"glass_transition_end", "T_g,end", "K", "where the tangent of the step meets the line of the liquid"},
    {"heat_flow_step", "dQ", "W", "between the lines at the midpoint; W kg-1 where the mass is known"},
    {"heat_capacity_step", "dc_p", "J kg-1 K-1", "the same over the rate"},
    {"relaxation_overshoot", "dQ_max", "W", "highest heat flow above the line of the liquid; W kg-1 likewise"},
    {"overshoot_heat_capacity", "dc_max", "J kg-1 K-1", "the same over the rate"},
    {"fictive_temperature", "T_f", "K",
     "equal areas between the lines of glass and liquid; of the piece as made (scan: by enthalpy) also that of the "
     "second "
     "scan and the release over the step"},
    {"crystallization_onset", "T_x", "K", "where the tangent of the first exotherm of a heating leaves its baseline"},
    {"crystallization_enthalpy", "dH_x", "J kg-1", "released over a straight baseline; J where the mass is not known"},
    {"peak_onset", "T_on", "K", "of a peak: tangent and baseline"},
    {"peak_temperature", "T_p", "K", "of a peak"},
    {"peak_enthalpy", "dH", "J kg-1", "released by a peak: melting is negative; J where the mass is not known"},
    {"relaxation_temperature", "T_100", "K", "form relaxation: where the relaxation time in equilibrium is 100 s"},
    {"relaxation_activation", "dh/R", "K", "form relaxation: of ln tau = ln A + x dh/RT + (1 - x) dh/RTf"},
    {"nonlinearity", "x", "1", "form relaxation"},
    {"stretching_exponent", "beta", "1", "form relaxation: of exp(-xi^beta)"},
    {"relaxation_prefactor", "ln A", "1", "form relaxation: ln(A/s)"},
    VT_OUTPUT_END};

const vt_experiment vti_calorimetry_experiment = {
    .name = "calorimetry",
    .summary = "stored enthalpy, glass transition and crystallization from scans of heat flow",
    .reference = "Dong et al. 2020 (S002); procedure P21",
    .details =
        "A record of time and temperature is cut into heatings and coolings by itself; a column scan (1 as made, 2 the "
        "same piece again), metadata `scan`, or two files of one heating each tell first and second scan. Heat flow is "
        "turned endothermic upwards: by sign, by what the file says, or by heatings against coolings, whose difference "
        "is a heat capacity. Glass transition: lines of the glass (12.5 to 8.5 % of the temperature below the end of "
        "the steepest rise, at its half height) and of the liquid (2.5 to 6 % above), the same for all scans of a "
        "piece; midpoint half way between them by a cubic through the rise, onset and end by its line, fictive "
        "temperature by equal areas (glass: 0.77 to 0.84 of the midpoint, liquid: beyond what still relaxes). What the "
        "first scan releases over the step "
        "of the second is how far the fictive temperature of the piece as made lies above that of its second scan. "
        "Enthalpy: difference of two heatings over the rate, less a baseline through windows below all relaxation "
        "(200 to 160 K below the transition) and in the liquid. A straight and a bent baseline are both reported; the "
        "bent one counts where it differs by 2 standard deviations, else its difference is in the budget. What an "
        "exotherm under a drawn baseline gives (reading paper) counts the rise of the heat capacity twice. Pieces of "
        "one group are averaged; in the ratio of two groups the gain of the calorimeter cancels. Heat released counts "
        "positive: an aged glass, which stores less than after its first scan, has a negative enthalpy, and an "
        "overshoot as high as melting. Records of standards may lie among the files (metadata `standard`, or setting "
        "`standards`): "
        "substances that "
        "melt give the correction of temperature by their onsets, and by the slope of their edges the thermal "
        "resistance, "
        "which shifts each scan by its own heat flow; the decay after their peaks gives the lag, by which a scan at "
        "another rate, or a cooling, is seen elsewhere; the empty pan, heated at the same rate, is taken off; with it, "
        "sapphire gives the factor of heat flow. Partial crystallization between the scans is seen where both reach "
        "its exotherm. Form relaxation: "
        "heat "
        "capacities of heatings after coolings at several rates give ln A, dh/R, x and beta of the relaxation law of "
        "`vitrum predict scan`; the parameters go together, so intervals are those of their profiles.",
    .example = "vitrum simulate calorimetry --seed 1 -o piece.csv && vitrum reduce calorimetry piece.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = VTI_CALORIMETRY_PARAMS,
    .params_size = sizeof(vti_calorimetry_params),
    .outputs = OUTPUTS,
    .reduce = vti_calorimetry_reduce,
    .truth = VTI_CALORIMETRY_TRUTH,
    .truth_size = sizeof(vti_calorimetry_truth),
    .simulate = vti_calorimetry_simulate,
    .forms = FORMS};
