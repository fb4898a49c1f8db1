/* Descriptor of the experiment `tomography`. */
#include "tomography_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"depth", "m", 1, -1e-2, 1e-2, "s;signed_depth", "below the surface, positive inside"},
    {"grey", "1", 1, -1e12, 1e12, "gray;g;intensity;attenuation", "mean grey at that depth"},
    {"grey_u", "1", 0, 1e-30, 1e12, "gray_u;u;se", "its standard uncertainty"},
    VT_COLUMN_END};

static const vt_column EDGE[] = {
    {"position", "m", 1, -1e-2, 1e-2, "x", "across the edge"},
    {"grey", "1", 1, -1e12, 1e12, "gray;g;intensity;attenuation", "mean grey at that position"},
    {"grey_u", "1", 0, 1e-30, 1e12, "gray_u;u;se", "its standard uncertainty"},
    VT_COLUMN_END};

static const vt_form FORMS[] = {
    {"edge", EDGE, "An edge standard: a straight sharp edge seen by the same scanner; its blur is the resolution."},
    VT_FORM_END};

static const vt_column METADATA[] = {
    {"voxel", "m", VT_EACH_TABLE, 0, 0, "voxel_size;pixel_size", "side of a voxel"},
    {"resolution", "m", VT_EACH_TABLE, 0, 0, "FWHM;fwhm", "full width of a blurred edge"},
    {"center_x", "1", VT_EACH_TABLE, 0, 0, NULL, "of the body, in pixels"},
    {"center_y", "1", VT_EACH_TABLE, 0, 0, NULL, "of the body, in pixels"},
    {"specimen", "text", 0, 0, 0, "wire;sample", "name of the wire"},
    {"truth_layer_thickness", "m", 0, 0, 0, NULL, "of a virtual slice"},
    {"truth_density_ratio", "1", 0, 0, 0, NULL, "of a virtual slice"},
    {"truth_diameter", "m", 0, 0, 0, NULL, "of a virtual slice"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_tomography_params, field)
static const vt_param PARAMS[] = {
    {"voxel", VT_REAL, "m", "", 1e-10, 1e-3, NULL, "side of a voxel; of a picture that says it, its own", AT(voxel)},
    {"voxel_u", VT_REAL, "1", "0.002", 0.0, 0.2, NULL, "its relative standard uncertainty", AT(voxel_u)},
    {"resolution", VT_REAL, "m", "", 1e-10, 1e-3, NULL,
     "full width at half maximum of the blur, as an edge standard has it in these voxels; a layer is only told if it "
     "is "
     "known, from here or from a table of form edge",
     AT(resolution)},
    {"resolution_u", VT_REAL, "1", "0.05", 1e-4, 0.5, NULL, "its relative standard uncertainty", AT(resolution_u)},
    {"center_x", VT_REAL, "1", "", 0.0, 65536.0, NULL,
     "about where the body is, pixels from the left; absent: looked for", AT(center_x)},
    {"center_y", VT_REAL, "1", "", 0.0, 65536.0, NULL, "the same, pixels from the top", AT(center_y)},
    {"search_radius", VT_REAL, "1", "", 3.0, 65536.0, NULL,
     "pixels about that place in which the surface lies; absent: up to the border", AT(search_radius)},
    {"depth", VT_REAL, "m", "", 1e-10, 1e-2, NULL,
     "of the profile below the surface; absent: 20 resolutions or 40 voxels, 0.8 of the radius at most", AT(depth)},
    {"margin", VT_REAL, "m", "", 1e-10, 1e-2, NULL, "of the profile outside; absent: 6 resolutions or 10 voxels",
     AT(margin)},
    {"harmonics", VT_INT, NULL, "2", 1, VTI_TOMO_HARMONICS, NULL,
     "of the outline: 1 a circle, 2 an ellipse, more a free "
     "form",
     AT(harmonics)},
    {"mask_above", VT_REAL, "1", "", -1e12, 1e12, NULL,
     "leaves out voxels above this grey, and their neighbours: lettering", AT(mask_above)},
    {"mask_colour", VT_FLAG, NULL, "yes", 0, 0, NULL, "leaves out coloured pixels, and their neighbours",
     AT(mask_colour)},
    {"slice", VT_INT, NULL, "0", 0, 16384, NULL, "of a stack, from 1; 0: all of them", AT(slice)},
    {"dataset", VT_TEXT, NULL, "", 0, 0, NULL, "of an HDF5 file, where it has several", AT(dataset)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"layer_thickness", "SR", "m", "of the surface layer, where one is identified"},
    {"density_ratio", "rho_s/rho_c", "1", "of layer and core, if grey is linear in density"},
    {"diameter", "D", "m", "of the body (slices), of a disc of the same area"},
    {"resolution", "FWHM", "m", "of edge standards"},
    VT_OUTPUT_END};

const vt_experiment vti_tomography_experiment = {
    .name = "tomography",
    .summary = "surface layer and diameter of a wire from grey slices",
    .reference = "Dong et al. 2021 (S004); procedure P31",
    .details =
        "The surface is found along rays as the steepest grey, to a fraction of a voxel, and a circle or ellipse is "
        "laid "
        "through it robustly; every voxel has a signed depth below it. The mean grey by depth, in bins of half a "
        "voxel, "
        "has a standard error that counts the correlation of the noise within its bin; that between bins is taken "
        "out of the residuals (generalised least squares). Rival models are fitted to it: a single "
        "blurred "
        "edge, alone or with linear cupping (beam hardening) or a phase fringe or both, and the same with a second "
        "edge at "
        "the depth SR, sharp or graded. The blur is that of an edge standard, with its uncertainty. A layer is told "
        "only "
        "if its best model beats the best single edge by 10 in AICc, with the scatter and serial correlation that the "
        "richest model leaves; otherwise W_LAYER_NOT_IDENTIFIED. The thickness is the mean over the models by Akaike "
        "weight, with a profile-likelihood interval; voxel scale, resolution and shape of the outline are in its "
        "budget. "
        "The density ratio is that of the model with cupping and fringe, seen or not; its budget has what linear "
        "cupping "
        "leaves of a curved one. Opposite sides, and several wires, are "
        "compared.",
    .example = "vitrum simulate tomography --seed 1 -o slice.tif && vitrum reduce tomography slice.tif -o out/slice",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_tomography_params),
    .outputs = OUTPUTS,
    .reduce = vti_tomography_reduce,
    .truth = VTI_TOMOGRAPHY_TRUTH,
    .truth_size = sizeof(vti_tomography_truth),
    .simulate = vti_tomography_simulate,
    .forms = FORMS,
    .images = "grey slices or stacks across a wire"};
