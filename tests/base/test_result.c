/* The result object: what it keeps, what it refuses. */
#include "check.h"
#include <vitrum/card.h>
#include <vitrum/result.h>

static vt_property property(const char *name, double value)
{
    vt_property p = {.symbol = "d_c", .reading = "paper", .method = "crossing"};
    snprintf(p.name, sizeof p.name, "%s", name);
    p.q = (vt_quantity){.value = value, .u = 2e-9, .low = NAN, .high = NAN, .dof = 7.0, .unit = "m"};
    return p;
}

static vt_result *fresh(void)
{
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(vt_result_create(&r, "experiment", "molding", &err), &err);
    return r;
}

static void many_properties_are_kept_in_order_and_copied(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    char name[VT_NAME];
    for (int i = 0; i < 300; i++) { /* crosses every doubling up to 512 */
        snprintf(name, sizeof name, "p%d", i);
        vt_property p = property(name, 1.0 + i);
        CHECK_OK(vt_result_add_property(r, &p, &err), &err);
        p.q.value = -5.0;
    }
    CHECK(vt_result_properties(r) == 300);
    for (int i = 0; i < 300; i++) CHECK(vt_result_property(r, (size_t)i)->q.value == 1.0 + i);
    CHECK(vt_result_property(r, 300) == NULL);
    CHECK(strcmp(vt_result_kind(r), "experiment") == 0 && strcmp(vt_result_name(r), "molding") == 0);
    vt_result_free(r);
}

static void find_goes_by_name_reading_and_scope(void)
{
    vt_result *r = fresh();
    for (int i = 0; i < 4; i++) {
        vt_property p = property("critical_diameter", 1e-8 * (i + 2));
        snprintf(p.reading, sizeof p.reading, i % 2 ? "physics" : "paper");
        p.nscope = 2;
        p.scope[0] = (vt_scope){.key = "specimen", .text = "w52"};
        p.scope[1] = (vt_scope){.key = "temperature", .value = 560.15 + 10.0 * (i / 2), .unit = "K"};
        CHECK(vt_result_add_property(r, &p, NULL) == VT_OK);
    }
    const vt_property *p = vt_result_find(r, "critical_diameter", "physics", "temperature", 570.15 * (1.0 + 5e-10));
    CHECK(p && p->q.value == 1e-8 * 5);
    p = vt_result_find(r, "critical_diameter", NULL, NULL, 0.0);
    CHECK(p && p->q.value == 1e-8 * 2);
    CHECK(!vt_result_find(r, "critical_diameter", "physics", "temperature", 570.15 * (1.0 + 5e-9)));
    CHECK(!vt_result_find(r, "critical_diameter", "", NULL, 0.0));
    CHECK(!vt_result_find(r, "critical_diameter", NULL, "specimen", 0.0)); /* a text is not the number 0 */
    CHECK(!vt_result_find(r, "viscosity", NULL, NULL, 0.0));
    vt_result_free(r);
}

static void refused(vt_result *r, const vt_property *p, const char *text)
{
    vt_error err = {0};
    CHECK(vt_result_add_property(r, p, &err) == VT_EINTERNAL);
    CHECK_TEXT(err.msg, text);
}

static void a_number_that_is_none_is_refused(void)
{
    vt_result *r = fresh();
    vt_property p = property("viscosity", NAN);
    refused(r, &p, "viscosity = nan m");
    p = property("viscosity", 3.0);
    p.q.u = -1.0;
    refused(r, &p, "u = -1 m");
    p.q.u = INFINITY;
    refused(r, &p, "u = inf m");
    p = property("viscosity", 3.0);
    p.q.low = 2.0;
    refused(r, &p, "interval [2, nan]");
    p.q.high = 4.0;
    refused(r, &p, "level 0 of its interval");
    p.q.level = 0.95;
    p.q.low = 5.0;
    refused(r, &p, "interval [5, 4]");
    p = property("viscosity", 3.0);
    p.q.nbudget = 1;
    p.q.budget[0] = (vt_budget_item){.source = "gauge", .type = 'B', .u = NAN, .c = 1.0};
    refused(r, &p, "budget line 0: u = nan");
    p = property("viscosity", 3.0);
    p.nscope = 1;
    p.scope[0] = (vt_scope){.key = "temperature", .value = NAN, .unit = "K"};
    refused(r, &p, "scope temperature = nan");
    p = property("viscosity", 3.0);
    p.q.dof = NAN;
    refused(r, &p, "degrees of freedom are NaN");
    CHECK(vt_result_properties(r) == 0);
    vt_result_free(r);
}

