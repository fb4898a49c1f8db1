/* The calibration from tables to result. */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>

/* Are there references beside those of the area function? */
static bool others(const vti_cal_run *run)
{
    for (size_t k = 0; k < run->nreferences; k++)
        if (!run->reference[k].area && !run->reference[k].verify_only) return true;
    return false;
}

/* Do the frame compliances of the references differ by more than three standard uncertainties? */
static bool differ(const vti_cal_run *run)
{
    const vti_cal_reference *soft = NULL;
    for (size_t k = 0; k < run->nreferences && !soft; k++)
        if (run->reference[k].area) soft = &run->reference[k];
    for (size_t k = 0; soft && k < run->nreferences; k++) {
        const vti_cal_reference *r = &run->reference[k];
        if (r->area || r->verify_only) continue;
        if (!(fabs(r->C_alone - soft->C_alone) <= 3.0 * hypot(r->u_alone, soft->u_alone))) return true;
    }
    return false;
}

/* Coefficients and frame compliance are told apart by how 1/S goes with the load. */
static vt_status enough_loads(const vti_cal_run *run, vt_error *err)
{
    enum { LEAST = 4 };
    size_t n = 0;
    for (size_t g = 0; g < run->ngroups; g++) n += run->reference[run->group[g].reference].area && run->group[g].n > 0;
    if (n >= LEAST) return VT_OK;
    return vt_fail(
        err, VT_EFEWLEVELS,
        "the indents that give the area function have %zu load%s: area and frame are told apart by %d or more; "
        "P18 advises 8",
        n, n == 1 ? "" : "s", LEAST);
}

static vt_status calibrate(vti_cal_run *run, vt_error *err)
{
    vti_cal_work w = {0};
    vt_status st;
    VT_TRY(st = enough_loads(run, err));
    VT_TRY(st = vti_cal_work_create(&w, run->npoints, err));
    VT_TRY(st = vti_cal_settle(run, &w, err));
    for (size_t k = 0; k < run->nreferences; k++) run->reference[k].C_alone = run->reference[k].C_f;
    VT_TRY(st = vti_cal_bootstrap(run, err));
    for (size_t k = 0; k < run->nreferences; k++) run->reference[k].u_alone = run->reference[k].u_C_f;
    run->shared = others(run) && run->par->frame != VTI_CAL_FRAME_SEPARATE &&
                  (run->par->frame == VTI_CAL_FRAME_SHARED || !differ(run));
    if (run->shared) {
        VT_TRY(st = vti_cal_settle(run, &w, err));
        VT_TRY(st = vti_cal_bootstrap(run, err));
    }
    st = vti_cal_verify(run, err);
done:
    vti_cal_work_free(&w);
    return st;
}

vt_status vti_calibration_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    vti_cal_run *run = calloc(1, sizeof *run);
    int *file = malloc((job->ntables + 1) * sizeof *file);
    vt_status st = run && file ? VT_OK : vt_fail(err, VT_EMEMORY, "a calibration");
    if (st == VT_OK) {
        run->par = job->params;
        run->common = job->common;
        run->result = result;
    }
    VT_TRY(st);
    VT_TRY(st = vti_cal_references(job, run, file, err));
    VT_TRY(st = vti_cal_points(job, run, file, err));
    VT_TRY(st = vti_cal_screen(run, err));
    VT_TRY(st = calibrate(run, err));
    VT_TRY(st = vti_cal_report(run, job, err));
    VT_TRY(st = vti_cal_figures(run, err));
    st = vti_cal_document(run, job, err);
done:
    if (run) {
        for (size_t i = 0; i < run->nreadings; i++) free(run->reading[i]);
        free(run->reading);
        free(run->point);
        free(run->indent);
    }
    free(run);
    free(file);
    return st;
}
