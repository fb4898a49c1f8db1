/* Forecast of a molding run: published numbers, limits, propagation, warnings, refusals. */
#include "result_checks.h"
#include "reference_card.h"
#include <vitrum/experiment.h>
#include <vitrum/molding_law.h>
#include <vitrum/random.h>

static const vt_forecast *molding(void)
{
    return vt_forecast_find(VT_PROCESS, "molding");
}

struct request {
    const char *T, *p, *t, *d;
    const char *more[6][2];
};

static vt_result *run(const vt_card *card, const struct request *r, vt_error *err)
{
    vt_setting set[12] = {{"temperature", r->T, NULL, 0},
                          {"pressure", r->p, NULL, 0},
                          {"time", r->t, NULL, 0},
                          {"diameter", r->d, NULL, 0},
                          {"replicates", "500", NULL, 0}};
    size_t n = 5;
    for (size_t i = 0; i < 6 && r->more[i][0]; i++) set[n++] = (vt_setting){r->more[i][0], r->more[i][1], NULL, 0};
    const vt_request in = {.settings = set, .nsettings = n, .alloy = card};
    vt_result *result = NULL;
    *err = (vt_error){0};
    vt_forecast_run(molding(), &in, &result, err);
    return result;
}

static double value(const vt_result *r, const char *name, const char *reading)
{
    const vt_property *p = r ? vt_result_find(r, name, reading, NULL, 0.0) : NULL;
    return p ? p->q.value : NAN;
}

/* Procedures 10.4: viscous / interface / additive, nm; wall stress, MPa, at d = 100 nm; t/tau_B. */
static void lengths_are_those_of_the_reference_table(void)
{
    const struct {
        const char *T, *p, *t, *d;
        double viscous, interface, additive, stress, relaxed;
    } ROW[] = {{"327degC", "1GPa", "300s", "10nm", 55.4, 87.3, 103.4, NAN, 22},
               {"317degC", "1GPa", "300s", "40nm", 94.7, 34.0, 100.7, NAN, 3.9},
               {"307degC", "2GPa", "900s", "100nm", 223.7, 40.6, 227.4, 220, 1.8},
               {"297degC", "1.25GPa", "10h", "60nm", 228.8, 200.5, 304.2, NAN, 8.2},
               {"287degC", "2GPa", "36000s", "100nm", 150.0, 148.7, 211.2, 237, 0.71},
               {"277degC", "2GPa", "36000s", "200nm", 253.9, 78.8, 265.9, NAN, 0.042},
               {"267degC", "2GPa", "36000s", "20nm", 21.4, 184.8, 186.0, NAN, 0.0016}};
    vt_card *card = reference_card(0.0);
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        vt_result *r = run(card, &(struct request){ROW[i].T, ROW[i].p, ROW[i].t, ROW[i].d, {{0}}}, &err);
        CHECK_OK(err.code, &err);
        /* printed with four digits, from constants of four digits */
        CHECK_REL(1e9 * value(r, "viscous_length", NULL), ROW[i].viscous, 2e-3);
        CHECK_REL(1e9 * value(r, "interface_length", NULL), ROW[i].interface, 2e-3);
        CHECK_REL(1e9 * value(r, "length", "physics"), ROW[i].additive, 2e-3);
        CHECK_REL(1e9 * value(r, "length", "paper"), fmax(ROW[i].viscous, ROW[i].interface), 2e-3);
        CHECK_REL(value(r, "time_over_relaxation_time", NULL), ROW[i].relaxed, 0.03); /* two digits printed */
        if (ROW[i].stress > 0) CHECK_REL(1e-6 * value(r, "wall_stress", NULL), ROW[i].stress, 0.01);
        vt_result_free(r);
    }
    vt_card_free(card);
}

