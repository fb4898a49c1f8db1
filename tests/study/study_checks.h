#pragma once
/* What the tests of the studies that ship have in common: a study is run once, and all look at its steps. */
#include "result_checks.h"
#include <vitrum/study.h>

static vt_study *study;

static inline void run_study(const char *path, long threads)
{
    vt_error err = {0};
    const vt_study_options options = {.threads = threads};
    CHECK_OK(vt_study_read(path, &study, &err), &err);
    if (study) CHECK_OK(vt_study_run(study, &options, &err), &err);
}

static inline void end_study(void)
{
    vt_study_free(study);
    study = NULL;
}

static inline const vt_result *step(const char *name)
{
    for (size_t i = 0; i < vt_study_steps(study); i++)
        if (strcmp(vt_study_step_name(study, i), name) == 0) return vt_study_step_result(study, i);
    CHECK_FAILED("no step %s", name);
    return NULL;
}

/* First property of a step with this name and reading that belongs to `scope` (NULL: any, of both). NULL: not given. */
static inline const vt_property *property(const char *of, const char *name, const char *reading, const char *scope)
{
    return named_property(step(of), name, reading, scope);
}

/* Its numbers; must be there. */
static inline const vt_quantity *of_reading(const char *of, const char *name, const char *reading, const char *scope)
{
    static const vt_quantity NONE = {.value = NAN, .low = NAN, .high = NAN};
    const vt_property *p = property(of, name, reading, scope);
    if (!p) CHECK_FAILED("%s: no %s of %s", of, name, scope ? scope : "anything");
    return p ? &p->q : &NONE;
}

static inline const vt_quantity *of(const char *name, const char *what, const char *scope)
{
    return of_reading(name, what, NULL, scope);
}

static inline void every_answer_is_determined(void)
{
    CHECK(vt_study_answers(study) >= 10);
    for (size_t i = 0; i < vt_study_answers(study); i++)
        if (strstr(vt_study_answer(study, i), "not determined")) CHECK_FAILED("%s", vt_study_answer(study, i));
}
