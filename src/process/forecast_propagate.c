/* Propagation of all inputs to many outputs: first order beside Monte Carlo (procedure 1.8, JCGM 100 and 101). */
#include "base/quantity_internal.h"
#include "process/forecast_internal.h"
#include "stats/quantile_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>

/* The coordinate in which an output is taken as linear and normal. */
static double to_linear(const vti_forecast *p, size_t j, double y)
{
    return p->positive[j] ? (y > 0.0 ? log(y) : NAN) : y;
}

static double from_linear(const vti_forecast *p, size_t j, double g)
{
    return p->positive[j] ? exp(g) : g;
}

/* Five-point derivatives of every output by input i: c[j], in the linear coordinate. */
static void differentiate(const vti_forecast *p, const double *best, size_t i, double *c)
{
    static const double step[4] = {-2.0, -1.0, 1.0, 2.0}, weight[4] = {1.0, -8.0, 8.0, -1.0};
    const double h = 1e-3 * p->law->input[i].u;
    double x[VTI_INPUTS], y[VTI_OUTPUTS], y0[VTI_OUTPUTS];
    memcpy(x, best, p->law->n * sizeof *x);
    memset(c, 0, p->m * sizeof *c);
    p->f(p->law, best, y0, p->ctx); /* differences from it: an output without this input gets exactly 0 */
    for (size_t k = 0; k < 4; k++) {
        x[i] = best[i] + step[k] * h;
        p->f(p->law, x, y, p->ctx);
        for (size_t j = 0; j < p->m; j++)
            c[j] += weight[k] * (to_linear(p, j, y[j]) - to_linear(p, j, y0[j])) / (12.0 * h);
    }
}

struct gradients {
    double c[VTI_INPUTS][VTI_OUTPUTS];
};

static double variance(const vti_law *law, const struct gradients *g, size_t j, bool correlated_only)
{
    double sum = 0.0;
    for (size_t a = 0; a < law->n; a++)
        for (size_t b = 0; b < law->n; b++)
            if (!correlated_only || (law->correlated[a] && law->correlated[b]))
                sum += g->c[a][j] * g->c[b][j] * law->cov[a * VTI_INPUTS + b];
    return fmax(sum, 0.0);
}

/* One line for what was fitted together, one for each other input. slope: d output / d linear coordinate. */
static void fill_budget(const vti_law *law, const struct gradients *g, size_t j, double slope, vti_forecast_output *out)
{
    const double joint = sqrt(variance(law, g, j, true)), total = sqrt(variance(law, g, j, false));
    if (joint > 0.0)
        out->budget[out->nbudget++] = (vt_budget_item){.source = "constants of the card that were fitted together",
                                                       .group = "transport constants",
                                                       .type = 'A',
                                                       .u = joint,
                                                       .c = slope};
    for (size_t i = 0; i < law->n && out->nbudget < VT_BUDGET_MAX; i++) {
        const vti_input *in = &law->input[i];
        if (law->correlated[i] || !(in->u > 0.0)) continue;
        if (!(fabs(g->c[i][j] * in->u) > 1e-9 * total)) continue; /* rounding of the derivative */
        const double value = in->log ? exp(in->x) : 1.0;          /* of the plain input: u value, c / value */
        vt_budget_item *item = &out->budget[out->nbudget++];
        *item = (vt_budget_item){.type = 'B', .u = in->u * value, .c = slope * g->c[i][j] / value};
        snprintf(item->source, sizeof item->source, "%s", in->key);
        snprintf(item->group, sizeof item->group, "%s", in->key);
    }
}

struct campaign {
    const vti_forecast *p;
    double *sample;
    uint32_t purpose;
};

static vt_status one_draw(size_t i, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    (void)err;
    const struct campaign *c = shared;
    vt_stream stream;
    double x[VTI_INPUTS], y[VTI_OUTPUTS];
    vt_stream_init(&stream, c->p->seed, c->purpose, i);
    vti_law_draw(c->p->law, &stream, x);
    c->p->f(c->p->law, x, y, c->p->ctx);
    for (size_t j = 0; j < c->p->m; j++) c->sample[j * c->p->draws + i] = y[j];
    return VT_OK;
}

