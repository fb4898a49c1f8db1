#pragma once
#include "check.h"
#include "set_sample.h"
#include <vitrum/result.h>

static const sample_group ROD = {.name = "rod",
                                 .specimens = 3,
                                 .indents = 5,
                                 .cycles = 5,
                                 .H = 4.7e9,
                                 .E = 97e9,
                                 .between = 0.01,
                                 .within = 0.01,
                                 .noise = 0.002,
                                 .diameter = 2e-3};
static sample M;

static vt_result *statistics(void)
{
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(vt_result_create(&r, "experiment", "indentation", &err), &err);
    CHECK_OK(vti_set_places(&M.s, r, &err), &err);
    CHECK_OK(vti_set_statistics(&M.s, r, &err), &err);
    return r;
}

static sample_group wire(double E, double H, double C_s)
{
    sample_group g = ROD;
    g.name = "wire";
    g.E = E, g.H = H, g.C_s = C_s;
    g.diameter = 60e-6;
    return g;
}

/* Nominal 95 % within the band of procedure 1.9. */
static void check_share(size_t hits, uint64_t replicates)
{
    const double band = 3.0 * sqrt(0.95 * 0.05 / (double)replicates);
    CHECK_BAND((double)hits / (double)replicates, 0.95 - band, 0.95 + band);
}

/* Two groups of one material: no size effect. */
static void null_campaign(uint64_t replicates)
{
    sample_group g[2] = {ROD, ROD};
    g[1].name = "wire";
    size_t none[2] = {0, 0};
    for (uint64_t k = 0; k < replicates; k++) {
        sample_make(&M, 2, g, 1000 + k);
        vt_result *r = statistics();
        const vt_property *E = sample_find(r, "elastic_modulus_ratio", "", "group", "wire");
        if (!E) E = sample_find(r, "elastic_modulus_ratio", "physics", "group", "wire");
        const vt_property *H = sample_find(r, "hardness_ratio", "", "group", "wire");
        if (!H) H = sample_find(r, "hardness_ratio", "physics", "group", "wire");
        none[0] += E && E->q.low <= 1.0 && 1.0 <= E->q.high;
        none[1] += H && H->q.low <= 1.0 && 1.0 <= H->q.high;
        vt_result_free(r);
    }
    for (int q = 0; q < 2; q++) check_share(none[q], replicates);
}

/* The same, the wires in a mount of 1.5 nm/mN. */
static void mount_campaign(uint64_t replicates)
{
    const sample_group g[2] = {ROD, wire(97e9, 4.7e9, 1.5e-6)};
    size_t flagged = 0, covered = 0;
    double bias = 0.0;
    for (uint64_t k = 0; k < replicates; k++) {
        sample_make(&M, 2, g, 5000 + k);
        vt_result *r = statistics();
        flagged += sample_warning(r, "W_COMPLIANCE") != NULL;
        const vt_property *E = sample_find(r, "elastic_modulus_ratio", "physics", "group", "wire");
        covered += E && E->q.low <= 1.0 && 1.0 <= E->q.high;
        bias += E ? (E->q.value - 1.0) / (double)replicates : 1.0;
        vt_result_free(r);
    }
    CHECK((double)flagged >= 0.995 * (double)replicates);
    check_share(covered, replicates);
    CHECK_ABS(bias, 0.0, 0.003);
}
