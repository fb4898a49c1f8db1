/* The transport reduction: from the table of stated numbers to properties, warnings and card. */
#include "result_checks.h"
#include <vitrum/constants.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

#define C(t) ((t) + 273.15)

static const vt_experiment *transport(void)
{
    return vt_experiment_find("transport");
}

static vt_result *reduce(const vt_table *t, const vt_setting *set, size_t nset, vt_error *err)
{
    vt_result *r = NULL;
    const vt_request in = {.raw = &t, .nraw = 1, .settings = set, .nsettings = nset};
    return vt_reduce(transport(), &in, &r, err) == VT_OK ? r : NULL;
}

static vt_table *parse(const char *text)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_parse("stated.csv", text, strlen(text), NULL, &t, &err), &err);
    return t;
}

static vt_table *stated(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_read("studies/liu2023/stated.csv", NULL, &t, &err), &err);
    return t;
}

static double value(const vt_result *r, const char *name, const char *reading, double T)
{
    const vt_property *p = vt_result_find(r, name, reading, T > 0.0 ? "temperature" : NULL, T);
    if (!p) CHECK_FAILED("no property %s", name);
    return p ? p->q.value : NAN;
}

static double pull(const vt_result *r, const char *quantity, double T)
{
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        bool here = !(T > 0.0), named = false;
        if (strcmp(p->name, "pull") != 0) continue;
        for (size_t k = 0; k < p->nscope; k++) {
            if (strcmp(p->scope[k].text, quantity) == 0) named = true;
            if (strcmp(p->scope[k].key, "temperature") == 0 && fabs(p->scope[k].value - T) < 0.01) here = true;
        }
        if (named && here) return p->q.value;
    }
    CHECK_FAILED("no pull of %s at %g K", quantity, T);
    return NAN;
}

static const vt_setting FEW[] = {{"replicates", "300", NULL, 0}};

static void the_stated_numbers_give_the_reference_set(void)
{
    vt_error err = {0};
    vt_table *t = stated();
    vt_result *r = reduce(t, FEW, 1, &err);
    CHECK(r != NULL);
    if (!r) fail_msg("%s", err.msg);
    CHECK_ABS(value(r, "chi_squared", NULL, 0), 11.9, 0.3);
    static const struct {
        const char *quantity;
        double T, pull;
    } TABLE[] = {/* procedures 10.2 */
                 {"critical_diameter", C(317), 1.2},     {"critical_diameter", C(307), 0.7},
                 {"critical_diameter", C(297), -2.4},    {"critical_diameter", C(287), 0.5},
                 {"critical_diameter", C(267), -0.2},    {"viscosity", C(287), 0.0},
                 {"kink_temperature", 0, 0.5},           {"bulk_glass_transition", 0, 0.3},
                 {"interface_glass_transition", 0, 0.9}, {"stokes_einstein_breakdown", 0, 0.1},
                 {"critical_diameter", C(327), 1.5},     {"critical_diameter", C(100), 0.1},
                 {"interface_thickness", 0, -0.6},       {"atomic_radius", 0, 0.1}};
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
        CHECK_ABS(pull(r, TABLE[i].quantity, TABLE[i].T), TABLE[i].pull, 0.1);
    CHECK_ABS(value(r, "stokes_einstein_breakdown", NULL, 0), C(408.2), 0.3);
    CHECK_ABS(value(r, "bulk_glass_transition", NULL, 0), C(288.3), 0.3);
    CHECK_ABS(value(r, "interface_glass_transition", NULL, 0), C(255.8), 0.3);
    CHECK_REL(value(r, "vft_viscosity_at_reference", "physics", 0) / value(r, "vft_viscosity_at_reference", "paper", 0),
              2.0, 1e-14);
    CHECK_REL(value(r, "interface_activation_energy", NULL, 0), 1.5801 * VT_ELECTRONVOLT, 1e-4);
    CHECK_ABS(value(r, "fragility", NULL, 0), 46.05, 0.02);
    CHECK_REL(value(r, "maximum_critical_diameter", NULL, 0), 99.9e-9, 2e-3);
    CHECK(warned(r, "W_TENSION", "297 degC"));
    CHECK(warned(r, "W_TENSION", "327 degC"));
    CHECK(warned(r, "W_MAXWELL", "22 MPa"));
    CHECK(!warned(r, "W_INPUT", "")); /* every column and metadata line of the study is used */
    CHECK(!warned(r, "W_ASSUMED", ""));
    vt_result_free(r);
    vt_table_free(t);
}

