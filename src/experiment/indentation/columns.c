/* Columns, forms and metadata of tables of indents, with the names that instruments write. */
#include "indentation_internal.h"

#define DEPTH_NAMES \
    "h;displacement;!Displacement Into Surface;Indentation Depth;indent depth;Indent Disp.;Penetration Depth;Pd;Disp;" \
    "Disp_nm;Depth (nm)"
#define LOAD_NAMES "P;force;F;!Load On Sample;Fn;Normal Force;Force_uN;Load (uN);Indent Load"
#define TIME_NAMES "t;!Time On Sample;Time_s;Time (s);Test Time"
#define S_NAMES    "S;!Harmonic Contact Stiffness;contact_stiffness;Dyn. Stiff."
#define H_NAMES    "HIT;HIT (O&P);H;H_IT;OP_Hardness"
#define E_NAMES    "Modulus;EIT;EIT (O&P);E;E_IT;E Average Over Defined Range;Avg E;Avg Modulus;youngs_modulus;OP_Modulus"
#define ER_NAMES   "Reduced Modulus;Er;Er (O&P);E_r"
#define HC_NAMES   "hc;hc (O&P);Contact Depth;h_c"
#define A_NAMES    "Ap;Ap (O&P);A;Contact Area;projected_area"

/* Readings; `needed`: a table without depth or load, or with a reading of them missing, is refused. */
#define RECORD(needed) \
    {"test", "text", 0, 0, 0, "indent;test_id", "label of the test: one indent for each run of equal texts"}, \
        {"specimen", "text", 0, 0, 0, "sample", "wire, rod or piece that the test was made on"}, \
        {"group", "text", 0, 0, 0, NULL, "set of specimens that are compared with others"}, \
        {"time", "s", 0, -1e6, 1e7, TIME_NAMES, "of the reading"}, \
        {"depth", "m", needed, -1e-4, 1e-4, DEPTH_NAMES, "of the tip, into the surface positive"}, \
        {"load", "N", needed, -10.0, 100.0, LOAD_NAMES, "on the specimen"}, \
        {"stiffness", "N m-1", 0, -1e10, 1e10, S_NAMES, "contact stiffness by continuous measurement"}, \
        {"marker", "text", 0, 0, 0, "Segment;Markers;Segment Type", "text that the instrument puts beside a reading"}, \
        {"harmonic_displacement", \
         "m", \
         0, \
         -1e-6, \
         1e-6, \
         "Harmonic Displacement;Displacement Amplitude;Dyn. Disp.;Disp. Amp.", \
         "amplitude of the oscillation"}, \
        {"harmonic_load",         "N", 0, -1.0, 1.0, "Harmonic Load;Load Amplitude;Dyn. Force;Load Amp.", \
         "amplitude of the force"}, \
        {"phase", "rad", 0, -7.0, 7.0, "Phase Angle;Phase;Phase Shift", "of displacement behind force"}, \
        {"frequency",         "Hz", 0, 0.0, 1e6, "Harmonic Frequency;Dyn. Freq.;Dynamic Freq.;Test Frequency", \
         "of the oscillation"}, \
        {"hardness", "Pa", 0, -1e30, 1e30, H_NAMES, "as the vendor computed it, for comparison"}, \
        {"elastic_modulus", "Pa", 0, -1e30, 1e30, E_NAMES, "as the vendor computed it, for comparison"}, \
        {"reduced_modulus", "Pa", 0, -1e30, 1e30, ER_NAMES, "as the vendor computed it, for comparison"}, \
        {"contact_depth", "m", 0, -1.0, 1.0, HC_NAMES, "as the vendor computed it, for comparison"}, \
        {"contact_area", "m2", 0, -1.0, 1.0, A_NAMES, "as the vendor computed it, for comparison"}, \
        {"x", "m", 0, -1.0, 1.0, "X;X Position", "place of the indent"}, \
        {"y", "m", 0, -1.0, 1.0, "Y;Y Position", "place of the indent"}, \
        {"edge_distance", "m", 0, 0.0, 1.0, NULL, "from the nearest edge of the specimen"}, \
        {"diameter", "m", 0, 1e-8, 0.1, NULL, "of the wire or rod"}, VT_COLUMN_END

