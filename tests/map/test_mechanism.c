/* Mechanism map: published diameters, the maximum, bands, conditions, refusals. */
#include "result_checks.h"
#include "../process/reference_card.h"
#include "map/mechanism/mechanism_internal.h"
#include <vitrum/random.h>

static vt_result *run(const vt_card *card, const vt_table *conditions, const vt_setting *more, size_t nmore,
                      vt_error *err)
{
    vt_setting set[12] = {{"replicates", "400", NULL, 0}};
    for (size_t i = 0; i < nmore; i++) set[1 + i] = more[i];
    const vt_request in = {
        .raw = &conditions, .nraw = conditions ? 1 : 0, .settings = set, .nsettings = 1 + nmore, .alloy = card};
    vt_result *result = NULL;
    *err = (vt_error){0};
    vt_forecast_run(vt_forecast_find(VT_MAP, "mechanism"), &in, &result, err);
    return result;
}

static const vt_property *find(const vt_result *r, const char *name, double T)
{
    return r ? vt_result_find(r, name, NULL, T > 0 ? "temperature" : NULL, T) : NULL;
}

static double value(const vt_result *r, const char *name, double T)
{
    const vt_property *p = find(r, name, T);
    return p ? p->q.value : NAN;
}

static const double *column(const vt_result *r, const char *curve, const char *name, size_t *n)
{
    for (size_t i = 0; r && i < vt_result_curves(r); i++) {
        if (strcmp(vt_result_curve_name(r, i), curve) != 0) continue;
        const vt_table *t = vt_result_curve(r, i);
        const long c = vt_table_find(t, name);
        *n = vt_table_rows(t);
        return c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
    }
    return NULL;
}

static void critical_diameters_are_those_of_the_reference_set(void)
{
    /* procedures 10.3, nm */
    static const double T[] = {337, 327, 317, 307, 297, 287, 277, 267, 254, 200, 100, 25},
                        d[] = {9.57, 13.54, 20.19, 32.07, 54.95, 99.45, 91.68, 84.25, 75.12, 43.48, 10.24, 1.80};
    const vt_setting at[] = {{"at", "337,327,317,307,297,287,277,267,254,200,100,25 degC", NULL, 0}};
    vt_card *card = reference_card(0.0);
    vt_error err;
    vt_result *r = run(card, NULL, at, 1, &err);
    CHECK_OK(err.code, &err);
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) /* three or four digits printed */
        CHECK_REL(1e9 * value(r, "critical_diameter", T[i] + 273.15), d[i], i == 11 ? 4e-3 : 1e-3);
    /* 10.2: d_c max 99.9 nm at 287.5 degC */
    CHECK_REL(1e9 * value(r, "maximum_critical_diameter", 0), 99.85, 1e-3);
    CHECK_ABS(value(r, "maximum_temperature", 0) - 273.15, 287.5, 1e-6);
    CHECK(value(r, "maximum_probability", 0) == 1.0);
    vt_result_free(r);
    vt_card_free(card);
}

static void prefactor_16_with_twice_the_viscosity_gives_the_same_map(void)
{
    vt_card *card = reference_card(0.0);
    vt_error err;
    vt_result *a = run(card, NULL, NULL, 0, &err);
    vt_constant eta = *vt_card_find(card, "vft_viscosity_at_reference");
    eta.value *= 2;
    vt_card_add(card, &eta, NULL);
    const vt_setting set[] = {{"prefactor", "16", NULL, 0}};
    vt_result *b = run(card, NULL, set, 1, &err);
    CHECK_REL(value(b, "critical_diameter", 373.15), value(a, "critical_diameter", 373.15), 1e-13);
    vt_result_free(a);
    vt_result_free(b);
    vt_card_free(card);
}

/* The place of the maximum is the kink, so its interval is that of the kink: u = 0.5 K for a card with u = 0.5. */
static void the_kink_smears_the_maximum(void)
{
    vt_card *card = reference_card(0.0);
    vt_constant Tk = *vt_card_find(card, "kink_temperature");
    Tk.u = 1.5;
    vt_card_add(card, &Tk, NULL);
    vt_error err;
    vt_result *r = run(card, NULL, NULL, 0, &err);
    const vt_property *p = find(r, "maximum_temperature", 0);
    CHECK(p != NULL);
    if (p) {
        CHECK_REL(p->q.u, 1.5, 1e-6);
        CHECK_REL(p->q.high - p->q.value, 1.959963984540054 * 1.5, 1e-6);
    }
    /* A kink moved up cuts the peak, moved down raises it: d ln d_c,max / dT_k = slope of the liquid branch less that
     * of the glass: first order u = |d ln d_c / dT along the liquid branch| u_Tk. */
    const vt_property *m = find(r, "maximum_critical_diameter", 0);
    const double T = 560.65, T0 = 415.56, B = 13.18 * T0, QI = 1.58 * VT_ELECTRONVOLT;
    const double slope = (-B / ((T - T0) * (T - T0)) + QI / (VT_BOLTZMANN * T * T) - 1 / T) / 3;
    CHECK(m != NULL);
    if (m) CHECK_REL(m->q.u / m->q.value, fabs(slope) * 1.5, 0.05); /* curvature over 1.5 K */
    vt_result_free(r);
    vt_card_free(card);
}

