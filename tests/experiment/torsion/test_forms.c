/* Weights on an arm, gauge lengths, and series over diameters (P28, P29, P31). */
#include "torsion_campaign.h"
#include <vitrum/constants.h>
#include <vitrum/io.h>

static vt_result *reduce_text(const char *text, const char *key, const char *value, vt_error *err)
{
    const vt_setting set = {key, value, NULL, 0};
    return reduced_text("torsion", "table.csv", text, &set, key != NULL, err);
}

static double value(const vt_result *r, const char *name)
{
    const vt_property *p = property(r, name, NULL);
    CHECK(p != NULL);
    return p ? p->q.value : (double)NAN;
}

static void weights_make_a_constant(void)
{
    vt_error err;
    char text[4096] = "current [mA],applied_torque [uN m]\n";
    for (int i = 0; i < 12; i++) snprintf(text + strlen(text), 64, "%d,%.10g\n", i, 0.3 + 2.5 * i);
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(value(r, "torque_constant"), 2.5e-3, 1e-9); /* ten digits in the text */
    CHECK_REL(value(r, "torque_zero"), 0.3e-6, 1e-8);
    CHECK(!warned(r, "W_HYST", "") && !warned(r, "W_CURVATURE", ""));
    vt_result_free(r);
    /* Up and down, 0.75 uN m of 25.75 apart. */
    snprintf(text, sizeof text, "current [mA],applied_torque [uN m]\n");
    for (int i = 0; i < 22; i++) {
        const int I = i < 11 ? i : 21 - i;
        snprintf(text + strlen(text), 64, "%d,%.10g\n", I, 2.5 * I + (i < 11 ? 0.0 : 0.75));
    }
    r = reduce_text(text, NULL, NULL, &err);
    CHECK(warned(r, "W_HYST", "differ by 2.9"));
    CHECK_REL(value(r, "torque_hysteresis"), -0.75e-6, 1e-9); /* up less down; ten digits in the text */
    CHECK_REL(value(r, "torque_constant"), 2.5e-3, 1e-9);
    CHECK_REL(value(r, "torque_zero"), 0.375e-6, 1e-8); /* of the mean of both senses */
    vt_result_free(r);
    snprintf(text, sizeof text, "current [mA],applied_torque [uN m]\n");
    for (int i = 0; i < 12; i++) snprintf(text + strlen(text), 64, "%d,%.10g\n", i, 2.5 * i + 0.02 * i * i);
    r = reduce_text(text, NULL, NULL, &err);
    CHECK(warned(r, "W_CURVATURE", "not straight"));
    vt_result_free(r);
    /* One sense has more weights than the other: the mean is that of the senses, not of the weights. */
    snprintf(text, sizeof text, "current [mA],applied_torque [uN m],sense [1]\n");
    for (int i = 0; i < 16; i++) {
        const int I = i < 11 ? i : 2 * (i - 11);
        snprintf(text + strlen(text), 64, "%d,%.10g,%d\n", I, 2.5 * I + (i < 11 ? -0.2 : 0.2), i < 11 ? 1 : -1);
    }
    r = reduce_text(text, NULL, NULL, &err);
    CHECK_REL(value(r, "torque_constant"), 2.5e-3, 1e-9);
    CHECK_ABS(value(r, "torque_zero"), 0.0, 1e-14);
    CHECK(!warned(r, "W_HYST", ""));
    vt_result_free(r);
    CHECK(!reduce_text("current [mA],applied_torque [uN m]\n1,2\n2,4\n", NULL, NULL, &err));
    CHECK(err.code == VT_EFEWLEVELS);
    CHECK_TEXT(err.msg, "2 weights");
}

