/* The answers of a study: properties of its steps, put into words. */
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

vt_status vti_study_find_answers(vt_study *study, vt_error *err)
{
    for (size_t i = 0; i < study->nanswers; i++) {
        vti_answer *a = &study->answers[i];
        const vti_step *step = vti_study_step(study, a->step, study->nsteps);
        a->found =
            step->result ? vt_result_find(step->result, a->property, a->reading, a->where_key, a->where_value) : NULL;
        if (!a->found && !known_output(step, a->property))
            return vt_yaml_fail(study->doc, a->node, err, VT_EKEY, "step '%s' gives no property '%s'", a->step,
                                a->property);
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
