/* Optimal partition with biweight loss by functional pruning (R-FPOP). */
#include <vitrum/segment.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Cost a theta^2 + b theta + c of the best segmentation whose last segment has level theta in [lo, hi] and began at
 * `begin`. */
typedef struct piece {
    double lo, hi, a, b, c;
    size_t begin;
} piece;

typedef struct pieces {
    piece *p;
    size_t n, room;
} pieces;

enum { PIECES_MAX = 1000000 };

struct vt_segment_work {
    size_t n_max;
    double *y;     /* signal about its median */
    size_t *begin; /* start of the last segment of the best segmentation of samples 0 ... t */
    double *level; /* its level */
    pieces now, next;
};

vt_status vt_segment_create(vt_segment_work **ws, size_t n_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 1 || n_max > SIZE_MAX / sizeof(double) / 4)
        return vt_fail(err, VT_EARG, "workspace for %zu samples: need at least 1", n_max);
    vt_segment_work *w = calloc(1, sizeof *w);
    if (w) {
        w->n_max = n_max;
        w->y = calloc(2 * n_max, sizeof *w->y);
        w->level = w->y ? w->y + n_max : NULL;
        w->begin = calloc(n_max, sizeof *w->begin);
    }
    if (!w || !w->y || !w->begin) {
        vt_segment_free(w);
        return vt_fail(err, VT_EMEMORY, "no memory to segment %zu samples", n_max);
    }
    *ws = w;
    return VT_OK;
}

void vt_segment_free(vt_segment_work *ws)
{
    if (!ws) return;
    free(ws->y);
    free(ws->begin);
    free(ws->now.p);
    free(ws->next.p);
    free(ws);
}

