/* The study of stored enthalpy end to end: wires store 1.28 times what rods do, rods as much as other rods. */
#include "study_checks.h"

static void ratios_cover_the_truth(void)
{
    CHECK(covers(of("wire_and_rod", "enthalpy_ratio", NULL), 1.28));
    CHECK(of("wire_and_rod", "enthalpy_ratio", NULL)->low > 1.15); /* and say that it is not 1 */
    CHECK(covers(of("one_each", "enthalpy_ratio", NULL), 1.28));
    CHECK(covers(of("same_pieces", "enthalpy_ratio", NULL), 1.0));
    CHECK(warned(step("one_each"), "W_FEW_PIECES", "three"));
    CHECK(!warned(step("wire_and_rod"), "W_FEW_PIECES", ""));
}

/* Gain and rate are common: the ratio is surer than either mean. */
static void the_gain_leaves_the_ratio(void)
{
    const vt_quantity *ratio = of("wire_and_rod", "enthalpy_ratio", NULL);
    const vt_quantity *mean = of("wire_and_rod", "group_relaxation_enthalpy", NULL);
    CHECK(mean && ratio);
    if (!mean || !ratio) return;
    CHECK(mean->u / mean->value > 0.015);
    for (size_t i = 0; i < ratio->nbudget; i++) CHECK(!strstr(ratio->budget[i].source, "gain"));
}

static void enthalpies_cover_what_was_stored(void)
{
    size_t pieces = 0;
    const vt_result *r = step("wire_and_rod");
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "relaxation_enthalpy") != 0 || strcmp(p->reading, "physics") != 0) continue;
        const bool rod = strncmp(p->scope[0].text, "rod", 3) == 0;
        CHECK(covers(&p->q, rod ? 8000.0 : 10240.0));
        pieces++;
    }
    CHECK(pieces == 6);
}

static void the_study_runs(void)
{
    run_study("studies/dong2020-calorimetry/study.yaml", 2);
    ratios_cover_the_truth();
    the_gain_leaves_the_ratio();
    enthalpies_cover_what_was_stored();
    CHECK(vt_study_answers(study) == 6);
    for (size_t i = 0; i < vt_study_answers(study); i++) CHECK(!strstr(vt_study_answer(study, i), "not determined"));
    end_study();
}

CHECK_MAIN(CHECK_CASE(the_study_runs))
