#pragma once
/* Creep segments (P02): ROUND_TRIPS wires of each kind; ROUND_TRIPS is a constant of the program. */
#include "roundtrip.h"

/* What a campaign saw beside the viscosities. */
struct seen {
    size_t segments, accepted, curved;
};

/* Newtonian wires of four holds: the viscosity of every accepted segment against that of its temperature. */
static struct seen viscosities(const char *name, void (*more)(struct settings *truth, struct settings *how))
{
    struct tally t = {.what = "viscosity"};
    struct seen seen = {0};
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        draw_creep(&truth, (uint64_t)session);
        tell_wire(&how);
        more(&truth, &how);
        const vti_creep_truth p = creep_truth(&truth);
        vt_result *r = there_and_back("creep", &truth, &how);
        const vt_property *eta;
        for (size_t i = 0; r && (eta = next(r, &i, "viscosity", "physics", NULL, NULL));) {
            const double P = p.powers.x[nearest_power(&p, scope_value(eta, "power"))];
            count(&t, eta, vti_creep_viscosity(&p, vti_creep_temperature(&p, P, 0.0)));
            seen.accepted++;
        }
        seen.segments += vti_creep_steps(&p);
        seen.curved += warnings(r, "W_CURVATURE");
        vt_result_free(r);
    }
    judge(&t, name);
    fprintf(stderr, "%-12s accepted %zu of %zu, curved %zu\n", name, seen.accepted, seen.segments, seen.curved);
    return seen;
}

static void as_drawn(struct settings *truth, struct settings *how)
{
    (void)truth;
    (void)how;
}
static void with_gaps_and_lost_markers(struct settings *truth, struct settings *how)
{
    (void)how;
    set_text(truth, "gaps", "2");
    set_text(truth, "gap_time", "4 s");
    set_text(truth, "times", "160 s"); /* two gaps leave up to three pieces of a hold */
    set_text(truth, "outliers", "0.02");
    set_text(truth, "glitches", "0.02");
}
/* From a cold wire: the first step begins with the heating-up, 214 K exp(-t/5 s). */
static void from_cold(struct settings *truth, struct settings *how)
{
    (void)how;
    set_text(truth, "start", "cold");
    set_text(truth, "times", "150,100,100,100 s");
}

/* Section 11: intervals cover; n = 1 shows a curvature in 5 % of the segments at most. */
static void intervals_cover_image_noise(void)
{
    const struct seen s = viscosities("noise", as_drawn);
    CHECK((double)s.curved / (double)s.accepted <= 0.05 + 3.0 * sqrt(0.05 * 0.95 / (double)s.accepted));
    /* two tests of steadiness at 5 %, and few effective points in the shortest segments */
    CHECK((double)s.accepted / (double)s.segments > 0.85);
}
static void intervals_cover_gaps_and_lost_markers(void)
{
    viscosities("gaps, losses", with_gaps_and_lost_markers);
}
static void intervals_cover_a_cold_start(void)
{
    viscosities("cold start", from_cold);
}

/* The diameter is off by 5.5 % for the whole wire: one segment of each counts. */
static void intervals_cover_the_shared_area(void)
{
    struct tally t = {.what = "viscosity"};
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        draw_creep(&truth, (uint64_t)session);
        tell_wire(&how);
        set_text(&truth, "diameter_error", "0.055");
        set_text(&how, "diameter_u", "0.055");
        const vti_creep_truth p = creep_truth(&truth);
        vt_result *r = there_and_back("creep", &truth, &how);
        size_t i = 0;
        const vt_property *eta = r ? next(r, &i, "viscosity", "physics", NULL, NULL) : NULL;
        if (eta) {
            const double P = p.powers.x[nearest_power(&p, scope_value(eta, "power"))];
            count(&t, eta, vti_creep_viscosity(&p, vti_creep_temperature(&p, P, 0.0)));
            /* 11 % of the area in the budget, whatever the noise (S000) */
            CHECK_BAND(eta->q.u / eta->q.value, 0.11, 0.12);
        }
        vt_result_free(r);
    }
    judge(&t, "area");
}

