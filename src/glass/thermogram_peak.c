/* Peaks of a scan: restless stretches of its slope from which the curve comes back. */
#include "stats/quantile_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/thermogram.h>

static const double STEEP = 8.0, LEVEL = 3.0, SHARE = 0.02, BACK_ENDO = 0.15, BACK_EXO = 0.5, OTHER = 0.1;

/* Slopes about their median, by which flanks are told. */
typedef struct slopes {
    size_t n;
    const double *T, *y, *slope;
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

/* The peak that bin k belongs to; n: none. */
static size_t owner(const vt_peak *peak, size_t n, size_t k)
{
    size_t j = 0;
    while (j < n && !(k >= peak[j].from && k <= peak[j].to)) j++;
    return j;
}

/* Whether the curve at bin k lies on the other side of that at bin rest than at bin i. */
static bool other_side(const slopes *s, size_t i, size_t rest, size_t k)
{
    const double in = s->y[i] - s->y[rest] - s->base * (s->T[i] - s->T[rest]);
    const double out = s->y[k] - s->y[rest] - s->base * (s->T[k] - s->T[rest]);
    return in * out < 0.0 && fabs(out) > OTHER * fabs(in);
}

/* End of the restless stretch about bin i on one side (step -1 or +1): the last bin steeper than `least` before a quiet
 * half as wide as the stretch so far, and of 3 bins; before one of the n peaks that are known: *next; or where it rests
 * for 3 bins and then goes to the other side. */
static size_t restless(const slopes *s, size_t i, int step, double least, const vt_peak *peak, size_t n, size_t *next)
{
    size_t last = i, quiet = 0, rest = i;
    *next = n;
    for (size_t k = i; step > 0 ? k + 1 < s->n : k > 0;) {
        k = step > 0 ? k + 1 : k - 1;
        *next = owner(peak, n, k);
        if (*next < n) break;
        if (++quiet == 3) rest = last;
        if (rest != i && other_side(s, i, rest, k)) return rest;
        if (fabs(rise(s, k)) > least) {
            last = k;
            quiet = 0;
        }
        if (quiet >= 3 && fabs(s->T[k] - s->T[last]) > 0.5 * fabs(s->T[last] - s->T[i])) break;
    }
    return last;
}

/* The stretch as a peak: the curve goes away from its base and comes back. */
static bool make_peak(const slopes *s, size_t from, size_t to, vt_peak *out)
{
    vt_peak p = {.from = from, .to = to, .apex = from};
    double most = 0.0;
    for (size_t i = from; i <= to; i++) {
        const double away = s->y[i] - s->y[from] - s->base * (s->T[i] - s->T[from]);
        if (fabs(away) <= fabs(most)) continue;
        most = away;
        p.apex = i;
    }
    const double net = s->y[to] - s->y[from] - s->base * (s->T[to] - s->T[from]);
    p.sign = most > 0.0 ? 1 : -1;
    p.height = fmin(fabs(most), fabs(most - net));
    *out = p;
    return p.height > 0.0 && fabs(net) <= (p.sign > 0 ? BACK_ENDO : BACK_EXO) * fabs(most);
}

/* A tail of a peak widens it: over the stretch from `end`, away from the peak, the curve goes to the side of the peak.
 * A glass transition before an exotherm goes to the other. */
static void widen(const slopes *s, size_t end, vt_peak *peak)
{
    const size_t near = end < peak->from ? peak->from : peak->to;
    const double away = s->y[near] - s->y[end] - s->base * (s->T[near] - s->T[end]);
    if (!(peak->sign * away > 0.0)) return;
    if (end < peak->from)
        peak->from = end;
    else
        peak->to = end;
}

size_t vt_peaks_find(size_t n, const double *T, const double *y, const double *slope, size_t capacity, vt_peak *peak,
                     double *scratch)
{
    slopes s = {.n = n, .T = T, .y = y, .slope = slope};
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
        size_t before, after;
        const size_t from = restless(&s, i, -1, least, peak, found, &before);
        const size_t to = restless(&s, i, 1, least, peak, found, &after), known = found;
        if (make_peak(&s, from, to, &peak[found])) {
            found++;
        } else {
            if (after < known) widen(&s, from, &peak[after]);
            if (before < known) widen(&s, to, &peak[before]);
        }
        for (size_t k = from; k <= to; k++) left[k] = 0.0;
    }
    return found;
}