static void the_critical_diameter_is_eq_3_and_time_inverts_length(void)
{
    vt_card *card = reference_card(0.0);
    vt_error err;
    vt_result *r = run(card, &(struct request){"297degC", "1.25GPa", "10h", "40nm", {{"length", "1um"}}}, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(1e9 * value(r, "critical_diameter", NULL), 54.95, 1e-3); /* 10.3 */
    CHECK_REL(value(r, "minimum_diameter", NULL), 0.7937005259840998 * value(r, "critical_diameter", NULL), 1e-12);
    /* t = t_run (1 um / L)^2, both readings */
    CHECK_REL(value(r, "time_to_length", "physics"), 36000 * pow(1e-6 / value(r, "length", "physics"), 2), 1e-10);
    CHECK_REL(value(r, "time_to_length", "paper"), 36000 * pow(1e-6 / value(r, "length", "paper"), 2), 1e-10);
    const vt_property *p = r ? vt_result_find(r, "time_to_length", "physics", "length", 1e-6) : NULL;
    CHECK(p && p->q.u == 0.0 && isnan(p->q.low)); /* a card without uncertainties gives no interval */
    CHECK(warned(r, "W_NO_UNCERTAINTY", "vft_strength"));
    vt_result_free(r);
    vt_card_free(card);
}

static void prefactors_of_matching_viscosities_give_one_length(void)
{
    vt_card *c32 = reference_card(0.0), *c16 = reference_card(0.0);
    vt_constant eta = *vt_card_find(c16, "vft_viscosity_at_reference"), c = *vt_card_find(c16, "viscosity_prefactor");
    eta.value *= 2.0;
    c.value = 16.0;
    vt_card_add(c16, &eta, NULL);
    vt_card_add(c16, &c, NULL);
    vt_error err;
    const struct request q = {"297degC", "1.25GPa", "10h", "60nm", {{0}}};
    vt_result *a = run(c32, &q, &err), *b = run(c16, &q, &err);
    CHECK_REL(value(b, "length", "physics"), value(a, "length", "physics"), 1e-12);
    CHECK_REL(value(b, "critical_diameter", NULL), value(a, "critical_diameter", NULL), 1e-12);
    CHECK_REL(value(b, "viscosity", NULL), 2.0 * value(a, "viscosity", NULL), 1e-12);
    vt_result_free(a);
    vt_result_free(b);
    vt_card_free(c32);
    vt_card_free(c16);
}

/* First order by hand: at the kink's liquid side ln d_c = (ln eta + ln m + ...)/3. With only eta_ref and m uncertain
 * and correlated, u(ln d_c)^2 = (u_e^2 + u_m^2 + 2 r u_e u_m)/9. */
static void covariance_of_the_card_is_propagated(void)
{
    vt_card *card = reference_card(0.0);
    vt_constant eta = *vt_card_find(card, "vft_viscosity_at_reference"),
                m = *vt_card_find(card, "interface_mobility_at_reference");
    const double ue = 0.10, um = 0.06, r = -0.7;
    eta.u = ue * eta.value;
    m.u = um * m.value;
    vt_card_add(card, &eta, NULL);
    vt_card_add(card, &m, NULL);
    const char *keys[] = {eta.key, m.key};
    const double cov[] = {eta.u * eta.u, r * eta.u * m.u, r * eta.u * m.u, m.u * m.u};
    vt_error err;
    CHECK_OK(vt_card_set_covariance(card, 2, keys, cov, &err), &err);
    vt_result *res = run(card, &(struct request){"317degC", "1GPa", "300s", "40nm", {{0}}}, &err);
    const vt_property *p = res ? vt_result_find(res, "critical_diameter", NULL, NULL, 0) : NULL;
    CHECK(p != NULL);
    if (p) {
        const double u = sqrt(ue * ue + um * um + 2 * r * ue * um) / 3.0;
        CHECK_REL(p->q.u / p->q.value, u, 1e-6); /* five-point derivatives of a linear function */
        CHECK_REL(log(p->q.high / p->q.value), 1.959963984540054 * u, 1e-6);
        CHECK(p->q.nbudget == 1); /* what was fitted together is one line */
        CHECK_REL(fabs(p->q.budget[0].c * p->q.budget[0].u), p->q.u, 1e-6);
    }
    CHECK(!warned(res, "W_NONLINEAR", "critical_diameter") && !warned(res, "W_NONLINEAR", "viscosity"));
    vt_result_free(res);
    vt_card_free(card);
}

/* The interval must hold what a truth drawn from the card gives, in 95 % of draws: 400 truths, 3 sigma of a binomial
 * is 0.917 to 0.983. The truth's length is computed here from vt_molding_*, not by the forecast. */
static void intervals_cover_a_truth_drawn_from_the_card(void)
{
    vt_card *card = reference_card(0.15);
    vt_error err;
    vt_result *r = run(card, &(struct request){"297degC", "1.25GPa", "36000s", "60nm", {{0}}}, &err);
    CHECK_OK(err.code, &err);
    const vt_property *p = r ? vt_result_find(r, "length", "physics", NULL, 0) : NULL;
    size_t inside = 0;
    enum { M = 400 };
    for (size_t i = 0; p && i < M; i++) {
        vt_stream s;
        vt_stream_init(&s, 4711, vt_stream_purpose("test/molding"), i);
        const double u = 0.15, B = (13.18 + u * vt_stream_normal(&s)), T = 570.15, Tg = 590.15;
        const double T0 = 415.56 + 8 * u * vt_stream_normal(&s);
        const double eta = 1.671e9 * exp(u * vt_stream_normal(&s) + B * T0 * (1 / (T - T0) - 1 / (Tg - T0)));
        const double Q = (1.58 + 0.01 * u * vt_stream_normal(&s)) * VT_ELECTRONVOLT;
        const double m = 1.272e-26 * exp(u * vt_stream_normal(&s) - Q / VT_BOLTZMANN * (1 / T - 1 / Tg));
        const vt_molding_condition c = {32, eta, m, 1.233e-29, T, 1.25e9 * 36000};
        const double d = 60e-9;
        double ab[2], L;
        CHECK(vt_molding_coefficients(&c, &ab[0], &ab[1], NULL) == VT_OK);
        CHECK(vt_molding_length(VT_MOLDING_ADDITIVE, ab, 1, &d, &L, NULL, NULL) == VT_OK);
        inside += L >= p->q.low && L <= p->q.high;
    }
    CHECK_BAND((double)inside / M, 0.917, 0.983);
    vt_result_free(r);
    vt_card_free(card);
}

static void threads_change_nothing(void)
{
    vt_card *card = reference_card(0.15);
    double low[3] = {0}, high[3] = {0}, band[3] = {0};
    const char *const threads[] = {"1", "2", "7"};
    for (int k = 0; k < 3; k++) {
        vt_error err;
        vt_result *r = run(card, &(struct request){"287degC", "2GPa", "10h", "90nm", {{"threads", threads[k]}}}, &err);
        const vt_property *p = r ? vt_result_find(r, "length", "physics", NULL, 0) : NULL;
        if (p) low[k] = p->q.low, high[k] = p->q.high;
        const vt_table *t = r ? vt_result_curve(r, 0) : NULL;
        const long c = t ? vt_table_find(t, "length_low") : -1;
        if (c >= 0) band[k] = vt_table_values(t, (size_t)c)[30];
        vt_result_free(r);
    }
    CHECK(low[0] > 0 && low[0] == low[1] && low[0] == low[2] && high[0] == high[1] && high[0] == high[2]);
    CHECK(band[0] > 0 && band[0] == band[1] && band[0] == band[2]);
    vt_card_free(card);
}

static void warnings_say_where_the_laws_end(void)
{
    vt_card *card = reference_card(0.1);
    vt_constant G = {.key = "shear_modulus", .value = 38e9, .u = NAN, .unit = "Pa", .tag = 'R', .source = "memory"};
    vt_card_add(card, &G, NULL);
    vt_error err;
    vt_result *r =
        run(card,
            &(struct request){
                "267degC",
                "2GPa",
                "10h",
                "100nm",
                {{"surface_tension", "1.4 N/m"}, {"contact_angle", "120 deg"}, {"template_thickness", "0.1um"}}},
            &err);
    CHECK_OK(err.code, &err);
    CHECK(warned(r, "W_NONNEWT", "100 MPa"));
    CHECK(warned(r, "W_ENTRANCE", "L/d = 1.3")); /* 135.1/100 */
    CHECK(warned(r, "W_EQUILIBRIUM", "below 3"));
    CHECK(warned(r, "W_APPARENT", "below the kink"));
    CHECK(warned(r, "W_MAXWELL", "shear modulus"));
    CHECK(warned(r, "W_RECALLED", "shear_modulus"));
    CHECK(warned(r, "W_NO_TTT", "cannot be judged"));
    CHECK(warned(r, "W_FILLED", "filled"));
    CHECK(!warned(r, "W_CAPILLARY", "")); /* -28 MPa of 2 GPa: 1.4 % */
    CHECK_REL(value(r, "capillary_pressure", NULL), -4 * 1.4 * 0.5 / 100e-9, 1e-12);
    CHECK(value(r, "length_with_entrance", NULL) < value(r, "length", "physics"));
    vt_result_free(r);
    r = run(card,
            &(struct request){
                "327degC", "1GPa", "300s", "10nm", {{"surface_tension", "1.4 N/m"}, {"contact_angle", "120 deg"}}},
            &err);
    CHECK(warned(r, "W_CAPILLARY", "capillary=yes")); /* -280 MPa of 1 GPa */
    const double without = value(r, "viscous_length", NULL);
    vt_result_free(r);
    r = run(card,
            &(struct request){"327degC",
                              "1GPa",
                              "300s",
                              "10nm",
                              {{"surface_tension", "1.4 N/m"}, {"contact_angle", "120 deg"}, {"capillary", "yes"}}},
            &err);
    CHECK_REL(value(r, "viscous_length", NULL), without * sqrt(1 - 0.28), 1e-9);
    vt_result_free(r);
    vt_card_free(card);
}

static void the_glass_has_no_part_in_the_maxwell_ratio(void)
{
    vt_card *card = reference_card(0.1);
    /* eta_g / tau_g = 1.671e9 Pa s / 0.05 s = 33 GPa: one process. At 267 degC the glass is 400 times below the liquid
     * that tau_B follows. */
    const vt_constant more[] = {
        {.key = "shear_modulus", .value = 38e9, .u = NAN, .unit = "Pa", .tag = 'C', .source = "a test"},
        {.key = "relaxation_time_at_reference", .value = 0.05, .u = NAN, .unit = "s", .tag = 'C', .source = "a test"}};
    for (size_t i = 0; i < 2; i++) CHECK(vt_card_add(card, &more[i], NULL) == VT_OK);
    vt_error err;
    vt_result *r = run(card, &(struct request){"267degC", "2GPa", "10h", "100nm", {{0}}}, &err);
    CHECK_OK(err.code, &err);
    CHECK(warned(r, "W_APPARENT", "below the kink"));
    CHECK(!warned(r, "W_MAXWELL", ""));
    vt_result_free(r);
    vt_card_free(card);
}

static void crystallization_is_judged_by_the_table(void)
{
    vt_card *card = reference_card(0.1);
    const double T[] = {560, 600, 640}, t[] = {1e6, 2e4, 400};
    for (int i = 0; i < 3; i++) {
        const vt_ttt_row row = {.T = T[i], .t = t[i], .fraction = 0.01, .tag = 'A', .source = "made for this test"};
        CHECK(vt_card_add_ttt(card, &row, NULL) == VT_OK);
    }
    vt_error err;
    vt_result *r = run(card, &(struct request){"600 K", "1GPa", "1000s", "100nm", {{0}}}, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(value(r, "crystallization_consumed", NULL), 0.05, 1e-9); /* 1000 s of 2e4 s */
    CHECK(vt_result_segments(r) == 2);
    CHECK_TEXT(vt_result_segment(r, 1)->verdict, "safe"); /* 0.05 2^1.645 = 0.156 < 0.3 */
    vt_result_free(r);
    r = run(card, &(struct request){"640 K", "1GPa", "1000s", "100nm", {{0}}}, &err);
    CHECK(warned(r, "W_CRYSTALLIZATION", "expected"));
    vt_result_free(r);
    r = run(card, &(struct request){"550 K", "1GPa", "1000s", "100nm", {{0}}}, &err); /* outside the table */
    CHECK(warned(r, "W_NO_TTT", "cannot be judged"));
    CHECK(isnan(value(r, "crystallization_consumed", NULL)));
    vt_result_free(r);
    vt_card_free(card);
}

static void an_imprint_adds_in_squares_and_a_card_without_diffusion_gives_viscous_flow_only(void)
{
    vt_card *card = reference_card(0.1), *bare = NULL;
    vt_error err;
    vt_result *a = run(card, &(struct request){"317degC", "1GPa", "300s", "40nm", {{0}}}, &err),
              *b = run(card, &(struct request){"317degC", "1GPa", "300s", "40nm", {{"imprint", "20nm"}}}, &err);
    CHECK_REL(value(b, "length", "physics"), hypot(value(a, "length", "physics"), 20e-9), 1e-12);
    vt_result_free(b);
    vt_card_create(&bare, "bare", NULL);
    for (size_t i = 0; i < vt_card_constants(card); i++)
        if (!strstr(vt_card_constant(card, i)->key, "interface")) vt_card_add(bare, vt_card_constant(card, i), NULL);
    b = run(card, &(struct request){"317degC", "1GPa", "300s", "40nm", {{"imprint", "20nm"}, {"length", "90nm"}}},
            &err);
    /* what is left to do from 20 nm, at the pace of the run without imprint */
    CHECK_REL(value(b, "time_to_length", "physics"),
              300 * (90e-9 * 90e-9 - 20e-9 * 20e-9) / pow(value(a, "length", "physics"), 2), 1e-12);
    vt_result_free(b);
    b = run(bare, &(struct request){"317degC", "1GPa", "300s", "40nm", {{0}}}, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(value(b, "viscous_length", NULL), value(a, "viscous_length", NULL), 1e-14);
    CHECK(isnan(value(b, "length", NULL)) && isnan(value(b, "critical_diameter", NULL)));
    CHECK(warned(b, "W_NO_DIFFUSION", "interface_mobility_at_reference"));
    vt_result_free(a);
    vt_result_free(b);
    vt_card_free(bare);
    vt_card_free(card);
}

static void refusals_name_what_is_missing(void)
{
    vt_card *card = reference_card(0.1), *empty = NULL;
    vt_card_create(&empty, "X", NULL);
    const struct {
        const vt_card *card;
        struct request q;
        vt_status code;
        const char *says;
    } BAD[] = {
        {NULL, {"297degC", "1GPa", "1h", "40nm", {{0}}}, VT_EREFERENCE, "--alloy"},
        {empty, {"297degC", "1GPa", "1h", "40nm", {{0}}}, VT_EREFERENCE, "glass_transition"},
        {card, {"297", "1GPa", "1h", "40nm", {{0}}}, VT_EUNITS, "degC"},
        {card, {"297degC", "1GPa", "1h", "40nm", {{"length", "10nm"}, {"imprint", "20nm"}}}, VT_ERANGE, "imprint"},
        {card, {"297degC", "1GPa", "1h", "40nm", {{"capillary", "yes"}}}, VT_EREFERENCE, "contact_angle"},
        {card, {"297degC", "1GPa", "1h", "40nm", {{"lenght", "1um"}}}, VT_EKEY, "'length'"},
        {card, {"297degC", "1GPa", "1h", "40nm", {{"temperature_u", "1degC"}}}, VT_ERANGE, "0 K ... 50 K"},
        {card,
         {"297degC",
          "0.1GPa",
          "1h",
          "10nm",
          {{"capillary", "yes"}, {"surface_tension", "1.8N/m"}, {"contact_angle", "140deg"}}},
         VT_EDOMAIN,
         "outweighs"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        vt_error err;
        vt_result *r = run(BAD[i].card, &BAD[i].q, &err);
        if (r || err.code != BAD[i].code) CHECK_FAILED("row %zu: %s %s", i, vt_status_name(err.code), err.msg);
        CHECK_TEXT(err.msg, BAD[i].says);
        vt_result_free(r);
    }
    vt_result *r = NULL;
    vt_error err = {0};
    const vt_request none = {.alloy = card};
    CHECK(vt_forecast_run(molding(), &none, &r, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "temperature is required");
    vt_card_free(empty);
    vt_card_free(card);
}

CHECK_MAIN(CHECK_CASE(lengths_are_those_of_the_reference_table),
           CHECK_CASE(the_critical_diameter_is_eq_3_and_time_inverts_length),
           CHECK_CASE(prefactors_of_matching_viscosities_give_one_length),
           CHECK_CASE(covariance_of_the_card_is_propagated), CHECK_CASE(intervals_cover_a_truth_drawn_from_the_card),
           CHECK_CASE(threads_change_nothing), CHECK_CASE(warnings_say_where_the_laws_end),
           CHECK_CASE(the_glass_has_no_part_in_the_maxwell_ratio), CHECK_CASE(crystallization_is_judged_by_the_table),
           CHECK_CASE(an_imprint_adds_in_squares_and_a_card_without_diffusion_gives_viscous_flow_only),
           CHECK_CASE(refusals_name_what_is_missing))
