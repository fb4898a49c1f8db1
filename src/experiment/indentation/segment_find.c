/* Phases of a record: the parts put together. */
#include "curve_internal.h"
#include <math.h>

/* Instruments write the marker of a knee on the first sample behind it, a step down: so near, it confirms. */
enum { CONFIRMED = 2 };

typedef struct settings {
    double fall, sigmas;
    bool loading_only;
    const vt_indent_mark *mark;
    size_t marks;
} settings;

static vt_status settle(const vt_indent_segment_options *opt, settings *s, vt_error *err)
{
    const vt_indent_segment_options o = opt ? *opt : (vt_indent_segment_options){0};
    *s = (settings){.fall = o.fall == 0.0 ? 0.25 : o.fall,
                    .sigmas = o.sigmas == 0.0 ? 12.0 : o.sigmas,
                    .loading_only = o.loading_only,
                    .mark = o.mark,
                    .marks = o.marks};
    if (!(s->fall > 0.0 && s->fall < 1.0) || !(s->sigmas > 0.0))
        return vt_fail(err, VT_EARG, "fall = %g must be between 0 and 1, sigmas = %g above 0", s->fall, s->sigmas);
    if (s->marks > 0 && !s->mark) return vt_fail(err, VT_EARG, "%zu markers, but their array is NULL", s->marks);
    return VT_OK;
}

/* The marker's boundary in the cycle, or NULL; low, high: between which samples it may move. */
static size_t *boundary(vt_indent_cycle *cy, vt_indent_mark_kind kind, size_t end, size_t *low, size_t *high)
{
    switch (kind) {
    case VT_INDENT_MARK_SURFACE:
    case VT_INDENT_MARK_LOAD: *low = 0, *high = cy->hold_from; return &cy->load_from;
    case VT_INDENT_MARK_HOLD: *low = cy->load_from, *high = cy->unload_from; return &cy->hold_from;
    case VT_INDENT_MARK_UNLOAD: *low = cy->load_from, *high = cy->unload_to; return &cy->unload_from;
    case VT_INDENT_MARK_DRIFT_BEGIN: *low = cy->unload_from + 1, *high = cy->drift_to; return &cy->drift_from;
    case VT_INDENT_MARK_DRIFT_END: *low = cy->drift_from, *high = end; return &cy->drift_to;
    }
    return NULL;
}

/* One marker into the cycle in which it stands, if the boundaries stay in order. A drift hold that was not found needs
 * both of its markers; then the first makes it as long as the rest of the cycle. */
static void apply_mark(vt_indent_segments *s, size_t k, const vt_indent_mark *m, size_t begin, size_t end)
{
    vt_indent_cycle *cy = &s->cycle[k];
    if (m->kind == VT_INDENT_MARK_DRIFT_BEGIN && cy->drift_from == cy->drift_to && m->at < end) cy->drift_to = end;
    if (m->kind == VT_INDENT_MARK_SURFACE && k > 0) return;
    size_t low, high, *at = boundary(cy, m->kind, end, &low, &high);
    if (!at || m->at < low || m->at > high || m->at < (m->kind == VT_INDENT_MARK_SURFACE ? 0 : begin)) return;
    const size_t moved = m->at > *at ? m->at - *at : *at - m->at, slack = (end - begin) / 50 + 3;
    const bool held = cy->hold_from < cy->unload_from,
               knee = m->kind == VT_INDENT_MARK_HOLD || m->kind == VT_INDENT_MARK_UNLOAD;
    s->marks_used++;
    s->marks_moved += moved > slack;
    if (knee && moved <= CONFIRMED) return;
    *at = m->at;
    if (m->kind == VT_INDENT_MARK_UNLOAD && (!held || cy->hold_from > cy->unload_from)) cy->hold_from = cy->unload_from;
    if (m->kind == VT_INDENT_MARK_DRIFT_BEGIN && cy->unload_to > cy->drift_from) cy->unload_to = cy->drift_from;
}