/* x within [lo, hi]; finite. fmin and fmax are calls, for the sake of NaN. */
static inline double within(double x, double lo, double hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

/* Appends q on [lo, hi]; empty intervals are skipped, neighbours of the same cost joined. */
static vt_status push(pieces *l, double lo, double hi, const piece *q, vt_error *err)
{
    if (!(hi > lo)) return VT_OK;
    piece *last = l->n > 0 ? &l->p[l->n - 1] : NULL;
    if (last && last->begin == q->begin && last->a == q->a && last->b == q->b && last->c == q->c) {
        last->hi = hi;
        return VT_OK;
    }
    if (l->n == l->room) {
        const size_t room = l->room ? 2 * l->room : 64;
        piece *p = room <= PIECES_MAX ? realloc(l->p, room * sizeof *p) : NULL;
        if (!p)
            return vt_fail(err, room > PIECES_MAX ? VT_ELIMIT : VT_EMEMORY, "segmentation needs more than %zu pieces",
                           l->room);
        l->p = p;
        l->room = room;
    }
    l->p[l->n] = *q;
    l->p[l->n].lo = lo;
    l->p[l->n].hi = hi;
    l->n++;
    return VT_OK;
}

/* next = min(now, fresh), fresh being a constant: a new segment that begins here. */
static vt_status cut(const pieces *now, const piece *fresh, pieces *next, vt_error *err)
{
    vt_status st = VT_OK;
    next->n = 0;
    for (size_t i = 0; i < now->n && st == VT_OK; i++) {
        const piece *q = &now->p[i];
        double left = q->hi, right = q->hi; /* q lies below the constant between these */
        if (q->a > 0.0) {
            const double centre = -0.5 * q->b / q->a, depth = fresh->c - (q->c + 0.5 * q->b * centre);
            if (depth > 0.0) {
                const double half = sqrt(depth / q->a);
                left = within(centre - half, q->lo, q->hi);
                right = within(centre + half, q->lo, q->hi);
            }
        } else if (q->c <= fresh->c) {
            left = q->lo;
        }
        st = push(next, q->lo, left, fresh, err);
        if (st == VT_OK) st = push(next, left, right, q, err);
        if (st == VT_OK) st = push(next, right, q->hi, fresh, err);
    }
    return st;
}

/* next = now + min((y - theta)^2, K^2). */
static vt_status add_sample(const pieces *now, double y, double K, pieces *next, vt_error *err)
{
    vt_status st = VT_OK;
    next->n = 0;
    for (size_t i = 0; i < now->n && st == VT_OK; i++) {
        const piece *q = &now->p[i];
        piece in = *q, out = *q;
        const double l = within(y - K, q->lo, q->hi), r = within(y + K, q->lo, q->hi);
        in.a += 1.0;
        in.b -= 2.0 * y;
        in.c += y * y;
        out.c += K * K;
        st = push(next, q->lo, l, &out, err);
        if (st == VT_OK) st = push(next, l, r, &in, err);
        if (st == VT_OK) st = push(next, r, q->hi, &out, err);
    }
    return st;
}

/* Lowest cost; where the last segment began and its level. */
static double best(const pieces *l, size_t *begin, double *level)
{
    double cost = INFINITY;
    for (size_t i = 0; i < l->n; i++) {
        const piece *q = &l->p[i];
        const double theta = q->a > 0.0 ? within(-0.5 * q->b / q->a, q->lo, q->hi) : 0.5 * (q->lo + q->hi);
        const double v = (q->a * theta + q->b) * theta + q->c;
        if (v < cost) {
            cost = v;
            *begin = q->begin;
            *level = theta;
        }
    }
    return cost;
}

static void swap(vt_segment_work *w)
{
    const pieces t = w->now;
    w->now = w->next;
    w->next = t;
}

static vt_status partition(vt_segment_work *w, size_t n, double penalty, double K, vt_error *err)
{
    double lo = w->y[0], hi = w->y[0], cost = -penalty;
    for (size_t i = 1; i < n; i++) {
        lo = fmin(lo, w->y[i]);
        hi = fmax(hi, w->y[i]);
    }
    const double margin = 1e-6 * K; /* so that a constant signal has an interval of levels too */
    const piece start = {.begin = 0};
    w->now.n = 0;
    vt_status st = push(&w->now, lo - margin, hi + margin, &start, err);
    for (size_t t = 0; t < n && st == VT_OK; t++) {
        if (t > 0) {
            const piece fresh = {.c = cost + penalty, .begin = t};
            st = cut(&w->now, &fresh, &w->next, err);
            if (st != VT_OK) break;
            swap(w);
        }
        st = add_sample(&w->now, w->y[t], K, &w->next, err);
        if (st != VT_OK) break;
        swap(w);
        cost = best(&w->now, &w->begin[t], &w->level[t]);
    }
    return st;
}

/* w->y is scratch here. */
static double estimate_noise(vt_segment_work *w, size_t n, const double *y)
{
    double least = INFINITY;
    if (n < 2) return 1.0;
    for (size_t i = 1; i < n; i++) {
        w->y[i - 1] = fabs(y[i] - y[i - 1]);
        if (w->y[i - 1] > 0.0) least = fmin(least, w->y[i - 1]);
    }
    const double s = 1.4826 * gsl_stats_median(w->y, 1, n - 1) / sqrt(2.0);
    if (s > 0.0) return s;
    return isfinite(least) ? least / sqrt(12.0) : 1.0; /* all equal: any scale gives one segment */
}

static vt_status collect(const vt_segment_work *w, size_t n, double offset, double noise, vt_segments *out,
                         vt_error *err)
{
    size_t count = 0;
    for (size_t to = n; to > 0; to = w->begin[to - 1]) count++;
    if (count > out->capacity)
        return vt_fail(err, VT_ELIMIT, "%zu segments, room for %zu: raise the penalty or the room", count,
                       out->capacity);
    size_t k = count;
    for (size_t to = n; to > 0; to = w->begin[to - 1])
        out->segment[--k] = (vt_setpoint){.from = w->begin[to - 1], .to = to, .level = w->level[to - 1] + offset};
    out->count = count;
    out->noise = noise;
    return VT_OK;
}

vt_status vt_segment_levels(vt_segment_work *ws, size_t n, const double *y, const vt_segment_options *opt,
                            vt_segments *out, vt_error *err)
{
    if (!ws || !y || !out || (out->capacity > 0 && !out->segment))
        return vt_fail(err, VT_EARG, "workspace, signal or result is NULL");
    if (n < 1 || n > ws->n_max) return vt_fail(err, VT_EARG, "%zu samples: the workspace holds 1 to %zu", n, ws->n_max);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(y[i])) return vt_fail(err, VT_ENAN, "sample %zu is not finite", i);
    const vt_segment_options o = opt ? *opt : (vt_segment_options){0};
    const double noise = o.noise > 0.0 ? o.noise : estimate_noise(ws, n, y);
    const double K = (o.clip > 0.0 ? o.clip : 3.0) * noise;
    const double penalty = (o.penalty > 0.0 ? o.penalty : 3.0) * log((double)n) * noise * noise;
    for (size_t i = 0; i < n; i++) ws->y[i] = y[i];
    const double offset = gsl_stats_median(ws->y, 1, n);
    for (size_t i = 0; i < n; i++) ws->y[i] = y[i] - offset;
    const vt_status st = partition(ws, n, penalty, K, err);
    return st == VT_OK ? collect(ws, n, offset, noise, out, err) : st;
}

void vt_segment_pad(vt_segments *s, size_t n, size_t pad)
{
    size_t kept = 0;
    if (!s) return;
    for (size_t k = 0; k < s->count; k++) {
        vt_setpoint g = s->segment[k];
        if (g.from > 0) g.from += pad;
        if (g.to < n) g.to = g.to > pad ? g.to - pad : 0;
        if (g.from < g.to) s->segment[kept++] = g;
    }
    s->count = kept;
}
