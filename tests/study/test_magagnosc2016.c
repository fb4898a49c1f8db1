/* The study of the flow transition end to end: the factor between wires and rods is found where it is and not where it
 * is not, and the published numbers come back. */
#include "study_checks.h"

static bool holds(const char *name, const char *what, const char *scope, double truth)
{
    return covers(of(name, what, scope), truth);
}

/* Truths: sinh flow of 0.1 nm^3 turns at 4.10 kT/V = 272 to 278 MPa between 480 and 490 K; free-volume flow of the rods
 * at 67.5 to 70.1 MPa between 240 and 255 degC (steady state of the model, m = 0.7). */
static void the_factor_is_found(void)
{
    CHECK(holds("map", "offset_factor", "nano", 275.0 / 69.0));
    CHECK(!holds("map", "offset_factor", "nano", 1.0));
    CHECK(holds("map", "transition_stress", "nano", 275e6));
    CHECK(holds("map", "transition_stress", "bulk", 69e6));
    CHECK(holds("map", "transition_slope", NULL, -1.0));
    const vt_quantity *f = of("map", "offset_factor", "nano");
    CHECK_BAND(f->high / f->low, 1.3, 4.0); /* four wires: a factor of 2 or so from end to end */
    CHECK(holds("map_campaign", "offset_factor", "nano", 4.0));
}

static void no_factor_is_invented(void)
{
    CHECK(holds("map_none", "offset_factor", "nano", 1.0));
    CHECK(!holds("map_none", "offset_factor", "nano", 4.0));
    CHECK(warnings(step("map_none"), "W_NO_OFFSET") == 1);
    CHECK(warnings(step("map"), "W_NO_OFFSET") == 0);
}

/* Ledger B1, P07, B5. */
static void published_numbers_come_back(void)
{
    CHECK_ABS(of("table1", "initial_strain_rate", "long")->value, 0.1111, 5e-5);
    CHECK_ABS(of("table1", "initial_strain_rate", "short")->value, 0.3704, 5e-5);
    CHECK_ABS(of("table1", "true_strain", "long")->value, 2.197, 5e-4);
    CHECK_REL(of("table1", "final_length", "long")->value, 13.5e-6, 1e-9);
    CHECK_REL(of("table1", "pulling_time", "long")->value, 72.0, 1e-9);
    CHECK_REL(of("power", "temperature_rise", NULL)->value, 5600.0, 0.01);
    CHECK_REL(of("power", "power_for_temperature", NULL)->value, 0.0416e-3, 2e-3);
    CHECK_ABS(of("profile", "active_fraction", NULL)->value, 0.135, 0.002);
    CHECK(warnings(step("wires"), "W_POWER") == 4); /* every wire: power and dimensions contradict each other */
    CHECK(warnings(step("power"), "W_POWER") == 1);
}

/* Every rod and nearly every segment gives a point; both classes are there in both groups. */
static void points_reach_the_map(void)
{
    static const char *const OF[] = {"wires", "rods", "wires_none"};
    static const size_t LEAST[] = {56, 28, 56};
    for (int k = 0; k < 3; k++) {
        const vt_result *r = step(OF[k]);
        const vt_table *t = NULL;
        for (size_t i = 0; i < vt_result_curves(r); i++)
            if (strcmp(vt_result_curve_name(r, i), "flow_points") == 0) t = vt_result_curve(r, i);
        CHECK(t != NULL);
        if (!t) continue;
        CHECK(vt_table_rows(t) >= LEAST[k]);
        const long column = vt_table_find(t, "class");
        size_t newtonian = 0, not = 0;
        for (size_t i = 0; i < vt_table_rows(t); i++) {
            const char *c = vt_table_text(t, (size_t)column, i);
            newtonian += strcmp(c, "newtonian") == 0;
            not += strcmp(c, "non-newtonian") == 0;
        }
        CHECK(newtonian >= 8 && not >= 8);
    }
}

static void the_study_runs(void)
{
    run_study("studies/magagnosc2016/study.yaml", 2);
    the_factor_is_found();
    no_factor_is_invented();
    published_numbers_come_back();
    points_reach_the_map();
    every_answer_is_determined();
    end_study();
}

CHECK_MAIN(CHECK_CASE(the_study_runs))
