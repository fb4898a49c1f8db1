/* First-order uncertainty of the whole reduction at once: it is passed again with every shared input moved to either
 * side, and with every reading moved by its noise. So what the wafer shares stays shared. */
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/random.h>

enum { ONE_BY_ONE = 600, DRAWS = 600 };

static void shared(vti_onchip_run *run, int k, vti_onchip_pass *low, vti_onchip_pass *high)
{
    vti_onchip_inputs in = run->in;
    /* Hardening that is found has no uncertainty of its own here; its sensitivity is told all the same. */
    const double h = k == VTI_WAFER_THETA ? 1e8 : 0.3 * in.u[k];
    for (int o = 0; o < VTI_CHIP_COUNT; o++) run->c[k][o] = 0.0;
    if (!(h > 0.0)) return;
    in.x[k] = run->in.x[k] - h;
    if (k == VTI_WAFER_NU) in.x[k] = fmax(in.x[k], 0.0);
    const double from = in.x[k];
    vti_onchip_evaluate(run, &in, NULL, low);
    in.x[k] = run->in.x[k] + h;
    if (k == VTI_WAFER_NU) in.x[k] = fmin(in.x[k], 0.5);
    const double way = in.x[k] - from;
    vti_onchip_evaluate(run, &in, NULL, high);
    for (int o = 0; o < VTI_CHIP_COUNT; o++) {
        const double c = (high->out[o] - low->out[o]) / way;
        if (isfinite(c)) run->c[k][o] = c;
    }
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_seen *a = &low->seen[r], *b = &high->seen[r];
        run->c_stress[r * VTI_WAFER_COUNT + (size_t)k] = (b->stress - a->stress) / way;
        run->c_paper[r * VTI_WAFER_COUNT + (size_t)k] = (b->paper - a->paper) / way;
        run->c_strain[r * VTI_WAFER_COUNT + (size_t)k] = (b->strain - a->strain) / way;
    }
}

/* Each reading moved by itself; where there are very many, all at random together. */
static void noise(vti_onchip_run *run, double *du, vti_onchip_pass *low, vti_onchip_pass *high)
{
    const bool each = run->readings <= ONE_BY_ONE;
    const size_t n = each ? run->readings : DRAWS;
    double sum[VTI_CHIP_COUNT] = {0};
    vt_stream s;
    vt_stream_init(&s, run->job->common.seed, vt_stream_purpose("onchip/noise"), 0);
    for (size_t k = 0; k < n; k++) {
        if (each && !vti_onchip_counts(run, k)) continue;
        for (size_t r = 0; r < run->readings; r++)
            du[r] = vti_onchip_noise(run, run->reading[r].beam) * (each ? (double)(r == k) : vt_stream_normal(&s));
        vti_onchip_evaluate(run, &run->in, du, high);
        for (size_t r = 0; r < run->readings; r++) du[r] = -du[r];
        vti_onchip_evaluate(run, &run->in, du, low);
        for (int o = 0; o < VTI_CHIP_COUNT; o++) {
            const double d = 0.5 * (high->out[o] - low->out[o]);
            if (isfinite(d)) sum[o] += d * d / (each ? 1.0 : (double)n);
        }
    }
    for (int o = 0; o < VTI_CHIP_COUNT; o++) run->own[o] = sqrt(sum[o]);
}

bool vti_onchip_is_rate(int out)
{
    static const int RATES[] = {VTI_CHIP_S_P, VTI_CHIP_S_F,  VTI_CHIP_S_PH, VTI_CHIP_M_P,
                                VTI_CHIP_M_F, VTI_CHIP_M_TH, VTI_CHIP_V_P,  VTI_CHIP_V_F};
    for (size_t k = 0; k < sizeof RATES / sizeof *RATES; k++)
        if (RATES[k] == out) return true;
    return false;
}

/* Rate stresses that scatter by more than their noise make their mean as much less certain. */
static void widen(vti_onchip_run *run)
{
    const double nu = (double)run->pass.plastic - 1.0;
    run->wider = 1.0;
    if (!(nu > 0.0) || !isfinite(run->pass.chi2_S) || gsl_cdf_chisq_Q(run->pass.chi2_S, nu) > 0.01) return;
    run->wider = sqrt(run->pass.chi2_S / nu);
    for (int o = 0; o < VTI_CHIP_COUNT; o++)
        if (vti_onchip_is_rate(o)) run->own[o] *= run->wider;
}

/* The geometry says that the scale is 1 within its uncertainty, the elastic specimens say f within theirs: weights by
 * their variances. Of the variance of f, which has both, the geometry's share is what f explains. */
static double pull_of(const vti_onchip_run *run)
{
    const double whole = vti_onchip_u(run, VTI_CHIP_F), geometry = run->c[VTI_WAFER_SCALE][VTI_CHIP_F];
    if (!(whole > 0.0) || !run->has_reference || run->elastic == 0) return 1.0;
    return fmin(1.0, pow(geometry * run->in.u[VTI_WAFER_SCALE] / whole, 2.0));
}

vt_status vti_onchip_propagate(vti_onchip_run *run, vt_error *err)
{
    const size_t n = run->readings, cells = n * VTI_WAFER_COUNT;
    vti_onchip_pass low = {.seen = calloc(n, sizeof *low.seen)}, high = {.seen = calloc(n, sizeof *high.seen)};
    double *du = calloc(n, sizeof *du);
    run->c_stress = calloc(3 * cells, sizeof *run->c_stress);
    vt_status st = VT_OK;
    if (!low.seen || !high.seen || !du || !run->c_stress) {
        st = vt_fail(err, VT_EMEMORY, "no memory for the sensitivities of %zu readings", n);
        goto done;
    }
    run->c_paper = run->c_stress + cells;
    run->c_strain = run->c_paper + cells;
    run->pull = 1.0;
    const size_t plastic = run->plastic;
    /* First the elastic line alone, whose uncertainty says how far the geometry is believed; then all. */
    for (int round = run->has_reference && run->elastic ? 0 : 1; round < 2; round++) {
        run->plastic = round == 0 ? 0 : plastic;
        vti_onchip_evaluate(run, &run->in, NULL, &run->pass);
        for (int k = 0; k < VTI_WAFER_COUNT; k++) shared(run, k, &low, &high);
        noise(run, du, &low, &high);
        if (round == 0) run->pull = pull_of(run);
    }
    widen(run);
done:
    free(low.seen);
    free(high.seen);
    free(du);
    return st;
}
