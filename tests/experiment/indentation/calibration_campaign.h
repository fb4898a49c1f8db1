#pragma once
/* Virtual reference indents through the whole calibration: coverage and bias of C_f and of the area function. Sixty
 * replicates: the intervals of the area cover 0.88 to 0.93, which this band of 3 standard errors does not tell from
 * 0.95; a campaign of 400 would. */
#include "check.h"
#include <vitrum/calibration.h>
#include <vitrum/experiment.h>
#include <vitrum/parallel.h>

/* Truth: silica under a hyperboloid, A = 24.5 h^2 + 2 pi R h. Drift, creep, noise of section 11. */
static const vt_setting CAMPAIGN_TRUTH[] = {
    {.key = "modulus", .text = "72GPa"},
    {.key = "poisson_ratio", .text = "0.17"},
    {.key = "hardness", .text = "9.5GPa"},
    {.key = "exponent", .text = "1.27"},
    {.key = "epsilon", .text = "0.75"},
    {.key = "cycles", .text = "7"},
    {.key = "loads", .text = "48mN"},
    {.key = "indents", .text = "8"},
    {.key = "frame_compliance", .text = "0.7nm/mN"},
    {.key = "drift_scatter", .text = "0.03nm/s"},
    {.key = "state", .text = "material"},
    {.key = "sampling", .text = "8Hz"},
};
static const vt_setting CAMPAIGN_HOW[] = {{.key = "references", .text = "fused_silica"}};

typedef struct campaign_run {
    double C_f, u_C_f;
    double A[3], u_A[3]; /* over the truth, at 80, 200 and 500 nm */
    vt_status status;
} campaign_run;

static const double CAMPAIGN_DEPTH[3] = {80e-9, 200e-9, 450e-9};

static double campaign_area(double h)
{
    return 24.5 * h * h + 2.0 * 3.14159265358979323846 * 50e-9 * h;
}

static inline vt_status campaign_reduce(uint64_t seed, vt_result **result, vt_error *err)
{
    vt_table *record = NULL;
    const vt_common common = {.seed = seed, .level = 0.95, .replicates = 60, .threads = 1};
    const vt_request make = {
        .settings = CAMPAIGN_TRUTH, .nsettings = sizeof CAMPAIGN_TRUTH / sizeof *CAMPAIGN_TRUTH, .common = &common};
    vt_status st = vt_simulate(vt_experiment_find("indentation"), &make, &record, err);
    const vt_table *raw[] = {record};
    const vt_request in = {.raw = raw, .nraw = 1, .settings = CAMPAIGN_HOW, .nsettings = 1, .common = &common};
    if (st == VT_OK) st = vt_reduce(vt_experiment_find("indentation_calibration"), &in, result, err);
    vt_table_free(record);
    return st;
}

static vt_status campaign_task(size_t i, void *shared, void *scratch, vt_error *err)
{
    campaign_run *run = (campaign_run *)shared + i;
    vt_result *result = NULL;
    static const vt_calibration empty;
    vt_calibration c = empty;
    vt_error why = {0};
    (void)scratch;
    (void)err;
    run->status = campaign_reduce(1000 + i, &result, &why);
    const char *text = vt_result_document_text(result, 0);
    if (run->status == VT_OK) run->status = vt_calibration_parse("calibration.yaml", text, strlen(text), &c, &why);
    if (run->status != VT_OK) fprintf(stderr, "replicate %zu: %s: %s\n", i, vt_status_name(run->status), why.msg);
    run->C_f = c.C_f;
    run->u_C_f = c.u_C_f;
    for (int k = 0; k < 3 && run->status == VT_OK; k++) {
        const double A = campaign_area(CAMPAIGN_DEPTH[k]);
        run->A[k] = vt_area(&c.area, CAMPAIGN_DEPTH[k]) / A;
        run->u_A[k] = sqrt(vt_area_variance(&c.area, CAMPAIGN_DEPTH[k])) / A;
    }
    vt_result_free(result);
    return VT_OK;
}

/* Coverage of -+ t u with 7 degrees of freedom (8 indents), bias in u. low: what is accepted, with the reason there. */
static inline void campaign_judge(const char *what, size_t n, const double *x, const double *u, size_t stride,
                                  double truth, double low)
{
    double inside = 0.0, pull = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double z = (x[i * stride] - truth) / u[i * stride];
        inside += fabs(z) <= 2.365;
        pull += z;
    }
    printf("%-20s n %zu coverage %.3f mean pull %+.2f\n", what, n, inside / (double)n, pull / (double)n);
    CHECK_BAND(inside / (double)n, low, 1.0);
}

static inline void campaign(size_t n, double low)
{
    campaign_run *run = calloc(n, sizeof *run);
    vt_error err = {0};
    const vt_parallel how = {.shared = run};
    if (!run) return;
    CHECK_OK(vt_parallel_for(n, campaign_task, &how, &err), &err);
    size_t failed = 0;
    double C = 0.0;
    for (size_t i = 0; i < n; i++) {
        failed += run[i].status != VT_OK;
        C += run[i].C_f / (double)n;
    }
    CHECK(failed == 0);
    const size_t stride = sizeof *run / sizeof(double);
    campaign_judge("frame compliance", n, &run->C_f, &run->u_C_f, stride, 0.7e-6, low);
    campaign_judge("area at 80 nm", n, &run->A[0], &run->u_A[0], stride, 1.0, low);
    campaign_judge("area at 200 nm", n, &run->A[1], &run->u_A[1], stride, 1.0, low);
    campaign_judge("area at 450 nm", n, &run->A[2], &run->u_A[2], stride, 1.0, low);
    CHECK_REL(C, 0.7e-6, 0.01); /* bias of the mean: 1 %, the change at which procedure P18 stops */
    free(run);
}
