/* Descriptor of the experiment `molding`. */
#include "molding.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"temperature", "K", 1, 330.0, 3000.0, "T;molding_temperature", "of the run"},
    {"pressure", "Pa", 1, 1e5, 1e11, "p;molding_pressure",
     "mean over the run; integral of p dt over time where it ramps"},
    {"time", "s", 1, 1e-3, 1e9, "t;molding_time", "under pressure"},
    {"diameter", "m", 1, 1e-9, 5e-5, "d;pore_diameter", "of the pores"},
    {"length", "m", 1, 1e-10, 1e-2, "L;wire_length;mean_length",
     "mean over the wires, or one wire in each row; imprint included"},
    {"length_sd", "m", 0, 0.0, 1e-2, "sd;std;length_std;standard_deviation", "standard deviation between wires"},
    {"count", "1", 0, 1.0, 1e9, "n;number;wires", "wires measured"},
    {"imprint_length", "m", 0, 0.0, 1e-2, "L0;prepress_length", "length before the run, from the prepress"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {{"alloy", "text", 0, 0.0, 0.0, NULL, "name of the alloy"}, VT_COLUMN_END};

#define AT(field) offsetof(vti_mold_params, field)
const vt_param VTI_MOLD_PARAMS[] = {
    {"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "name of the alloy, for the card that the laws make", AT(alloy)},
    {"atomic_volume", VT_REAL, "m3", "1.233e-29 m3", 1e-30, 1e-27, NULL, "mean atomic volume Omega", AT(atomic_volume)},
    {"atomic_volume_u", VT_REAL, "1", "0", 0, 1, NULL, "its relative standard uncertainty", AT(atomic_volume_u)},
    {"prefactor", VT_CHOICE, NULL, "both", 0, 0, "both|32|16",
     "viscosity from the mean-speed form (32, reading paper), the integrated form (16, physics), or both",
     AT(prefactor)},
    {"model", VT_CHOICE, NULL, "auto", 0, 0, "auto|additive|fastest",
     "speeds of both mechanisms add, or the faster wins; auto: what all conditions together support", AT(model)},
    {"kink", VT_CHOICE, NULL, "auto", 0, 0, "auto|continuous|jump|none",
     "glass branch of the viscosity; auto: continuous if it beats the laws without kink and chance", AT(kink)},
    {"entrance", VT_CHOICE, NULL, "no", 0, 0, "no|yes", "resistance of the pore entrance, L^2 + 0.589 d L",
     AT(entrance)},
    {"capillary", VT_CHOICE, NULL, "no", 0, 0, "no|yes", "add the capillary pressure 4 gamma cos(theta)/d",
     AT(capillary)},
    {"diameter_u", VT_REAL, "1", "0.03", 0, 0.5, NULL,
     "relative standard uncertainty of a pore diameter, independent between rows", AT(diameter_u)},
    {"pressure_u", VT_REAL, "1", "0", 0, 0.5, NULL, "relative standard uncertainty of the gauge, common to all rows",
     AT(pressure_u)},
    {"temperature_u", VT_REAL, "K", "0 K", 0, 50, NULL,
     "standard uncertainty of the thermometer, common to all rows; write it in K", AT(temperature_u)},
    {"imprint", VT_REAL, "1", "0.5", 0, 5, NULL, "longest imprint over diameter, where imprint_length is not given",
     AT(imprint)},
    {"template_thickness", VT_REAL, "m", "", 1e-8, 1e-1, NULL, "lengths that reach it are refused",
     AT(template_thickness)},
    {"tg", VT_REAL, "K", "317 degC", 100, 3000, NULL, "calorimetric glass transition: reference of the laws", AT(tg)},
    {"relaxation_time", VT_REAL, "s", "76 s", 1e-6, 1e9, NULL, "relaxation time at tg, from calorimetry",
     AT(relaxation_time)},
    {"exposure_time", VT_REAL, "s", "", 1e-3, 1e12, NULL,
     "time that the glass transitions belong to; the longest run if not given", AT(exposure_time)},
    {"interface_thickness", VT_REAL, "m", "0.5 nm", 1e-11, 1e-7, NULL,
     "thickness delta of the interface, an assumption; before it comes that of the alloy card",
     AT(interface_thickness)},
    {"interface_thickness_factor", VT_REAL, "1", "1.65", 1.0, 100, NULL,
     "it is known to within this factor (one standard deviation)", AT(interface_thickness_factor)},
    {"atomic_radius", VT_REAL, "m", "0.13 nm", 2e-11, 1e-9, NULL,
     "radius R of the diffusing atom, an assumption; before it comes that of the alloy card", AT(atomic_radius)},
    {"atomic_radius_u", VT_REAL, "1", "0.1", 0, 1, NULL, "its relative standard uncertainty", AT(atomic_radius_u)},
    {"stokes_einstein_constant", VT_REAL, "1", "6", 1, 12, NULL, "c of D = kT/(c pi R eta): 6 stick, 4 slip",
     AT(stokes_einstein_constant)},
    {"activation_ratio", VT_REAL, "1", "2", 1, 10, NULL, "bulk over interface activation energy Q_B/Q_I: an assumption",
     AT(activation_ratio)},
    {"activation_ratio_u", VT_REAL, "1", "0.05", 0, 5, NULL, "its standard uncertainty", AT(activation_ratio_u)},
    {"vft_viscosity_infinite", VT_REAL, "Pa s", "4e-5 Pa s", 1e-12, 1e3, NULL,
     "viscosity of the VFT law at infinite temperature, held with fewer than 6 liquid points",
     AT(vft_viscosity_infinite)},
    {"vft_viscosity_infinite_decades", VT_REAL, "1", "1", 0, 20, NULL,
     "it is known to within this many decades (one standard deviation)", AT(vft_viscosity_infinite_decades)},
    {"surface_tension", VT_REAL, "N m-1", "1.4 N/m", 0.01, 10, NULL, "of the liquid alloy", AT(surface_tension)},
    {"contact_angle", VT_REAL, "rad", "117 degree", 0, 3.1415926535897932, NULL, "on the wall of the template",
     AT(contact_angle)},
    {"shear_modulus", VT_REAL, "Pa", "35 GPa", 1e8, 1e12, NULL, "for the Maxwell check, if the alloy card has none",
     AT(shear_modulus)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"viscosity", "eta", "Pa s", "per temperature, in both readings"},
    {"interface_mobility", "delta D_I", "m3 s-1", "per temperature: interface thickness times diffusivity"},
    {"interface_diffusivity", "D_I", "m2 s-1", "per temperature, with the assumed interface_thickness"},
    {"critical_diameter", "d_c", "m", "per temperature: where both mechanisms give the same length"},
    {"minimum_diameter", "d_min", "m", "per temperature: where the wires are shortest"},
    {"critical_diameter_upper_bound", "d_c", "m", "where all diameters are viscous"},
    {"critical_diameter_lower_bound", "d_c", "m", "where all diameters are diffusive"},
    {"vft_viscosity_at_reference", "eta_g", "Pa s", "viscosity at tg, in both readings"},
    {"vft_strength", "D*", "1", "strength of the VFT law"},
    {"vft_T0", "T0", "K", "VFT temperature"},
    {"vft_viscosity_infinite", "eta_0", "Pa s", "viscosity of the VFT law at infinite temperature"},
    {"kink_temperature", "T_k", "K", "where the viscosity leaves the VFT law"},
    {"viscosity_jump", "jump", "1", "ln viscosity just below the kink minus just above, with kink=jump"},
    {"kink_p_value", "p", "1", "of the hypothesis that there is no kink"},
    {"glass_activation_energy", "Q_g", "J", "apparent activation energy of the viscosity below the kink"},
    {"interface_mobility_at_reference", "delta D_I", "m3 s-1", "at tg"},
    {"interface_activation_energy", "Q_I", "J", "of the interface mobility"},
    {"interface_activation_energy_change", "dQ_I", "J", "below minus above the kink of the viscosity"},
    {"fragility", "m", "1", "kinetic fragility at tg"},
    {"stokes_einstein_breakdown", "T_SER", "K", "tangency of Arrhenius and Stokes-Einstein diffusion"},
    {"bulk_glass_transition", "T_g,B", "K", "where the bulk relaxes in exposure_time"},
    {"interface_glass_transition", "T_g,I", "K", "where the interface relaxes in exposure_time"},
    {"maximum_critical_diameter", "d_c,max", "m", "largest critical diameter"},
    {"maximum_critical_temperature", "T(d_c,max)", "K", "where it is"},
    {"maximum_inside_probability", "P", "1", "that the maximum lies inside the temperatures"},
    VT_OUTPUT_END};

const vt_experiment vti_mold_experiment = {
    .name = "molding",
    .summary = "viscosity, interface mobility and critical diameter from lengths of molded wires",
    .reference = "Liu et al., Nat. Commun. 14 (2023), doi 10.1038/s41467-023-41582-2; procedures P08 to P13, A1 to A16",
    .details =
        "At one condition the length of a wire is L^2 = a d^2 + b/d (speeds of viscous flow and interface diffusion "
        "add), "
        "or the larger of the two (fastest wins), with a = I/(32 eta), b = 8 delta D_I Omega I/(kT), I = integral of p "
        "dt; the crossing is d_c = (b/a)^(1/3). Both models, each mechanism alone and free exponents are compared by "
        "AICc. Viscosities over temperature give a VFT law with an Arrhenius branch below a kink, if one is proved; "
        "mobilities an Arrhenius law; together they give the Stokes-Einstein breakdown, the glass transitions of bulk "
        "and interface, and the largest critical diameter, with intervals from a bootstrap of the whole study. "
        "Intervals "
        "of a condition cover the scatter of wires and pores and the gauge errors that are stated; an unmeasured "
        "imprint "
        "is in u and in a warning. Reading paper: prefactor 32 (mean speed); physics: 16 (integrated), viscosities "
        "twice "
        "as large, critical diameter the same.",
    .example = "vitrum reduce molding lengths.csv --set alloy=Ni45Pd35P16B4",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = VTI_MOLD_PARAMS,
    .params_size = sizeof(vti_mold_params),
    .outputs = OUTPUTS,
    .reduce = vti_mold_reduce,
    .truth = VTI_MOLD_TRUTH,
    .truth_size = sizeof(vti_mold_truth),
    .simulate = vti_mold_simulate};
