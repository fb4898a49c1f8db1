/* Viscosity from a relaxation modulus: its integral, and bounds on what lies before the first sample and beyond the
 * cut. */
#include "rheology_internal.h"
#include <math.h>
#include <vitrum/rheology.h>

/* Integral between two samples; the modulus follows a power of time there. */
static double piece(const double *t, const double *G, size_t i)
{
    const double x = t[i + 1] / t[i];
    if (!(x > 1.0)) return 0.0; /* a time that the file rounded twice to the same number */
    if (!(G[i] > 0.0) || !(G[i + 1] > 0.0)) return 0.5 * (G[i] + G[i + 1]) * (t[i + 1] - t[i]);
    const double q = 1.0 + log(G[i + 1] / G[i]) / log(x); /* G t goes as t^q */
    return G[i] * t[i] * (fabs(q) < 1e-9 ? log(x) : expm1(q * log(x)) / q);
}

static double between(const double *t, const double *G, size_t from, size_t to)
{
    double sum = 0.0;
    for (size_t i = from; i < to; i++) sum += piece(t, G, i);
    return sum;
}

/* Ratio of the integrals over (a, b) and (b, c) of exp(-k t), or of t^(-k). Both rise with k. */
static double decay_ratio(bool power, double k, double a, double b, double c)
{
    if (!power) return fabs(k) * (c - a) < 1e-12 ? (b - a) / (c - b) : expm1(k * (b - a)) / -expm1(-k * (c - b));
    const double q = 1.0 - k;
    if (fabs(q) < 1e-9) return log(b / a) / log(c / b);
    return expm1(q * log(a / b)) / -expm1(q * log(c / b));
}

/* k from 0 to high with that ratio; it lies inside. */
static double solve_decay(bool power, double ratio, double a, double b, double c, double high)
{
    double low = 0.0;
    for (int i = 0; i < 200; i++) { /* bisection down to neighbouring doubles */
        const double k = 0.5 * (low + high);
        if (decay_ratio(power, k, a, b, c) < ratio)
            low = k;
        else
            high = k;
    }
    return 0.5 * (low + high);
}

static size_t sample_at(const double *t, size_t n, double time)
{
    size_t i = 0;
    while (i + 1 < n && t[i] < time) i++;
    return i;
}

/* Standard deviation of white noise: second differences have 6 times its variance. */
static double noise_of(const double *G, size_t from, size_t to)
{
    double sum = 0.0;
    for (size_t i = from + 1; i < to; i++) sum += pow(G[i + 1] - 2.0 * G[i] + G[i - 1], 2.0);
    return sqrt(sum / (6.0 * (double)(to - from - 1)));
}

/* Latest sample at which the fourth quarter of the time stands above 3 standard deviations of its noise. */
static vt_status find_cut(size_t n, const double *t, const double *G, size_t *cut, double *noise, vt_error *err)
{
    for (size_t c = n - 1; c >= 16; c = sample_at(t, n, 0.9 * t[c]) < c ? sample_at(t, n, 0.9 * t[c]) : c - 1) {
        const size_t b = sample_at(t, n, 0.75 * t[c]);
        if (c - b < 4)
            return vt_fail(err, VT_EDOF, "%zu readings in the last quarter of the time, 4 are needed", c - b);
        *noise = noise_of(G, b, c);
        *cut = c;
        if (between(t, G, b, c) / (t[c] - t[b]) > 3.0 * *noise) return VT_OK;
    }
    return vt_fail(err, VT_EDOMAIN, "the modulus is within 3 standard deviations of its noise, %g Pa, all along",
                   *noise);
}

static vt_status tail_of(size_t n, const double *t, const double *G, size_t cut, vt_relaxation_integral *r,
                         vt_error *err)
{
    const size_t i = sample_at(t, n, 0.5 * t[cut]), j = sample_at(t, n, 0.75 * t[cut]);
    const double a = t[i], b = t[j], c = t[cut], M2 = between(t, G, j, cut);
    const double ratio = i < j ? between(t, G, i, j) / M2 : 0.0;
    if (!(ratio > (b - a) / (c - b)))
        return vt_fail(err, VT_EDOMAIN, "the modulus does not fall from %g s to %g s: it has no viscosity as integral",
                       a, c);
    const double k = solve_decay(false, ratio, a, b, c, 700.0 / (c - a));
    r->exponent = solve_decay(true, ratio, a, b, c, 1000.0);
    r->terminal_time = 1.0 / k;
    r->tail_low = M2 / expm1(k * (c - b));
    r->tail_high = r->exponent > 1.0 ? M2 / expm1((r->exponent - 1.0) * log(c / b)) : INFINITY;
    return VT_OK;
}

/* Local power of time over the first factor 2 in time, at least three samples; both bounds of what lies before. */
static vt_status start_of(size_t n, const double *t, const double *G, vt_relaxation_integral *r, vt_error *err)
{
    size_t m = sample_at(t, n, 2.0 * t[0]) + 1;
    if (m < 3) m = 3;
    double X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0;
    for (size_t i = 0; i < m; i++) {
        if (!(G[i] > 0.0)) return vt_fail(err, VT_ERANGE, "modulus %zu, at %g s, is %g Pa, not > 0", i, t[i], G[i]);
        X += log(t[i]) / (double)m;
        Y += log(G[i]) / (double)m;
    }
    for (size_t i = 0; i < m; i++) {
        sxx += pow(log(t[i]) - X, 2.0);
        sxy += (log(t[i]) - X) * (log(G[i]) - Y);
    }
    const double p = fmax(0.0, -sxy / sxx), rectangle = G[0] * t[0];
    r->start_low = rectangle * (p > 1e-9 ? expm1(p) / p : 1.0);
    r->start_high = p < 1.0 ? rectangle / (1.0 - p) : INFINITY;
    return VT_OK;
}

vt_status vt_rheology_relaxation(size_t n, const double *t, const double *G, vt_relaxation_integral *out, vt_error *err)
{
    vt_relaxation_integral r = {0};
    size_t cut = 0;
    double steps = 0.0;
    vt_status st = vti_rheology_check(n, 32, t, G, err);
    if (st == VT_OK && !out) st = vt_fail(err, VT_EARG, "no place for the result (NULL)");
    if (st == VT_OK) st = start_of(n, t, G, &r, err);
    if (st == VT_OK) st = find_cut(n, t, G, &cut, &r.noise, err);
    if (st == VT_OK) st = tail_of(n, t, G, cut, &r, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i + 1 < n; i++) r.simple += 0.5 * (G[i] + G[i + 1]) * (t[i + 1] - t[i]);
    for (size_t i = 0; i < cut; i++) steps += pow(t[i + 1] - t[i], 2.0);
    r.cut = t[cut];
    r.middle = between(t, G, 0, cut);
    const double open = 0.5 * (r.start_high - r.start_low + r.tail_high - r.tail_low);
    const double sum = r.start_low + r.middle + r.tail_low, random = r.noise * sqrt(steps);
    r.low = sum - 2.0 * random;
    r.reached = isfinite(open) && open <= VT_RHEOLOGY_SHARE * (sum + open);
    if (r.reached) {
        r.viscosity = sum + open;
        r.high = sum + 2.0 * open + 2.0 * random;
        r.u = hypot(open / sqrt(3.0), random);
    }
    *out = r;
    return VT_OK;
}