/* Set points as they were set, within two samples, none missed, none invented. */
static void edges_are_found_within_two_samples(void)
{
    size_t edges = 0, right = 0, wrong = 0;
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0};
        vt_error err = {0};
        draw_creep(&truth, (uint64_t)session);
        if (session % 2) { /* load jumps of a fifth and more */
            set_text(&truth, "loads", "6,8,10 uN");
            set_text(&truth, "diameter", "170 nm");
            set_text(&truth, "segment_strain", "0.01");
            set_text(&truth, "times", "30 s");
        }
        const vti_creep_truth p = creep_truth(&truth);
        double edge[VT_LIST_MAX];
        vti_creep_film film = {0};
        vt_stream s;
        vt_stream_init(&s, (uint64_t)(1000 + session), vt_stream_purpose("creep/wire"), 0);
        CHECK_OK(vti_creep_record_wire(&p, &s, &film, edge, &err), &err);
        vti_creep_film_free(&film);
        vt_table *t = simulated("creep", &truth, &err), *bound = NULL;
        CHECK_OK(vt_experiment_bind(&vti_creep_experiment, t, &bound, &err), &err);
        vti_creep_params par;
        CHECK_OK(vt_param_defaults(vti_creep_experiment.params, &par, &err), &err);
        par.control_time = p.force_time; /* of the force loop, as the user knows it */
        const int form = -1;
        const vt_job job = {.tables = (const vt_table *const *)&bound, .ntables = 1, .form = &form, .params = &par};
        vti_creep_run run = {.job = &job, .par = &par};
        CHECK_OK(vti_creep_gather(&run, &err), &err);
        CHECK_OK(vti_creep_setpoints(&run, &err), &err);
        const size_t steps = vti_creep_steps(&p);
        for (size_t k = 1; k < steps; k++) {
            bool found = false;
            for (size_t i = 0; i < run.segments; i++)
                found = found || fabs(run.trace[0].t[run.segment[i].edge[0]] - edge[k]) <= 2.0 / p.sampling + 1e-9;
            right += found;
            edges++;
        }
        wrong += run.segments > steps ? run.segments - steps : 0;
        for (size_t i = 0; i < run.traces; i++) {
            free(run.trace[i].t);
            free(run.trace[i].row);
        }
        free(run.trace);
        free(run.segment);
        vt_table_free(bound);
        vt_table_free(t);
    }
    fprintf(stderr, "edges        found %zu of %zu, invented %zu\n", right, edges, wrong);
    CHECK(right == edges);
    CHECK(wrong == 0);
}

/* Breakage: all of the rise grows with the square of the length. */
static void ramped_heating_is_not_steady(void)
{
    long refused = 0;
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        vt_error err = {0};
        draw_creep(&truth, (uint64_t)session);
        set_text(&truth, "ramp", "1");
        const vti_creep_truth p = creep_truth(&truth);
        char first[SETTING_TEXT];
        snprintf(first, sizeof first, "%.6f mW", 1e3 * p.powers.x[0]); /* it runs away: one power is enough */
        set_text(&truth, "powers", first);
        tell_wire(&how);
        vt_table *t = simulated("creep", &truth, &err);
        vt_result *r = t ? reduced("creep", t, &how, &err) : NULL;
        refused += !r && err.code == VT_ENOT_STEADY;
        if (r || err.code != VT_ENOT_STEADY)
            CHECK_FAILED("session %ld: %s %s", session, vt_status_name(err.code), err.msg);
        vt_result_free(r);
        vt_table_free(t);
    }
    CHECK(refused == ROUND_TRIPS);
}

CHECK_MAIN(CHECK_CASE(intervals_cover_image_noise), CHECK_CASE(intervals_cover_gaps_and_lost_markers),
           CHECK_CASE(intervals_cover_a_cold_start), CHECK_CASE(intervals_cover_the_shared_area),
           CHECK_CASE(edges_are_found_within_two_samples), CHECK_CASE(ramped_heating_is_not_steady))
