/* Descriptor of the experiment `compression`. */
#include "virtual_internal.h"
#include <stddef.h>

#define TIME_NAMES "Test Time;Elapsed Time;Run Time;Running Time;Total Time;t"
#define DISPLACEMENT_NAMES \
    "Extension;Compressive extension;Compressive displacement;Crosshead;Crosshead displacement;Stroke;" \
    "Axial Displacement;Displacement (Crosshead);Position;u"
#define FORCE_NAMES "Load;Compressive load;Axial Force;Standard force;F"

static const vt_column COLUMNS[] = {
    {"time", "s", 1, -1e6, 1e9, TIME_NAMES, "ascending within a specimen"},
    {"displacement", "m", 1, -2.0, 2.0, DISPLACEMENT_NAMES,
     "of the crosshead; positive or negative in compression: the sign is turned if needed, and said"},
    {"force", "N", 1, -1e7, 1e7, FORCE_NAMES, "positive or negative in compression"},
    {"temperature", "K", 0, 280.0, 2000.0, "T;Specimen temperature;Sample temperature", "of the specimen"},
    {"specimen", "text", 0, 0, 0, "sample;test", "what a row belongs to; 'platen': the run without specimen"},
    {"diameter", "m", 0, 1e-6, 0.1, "D0;Original Diameter;Initial diameter", "before the test; one value is enough"},
    {"height", "m", 0, 1e-6, 0.2, "h0;Original Length;Original height;Initial height", "before the test"},
    VT_COLUMN_END};

static const vt_column PLATEN[] = {
    {"displacement", "m", 1, -2.0, 2.0, DISPLACEMENT_NAMES, "of the crosshead, platen on platen"},
    {"force", "N", 1, -1e7, 1e7, FORCE_NAMES, "positive or negative in compression"},
    VT_COLUMN_END};

static const vt_form FORMS[] = {
    {"platen", PLATEN, "a reading of the run of rigid platens against each other, which gives the machine compliance"},
    VT_FORM_END};

