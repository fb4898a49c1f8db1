/* The reduction: gather, fit both laws to every series, report. */
#include "viscosity_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/modelchoice.h>
#include <vitrum/parallel.h>

/* Task i of a parallel loop: writes only run->series[i] and the status of its own. */
struct task {
    vti_viscosity_run *run;
    size_t most;   /* points of the longest series */
    vt_error *why; /* one per series: why it was not fitted */
};

static vt_status scratch_create(void **scratch, void *shared, vt_error *err)
{
    const struct task *t = shared;
    vt_nlfit *ws = NULL;
    const vt_status st = vt_nlfit_create(&ws, t->most, VTI_VISCOSITY_P, err);
    if (st == VT_OK) *scratch = ws;
    return st;
}

static void scratch_free(void *scratch)
{
    vt_nlfit_free(scratch);
}

static vt_status fit_series(size_t i, void *shared, void *scratch, vt_error *err)
{
    struct task *t = shared;
    vti_viscosity_run *run = t->run;
    vti_viscosity_series *s = &run->series[i];
    const vti_viscosity_points p = {
        .n = s->n, .T = run->T + s->begin, .y = run->y + s->begin, .u = s->has_u ? run->u + s->begin : NULL};
    vti_viscosity_fit fit[VTI_VISCOSITY_LAWS];
    double aicc[VTI_VISCOSITY_LAWS];
    (void)err;
    if ((long)s->n < run->par->min_points) {
        vt_fail(&t->why[i], VT_EDOF, "%zu points, fewer than min_points = %ld", s->n, run->par->min_points);
        return VT_OK;
    }
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        if (vti_viscosity_fit_law(scratch, (vti_viscosity_law)law, run->L, &p, run->level, &fit[law], &t->why[i]) !=
            VT_OK)
            return VT_OK; /* this series only: told as a warning */
        aicc[law] = fit[law].aicc;
    }
    double weight[VTI_VISCOSITY_LAWS];
    if (vt_akaike_weights(VTI_VISCOSITY_LAWS, aicc, weight, &t->why[i]) != VT_OK) return VT_OK;
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        s->fit[law] = fit[law];
        s->fit[law].weight = weight[law];
    }
    s->fitted = true;
    return VT_OK;
}

static vt_status fit_all(vti_viscosity_run *run, vt_error *err)
{
    struct task t = {.run = run, .why = calloc(run->nseries, sizeof *t.why)};
    if (!t.why) return vt_fail(err, VT_EMEMORY, "no memory for %zu series", run->nseries);
    for (size_t i = 0; i < run->nseries; i++) t.most = run->series[i].n > t.most ? run->series[i].n : t.most;
    const vt_parallel how = {.threads = (int)run->job->common.threads,
                             .shared = &t,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "series"};
    vt_status st = vt_parallel_for(run->nseries, fit_series, &how, err);
    size_t fitted = 0;
    for (size_t i = 0; i < run->nseries && st == VT_OK; i++) {
        fitted += run->series[i].fitted;
        if (run->series[i].fitted) continue;
        if (run->nseries == 1) { /* nothing else to report */
            st = vt_fail(err, t.why[i].code, "%s", t.why[i].msg);
            break;
        }
        const bool few = (long)run->series[i].n < run->par->min_points;
        st = vti_viscosity_warn(run, few ? VTI_FEW_POINTS : VTI_NOT_FITTED, err, "series '%s' is not fitted: %s",
                                run->series[i].name, t.why[i].msg);
    }
    if (st == VT_OK && fitted == 0)
        st = vt_fail(err, t.why[0].code, "none of the %zu series could be fitted; the first, '%s': %s", run->nseries,
                     run->series[0].name, t.why[0].msg);
    free(t.why);
    return st;
}

vt_status vti_viscosity_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_viscosity_run run = {.job = job, .par = job->params, .result = result, .level = job->common.level};
    run.L = log10(run.par->glass_viscosity);
    vt_status st;
    VT_TRY(st = vti_viscosity_gather(&run, err));
    VT_TRY(st = fit_all(&run, err));
    VT_TRY(st = vti_viscosity_report(&run, err));
    st = vti_viscosity_figures(&run, err);
done:
    free(run.T);
    free(run.y);
    free(run.u);
    free(run.series);
    return st;
}
