/* Raw record of one virtual indent: what the material does along the test program, and what the instrument reads. */
#include "virtual_internal.h"
#include <math.h>

/* State that the program moves. */
struct run {
    const vti_indent_truth *p;
    const vti_virtual_indent *indent;
    vti_oscillator oscillator;
    vti_touch peak; /* of the last unloading; P = 0: none yet */
    double h_c;     /* m: contact depth reached so far */
    bool rising;    /* the last part loaded or held: an unloading now starts from a new peak */
    double t, t0;   /* s: now, and at contact */
    vt_stream *stream;
    double load_error, depth_error; /* N, m: noise of the last reading */
};

/* A loading with n pop-ins: between them the contact depth falls behind ever more, at each it jumps to where it
 * belongs. The last one lies below the maximum load, so unloading never knows of them. */
static double lag(const vti_ground *g, double part, double virgin)
{
    const double place = part * (g->pop_ins + 0.5) + g->pop_in_place;
    if (!(place < g->pop_ins)) return 0.0;
    return fmin(g->lag * (place - floor(place)), 0.3 * virgin); /* the first contact is never a large lag */
}

/* Contact while the load rises: along the last unloading curve to its peak, then at constant contact depth until the
 * virgin curve catches up, then along that. `part`: of the loading that is done. */
static void load(struct run *r, double P, double part, vti_touch *now)
{
    const vti_ground *g = &r->indent->ground;
    if (P <= r->peak.P) {
        *now = r->peak;
        now->P = P;
        now->h = vti_recovered_depth(g, &r->peak, P);
        return;
    }
    const double virgin = (1.0 - g->creep) * vti_yielded_depth(g, &r->indent->tip, P);
    r->h_c = fmax(r->h_c, virgin - lag(g, part, virgin));
    vti_touch_at(g, &r->indent->tip, P, r->h_c, now);
}

/* Logarithmic creep that ends at the contact depth of constant hardness. */
static void hold(struct run *r, double P, double start, double elapsed, double duration, vti_touch *now)
{
    const vti_ground *g = &r->indent->ground;
    const double tau = 1.0, end = vti_yielded_depth(g, &r->indent->tip, P);
    r->h_c = start + (end - start) * log1p(elapsed / tau) / log1p(duration / tau);
    vti_touch_at(g, &r->indent->tip, P, r->h_c, now);
}

/* Noise that remembers a part of itself, then the steps of the converter. */
static double read_out(struct run *r, double value, double noise, double step, double *error)
{
    const double rho = r->p->noise_correlation;
    *error = rho * *error + sqrt(1.0 - rho * rho) * noise * vt_stream_normal(r->stream);
    const double read = value + *error;
    return step > 0.0 ? step * rint(read / step) : read;
}

static void dynamic(struct run *r, const vti_swing *swing, size_t i, double *const channel[VTI_CHANNELS])
{
    const vti_oscillator *o = &r->oscillator;
    const double phase = swing->phase + r->p->phase_noise * vt_stream_normal(r->stream);
    const double amplitude = swing->displacement * (1.0 + r->p->amplitude_noise * vt_stream_normal(r->stream));
    channel[VTI_HARMONIC_DISPLACEMENT][i] = amplitude / sqrt(2.0); /* lock-in amplifiers read rms */
    channel[VTI_HARMONIC_LOAD][i] = swing->force / sqrt(2.0);
    channel[VTI_PHASE][i] = phase;
    channel[VTI_FREQUENCY][i] = o->frequency;
    channel[VTI_STIFFNESS][i] = vti_swing_stiffness(o, swing->force, amplitude, phase);
}

/* Reading i: load and depth of the contact as the instrument sees them. */
static void reading(struct run *r, double P, double h, size_t i, double *const channel[VTI_CHANNELS])
{
    const vti_indent_truth *p = r->p;
    channel[VTI_TIME][i] = r->t;
    const double load_read = r->indent->load_gain * P + p->load_offset;
    const double depth_read = h + r->indent->drift * (r->t - r->t0) + p->depth_offset;
    channel[VTI_FORCE][i] = read_out(r, load_read, p->load_noise, p->load_step, &r->load_error);
    channel[VTI_DEPTH][i] = read_out(r, depth_read, p->depth_noise, p->depth_step, &r->depth_error);
}

