/* The calibration from tables to result. */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>

static vti_cal_choice all_of(const vti_cal_run *run, bool every)
{
    vti_cal_choice c = {.weight = NULL};
    for (size_t k = 0; k < run->nreferences; k++)
        c.reference[k] = run->reference[k].area || (every && !run->reference[k].verify_only);
    return c;
}

/* Are there references beside those of the area function? */
static bool others(const vti_cal_run *run)
{
    for (size_t k = 0; k < run->nreferences; k++)
        if (!run->reference[k].area && !run->reference[k].verify_only) return true;
    return false;
}

/* The frame compliance of each reference with the area function of the softest, and whether they are one. The frame
 * compliance that an instrument has left in its records depends on what was set in it on that day. */
static vt_status each_alone(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice area = all_of(run, false);
    vt_status st = vti_cal_area_fit(run, &area, w, &run->fit, err);
    for (size_t k = 0; k < run->nreferences && st == VT_OK; k++) {
        vti_cal_reference *r = &run->reference[k];
        r->C_alone = run->fit.C_f;
        if (!r->area) st = vti_cal_frame_at(run, k, NULL, &run->fit, &r->C_alone, err);
        r->C_f = r->C_alone;
    }
    return st;
}

/* Both materials in one fit. */
static vt_status together(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice every = all_of(run, true);
    const vt_status st = vti_cal_area_fit(run, &every, w, &run->fit, err);
    for (size_t k = 0; k < run->nreferences && st == VT_OK; k++) run->reference[k].C_f = run->fit.C_f;
    return st;
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

static vt_status calibrate(vti_cal_run *run, vt_error *err)
{
    vti_cal_work w = {0};
    vt_status st;
    VT_TRY(st = vti_cal_work_create(&w, run->npoints, err));
    VT_TRY(st = each_alone(run, &w, err));
    VT_TRY(st = vti_cal_bootstrap(run, err));
    for (size_t k = 0; k < run->nreferences; k++) run->reference[k].u_alone = run->reference[k].u_C_f;
    run->shared = others(run) && run->par->frame != VTI_CAL_FRAME_SEPARATE &&
                  (run->par->frame == VTI_CAL_FRAME_SHARED || !differ(run));
    if (run->shared) {
        VT_TRY(st = together(run, &w, err));
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
        free(run->point);
        free(run->indent);
    }
    free(run);
    free(file);
    return st;
}
