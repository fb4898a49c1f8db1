#pragma once
/* Round trips of the map (P04, section 11), ROUND_TRIPS of each kind: ROUND_TRIPS is a constant of the program. Nine
 * alloys, six wires whose viscosities share an error of 11 % each; medians and scatter are drawn from a box. The sinh
 * law makes apparent viscosity and stress depend on each other, which the reduction does not know. */
#include "round_trips.h"
#include <vitrum/constants.h>

/* A map with this offset; *stress: median transition stress of the bulk alloys (Pa). */
static vt_result *map(double offset, uint64_t session, double *stress)
{
    struct settings truth = {0}, how = {0};
    vt_stream r;
    vt_stream_init(&r, 20204, vt_stream_purpose("roundtrip/flow"), session);
    *stress = 60e6 * pow(3.0, vt_stream_uniform(&r)); /* all of it within the stresses that are read */
    set_number(&truth, "transition_stress", 1e-6 * *stress, "MPa");
    set_number(&truth, "scatter", 0.1 + 0.2 * vt_stream_uniform(&r), "");
    set_number(&truth, "offset", offset, "");
    set_number(&truth, "seed", (double)(1000 + session), "");
    set_text(&how, "label", "class");
    return there_and_back("flow", &truth, &how);
}

static const vt_property *of_group(const vt_result *r, const char *name, const char *group)
{
    size_t i = 0;
    return r ? next(r, &i, name, NULL, group ? "group" : NULL, group) : NULL;
}

enum { OFFSET, SLOPE, BULK, NANO, QUANTITIES };

/* What the interval of the offset says of 1. */
static long maps(double offset, struct tally t[QUANTITIES])
{
    static const char *const WHAT[QUANTITIES] = {"offset", "slope", "bulk stress", "nano stress"};
    long other_than_1 = 0;
    memset(t, 0, QUANTITIES * sizeof *t);
    for (int k = 0; k < QUANTITIES; k++) t[k].what = WHAT[k];
    for (long session = 0; session < ROUND_TRIPS; session++) {
        double stress;
        vt_result *r = map(offset, (uint64_t)session + (offset > 1.0 ? 0 : 5000), &stress);
        const vt_property *f = of_group(r, "offset_factor", "nano");
        count(&t[OFFSET], f, offset);
        count(&t[SLOPE], of_group(r, "transition_slope", NULL), -1.0);
        count(&t[BULK], of_group(r, "transition_stress", "bulk"), stress);
        count(&t[NANO], of_group(r, "transition_stress", "nano"), offset * stress);
        const bool other = f && (f->q.low > 1.0 || f->q.high < 1.0);
        CHECK(other == !warned(r, "W_NO_OFFSET", "does not differ from 1"));
        other_than_1 += other;
        vt_result_free(r);
    }
    return other_than_1;
}

static void an_offset_of_4_is_recovered(void)
{
    struct tally t[QUANTITIES];
    const long seen = maps(4.0, t);
    for (int k = 0; k < QUANTITIES; k++) judge(&t[k], "offset 4");
    CHECK(seen == ROUND_TRIPS); /* ln 4 is more than six times its uncertainty */
}

/* An interval of 95 % misses 1 in 5 % of the maps: 0.05 + 3 sqrt(0.05 0.95/n). */
static void an_offset_of_1_is_not_invented(void)
{
    struct tally t[QUANTITIES];
    const double invented = (double)maps(1.0, t) / ROUND_TRIPS;
    for (int k = 0; k < QUANTITIES; k++) judge(&t[k], "offset 1");
    CHECK(invented <= 0.05 + 3.0 * sqrt(0.05 * 0.95 / ROUND_TRIPS));
}

CHECK_MAIN(CHECK_CASE(an_offset_of_4_is_recovered), CHECK_CASE(an_offset_of_1_is_not_invented))
