/* Ratio of the means of two groups, with what both share cancelled. */
#include "quantile_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/random.h>
#include <vitrum/random_effects.h>

static vt_status check(const vt_ratio_side *a, const vt_ratio_side *b, const vt_ratio_options *opt, const vt_ratio *out,
                       vt_error *err)
{
    if (!a || !b || !opt || !out) return vt_fail(err, VT_EARG, "side, options or output is NULL");
    if (!(opt->level > 0.0 && opt->level < 1.0) || opt->nshared > VT_SHARED_MAX)
        return vt_fail(err, VT_EARG, "level = %g must be between 0 and 1, %zu shared influences at most %d", opt->level,
                       opt->nshared, VT_SHARED_MAX);
    if (opt->replicates > 0 && opt->replicates < 200)
        return vt_fail(err, VT_ERANGE, "%zu replicates do not make an interval: give at least 200", opt->replicates);
    const vt_ratio_side *side[2] = {a, b};
    for (int k = 0; k < 2; k++) {
        const vt_ratio_side *s = side[k];
        if (!isfinite(s->mean) || !isfinite(s->u) || isnan(s->dof))
            return vt_fail(err, VT_ENAN, "mean, u or degrees of freedom of side %d is not finite", k + 1);
        if (!(s->u >= 0.0) || !(s->dof >= 1.0))
            return vt_fail(err, VT_ERANGE, "side %d: u = %g must be at least 0, degrees of freedom %g at least 1",
                           k + 1, s->u, s->dof);
        for (size_t j = 0; j < opt->nshared; j++)
            if (!isfinite(s->part[j])) return vt_fail(err, VT_ENAN, "shared influence %zu of side %d", j, k + 1);
        if (!(s->mean > 4.0 * s->u))
            return vt_fail(err, VT_EDOMAIN, "mean %g of side %d is not above 4 times its uncertainty %g: no ratio",
                           s->mean, k + 1, s->u);
    }
    return VT_OK;
}

/* Gamma variate of shape a > 0 and scale 1 (Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363). */
static double gamma_draw(vt_stream *s, double a)
{
    const double boost = a < 1.0 ? pow(vt_stream_uniform(s), 1.0 / a) : 1.0;
    const double d = (a < 1.0 ? a + 1.0 : a) - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (int k = 0; k < 1000; k++) { /* 19 of 20 are taken at once */
        const double z = vt_stream_normal(s), v = pow(1.0 + c * z, 3.0);
        if (v > 0.0 && log(vt_stream_uniform(s)) < 0.5 * z * z + d * (1.0 - v + log(v))) return boost * d * v;
    }
    return boost * d;
}

/* chi^2/nu with nu degrees of freedom. */
static double scaled_square(vt_stream *s, double nu)
{
    return isinf(nu) ? 1.0 : gamma_draw(s, 0.5 * nu) / (0.5 * nu);
}

/* |deviate| over its standard uncertainty as the bootstrap sample would estimate it; r2: relative variances of the two
 * means and of what is not shared alike. */
static double draw(const double r2[3], double nu_a, double nu_b, bool pooled, vt_stream *s)
{
    const double top = sqrt(r2[0] + r2[1] + r2[2]) * vt_stream_normal(s); /* a sum of three normal deviates */
    const double a = scaled_square(s, pooled ? fmin(nu_a, nu_b) : nu_a), b = pooled ? a : scaled_square(s, nu_b);
    return fabs(top) / sqrt(r2[0] * a + r2[1] * b + r2[2]);
}

static double quantile(double *x, size_t n, double p)
{
    const size_t k = vti_order_quantile(x, n, p);
    const double f = p * (double)(n - 1) - (double)k;
    return k + 1 < n && f > 0.0 ? x[k] + f * (x[k + 1] - x[k]) : x[k];
}

static double separate(const vt_ratio_side *a, const vt_ratio_side *b, size_t nshared)
{
    double u2 = pow(a->u / a->mean, 2.0) + pow(b->u / b->mean, 2.0);
    for (size_t k = 0; k < nshared; k++) u2 += pow(a->part[k] / a->mean, 2.0) + pow(b->part[k] / b->mean, 2.0);
    return a->mean / b->mean * sqrt(u2);
}

vt_status vt_group_ratio(const vt_ratio_side *a, const vt_ratio_side *b, const vt_ratio_options *opt, vt_ratio *out,
                         vt_error *err)
{
    vt_status st = check(a, b, opt, out, err);
    if (st != VT_OK) return st;
    const size_t n = opt->replicates > 0 ? opt->replicates : 20000;
    double *x = calloc(n, sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu replicates", n);
    vt_ratio r = {.value = a->mean / b->mean, .p_value = 1.0};
    double r2[3] = {pow(a->u / a->mean, 2.0), pow(b->u / b->mean, 2.0), 0.0};
    for (size_t k = 0; k < opt->nshared; k++) r2[2] += pow(a->part[k] / a->mean - b->part[k] / b->mean, 2.0);
    const double u = sqrt(r2[0] + r2[1] + r2[2]), seen = fabs(log(r.value)) / u;
    size_t beyond = 0;
    double factor = 0.0;
    if (u > 0.0) {
        vt_stream s;
        vt_stream_init(&s, opt->seed, vt_stream_purpose("random effects/ratio"), 0);
        for (size_t i = 0; i < n; i++) {
            x[i] = draw(r2, a->dof, b->dof, opt->pooled, &s);
            if (x[i] >= seen) beyond++;
        }
        r.p_value = fmin(1.0, ((double)beyond + 1.0) / ((double)n + 1.0));
        factor = quantile(x, n, opt->level);
    }
    free(x);
    r.u = r.value * u;
    r.low = r.value * exp(-factor * u);
    r.high = r.value * exp(factor * u);
    r.u_separate = separate(a, b, opt->nshared);
    r.differs = r.low > 1.0 || r.high < 1.0;
    *out = r;
    return VT_OK;
}
