/* Components of variance of nested data: estimates and generalised intervals. */
#include "random_effects_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* A variance of 0 would make weights infinite; so much less than any other is nothing. */
static double floor_of(double var)
{
    return var > 1e-300 ? var : 1e-300;
}

void vti_nest_means(const vti_nest *t, const vti_nest_part *p, double sigma2, double *mean, double *var)
{
    for (size_t s = p->from; s < p->to; s++) {
        double w = 0.0, wy = 0.0, plain = 0.0;
        const size_t n = t->begin[s + 1] - t->begin[s];
        for (size_t i = t->begin[s]; i < t->begin[s + 1]; i++) {
            const double wi = 1.0 / floor_of(sigma2 + t->u2[i]);
            w += wi;
            wy += wi * (t->y[i] - t->y[t->begin[s]]);
            plain += (t->y[i] - t->y[t->begin[s]]) / (double)n;
        }
        const bool even = t->exact || !isfinite(w) || !isfinite(wy);
        mean[s] = t->y[t->begin[s]] + (even ? plain : wy / w);
        var[s] = even ? sigma2 / (double)n : 1.0 / w;
    }
}

double vti_nest_within(const vti_nest *t, const vti_nest_part *p, double sigma2)
{
    double q = 0.0;
    for (size_t s = p->from; s < p->to; s++) {
        const vti_nest_part one = {s, s + 1, 0, 0};
        vti_nest_means(t, &one, sigma2, t->mean, t->var);
        for (size_t i = t->begin[s]; i < t->begin[s + 1]; i++) {
            const double d = t->y[i] - t->mean[s];
            if (d != 0.0) q += d * d / floor_of(sigma2 + t->u2[i]);
        }
    }
    return q;
}

double vti_nest_between(const vti_nest *t, const vti_nest_part *p, double tau2, const double *mean, const double *var)
{
    double q = 0.0;
    for (size_t s = p->from, end; s < p->to; s = end) {
        double w = 0.0, wm = 0.0;
        for (end = s; end < p->to && t->group[end] == t->group[s]; end++) {
            const double wi = 1.0 / floor_of(tau2 + var[end]);
            w += wi;
            wm += wi * (mean[end] - mean[s]);
        }
        for (size_t k = s; k < end; k++) {
            const double d = mean[k] - mean[s] - wm / w;
            if (d != 0.0) q += d * d / floor_of(tau2 + var[k]);
        }
    }
    return q;
}

/* Root in v of a decreasing q(v) = target, found from below `high`, where q <= target. */
typedef double falling(const void *ctx, double v);