/* The script of procedures 10.5 is another code for the same fit (tests/reference/liu2023.py). */
static void an_independent_code_finds_the_same_constants(void)
{
    vt_error err = {0};
    vt_table *t = stated(), *ref = NULL;
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK_OK(vt_table_read("tests/reference/liu2023_constants.csv", NULL, &ref, &err), &err);
    const double *v = vt_table_values(ref, 1);
    CHECK(vt_table_rows(ref) == 14);
    for (size_t i = 0; i < vt_table_rows(ref); i++) {
        const char *name = vt_table_text(ref, 0, i);
        const bool eta = strncmp(name, "vft_viscosity", 13) == 0;
        CHECK_REL(value(r, name, eta ? "paper" : NULL, 0), v[i],
                  5e-6); /* its steps are 1e-5 of u and it stops at 1e-13 of chi2 */
    }
    vt_table_free(ref);
    CHECK_OK(vt_table_read("tests/reference/liu2023_laws.csv", NULL, &ref, &err), &err);
    const double *T = vt_table_values(ref, 0), *d_c = vt_table_values(ref, 3);
    for (size_t i = 0; i < vt_table_rows(ref); i++) {
        const vt_property *p = vt_result_find(r, "critical_diameter", NULL, "temperature", T[i]);
        if (p) CHECK_REL(p->q.value, d_c[i], 1e-4);
    }
    vt_table_free(ref);
    vt_result_free(r);
    vt_table_free(t);
}

/* Procedures 10.2: predictions of what is left out. */
static void left_out_numbers_are_predicted(void)
{
    vt_error err = {0};
    vt_table *t = stated();
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK_ABS(value(r, "critical_diameter_predicted", NULL, C(297)), 52e-9, 0.6e-9);
    CHECK_ABS(value(r, "stokes_einstein_breakdown_predicted", NULL, 0), C(416), 0.6);
    CHECK_ABS(value(r, "interface_glass_transition_predicted", NULL, 0), C(259), 0.6);
    CHECK_ABS(value(r, "bulk_glass_transition_predicted", NULL, 0), C(288.5), 0.1);
    double all = NAN;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "stokes_einstein_breakdown_predicted") == 0 &&
            strcmp(p->scope[0].text, "derived temperatures") == 0)
            all = p->q.value;
    }
    CHECK_ABS(all, C(420), 0.6);
    vt_result_free(r);
    vt_table_free(t);
}

/* Intervals: the profile agrees with the covariance where the fit is linear, and contains the value. */
static void intervals_are_those_of_the_likelihood(void)
{
    vt_error err = {0};
    vt_table *t = stated();
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    const vt_property *Q = vt_result_find(r, "interface_activation_energy", NULL, NULL, 0);
    CHECK_REL(Q->q.high - Q->q.low, 2.0 * 1.96 * 0.005 * VT_ELECTRONVOLT, 0.02); /* held by its own row */
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (isnan(p->q.low)) continue;
        if (!(p->q.low < p->q.value && p->q.value < p->q.high)) CHECK_FAILED("%s outside its interval", p->name);
    }
    vt_result_free(r);
    vt_table_free(t);
}

