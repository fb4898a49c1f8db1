/* Zero point, drift, segments, unloading fits and pop-ins of every test (P18, P19 steps 1 to 5). */
#include "measure_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/parallel.h>

enum {
    MOST_CYCLES = 128,
    MOST_SEGMENTS = VT_INDENT_SEGMENTS_EXTRA + VT_INDENT_SEGMENTS_PER_CYCLE * MOST_CYCLES,
    MOST_MARKS = 8 * MOST_CYCLES,
    MOST_POPINS = 16,
    FEW = 10
};

static const double SHARE_OF_AIR = 0.02; /* an approach of less readings may be one of noise */

/* What one thread works with. */
struct scratch {
    vt_indent_work *work;
    double *h; /* depth with drift taken off */
    double *u; /* depth of one unloading with frame compliance taken off */
    vt_indent_segment segment[MOST_SEGMENTS];
    vt_indent_cycle cycle[MOST_CYCLES];
    vt_indent_mark mark[MOST_MARKS];
    vt_popin popin[MOST_POPINS];
};

/* Task i writes indent i and found[i] only. */
struct shared {
    vti_indents *set;
    const vti_measure_options *how;
    size_t most; /* readings of the longest test */
    vti_indent_cycle **found;
};

static vt_status scratch_create(void **scratch, void *shared, vt_error *err)
{
    const struct shared *s = shared;
    struct scratch *w = calloc(1, sizeof *w);
    if (!w) return vt_fail(err, VT_EMEMORY, "no memory to measure indents");
    w->h = malloc((s->most + 1) * sizeof *w->h);
    w->u = malloc((s->most + 1) * sizeof *w->u);
    const vt_status st =
        w->h && w->u ? vt_indent_create(&w->work, s->most, err) : vt_fail(err, VT_EMEMORY, "no memory");
    if (st == VT_OK) {
        *scratch = w;
        return VT_OK;
    }
    free(w->u);
    free(w->h);
    free(w);
    return st;
}

static void scratch_free(void *scratch)
{
    struct scratch *w = scratch;
    if (!w) return;
    vt_indent_free(w->work);
    free(w->u);
    free(w->h);
    free(w);
}

void vti_verdict_set(vti_verdict *v, const vt_error *why)
{
    v->status = why->code;
    snprintf(v->why, sizeof v->why, "%.199s", why->msg);
}

/* ---- zero point ---- */
static bool begins_in_air(const vt_indent_segments *seg, size_t n)
{
    const vt_indent_segment *first = &seg->segment[0];
    return seg->count > 0 && first->phase == VT_INDENT_APPROACH &&
           (double)(first->to - first->from) > SHARE_OF_AIR * (double)n;
}

/* Cone and sphere are both fitted; the better one counts, and how far they differ is part of the uncertainty: a rounded
 * tip is between them (P19 step 1). */
static vt_status fit_zero(struct scratch *w, const vt_indent_curve *c, const vt_indent_segments *seg, vti_indent *s,
                          vt_error *err)
{
    vt_indent_zero law[2] = {0};
    vt_status st[2] = {VT_EDOF, VT_EDOF};
    double window = 0.1;
    /* The first of several cycles is small and may have few readings: up to four times the window then. */
    for (int look = 0; look < (seg->cycles > 1 ? 3 : 1) && st[0] != VT_OK && st[1] != VT_OK; look++, window *= 2.0)
        for (int k = 0; k < 2; k++) {
            const vt_indent_zero_options opt = {.law = k ? VT_INDENT_ZERO_SPHERE : VT_INDENT_ZERO_CONE, .high = window};
            st[k] = vt_indent_zero_fit(w->work, c, seg, &opt, &law[k], look ? NULL : err);
        }
    if (st[0] != VT_OK && st[1] != VT_OK) return st[1];
    const int best = st[0] != VT_OK || (st[1] == VT_OK && law[1].s < law[0].s);
    s->h0 = law[best].h0;
    s->u_h0 = law[best].u_h0;
    s->contact = law[best].contact;
    if (st[0] == VT_OK && st[1] == VT_OK) s->u_h0 = hypot(s->u_h0, (law[1].h0 - law[0].h0) / sqrt(12.0));
    return VT_OK;
}

