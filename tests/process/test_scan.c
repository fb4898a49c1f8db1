/* Forecast of a scan: the scans of targets T7 through the front door, anneals, wires that cool in a gas, the answers on
 * softening, warnings and refusals. */
#include "result_checks.h"
#include "glass/tnm_sets.h"
#include <vitrum/card.h>
#include <vitrum/experiment.h>

enum { SETTINGS = 24 };

static vt_result *predict(const char *const set[][2], const vt_card *card, vt_error *err)
{
    vt_setting row[SETTINGS] = {{"replicates", "20", NULL, 0}};
    size_t n = 1;
    for (size_t i = 0; set[i][0] && n < SETTINGS; i++) row[n++] = (vt_setting){set[i][0], set[i][1], NULL, 0};
    const vt_request in = {.settings = row, .nsettings = n, .alloy = card};
    vt_result *r = NULL;
    *err = (vt_error){0};
    vt_forecast_run(vt_forecast_find(VT_PROCESS, "scan"), &in, &r, err);
    return r;
}

#define B2O3 \
    {"ln_A", "-75.6"}, {"activation", "45 kK"}, {"nonlinearity", "0.40"}, {"beta", "0.65"}, \
        {"glass_heat_capacity", "1.3 J/(g K)"}, {"heat_capacity_step", "0.6 J/(g K)"}, {"start", "640 K"}, \
        {"end", "640 K"}, {"cold", "450 K"}, {"step", "0.1 K"}, {"activation_u", "0.01"}, \
    { \
        "cooling_rate_u", "0" \
    }

static double value(const vt_result *r, const char *name)
{
    const vt_quantity *q = r ? quantity(r, name, NULL) : NULL;
    return q ? q->value : (double)NAN;
}

/* A prediction that must come. */
static vt_result *predicted(const char *const set[][2], const vt_card *card)
{
    vt_error err;
    vt_result *r = predict(set, card, &err);
    CHECK_OK(err.code, &err);
    return r;
}

/* The second scan is that of the liquid cooled at the reference rate: a glass made in months, which is liquid only some
 * 10 K above the end of the scan, changes nothing in it, and what the first scan does not reach is said. */
static void second_scan_forgets(void)
{
    static const char *const NAME[] = {"reference_fictive_temperature", "glass_transition_onset",
                                       "glass_transition_midpoint"};
    static const char *const FAST[][2] = {{"glass_transition", "578 K"}, {"cooling_rate", "1000 K/s"}, {0}};
    static const char *const SLOW[][2] = {{"glass_transition", "578 K"}, {"cooling_rate", "1e-9 K/s"}, {0}};
    vt_result *fast = predicted(FAST, NULL), *slow = predicted(SLOW, NULL);
    for (int k = 0; k < 3; k++) {
        const vt_quantity *a = fast ? quantity(fast, NAME[k], NULL) : NULL;
        const vt_quantity *b = slow ? quantity(slow, NAME[k], NULL) : NULL;
        CHECK(a && b);
        if (!a || !b) continue;
        CHECK_ABS(a->value, b->value, 0.1); /* the steps of a forecast err by some 0.05 K each */
        CHECK_ABS(a->low, b->low, 0.1);
        CHECK_ABS(a->high, b->high, 0.1);
    }
    CHECK(!warned(fast, "W_RANGE", "fictive temperature is still"));
    CHECK(warned(slow, "W_RANGE", "at the end of the first scan, 664.7 K, the fictive temperature is still 50"));
    vt_result_free(fast);
    vt_result_free(slow);
}

static void targets_come_through_the_front_door(void)
{
    static const char *const SET[][2] = {
        B2O3, {"cooling_rate", "100 K/min"}, {"reference_rate", "10 K/min"}, {"heating_rate", "10 K/min"}, {0}};
    vt_result *r = predicted(SET, NULL);
    CHECK_ABS(value(r, "reference_fictive_temperature"), 550.0439, 1e-3);
    CHECK_ABS(value(r, "glass_transition_midpoint"), 559.956, 5e-3); /* straight between points of 0.1 K */
    const double Tf = value(r, "fictive_temperature");
    CHECK_ABS(Tf, 565.5257, 0.12); /* T7 for 680 to 410 K; the ends cost 0.08 K (T7) */
    CHECK_REL(value(r, "relaxation_enthalpy"), 600.0 * (Tf - 550.0439), 1e-4);
    /* By hand: (1 - x) dh/R (1/Tf - 1/ref) over ln tau(ref) - ln tau0. */
    const double barrier = -75.6 + 45e3 / 550.0439 - log(1e-13);
    CHECK_REL(value(r, "modulus_change"), 0.6 * 45e3 * (1.0 / Tf - 1.0 / 550.0439) / barrier, 1e-4);
    CHECK(warned(r, "W_NO_MODULUS", "free_volume_enthalpy modulus_slope"));
    CHECK(!warned(r, "W_ASSUMED", "beta") && !warned(r, "W_ASSUMED", "heat_capacity"));
    vt_result_free(r);
}

