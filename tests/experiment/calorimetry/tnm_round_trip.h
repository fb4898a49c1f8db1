#pragma once
/* Round trips of the fitted relaxation law: heat capacities after coolings at several rates (record rates), through the
 * production code, with the sets of B2O3 and polystyrene of targets T7. */
#include "round_trips.h"
#include "glass/tnm_sets.h"

static inline struct settings tnm_truth(const tnm_set *s, uint64_t seed)
{
    struct settings t = {0};
    set_text(&t, "record", "rates");
    set_text(&t, "cooling_rates", "1,30 K/min");
    set_number(&t, "glass_transition", s->p.dh_R / (log(100.0) - s->p.ln_A), "K");
    set_number(&t, "activation", s->p.dh_R, "K");
    set_number(&t, "nonlinearity", s->p.x, "");
    set_number(&t, "beta", s->p.beta, "");
    set_number(&t, "begin", s->cold + 0.25 * (s->hot - s->cold), "K");
    set_number(&t, "end", s->hot, "K");
    set_number(&t, "making_temperature", s->hot + 7.0, "K");
    set_number(&t, "seed", (double)seed, "");
    return t;
}

static const char *const TNM_NAME[4] = {"relaxation_temperature", "relaxation_activation", "nonlinearity",
                                        "stretching_exponent"};

/* n round trips of a set, counted parameter by parameter. */
static inline void tnm_campaign(const tnm_set *s, long n, struct tally tally[4])
{
    const double truth[4] = {s->p.dh_R / (log(100.0) - s->p.ln_A), s->p.dh_R, s->p.x, s->p.beta};
    for (long k = 0; k < n; k++) {
        struct settings t = tnm_truth(s, 900 + (uint64_t)k), how = {0};
        vt_result *r = there_and_back("calorimetry", &t, &how);
        for (size_t j = 0; r && j < 4; j++) {
            size_t at = 0;
            tally[j].what = TNM_NAME[j];
            count(&tally[j], next(r, &at, TNM_NAME[j], NULL, NULL, NULL), truth[j]);
        }
        vt_result_free(r);
    }
}
