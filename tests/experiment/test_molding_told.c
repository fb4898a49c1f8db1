/* The molding reduction: refusals, warnings, what the card gives, budgets, threads. */
#include "molding_calls.h"

static const char HEAD[] =
    "temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm],length_sd [nm],count []\n";

static void refused(const char *head, const char *rows, const struct settings *s, vt_status code, const char *words,
                    long line)
{
    char text[2000];
    snprintf(text, sizeof text, "%s%s", head, rows);
    vt_table *t = parse(text);
    vt_error err = {0};
    vt_result *r = reduce(t, s, &err);
    CHECK(r == NULL);
    if (err.code != code) CHECK_FAILED("%s instead of %s: %s", vt_status_name(err.code), vt_status_name(code), err.msg);
    CHECK_TEXT(err.msg, words);
    if (line) CHECK(err.line == line);
    vt_result_free(r);
    vt_table_free(t);
}

static void bad_tables_are_refused_with_their_line(void)
{
    struct settings none, thick;
    set(&none, NULL);
    refused(HEAD, "297,1.25,36000,20,355,40,12\n297,1.25,36000,60,304,36,12\n297,1.25,36000,200,770,90,12\n", &none,
            VT_EDOF, "at least 4", 2);
    refused(HEAD, "297,1.25,36000,20,355,40,12\n297,1.25,36000,40,289,36,12\n297,1.25,36000,60,-304,36,12\n", &none,
            VT_ERANGE, "length", 4);
    set(&thick, "template_thickness=500nm", NULL);
    refused(HEAD,
            "297,1.25,36000,20,355,40,12\n297,1.25,36000,40,289,36,12\n297,1.25,36000,60,304,36,12\n"
            "297,1.25,36000,250,500,90,12\n",
            &thick, VT_EFILLED, "lower bound", 5);
    /* 1250 Pa: the number is in MPa */
    refused("temperature [degC],pressure [Pa],time [s],diameter [nm],length [nm]\n", "297,1250,36000,20,355\n", &none,
            VT_EUNITS, "pressure", 2);
    /* Celsius given as kelvin */
    refused("temperature [K],pressure [GPa],time [s],diameter [nm],length [nm]\n", "297,1.25,36000,20,355\n", &none,
            VT_EUNITS, "temperature", 2);
    refused("temperature [degC],pressure [GPa],time [s],diameter [nm]\n", "297,1.25,36000,20\n", &none, VT_EKEY,
            "length", 0);
    refused(HEAD, "297,1.25,36000,20,,40,12\n", &none, VT_ENAN, "length", 2);
    refused("temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm],imprint_length [nm]\n",
            "297,1.25,36000,20,355,400\n", &none, VT_ERANGE, "imprint", 2);
}

