/* Interval-censored normal thresholds. */
#include "base/quantity_internal.h"
#include "profile_internal.h"
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>
#include <vitrum/threshold.h>

enum { MOST = VT_THRESHOLD_GROUPS + 2, ITERATIONS = 4000 };
#define HALF_SQRT2 0.70710678118654752440

/* Parameters: A_0 ... A_(g-1), ln s, B; one combination may be held. */
struct problem {
    const vt_threshold_data *d;
    bool slope;
    int held;          /* index of a held parameter, -1: none */
    bool difference;   /* held: A_held - A_0 instead of A_held */
    double held_value; /* */
};

/* ln(Phi(b) - Phi(a)), a < b, without cancellation in the tails. */
static double ln_between(double a, double b)
{
    if (a > 0.0) { /* the other tail */
        const double t = a;
        a = -b;
        b = -t;
    }
    if (isinf(b)) return isinf(a) ? 0.0 : gsl_sf_log_erfc(a * HALF_SQRT2) - M_LN2;
    if (isinf(a)) return gsl_sf_log_erfc(-b * HALF_SQRT2) - M_LN2;
    const double upper = gsl_sf_log_erfc(-b * HALF_SQRT2), lower = gsl_sf_log_erfc(-a * HALF_SQRT2);
    return upper - M_LN2 + log1p(-exp(lower - upper));
}

static size_t parameters(const vt_threshold_data *d, bool slope)
{
    return (size_t)d->groups + 1 + slope;
}

static double deviance(const vt_threshold_data *d, const double *x, bool slope)
{
    const double ln_s = x[d->groups], s = exp(ln_s), B = slope ? x[d->groups + 1] : 0.0;
    const double from_prior = ln_s - log(d->s_prior);
    double sum = from_prior * from_prior;
    for (size_t i = 0; i < d->n; i++) {
        const double m = x[d->group[i]] + (d->z ? B * d->z[i] : 0.0);
        sum -= 2.0 * ln_between((d->low[i] - m) / s, (d->high[i] - m) / s);
    }
    return isfinite(sum) ? sum : 1e300;
}

/* Free parameters to all of them. */
static void expand(const struct problem *p, const gsl_vector *v, double *x)
{
    size_t k = 0;
    const size_t n = parameters(p->d, p->slope);
    for (size_t j = 0; j < n; j++) x[j] = (int)j == p->held ? p->held_value : gsl_vector_get(v, k++);
    if (p->held > 0 && p->difference) x[p->held] += x[0];
}

static double objective(const gsl_vector *v, void *context)
{
    const struct problem *p = context;
    double x[MOST];
    expand(p, v, x);
    return deviance(p->d, x, p->slope);
}

/* Nelder and Mead from x, with steps of 0.5 and, again, of 0.1 (or of 0.1 only): the deviance is smooth, and there are
 * at most ten parameters. */
static bool minimize(const struct problem *p, bool near, double *x, double *least)
{
    const size_t n = parameters(p->d, p->slope) - (p->held >= 0);
    gsl_vector *v = gsl_vector_alloc(n), *step = gsl_vector_alloc(n);
    gsl_multimin_fminimizer *m = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    gsl_multimin_function f = {objective, n, (void *)p};
    bool good = v && step && m;
    for (size_t j = 0, k = 0; good && j < parameters(p->d, p->slope); j++)
        if ((int)j != p->held) gsl_vector_set(v, k++, x[j]);
    for (int round = near; good && round < 2; round++) {
        gsl_vector_set_all(step, round ? 0.1 : 0.5);
        good = gsl_multimin_fminimizer_set(m, &f, v, step) == 0;
        for (int k = 0; good && k < ITERATIONS; k++) {
            if (gsl_multimin_fminimizer_iterate(m)) break;
            if (gsl_multimin_fminimizer_size(m) < 1e-6) break;
        }
        if (good) gsl_vector_memcpy(v, m->x);
    }
    if (good) {
        expand(p, v, x);
        *least = deviance(p->d, x, p->slope);
        good = *least < 1e299;
    }
    if (m) gsl_multimin_fminimizer_free(m);
    if (step) gsl_vector_free(step);
    if (v) gsl_vector_free(v);
    return good;
}

static vt_status check(const vt_threshold_data *d, bool slope, vt_error *err)
{
    bool both = false;
    if (!d || !d->low || !d->high || !d->group || (slope && !d->z)) return vt_fail(err, VT_EARG, "data are NULL");
    if (d->groups < 1 || d->groups > VT_THRESHOLD_GROUPS || !(d->s_prior > 0.0))
        return vt_fail(err, VT_EARG, "%d groups are not within 1 to %d, or s_prior = %g is not > 0", d->groups,
                       VT_THRESHOLD_GROUPS, d->s_prior);
    for (size_t i = 0; i < d->n; i++) {
        if (d->group[i] < 0 || d->group[i] >= d->groups) return vt_fail(err, VT_EARG, "group %d", d->group[i]);
        if (isnan(d->low[i]) || isnan(d->high[i]) || (d->z && !isfinite(d->z[i])))
            return vt_fail(err, VT_ENAN, "specimen %zu has a bound or covariate that is no number", i);
        if (!(d->low[i] < d->high[i]))
            return vt_fail(err, VT_ESHAPE, "specimen %zu: lower bound %g is not below the upper one, %g", i, d->low[i],
                           d->high[i]);
    }
    for (int g = 0; g < d->groups; g++) {
        bool lower = false, upper = false;
        for (size_t i = 0; i < d->n; i++) {
            if (d->group[i] != g) continue;
            lower = lower || isfinite(d->low[i]);
            upper = upper || isfinite(d->high[i]);
        }
        both = both || (lower && upper);
    }
    if (!both) return vt_fail(err, VT_EONE_CLASS, "all readings lie on one side of the threshold");
    if (d->n < (size_t)d->groups + 1 + slope)
        return vt_fail(err, VT_EDOF, "%zu specimens for %zu parameters", d->n, parameters(d, slope));
    return VT_OK;
}

