/* Parametric bootstrap of a normal mixture: intervals, and whether normal phases describe the values at all. */
#include "mixture_internal.h"
#include "quantile_internal.h"
#include <gsl/gsl_sort.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/random.h>

enum { ROUNDS = 500, NUMBERS = 3 }; /* fraction and two means of a component */

static void draw(const vti_mixture *m, vti_cloud *c, vt_stream *s)
{
    for (size_t i = 0; i < c->n; i++) {
        const double u = vt_stream_uniform(s);
        size_t j = 0;
        double sum = m->w[0];
        while (j + 1 < m->k && u > sum) sum += m->w[++j];
        const double a = vt_stream_normal(s), sx = sqrt(m->cov[j][0]);
        c->x[i * c->d] = m->mu[j][0] + sx * a;
        if (c->d == 1) continue;
        const double b = m->cov[j][1] / sx;
        c->x[i * c->d + 1] = m->mu[j][1] + b * a + sqrt(fmax(m->cov[j][2] - b * b, 0.0)) * vt_stream_normal(s);
    }
    vti_cloud_covariance(c);
}

/* Anderson-Darling distance of the first dimension from the mixture. */
static double distance(const vti_mixture *m, const vti_cloud *c, double *sorted)
{
    const double n = (double)c->n;
    double sum = 0.0;
    for (size_t i = 0; i < c->n; i++) {
        sorted[i] = 0.0;
        for (size_t j = 0; j < m->k; j++)
            sorted[i] += m->w[j] * gsl_cdf_ugaussian_P((c->x[i * c->d] - m->mu[j][0]) / sqrt(m->cov[j][0]));
    }
    gsl_sort(sorted, 1, c->n);
    for (size_t i = 0; i < c->n; i++) {
        const double p = fmin(fmax(sorted[i], 1e-300), 1.0), q = fmax(1.0 - sorted[c->n - 1 - i], 1e-16);
        sum += (2.0 * (double)i + 1.0) * (log(p) + log(q));
    }
    return -n - sum / n;
}

static double quantile(double *x, size_t n, double p)
{
    const size_t k = vti_order_quantile(x, n, p);
    const double f = p * (double)(n - 1) - (double)k;
    return k + 1 < n && f > 0.0 ? x[k] + f * (x[k + 1] - x[k]) : x[k];
}

static double deviation(const double *x, size_t n)
{
    double m = 0.0, s2 = 0.0;
    for (size_t i = 0; i < n; i++) m += x[i] / (double)n;
    for (size_t i = 0; i < n; i++) s2 += (x[i] - m) * (x[i] - m) / (double)(n - 1);
    return sqrt(s2);
}

/* Numbers of one replicate: row by row, `room` wide. */
static void keep(const vti_mixture *m, double *v, size_t room, size_t i)
{
    for (size_t j = 0; j < m->k; j++) {
        v[(j * NUMBERS) * room + i] = m->w[j];
        for (size_t q = 0; q < 2; q++) v[(j * NUMBERS + 1 + q) * room + i] = m->mu[j][q];
    }
}

static void summarise(const vti_mixture *best, double *v, size_t room, size_t n, double level, vt_mixture *out)
{
    const double tail = 0.5 * (1.0 - level);
    for (size_t j = 0; j < best->k; j++) {
        vt_mixture_component *c = &out->component[j];
        double *row = v + j * NUMBERS * room;
        c->u_fraction = deviation(row, n);
        c->fraction_low = quantile(row, n, tail);
        c->fraction_high = quantile(row, n, 1.0 - tail);
        for (size_t q = 0; q < best->d; q++) {
            row = v + (j * NUMBERS + 1 + q) * room;
            c->u_mean[q] = deviation(row, n);
            c->low[q] = quantile(row, n, tail);
            c->high[q] = quantile(row, n, 1.0 - tail);
        }
    }
}

vt_status vti_mixture_bootstrap(const vti_mixture *best, const vti_cloud *cloud, const vt_mixture_options *opt,
                                vt_mixture *out, vt_error *err)
{
    const size_t room = opt->replicates > 0 ? opt->replicates : 200;
    vti_cloud c = {.n = cloud->n, .d = cloud->d};
    size_t n = 0, farther = 0;
    vt_status st = VT_OK;
    c.x = calloc(c.n, c.d * sizeof *c.x);
    c.posterior = calloc(c.n, VT_MIXTURE_MAX * sizeof *c.posterior);
    double *v = calloc(room, NUMBERS * VT_MIXTURE_MAX * sizeof *v), *scratch = calloc(c.n, sizeof *scratch);
    if (!c.x || !c.posterior || !v || !scratch)
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu replicates of %zu points", room, c.n);
    VT_TRY(st);
    const double seen = distance(best, cloud, scratch);
    for (size_t i = 0; i < room; i++) {
        vti_mixture m = *best; /* from the truth of the replicate, so that components keep their places */
        double likelihood;
        vt_stream s;
        vt_stream_init(&s, opt->seed, vt_stream_purpose("mixture/bootstrap"), i);
        draw(best, &c, &s);
        if (!vti_mixture_climb(&m, &c, ROUNDS, &likelihood)) continue;
        if (distance(&m, &c, scratch) >= seen) farther++;
        keep(&m, v, room, n++);
    }
    if (n < 20 || 2 * n < room)
        st = vt_fail(err, VT_ENOCONV,
                     "only %zu of %zu replicates of the mixture converged; fewer components, more points, "
                     "or replicates = 1 for no intervals",
                     n, room);
    VT_TRY(st);
    summarise(best, v, room, n, opt->level > 0.0 ? opt->level : 0.95, out);
    out->misfit = (1.0 + (double)farther) / (1.0 + (double)n);
done:
    free(c.x);
    free(c.posterior);
    free(v);
    free(scratch);
    return st;
}