static void every_regime_is_told_in_words(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, NULL));
    vt_result *r = reduce(t, set(&s, "replicates=20", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(warned(r, "W_ENTRANCE", "267 degC (L/d = 1."));
    CHECK(warned(r, "W_NONNEWT", "277 degC"));
    CHECK(!warned(r, "W_NONNEWT", "327 degC"));
    CHECK(warned(r, "W_CAPILLARY", "327 degC"));
    CHECK(warned(r, "W_EQUILIBRIUM", "287 degC"));
    CHECK(!warned(r, "W_EQUILIBRIUM", "297 degC")); /* t/tau_B = 8.2 */
    CHECK(warned(r, "W_MAXWELL", "shear modulus 35 GPa"));
    CHECK(!warned(r, "W_IMPRINT", "")); /* the simulator writes imprint lengths */
    CHECK(!warned(r, "W_N", ""));
    vt_result_free(r);
    r = reduce(t,
               set(&s, "replicates=20", "capillary=yes", "entrance=yes", "atomic_volume=1.233e-29 m3", "tg=317degC",
                   "relaxation_time=76 s", NULL),
               &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(!warned(r, "W_ENTRANCE", "") && !warned(r, "W_CAPILLARY", "") && !warned(r, "W_ASSUMED", ""));
    vt_result_free(r);
    vt_table_free(t);
    t = parse("temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm],count []\n"
              "297,1.25,36000,10,492,3\n297,1.25,36000,20,355,4\n297,1.25,36000,40,289,12\n297,1.25,36000,60,304,12\n"
              "297,1.25,36000,80,351,12\n297,1.25,36000,100,412,12\n297,1.25,36000,200,770,12\n"
              "297,1.25,36000,2500,1200,12\n");
    r = reduce(t, set(&s, "replicates=20", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(warned(r, "W_N", "fewer than 5"));
    CHECK(warned(r, "W_N", "length_sd or count is missing"));
    CHECK(warned(r, "W_IMPRINT", "imprints, not wires"));
    CHECK(warned(r, "W_IMPRINT", "imprint_length is not given"));
    CHECK(warned(r, "W_FEW_TEMPERATURES", "1 temperatures"));
    vt_result_free(r);
    vt_table_free(t);
}

static vt_card *card_with(const char *key, double v, double u, const char *unit, char tag)
{
    vt_card *card = NULL;
    vt_error err = {0};
    vt_constant c = {.value = v, .u = u, .tag = tag, .source = "made for a test"};
    snprintf(c.key, sizeof c.key, "%s", key);
    snprintf(c.unit, sizeof c.unit, "%s", unit);
    CHECK_OK(vt_card_create(&card, "Test1", &err), &err);
    CHECK_OK(vt_card_add(card, &c, &err), &err);
    return card;
}

/* A constant of the card comes before the default, with its uncertainty; a recalled one warns; --set beats both. */
static void the_alloy_card_gives_its_constants(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, NULL));
    vt_card *card = card_with("atomic_volume", 2.466e-29, 0.2466e-29, "m3", 'R');
    const vt_table *raw = t;
    vt_result *plain = reduce(t, set(&s, "replicates=20", NULL), &err), *with = NULL, *over = NULL;
    vt_request in = {.raw = &raw, .nraw = 1, .settings = s.s, .nsettings = s.n, .alloy = card};
    CHECK_OK(vt_reduce(molding(), &in, &with, &err), &err);
    set(&s, "replicates=20", "atomic_volume=1.233e-29 m3", NULL);
    in.settings = s.s;
    in.nsettings = s.n;
    CHECK_OK(vt_reduce(molding(), &in, &over, &err), &err);
    if (!plain || !with || !over) fail_msg("%s", err.msg);
    CHECK(warned(with, "W_RECALLED", "atomic_volume"));
    CHECK(!warned(with, "W_ASSUMED", "atomic_volume"));
    const vt_property *p = vt_result_find(with, "interface_mobility", NULL, "temperature", C(297));
    CHECK(p && p->q.u > 0.1 * p->q.value);
    /* delta D_I goes as 1/Omega, d_c does not know it */
    CHECK_REL(value(plain, "interface_mobility", NULL, C(297)) / value(with, "interface_mobility", NULL, C(297)), 2.0,
              1e-12);
    CHECK_REL(value(plain, "critical_diameter", NULL, C(297)) / value(with, "critical_diameter", NULL, C(297)), 1.0,
              1e-12);
    CHECK_REL(value(plain, "interface_mobility", NULL, C(297)) / value(over, "interface_mobility", NULL, C(297)), 1.0,
              1e-12);
    CHECK(!warned(over, "W_RECALLED", ""));
    vt_result_free(plain);
    vt_result_free(with);
    vt_result_free(over);
    vt_card_free(card);
    vt_table_free(t);
}

/* What no card may hold is told, and the numbers are given all the same. */
static void a_constant_out_of_the_cards_range_is_told(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, NULL));
    vt_result *r = reduce(t, set(&s, "replicates=60", "activation_ratio=9", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(warned(r, "W_CARD", "bulk_activation_energy"));
    const vt_card *card = vt_result_card(r);
    CHECK(card && !vt_card_find(card, "bulk_activation_energy") && vt_card_find(card, "vft_T0"));
    CHECK(card && vt_card_correlated(card) == 7);
    vt_result_free(r);
    vt_table_free(t);
}

/* Two temperatures in the liquid: the true kink, 287.5 degC, lies above the third highest temperature, where the search
 * ends. */
static void a_kink_at_the_edge_is_told(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t =
        simulate(set(&s, "temperatures=297,292,284,277,267,262,257 degC", "pressures=2 GPa", "times=36000 s",
                     "scatter=0.001", "pore_error=0", "diameters=10,20,40,60,80,100,120,160,200,250 nm", NULL));
    vt_result *r = reduce(t, set(&s, "replicates=20", "kink=continuous", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    CHECK(warned(r, "W_KINK_EDGE", "284 degC"));
    CHECK_ABS(value(r, "kink_temperature", NULL, 0), C(284), 0.01);
    vt_result_free(r);
    vt_table_free(t);
}

/* An entrance in the pores: 30 to 37 % of the viscosity at L/d near 1 (ledger A12), recovered with entrance=yes. */
static void the_entrance_is_taken_into_account(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, "entrance=yes", "scatter=1e-6", "pore_error=0", "imprint=0", NULL));
    vt_result *plain = reduce(t, set(&s, "replicates=20", NULL), &err);
    vt_result *with = reduce(t, set(&s, "replicates=20", "entrance=yes", NULL), &err);
    if (!plain || !with) fail_msg("%s", err.msg);
    CHECK_REL(value(with, "viscosity", "paper", C(267)), 1.9710e12, 1e-4);
    CHECK_BAND(value(with, "viscosity", "paper", C(267)) / value(plain, "viscosity", "paper", C(267)), 0.6, 0.75);
    vt_result_free(plain);
    vt_result_free(with);
    vt_table_free(t);
}

/* Two runs at one temperature are told apart by pressure and time. */
static void conditions_of_one_temperature_stay_apart(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, "temperatures=297,297 degC", "pressures=1,2 GPa", "times=36000 s", NULL));
    vt_result *r = reduce(t, set(&s, "replicates=20", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    const vt_property *a = vt_result_find(r, "viscosity", "paper", "pressure", 1e9);
    const vt_property *b = vt_result_find(r, "viscosity", "paper", "pressure", 2e9);
    CHECK(a && b && a != b && a->nscope == 3);
    if (a && b) CHECK_REL(a->q.value / b->q.value, 1.0, 0.25);
    vt_result_free(r);
    vt_table_free(t);
}

static void budgets_share_the_gauge(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, NULL));
    vt_result *r = reduce(t, set(&s, "replicates=20", "pressure_u=0.05", "atomic_volume_u=0.03", NULL), &err);
    if (!r) fail_msg("%s", err.msg);
    const vt_property *eta = vt_result_find(r, "viscosity", "paper", "temperature", C(297));
    const vt_property *mob = vt_result_find(r, "interface_mobility", NULL, "temperature", C(297));
    const vt_property *dc = vt_result_find(r, "critical_diameter", NULL, "temperature", C(297));
    if (!eta || !mob || !dc) fail_msg("properties are missing");
    /* opposite signs: the product eta delta D_I, and with it d_c, does not know the gauge */
    CHECK_REL(vt_quantity_covariance(&eta->q, &mob->q), -0.05 * 0.05 * eta->q.value * mob->q.value, 1e-12);
    CHECK_ABS(vt_quantity_covariance(&eta->q, &dc->q), 0.0, 0.0);
    CHECK(eta->q.u > 0.05 * eta->q.value);
    CHECK(eta->q.high / eta->q.value > exp(1.96 * 0.05));
    CHECK(mob->q.nbudget == 3);
    vt_result_free(r);
    vt_table_free(t);
}

