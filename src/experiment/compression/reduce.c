/* The reduction: specimens one by one, then what they say together. */
#include "compression_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdlib.h>

static vt_status constants(vti_compression_run *run, vt_error *err)
{
    vti_compression_params *p = &run->par;
    const vti_known known[] = {
        {"elastic_modulus", "elastic_modulus", false, &p->elastic_modulus, NULL, NULL},
        {"density", "density", false, &p->density, NULL, NULL},
        {"heat_capacity", "heat_capacity", false, &p->heat_capacity, NULL, NULL},
        {"thermal_conductivity", "thermal_conductivity", false, &p->thermal_conductivity, NULL, NULL},
        {"vft_strength", "vft_strength", false, &p->vft_strength, NULL, NULL},
        {"vft_T0", "vft_T0", false, &p->vft_T0, NULL, NULL},
        {"vft_viscosity_at_reference", "vft_viscosity_at_reference", false, &p->vft_viscosity_at_reference, NULL, NULL},
        {"reference_temperature", "reference_temperature", false, &p->reference_temperature, NULL, NULL}};
    if (p->friction_high < p->friction_low)
        return vt_fail(err, VT_ERANGE, "friction_high = %g lies below friction_low = %g", p->friction_high,
                       p->friction_low);
    return vti_known_constants(run->job, VTI_COMPRESSION_PARAMS, sizeof known / sizeof *known, known, run->result, err);
}

static vt_status one(vti_compression_run *run, vti_disc_test *s, double *scratch, vt_error *err)
{
    const double C = isfinite(run->par.machine_compliance) ? run->par.machine_compliance : run->compliance;
    s->has_compliance = isfinite(C);
    s->disc.compliance = s->has_compliance ? C : 0.0;
    s->ratio = s->ratio_low = s->ratio_high = s->ratio_paper = s->heating = NAN;
    vt_status st = vti_compression_zero(run, s, err);
    if (st == VT_OK) st = vti_compression_curve(run, s, err);
    if (st != VT_OK) return st;
    st = vti_compression_steady(run, s, scratch, &s->why);
    if (st != VT_OK && st != VT_ENOT_STEADY && st != VT_ESEGMENT_SHORT && st != VT_EDOF) {
        if (err) *err = s->why;
        return st;
    }
    if (s->is_steady) vti_compression_budget(run, s);
    return vti_compression_overshoot(run, s, err);
}

/* A specimen without steady state leaves the others alone; if none has one, its reason is the refusal. */
static vt_status any_steady(vti_compression_run *run, vt_error *err)
{
    size_t steady = 0;
    for (size_t i = 0; i < run->n; i++) steady += run->test[i].is_steady;
    for (size_t i = 0; i < run->n; i++) {
        const vti_disc_test *s = &run->test[i];
        if (s->is_steady) continue;
        if (steady == 0) {
            const vt_table *t = run->job->tables[s->table];
            return vt_fail_at(err, s->why.code, vt_table_path(t), 0, 0, "%s", s->why.msg);
        }
        const vt_status st = vt_result_warn(run->result, err, "W_NOT_STEADY", "%s", s->why.msg);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_compression_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || !job->form || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_compression_run run = {.job = job, .par = *(const vti_compression_params *)job->params, .result = result};
    double *scratch = NULL;
    size_t longest = 0;
    vt_status st;
    VT_TRY(st = constants(&run, err));
    VT_TRY(st = vti_compression_gather(&run, err));
    VT_TRY(st = vti_compression_platens(&run, err));
    for (size_t i = 0; i < run.n; i++) longest = run.test[i].n > longest ? run.test[i].n : longest;
    scratch = malloc(2 * longest * sizeof *scratch);
    if (!scratch) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", longest);
        goto done;
    }
    for (size_t i = 0; i < run.n; i++) VT_TRY(st = one(&run, &run.test[i], scratch, err));
    VT_TRY(st = any_steady(&run, err));
    VT_TRY(st = vti_compression_sensitivity(&run, err));
    for (size_t i = 0; i < run.n; i++) VT_TRY(st = vti_compression_warn(&run, &run.test[i], err));
    VT_TRY(st = vti_compression_report(&run, err));
    st = vti_compression_figures(&run, err);
done:
    free(scratch);
    free(run.test);
    free(run.room);
    free(run.lines);
    return st;
}
