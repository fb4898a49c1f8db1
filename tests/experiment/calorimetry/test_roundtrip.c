/* Calorimetry there and back: published numbers of P21, null and breakage; 200 round trips of straight base lines. */
enum { ROUND_TRIPS = 200 };
#include "experiment/calorimetry/p21.h"

/* P21, "Round trip": linear drift, noise 0.5 mW/g: 7.98 +- 0.04 for 8.00 J/g. */
static void published_round_trip(void)
{
    double sum = 0.0, square = 0.0;
    const int n = 24;
    for (int k = 0; k < n; k++) {
        struct settings s = {0}, how = {0};
        set_text(&s, "mass_error", "0");
        set_text(&s, "gain_error", "0");
        set_number(&s, "seed", 300 + k, "");
        vt_result *r = there_and_back("calorimetry", &s, &how);
        const vt_property *p = p21_enthalpy(r, "physics");
        CHECK(p && p->q.low < 8000.0 && 8000.0 < p->q.high);
        const double H = p ? 1e-3 * p->q.value : (double)NAN;
        sum += H;
        square += H * H;
        vt_result_free(r);
    }
    const double mean = sum / n, sd = sqrt((square - n * mean * mean) / (n - 1));
    fprintf(stderr, "8.00 J/g: mean %.3f, scatter %.3f J/g\n", mean, sd);
    CHECK_ABS(mean, 7.98, 0.04); /* published value and scatter */
    CHECK_BAND(sd, 0.01, 0.08);  /* each, with windows of its own */
}

/* P21: curvature of 3 mW/g over (100 K)^2 moves 8.0 J/g to 10.1 on a straight base line. */
static void interval_covers_the_published_curvature(void)
{
    for (int k = 0; k < 12; k++) {
        struct settings s = {0}, how = {0};
        set_text(&s, "curvature", k % 2 ? "-3 mW/g" : "3 mW/g");
        set_number(&s, "seed", 400 + k, "");
        vt_result *r = there_and_back("calorimetry", &s, &how);
        const vt_property *p = p21_enthalpy(r, "physics");
        size_t i = 0;
        const vt_property *line = r ? next(r, &i, "relaxation_enthalpy_linear", NULL, NULL, NULL) : NULL;
        CHECK(p && p->q.low < 8000.0 && 8000.0 < p->q.high);
        if (line) CHECK(fabs(line->q.value - 8000.0) > 1000.0); /* what the straight line makes of it */
        vt_result_free(r);
    }
}

static void crystallized_run_is_refused(void)
{
    static const char *const CASE[2][2] = {{"1", "650 K"}, {"0.5", "730 K"}};
    for (int k = 0; k < 2; k++)
        for (int seed = 1; seed <= 10; seed++) {
            struct settings s = {0}, how = {0};
            vt_error err = {0};
            set_text(&s, "crystallized", CASE[k][0]);
            set_text(&s, "end", CASE[k][1]);
            set_number(&s, "seed", seed, "");
            vt_table *t = simulated("calorimetry", &s, &err);
            vt_result *r = t ? reduced("calorimetry", t, &how, &err) : NULL;
            CHECK(!p21_enthalpy(r, "physics"));
            if (r)
                CHECK(warned(r, "E_CRYST", ""));
            else
                CHECK(err.code == VT_ECRYST);
            vt_result_free(r);
            vt_table_free(t);
        }
}

CHECK_MAIN(CHECK_CASE(published_round_trip), CHECK_CASE(interval_covers_the_published_curvature),
           CHECK_CASE(crystallized_run_is_refused), CHECK_CASE(straight_base_lines_are_covered),
           CHECK_CASE(identical_runs_release_nothing))
