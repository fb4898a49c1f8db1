/* Propagation of distributions, JCGM 101, adaptive (7.9). */
#include "propagate_internal.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 10000 };

/* Lower Cholesky factor of the correlation. */
static vt_status factor(const vt_propagation *p, double *L, vt_error *err)
{
    const size_t n = p->n;
    memset(L, 0, n * n * sizeof *L);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double s = p->correlation ? p->correlation[i * n + j] : (double)(i == j);
            for (size_t k = 0; k < j; k++) s -= L[i * n + k] * L[j * n + k];
            if (i == j && !(s > 1e-14))
                return vt_fail(err, VT_ERANGE,
                               "the correlation matrix is not positive definite (row %zu): merge inputs that "
                               "are one influence",
                               i);
            L[i * n + j] = i == j ? sqrt(s) : s / L[j * n + j];
        }
    return VT_OK;
}

/* Value of an input at standard normal z. */
static double quantile(const vt_input *x, double z)
{
    switch (x->distribution) {
    case VT_DIST_RECTANGULAR: return x->value + sqrt(3.0) * x->u * (2.0 * gsl_cdf_ugaussian_P(z) - 1.0);
    case VT_DIST_TRIANGULAR: {
        const double tail = gsl_cdf_ugaussian_Q(fabs(z)); /* 0 to 1/2 */
        return x->value + copysign(sqrt(6.0) * x->u * (1.0 - sqrt(2.0 * tail)), z);
    }
    case VT_DIST_LOGNORMAL: {
        const double s2 = log1p((x->u / x->value) * (x->u / x->value));
        return x->value * exp(sqrt(s2) * z - 0.5 * s2);
    }
    case VT_DIST_NORMAL:
    default:
        if (!(x->dof > 0.0) || !isfinite(x->dof)) return x->value + x->u * z;
        return x->value + x->u * copysign(gsl_cdf_tdist_Qinv(gsl_cdf_ugaussian_Q(fabs(z)), x->dof), z);
    }
}

/* BLOCK values of the model into y. false: too many draws were lost. */
static bool draw_block(const vt_propagation *p, const double *L, double loss, vt_stream *stream, double *y,
                       vt_monte_carlo *mc)
{
    double z[VT_PROPAGATE_MAX], x[VT_PROPAGATE_MAX];
    for (size_t k = 0; k < BLOCK;) {
        for (size_t i = 0; i < p->n; i++) z[i] = vt_stream_normal(stream);
        for (size_t i = 0; i < p->n; i++) {
            double s = 0.0;
            for (size_t j = 0; j <= i; j++) s += L[i * p->n + j] * z[j];
            x[i] = quantile(&p->input[i], s);
        }
        if (p->f(x, &y[k], p->ctx) == 0 && isfinite(y[k]))
            k++;
        else if ((double)++mc->lost > loss * (double)(mc->draws + BLOCK))
            return false;
    }
    mc->draws += BLOCK;
    return true;
}

/* mean, u, low, high of m values, which are sorted. */
static void summarise(double *y, size_t m, double level, double *s)
{
    gsl_sort(y, 1, m);
    s[0] = gsl_stats_mean(y, 1, m);
    s[1] = gsl_stats_sd_m(y, 1, m, s[0]);
    s[2] = gsl_stats_quantile_from_sorted_data(y, 1, m, 0.5 * (1.0 - level));
    s[3] = gsl_stats_quantile_from_sorted_data(y, 1, m, 0.5 * (1.0 + level));
}

/* Running mean and sum of squares of the four results over blocks (Welford). */
typedef struct stability {
    size_t blocks;
    double mean[4], ss[4];
} stability;

static bool stable(stability *st, const double *s, double tolerance)
{
    bool ok = true;
    st->blocks++;
    for (int k = 0; k < 4; k++) {
        const double d = s[k] - st->mean[k];
        st->mean[k] += d / (double)st->blocks;
        st->ss[k] += d * (s[k] - st->mean[k]);
    }
    for (int k = 0; k < 4 && st->blocks > 1; k++) {
        const double h = (double)st->blocks, se = sqrt(st->ss[k] / (h * (h - 1.0)));
        ok = ok && 2.0 * se <= tolerance * st->mean[1];
    }
    return ok && st->blocks > 1;
}

