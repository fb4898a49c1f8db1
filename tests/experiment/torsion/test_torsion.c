/* The reduction on records: refusals by code and text, slip, toe, drift, compliance, current, ellipse, fracture; what a
 * homogeneous wire makes of the published recipe; speed. */
#include "torsion_campaign.h"
#include <time.h>
#include <vitrum/constants.h>
#include <vitrum/io.h>
#include <vitrum/torsion_law.h>

static vt_result *reduce_text(const char *text, size_t nset, const vt_setting *set, vt_error *err)
{
    return reduced_text("torsion", "wire.csv", text, set, nset, err);
}

/* A record of a kind: rows of angle (rad) and torque (uN m) by a function of i. */
enum { TEXT = 40000 };
static void record(char *text, const char *head, size_t n, double (*angle)(size_t), double (*torque)(size_t))
{
    size_t k = (size_t)snprintf(text, TEXT, "%s", head);
    for (size_t i = 0; i < n && k < TEXT - 64; i++)
        k += (size_t)snprintf(text + k, TEXT - k, "%.9g,%.9g\n", angle(i), torque(i));
}

static const char HEAD[] = "# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [rad],torque [uN m]\n";

static double forward(size_t i)
{
    return 0.005 * (double)i;
}

/* A hash of i, within -+ 0.5: noise that is the same everywhere. */
static double noise(size_t i)
{
    const double x = sin(12.9898 * (double)(i + 1)) * 43758.5453;
    return x - floor(x) - 0.5;
}

static double elastic(size_t i)
{
    return 12.0 * forward(i) + 0.02 * noise(i);
}

static double falling(size_t i)
{
    return -elastic(i);
}

/* Falls from 1.3 to 1.33 rad, then 13.5 uN m/rad instead of 12, not yet back at the first line by 1.72. */
static double stiffening(size_t i)
{
    const double x = forward(i);
    return elastic(i) - 24.0 * fmax(0.0, fmin(x, 1.33) - 1.3) + 1.5 * fmax(0.0, x - 1.33);
}

static double clipped(size_t i)
{
    return fmin(elastic(i), 15.0);
}

static double degrees(size_t i)
{
    return forward(i) * 180.0 / VT_PI;
}

static double shapeless(size_t i)
{
    return 10.0 * pow(forward(i), 3.0) + 0.001 * noise(i);
}

