/* What the instrument sees of a virtual wire: images, force, power, and what goes wrong with them (section 11). */
#include "creep_truth.h"
#include <math.h>
#include <stdlib.h>

enum { ROWS_MAX = 5000000 };

size_t vti_creep_steps(const vti_creep_truth *p)
{
    return p->powers.n * p->loads.n;
}

vti_creep_step vti_creep_step_at(const vti_creep_truth *p, size_t k)
{
    return (vti_creep_step){.power = p->powers.x[k / p->loads.n],
                            .load = p->loads.x[k % p->loads.n],
                            .time = p->times.x[p->times.n > 1 ? k : 0]};
}

void vti_creep_film_free(vti_creep_film *record)
{
    for (int c = 0; c < VTI_CREEP_CHANNELS; c++) free(record->value[c]);
    *record = (vti_creep_film){0};
}

static vt_status grow(vti_creep_film *r, vt_error *err)
{
    if (r->n < r->room) return VT_OK;
    const size_t room = r->room ? 2 * r->room : 4096;
    if (r->n >= ROWS_MAX)
        return vt_fail(err, VT_ERANGE,
                       "the record would have more than %d images; raise powers or loads, or lower times, "
                       "segment_strain or sampling",
                       ROWS_MAX);
    for (int c = 0; c < VTI_CREEP_CHANNELS; c++) {
        double *x = realloc(r->value[c], room * sizeof *x);
        if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu images", room);
        r->value[c] = x;
    }
    r->room = room;
    return VT_OK;
}

/* The instrument and its memory. */
struct box {
    const vti_creep_truth *p;
    vt_stream *stream;
    double marker; /* noise of the last image, relative */
};

/* Distance of the markers over the gauge length, less 1. */
static double image(struct box *b, double strain)
{
    const vti_creep_truth *p = b->p;
    const double rho = p->noise_correlation, pixel = 1.0 / p->gauge_pixels;
    b->marker = rho * b->marker + sqrt(1.0 - rho * rho) * p->pixel_noise * pixel * vt_stream_normal(b->stream);
    const double lost = vt_stream_uniform(b->stream), by = vt_stream_normal(b->stream);
    double seen = strain + b->marker;
    if (lost < p->outliers)
        seen += p->outlier_pixels * pixel * by;
    else if (lost < p->outliers + p->glitches)
        seen -= p->glitch_pixels * pixel * (0.5 + 0.5 * fmin(fabs(by), 1.0));
    return seen;
}

static vt_status frame(struct box *b, const vti_creep_wire *w, const vti_creep_step *step, vti_creep_film *r,
                       vt_error *err)
{
    const vti_creep_truth *p = b->p;
    const vt_status st = grow(r, err);
    if (st != VT_OK) return st;
    const double force = w->now.F + p->force_noise * vt_stream_normal(b->stream);
    r->value[VTI_CREEP_TIME][r->n] = w->now.t;
    r->value[VTI_CREEP_STRAIN][r->n] = image(b, vti_creep_wire_strain(w));
    r->value[VTI_CREEP_FORCE][r->n] = p->force_step > 0.0 ? p->force_step * rint(force / p->force_step) : force;
    r->value[VTI_CREEP_POWER][r->n] = step->power * (1.0 + p->power_noise * vt_stream_normal(b->stream));
    r->n++;
    return VT_OK;
}

/* Images of one step: from its first instant to the last before the next. */
static vt_status run_step(struct box *b, vti_creep_wire *w, const vti_creep_step *step, vti_creep_film *r,
                          vt_error *err)
{
    const double dt = 1.0 / b->p->sampling, from = w->now.strain, begin = w->now.t;
    for (size_t i = 0;; i++) {
        const bool late = (double)i * dt >= step->time - 0.5 * dt;
        if (late && w->now.strain - from >= b->p->segment_strain) return VT_OK;
        vt_status st = frame(b, w, step, r, err);
        if (st == VT_OK) st = vti_creep_wire_advance(w, step, dt, err);
        if (st != VT_OK) return st;
        w->now.t = begin + (double)(i + 1) * dt;
    }
}

/* Takes images out: n places of the same length, anywhere but at the ends. */
static void cut_gaps(struct box *b, vti_creep_film *r, size_t from)
{
    double *t = r->value[VTI_CREEP_TIME];
    for (long k = 0; k < b->p->gaps && r->n > from + 2; k++) {
        const double first = t[from], span = t[r->n - 1] - first - b->p->gap_time;
        const double begin = first + vt_stream_uniform(b->stream) * fmax(span, 0.0);
        size_t to = from + 1;
        for (size_t i = from + 1; i < r->n; i++) {
            if (i + 1 < r->n && t[i] > begin && t[i] < begin + b->p->gap_time) continue;
            for (int c = 0; c < VTI_CREEP_CHANNELS; c++) r->value[c][to] = r->value[c][i];
            to++;
        }
        r->n = to;
    }
}

vt_status vti_creep_record_wire(const vti_creep_truth *p, vt_stream *stream, vti_creep_film *record, double *edge,
                                vt_error *err)
{
    struct box b = {.p = p, .stream = stream};
    vti_creep_wire w;
    const size_t from = record->n;
    vti_creep_truth real = *p;
    /* The wire is not quite as thick as it was measured. */
    real.diameter *= fmax(0.1, 1.0 + p->diameter_error * vt_stream_normal(stream));
    b.marker = p->pixel_noise / p->gauge_pixels * vt_stream_normal(stream);
    vt_status st = vti_creep_wire_init(&real, &w, err);
    for (size_t k = 0; st == VT_OK && k < vti_creep_steps(p); k++) {
        const vti_creep_step step = vti_creep_step_at(p, k);
        if (edge) edge[k] = w.now.t;
        st = run_step(&b, &w, &step, record, err);
    }
    if (st == VT_OK) cut_gaps(&b, record, from);
    vti_creep_wire_free(&w);
    return st;
}
