/* Relaxation per structure, rate sensitivity, activation volumes and zone volumes, each labelled with how it was had.
 */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/random.h>

static vt_status amplitudes(const vti_onchip_run *run, vt_error *err)
{
    const double level = run->job->common.level;
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        char method[VT_METHOD_TEXT], late[64] = "";
        if (isnan(b->A1) || b->is == VTI_ONCHIP_UNUSED) continue;
        if (isfinite(b->t_r_high)) snprintf(late, sizeof late, "; t_r below %.2g s", b->t_r_high);
        snprintf(method, sizeof method, "line of u on ln t%s; ln(A2 s) = %.4g%s; largest residual %.2g nm",
                 b->is == VTI_ONCHIP_ELASTIC ? " (elastic)" : "", b->ln_A2, late, 1e9 * b->residual);
        const vti_value v = {.name = "relaxation_amplitude",
                             .symbol = "A1",
                             .unit = "m",
                             .method = method,
                             .value = b->A1,
                             .u = b->u_A1,
                             .scope_key = "structure",
                             .scope_text = b->name};
        st = vti_emit_covered(run->result, &v, level, err);
    }
    if (st != VT_OK || isnan(run->A1_elastic)) return st;
    const vti_value v = {.name = "elastic_relaxation",
                         .symbol = "A1_el",
                         .unit = "m",
                         .value = run->A1_elastic,
                         .u = run->u_A1_elastic,
                         .method = "mean slope of u on ln t of the elastic specimens: 0 if nothing moves but by flow"};
    return vti_emit_covered(run->result, &v, level, err);
}

#define IGNORED "ignored"
#define HANDLED "handled"

static vt_status sensitivities(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_told ROW[] = {{.name = "rate_stress",
                                    .symbol = "S",
                                    .unit = "Pa",
                                    .reading = "paper",
                                    .out = VTI_CHIP_S_P,
                                    .method = "A1 c2, mean of the specimens that flow",
                                    .key = "hardening",
                                    .text = IGNORED},
                                   {.name = "rate_stress",
                                    .symbol = "S",
                                    .unit = "Pa",
                                    .reading = "physics",
                                    .out = VTI_CHIP_S_F,
                                    .method = "A1 (c2 + theta c3), mean of the specimens that flow",
                                    .key = "hardening",
                                    .text = HANDLED},
                                   {.name = "rate_sensitivity",
                                    .symbol = "m",
                                    .unit = "1",
                                    .reading = "paper",
                                    .out = VTI_CHIP_M_P,
                                    .method = "A1 c2 over the mean stress",
                                    .key = "hardening",
                                    .text = IGNORED,
                                    .and_key = "stress",
                                    .and_text = "total"},
                                   {.name = "rate_sensitivity",
                                    .symbol = "m",
                                    .unit = "1",
                                    .reading = "physics",
                                    .out = VTI_CHIP_M_F,
                                    .method = "S over the mean stress",
                                    .key = "hardening",
                                    .text = HANDLED,
                                    .and_key = "stress",
                                    .and_text = "total"},
                                   {.name = "rate_sensitivity",
                                    .symbol = "m_th",
                                    .unit = "1",
                                    .reading = "physics",
                                    .out = VTI_CHIP_M_TH,
                                    .method = "S over the mean stress above the threshold (ledger D7)",
                                    .key = "hardening",
                                    .text = HANDLED,
                                    .and_key = "stress",
                                    .and_text = "above threshold"}};
    vt_status st = VT_OK;
    for (size_t k = 0; st == VT_OK && k < sizeof ROW / sizeof *ROW; k++)
        if (ROW[k].out != VTI_CHIP_M_TH || run->pass.out[VTI_CHIP_M_TH] > 0.0) st = vti_onchip_emit(run, &ROW[k], err);
    return st;
}

/* Plastic strain rates at first and last time of the specimens that flow, t_r by their plastic strain: geometric mean.
 */
static vt_status rates(const vti_onchip_run *run, vt_error *err)
{
    const double level = run->job->common.level, z = vti_coverage_factor(level, INFINITY);
    vt_status st = VT_OK;
    for (int k = 0; k < 2 && st == VT_OK; k++) {
        const double rate = exp(run->pass.ln_rate[k]), u = run->own[VTI_CHIP_S_PH] / run->pass.out[VTI_CHIP_S_PH];
        if (!isfinite(rate)) continue;
        const vti_value v = {.name = "strain_rate",
                             .symbol = "eps_p'",
                             .unit = "s-1",
                             .value = rate,
                             .u = rate * u,
                             .low = rate * exp(-z * u),
                             .high = rate * exp(z * u),
                             .level = level,
                             .time = run->group_time[run->pass.group[k]],
                             .method = "c3 A1/(t + t_r), geometric mean of the specimens that flowed"};
        st = vti_emit_value(run->result, &v, err);
    }
    return st;
}

