#pragma once
/* Round trips of P31: blurred two-edge profiles and slices from the virtual scanner, which is finer than the reduction
 * (voxels integrate, cupping is quadratic, both edges have a fringe, noise is correlated). TRIPS is set by the .c file.
 */
#include "round_trips.h"
#include <stdbool.h>

struct layer_case {
    const char *name;
    double SR, noise, correlation, within; /* nm; 1; 1; nm: half-width that holds 95 % of the values, 0: not checked */
    const char *set[6];                    /* further settings, key and text */
};

struct outcome {
    long n, told, within, warned_thin, refused;
    struct tally SR, ratio, diameter;
};

static inline void settings_of(const struct layer_case *c, bool slice, long trip, struct settings *s)
{
    set_text(s, "record", slice ? "slice" : "profile");
    set_text(s, "layer", c->SR > 0.0 ? "sharp" : "none");
    if (c->SR > 0.0) set_number(s, "layer_thickness", c->SR, "nm");
    set_number(s, "noise", c->noise, "");
    set_number(s, "correlation", c->correlation, "");
    for (int k = 0; k + 1 < 6 && c->set[k]; k += 2) set_text(s, c->set[k], c->set[k + 1]);
    set_number(s, "seed", (double)(1000 + trip), "");
}

static inline void one_trip(const struct layer_case *c, bool slice, long trip, struct outcome *o)
{
    struct settings truth = {0}, how = {0};
    settings_of(c, slice, trip, &truth);
    vt_result *r = there_and_back("tomography", &truth, &how);
    const vt_quantity *SR = quantity(r, "layer_thickness", NULL), *D = quantity(r, "diameter", NULL);
    size_t i = 0;
    o->n++;
    if (!r) o->refused++;
    if (SR) {
        size_t k = 0;
        o->told++;
        o->within += fabs(SR->value - 1e-9 * c->SR) <= 1e-9 * c->within;
        count(&o->SR, next(r, &i, "layer_thickness", NULL, NULL, NULL), 1e-9 * c->SR);
        if (c->SR > 0.0) count(&o->ratio, next(r, &k, "density_ratio", NULL, NULL, NULL), 0.8);
    }
    i = 0;
    if (D) count(&o->diameter, next(r, &i, "diameter", NULL, NULL, NULL), 20e-6);
    o->warned_thin += warned(r, "W_RESOLUTION", "");
    vt_result_free(r);
}

static inline struct outcome campaign(const struct layer_case *c, bool slice, long trips)
{
    struct outcome o = {
        .SR = {.what = "layer_thickness"}, .ratio = {.what = "density_ratio"}, .diameter = {.what = "diameter"}};
    for (long k = 0; k < trips; k++) one_trip(c, slice, k, &o);
    fprintf(stderr, "%s: n %ld told %ld within %.3g nm %ld thin %ld\n", c->name, o.n, o.told, c->within, o.within,
            o.warned_thin);
    return o;
}

/* A layer that is there: told, its interval covers (P 1.9), and the published half-width holds 95 % of the values. */
static inline void layer_is_found(const struct layer_case *c, bool slice, long trips)
{
    struct outcome o = campaign(c, slice, trips);
    CHECK(o.refused == 0);
    CHECK(20 * o.told >= 19 * o.n);
    if (c->within > 0.0) CHECK((double)o.within / (double)o.n >= 0.95 - 3.0 * sqrt(0.95 * 0.05 / (double)o.n));
    judge(&o.SR, c->name);
    judge(&o.ratio, c->name);
    if (slice) judge(&o.diameter, c->name);
}

/* No layer: a single edge in at least 95 % (P 11, row P31). */
static inline void no_layer_is_told(const struct layer_case *c, bool slice, long trips)
{
    const struct outcome o = campaign(c, slice, trips);
    CHECK(o.refused == 0);
    CHECK(20 * o.told <= o.n);
}
