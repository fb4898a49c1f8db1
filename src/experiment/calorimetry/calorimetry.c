/* Descriptor of the experiment `calorimetry`. */
#include "calorimetry_internal.h"
#include "calorimetry_truth.h"
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
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"relaxation_enthalpy", "dH_rel", "J kg-1", "released below and at the glass transition, positive, of two scans"},
    {"glass_transition_onset", "T_g,on", "K", "where the tangent of the step leaves the line of the glass"},
    {"glass_transition_midpoint", "T_g", "K", "half way between the lines of glass and liquid"},
    {"fictive_temperature", "T_f", "K", "equal areas"},
    {"crystallization_onset", "T_x", "K", "where the tangent of the exotherm leaves the line of the liquid"},
    {"heat_capacity_step", "dc_p", "J kg-1 K-1", "at the midpoint"},
    VT_OUTPUT_END};

const vt_experiment vti_calorimetry_experiment = {
    .name = "calorimetry",
    .summary = "stored enthalpy, glass transition and crystallization from scans of heat flow",
    .reference = "Dong et al. 2020 (S002); procedure P21",
    .details =
        "Two heatings of the same piece: the first releases what the making stored, the second is its baseline. ",
    .example = "vitrum reduce calorimetry scan.csv --set sign=endo_up --set mass=10mg",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = VTI_CALORIMETRY_PARAMS,
    .params_size = sizeof(vti_calorimetry_params),
    .outputs = OUTPUTS,
    .reduce = vti_calorimetry_reduce,
    .truth = VTI_CALORIMETRY_TRUTH,
    .truth_size = sizeof(vti_calorimetry_truth),
    .simulate = vti_calorimetry_simulate};