/* V = M k T/S: the paper's M first in its reading, von Mises first in the other. */
static vt_status volumes(const vti_onchip_run *run, vt_error *err)
{
    char taylor[32];
    snprintf(taylor, sizeof taylor, "M = %.4g", run->par.taylor_factor);
    const double M[2] = {run->par.taylor_factor, sqrt(3.0)};
    const char *const label[2] = {taylor, "M = sqrt(3)"};
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "M k T/[A1 (c2 + theta c3)]; %+.2g %% for 0.1 GPa more of theta",
             1e10 * run->c[VTI_WAFER_THETA][VTI_CHIP_V_F] / run->pass.out[VTI_CHIP_V_F]);
    vt_status st = VT_OK;
    for (int physics = 0; physics < 2; physics++)
        for (int k = 0; st == VT_OK && k < 2; k++) {
            const int m = physics ? 1 - k : k;
            const vti_onchip_told t = {.name = "activation_volume",
                                       .symbol = "V",
                                       .unit = "m3",
                                       .reading = physics ? "physics" : "paper",
                                       .method = physics ? method : "M k T/(A1 c2)",
                                       .out = physics ? VTI_CHIP_V_F : VTI_CHIP_V_P,
                                       .factor = M[m],
                                       .inverse = true,
                                       .key = "hardening",
                                       .text = physics ? HANDLED : IGNORED,
                                       .and_key = "multiplier",
                                       .and_text = label[m]};
            st = vti_onchip_emit(run, &t, err);
        }
    return st;
}

/* M C' with the constants of the model drawn, one for each draw of the reduction: NaN outside the domain. */
static void zone_draws(const vti_onchip_run *run, double theta, double M, double *factors)
{
    const vt_csm best = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    for (size_t i = 0; i < run->draws; i++) {
        vt_csm p = best;
        double s = 0.0, C;
        vt_stream stream;
        vt_stream_init(&stream, run->job->common.seed, vt_stream_purpose("onchip/zone"), i);
        p.gamma_C0 += u.gamma_C0 * vt_stream_normal(&stream);
        p.gamma_C1 += u.gamma_C1 * vt_stream_normal(&stream);
        p.gamma_C += u.gamma_C * vt_stream_normal(&stream);
        const bool inside = (!(theta > 0.0) || vt_csm_reduced_stress(&p, theta, &s, NULL) == VT_OK) &&
                            vt_csm_zone_factor(&p, s, &C, NULL) == VT_OK;
        factors[i] = inside ? M * C : (double)NAN;
    }
}

/* C', its uncertainty and its name; without the root, and with it. */
struct zone_factor {
    double theta, C, u;
    char label[VT_NAME];
};

static vt_status zone(const vti_onchip_run *run, const struct zone_factor *c, bool physics, double *factors,
                      vt_error *err)
{
    const double M = physics ? sqrt(3.0) : run->par.taylor_factor;
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "C' times V of M = %s, hardening %s", physics ? "sqrt(3)" : "the Taylor factor",
             physics ? HANDLED : IGNORED);
    zone_draws(run, c->theta, M, factors);
    const vti_onchip_told t = {.name = "transformation_zone_volume",
                               .symbol = "Omega",
                               .unit = "m3",
                               .reading = physics ? "physics" : "paper",
                               .method = method,
                               .out = physics ? VTI_CHIP_V_F : VTI_CHIP_V_P,
                               .factor = M * c->C,
                               .u_factor = c->u / c->C,
                               .factors = factors,
                               .inverse = true,
                               .key = "multiplier",
                               .text = c->label};
    return vti_onchip_emit(run, &t, err);
}

/* Omega = C' V (ledger D5): the paper takes its V for V_tau and leaves the root out; von Mises with the root is
 * consistent. */
static vt_status zones(const vti_onchip_run *run, vt_error *err)
{
    const vt_csm p = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    struct zone_factor c[2] = {{.theta = 0.0}, {.theta = run->par.homologous_temperature}};
    double *factors = malloc((run->draws + 1) * sizeof *factors);
    vt_status st = factors ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu draws", run->draws);
    for (int k = 0; st == VT_OK && k < 2; k++)
        st = vt_onchip_zone_factor(&p, &u, c[k].theta, &c[k].C, &c[k].u, NULL, err);
    snprintf(c[0].label, sizeof c[0].label, "C' = %.4g, no root", c[0].C);
    snprintf(c[1].label, sizeof c[1].label, "C' = %.4g, root at T/Tg = %.3g", c[1].C, c[1].theta);
    for (int physics = 0; physics < 2; physics++)
        for (int k = 0; st == VT_OK && k < 2; k++) st = zone(run, &c[physics ? 1 - k : k], physics, factors, err);
    free(factors);
    return st;
}

bool vti_onchip_resolved(const vti_onchip_run *run)
{
    return run->pass.plastic > 0 && run->pass.out[VTI_CHIP_S_P] > 2.0 * run->own[VTI_CHIP_S_P] &&
           run->pass.out[VTI_CHIP_S_F] > 2.0 * run->own[VTI_CHIP_S_F];
}

static vt_status flow(const vti_onchip_run *run, vt_error *err)
{
    if (run->pass.plastic == 0) return VT_OK;
    if (!vti_onchip_resolved(run))
        return vt_result_warn(run->result, err, "W_RESOLUTION",
                              "the specimens that flowed are not seen to relax: rate stress %.2g +- %.2g MPa; no rate "
                              "sensitivity and no activation volume",
                              1e-6 * run->pass.out[VTI_CHIP_S_F], 1e-6 * run->own[VTI_CHIP_S_F]);
    vt_status st = sensitivities(run, err);
    if (st == VT_OK) st = volumes(run, err);
    if (st == VT_OK) st = zones(run, err);
    return st == VT_OK ? rates(run, err) : st;
}

vt_status vti_onchip_report_rates(vti_onchip_run *run, vt_error *err)
{
    const vt_status st = flow(run, err);
    return st == VT_OK ? amplitudes(run, err) : st;
}
