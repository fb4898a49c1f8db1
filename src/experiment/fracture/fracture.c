/* Descriptor of the experiment `fracture`. */
#include "fracture_internal.h"
#include <stddef.h>
#include <vitrum/constants.h>

#define SPECIMEN \
    { \
        "specimen", "text", 0, 0, 0, "name;wire;sample", "which specimen; empty: the one of the table's '# specimen:'" \
    }
#define DIAMETER \
    { \
        "diameter", "m", 0, 1e-8, 0.05, "D", "of the specimen, for the trend and the unwrapped trace" \
    }
#define VIEW \
    { \
        "view", "1", 0, -1e6, 1e6, "picture;image", "number of the picture the point was traced in" \
    }
#define AZIMUTH(REQUIRED) \
    { \
        "azimuth", "rad", REQUIRED, -100.0, 100.0, "phi", \
            "from where one looks, turned about the axis; empty: not known" \
    }
#define FEATURE \
    { \
        "feature", "text", 1, 0, 0, "what;part", "edge_left, edge_right, trace, or axis where the axis was marked" \
    }

static const vt_column COLUMNS[] = {{"x", "m", 1, -1.0, 1.0, NULL, "of a traced point, in the picture"},
                                    {"y", "m", 1, -1.0, 1.0, NULL, "of a traced point, in the picture"},
                                    FEATURE,
                                    VIEW,
                                    AZIMUTH(0),
                                    SPECIMEN,
                                    DIAMETER,
                                    VT_COLUMN_END};

static const vt_column PIXELS[] = {
    {"x_pixel", "1", 1, -1e6, 1e6, "pixel_x;column", "of a traced point, in pixels"},
    {"y_pixel", "1", 1, -1e6, 1e6, "pixel_y;row", "of a traced point, in pixels (as large as in x)"},
    FEATURE,
    VIEW,
    AZIMUTH(0),
    SPECIMEN,
    DIAMETER,
    VT_COLUMN_END};

static const vt_column UNWRAPPED[] = {
    {"azimuth", "rad", 1, -100.0, 100.0, "phi", "of a point of the trace, around the wire"},
    {"height", "m", 1, -1.0, 1.0, "z", "of the point, along the axis"},
    SPECIMEN,
    DIAMETER,
    VT_COLUMN_END};

static const vt_column ANGLES[] = {
    {"angle", "rad", 1, -VT_PI / 2, VT_PI / 2, "fracture_angle;apparent_angle", "as it looks in one picture"},
    {"angle_u", "rad", 0, 1e-6, 1.0, NULL, "its standard uncertainty; empty: tilt_u"},
    VIEW,
    AZIMUTH(0),
    SPECIMEN,
    DIAMETER,
    VT_COLUMN_END};

static const vt_form FORMS[] = {{"pixels", PIXELS, "a traced point, in pixels"},
                                {"unwrapped", UNWRAPPED, "a point of the trace on the unwrapped circumference"},
                                {"angles", ANGLES, "an angle read off one picture; its convention must be stated"},
                                VT_FORM_END};

