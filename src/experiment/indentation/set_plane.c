/* Planes through modulus and hardness over the places of a map. */
#include "set_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Sums about the means: of the places, and of one quantity. */
typedef struct moments {
    double x, y, v, xx, xy, yy, xv, yv, vv;
} moments;

static moments moments_of(size_t n, const double *place, const double *value)
{
    moments m = {0};
    for (size_t i = 0; i < n; i++) {
        m.x += place[2 * i] / (double)n;
        m.y += place[2 * i + 1] / (double)n;
        m.v += value[2 * i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        const double x = place[2 * i] - m.x, y = place[2 * i + 1] - m.y, v = value[2 * i] - m.v;
        m.xx += x * x, m.xy += x * y, m.yy += y * y;
        m.xv += x * v, m.yv += y * v, m.vv += v * v;
    }
    return m;
}

bool vti_plane_off(size_t n, const double *place, const double *value, double alpha, double *flat)
{
    bool inclined = false;
    if (n < 9) return false;
    for (size_t q = 0; q < 2; q++) {
        const moments m = moments_of(n, place, value + q);
        const double det = m.xx * m.yy - m.xy * m.xy;
        if (!(det > 1e-9 * m.xx * m.yy) || !(m.vv > 0.0)) return false;
        const double a = (m.xv * m.yy - m.yv * m.xy) / det, b = (m.yv * m.xx - m.xv * m.xy) / det;
        const double taken = a * m.xv + b * m.yv, left = m.vv - taken, dof = (double)n - 3.0;
        inclined = inclined || !(left > 0.0) || gsl_cdf_fdist_Q(0.5 * taken / (left / dof), 2.0, dof) <= alpha;
        for (size_t i = 0; i < n; i++)
            flat[2 * i + q] = value[2 * i + q] - a * (place[2 * i] - m.x) - b * (place[2 * i + 1] - m.y);
    }
    return inclined;
}