static void refusals_name_the_cause(void)
{
    char *text = malloc(TEXT);
    static const vt_setting core[] = {{"core_modulus", "35 GPa", NULL, 0}, {"layer_thickness", "0.4,1 um", NULL, 0}};
    static const vt_setting thickness[] = {{"layer_thickness", "0.5 um", NULL, 0}};
    static const vt_setting wide[] = {{"windows", "0.3", NULL, 0}};
    static const vt_setting minor[] = {{"minor_diameter", "60 um", NULL, 0}};
    static const struct {
        const char *head;
        size_t n;
        double (*angle)(size_t), (*torque)(size_t);
        size_t nset;
        const vt_setting *set;
        vt_status code;
        const char *part;
    } ROW[] = {
        {HEAD, 400, degrees, elastic, 0, NULL, VT_EUNITS, "degrees"},
        {HEAD, 20, forward, elastic, 0, NULL, VT_ESEGMENT_SHORT, "20 readings on loading"},
        {HEAD, 400, forward, falling, 0, NULL, VT_ESIGN, "torque falls with the angle"},
        {HEAD, 400, forward, clipped, 0, NULL, VT_ESATURATED, "clipped"},
        {HEAD, 400, forward, shapeless, 0, NULL, VT_ESEGMENT_SHORT, "window_start"},
        {"# gauge_length: 1.7 [mm]\nangle [rad],torque [uN m]\n", 400, forward, elastic, 0, NULL, VT_EREFERENCE,
         "diameter=52um"},
        {"# diameter: 52 [um]\nangle [rad],torque [uN m]\n", 400, forward, elastic, 0, NULL, VT_EREFERENCE,
         "gauge_length=1.7mm"},
        {"# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [rad],current [mA]\n", 400, forward, elastic, 0, NULL,
         VT_ECAL, "torque_constant"},
        {"# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [rad],load [N]\n", 400, forward, elastic, 0, NULL,
         VT_EKEY, "'torque' or 'current'"},
        {"# diameter: 52 [mm]\n# gauge_length: 1.7 [mm]\nangle [rad],torque [uN m]\n", 400, forward, elastic, 0, NULL,
         VT_ERANGE, "diameter"},
        /* 12 uN m/rad is 28.4 GPa: layers on a core of 35 GPa would need negative moduli. */
        {HEAD, 400, forward, elastic, 2, core, VT_EUNPHYSICAL, "needs layer moduli of -"},
        {HEAD, 400, forward, elastic, 1, thickness, VT_EREFERENCE, "core_modulus"},
        {HEAD, 400, forward, elastic, 1, minor, VT_EDOMAIN, "minor_diameter = 60 um is above the diameter, 52 um"},
        {"# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [deg],torque [uN m]\n", 400, forward, elastic, 0, NULL,
         VT_EUNITS, "is the angle in radians, not degrees (28.4 GPa)"},
        {HEAD, 345, forward, stiffening, 1, wide, VT_ESTIFFENING, "does not stiffen"},
    };
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        record(text, ROW[i].head, ROW[i].n, ROW[i].angle, ROW[i].torque);
        vt_result *r = reduce_text(text, ROW[i].nset, ROW[i].set, &err);
        CHECK(!r);
        if (err.code != ROW[i].code) CHECK_FAILED("row %zu: %s: %s", i, vt_status_name(err.code), err.msg);
        CHECK_TEXT(err.msg, ROW[i].part);
        vt_result_free(r);
    }
    free(text);
}

/* Point 4 of issue 5 by its record: 12 uN m/rad over 1.316 mm of 52 um are 22 GPa; the core has 35 (ledger E2). */
static void negative_layers_give_their_range(void)
{
    char *text = malloc(TEXT);
    static const vt_setting set[] = {{"core_modulus", "35 GPa", NULL, 0},
                                     {"layer_thickness", "0.4,1 um", NULL, 0},
                                     {"gauge_length", "1.3159964 mm", NULL, 0}};
    vt_error err;
    record(text, HEAD, 330, forward, elastic);
    vt_result *r = reduce_text(text, 3, set, &err);
    CHECK(!r && err.code == VT_EUNPHYSICAL);
    CHECK_TEXT(err.msg, "layer moduli of -181 to -54");
    vt_result_free(r);
    free(text);
}

/* Of a range of thicknesses only those count that need no negative modulus: 28.4 GPa on a core of 30 from
 * 26 um [1 - (28.4/30)^(1/4)] = 0.35 um on; 5 um would have 30 - 1.6/0.574 = 27.2 GPa, so 0 to 27.2. */
static void thin_layers_of_negative_modulus_are_left_out(void)
{
    char *text = malloc(TEXT);
    static const vt_setting set[] = {{"core_modulus", "30 GPa", NULL, 0}, {"layer_thickness", "0.1,5 um", NULL, 0}};
    vt_error err;
    record(text, HEAD, 400, forward, elastic);
    vt_result *r = reduce_text(text, 2, set, &err);
    CHECK_OK(err.code, &err);
    CHECK(warned(r, "W_UNPHYSICAL", "layers thinner than 0.34"));
    const vt_property *p = property(r, "surface_shear_modulus", "physics");
    CHECK_ABS(p ? p->q.value : NAN, 13.6e9, 0.2e9); /* noise of the record */
    CHECK(p && p->q.low == 0.0);
    vt_result_free(r);
    free(text);
}

static const double TRUTH_G = 30e9;

