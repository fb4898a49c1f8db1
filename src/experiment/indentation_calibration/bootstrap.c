/* Uncertainty from the scatter between indents: whole tests are drawn again, with their zero point and place. */
#include "calibration_internal.h"
#include "experiment/transport/emit_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>
#include <vitrum/random.h>

/* One replicate: coefficients, C_f of each reference, intercept of each line. NaN: not determined. */
enum { FRAME = VT_AREA_TERMS, LINE = FRAME + VTI_CAL_REFERENCES, VALUES = LINE + VTI_CAL_REFERENCES };

typedef struct campaign {
    const vti_cal_run *run;
    double *value; /* replicates x VALUES */
} campaign;

typedef struct scratch {
    vti_cal_work w;
    double *weight;
} scratch;

static void scratch_free(void *p)
{
    scratch *s = p;
    if (!s) return;
    vti_cal_work_free(&s->w);
    free(s->weight);
    free(s);
}

static vt_status scratch_create(void **out, void *shared, vt_error *err)
{
    const vti_cal_run *run = ((const campaign *)shared)->run;
    scratch *s = calloc(1, sizeof *s);
    if (s) s->weight = calloc(run->nindents, sizeof *s->weight);
    vt_status st = s && s->weight ? VT_OK : vt_fail(err, VT_EMEMORY, "a replicate of %zu indents", run->nindents);
    if (st == VT_OK) st = vti_cal_work_create(&s->w, run->npoints, err);
    if (st != VT_OK) {
        scratch_free(s);
        return st;
    }
    *out = s;
    return VT_OK;
}

/* As many tests of each reference as there are, with replacement. */
static void draw(const vti_cal_run *run, uint64_t replicate, double *weight)
{
    vt_stream stream;
    vt_stream_init(&stream, run->common.seed, vt_stream_purpose("indentation/calibration"), replicate);
    memset(weight, 0, run->nindents * sizeof *weight);
    for (size_t k = 0; k < run->nreferences; k++)
        for (size_t i = 0; i < run->reference[k].indents; i++) {
            size_t pick = vt_stream_below(&stream, run->reference[k].indents);
            for (size_t j = 0; j < run->nindents; j++) {
                if (run->indent[j].reference != k || run->indent[j].out) continue;
                if (pick-- > 0) continue;
                weight[j] += 1.0;
                break;
            }
        }
}

static vt_status replicate(size_t i, void *shared, void *own, vt_error *err)
{
    const campaign *c = shared;
    const vti_cal_run *run = c->run;
    scratch *s = own;
    double *v = c->value + i * VALUES;
    vti_cal_choice choice = {.weight = s->weight};
    vti_cal_fit fit = {.terms = run->fit.terms};
    (void)err;
    for (int k = 0; k < VALUES; k++) v[k] = (double)NAN;
    draw(run, i, s->weight);
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_line line;
        choice.reference[k] = run->reference[k].area || (run->shared && !run->reference[k].verify_only);
        if (vti_cal_line_fit(run, k, s->weight, &line, NULL) == VT_OK) v[LINE + k] = line.C_f;
    }
    if (vti_cal_area_frame(run, &choice, &s->w, run->fit.C_f, &fit, NULL) != VT_OK) return VT_OK;
    memcpy(v, fit.C, fit.terms * sizeof *v);
    for (size_t k = 0; k < run->nreferences; k++) {
        v[FRAME + k] = fit.C_f;
        if (run->reference[k].area || run->shared) continue;
        if (vti_cal_frame_at(run, k, s->weight, &fit, &v[FRAME + k], NULL) != VT_OK) v[FRAME + k] = (double)NAN;
    }
    return VT_OK;
}

/* Covariance of two columns over the replicates where both are. */
static double covariance(const double *v, size_t n, size_t a, size_t b)
{
    double N = 0.0, A = 0.0, B = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double x = v[i * VALUES + a], y = v[i * VALUES + b];
        if (!isfinite(x) || !isfinite(y)) continue;
        const double dx = x - A;
        N += 1.0;
        A += dx / N;
        B += (y - B) / N;
        sum += dx * (y - B);
    }
    return N > 1.0 ? sum / (N - 1.0) : 0.0;
}

static vt_status collect(vti_cal_run *run, const double *v, size_t n, vt_error *err)
{
    double *work = malloc(n * sizeof *work);
    size_t good = 0, area = 0;
    if (!work) return vt_fail(err, VT_EMEMORY, "%zu replicates", n);
    while (area < run->nreferences && !run->reference[area].area) area++;
    for (size_t i = 0; i < n; i++) good += isfinite(v[i * VALUES]) ? 1 : 0;
    for (size_t a = 0; a < run->fit.terms; a++) {
        for (size_t b = 0; b < run->fit.terms; b++) run->cov[a * VT_AREA_TERMS + b] = covariance(v, n, a, b);
        run->cov_C_f[a] = covariance(v, n, a, FRAME + area);
    }
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_reference *r = &run->reference[k];
        const double p = 0.5 * (1.0 - run->common.level);
        r->u_C_f = sqrt(covariance(v, n, FRAME + k, FRAME + k));
        r->line.u = sqrt(covariance(v, n, LINE + k, LINE + k));
        r->line.low = vti_quantile(v + LINE + k, n, VALUES, p, work);
        r->line.high = vti_quantile(v + LINE + k, n, VALUES, 1.0 - p, work);
    }
    free(work);
    if (2 * good < n)
        return vt_fail(err, VT_ENOCONV, "only %zu of %zu bootstrap samples of the indents gave a calibration", good, n);
    return VT_OK;
}

vt_status vti_cal_bootstrap(vti_cal_run *run, vt_error *err)
{
    const size_t n = (size_t)run->common.replicates;
    campaign c = {.run = run, .value = malloc((n * VALUES + 1) * sizeof *c.value)};
    if (!c.value) return vt_fail(err, VT_EMEMORY, "%zu replicates", n);
    const vt_parallel how = {.threads = (int)run->common.threads,
                             .shared = &c,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "bootstrap"};
    vt_status st;
    for (size_t k = 0; k < run->nreferences; k++)
        VT_TRY(st = vti_cal_line_fit(run, k, NULL, &run->reference[k].line, err));
    VT_TRY(st = vt_parallel_for(n, replicate, &how, err));
    st = collect(run, c.value, n, err);
done:
    free(c.value);
    return st;
}
