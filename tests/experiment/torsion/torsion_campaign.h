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
 * 400 readings or more) it is chosen, and stiffness and thickness come back. */
static inline void clear_layers_are_found(uint64_t replicates)
{
    struct tally skin = {.what = "G_s SR, clear"}, SR = {.what = "SR, clear"}, g = {.what = "yield strain, clear"};
    long chosen = 0, closed = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct drawn d = draw_clear(k);
        struct settings how = {0};
        vt_result *r = round_trip(&d.truth, &how);
        const bool found = property(r, "layer_stiffness", "physics") != NULL;
        CHECK(!warned(r, "W_NOCONV", ""));
        chosen += found;
        if (found) {
            count(&skin, property(r, "layer_stiffness", "physics"), d.Gs * d.SR);
            count(&SR, property(r, "layer_thickness", "physics"), d.SR);
            count(&g, property(r, "yield_strain", "physics"), d.gamma);
            closed += property(r, "layer_thickness", "physics")->q.low > 0.0;
        }
        vt_result_free(r);
    }
    fprintf(stderr, "layered      chosen in %ld of %lu clear records; thickness bounded below in %ld\n", chosen,
            (unsigned long)replicates, closed);
    CHECK((double)chosen >= 0.95 * (double)replicates);
    judge(&skin, "layered");
    judge(&SR, "layered");
    judge(&g, "layered");
}

/* Selected intervals may cover more than their level, so the wide box is held from below only. */
static inline void judge_box(const struct tally *t, const char *of, bool all, double most_bias)
{
    const double n = (double)t->n, bias = t->pull / n;
    if (all) {
        judge(t, of);
        return;
    }
    fprintf(stderr, "%-12s %-20s n %4ld coverage %.3f pull %+.3f\n", of, t->what, t->n, (double)t->covered / n, bias);
    CHECK(t->n > 0);
    CHECK_BAND((double)t->covered / n, 0.95 - 3.0 * sqrt(0.95 * 0.05 / n), 1.0);
    CHECK_ABS(bias, 0.0, most_bias + 3.0 / sqrt(n));
}

/* The full box of section 11: some of its records cannot tell the layer from hardening (test_search.c shows that
 * knowing the thickness would not help), and then none is reported. Those that can are the ones whose noise makes the
 * layer large, so their mean error is not 0: 0.36 u of 200. With a noise of 0.05 %, where none is selected, it is 0.1
 * u. */
static inline void layers_of_the_wide_box_come_back(uint64_t replicates)
{
    static const char *const NAME[2] = {"wide box", "quiet box"};
    for (int quiet = 0; quiet < 2; quiet++) {
        struct tally skin = {.what = "G_s SR"}, SR = {.what = "SR"}, g = {.what = "yield strain"};
        for (uint64_t k = 0; k < replicates; k++) {
            struct drawn d = draw("layered", k);
            struct settings how = {0};
            if (quiet) {
                set_number(&d.truth, "torque_noise", 0.0005, "");
                set_number(&d.truth, "correlation", 0.0, "");
            }
            vt_result *r = round_trip(&d.truth, &how);
            CHECK(!warned(r, "W_NOCONV", ""));
            if (property(r, "layer_stiffness", "physics")) {
                count(&skin, property(r, "layer_stiffness", "physics"), d.Gs * d.SR);
                count(&SR, property(r, "layer_thickness", "physics"), d.SR);
                count(&g, property(r, "yield_strain", "physics"), d.gamma);
            }
            vt_result_free(r);
        }
        fprintf(stderr, "layered      chosen in %ld of %lu of the %s\n", skin.n, (unsigned long)replicates,
                NAME[quiet]);
        CHECK((double)skin.n >= (quiet ? 0.95 : 0.75) * (double)replicates);
        judge_box(&skin, NAME[quiet], quiet, 0.5);
        judge_box(&SR, NAME[quiet], quiet, 0.5);
        judge_box(&g, NAME[quiet], quiet, 0.2);
    }
}

/* The core yields within the record, at a strain of its own (ledger E7). */
static inline void cores_that_yield_are_told(uint64_t replicates)
{
    struct tally skin = {.what = "G_s SR"}, core = {.what = "yield strain of core"};
    for (uint64_t k = 0; k < replicates; k++) {
        struct drawn d = draw_clear(k);
        struct settings how = {0};
        vt_stream s;
        vt_stream_init(&s, 20214, vt_stream_purpose("torsion/core"), k);
        d.SR = 1e-6 * (1.5 + 1.5 * vt_stream_uniform(&s));
        const double core_yield = d.gamma * (1.3 + 0.2 * vt_stream_uniform(&s));
        set_number(&d.truth, "layer_thickness", 1e6 * d.SR, "um");
        set_number(&d.truth, "core_yield_strain", core_yield, "");
        set_number(&d.truth, "max_strain", d.gamma * 1.75, "");
        set_text(&d.truth, "torque_noise", "0.001");
        vt_result *r = round_trip(&d.truth, &how);
        CHECK(!warned(r, "W_NOCONV", ""));
        if (property(r, "layer_stiffness", "physics"))
            count(&skin, property(r, "layer_stiffness", "physics"), d.Gs * d.SR);
        if (property(r, "core_yield_strain", "physics"))
            count(&core, property(r, "core_yield_strain", "physics"), core_yield);
        vt_result_free(r);
    }
    fprintf(stderr, "core yields  layer chosen in %ld, yield of the core told in %ld of %lu\n", skin.n, core.n,
            (unsigned long)replicates);
    CHECK((double)skin.n >= 0.95 * (double)replicates);
    CHECK((double)core.n >= 0.95 * (double)replicates);
    judge(&skin, "core yields");
    judge(&core, "core yields");
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
            none += r && !property(r, "layer_stiffness", NULL);
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