static void the_atomic_volume_cancels_in_the_critical_diameter(void)
{
    struct settings none, exact, vague;
    vt_error err = {0};
    vt_table *t = simulate(set(&none, NULL));
    vt_result *a = reduce(t, set(&exact, "atomic_volume_u=0", "replicates=200", NULL), &err);
    vt_result *b = reduce(t, set(&vague, "atomic_volume_u=0.2", "replicates=200", NULL), &err);
    CHECK(a && b);
    if (a && b) {
        const vt_property *x = vt_result_find(a, "maximum_critical_diameter", NULL, NULL, 0.0);
        const vt_property *y = vt_result_find(b, "maximum_critical_diameter", NULL, NULL, 0.0);
        CHECK(x && y);
        /* the same draws: only rounding of Omega / Omega differs; drawn in the mobility alone it is a tenfold u */
        if (x && y) CHECK_REL(y->q.u, x->q.u, 1e-6);
        const vt_card *card = vt_result_card(b);
        const char *volume = "atomic_volume", *mobility = "interface_mobility_at_reference";
        const double u = sqrt(vt_card_covariance(card, volume, volume) * vt_card_covariance(card, mobility, mobility));
        /* -1 for the share of Omega, 0.2, in u of the mobility; the lengths add some 0.04 in square, and 1/x is not
         * linear over 0.2: 0.95 */
        CHECK_BAND(vt_card_covariance(card, volume, mobility) / u, -1.0, -0.9);
    }
    vt_result_free(a);
    vt_result_free(b);
    vt_table_free(t);
}

