/* The reduction: wires, then arrays. */
#include "pulling_internal.h"
#include <stdlib.h>
#include <string.h>

static vt_status warn_temperature(const vti_pulling_run *run, vt_error *err)
{
    const double top = run->par->top_temperature, bottom = run->par->bottom_temperature;
    if (!(top > 0.0) || !(bottom > 0.0) || top == bottom) return VT_OK;
    return vt_result_warn(run->result, err, "W_TEMPERATURE_RANGE",
                          "the plates are at %.4g degC and %.4g degC: the wires have a range of temperatures, and no "
                          "single one may be assigned to their rates",
                          top - 273.15, bottom - 273.15);
}

vt_status vti_pulling_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_pulling_run run = {.job = job, .par = job->params, .result = result};
    vt_status st;
    VT_TRY(st = vti_pulling_gather(&run, err));
    for (size_t from = 0, to; from < run.n; from = to) {
        for (to = from; to < run.n && strcmp(run.wire[to].array, run.wire[from].array) == 0; to++) continue;
        VT_TRY(st = vti_pulling_array(&run, from, to, err));
    }
    VT_TRY(st = warn_temperature(&run, err));
    st = vti_pulling_curves(&run, err);
done:
    free(run.wire);
    free(run.scratch);
    return st;
}