static vt_result *trip(size_t n, const char *const (*truth)[2], size_t m, const char *const (*how)[2])
{
    struct settings t = {0}, h = {0};
    set_text(&t, "seed", "11");
    set_text(&t, "torque_error", "0");
    set_text(&t, "diameter_error", "0");
    set_text(&t, "gauge_length_error", "0");
    set_text(&t, "angle_error", "0");
    set_texts(&t, n, truth);
    set_texts(&h, m, how);
    return round_trip(&t, &h);
}

static void modulus_is(const vt_result *r, double tolerance)
{
    const vt_property *p = property(r, "apparent_shear_modulus", "paper");
    CHECK(p != NULL);
    if (p) CHECK_REL(p->q.value, TRUTH_G, tolerance);
}

/* Without errors of scale the modulus is that of the fit: 0.2 % of noise over 300 means is 0.03 %. */
static void disturbances_are_taken_out(void)
{
    static const char *const plain[][2] = {{"wire", "homogeneous"}};
    static const char *const slip[][2] = {{"wire", "homogeneous"}, {"slip", "3 degree"}};
    static const char *const late[][2] = {{"wire", "homogeneous"}, {"slip", "3 degree"}, {"slip_strain", "0.03"}};
    static const char *const toe[][2] = {{"wire", "homogeneous"}, {"toe", "0.3 rad"}};
    static const char *const soft[][2] = {{"wire", "homogeneous"}, {"machine_compliance", "10000 rad N-1 m-1"}};
    static const char *const linear[][2] = {{"wire", "homogeneous"}, {"max_strain", "0.02"}};
    vt_result *r = trip(1, plain, 0, NULL);
    modulus_is(r, 2e-3);
    CHECK(!warned(r, "W_SLIP", ""));
    vt_result_free(r);
    r = trip(2, slip, 0, NULL);
    modulus_is(r, 5e-3); /* the slip itself is known to a few readings' noise */
    CHECK(warned(r, "W_SLIP", "in 1 place, as if a grip slipped by 3"));
    vt_result_free(r);
    r = trip(3, late, 0, NULL);
    modulus_is(r, 2e-3);
    CHECK(warned(r, "W_SLIP", "in 1 place"));
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", ""));
    vt_result_free(r);
    r = trip(2, toe, 0, NULL);
    modulus_is(r, 1e-2); /* the end of a toe that reaches to 0.6 rad is not told from noise */
    vt_result_free(r);
    r = trip(2, soft, 0, NULL);
    modulus_is(r, 2e-3); /* 13 % of the angle; the record states it */
    vt_result_free(r);
    r = trip(2, linear, 0, NULL);
    modulus_is(r, 2e-3);
    CHECK(warned(r, "W_NO_YIELD", "2 %"));
    CHECK(!property(r, "yield_stress", NULL) && !property(r, "layer_thickness_slope", NULL));
    vt_result_free(r);
}

/* Ledger E5 through the whole reduction: the published recipe finds a layer in a homogeneous wire, thicker in a wider
 * window, as the null-equivalent foresees; nothing is identified. */
static void the_recipe_sees_a_layer_where_there_is_none(void)
{
    static const char *const quiet[][2] = {{"wire", "homogeneous"},
                                           {"torque_noise", "0.0002"},
                                           {"points", "4000"},
                                           {"toe", "0 rad"},
                                           {"torque_zero", "0"}};
    vt_result *r = trip(5, quiet, 0, NULL);
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", "A homogeneous wire gives the published recipe a layer of"));
    double before = 0.0;
    size_t seen = 0;
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "layer_thickness_intercept") != 0) continue;
        CHECK(p->q.value > before);
        before = p->q.value;
        seen++;
    }
    CHECK(seen == 4);
    /* P30: a window of 10 % gives 1.2 um from yield itself; the onset is late by half a percent, 0.13 um. */
    CHECK_BAND(before, 1.15e-6, 1.5e-6);
    CHECK(!property(r, "layer_stiffness", NULL) && !property(r, "layer_thickness", NULL));
    vt_result_free(r);
}