static void an_unmeasured_imprint_is_bounded(void)
{
    struct settings none;
    vt_error err = {0};
    set(&none, NULL);
    /* L^2 = d^2 + (40 nm)^3/d: at L = d the imprint of 0.5 d hides 1/4 of L^2, eta rises by 1/(1 - 1/4) (ledger A13) */
    vt_table *t = parse("temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm]\n"
                        "297,1,36000,10,80.6226\n297,1,36000,20,60\n297,1,36000,40,56.5685\n297,1,36000,80,84.8528\n"
                        "297,1,36000,160,161.2452\n");
    vt_result *r = reduce(t, &none, &err);
    CHECK(r != NULL);
    if (r) CHECK(warned(r, "W_IMPRINT", "up to 33 %"));
    vt_result_free(r);
    vt_table_free(t);
}

static void threads_do_not_matter(void)
{
    static const char *const THREADS[] = {"threads=1", "threads=2", "threads=7"};
    char *text[3];
    struct settings s;
    vt_table *t = simulate(set(&s, NULL));
    for (size_t i = 0; i < 3; i++) {
        vt_error err = {0};
        vt_result *r = reduce(t, set(&s, "replicates=60", THREADS[i], NULL), &err);
        if (!r) fail_msg("%s", err.msg);
        text[i] = json(r);
        vt_result_free(r);
    }
    CHECK(strlen(text[0]) > 10000);
    CHECK(strcmp(text[0], text[1]) == 0);
    CHECK(strcmp(text[0], text[2]) == 0);
    for (size_t i = 0; i < 3; i++) free(text[i]);
    vt_table_free(t);
}

/* What the simulator writes, the reader reads and the reduction takes, without loss. */
static void a_written_table_gives_the_same_numbers(void)
{
    struct settings s;
    vt_error err = {0};
    vt_table *t = simulate(set(&s, "alloy=Ni45Pd35P16B4", NULL)), *back = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    CHECK_OK(vt_table_write(t, f, &err), &err);
    fclose(f);
    CHECK_TEXT(text, "diameter [nm]");
    CHECK_OK(vt_table_parse("x.csv", text, size, NULL, &back, &err), &err);
    vt_result *a = reduce(t, set(&s, "replicates=20", NULL), &err),
              *b = reduce(back, set(&s, "replicates=20", NULL), &err);
    if (!a || !b) fail_msg("%s", err.msg);
    CHECK_REL(value(a, "viscosity", "paper", C(297)), value(b, "viscosity", "paper", C(297)), 1e-12);
    CHECK_TEXT(vt_card_alloy(vt_result_card(b)), "Ni45Pd35P16B4");
    CHECK(!warned(b, "W_INPUT", ""));
    vt_result_free(a);
    vt_result_free(b);
    free(text);
    vt_table_free(t);
    vt_table_free(back);
}