const vt_column VTI_COMPRESSION_METADATA[] = {
    {"specimen", "text", VT_EACH_TABLE, 0, 0, "sample;test run", "name of the specimen; 'platen': the run without one"},
    {"diameter", "m", VT_EACH_TABLE, 0, 0, "D0;original diameter", "of the specimen before the test"},
    {"height", "m", VT_EACH_TABLE, 0, 0, "h0;original length;original height", "of the specimen before the test"},
    {"temperature", "K", VT_EACH_TABLE, 0, 0, "T", "of the test"},
    {"group", "text", VT_EACH_TABLE, 0, 0, NULL, "group of the specimen on the map of experiment flow"},
    {"constants", "text", VT_EACH_TABLE, 0, 0, NULL, "where the constants of a virtual material come from"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_compression_params, field)
const vt_param VTI_COMPRESSION_PARAMS[] = {
    {"diameter", VT_REAL, "m", "", 1e-6, 0.1, NULL, "of every specimen; else that of its table", AT(diameter)},
    {"height", VT_REAL, "m", "", 1e-6, 0.2, NULL, "of every specimen; else that of its table", AT(height)},
    {"temperature", VT_REAL, "K", "", 280.0, 2000.0, NULL, "of every test; else that of its table", AT(temperature)},
    {"machine_compliance", VT_REAL, "m N-1", "", 0.0, 1e-3, NULL, "of machine and platens; else from a platen run",
     AT(machine_compliance)},
    {"friction", VT_REAL, "1", "", 0.0, 1.0, NULL, "Coulomb coefficient at the platens; absent: between the next two",
     AT(friction)},
    {"friction_low", VT_REAL, "1", "0.05", 0.0, 1.0, NULL, "lowest coefficient there may be (P06)", AT(friction_low)},
    {"friction_high", VT_REAL, "1", "0.3", 0.0, 1.0, NULL, "highest coefficient there may be (P06)", AT(friction_high)},
    {"friction_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "standard uncertainty of a friction that is given",
     AT(friction_u)},
    {"force_u", VT_REAL, "1", "0.005", 0.0, 0.2, NULL, "relative, of the load cell, shared by all specimens (P06)",
     AT(force_u)},
    {"diameter_u", VT_REAL, "m", "5 um", 0.0, 1e-2, NULL, "standard uncertainty of a diameter", AT(diameter_u)},
    {"height_u", VT_REAL, "m", "10 um", 0.0, 1e-2, NULL, "standard uncertainty of a height", AT(height_u)},
    {"displacement_u", VT_REAL, "1", "0.002", 0.0, 0.2, NULL, "relative, of the crosshead, shared by all specimens",
     AT(displacement_u)},
    {"compliance_u", VT_REAL, "1", "0.05", 0.0, 1.0, NULL, "relative, of a machine_compliance that is given",
     AT(compliance_u)},
    {"temperature_u", VT_REAL, "K", "0.5 K", 0.0, 50.0, NULL,
     "of the temperature, shared by all specimens; enters the viscosity where the VFT law is known", AT(temperature_u)},
    {"elastic_modulus", VT_REAL, "Pa", "", 1e8, 1e12, NULL, "of the glass: the elastic slope is judged by it",
     AT(elastic_modulus)},
    {"density", VT_REAL, "kg m-3", "", 500.0, 25000.0, NULL, "for self-heating", AT(density)},
    {"heat_capacity", VT_REAL, "J kg-1 K-1", "", 10.0, 1e5, NULL, "for self-heating", AT(heat_capacity)},
    {"thermal_conductivity", VT_REAL, "W m-1 K-1", "", 0.1, 1000.0, NULL, "for self-heating; absent: adiabatic",
     AT(thermal_conductivity)},
    {"vft_strength", VT_REAL, "1", "", 0.1, 1000.0, NULL, "D* of the VFT law", AT(vft_strength)},
    {"vft_T0", VT_REAL, "K", "", 1.0, 2000.0, NULL, "T0 of the VFT law", AT(vft_T0)},
    {"vft_viscosity_at_reference", VT_REAL, "Pa s", "", 1e-6, 1e20, NULL,
     "of the VFT law: the Newtonian limit is checked against it", AT(vft_viscosity_at_reference)},
    {"reference_temperature", VT_REAL, "K", "", 100.0, 2000.0, NULL, "at which that viscosity holds",
     AT(reference_temperature)},
    {"strain_limit", VT_REAL, "1", "0.3", 0.05, 2.0, NULL, "largest strain used: barrelling (P06)", AT(strain_limit)},
    {"strain_least", VT_REAL, "1", "0.05", 0.005, 1.0, NULL, "shortest steady window (P06)", AT(strain_least)},
    {"overshoot_strain", VT_REAL, "1", "0.1", 0.005, 1.0, NULL, "an overshoot lies before this strain (P06)",
     AT(overshoot_strain)},
    {"overshoot_least", VT_REAL, "1", "0.01", 0.0, 1.0, NULL, "smallest overshoot, relative to the steady stress (P06)",
     AT(overshoot_least)},
    {"drift", VT_REAL, "1", "0.01", 0.0, 0.2, NULL,
     "change of the stress over the window that counts as none; beyond it a significant change is not steady",
     AT(drift)},
    {"heating_limit", VT_REAL, "K", "1 K", 0.0, 100.0, NULL, "self-heating that is warned of", AT(heating_limit)},
    {"temperature_tolerance", VT_REAL, "K", "1 K", 0.0, 50.0, NULL, "tests this close are at one temperature",
     AT(temperature_tolerance)},
    {"sensitivity_threshold", VT_REAL, "1", "0.7", 0.05, 1.0, NULL,
     "rate sensitivity below which flow counts as non-Newtonian (S000)", AT(sensitivity_threshold)},
    {"viscosity_threshold", VT_REAL, "1", "0.8", 0.05, 1.0, NULL,
     "share of the Newtonian viscosity below which flow counts as non-Newtonian (P06)", AT(viscosity_threshold)},
    {"control", VT_CHOICE, NULL, "auto", 0, 0, "auto|crosshead|true_rate",
     "what the test held constant; auto: found in the record", AT(control)},
    {"group", VT_TEXT, NULL, "bulk", 0, 0, NULL, "group of the specimens on the map of experiment flow", AT(group)},
    {"specimen", VT_TEXT, NULL, "", 0, 0, NULL, "name of the only specimen of each table", AT(specimen)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"peak_stress", "sigma_p", "Pa",
     "smoothed stress at the overshoot; without one the largest before overshoot_strain"},
    {"peak_strain", "eps_p", "1", "true strain there"},
    {"overshoot", "dsigma", "Pa", "peak less the steady stress at the rate of the peak; absent where there is none"},
    {"overshoot_ratio", "dsigma/sigma", "1", "overshoot over that steady stress"},
    {"steady_stress", "sigma_ss", "Pa", "true stress at the centre of the steady window"},
    {"strain_rate", "eps'", "s-1", "true rate there"},
    {"viscosity", "eta", "Pa s", "steady_stress over three times the rate"},
    {"rate_sensitivity", "m", "1", "d ln(stress)/d ln(rate) at the rate of the specimen, from all at its temperature"},
    {"newtonian_viscosity", "eta_N", "Pa s", "limit of low rates, per temperature"},
    {"class", "", "1", "1 newtonian, 0 undetermined, -1 non-newtonian; the word is in its scope"},
    {"machine_compliance", "C_m", "m N-1", "slope of the platen run"},
    VT_OUTPUT_END};

const vt_experiment vti_compression_experiment = {
    .name = "compression",
    .summary = "stress overshoot, steady stress and viscosity of short cylinders in hot compression",
    .reference = "Magagnosc et al. 2016 (S000), Methods and Fig. 5; procedure P06; Spaepen 1977; targets T6",
    .details =
        "Zero: the steepest part of the loading is continued to the force before contact, which takes the toe-in out. "
        "Height h = h0 - (u - C_m F), strain ln(h0/h), stress F h/(A0 h0) over 1 + 2 mu r/(3 h); an unknown friction "
        "lies anywhere between its limits. The curve is smoothed by local parabolas whose width is chosen by "
        "cross-validation. In the steady window ln(stress) is a straight line in strain whose slope lies between 0 and "
        "that of ln(rate): at constant crosshead speed the true rate rises as 1/h and the stress with it. The window "
        "is "
        "the longest one without transient (R statistic, MSER-5), curvature or a change that no rate explains. The "
        "overshoot is how far the peak lies above that line continued to its strain, so that a steady rise is none; it "
        "counts beyond five standard uncertainties and 1 % of the steady stress. Viscosity is stress over three times "
        "the true rate, both at the centre of the window. Rate sensitivity and Newtonian limit come from all "
        "specimens at one temperature. Class: non-Newtonian by overshoot, by m below 0.7, or by a viscosity below 0.8 "
        "of the Newtonian limit; reading `paper` takes the values alone, `physics` their intervals. The curve "
        "`flow_points` is a table for experiment flow.",
    .example = "vitrum simulate compression --seed 1 -o tests.csv && vitrum reduce compression tests.csv",
    .columns = COLUMNS,
    .metadata = VTI_COMPRESSION_METADATA,
    .params = VTI_COMPRESSION_PARAMS,
    .params_size = sizeof(vti_compression_params),
    .outputs = OUTPUTS,
    .reduce = vti_compression_reduce,
    .truth = VTI_COMPRESSION_TRUTH,
    .truth_size = sizeof(vti_compression_truth),
    .simulate = vti_compression_simulate,
    .forms = FORMS};
