#pragma once
/* Round trips through continuous stiffness (P20). */
#include "roundtrip.h"

static inline void exact_csm(struct settings *how)
{
    set_text(how, "poisson_ratio_u", "0");
    set_text(how, "beta_half_width", "0");
    set_text(how, "area_u", "0");
    set_text(how, "epsilon_half_width", "0");
    set_text(how, "structural_compliance", "off");
    set_text(how, "method", "csm");
    set_text(how, "csm_bias", "correct");
    set_text(how, "zero", "file"); /* depth counts from the surface: the first readings are in contact, not in air */
    set_text(how, "drift", "correct");
}

/* Modulus and hardness of the plateau. M sessions of one indent, each in another material under another tip. */
static inline void csm_campaign(long M, const char *correlation)
{
    struct tally E = {.what = "elastic_modulus"}, H = {.what = "hardness"};
    for (long session = 0; session < M; session++) {
        struct settings truth = {0}, how = {0};
        draw_box(&truth, (uint64_t)session);
        set_text(&truth, "mode", "csm");
        set_text(&truth, "sampling", "4 Hz");
        set_text(&truth, "indents", "1");
        set_text(&truth, "approach", "0 nm");
        set_text(&truth, "epsilon", "0.75"); /* a reading has no exponent from which another would follow */
        set_text(&truth, "creep", "0");      /* hardness while loading is that of the end of the hold */
        set_text(&truth, "noise_correlation", correlation);
        exact_csm(&how);
        vt_result *r = round_trip(&truth, &how);
        const vti_indent_truth p = truth_of(&truth);
        size_t i = 0, j = 0;
        if (r) count(&E, next(r, &i, "elastic_modulus", NULL, "test", NULL), p.modulus);
        if (r) count(&H, next(r, &j, "hardness", NULL, "test", NULL), p.hardness);
        vt_result_free(r);
    }
    judge(&E, "csm");
    judge(&H, "csm");
}
