/* Edge standards: their blur is the resolution of the scanner. */
#include "experiment/emit_internal.h"
#include "tomography_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static vt_status read_edge(const vt_table *t, vti_profile *p, vt_error *err)
{
    const double *x = vti_bound_numbers(t, "position"), *g = vti_bound_numbers(t, "grey");
    const double *u = vti_bound_numbers(t, "grey_u");
    const size_t n = vt_table_rows(t);
    double *block = malloc(3 * n * sizeof *block);
    if (!block) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows", n);
    *p = (vti_profile){.n = n, .s = block, .g = block + n, .u = block + 2 * n, .absolute = u != NULL};
    for (size_t i = 0; i < n; i++) {
        p->s[i] = x[i];
        p->g[i] = g[i];
        p->u[i] = u && u[i] > 0.0 ? u[i] : 1.0;
        if (i > 0 && !(x[i] > x[i - 1]))
            return vt_fail_at(err, VT_ERANGE, vt_table_path(t), vt_table_line(t, i), 0,
                              "position %g nm does not increase after %g nm; sort the rows", 1e9 * x[i],
                              1e9 * x[i - 1]);
    }
    if (n < VTI_TOMO_LEAST)
        return vt_fail_at(err, VT_EDOF, vt_table_path(t), 0, 0, "%zu positions are too few for an edge; %d are needed",
                          n, VTI_TOMO_LEAST);
    return VT_OK;
}

/* Blur of one standard, with the scatter about its fit. */
static vt_status fit_edge(const vt_table *t, double *sigma, double *u, vt_error *err)
{
    vti_profile p = {0};
    vti_edge_problem q = {.sigma = NAN, .inflate = 1.0};
    vti_edge_fit f;
    vt_status st;
    VT_TRY(st = read_edge(t, &p, err));
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
    double weight = 0.0, sum = 0.0;
    vt_status st = VT_OK;
    run->sigma = run->u_sigma = NAN;
    for (size_t i = 0; i < run->job->ntables; i++) {
        double sigma, u;
        if (run->job->form[i] < 0) continue;
        VT_TRY(st = fit_edge(run->job->tables[i], &sigma, &u, err));
        weight += 1.0 / (u * u);
        sum += sigma / (u * u);
    }
    if (!(weight > 0.0)) return VT_OK;
    run->sigma = sum / weight;
    run->u_sigma = 1.0 / sqrt(weight);
    const double F = VT_EDGE_FWHM * run->sigma, u = VT_EDGE_FWHM * run->u_sigma;
    const double z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * run->job->common.level);
    st = vti_emit_value(run->result,
                        &(vti_value){.name = "resolution",
                                     .symbol = "FWHM",
                                     .unit = "m",
                                     .value = F,
                                     .u = u,
                                     .low = F - z * u,
                                     .high = F + z * u,
                                     .level = run->job->common.level,
                                     .method = "blurred edge, weighted mean of the standards"},
                        err);
done:
    return st;
}
