/* The reduction: traces, set points, segments, load jumps, the sinh law. */
#include "creep_internal.h"
#include "rheology_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdlib.h>

static void release(vti_creep_run *run)
{
    for (size_t i = 0; i < run->traces; i++) {
        free(run->trace[i].t);
        free(run->trace[i].row);
    }
    free(run->trace);
    free(run->segment);
    free(run->condition);
    free(run->scratch);
    free(run->member);
    vt_nlfit_free(run->nlfit);
}

/* Longest segment: if none has a viscosity, its reason is that of the refusal. */
static vt_status all_rejected(const vti_creep_run *run, vt_error *err)
{
    const vti_creep_segment *longest = NULL;
    double most = -1.0;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        const double *t = run->trace[s->trace].t, duration = t[s->edge[1] - 1] - t[s->edge[0]];
        if (s->verdict == VT_OK) return VT_OK;
        if (duration > most) most = duration, longest = s;
    }
    if (!longest) return vt_fail(err, VT_ESEGMENT_SHORT, "the record has no segment");
    const vti_creep_trace *r = &run->trace[longest->trace];
    vt_fail(err, longest->verdict, "no viscosity from %zu segment%s; the longest, %.6g to %.6g s: %s", run->segments,
            run->segments == 1 ? "" : "s", r->t[longest->edge[0]], r->t[longest->edge[1] - 1], longest->why);
    vt_error_place(err, vt_table_path(r->table), vt_table_line(r->table, r->row[longest->edge[0]]));
    return vt_error_about(err, r->specimen);
}

static vt_status segments(vti_creep_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->segments; i++) {
        const vt_status st = vti_creep_fit(run, &run->segment[i], err);
        if (st != VT_OK) return st;
    }
    vt_status st = all_rejected(run, err);
    if (st == VT_OK) st = vti_creep_conditions(run, err);
    for (size_t i = 0; i < run->segments && st == VT_OK; i++)
        if (run->segment[i].verdict == VT_OK) st = vti_creep_report_segment(run, &run->segment[i], err);
    return st;
}

/* The VFT law, where heating can be put in with it. */
static vt_status law(vti_creep_run *run, vt_error *err)
{
    const vti_known known[] = {{"vft_strength", "vft_strength", false, &run->vft_strength, NULL, NULL},
                               {"vft_T0", "vft_T0", false, &run->vft_T0, NULL, NULL}};
    bool wanted = false;
    for (size_t i = 0; i < run->traces; i++) {
        const vti_creep_trace *r = &run->trace[i];
        wanted = wanted || (r->P && !r->T && isfinite(r->par.temperature) && isfinite(r->par.grip_temperature));
    }
    if (!wanted) return VT_OK;
    return vti_known_constants(run->job, vti_creep_experiment.params, sizeof known / sizeof *known, known, run->result,
                               err);
}

vt_status vti_creep_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_creep_run run = {.job = job, .par = job->params, .result = result};
    run.vft_strength = run.par->vft_strength;
    run.vft_T0 = run.par->vft_T0;
    bool rheometer = false;
    vt_status st;
    VT_TRY(st = vti_rheology_wanted(job, &rheometer, err));
    if (rheometer) return vti_rheology_reduce(job, &vti_creep_experiment, result, err);
    VT_TRY(st = vti_creep_gather(&run, err));
    VT_TRY(st = law(&run, err));
    VT_TRY(st = vti_creep_setpoints(&run, err));
    VT_TRY(st = segments(&run, err));
    VT_TRY(st = vti_creep_jumps(&run, err));
    VT_TRY(st = vti_creep_sinh(&run, err));
    VT_TRY(st = vti_creep_warn(&run, err));
    VT_TRY(st = vti_creep_curves(&run, err));
    st = vti_creep_figures(&run, err);
done:
    release(&run);
    return st;
}
