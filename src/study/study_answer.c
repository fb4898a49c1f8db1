/* The answers of a study: properties of its steps, put into words. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "report/unit_text_internal.h"
#include "study/study_internal.h"

/* Does the descriptor of the step give a property of this name at all? */
static bool known_output(const vti_step *step, const char *name)
{
    const vt_output *o = step->experiment ? step->experiment->outputs : step->forecast ? step->forecast->outputs : NULL;
    for (; o && o->name; o++)
        if (strcmp(o->name, name) == 0) return true;
    return false;
}

static void put_into_words(vti_answer *a)
{
    const char *label = a->label ? a->label : a->property;
    vti_shown shown;
    if (!a->found) {
        snprintf(a->line, sizeof a->line, "%s: not determined; see the warnings of step '%s'", label, a->step);
        return;
    }
    vti_show_quantity(a->property, &a->found->q, a->found->q.value, &shown);
    snprintf(a->line, sizeof a->line, "%s: %s %s%s%s%s%s", label, shown.value, shown.unit, shown.range[0] ? " [" : "",
             shown.range, shown.range[0] ? "]" : "", a->found->reading[0] ? " (reading: " : "");
    if (a->found->reading[0]) {
        const size_t n = strlen(a->line);
        snprintf(a->line + n, sizeof a->line - n, "%s)", a->found->reading);
    }
}

/* Scope `key` of a property; NULL if it has none. */
static const vt_scope *scope_of(const vt_property *p, const char *key)
{
    for (size_t i = 0; i < p->nscope; i++)
        if (strcmp(p->scope[i].key, key) == 0) return &p->scope[i];
    return NULL;
}

/* Names are equal, numbers stand for one another (570.15 K typed and computed). */
static bool scope_matches(const vti_answer *a, size_t k, const vt_scope *scope)
{
    if (!scope) return false;
    if (scope->text[0]) return strcmp(scope->text, a->where_text[k]) == 0;
    return fabs(scope->value - a->where_value[k]) <= 1e-9 * fabs(scope->value);
}

static const vt_property *find(const vti_answer *a, const vt_result *r)
{
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, a->property) != 0 || (a->reading && strcmp(p->reading, a->reading) != 0)) continue;
        size_t k = 0;
        while (k < a->nwhere && scope_matches(a, k, scope_of(p, a->where_key[k]))) k++;
        if (k == a->nwhere) return p;
    }
    return NULL;
}

/* A scope by number that was given a text which is none: a slip of its unit, not a property that is absent. */
static vt_status check_where(const vt_study *study, const vti_answer *a, const vt_result *r, vt_error *err)
{
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, a->property) != 0) continue;
        for (size_t k = 0; k < a->nwhere; k++) {
            const vt_scope *scope = scope_of(p, a->where_key[k]);
            vt_error inner = {0};
            vt_unit unit;
            double value;
            if (scope && !scope->text[0] &&
                vt_unit_read_value(a->where_text[k], scope->unit, &value, &unit, &inner) != VT_OK)
                return vt_yaml_fail(study->doc, a->node, err, inner.code, "%s", inner.msg);
        }
    }
    return VT_OK;
}

vt_status vti_study_find_answers(vt_study *study, vt_error *err)
{
    for (size_t i = 0; i < study->nanswers; i++) {
        vti_answer *a = &study->answers[i];
        const vti_step *step = vti_study_step(study, a->step, study->nsteps);
        a->found = step->result ? find(a, step->result) : NULL;
        if (!a->found && !known_output(step, a->property))
            return vt_yaml_fail(study->doc, a->node, err, VT_EKEY, "step '%s' gives no property '%s'", a->step,
                                a->property);
        const vt_status st = a->found ? VT_OK : check_where(study, a, step->result, err);
        if (st != VT_OK) return st;
        put_into_words(a);
    }
    return VT_OK;
}

size_t vt_study_answers(const vt_study *study)
{
    return study ? study->nanswers : 0;
}

const char *vt_study_answer(const vt_study *study, size_t i)
{
    return study && i < study->nanswers ? study->answers[i].line : "";
}
