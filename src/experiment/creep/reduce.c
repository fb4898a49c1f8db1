/* The reduction: records, set points, segments. */
#include "creep_internal.h"
#include <stdlib.h>

static void release(vti_creep_run *run)
{
    for (size_t i = 0; i < run->records; i++) {
        free(run->record[i].t);
        free(run->record[i].row);
    }
    free(run->record);
    free(run->segment);
}

vt_status vti_creep_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_creep_run run = {.job = job, .par = job->params, .result = result};
    vt_status st;
    VT_TRY(st = vti_creep_gather(&run, err));
    VT_TRY(st = vti_creep_setpoints(&run, err));
    for (size_t i = 0; i < run.segments; i++) {
        VT_TRY(st = vti_creep_fit(&run, &run.segment[i], err));
        if (run.segment[i].verdict == VT_OK) VT_TRY(st = vti_creep_report_segment(&run, &run.segment[i], err));
    }
done:
    release(&run);
    return st;
}
