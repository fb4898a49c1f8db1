/* Descriptor of the experiment `heating`. */
#include "heating_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"power", "W", 0, 0, 1e5, "P;electrical_power", "electrical, contacts included; or current and voltage"},
    {"current", "A", 0, -1e4, 1e4, "I", "through the wire"},
    {"voltage", "V", 0, -1e5, 1e5, "V;U", "over wire and contacts"},
    {"viscosity", "Pa s", 0, 1e-3, 1e18, "eta", "apparent: stress over three times the rate of the whole length"},
    {"temperature", "K", 0, 100.0, 2500.0, "T", "where an event of known temperature was seen at this power"},
    {"class", "text", 0, 0, 0, NULL, "only newtonian viscosities count; empty: newtonian"},
    {"specimen", "text", 0, 0, 0, "wire;sample", "what shares a thermal resistance"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_heating_params, field)
const vt_param VTI_HEATING_PARAMS[] = {
    {"grip_temperature", VT_REAL, "K", "20 degC", 1.0, 2000.0, NULL, "of the grips, where power is 0",
     AT(grip_temperature)},
    {"grip_temperature_u", VT_REAL, "K", "2 K", 0.0, 100.0, NULL, "standard uncertainty", AT(grip_temperature_u)},
    {"power_u", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "relative standard uncertainty of one power", AT(power_u)},
    {"viscosity_u", VT_REAL, "1", "0.11", 0.0, 1.0, NULL,
     "relative standard uncertainty of the viscosity that all readings of a wire share (S000: 11 %, its area)",
     AT(viscosity_u)},
    {"viscosity_scatter", VT_REAL, "1", "0.02", 0.0, 1.0, NULL, "the same of one reading by itself",
     AT(viscosity_scatter)},
    {"marker_u", VT_REAL, "K", "5 K", 0.0, 200.0, NULL, "standard uncertainty of the temperature of an event",
     AT(marker_u)},
    {"end_share", VT_REAL, "1", "0.5", 0.0, 1.0, NULL,
     "share of the rise that the ends of the wire have: 0 cold grips, 1 a wire of one temperature", AT(end_share)},
    {"end_share_half_width", VT_REAL, "1", "0.5", 0.0, 1.0, NULL,
     "half width of what it may be (rectangular); the default knows nothing of the ends", AT(end_share_half_width)},
    {"vft_T0", VT_REAL, "K", "", 1.0, 2000.0, NULL, "of the viscosity law; that of the card if not given", AT(vft_T0)},
    {"vft_strength", VT_REAL, "1", "", 0.1, 1000.0, NULL, "D* of the viscosity law; that of the card if not given",
     AT(vft_strength)},
    {"vft_viscosity_at_reference", VT_REAL, "Pa s", "", 1e-6, 1e20, NULL,
     "viscosity at the reference temperature; that of the card if not given", AT(vft_viscosity_at_reference)},
    {"reference_temperature", VT_REAL, "K", "", 100.0, 2000.0, NULL,
     "where that viscosity holds; that of the card if not given", AT(reference_temperature)},
    {"law_temperature_u", VT_REAL, "K", "0 K", 0.0, 200.0, NULL,
     "standard uncertainty of a temperature by the law, beside what the card tells", AT(law_temperature_u)},
    {"diameter", VT_REAL, "m", "", 1e-9, 1e-2, NULL, "with length: the share of the contacts is told", AT(diameter)},
    {"diameter_u", VT_REAL, "1", "0.05", 0.0, 0.5, NULL, "relative standard uncertainty", AT(diameter_u)},
    {"length", VT_REAL, "m", "", 1e-8, 10.0, NULL, "between the contacts", AT(length)},
    {"length_u", VT_REAL, "1", "0.02", 0.0, 0.5, NULL, "relative standard uncertainty", AT(length_u)},
    {"thermal_conductivity", VT_REAL, "W m-1 K-1", "7 W m-1 K-1", 0.01, 1000.0, NULL,
     "of the wire, at the temperature of the grips (7: ledger B5)", AT(thermal_conductivity)},
    {"conductivity_slope", VT_REAL, "K-1", "0 K-1", -0.01, 0.01, NULL,
     "relative slope of the conductivity, which is that of the grip temperature", AT(conductivity_slope)},
    {"thermal_conductivity_u", VT_REAL, "1", "0.3", 0.0, 1.0, NULL, "relative standard uncertainty (P05)",
     AT(thermal_conductivity_u)},
    {"crystallization_onset", VT_REAL, "K", "", 100.0, 3000.0, NULL, "warns above it; that of the card if not given",
     AT(crystallization_onset)},
    VT_PARAM_END};
#undef AT