/* P28: a rod of 4 mm x 40 mm of 35 GPa on a machine of 130 N m/rad looks like one of 30 GPa; gauge lengths tell. */
static void gauge_lengths_free_the_modulus_of_the_machine(void)
{
    vt_error err;
    const double GJ = 35e9 * VT_PI * pow(4e-3, 4.0) / 32.0;
    char text[1024] = "# diameter: 4 [mm]\ntested_length [mm],twist_compliance [rad N-1 m-1]\n";
    for (int L = 10; L <= 40; L += 10) snprintf(text + strlen(text), 64, "%d,%.12g\n", L, 1e-3 * L / GJ + 1.0 / 130.0);
    const double apparent = 35e9 / (1.0 + GJ / 0.04 / 130.0);
    CHECK_ABS(apparent, 30e9, 0.2e9);
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(value(r, "machine_compliance"), 1.0 / 130.0, 1e-9);
    CHECK_REL(value(r, "apparent_shear_modulus"), 35e9, 1e-9);
    const vt_quantity *G = quantity(r, "apparent_shear_modulus", NULL);
    /* the points are exact: scales of diameter (to its fourth power), length, torque and angle by their defaults */
    CHECK_REL(G ? G->u : NAN, 35e9 * sqrt(0.02 * 0.02 + 0.005 * 0.005 + 0.01 * 0.01 + 0.001 * 0.001), 1e-6);
    CHECK_REL(G ? G->high - G->value : NAN, 1.959964 * G->u, 1e-6); /* no t of the two degrees of the line */
    vt_result_free(r);
    CHECK(
        !reduce_text("tested_length [mm],twist_compliance [rad N-1 m-1]\n10,1\n10.01,1.001\n20,2\n", NULL, NULL, &err));
    CHECK(err.code == VT_EFEWLEVELS);
    r = reduce_text("tested_length [mm],twist_compliance [rad N-1 m-1],twist_compliance_u [rad N-1 m-1]\n"
                    "10,0.8,0.01\n20,1.8,0.01\n30,2.8,0.01\n",
                    NULL, NULL, &err);
    CHECK(warned(r, "W_COMPLIANCE", "stiffer than rigid"));
    vt_result_free(r);
}

/* End to end: a rod of 4 mm and 35 GPa twisted at four lengths on a machine of 130 N m/rad. The runs as they come give
 * some 30 GPa at 40 mm; their compliances give the machine; with it the record gives 35 GPa. */
static double modulus_of_rod(int length_mm, const char *compliance)
{
    struct settings truth = {0}, how = {0};
    static const char *const set[][2] = {{"wire", "homogeneous"},
                                         {"diameter", "4 mm"},
                                         {"core_modulus", "35 GPa"},
                                         {"max_strain", "0.015"},
                                         {"torque_noise", "0.0005"},
                                         {"toe", "0 rad"},
                                         {"diameter_error", "0"},
                                         {"gauge_length_error", "0"},
                                         {"torque_error", "0"},
                                         {"angle_error", "0"},
                                         {"machine_compliance", "7.6923077e-3 rad N-1 m-1"}};
    set_texts(&truth, sizeof set / sizeof *set, set);
    set_number(&truth, "gauge_length", length_mm, "mm");
    set_number(&truth, "seed", length_mm, "");
    set_text(&how, "machine_compliance", compliance); /* instead of what the record's head says */
    vt_result *r = round_trip(&truth, &how);
    const vt_property *p = property(r, "apparent_shear_modulus", "paper");
    const double G = p ? p->q.value : (double)NAN;
    vt_result_free(r);
    return G;
}

static void a_soft_machine_is_found_and_taken_off(void)
{
    const double J = VT_PI * pow(4e-3, 4.0) / 32.0;
    char text[1024] = "# diameter: 4 [mm]\ntested_length [mm],twist_compliance [rad N-1 m-1]\n", found[64];
    vt_error err;
    for (int L = 10; L <= 40; L += 10) {
        const double G = modulus_of_rod(L, "0 rad N-1 m-1");
        if (L == 40) CHECK_ABS(G, 29.9e9, 0.2e9); /* P28: 30 instead of 35 GPa */
        snprintf(text + strlen(text), 64, "%d,%.10g\n", L, 1e-3 * L / (G * J));
    }
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    const double machine = value(r, "machine_compliance");
    vt_result_free(r);
    CHECK_REL(machine, 1.0 / 130.0, 0.01); /* noise of 0.05 % of four records, over the machine's share of 15 to 40 % */
    snprintf(found, sizeof found, "%.6g rad N-1 m-1", machine);
    CHECK_REL(modulus_of_rod(40, found), 35e9, 3e-3); /* 1 % of the machine's 15 % */
}

static const char SERIES[] = "wire_diameter [um],shear_modulus [GPa],shear_modulus_u [GPa],shear_yield_stress [MPa],"
                             "shear_yield_stress_u [MPa]\n";

