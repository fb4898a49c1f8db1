/* The table of a result for people. */
#include "check.h"
#include <vitrum/io.h>

static void add(vt_result *r, const char *name, const char *reading, const char *unit, const double q[4], double T)
{
    vt_property p = {.method = "test"};
    vt_error err = {0};
    snprintf(p.name, sizeof p.name, "%s", name);
    snprintf(p.reading, sizeof p.reading, "%s", reading);
    p.q = (vt_quantity){.value = q[0], .u = q[1], .low = q[2], .high = q[3], .level = 0.95, .dof = INFINITY};
    snprintf(p.q.unit, sizeof p.q.unit, "%s", unit);
    if (T > 0.0) {
        p.nscope = 1;
        p.scope[0] = (vt_scope){.key = "temperature", .value = T, .unit = "K"};
    }
    CHECK_OK(vt_result_add_property(r, &p, &err), &err);
}

static char *printed(const vt_result *r)
{
    char *text = NULL;
    size_t size = 0;
    vt_error err = {0};
    FILE *out = open_memstream(&text, &size);
    CHECK_OK(vt_result_print(r, out, &err), &err);
    fclose(out);
    return text;
}

static void values_are_aligned_in_readable_units(void)
{
    vt_result *r = NULL;
    CHECK(vt_result_create(&r, "experiment", "molding", NULL) == VT_OK);
    add(r, "critical_diameter", "paper", "m", (double[]){5.493e-8, 1.72e-9, 5.15e-8, 5.84e-8}, 570.15);
    add(r, "critical_diameter", "paper", "m", (double[]){9.943e-8, 3.1e-9, 9.33e-8, 1.056e-7}, 560.15);
    add(r, "viscosity", "physics", "Pa s", (double[]){9.6741e10, 8.9e9, 7.9e10, 1.15e11}, 570.15);
    add(r, "fragility", "", "1", (double[]){46.05, 0.0, NAN, NAN}, 0.0);
    char *text = printed(r);
    CHECK(strcmp(text,
                 "property           of                  value                      95 % interval           reading\n"
                 "critical_diameter  temperature 297 °C  (54.9 ± 1.7) nm            51.5 to 58.4            paper\n"
                 "critical_diameter  temperature 287 °C  (99.4 ± 3.1) nm            93.3 to 105.6           paper\n"
                 "viscosity          temperature 297 °C  (9.67 ± 0.89) × 10¹⁰ Pa·s  (7.90 to 11.50) × 10¹⁰  physics\n"
                 "fragility                              46.05\n") == 0);
    free(text);
    vt_result_free(r);
}

static void columns_without_entries_are_left_out(void)
{
    vt_result *r = NULL;
    CHECK(vt_result_create(&r, "map", "mechanism", NULL) == VT_OK);
    add(r, "glass_transition", "", "K", (double[]){590.15, 0.0, NAN, NAN}, 0.0);
    add(r, "vft_T0", "", "K", (double[]){415.56, 4.9, NAN, NAN}, 0.0);
    char *text = printed(r);
    CHECK(strcmp(text, "property          value\n"
                       "glass_transition  317 °C\n"
                       "vft_T0            (415.6 ± 4.9) K\n") == 0);
    free(text);
    vt_result_free(r);
}

static void shared_conditions_are_told_once(void)
{
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK(vt_result_create(&r, "process", "molding", NULL) == VT_OK);
    const double length[2] = {1.5e-7, 2.5e-7};
    for (int i = 0; i < 2; i++) {
        vt_property p = {.name = "length", .nscope = 2};
        p.q = (vt_quantity){.value = length[i], .low = NAN, .high = NAN, .unit = "m"};
        p.scope[0] = (vt_scope){.key = "temperature", .value = 570.15, .unit = "K"};
        p.scope[1] = (vt_scope){.key = "diameter", .value = 4e-8 * (i + 1), .unit = "m"};
        CHECK_OK(vt_result_add_property(r, &p, &err), &err);
    }
    add(r, "viscosity", "", "Pa s", (double[]){2.164e11, 0.0, NAN, NAN}, 570.15);
    char *text = printed(r);
    CHECK(strcmp(text, "at temperature 297 °C:\n\n"
                       "property   of              value\n"
                       "length     diameter 40 nm  150 nm\n"
                       "length     diameter 80 nm  250 nm\n"
                       "viscosity                  2.16400 × 10¹¹ Pa·s\n") == 0);
    free(text);
    vt_result_free(r);
}

static void labels_stay_as_they_were_given(void)
{
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK(vt_result_create(&r, "experiment", "indentation", NULL) == VT_OK);
    for (int i = 0; i < 2; i++) {
        vt_property p = {.name = "exponent", .nscope = 1};
        p.q = (vt_quantity){.value = 1.5, .low = NAN, .high = NAN, .unit = "1"};
        p.scope[0] = (vt_scope){.key = "heating_rate"};
        snprintf(p.scope[0].text, sizeof p.scope[0].text, "FS_XP.xls_%d", i);
        CHECK_OK(vt_result_add_property(r, &p, &err), &err);
    }
    char *text = printed(r);
    CHECK(strstr(text, "heating rate FS_XP.xls_0 ") != NULL); /* the key reads as words, the label as in the file */
    CHECK(strstr(text, "heating rate FS_XP.xls_1 ") != NULL);
    free(text);
    vt_result_free(r);
}

static void models_and_warnings_follow(void)
{
    static const char *const names[] = {"additive", "fastest_wins", "additive"};
    static const double weights[] = {0.93, 0.07, 1.0};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK(vt_result_create(&r, "experiment", "molding", NULL) == VT_OK);
    for (int i = 0; i < 3; i++) {
        vt_model m = {.aicc = 12.0 + i, .weight = weights[i], .chi2 = NAN};
        snprintf(m.name, sizeof m.name, "%s", names[i]);
        snprintf(m.group, sizeof m.group, "T = %d °C", i < 2 ? 297 : 287);
        CHECK_OK(vt_result_add_model(r, &m, &err), &err);
    }
    CHECK_OK(
        vt_result_warn(r, &err, "W_ENTRANCE",
                       "the entrance adds 12 %% to the resistance of pores of 200 nm at 297 °C; give the length of "
                       "the entrance or leave these pores out"),
        &err);
    char *text = printed(r);
    CHECK(strcmp(text, "no property could be determined\n\n"
                       "models, by Akaike weight:\n"
                       "  T = 297 °C: additive 0.930, fastest_wins 0.070\n"
                       "  T = 287 °C: additive 1.000\n\n"
                       "warnings:\n"
                       "  W_ENTRANCE: the entrance adds 12 % to the resistance of pores of 200 nm at 297 °C; give the "
                       "length\n    of the entrance or leave these pores out\n") == 0);
    CHECK(vt_result_print(NULL, stdout, &err) == VT_EARG);
    free(text);
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(values_are_aligned_in_readable_units), CHECK_CASE(columns_without_entries_are_left_out),
           CHECK_CASE(shared_conditions_are_told_once), CHECK_CASE(labels_stay_as_they_were_given),
           CHECK_CASE(models_and_warnings_follow))
