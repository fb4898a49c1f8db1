#pragma once
/* Round trips of sets: soft mounts, real softening, no effect (P19 size series, C2, C3, section 11). */
#include "roundtrip.h"

/* Three pieces of each kind, six indents each with six unloadings from 0.5 to 16 mN; scatter between pieces and indents
 * as glasses have it. */
static inline void draw_set(struct settings *s, uint64_t session)
{
    set_number(s, "seed", (double)(7000 + session), "");
    set_text(s, "groups", "rod,wire");
    set_text(s, "specimens", "3,3");
    set_text(s, "indents", "4");
    set_text(s, "cycles", "5");
    set_text(s, "loads", "16 mN");
    set_text(s, "modulus_specimens", "0.015");
    set_text(s, "hardness_specimens", "0.015");
    set_text(s, "modulus_indents", "0.01");
    set_text(s, "hardness_indents", "0.01");
    set_text(s, "approach", "0 nm");
    set_text(s, "sampling", "5 Hz");
    set_text(s, "loading_time", "6 s");
    set_text(s, "hold_time", "4 s");
    set_text(s, "unloading_time", "12 s");
    set_text(s, "drift_hold", "60 s");
    set_text(s, "drift", "0.02 nm/s");
    set_text(s, "spacing", "30 um");
}

static inline const vt_property *ratio(const vt_result *r, const char *name, const char *reading)
{
    size_t i = 0;
    return next(r, &i, name, reading, "group", "wire");
}

static inline bool holds(const vt_property *p, double truth)
{
    return p && p->q.low <= truth && truth <= p->q.high;
}

/* Soft mounts: every wire is flagged, its compliance covered, the corrected ratios within 3 % of 1. */
static inline void soft_mounts(long M)
{
    struct tally C = {.what = "structural_compliance"}, E = {.what = "modulus ratio"}, H = {.what = "hardness ratio"};
    long flagged = 0, wires = 0, false_alarms = 0, rods = 0;
    double worst = 0.0;
    for (long session = 0; session < M; session++) {
        struct settings truth = {0}, how = {0};
        draw_set(&truth, (uint64_t)session);
        set_text(&truth, "mount_compliances", "0,1.5 nm/mN");
        set_text(&how, "replicates", "500");
        set_text(&how, "epsilon", "exponent");
        vt_result *r = round_trip(&truth, &how);
        if (!r) continue;
        for (int k = 1; k <= 3; k++) {
            char name[24];
            size_t i = 0;
            snprintf(name, sizeof name, "wire %d", k);
            count(&C, next(r, &i, "structural_compliance", NULL, "specimen", name), 1.5e-6);
            flagged += warned(r, "W_COMPLIANCE", name);
            wires++;
            snprintf(name, sizeof name, "rod %d", k);
            false_alarms += warned(r, "W_COMPLIANCE", name);
            rods++;
        }
        const vt_property *e = ratio(r, "elastic_modulus_ratio", "physics");
        if (e) worst = fmax(worst, fabs(e->q.value - 1.0));
        count(&E, e, 1.0);
        count(&H, ratio(r, "hardness_ratio", "physics"), 1.0);
        vt_result_free(r);
    }
    /* The recovery above a soft mount is no power law: its fit, were it not made without the mount, would leave 1.3 %
     * of the compliance. 0.5 % is five standard deviations of the mean of 600. */
    CHECK_ABS(C.relative / (double)C.n, 0.0, 0.005);
    judge(&C, "soft mount");
    judge(&E, "soft mount");
    judge(&H, "soft mount");
    fprintf(stderr,
            "soft mount   flagged %ld of %ld wires, %ld of %ld rods; mean error of the ratio %+.2f %%, worst %.1f %%\n",
            flagged, wires, false_alarms, rods, 100.0 * E.relative / (double)E.n, 100.0 * worst);
    CHECK(flagged == wires);
    CHECK(false_alarms <= 0.07 * (double)rods); /* a 95 % interval lets 5 % through, and less by the 1 % rule */
    CHECK_ABS(E.relative / (double)E.n, 0.0, 0.03);
}

/* No effect at all, or a real one: what the ratios say. */
static inline void size_effect(long M, const char *modulus, const char *hardness)
{
    struct tally E = {.what = "modulus ratio"}, H = {.what = "hardness ratio"};
    long real = 0, said = 0;
    for (long session = 0; session < M; session++) {
        struct settings truth = {0}, how = {0};
        char list[64];
        draw_set(&truth, (uint64_t)session);
        snprintf(list, sizeof list, "1,%s", modulus);
        set_text(&truth, "modulus_ratios", list);
        snprintf(list, sizeof list, "1,%s", hardness);
        set_text(&truth, "hardness_ratios", list);
        set_text(&how, "replicates", "500");
        set_text(&how, "epsilon", "exponent");
        vt_result *r = round_trip(&truth, &how);
        if (!r) continue;
        const vt_property *e = ratio(r, "elastic_modulus_ratio", NULL), *h = ratio(r, "hardness_ratio", NULL);
        count(&E, e, strtod(modulus, NULL));
        count(&H, h, strtod(hardness, NULL));
        real++;
        said += !holds(e, 1.0);
        vt_result_free(r);
    }
    judge(&E, modulus);
    judge(&H, hardness);
    fprintf(stderr, "E ratio %s: an effect is reported in %ld of %ld\n", modulus, said, real);
    const double band = 3.0 * sqrt(0.95 * 0.05 / (double)real), share = (double)said / (double)real;
    if (strcmp(modulus, "1") == 0)
        CHECK_BAND(share, 0.0, 0.05 + band); /* none in 95 %, as far as M sessions can tell */
    else
        CHECK_BAND(share, 0.99, 1.0);
}

/* A soft mount under an instrument whose frame compliance is known badly: what the Jakes plot shows is the sum of both,
 * so that means without it do not depend on that of the frame, and C_s alone does. */
static void uncertain_frame(long M)
{
    struct tally C = {.what = "structural_compliance"}, E = {.what = "elastic_modulus"}, H = {.what = "hardness"};
    for (long session = 0; session < M; session++) {
        struct settings truth = {0}, how = {0};
        size_t i = 0, j = 0, k = 0;
        draw_set(&truth, (uint64_t)session);
        set_text(&truth, "groups", "wire");
        set_text(&truth, "specimens", "6");
        set_text(&truth, "indents", "3");
        set_text(&truth, "cycles", "4");
        set_text(&truth, "mount_compliances", "1.5 nm/mN");
        set_text(&truth, "frame_compliance", "0.3 nm/mN");
        set_text(&truth, "frame_error", "0.15 nm/mN");
        set_text(&how, "frame_compliance_u", "0.15 nm/mN");
        set_text(&how, "poisson_ratio_u", "0");
        set_text(&how, "beta_half_width", "0");
        set_text(&how, "area_u", "0");
        set_text(&how, "epsilon", "exponent");
        vt_result *r = round_trip(&truth, &how);
        if (!r) continue;
        count(&C, next(r, &i, "structural_compliance", NULL, "specimen", "wire 1"), 1.5e-6);
        count(&E, next(r, &j, "elastic_modulus", "physics", "group", "wire"), 100e9);
        count(&H, next(r, &k, "hardness", "physics", "group", "wire"), 5.5e9);
        vt_result_free(r);
    }
    judge(&C, "frame");
    judge(&E, "frame");
    judge(&H, "frame");
}
