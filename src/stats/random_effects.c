/* Nested random effects: means of groups of specimens with intervals. */
#include "base/quantity_internal.h"
#include "random_effects_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static vt_status check(const vt_nested *d, const vt_random_effects_options *opt, const void *out, vt_error *err)
{
    if (!d || !opt || !out) return vt_fail(err, VT_EARG, "data, options or output is NULL");
    if (!d->y || !d->specimen || !d->group) return vt_fail(err, VT_EARG, "values, specimens or groups are NULL");
    if (!(opt->level > 0.0 && opt->level < 1.0))
        return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", opt->level);
    if (d->n == 0) return vt_fail(err, VT_EDOF, "no value at all: a mean needs one");
    for (size_t s = 0; s < d->nspecimens; s++)
        if (d->group[s] >= d->ngroups)
            return vt_fail(err, VT_ESHAPE, "specimen %zu is of group %zu, but there are %zu", s, d->group[s],
                           d->ngroups);
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(d->y[i]) || (d->u && !isfinite(d->u[i])))
            return vt_fail(err, VT_ENAN, "value %zu or its uncertainty is not finite", i);
        if (d->u && !(d->u[i] >= 0.0)) return vt_fail(err, VT_ERANGE, "u[%zu] = %g is below 0", i, d->u[i]);
        if (d->specimen[i] >= d->nspecimens)
            return vt_fail(err, VT_ESHAPE, "value %zu is of specimen %zu, but there are %zu", i, d->specimen[i],
                           d->nspecimens);
    }
    return VT_OK;
}

static void nest_free(vti_nest *t)
{
    free(t->begin);
    free(t->group);
    free(t->original);
    free(t->y);
    free(t->u2);
    free(t->mean);
    free(t->var);
    free(t->grid);
}

/* Specimens with values, in order of groups; their values in order. begin doubles as cursor. */
static void nest_fill(const vt_nested *d, vti_nest *t, size_t *place)
{
    t->exact = true;
    for (size_t s = 0; s < d->nspecimens; s++) place[s] = 0;
    for (size_t i = 0; i < d->n; i++) place[d->specimen[i]]++;
    t->begin[0] = 0;
    for (size_t g = 0; g < d->ngroups; g++)
        for (size_t s = 0; s < d->nspecimens; s++)
            if (d->group[s] == g && place[s] > 0) {
                t->group[t->S] = g;
                t->original[t->S] = s;
                t->begin[t->S + 1] = t->begin[t->S] + place[s];
                place[s] = t->begin[t->S];
                t->S++;
            }
    for (size_t i = 0; i < d->n; i++) {
        const size_t at = place[d->specimen[i]]++;
        t->y[at] = d->y[i];
        t->u2[at] = d->u ? d->u[i] * d->u[i] : 0.0;
        t->exact = t->exact && t->u2[at] == 0.0;
    }
}

static vt_status nest_create(const vt_nested *d, vti_nest *t, vt_error *err)
{
    const size_t S = d->nspecimens;
    size_t *place = calloc(S, sizeof *place);
    *t = (vti_nest){.n = d->n, .G = d->ngroups};
    t->begin = calloc(S + 1, sizeof *t->begin);
    t->group = calloc(S, sizeof *t->group);
    t->original = calloc(S, sizeof *t->original);
    t->y = calloc(d->n, sizeof *t->y);
    t->u2 = calloc(d->n, sizeof *t->u2);
    t->mean = calloc(S, sizeof *t->mean);
    t->var = calloc(S, sizeof *t->var);
    t->grid = calloc(S, 2 * VTI_NEST_NODES * sizeof *t->grid);
    vt_status st = VT_OK;
    if (!place || !t->begin || !t->group || !t->original || !t->y || !t->u2 || !t->mean || !t->var || !t->grid)
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu values of %zu specimens", d->n, S);
    else
        nest_fill(d, t, place);
    if (st != VT_OK) nest_free(t);
    free(place);
    return st;
}

/* Specimens of group g; g = G: all. */
static vti_nest_part part_of(const vti_nest *t, size_t g)
{
    vti_nest_part p = {0};
    while (p.from < t->S && g < t->G && t->group[p.from] != g) p.from++;
    p.to = p.from;
    size_t groups = 0;
    for (; p.to < t->S && (g >= t->G || t->group[p.to] == g); p.to++)
        if (p.to == p.from || t->group[p.to] != t->group[p.to - 1]) groups++;
    if (p.to == p.from) return p;
    p.dof_between = p.to - p.from - groups;
    p.dof_within = t->begin[p.to] - t->begin[p.from] - (p.to - p.from);
    return p;
}

/* Which specimens tell the scatter of group g: its own, or all. */
static void sources(const vti_nest *t, size_t g, bool pool, vti_nest_part *within, vti_nest_part *between)
{
    const vti_nest_part all = part_of(t, t->G), own = part_of(t, g);
    *within = pool || own.dof_within == 0 ? all : own;
    *between = pool || own.dof_between == 0 ? all : own;
}

