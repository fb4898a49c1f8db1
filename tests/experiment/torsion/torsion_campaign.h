#pragma once
/* Round trips of the experiment `torsion` (P29, P30, section 11): the virtual tester writes raw records, the production
 * code reduces them, the truth is compared. Shared by the campaigns of `make check` and the long ones. */
#include "round_trips.h"

static inline vt_result *round_trip(struct settings *truth, struct settings *how)
{
    return there_and_back("torsion", truth, how);
}

static inline const vt_property *property(const vt_result *r, const char *name, const char *reading)
{
    return r ? vt_result_find(r, name, reading, NULL, 0.0) : NULL;
}

/* Box of section 11: torque noise 0.1 to 0.5 %, angle 0.1 %, diameter 0.5 %; four diameters of the paper. */
struct drawn {
    struct settings truth;
    double G, Gs, SR, gamma;
};

static inline struct drawn draw(const char *wire, uint64_t k)
{
    static const double D[] = {52, 70, 88, 108};
    struct drawn d = {0};
    vt_stream s;
    vt_stream_init(&s, 20211, vt_stream_purpose("torsion/box"), k);
    d.G = 28e9 + 8e9 * vt_stream_uniform(&s);
    d.Gs = d.G * (0.6 + 0.3 * vt_stream_uniform(&s));
    d.SR = 1e-6 * (0.4 + 2.6 * vt_stream_uniform(&s));
    d.gamma = 0.023 + 0.004 * vt_stream_uniform(&s);
    set_text(&d.truth, "wire", wire);
    set_number(&d.truth, "seed", (double)(7000 + k), "");
    set_number(&d.truth, "diameter", D[k % 4], "um");
    set_number(&d.truth, "gauge_length", 1.7 * D[k % 4] / 52.0, "mm");
    set_number(&d.truth, "core_modulus", 1e-9 * d.G, "GPa");
    set_number(&d.truth, "layer_modulus", 1e-9 * d.Gs, "GPa");
    set_number(&d.truth, "layer_thickness", 1e6 * d.SR, "um");
    set_number(&d.truth, "yield_strain", d.gamma, "");
    set_number(&d.truth, "max_strain", d.gamma * (1.3 + 0.4 * vt_stream_uniform(&s)), "");
    set_number(&d.truth, "torque_noise", 0.001 + 0.004 * vt_stream_uniform(&s), "");
    set_number(&d.truth, "correlation", 0.6 * vt_stream_uniform(&s), "");
    set_number(&d.truth, "toe", 0.06 * vt_stream_uniform(&s), "rad");
    set_number(&d.truth, "points", 400.0 + floor(1600.0 * vt_stream_uniform(&s)), "");
    return d;
}

static inline struct drawn draw_clear(uint64_t k)
{
    struct drawn d = draw("layered", 4 * k); /* 52 um */
    vt_stream s;
    vt_stream_init(&s, 20212, vt_stream_purpose("torsion/clear"), k);
    d.SR = 1e-6 * (0.5 + 2.5 * vt_stream_uniform(&s));
    set_number(&d.truth, "layer_thickness", 1e6 * d.SR, "um");
    set_number(&d.truth, "max_strain", d.gamma * (1.4 + 0.3 * vt_stream_uniform(&s)), "");
    set_number(&d.truth, "torque_noise", 0.001 + 0.002 * vt_stream_uniform(&s), "");
    set_number(&d.truth, "correlation", 0.0, "");
    return d;
}

/* Case (a): one material. No layer may be seen, and modulus and yield come back. */
static inline void homogeneous_shows_no_layer(uint64_t replicates)
{
    struct tally G = {.what = "G_app"}, g = {.what = "yield strain"}, paper = {.what = "G_app, paper"};
    long none = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct drawn d = draw("homogeneous", k);
        struct settings how = {0};
        vt_result *r = round_trip(&d.truth, &how);
        none += warned(r, "W_LAYER_NOT_IDENTIFIED", "no layer") && !property(r, "layer_stiffness", NULL);
        count(&G, property(r, "apparent_shear_modulus", "physics"), d.G);
        count(&paper, property(r, "apparent_shear_modulus", "paper"), d.G);
        count(&g, property(r, "yield_strain", "physics"), d.gamma);
        vt_result_free(r);
    }
    fprintf(stderr, "homogeneous  no layer in %ld of %lu\n", none, (unsigned long)replicates);
    CHECK((double)none >= 0.95 * (double)replicates);
    judge(&G, "homogeneous");
    judge(&paper, "homogeneous");
    judge(&g, "homogeneous");
}

