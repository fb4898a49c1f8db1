/* The reduction: gather, fit, laws, bootstrap, report. */
#include "molding.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a constant comes from. */
struct origin {
    const char *param, *key;
    double *to, *u; /* u relative; NULL: not wanted */
};

/* A constant from --set or metadata, else from the card (recalled ones warn), else its default, which belongs to
 * Ni45Pd35P16B4 and is mentioned in defaults. */
static vt_status constant(const vti_mold_run *run, const struct origin *o, char *defaults, size_t size, vt_error *err)
{
    const vt_param *row = vt_param_find(VTI_MOLD_PARAMS, o->param);
    if (run->job->given >> (row - VTI_MOLD_PARAMS) & 1u) return VT_OK;
    if (run->job->alloy && vt_card_find(run->job->alloy, o->key)) {
        vt_quantity q;
        const vt_status st = vt_job_constant(run->job, run->result, o->key, &q, err);
        if (st != VT_OK) return st;
        *o->to = q.value;
        if (o->u && q.u > 0.0) *o->u = q.u / q.value;
        return VT_OK;
    }
    const size_t used = defaults ? strlen(defaults) : 0;
    if (defaults) snprintf(defaults + used, size - used, "%s%s", used ? ", " : "", o->param);
    return VT_OK;
}

static vt_status known(vti_mold_run *run, vt_error *err)
{
    const vti_mold_params *p = run->par;
    char defaults[300] = "";
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
    const struct origin from[] = {{"tg", "glass_transition", &k->Tg, NULL},
                                  {"atomic_volume", "atomic_volume", &k->Omega, &k->u_Omega},
                                  {"relaxation_time", "relaxation_time_at_reference", &k->tau_g, NULL},
                                  {"shear_modulus", "shear_modulus", &k->shear_modulus, NULL},
                                  {"surface_tension", "surface_tension", &k->surface_tension, NULL},
                                  {"contact_angle", "contact_angle", &k->contact_angle, NULL},
                                  {"interface_thickness", "interface_thickness", &k->delta, &k->u_delta},
                                  {"atomic_radius", "atomic_radius", &k->R, &k->u_R},
                                  {"stokes_einstein_constant", "stokes_einstein_constant", &k->c, NULL}};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) { /* the first three belong to one alloy only */
        const vt_status st = constant(run, &from[i], i < 3 ? defaults : NULL, sizeof defaults, err);
        if (st != VT_OK) return st;
    }
    if (!defaults[0]) return VT_OK;
    return vt_result_warn(run->result, err, "W_ASSUMED",
                          "%s neither set nor on an alloy card: the value of Ni45Pd35P16B4 is used", defaults);
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
    run.z = gsl_cdf_ugaussian_Pinv(0.5 * (1.0 + job->common.level));
    vt_status st;
    VT_TRY(st = known(&run, err));
    VT_TRY(st = vti_mold_gather(&run, err));
    exposure(&run);
    VT_TRY(st = vti_mold_fit(&run, err));
    VT_TRY(st = vti_mold_fit_laws(&run, err));
    VT_TRY(st = vti_mold_bootstrap(&run, (size_t)job->common.replicates, err));
    VT_TRY(st = report(&run, err));
done:
    vti_mold_release(&run);
    return st;
}
