/* Outliers of a segment: far from the median of the means of their neighbours at equal distance on both sides, which a
 * slope does not move; at the ends, from the median of what pairs of neighbours on one side extrapolate to. A lost
 * marker left at an end passes for the rest of a transient. */
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum { REACH = 5, PAIRS = 5 };
static const double FAR = 5.0; /* robust standard deviations */

/* Distance of the block at z from what the pairs one step and two steps away say of it; dir: 1 or -1, into the segment,
 * which has `room` blocks there. */
static double extrapolated(const double *z, ptrdiff_t dir, size_t room)
{
    double pair[PAIRS];
    const size_t m = room / 2 < PAIRS ? room / 2 : PAIRS;
    for (size_t k = 0; k < m; k++) {
        const ptrdiff_t by = dir * (ptrdiff_t)(k + 1);
        pair[k] = 2.0 * z[by] - z[2 * by];
    }
    return m > 0 ? fabs(z[0] - gsl_stats_median(pair, 1, m)) : 0.0;
}

/* Distance of block i from that median. */
static double distance(const vti_creep_blocks *b, size_t first, size_t i)
{
    double pair[REACH];
    const size_t before = i - first, after = b->n - 1 - i, reach = REACH;
    if (before < reach) return extrapolated(b->z + i, 1, after);
    if (after < reach) return extrapolated(b->z + i, -1, before);
    for (size_t k = 0; k < reach; k++) pair[k] = 0.5 * (b->z[i - k - 1] + b->z[i + k + 1]);
    return fabs(b->z[i] - gsl_stats_median(pair, 1, reach));
}

vti_creep_kept vti_creep_screen(const vti_creep_blocks *b, size_t first)
{
    vti_creep_kept k = {.t = b->scratch, .y = b->scratch + b->n, .z = b->scratch + 2 * b->n};
    const size_t n = b->n - first;
    for (size_t i = 0; i < n; i++) k.t[i] = k.z[i] = distance(b, first, first + i);
    const double limit = FAR * 1.4826 * gsl_stats_median(k.t, 1, n);
    for (size_t i = 0; i < n; i++) {
        if (!(k.z[i] <= limit)) continue;
        k.t[k.n] = b->t[first + i];
        k.y[k.n++] = b->y[first + i];
    }
    return k;
}