static bool takes_zero(const vti_measure_options *how, const vti_indent *s)
{
    return how->zero == VTI_ZERO_FILE || (how->zero == VTI_ZERO_AUTO && s->file_zero);
}

/* A surface that the instrument found where the load did not rise yet is none: the load tells then. */
static void doubt_zero(struct scratch *w, const vt_indent_curve *c, const vt_indent_segments *seg, vti_indent *s)
{
    static const double FAR = 0.05; /* of the depth of the first cycle */
    vti_indent fitted = *s;
    if (fit_zero(w, c, seg, &fitted, NULL) != VT_OK) return;
    const double depth = seg->cycle[0].h_max - fitted.h0;
    if (!(fabs(fitted.h0) > FAR * depth) || !(fabs(fitted.h0) > 5.0 * fitted.u_h0)) return;
    *s = fitted;
    s->doubted = true;
}

static vt_status find_zero(const struct shared *sh, struct scratch *w, const vt_indent_curve *c,
                           const vt_indent_segments *seg, vti_indent *s, vt_error *err)
{
    const bool air = begins_in_air(seg, c->n);
    s->P0 = seg->P_air;
    s->contact = seg->cycles > 0 ? seg->cycle[0].load_from : 0;
    const bool given = takes_zero(sh->how, s);
    if (given && sh->how->zero == VTI_ZERO_AUTO) doubt_zero(w, c, seg, s);
    if (s->doubted) return VT_OK;
    if (given) s->P0 = 0.0;
    /* Loads within the noise look like air, but the depth of the file says where the surface is. */
    while (given && s->contact > 0 && c->h[s->contact - 1] > 0.0) s->contact--;
    if (given || (sh->how->zero == VTI_ZERO_AUTO && !air)) return VT_OK;
    return fit_zero(w, c, seg, s, err);
}

/* ---- drift ---- */
/* The longest hold at low load. Without time or a hold there is no rate. */
static void find_drift(struct scratch *w, const vt_indent_curve *c, const vt_indent_segments *seg, vti_indent *s)
{
    const vt_indent_cycle *best = NULL;
    for (size_t k = 0; k < seg->cycles; k++) {
        const vt_indent_cycle *y = &seg->cycle[k];
        if (y->drift_to > y->drift_from && (!best || y->drift_to - y->drift_from > best->drift_to - best->drift_from))
            best = y;
    }
    vt_indent_drift d;
    if (!best || !c->t || vt_indent_drift_fit(w->work, c, best->drift_from, best->drift_to, NULL, &d, NULL) != VT_OK)
        return;
    s->drift = d.rate;
    s->u_drift = d.u_rate;
}

/* P18: above 0.2 nm/s, surely, the record is refused unless the drift is only to be reported. */
static vt_status check_drift(const struct shared *sh, const vti_indent *s, vt_error *err)
{
    static const double LIMIT = 0.2e-9; /* m/s */
    if (sh->how->drift == VTI_DRIFT_REPORT || !(fabs(s->drift) - 2.0 * s->u_drift > LIMIT)) return VT_OK;
    return vt_fail(
        err, VT_ENOT_STEADY,
        "thermal drift %.3g nm/s is above 0.2 nm/s: let the instrument settle and measure again, or keep the "
        "test with --set drift=report",
        1e9 * s->drift);
}

static vt_status correct_drift(const struct shared *sh, struct scratch *w, vt_indent_curve *c, vti_indent *s,
                               vt_error *err)
{
    const bool reported =
        sh->how->drift == VTI_DRIFT_REPORT || (sh->how->drift == VTI_DRIFT_AUTO && takes_zero(sh->how, s));
    s->u_rate = sh->how->drift_u;
    if (!isfinite(s->drift) || reported) return VT_OK;
    const vt_status st = vt_indent_drift_correct(c, s->drift, s->t0, w->h, err);
    if (st != VT_OK) return st;
    c->h = w->h;
    s->drift_corrected = true;
    s->u_rate = s->u_drift;
    return VT_OK;
}

