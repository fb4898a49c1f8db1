/* Peaks of a scan: restless stretches of its slope from which the curve comes back. */
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

/* End of the restless stretch about bin i on one side (step -1 or +1): the last bin steeper than `least` before a quiet
 * half as wide as the stretch so far, and of 3 bins. */
static size_t restless(const slopes *s, size_t i, int step, double least)
{
    size_t last = i, quiet = 0;
    for (size_t k = i; step > 0 ? k + 1 < s->n : k > 0;) {
        k = step > 0 ? k + 1 : k - 1;
        quiet++;
        if (fabs(rise(s, k)) > least) {
            last = k;
            quiet = 0;
        }
        if (quiet >= 3 && fabs(s->T[k] - s->T[last]) > 0.5 * fabs(s->T[last] - s->T[i])) break;
    }
    return last;
}

/* The stretch as a peak: the curve goes away from its base and comes back. */
static bool make_peak(const slopes *s, const double *y, size_t from, size_t to, vt_peak *out)
{
    vt_peak p = {.from = from, .to = to, .apex = from};
    double most = 0.0;
    for (size_t i = from; i <= to; i++) {
        const double away = y[i] - y[from] - s->base * (s->T[i] - s->T[from]);
        if (fabs(away) <= fabs(most)) continue;
        most = away;
        p.apex = i;
    }
    const double net = y[to] - y[from] - s->base * (s->T[to] - s->T[from]);
    p.sign = most > 0.0 ? 1 : -1;
    p.height = fmin(fabs(most), fabs(most - net));
    *out = p;
    return fabs(net) <= (p.sign > 0 ? BACK_ENDO : BACK_EXO) * fabs(most);
}

/* A tail of a peak that is known widens it. */
static bool widen(vt_peak *peak, size_t n, const vt_peak *p)
{
    for (size_t k = 0; k < n; k++) {
        if (p->to < peak[k].from || p->from > peak[k].to) continue;
        if (p->sign == peak[k].sign && p->from < peak[k].from) peak[k].from = p->from;
        if (p->sign == peak[k].sign && p->to > peak[k].to) peak[k].to = p->to;
        return true;
    }
    return false;
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
        const size_t from = restless(&s, i, -1, least), to = restless(&s, i, 1, least);
        vt_peak p;
        if (make_peak(&s, y, from, to, &p) && !widen(peak, found, &p)) peak[found++] = p;
        for (size_t k = from; k <= to; k++) left[k] = 0.0;
    }
    return found;
}