static void apply_marks(const vt_indent_curve *c, const settings *o, vt_indent_segments *s)
{
    for (size_t i = 0; i < o->marks; i++)
        for (size_t k = 0; k < s->cycles; k++) {
            const size_t begin = s->cycle[k].load_from, end = k + 1 < s->cycles ? s->cycle[k + 1].load_from : c->n;
            const bool inside = o->mark[i].at < end && (o->mark[i].at >= begin || k == 0);
            if (inside) apply_mark(s, k, &o->mark[i], begin, end);
            if (inside) break;
        }
}

void vti_cycle_levels(const vt_indent_curve *c, const vt_indent_noise *noise, vt_indent_cycle *cy)
{
    const size_t top = cy->unload_from < c->n ? cy->unload_from : c->n - 1;
    const size_t last = cy->unload_to > top ? cy->unload_to - 1 : top;
    /* As many samples as it takes until the signal changes by its noise, on either side. */
    const double step = last > top ? fabs(c->P[top] - c->P[last]) / (double)(last - top) : 0.0;
    const size_t most = (last - top) / 20 < 16 ? (last - top) / 20 : 16;
    size_t g = step > 0.0 && noise->P < 16.0 * step ? (size_t)(noise->P / step) : 16;
    g = g < most ? g : most;
    const bool hold = cy->hold_from + g < top;
    double P = 0.0, h = 0.0, low = 0.0;
    for (size_t k = 0; k <= g; k++) {
        P += c->P[hold ? top - k : top] / (double)(g + 1);
        h += c->h[hold ? top - k : top] / (double)(g + 1);
        low += c->P[last - k] / (double)(g + 1);
    }
    cy->P_max = P;
    cy->h_max = h;
    cy->P_min = low;
}

/* Appends a segment unless it is empty; false: no room. */
static bool push(vt_indent_segments *s, vt_indent_phase phase, size_t cycle, size_t from, size_t to)
{
    if (to <= from) return true;
    if (s->count == s->capacity) return false;
    s->segment[s->count++] = (vt_indent_segment){.phase = phase, .cycle = cycle, .from = from, .to = to};
    return true;
}

static bool assemble(const vt_indent_curve *c, vt_indent_segments *s)
{
    bool room = s->cycles == 0 || push(s, VT_INDENT_APPROACH, 0, 0, s->cycle[0].load_from);
    for (size_t k = 0; k < s->cycles && room; k++) {
        const vt_indent_cycle *cy = &s->cycle[k];
        const bool last = k + 1 == s->cycles;
        const size_t end = last ? c->n : s->cycle[k + 1].load_from;
        room = push(s, VT_INDENT_LOADING, k, cy->load_from, cy->hold_from) &&
               push(s, VT_INDENT_HOLD, k, cy->hold_from, cy->unload_from) &&
               push(s, VT_INDENT_UNLOADING, k, cy->unload_from, cy->unload_to);
        if (cy->drift_to > cy->drift_from) {
            room = room && push(s, VT_INDENT_UNLOADING, k, cy->unload_to, cy->drift_from) &&
                   push(s, VT_INDENT_DRIFT, k, cy->drift_from, cy->drift_to);
            size_t lost = end; /* the rest is unloading until contact is lost */
            const double air = s->P_air + vti_max(3.0 * s->noise.P, 2e-3 * (cy->P_max - s->P_air));
            while (last && lost > cy->drift_to && c->P[lost - 1] <= air) lost--;
            if (end - lost < 5) lost = end;
            room = room && push(s, VT_INDENT_UNLOADING, k, cy->drift_to, lost) &&
                   push(s, VT_INDENT_PULL_OFF, k, lost, end);
        } else {
            room = room && push(s, last ? VT_INDENT_PULL_OFF : VT_INDENT_UNLOADING, k, cy->unload_to, end);
        }
    }
    return room;
}

