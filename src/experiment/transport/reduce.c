/* The reduction: gather, fit, replicate, report. */
#include "base/quantity_internal.h"
#include "transport.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STARTS = 8 };

void vti_transport_label(const vti_transport_row *row, char *buf, size_t size)
{
    const char *name = VTI_TRANSPORT_FACTS[row->kind].name;
    if (row->T > 0.0)
        snprintf(buf, size, "%s at %.6g degC", name, row->T - 273.15);
    else
        snprintf(buf, size, "%s", name);
}

/* A glass branch that no observation lies on is not fitted, and not made up either. */
static vt_status liquid_only(vti_transport_run *run, vt_error *err)
{
    if (!run->problem.setup.kink || !run->fit.fixed[VTI_QG]) return VT_OK;
    run->problem.setup.kink = false;
    vti_transport_untouched(&run->problem, run->fit.x, run->fit.fixed);
    return vt_result_warn(run->result, err, "W_NO_GLASS",
                          "no observation lies below the kink at %.4g degC: the viscosity law is that of the liquid",
                          run->fit.x[VTI_TK] - 273.15);
}

/* A fit that failed, in words: what the observations leave open, or that they contradict each other. */
static vt_status unsolved(const vti_transport_run *run, const vti_transport_separation *open, vt_status st,
                          vt_error *err)
{
    if (st == VT_EILLCOND || (st == VT_ENOCONV && vti_transport_ill(open)))
        return vti_transport_refuse_open(&run->problem, open, err);
    if (st != VT_ENOCONV) return st;
    return vt_fail(err, VT_ENOCONV,
                   "the fit of %zu constants did not converge: some of the %zu observations contradict each other or "
                   "the law%s",
                   open->constants, run->problem.n,
                   run->problem.setup.kink ? "" : "; if some lie below the kink, state kink=yes");
}

static vt_status fit(vti_transport_run *run, vt_error *err)
{
    vti_transport_fit *f = &run->fit;
    vti_transport_separation open;
    size_t free_parameters = 0;
    const bool told = run->problem.setup.kink; /* and dropped again, if no observation lies below it */
    vt_status st = vt_nlfit_create(&run->ws, run->problem.n, VTI_TRANSPORT_P, err);
    if (st != VT_OK) return st;
    vti_transport_start(&run->problem, f->x);
    vti_transport_untouched(&run->problem, f->x, f->fixed);
    st = liquid_only(run, err);
    if (st != VT_OK) return st;
    for (size_t j = 0; j < VTI_TRANSPORT_P; j++) free_parameters += !f->fixed[j];
    if (run->problem.n < free_parameters)
        return vt_fail(err, VT_EDOF,
                       "%zu observations (assumed ones included) for %zu constants; state at least %zu more",
                       run->problem.n, free_parameters, free_parameters - run->problem.n);
    st = vti_transport_separate(&run->problem, f, &open, err);
    if (st != VT_OK) return st;
    if (open.rank < open.constants) return vti_transport_refuse_open(&run->problem, &open, err);
    st = vti_transport_solve(run->ws, &run->problem, STARTS, f, err);
    if (st == VT_OK && run->par->kink == 0 && !run->problem.setup.kink && !told)
        vti_transport_prove_kink(run->ws, &run->problem, f);
    return st == VT_OK ? VT_OK : unsolved(run, &open, st, err);
}

static vt_status report(vti_transport_run *run, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vti_transport_report_constants(run, err));
    VT_TRY(st = vti_transport_report_rows(run, err));
    VT_TRY(st = vti_transport_report_left_out(run, err));
    VT_TRY(st = vti_transport_report_curves(run, err));
    VT_TRY(st = vti_transport_report_figures(run, err));
    VT_TRY(st = vti_transport_make_card(run, err));
done:
    return st;
}

vt_status vti_transport_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_transport_run *run = calloc(1, sizeof *run);
    if (!run) return vt_fail(err, VT_EMEMORY, "a reduction");
    run->job = job;
    run->par = job->params;
    run->result = result;
    run->path = vt_table_path(job->tables[0]);
    run->level = job->common.level;
    run->z = vti_coverage_factor(run->level, INFINITY);
    vt_status st;
    VT_TRY(st = vti_transport_gather(run, err));
    VT_TRY(st = fit(run, err));
    VT_TRY(st = vti_transport_replicate(run, (size_t)job->common.replicates, err));
    VT_TRY(st = report(run, err));
done:
    vt_nlfit_free(run->ws);
    free(run->draws);
    free(run);
    return st;
}
