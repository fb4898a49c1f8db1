#pragma once
/* Standards there and back: melting edges, empty pan and sapphire of one virtual calorimeter, whose scale of
 * temperature, thermal resistance, lag, gain and pan are known, and a glass reduced with them. ROUND_TRIPS is set by
 * the .c file. */
#include "experiment/calorimetry/p21.h"
#include <vitrum/calorimeter.h>

enum { INDIUM, ZINC, PAN, SAPPHIRE, GLASS, RECORDS };

/* One calorimeter for each draw: offset, slope, resistance, gain with its slope, pan. */
static inline struct settings standards_box(uint64_t k)
{
    struct settings s = {0};
    vt_stream r;
    vt_stream_init(&r, 2022, vt_stream_purpose("roundtrip/standards"), k);
    set_number(&s, "calorimeter", (double)(9000 + k), "");
    set_number(&s, "scale_offset", -4.0 + 8.0 * vt_stream_uniform(&r), "K");
    set_number(&s, "scale_slope", -0.004 + 0.008 * vt_stream_uniform(&r), "");
    set_number(&s, "thermal_resistance", 40.0 + 80.0 * vt_stream_uniform(&r), "K/W");
    set_number(&s, "response", 1.5 + 3.0 * vt_stream_uniform(&r), "s");
    set_number(&s, "gain_slope", -5e-5 + 1e-4 * vt_stream_uniform(&r), "K-1");
    set_number(&s, "pan_heat_capacity", 4.0 * vt_stream_uniform(&r), "mJ/K");
    set_number(&s, "pan_curvature", -0.03 + 0.06 * vt_stream_uniform(&r), "mW");
    return s;
}

/* Settings of one of its records. Zeros of heat flow scatter by 0.05 mW, whatever the mass. */
static inline struct settings standards_record(const struct settings *box, int record, uint64_t k)
{
    struct settings s = *box;
    const double mg[RECORDS] = {5.0, 5.0, 10.0, 25.0, 10.0};
    const char *const name[RECORDS] = {"melting", "melting", "pan", "sapphire", "pair"};
    set_text(&s, "record", name[record]);
    set_number(&s, "mass", mg[record], "mg");
    set_number(&s, "offset", 50.0 / mg[record], "mW/g");
    set_number(&s, "drift", 5.0 / mg[record], "mW/g");
    set_number(&s, "noise", 7.0 / mg[record], "mW/g"); /* as of 5 at 0.2 K */
    set_text(&s, "spacing", "0.1 K");                  /* the same for all: the response is late by half of it */
    set_number(&s, "seed", (double)(40000 + 10 * k) + record, "");
    if (record == INDIUM || record == ZINC) {
        set_text(&s, "begin", record == INDIUM ? "395 K" : "655 K");
        set_text(&s, "end", record == INDIUM ? "470 K" : "730 K");
        set_text(&s, "substance", record == INDIUM ? "indium" : "zinc");
        set_text(&s, "fusion_enthalpy", record == INDIUM ? "28.6 J/g" : "107.5 J/g");
        set_text(&s, "melt_heat_capacity", record == INDIUM ? "0.25 J/(g K)" : "0.46 J/(g K)");
    }
    return s;
}

/* What the instrument writes where the substance melts, in a steady scan: scale, resistance, response. */
static inline double standards_onset(struct settings *s)
{
    vti_calorimetry_truth p;
    double T_m = 0.0;
    read_truth(VTI_CALORIMETRY_TRUTH, s, &p);
    CHECK(vt_melting_point(p.substance, &T_m, NULL));
    const vti_calorimetry_box box = vti_calorimetry_box_of(&p, 0); /* by its calorimeter, whatever the seed */
    /* Its response answers to the mean of a step, half of which is past. */
    const double behind =
        p.heating_rate * (p.thermal_resistance * p.mass * p.melt_heat_capacity + p.response) - 0.5 * p.spacing;
    return vti_calorimetry_scale(&p, &box, T_m + behind);
}

static inline const vt_property *of_standard(const vt_result *r, const char *name, const char *standard)
{
    size_t i = 0;
    return r ? next(r, &i, name, NULL, "standard", standard) : NULL;
}