static void same_rate_stores_nothing(void)
{
    static const char *const SET[][2] = {B2O3, {"cooling_rate", "10 K/min"}, {"reference_rate", "10 K/min"}, {0}};
    vt_result *r = predicted(SET, NULL);
    CHECK_ABS(value(r, "relaxation_enthalpy"), 0.0, 0.2); /* J/kg: 3e-4 K of the second cooling, which starts at end */
    vt_result_free(r);
}

static void anneals_take_what_was_stored(void)
{
    static const char *const FRESH[][2] = {B2O3, {"cooling_rate", "10 K/s"}, {0}};
    static const char *const AGED[][2] = {
        B2O3, {"cooling_rate", "10 K/s"}, {"hold_temperatures", "510,530 K"}, {"hold_times", "1,10 h"}, {0}};
    vt_result *a = predicted(FRESH, NULL);
    vt_result *b = predicted(AGED, NULL);
    CHECK(value(a, "relaxation_enthalpy") > 8000.0);
    CHECK_BAND(value(b, "relaxation_enthalpy"), -15000.0, 0.0); /* the second anneal goes below the reference */
    vt_result_free(a);
    vt_result_free(b);
}

/* The area between the two curves of the result is what is printed. A calorimeter that is slow moves heat along the
 * curve; it had its rest where the scan begins, so of the first second of relaxation (0.3 %) it sees more. */
static void curves_hold_the_enthalpy(void)
{
    static const char *const SET[2][16][2] = {{B2O3, {"cooling_rate", "10 K/s"}},
                                              {B2O3, {"cooling_rate", "10 K/s"}, {"response", "5 s"}}};
    for (int k = 0; k < 2; k++) {
        vt_result *r = predicted(SET[k], NULL);
        const vt_table *t = vt_result_curve(r, 0);
        const double *T = vt_table_values(t, (size_t)vt_table_find(t, "temperature"));
        const double *d = vt_table_values(t, (size_t)vt_table_find(t, "difference"));
        double sum = 0.0;
        for (size_t i = 0; i < vt_table_rows(t); i++) sum -= d[i] * (T[1] - T[0]);
        CHECK_REL(sum, value(r, "relaxation_enthalpy"), k ? 5e-3 : 1e-9);
        CHECK(vt_result_figures(r) == 4);
        vt_result_free(r);
    }
}

static vt_card *card(void)
{
    static const vt_constant ROW[] = {
        {.key = "glass_transition", .value = 578.0, .u = NAN, .unit = "K", .tag = 'B'},
        {.key = "molar_mass", .value = 0.0737, .u = NAN, .unit = "kg mol-1", .tag = 'A'},
        {.key = "density", .value = 9300.0, .u = NAN, .unit = "kg m-3", .tag = 'A'},
        {.key = "free_volume_enthalpy", .value = 552e3, .u = NAN, .unit = "J mol-1", .tag = 'R'},
        {.key = "modulus_free_volume_slope", .value = -40.0, .u = NAN, .unit = "1", .tag = 'C'}};
    vt_card *c = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_create(&c, "Testglass", &err), &err);
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_constant k = ROW[i];
        snprintf(k.source, sizeof k.source, "this test");
        CHECK_OK(vt_card_add(c, &k, &err), &err);
    }
    return c;
}

/* Everything from the card; what it has not is assumed and said. A wire of 60 um in a gas of 500 W/(m^2 K). */
static void card_and_assumptions_are_told(void)
{
    static const char *const SET[][2] = {{"diameter", "60 um"}, {"heat_transfer", "500 W/(m2 K)"}, {0}};
    vt_card *c = card();
    vt_result *r = predicted(SET, c);
    CHECK(warned(r, "W_ASSUMED", "beta = 0.65") && warned(r, "W_ASSUMED", "nonlinearity x = 0.45"));
    CHECK(warned(r, "W_ASSUMED", "fragility") && warned(r, "W_ASSUMED", "heat_capacity_step"));
    CHECK(warned(r, "W_ASSUMED", "tau0 = 1e-13 s"));
    CHECK(warned(r, "W_SECONDARY", "glass_transition = 578 K of the card has tag B"));
    CHECK(warned(r, "W_SECONDARY", "modulus_free_volume_slope"));
    CHECK(warned(r, "W_RECALLED", "free_volume_enthalpy"));
    CHECK(!warned(r, "W_NO_MODULUS", ""));
    const double H = value(r, "molar_relaxation_enthalpy"), dx = value(r, "free_volume_change");
    CHECK_REL(H, 0.0737 * value(r, "relaxation_enthalpy"), 1e-12);
    CHECK_REL(dx, H / 552e3, 1e-12);
    CHECK_REL(value(r, "modulus_change_by_free_volume"), expm1(-40.0 * dx), 1e-12);
    const vt_table *t = NULL;
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (vt_table_find(vt_result_curve(r, i), "enthalpy_low") >= 0) t = vt_result_curve(r, i);
    /* 4 h (Tg - 293.15 K)/(rho c d) */
    if (t) CHECK_REL(vt_table_values(t, 0)[0], 4.0 * 500.0 * (578.0 - 293.15) / (9300.0 * 360.0 * 60e-6), 1e-9);
    CHECK(t != NULL);
    vt_result_free(r);
    vt_card_free(c);
}