/* ---- unloadings ---- */
static void fit_cycle(const struct shared *sh, struct scratch *w, const vt_indent_curve *c,
                      const vt_indent_segments *seg, const vti_indent *s, vti_indent_cycle *y)
{
    const vti_unloading u = {.work = w->work, .curve = c, .depth = w->u};
    y->t = c->t ? c->t[y->span.unload_from] : (double)NAN;
    y->P = y->span.P_max - s->P0;
    y->h = y->span.h_max - s->h0;
    y->u_P = seg->noise.P;
    y->u_zero = s->u_h0;
    vti_unload_cycle(sh->how, s, &u, sh->how->frame_compliance, y);
}

/* Elastic over total work of a test that is loaded once and unloaded to below a tenth of its load. */
static double work_ratio(const vt_indent_curve *c, const vt_indent_cycle *y, double P0)
{
    double in = 0.0, back = 0.0;
    if (!(y->P_min - P0 < 0.1 * (y->P_max - P0))) return (double)NAN;
    for (size_t i = y->load_from + 1; i < y->unload_to; i++) {
        const double work = (0.5 * (c->P[i] + c->P[i - 1]) - P0) * (c->h[i] - c->h[i - 1]);
        if (i <= y->unload_from)
            in += work;
        else
            back -= work;
    }
    return in > 0.0 && back > 0.0 && back < in ? back / in : (double)NAN;
}

/* Where the oscillation of continuous stiffness ends, the mean load jumps to its peak, the maximum, and takes the depth
 * along: by less than a growing load would (h ~ P^(1/2) and flatter). */
static bool swing_stops(const vt_popin *p, double P_max, const vti_indent *s, double noise)
{
    const double load = p->P - s->P0, depth = p->h - s->h0;
    return p->P + p->dP > P_max - FEW * noise && p->dP > FEW * noise && p->dh * load < p->dP * depth;
}

static void find_popins(struct scratch *w, const vt_indent_curve *c, const vt_indent_segments *seg, vti_indent *s)
{
    vt_popins found = {.popin = w->popin, .capacity = MOST_POPINS};
    const vt_indent_cycle *y = &seg->cycle[0];
    if (vt_indent_popin_find(w->work, c, y->load_from, y->hold_from, &seg->noise, NULL, &found, NULL) != VT_OK ||
        found.count == 0)
        return;
    for (size_t i = 0; i < found.count; i++) {
        const bool touch = found.popin[i].from < y->load_from + FEW || !(found.popin[i].P - s->P0 > FEW * seg->noise.P);
        if (touch) continue; /* the jump into contact */
        if (swing_stops(&found.popin[i], y->P_max, s, seg->noise.P)) continue;
        if (s->npopins++ > 0) continue;
        s->popin_load = found.popin[i].P - s->P0;
        s->popin_length = found.popin[i].dh;
    }
}

/* Depth that stands at its maximum while the load goes on is that of a channel at its end (1.1, step 6). */
static vt_status clipped(const vti_indent *s, vt_error *err)
{
    enum { LEAST = 10 };
    size_t top = 0, n = 0;
    double P = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->h[i] > s->h[top]) top = i;
        P = fmax(P, s->P[i]);
    }
    double low = s->n ? s->P[top] : 0.0, high = low;
    for (size_t i = top; i < s->n && !(s->h[i] < s->h[top]); i++, n++) {
        low = fmin(low, s->P[i]);
        high = fmax(high, s->P[i]);
    }
    if (n < LEAST || n == s->n || !(high - low > 0.2 * P)) return VT_OK;
    return vt_fail(
        err, VT_ESATURATED,
        "depth stays at its largest value %.6g nm for %zu readings while the load goes from %.4g to %.4g mN: "
        "the channel is clipped",
        1e9 * s->h[top], n, 1e3 * low, 1e3 * high);
}

