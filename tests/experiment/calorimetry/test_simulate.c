/* The virtual calorimeter: what it releases, what its instrument does, what it refuses. */
#include "round_trips.h"
#include "experiment/calorimetry/calorimetry_truth.h"

static vti_calorimetry_truth defaults(void)
{
    vti_calorimetry_truth p;
    vt_error err = {0};
    CHECK_OK(vt_param_defaults(VTI_CALORIMETRY_TRUTH, &p, &err), &err);
    return p;
}

/* Integral of the difference of the runs, J/kg. */
static double released_by_runs(const vti_calorimetry_truth *p, double *stated)
{
    const size_t n = vti_calorimetry_readings(p);
    double *heat = malloc(2 * n * sizeof *heat), sum = 0.0;
    vt_error err = {0};
    if (!heat) exit(1);
    CHECK_OK(vti_calorimetry_heat(p, heat, heat + n, stated, &err), &err);
    for (size_t i = 0; i < n; i++) sum += (heat[n + i] - heat[i]) * (p->end - p->begin) / (double)n;
    free(heat);
    return sum;
}

static void runs_differ_by_what_was_stored(void)
{
    vti_calorimetry_truth p = defaults();
    double stated = 0.0;
    /* The Gaussian is cut 7 standard deviations away, and summed at its middles: to rounding. */
    CHECK_REL(released_by_runs(&p, &stated), 8000.0, 1e-6);
    CHECK(stated == 8000.0);
    p.model = VTI_CALORIMETRY_RELAXATION;
    p.spacing = 0.21;
    const double seen = released_by_runs(&p, &stated);
    CHECK_BAND(stated, 4000.0, 9000.0); /* 3000 times the cooling rate: 8 times Tg^2 R/dh, 38 K, of 0.2 J/(g K) */
    CHECK_REL(seen, stated, 1e-3);      /* the sum of steps of 0.21 K against the law */
    p.making_rate = p.rerun_rate;
    p.making_temperature = p.end + 1.0;
    CHECK_ABS(released_by_runs(&p, &stated), 0.0, 1.0); /* the same history: nothing, to 1e-4 of the above */
}

static void annealing_takes_from_what_was_stored(void)
{
    vti_calorimetry_truth p = defaults();
    double fresh, aged;
    p.model = VTI_CALORIMETRY_RELAXATION;
    released_by_runs(&p, &fresh);
    p.anneal_temperature = 540.0;
    p.anneal_time = 3600.0;
    CHECK_ABS(released_by_runs(&p, &aged), aged, 2e-3 * fresh);
    CHECK_BAND(aged / fresh, -1.0, 0.6);
}

static void crystals_take_the_step(void)
{
    vti_calorimetry_truth p = defaults();
    double stated;
    const size_t n = vti_calorimetry_readings(&p);
    double *heat = malloc(2 * n * sizeof *heat);
    if (!heat) exit(1);
    p.crystallized = 0.3;
    CHECK(vti_calorimetry_heat(&p, heat, heat + n, &stated, NULL) == VT_OK);
    const double T = vti_calorimetry_place(&p, n - 1);
    const double glass = p.glass_heat_capacity + p.glass_heat_slope * (T - p.glass_transition);
    CHECK_REL(heat[2 * n - 1] - glass, 0.7 * (heat[n - 1] - glass), 1e-6); /* tails of exotherms */
    free(heat);
}

static void calorimeter_is_the_same_for_its_records(void)
{
    vti_calorimetry_truth p = defaults();
    p.calorimeter = 77;
    const vti_calorimetry_box a = vti_calorimetry_box_of(&p, 1), b = vti_calorimetry_box_of(&p, 2);
    CHECK(a.gain == b.gain && a.shift == b.shift);
    p.calorimeter = 0;
    CHECK(vti_calorimetry_box_of(&p, 1).gain != vti_calorimetry_box_of(&p, 2).gain);
}

static void same_seed_same_record(void)
{
    struct settings s = {0};
    vt_error err = {0};
    set_text(&s, "seed", "41");
    set_text(&s, "model", "relaxation");
    set_text(&s, "spacing", "1.5 K");
    vt_table *a = simulated("calorimetry", &s, &err), *b = simulated("calorimetry", &s, &err);
    const size_t n = vt_table_rows(a);
    CHECK(n == 400 && vt_table_rows(b) == n);
    const double *x = vt_table_values(a, 3), *y = vt_table_values(b, 3);
    for (size_t i = 0; x && y && i < n; i++) CHECK(x[i] == y[i]);
    vt_table_free(a);
    vt_table_free(b);
}

static void refused(const char *key, const char *text, vt_status code, const char *words)
{
    struct settings s = {0};
    vt_error err = {0};
    vt_table *t = NULL;
    set_text(&s, key, text);
    const vt_request in = {.settings = rows(&s), .nsettings = s.n};
    CHECK(vt_simulate(vt_experiment_find("calorimetry"), &in, &t, &err) == code);
    CHECK_TEXT(err.msg, words);
}

static void refusals(void)
{
    refused("exotherms", "4,4 J/g", VT_ESHAPE, "2 exotherms, 1 exotherm_temperatures");
    refused("begin", "649 K", VT_ERANGE, "not 10 readings of 0.2 K");
    refused("making_temperature", "340 K", VT_ERANGE, "must be above begin");
    refused("anneal_temperature", "340 K", VT_ERANGE, "is not above begin");
    refused("beta", "0.99", VT_ERANGE, "beta");
}

CHECK_MAIN(CHECK_CASE(runs_differ_by_what_was_stored), CHECK_CASE(annealing_takes_from_what_was_stored),
           CHECK_CASE(crystals_take_the_step), CHECK_CASE(calorimeter_is_the_same_for_its_records),
           CHECK_CASE(same_seed_same_record), CHECK_CASE(refusals))
