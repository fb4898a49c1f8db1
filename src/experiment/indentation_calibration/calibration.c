/* Descriptor of the experiment `indentation_calibration`. */
#include "calibration_internal.h"
#include <stddef.h>

#define AT(field) offsetof(vti_cal_params, field)
static const vt_param PARAMS[] = {
    {"references", VT_TEXT, NULL, "", 0, 0, NULL,
     "material of each file, in their order: fused_silica, tungsten or NAME:MODULUS:RATIO; default: metadata "
     "`reference`, else what the names of the files say",
     AT(references)},
    {"verification", VT_TEXT, NULL, "", 0, 0, NULL,
     "file, by the beginning of its name, that is only checked with the "
     "calibration",
     AT(verification)},
    {"reference_modulus", VT_REAL, "Pa", "", 1e8, 2e12, NULL, "of a single reference material", AT(reference_modulus)},
    {"reference_poisson_ratio", VT_REAL, "1", "", -0.99, 0.5, NULL,
     "of a single reference material; default: that of its file, else of the table of materials",
     AT(reference_poisson_ratio)},
    {"reference_modulus_u", VT_REAL, "1", "", 0, 0.2, NULL,
     "relative standard uncertainty of the modulus of every reference; default: that of the table of materials",
     AT(reference_modulus_u)},
    {"indenter_modulus", VT_REAL, "Pa", "1141 GPa", 1e9, 1e13, NULL, "Young's modulus of the tip",
     AT(indenter_modulus)},
    {"indenter_poisson_ratio", VT_REAL, "1", "0.07", -0.99, 0.5, NULL, "of the tip", AT(indenter_poisson_ratio)},
    {"beta", VT_REAL, "1", "1.034", 0.9, 1.2, NULL,
     "shape correction; reductions that use the calibration must have the same", AT(beta)},
    {"epsilon", VT_CHOICE, NULL, "0.75", 0, 0, "0.75|exponent", "geometry factor", AT(epsilon)},
    {"terms", VT_INT, NULL, "5", 1, 9, NULL, "most terms of the area function that are tried", AT(terms)},
    {"folds", VT_INT, NULL, "5", 2, 100, NULL, "parts of the indents, each left out once for verification", AT(folds)},
    {"bootstrap", VT_INT, NULL, "120", 20, 100000, NULL,
     "samples of indents from which the uncertainties come; at most the "
     "common `replicates`",
     AT(bootstrap)},
    {"min_depth", VT_REAL, "m", "40 nm", 1e-9, 1e-5, NULL, "contact depth from which on indents count", AT(min_depth)},
    {"unload_high", VT_REAL, "1", "0.9", 0.3, 1, NULL,
     "upper end of the unloading fit, as share of the load of the cycle: below the creep at its start",
     AT(unload_high)},
    {"unload_low", VT_REAL, "1", "0.5", 0.05, 0.9, NULL, "lower end: what partial unloadings reach too",
     AT(unload_low)},
    {"zero_window", VT_REAL, "1", "0.3", 0.02, 1, NULL,
     "share of the first load over which the zero point is fitted, load ~ (depth - zero)^(3/2)", AT(zero_window)},
    {"unloading_exponent", VT_REAL, "1", "", 1.05, 2, NULL,
     "of all unloadings; default: one for each reference material, from all its unloadings", AT(unloading_exponent)},
    {"exponent_low", VT_REAL, "1", "1.2", 1.05, 2, NULL, "least such exponent", AT(exponent_low)},
    {"exponent_high", VT_REAL, "1", "1.51", 1.05, 2, NULL,
     "largest such exponent (Oliver and Pharr 1992 found 1.25 to 1.51; creep lets it seem larger)", AT(exponent_high)},
    {"drift", VT_CHOICE, NULL, "both", 0, 0, "off|hold|closure|both",
     "that is taken off: from the hold at low load, from the gap between unloading and reloading, or both in turn",
     AT(drift)},
    {"frame", VT_CHOICE, NULL, "auto", 0, 0, "auto|shared|separate",
     "one frame compliance for all files, or one for each material; auto: one unless they differ by more than 3 "
     "standard "
     "uncertainties",
     AT(frame)},
    VT_PARAM_END};