static double root(falling *q, const void *ctx, double high, double target)
{
    if (!(q(ctx, 0.0) > target)) return 0.0;
    double low = 0.0;
    for (int k = 0; k < 200 && high - low > 1e-13 * high; k++) {
        const double mid = 0.5 * (low + high);
        if (q(ctx, mid) > target)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}

typedef struct slice {
    const vti_nest *t;
    const vti_nest_part *p;
    const double *mean, *var;
} slice;

static double q_within(const void *ctx, double v)
{
    const slice *c = ctx;
    return vti_nest_within(c->t, c->p, v);
}

static double q_between(const void *ctx, double v)
{
    const slice *c = ctx;
    return vti_nest_between(c->t, c->p, v, c->mean, c->var);
}

/* Sum of squares about plain means: q(v) <= that/v, so that the root of q(v) = target lies below that/target. */
static double plain_squares(const vti_nest *t, const vti_nest_part *p)
{
    double sum = 0.0;
    for (size_t s = p->from; s < p->to; s++) {
        double m = 0.0;
        const double n = (double)(t->begin[s + 1] - t->begin[s]), y0 = t->y[t->begin[s]];
        for (size_t i = t->begin[s]; i < t->begin[s + 1]; i++) m += (t->y[i] - y0) / n;
        for (size_t i = t->begin[s]; i < t->begin[s + 1]; i++) sum += (t->y[i] - y0 - m) * (t->y[i] - y0 - m);
    }
    return sum;
}

double vti_nest_solve_within(const vti_nest *t, const vti_nest_part *p, double target)
{
    const slice c = {.t = t, .p = p};
    const double squares = plain_squares(t, p);
    if (t->exact) return squares / target;
    return root(q_within, &c, squares / target, target);
}

double vti_nest_solve_between(const vti_nest *t, const vti_nest_part *p, double target, const double *mean,
                              const double *var)
{
    const slice c = {t, p, mean, var};
    double squares = 0.0;
    for (size_t s = p->from, end; s < p->to; s = end) {
        double m = 0.0;
        for (end = s; end < p->to && t->group[end] == t->group[s]; end++) m += mean[end] - mean[s];
        m = mean[s] + m / (double)(end - s);
        for (size_t k = s; k < end; k++) squares += (mean[k] - m) * (mean[k] - m);
    }
    return root(q_between, &c, squares / target, target);
}

/* ---- intervals ---- */
/* The distribution of sigma, cut into parts of equal probability, and what the specimens look like at each. */
typedef struct pivot {
    const vti_nest *t;
    const vti_nest_part *p;
    size_t nodes;
    double sigma2[VTI_NEST_NODES];
    bool relative; /* of tau/sigma, not of tau */
} pivot;

/* Probability that tau (or tau/sigma) is at most x. */
static double cumulative(const pivot *v, double x)
{
    double sum = 0.0;
    for (size_t k = 0; k < v->nodes; k++) {
        const double *mean = v->t->grid + 2 * k * v->t->S, *var = mean + v->t->S;
        const double tau2 = x * x * (v->relative ? v->sigma2[k] : 1.0);
        sum += gsl_cdf_chisq_Q(vti_nest_between(v->t, v->p, tau2, mean, var), (double)v->p->dof_between);
    }
    return sum / (double)v->nodes;
}

/* x at which that is `prob`: 0 if it is more there already; +inf if it stays below. */
static double quantile(const pivot *v, double prob, double start)
{
    double low = 0.0, high = start;
    if (cumulative(v, 0.0) >= prob) return 0.0;
    for (int k = 0; k < 40 && cumulative(v, high) < prob; k++) high *= 4.0;
    if (cumulative(v, high) < prob) return INFINITY;
    for (int k = 0; k < 40 && high - low > 1e-6 * high; k++) {
        const double mid = 0.5 * (low + high);
        if (cumulative(v, mid) < prob)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}

static void fill_grid(pivot *v, const vti_nest_part *within)
{
    v->nodes = within ? VTI_NEST_NODES : 1;
    for (size_t k = 0; k < v->nodes; k++) {
        double *mean = v->t->grid + 2 * k * v->t->S;
        const double prob = ((double)k + 0.5) / (double)v->nodes;
        const double target = within ? gsl_cdf_chisq_Pinv(prob, (double)within->dof_within) : 0.0;
        v->sigma2[k] = within ? vti_nest_solve_within(v->t, within, target) : 0.0;
        vti_nest_means(v->t, v->p, v->sigma2[k], mean, mean + v->t->S);
    }
}

static const vt_scatter UNKNOWN = {false, NAN, NAN, NAN};

static void within_interval(const vti_nest *t, const vti_nest_part *p, double tail, vt_scatter *out)
{
    const double dof = (double)p->dof_within;
    out->known = true;
    out->value = sqrt(vti_nest_solve_within(t, p, dof));
    out->low = sqrt(vti_nest_solve_within(t, p, gsl_cdf_chisq_Qinv(tail, dof)));
    out->high = sqrt(vti_nest_solve_within(t, p, gsl_cdf_chisq_Pinv(tail, dof)));
}

static double share(double ratio)
{
    return isinf(ratio) ? 1.0 : ratio * ratio / (1.0 + ratio * ratio);
}

void vti_nest_components(const vti_nest *t, const vti_nest_part *within, const vti_nest_part *between, double level,
                         vt_group_effect *e)
{
    const double tail = 0.5 * (1.0 - level);
    e->within = e->between = e->ratio = e->icc = UNKNOWN;
    if (within) within_interval(t, within, tail, &e->within);
    if (!between) return;
    pivot v = {.t = t, .p = between};
    const double sigma = within ? e->within.value : 0.0;
    vti_nest_means(t, between, sigma * sigma, t->mean, t->var);
    const double tau2 = vti_nest_solve_between(t, between, (double)between->dof_between, t->mean, t->var);
    double spread = sqrt(tau2);
    for (size_t s = between->from; s < between->to; s++) spread = fmax(spread, sqrt(t->var[s]));
    if (!(spread > 0.0)) spread = 1e-150;
    fill_grid(&v, within);
    e->between = (vt_scatter){true, sqrt(tau2), quantile(&v, tail, spread), quantile(&v, 1.0 - tail, spread)};
    if (!within || !(sigma > 0.0 || tau2 > 0.0)) return;
    v.relative = true;
    e->ratio = (vt_scatter){true, sigma > 0.0 ? sqrt(tau2) / sigma : INFINITY, quantile(&v, tail, 1.0),
                            quantile(&v, 1.0 - tail, 1.0)};
    e->icc = (vt_scatter){true, share(e->ratio.value), share(e->ratio.low), share(e->ratio.high)};
}
