/* Monte Carlo of the whole reduction beside its first order (procedure 1.8, JCGM 101): every draw passes all readings
 * again with everything that is shared, and every reading, moved by its uncertainty. */
#include "base/quantity_internal.h"
#include "onchip_internal.h"
#include "stats/quantile_internal.h"
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>
#include <vitrum/random.h>

/* Ends that differ by more than this share of the half-width, beyond what so few draws make, are those of the draws. */
static const double DIFFER = 0.1, BEYOND = 2.0;
enum { FEWEST = 200 };

struct workspace {
    vti_onchip_pass pass;
    double *du;
};

static void workspace_free(void *scratch)
{
    struct workspace *w = scratch;
    if (!w) return;
    free(w->pass.seen);
    free(w->du);
    free(w);
}

static vt_status workspace_create(void **scratch, void *shared, vt_error *err)
{
    const vti_onchip_run *run = shared;
    struct workspace *w = calloc(1, sizeof *w);
    if (w) w->pass.seen = calloc(run->readings + 1, sizeof *w->pass.seen);
    if (w) w->du = calloc(run->readings + 1, sizeof *w->du);
    if (!w || !w->pass.seen || !w->du) {
        workspace_free(w);
        return vt_fail(err, VT_EMEMORY, "no memory for the draws of %zu readings", run->readings);
    }
    *scratch = w;
    return VT_OK;
}

static vt_status one_draw(size_t i, void *shared, void *scratch, vt_error *err)
{
    const vti_onchip_run *run = shared;
    struct workspace *w = scratch;
    vti_onchip_inputs in = run->in;
    vt_stream s;
    (void)err;
    vt_stream_init(&s, run->job->common.seed, vt_stream_purpose("onchip/draws"), i);
    for (int k = 0; k < VTI_WAFER_COUNT; k++) in.x[k] += in.u[k] > 0.0 ? in.u[k] * vt_stream_normal(&s) : 0.0;
    in.x[VTI_WAFER_NU] = fmin(fmax(in.x[VTI_WAFER_NU], 0.0), 0.5);
    for (size_t r = 0; r < run->readings; r++)
        w->du[r] = vti_onchip_noise(run, run->reading[r].beam) * vt_stream_normal(&s);
    in.doses = 2.0; /* that of the reading, and this */
    vti_onchip_evaluate(run, &in, w->du, &w->pass);
    double *out = run->drawn + i * VTI_CHIP_COUNT;
    memcpy(out, w->pass.out, sizeof w->pass.out);
    if (!(run->wider > 1.0)) return VT_OK;
    for (size_t r = 0; r < run->readings; r++) w->du[r] *= run->wider;
    in.doses = 1.0 + run->wider * run->wider;
    vti_onchip_evaluate(run, &in, w->du, &w->pass);
    for (int o = 0; o < VTI_CHIP_COUNT; o++)
        if (vti_onchip_is_rate(o)) out[o] = w->pass.out[o];
    return VT_OK;
}

vt_status vti_onchip_draw(vti_onchip_run *run, vt_error *err)
{
    const size_t n = (size_t)run->job->common.replicates;
    if (n < FEWEST) return VT_OK;
    run->drawn = malloc(n * VTI_CHIP_COUNT * sizeof *run->drawn);
    if (!run->drawn) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", n);
    run->draws = n;
    const vt_parallel how = {.threads = (int)run->job->common.threads,
                             .shared = run,
                             .scratch_create = workspace_create,
                             .scratch_free = workspace_free};
    return vt_parallel_for(n, one_draw, &how, err);
}

/* Standard error of a quantile p of n normal draws, in standard deviations. */
static double quantile_error(double p, double n)
{
    const double z = vti_coverage_factor(fabs(1.0 - 2.0 * p), INFINITY);
    return sqrt(p * (1.0 - p) / n) / gsl_ran_ugaussian_pdf(z);
}

bool vti_onchip_drawn(const vti_onchip_run *run, int out, const double *factor, double constant, double level,
                      double *low, double *high)
{
    const size_t n = run->draws;
    double *x = n > 0 ? malloc(n * sizeof *x) : NULL;
    if (!x) return false; /* first order stands alone */
    for (size_t i = 0; i < n; i++)
        x[i] = run->drawn[i * VTI_CHIP_COUNT + (size_t)out] * (factor ? factor[i] : constant);
    const double tail = 0.5 * (1.0 - level);
    const double ends[2] = {vti_finite_quantile(x, n, tail), vti_finite_quantile(x, n, 1.0 - tail)};
    const double z = vti_coverage_factor(level, INFINITY), half = 0.5 * (*high - *low);
    const double limit = half * (DIFFER + BEYOND * quantile_error(tail, (double)n) / z);
    const bool differ = fabs(ends[0] - *low) > limit || fabs(ends[1] - *high) > limit;
    free(x);
    if (!differ) return false;
    *low = ends[0];
    *high = ends[1];
    return true;
}