#undef AT

static const vt_column METADATA[] = {
    {"reference", "text", 0, 0, 0, "material",
     "reference material of the file: fused silica, tungsten, NAME:MODULUS:RATIO"},
    {"poisson_ratio", "1", 0, 0, 0, "nu;Poissons Ratio;Poisson's ratio", "of the reference material"},
    {"area_function", "text", 0, 0, 0, NULL, "of the instrument; not used: the calibration finds its own"},
    {"frame_compliance", "m N-1", 0, 0, 0, NULL, "of the instrument; not used: the calibration finds what is left"},
    {"test", "text", 0, 0, 0, NULL, "label of the test"},
    {"specimen", "text", 0, 0, 0, "sample", "not used"},
    {"group", "text", 0, 0, 0, NULL, "not used"},
    {"x", "m", 0, 0, 0, NULL, "not used"},
    {"y", "m", 0, 0, 0, NULL, "not used"},
    {"drift_rate", "m s-1", 0, 0, 0, NULL, "of the vendor; not used"},
    {"vendor_averaging_window", "m", 0, 0, 0, NULL, "not used"},
    VT_COLUMN_END};

static const vt_output OUTPUTS[] = {
    {"frame_compliance", "C_f", "m N-1", "compliance of the frame that depth and stiffness still hold, per reference"},
    {"line_compliance", "C_f", "m N-1", "intercept of 1/S against 1/sqrt(P), which takes the hardness as constant"},
    {"area_coefficient", "C_0", "1", "leading coefficient of the area function; all of them are in the table"},
    {"elastic_modulus", "E", "Pa", "of each reference with the calibration, from indents left out of the fit"},
    {"modulus_deviation", "dE/E", "1", "largest relative deviation of the modulus between loads"},
    {"unloading_exponent", "m", "1", "shared by the unloadings of a reference"},
    VT_OUTPUT_END};

const vt_experiment vti_calibration_experiment = {
    .name = "indentation_calibration",
    .summary = "area function of the tip and compliance of the frame from indents in reference materials",
    .reference = "Oliver and Pharr, J. Mater. Res. 7 (1992) 1564; Lawson and Hanson (1974); procedures P18",
    .details =
        "Each file holds indents in one reference material of known modulus, best at many loads. Zero point, "
        "drift and unloading stiffness are found in every record; unloadings of one material share their "
        "exponent. Indents that do not belong to the others of equal load, bad contacts above all, are left out "
        "by name. Area coefficients (non-negative, relative weights), frame compliance and zero points are found "
        "in turn until they settle, for each number of terms by itself; AICc over the areas and over the "
        "loadings, which a wrong zero point does not fit, takes one. The most compliant material gives the area "
        "function. Stiffer ones give the frame compliance: in the same fit, if the materials agree; else each its "
        "own, as instruments subtract a frame stiffness that was set by hand. Covariances come from a bootstrap "
        "of whole indents, widened for their small number so that 1.96 u is the 95 % interval; moduli are checked "
        "on indents that were left out. The uncertainty of the modulus that is taken as known goes through all "
        "indents alike (area by twice its part): it stands apart, and is one shared influence of all that is "
        "reduced with the calibration, so that ratios are free of it. With -o the folder holds calibration.yaml, "
        "which `area_function=calibration.yaml` takes in `reduce indentation`.",
    .example = "vitrum calibrate indentation fused_silica.csv -o out/tip",
    .columns = VTI_INDENT_COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_cal_params),
    .outputs = OUTPUTS,
    .reduce = vti_calibration_reduce,
    .forms = VTI_INDENT_FORMS};