static void texts_and_lists_out_of_bounds_are_refused(void)
{
    vt_result *r = fresh();
    vt_property p = property("", 3.0);
    refused(r, &p, "without name");
    p = property("viscosity", 3.0);
    p.q.unit[0] = '\0';
    refused(r, &p, "no unit");
    p = property("viscosity", 3.0);
    memset(p.symbol, 'x', sizeof p.symbol);
    refused(r, &p, "does not end");
    p = property("viscosity", 3.0);
    snprintf(p.reading, sizeof p.reading, "guess");
    refused(r, &p, "reading \"guess\"");
    p = property("viscosity", 3.0);
    p.nscope = VT_SCOPE_MAX + 1;
    refused(r, &p, "7 scopes (at most 6)");
    vt_error err = {0};
    CHECK(vt_result_add_property(NULL, &p, &err) == VT_EARG);
    vt_result *bad = NULL;
    CHECK(vt_result_create(&bad, "experiment", "../etc", &err) == VT_EARG && bad == NULL);
    vt_result_free(r);
}

static void the_same_warning_is_kept_once(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    for (int i = 0; i < 6; i++)
        CHECK_OK(vt_result_warn(r, &err, "W_ENTRANCE", "entrance term at %d nm\nis large", 40 + i / 3), &err);
    CHECK(vt_result_warnings(r) == 2);
    CHECK(strcmp(vt_result_warning_code(r, 1), "W_ENTRANCE") == 0);
    CHECK(strcmp(vt_result_warning_message(r, 1), "entrance term at 41 nm is large") == 0);
    CHECK(vt_result_warn(r, &err, "ENTRANCE", "x") == VT_EINTERNAL);
    char longer[3000];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    CHECK_OK(vt_result_warn(r, &err, "W_LONG", "%s", longer), &err);
    CHECK(strlen(vt_result_warning_message(r, 2)) == sizeof longer - 1); /* nothing cut off */
    vt_result_free(r);
}

static void models_and_segments_are_checked(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    vt_model m = {.name = "additive", .group = "T = 570.15 K", .aicc = 12.1, .weight = 0.93, .chi2 = NAN};
    CHECK_OK(vt_result_add_model(r, &m, &err), &err);
    m.weight = 1.2;
    CHECK(vt_result_add_model(r, &m, &err) == VT_EINTERNAL);
    CHECK_TEXT(err.msg, "weight = 1.2");
    m.weight = 0.07;
    m.aicc = INFINITY;
    CHECK(vt_result_add_model(r, &m, &err) == VT_EINTERNAL);
    CHECK(vt_result_models(r) == 1 && vt_result_model(r, 0)->weight == 0.93);
    vt_segment s = {.name = "hold", .begin = 3.0, .end = 9.5, .unit = "s", .verdict = "steady"};
    CHECK_OK(vt_result_add_segment(r, &s, &err), &err);
    s.end = 2.0;
    CHECK(vt_result_add_segment(r, &s, &err) == VT_EINTERNAL);
    CHECK_TEXT(err.msg, "segment hold: [3, 2] s");
    CHECK(vt_result_segments(r) == 1 && vt_result_segment(r, 0)->end == 9.5);
    vt_result_free(r);
}

