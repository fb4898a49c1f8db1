/* Normal mixtures: starts, number of components, the result in the units of the data. */
#include "mixture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/random.h>

enum { N_MIN = 8, LIGHTEST = 5, SHORT = 30, LONG = 2000 };

static vt_status check(size_t n, size_t dimensions, const double *x, const vt_mixture_options *opt,
                       const vt_mixture *out, vt_error *err)
{
    if (!x || !opt || !out) return vt_fail(err, VT_EARG, "values, options or output is NULL");
    if (dimensions < 1 || dimensions > VT_MIXTURE_DIMENSIONS || opt->k_max > VT_MIXTURE_MAX)
        return vt_fail(err, VT_EARG, "%zu dimensions (1 or 2), %zu components (at most %d)", dimensions, opt->k_max,
                       VT_MIXTURE_MAX);
    if (opt->level != 0.0 && !(opt->level > 0.0 && opt->level < 1.0))
        return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", opt->level);
    if (n < N_MIN) return vt_fail(err, VT_EDOF, "%zu points: a mixture needs %d", n, N_MIN);
    for (size_t i = 0; i < n * dimensions; i++)
        if (!isfinite(x[i])) return vt_fail(err, VT_ENAN, "value %zu is not finite", i);
    return VT_OK;
}

/* Copies the points to mean 0 and standard deviation 1. */
static vt_status standardise(size_t n, size_t d, const double *x, double mean[2], double sd[2], vti_cloud *c,
                             vt_error *err)
{
    *c = (vti_cloud){.n = n, .d = d, .x = calloc(n * d, sizeof(double))};
    c->posterior = calloc(n, VT_MIXTURE_MAX * sizeof(double));
    if (!c->x || !c->posterior) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", n);
    for (size_t q = 0; q < d; q++) {
        double m = 0.0, s2 = 0.0;
        for (size_t i = 0; i < n; i++) m += (x[i * d + q] - m) / (double)(i + 1);
        for (size_t i = 0; i < n; i++) s2 += pow(x[i * d + q] - m, 2.0) / (double)n;
        if (!(s2 > 1e-24 * m * m) || !(s2 > 0.0))
            return vt_fail(err, VT_ERANGE, "all %zu values of dimension %zu are equal: nothing to part", n, q + 1);
        mean[q] = m;
        sd[q] = sqrt(s2);
        for (size_t i = 0; i < n; i++) c->x[i * d + q] = (x[i * d + q] - m) / sd[q];
    }
    vti_cloud_covariance(c);
    return VT_OK;
}

/* Centres far apart: each next one with probability proportional to its squared distance from the nearest. */
static void start_at(const vti_cloud *c, size_t k, vt_stream *s, vti_mixture *m)
{
    *m = (vti_mixture){.d = c->d, .k = k};
    for (size_t j = 0; j < k; j++) {
        double total = 0.0;
        size_t at = 0;
        for (size_t i = 0; i < c->n; i++) { /* one pass: keeps point i with probability weight/total so far */
            double least = j == 0 ? 1.0 : INFINITY;
            for (size_t q = 0; q < j; q++) {
                const double dx = c->x[i * c->d] - m->mu[q][0];
                const double dy = c->d > 1 ? c->x[i * c->d + 1] - m->mu[q][1] : 0.0;
                least = fmin(least, dx * dx + dy * dy);
            }
            total += least;
            if (vt_stream_uniform(s) * total < least) at = i;
        }
        for (size_t q = 0; q < c->d; q++) m->mu[j][q] = c->x[at * c->d + q];
        m->w[j] = 1.0 / (double)k;
        for (size_t q = 0; q < 3; q++) m->cov[j][q] = c->cov[q] / (double)k;
    }
}

static bool heavy(const vti_mixture *m, size_t n)
{
    for (size_t j = 0; j < m->k; j++)
        if (!(m->w[j] * (double)n >= LIGHTEST)) return false;
    return true;
}

/* Best maximum of k components: a short climb from each start, the longest from the best of them that ends with enough
 * points in each component; false: none. */
static bool best_of(vti_cloud *c, size_t k, const vt_mixture_options *opt, vti_mixture *best, double *likelihood)
{
    enum { STARTS_MAX = 64 };
    const size_t wanted = opt->starts > 0 ? opt->starts : 12, starts = k == 1                ? 1
                                                                       : wanted < STARTS_MAX ? wanted
                                                                                             : STARTS_MAX;
    vti_mixture m[STARTS_MAX];
    double height[STARTS_MAX];
    for (size_t t = 0; t < starts; t++) {
        vt_stream s;
        vt_stream_init(&s, opt->seed, vt_stream_purpose("mixture/start"), 100 * k + t);
        start_at(c, k, &s, &m[t]);
        height[t] = -INFINITY;
        (void)vti_mixture_climb(&m[t], c, SHORT, &height[t]); /* not at the top yet */
    }
    for (size_t t = 0; t < starts; t++) {
        size_t top = 0;
        for (size_t i = 1; i < starts; i++)
            if (height[i] > height[top]) top = i;
        if (isinf(height[top])) return false;
        height[top] = -INFINITY;
        *best = m[top];
        if (vti_mixture_climb(best, c, LONG, likelihood) && heavy(best, c->n)) return true;
    }
    return false;
}