static void the_card_carries_the_fit(void)
{
    vt_error err = {0};
    vt_table *t = stated();
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    const vt_card *card = vt_result_card(r);
    CHECK(card != NULL);
    CHECK_TEXT(vt_card_alloy(card), "Ni45Pd35P16B4");
    static const char *const KEY[] = {"vft_viscosity_at_reference",
                                      "vft_strength",
                                      "vft_T0",
                                      "kink_temperature",
                                      "glass_activation_energy",
                                      "interface_mobility_at_reference",
                                      "interface_activation_energy",
                                      "interface_thickness",
                                      "atomic_radius"};
    CHECK(vt_card_correlated(card) == 9);
    for (size_t i = 0; i < 9; i++) {
        double v;
        CHECK_OK(vt_card_value(card, KEY[i], &v, &err), &err);
        CHECK_REL(vt_card_covariance(card, KEY[i], KEY[i]), pow(vt_card_find(card, KEY[i])->u, 2.0), 1e-9);
    }
    /* D* and T0 are nearly one direction of the data */
    CHECK(vt_card_covariance(card, "vft_strength", "vft_T0") < 0.0);
    double c;
    CHECK_OK(vt_card_value(card, "viscosity_prefactor", &c, &err), &err);
    CHECK_ABS(c, 32.0, 0.0);
    vt_result_free(r);
    vt_table_free(t);
}

/* Five plain columns, absolute uncertainties, no assumed rows: the defaults stand in for them. */
static void plain_columns_are_enough(void)
{
    vt_table *t = parse("quantity,temperature [degC],value [],unit,uncertainty []\n"
                        "critical_diameter,317,19,nm,0.95\ncritical_diameter,307,31,nm,1.55\n"
                        "critical_diameter,297,62,nm,3.1\ncritical_diameter,287,97,nm,4.85\n"
                        "critical_diameter,267,85,nm,4.25\nviscosity,287,1e12,Pa s,3.45e11\n"
                        "kink_temperature,,287,degC,1\nbulk_glass_transition,,288,degC,1\n"
                        "interface_glass_transition,,254,degC,2\nstokes_einstein_breakdown,,408,degC,3\n"
                        "interface_activation_energy,,1.58,eV,0.005\n");
    vt_error err = {0};
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    /* without the two soft rows at 327 and 100 degC, which pull a little */
    CHECK_ABS(value(r, "stokes_einstein_breakdown", NULL, 0), C(408.2), 0.5);
    CHECK_ABS(value(r, "bulk_glass_transition", NULL, 0), C(288.3), 0.3);
    CHECK(warned(r, "W_ASSUMED", "tg"));
    vt_result_free(r);
    vt_table_free(t);
}

/* A liquid without glass branch: viscosities alone recover the law that made them. */
static void viscosities_alone_give_a_liquid(void)
{
    char text[2000] = "quantity,temperature [K],value [],unit,uncertainty []\n";
    const double T[] = {600, 620, 640, 670, 700, 750, 800};
    for (size_t i = 0; i < 7; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "viscosity,%g,%.12g,Pa s,%.6g\n", T[i],
                 1e-4 * exp(6000.0 / (T[i] - 400.0)), 1e-6 * exp(6000.0 / (T[i] - 400.0)));
    }
    vt_table *t = parse(text);
    vt_error err = {0};
    const vt_setting set[] = {{"replicates", "20", NULL, 0}, {"tg", "590 K", NULL, 0}};
    vt_result *r = reduce(t, set, 2, &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK_ABS(value(r, "vft_T0", NULL, 0), 400.0, 0.1); /* soft prior on eta0 pulls by 1e-4 of its weight */
    CHECK_REL(value(r, "vft_viscosity_at_reference", "paper", 0), 1e-4 * exp(6000.0 / 190.0), 2e-3);
    CHECK(vt_result_find(r, "interface_activation_energy", NULL, NULL, 0) == NULL);
    CHECK(vt_result_find(r, "kink_temperature", NULL, NULL, 0) == NULL);
    vt_result_free(r);
    vt_table_free(t);
}

