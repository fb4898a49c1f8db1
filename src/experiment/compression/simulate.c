/* The virtual campaign: a specimen for every temperature and rate, and the run of the platens. */
#include "experiment/truth_internal.h"
#include "virtual_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Columns of the record, rows of all specimens one after the other. */
struct record {
    double *t, *u, *F, *T;
    const char **name;
    char (*names)[VT_NAME];
    size_t rows;
};

/* What the machine does to every reading of the campaign. */
struct machine {
    const vti_compression_truth *p;
    double force_scale, way_scale; /* shown over true */
    double temperature;            /* K: true less stated */
};

static double shown_force(const struct machine *m, double F, vt_stream *s)
{
    const double noise = hypot(m->p->force_noise * F, m->p->force_floor) * vt_stream_normal(s);
    const double step = 2.0 * m->p->force_range / exp2((double)m->p->force_bits);
    const double shown = step * round((F * m->force_scale + noise) / step);
    return fmax(-m->p->force_range, fmin(shown, m->p->force_range - step)) + 0.0; /* no -0 */
}

static void shown(const struct machine *m, struct record *r, double t, double u, double F, vt_stream *s)
{
    r->t[r->rows] = t;
    r->u[r->rows] = u * m->way_scale + m->p->displacement_noise * vt_stream_normal(s);
    r->F[r->rows] = shown_force(m, F, s);
}

static vt_status specimen(const struct machine *m, double T, double rate, vt_stream *s, struct record *r, char *name,
                          vt_error *err)
{
    const vti_compression_truth *p = m->p;
    const size_t n = (size_t)p->samples;
    vti_press_run run;
    vti_press_init(&run, p, T + m->temperature, rate);
    run.diameter += p->diameter_error * vt_stream_normal(s);
    run.height += p->height_error * vt_stream_normal(s);
    const double before = p->approach / (rate * p->height); /* s */
    const double after = p->control == 0 ? -expm1(-p->strain) / rate : p->strain / rate;
    double *time = malloc(n * sizeof *time), (*y)[VTI_PRESS_STATES] = malloc(n * sizeof *y);
    vt_status st = VT_EMEMORY;
    if (!time || !y) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n);
        goto done;
    }
    for (size_t i = 0; i < n; i++) time[i] = -before + (before + after) * (double)i / (double)(n - 1);
    VT_TRY(st = vti_press_integrate(&run, n, time, y, err));
    for (size_t i = 0; i < n; i++) {
        shown(m, r, time[i] + before, vti_press_way(&run, time[i], NULL) + p->approach, vti_press_force(&run, y[i]), s);
        r->T[r->rows] = T;
        r->name[r->rows++] = name;
    }
done:
    free(time);
    free(y);
    return st;
}

/* Platens against each other: the force at which the machine has given the way of the crosshead. */
static void platens(const struct machine *m, double T, vt_stream *s, struct record *r, char *name)
{
    const vti_compression_truth *p = m->p;
    for (long i = 0; i < p->samples; i++) {
        const double F = 0.5 * p->force_range * (double)i / (double)(p->samples - 1);
        const double seat = p->seating > 0.0 ? -p->seating * expm1(-F / p->seating_force) : 0.0;
        shown(m, r, 0.1 * (double)i, p->machine_compliance * F + seat, F, s);
        r->T[r->rows] = T;
        r->name[r->rows++] = name;
    }
}

static vt_status describe(const vti_compression_truth *p, const char *constants, vt_table *record, vt_error *err)
{
    char text[64];
    snprintf(text, sizeof text, "%.10g m", p->diameter);
    vt_status st = vt_table_add_meta(record, "diameter", text, 0, err);
    snprintf(text, sizeof text, "%.10g m", p->height);
    if (st == VT_OK) st = vt_table_add_meta(record, "height", text, 0, err);
    if (st == VT_OK && constants[0]) st = vt_table_add_meta(record, "constants", constants, 0, err);
    return st;
}

