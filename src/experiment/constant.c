/* Constants of the alloy card on their way into a computation. */
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>

vt_status vt_job_constant(const vt_job *job, vt_result *result, const char *key, vt_quantity *q, vt_error *err)
{
    double value;
    if (!job || !key || !q) return vt_fail(err, VT_EARG, "job, key or result is NULL");
    if (!job->alloy)
        return vt_fail(err, VT_EREFERENCE, "%s of the alloy is needed; name the alloy with --alloy NAME or FILE", key);
    vt_status st = vt_card_value(job->alloy, key, &value, err);
    if (st != VT_OK) return st;
    const vt_constant *c = vt_card_find(job->alloy, key);
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, key);
    if (result && c->tag == 'R')
        st = vt_result_warn(result, err, "W_RECALLED", "%s of %s is recalled, not read in a source: %.200s", key,
                            vt_card_alloy(job->alloy), c->source);
    if (st != VT_OK) return st;
    vt_quantity out = {.value = value, .low = NAN, .high = NAN, .level = job->common.level, .dof = INFINITY};
    snprintf(out.unit, sizeof out.unit, "%s", row ? row->unit : "1");
    if (c->u > 0.0) st = vt_quantity_add(&out, key, key, 'B', c->u, 1.0, err);
    if (st == VT_OK) *q = out;
    return st;
}
