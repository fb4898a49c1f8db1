/* P22, step 6: fracture by the product limit. A specimen that was seen whole before failed at its last strain; one that
 * was never seen whole failed where the last survivor of a weaker actuator stands. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/survival.h>

struct fate {
    double x;
    bool failed;
    size_t beam;
};

static int by_strain(const void *a, const void *b)
{
    const struct fate *p = a, *q = b;
    if (p->x < q->x || p->x > q->x) return p->x < q->x ? -1 : 1;
    if (p->failed != q->failed) return p->failed ? -1 : 1;
    return (p->beam > q->beam) - (p->beam < q->beam);
}

static double last_strain(const vti_onchip_run *run, size_t beam)
{
    const vti_onchip_beam *b = &run->beam[beam];
    double most = NAN;
    for (size_t r = b->from; r < b->from + b->n; r++)
        most = fmax(most, vti_onchip_strain_at(run, beam, run->reading[r].u));
    return most;
}

/* How far the actuator could strain the specimen if nothing held it: orders structures that were never seen whole. */
static double reach(const vti_onchip_run *run, size_t beam)
{
    const vt_onchip_structure b = vti_onchip_structure_of(run, &run->in, beam);
    return -expm1(b.eps_a) * b.L_a / b.L0;
}

static size_t gather(const vti_onchip_run *run, struct fate *fate)
{
    size_t n = 0;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        if (b->role != VTI_ONCHIP_SPECIMEN) continue;
        double x = last_strain(run, i);
        for (size_t k = 0; isnan(last_strain(run, i)) && k < run->beams; k++)
            if (run->beam[k].role == VTI_ONCHIP_SPECIMEN && !run->beam[k].broken && reach(run, k) <= reach(run, i))
                x = fmax(x, last_strain(run, k));
        fate[n++] = (struct fate){isnan(x) ? 0.0 : x, b->broken, i};
    }
    qsort(fate, n, sizeof *fate, by_strain);
    return n;
}

static vt_status tell(const vti_onchip_run *run, double x, double u, const double ends[2], const char *which,
                      const char *method, vt_error *err)
{
    const vti_value v = {.name = "fracture_strain",
                         .symbol = "eps_f",
                         .unit = "1",
                         .value = x,
                         .u = u,
                         .low = ends[0],
                         .high = ends[1],
                         .level = run->job->common.level,
                         .scope_key = "estimate",
                         .scope_text = which,
                         .method = method};
    return vti_emit_value(run->result, &v, err);
}

/* The strain of a point of a specimen: noise, length, mismatch, scale of the microscope. */
static double u_of(const vti_onchip_run *run, size_t beam, double x)
{
    const vti_onchip_params *p = &run->par;
    const double noise = vti_onchip_noise(run, beam) / (run->beam[beam].own.L0 * exp(x));
    const double mismatch = run->elastic ? vti_onchip_u(run, VTI_CHIP_EPS) : 0.0;
    return hypot(hypot(noise, mismatch), x * hypot(p->specimen_length_u, p->scale_u));
}

static vt_status report(const vti_onchip_run *run, size_t n, const struct fate *fate, size_t steps,
                        const vt_survival_step *step, vt_error *err)
{
    const double z = vti_coverage_factor(run->job->common.level, INFINITY);
    size_t last = n, broken = 0;
    char method[VT_METHOD_TEXT];
    for (size_t i = 0; i < n; i++) {
        broken += fate[i].failed;
        if (!fate[i].failed) last = i;
    }
    if (last < n) {
        const double x = fate[last].x, u = u_of(run, fate[last].beam, x);
        snprintf(method, sizeof method, "strain of the last unbroken specimen, '%.40s'; %zu of %zu broke",
                 run->beam[fate[last].beam].name, broken, n);
        const vt_status st = tell(run, x, u, (double[]){x - z * u, x + z * u}, "lower bound", method, err);
        if (st != VT_OK) return st;
    }
    size_t k = 0, low = 0, high = 0;
    while (k < steps && step[k].S > 0.5) k++;
    while (low < steps && step[low].low > 0.5) low++;
    while (high < steps && step[high].high > 0.5) high++;
    if (k == steps) return VT_OK;
    const double x = step[k].x;
    double ends[2] = {step[low].x, high < steps ? step[high].x : (double)NAN};
    bool placed = false; /* a specimen never seen whole, which stands at the last survivor: it held that at least */
    for (size_t i = 0; i < n; i++)
        placed = placed || (fate[i].failed && !(fabs(fate[i].x - x) > 0.0) && isnan(last_strain(run, fate[i].beam)));
    if (placed) ends[1] = NAN;
    /* Open above, its uncertainty is not known: none is told. */
    const bool open = !isfinite(ends[1]);
    const double half = open ? 0.0 : 0.5 * (ends[1] - ends[0]) / z;
    snprintf(method, sizeof method, "median of the product limit, %zu of %zu broke%s", broken, n,
             placed ? "; at least: some were never seen whole"
             : open ? "; its interval is open above"
                    : "");
    size_t at = 0; /* a specimen that failed there */
    while (at + 1 < n && !(fate[at].failed && fate[at].x >= x)) at++;
    return tell(run, x, open ? 0.0 : hypot(half, u_of(run, fate[at].beam, x)), ends, "median", method, err);
}

