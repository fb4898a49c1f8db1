/* The study of soft wires end to end: it must tell a softer glass from a softer mount, and from nothing. */
#include "study_checks.h"

static bool holds(const char *name, const char *what, const char *reading, const char *scope, double truth)
{
    return covers(of_reading(name, what, reading, scope), truth);
}

/* (a) Specimens scatter by 1.5 %, three against three: 1.2 % for a ratio, 3.4 % at 2.8 standard deviations. */
static void softer_wires_stay_softer(void)
{
    CHECK_ABS(of_reading("softer", "elastic_modulus_ratio", NULL, "wire")->value, 0.74, 0.035);
    CHECK_ABS(of_reading("softer", "hardness_ratio", NULL, "wire")->value, 0.83, 0.035);
    CHECK(holds("softer", "elastic_modulus_ratio", NULL, "wire", 0.74));
    CHECK(!holds("softer", "elastic_modulus_ratio", NULL, "wire", 1.0));
    CHECK(!holds("softer", "hardness_ratio", NULL, "wire", 1.0));
    CHECK(warnings(step("softer"), "W_COMPLIANCE") == 0);
}

/* Ledger C2: -19 %, not the -25 % of the paper, and both sides of the identity agree here. */
static void the_load_falls_as_modulus_and_hardness_ask_for(void)
{
    const double load = of_reading("softer", "load_at_depth_ratio", NULL, "wire")->value;
    CHECK_ABS(load, 0.81, 0.025);
    CHECK_ABS(load, of_reading("softer", "load_at_depth_ratio_predicted", NULL, "wire")->value,
              0.03); /* W_OP_IDENTITY is 3 % */
    CHECK(warnings(step("softer"), "W_OP_IDENTITY") == 0);
}

/* (b) Ledger C3: 1.5 nm/mN looks like 26 % of modulus and 3 % of hardness; every wire is found out and put right. */
static void a_soft_mount_is_found_and_taken_off(void)
{
    CHECK_ABS(of_reading("mounts", "elastic_modulus_ratio", "paper", "wire")->value, 0.74, 0.035);
    CHECK_ABS(of_reading("mounts", "hardness_ratio", "paper", "wire")->value, 0.97, 0.035);
    CHECK(!holds("mounts", "elastic_modulus_ratio", "paper", "wire", 1.0));
    for (int k = 1; k <= 3; k++) {
        char name[16];
        snprintf(name, sizeof name, "wire %d", k);
        /* five indents of a loading each: the line is good to 2 to 3 %, 7 % at three of them */
        CHECK_REL(of_reading("mounts", "structural_compliance", NULL, name)->value, 1.5e-6, 0.1);
    }
    CHECK(warnings(step("mounts"), "W_COMPLIANCE") == 3);
    CHECK(holds("mounts", "elastic_modulus_ratio", "physics", "wire", 1.0));
    CHECK(holds("mounts", "hardness_ratio", "physics", "wire", 1.0));
}

static void nothing_is_found_where_there_is_nothing(void)
{
    CHECK(holds("nothing", "elastic_modulus_ratio", NULL, "wire", 1.0));
    CHECK(holds("nothing", "hardness_ratio", NULL, "wire", 1.0));
    CHECK(warnings(step("nothing"), "W_COMPLIANCE") == 0);
}

static void the_study_runs(void)
{
    run_study("studies/dong2020/study.yaml", 2);
    softer_wires_stay_softer();
    the_load_falls_as_modulus_and_hardness_ask_for();
    a_soft_mount_is_found_and_taken_off();
    nothing_is_found_where_there_is_nothing();
    every_answer_is_determined();
    end_study();
}

CHECK_MAIN(CHECK_CASE(the_study_runs))