/* The same record by current, turned the other way, and of an ellipse, gives what it must. */
static void current_sense_and_section(void)
{
    char *text = malloc(TEXT);
    vt_error err;
    static const vt_setting constant[] = {{"torque_constant", "1e-3 N m A-1", NULL, 0}};
    static const vt_setting ellipse[] = {{"minor_diameter", "48 um", NULL, 0}};
    static const vt_setting profile[] = {{"diameters", "50,52,54 um", NULL, 0}};
    record(text, HEAD, 400, forward, elastic);
    vt_result *a = reduce_text(text, 0, NULL, &err);
    CHECK_OK(err.code, &err);
    record(text, "# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [rad],current [mA]\n", 400, forward, elastic);
    vt_result *b = reduce_text(text, 1, constant, &err);
    CHECK_OK(err.code, &err);
    record(text, HEAD, 400, forward, elastic);
    vt_result *c = reduce_text(text, 1, ellipse, &err), *d = reduce_text(text, 1, profile, &err);
    if (a && b && c && d) {
        const double G = property(a, "apparent_shear_modulus", "paper")->q.value, R = 26e-6, r = 24e-6;
        CHECK_REL(G, 12e-6 * 1.7e-3 * 2.0 / (VT_PI * pow(R, 4.0)), 2e-4);
        CHECK_REL(property(b, "apparent_shear_modulus", "paper")->q.value, G, 1e-9); /* nine digits in the text */
        CHECK_REL(property(c, "apparent_shear_modulus", "paper")->q.value,
                  G * 0.5 * VT_PI * pow(R, 4.0) * (R * R + r * r) / (VT_PI * pow(R * r, 3.0)), 1e-9);
        const double mean = (pow(50.0, -4.0) + pow(52.0, -4.0) + pow(54.0, -4.0)) / 3.0;
        CHECK_REL(property(d, "apparent_shear_modulus", "paper")->q.value, G * mean * pow(52.0, 4.0), 1e-9);
    } else
        CHECK_FAILED("a record was refused: %s", err.msg);
    vt_result_free(a);
    vt_result_free(b);
    vt_result_free(c);
    vt_result_free(d);
    free(text);
}

