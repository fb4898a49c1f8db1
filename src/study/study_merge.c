/* All properties, models and warnings of the steps as one result, each with the step it comes from. */
#include <stdio.h>
#include <string.h>
#include "study/study_internal.h"

static vt_status merge_properties(const vti_step *step, vt_result *merged, vt_error *err)
{
    for (size_t k = 0; k < vt_result_properties(step->result); k++) {
        vt_property p = *vt_result_property(step->result, k);
        if (p.nscope == VT_SCOPE_MAX)
            return vt_fail(err, VT_EINTERNAL, "property '%s' of step '%s' has no room for the step", p.name,
                           step->name);
        vt_scope *scope = &p.scope[p.nscope++];
        *scope = (vt_scope){.key = "step"};
        memcpy(scope->text, step->name, sizeof scope->text);
        const vt_status st = vt_result_add_property(merged, &p, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status merge_models(const vti_step *step, vt_result *merged, vt_error *err)
{
    for (size_t k = 0; k < vt_result_models(step->result); k++) {
        vt_model m = *vt_result_model(step->result, k);
        char group[sizeof m.group + VT_NAME + 2];
        const int n = snprintf(group, sizeof group, "%s: %s", step->name, m.group);
        memcpy(m.group, group, (size_t)n < sizeof m.group ? (size_t)n + 1 : sizeof m.group);
        m.group[sizeof m.group - 1] = '\0';
        const vt_status st = vt_result_add_model(merged, &m, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status merge_step(const vti_step *step, vt_result *merged, vt_error *err)
{
    vt_status st;
    VT_TRY(st = merge_properties(step, merged, err));
    VT_TRY(st = merge_models(step, merged, err));
    for (size_t k = 0; k < vt_result_warnings(step->result); k++)
        VT_TRY(st = vt_result_warn(merged, err, vt_result_warning_code(step->result, k), "%s: %s", step->name,
                                   vt_result_warning_message(step->result, k)));
    for (size_t k = 0; k < vt_result_inputs(step->result); k++)
        VT_TRY(st = vt_result_add_input(merged, vt_result_input_path(step->result, k),
                                        vt_result_input_sha256(step->result, k), err));
    for (size_t k = 0; k < vt_result_used_constants(step->result); k++)
        VT_TRY(st = vt_result_use_constant(merged, vt_result_used_constant(step->result, k), err));
done:
    return st;
}

vt_status vt_study_merge(const vt_study *study, vt_result **merged, vt_error *err)
{
    vt_result *r = NULL;
    vt_status st;
    if (!study || !merged) return vt_fail(err, VT_EARG, "study or result is NULL");
    VT_TRY(st = vt_result_create(&r, "study", "study", err));
    vt_result_set_seed(r, study->common.seed);
    VT_TRY(st = vt_result_add_options(r, VT_COMMON_PARAMS, &study->common, err));
    VT_TRY(st = vt_result_add_input(r, study->path, "", err));
    for (size_t i = 0; i < study->nsteps; i++)
        if (study->steps[i].result) VT_TRY(st = merge_step(&study->steps[i], r, err));
    *merged = r;
    r = NULL;
done:
    vt_result_free(r);
    return st;
}
