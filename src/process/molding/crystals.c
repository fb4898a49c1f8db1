/* Does the run crystallize? Additivity on the card's TTT rows (P17). */
#include "base/quantity_internal.h"
#include "process/molding/molding_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/crystal.h>

enum { ROWS = 256 };

/* Rows of the smallest fraction on the card: the earliest sign of crystals. */
static size_t collect(const vt_card *card, double *T, double *tau, double *fraction)
{
    size_t n = 0;
    *fraction = INFINITY;
    for (size_t i = 0; i < vt_card_ttt(card); i++) *fraction = fmin(*fraction, vt_card_ttt_row(card, i)->fraction);
    for (size_t i = 0; i < vt_card_ttt(card) && n < ROWS; i++) {
        const vt_ttt_row *row = vt_card_ttt_row(card, i);
        if (row->fraction != *fraction || (n > 0 && !(row->T > T[n - 1]))) continue;
        T[n] = row->T;
        tau[n++] = row->t;
    }
    return n;
}

static vt_status warn_recalled(vti_forming_run *run, vt_error *err)
{
    for (size_t i = 0; i < vt_card_ttt(run->job->alloy); i++) {
        const vt_ttt_row *row = vt_card_ttt_row(run->job->alloy, i);
        if (row->tag == 'R')
            return vt_result_warn(run->result, err, "W_RECALLED", "the TTT rows of %s are recalled: %.200s",
                                  vt_card_alloy(run->job->alloy), row->source);
    }
    return VT_OK;
}

static vt_status report(vti_forming_run *run, double U, double U95, vt_crystal_verdict verdict, double fraction,
                        vt_error *err)
{
    static const char *const WORDS[] = {"safe", "possible", "expected"};
    vt_segment s = {.name = "crystallization", .begin = 0.0, .end = run->set->time, .unit = "s"};
    snprintf(s.verdict, sizeof s.verdict, "%s: %.2g of the time to a fraction of %g is used, at most %.2g",
             WORDS[verdict], U, fraction, U95);
    vt_property p = {.name = "crystallization_consumed",
                     .symbol = "U",
                     .method = "time over the time of the TTT at the temperature",
                     .nscope = 2,
                     .scope = {{.key = "temperature", .value = run->set->temperature, .unit = "K"},
                               {.key = "time", .value = run->set->time, .unit = "s"}}};
    const double u = log(U95 / U) / 1.6448536269514722, level = run->job->common.level; /* of ln U */
    const double half = u * vti_coverage_factor(level, INFINITY);
    p.q = (vt_quantity){.value = U,
                        .u = U * u,
                        .low = U * exp(-half),
                        .high = U * exp(half),
                        .level = level,
                        .dof = INFINITY,
                        .unit = "1"};
    vt_status st = vt_result_add_segment(run->result, &s, err);
    if (st == VT_OK) st = vt_result_add_property(run->result, &p, err);
    if (st == VT_OK && verdict != VT_CRYSTAL_SAFE)
        st = vt_result_warn(run->result, err, "W_CRYSTALLIZATION", "crystallization is %s", s.verdict);
    if (st == VT_OK && run->law.diffusion && run->probability < 0.5)
        st = vt_result_warn(run->result, err, "W_COMPOSITION",
                            "the verdict on crystallization holds for the nominal composition; interface diffusion "
                            "changes that of the wire");
    return st;
}

vt_status vti_forming_crystals(vti_forming_run *run, vt_error *err)
{
    double T[ROWS], tau[ROWS], fraction, U, slope, U95;
    vt_crystal_verdict verdict;
    const vti_forming_settings *set = run->set;
    const vt_ttt table = {.n = collect(run->job->alloy, T, tau, &fraction), .T = T, .tau = tau};
    if (table.n < 2)
        return vt_result_warn(run->result, err, "W_NO_TTT",
                              "the card of %s has no TTT rows: whether the wire crystallizes cannot be judged",
                              vt_card_alloy(run->job->alloy));
    const double t[2] = {0.0, set->time}, hold[2] = {set->temperature, set->temperature};
    vt_error why = {0};
    vt_status st = vt_ttt_consumed(&table, 2, t, hold, &U, &slope, &why);
    /* Factor 2 of the table and the temperature, in quadrature (P17). */
    if (st == VT_OK)
        st = vt_ttt_verdict(U, hypot(log(2.0), fabs(slope) * set->temperature_u / U), &U95, &verdict, &why);
    if (st != VT_OK)
        return vt_result_warn(run->result, err, "W_NO_TTT", "whether the wire crystallizes cannot be judged: %s",
                              why.msg);
    st = warn_recalled(run, err);
    return st == VT_OK ? report(run, U, U95, verdict, fraction, err) : st;
}