/* Peaks into cycles with their knees; the load in air is only a guess before the contact is known. */
static vt_status find_cycles(vt_indent_work *ws, const vt_indent_curve *c, const settings *o, vt_indent_segments *s,
                             vt_error *err)
{
    double top = c->P[0], h_low = c->h[0], h_high = h_low;
    for (size_t i = 0; i < c->n; i++) {
        top = vti_max(top, c->P[i]);
        h_low = vti_min(h_low, c->h[i]), h_high = vti_max(h_high, c->h[i]);
    }
    const vti_reversal_rule rule = {
        .fall = o->fall, .least = o->sigmas * s->noise.P, .top = top, .travel = h_high - h_low, .noise_h = s->noise.h};
    vti_reversal *r = ws->reversal;
    const size_t most = ws->n_max / 4 + 1, room = s->cycle_capacity < most ? s->cycle_capacity : most;
    const size_t found = vti_reversals(c, &rule, r, room);
    if (found > room)
        return vt_fail(err, VT_ELIMIT, "more than %zu load cycles: is this one test, and its noise (%g N) realistic?",
                       room, s->noise.P);
    size_t deep = 0;
    for (size_t k = 0; k < found; k++) {
        s->cycle[k] = (vt_indent_cycle){.load_from = k > 0 ? r[k].before : 0};
        deep += vti_knees(ws, c, 0.0, &r[k], &s->noise, &s->cycle[k]);
    }
    s->cycles = found;
    s->depth_control = 2 * deep > found;
    return VT_OK;
}

static vt_status no_unloading(const vt_indent_curve *c, const settings *o, vt_indent_segments *s, vt_error *err)
{
    if (!o->loading_only)
        return vt_fail(err, VT_ENO_UNLOAD,
                       "no unloading: the load (last %g N) never falls by %g of its peak with the depth; measure one, "
                       "or use the continuous stiffness",
                       c->P[c->n - 1], o->fall);
    if (s->cycle_capacity < 1) return vt_fail(err, VT_ELIMIT, "no room for a cycle");
    s->cycle[0] = (vt_indent_cycle){.hold_from = c->n, .unload_from = c->n};
    s->cycle[0].unload_to = s->cycle[0].drift_from = s->cycle[0].drift_to = c->n;
    s->cycles = 1;
    return VT_OK;
}

vt_status vt_indent_segment_find(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_segment_options *opt,
                                 vt_indent_segments *out, vt_error *err)
{
    settings o;
    vt_status st;
    VT_TRY(st = settle(opt, &o, err));
    if (!out || !out->segment || !out->cycle) return vt_fail(err, VT_EARG, "no room for segments or cycles (NULL)");
    vt_indent_segments s = *out;
    s.count = s.cycles = s.marks_used = s.marks_moved = 0;
    s.depth_control = false;
    VT_TRY(st = vt_indent_gate(ws, c, &s.noise, err));
    VT_TRY(st = find_cycles(ws, c, &o, &s, err));
    if (s.cycles == 0) VT_TRY(st = no_unloading(c, &o, &s, err));
    s.cycle[0].load_from = vti_contact(ws, c, &s.cycle[0], &s.noise, &s.P_air, &s.u_P_air);
    for (size_t k = 0; k < s.cycles && s.cycle[k].unload_from < c->n; k++)
        vti_tail(ws, c, &s.noise, s.P_air, k + 1 < s.cycles ? s.cycle[k + 1].load_from : c->n, &s.cycle[k]);
    apply_marks(c, &o, &s);
    for (size_t k = 0; k < s.cycles; k++) vti_cycle_levels(c, &s.noise, &s.cycle[k]);
    if (!assemble(c, &s))
        return vt_fail(err, VT_ELIMIT, "more than %zu segments: give room for %d per cycle and %d more", s.capacity,
                       VT_INDENT_SEGMENTS_PER_CYCLE, VT_INDENT_SEGMENTS_EXTRA);
    *out = s;
done:
    return st;
}
