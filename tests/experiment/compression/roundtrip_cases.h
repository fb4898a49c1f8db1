#pragma once
/* The campaigns, with SETS replicates each (set by the file that includes this). */
#include "roundtrip.h"

/* Free-volume flow: steady stress, viscosity, overshoot, its ratio and m in the band; one specimen of each campaign. */
static void values_are_covered(void)
{
    struct tally stress = {.what = "steady_stress"}, eta = {.what = "viscosity"}, over = {.what = "overshoot"},
                 ratio = {.what = "overshoot_ratio"};
    struct tally m = {.what = "rate_sensitivity"};
    long expected = 0, seen = 0;
    for (uint64_t k = 0; k < SETS; k++) {
        struct settings s;
        draw_box(&s, k);
        vt_result *r = round_trip(&s, NULL);
        if (!r) continue;
        const vti_compression_truth p = truth_of(&s);
        const size_t pick = k % p.rates.n;
        const vti_press_run run = truth_run(&p, p.rates.x[pick]);
        const vt_property *rate = nth(r, "strain_rate", NULL, pick);
        CHECK(rate);
        if (rate) {
            const double sigma = vti_press_steady(&run, rate->q.value);
            count(&stress, nth(r, "steady_stress", NULL, pick), sigma);
            count(&eta, nth(r, "viscosity", NULL, pick), sigma / (3.0 * rate->q.value));
            count(&m, nth(r, "rate_sensitivity", "physics", pick), true_m(&run, rate->q.value));
        }
        /* The fastest test of each campaign overshoots; compared where the excess is above the published 1 %. */
        const vti_press_run fast = truth_run(&p, p.rates.x[p.rates.n - 1]);
        const struct excess e = true_overshoot(&fast);
        if (e.stress > 0.02 * e.line) {
            expected++;
            const vt_property *q = last(r, "overshoot");
            seen += q != NULL;
            count(&over, q, e.stress);
            count(&ratio, last(r, "overshoot_ratio"), e.stress / e.line);
        }
        vt_result_free(r);
    }
    judge(&stress, "free volume");
    judge(&eta, "free volume");
    judge(&m, "free volume");
    judge(&over, "free volume");
    judge(&ratio, "free volume");
    fprintf(stderr, "overshoot seen in %ld of %ld\n", seen, expected);
    CHECK((double)seen > 0.95 * (double)expected);
}

/* Null: elastic and viscous in series. A false overshoot in less than 1 % of the records; both kinds of control. The
 * pulls of these thousand viscosities have an rms of 1.06, for the box happens to draw its frictions with a standard
 * deviation 2.3 % above that of their range, and with the errors of the specimens: four other thousands of the same box
 * have 0.99, 1.00, 0.97 and 1.03. */
static void newtonian_flow_shows_no_overshoot(void)
{
    struct tally eta = {.what = "viscosity"};
    long seen = 0, other = 0;
    for (uint64_t k = 0; k < SETS; k++) {
        struct settings s;
        draw_box(&s, k);
        set_text(&s, "material", "newtonian");
        set_number(&s, "rates", pow(10.0, -4.0 + (double)(k % 100) / 100.0), "s-1");
        vt_result *r = round_trip(&s, NULL);
        if (!r) continue;
        const vti_compression_truth p = truth_of(&s);
        const vti_press_run run = truth_run(&p, p.rates.x[0]);
        seen += nth(r, "overshoot", NULL, 0) != NULL;
        other += nth(r, "class", "physics", 0)->q.value < 0.0;
        count(&eta, nth(r, "viscosity", NULL, 0), vti_creep_viscosity(&run.glass, run.T));
        vt_result_free(r);
    }
    judge(&eta, "newtonian");
    fprintf(stderr, "false overshoots: %ld of %d\n", seen, SETS);
    CHECK((double)seen < 0.01 * SETS);
    CHECK(other == seen);
}

/* An overshoot of five standard deviations of the noise of one reading, above the published 1 %, is seen in more than
 * 95 % of the records. */
static void an_overshoot_of_five_sigma_is_seen(void)
{
    struct settings s;
    draw_box(&s, 3);
    double rate = 1e-3, ratio = 0.0;
    for (; ratio < 0.02 && rate < 1.0; rate *= 1.1) {
        set_number(&s, "rates", rate, "s-1");
        const vti_compression_truth p = truth_of(&s);
        const vti_press_run run = truth_run(&p, rate);
        const struct excess e = true_overshoot(&run);
        ratio = e.stress / e.line;
    }
    long seen = 0;
    CHECK_BAND(ratio, 0.02, 0.05);
    set_number(&s, "force_noise", ratio / 5.0, "");
    for (uint64_t k = 0; k < SETS; k++) {
        set_number(&s, "seed", (double)(5000 + k), "");
        vt_result *r = round_trip(&s, NULL);
        seen += nth(r, "overshoot", NULL, 0) != NULL;
        vt_result_free(r);
    }
    fprintf(stderr, "overshoot of %.2f %% in noise of a fifth: seen %ld of %d\n", 100.0 * ratio, seen, SETS);
    CHECK((double)seen > 0.95 * SETS);
}

/* Newtonian specimens of several rates: the interval of m holds 1. */
static void newtonian_m_is_one(void)
{
    struct tally m = {.what = "rate_sensitivity"};
    for (uint64_t k = 0; k < SETS; k++) {
        struct settings s;
        draw_box(&s, k);
        set_text(&s, "material", "newtonian");
        set_text(&s, "rates", "1e-4,2e-4,4e-4,8e-4 s-1");
        vt_result *r = round_trip(&s, NULL);
        count(&m, nth(r, "rate_sensitivity", "physics", k % 4), 1.0);
        vt_result_free(r);
    }
    judge(&m, "newtonian");
}
