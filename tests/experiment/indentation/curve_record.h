#pragma once
/* Simulated indentation records with known phases: virgin loading P = C (h - creep)^2, unloading and reloading on
 * h = h_f + D (P/P_peak)^(1/m), creep at the peak (load control) or relaxation (depth control), hold at low load,
 * approach and pull-off in air. White noise on both readings; SI. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/indent_curve.h>
#include <vitrum/random.h>

enum { RECORD_MAX = 4000, RECORD_CYCLES = 8 };

typedef struct record_plan {
    bool depth_control;
    size_t n; /* samples of the whole record, about */
    size_t cycles;
    double P_peak, h_peak; /* N, m: of the last cycle */
    double growth;         /* peak over the peak before */
    double valley;         /* load at the end of a partial unloading over its peak */
    double recovery;       /* D over depth */
    double m;              /* exponent of the unloading */
    double creep;          /* of the hold, over the depth (load control); relaxed part of the load (depth control) */
    double loading, hold, unloading, air, low_hold, lost; /* shares of the samples, 0: none of it */
    double low;                                           /* load of the low hold over the peak */
    double noise_h, noise_P;                              /* m; over P_peak */
    double drift;                                         /* m/s */
    double step;                                          /* s per sample */
    double zero;                                          /* m: depth reading at contact */
} record_plan;

typedef struct record_cycle {
    size_t load_from, hold_from, unload_from, unload_to, drift_from, drift_to;
    double P, h, D, m; /* at the start of unloading */
} record_cycle;

typedef struct record {
    size_t n;
    double t[RECORD_MAX], h[RECORD_MAX], P[RECORD_MAX];
    size_t contact;
    record_cycle cycle[RECORD_CYCLES];
    size_t cycles;
} record;

/* State of the simulated tip. */
typedef struct record_tip {
    double C, creep;     /* N/m^2, m */
    double P, h;         /* last values */
    double Pu, hf, D, m; /* last unloading: h = hf + D (P/Pu)^(1/m) */
} record_tip;

static inline void record_put(record *r, double h, double P)
{
    if (r->n >= RECORD_MAX) return;
    r->h[r->n] = h;
    r->P[r->n++] = P;
}

static inline double record_depth(const record_tip *s, double P)
{
    const double virgin = sqrt(P / s->C) + s->creep;
    return s->Pu > 0.0 && P < s->Pu ? s->hf + s->D * pow(P / s->Pu, 1.0 / s->m) : virgin;
}

static inline double record_load(const record_tip *s, double h)
{
    if (s->Pu > 0.0 && h < s->hf + s->D) return h > s->hf ? s->Pu * pow((h - s->hf) / s->D, s->m) : 0.0;
    return h > s->creep ? s->C * (h - s->creep) * (h - s->creep) : 0.0;
}

/* From the present load to P in n samples, straight in the controlled channel; the first sample is one step on. */
static inline void record_ramp(record *r, const record_plan *p, record_tip *s, double P, size_t n)
{
    const double P0 = s->P, h0 = s->h, h1 = record_depth(s, P);
    for (size_t i = 1; i <= n; i++) {
        const double x = (double)i / (double)n;
        s->P = P0 + x * (P - P0);
        s->h = record_depth(s, s->P);
        if (p->depth_control) s->h = h0 + x * (h1 - h0), s->P = record_load(s, s->h);
        record_put(r, s->h, s->P);
    }
}

static inline void record_hold(record *r, const record_plan *p, record_tip *s, double h_ref, size_t n)
{
    const double P0 = s->P, h0 = s->h;
    for (size_t i = 1; i <= n; i++) {
        const double part = log1p(9.0 * (double)i / (double)n) / log(10.0) * p->creep;
        if (p->depth_control)
            s->P = P0 * (1.0 - part);
        else
            s->h = h0 + part * h_ref;
        record_put(r, s->h, s->P);
    }
}

static inline size_t record_share(const record_plan *p, double share, double total)
{
    return (size_t)(share / total * (double)p->n + 0.5);
}

static inline void record_one_cycle(record *r, const record_plan *p, record_tip *s, size_t k, double unit)
{
    const bool last = k + 1 == p->cycles;
    const double peak = p->P_peak / pow(p->growth, (double)(p->cycles - 1 - k));
    record_cycle *c = &r->cycle[k];
    c->load_from = r->n;
    record_ramp(r, p, s, peak, record_share(p, p->loading, unit));
    c->hold_from = r->n;
    record_hold(r, p, s, p->h_peak, record_share(p, p->hold, unit));
    c->unload_from = r->n > c->hold_from ? r->n - 1 : c->hold_from - 1;
    if (c->hold_from > c->unload_from) c->hold_from = c->unload_from;
    s->D = p->recovery * s->h, s->m = p->m, s->Pu = s->P, s->hf = s->h - s->D;
    s->creep = s->h - sqrt(s->P / s->C); /* later loading goes on from here */
    c->P = s->P, c->h = s->h, c->D = s->D, c->m = s->m;
    const size_t unloading = record_share(p, p->unloading, unit);
    const bool low = last && p->low_hold > 0.0;
    record_ramp(r, p, s, (low ? p->low : last ? 0.0 : p->valley) * s->Pu, unloading);
    c->unload_to = c->drift_from = c->drift_to = r->n;
    if (!low) return;
    const size_t n = record_share(p, p->low_hold, unit);
    for (size_t i = 0; i < n; i++) record_put(r, s->h, s->P);
    c->drift_to = r->n;
    record_ramp(r, p, s, 0.0, unloading / 8 + 2);
}

