/* The study of tension on a chip end to end: what the recipe makes of 130 A^3, and what M and the root in C' make of
 * it. */
#include "study_checks.h"
#include <vitrum/constants.h>

static double volume(const char *reading, const char *M)
{
    return 1e30 * of_reading("tension", "activation_volume", reading, M)->value;
}

static void hardening_is_what_the_recipe_leaves_out(void)
{
    CHECK(covers(of_reading("tension", "activation_volume", "physics", "M = sqrt(3)"), 130e-30));
    CHECK(volume("paper", "M = sqrt(3)") > 1.04 * volume("physics", "M = sqrt(3)"));
    CHECK_REL(volume("physics", "M = 3.06") / volume("physics", "M = sqrt(3)"), 3.06 / sqrt(3.0), 1e-12);
}

/* Truth: 72 GPa, 2.5 GPa, -0.0015; 3250 MPa at 3e-7 1/s, and S ln of the rate over it. */
static void the_wafer_comes_back(void)
{
    const vt_quantity *rate = of("tension", "strain_rate", NULL);
    const double S = sqrt(3.0) * VT_BOLTZMANN * 298.0 / 130e-30, at = 3250e6 + S * log(rate->value / 3e-7);
    CHECK(covers(of_reading("tension", "elastic_modulus", "paper", NULL), 72e9));
    CHECK(covers(of_reading("tension", "hardening_modulus", "physics", NULL), 2.5e9));
    CHECK(covers(of("tension", "specimen_mismatch", NULL), -0.0015));
    CHECK(covers(of_reading("tension", "yield_stress", "physics", "change point"), at));
    CHECK(covers(of_reading("tension", "yield_stress", "physics", "0.2 % offset"), at + 0.002 * 2.5e9));
    CHECK_BAND(of("tension", "fracture_strain", "lower bound")->value, 0.10, 0.17);
}

static void what_does_not_flow_does_not_relax(void)
{
    const vt_quantity *A1 = of("no_flow", "elastic_relaxation", NULL);
    CHECK(fabs(A1->value) < 2.0 * A1->u);
    CHECK(warned(step("no_flow"), "W_NO_YIELD", ""));
    CHECK(!quantity(step("no_flow"), "activation_volume", NULL));
}

static void the_study_runs(void)
{
    run_study("studies/zrni-onchip/study.yaml", 2);
    the_wafer_comes_back();
    hardening_is_what_the_recipe_leaves_out();
    what_does_not_flow_does_not_relax();
    every_answer_is_determined();
    end_study();
}

CHECK_MAIN(CHECK_CASE(the_study_runs))
