/* The study of soft wires end to end: it must tell a softer glass from a softer mount, and from nothing. */
#include "check.h"
#include <vitrum/study.h>

static const vt_study *study;

static const vt_result *step(const char *name)
{
    for (size_t i = 0; i < vt_study_steps(study); i++)
        if (strcmp(vt_study_step_name(study, i), name) == 0) return vt_study_step_result(study, i);
    CHECK_FAILED("no step %s", name);
    return NULL;
}

/* First property with this name whose scope holds the text; reading NULL: any. */
static const vt_property *property(const char *of, const char *name, const char *reading, const char *scope)
{
    const vt_result *r = step(of);
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, name) != 0 || (reading && strcmp(p->reading, reading) != 0)) continue;
        for (size_t k = 0; k < p->nscope; k++)
            if (strcmp(p->scope[k].text, scope) == 0) return p;
    }
    return NULL;
}

static double value(const char *of, const char *name, const char *reading, const char *scope)
{
    const vt_property *p = property(of, name, reading, scope);
    if (!p) CHECK_FAILED("%s: no %s of %s", of, name, scope);
    return p ? p->q.value : (double)NAN;
}

static bool holds(const char *of, const char *name, const char *reading, const char *scope, double truth)
{
    const vt_property *p = property(of, name, reading, scope);
    return p && p->q.low <= truth && truth <= p->q.high;
}

static size_t warnings(const char *of, const char *code)
{
    const vt_result *r = step(of);
    size_t n = 0;
    for (size_t i = 0; i < vt_result_warnings(r); i++) n += strcmp(vt_result_warning_code(r, i), code) == 0;
    return n;
}

/* (a) Specimens scatter by 1.5 %, three against three: 1.2 % for a ratio, 3.4 % at 2.8 standard deviations. */
static void softer_wires_stay_softer(void)
{
    CHECK_ABS(value("softer", "elastic_modulus_ratio", NULL, "wire"), 0.74, 0.035);
    CHECK_ABS(value("softer", "hardness_ratio", NULL, "wire"), 0.83, 0.035);
    CHECK(holds("softer", "elastic_modulus_ratio", NULL, "wire", 0.74));
    CHECK(!holds("softer", "elastic_modulus_ratio", NULL, "wire", 1.0));
    CHECK(!holds("softer", "hardness_ratio", NULL, "wire", 1.0));
    CHECK(warnings("softer", "W_COMPLIANCE") == 0);
}

/* Ledger C2: -19 %, not the -25 % of the paper, and both sides of the identity agree here. */
static void the_load_falls_as_modulus_and_hardness_ask_for(void)
{
    const double load = value("softer", "load_at_depth_ratio", NULL, "wire");
    CHECK_ABS(load, 0.81, 0.025);
    CHECK_ABS(load, value("softer", "load_at_depth_ratio_predicted", NULL, "wire"), 0.03); /* W_OP_IDENTITY is 3 % */
    CHECK(warnings("softer", "W_OP_IDENTITY") == 0);
}

/* (b) Ledger C3: 1.5 nm/mN looks like 26 % of modulus and 3 % of hardness; every wire is found out and put right. */
static void a_soft_mount_is_found_and_taken_off(void)
{
    CHECK_ABS(value("mounts", "elastic_modulus_ratio", "paper", "wire"), 0.74, 0.035);
    CHECK_ABS(value("mounts", "hardness_ratio", "paper", "wire"), 0.97, 0.035);
    CHECK(!holds("mounts", "elastic_modulus_ratio", "paper", "wire", 1.0));
    for (int k = 1; k <= 3; k++) {
        char name[16];
        snprintf(name, sizeof name, "wire %d", k);
        /* five indents of a loading each: the line is good to 2 to 3 %, 7 % at three of them */
        CHECK_REL(value("mounts", "structural_compliance", NULL, name), 1.5e-6, 0.1);
    }
    CHECK(warnings("mounts", "W_COMPLIANCE") == 3);
    CHECK(holds("mounts", "elastic_modulus_ratio", "physics", "wire", 1.0));
    CHECK(holds("mounts", "hardness_ratio", "physics", "wire", 1.0));
}

static void nothing_is_found_where_there_is_nothing(void)
{
    CHECK(holds("nothing", "elastic_modulus_ratio", NULL, "wire", 1.0));
    CHECK(holds("nothing", "hardness_ratio", NULL, "wire", 1.0));
    CHECK(warnings("nothing", "W_COMPLIANCE") == 0);
}

static void every_answer_is_determined(void)
{
    CHECK(vt_study_answers(study) >= 10);
    for (size_t i = 0; i < vt_study_answers(study); i++)
        if (strstr(vt_study_answer(study, i), "not determined")) CHECK_FAILED("%s", vt_study_answer(study, i));
}

static void the_study_runs(void)
{
    vt_study *s = NULL;
    vt_error err = {0};
    const vt_study_options options = {.threads = 2};
    CHECK_OK(vt_study_read("studies/dong2020/study.yaml", &s, &err), &err);
    CHECK_OK(vt_study_run(s, &options, &err), &err);
    study = s;
    softer_wires_stay_softer();
    the_load_falls_as_modulus_and_hardness_ask_for();
    a_soft_mount_is_found_and_taken_off();
    nothing_is_found_where_there_is_nothing();
    every_answer_is_determined();
    vt_study_free(s);
}

CHECK_MAIN(CHECK_CASE(the_study_runs))
