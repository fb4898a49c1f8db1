/* Covariance of the means of bins from the correlation of the noise of their voxels (P31, step 3). The mean of bin a
 * has n_a voxels of standard deviation s_a; cov(a, b) = s_a s_b / (n_a n_b) sum of rho over the pairs of one voxel of
 * each.
 */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/band.h>

enum { ROUNDS = 24 };

size_t vti_tomo_lags(const vti_tomo_noise *e)
{
    /* two bins a voxel, along the diagonal; one more, as a bin has a width */
    return (size_t)ceil(2.0 * sqrt(2.0) * e->reach) + 1;
}

/* One pair of correlated voxels: of the whole, and of each half that holds both. */
static void count_pair(vti_tomo_pairs *m, int a, int b, double rho)
{
    const size_t i = (size_t)(a < b ? a : b) / 4, j = (size_t)(a < b ? b : a) / 4;
    const size_t at = i * (m->lags + 1) + (j - i), block = m->n * (m->lags + 1);
    if (j - i > m->lags) return;
    const double both = i == j ? 2.0 * rho : rho; /* a bin has each pair both ways round */
    m->sum[at] += both;
    if (!((a ^ b) & 1)) m->sum[(a & 1 ? 1 : 2) * block + at] += both;
    if (!((a ^ b) & 2)) m->sum[(a & 2 ? 3 : 4) * block + at] += both;
}

void vti_tomo_count_pairs(vti_tomo_pairs *m, const vti_tomo_noise *e, const int *place, size_t width, size_t height)
{
    int dx = 0, dy = 0;
    while (vti_tomo_next_neighbour(e->reach, &dx, &dy)) {
        const double rho = e->rho[dy][dx + VTI_TOMO_REACH];
        if (rho == 0.0) continue;
        for (size_t y = 0; y + (size_t)dy < height; y++)
            for (size_t x = dx < 0 ? (size_t)-dx : 0; x < width && (long)x + dx < (long)width; x++) {
                const int a = place[y * width + x], b = place[(y + (size_t)dy) * width + (size_t)((long)x + dx)];
                if (a >= 0 && b >= 0) count_pair(m, a, b, rho);
            }
    }
}

/* Uncertainties and the band of correlations of the bins that are kept; false: a variance is not positive. more: of the
 * voxels, as noise that is white. */
static bool fill(const vti_tomo_bins *k, const double *sum, double more, vti_profile *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const size_t a = k->kept[i];
        const double square = sum[a * (k->lags + 1)] + k->count[a] * (1.0 + more);
        if (!(square > 0.0)) return false;
        p->u[i] = sqrt(square) / k->count[a];
    }
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = i; j <= i + p->lags; j++) {
            const size_t a = k->kept[i], b = j < p->n ? k->kept[j] : a;
            double r = i == j ? 1.0 : 0.0;
            if (b > a && b - a <= k->lags)
                r = sum[a * (k->lags + 1) + b - a] / (k->count[a] * k->count[b] * p->u[i] * p->u[j]);
            p->band[i * (p->lags + 1) + j - i] = r;
        }
    return true;
}

vt_status vti_tomo_covariance(const vti_tomo_bins *k, const double *sum, double more, vti_profile *p, vt_error *err)
{
    vt_status st = VT_EILLCOND;
    if (p->n == 0) return VT_OK;
    p->lags = k->lags < p->n ? k->lags : p->n - 1;
    for (int round = 0; round < ROUNDS && st != VT_OK; round++) {
        st = fill(k, sum, more, p) ? vt_band_cholesky(p->n, p->lags, p->band, err)
                                   : vt_fail(err, VT_EILLCOND, "the mean of a bin has no variance");
        more = 2.0 * more + 0.01;
    }
    for (size_t i = 0; i < p->n; i++) p->u[i] *= k->scatter[k->kept[i]];
    return st;
}