static vt_status measure(const struct shared *sh, struct scratch *w, vti_indent *s, vti_indent_cycle **found,
                         vt_error *err)
{
    vt_indent_curve c = {.n = s->n, .t = s->t, .h = s->h, .P = s->P};
    const vt_indent_segment_options opt = {.mark = w->mark, .marks = vti_indent_marks(s, MOST_MARKS, w->mark)};
    vt_indent_segments seg = {
        .segment = w->segment, .capacity = MOST_SEGMENTS, .cycle = w->cycle, .cycle_capacity = MOST_CYCLES};
    vt_status st = clipped(s, err);
    if (st == VT_OK) st = vt_indent_segment_find(w->work, &c, &opt, &seg, err);
    if (st == VT_OK) st = find_zero(sh, w, &c, &seg, s, err);
    if (st != VT_OK) return st;
    s->t0 = c.t ? c.t[s->contact] : 0.0;
    find_drift(w, &c, &seg, s);
    st = check_drift(sh, s, err);
    if (st == VT_OK) st = correct_drift(sh, w, &c, s, err);
    if (st != VT_OK) return st;
    vti_indent_cycle *y = calloc(seg.cycles, sizeof *y);
    if (!y) return vt_fail(err, VT_EMEMORY, "no memory for %zu cycles", seg.cycles);
    for (size_t k = 0; k < seg.cycles; k++) {
        y[k].number = (long)k + 1;
        y[k].span = seg.cycle[k];
        fit_cycle(sh, w, &c, &seg, s, &y[k]);
    }
    find_popins(w, &c, &seg, s);
    if (seg.cycles == 1) s->work_ratio = work_ratio(&c, &y[0].span, s->P0);
    s->ncycles = seg.cycles;
    *found = y;
    return VT_OK;
}

static vt_status measure_one(size_t i, void *shared, void *scratch, vt_error *err)
{
    struct shared *sh = shared;
    vti_indent *s = &sh->set->indent[i];
    vt_error why = {0};
    if (measure(sh, scratch, s, &sh->found[i], &why) == VT_OK) return VT_OK;
    if (why.code == VT_EMEMORY) return vt_fail(err, why.code, "%s", why.msg);
    vti_verdict_set(&s->verdict, &why);
    return VT_OK;
}

/* Cycles of all tests behind one another. */
static vt_status join(vti_indents *set, vti_indent_cycle *const *found, vt_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) n += set->indent[i].ncycles;
    set->cycle = calloc(n + 1, sizeof *set->cycle);
    if (!set->cycle) return vt_fail(err, VT_EMEMORY, "no memory for %zu cycles", n);
    for (size_t i = 0; i < set->n; i++) {
        vti_indent *s = &set->indent[i];
        s->first_cycle = set->ncycles;
        for (size_t k = 0; k < s->ncycles; k++) {
            set->cycle[set->ncycles] = found[i][k];
            set->cycle[set->ncycles++].indent = i;
        }
    }
    return VT_OK;
}

vt_status vti_indents_measure(vti_indents *set, const vti_measure_options *how, long threads, vt_error *err)
{
    struct shared sh = {.set = set, .how = how, .found = calloc(set->n + 1, sizeof *sh.found)};
    if (!sh.found) return vt_fail(err, VT_EMEMORY, "no memory for %zu tests", set->n);
    sh.most = VT_INDENT_POINTS;
    for (size_t i = 0; i < set->n; i++) sh.most = set->indent[i].n > sh.most ? set->indent[i].n : sh.most;
    const vt_parallel parallel = {.threads = (int)threads,
                                  .shared = &sh,
                                  .scratch_create = scratch_create,
                                  .scratch_free = scratch_free,
                                  .label = "indents"};
    vt_status st = vt_parallel_for(set->n, measure_one, &parallel, err);
    if (st == VT_OK) st = join(set, sh.found, err);
    if (st == VT_OK) vti_indents_match_rows(set);
    for (size_t i = 0; i < set->n; i++) free(sh.found[i]);
    free(sh.found);
    return st;
}
