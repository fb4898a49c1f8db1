/* Parametric bootstrap of the kink fit and the bootstrap test of its existence. */
#include "kink_internal.h"
#include <vitrum/parallel.h>
#include <vitrum/random.h>
#include <math.h>
#include <stdlib.h>

/* Shared by all replicates; each writes only its own element. */
typedef struct campaign {
    const vt_kink_data *data;
    const vt_kink_options *opt;
    vt_kink_options null_opt; /* for the test */
    const double *mean;       /* n values of the law that is simulated */
    uint64_t seed;
    uint32_t purpose;
    vt_kink_law *laws; /* bootstrap */
    double *drop;      /* test */
    bool *done;
} campaign;

typedef struct scratch {
    vt_kink *ws;
    double *y; /* n simulated values */
} scratch;

static void scratch_free(void *p)
{
    scratch *s = p;
    if (!s) return;
    vt_kink_free(s->ws);
    free(s->y);
    free(s);
}

static vt_status scratch_create(void **out, void *shared, vt_error *err)
{
    const campaign *c = shared;
    scratch *s = calloc(1, sizeof *s);
    if (!s) return vt_fail(err, VT_EMEMORY, "no memory for the bootstrap");
    s->y = calloc(c->data->n, sizeof *s->y);
    vt_status st =
        s->y ? vt_kink_create(&s->ws, c->data->n, err) : vt_fail(err, VT_EMEMORY, "no memory for the bootstrap");
    if (st == VT_OK)
        *out = s;
    else
        scratch_free(s);
    return st;
}

/* Replicate r of the data. */
static vt_kink_data simulate(const campaign *c, size_t r, scratch *s)
{
    vt_stream stream;
    vt_stream_init(&stream, c->seed, c->purpose, r);
    for (size_t i = 0; i < c->data->n; i++) s->y[i] = c->mean[i] + c->data->u[i] * vt_stream_normal(&stream);
    return (vt_kink_data){.n = c->data->n, .T = c->data->T, .ln_eta = s->y, .u = c->data->u};
}

static vt_status refit(size_t r, void *shared, void *thread, vt_error *err)
{
    campaign *c = shared;
    scratch *s = thread;
    const vt_kink_data d = simulate(c, r, s);
    vt_kink_fit fit;
    (void)err; /* a replicate that cannot be fitted is counted, not fatal */
    c->done[r] = vt_kink_solve(s->ws, &d, c->opt, &fit, NULL) == VT_OK;
    if (c->done[r]) c->laws[r] = fit.law;
    return VT_OK;
}

static vt_status drop_of(vt_kink *ws, const vt_kink_data *d, const campaign *c, double *drop, vt_error *err)
{
    vt_kink_fit with, without;
    vt_status st = vt_kink_solve(ws, d, c->opt, &with, err);
    if (st == VT_OK) st = vt_kink_solve(ws, d, &c->null_opt, &without, err);
    if (st == VT_OK) *drop = without.chi2 - with.chi2;
    return st;
}

static vt_status retest(size_t r, void *shared, void *thread, vt_error *err)
{
    campaign *c = shared;
    scratch *s = thread;
    const vt_kink_data d = simulate(c, r, s);
    return drop_of(s->ws, &d, c, &c->drop[r], err);
}

static vt_status check(const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_replicates *how,
                       vt_error *err)
{
    if (!data || !opt || !how || !data->T || !data->ln_eta || !data->u)
        return vt_fail(err, VT_EARG, "data, options or replicates are NULL");
    if (how->count < 1 || how->count > 10000000)
        return vt_fail(err, VT_EARG, "%zu replicates: need 1 to 10000000", how->count);
    if (opt->weights != VT_NLFIT_ABSOLUTE)
        return vt_fail(err, VT_EARG, "simulation needs absolute uncertainties of ln eta, not relative ones");
    return VT_OK;
}

static vt_status run(campaign *c, size_t count, vt_task task, int threads, vt_error *err)
{
    const vt_parallel how = {
        .threads = threads, .shared = c, .scratch_create = scratch_create, .scratch_free = scratch_free};
    return vt_parallel_for(count, task, &how, err);
}

vt_status vt_kink_bootstrap(const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_law *law,
                            const vt_kink_replicates *how, vt_kink_law *laws, size_t *failed, vt_error *err)
{
    vt_status st = check(data, opt, how, err);
    if (st != VT_OK) return st;
    if (!law || !laws || !failed) return vt_fail(err, VT_EARG, "law or a result is NULL");
    vt_kink_options quick = *opt;
    quick.no_covariance = true;
    double *mean = calloc(data->n + 1, sizeof *mean);
    vt_kink_law *found = calloc(how->count, sizeof *found);
    bool *done = calloc(how->count, sizeof *done);
    campaign c = {.data = data, .opt = &quick, .mean = mean, .seed = how->seed, .laws = found, .done = done};
    c.purpose = vt_stream_purpose("stats/kink");
    if (!mean || !found || !done) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu replicates", how->count));
    VT_TRY(st = vt_kink_ln_eta(law, data->n, data->T, mean, err));
    VT_TRY(st = run(&c, how->count, refit, how->threads, err));
    *failed = 0;
    for (size_t r = 0; r < how->count; r++) {
        laws[r] = found[r];
        *failed += !done[r];
    }
done:
    free(mean);
    free(found);
    free(done);
    return st;
}

/* Null law of the data into mean; the statistic of the data. */
static vt_status observe(campaign *c, double *mean, double *drop, vt_error *err)
{
    vt_kink *ws = NULL;
    vt_kink_fit null_fit;
    vt_status st;
    VT_TRY(st = vt_kink_create(&ws, c->data->n, err));
    VT_TRY(st = drop_of(ws, c->data, c, drop, err));
    VT_TRY(st = vt_kink_solve(ws, c->data, &c->null_opt, &null_fit, err));
    VT_TRY(st = vt_kink_ln_eta(&null_fit.law, c->data->n, c->data->T, mean, err));
done:
    vt_kink_free(ws);
    return st;
}

vt_status vt_kink_test(const vt_kink_data *data, const vt_kink_options *opt, vt_kink_model null_model,
                       const vt_kink_replicates *how, vt_kink_test_result *out, vt_error *err)
{
    vt_status st = check(data, opt, how, err);
    if (st != VT_OK) return st;
    if (!out) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    if ((null_model != VT_KINK_VFT && null_model != VT_KINK_ARRHENIUS) ||
        (opt->model != VT_KINK_CONTINUOUS && opt->model != VT_KINK_JUMP))
        return vt_fail(err, VT_EARG, "the test sets a kink against VFT or Arrhenius, not model %d against %d",
                       (int)opt->model, (int)null_model);
    vt_kink_options quick = *opt;
    quick.no_covariance = true;
    double *mean = calloc(data->n + 1, sizeof *mean), *drop = calloc(how->count, sizeof *drop), observed;
    campaign c = {.data = data, .opt = &quick, .null_opt = quick, .mean = mean, .seed = how->seed, .drop = drop};
    c.null_opt.model = null_model;
    c.purpose = vt_stream_purpose("stats/kink-test");
    if (!mean || !drop) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu replicates", how->count));
    VT_TRY(st = observe(&c, mean, &observed, err));
    VT_TRY(st = run(&c, how->count, retest, how->threads, err));
    size_t above = 1;
    for (size_t r = 0; r < how->count; r++) above += drop[r] >= observed;
    *out = (vt_kink_test_result){.drop = observed, .p_value = (double)above / (double)(how->count + 1)};
done:
    free(mean);
    free(drop);
    return st;
}
