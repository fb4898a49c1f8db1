/* The reduction: axis and trace of every view, angle of every specimen, trend. */
#include "base/quantity_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/constants.h>

static vt_status place(const vti_fracture_run *run, const vti_fracture_view *v, vt_status st, vt_error *err)
{
    if (st != VT_OK) vt_error_place(err, vt_table_path(run->job->tables[v->table]), v->line);
    return st;
}

static vt_status look(vti_fracture_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->views; i++) {
        vti_fracture_view *v = &run->view[i];
        if (v->stated) continue;
        vt_status st = vti_fracture_axis(run, v, err);
        if (st == VT_OK) st = vti_fracture_trace(run, v, err);
        if (st != VT_OK) return place(run, v, st, err);
    }
    return VT_OK;
}

static vt_status orient(vti_fracture_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->specimens; i++) {
        vti_fracture_specimen *s = &run->specimen[i];
        vt_status st = vti_fracture_orient(run, s, err);
        if (st == VT_OK && s->round_to > s->round_from) st = vti_fracture_unwrapped(run, s, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_fracture_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_fracture_run run = {
        .job = job, .par = job->params, .result = result, .z = vti_coverage_factor(job->common.level, INFINITY)};
    vt_status st;
    VT_TRY(st = vti_fracture_gather(&run, err));
    VT_TRY(st = look(&run, err));
    VT_TRY(st = orient(&run, err));
    VT_TRY(st = vti_fracture_report(&run, err));
    VT_TRY(st = vti_fracture_pool(&run, err));
    st = vti_fracture_figures(&run, err);
done:
    free(run.point);
    free(run.round);
    free(run.view);
    free(run.specimen);
    free(run.scratch);
    return st;
}
