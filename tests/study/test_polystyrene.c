/* The study of a real melt end to end; its records are not part of the project. */
#include "study_checks.h"

static double viscosity(const char *step_name, const char *reading, const char *test)
{
    return of_reading(step_name, "viscosity", reading, test)->value;
}

/* SOURCE.md of the data states these, to three digits, "by parsing": 3 % are what the issue asks, rounding is 0.5 %. */
static void simple_readings_are_those_of_the_source(void)
{
    CHECK_REL(viscosity("warm", "paper", "creep"), 2.64e5, 5e-3);
    CHECK_REL(viscosity("warm", "paper", "relaxation"), 2.45e5, 5e-3);
    CHECK_REL(viscosity("warm", "paper", "oscillation"), 2.78e5, 5e-3);
    CHECK_REL(viscosity("hot", "paper", "creep"), 6.9e4, 1e-2);
    CHECK_REL(viscosity("hot", "paper", "relaxation"), 5.2e4, 1e-2);
    CHECK_REL(viscosity("hot", "paper", "oscillation"), 8.3e4, 1e-2);
}

static void steady_creep_keeps_its_viscosity(void)
{
    CHECK_REL(viscosity("warm", "physics", "creep"), 2.64e5, 0.03);
    CHECK_REL(viscosity("hot", "physics", "creep"), 6.9e4, 0.03);
    CHECK(!warned(step("warm"), "W_NOT_STEADY", ""));
    CHECK(!warned(step("hot"), "W_NOT_STEADY", ""));
}

static void the_cold_melt_has_no_viscosity(void)
{
    CHECK(!property("cold", "viscosity", NULL, "creep"));
    CHECK(!property("cold", "viscosity", NULL, "relaxation"));
    CHECK(!property("cold", "viscosity", NULL, "oscillation"));
    CHECK(warned(step("cold"), "W_NOT_STEADY", "not steady, no viscosity"));
    CHECK(warned(step("cold"), "W_TAIL", "measure longer"));
    CHECK(warned(step("cold"), "W_TERMINAL", "storage modulus is still above"));
    const vt_property *p = property("cold", "flow_exponent", NULL, "creep");
    CHECK(p != NULL);
    if (p) CHECK_ABS(p->q.value, 0.85, 0.01); /* SOURCE.md: 0.85 */
}

/* The simple integral lies below its own lower bound, G''/omega below the largest |G*|/omega. */
static void bounds_are_above_the_simple_readings(void)
{
    static const char *const STEP[] = {"warm", "hot"}, *const TEST[] = {"relaxation", "oscillation"};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++) {
            const vt_property *bound = property(STEP[i], "viscosity_bound", NULL, TEST[k]);
            const vt_property *physics = property(STEP[i], "viscosity", "physics", TEST[k]);
            CHECK(bound && physics);
            if (!bound || !physics) continue;
            CHECK(viscosity(STEP[i], "paper", TEST[k]) < bound->q.value);
            CHECK(bound->q.value <= physics->q.low * (1.0 + 1e-12) && physics->q.low < physics->q.high);
        }
}

static void oscillation_differs_by_a_factor_of_the_modulus(void)
{
    static const char *const STEP[] = {"cold", "warm"};
    for (size_t i = 0; i < 2; i++) {
        const vt_property *p = vt_result_find(step(STEP[i]), "modulus_ratio", NULL, NULL, 0.0);
        CHECK(p != NULL);
        if (p) CHECK_ABS(p->q.value, 1.3, 0.02); /* as found; both temperatures give the same */
        CHECK(warned(step(STEP[i]), "W_SCALE", "alike"));
    }
    CHECK(warned(step("warm"), "W_DISAGREE", "creep at 175 degC and oscillation at 175 degC"));
    /* The factor of the viscosities is that of the moduli. */
    CHECK_REL(viscosity("warm", "physics", "oscillation") / viscosity("warm", "physics", "creep"), 1.3, 0.03);
}

int main(void)
{
    if (!check_real_files()) return CHECK_SKIPPED;
    run_study("studies/polystyrene/study.yaml", 0);
    if (check_failures) return 1;
    const struct CMUnitTest tests[] = {
        CHECK_CASE(simple_readings_are_those_of_the_source), CHECK_CASE(steady_creep_keeps_its_viscosity),
        CHECK_CASE(the_cold_melt_has_no_viscosity), CHECK_CASE(bounds_are_above_the_simple_readings),
        CHECK_CASE(oscillation_differs_by_a_factor_of_the_modulus)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    end_study();
    return failed;
}