/* A liquid close to Arrhenius, B = 2e4 K, T0 = 1e-3 K: 3 d ln d_c / dT = (Q/k - B)/T^2 - 2 B T0/T^3 - 1/T is 0 at
 * T = Q/k - B - 2 B T0/T, to second order in T0/T. */
static void a_smooth_maximum_is_found_between_the_grid_points(void)
{
    vti_law law = {.n = VTI_IN_LAW, .T_ref = 590.15, .Tg = 590.15, .prefactor = 32, .diffusion = true};
    law.input[VTI_IN_ETA] = (vti_input){"eta", log(1.671e9), 0, true};
    law.input[VTI_IN_D] = (vti_input){"D", 2e7, 0, false};
    law.input[VTI_IN_T0] = (vti_input){"T0", 1e-3, 0, false};
    law.input[VTI_IN_MOBILITY] = (vti_input){"m", log(1.272e-26), 0, true};
    law.input[VTI_IN_QI] = (vti_input){"Q", (2e4 + 650.0) * VT_BOLTZMANN, 0, false};
    law.input[VTI_IN_OMEGA] = (vti_input){"O", log(1.233e-29), 0, true};
    double T[101], x[VTI_INPUTS], T_max = NAN, d_max = NAN;
    for (int k = 0; k <= 100; k++) T[k] = 500 + 3 * k;
    vti_law_best(&law, x);
    const vti_mechanism_map map = {.law = law, .n = 101, .T = T};
    CHECK(vti_mechanism_maximum(&map, x, &T_max, &d_max));
    /* golden section stops at 25 K * 0.618^20 = 2e-3 K */
    CHECK_ABS(T_max, 650.0 - 2 * 2e4 * 1e-3 / 650.0, 5e-3);
    CHECK(d_max == vti_mechanism_critical(&law, x, T_max));
    x[VTI_IN_QI] = (2e4 + 950.0) * VT_BOLTZMANN; /* beyond the upper end */
    T_max = -7;
    CHECK(!vti_mechanism_maximum(&map, x, &T_max, &d_max) && T_max == -7);
}

