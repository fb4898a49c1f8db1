/* Outliers of a segment: far from the median of the means of their neighbours at equal distance on both sides, which a
 * slope does not move. */
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum { REACH = 5 };
static const double FAR = 5.0; /* robust standard deviations */

/* Distance of block i from that median; the blocks at the ends have none. */
static double distance(const vti_creep_blocks *b, size_t first, size_t i)
{
    double pair[REACH];
    size_t reach = REACH;
    if (i - first < reach) reach = i - first;
    if (b->n - 1 - i < reach) reach = b->n - 1 - i;
    for (size_t k = 0; k < reach; k++) pair[k] = 0.5 * (b->y[i - k - 1] + b->y[i + k + 1]);
    return reach > 0 ? fabs(b->y[i] - gsl_stats_median(pair, 1, reach)) : 0.0;
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