/* Indents as a vendor or a user reduced them; `needed`: maximum load and depth and stiffness must be there. */
#define INDENTS(needed) \
    {"test", "text", 0, 0, 0, "indent;Measurement;File", "label of the test"}, \
        {"specimen", "text", 0, 0, 0, "sample", "wire, rod or piece that the test was made on"}, \
        {"group", "text", 0, 0, 0, NULL, "set of specimens that are compared with others"}, \
        {"cycle", "1", 0, 0.0, 1e6, "Cycle Number;cycle_number", "unloading of the test, from 1"}, \
        {"max_load",    "N", needed, 0.0, 100.0, "Pmax;P_max;Cycle Pmax;Fm;Fm (O&P);Load;Fmax;Load At Max Load", \
         "at unloading"}, \
        {"max_depth", \
         "m", \
         needed, \
         0.0, \
         1e-4, \
         "hmax;h_max;Cycle hmax;hm;hm (O&P);Displacement;depth;Depth At Max Load", \
         "there, from the surface"}, \
        {"stiffness", \
         "N m-1", \
         needed, \
         0.0, \
         1e10, \
         S_NAMES ";S (O&P);Stiffness;Cycle Su", \
         "initial slope of the unloading"}, \
        {"contact_depth", "m", 0, -1.0, 1.0, HC_NAMES ";Cycle hcu", "of the vendor"}, \
        {"contact_area", "m2", 0, 0.0, 1.0, A_NAMES ";Cycle Acu", "of the vendor"}, \
        {"epsilon", "1", 0, 0.1, 2.0, "Epsilon;Epsilon (O&P)", "of the vendor: h_c = h - epsilon P/S"}, \
        {"unloading_exponent", "1", 0, 0.5, 10.0, "m;m (O&P)", "of the vendor's unloading fit"}, \
        {"hardness",     "Pa", 0, -1e30, 1e30, H_NAMES ";H Average Over Defined Range;Avg H;Avg Hardness;Cycle Hu", \
         "of the vendor"}, \
        {"elastic_modulus", "Pa", 0, -1e30, 1e30, E_NAMES ";Cycle Eu", "of the vendor"}, \
        {"reduced_modulus", "Pa", 0, -1e30, 1e30, ER_NAMES ";Cycle Eru", "of the vendor"}, \
        {"plane_strain_modulus", "Pa", 0, -1e30, 1e30, "E*;E* (O&P);EIT/(1-vs^2)", "of the vendor: E/(1 - nu^2)"}, \
        {"poisson_ratio", "1", 0, -0.99, 0.5, "Poisson's ratio", "of the specimen, as the vendor used it"}, \
        {"tangent_depth", "m", 0, -1.0, 1.0, "hr;hr (O&P);h_r", "where the tangent of the unloading meets zero load"}, \
        {"permanent_depth", "m", 0, -1.0, 1.0, "hp;hp (O&P);hf;h_f;h_p", "after unloading"}, \
        {"hardness_sd", "Pa", 0, 0.0, 1e30, NULL, "scatter of the vendor's average over depth"}, \
        {"elastic_modulus_sd", "Pa", 0, 0.0, 1e30, NULL, "scatter of the vendor's average over depth"}, \
        {"x", "m", 0, -1.0, 1.0, "X;X Position", "place of the indent"}, \
        {"y", "m", 0, -1.0, 1.0, "Y;Y Position", "place of the indent"}, \
        {"edge_distance", "m", 0, 0.0, 1.0, NULL, "from the nearest edge of the specimen"}, \
        {"diameter", "m", 0, 1e-8, 0.1, NULL, "of the wire or rod"}, VT_COLUMN_END

const vt_column VTI_INDENT_COLUMNS[] = {RECORD(1)};
static const vt_column RECORDS[] = {RECORD(0)};
static const vt_column INDENTS_OF_VENDOR[] = {INDENTS(0)};
static const vt_column INDENTS_OF_USER[] = {INDENTS(1)};
static const vt_column SPECIMENS[] = {
    {"specimen", "text", 1, 0, 0, "sample", "its name"},
    {"file", "text", 0, 0, 0, "path", "all tests of this file belong to it"},
    {"test", "text", 0, 0, 0, "indent", "this test belongs to it"},
    {"group", "text", 0, 0, 0, NULL, "set of specimens that are compared with others"},
    {"diameter", "m", 0, 1e-8, 0.1, NULL, "of the wire or rod"},
    {"edge_distance", "m", 0, 0.0, 1.0, NULL, "from the indents to the nearest edge"},
    {"mount", "text", 0, 0, 0, NULL, "how it is held"},
    VT_COLUMN_END};

/* What an instrument's method says; only its metadata (tip area function) are used. */
static const vt_column SETTINGS[] = {
    {"internal_name", "text", 1, 0, 0, NULL, "name of the channel, input or formula in other formulas"},
    {"formula", "text", 1, 0, 0, NULL, "how the instrument computes it"},
    {"section", "text", 0, 0, 0, NULL, "channels, inputs or formulas"},
    {"name", "text", 0, 0, 0, NULL, "what the instrument calls it"},
    {"unit_written", "text", 0, 0, 0, NULL, "as the instrument writes it"},
    {"default_value", "text", 0, 0, 0, NULL, "of the method, not of a test"},
    VT_COLUMN_END};

const vt_form VTI_INDENT_FORMS[] = {
    [VTI_FORM_RECORD] = {"record", RECORDS, "a reading of an instrument's own file"},
    [VTI_FORM_INDENTS] = {"indents", INDENTS_OF_VENDOR, "an indent, or a cycle of one, as the instrument reduced it"},
    [VTI_FORM_INDENT_LIST] = {"indent_list", INDENTS_OF_USER, "an indent with maximum load, depth and stiffness"},
    [VTI_FORM_SPECIMENS] = {"specimens", SPECIMENS, "a specimen, with the file or test that belongs to it"},
    [VTI_FORM_SETTINGS] = {"settings", SETTINGS, "a setting or formula of the instrument's method, beside its tests"},
    VT_FORM_END};

const vt_column VTI_INDENT_METADATA[] = {
    {"poisson_ratio", "1", 0, 0, 0, "nu;Poissons Ratio;Poisson's ratio", "of the specimen"},
    {"indenter_modulus", "Pa", 0, 0, 0, "E_i", "of the tip"},
    {"indenter_poisson_ratio", "1", 0, 0, 0, "nu_i", "of the tip"},
    {"test", "text", 0, 0, 0, NULL, "label of the test"},
    {"specimen", "text", 0, 0, 0, "sample", "that the tests of this table were made on"},
    {"group", "text", 0, 0, 0, NULL, "set of specimens that are compared with others"},
    {"x", "m", 0, 0, 0, NULL, "place of the indent"},
    {"y", "m", 0, 0, 0, NULL, "place of the indent"},
    {"edge_distance", "m", 0, 0, 0, NULL, "from the nearest edge of the specimen"},
    {"diameter", "m", 0, 0, 0, NULL, "of the wire or rod"},
    {"drift_rate", "m s-1", 0, 0, 0, NULL, "thermal drift as the vendor measured it, for comparison"},
    {"vendor_averaging_window", "m", 0, 0, 0, NULL, "depths that the vendor averaged over, for comparison"},
    VT_COLUMN_END};
