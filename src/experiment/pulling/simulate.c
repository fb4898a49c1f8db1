/* The virtual puller: log-normal lengths and diameters, constant speed, measured with the error of a microscope. */
#include "pulling_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/random.h>

static void wire(const vti_pulling_truth *p, vt_stream *s, double *L0, double *d0, double *d, const char **shape)
{
    const double strain = p->strain * exp(p->strain_spread * vt_stream_normal(s));
    const double diameter = p->initial_diameter * exp(p->diameter_spread * vt_stream_normal(s));
    *L0 = p->initial_length * exp(p->length_spread * vt_stream_normal(s) + p->measurement * vt_stream_normal(s));
    *d0 = diameter * exp(p->measurement * vt_stream_normal(s));
    *d = diameter * exp(-0.5 * strain) * exp(p->measurement * vt_stream_normal(s));
    *shape = vt_stream_uniform(s) < p->necked_share ? "necked" : "uniform";
}

vt_status vti_pulling_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_pulling_truth *p = job->params;
    const size_t n = (size_t)p->wires;
    double *x = malloc(3 * n * sizeof *x);
    const char **shape = malloc(n * sizeof *shape);
    char speed[64];
    vt_status st = VT_EMEMORY;
    if (!x || !shape) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu wires", n);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        vt_stream s;
        vt_stream_init(&s, job->common.seed, vt_stream_purpose("pulling/wire"), i);
        wire(p, &s, &x[i], &x[n + i], &x[2 * n + i], &shape[i]);
    }
    snprintf(speed, sizeof speed, "%.10g um/min", 60e6 * p->pulling_speed);
    VT_TRY(st = vt_table_add_meta(record, "pulling_speed", speed, 0, err));
    VT_TRY(st = vt_table_add_si(record, "initial_length", "m", n, x, err));
    VT_TRY(st = vt_table_add_si(record, "initial_diameter", "m", n, x + n, err));
    VT_TRY(st = vt_table_add_si(record, "final_diameter", "m", n, x + 2 * n, err));
    st = vt_table_add_text(record, "shape", n, shape, err);
done:
    free(x);
    free(shape);
    return st;
}