/* Uncertainty of the enthalpy: of the step in heat capacity alone, it is that. */
static void step_of_heat_capacity_goes_into_the_enthalpy(void)
{
    static const char *const SET[][2] = {B2O3,
                                         {"cooling_rate", "10 K/s"},
                                         {"heat_capacity_step_u", "0.07"},
                                         {"nonlinearity_u", "0"},
                                         {"beta_u", "0"},
                                         {"glass_transition_u", "0 K"},
                                         {0}};
    vt_result *r = predicted(SET, NULL);
    const vt_quantity *H = quantity(r, "relaxation_enthalpy", NULL);
    CHECK_REL(H->u / H->value, 0.07, 0.15); /* 1 % of activation adds a little; 40 draws */
    vt_result_free(r);
}

/* Without a step nothing is stored; the rest has its uncertainty as before. */
static void no_step_stores_nothing(void)
{
    static const char *const SET[][2] = {{"glass_transition", "578 K"},
                                         {"activation", "70 kK"},
                                         {"nonlinearity", "0.45"},
                                         {"beta", "0.65"},
                                         {"cooling_rate", "10 K/s"},
                                         {"heat_capacity_step", "0 J/(g K)"},
                                         {0}};
    vt_result *r = predicted(SET, NULL);
    const vt_quantity *H = quantity(r, "relaxation_enthalpy", NULL), *Tf = quantity(r, "fictive_temperature", NULL);
    CHECK(H && Tf && !(fabs(H->value) > 0.0) && Tf->u > 1.0 && Tf->high > Tf->low + 4.0);
    vt_result_free(r);
}

static void refused(const char *const set[][2], vt_status code, const char *words)
{
    vt_error err;
    vt_result *r = predict(set, NULL, &err);
    CHECK(!r && err.code == code);
    CHECK_TEXT(err.msg, words);
    vt_result_free(r);
}

static void refusals(void)
{
    static const char *const NO_RATE[][2] = {B2O3, {0}};
    static const char *const BOTH[][2] = {B2O3, {"cooling_rate", "1 K/s"}, {"glass_transition", "550 K"}, {0}};
    static const char *const HOLDS[][2] = {
        B2O3, {"cooling_rate", "1 K/s"}, {"hold_temperatures", "500 K"}, {"hold_times", "1,2 h"}, {0}};
    static const char *const COLD_HOLD[][2] = {
        B2O3, {"cooling_rate", "1 K/s"}, {"hold_temperatures", "440 K"}, {"hold_times", "2 h"}, {0}};
    static const char *const NO_TG[][2] = {{"cooling_rate", "1 K/s"}, {0}};
    static const char *const NO_DH[][2] = {{"cooling_rate", "1 K/s"}, {"ln_A", "-70"}, {0}};
    static const char *const UP[][2] = {
        {"cooling_rate", "1 K/s"}, {"glass_transition", "578 K"}, {"cold", "600 K"}, {0}};
    static const char *const NO_RHO[][2] = {
        {"glass_transition", "578 K"}, {"diameter", "60 um"}, {"heat_transfer", "500 W/(m2 K)"}, {0}};
    static const char *const NEVER[][2] = {{"cooling_rate", "1 K/s"}, {"ln_A", "7"}, {"activation", "45 kK"}, {0}};
    static const char *const TWICE[][2] = {
        B2O3, {"cooling_rate", "1 K/s"}, {"diameter", "60 um"}, {"heat_transfer", "500 W/(m2 K)"}, {0}};
    refused(TWICE, VT_EARG, "both fix the rate of cooling");
    refused(NO_RATE, VT_EARG, "give cooling_rate, as in --set cooling_rate=1000K/s, or diameter and heat_transfer");
    refused(BOTH, VT_EARG, "give one");
    refused(HOLDS, VT_ESHAPE, "1 hold_temperatures and 2 hold_times");
    refused(COLD_HOLD, VT_EDOMAIN, "440 K is not above cold = 450 K");
    refused(NO_TG, VT_EREFERENCE, "glass_transition");
    refused(NO_DH, VT_EARG, "needs activation");
    refused(UP, VT_EDOMAIN, "above cold = 600 K");
    refused(NO_RHO, VT_EREFERENCE, "density");
    refused(NEVER, VT_EDOMAIN, "no temperature has tau = 100 s");
}

CHECK_MAIN(CHECK_CASE(targets_come_through_the_front_door), CHECK_CASE(same_rate_stores_nothing),
           CHECK_CASE(anneals_take_what_was_stored), CHECK_CASE(curves_hold_the_enthalpy),
           CHECK_CASE(card_and_assumptions_are_told), CHECK_CASE(step_of_heat_capacity_goes_into_the_enthalpy),
           CHECK_CASE(no_step_stores_nothing), CHECK_CASE(second_scan_forgets), CHECK_CASE(refusals))
