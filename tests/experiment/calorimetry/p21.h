#pragma once
/* Round trips of calorimetry (P21, section 11): the virtual calorimeter writes two runs of a piece, the production code
 * reduces them, the released enthalpy is compared. ROUND_TRIPS is set by the .c file. */
#include "round_trips.h"
#include "experiment/calorimetry/calorimetry_truth.h"

/* Box around the numbers of section 11; one draw for each piece. */
static inline struct settings p21_box(uint64_t piece)
{
    struct settings s = {0};
    vt_stream r;
    vt_stream_init(&r, 2021, vt_stream_purpose("roundtrip/calorimetry"), piece);
    set_number(&s, "exotherms", 4.0 + 8.0 * vt_stream_uniform(&r), "J/g");
    set_number(&s, "exotherm_temperatures", 500.0 + 20.0 * vt_stream_uniform(&r), "K");
    set_number(&s, "exotherm_widths", 15.0 + 8.0 * vt_stream_uniform(&r), "K");
    set_number(&s, "glass_transition", 574.0 + 8.0 * vt_stream_uniform(&r), "K");
    set_number(&s, "mass", 5.0 + 15.0 * vt_stream_uniform(&r), "mg");
    set_number(&s, "heat_capacity_step", 0.15 + 0.1 * vt_stream_uniform(&r), "J/(g K)");
    set_number(&s, "seed", (double)(5000 + piece), "");
    return s;
}

/* Released enthalpy of the truth with these settings, J/kg. */
static inline double p21_truth(struct settings *s)
{
    vti_calorimetry_truth p;
    vt_error err = {0};
    double released = (double)NAN;
    rows(s);
    CHECK_OK(vt_param_defaults(VTI_CALORIMETRY_TRUTH, &p, &err), &err);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") != 0)
            CHECK_OK(vt_param_set(VTI_CALORIMETRY_TRUTH, &p, NULL, s->row[i].key, s->row[i].text, &err), &err);
    const size_t n = vti_calorimetry_readings(&p);
    double *heat = malloc(2 * n * sizeof *heat);
    if (!heat) abort();
    CHECK_OK(vti_calorimetry_heat(&p, heat, heat + n, &released, &err), &err);
    free(heat);
    return released;
}

static inline const vt_property *p21_enthalpy(const vt_result *r, const char *reading)
{
    size_t i = 0;
    return r ? next(r, &i, "relaxation_enthalpy", reading, NULL, NULL) : NULL;
}

typedef void p21_change(struct settings *s, vt_stream *r);

static inline void p21_campaign(const char *of, long n, p21_change *change)
{
    struct tally t = {.what = "relaxation_enthalpy"};
    for (long k = 0; k < n; k++) {
        struct settings s = p21_box((uint64_t)k), how = {0};
        vt_stream r;
        vt_stream_init(&r, 77, vt_stream_purpose("roundtrip/change"), (uint64_t)k);
        if (change) change(&s, &r);
        vt_result *result = there_and_back("calorimetry", &s, &how);
        count(&t, p21_enthalpy(result, "physics"), p21_truth(&s));
        vt_result_free(result);
    }
    judge(&t, of);
}

/* ---- cases ---- */

static inline void p21_curved(struct settings *s, vt_stream *r)
{
    set_number(s, "curvature", -3.0 + 6.0 * vt_stream_uniform(r), "mW/g");
}

static inline void p21_two(struct settings *s, vt_stream *r)
{
    const double H = 4.0 + 8.0 * vt_stream_uniform(r);
    char text[64];
    snprintf(text, sizeof text, "%.6g,%.6g J/g", 0.4 * H, 0.6 * H);
    set_text(s, "exotherms", text);
    set_text(s, "exotherm_temperatures", "488,530 K");
    set_text(s, "exotherm_widths", "13,16 K");
}

/* With a base line that bends, too: the interval always allows for one. */
static inline void p21_relaxed(struct settings *s, vt_stream *r)
{
    p21_curved(s, r);
    set_text(s, "model", "relaxation");
    set_number(s, "making_rate", pow(10.0, 1.0 + 3.0 * vt_stream_uniform(r)), "K/s");
    set_number(s, "nonlinearity", 0.4 + 0.15 * vt_stream_uniform(r), "");
    set_number(s, "beta", 0.6 + 0.15 * vt_stream_uniform(r), "");
}

static inline void p21_null(struct settings *s, vt_stream *r)
{
    (void)r;
    set_text(s, "exotherms", "0 J/g");
}

static inline void straight_base_lines_are_covered(void)
{
    p21_campaign("straight", ROUND_TRIPS, NULL);
}

static inline void bent_base_lines_are_covered(void)
{
    p21_campaign("bent", ROUND_TRIPS, p21_curved);
}

static inline void two_exotherms_are_covered(void)
{
    p21_campaign("two", ROUND_TRIPS, p21_two);
}

/* Finer physics than the reduction: the release goes on into the transition, the overshoots differ. */
static inline void relaxing_glass_is_covered(void)
{
    p21_campaign("relaxation", ROUND_TRIPS, p21_relaxed);
}

/* Section 11, null: 0 within 2 u, as often as a normal variable is. */
static inline void identical_runs_release_nothing(void)
{
    long inside = 0, n = 0;
    for (long k = 0; k < ROUND_TRIPS; k++, n++) {
        struct settings s = p21_box((uint64_t)k), how = {0};
        p21_null(&s, NULL);
        vt_result *r = there_and_back("calorimetry", &s, &how);
        const vt_property *p = p21_enthalpy(r, "physics");
        inside += p && fabs(p->q.value) <= 2.0 * p->q.u;
        vt_result_free(r);
    }
    fprintf(stderr, "%-12s %ld of %ld within 2 u of 0\n", "identical", inside, n);
    CHECK_BAND((double)inside / (double)n, 0.9545 - 3.0 * sqrt(0.9545 * 0.0455 / (double)n), 1.0);
}
