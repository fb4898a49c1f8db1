#pragma once
/* Coverage of the uncertainties of one curve (sections 11 and 1.9): simulate with drift, noise, holds and an approach
 * in air; reduce; count. Shared by the short campaign of `make check` and the long one. */
#include "check.h"
#include "curve_record.h"
#include <gsl/gsl_cdf.h>

enum { CAMPAIGN_S, CAMPAIGN_M, CAMPAIGN_H, CAMPAIGN_ZERO, CAMPAIGN_DRIFT, CAMPAIGN_VALUES };

typedef struct campaign {
    size_t count;
    size_t covered[CAMPAIGN_VALUES];
    double pull[CAMPAIGN_VALUES]; /* sum of (value - truth)/u */
    size_t failed;
} campaign;

static void campaign_count(campaign *c, int k, double value, double truth, double u, double dof)
{
    c->covered[k] += fabs(value - truth) <= gsl_cdf_tdist_Pinv(0.975, dof) * u;
    c->pull[k] += (value - truth) / u;
}

/* The record without its drift, which the caller would have taken off. */
static vt_indent_curve campaign_still(const record_plan *p, const record *r, double *h)
{
    for (size_t i = 0; i < r->n; i++) h[i] = r->h[i] - p->drift * (r->t[i] - r->t[r->contact]);
    return (vt_indent_curve){.n = r->n, .t = r->t, .h = h, .P = r->P};
}

static vt_status campaign_one(vt_indent_work *ws, const record_plan *p, const record *r, campaign *out, vt_error *err)
{
    static double h[RECORD_MAX];
    vt_indent_segment segment[20];
    vt_indent_cycle cycle[2];
    vt_indent_segments s = {.segment = segment, .capacity = 20, .cycle = cycle, .cycle_capacity = 2};
    vt_indent_curve c = record_curve(r, true);
    vt_indent_drift d;
    vt_indent_zero z;
    vt_unload_fit f;
    vt_status st;
    VT_TRY(st = vt_indent_segment_find(ws, &c, NULL, &s, err));
    VT_TRY(st = vt_indent_drift_fit(ws, &c, cycle[0].drift_from, cycle[0].drift_to, NULL, &d, err));
    campaign_count(out, CAMPAIGN_DRIFT, d.rate, p->drift, d.u_rate, d.dof);
    c = campaign_still(p, r, h);
    VT_TRY(st = vt_indent_zero_fit(ws, &c, &s, NULL, &z, err));
    campaign_count(out, CAMPAIGN_ZERO, z.h0, p->zero, z.u_h0, z.dof);
    VT_TRY(st = vt_unload_fit_cycle(ws, &c, &cycle[0], &(vt_unload_options){.P_air = s.P_air}, &f, err));
    const record_cycle *t = &r->cycle[0];
    const double x = f.P_max / t->P; /* truth at the load that the fit took for the largest */
    campaign_count(out, CAMPAIGN_S, f.S, t->m * t->P / t->D * pow(x, 1.0 - 1.0 / t->m), f.u_S, f.dof);
    campaign_count(out, CAMPAIGN_M, f.m, t->m, f.u_m, f.dof);
    campaign_count(out, CAMPAIGN_H, f.h_max, p->zero + t->h - t->D + t->D * pow(x, 1.0 / t->m), f.u_h_max, f.dof);
done:
    return st;
}

static record_plan campaign_plan(vt_stream *draw, double noise_h, double noise_P)
{
    const double recovery = 0.3 + 0.1 * vt_stream_uniform(draw), m = 1.25 + 0.2 * vt_stream_uniform(draw);
    const double drift = 0.1e-9 * (vt_stream_uniform(draw) - 0.5);
    return (record_plan){.n = 800,
                         .cycles = 1,
                         .P_peak = 10e-3,
                         .h_peak = 4e-7,
                         .growth = 1.0,
                         .recovery = recovery,
                         .m = m,
                         .creep = 0.02,
                         .loading = 1.0,
                         .hold = 0.4,
                         .unloading = 0.8,
                         .air = 0.5,
                         .low_hold = 0.6,
                         .low = 0.1,
                         .lost = 0.1,
                         .noise_h = noise_h,
                         .noise_P = noise_P,
                         .step = 0.2,
                         .zero = 3e-8,
                         .drift = drift};
}

static void campaign_run(size_t count, double noise_h, double noise_P)
{
    static const char *const NAME[] = {"S", "m", "h_max", "h0", "drift"};
    static record r;
    campaign total = {.count = count};
    vt_indent_work *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_indent_create(&ws, RECORD_MAX, &err), &err);
    for (uint64_t k = 0; ws && k < count; k++) {
        vt_stream draw;
        vt_stream_init(&draw, 77, vt_stream_purpose("test/curve"), k);
        const record_plan p = campaign_plan(&draw, noise_h, noise_P);
        record_make(&p, &r);
        record_noise(&p, &draw, &r);
        if (campaign_one(ws, &p, &r, &total, &err) != VT_OK) {
            printf("replicate %d: %s\n", (int)k, err.msg);
            total.failed++;
        }
    }
    vt_indent_free(ws);
    CHECK(total.failed == 0);
    const double M = (double)count, band = 3.0 * sqrt(0.95 * 0.05 / M); /* 1.9 */
    for (int k = 0; k < CAMPAIGN_VALUES; k++) {
        const double covered = (double)total.covered[k] / M, bias = total.pull[k] / M;
        printf("%-6s covered %.3f, bias %+.3f u\n", NAME[k], covered, bias);
        CHECK_BAND(covered, 0.95 - band, 0.95 + band);
        CHECK_ABS(bias, 0.0, 0.2);
    }
}