static void judge(const vti_forecast *p, size_t j, const struct gradients *g, const double *sample, double *sorted,
                  vti_forecast_output *out)
{
    const double tail = 0.5 * (1.0 - p->level), z = vti_coverage_factor(p->level, INFINITY);
    const double best = to_linear(p, j, out->value), u = sqrt(variance(p->law, g, j, false));
    const double low = best - z * u, high = best + z * u;
    size_t good = 0;
    double mean = 0.0, square = 0.0;
    for (size_t i = 0; i < p->draws; i++) {
        if (!isfinite(sample[i])) continue;
        good++;
        const double step = sample[i] - mean;
        mean += step / (double)good;
        square += step * (sample[i] - mean);
    }
    out->lost = 1.0 - (double)good / (double)p->draws;
    const double slope = p->positive[j] ? out->value : 1.0;
    out->u = slope * u;
    out->low = from_linear(p, j, low);
    out->high = from_linear(p, j, high);
    fill_budget(p->law, g, j, slope, out);
    if (!vti_draws_tell_ends(p->level, good) || !(u > 0.0)) return;
    memcpy(sorted, sample, p->draws * sizeof *sorted);
    const double mc_low = vti_finite_quantile(sorted, p->draws, tail);
    const double mc_high = vti_finite_quantile(sorted, good, 1.0 - tail);
    const double drawn[2] = {to_linear(p, j, mc_low), to_linear(p, j, mc_high)};
    out->nonlinear = vti_ends_differ((double[]){low, high}, drawn, p->level, good);
    if (!out->nonlinear) return;
    out->low = mc_low;
    out->high = mc_high;
    out->u = sqrt(square / (double)(good - 1));
}

vt_status vti_forecast_propagate(const vti_forecast *p, vti_forecast_output *out, double *sample, vt_error *err)
{
    double best[VTI_INPUTS], y[VTI_OUTPUTS];
    vt_status st = VT_OK;
    struct gradients *g = calloc(1, sizeof *g);
    double *own = sample ? NULL : malloc(p->m * p->draws * sizeof *own);
    double *sorted = malloc(p->draws * sizeof *sorted);
    if (!g || !sorted || (!sample && !own)) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu draws", p->draws);
        goto done;
    }
    struct campaign c = {.p = p, .sample = sample ? sample : own, .purpose = vt_stream_purpose(p->purpose)};
    const vt_parallel how = {.threads = p->threads, .shared = &c};
    VT_TRY(st = vt_parallel_for(p->draws, one_draw, &how, err));
    vti_law_best(p->law, best);
    p->f(p->law, best, y, p->ctx);
    for (size_t i = 0; i < p->law->n; i++)
        if (p->law->input[i].u > 0.0) differentiate(p, best, i, g->c[i]);
    for (size_t j = 0; j < p->m; j++) {
        out[j] = (vti_forecast_output){.value = y[j], .known = isfinite(to_linear(p, j, y[j]))};
        if (out[j].known) judge(p, j, g, c.sample + j * p->draws, sorted, &out[j]);
        if (!isfinite(out[j].u)) out[j].known = false;
    }
done:
    free(sorted);
    free(own);
    free(g);
    return st;
}

vt_status vti_forecast_emit(vt_result *result, const vti_forecast_property *what, const vt_scope *scope, size_t nscope,
                            const vti_forecast_output *out, double level, vt_error *err)
{
    if (!out->known) return VT_OK;
    const bool interval = out->u > 0.0 && isfinite(out->low) && isfinite(out->high); /* no width: no interval */
    vt_property p = {.nscope = nscope,
                     .q = {.value = out->value,
                           .u = out->u,
                           .low = interval ? out->low : NAN,
                           .high = interval ? out->high : NAN,
                           .level = interval ? level : 0.0,
                           .dof = INFINITY}};
    snprintf(p.name, sizeof p.name, "%s", what->name);
    snprintf(p.symbol, sizeof p.symbol, "%s", what->symbol);
    snprintf(p.reading, sizeof p.reading, "%s", what->reading ? what->reading : "");
    snprintf(p.method, sizeof p.method, "%s", what->method);
    snprintf(p.q.unit, sizeof p.q.unit, "%s", what->unit);
    for (size_t i = 0; i < nscope; i++) p.scope[i] = scope[i];
    p.q.nbudget = out->nbudget;
    memcpy(p.q.budget, out->budget, sizeof p.q.budget);
    vt_status st = vt_result_add_property(result, &p, err);
    char where[48] = "";
    if (nscope > 0 && strcmp(scope[0].key, "temperature") == 0)
        snprintf(where, sizeof where, " at %.4g degC", scope[0].value - 273.15);
    if (st == VT_OK && out->nonlinear)
        st = vt_result_warn(
            result, err, "W_NONLINEAR",
            "%s%s: first order and Monte Carlo differ by more than 10 %% of the half-width; the interval "
            "is that of Monte Carlo",
            what->name, where);
    if (st == VT_OK && out->lost > 0.001)
        st = vt_result_warn(result, err, "W_NONLINEAR", "%s%s: %.2g of the draws lie outside the domain of the laws",
                            what->name, where, out->lost);
    return st;
}
