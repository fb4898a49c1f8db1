/* The reduction of scans. */
#include "calorimetry_internal.h"

vt_status vti_calorimetry_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    return vt_fail(err, VT_EINTERNAL, "this build reads scans of heat flow but does not reduce them yet");
}
