/* Zero-shear viscosity from storage and loss modulus: terminal zone, lower bound, and a discrete spectrum. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/rheology.h>

enum { LONGEST = 21 }; /* longest times tried: 10^0 ... 10^1 over the lowest frequency */

/* One spectrum, fitted. */
typedef struct spectrum {
    size_t modes;
    double tau[VT_NNLS_P_MAX], g[VT_NNLS_P_MAX];
    double chi2, dof, viscosity, u; /* u: for residuals of standard deviation 1 */
} spectrum;

static vt_status check(const vt_oscillation *d, double level, const vt_nnls_work *ws, const double *work,
                       const vt_terminal_zone *out, vt_error *err)
{
    if (!d || !d->omega || !d->storage || !d->loss || !ws || !work || !out)
        return vt_fail(err, VT_EARG, "data, workspace or result is NULL");
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    if (d->n < 8) return vt_fail(err, VT_EDOF, "%zu frequencies, at least 8 are needed", d->n);
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(d->omega[i]) || !isfinite(d->storage[i]) || !isfinite(d->loss[i]))
            return vt_fail(err, VT_ENAN, "reading %zu is (%g rad/s, %g Pa, %g Pa): not finite", i, d->omega[i],
                           d->storage[i], d->loss[i]);
        if (!(d->omega[i] > 0.0) || !(d->storage[i] > 0.0) || !(d->loss[i] > 0.0))
            return vt_fail(err, VT_ERANGE, "reading %zu is (%g rad/s, %g Pa, %g Pa): all must be > 0", i, d->omega[i],
                           d->storage[i], d->loss[i]);
    }
    return VT_OK;
}

/* Slope of ln y over ln omega up to a frequency. */
static double slope_below(const vt_oscillation *d, const double *y, double limit)
{
    double m = 0.0, X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < d->n; i++) {
            if (d->omega[i] > limit) continue;
            const double x = log(d->omega[i]), v = log(y[i]);
            if (pass == 0) m += 1.0, X += x, Y += v;
            if (pass == 1) sxx += (x - X) * (x - X), sxy += (x - X) * (v - Y);
        }
        if (pass == 0) X /= m, Y /= m;
    }
    return sxy / sxx;
}

static vt_status look_at_the_end(const vt_oscillation *d, double *highest, vt_terminal_zone *z, vt_error *err)
{
    size_t first = 0, count = 0;
    *highest = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->omega[i] < d->omega[first]) first = i;
        *highest = fmax(*highest, d->omega[i]);
        z->low = fmax(z->low, hypot(d->storage[i], d->loss[i]) / d->omega[i]);
    }
    const double limit = d->omega[first] * sqrt(10.0) * (1.0 + 1e-9);
    for (size_t i = 0; i < d->n; i++) count += d->omega[i] > d->omega[first] && d->omega[i] <= limit;
    if (count < 2)
        return vt_fail(err, VT_EDOF, "fewer than 3 frequencies from %g to %g rad/s, the lowest half decade",
                       d->omega[first], limit);
    if (!(*highest >= 10.0 * d->omega[first]))
        return vt_fail(err, VT_ENARROW, "frequencies from %g to %g rad/s: a factor 10 is needed", d->omega[first],
                       *highest);
    z->frequency = d->omega[first];
    z->simple = d->loss[first] / d->omega[first];
    z->storage = slope_below(d, d->storage, limit);
    z->loss = slope_below(d, d->loss, limit);
    z->liquid = d->loss[first] > d->storage[first] && z->storage > z->loss;
    z->terminal = fabs(z->storage / 2.0 - 1.0) <= VT_RHEOLOGY_SHARE && fabs(z->loss - 1.0) <= VT_RHEOLOGY_SHARE;
    return VT_OK;
}

/* Relative residuals: rows of both moduli, divided by their values. */
static vt_status fit(const vt_oscillation *d, vt_nnls_work *ws, double *work, spectrum *s, vt_error *err)
{
    const size_t p = s->modes;
    double *A = work, *b = work + 2 * d->n * p, cov[VT_NNLS_P_MAX * VT_NNLS_P_MAX];
    vt_nnls_summary sum;
    for (size_t i = 0; i < d->n; i++) {
        for (size_t k = 0; k < p; k++) {
            const double x = d->omega[i] * s->tau[k];
            A[2 * i * p + k] = x * x / (1.0 + x * x) / d->storage[i];
            A[(2 * i + 1) * p + k] = x / (1.0 + x * x) / d->loss[i];
        }
        b[2 * i] = b[2 * i + 1] = 1.0;
    }
    const vt_nnls_problem pr = {.n = 2 * d->n, .p = p, .A = A, .b = b};
    const vt_status st = vt_nnls_solve(ws, &pr, s->g, cov, &sum, err);
    if (st != VT_OK) return st;
    double variance = 0.0;
    s->viscosity = 0.0;
    for (size_t k = 0; k < p; k++) {
        s->viscosity += s->g[k] * s->tau[k];
        for (size_t l = 0; l < p; l++) variance += s->tau[k] * s->tau[l] * cov[k * p + l];
    }
    s->chi2 = sum.chi2;
    s->dof = fmax(1.0, 2.0 * (double)d->n - (double)sum.positive);
    s->u = sqrt(variance);
    return VT_OK;
}

