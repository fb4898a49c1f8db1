#pragma once
/* Fictive temperature of glasses as made, there and back: the virtual piece relaxes by its own law (Tool, Narayanaswamy
 * and Moynihan), whose fictive temperature before each run is known. ROUND_TRIPS is set by the .c file. */
#include "experiment/calorimetry/p21.h"

/* Fictive temperatures before the first and before the second run. */
static inline void p21_fictive(struct settings *s, double *made, double *again)
{
    vti_calorimetry_truth p;
    vt_error err = {0};
    read_truth(VTI_CALORIMETRY_TRUTH, s, &p);
    const vt_tnm law = vti_calorimetry_truth_law(&p);
    vt_tnm_leg leg[5] = {{p.begin, p.making_rate, 0.0}};
    size_t n = 1, from[6];
    if (p.anneal_temperature > p.begin) {
        leg[n++] = (vt_tnm_leg){p.anneal_temperature, p.heating_rate, 0.0};
        leg[n++] = (vt_tnm_leg){p.anneal_temperature, 0.0, p.anneal_time};
        leg[n++] = (vt_tnm_leg){p.begin, p.heating_rate, 0.0};
    }
    const vt_tnm_leg once = {p.begin, p.rerun_rate, 0.0};
    const vt_tnm_program first = {p.making_temperature, n, leg, 0.5, 20}, second = {p.end, 1, &once, 0.5, 20};
    vt_tnm_walk w;
    CHECK_OK(vt_tnm_walk_make(&law, &first, 0.0, 0.0, from, &w, &err), &err);
    *made = w.n ? w.Tf[from[n]] : (double)NAN;
    vt_tnm_walk_free(&w);
    CHECK_OK(vt_tnm_walk_make(&law, &second, 0.0, 0.0, from, &w, &err), &err);
    *again = w.n ? w.Tf[from[1]] : (double)NAN;
    vt_tnm_walk_free(&w);
}

static inline const vt_property *p21_fictive_found(const vt_result *r, const char *scan)
{
    size_t i = 0;
    return r ? next(r, &i, "fictive_temperature", NULL, "scan", scan) : NULL;
}

/* The lag of the virtual calorimeter, its response, is told, as a melting edge tells it. */
static inline void fictive_campaign(const char *of, long n, p21_change *change)
{
    struct tally first = {.what = "as made, by enthalpy"}, second = {.what = "second scan"};
    for (long k = 0; k < n; k++) {
        struct settings s = p21_box((uint64_t)k), how = {0};
        vt_stream r;
        double made, again;
        vt_stream_init(&r, 78, vt_stream_purpose("roundtrip/fictive"), (uint64_t)k);
        change(&s, &r);
        set_text(&how, "thermal_lag", "3 s");
        p21_fictive(&s, &made, &again);
        vt_result *result = there_and_back("calorimetry", &s, &how);
        count(&first, p21_fictive_found(result, "heating 1, by enthalpy"), made);
        count(&second, p21_fictive_found(result, "heating 2"), again);
        vt_result_free(result);
    }
    judge(&first, of);
    judge(&second, of);
}

static inline void fresh_glass(struct settings *s, vt_stream *r)
{
    p21_relaxed(s, r);
}

static inline void fresh_glass_is_covered(void)
{
    fictive_campaign("fresh", ROUND_TRIPS, fresh_glass);
}

/* Annealed below the transition after it was made: it stores less than the second scan, or about as much. */
static inline void aged_glass(struct settings *s, vt_stream *r)
{
    p21_relaxed(s, r);
    set_number(s, "anneal_temperature", 530.0 + 15.0 * vt_stream_uniform(r), "K");
    set_number(s, "anneal_time", 1.0 + 20.0 * vt_stream_uniform(r), "h");
}

static inline void aged_glass_is_covered(void)
{
    fictive_campaign("aged", ROUND_TRIPS, aged_glass);
}

/* Made at any rate and aged for minutes to a month: overshoots as high as melting, transitions 20 K late. */
static inline void old_glass(struct settings *s, vt_stream *r)
{
    p21_relaxed(s, r);
    set_number(s, "making_rate", pow(10.0, -2.0 + 8.0 * vt_stream_uniform(r)), "K/s");
    set_number(s, "anneal_temperature", 470.0 + 85.0 * vt_stream_uniform(r), "K");
    set_number(s, "anneal_time", pow(10.0, -1.0 + 4.0 * vt_stream_uniform(r)), "h");
}

static inline void old_glass_is_covered(void)
{
    fictive_campaign("old", ROUND_TRIPS, old_glass);
}