#define AT(field) offsetof(vti_heating_truth, field)
const vt_param VTI_HEATING_TRUTH[] = {
    {"powers", VT_LIST, "W", "83,84,85,86,87 uW", 1e-12, 1e5, NULL, "one reading at each", AT(powers)},
    {"diameter", VT_REAL, "m", "150 nm", 1e-9, 1e-2, NULL, "of the wire (S000)", AT(diameter)},
    {"diameter_error", VT_REAL, "1", "0.05", 0.0, 0.3, NULL,
     "standard deviation of stated over true diameter (section 11)", AT(diameter_error)},
    {"length", VT_REAL, "m", "5 um", 1e-8, 10.0, NULL, "between the contacts (ledger B5)", AT(length)},
    {"thermal_conductivity", VT_REAL, "W m-1 K-1", "7 W m-1 K-1", 0.01, 1000.0, NULL,
     "at the temperature of the grips (ledger B5)", AT(thermal_conductivity)},
    {"conductivity_slope", VT_REAL, "K-1", "5e-4 K-1", -0.01, 0.01, NULL, "its relative slope, assumed",
     AT(conductivity_slope)},
    {"resistivity", VT_REAL, "ohm m", "1.5e-6 ohm m", 1e-9, 1e-3, NULL, "typical of metallic glass, assumed",
     AT(resistivity)},
    {"resistivity_slope", VT_REAL, "K-1", "-1e-4 K-1", -0.01, 0.01, NULL, "its relative slope (P05: about 1e-4)",
     AT(resistivity_slope)},
    {"emissivity", VT_REAL, "1", "0.3", 0.0, 1.0, NULL, "of the surface", AT(emissivity)},
    {"contact_share", VT_REAL, "1", "0.6", 0.0, 1.0, NULL, "of the power (section 11)", AT(contact_share)},
    {"contact_resistance", VT_REAL, "K W-1", "1.25 K/uW", 0.0, 1e12, NULL,
     "thermal, of each contact between wire and grip", AT(contact_resistance)},
    {"grip_temperature", VT_REAL, "K", "20 degC", 1.0, 2000.0, NULL, "of the grips", AT(grip_temperature)},
    {"vft_T0", VT_REAL, "K", "336 K", 1.0, 2000.0, NULL, "T0 (targets T8, Pt57.5, recalled there)", AT(vft_T0)},
    {"vft_strength", VT_REAL, "1", "16.4", 0.1, 1000.0, NULL, "D* (targets T8, Pt57.5, recalled there)",
     AT(vft_strength)},
    {"viscosity", VT_REAL, "Pa s", "1e12 Pa s", 1.0, 1e18, NULL, "at the glass transition: its convention",
     AT(viscosity)},
    {"glass_transition", VT_REAL, "K", "507.6 K", 100.0, 2000.0, NULL, "Pt57.5 wires, implied by S000 (ledger B2)",
     AT(glass_transition)},
    {"viscosity_error", VT_REAL, "1", "0.11", 0.0, 1.0, NULL,
     "standard deviation of ln(viscosity) that all readings share", AT(viscosity_error)},
    {"viscosity_scatter", VT_REAL, "1", "0.02", 0.0, 1.0, NULL, "the same of each by itself", AT(viscosity_scatter)},
    {"power_noise", VT_REAL, "1", "0.005", 0.0, 0.3, NULL, "relative error of each power (section 11)",
     AT(power_noise)},
    {"open_from", VT_INT, NULL, "0", 0, 64, NULL, "reading from which the circuit is open; 0: never", AT(open_from)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"maximum_temperature", "T_max", "K", "of the hottest place at each power"},
    {"thermal_resistance", "R_th", "K W-1", "rise of the hottest place over the whole power"},
    {"active_fraction", "f", "1", "part of the length that flows"},
    {"contact_share", "s", "1", "share of the power that the contacts take"},
    VT_OUTPUT_END};

const vt_experiment vti_heating_experiment = {
    .name = "heating",
    .summary = "temperature of a wire by the power that heats it, from its own viscosity",
    .reference = "Magagnosc et al. 2016 (S000); procedure P05; ledger B5",
    .details =
        "The viscosity of a glass tells its temperature, T = T0 + B/ln(eta/eta0), if its VFT law is known (reading "
        "paper: a wire of one temperature, a lower bound). A wire that a current heats is hottest in the middle, and "
        "only the hot part flows: the apparent viscosity is eta(T_max)/f, which is solved for T_max with the profile "
        "of conduction between ends of a stated share of the rise (reading physics). Temperature against power gives "
        "the thermal "
        "resistance, tested for being proportional; events of known temperature are a second route. With diameter and "
        "length, conduction tells the share of the power in the contacts. Resistance thermometry is not offered: "
        "metallic glasses change by 1e-4 per kelvin. Without either route power stays the axis.",
    .example = "vitrum simulate heating --seed 1 -o powers.csv && vitrum reduce heating powers.csv --set vft_T0=336K "
               "--set vft_strength=16.4 --set vft_viscosity_at_reference=1e12Pa.s --set reference_temperature=507.6K",
    .columns = COLUMNS,
    .params = VTI_HEATING_PARAMS,
    .params_size = sizeof(vti_heating_params),
    .outputs = OUTPUTS,
    .reduce = vti_heating_reduce,
    .truth = VTI_HEATING_TRUTH,
    .truth_size = sizeof(vti_heating_truth),
    .simulate = vti_heating_simulate};