static void place_modes(double lowest, double highest, double decades, spectrum *s)
{
    const double span = log10(highest / lowest) + decades + 0.7; /* down to 0.2 over the highest frequency */
    const double step = fmax(0.5, span / (VT_NNLS_P_MAX - 1.0));
    s->modes = (size_t)(span / step + 1e-9) + 1;
    for (size_t k = 0; k < s->modes; k++) s->tau[k] = pow(10.0, decades - step * (double)k) / lowest;
}

static void take(const spectrum *s, size_t n, vt_terminal_zone *z)
{
    double second = 0.0;
    for (size_t k = 0; k < s->modes; k++) second += s->g[k] * s->tau[k] * s->tau[k];
    z->viscosity = s->viscosity;
    z->compliance = second / (s->viscosity * s->viscosity);
    z->misfit = sqrt(s->chi2 / (2.0 * (double)n));
    z->modes = s->modes;
    memcpy(z->g, s->g, sizeof z->g);
    memcpy(z->tau, s->tau, sizeof z->tau);
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (x[0] > y[0]) - (x[0] < y[0]);
}

/* Relative noise of |G*|, from the median fourth difference of its logarithm along the frequency: those of a smooth
 * curve are small but where it bends, those of independent noise have 70 times its variance. work: 3 n values. */
static double scatter(const vt_oscillation *d, double *work)
{
    double *fourth = work + 2 * d->n;
    const size_t count = d->n - 4;
    for (size_t i = 0; i < d->n; i++) {
        work[2 * i] = d->omega[i];
        work[2 * i + 1] = log(hypot(d->storage[i], d->loss[i]) / d->omega[i]);
    }
    qsort(work, d->n, 2 * sizeof *work, ascending);
    for (size_t i = 0; i < count; i++) {
        const double *y = work + 2 * i + 1;
        fourth[i] = fabs(y[0] - 4.0 * y[2] + 6.0 * y[4] - 4.0 * y[6] + y[8]);
    }
    qsort(fourth, count, sizeof *fourth, ascending);
    return 0.5 * (fourth[(count - 1) / 2] + fourth[count / 2]) / (gsl_cdf_ugaussian_Pinv(0.75) * sqrt(70.0));
}

vt_status vt_rheology_oscillation(const vt_oscillation *data, double level, vt_nnls_work *ws, double *work,
                                  vt_terminal_zone *out, vt_error *err)
{
    vt_terminal_zone z = {0};
    spectrum s[LONGEST] = {0};
    double highest;
    size_t best = 0;
    vt_status st = check(data, level, ws, work, out, err);
    if (st == VT_OK) st = look_at_the_end(data, &highest, &z, err);
    for (size_t k = 0; st == VT_OK && k < LONGEST; k++) {
        place_modes(z.frequency, highest, (double)k / (LONGEST - 1.0), &s[k]);
        st = fit(data, ws, work, &s[k], err);
        if (st == VT_OK && s[k].chi2 < s[best].chi2) best = k;
    }
    if (st != VT_OK) return st;
    const double region = gsl_cdf_chisq_Pinv(level, (double)s[best].modes); /* all modes together */
    const double variance = s[best].chi2 / s[best].dof, reach = sqrt(region * variance);
    take(&s[best], data->n, &z);
    /* The largest of n noisy values lies above the true one: all n together stay below by this much, at the level. */
    const double noise = fmin(z.misfit, scatter(data, work)), n = (double)data->n;
    z.low *= fmax(0.0, 1.0 - gsl_cdf_ugaussian_Pinv(1.0 - (1.0 - level) / n) * noise);
    z.interval_low = z.interval_high = z.viscosity;
    for (size_t k = 0; k < LONGEST; k++) {
        if (s[k].chi2 - s[best].chi2 > region * variance) continue;
        z.interval_low = fmin(z.interval_low, s[k].viscosity - reach * s[k].u);
        z.interval_high = fmax(z.interval_high, s[k].viscosity + reach * s[k].u);
    }
    *out = z;
    return VT_OK;
}