/* P28: u(T)^2 = I^2 u(K)^2 + u(T_0)^2 + 2 I cov, and what it makes of yield stress, yield strain and modulus. */
static void calibration_is_propagated(void)
{
    static const char *const truth[][2] = {{"wire", "homogeneous"}, {"torque_noise", "0.0005"}};
    struct settings t = {0};
    vt_error err = {0};
    set_texts(&t, 2, truth);
    set_text(&t, "seed", "5");
    vt_table *record = simulated("torsion", &t, &err);
    const size_t n = vt_table_rows(record);
    const double *a = vt_table_values(record, (size_t)vt_table_find(record, "angle"));
    const double *T = vt_table_values(record, (size_t)vt_table_find(record, "torque"));
    char *text = malloc(64 * n + 128);
    size_t k = (size_t)sprintf(text, "# diameter: 52 [um]\n# gauge_length: 1.7 [mm]\nangle [rad],current [mA]\n");
    for (size_t i = 0; i < n; i++) k += (size_t)sprintf(text + k, "%.9g,%.9g\n", a[i], 1e3 * T[i] / 1e-3);
    static const vt_setting set[] = {{"torque_constant", "1e-3 N m A-1", NULL, 0},
                                     {"torque_constant_u", "2e-5 N m A-1", NULL, 0},
                                     {"torque_zero_u", "3e-7 N m", NULL, 0},
                                     {"torque_covariance", "-4e-12 N2 m2 A-1", NULL, 0},
                                     {"diameter_u", "0", NULL, 0},
                                     {"gauge_length_u", "0", NULL, 0},
                                     {"angle_u", "0", NULL, 0}};
    vt_result *r = reduce_text(text, 7, set, &err);
    CHECK_OK(err.code, &err);
    const vt_property *G = property(r, "apparent_shear_modulus", "physics"),
                      *tau = property(r, "yield_stress", "physics"), *g = property(r, "yield_strain", "physics");
    CHECK(G && tau && g);
    if (G && tau && g) {
        const double Ty = tau->q.value * VT_PI * pow(26e-6, 3.0) / 2.0, I = Ty / 1e-3;
        const double u = sqrt(I * I * 4e-10 + 9e-14 - 2.0 * I * 4e-12) / Ty;
        /* The fit's own share, 0.1 to 0.2 %, adds in squares to 2 and 1.4 %: 1 % of them. */
        CHECK_REL(tau->q.u / tau->q.value, u, 0.02);
        CHECK_REL(G->q.u / G->q.value, 0.02, 0.02);
        CHECK_REL(g->q.u / g->q.value, 3e-7 / Ty, 0.02);
    }
    vt_result_free(r);
    static const vt_setting bad[] = {{"torque_constant", "1e-3 N m A-1", NULL, 0},
                                     {"torque_covariance", "1e-9 N2 m2 A-1", NULL, 0}};
    r = reduce_text(text, 2, bad, &err);
    CHECK(!r && err.code == VT_ERANGE);
    CHECK_TEXT(err.msg, "above the product");
    free(text);
    vt_table_free(record);
}

/* A core of known modulus: the composite gives the layer's (ledger E1). Wire of 30 and 22 GPa with 2 um. */
static void composite_gives_the_layer(void)
{
    static const char *const truth[][2] = {{"layer_thickness", "2 um"}, {"torque_noise", "0.0005"}};
    static const char *const how[][2] = {{"core_modulus", "30 GPa"}, {"layer_thickness", "2 um"}};
    vt_result *r = trip(2, truth, 2, how);
    size_t found = 0;
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "surface_shear_modulus") != 0 || !strstr(p->method, "composite")) continue;
        found++;
        CHECK_ABS(p->q.value, 22e9, 0.5e9); /* 0.03 % of 28 GPa, over 1 - x^4 = 0.27 */
        CHECK(p->q.u > 2e9);                /* 4 x 0.5 % of D and 1 % of torque, likewise magnified */
    }
    CHECK(found == 1);
    vt_result_free(r);
}

/* Point 6 of issue 5: 1e5 readings, all models and intervals, in 0.5 s on one core; a sanitizer takes longer. */
static void a_long_record_is_fast(void)
{
    static const char *const truth[][2] = {{"points", "100000"}};
    struct settings t = {0}, h = {0};
    vt_error err = {0};
    set_text(&t, "seed", "3");
    set_text(&t, truth[0][0], truth[0][1]);
    vt_table *record = simulated("torsion", &t, &err);
    const clock_t begin = clock();
    vt_result *r = reduced("torsion", record, &h, &err);
    const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    fprintf(stderr, "1e5 readings: %.3f s of processor time\n", seconds);
    CHECK(property(r, "layer_stiffness", "physics") != NULL);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
    CHECK(seconds < 0.5);
#endif
    vt_result_free(r);
    vt_table_free(record);
}

CHECK_MAIN(CHECK_CASE(refusals_name_the_cause), CHECK_CASE(negative_layers_give_their_range),
           CHECK_CASE(disturbances_are_taken_out), CHECK_CASE(the_recipe_sees_a_layer_where_there_is_none),
           CHECK_CASE(current_sense_and_section), CHECK_CASE(composite_gives_the_layer),
           CHECK_CASE(thin_layers_of_negative_modulus_are_left_out), CHECK_CASE(calibration_is_propagated),
           CHECK_CASE(a_long_record_is_fast))