static vt_status run(const vt_propagation *p, const vt_monte_carlo_options *o, vt_stream *stream, double *y,
                     vt_monte_carlo *mc, vt_error *err)
{
    double L[VT_PROPAGATE_MAX * VT_PROPAGATE_MAX], s[4];
    stability st = {0};
    const vt_status status = factor(p, L, err);
    if (status != VT_OK) return status;
    for (bool ok = false; !ok || mc->draws < o->draws_min;) {
        if (mc->draws + BLOCK > o->draws_max)
            return vt_fail(err, VT_ENOCONV,
                           "Monte Carlo not stable to %g u after %zu draws: allow more, or the model has no variance",
                           o->tolerance, mc->draws);
        double *block = y + mc->draws;
        if (!draw_block(p, L, o->domain_loss, stream, block, mc))
            return vt_fail(err, VT_EDOMAIN, "%zu of about %zu draws fall outside the domain of the model (limit %g)",
                           mc->lost, mc->draws + BLOCK, o->domain_loss);
        summarise(block, BLOCK, o->level, s);
        ok = stable(&st, s, o->tolerance);
    }
    summarise(y, mc->draws, o->level, s);
    mc->mean = s[0];
    mc->u = s[1];
    mc->low = s[2];
    mc->high = s[3];
    return VT_OK;
}

static vt_monte_carlo_options defaults(const vt_monte_carlo_options *opt)
{
    vt_monte_carlo_options o = opt ? *opt : (vt_monte_carlo_options){.level = 0.95};
    if (!(o.tolerance > 0.0)) o.tolerance = 0.05;
    if (o.draws_min == 0) o.draws_min = 20000;
    if (o.draws_max == 0) o.draws_max = 1000000;
    if (!(o.domain_loss > 0.0)) o.domain_loss = 0.001;
    return o;
}

vt_status vt_propagate_monte_carlo(const vt_propagation *p, const vt_monte_carlo_options *opt, vt_stream *stream,
                                   vt_monte_carlo *out, vt_error *err)
{
    const vt_monte_carlo_options o = defaults(opt);
    vt_monte_carlo mc = {0};
    vt_status st = vti_propagate_check(p, o.level, err);
    if (st != VT_OK) return st;
    if (!stream || !out) return vt_fail(err, VT_EARG, "stream or result is NULL");
    for (size_t i = 0; i < p->n; i++) {
        const vt_input *x = &p->input[i];
        if (x->distribution == VT_DIST_NORMAL && x->dof > 0.0 && !(x->dof > 2.0))
            return vt_fail(err, VT_ERANGE,
                           "input %zu: a t distribution with %g degrees of freedom has no variance (> 2)", i, x->dof);
    }
    double *y = o.draws_max <= SIZE_MAX / sizeof *y ? malloc(o.draws_max * sizeof *y) : NULL;
    if (!y) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", o.draws_max);
    st = run(p, &o, stream, y, &mc, err);
    free(y);
    if (st == VT_OK) *out = mc;
    return st;
}

vt_status vt_propagate(const vt_propagation *p, const vt_monte_carlo_options *opt, vt_stream *stream,
                       vt_propagated *out, vt_error *err)
{
    const vt_monte_carlo_options o = defaults(opt);
    vt_propagated r = {0};
    if (!out) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    vt_status st = vt_propagate_first_order(p, o.level, &r.first, err);
    if (st == VT_OK) st = vt_propagate_monte_carlo(p, &o, stream, &r.mc, err);
    if (st != VT_OK) return st;
    const double limit = 0.1 * 0.5 * (r.mc.high - r.mc.low);
    r.nonlinear = !(fabs(r.first.low - r.mc.low) <= limit) || !(fabs(r.first.high - r.mc.high) <= limit);
    r.y = r.first.y;
    r.u = r.nonlinear ? r.mc.u : r.first.u;
    r.low = r.nonlinear ? r.mc.low : r.first.low;
    r.high = r.nonlinear ? r.mc.high : r.first.high;
    *out = r;
    return VT_OK;
}
