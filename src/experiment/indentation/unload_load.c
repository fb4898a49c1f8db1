/* The same unloading law with the load regressed on depth, P = P_max ((h - h_f)/D)^m: the convention of many
 * instruments. Noise of the depth biases it: S comes out low. */
#include "curve_internal.h"
#include <math.h>

/* Normal equations in h0, D, m; rss in units of P_max^2. */
typedef struct normal {
    double A[9], b[3], rss, c1;
} normal;

static normal equations(size_t n, const double *h, const double *x, const double v[3])
{
    normal N = {0};
    double before = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double z = (h[i] - v[0]) / v[1], ln_z = z > 0.0 ? log(z) : 0.0, value = z > 0.0 ? exp(v[2] * ln_z) : 0.0;
        const double slope = z > 0.0 ? v[2] * value / z / v[1] : 0.0; /* dP/dh over P_max */
        const double J[3] = {-slope, -slope * z, value * ln_z}, r = x[i] - value;
        for (int a = 0; a < 3; a++) {
            N.b[a] += J[a] * r;
            for (int b = 0; b < 3; b++) N.A[3 * a + b] += J[a] * J[b];
        }
        N.rss += r * r;
        if (i > 0) N.c1 += r * before;
        before = r;
    }
    return N;
}

/* Inverse of a symmetric positive definite 3 x 3 matrix with its diagonal raised by the factor 1 + lambda. */
static bool invert(const double A[9], double lambda, double out[9])
{
    const double s = 1.0 + lambda, a = A[0] * s, b = A[1], c = A[2], d = A[4] * s, e = A[5], f = A[8] * s;
    const double det = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
    if (!(det > 0.0) || !isfinite(det)) return false;
    const double inverse[9] = {d * f - e * e, c * e - b * f, b * e - c * d, c * e - b * f, a * f - c * c,
                               b * c - a * e, b * e - c * d, b * c - a * e, a * d - b * b};
    for (int i = 0; i < 9; i++) out[i] = inverse[i] / det;
    return true;
}

bool vti_power_fit_load(size_t n, const double *h, const double *x, const vti_power *start, vti_power *out)
{
    /* Depths in units of D: the matrix is then free of units. */
    const double unit = start->D, origin = start->h0;
    double v[3] = {0.0, 1.0, 1.0 / start->q}, lambda = 1e-3, inverse[9];
    double *g = out->scratch;
    for (size_t i = 0; i < n; i++) g[i] = (h[i] - origin) / unit;
    normal N = equations(n, g, x, v);
    for (int round = 0; round < 200; round++) {
        if (!invert(N.A, lambda, inverse)) return false;
        double w[3], moved = 0.0;
        for (int a = 0; a < 3; a++) {
            const double step = inverse[3 * a] * N.b[0] + inverse[3 * a + 1] * N.b[1] + inverse[3 * a + 2] * N.b[2];
            w[a] = v[a] + step;
            moved = vti_max(moved, fabs(step));
        }
        const normal next = w[1] > 0.0 && w[2] > 0.1 && w[2] < 20.0 ? equations(n, g, x, w) : (normal){.rss = INFINITY};
        const bool good = next.rss <= N.rss;
        lambda *= good ? 0.1 : 10.0;
        /* Large residuals converge slowly: what is left of the step then moves S by less than 1e-6. */
        const bool flat = good && moved < 1e-6 && N.rss - next.rss < 1e-12 * N.rss;
        if (good) v[0] = w[0], v[1] = w[1], v[2] = w[2], N = next;
        if (flat || moved < 1e-10 || (!good && lambda > 1e12)) break;
    }
    if (!invert(N.A, 0.0, inverse)) return false;
    const double m = v[2], dq = -1.0 / (m * m), J[3] = {unit, unit, dq};
    *out = (vti_power){.h0 = origin + unit * v[0], .D = unit * v[1], .q = 1.0 / m, .rss = N.rss, .scratch = g};
    out->r1 = N.rss > 0.0 ? N.c1 / N.rss : 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) out->cov[3 * i + j] = inverse[3 * i + j] * J[i] * J[j];
    return true;
}