static inline const vt_property *of_scan(const vt_result *r, const char *name, const char *scan)
{
    size_t i = 0;
    return r ? next(r, &i, name, NULL, "scan", scan) : NULL;
}

/* The glass as a perfect calorimeter of the same draw sees it: scale right, no resistance, no response, pans alike. */
static inline double standards_midpoint(const struct settings *glass)
{
    struct settings s = *glass, how = {0};
    set_text(&s, "scale_offset", "0 K");
    set_text(&s, "scale_slope", "0");
    set_text(&s, "temperature_error", "0 K");
    set_text(&s, "thermal_resistance", "");
    set_text(&s, "response", "0 s");
    set_text(&s, "gain_slope", "0 K-1");
    set_text(&s, "pan_curvature", "0 mW");
    vt_result *r = there_and_back("calorimetry", &s, &how);
    const vt_property *p = of_scan(r, "glass_transition_midpoint", "heating 2");
    const double T = p ? p->q.value : (double)NAN;
    vt_result_free(r);
    return T;
}

static inline void standards_campaign(const char *of, bool slow)
{
    struct tally in = {.what = "onset of indium"}, zn = {.what = "onset of zinc"}, R = {.what = "thermal resistance"},
                 Tg = {.what = "glass transition"}, glass = {.what = "glass heat capacity"},
                 liquid = {.what = "liquid heat capacity"}, H = {.what = "relaxation enthalpy"};
    for (long k = 0; k < ROUND_TRIPS; k++) {
        const struct settings box = standards_box((uint64_t)k);
        struct settings s[RECORDS];
        vt_table *t[RECORDS] = {0};
        vt_result *r = NULL;
        vt_error err = {0};
        vti_calorimetry_truth p;
        for (int i = 0; i < RECORDS; i++) {
            s[i] = standards_record(&box, i, (uint64_t)k);
            if (slow && (i == INDIUM || i == ZINC)) set_text(&s[i], "heating_rate", "10 K/min");
            t[i] = simulated("calorimetry", &s[i], &err);
        }
        const vt_request in_all = {.raw = (const vt_table *const *)t, .nraw = RECORDS};
        CHECK_OK(vt_reduce(vt_experiment_find("calorimetry"), &in_all, &r, &err), &err);
        read_truth(VTI_CALORIMETRY_TRUTH, &s[GLASS], &p);
        count(&in, of_standard(r, "calibrant_onset", "indium"), standards_onset(&s[INDIUM]));
        count(&zn, of_standard(r, "calibrant_onset", "zinc"), standards_onset(&s[ZINC]));
        count(&R, of_standard(r, "thermal_resistance", "zinc"), p.thermal_resistance);
        count(&Tg, of_scan(r, "glass_transition_midpoint", "heating 2"), standards_midpoint(&s[GLASS]));
        const vt_property *c = of_scan(r, "glass_heat_capacity", "heating 2");
        const vt_property *mid = of_scan(r, "glass_transition_midpoint", "heating 2");
        const double away = mid ? mid->q.value - p.glass_transition : (double)NAN;
        const double truth = p.glass_heat_capacity + p.glass_heat_slope * away;
        count(&glass, c, truth);
        count(&liquid, of_scan(r, "liquid_heat_capacity", "heating 2"),
              truth + p.heat_capacity_step + p.step_slope * away);
        count(&H, p21_enthalpy(r, "physics"), 8000.0);
        vt_result_free(r);
        for (int i = 0; i < RECORDS; i++) vt_table_free(t[i]);
    }
    judge(&in, of);
    judge(&zn, of);
    judge(&R, of);
    /* At another rate from below: the lag counts with the 10 % that real decays differ by from one exponential, while
     * that of the virtual calorimeter is one (0.981 of 1000). */
    judge_side(&Tg, of, slow);
    judge(&glass, of);
    judge(&liquid, of);
    judge(&H, of);
}

static inline void standards_are_covered(void)
{
    standards_campaign("standards", false);
}

/* What melts was heated at 10 K/min, all else at 20 K/min: the lag is taken from the decay after its peaks. */
static inline void slow_standards_are_covered(void)
{
    standards_campaign("slow melting", true);
}
