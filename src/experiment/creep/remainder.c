/* What is left of a transient after the cut: an exponential beside the line, whose amplitude and time nobody knows. A
 * cut leaves what lies below the noise of single images, and that is of one sign in every segment: without this, slopes
 * of 60 s behind jumps of 5 s were off by half their uncertainty, and their intervals held the truth in 91 % [measured
 * in the round trips].
 *
 * z = a + b t + c exp(-(t - t0)/tau) by least squares for times tau from two samples, or a hundredth of the segment, to
 * an eighth, beyond which the tests of steadiness see it; the slopes b are averaged with the likelihood of their fits
 * as weight, so that the uncertainty holds what c and tau leave open. */
#include "creep_internal.h"
#include <math.h>

enum { TIMES = 12 };
static const double SHORTEST = 0.01, LONGEST = 0.125; /* of the segment */

/* An exponential freed of constant and slope. */
struct decay {
    double slope;          /* that it had */
    double square, with_z; /* sums of its square and of its product with z */
};

static struct decay decay(size_t n, const double *t, const double *z, double t_m, double sxx, double tau)
{
    struct decay d = {0};
    double mean = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double e = exp(-(t[i] - t[0]) / tau);
        mean += e / (double)n;
        d.slope += (t[i] - t_m) * e / sxx;
    }
    for (size_t i = 0; i < n; i++) {
        const double e = exp(-(t[i] - t[0]) / tau) - mean - d.slope * (t[i] - t_m);
        d.square += e * e;
        d.with_z += e * z[i];
    }
    return d;
}

void vti_creep_remainder(size_t n, const double *t, const double *z, const vt_line *l, double inflate, double *change,
                         double *u)
{
    const double s = l->s * inflate, span = t[n - 1] - t[0];
    const double low = fmax(2.0 * span / (double)(n - 1), SHORTEST * span), high = fmax(low, LONGEST * span);
    double ln_weight[TIMES], by[TIMES], u2[TIMES], top = 0.0, sum = 0.0, t_m = 0.0, sxx = 0.0;
    *change = *u = 0.0;
    if (!(s > 0.0)) return;
    for (size_t i = 0; i < n; i++) t_m += t[i] / (double)n;
    for (size_t i = 0; i < n; i++) sxx += (t[i] - t_m) * (t[i] - t_m);
    for (int k = 0; k < TIMES; k++) {
        const struct decay d = decay(n, t, z, t_m, sxx, low * pow(high / low, k / (TIMES - 1.0)));
        const double c = d.with_z / d.square, u_c = s / sqrt(d.square);
        ln_weight[k] = 0.5 * (c / u_c) * (c / u_c);
        by[k] = -c * d.slope;
        u2[k] = u_c * u_c * d.slope * d.slope;
        top = fmax(top, ln_weight[k]);
    }
    for (int k = 0; k < TIMES; k++) sum += exp(ln_weight[k] - top);
    for (int k = 0; k < TIMES; k++) *change += exp(ln_weight[k] - top) / sum * by[k];
    for (int k = 0; k < TIMES; k++)
        *u += exp(ln_weight[k] - top) / sum * (u2[k] + (by[k] - *change) * (by[k] - *change));
    *u = sqrt(*u);
}