/* Corners of the step function with its band. */
static vt_status curve(const vti_onchip_run *run, size_t n, const struct fate *fate, size_t steps,
                       const vt_survival_step *step, vt_error *err)
{
    const size_t rows = 2 * steps + 2;
    double *x = malloc(4 * rows * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu steps", steps);
    double *S = x + rows, *low = S + rows, *high = low + rows;
    x[0] = 0.0;
    S[0] = low[0] = high[0] = 1.0;
    for (size_t k = 0; k < steps; k++) {
        const size_t a = 2 * k + 1;
        x[a] = x[a + 1] = step[k].x;
        S[a] = S[a - 1], low[a] = low[a - 1], high[a] = high[a - 1];
        S[a + 1] = step[k].S, low[a + 1] = step[k].low, high[a + 1] = step[k].high;
    }
    x[rows - 1] = fate[n - 1].x;
    S[rows - 1] = S[rows - 2], low[rows - 1] = low[rows - 2], high[rows - 1] = high[rows - 2];
    const vti_column columns[] = {
        {"strain", "1", x, NULL}, {"survival", "1", S, NULL}, {"low", "1", low, NULL}, {"high", "1", high, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, "survival", "", rows, columns, err);
    free(x);
    return st;
}

static vt_status figure(const vti_onchip_run *run, size_t n, const struct fate *fate, size_t steps,
                        const vt_survival_step *step, vt_error *err)
{
    vt_figure f = {.name = "survival",
                   .title = "Specimens that survive a strain",
                   .x = {.label = "true strain", .unit = "%", .low = 0.0, .high = NAN},
                   .y = {.label = "share that survives", .unit = "1", .low = 0.0, .high = 1.05}};
    double x[2] = {0}, at[2] = {0};
    vti_series_interval(vti_emit_series(&f, "survival", "strain", "survival", VT_BAND, 0, "interval"), "low", "high");
    vti_emit_series(&f, "survival", "strain", "survival", VT_LINE, 0, "product limit");
    for (size_t i = 0; i < n; i++)
        if (!fate[i].failed) x[0] = fate[i].x;
    f.x.high = 1.1 * fate[n - 1].x; /* steps at the last strain stand clear of the frame */
    const vti_column rule[] = {{"strain", "1", x, NULL}, {"at", "1", at, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, "last_unbroken", "", 1, rule, err);
    if (st != VT_OK) return st;
    vti_emit_series(&f, "last_unbroken", "strain", "", VT_RULE_X, 2, "last unbroken: lower bound");
    snprintf(f.alt, sizeof f.alt,
             "Share of %zu specimens that survive a true strain, by the product limit with its interval: %.3g "
             "beyond the last step; the last unbroken one stands at %.3g %%.",
             n, steps ? step[steps - 1].S : 1.0, 100.0 * x[0]);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_onchip_survival(vti_onchip_run *run, vt_error *err)
{
    struct fate *fate = malloc((run->beams + 1) * sizeof *fate);
    vt_survival_step *step = malloc((run->beams + 1) * sizeof *step);
    double *x = malloc((run->beams + 1) * sizeof *x);
    bool *failed = malloc((run->beams + 1) * sizeof *failed);
    vt_status st = VT_EMEMORY;
    if (!fate || !step || !x || !failed) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams);
        goto done;
    }
    size_t steps = 0;
    const size_t n = gather(run, fate);
    for (size_t i = 0; i < n; i++) x[i] = fate[i].x, failed[i] = fate[i].failed;
    VT_TRY(st = vt_product_limit(n, x, failed, run->job->common.level, step, &steps, err));
    VT_TRY(st = report(run, n, fate, steps, step, err));
    VT_TRY(st = curve(run, n, fate, steps, step, err));
    if (steps > 0) st = figure(run, n, fate, steps, step, err);
done:
    free(fate);
    free(step);
    free(x);
    free(failed);
    return st;
}