/* Contact at the j-th of the readings of a part. */
static void advance(struct run *r, const vti_part *part, size_t j, double start, vti_touch *now)
{
    const vti_ground *g = &r->indent->ground;
    const double f = r->p->sampling, done = (double)(j + 1) / (double)part->n;
    const double P =
        part->kind == VTI_GROW ? part->P0 * pow(part->P1 / part->P0, done) : part->P0 + (part->P1 - part->P0) * done;
    switch (part->kind) {
    case VTI_LOAD: load(r, P, done, now); break;
    case VTI_GROW: load(r, P, P / part->P1, now); break;
    case VTI_HOLD: hold(r, P, start, (double)(j + 1) / f, (double)part->n / f, now); break;
    default: /* UNLOAD, REST */
        *now = r->peak;
        now->P = P;
        now->h = vti_recovered_depth(g, &r->peak, P);
        break;
    }
}

/* Free tip: approaches, or leaves the surface from depth `from`. */
static void fly(struct run *r, const vti_part *part, size_t *i, double from, double *const channel[VTI_CHANNELS])
{
    for (size_t j = 0; j < part->n; j++, (*i)++) {
        const double way = r->p->approach_speed / r->p->sampling;
        const double h = part->kind == VTI_AIR ? -way * (double)(part->n - j) : from - way * (double)(j + 1);
        r->t = (double)(*i) / r->p->sampling;
        reading(r, 0.0, h, *i, channel);
    }
}

/* One part in contact; `now` is left at its end. */
static void press(struct run *r, const vti_part *part, size_t *i, vti_touch *now, double *const channel[VTI_CHANNELS])
{
    const vti_ground *g = &r->indent->ground;
    const double start = r->h_c;
    const bool swings = part->kind == VTI_GROW;
    if (part->kind == VTI_UNLOAD && r->rising) r->peak = *now;
    r->rising = part->kind == VTI_LOAD || part->kind == VTI_GROW || part->kind == VTI_HOLD;
    for (size_t j = 0; j < part->n; j++, (*i)++) {
        advance(r, part, j, start, now);
        r->t = (double)(*i) / r->p->sampling;
        if (!swings) {
            reading(r, now->P, now->h + g->C_series * now->P, *i, channel);
            continue;
        }
        vti_swing swing;
        vti_swing_at(g, &r->oscillator, now, &swing);
        reading(r, swing.mean_load, swing.mean_depth, *i, channel);
        dynamic(r, &swing, *i, channel);
    }
}

void vti_virtual_record(const vti_indent_truth *p, const vti_virtual_indent *indent, const vti_program *program,
                        vt_stream *stream, double *const channel[VTI_CHANNELS])
{
    struct run r = {.p = p, .indent = indent, .stream = stream};
    r.oscillator = (vti_oscillator){.amplitude = sqrt(2.0) * p->amplitude,
                                    .frequency = p->frequency,
                                    .K_s = p->support_stiffness,
                                    .mass = p->moving_mass,
                                    .damping = p->damping};
    vti_touch now = {0};
    size_t i = 0;
    for (size_t k = VTI_STIFFNESS; k <= VTI_FREQUENCY; k++)
        for (size_t j = 0; j < program->readings; j++) channel[k][j] = NAN;
    const bool flies = program->parts > 0 && program->part[0].kind == VTI_AIR;
    r.t0 = flies ? (double)program->part[0].n / p->sampling : 0.0;
    for (size_t k = 0; k < program->parts; k++) {
        const vti_part *part = &program->part[k];
        if (part->kind == VTI_AIR || part->kind == VTI_LEAVE)
            fly(&r, part, &i, now.h, channel);
        else
            press(&r, part, &i, &now, channel);
    }
}
