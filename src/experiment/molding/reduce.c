/* The reduction: gather, fit, laws, bootstrap, report. */
#include "base/quantity_internal.h"
#include "experiment/experiment_internal.h"
#include "molding.h"
#include <math.h>

static vt_status known(vti_mold_run *run, vt_error *err)
{
    const vti_mold_params *p = run->par;
    vti_mold_known *k = &run->known;
    *k = (vti_mold_known){.Tg = p->tg,
                          .Omega = p->atomic_volume,
                          .u_Omega = p->atomic_volume_u,
                          .tau_g = p->relaxation_time,
                          .t_exp = p->exposure_time,
                          .shear_modulus = p->shear_modulus,
                          .surface_tension = p->surface_tension,
                          .contact_angle = p->contact_angle,
                          .delta = p->interface_thickness,
                          .u_delta = log(p->interface_thickness_factor),
                          .R = p->atomic_radius,
                          .u_R = p->atomic_radius_u,
                          .c = p->stokes_einstein_constant};
    const vti_known from[] = {
        {.param = "tg", .key = "glass_transition", .of_one_alloy = true, .to = &k->Tg},
        {"atomic_volume", "atomic_volume", true, &k->Omega, &k->u_Omega, "atomic_volume_u"},
        {.param = "relaxation_time", .key = "relaxation_time_at_reference", .of_one_alloy = true, .to = &k->tau_g},
        {.param = "shear_modulus", .key = "shear_modulus", .to = &k->shear_modulus},
        {.param = "surface_tension", .key = "surface_tension", .to = &k->surface_tension},
        {.param = "contact_angle", .key = "contact_angle", .to = &k->contact_angle},
        {"interface_thickness", "interface_thickness", false, &k->delta, &k->u_delta, "interface_thickness_factor"},
        {"atomic_radius", "atomic_radius", false, &k->R, &k->u_R, "atomic_radius_u"},
        {.param = "stokes_einstein_constant", .key = "stokes_einstein_constant", .to = &k->c}};
    return vti_known_constants(run->job, VTI_MOLD_PARAMS, sizeof from / sizeof *from, from, run->result, err);
}

/* The glass transitions belong to the longest run of the study, unless exposure_time says otherwise. */
static void exposure(vti_mold_run *run)
{
    if (run->known.t_exp > 0.0) return;
    run->known.t_exp = 0.0;
    for (size_t k = 0; k < run->nc; k++) run->known.t_exp = fmax(run->known.t_exp, run->c[k].t);
}

static vt_status report(vti_mold_run *run, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vti_mold_report_conditions(run, err));
    VT_TRY(st = vti_mold_report_laws(run, err));
    VT_TRY(st = vti_mold_report_lengths(run, err));
    VT_TRY(st = vti_mold_warn(run, err));
    VT_TRY(st = vti_mold_figures(run, err));
    VT_TRY(st = vti_mold_make_card(run, err));
done:
    return st;
}

vt_status vti_mold_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_mold_run run = {.job = job, .par = job->params, .result = result, .path = vt_table_path(job->tables[0])};
    run.z = vti_coverage_factor(job->common.level, INFINITY);
    vt_status st;
    VT_TRY(st = known(&run, err));
    VT_TRY(st = vti_mold_gather(&run, err));
    VT_TRY(st = vti_mold_slips(&run, err));
    exposure(&run);
    VT_TRY(st = vti_mold_fit(&run, err));
    VT_TRY(st = vti_mold_level(&run, err));
    VT_TRY(st = vti_mold_fit_laws(&run, err));
    VT_TRY(st = vti_mold_bootstrap(&run, (size_t)job->common.replicates, err));
    VT_TRY(st = report(&run, err));
done:
    vti_mold_release(&run);
    return st;
}