static void curves_are_taken_over_also_on_failure(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    const double x[3] = {2.0, 3.0, 5.0};
    const char *names[3] = {"length_fit", "length_fit", "a/b"};
    const vt_status wanted[3] = {VT_OK, VT_EARG, VT_EARG};
    for (int i = 0; i < 3; i++) { /* the leak checker sees the refused tables */
        vt_table *t = NULL;
        CHECK_OK(vt_table_create(&t, &err), &err);
        CHECK_OK(vt_table_add_si(t, "diameter", "m", 3, x, &err), &err);
        CHECK(vt_result_add_curve(r, names[i], "Lengths", t, &err) == wanted[i]);
    }
    CHECK(vt_result_curves(r) == 1);
    CHECK(vt_table_rows(vt_result_curve(r, 0)) == 3);
    CHECK(strcmp(vt_result_curve_title(r, 0), "Lengths") == 0);
    vt_figure f = {.name = "lengths", .title = "Lengths", .alt = "Length falls with diameter", .nseries = 1};
    CHECK_OK(vt_result_add_figure(r, &f, &err), &err);
    CHECK(vt_result_add_figure(r, &f, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "already has a figure lengths");
    f = (vt_figure){.name = "more", .title = "More", .alt = "More", .nseries = VT_SERIES_MAX + 1};
    CHECK(vt_result_add_figure(r, &f, &err) == VT_ELIMIT);
    f = (vt_figure){.name = "silent", .title = "Silent"};
    CHECK(vt_result_add_figure(r, &f, &err) == VT_EINTERNAL);
    CHECK_TEXT(err.msg, "says what it shows");
    CHECK(vt_result_figures(r) == 1 && strcmp(vt_result_figure(r, 0)->name, "lengths") == 0);
    vt_result_free(r);
}

static void inputs_keep_path_and_checksum(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    const char *sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    CHECK_OK(vt_result_add_input(r, "wires.csv", "", &err), &err);
    CHECK_OK(vt_result_add_input(r, "more.csv", sum, &err), &err);
    CHECK(vt_result_add_input(r, "bad.csv", "9f86", &err) == VT_EARG);
    CHECK_TEXT(err.msg, "64 lower-case hex digits");
    CHECK(vt_result_inputs(r) == 2);
    CHECK(strcmp(vt_result_input_path(r, 0), "wires.csv") == 0 && vt_result_input_sha256(r, 0)[0] == '\0');
    CHECK(strcmp(vt_result_input_sha256(r, 1), sum) == 0);
    vt_result_set_seed(r, UINT64_MAX - 4);
    CHECK(vt_result_seed(r) == UINT64_MAX - 4);
    vt_result_free(r);
}

typedef struct knobs {
    double pressure, thickness;
    long replicates, threads;
    uint64_t seed;
    int prefactor;
} knobs;

static const vt_param KNOBS[] = {
    {"pressure", VT_REAL, "Pa", "1.25 GPa", 1e3, 1e11, NULL, "molding pressure", offsetof(knobs, pressure)},
    {"thickness", VT_REAL, "m", "", 1e-10, 1e-8, NULL, "layer", offsetof(knobs, thickness)},
    {"replicates", VT_INT, NULL, "200", 2, 1e6, NULL, "of the bootstrap", offsetof(knobs, replicates)},
    {"threads", VT_INT, NULL, "0", 0, 512, NULL, "at work", offsetof(knobs, threads)},
    {"seed", VT_SEED, NULL, "18446744073709551557", 0, 0, NULL, "of the streams", offsetof(knobs, seed)},
    {"prefactor", VT_CHOICE, NULL, "both", 0, 0, "both|32|16", "of the viscosity", offsetof(knobs, prefactor)},
    VT_PARAM_END};

static void options_record_what_is_present_but_never_the_threads(void)
{
    vt_result *r = fresh();
    vt_error err = {0};
    knobs k;
    CHECK_OK(vt_param_defaults(KNOBS, &k, &err), &err);
    CHECK_OK(vt_result_add_options(r, KNOBS, &k, &err), &err);
    CHECK(vt_result_options(r) == 4); /* not thickness (absent), not threads */
    CHECK(vt_result_option(r, 0)->value == 1.25e9 && strcmp(vt_result_option(r, 0)->unit, "Pa") == 0);
    CHECK(vt_result_option(r, 1)->value == 200.0 && strcmp(vt_result_option(r, 1)->unit, "1") == 0);
    CHECK_TEXT(vt_result_option(r, 2)->text, "18446744073709551557"); /* beyond 2^53: a double would lose it */
    CHECK(vt_result_option(r, 2)->unit[0] == '\0');
    CHECK(strcmp(vt_result_option(r, 3)->text, "both") == 0 && vt_result_option(r, 3)->unit[0] == '\0');
    k.seed = UINT64_C(9007199254740992); /* 2^53, the largest that is a number */
    CHECK_OK(vt_result_add_options(r, KNOBS, &k, &err), &err);
    CHECK(vt_result_option(r, 6)->value == 9007199254740992.0 && strcmp(vt_result_option(r, 6)->unit, "1") == 0);
    k.seed++;
    CHECK_OK(vt_result_add_options(r, KNOBS, &k, &err), &err);
    CHECK(vt_result_option(r, 10)->unit[0] == '\0');
    vt_result_free(r);
}

static void a_card_is_adopted(void)
{
    vt_result *r = fresh();
    vt_card *a = NULL, *b = NULL;
    CHECK(vt_card_create(&a, "Ni45Pd35P16B4", NULL) == VT_OK);
    CHECK(vt_card_create(&b, "Pt57.5Cu14.7Ni5.3P22.5", NULL) == VT_OK);
    CHECK(vt_result_card(r) == NULL);
    vt_result_adopt_card(r, a);
    vt_result_adopt_card(r, b); /* frees the first: the leak checker sees it */
    vt_result_adopt_card(r, b);
    CHECK(vt_result_card(r) == b);
    vt_result_free(r);
    vt_result_free(NULL);
}

CHECK_MAIN(CHECK_CASE(many_properties_are_kept_in_order_and_copied), CHECK_CASE(find_goes_by_name_reading_and_scope),
           CHECK_CASE(a_number_that_is_none_is_refused), CHECK_CASE(texts_and_lists_out_of_bounds_are_refused),
           CHECK_CASE(the_same_warning_is_kept_once), CHECK_CASE(models_and_segments_are_checked),
           CHECK_CASE(curves_are_taken_over_also_on_failure), CHECK_CASE(inputs_keep_path_and_checksum),
           CHECK_CASE(options_record_what_is_present_but_never_the_threads), CHECK_CASE(a_card_is_adopted))
