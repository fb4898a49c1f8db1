#pragma once
/* Round trips of single indents through their unloading (P18, P19). */
#include "roundtrip.h"

/* What a reader is told of the virtual instrument without errors of calibration. */
static void exact_calibration(struct settings *how)
{
    set_text(how, "poisson_ratio_u", "0");
    set_text(how, "beta_half_width", "0");
    set_text(how, "area_u", "0");
    set_text(how, "epsilon", "exponent");
    set_text(how, "structural_compliance", "off");
}

enum { OF_E, OF_H, OF_S, OF_H_C, OF_A, OF_M, QUANTITIES };
static const char *const PROPERTY[QUANTITIES] = {"elastic_modulus", "hardness",     "contact_stiffness",
                                                 "contact_depth",   "contact_area", "unloading_exponent"};

static void count_indent(struct tally t[QUANTITIES], const vt_result *r, const struct contact *c, double m)
{
    const double truth[QUANTITIES] = {c->E, c->H, c->S, c->h_c, c->A, m};
    for (size_t k = 0; k < QUANTITIES; k++) {
        size_t i = 0;
        count(&t[k], next(r, &i, PROPERTY[k], NULL, "test", NULL), truth[k]);
    }
}

/* M sessions of one indent each, each in another material under another tip. */
static void unloading_campaign(long M, const char *name, void (*more)(struct settings *truth, struct settings *how))
{
    struct tally t[QUANTITIES];
    memset(t, 0, sizeof t);
    for (size_t k = 0; k < QUANTITIES; k++) t[k].what = PROPERTY[k];
    for (long session = 0; session < M; session++) {
        struct settings truth = {0}, how = {0};
        draw_box(&truth, (uint64_t)session);
        set_text(&truth, "indents", "1");
        exact_calibration(&how);
        more(&truth, &how);
        vt_result *r = round_trip(&truth, &how);
        const vti_indent_truth p = truth_of(&truth);
        const struct contact c = true_contact(&truth, p.loads.x[0]);
        if (r) count_indent(t, r, &c, p.exponent);
        vt_result_free(r);
    }
    for (size_t k = 0; k < QUANTITIES; k++) judge(&t[k], name);
}

/* Depth counts from the surface: noise, drift, creep and fit alone. */
static void noise_alone(struct settings *truth, struct settings *how)
{
    (void)how;
    set_text(truth, "approach", "0 nm");
}
/* The zero point must be found as well, with an offset of depth and load. */
static void with_approach(struct settings *truth, struct settings *how)
{
    (void)how;
    set_text(truth, "depth_offset", "-37 nm");
    set_text(truth, "load_offset", "4 uN");
}
static void correlated_noise(struct settings *truth, struct settings *how)
{
    noise_alone(truth, how);
    set_text(truth, "noise_correlation", "0.6");
}
/* What the calibration states is off by what it states to be its uncertainty. */
static void uncertain_calibration(struct settings *truth, struct settings *how)
{
    noise_alone(truth, how);
    set_text(truth, "area_error", "0.015");
    set_text(truth, "poisson_error", "0.02");
    set_text(truth, "frame_error", "0.02 nm/mN");
    set_text(truth, "load_error", "0.004");
    set_text(how, "area_u", "0.015");
    set_text(how, "poisson_ratio_u", "0.02");
    set_text(how, "frame_compliance_u", "0.02 nm/mN");
    set_text(how, "load_u", "0.004");
}
/* No hold tells the drift, its uncertainty is stated: it moves the depth and tilts the unloading. */
static void unknown_drift(struct settings *truth, struct settings *how)
{
    noise_alone(truth, how);
    set_text(truth, "drift", "0 nm/s");
    set_text(truth, "drift_scatter", "0.03 nm/s");
    set_text(truth, "drift_hold", "0 s");
    set_text(how, "drift_u", "0.03 nm/s");
}
