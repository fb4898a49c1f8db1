/* Constants that a reduction takes as known. */
#include "experiment/experiment_internal.h"
#include <stdio.h>
#include <string.h>

static vt_status from_card(const vt_job *job, const vt_param *table, const vti_known *k, vt_result *result,
                           vt_error *err)
{
    vt_quantity q;
    const vt_status st = vt_job_constant(job, result, k->key, &q, err);
    if (st != VT_OK) return st;
    *k->to = q.value;
    if (k->u && q.u > 0.0 && !vti_is_among(job->given, table, k->u_param)) *k->u = q.u / q.value;
    return VT_OK;
}

vt_status vti_known_constants(const vt_job *job, const vt_param *table, size_t n, const vti_known *known,
                              vt_result *result, vt_error *err)
{
    char defaults[300] = "";
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        const vti_known *k = &known[i];
        if (vti_is_among(job->given, table, k->param)) continue;
        if (job->alloy && vt_card_find(job->alloy, k->key)) {
            const vt_status st = from_card(job, table, k, result, err);
            if (st != VT_OK) return st;
        } else if (k->of_one_alloy && used < sizeof defaults) {
            used += (size_t)snprintf(defaults + used, sizeof defaults - used, "%s%s", used ? ", " : "", k->param);
        }
    }
    if (!used) return VT_OK;
    return vt_result_warn(result, err, "W_ASSUMED",
                          "%s neither set nor on an alloy card: the value of Ni45Pd35P16B4 is used", defaults);
}