static vt_status fill(const struct record *r, vt_table *record, vt_error *err)
{
    vt_status st = vt_table_add_text(record, "specimen", r->rows, r->name, err);
    if (st == VT_OK) st = vt_table_add_si(record, "time", "s", r->rows, r->t, err);
    if (st == VT_OK) st = vt_table_add_si(record, "displacement", "m", r->rows, r->u, err);
    if (st == VT_OK) st = vt_table_add_si(record, "force", "N", r->rows, r->F, err);
    return st == VT_OK ? vt_table_add_si(record, "temperature", "K", r->rows, r->T, err) : st;
}

/* Constants of the alloy card in place of defaults that were not set; their names and tags to text. */
static void from_card(vti_compression_truth *p, const vt_job *job, char *text, size_t size)
{
    static const vti_told TOLD[] = {
        {"density", "density"}, {"heat_capacity", "heat_capacity"}, {"thermal_conductivity", "thermal_conductivity"}};
    const vti_truth truth = {VTI_COMPRESSION_TRUTH, p, job->given, job->alloy};
    vti_truth_from_card(&truth, sizeof TOLD / sizeof *TOLD, TOLD, text, size);
    vti_truth_say_rest(text, size);
}

static vt_status check(const vti_compression_truth *p, vt_error *err)
{
    if (p->rates.n == 0 || p->temperatures.n == 0)
        return vt_fail(err, VT_EARG, "rates and temperatures must not be empty");
    if (!(p->glass_transition > p->vft_T0))
        return vt_fail(err, VT_EDOMAIN, "glass_transition = %g K is not above vft_T0 = %g K", p->glass_transition,
                       p->vft_T0);
    for (size_t i = 0; i < p->temperatures.n; i++)
        if (!(p->temperatures.x[i] > p->vft_T0 + 1.0))
            return vt_fail(err, VT_EDOMAIN, "temperature %g K is not above vft_T0 = %g K", p->temperatures.x[i],
                           p->vft_T0);
    return VT_OK;
}

static vt_status campaign(const struct machine *m, uint64_t seed, struct record *r, vt_error *err)
{
    const vti_compression_truth *p = m->p;
    vt_status st = VT_OK;
    size_t k = 0;
    for (size_t j = 0; j < p->temperatures.n; j++)
        for (size_t i = 0; st == VT_OK && i < p->rates.n; i++, k++) {
            vt_stream s;
            vt_stream_init(&s, seed, vt_stream_purpose("compression/specimen"), k);
            snprintf(r->names[k], VT_NAME, "%.2f degC %g per s", p->temperatures.x[j] - 273.15, p->rates.x[i]);
            st = specimen(m, p->temperatures.x[j], p->rates.x[i], &s, r, r->names[k], err);
        }
    if (st != VT_OK || !p->platen) return st;
    vt_stream s;
    vt_stream_init(&s, seed, vt_stream_purpose("compression/platen"), 0);
    snprintf(r->names[k], VT_NAME, "platen");
    platens(m, p->temperatures.x[0], &s, r, r->names[k]);
    return VT_OK;
}

vt_status vti_compression_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    vti_compression_truth p = *(const vti_compression_truth *)job->params;
    char constants[512] = "";
    if (job->alloy) from_card(&p, job, constants, sizeof constants);
    vt_status st = check(&p, err);
    if (st != VT_OK) return st;
    const size_t runs = p.rates.n * p.temperatures.n + 1, n = runs * (size_t)p.samples;
    vt_stream s;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("compression/machine"), 0);
    struct machine m = {.p = &p};
    m.force_scale = 1.0 + p.force_error * vt_stream_normal(&s);
    m.way_scale = 1.0 + p.displacement_error * vt_stream_normal(&s);
    m.temperature = p.temperature_error * vt_stream_normal(&s);
    struct record r = {
        .t = malloc(4 * n * sizeof *r.t), .name = malloc(n * sizeof *r.name), .names = malloc(runs * sizeof *r.names)};
    if (!r.t || !r.name || !r.names) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n);
        goto done;
    }
    r.u = r.t + n;
    r.F = r.t + 2 * n;
    r.T = r.t + 3 * n;
    VT_TRY(st = campaign(&m, job->common.seed, &r, err));
    VT_TRY(st = describe(&p, constants, record, err));
    st = fill(&r, record, err);
done:
    free(r.t);
    free(r.name);
    free(r.names);
    return st;
}