/* A transition is stated, but nothing in the glass: no glass branch comes out, on the card neither. */
static void a_glass_branch_is_not_made_up(void)
{
    vt_table *t =
        parse("quantity,temperature [degC],value [],unit,uncertainty []\n"
              "viscosity,337,6.648e7,Pa s,3e6\nviscosity,327,3.054e8,Pa s,1.5e7\nviscosity,317,1.671e9,Pa s,8e7\n"
              "viscosity,307,1.124e10,Pa s,5e8\nviscosity,297,9.674e10,Pa s,4e9\n"
              "bulk_glass_transition,,288.3,degC,1\n");
    vt_error err = {0};
    vt_result *r = reduce(t, FEW, 1, &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(warned(r, "W_NO_GLASS", "liquid"));
    CHECK(vt_result_find(r, "glass_activation_energy", NULL, NULL, 0) == NULL);
    CHECK(vt_result_find(r, "kink_temperature", NULL, NULL, 0) == NULL);
    CHECK(vt_card_find(vt_result_card(r), "glass_activation_energy") == NULL);
    CHECK_ABS(value(r, "bulk_glass_transition", NULL, 0), 561.49, 0.3);
    CHECK_ABS(value(r, "vft_T0", NULL, 0), 415.56, 5.0); /* the prior on eta0 is two decades wide */
    vt_result_free(r);
    vt_table_free(t);
}

/* Viscosities of procedures 10.3 across the kink, none of it stated; without those of the glass there is none. */
static void viscosities_prove_a_kink(void)
{
    static const char HEAD[] = "quantity,temperature [degC],value [],unit,uncertainty []\n";
    static const char LIQUID[] = "viscosity,337,6.6477e7,Pa s,7e6\nviscosity,327,3.0542e8,Pa s,3e7\n"
                                 "viscosity,317,1.6710e9,Pa s,1.7e8\nviscosity,307,1.1240e10,Pa s,1.1e9\n"
                                 "viscosity,297,9.6741e10,Pa s,1e10\n";
    static const char GLASS[] = "viscosity,287,1.0004e12,Pa s,1e11\nviscosity,277,1.3956e12,Pa s,1.4e11\n"
                                "viscosity,267,1.9710e12,Pa s,2e11\n";
    char text[1024];
    vt_error err = {0};
    snprintf(text, sizeof text, "%s%s%s", HEAD, LIQUID, GLASS);
    vt_table *t = parse(text);
    vt_result *r = reduce(t, FEW, 1, &err);
    CHECK(r != NULL);
    if (r) {
        CHECK_ABS(value(r, "kink_temperature", NULL, 0.0), 560.65, 0.1); /* values have five digits */
        CHECK_REL(value(r, "glass_activation_energy", NULL, 0.0), 0.884 * VT_ELECTRONVOLT, 0.01);
        CHECK_ABS(value(r, "vft_T0", NULL, 0.0), 415.56, 0.2);
    }
    vt_result_free(r);
    vt_table_free(t);
    snprintf(text, sizeof text, "%s%s", HEAD, LIQUID);
    t = parse(text);
    r = reduce(t, FEW, 1, &err);
    CHECK(r != NULL && !vt_result_find(r, "kink_temperature", NULL, NULL, 0.0));
    vt_result_free(r);
    vt_table_free(t);
}

static void refused(const char *rows, vt_status code, const char *words, long line)
{
    char text[1500];
    snprintf(text, sizeof text, "quantity,temperature [degC],value [],unit,uncertainty [],bound\n%s", rows);
    vt_table *t = parse(text);
    vt_error err = {0};
    vt_result *r = reduce(t, FEW, 1, &err);
    CHECK(r == NULL);
    if (err.code != code) CHECK_FAILED("%s instead of %s: %s", vt_status_name(err.code), vt_status_name(code), err.msg);
    CHECK_TEXT(err.msg, words);
    if (line) CHECK(err.line == line);
    vt_result_free(r);
    vt_table_free(t);
}

/* A bulk activation energy below that of the liquid at 1.5 tg: the breakdown is absent, in words; nothing is made up.
 */
static void a_breakdown_that_does_not_exist_is_absent(void)
{
    vt_table *t = parse("quantity,temperature [degC],value [],unit,uncertainty []\n"
                        "critical_diameter,317,19,nm,0.95\ncritical_diameter,307,31,nm,1.55\n"
                        "critical_diameter,297,62,nm,3.1\ncritical_diameter,287,97,nm,4.85\n"
                        "critical_diameter,267,85,nm,4.25\nviscosity,287,1e12,Pa s,3.45e11\n"
                        "kink_temperature,,287,degC,1\nbulk_glass_transition,,288,degC,1\n"
                        "interface_activation_energy,,1.58,eV,0.005\n");
    vt_error err = {0};
    const vt_setting set[] = {{"replicates", "20", NULL, 0}, {"activation_ratio", "1.05", NULL, 0}};
    vt_result *r = reduce(t, set, 2, &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(vt_result_find(r, "stokes_einstein_breakdown", NULL, NULL, 0) == NULL);
    CHECK(warned(r, "W_NOROOT", "stokes_einstein_breakdown"));
    CHECK(value(r, "bulk_glass_transition", NULL, 0) > 555.0);
    vt_result_free(r);
    vt_table_free(t);
}

static void bad_rows_are_refused_by_line(void)
{
    refused("viscosities,287,1e12,Pa s,1e11,\n", VT_EKEY, "viscosities", 2);
    refused("critical_diameter,287,97,nm,5,\nviscosity,287,1e12,Pa,1e11,\n", VT_EUNITS, "Pa", 3);
    refused("critical_diameter,287,97,km,5,\n", VT_EUNITS, "plausible", 2);
    refused("critical_diameter,,97,nm,5,\n", VT_ENAN, "temperature", 2);
    refused("critical_diameter,287,97,nm,0,\n", VT_ERANGE, "uncertainty", 2);
    refused("critical_diameter,287,97,nm,5,above\n", VT_EPARSE, "above", 2);
    refused("critical_diameter,287,97,nm,5,\nviscosity,287,1e12,Pa s,1e11,\n", VT_EDOF, "state at least", 0);
    /* two viscosities at one temperature and the assumed eta_0 fix two combinations of three constants */
    refused("viscosity,287,1e12,Pa s,1e11,\nviscosity,287,1e10,Pa s,1e9,\n", VT_EDOF,
            "2 independent ones for 3 constants: viscosity at tg, D*, T0", 0);
    /* eta D_I alone, and an eta_0 that is known to two decades */
    refused("critical_diameter,317,19,nm,1,\ncritical_diameter,307,31,nm,2,\ncritical_diameter,297,62,nm,3,\n"
            "critical_diameter,287,97,nm,5,\ncritical_diameter,267,85,nm,4,\n",
            VT_EILLCOND, "mobility at tg", 0);
}

static void threads_do_not_matter(void)
{
    char *text[3];
    static const char *const THREADS[] = {"1", "2", "7"};
    for (size_t i = 0; i < 3; i++) {
        vt_error err = {0};
        vt_table *t = stated();
        const vt_setting set[] = {{"replicates", "100", NULL, 0}, {"threads", THREADS[i], NULL, 0}};
        vt_result *r = reduce(t, set, 2, &err);
        if (!r) fail_msg("%s", err.msg);
        text[i] = json(r);
        vt_result_free(r);
        vt_table_free(t);
    }
    CHECK(strlen(text[0]) > 1000);
    CHECK(strcmp(text[0], text[1]) == 0);
    CHECK(strcmp(text[0], text[2]) == 0);
    for (size_t i = 0; i < 3; i++) free(text[i]);
}

CHECK_MAIN(CHECK_CASE(the_stated_numbers_give_the_reference_set),
           CHECK_CASE(an_independent_code_finds_the_same_constants), CHECK_CASE(left_out_numbers_are_predicted),
           CHECK_CASE(intervals_are_those_of_the_likelihood), CHECK_CASE(the_card_carries_the_fit),
           CHECK_CASE(plain_columns_are_enough), CHECK_CASE(viscosities_alone_give_a_liquid),
           CHECK_CASE(a_glass_branch_is_not_made_up), CHECK_CASE(viscosities_prove_a_kink),
           CHECK_CASE(a_breakdown_that_does_not_exist_is_absent), CHECK_CASE(bad_rows_are_refused_by_line),
           CHECK_CASE(threads_do_not_matter))
