/* Constants of the alloy card on their way into a computation. */
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>

/* The constant and its source, for the provenance of the result. */
static vt_status record(vt_result *result, const vt_card *card, const vt_constant *c, const char *si, vt_error *err)
{
    vt_used_constant used = {.value = c->value, .u = c->u > 0.0 ? c->u : 0.0, .tag = c->tag};
    snprintf(used.key, sizeof used.key, "%s", c->key);
    snprintf(used.alloy, sizeof used.alloy, "%s", vt_card_alloy(card));
    snprintf(used.unit, sizeof used.unit, "%s", si);
    snprintf(used.source, sizeof used.source, "%s", c->source);
    return vt_result_use_constant(result, &used, err);
}

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
    if (result) st = record(result, job->alloy, c, row ? row->unit : "1", err);
    if (st == VT_OK && result && c->tag == 'R')
        st = vt_result_warn(result, err, "W_RECALLED", "%s of %s is recalled, not read in a source: %.200s", key,
                            vt_card_alloy(job->alloy), c->source);
    if (st != VT_OK) return st;
    vt_quantity out = {.value = value, .low = NAN, .high = NAN, .level = job->common.level, .dof = INFINITY};
    snprintf(out.unit, sizeof out.unit, "%s", row ? row->unit : "1");
    if (c->u > 0.0) st = vt_quantity_add(&out, key, key, 'B', c->u, 1.0, err);
    if (st == VT_OK) *q = out;
    return st;
}
