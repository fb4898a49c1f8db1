/* Monte Carlo of the whole reduction beside its first order (procedure 1.8, JCGM 101): every draw passes all readings
 * again with everything that is shared, and every reading, moved by its uncertainty. */
#include "onchip_internal.h"
#include "stats/quantile_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>
#include <vitrum/random.h>

static const size_t FEWEST = 200;
static const double LOST = 0.001;           /* share of draws outside the domain that is told */
static const double WITHIN_U = 0.682689492; /* of a normal distribution, within -+ u */

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

/* Draws that leave the domain of the laws have no outputs. */
static vt_status tell_lost(vti_onchip_run *run, vt_error *err)
{
    double most = 0.0;
    for (size_t o = 0; o < VTI_CHIP_COUNT; o++) {
        size_t lost = 0;
        for (size_t i = 0; isfinite(run->pass.out[o]) && i < run->draws; i++)
            lost += isfinite(run->drawn[i * VTI_CHIP_COUNT + o]) ? 0 : 1;
        most = fmax(most, (double)lost / (double)run->draws);
    }
    if (!(most > LOST)) return VT_OK;
    return vt_result_warn(run->result, err, "W_NONLINEAR",
                          "%.2g of the Monte Carlo draws leave the domain of the laws, as a displacement beyond free "
                          "contraction does; intervals are judged by the others",
                          most);
}

vt_status vti_onchip_draw(vti_onchip_run *run, vt_error *err)
{
    const size_t n = (size_t)run->job->common.replicates;
    if (n < FEWEST || !vti_draws_tell_ends(run->job->common.level, n)) return VT_OK;
    run->drawn = malloc((VTI_CHIP_COUNT + 1) * n * sizeof *run->drawn);
    if (!run->drawn) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", n);
    run->draws = n;
    const vt_parallel how = {.threads = (int)run->job->common.threads,
                             .label = "draws of the wafer",
                             .shared = run,
                             .scratch_create = workspace_create,
                             .scratch_free = workspace_free};
    const vt_status st = vt_parallel_for(n, one_draw, &how, err);
    return st == VT_OK ? tell_lost(run, err) : st;
}

/* Quantile p, of the inverse of x where that is what was drawn: without end where x reaches 0. */
static double quantile(double *x, size_t n, bool inverse, double p)
{
    if (!inverse) return vti_finite_quantile(x, n, p);
    const double y = vti_finite_quantile(x, n, 1.0 - p);
    return y > 0.0 ? 1.0 / y : (double)INFINITY;
}

bool vti_onchip_drawn(const vti_onchip_run *run, const vti_onchip_told *told, double constant,
                      vti_onchip_interval *interval)
{
    const size_t n = run->draws;
    if (n == 0) return false; /* first order stands alone */
    double *x = run->drawn + n * VTI_CHIP_COUNT;
    for (size_t i = 0; i < n; i++) {
        x[i] = run->drawn[i * VTI_CHIP_COUNT + (size_t)told->out] * (told->factors ? told->factors[i] : constant);
        if (told->inverse) x[i] = 1.0 / x[i];
    }
    const double level = run->job->common.level, tail = 0.5 * (1.0 - level);
    const double low = quantile(x, n, told->inverse, tail), high = quantile(x, n, told->inverse, 1.0 - tail);
    if (!vti_ends_differ((double[]){interval->low, interval->high}, (double[]){low, high}, level, n)) return false;
    const double below = quantile(x, n, told->inverse, 0.5 * (1.0 - WITHIN_U));
    const double above = quantile(x, n, told->inverse, 0.5 * (1.0 + WITHIN_U));
    *interval = (vti_onchip_interval){isfinite(above) ? 0.5 * (above - below) : interval->u, low, high};
    return true;
}
