/* The reduction: record, elastic part, yield, models, the published recipe, what can be said of a layer. */
#include "forms_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *specimen_of(const vt_table *t)
{
    for (size_t i = 0; i < vt_table_metas(t); i++) {
        const vt_meta m = vt_table_meta(t, i);
        if (strcmp(m.key, "specimen") == 0) return m.text;
    }
    return "";
}

static vt_status one(vti_torsion_run *run, const vt_table *t, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vti_torsion_record(run, t, err));
    VT_TRY(st = vti_torsion_elastic(run, err));
    vti_torsion_yields(run);
    VT_TRY(st = vti_torsion_models(run, err));
    VT_TRY(st = vti_torsion_windows(run, err));
    VT_TRY(st = vti_torsion_report(run, err));
    VT_TRY(st = vti_torsion_layer_report(run, err));
    st = vti_torsion_figures(run, err);
done:
    free(run->phi);
    free(run->T);
    if (st != VT_OK && err) vt_error_place(err, vt_table_path(t), 0);
    return st;
}

vt_status vti_torsion_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    if (job->ntables > 1)
        return vt_fail(err, VT_ESHAPE, "%zu records: reduce one record or table at a time", job->ntables);
    if (job->form && job->form[0] >= 0) return vti_torsion_reduce_form(job, result, err);
    vti_torsion_run *run = calloc(1, sizeof *run);
    if (!run) return vt_fail(err, VT_EMEMORY, "no memory for a record");
    run->job = job;
    run->par = job->params;
    run->result = result;
    run->specimen = specimen_of(job->tables[0]);
    vt_status st = vti_torsion_geometry(run, err);
    if (st == VT_OK) st = one(run, job->tables[0], err);
    free(run);
    return st;
}
