/* The reduction: points, boundary by each label, agreement, map. */
#include "flow_internal.h"
#include <math.h>
#include <stdlib.h>

static vt_status boundaries(vti_flow_run *run, vt_error *err)
{
    static const char *const COLUMN[] = {"class or rate_sensitivity", "class", "rate_sensitivity"};
    const int wanted = run->par->label;
    size_t done = 0;
    vt_error first = {0};
    for (int label = VTI_LABEL_CLASS; label <= VTI_LABEL_SENSITIVITY; label++) {
        vt_error why = {0};
        if (!run->has[label] || (wanted != VTI_LABEL_BOTH && wanted != label)) continue;
        vt_status st = vti_flow_boundary(run, (vti_flow_label)label, &why);
        if (st == VT_OK) {
            done++;
            continue;
        }
        if (!first.code) first = why;
        st = vt_result_warn(run->result, err, "W_LABELS", "no boundary by %s: %s: %s", COLUMN[label],
                            vt_status_name(why.code), why.msg);
        if (st != VT_OK) return st;
    }
    if (done) return VT_OK;
    if (first.code) return vt_fail(err, first.code, "%s", first.msg);
    return vt_fail(err, VT_EKEY, "no row has a label: flow needs a column '%s'", COLUMN[wanted]);
}

vt_status vti_flow_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_flow_run run = {.job = job, .par = job->params, .result = result};
    for (int g = 0; g < VT_THRESHOLD_GROUPS; g++) run.line[g] = NAN;
    vt_status st;
    VT_TRY(st = vti_flow_gather(&run, err));
    VT_TRY(st = boundaries(&run, err));
    VT_TRY(st = vti_flow_agreement(&run, err));
    st = vti_flow_figures(&run, err);
done:
    free(run.point);
    free(run.specimen);
    free(run.low);
    free(run.g);
    return st;
}