/* t interval of the values of one specimen, weights 1/(sigma^2 + u^2). */
static void single_mean(const vti_nest *t, const vti_nest_part *own, double sigma2, vt_group_effect *e)
{
    vti_nest_means(t, own, sigma2, t->mean, t->var);
    const double v = t->var[own->from];
    e->mean = t->mean[own->from];
    e->u = sqrt(v);
    e->dof = t->exact ? 0.0 : INFINITY;
    if (own->dof_within == 0) return;
    double q = 0.0;
    for (size_t i = t->begin[own->from]; i < t->begin[own->to]; i++) {
        const double d = t->y[i] - e->mean;
        q += t->exact ? d * d / (double)(own->dof_within + 1) : v * d * d / (sigma2 + t->u2[i]);
    }
    e->dof = (double)own->dof_within;
    e->u = sqrt(q / e->dof);
}

/* Weighted mean of the specimens with the variance of Hartung and Knapp; `between` may be more than the group. */
static void group_mean(const vti_nest *t, const vti_nest_part *own, const vti_nest_part *between, double sigma2,
                       double tau2, vt_group_effect *e)
{
    double w = 0.0, wm = 0.0;
    vti_nest_means(t, between, sigma2, t->mean, t->var);
    const double first = t->mean[own->from];
    double least = INFINITY; /* weights relative to the best known specimen, for tau = var = 0 */
    for (size_t s = between->from; s < between->to; s++) least = fmin(least, tau2 + t->var[s]);
    const bool even = !(least > 0.0);
    for (size_t s = own->from; s < own->to; s++) {
        const double ws = even ? 1.0 : least / (tau2 + t->var[s]);
        w += ws;
        wm += ws * (t->mean[s] - first);
    }
    e->mean = first + wm / w;
    e->dof = (double)between->dof_between;
    const double q = even ? 0.0 : vti_nest_between(t, between, tau2, t->mean, t->var);
    e->u = sqrt(q * least / (e->dof * w));
}

static void describe(const vti_nest *t, const vti_nest_part *own, vt_group_effect *e)
{
    const size_t from = t->begin[own->from], to = t->begin[own->to];
    double m = 0.0, s2 = 0.0, u2 = 0.0;
    e->n = to - from;
    e->specimens = own->to - own->from;
    for (size_t i = from; i < to; i++) m += (t->y[i] - t->y[from]) / (double)e->n;
    for (size_t i = from; i < to; i++) {
        const double d = t->y[i] - t->y[from] - m;
        s2 += d * d;
        u2 += t->u2[i];
    }
    e->noise = sqrt(u2 / (double)e->n);
    e->scatter = e->n > 1 ? sqrt(s2 / (double)(e->n - 1)) : NAN;
}

static void effect_of(const vti_nest *t, size_t g, const vt_random_effects_options *opt, vt_group_effect *e)
{
    vti_nest_part within, between;
    const vti_nest_part own = part_of(t, g);
    const vt_scatter unknown = {false, NAN, NAN, NAN};
    *e = (vt_group_effect){.mean = NAN, .u = NAN, .low = NAN, .high = NAN, .scatter = NAN};
    e->within = e->between = e->icc = e->ratio = unknown;
    if (own.to == own.from) return;
    describe(t, &own, e);
    sources(t, g, opt->pool, &within, &between);
    vti_nest_components(t, within.dof_within > 0 ? &within : NULL, between.dof_between > 0 ? &between : NULL,
                        opt->level, e);
    const double sigma2 = e->within.known ? e->within.value * e->within.value : 0.0;
    e->between_known = e->between.known;
    e->borrowed = e->between.known && own.dof_between == 0;
    if (e->between_known)
        group_mean(t, &own, &between, sigma2, e->between.value * e->between.value, e);
    else
        single_mean(t, &own, sigma2, e);
    if (!(e->dof > 0.0)) {
        e->u = NAN; /* one value and nothing known of its uncertainty */
        return;
    }
    const double k = vti_coverage_factor(opt->level, e->dof);
    e->low = e->mean - k * e->u;
    e->high = e->mean + k * e->u;
}

vt_status vt_random_effects(const vt_nested *d, const vt_random_effects_options *opt, vt_group_effect *effect,
                            vt_error *err)
{
    vti_nest t = {0};
    vt_status st = check(d, opt, effect, err);
    if (st == VT_OK) st = nest_create(d, &t, err);
    if (st != VT_OK) return st;
    for (size_t g = 0; g < d->ngroups; g++) effect_of(&t, g, opt, &effect[g]);
    nest_free(&t);
    return VT_OK;
}

vt_status vt_specimen_means(const vt_nested *d, const vt_random_effects_options *opt, vt_specimen_effect *effect,
                            vt_error *err)
{
    vti_nest t = {0};
    vt_status st = check(d, opt, effect, err);
    if (st == VT_OK) st = nest_create(d, &t, err);
    if (st != VT_OK) return st;
    for (size_t s = 0; s < d->nspecimens; s++) effect[s] = (vt_specimen_effect){0, NAN, NAN};
    for (size_t s = 0; s < t.S; s++) {
        vti_nest_part within, between;
        const vti_nest_part one = {s, s + 1, 0, 0};
        sources(&t, t.group[s], opt->pool, &within, &between);
        const double sigma2 =
            within.dof_within > 0 ? vti_nest_solve_within(&t, &within, (double)within.dof_within) : 0.0;
        vti_nest_means(&t, &one, sigma2, t.mean, t.var);
        vt_specimen_effect *e = &effect[t.original[s]];
        e->n = t.begin[s + 1] - t.begin[s];
        e->mean = t.mean[s];
        e->u = within.dof_within > 0 || !t.exact ? sqrt(t.var[s]) : NAN;
    }
    nest_free(&t);
    return VT_OK;
}