/* Middle of what a group says about its threshold, and whether one threshold suits all of its specimens. */
static double start_of(const vt_threshold_data *d, int g, bool *agree)
{
    double low = -INFINITY, high = INFINITY, sum = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->group[i] != g) continue;
        low = fmax(low, d->low[i]);
        high = fmin(high, d->high[i]);
        if (isfinite(d->low[i])) sum += d->low[i], n++;
        if (isfinite(d->high[i])) sum += d->high[i], n++;
    }
    *agree = low < high;
    if (isinf(high) && isfinite(low)) return low + d->s_prior;
    if (isinf(low) && isfinite(high)) return high - d->s_prior;
    return low < high ? 0.5 * (low + high) : sum / (double)n;
}

vt_status vt_threshold_solve(const vt_threshold_data *data, bool slope, vt_threshold_fit *fit, vt_error *err)
{
    if (!fit) return vt_fail(err, VT_EARG, "fit is NULL");
    const vt_status st = check(data, slope, err);
    if (st != VT_OK) return st;
    const struct problem p = {.d = data, .slope = slope, .held = -1};
    vt_threshold_fit f = {.separable = true};
    double x[MOST] = {0.0};
    for (int g = 0; g < data->groups; g++) {
        bool agree;
        x[g] = start_of(data, g, &agree);
        f.separable = f.separable && agree;
    }
    x[data->groups] = log(data->s_prior);
    if (!minimize(&p, false, x, &f.deviance)) return vt_fail(err, VT_ENOCONV, "no maximum of the likelihood found");
    for (int g = 0; g < data->groups; g++) f.A[g] = x[g];
    f.s = exp(x[data->groups]);
    f.B = slope ? x[data->groups + 1] : 0.0;
    for (size_t i = 0; i < data->n; i++) f.two_sided += isfinite(data->low[i]) && isfinite(data->high[i]);
    *fit = f;
    return VT_OK;
}

struct walk {
    struct problem p;
    const vt_threshold_fit *fit;
    double centre;
};

static bool profile_z(double h, double *z, void *context)
{
    struct walk *w = context;
    const vt_threshold_data *d = w->p.d;
    double x[MOST], least;
    for (int g = 0; g < d->groups; g++) x[g] = w->fit->A[g];
    x[d->groups] = log(w->fit->s);
    x[d->groups + 1] = w->fit->B;
    w->p.held_value = w->centre + h;
    if (!minimize(&w->p, true, x, &least)) return false;
    *z = sqrt(fmax(0.0, least - w->fit->deviance));
    return true;
}

vt_status vt_threshold_profile(const vt_threshold_data *data, bool slope, const vt_threshold_fit *fit,
                               vt_threshold_what what, int group, double level, vt_threshold_interval *out,
                               vt_error *err)
{
    if (!fit || !out || !(level > 0.0) || !(level < 1.0))
        return vt_fail(err, VT_EARG, "fit or result is NULL, or level %g is not between 0 and 1", level);
    const vt_status st = check(data, slope, err);
    if (st != VT_OK) return st;
    if (what == VT_THRESHOLD_B ? !slope : group < (what == VT_THRESHOLD_DIFFERENCE) || group >= data->groups)
        return vt_fail(err, VT_EARG, "group %d, or a slope that was not fitted", group);
    const size_t k = parameters(data, slope) - 1; /* s has its prior */
    if (data->n <= k) return vt_fail(err, VT_EDOF, "%zu specimens leave no degree of freedom", data->n);
    struct walk w = {{.d = data, .slope = slope}, fit, 0.0};
    w.p.held = what == VT_THRESHOLD_B ? data->groups + 1 : group;
    w.p.difference = what == VT_THRESHOLD_DIFFERENCE;
    w.centre = what == VT_THRESHOLD_B ? fit->B : w.p.difference ? fit->A[group] - fit->A[0] : fit->A[group];
    const vti_profile profile = {.z = profile_z,
                                 .ctx = &w,
                                 .limit = vti_coverage_factor(level, (double)(data->n - k)),
                                 .guess = fit->s,
                                 .reach = 60.0};
    vt_threshold_interval i = {.value = w.centre};
    i.low = w.centre + vti_profile_end(&profile, -1.0, &i.low_closed);
    i.high = w.centre + vti_profile_end(&profile, 1.0, &i.high_closed);
    *out = i;
    return VT_OK;
}
