/* Parametric bootstrap of a whole study: new lengths at every condition, refitted, then the laws refitted. The
 * assumptions (eta0, thickness, radius, Q_B/Q_I, gauge, thermometer) are drawn too. */
#include "molding.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>
#include <vitrum/random.h>

/* One thread's workspace. */
struct scratch {
    vt_kink *kink;
    vti_law_data data;
    double *y;     /* lengths of one condition */
    double *block; /* the six arrays of data */
};

static void scratch_free(void *p)
{
    struct scratch *s = p;
    if (!s) return;
    vt_kink_free(s->kink);
    free(s->y);
    free(s->block);
    free(s);
}

static vt_status scratch_create(void **out, void *shared, vt_error *err)
{
    const vti_mold_run *run = shared;
    struct scratch *s = calloc(1, sizeof *s);
    if (!s) return vt_fail(err, VT_EMEMORY, "a workspace");
    s->y = calloc(run->n + 1, sizeof *s->y);
    s->block = calloc(6 * (run->nc + 1), sizeof *s->block);
    vt_status st =
        s->y && s->block ? vt_kink_create(&s->kink, run->nc + 1, err) : vt_fail(err, VT_EMEMORY, "workspace");
    if (st != VT_OK) {
        scratch_free(s);
        return st;
    }
    double **array[] = {&s->data.T_eta,      &s->data.ln_eta,      &s->data.u_eta,
                        &s->data.T_mobility, &s->data.ln_mobility, &s->data.u_mobility};
    for (size_t i = 0; i < 6; i++) *array[i] = s->block + i * (run->nc + 1);
    *out = s;
    return VT_OK;
}

/* Common errors of one replicate. */
struct common {
    double gauge, temperature; /* relative, K */
};

/* New lengths of condition k, refitted with its model. false: the replicate shows one mechanism only. */
static bool refit(const vti_mold_run *run, size_t k, vt_stream *stream, double *y, vti_length_fit *fit)
{
    const vti_condition *c = &run->c[k];
    vti_lengths data = vti_mold_lengths(run, k);
    const double root = sqrt(c->scale);
    for (size_t i = 0; i < c->n; i++) {
        const double pore = data.pore_u * root * vt_stream_normal(stream), wires = vt_stream_normal(stream);
        y[i] = vti_length_value(&c->best, data.entrance, data.ln_d[i] + pore, NULL) + data.s[i] * root * wires;
    }
    data.y = y;
    return vti_fit_length(&data, c->best.model, fit, NULL) == VT_OK;
}

static bool relearn(const vti_mold_run *run, double Omega, vt_stream *stream, const struct common *e, struct scratch *s)
{
    vti_law_data *d = &s->data;
    d->n_eta = d->n_mobility = 0;
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        vti_length_fit fit;
        if (!refit(run, k, stream, s->y, &fit)) return false;
        const double root = sqrt(c->scale), T = c->T + e->temperature;
        if (isfinite(c->ln_eta)) {
            d->T_eta[d->n_eta] = T;
            d->ln_eta[d->n_eta] = vti_mold_ln_eta(c, fit.ln_a) + e->gauge;
            d->u_eta[d->n_eta++] = root * sqrt(fit.V_aa);
        }
        if (isfinite(c->ln_mobility)) {
            d->T_mobility[d->n_mobility] = T;
            d->ln_mobility[d->n_mobility] = vti_mold_ln_mobility(c, T, Omega, fit.ln_b) - e->gauge;
            d->u_mobility[d->n_mobility++] = root * sqrt(fit.V_bb);
        }
    }
    return true;
}

static vt_status replicate(size_t index, void *shared, void *scratch, vt_error *err)
{
    const vti_mold_run *run = shared;
    const vti_mold_params *p = run->par;
    struct scratch *s = scratch;
    vt_stream stream;
    (void)err;
    vt_stream_init(&stream, run->job->common.seed, vt_stream_purpose("molding/bootstrap"), index);
    vti_law_assumptions as = vti_mold_assumptions(run);
    vti_laws laws = run->laws;
    as.ln_eta0 += log(10.0) * p->vft_viscosity_infinite_decades * vt_stream_normal(&stream);
    as.delta *= exp(run->known.u_delta * vt_stream_normal(&stream));
    as.R *= exp(run->known.u_R * vt_stream_normal(&stream));
    as.ratio = fmax(1.0, as.ratio + p->activation_ratio_u * vt_stream_normal(&stream));
    const double gauge = p->pressure_u * vt_stream_normal(&stream);
    as.Omega *= exp(run->known.u_Omega * vt_stream_normal(&stream));
    const struct common e = {gauge, p->temperature_u * vt_stream_normal(&stream)};
    as.T_low += e.temperature;
    as.T_high += e.temperature;
    const bool ok =
        relearn(run, as.Omega, &stream, &e, s) && vti_laws_solve(&s->data, &as, s->kink, &laws, NULL) == VT_OK;
    double *out = run->draws + index * VTI_LAW_N;
    for (size_t j = 0; j < VTI_LAW_N; j++) out[j] = ok ? laws.value[j] : NAN;
    return VT_OK;
}

static bool empty(const double *draw)
{
    for (size_t j = 0; j < VTI_LAW_N; j++)
        if (isfinite(draw[j])) return false;
    return true;
}

vt_status vti_mold_bootstrap(vti_mold_run *run, size_t n, vt_error *err)
{
    run->replicates = n;
    run->nrep = 0;
    if (n == 0 || (!run->laws.has_viscosity && !run->laws.has_mobility)) return VT_OK;
    run->draws = malloc(n * VTI_LAW_N * sizeof *run->draws);
    if (!run->draws) return vt_fail(err, VT_EMEMORY, "%zu replicates", n);
    const vt_parallel how = {.threads = (int)run->job->common.threads,
                             .shared = run,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "molding bootstrap"};
    const vt_status st = vt_parallel_for(n, replicate, &how, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        if (empty(run->draws + i * VTI_LAW_N)) continue;
        memmove(run->draws + run->nrep * VTI_LAW_N, run->draws + i * VTI_LAW_N, VTI_LAW_N * sizeof *run->draws);
        run->nrep++;
    }
    if (run->nrep < n)
        return vt_result_warn(run->result, err, "W_REPLICATES", "%zu of %zu bootstrap refits failed", n - run->nrep, n);
    return VT_OK;
}