static void series_gives_one_yield_strain(void)
{
    vt_error err;
    char text[1024];
    snprintf(text, sizeof text, "%s52,22,0.6,550,20\n70,24,0.6,600,20\n108,27,0.7,675,20\n4000,30,1,750,25\n", SERIES);
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(value(r, "yield_strain"), 0.025, 1e-9); /* P29: 0.025 +- 0.002 */
    CHECK(property(r, "yield_strain", NULL)->q.u < 0.002);
    CHECK(!warned(r, "W_INTERCEPT", ""));
    vt_result_free(r);
    /* Ledger E8: 100 nm is no place to go to from 52 um; 20 um is. */
    CHECK(!reduce_text(text, "extrapolate_to", "100 nm", &err));
    CHECK(err.code == VT_EEXTRAPOLATE);
    CHECK_TEXT(err.msg, "more than a decade");
    r = reduce_text(text, "extrapolate_to", "20 um", &err);
    CHECK_OK(err.code, &err);
    CHECK_BAND(value(r, "extrapolated_modulus"), 18e9, 24e9);
    vt_result_free(r);
    snprintf(text, sizeof text, "%s52,22,0.1,650,2\n70,24,0.1,660,2\n108,27,0.1,675,2\n", SERIES);
    r = reduce_text(text, NULL, NULL, &err);
    CHECK(warned(r, "W_INTERCEPT", "not in proportion"));
    vt_result_free(r);
    snprintf(text, sizeof text, "%s52,22,0.1,650,2\n70,24,0.1,660,0\n108,27,0.1,675,2\n", SERIES);
    CHECK(!reduce_text(text, NULL, NULL, &err));
    CHECK(err.code == VT_ERANGE);
}

/* P31: 76.5 and 48.1 MJ/m3 at 35 and 22 GPa. */
static void barriers_are_those_of_cooperative_shear(void)
{
    vt_error err;
    char text[512];
    snprintf(text, sizeof text, "%s52,22,0.6,550,20\n100,28,0.6,700,20\n4000,35,1,875,25\n", SERIES);
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    for (size_t i = 0; r && i < vt_result_curves(r); i++) {
        if (strcmp(vt_result_curve_name(r, i), "barriers") != 0) continue;
        const vt_table *t = vt_result_curve(r, i);
        const double *W = vt_table_values(t, (size_t)vt_table_find(t, "barrier"));
        CHECK_ABS(W[0], 48.1e6, 0.05e6);
        CHECK_ABS(W[2], 76.5e6, 0.05e6);
    }
    vt_result_free(r);
}

/* Round trips of section 11, P28, with 0.2 % of noise, and of the series: 200 of each. */
static void truth_is_covered(void)
{
    struct tally K = {.what = "torque constant"}, T0 = {.what = "torque zero"}, c = {.what = "machine compliance"},
                 gamma = {.what = "yield strain"};
    for (uint64_t k = 0; k < 200; k++) {
        vt_stream s;
        vt_error err;
        char text[4096] = "current [mA],applied_torque [uN m]\n";
        vt_stream_init(&s, 31, vt_stream_purpose("torsion/weights"), k);
        for (int i = 0; i < 15; i++)
            snprintf(text + strlen(text), 64, "%d,%.10g\n", i, 0.3 + 2.5 * i + 0.07 * vt_stream_normal(&s));
        vt_result *r = reduce_text(text, NULL, NULL, &err);
        count(&K, property(r, "torque_constant", NULL), 2.5e-3);
        count(&T0, property(r, "torque_zero", NULL), 0.3e-6);
        vt_result_free(r);
        snprintf(text, sizeof text,
                 "tested_length [mm],twist_compliance [rad N-1 m-1],twist_compliance_u [rad N-1 m-1]\n");
        for (int L = 1; L <= 5; L++)
            snprintf(text + strlen(text), 64, "%d,%.10g,%g\n", L, 1e4 * L + 3e3 + 60.0 * vt_stream_normal(&s), 60.0);
        r = reduce_text(text, NULL, NULL, &err);
        count(&c, property(r, "machine_compliance", NULL), 3e3);
        vt_result_free(r);
        snprintf(text, sizeof text, "%s", SERIES);
        for (int i = 0; i < 6; i++) {
            const double G = 20.0 + 2.0 * i;
            snprintf(text + strlen(text), 96, "%d,%.10g,0.5,%.10g,15\n", 50 + 10 * i, G + 0.5 * vt_stream_normal(&s),
                     25.0 * G + 15.0 * vt_stream_normal(&s));
        }
        r = reduce_text(text, NULL, NULL, &err);
        count(&gamma, property(r, "yield_strain", NULL), 0.025);
        vt_result_free(r);
    }
    judge(&K, "P28");
    judge(&T0, "P28");
    judge(&c, "P28");
    judge(&gamma, "P29");
}

CHECK_MAIN(CHECK_CASE(weights_make_a_constant), CHECK_CASE(gauge_lengths_free_the_modulus_of_the_machine),
           CHECK_CASE(a_soft_machine_is_found_and_taken_off), CHECK_CASE(series_gives_one_yield_strain),
           CHECK_CASE(barriers_are_those_of_cooperative_shear), CHECK_CASE(truth_is_covered))
