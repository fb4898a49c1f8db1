/* Records of a rheometer through the experiment creep: one liquid of two modes, three tests. */
#include "result_checks.h"

enum { N = 800, F = 33 };

/* Relaxation spectrum of the liquid; viscosity 2.86e5 Pa s. */
static const double G1 = 2e4, TAU1 = 1.3, G2 = 2e3, TAU2 = 130.0, ETA = 2e4 * 1.3 + 2e3 * 130.0;

static double noise(uint64_t *state)
{
    double sum = -6.0;
    for (int k = 0; k < 12; k++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*state >> 11) / 9007199254740992.0;
    }
    return sum;
}

static vt_table *table_of(size_t n, const char *const name[3], const char *const unit[3], double *const x[3],
                          const char *temperature)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_create(&t, &err), &err);
    for (size_t k = 0; k < 3 && name[k]; k++) CHECK_OK(vt_table_add_si(t, name[k], unit[k], n, x[k], &err), &err);
    if (temperature) CHECK_OK(vt_table_add_meta(t, "temperature", temperature, 0, &err), &err);
    return t;
}

/* Compliance of two Maxwell modes: J = 1/(G1 + G2) + J_r (1 - exp(-t/lambda)) + t/eta (partial fractions of
 * 1/(s^2 G(s)): lambda = TAU1 TAU2 (G1 + G2)/eta, J_e = (G1 TAU1^2 + G2 TAU2^2)/eta^2). */
static vt_table *creep(double last, uint64_t seed, const char *temperature)
{
    static const char *const NAME[] = {"Time", "Creep Compliance", NULL}, *const UNIT[] = {"s", "Pa-1", NULL};
    double t[N], J[N];
    const double lambda = TAU1 * TAU2 * (G1 + G2) / ETA;
    const double Je = (G1 * TAU1 * TAU1 + G2 * TAU2 * TAU2) / (ETA * ETA), Jg = 1.0 / (G1 + G2);
    for (size_t i = 0; i < N; i++) {
        t[i] = last * (double)(i + 1) / N;
        J[i] = Jg - (Je - Jg) * expm1(-t[i] / lambda) + t[i] / ETA + 2e-7 * noise(&seed);
    }
    return table_of(N, NAME, UNIT, (double *const[]){t, J, NULL}, temperature);
}

static vt_table *relaxation(double factor, double last, const char *temperature)
{
    static const char *const NAME[] = {"t", "Relaxation Modulus", NULL}, *const UNIT[] = {"s", "Pa", NULL};
    double t[N], G[N];
    uint64_t seed = 5;
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.1 * pow(last / 0.1, (double)i / (N - 1.0));
        G[i] = factor * (G1 * exp(-t[i] / TAU1) + G2 * exp(-t[i] / TAU2)) + 0.5 * noise(&seed);
    }
    return table_of(N, NAME, UNIT, (double *const[]){t, G, NULL}, temperature);
}

static vt_table *oscillation(double lowest, const char *temperature)
{
    static const char *const NAME[] = {"Angular Frequency", "G'", "G''"}, *const UNIT[] = {"rad s-1", "Pa", "Pa"};
    double w[F], a[F], b[F];
    uint64_t seed = 17;
    for (size_t i = 0; i < F; i++) {
        w[i] = lowest * pow(10.0, 4.0 * (double)(F - 1 - i) / (F - 1.0));
        const double x = w[i] * TAU1, y = w[i] * TAU2;
        a[i] = (G1 * x * x / (1.0 + x * x) + G2 * y * y / (1.0 + y * y)) * (1.0 + 0.005 * noise(&seed));
        b[i] = (G1 * x / (1.0 + x * x) + G2 * y / (1.0 + y * y)) * (1.0 + 0.005 * noise(&seed));
    }
    return table_of(F, NAME, UNIT, (double *const[]){w, a, b}, temperature);
}

static vt_status reduce(size_t n, vt_table **t, vt_result **r, vt_error *err)
{
    const vt_request in = {.raw = (const vt_table *const *)t, .nraw = n};
    const vt_status st = vt_reduce(vt_experiment_find("creep"), &in, r, err);
    for (size_t i = 0; i < n; i++) vt_table_free(t[i]);
    return st;
}

static void three_tests_of_one_liquid_agree(void)
{
    static const char *const TEST[] = {"creep", "relaxation", "oscillation"};
    vt_table *t[] = {creep(4000.0, 3, "175 degC"), relaxation(1.0, 1500.0, "175 degC"), oscillation(0.003, "175 degC")};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduce(3, t, &r, &err), &err);
    if (!r) return;
    for (size_t k = 0; k < 3; k++) {
        const vt_property *p = named_property(r, "viscosity", "physics", TEST[k]);
        CHECK(p != NULL);
        if (!p) continue;
        CHECK_BAND(ETA, p->q.low, p->q.high);
        CHECK_REL(p->q.value, ETA, 0.05);
        CHECK_ABS(p->scope[0].value, 448.15, 1e-9);
        CHECK(named_property(r, "viscosity", "paper", TEST[k]) != NULL);
    }
    const vt_property *p = named_property(r, "recoverable_compliance", NULL, "creep");
    CHECK(p != NULL);
    if (p) CHECK_REL(p->q.value, (G1 * TAU1 * TAU1 + G2 * TAU2 * TAU2) / (ETA * ETA), 0.05);
    CHECK(warnings(r, "W_DISAGREE") == 0 && warnings(r, "W_SCALE") == 0 && warnings(r, "W_NOT_STEADY") == 0);
    CHECK(vt_result_figures(r) == 3);
    CHECK(vt_result_segments(r) == 1);
    p = vt_result_find(r, "modulus_ratio", NULL, NULL, 0.0);
    CHECK(p != NULL);
    if (p) CHECK_REL(p->q.value, 1.0, 0.01); /* two modes per decade stand for those between: about 1 % */
    vt_result_free(r);
}