static void the_simulator_refuses_lists_that_do_not_fit(void)
{
    struct settings s;
    vt_table *t = NULL;
    vt_error err = {0};
    set(&s, "temperatures=317,297 degC", NULL); /* seven pressures */
    const vt_request in = {.settings = s.s, .nsettings = s.n};
    CHECK(vt_simulate(molding(), &in, &t, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "7 pressures for 2 temperatures");
    CHECK(t == NULL);
}

/* Three wires of each pore, one in each row, are the pore's mean with its standard deviation: 0.9, 1 and 1.1 L. */
static void single_wires_are_their_pores_mean(void)
{
    static const double D[] = {10, 20, 40, 80, 160, 250}, LENGTH[] = {103, 127, 226, 444, 887, 1385}; /* 10.4 */
    char wires[4096] = "temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm]\n", means[2048];
    snprintf(means, sizeof means,
             "temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm],"
             "length_sd [nm],count []\n");
    for (int i = 0; i < 6; i++) {
        size_t n = strlen(means);
        snprintf(means + n, sizeof means - n, "327,1,300,%g,%.17g,%.17g,3\n", D[i], LENGTH[i], 0.1 * LENGTH[i]);
        for (int k = 9; k <= 11; k++) {
            n = strlen(wires);
            snprintf(wires + n, sizeof wires - n, "327,1,300,%g,%.17g\n", D[i], 0.1 * k * LENGTH[i]);
        }
    }
    vt_error err = {0};
    struct settings s;
    vt_table *tw = parse(wires), *tm = parse(means);
    vt_result *w = reduce(tw, set(&s, "replicates=20", NULL), &err), *m = reduce(tm, &s, &err);
    CHECK(w && m);
    if (w && m) {
        const vt_property *a = vt_result_find(w, "viscosity", "paper", "temperature", C(327)),
                          *b = vt_result_find(m, "viscosity", "paper", "temperature", C(327));
        CHECK(a && b);
        CHECK_REL(a ? a->q.value : NAN, b ? b->q.value : NAN, 1e-9); /* rounding of means through the fit */
        CHECK_REL(a ? a->q.u : NAN, b ? b->q.u : NAN, 1e-9);
        CHECK(warned(w, "W_N", "fewer than 5 wires"));
    }
    vt_result_free(w);
    vt_result_free(m);
    vt_table_free(tw);
    vt_table_free(tm);
}

CHECK_MAIN(CHECK_CASE(bad_tables_are_refused_with_their_line), CHECK_CASE(every_regime_is_told_in_words),
           CHECK_CASE(the_alloy_card_gives_its_constants), CHECK_CASE(a_constant_out_of_the_cards_range_is_told),
           CHECK_CASE(a_kink_at_the_edge_is_told), CHECK_CASE(the_entrance_is_taken_into_account),
           CHECK_CASE(conditions_of_one_temperature_stay_apart), CHECK_CASE(budgets_share_the_gauge),
           CHECK_CASE(the_atomic_volume_cancels_in_the_critical_diameter), CHECK_CASE(an_unmeasured_imprint_is_bounded),
           CHECK_CASE(threads_do_not_matter), CHECK_CASE(a_written_table_gives_the_same_numbers),
           CHECK_CASE(the_simulator_refuses_lists_that_do_not_fit), CHECK_CASE(single_wires_are_their_pores_mean))
