/* The reduction: standards, specimens, what they have in common. */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>

static void release(vti_tomo_run *run)
{
    for (size_t i = 0; run->body && i < run->n; i++) {
        free(run->body[i].outline);
        free(run->body[i].whole.s);
        for (size_t k = 0; k < VTI_TOMO_HALVES; k++) free(run->body[i].half[k].s);
    }
    free(run->body);
}

static vt_status one_body(vti_tomo_run *run, vti_tomo_body *b, vt_error *err)
{
    vt_status st;
    VT_TRY(st = b->image ? vti_tomo_profiles(b, err) : vti_tomo_read_profile(b->table, "depth", &b->whole, err));
    VT_TRY(st = vti_tomo_models(run, b, err));
    VT_TRY(st = vti_tomo_report(run, b, err));
    st = vti_tomo_figures(run, b, err);
done:
    return st;
}

vt_status vti_tomography_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_tomo_run run = {.job = job, .result = result};
    vt_status st;
    VT_TRY(st = vti_tomo_standards(&run, err));
    VT_TRY(st = vti_tomo_gather(&run, err));
    for (size_t i = 0; i < run.n; i++) VT_TRY(st = one_body(&run, &run.body[i], err));
    st = vti_tomo_compare(&run, err);
done:
    release(&run);
    return st;
}
