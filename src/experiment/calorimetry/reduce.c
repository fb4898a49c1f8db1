/* The reduction: scans, then piece by piece transitions, peaks and what two scans tell; groups. */
#include "calorimetry_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static vt_status pieces(vti_calorimetry_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t from = 0, to; from < run->n && st == VT_OK; from = to) {
        for (to = from; to < run->n && strcmp(run->scan[to].specimen, run->scan[from].specimen) == 0; to++) continue;
        VT_TRY(st = vti_piece_transitions(run, from, to, err));
    }
done:
    return st;
}

vt_status vti_calorimetry_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_calorimetry_run run = {.job = job, .par = job->params, .result = result, .molar_mass = NAN};
    vt_status st;
    run.work = malloc(8 * VTI_SCAN_BINS * sizeof *run.work);
    if (!run.work) return vt_fail(err, VT_EMEMORY, "no memory for scans");
    VT_TRY(st = vti_scans_gather(&run, err));
    st = pieces(&run, err);
done:
    for (size_t i = 0; i < run.n; i++) {
        free(run.scan[i].T);
        free(run.scan[i].row);
    }
    free(run.scan);
    free(run.release);
    free(run.work);
    return st;
}
