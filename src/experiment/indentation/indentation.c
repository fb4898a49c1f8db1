/* Descriptor of the experiment `indentation`. */
#include "indentation_internal.h"
#include "virtual_internal.h"
#include <stddef.h>

#define AT(field) offsetof(vti_indentation_params, field)
const vt_param VTI_INDENTATION_PARAMS[] = {
    {"poisson_ratio", VT_REAL, "1", "", -0.99, 0.4999, NULL, "of the specimen; without it there is no elastic modulus",
     AT(poisson_ratio)},
    {"poisson_ratio_u", VT_REAL, "1", "0.02", 0, 0.5, NULL, "its standard uncertainty", AT(poisson_ratio_u)},
    {"indenter_modulus", VT_REAL, "Pa", "1141 GPa", 1e9, 1e13, NULL, "elastic modulus of the tip",
     AT(indenter_modulus)},
    {"indenter_modulus_u", VT_REAL, "1", "0", 0, 0.5, NULL, "its relative standard uncertainty",
     AT(indenter_modulus_u)},
    {"indenter_poisson_ratio", VT_REAL, "1", "0.07", -0.99, 0.4999, NULL, "of the tip", AT(indenter_poisson_ratio)},
    {"indenter_poisson_ratio_u", VT_REAL, "1", "0", 0, 0.5, NULL, "its standard uncertainty",
     AT(indenter_poisson_ratio_u)},
    {"beta", VT_REAL, "1", "1.034", 0.9, 1.3, NULL, "of S = beta (2/sqrt(pi)) E_r sqrt(A)", AT(beta)},
    {"beta_half_width", VT_REAL, "1", "0.025", 0, 0.3, NULL, "beta is known to within this (rectangular)",
     AT(beta_half_width)},
    {"epsilon", VT_CHOICE, NULL, "0.75", 0, 0, "0.75|exponent|file",
     "of h_c = h - epsilon P/S: fixed, from the exponent of the unloading, or as the table of indents says",
     AT(epsilon)},
    {"epsilon_half_width", VT_REAL, "1", "0.02", 0, 0.2, NULL,
     "a fixed epsilon is known to within this (rectangular): 0.77 to 0.73 for exponents 1.3 to 1.9",
     AT(epsilon_half_width)},
    {"frame_compliance", VT_REAL, "m N-1", "0 m/N", -1e-5, 1e-4, NULL, "still contained in depth and stiffness",
     AT(frame_compliance)},
    {"frame_compliance_u", VT_REAL, "m N-1", "0 m/N", 0, 1e-5, NULL, "its standard uncertainty",
     AT(frame_compliance_u)},
    {"area_function", VT_TEXT, NULL, "", 0, 0, NULL,
     "coefficients C0,C1,... of A = C0 h^2 + C1 h + C2 h^(1/2) + ... in nm and nm^2, or a calibration file; without it "
     "the area that the file gives, else that of the ideal tip",
     AT(area_function)},
    {"area_u", VT_REAL, "1", "0.01", 0, 0.5, NULL,
     "relative standard uncertainty of the contact area, where no calibration gives a covariance", AT(area_u)},
    {"load_u", VT_REAL, "1", "0", 0, 0.2, NULL, "relative standard uncertainty of the load cell", AT(load_u)},
    {"unload_high", VT_REAL, "1", "0.98", 0.3, 1.0, NULL, "upper end of the unloading fit, fraction of maximum load",
     AT(measure.unload_high)},
    {"unload_low", VT_REAL, "1", "0.2", 0.0, 0.9, NULL, "lower end", AT(measure.unload_low)},
    {"regression", VT_CHOICE, NULL, "auto", 0, 0, "auto|depth|load",
     "unloading fit of depth on load, or of load on depth as instruments do, which noise of depth makes too soft; "
     "auto: "
     "the former, or both (readings physics and paper) where noise is above 5 % of the recovery",
     AT(measure.regression)},
    {"zero", VT_CHOICE, NULL, "auto", 0, 0, "auto|fit|file",
     "zero of depth: fitted to the first loading, or that of the file; auto: fitted where the record begins before the "
     "contact and nothing says that its depth counts from the surface",
     AT(measure.zero)},
    {"drift", VT_CHOICE, NULL, "auto", 0, 0, "auto|correct|report",
     "thermal drift of the hold: taken off depth, or only reported; auto: reported where the file has it taken off",
     AT(measure.drift)},
    {"drift_u", VT_REAL, "m s-1", "0 nm/s", 0, 1e-6, NULL,
     "standard uncertainty of the thermal drift in depths that are not corrected by a hold", AT(measure.drift_u)},
    {"method", VT_CHOICE, NULL, "auto", 0, 0, "auto|unloading|csm",
     "stiffness from unloading or by continuous measurement; auto: the latter where the file has it", AT(method)},
    {"depth_low", VT_REAL, "m", "", 0, 1e-4, NULL,
     "begin of the average over depth (csm); without both ends the plateau of P/S^2", AT(depth_low)},
    {"depth_high", VT_REAL, "m", "", 0, 1e-4, NULL, "its end", AT(depth_high)},
    {"csm_amplitude", VT_CHOICE, NULL, "rms", 0, 0, "rms|peak", "meaning of harmonic_displacement and harmonic_load",
     AT(amplitude)},
    {"csm_bias", VT_CHOICE, NULL, "report", 0, 0, "report|correct",
     "stiffness is lower by the amplitude of the oscillation (P20): also give values without that, or use them "
     "throughout",
     AT(csm_bias)},
    {"csm_displacement", VT_REAL, "m", "", 0, 1e-6, NULL,
     "amplitude of the oscillation, where no column gives it; for the correction of its bias", AT(csm_displacement)},
    {"support_stiffness", VT_REAL, "N m-1", "", 0, 1e6, NULL, "K_s of the dynamic calibration", AT(support_stiffness)},
    {"moving_mass", VT_REAL, "kg", "", 0, 1, NULL, "m of the dynamic calibration", AT(moving_mass)},
    {"structural_compliance", VT_CHOICE, NULL, "report", 0, 0, "report|correct|off",
     "compliance of mount and specimen, from sqrt(P)/S against sqrt(P)", AT(structural_compliance)},
    {"edge_rule", VT_REAL, "1", "3", 0, 100, NULL, "indent diameters that an indent must be away from an edge",
     AT(edge_rule)},
    {"spacing_rule", VT_REAL, "1", "5", 0, 100, NULL, "indent diameters between neighbours; closer ones are warned of",
     AT(spacing_rule)},
    {"reference_group", VT_TEXT, NULL, "", 0, 0, NULL, "group that the others are divided by; else the first",
     AT(reference_group)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"elastic_modulus", "E", "Pa",
     "per test and cycle (csm: average over depth), and the mean of set, group, specimen"},
    {"hardness", "H", "Pa", "the same; P over projected contact area"},
    {"reduced_modulus", "E_r", "Pa", "the same, before the tip is taken off"},
    {"plane_strain_modulus", "E*", "Pa", "the same, E/(1 - nu^2)"},
    {"contact_stiffness", "S", "N m-1", "slope of the unloading at maximum load, without frame compliance"},
    {"contact_depth", "h_c", "m", "per test and cycle"},
    {"contact_area", "A", "m2", "per test and cycle"},
    {"unloading_exponent", "m", "1", "of the unloading h = h_f + (P/alpha)^(1/m)"},
    {"load_over_stiffness_squared", "P/S^2", "Pa-1", "per test and cycle: independent of the area"},
    {"structural_compliance", "C_s", "m N-1", "of mount and specimen, per specimen with several depths"},
    {"elastic_modulus_scatter", "s_E", "Pa", "standard deviation between indents, without their own uncertainty"},
    {"hardness_scatter", "s_H", "Pa", "the same of hardness"},
    {"elastic_modulus_scatter_ratio", "s_E/u", "1", "that scatter over the uncertainty of one indent"},
    {"hardness_scatter_ratio", "s_H/u", "1", "the same of hardness"},
    {"elastic_modulus_specimen_scatter", "s(E)", "Pa", "standard deviation between specimens of a group"},
    {"hardness_specimen_scatter", "s(H)", "Pa", "the same of hardness"},
    {"elastic_modulus_specimen_share", "s(E)", "1", "share of the variance that lies between specimens"},
    {"hardness_specimen_share", "s(H)", "1", "the same of hardness"},
    {"hardness_robust", "H", "Pa", "mean of a specimen without the indents that lie apart, where there are any"},
    {"reduced_modulus_robust", "E_r", "Pa", "the same of the reduced modulus"},
    {"elastic_modulus_ratio", "E/E_ref", "1", "group over reference group, shared calibration cancelled"},
    {"hardness_ratio", "H/H_ref", "1", "the same of hardness"},
    {"load_at_depth_ratio", "P/P_ref", "1", "load at equal depth over that of the reference group"},
    {"load_at_depth_ratio_predicted", "P/P_ref", "1",
     "what hardness and modulus of both groups make of it for a self-similar tip (C2)"},
    {"phases", "k", "1", "normal phases in modulus and hardness of 30 and more indents of a specimen, by BIC"},
    {"phase_fraction", "f", "1", "share of the indents of each phase, where there are several"},
    {"phase_modulus", "E", "Pa", "its mean modulus"},
    {"phase_hardness", "H", "Pa", "its mean hardness"},
    {"drift_rate", "dh/dt", "m s-1", "thermal drift found in the hold, per test"},
    {"pop_in_load", "P_pop", "N", "load of the first pop-in, per test"},
    VT_OUTPUT_END};

