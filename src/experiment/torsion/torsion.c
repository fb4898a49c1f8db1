/* Descriptor of the experiment `torsion`. */
#include "forms_internal.h"
#include "simulate_internal.h"
#include "torsion_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"angle", "rad", 1, -1e4, 1e4, "phi;twist;rotation;rotation_angle", "angle between the ends of the wire"},
    {"torque", "N m", 0, -1e4, 1e4, "T;moment", "torque"},
    {"current", "A", 0, -1e3, 1e3, "I;coil_current", "of the coil, where torque_constant makes it a torque"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {{"diameter", "m", 0, 0, 0, "D;wire_diameter", "of the wire"},
                                     {"gauge_length", "m", 0, 0, 0, "L;length;gauge", "twisted length"},
                                     {"core_modulus", "Pa", 0, 0, 0, "G_i", "shear modulus of the inside"},
                                     {"specimen", "text", 0, 0, 0, "wire;sample", "name of the wire"},
                                     VT_COLUMN_END};

#define AT(field) offsetof(vti_torsion_params, field)
static const vt_param PARAMS[] = {
    {"diameter", VT_REAL, "m", "", 20e-9, 5e-2, NULL, "diameter of the wire; of an ellipse the larger one",
     AT(diameter)},
    {"diameters", VT_LIST, "m", "", 20e-9, 5e-2, NULL, "diameters at equal distances along the gauge: counts 1/<D^-4>",
     AT(diameters)},
    {"minor_diameter", VT_REAL, "m", "", 20e-9, 5e-2, NULL, "smaller diameter of an elliptic wire", AT(minor_diameter)},
    {"gauge_length", VT_REAL, "m", "", 1e-6, 10.0, NULL, "twisted length", AT(gauge_length)},
    {"core_modulus", VT_REAL, "Pa", "", 1e8, 1e12, NULL,
     "shear modulus of the inside, measured independently; absent: slopes before and after yield are compared",
     AT(core_modulus)},
    {"core_modulus_u", VT_REAL, "Pa", "0 GPa", 0.0, 1e11, NULL, "its standard uncertainty", AT(core_modulus_u)},
    {"layer_thickness", VT_LIST, "m", "", 1e-9, 1e-2, NULL,
     "thickness of the layer known from elsewhere, or its lowest and highest value: asks for its modulus",
     AT(layer_thickness)},
    {"torque_constant", VT_REAL, "N m A-1", "", 0, 0, NULL, "torque of a unit of current", AT(torque_constant)},
    {"torque_zero", VT_REAL, "N m", "0 N m", -1e3, 1e3, NULL, "torque without current", AT(torque_zero)},
    {"torque_constant_u", VT_REAL, "N m A-1", "0 N m A-1", 0, 0, NULL,
     "its standard uncertainty; with it the calibration of the current replaces torque_u", AT(torque_constant_u)},
    {"torque_zero_u", VT_REAL, "N m", "0 N m", 0.0, 1e3, NULL, "standard uncertainty of torque_zero",
     AT(torque_zero_u)},
    {"torque_covariance", VT_REAL, "N2 m2 A-1", "0 N2 m2 A-1", 0, 0, NULL,
     "covariance of torque_constant and torque_zero", AT(torque_covariance)},
    {"torque_u", VT_REAL, "1", "0.01", 0.0, 0.5, NULL, "relative standard uncertainty of the torque's scale",
     AT(torque_u)},
    {"angle_u", VT_REAL, "1", "0.001", 0.0, 0.5, NULL, "relative standard uncertainty of the angle's scale",
     AT(angle_u)},
    {"diameter_u", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "relative standard uncertainty of the diameter",
     AT(diameter_u)},
    {"gauge_length_u", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "relative standard uncertainty of the gauge length",
     AT(gauge_length_u)},
    {"machine_compliance", VT_REAL, "rad N-1 m-1", "0 rad N-1 m-1", 0, 1e12, NULL,
     "turn of machine and grips under a unit of torque: taken off the angle", AT(machine_compliance)},
    {"machine_compliance_u", VT_REAL, "rad N-1 m-1", "0 rad N-1 m-1", 0, 1e12, NULL, "its standard uncertainty",
     AT(machine_compliance_u)},
    {"window_start", VT_REAL, "1", "0.1", 0.0, 0.8, NULL,
     "elastic window: share of the largest torque at which it may "
     "begin; below lies the toe",
     AT(window_start)},
    {"windows", VT_LIST, "1", "0.02,0.04,0.06,0.1", 0.005, 2.0, NULL,
     "widths of the line past yield, over the angle at yield, for the published recipe", AT(windows)},
    {"extrapolate_to", VT_REAL, "m", "", 1e-9, 1.0, NULL,
     "series over diameters: gives the modulus of this one too; refused more than a decade from those measured",
     AT(extrapolate_to)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"apparent_shear_modulus", "G_app", "Pa", "paper: slope of the elastic window; physics: of the model chosen"},
    {"surface_shear_modulus", "G_s", "Pa",
     "paper: the apparent modulus, as published; physics: of the layer, where its thickness is known or identified"},
    {"yield_stress", "tau_y", "Pa",
     "paper: 16 T/(pi D^3) at the onset; physics: of the model, where it has one stress"},
    {"yield_strain", "gamma_y", "1", "paper: at the onset; physics: of the model chosen"},
    {"layer_thickness_slope", "SR_b", "m", "paper: from the slope past yield, by window"},
    {"layer_thickness_intercept", "SR_a", "m", "paper: from the intercept past yield, by window"},
    {"layer_stiffness", "G_s SR", "Pa m", "physics: of the joint fit, where a layer is identified"},
    {"layer_thickness", "SR", "m",
     "physics: of the joint fit, where a layer is identified; where the record bounds it on one side only, the "
     "interval "
     "ends at 0 or at the radius"},
    {"core_yield_strain", "gamma_i", "1", "physics: of a core under an identified layer that yields within the record"},
    {"torque_constant", "K_T", "N m A-1", "of weights on an arm"},
    {"torque_zero", "T_0", "N m", "of weights on an arm"},
    {"torque_hysteresis", "T_up - T_down", "N m", "of weights on an arm, taken in both senses"},
    {"machine_compliance", "1/k_inst", "rad N-1 m-1", "of one wire at several gauge lengths"},
    {"extrapolated_modulus", "G(D)", "Pa", "of a series, at another diameter"},
    VT_OUTPUT_END};

const vt_experiment vti_torsion_experiment = {
    .name = "torsion",
    .summary = "shear modulus, yield and surface layer of a wire under torsion",
    .reference = "Dong et al. 2021 (S004); procedures P28 to P31; ledger E1 to E11",
    .details =
        "Surface stress and strain of a round wire are 16 T/(pi D^3) and D phi/(2 L). Past yield the published recipe "
        "reads a soft layer of thickness SR off the line T = a1 + b1 phi, from its slope and from its intercept. It "
        "does "
        "so for a homogeneous wire too: the tangent at phi gives R (1 - phi_y/phi), so the window sets the answer. "
        "Both estimators are reported with their windows (paper). Beside them the whole curve is fitted by five "
        "rivals: homogeneous, layer on an elastic core, layer on a core that yields later at a strain of its own, "
        "layer "
        "and core of one yield strain, homogeneous with hardening, by likelihood with serial correlation. A layer is "
        "reported (physics) only if it beats the homogeneous models by "
        "6 in AICc and the line past yield is straight; then first as its stiffness G_s SR, which the record fixes, "
        "since thickness and modulus of a thin layer are all but inseparable. Otherwise W_LAYER_NOT_IDENTIFIED.",
    .example = "vitrum simulate torsion --seed 1 -o wire.csv && vitrum reduce torsion wire.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_torsion_params),
    .outputs = OUTPUTS,
    .reduce = vti_torsion_reduce,
    .truth = VTI_TORSION_TRUTH,
    .truth_size = sizeof(vti_torsion_truth),
    .simulate = vti_torsion_simulate,
    .forms = vti_torsion_forms};