static const vt_column METADATA[] = {
    {"diameter", "m", VT_EACH_TABLE, 0, 0, NULL, "of the specimen of the table"},
    {"azimuth", "rad", VT_EACH_TABLE, 0, 0, NULL, "of the view of the table or picture"},
    {"convention", "text", VT_EACH_TABLE, 0, 0, NULL, "of the angles of the table: transverse or axis"},
    {"angles", "text", VT_EACH_TABLE, 0, 0, NULL, "unsigned or signed"},
    {"specimen", "text", 0, 0, 0, "name", "which specimen the table or picture shows"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_fracture_params, field)
static const vt_param PARAMS[] = {
    {"convention", VT_CHOICE, NULL, "unstated", 0, 0, "unstated|transverse|axis",
     "of tabulated angles: from the transverse plane, or against the axis", AT(convention)},
    {"angles", VT_CHOICE, NULL, "unsigned", 0, 0, "unsigned|signed",
     "signed: the sign of tabulated angles tells which side is higher", AT(angles)},
    {"diameter", VT_REAL, "m", "", 1e-8, 0.05, NULL, "of the specimen, where no column gives it", AT(diameter)},
    {"azimuth", VT_REAL, "rad", "", -100.0, 100.0, NULL, "of the view, where no column gives it", AT(azimuth)},
    {"azimuths", VT_LIST, "rad", "", -100.0, 100.0, NULL, "of pictures, in the order of the files", AT(azimuths)},
    {"axis_u", VT_REAL, "rad", "0.5 deg", 0.0, 0.2, NULL,
     "least standard uncertainty of the axis; two edges that differ by more raise it", AT(axis_u)},
    {"tilt_u", VT_REAL, "rad", "1 deg", 0.0, 0.2, NULL,
     "standard uncertainty of one apparent angle by the setting of the specimen", AT(tilt_u)},
    {"azimuth_u", VT_REAL, "rad", "2 deg", 0.0, 0.5, NULL, "standard uncertainty of each azimuth", AT(azimuth_u)},
    {"diameter_u", VT_REAL, "1", "0.01", 0.0, 0.5, NULL, "relative standard uncertainty of the diameter",
     AT(diameter_u)},
    {"mode_tolerance", VT_REAL, "rad", "5 deg", 1e-3, 0.39, NULL,
     "up to this from 0 is flat (mode III), this near to 45 degrees is mode I", AT(mode_tolerance)},
    {"axis_colour", VT_TEXT, NULL, "", 0, 0, NULL, "of the axis as drawn into a picture, as #ff0000", AT(axis_colour)},
    {"edge_colour", VT_TEXT, NULL, "", 0, 0, NULL, "of both edges as drawn, instead of the axis", AT(edge_colour)},
    {"trace_colour", VT_TEXT, NULL, "", 0, 0, NULL, "of the trace as drawn, as #00ff00", AT(trace_colour)},
    {"colour_tolerance", VT_REAL, "1", "0.25", 0.01, 1.0, NULL,
     "distance from the colour at which a pixel still counts, over that of black from white", AT(colour_tolerance)},
    VT_PARAM_END};
#undef AT

#define AT(field) offsetof(vti_fracture_truth, field)
static const vt_param TRUTH[] = {
    {"angle", VT_LIST, "rad", "43 deg", 0.0, 1.5, NULL, "of the fracture from the transverse plane, for each diameter",
     AT(angle)},
    {"diameter", VT_LIST, "m", "52 um", 1e-8, 0.05, NULL, "of the specimens, in the order of the angles", AT(diameter)},
    {"shape", VT_CHOICE, NULL, "plane", 0, 0, "plane|helix", "a tilted plane, or a helix", AT(shape)},
    {"form", VT_CHOICE, NULL, "traced", 0, 0, "traced|unwrapped|angles|picture",
     "what is written: points of pictures, points around the wire, angles, or pictures with marks (one specimen)",
     AT(form)},
    {"specimens", VT_INT, NULL, "1", 1, 1000, NULL, "of each diameter", AT(specimens)},
    {"specimen_scatter", VT_REAL, "rad", "0 deg", 0.0, 0.5, NULL, "of the angle between them", AT(specimen_scatter)},
    {"views", VT_INT, NULL, "3", 1, 64, NULL, "pictures of each specimen", AT(views)},
    {"view_spacing", VT_REAL, "rad", "60 deg", 0.0, 7.0, NULL, "turn about the axis from one to the next; 0: at random",
     AT(view_spacing)},
    {"state_azimuth", VT_FLAG, NULL, "yes", 0, 0, NULL, "write the azimuths", AT(state_azimuth)},
    {"azimuth_error", VT_REAL, "rad", "2 deg", 0.0, 1.0, NULL, "of each azimuth", AT(azimuth_error)},
    {"setting", VT_REAL, "rad", "1 deg", 0.0, 0.5, NULL, "error of the trace as a whole, of each view", AT(setting)},
    {"tilt", VT_REAL, "rad", "1 deg", 0.0, 0.5, NULL, "of the axis out of the plane of the picture", AT(tilt)},
    {"edge_error", VT_REAL, "rad", "0.5 deg", 0.0, 0.5, NULL, "error of the axis by the direction of the edges",
     AT(edge_error)},
    {"edge_noise", VT_REAL, "1", "0.01", 0.0, 0.5, NULL, "of traced points of an edge, over the radius",
     AT(edge_noise)},
    {"roughness", VT_REAL, "1", "0.02", 0.0, 1.0, NULL, "of the trace over the radius, correlated along it",
     AT(roughness)},
    {"taper", VT_REAL, "1", "0.01", 0.0, 0.2, NULL, "narrowing of the wire over its length of one radius", AT(taper)},
    {"outliers", VT_REAL, "1", "0", 0.0, 0.4, NULL, "share of points that are off by half a radius", AT(outliers)},
    {"points", VT_INT, NULL, "40", 3, 10000, NULL, "traced points of each fracture", AT(points)},
    {"edge_points", VT_INT, NULL, "15", 0, 10000, NULL, "traced points of each edge", AT(edge_points)},
    {"span", VT_REAL, "rad", "360 deg", 0.1, 30.0, NULL, "of the unwrapped trace", AT(span)},
    {"pixel", VT_REAL, "m", "0 m", 0.0, 1e-3, NULL, "size of a pixel, to write pixels; 0: lengths", AT(pixel)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"apparent_angle", "theta_app", "rad", "of each view, from the transverse plane"},
    {"fracture_angle", "theta_T", "rad",
     "from the transverse plane; paper: the apparent angle taken for it, physics: of three views or the unwrapped "
     "trace"},
    {"fracture_angle_bound", "theta_T_min", "rad", "the angle is at least this, from the views at any azimuth"},
    {"fracture_azimuth", "phi_0", "rad", "direction in which the plane rises"},
    {"fracture_mode", "mode", "1", "3 mode III, 1 mode I, 2 between; the word is in its scope; absent: not determined"},
    {"mean_fracture_angle", "theta_T", "rad", "of several specimens of one diameter, by axial statistics"},
    {"angle_scatter", "s_theta", "rad", "circular standard deviation between them"},
    {"angle_resultant", "R", "1", "mean resultant length of the doubled angles"},
    {"trend_tau", "tau", "1", "Kendall's tau of angle and diameter"},
    {"trend_p", "p", "1", "its exact two-sided p"},
    {"trend_p_least", "p_min", "1", "smallest p that these diameters could give"},
    VT_OUTPUT_END};

const vt_experiment vti_fracture_experiment = {
    .name = "fracture",
    .summary = "angle of a torsion fracture from the transverse plane",
    .reference = "Dong et al. 2021 (S004), Fig. 5; procedure P32; ledger E10",
    .details =
        "The angle theta_T of the fracture is measured from the transverse plane: 0 is flat (mode III), 45 degrees the "
        "helix of mode I. A plane tilted by theta_T shows tan theta_app = tan theta_T |cos psi| from the side, psi "
        "between its tilt and the picture. One view or two give a lower bound and nothing else; three views or more of "
        "known azimuth give the plane, of unknown azimuth an interval that is wide upwards; a trace around the wire "
        "gives the plane z = R tan theta_T cos(phi - phi_0), or the helix z = R tan theta_T phi, whichever fits. The "
        "axis of a picture is the line half way between two robust edges, and half of what they differ by in direction "
        "counts as its uncertainty. The paper's reading takes the apparent angle for the angle. A mode is called only "
        "where the whole interval lies in it. Specimens of one diameter are pooled as axes; the trend over diameters "
        "is Kendall's tau with its exact p, beside the smallest p that so many sizes can give.",
    .example = "vitrum simulate fracture --seed 1 -o trace.csv && vitrum reduce fracture trace.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_fracture_params),
    .outputs = OUTPUTS,
    .reduce = vti_fracture_reduce,
    .truth = TRUTH,
    .truth_size = sizeof(vti_fracture_truth),
    .simulate = vti_fracture_simulate,
    .forms = FORMS,
    .images = "side views with the axis or the edges, and the trace, drawn in colours"};
