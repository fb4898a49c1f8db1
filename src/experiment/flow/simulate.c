/* The virtual campaign: specimens of two groups, each read at several stresses around its transition. */
#include "flow_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/random.h>

struct record {
    double *eta, *rate, *m;
    const char **class, **group;
    char (*name)[32];
    size_t rows;
};

/* m of sinh flow at stress s with transition stress c: there m = 0.7, x = 1.1838 (P03). */
static double sensitivity(double s, double c)
{
    const double x = 1.18383 * s / c;
    return tanh(x) / x;
}

static void specimen(const vti_flow_truth *p, vt_stream *s, bool nano, long index, struct record *r)
{
    const double c = p->transition_stress * (nano ? p->offset : 1.0) * exp(p->scatter * vt_stream_normal(s));
    const double shared = nano ? p->shared * vt_stream_normal(s) : 0.0; /* area, seen in the viscosity */
    const double eta = p->viscosity_low * pow(p->viscosity_high / p->viscosity_low, vt_stream_uniform(s));
    const double shift = vt_stream_uniform(s);
    for (long k = 0; k < p->points; k++, r->rows++) {
        const double part = ((double)k + shift) / (double)p->points;
        const double stress = p->stress_low * pow(p->stress_high / p->stress_low, part) * (nano ? p->offset : 1.0);
        const double x = 1.18383 * stress / c, apparent = eta * x / sinh(x), m = sensitivity(stress, c);
        r->rate[r->rows] = stress / (3.0 * apparent) * exp(p->rate_error * vt_stream_normal(s));
        r->eta[r->rows] = apparent * exp(shared);
        r->m[r->rows] = m;
        r->class[r->rows] = m < 0.7 ? "non-newtonian" : "newtonian";
        r->group[r->rows] = nano ? "nano" : "bulk";
        snprintf(r->name[r->rows], sizeof r->name[0], "%s_%ld", nano ? "wire" : "alloy", index + 1);
    }
}

static vt_status fill(const struct record *r, const char **names, vt_table *record, vt_error *err)
{
    vt_status st = vt_table_add_text(record, "group", r->rows, r->group, err);
    if (st == VT_OK) st = vt_table_add_text(record, "specimen", r->rows, names, err);
    if (st == VT_OK) st = vt_table_add_si(record, "strain_rate", "s-1", r->rows, r->rate, err);
    if (st == VT_OK) st = vt_table_add_si(record, "viscosity", "Pa s", r->rows, r->eta, err);
    if (st == VT_OK) st = vt_table_add_si(record, "rate_sensitivity", "1", r->rows, r->m, err);
    return st == VT_OK ? vt_table_add_text(record, "class", r->rows, r->class, err) : st;
}

vt_status vti_flow_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_flow_truth *p = job->params;
    if (!(p->stress_low < p->stress_high) || !(p->viscosity_low <= p->viscosity_high))
        return vt_fail(err, VT_ERANGE, "stress_low and viscosity_low must lie below stress_high and viscosity_high");
    const size_t n = (size_t)((p->bulk + p->nano) * p->points);
    struct record r = {.eta = malloc(3 * n * sizeof *r.eta),
                       .class = malloc(3 * n * sizeof *r.class),
                       .name = malloc(n * sizeof *r.name)};
    vt_status st = VT_EMEMORY;
    if (!r.eta || !r.class || !r.name) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu points", n);
        goto done;
    }
    r.rate = r.eta + n;
    r.m = r.eta + 2 * n;
    r.group = r.class + n;
    const char **names = r.class + 2 * n;
    for (long k = 0; k < p->bulk + p->nano; k++) {
        vt_stream s;
        vt_stream_init(&s, job->common.seed, vt_stream_purpose("flow/specimen"), (uint64_t)k);
        specimen(p, &s, k >= p->bulk, k < p->bulk ? k : k - p->bulk, &r);
    }
    for (size_t i = 0; i < r.rows; i++) names[i] = r.name[i];
    st = fill(&r, names, record, err);
done:
    free(r.eta);
    free(r.class);
    free(r.name);
    return st;
}