static vt_status choose(vti_cloud *c, const vt_mixture_options *opt, vti_mixture *best, vt_mixture *out, vt_error *err)
{
    const size_t k_max = opt->k_max > 0 ? opt->k_max : 4;
    double least = INFINITY;
    for (size_t k = 1; k <= k_max && k <= out->k + 2; k++) { /* two more in vain: no more are tried */
        vti_mixture m;
        double likelihood = -INFINITY;
        const double p = vti_mixture_parameters(c->d, k);
        out->bic[k - 1] = INFINITY;
        if (k > 1 && (double)c->n < 2.0 * p) break; /* two values for a parameter */
        out->tried = k;
        out->told[k - 1] = best_of(c, k, opt, &m, &likelihood);
        if (!out->told[k - 1]) continue;
        out->bic[k - 1] = p * log((double)c->n) - 2.0 * likelihood;
        if (!(out->bic[k - 1] < least)) continue;
        least = out->bic[k - 1];
        *best = m;
        out->k = k;
        out->log_likelihood = likelihood;
    }
    return out->k > 0 ? VT_OK : vt_fail(err, VT_ENOCONV, "not even one component was found in %zu points", c->n);
}

static void sort_components(vti_mixture *m)
{
    for (size_t i = 1; i < m->k; i++)
        for (size_t j = i; j > 0 && m->mu[j][0] < m->mu[j - 1][0]; j--) {
            const vti_mixture t = *m;
            m->w[j] = t.w[j - 1], m->w[j - 1] = t.w[j];
            for (size_t q = 0; q < 2; q++) m->mu[j][q] = t.mu[j - 1][q], m->mu[j - 1][q] = t.mu[j][q];
            for (size_t q = 0; q < 3; q++) m->cov[j][q] = t.cov[j - 1][q], m->cov[j - 1][q] = t.cov[j][q];
        }
}

/* From standardised coordinates to those of the data. The likelihood gains the factor of the change of scale. */
static void describe(const vti_mixture *m, const double mean[2], const double sd[2], vt_mixture *out)
{
    double shift = 0.0;
    for (size_t q = 0; q < m->d; q++) shift += (double)out->n * log(sd[q]);
    out->log_likelihood -= shift;
    for (size_t k = 0; k < out->tried; k++) out->bic[k] += 2.0 * shift;
    for (size_t j = 0; j < m->k; j++) {
        vt_mixture_component *c = &out->component[j];
        c->fraction = m->w[j];
        c->r = m->d > 1 ? m->cov[j][1] / sqrt(m->cov[j][0] * m->cov[j][2]) : 0.0;
        for (size_t q = 0; q < m->d; q++) {
            c->mean[q] = mean[q] + sd[q] * m->mu[j][q];
            c->sd[q] = sd[q] * sqrt(m->cov[j][2 * q]);
            c->u_mean[q] *= sd[q];
            c->low[q] = mean[q] + sd[q] * c->low[q];
            c->high[q] = mean[q] + sd[q] * c->high[q];
        }
    }
}

vt_status vt_mixture_fit(size_t n, size_t dimensions, const double *x, const vt_mixture_options *opt, vt_mixture *out,
                         double *posterior, vt_error *err)
{
    vti_cloud c = {0};
    vti_mixture best = {0};
    double mean[2], sd[2];
    vt_mixture r = {.n = n, .dimensions = dimensions, .misfit = -1.0};
    vt_status st;
    VT_TRY(st = check(n, dimensions, x, opt, out, err));
    VT_TRY(st = standardise(n, dimensions, x, mean, sd, &c, err));
    VT_TRY(st = choose(&c, opt, &best, &r, err));
    sort_components(&best);
    if (opt->replicates != 1) VT_TRY(st = vti_mixture_bootstrap(&best, &c, opt, &r, err));
    if (posterior) {
        vti_mixture_expect(&best, &c);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < best.k; j++) posterior[i * best.k + j] = c.posterior[i * VT_MIXTURE_MAX + j];
    }
    describe(&best, mean, sd, &r);
    *out = r;
done:
    free(c.x);
    free(c.posterior);
    return st;
}

double vt_mixture_density(const vt_mixture *m, size_t j, const double *x)
{
    double sum = 0.0;
    if (!m || !x || j > m->k) return NAN;
    for (size_t k = 0; k < m->k; k++) {
        const vt_mixture_component *c = &m->component[k];
        if (j < m->k && k != j) continue;
        const double a = (x[0] - c->mean[0]) / c->sd[0];
        double p = c->fraction / (sqrt(2.0 * VT_PI) * c->sd[0]);
        if (m->dimensions == 1)
            p *= exp(-0.5 * a * a);
        else {
            const double b = (x[1] - c->mean[1]) / c->sd[1], rest = 1.0 - c->r * c->r;
            p *= exp(-0.5 * (a * a - 2.0 * c->r * a * b + b * b) / rest) / (sqrt(2.0 * VT_PI * rest) * c->sd[1]);
        }
        sum += p;
    }
    return sum;
}
