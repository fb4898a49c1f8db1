/* What is left of a transient after the cut: an exponential beside the line, whose amplitude and time nobody knows. A
 * cut leaves what lies below the noise of single images, and that is of one sign in every segment: without this, slopes
 * of 60 s behind jumps of 5 s were off by half their uncertainty, and their intervals held the truth in 91 % [measured
 * in the round trips].
 *
 * z = a + b t + c exp(-(t - t0)/tau) by least squares for times tau from two samples, or a hundredth of the segment, to
 * 0.4 of it; the slopes b are averaged with the likelihood of tau as weight, so that the uncertainty holds what c and
 * tau leave open. That likelihood is of the segment with what the cut took off, where the transient is large: behind
 * the cut it tells tau from the noise of 60 s hardly, and the average over tau covered a transient of 5 s in 0.93 of
 * segments of 60 s and in 0.97 of those of 400 s [measured]. Times above an eighth of the segment are seen by the tests
 * of steadiness, but for their level: a twentieth of the weight. */
#include "creep_internal.h"
#include <math.h>

enum { TIMES = 17 };
static const double SHORTEST = 0.01, LONGEST = 0.4, SEEN = 0.125; /* of the segment */
static const double UNSEEN = 0.05;

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

/* Mean and centred sum of squares of times. */
static void moments(size_t n, const double *t, double *mean, double *sxx)
{
    *mean = *sxx = 0.0;
    for (size_t i = 0; i < n; i++) *mean += t[i] / (double)n;
    for (size_t i = 0; i < n; i++) *sxx += (t[i] - *mean) * (t[i] - *mean);
}

void vti_creep_remainder(const vti_creep_kept *k, const vti_creep_kept *whole, const vt_line *l, double inflate,
                         double *change, double *u)
{
    const size_t n = k->n;
    const double s = l->s * inflate, span = k->t[n - 1] - k->t[0];
    const double low = fmax(2.0 * span / (double)(n - 1), SHORTEST * span), high = fmax(low, LONGEST * span);
    double ln_weight[TIMES], by[TIMES], u2[TIMES], top = -INFINITY, sum = 0.0, t_m, sxx, t_w, sxx_w;
    *change = *u = 0.0;
    if (!(s > 0.0)) return;
    moments(n, k->t, &t_m, &sxx);
    moments(whole->n, whole->t, &t_w, &sxx_w);
    for (int j = 0; j < TIMES; j++) {
        const double tau = low * pow(high / low, j / (TIMES - 1.0));
        const struct decay d = decay(n, k->t, k->z, t_m, sxx, tau);
        const struct decay e = decay(whole->n, whole->t, whole->z, t_w, sxx_w, tau);
        const double c = d.with_z / d.square, u_c = s / sqrt(d.square);
        ln_weight[j] = 0.5 * e.with_z * e.with_z / (e.square * s * s);
        by[j] = -c * d.slope;
        u2[j] = u_c * u_c * d.slope * d.slope;
        if (tau > SEEN * span) ln_weight[j] += log(UNSEEN);
        top = fmax(top, ln_weight[j]);
    }
    for (int j = 0; j < TIMES; j++) sum += exp(ln_weight[j] - top);
    for (int j = 0; j < TIMES; j++) *change += exp(ln_weight[j] - top) / sum * by[j];
    for (int j = 0; j < TIMES; j++)
        *u += exp(ln_weight[j] - top) / sum * (u2[j] + (by[j] - *change) * (by[j] - *change));
    *u = sqrt(*u);
}
