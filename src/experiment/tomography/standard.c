/* Edge standards: their blur is the resolution of the scanner. */
#include "experiment/emit_internal.h"
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Blur of one standard, with the scatter about its fit. */
static vt_status fit_edge(const vt_table *t, double *sigma, double *u, vt_error *err)
{
    vti_profile p = {0};
    vti_edge_problem q = {.sigma = NAN, .inflate = 1.0};
    vti_edge_fit f;
    vt_status st;
    VT_TRY(st = vti_tomo_read_profile(t, "position", &p, err));
    if (p.n < VTI_TOMO_LEAST)
        VT_TRY(st = vt_fail_at(err, VT_EDOF, vt_table_path(t), 0, 0,
                               "%zu positions are too few for an edge; %d are needed", p.n, VTI_TOMO_LEAST));
    VT_TRY(st = vt_nlfit_create(&q.work, p.n + 1, VT_EDGE_P, err));
    vti_edge_scale(&q, &p, NAN);
    if (!vti_edge_start(&q, &f))
        VT_TRY(st = vt_fail_at(err, VT_ENOCONV, vt_table_path(t), 0, 0, "no blurred edge fits the %zu positions", p.n));
    const double scatter = f.chi2 / ((double)p.n - 4.0);
    *sigma = f.x[VT_EDGE_SIGMA];
    *u = sqrt(f.cov[VT_EDGE_SIGMA * VT_EDGE_P + VT_EDGE_SIGMA] * (p.absolute ? fmax(scatter, 1.0) : scatter));
    if (*u < 1e-4 * *sigma) *u = 1e-4 * *sigma; /* an exact edge is a made-up one */
done:
    vt_nlfit_free(q.work);
    free(p.s);
    return st;
}

vt_status vti_tomo_standards(vti_tomo_run *run, vt_error *err)
{
    double weight = 0.0, sum = 0.0, square = 0.0, n = 0.0;
    vt_status st = VT_OK;
    run->sigma = run->u_sigma = NAN;
    for (size_t i = 0; i < run->job->ntables; i++) {
        double sigma, u;
        if (run->job->form[i] < 0) continue;
        VT_TRY(st = fit_edge(run->job->tables[i], &sigma, &u, err));
        weight += 1.0 / (u * u);
        sum += sigma / (u * u);
        square += pow(sigma / u, 2.0);
        n += 1.0;
    }
    if (!(weight > 0.0)) return VT_OK;
    run->sigma = sum / weight;
    /* Standards that differ beyond their fits stretch it (Birge's ratio). */
    run->u_sigma = sqrt(fmax(1.0, n > 1.0 ? (square - sum * run->sigma) / (n - 1.0) : 1.0) / weight);
    const double F = VT_EDGE_FWHM * run->sigma, u = VT_EDGE_FWHM * run->u_sigma;
    const vt_budget_item fit = {.source = "fits of the edges", .group = "resolution", .type = 'A', .u = u, .c = 1.0};
    st = vti_emit_covered(run->result,
                          &(vti_value){.name = "resolution",
                                       .symbol = "FWHM",
                                       .unit = "m",
                                       .value = F,
                                       .u = u,
                                       .method = "blurred edge, weighted mean of the standards",
                                       .nbudget = 1,
                                       .budget = &fit},
                          run->job->common.level, err);
done:
    return st;
}