static void conditions_are_marked_with_their_mechanism(void)
{
    vt_table *t = NULL;
    vt_table_create(&t, NULL);
    vt_table_name(t, "w.csv", NULL);
    const double T[] = {570.15, 570.15, 590.15, 570.15}, d[] = {40e-9, 200e-9, 20.3e-9, 40e-9};
    vt_unit u;
    vt_unit_read("K", NULL, &u, NULL);
    vt_table_add(t, "temperature", &u, 4, T, NULL);
    vt_unit_read("m", NULL, &u, NULL);
    vt_table_add(t, "diameter", &u, 4, d, NULL);
    vt_card *card = reference_card(0.15);
    vt_error err;
    vt_result *r = run(card, t, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    size_t n = 0;
    const double *ratio = column(r, "conditions", "diameter_over_critical", &n);
    CHECK(n == 3); /* the same condition twice is one mark */
    if (ratio && n == 3) {
        CHECK_REL(ratio[0], 40 / 54.95, 1e-3);
        CHECK_REL(ratio[1], 200 / 54.95, 1e-3);
        const double *sure = column(r, "conditions", "probability", &n),
                     *flow = column(r, "conditions", "viscous_diameter", &n);
        CHECK(isnan(flow[0]) && flow[1] == 200e-9);
        CHECK(sure[1] > 0.99);
        CHECK_BAND(sure[2], 0.4, 0.7); /* on the line: nearly a coin */
    }
    /* data between 297 and 317 degC: solid from 247 to 367, dashed below */
    const double *grid = column(r, "mechanism_map", "temperature", &n),
                 *solid = column(r, "mechanism_map", "measured", &n),
                 *dashed = column(r, "mechanism_map", "extrapolated", &n),
                 *all = column(r, "mechanism_map", "critical_diameter", &n);
    size_t shared = 0;
    for (size_t k = 0; grid && k < n; k++) {
        CHECK(isfinite(solid[k]) == (grid[k] >= 520.15 - 1e-9 && grid[k] <= 640.15 + 1e-9));
        CHECK(isfinite(solid[k]) || isfinite(dashed[k]));
        shared += isfinite(solid[k]) && isfinite(dashed[k]);
        CHECK(all[k] == (isfinite(solid[k]) ? solid[k] : dashed[k]));
    }
    CHECK(shared == 1); /* one point belongs to both: no gap where they meet */
    CHECK(warned(r, "W_EXTRAPOLATED", "between 297 and 317 degC"));
    CHECK(warned(r, "W_APPARENT", "287.50 degC"));
    CHECK(vt_result_figures(r) == 1);
    CHECK_TEXT(vt_result_figure(r, 0)->alt, "largest, 99.9 nm, at 287.5 degC");
    vt_result_free(r);
    vt_card_free(card);
    vt_table_free(t);
}

/* The band at 297 degC must hold what truths drawn from the card give: 400 truths, 3 sigma is 0.917 to 0.983. */
static void the_band_covers_truths_drawn_from_the_card(void)
{
    vt_card *card = reference_card(0.15);
    vt_error err;
    const vt_setting set[] = {{"at", "297 degC", NULL, 0}, {"replicates", "2000", NULL, 0}};
    vt_result *r = run(card, NULL, set, 2, &err);
    const vt_property *p = find(r, "critical_diameter", 570.15);
    size_t inside = 0;
    enum { M = 400 };
    for (size_t i = 0; p && i < M; i++) {
        vt_stream s;
        vt_stream_init(&s, 81, vt_stream_purpose("test/map"), i);
        const double u = 0.15, T = 570.15, Tg = 590.15, D = 13.18 + u * vt_stream_normal(&s);
        const double T0 = 415.56 + 8 * u * vt_stream_normal(&s), Q = 1.58 + 0.01 * u * vt_stream_normal(&s);
        const double ln_eta = log(1.671e9) + u * vt_stream_normal(&s) + D * T0 * (1 / (T - T0) - 1 / (Tg - T0));
        const double ln_m =
            log(1.272e-26) + u * vt_stream_normal(&s) - Q * VT_ELECTRONVOLT / VT_BOLTZMANN * (1 / T - 1 / Tg);
        const double d_c = cbrt(256 * 1.233e-29 / (VT_BOLTZMANN * T) * exp(ln_eta + ln_m));
        inside += d_c >= p->q.low && d_c <= p->q.high;
    }
    CHECK_BAND((double)inside / M, 0.917, 0.983);
    vt_result_free(r);
    vt_card_free(card);
}

static void threads_change_nothing(void)
{
    vt_card *card = reference_card(0.15);
    double low[3] = {0}, band[3] = {0};
    const char *const threads[] = {"1", "2", "7"};
    for (int k = 0; k < 3; k++) {
        vt_error err;
        const vt_setting set[] = {{"threads", threads[k], NULL, 0}};
        vt_result *r = run(card, NULL, set, 1, &err);
        size_t n = 0;
        const double *b = column(r, "mechanism_map", "critical_diameter_low", &n);
        low[k] = find(r, "maximum_temperature", 0) ? find(r, "maximum_temperature", 0)->q.low : NAN;
        if (b) band[k] = b[n / 2];
        vt_result_free(r);
    }
    CHECK(low[0] > 0 && low[0] == low[1] && low[0] == low[2] && band[0] == band[1] && band[0] == band[2]);
    vt_card_free(card);
}

static void refusals_and_missing_maximum_are_said(void)
{
    vt_card *card = reference_card(0.1), *bare = NULL;
    vt_card_create(&bare, "bare", NULL);
    for (size_t i = 0; i < vt_card_constants(card); i++)
        if (!strstr(vt_card_constant(card, i)->key, "interface")) vt_card_add(bare, vt_card_constant(card, i), NULL);
    vt_error err;
    CHECK(run(bare, NULL, NULL, 0, &err) == NULL);
    CHECK(err.code == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "no interface mobility");
    CHECK(run(NULL, NULL, NULL, 0, &err) == NULL);
    CHECK(err.code == VT_EREFERENCE);
    const vt_setting reversed[] = {{"temperature_low", "300 degC", NULL, 0}, {"temperature_high", "200 degC", NULL, 0}};
    CHECK(run(card, NULL, reversed, 2, &err) == NULL);
    CHECK(err.code == VT_ERANGE);
    CHECK_TEXT(err.msg, "temperature_high = 200.00 degC");
    const vt_setting hot[] = {{"temperature_low", "300 degC", NULL, 0}};
    vt_result *r = run(card, NULL, hot, 1, &err);
    CHECK(warned(r, "W_NO_MAXIMUM", "probability 0 only"));
    CHECK(find(r, "maximum_critical_diameter", 0) == NULL);
    vt_result_free(r);
    vt_card_free(bare);
    vt_card_free(card);
}

CHECK_MAIN(CHECK_CASE(critical_diameters_are_those_of_the_reference_set),
           CHECK_CASE(prefactor_16_with_twice_the_viscosity_gives_the_same_map),
           CHECK_CASE(the_kink_smears_the_maximum), CHECK_CASE(a_smooth_maximum_is_found_between_the_grid_points),
           CHECK_CASE(conditions_are_marked_with_their_mechanism),
           CHECK_CASE(the_band_covers_truths_drawn_from_the_card), CHECK_CASE(threads_change_nothing),
           CHECK_CASE(refusals_and_missing_maximum_are_said))
