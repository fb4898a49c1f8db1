/* Correlation of the noise of neighbouring voxels. */
#include "tomography_internal.h"
#include <math.h>

enum { REACH = 3 };

/* Mean product of residuals that lie (dx, dy) apart, and the number of pairs. */
static double product(const float *e, size_t width, size_t height, int dx, int dy, double *pairs)
{
    double sum = 0.0, n = 0.0;
    for (size_t y = 0; y + (size_t)dy < height; y++)
        for (size_t x = dx < 0 ? (size_t)-dx : 0; x < width && (long)x + dx < (long)width; x++) {
            const double a = (double)e[y * width + x], b = (double)e[(y + (size_t)dy) * width + (size_t)((long)x + dx)];
            if (isnan(a) || isnan(b)) continue;
            sum += a * b;
            n += 1.0;
        }
    *pairs = n;
    return n > 0.0 ? sum / n : 0.0;
}

double vti_tomo_correlation(const float *residual, size_t width, size_t height)
{
    double n, total = 1.0;
    const double zero = product(residual, width, height, 0, 0, &n);
    if (!(zero > 0.0)) return 1.0;
    for (int dy = 0; dy <= REACH; dy++)
        for (int dx = dy == 0 ? 1 : -REACH; dx <= REACH; dx++) {
            const double rho = product(residual, width, height, dx, dy, &n) / zero;
            if (n > 0.0 && fabs(rho) > 2.0 / sqrt(n)) total += 2.0 * rho;
        }
    return fmax(total, 1.0); /* a negative sum would make a mean better than its voxels */
}
