/* Correlation of the noise of neighbouring voxels. */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>

enum { LEAST_REACH = 3 };

/* By so many standard errors a ring of neighbours is correlated, and the next one is looked at. */
static const double SURE = 4.0;

/* A mean over 3 x 3 voxels leaves a sum of 7. A picture whose noise is coarser is resampled or streaked: between the
 * samples that it was made from it has next to no noise and its grey is interpolation, which least squares would take
 * for what is known best. What is beyond this is white noise to the fit, of each bin by itself. */
static const double STRONG = 8.0;

/* Products of residuals that lie (dx, dy) apart. */
static void product(vti_tomo_noise *e, const float *residual, size_t width, size_t height, int dx, int dy)
{
    double sum = 0.0, n = 0.0;
    for (size_t y = 0; y + (size_t)dy < height; y++)
        for (size_t x = dx < 0 ? (size_t)-dx : 0; x < width && (long)x + dx < (long)width; x++) {
            const double a = (double)residual[y * width + x],
                         b = (double)residual[(y + (size_t)dy) * width + (size_t)((long)x + dx)];
            if (isnan(a) || isnan(b)) continue;
            sum += a * b;
            n += 1.0;
        }
    e->sum[dy][dx + VTI_TOMO_REACH] += sum;
    e->pairs[dy][dx + VTI_TOMO_REACH] += n;
}

bool vti_tomo_next_neighbour(int reach, int *dx, int *dy)
{
    if (++*dx > reach) {
        *dx = -reach;
        ++*dy;
    }
    return *dy <= reach;
}

/* The neighbours of one half plane whose larger distance along an axis is `ring`. */
static void add_ring(vti_tomo_noise *e, const float *residual, size_t width, size_t height, int ring)
{
    int dx = -1, dy = 0;
    while (vti_tomo_next_neighbour(ring, &dx, &dy))
        if (abs(dx) == ring || dy == ring) product(e, residual, width, height, dx, dy);
}

/* Correlation at (dx, dy); 0 where it is within two standard errors of none. */
static double rho_of(const vti_tomo_noise *e, int dx, int dy)
{
    const double zero = e->sum[0][VTI_TOMO_REACH] / e->pairs[0][VTI_TOMO_REACH];
    const double n = e->pairs[dy][dx + VTI_TOMO_REACH];
    if (!(zero > 0.0) || !(n > 0.0)) return 0.0;
    const double rho = e->sum[dy][dx + VTI_TOMO_REACH] / n / zero;
    return fabs(rho) > 2.0 / sqrt(n) ? rho : 0.0;
}

/* Are the neighbours of the outermost ring correlated on the mean? */
static bool goes_on(const vti_tomo_noise *e)
{
    const double n = e->pairs[0][VTI_TOMO_REACH];
    double total = 1.0, sum = 0.0, count = 0.0;
    int dx = 0, dy = 0;
    while (vti_tomo_next_neighbour(e->reach, &dx, &dy)) {
        const double rho = rho_of(e, dx, dy);
        total += 2.0 * rho;
        if (abs(dx) != e->reach && dy != e->reach) continue;
        sum += rho;
        count += 1.0;
    }
    return sum > SURE * sqrt(fmax(total, 1.0) * count / n);
}

void vti_tomo_noise_add(vti_tomo_noise *e, const float *residual, size_t width, size_t height)
{
    const bool first = e->reach == 0;
    for (int ring = 0; ring <= (first ? LEAST_REACH : e->reach); ring++) add_ring(e, residual, width, height, ring);
    if (!first) return;
    for (e->reach = LEAST_REACH; e->reach < VTI_TOMO_REACH && goes_on(e);)
        add_ring(e, residual, width, height, ++e->reach);
}

void vti_tomo_noise_settle(vti_tomo_noise *e)
{
    int dx = 0, dy = 0;
    double kept = 0.0;
    e->total = 1.0;
    while (vti_tomo_next_neighbour(e->reach, &dx, &dy)) {
        const double rho = rho_of(e, dx, dy);
        e->rho[dy][dx + VTI_TOMO_REACH] = rho;
        e->total += 2.0 * rho;
        kept += rho != 0.0;
    }
    const double error = 2.0 * sqrt(kept / fmax(e->pairs[0][VTI_TOMO_REACH], 1.0));
    e->white = error + fmax(e->total - STRONG, 0.0);
    e->total = fmax(e->total, 1.0); /* a negative sum would make a mean better than its voxels */
}