static void a_factor_of_the_modulus_is_told(void)
{
    vt_table *t[] = {relaxation(0.77, 1500.0, NULL), oscillation(0.003, NULL)};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduce(2, t, &r, &err), &err);
    if (!r) return;
    const vt_property *p = vt_result_find(r, "modulus_ratio", NULL, NULL, 0.0);
    CHECK(p != NULL);
    if (p) CHECK_REL(p->q.value, 1.0 / 0.77, 0.01);
    CHECK(warnings(r, "W_SCALE") == 1 && warnings(r, "W_DISAGREE") == 1);
    vt_result_free(r);
}

static void records_that_stop_too_early_bound_the_viscosity(void)
{
    static const char *const TEST[] = {"creep", "relaxation", "oscillation"};
    vt_table *t[] = {creep(60.0, 3, NULL), relaxation(1.0, 60.0, NULL), oscillation(0.1, NULL)};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduce(3, t, &r, &err), &err);
    if (!r) return;
    for (size_t k = 0; k < 3; k++) {
        CHECK(!named_property(r, "viscosity", NULL, TEST[k]));
        const vt_property *p = named_property(r, "viscosity_bound", NULL, TEST[k]);
        if (k > 0) CHECK(p != NULL);
        if (p) CHECK_BAND(p->q.value, 0.01 * ETA, ETA * 1.01);
    }
    CHECK(warnings(r, "W_NOT_STEADY") == 1 && warnings(r, "W_TAIL") == 1 && warnings(r, "W_TERMINAL") == 1);
    vt_result_free(r);
}

static void one_bad_record_does_not_stop_the_others(void)
{
    static const char *const NAME[] = {"time", "relaxation_modulus", NULL}, *const UNIT[] = {"s", "Pa", NULL};
    double x[40], y[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = 1.0 + (double)i;
        y[i] = 1e3 + x[i];
    }
    vt_table *rising = table_of(40, NAME, UNIT, (double *const[]){x, y, NULL}, NULL);
    vt_table *both[] = {rising, oscillation(0.003, NULL)};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduce(2, both, &r, &err), &err);
    CHECK(warned(r, "W_RECORD", "relaxation: the modulus does not fall"));
    if (r) CHECK(warnings(r, "W_RECORD") == 1 && named_property(r, "viscosity", "physics", "oscillation"));
    vt_result_free(r);
    r = NULL;
    rising = table_of(40, NAME, UNIT, (double *const[]){x, y, NULL}, NULL);
    CHECK(reduce(1, &rising, &r, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "relaxation: the modulus does not fall");
    CHECK(!r);
}

/* The refusal names the line, not the index of what is left. */
static void a_reading_at_fault_is_told_by_its_line(void)
{
    static const struct {
        const char *head, *row[3]; /* readings 0 (before the step), 20, 21 */
        long line;
        vt_status code;
        const char *part;
    } CASE[] = {
        {"time [s],creep_compliance [1/Pa]\n", {"0,1e-6\n", "21,0\n", "22,1e-5\n"}, 22, VT_ERANGE, "is 0 per Pa"},
        {"time [s],creep_compliance [1/Pa]\n",
         {"0,1e-6\n", "21,1e-5\n", "20.5,1e-5\n"},
         23,
         VT_ETIME,
         "20.5 s after 21 s"},
        {"angular_frequency [rad/s],storage_modulus [Pa],loss_modulus [Pa]\n",
         {"0.5,1,1\n", "21,1,1\n", "22,1,0\n"},
         23,
         VT_ERANGE,
         "22 rad/s, 1 Pa, 0 Pa"},
    };
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        char text[4096];
        size_t n = (size_t)snprintf(text, sizeof text, "%s%s", CASE[i].head, CASE[i].row[0]);
        for (int k = 1; k <= 40 && n < sizeof text; k++)
            if (k == 20 || k == 21)
                n += (size_t)snprintf(text + n, sizeof text - n, "%s", CASE[i].row[k - 19]);
            else
                n += (size_t)snprintf(text + n, sizeof text - n, "%d,%g%s\n", k + 1, 1e-6 * k, i == 2 ? ",1" : "");
        vt_error err;
        CHECK(!reduced_text("creep", "melt.csv", text, NULL, 0, &err));
        CHECK(err.code == CASE[i].code && err.line == CASE[i].line && strcmp(err.file, "melt.csv") == 0);
        if (err.code != CASE[i].code || err.line != CASE[i].line)
            CHECK_FAILED("%zu: %s line %ld: %s", i, vt_status_name(err.code), err.line, err.msg);
        CHECK_TEXT(err.msg, CASE[i].part);
    }
}

CHECK_MAIN(CHECK_CASE(three_tests_of_one_liquid_agree), CHECK_CASE(a_factor_of_the_modulus_is_told),
           CHECK_CASE(records_that_stop_too_early_bound_the_viscosity),
           CHECK_CASE(one_bad_record_does_not_stop_the_others), CHECK_CASE(a_reading_at_fault_is_told_by_its_line))
