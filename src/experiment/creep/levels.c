/* Where the level of a control channel changes (1.6, step 1). */
#include "base/grow_internal.h"
#include "creep_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* segment.h and result.h: two meanings of a segment; here the former. */
#include <vitrum/segment.h>

/* More samples than MOST are first cut in means, and every edge is then placed among the samples. */
enum { MOST = 20000, PIECES = 4096, REACH = 8, CLEAR = 8 };

vt_status vti_creep_edge_add(vti_creep_edges *e, size_t at, vt_error *err)
{
    size_t *more = vti_grow(e->at, e->n, &e->room, sizeof *more);
    if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu edges", e->n + 1);
    e->at = more;
    e->at[e->n++] = at;
    return VT_OK;
}

/* Joins neighbours whose levels are one set point, nearest first. */
static void join(vt_setpoint *s, size_t *n, double relative, double absolute)
{
    for (;;) {
        size_t best = 0;
        double gap = INFINITY;
        for (size_t k = 0; k + 1 < *n; k++) {
            const double d = fabs(s[k].level - s[k + 1].level);
            if (d < gap && vti_creep_same(s[k].level, s[k + 1].level, relative, absolute)) gap = d, best = k + 1;
        }
        if (best == 0) return;
        vt_setpoint *a = &s[best - 1], *b = &s[best];
        const double na = (double)(a->to - a->from), nb = (double)(b->to - b->from);
        a->level = (na * a->level + nb * b->level) / (na + nb);
        a->to = b->to;
        memmove(b, b + 1, (*n - best - 1) * sizeof *b);
        --*n;
    }
}

/* Between samples lo and hi the level turns from a to b: the cut with the least sum of squares, each clipped at the
 * quarter of the step, so that an outlier counts little. */
static size_t place(const double *x, size_t lo, size_t hi, double a, double b)
{
    const double clip = pow(0.25 * (b - a), 2.0);
    double cost = 0.0, least = 0.0; /* of cutting at lo; each sample moves from b to a */
    size_t at = lo;
    for (size_t i = lo; i < hi; i++) {
        cost += fmin(pow(x[i] - a, 2.0), clip) - fmin(pow(x[i] - b, 2.0), clip);
        if (cost < least) least = cost, at = i + 1;
    }
    return at;
}

static void means(size_t n, const double *x, size_t per, double *out)
{
    for (size_t k = 0; k < n / per; k++) {
        double sum = 0.0;
        for (size_t i = k * per; i < (k + 1) * per; i++) sum += x[i];
        out[k] = sum / (double)per;
    }
}

static vt_status add_edges(size_t n, const double *x, size_t per, const vt_segments *found, vti_creep_edges *e,
                           vt_error *err)
{
    const vt_setpoint *s = found->segment;
    const double noise = found->noise;
    for (size_t k = 1; k < found->count; k++) {
        /* An edge of means is placed among the samples; one of samples once more, since the biweight does not care to
         * which side samples on the way between two levels belong. */
        const bool clear = fabs(s[k].level - s[k - 1].level) > CLEAR * noise; /* of a ramp's stairs nothing is gained */
        const size_t from = s[k].from * per, reach = per > 1 ? 2 * per : clear ? REACH : 0;
        const size_t low = s[k - 1].from * per, high = s[k].to * per < n ? s[k].to * per : n;
        const size_t lo = from > low + reach ? from - reach : low, hi = from + reach < high ? from + reach : high;
        const size_t at = place(x, lo, hi, s[k - 1].level, s[k].level);
        const vt_status st = vti_creep_edge_add(e, at, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_creep_level_edges(const char *channel, size_t n, const double *x, const double least[2],
                                vti_creep_edges *e, vt_error *err)
{
    const size_t per = (n - 1) / MOST + 1, m = n / per;
    vt_segment_work *ws = NULL;
    double *mean = malloc(m * sizeof *mean);
    vt_setpoint *piece = malloc(PIECES * sizeof *piece);
    vt_segments s = {.segment = piece, .capacity = PIECES};
    vt_status st = VT_EMEMORY;
    if (!mean || !piece) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu levels", m);
        goto done;
    }
    means(n, x, per, mean);
    VT_TRY(st = vt_segment_create(&ws, m, err));
    st = vt_segment_levels(ws, m, mean, NULL, &s, err);
    if (st == VT_ELIMIT)
        vt_fail(err, st = VT_ESETPOINT, "%s keeps no set point: its level changes more than %d times in %zu readings",
                channel, PIECES, n);
    VT_TRY(st);
    join(piece, &s.count, least[0], least[1]);
    st = add_edges(n, x, per, &s, e, err);
done:
    vt_segment_free(ws);
    free(mean);
    free(piece);
    return st;
}
