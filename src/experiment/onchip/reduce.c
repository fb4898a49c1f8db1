/* The reduction: calibration, points, elastic and plastic specimens, relaxation, uncertainty, report. */
#include "experiment/experiment_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdlib.h>

static vt_status constants(vti_onchip_run *run, vt_error *err)
{
    vti_onchip_params *p = &run->par;
    double u_E = NAN, u_nu = NAN;
    const vti_known known[] = {
        {"independent_modulus", "elastic_modulus", false, &p->independent_modulus, &u_E, "independent_modulus_u"},
        {"poisson_ratio", "poisson_ratio", false, &p->poisson_ratio, &u_nu, "poisson_ratio_u"}};
    const vt_status st = vti_known_constants(run->job, VTI_ONCHIP_PARAMS, 2, known, run->result, err);
    if (st != VT_OK) return st;
    if (u_E > 0.0) p->independent_modulus_u = u_E * p->independent_modulus;
    if (u_nu > 0.0) p->poisson_ratio_u = u_nu * p->poisson_ratio;
    run->has_reference = isfinite(p->independent_modulus);
    return VT_OK;
}

static void inputs(vti_onchip_run *run)
{
    const vti_onchip_params *p = &run->par;
    const double scale[] = {p->actuator_modulus_u, p->actuator_width_u, p->actuator_thickness_u, p->width_u,
                            p->thickness_u};
    vti_onchip_inputs *in = &run->in;
    double sum = 0.0;
    for (int k = 0; k < 5; k++) sum += scale[k] * scale[k];
    *in = (vti_onchip_inputs){
        .doses = 1.0,
        .x = {[VTI_WAFER_EPS_A] = run->cal.eps_a,
              [VTI_WAFER_ZERO] = run->cal.slope > 0.0 && !run->cal.given ? run->cal.zero : (double)NAN,
              [VTI_WAFER_NU] = p->poisson_ratio,
              [VTI_WAFER_T] = p->temperature},
        .u = {[VTI_WAFER_EPS_A] = run->cal.u_eps_a,
              [VTI_WAFER_ZERO] = run->cal.slope > 0.0 && !run->cal.given ? run->cal.u_zero : 0.0,
              [VTI_WAFER_SCALE] = sqrt(sum),
              [VTI_WAFER_L0] = p->specimen_length_u,
              [VTI_WAFER_SERIES] = p->series_u,
              [VTI_WAFER_L_A] = p->actuator_length_u,
              [VTI_WAFER_SEM] = p->scale_u,
              [VTI_WAFER_NU] = p->poisson_ratio_u,
              [VTI_WAFER_E_REF] = run->has_reference ? p->independent_modulus_u / p->independent_modulus : 0.0,
              [VTI_WAFER_T] = p->temperature_u,
              [VTI_WAFER_THETA] = isfinite(p->hardening) ? p->hardening_u : 0.0}};
}

static int by_time(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Isochronous sets: readings of all structures whose times differ by no more than the tolerance. */
static vt_status isochronous(vti_onchip_run *run, vt_error *err)
{
    run->group_time = malloc((run->readings + 1) * sizeof *run->group_time);
    if (!run->group_time) return vt_fail(err, VT_EMEMORY, "no memory for %zu times", run->readings);
    for (size_t r = 0; r < run->readings; r++) run->group_time[r] = run->reading[r].t;
    qsort(run->group_time, run->readings, sizeof *run->group_time, by_time);
    for (size_t r = 0; r < run->readings; r++)
        if (run->groups == 0 || run->group_time[r] > run->group_time[run->groups - 1] * (1.0 + run->par.time_tolerance))
            run->group_time[run->groups++] = run->group_time[r];
    for (size_t r = 0; r < run->readings; r++) {
        size_t g = run->groups - 1;
        while (g > 0 && run->group_time[g] > run->reading[r].t) g--;
        run->reading[r].group = g;
    }
    return VT_OK;
}

static vt_status reduce(vti_onchip_run *run, vt_error *err)
{
    vt_status st;
    VT_TRY(st = constants(run, err));
    VT_TRY(st = vti_onchip_gather(run, err));
    VT_TRY(st = vti_onchip_calibrate(run, err));
    VT_TRY(st = isochronous(run, err));
    inputs(run);
    run->pass.seen = calloc(run->readings + 1, sizeof *run->pass.seen);
    if (!run->pass.seen) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", run->readings);
    VT_TRY(st = vti_onchip_screen(run, err));
    VT_TRY(st = vti_onchip_classify(run, err));
    VT_TRY(st = vti_onchip_relax(run, err));
    VT_TRY(st = vti_onchip_propagate(run, err));
    VT_TRY(st = vti_onchip_draw(run, err));
    VT_TRY(st = vti_onchip_warn(run, err));
    VT_TRY(st = vti_onchip_report(run, err));
    VT_TRY(st = vti_onchip_report_rates(run, err));
    VT_TRY(st = vti_onchip_report_calibration(run, err));
    VT_TRY(st = vti_onchip_report_points(run, err));
    VT_TRY(st = vti_onchip_figures(run, err));
    st = vti_onchip_survival(run, err);
done:
    return st;
}

vt_status vti_onchip_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || !job->form || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_onchip_run run = {.job = job, .par = *(const vti_onchip_params *)job->params, .result = result};
    const vt_status st = reduce(&run, err);
    free(run.beam);
    free(run.reading);
    free(run.group_time);
    free(run.cal.L);
    free(run.pass.seen);
    free(run.c_stress);
    free(run.drawn);
    return st;
}
