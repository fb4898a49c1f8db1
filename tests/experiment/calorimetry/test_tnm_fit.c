/* Fit of the relaxation law: round trips, what one rate cannot tell, figures, refusals. */
#include "experiment/calorimetry/tnm_round_trip.h"

/* One draw: the campaign of `make check-long` counts coverage. */
static void round_trip_recovers(const tnm_set *s)
{
    struct tally tally[4] = {{0}};
    tnm_campaign(s, 1, tally);
    for (size_t j = 0; j < 4; j++) {
        CHECK(tally[j].n == 1);
        CHECK_ABS(tally[j].pull, 0.0, 3.0);
        CHECK_ABS(tally[j].relative, 0.0, 0.01); /* and small, too */
    }
}

static void boron_oxide_is_recovered(void)
{
    round_trip_recovers(&TNM_SETS[0]);
}

static void polystyrene_is_recovered(void)
{
    round_trip_recovers(&TNM_SETS[2]);
}

/* Without noise the fit gives the truth to what the steps of both sides leave: measured 2e-5 of the activation, 3e-5
 * of x and 1e-5 of beta; with steps of 0.05 of ln tau that are not corrected it is 2e-3, two thirds of its uncertainty
 * at the noise of section 11. */
static void steps_leave_no_bias(const tnm_set *s)
{
    const double truth[4] = {s->p.dh_R / (log(100.0) - s->p.ln_A), s->p.dh_R, s->p.x, s->p.beta};
    struct settings t = tnm_truth(s, 900), how = {0};
    set_text(&t, "noise", "0.001 mW/g");
    set_text(&t, "temperature_error", "0 K");
    vt_result *r = there_and_back("calorimetry", &t, &how);
    for (size_t j = 0; r && j < 4; j++) {
        size_t at = 0;
        const vt_property *p = next(r, &at, TNM_NAME[j], NULL, NULL, NULL);
        CHECK(p);
        if (p) CHECK_REL(p->q.value, truth[j], 1e-4);
    }
    vt_result_free(r);
}

static void boron_oxide_without_noise(void)
{
    steps_leave_no_bias(&TNM_SETS[0]);
}

static void polystyrene_without_noise(void)
{
    steps_leave_no_bias(&TNM_SETS[2]);
}

static void one_rate_does_not_separate(void)
{
    struct settings t = tnm_truth(&TNM_SETS[0], 3), how = {0};
    set_text(&t, "cooling_rates", "10 K/min");
    set_text(&t, "noise", "5 mW/g");
    vt_result *r = there_and_back("calorimetry", &t, &how);
    CHECK(r && warned(r, "W_ILLCOND", "go together"));
    vt_result_free(r);
}

static void figures_show_fit_and_profiles(void)
{
    struct settings t = tnm_truth(&TNM_SETS[2], 4), how = {0};
    set_text(&t, "cooling_rates", "1,30 K/min");
    vt_result *r = there_and_back("calorimetry", &t, &how);
    CHECK(r && vt_result_figures(r) == 2);
    /* The noise of the readings is what was put in: 0.5 mW/g at 1/3 K/s is 1.5 mJ/(g K), over the root of 5 readings.
     */
    if (r) CHECK_TEXT(vt_result_figure(r, 0)->alt, "2 heatings");
    if (r) CHECK(!warned(r, "W_CORRELATED", ""));
    for (size_t i = 0, at = 0; r && i < 2; i++) { /* the scale of temperature, 0.5 K, moves each by as much */
        const vt_property *p = next(r, &at, "fictive_temperature", NULL, NULL, NULL);
        CHECK(p && p->q.u > 0.5 && p->q.u < 0.6 && p->q.nbudget == 2);
    }
    size_t at = 0;
    const vt_property *step = r ? next(r, &at, "heat_capacity_step", NULL, NULL, NULL) : NULL;
    CHECK(step && step->q.low < step->q.high);
    if (step) CHECK_BAND(step->q.u / step->q.value, 0.018, 0.03); /* gain 1.5 %, mass 1 %, noise */
    vt_result_free(r);
}

static void refused(const char *text, const char *const how[2], vt_status code, const char *words)
{
    vt_error err = {0};
    const vt_setting set[1] = {{how[0], how[1], NULL, 0}};
    vt_result *r = reduced_text("calorimetry", "rates.csv", text, set, how[0] ? 1 : 0, &err);
    CHECK(!r && err.code == code);
    CHECK_TEXT(err.msg, words);
    vt_result_free(r);
}

/* n readings from 300 K in steps of `step`, with a gap of `gap` steps after the 30th, heat capacity by a rule. */
static const char *text_of(int n, double step, double slope, int gap)
{
    static char text[20000];
    size_t at = (size_t)snprintf(text, sizeof text,
                                 "temperature [K],heat_capacity [J/(g K)],cooling_rate [K/min],heating_rate [K/min]\n");
    for (int i = 0; i < n && at < sizeof text - 64; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%.4f,%.6f,10,20\n",
                               300.0 + step * (i + (i > 30 ? gap : 0)), 0.4 + slope * i);
    return text;
}

static void refusals(void)
{
    static const char *const NONE[2] = {NULL, NULL}, *const COLD[2] = {"start_temperature", "301 K"};
    refused(text_of(12, 1.0, 0.0, 0), NONE, VT_EDOF, "a heating of 12 readings; the fit needs 20");
    refused(text_of(60, 1.0, -1e-3, 0), NONE, VT_ENOROOT, "does not rise");
    refused(text_of(60, 1.0, 1e-3, 0), COLD, VT_ERANGE_T, "start_temperature = 301 K is not above");
    refused(text_of(60, 1.0, 1e-3, 5), NONE, VT_EDOF, "no reading in a bin of 1.08");
    refused(text_of(60, 0.1, 1e-3, 0), NONE, VT_ERANGE_T, "bins of 1 K");
}

CHECK_MAIN(CHECK_CASE(boron_oxide_is_recovered), CHECK_CASE(polystyrene_is_recovered),
           CHECK_CASE(boron_oxide_without_noise), CHECK_CASE(polystyrene_without_noise),
           CHECK_CASE(one_rate_does_not_separate), CHECK_CASE(figures_show_fit_and_profiles), CHECK_CASE(refusals))
