/* Descriptor of the experiment `onchip`. */
#include "onchip_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"structure", "text", 1, 0, 0, "specimen;sample;device;beam", "name of the structure that a row belongs to"},
    {"elapsed_time", "s", 1, -1e12, 1e12, "time;t;time after release", "since release, above 0"},
    {"displacement", "m", 0, -1e-4, 5e-4, "u;contraction",
     "of the cursor, towards the actuator; may be missing where a specimen is broken"},
    {"displacement_2", "m", 0, -1e-4, 5e-4, "u_2",
     "of the cursor at the other end, towards a second actuator there; both together stretch the specimen"},
    {"broken", "text", 0, 0, 0, "fractured;failed", "1 or yes: the specimen is broken; 0, no or empty: it is not"},
    {"role", "text", 0, 0, 0, "kind;type", "specimen (also where empty), free (actuator without specimen) or pointer"},
    {"actuator_length", "m", 0, 1e-6, 1e-2, "L_a", "of its actuator; of a pointer: of each of its two beams"},
    {"actuator_length_2", "m", 0, 1e-6, 1e-2, "L_a2", "of a second actuator at its other end"},
    {"actuator_width", "m", 0, 1e-7, 1e-3, "w_a", "of its actuator"},
    {"actuator_thickness", "m", 0, 1e-9, 2e-5, "t_a", "of its actuator"},
    {"actuator_modulus", "Pa", 0, 1e9, 2e12, "E_a", "Young's modulus of its actuator"},
    {"specimen_length", "m", 0, 1e-7, 2e-3, "L0;length", "of its narrow part, of uniform width, which flows"},
    {"effective_length", "m", 0, 1e-7, 4e-3, "L_eff",
     "of a dogbone: of the uniform beam of its width that is as stiff, w times the integral of dx/w(x)"},
    {"total_length", "m", 0, 1e-7, 4e-3, "L_tot", "of a dogbone with its fillets; else its effective length"},
    {"width", "m", 0, 1e-8, 2e-4, "w;specimen_width", "of the specimen"},
    {"thickness", "m", 0, 1e-9, 2e-5, "specimen_thickness", "of the specimen"},
    {"mismatch", "1", 0, -0.1, 0.1, "specimen_mismatch", "mismatch strain of the specimen, below 0 in tension"},
    {"pointer_arm", "m", 0, 1e-7, 1e-2, "arm", "of a pointer: from its middle to the tip"},
    {"pointer_offset", "m", 0, 1e-8, 1e-3, "offset", "of a pointer: distance of its hinges"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {{"actuator_length", "m", 0, 0, 0, "L_a", "of every actuator"},
                                     {"actuator_width", "m", 0, 0, 0, "w_a", "of every actuator"},
                                     {"actuator_thickness", "m", 0, 0, 0, "t_a", "of every actuator"},
                                     {"actuator_modulus", "Pa", 0, 0, 0, "E_a", "of every actuator"},
                                     {"specimen_length", "m", 0, 0, 0, "L0", "of the narrow part of every specimen"},
                                     {"actuator_length_2", "m", 0, 0, 0, "L_a2", "of every second actuator"},
                                     {"effective_length", "m", 0, 0, 0, "L_eff", "of every dogbone"},
                                     {"total_length", "m", 0, 0, 0, "L_tot", "of every dogbone"},
                                     {"profile_position", "m", 0, 0, 0, NULL, "places along every specimen, a list"},
                                     {"profile_width", "m", 0, 0, 0, NULL, "widths of the dogbone there, a list"},
                                     {"overlap_compliance", "m N-1", 0, 0, 0, NULL, "of specimen on actuator"},
                                     {"width", "m", 0, 0, 0, "w;specimen_width", "of every specimen"},
                                     {"thickness", "m", 0, 0, 0, "specimen_thickness;film thickness", "of the film"},
                                     {"temperature", "K", 0, 0, 0, "T", "while the wafer waits"},
                                     VT_COLUMN_END};

#define AT(field) offsetof(vti_onchip_params, field)
/* Lengths have no range here: vti_onchip_geometry names the slip of a unit (ledger D2). */
const vt_param VTI_ONCHIP_PARAMS[] = {
    {"actuator_length", VT_REAL, "m", "", 0, 0, NULL, "of every actuator; else its column", AT(actuator_length)},
    {"actuator_length_2", VT_REAL, "m", "", 0, 0, NULL, "of the second actuator of every specimen; else its column",
     AT(actuator_length_2)},
    {"actuator_width", VT_REAL, "m", "", 0, 0, NULL, "of every actuator; else its column", AT(actuator_width)},
    {"actuator_thickness", VT_REAL, "m", "", 0, 0, NULL, "of every actuator; else its column", AT(actuator_thickness)},
    {"actuator_modulus", VT_REAL, "Pa", "", 0, 0, NULL, "of every actuator; else its column", AT(actuator_modulus)},
    {"specimen_length", VT_REAL, "m", "", 0, 0, NULL, "of the narrow part of every specimen; else its column",
     AT(specimen_length)},
    {"effective_length", VT_REAL, "m", "", 0, 0, NULL,
     "of every dogbone: of the uniform beam as stiff; else its column, else of the profile, else specimen_length",
     AT(effective_length)},
    {"total_length", VT_REAL, "m", "", 0, 0, NULL,
     "of every dogbone with its fillets; else its column, else of the profile, else effective_length",
     AT(total_length)},
    {"profile_position", VT_LIST, "m", "", -1.0, 1.0, NULL,
     "places along every dogbone, ascending: 0,5,30,35 um (profile_width has its widths there)", AT(profile_position)},
    {"profile_width", VT_LIST, "m", "", 1e-8, 0.01, NULL,
     "width of every dogbone at these places, straight between them: 2,1,1,2 um", AT(profile_width)},
    {"overlap_compliance", VT_REAL, "m N-1", "0 m N-1", 0.0, 1e3, NULL,
     "of the overlap of specimen and actuator, in series; about its length over E_a w_a t_a", AT(overlap_compliance)},
    {"series_u", VT_REAL, "1", "0.1", 0.0, 1.0, NULL,
     "relative, shared: of what fillets add to the effective length, and of the overlap", AT(series_u)},
    {"width", VT_REAL, "m", "", 0, 0, NULL, "of every specimen; else its column", AT(width)},
    {"thickness", VT_REAL, "m", "", 0, 0, NULL, "of every specimen; else its column", AT(thickness)},
    {"mismatch", VT_REAL, "1", "", -0.1, 0.1, NULL,
     "mismatch strain of every specimen; else its column, else where the elastic line meets zero stress", AT(mismatch)},
    {"pointer_arm", VT_REAL, "m", "", 0, 0, NULL, "of every pointer; else its column", AT(pointer_arm)},
    {"pointer_offset", VT_REAL, "m", "", 0, 0, NULL, "of every pointer; else its column", AT(pointer_offset)},
    {"actuator_mismatch", VT_REAL, "1", "", 0, 0, NULL,
     "mismatch strain of the actuators, below 0, in place of free actuators", AT(actuator_mismatch)},
    {"actuator_mismatch_u", VT_REAL, "1", "3e-5", 0.0, 0.01, NULL, "standard uncertainty of one that is given",
     AT(actuator_mismatch_u)},
    {"independent_modulus", VT_REAL, "Pa", "", 1e8, 1e12, NULL,
     "Young's modulus of the film by another method: sets the scale of stress in reading physics; else of the alloy "
     "card",
     AT(independent_modulus)},
    {"independent_modulus_u", VT_REAL, "Pa", "2 GPa", 0.0, 1e12, NULL, "its standard uncertainty",
     AT(independent_modulus_u)},
    {"poisson_ratio", VT_REAL, "1", "0.4", 0.0, 0.5, NULL, "of the film; else of the alloy card", AT(poisson_ratio)},
    {"poisson_ratio_u", VT_REAL, "1", "0.05", 0.0, 0.5, NULL, "its standard uncertainty (S003)", AT(poisson_ratio_u)},
    {"temperature", VT_REAL, "K", "298 K", 200.0, 1000.0, NULL, "while the wafer waits", AT(temperature)},
    {"temperature_u", VT_REAL, "K", "2 K", 0.0, 50.0, NULL, "its standard uncertainty", AT(temperature_u)},
    {"displacement_u", VT_REAL, "m", "20 nm", 0.0, 1e-5, NULL, "standard uncertainty of one reading (P22)",
     AT(displacement_u)},
    {"scale_u", VT_REAL, "1", "0.005", 0.0, 0.2, NULL, "relative, of the microscope, shared by all displacements",
     AT(scale_u)},
    {"actuator_modulus_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative, shared by the wafer",
     AT(actuator_modulus_u)},
    {"actuator_width_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative, shared", AT(actuator_width_u)},
    {"actuator_thickness_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative, shared", AT(actuator_thickness_u)},
    {"actuator_length_u", VT_REAL, "m", "0.2 um", 0.0, 1e-3, NULL, "shared", AT(actuator_length_u)},
    {"width_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative, shared", AT(width_u)},
    {"thickness_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative, shared", AT(thickness_u)},
    {"specimen_length_u", VT_REAL, "1", "0.002", 0.0, 0.5, NULL, "relative, shared", AT(specimen_length_u)},
    {"hardening", VT_REAL, "Pa", "", 0.0, 1e12, NULL,
     "d stress/d plastic strain; else the slope of the isochronous curve beyond yield", AT(hardening)},
    {"hardening_u", VT_REAL, "Pa", "0.3 GPa", 0.0, 1e12, NULL, "standard uncertainty of one that is given",
     AT(hardening_u)},
    {"threshold_stress", VT_REAL, "Pa", "", 0.0, 1e11, NULL,
     "below which nothing relaxes (ledger D7); else where the plastic line of the last time starts",
     AT(threshold_stress)},
    {"taylor_factor", VT_REAL, "1", "3.06", 1.0, 5.0, NULL, "M beside sqrt(3) (ledger D4)", AT(taylor_factor)},
    {"homologous_temperature", VT_REAL, "1", "0.466", 0.01, 1.0, NULL, "T/Tg of the cooperative shear model (P23)",
     AT(homologous_temperature)},
    {"force_limit", VT_REAL, "1", "0.25", 0.01, 1.0, NULL,
     "readings whose stress is known worse than this, relative, are left out (P22)", AT(force_limit)},
    {"elastic_share", VT_REAL, "1", "0.8", 0.1, 1.0, NULL, "specimens below this share of the yield strain are elastic",
     AT(elastic_share)},
    {"plastic_strain", VT_REAL, "1", "0.002", 0.0, 0.1, NULL, "specimens beyond this plastic strain have yielded",
     AT(plastic_strain)},
    {"offset_strain", VT_REAL, "1", "0.002", 0.0, 0.1, NULL, "plastic strain of the offset yield stress",
     AT(offset_strain)},
    {"time_tolerance", VT_REAL, "1", "0.05", 0.0, 1.0, NULL, "relative; readings this close in time are one curve",
     AT(time_tolerance)},
    {"relaxation", VT_CHOICE, NULL, "auto", 0, 0, "auto|no", "no: stress and strain only", AT(relaxation)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"actuator_mismatch", "eps_a", "1", "mismatch strain of the actuators: free ones; beside it of pointers"},
    {"actuator_zero", "u_0", "m", "contraction of a free actuator of no length: under-etch, offset"},
    {"stress", "sigma", "Pa", "true stress per structure and time"},
    {"strain", "eps", "1", "true mechanical strain per structure and time"},
    {"elastic_modulus", "E", "Pa", "slope of the elastic points by the geometry; physics: the independent modulus"},
    {"consistency_factor", "f", "1", "that slope over the independent modulus: 1 if the geometry is right"},
    {"specimen_mismatch", "eps_mis", "1", "mismatch strain of the specimen: where the elastic line meets zero stress"},
    {"yield_stress", "sigma_y", "Pa", "at 0.2 % plastic strain, and at the change point, at the first time"},
    {"hardening_modulus", "theta", "Pa", "slope of stress in plastic strain at one rate, beyond yield"},
    {"relaxation_amplitude", "A1", "m", "of u = A1 ln(A2 t), per structure"},
    {"elastic_relaxation", "A1_el", "m", "mean of the elastic specimens: 0 if nothing but flow moves them"},
    {"strain_rate", "eps_p'", "s-1", "plastic, at first and last time"},
    {"rate_stress", "S", "Pa", "d stress/d ln(rate)"},
    {"rate_sensitivity", "m", "1", "S over the stress, and over the stress above its threshold"},
    {"activation_volume", "V", "m3", "M k T/S: with and without hardening, for both M"},
    {"transformation_zone_volume", "Omega", "m3", "C' V, with and without the root in C'"},
    {"fracture_strain", "eps_f", "1", "last unbroken specimen: a lower bound; median of the product limit if reached"},
    VT_OUTPUT_END};

const vt_experiment vti_onchip_experiment = {
    .name = "onchip",
    .summary = "stress, strain and months of relaxation of films pulled by the internal tension of an actuator",
    .reference =
        "Idrissi et al. 2019 (S003), Methods and Fig. 1; Gravier et al. 2009; procedures P22, P23; ledger D2 to "
        "D7; Johnson and Samwer 2005",
    .details =
        "An actuator of modulus E_a with the mismatch strain eps_a (free actuators of five lengths and more, robust "
        "line; "
        "its zero is added to every length) contracts by u and pulls: F = E_a w_a t_a [ln(1 - u/L_a) - eps_a], "
        "eps = ln(1 + u/L0) - eps_mis. Reading `paper`: true stress F/(w t) (1 + u/L0) beyond yield and (1 + u/L0)^(2 "
        "nu) "
        "before, in the scale of the stated geometry, which the wafer shares. Reading `physics`: only the plastic part "
        "of "
        "the strain keeps the volume, and the scale is that of the independent modulus where there is one: one factor "
        "for the wafer, the slope of the elastic specimens over it. Specimens that flow relax as u = A1 ln(A2 t), a "
        "line in ln t; c2 = -d sigma/du and c3 = d eps_p/du follow from the balance. Paper: S = A1 c2. Physics: "
        "S = A1 (c2 + theta c3), since they harden as they relax; theta from all isochronous curves, freed of the "
        "different rates. V = M k T/S for M = sqrt(3) (von Mises) and the Taylor factor; m = S/stress, and of the "
        "stress "
        "above the threshold; zones by C' with and without its root. Fracture by the product limit: broken structures "
        "count at the last survivor. A dogbone is the uniform beam as stiff, w integral dx/w(x) long, while all of it "
        "is elastic; beyond yield its narrow part flows and the rest, as the overlap, is an elastic compliance in "
        "series. Where two actuators pull one specimen their forces are compared. Uncertainties are first order, "
        "through the whole reduction at once: terms of the wafer are shared groups. As many Monte Carlo draws as "
        "replicates stand beside what comes from all specimens (200 at least, and 5 beyond either end), with the same "
        "specimens elastic and flowed; where an end differs by more than a tenth of the half-width both ends are "
        "theirs and u is half of what holds 68.3 % of them (W_NONLINEAR). The interval of a volume ends where that of "
        "the rate stress does: where that may be 0 it is open above, and not told (W_RESOLUTION). Single points, "
        "amplitudes, strain rates and fracture strains are first order alone.",
    .example = "vitrum simulate onchip --seed 1 -o wafer.csv && vitrum reduce onchip wafer.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = VTI_ONCHIP_PARAMS,
    .params_size = sizeof(vti_onchip_params),
    .outputs = OUTPUTS,
    .reduce = vti_onchip_reduce,
    .truth = VTI_ONCHIP_TRUTH,
    .truth_size = sizeof(vti_onchip_truth),
    .simulate = vti_onchip_simulate};
