/* Peaks of a scan by the flanks of its slope. */
#include "stats/quantile_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/thermogram.h>

static const double STEEP = 8.0, LEVEL = 3.0, SHARE = 0.02, BACK_ENDO = 0.15, BACK_EXO = 0.5;

/* Slopes about their median, by which flanks are told. */
typedef struct slopes {
    size_t n;
    const double *T, *slope;
    double base, sigma; /* median, 1.4826 MAD */
} slopes;

static double rise(const slopes *s, size_t i)
{
    return s->slope[i] - s->base;
}

static void level(slopes *s, double *scratch)
{
    memcpy(scratch, s->slope, s->n * sizeof *scratch);
    s->base = scratch[vti_order_quantile(scratch, s->n, 0.5)];
    for (size_t i = 0; i < s->n; i++) scratch[i] = fabs(rise(s, i));
    s->sigma = 1.4826 * scratch[vti_order_quantile(scratch, s->n, 0.5)];
}

typedef struct flank {
    size_t from, to; /* indices, inclusive */
    double change;   /* of y less the base slope */
} flank;

/* The flank of one sign about index i: as far as the slope is steeper than `least`. */
static flank flank_at(const slopes *s, size_t i, double least)
{
    const double sign = rise(s, i) < 0.0 ? -1.0 : 1.0;
    flank f = {i, i, 0.0};
    while (f.from > 0 && sign * rise(s, f.from - 1) > least) f.from--;
    while (f.to + 1 < s->n && sign * rise(s, f.to + 1) > least) f.to++;
    for (size_t k = f.from; k < f.to; k++) f.change += 0.5 * (rise(s, k) + rise(s, k + 1)) * (s->T[k + 1] - s->T[k]);
    return f;
}

/* The flank of opposite sign next to f on one side (step -1 or +1), across a top no wider than the flank. */
static bool counterpart(const slopes *s, const flank *f, int step, double least, flank *out)
{
    const double sign = rise(s, f->from) < 0.0 ? -1.0 : 1.0, width = s->T[f->to] - s->T[f->from];
    const size_t start = step > 0 ? f->to : f->from;
    for (size_t i = start; step > 0 ? i + 1 < s->n : i > 0;) {
        i = step > 0 ? i + 1 : i - 1;
        if (-sign * rise(s, i) > least) {
            *out = flank_at(s, i, least);
            return true;
        }
        if (fabs(s->T[i] - s->T[start]) > width || sign * rise(s, i) > least) return false;
    }
    return false;
}

/* The better counterpart of f, and whether both make a peak. */
static bool pair(const slopes *s, const flank *f, double least, flank *other)
{
    flank side[2];
    bool found[2];
    for (int k = 0; k < 2; k++) found[k] = counterpart(s, f, k ? 1 : -1, least, &side[k]);
    if (!found[0] && !found[1]) return false;
    const int k = !found[0] || (found[1] && fabs(side[1].change) > fabs(side[0].change));
    *other = side[k];
    const double first = k ? f->change : other->change, second = k ? other->change : f->change;
    return fabs(first + second) <= (first > 0.0 ? BACK_ENDO : BACK_EXO) * fmax(fabs(first), fabs(second));
}

static vt_peak make_peak(const slopes *s, const double *y, const flank *a, const flank *b)
{
    const flank *left = a->from < b->from ? a : b, *right = left == a ? b : a;
    vt_peak p = {.from = left->from, .to = right->to, .sign = left->change > 0.0 ? 1 : -1, .apex = left->from};
    p.height = fmin(fabs(a->change), fabs(b->change));
    for (size_t i = p.from; i <= p.to; i++) {
        const double over = y[i] - y[p.apex] - s->base * (s->T[i] - s->T[p.apex]);
        if (p.sign * over > 0.0) p.apex = i;
    }
    return p;
}

size_t vt_peaks_find(size_t n, const double *T, const double *y, const double *slope, size_t capacity, vt_peak *peak,
                     double *scratch)
{
    slopes s = {.n = n, .T = T, .slope = slope};
    size_t found = 0;
    if (!T || !y || !slope || !peak || !scratch || n < 8) return 0;
    level(&s, scratch);
    double *left = scratch + n; /* what has not been looked at yet */
    for (size_t i = 0; i < n; i++) left[i] = fabs(rise(&s, i));
    for (int tries = 0; found < capacity && tries < 32; tries++) {
        size_t i = 0;
        for (size_t k = 1; k < n; k++)
            if (left[k] > left[i]) i = k;
        if (!(left[i] > STEEP * s.sigma)) break;
        const double least = fmax(SHARE * left[i], LEVEL * s.sigma);
        const flank f = flank_at(&s, i, least);
        flank other = f;
        const bool peaked = pair(&s, &f, least, &other);
        if (peaked) peak[found++] = make_peak(&s, y, &f, &other);
        const size_t from = peaked && other.from < f.from ? other.from : f.from;
        const size_t to = peaked && other.to > f.to ? other.to : f.to;
        for (size_t k = from; k <= to; k++) left[k] = 0.0;
    }
    return found;
}