/* Case (b): a layer on an elastic core. In the box of the numerical test of P30 (52 um, 0.5 um or more, noise to 0.3 %,
 * 400 readings or more) it is chosen; in the wide box some records are too noisy to tell it from hardening, and then
 * none is reported. Where it is, its stiffness comes back. */
static inline void layer_on_an_elastic_core_is_found(uint64_t replicates)
{
    struct tally skin = {.what = "G_s SR"}, g = {.what = "yield strain"}, clear = {.what = "G_s SR, clear"},
                 thickness = {.what = "SR where bounded, clear"};
    long chosen = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct drawn d = draw("layered", k);
        struct settings how = {0};
        vt_result *r = round_trip(&d.truth, &how);
        if (property(r, "layer_stiffness", "physics")) {
            count(&skin, property(r, "layer_stiffness", "physics"), d.Gs * d.SR);
            count(&g, property(r, "yield_strain", "physics"), d.gamma);
        }
        vt_result_free(r);
        d = draw_clear(k);
        r = round_trip(&d.truth, &how);
        chosen += property(r, "layer_stiffness", "physics") != NULL;
        count(&clear, property(r, "layer_stiffness", "physics"), d.Gs * d.SR);
        if (property(r, "layer_thickness", "physics"))
            count(&thickness, property(r, "layer_thickness", "physics"), d.SR);
        vt_result_free(r);
    }
    fprintf(stderr, "layered      chosen in %ld of %lu clear records, in %ld of the wide box\n", chosen,
            (unsigned long)replicates, skin.n);
    CHECK((double)chosen >= 0.95 * (double)replicates);
    judge(&clear, "layered");
    /* Reported only where the profile closes on both sides, hence selected: 0.92 of 200 where 0.95 is asked, as the
     * page of the experiment says. */
    CHECK_BAND((double)thickness.covered / (double)thickness.n, 0.88, 1.0);
    CHECK_ABS(thickness.pull / (double)thickness.n, 0.0, 0.2 + 3.0 / sqrt((double)thickness.n));
    fprintf(stderr, "layered      %s: %ld of %ld covered\n", thickness.what, thickness.covered, thickness.n);
    /* Of the wide box only the records that showed their layer are counted, so coverage is held from below: 0.975 of
     * 805, where the band of an unselected campaign ends at 0.973. */
    judge_side(&skin, "layered", true);
    judge(&g, "layered");
}

/* Case (c) and others that have no layer on an elastic core. */
static inline void no_other_wire_shows_a_layer(uint64_t replicates)
{
    static const char *const wire[] = {"equal_yield", "hardening"};
    for (int w = 0; w < 2; w++) {
        long none = 0;
        for (uint64_t k = 0; k < replicates; k++) {
            struct drawn d = draw(wire[w], k);
            struct settings how = {0};
            vt_result *r = round_trip(&d.truth, &how);
            none += !property(r, "layer_stiffness", NULL);
            vt_result_free(r);
        }
        fprintf(stderr, "%-12s no layer in %ld of %lu\n", wire[w], none, (unsigned long)replicates);
        CHECK((double)none >= 0.95 * (double)replicates);
    }
}

/* One material, seen through a drift of up to 2 %, a toe, a slip and a soft machine; every second one graded. A layer
 * must not come from the instrument. */
static inline void no_disturbance_makes_a_layer(uint64_t replicates)
{
    long none = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct drawn d = draw(k % 2 ? "graded" : "homogeneous", k);
        struct settings how = {0};
        vt_stream s;
        vt_stream_init(&s, 20213, vt_stream_purpose("torsion/disturbed"), k);
        set_number(&d.truth, "drift", 0.04 * (vt_stream_uniform(&s) - 0.5), "");
        set_number(&d.truth, "toe", 0.2 * vt_stream_uniform(&s), "rad");
        set_number(&d.truth, "slip", vt_stream_uniform(&s) < 0.5 ? 0.0 : 0.06 * vt_stream_uniform(&s), "rad");
        set_number(&d.truth, "slip_strain", d.gamma * (0.3 + 0.9 * vt_stream_uniform(&s)), "");
        vt_result *r = round_trip(&d.truth, &how);
        none += r && !property(r, "layer_stiffness", NULL);
        vt_result_free(r);
    }
    fprintf(stderr, "disturbed    no layer in %ld of %lu\n", none, (unsigned long)replicates);
    CHECK((double)none >= 0.95 * (double)replicates);
}