const vt_experiment vti_indentation_experiment = {
    .name = "indentation",
    .summary = "modulus and hardness from load and depth of indents, with set statistics",
    .reference =
        "Oliver and Pharr, J. Mater. Res. 7 (1992) 1564 and 19 (2004) 3; ISO 14577; Jakes et al., J. Mater. Res. "
        "23 (2008) 1113; procedures P18 to P20, C2, C3",
    .details =
        "Each unloading is fitted by h = h_f + (P/alpha)^(1/m), depth on load, between two fractions of the maximum "
        "load; "
        "S = m P/(h - h_f) there. With contact depth h_c = h - epsilon P/S and area A(h_c): hardness H = P/A, reduced "
        "modulus E_r = sqrt(pi) S/(2 beta sqrt(A)), elastic modulus E = (1 - nu^2)/(1/E_r - (1 - nu_i^2)/E_i). Zero "
        "point, drift and frame compliance come before. With continuous stiffness the same is done at every depth and "
        "averaged over the depths where P/S^2 is flat, or over depth_low to depth_high. The budget of every value "
        "parts "
        "what belongs to the indent alone (noise, zero, drift, fit) from what all share (area, beta, Poisson's ratio, "
        "tip, frame), so that means do not average away a calibration and ratios of groups cancel it. A test that "
        "cannot "
        "be reduced is named with its reason and left out.",
    .example = "vitrum simulate indentation --seed 1 -o indents.csv && vitrum reduce indentation indents.csv",
    .columns = VTI_INDENT_COLUMNS,
    .metadata = VTI_INDENT_METADATA,
    .params = VTI_INDENTATION_PARAMS,
    .params_size = sizeof(vti_indentation_params),
    .outputs = OUTPUTS,
    .reduce = vti_indentation_reduce,
    .truth = VTI_INDENT_TRUTH,
    .truth_size = sizeof(vti_indent_truth),
    .simulate = vti_indentation_simulate,
    .forms = VTI_INDENT_FORMS};
