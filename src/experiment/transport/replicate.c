/* Spread of the constants: refits to stated values drawn within their uncertainties (procedures 10.2). */
#include "transport.h"
#include <vitrum/parallel.h>
#include <vitrum/random.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P };

static vt_status scratch_create(void **scratch, void *shared, vt_error *err)
{
    const vti_transport_run *run = shared;
    vt_nlfit *ws = NULL;
    const vt_status st = vt_nlfit_create(&ws, run->problem.n, P, err);
    if (st == VT_OK) *scratch = ws;
    return st;
}

static void scratch_free(void *scratch)
{
    vt_nlfit_free(scratch);
}

static double draw(const vti_transport_row *row, vt_stream *s)
{
    const double z = vt_stream_normal(s);
    return row->lognormal ? row->value * exp(z * row->u / row->value) : row->value + z * row->u;
}

/* One refit; a replicate that does not converge is NaN and counted. */
static vt_status refit(size_t index, void *shared, void *scratch, vt_error *err)
{
    const vti_transport_run *run = shared;
    double stated[VTI_TRANSPORT_ROWS];
    vt_stream s;
    (void)err;
    vt_stream_init(&s, run->job->common.seed, vt_stream_purpose("transport/replicate"), index);
    for (size_t i = 0; i < run->problem.n; i++) stated[i] = draw(&run->row[i], &s);
    vti_transport_problem p = run->problem;
    p.stated = stated;
    vti_transport_fit fit = run->fit;
    double *x = run->draws + index * P;
    const vt_status st = vti_transport_solve(scratch, &p, 1, &fit, NULL);
    for (size_t j = 0; j < P; j++) x[j] = st == VT_OK ? fit.x[j] : NAN;
    return VT_OK;
}

vt_status vti_transport_replicate(vti_transport_run *run, size_t n, vt_error *err)
{
    run->nrep = 0;
    if (n == 0) return VT_OK;
    run->draws = malloc(n * P * sizeof *run->draws);
    if (!run->draws) return vt_fail(err, VT_EMEMORY, "%zu replicates", n);
    const vt_parallel how = {.threads = (int)run->job->common.threads,
                             .shared = run,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "transport replicates"};
    const vt_status st = vt_parallel_for(n, refit, &how, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(run->draws[i * P])) continue;
        memmove(run->draws + run->nrep * P, run->draws + i * P, P * sizeof *run->draws);
        run->nrep++;
    }
    if (run->nrep < n)
        return vt_result_warn(run->result, err, "W_REPLICATES", "%zu of %zu refits to perturbed values failed",
                              n - run->nrep, n);
    return VT_OK;
}