/* The record without noise. */
static inline void record_make(const record_plan *p, record *r)
{
    const double unit = (double)p->cycles * (p->loading + p->hold + p->unloading) + p->air + p->low_hold + p->lost;
    record_tip s = {.C = p->P_peak / (p->h_peak * p->h_peak)};
    r->n = 0;
    r->cycles = p->cycles;
    const size_t air = record_share(p, p->air, unit), lost = record_share(p, p->lost, unit);
    for (size_t i = 0; i < air; i++) record_put(r, -0.5 * p->h_peak * (double)(air - i) / (double)air, 0.0);
    r->contact = r->n;
    record_put(r, 0.0, 0.0);
    for (size_t k = 0; k < p->cycles; k++) record_one_cycle(r, p, &s, k, unit);
    for (size_t i = 1; i <= lost; i++) record_put(r, s.h - 0.3 * p->h_peak * (double)i / (double)lost, 0.0);
    for (size_t i = 0; i < r->n; i++) {
        r->t[i] = p->step * (double)i;
        r->h[i] += p->zero + p->drift * (r->t[i] - r->t[r->contact]);
    }
}

static inline void record_noise(const record_plan *p, vt_stream *s, record *r)
{
    for (size_t i = 0; i < r->n; i++) {
        r->h[i] += p->noise_h * vt_stream_normal(s);
        r->P[i] += p->noise_P * p->P_peak * vt_stream_normal(s);
    }
}

/* Any plan of the family: control, number of cycles, holds, air and shares at random. */
static inline record_plan record_any(vt_stream *s)
{
    record_plan p = {.n = 800, .noise_h = 1e-9, .noise_P = 1e-3, .step = 0.1};
    p.depth_control = vt_stream_uniform(s) < 0.35;
    p.cycles = vt_stream_uniform(s) < 0.7 ? 1 : 2 + vt_stream_below(s, 4);
    p.P_peak = 1e-3 * pow(10.0, 2.0 * vt_stream_uniform(s));
    p.h_peak = 1e-7 * pow(20.0, vt_stream_uniform(s));
    p.growth = p.cycles > 1 ? 1.0 + vt_stream_uniform(s) : 1.0;
    p.valley = 0.05 + 0.45 * vt_stream_uniform(s);
    p.recovery = 0.15 + 0.3 * vt_stream_uniform(s);
    p.m = 1.2 + 0.5 * vt_stream_uniform(s);
    p.creep = 0.005 + 0.045 * vt_stream_uniform(s);
    p.loading = 0.7 + 0.6 * vt_stream_uniform(s);
    p.hold = vt_stream_uniform(s) < 0.3 ? 0.0 : 0.15 + vt_stream_uniform(s);
    p.unloading = 0.4 + 0.6 * vt_stream_uniform(s);
    p.air = vt_stream_uniform(s) < 0.5 ? 0.0 : 0.1 + vt_stream_uniform(s);
    p.low_hold = !p.depth_control && vt_stream_uniform(s) < 0.4 ? 0.3 + vt_stream_uniform(s) : 0.0;
    p.low = 0.08 + 0.07 * vt_stream_uniform(s);
    p.lost = vt_stream_uniform(s) < 0.4 ? 0.05 + 0.3 * vt_stream_uniform(s) : 0.0;
    return p;
}

static inline vt_indent_curve record_curve(const record *r, bool with_time)
{
    return (vt_indent_curve){.n = r->n, .t = with_time ? r->t : NULL, .h = r->h, .P = r->P};
}

/* What is wrong with the phases found, in words; NULL: nothing. Starts of unloading within 1 % of the record, of the
 * hold within 2 %, low hold within a tenth of its length, contact within 5 % of the depth or 0.5 % of the record. */
static inline const char *record_wrong(const record_plan *p, const record *r, const vt_indent_segments *s)
{
    const double n = (double)r->n;
    if (s->cycles != r->cycles) return "number of cycles";
    for (size_t k = 0; k < r->cycles; k++) {
        const record_cycle *c = &r->cycle[k];
        const vt_indent_cycle *f = &s->cycle[k];
        if (fabs((double)f->unload_from - (double)c->unload_from) > 0.01 * n + 1.0) return "start of unloading";
        if (fabs((double)f->hold_from - (double)c->hold_from) > 0.02 * n + 1.0) return "end of loading";
        if (k > 0 && fabs((double)f->load_from - (double)c->load_from) > 0.02 * n + 1.0) return "start of reloading";
        const double lasts = (double)(c->drift_to - c->drift_from), slack = 0.1 * lasts + 2.0;
        if (fabs((double)f->drift_from - (double)c->drift_from) > slack && lasts > 0.0) return "start of the low hold";
        if (fabs((double)f->drift_to - (double)c->drift_to) > slack && lasts > 0.0) return "end of the low hold";
        if (lasts == 0.0 && f->drift_to > f->drift_from) return "low hold that is none";
    }
    const double from = r->h[s->cycle[0].load_from] - p->zero; /* with noise */
    const bool near = fabs((double)s->cycle[0].load_from - (double)r->contact) <= 0.005 * n + 1.0;
    if (!near && fabs(from) > 0.05 * p->h_peak + 4.0 * p->noise_h) return "contact";
    return NULL;
}
