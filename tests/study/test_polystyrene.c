/* The study of a real melt end to end; its records are not part of the project. */
#include "check.h"
#include <vitrum/study.h>

static const vt_study *study;

static const vt_result *step(const char *name)
{
    for (size_t i = 0; i < vt_study_steps(study); i++)
        if (strcmp(vt_study_step_name(study, i), name) == 0) return vt_study_step_result(study, i);
    CHECK_FAILED("no step %s", name);
    return NULL;
}

/* Property of one test; reading NULL: any. NULL: not given. */
static const vt_property *property(const char *of, const char *name, const char *reading, const char *test)
{
    const vt_result *r = step(of);
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, name) != 0 || (reading && strcmp(p->reading, reading) != 0)) continue;
        for (size_t k = 0; k < p->nscope; k++)
            if (strcmp(p->scope[k].text, test) == 0) return p;
    }
    return NULL;
}

static double viscosity(const char *of, const char *reading, const char *test)
{
    const vt_property *p = property(of, "viscosity", reading, test);
    if (!p) CHECK_FAILED("%s: no viscosity by %s", of, test);
    return p ? p->q.value : (double)NAN;
}

static bool warned(const char *of, const char *code, const char *text)
{
    const vt_result *r = step(of);
    for (size_t i = 0; i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), code) == 0 && strstr(vt_result_warning_message(r, i), text))
            return true;
    return false;
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
    CHECK(!warned("warm", "W_NOT_STEADY", ""));
    CHECK(!warned("hot", "W_NOT_STEADY", ""));
}

static void the_cold_melt_has_no_viscosity(void)
{
    CHECK(!property("cold", "viscosity", NULL, "creep"));
    CHECK(!property("cold", "viscosity", NULL, "relaxation"));
    CHECK(!property("cold", "viscosity", NULL, "oscillation"));
    CHECK(warned("cold", "W_NOT_STEADY", "not steady, no viscosity"));
    CHECK(warned("cold", "W_TAIL", "measure longer"));
    CHECK(warned("cold", "W_TERMINAL", "storage modulus is still above"));
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
        CHECK(warned(STEP[i], "W_SCALE", "alike"));
    }
    CHECK(warned("warm", "W_DISAGREE", "creep at 175 degC and oscillation at 175 degC"));
    /* The factor of the viscosities is that of the moduli. */
    CHECK_REL(viscosity("warm", "physics", "oscillation") / viscosity("warm", "physics", "creep"), 1.3, 0.03);
}

int main(void)
{
    vt_study *s = NULL;
    vt_error err = {0};
    if (!check_real_files()) return CHECK_SKIPPED;
    CHECK_OK(vt_study_read("studies/polystyrene/study.yaml", &s, &err), &err);
    if (s) CHECK_OK(vt_study_run(s, NULL, &err), &err);
    if (check_failures) return 1;
    study = s;
    const struct CMUnitTest tests[] = {
        CHECK_CASE(simple_readings_are_those_of_the_source), CHECK_CASE(steady_creep_keeps_its_viscosity),
        CHECK_CASE(the_cold_melt_has_no_viscosity), CHECK_CASE(bounds_are_above_the_simple_readings),
        CHECK_CASE(oscillation_differs_by_a_factor_of_the_modulus)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_study_free(s);
    return failed;
}
