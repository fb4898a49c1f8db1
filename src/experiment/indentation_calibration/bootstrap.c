/* Uncertainty from the scatter between indents: whole tests are drawn again, with their zero point and place. */
#include "calibration_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
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

/* Each thread changes points and zero points of its own copy. */
typedef struct scratch {
    vti_cal_work w;
    double *weight;
    vti_cal_run run;
} scratch;

static void scratch_free(void *p)
{
    scratch *s = p;
    if (!s) return;
    vti_cal_work_free(&s->w);
    free(s->weight);
    free(s->run.point);
    free(s->run.indent);
    free(s);
}

static vt_status scratch_create(void **out, void *shared, vt_error *err)
{
    const vti_cal_run *run = ((const campaign *)shared)->run;
    scratch *s = calloc(1, sizeof *s);
    if (s) {
        s->weight = calloc(run->nindents, sizeof *s->weight);
        s->run.point = malloc(run->npoints * sizeof *run->point);
        s->run.indent = malloc(run->nindents * sizeof *run->indent);
    }
    vt_status st = s && s->weight && s->run.point && s->run.indent
                       ? VT_OK
                       : vt_fail(err, VT_EMEMORY, "a replicate of %zu indents", run->nindents);
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

static void copy_of(const vti_cal_run *run, vti_cal_run *copy)
{
    vti_cal_point *point = copy->point;
    vti_cal_indent *indent = copy->indent;
    memcpy(point, run->point, run->npoints * sizeof *point);
    memcpy(indent, run->indent, run->nindents * sizeof *indent);
    *copy = *run;
    copy->point = point;
    copy->indent = indent;
}

/* Area function, frame compliances and zero points of a sample, from those of all indents. */
static vt_status again(vti_cal_run *run, const vti_cal_choice *choice, vti_cal_work *w)
{
    enum { ROUNDS = 60 };
    double moved, last = 0.0;
    for (int round = 0; round < ROUNDS; round++) {
        vt_status st = vti_cal_frames(run, choice, w, run->fit.C_f, NULL);
        if (st == VT_OK) st = vti_cal_zero(run, &moved, NULL);
        if (st != VT_OK) return st;
        vti_cal_unload_again(run);
        if (vti_cal_settled(&last, moved) && round > 0) return VT_OK;
    }
    return VT_ENOCONV;
}

static vt_status replicate(size_t i, void *shared, void *own, vt_error *err)
{
    const campaign *c = shared;
    scratch *s = own;
    vti_cal_run *run = &s->run;
    double *v = c->value + i * VALUES;
    const vti_cal_choice choice = vti_cal_choose(c->run, s->weight);
    (void)err;
    copy_of(c->run, run);
    for (int k = 0; k < VALUES; k++) v[k] = (double)NAN;
    draw(run, i, s->weight);
    vti_cal_exponent_again(run, s->weight);
    vti_cal_unload_again(run);
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_line line;
        if (vti_cal_line_fit(run, k, s->weight, &line, NULL) == VT_OK) v[LINE + k] = line.C_f;
    }
    if (again(run, &choice, &s->w) != VT_OK) return VT_OK;
    memcpy(v, run->fit.C, run->fit.terms * sizeof *v);
    for (size_t k = 0; k < run->nreferences; k++) v[FRAME + k] = run->reference[k].C_f;
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

/* Samples of n indents scatter less than indents do, by (n - 1)/n; and what n indents tell of their scatter is so
 * little that intervals need Student's t. Whoever takes the covariance knows of neither, so it holds both: 1.96 u is
 * the 95 % interval. */
static double widening(size_t n)
{
    if (n < 2) return 1.0;
    const double nu = (double)n - 1.0, t = vti_coverage_factor(0.95, nu) / vti_coverage_factor(0.95, INFINITY);
    return (double)n / nu * t * t;
}

static vt_status collect(vti_cal_run *run, const double *v, size_t n, vt_error *err)
{
    size_t good = 0, area = 0;
    while (area < run->nreferences && !run->reference[area].area) area++;
    for (size_t i = 0; i < n; i++) good += isfinite(v[i * VALUES]) ? 1 : 0;
    const double few = widening(run->reference[area].indents);
    for (size_t a = 0; a < run->fit.terms; a++) {
        for (size_t b = 0; b < run->fit.terms; b++) run->cov[a * VT_AREA_TERMS + b] = few * covariance(v, n, a, b);
        run->cov_C_f[a] = few * covariance(v, n, a, FRAME + area);
    }
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_reference *r = &run->reference[k];
        const double own = widening(r->indents);
        r->u_C_f = sqrt(own * covariance(v, n, FRAME + k, FRAME + k));
        r->line.u = sqrt(own * covariance(v, n, LINE + k, LINE + k));
    }
    if (2 * good < n)
        return vt_fail(err, VT_ENOCONV, "only %zu of %zu bootstrap samples of the indents gave a calibration", good, n);
    return VT_OK;
}

vt_status vti_cal_bootstrap(vti_cal_run *run, vt_error *err)
{
    const size_t n =
        (size_t)(run->par->bootstrap < run->common.replicates ? run->par->bootstrap : run->common.replicates);
    campaign c = {.run = run, .value = malloc((n * VALUES + 1) * sizeof *c.value)};
    if (!c.value) return vt_fail(err, VT_EMEMORY, "%zu replicates", n);
    const vt_parallel how = {.threads = (int)run->common.threads,
                             .shared = &c,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "bootstrap"};
    vt_status st;
    vti_cal_misfits(run);
    for (size_t k = 0; k < run->nreferences; k++)
        VT_TRY(st = vti_cal_line_fit(run, k, NULL, &run->reference[k].line, err));
    VT_TRY(st = vt_parallel_for(n, replicate, &how, err));
    st = collect(run, c.value, n, err);
done:
    free(c.value);
    return st;
}
