/* Input gate of one curve: finite, time in order, signs, saturation; noise. */
#include "curve_internal.h"
#include <gsl/gsl_math.h>
#include <math.h>

static const double LARGE = 1e30; /* powers of such numbers still are numbers, in any unit */

enum { NOISE_SAMPLES = 400 }; /* second differences that the noise is taken from: its estimate is good to 6 % */

/* Standard deviation of white noise on y: 1.4826 median |second difference| / sqrt 6. */
static double noise_of(vt_indent_work *ws, size_t n, const double *y, double quantum)
{
    const size_t stride = (n - 2 + NOISE_SAMPLES - 1) / NOISE_SAMPLES;
    size_t m = 0;
    for (size_t i = 1; i + 1 < n; i += stride) ws->a[m++] = fabs(y[i - 1] - 2.0 * y[i] + y[i + 1]);
    return fmax(1.4826 * vti_median(ws->a, m) / sqrt(6.0), quantum / sqrt(12.0));
}

typedef struct run {
    size_t from, n;
} run;

/* Longest run of the largest value. */
static run top_run(size_t n, const double *y, double top)
{
    run longest = {0}, now = {0};
    for (size_t i = 0; i < n; i++) {
        if (y[i] < top) {
            now.n = 0;
            continue;
        }
        if (now.n++ == 0) now.from = i;
        if (now.n > longest.n) longest = now;
    }
    return longest;
}

static vt_status check_time(const vt_indent_curve *c, vt_indent_noise *noise, vt_error *err)
{
    noise->time_repeats = 0;
    if (!c->t) return VT_OK;
    for (size_t i = 0; i < c->n; i++) {
        if (!isfinite(c->t[i])) return vt_fail(err, VT_ENAN, "t[%zu] = %g s is not finite", i, c->t[i]);
        if (i > 0 && c->t[i] < c->t[i - 1])
            return vt_fail(err, VT_ETIME, "t[%zu] = %.9g s is before t[%zu] = %.9g s: time must not run backwards", i,
                           c->t[i], i - 1, c->t[i - 1]);
        noise->time_repeats += i > 0 && c->t[i] == c->t[i - 1];
    }
    if (!(c->t[c->n - 1] > c->t[0]))
        return vt_fail(err, VT_ETIME, "all times are %g s: give the time, or none", c->t[0]);
    return VT_OK;
}

typedef struct extremes {
    double P_low, P_high, h_low, h_high;
    size_t peak; /* first sample of P_high */
} extremes;

static vt_status check_signs(const vt_indent_curve *c, const extremes *x, const vt_indent_noise *noise, vt_error *err)
{
    if (-x->P_low > x->P_high)
        return vt_fail(err, VT_ESIGN, "load from %g N to %g N: pushing must count positive; turn the sign of the load",
                       x->P_low, x->P_high);
    size_t i = x->peak;
    const double part = 0.3 * x->P_high;
    while (i > 0 && c->P[i] > part) i--;
    if (x->peak > i + 4 && c->h[x->peak] < c->h[i] - 5.0 * noise->h - 0.05 * (x->h_high - x->h_low))
        return vt_fail(err, VT_ESIGN,
                       "depth falls from %g m to %g m while the load rises to %g N: depth must count positive into the "
                       "specimen; turn its sign",
                       c->h[i], c->h[x->peak], x->P_high);
    return VT_OK;
}

typedef struct channel {
    const char *name;
    const double *y;
    double low, high, noise, quantum;
} channel;

/* Clipped: three or more equal largest values in a row, in a channel whose noise is much larger than its steps, while
 * the other channel goes on as before. Where it stops, too, the plateau is a hold whose set point was recorded. A noise
 * below 1e-6 of the range is rounding of a computed record. */
static vt_status check_clipped(const vt_indent_curve *c, const channel *of, const channel *other, vt_error *err)
{
    if (!(of->noise > 1e-6 * (of->high - of->low)) || !(of->noise > 3.0 * of->quantum)) return VT_OK;
    const run r = top_run(c->n, of->y, of->high);
    if (r.n < 3) return VT_OK;
    size_t w = r.n / 3 < 10 ? (r.n + 2) / 3 : 10;
    if (w > r.from) w = r.from;
    const double *o = other->y, before = o[r.from] - o[r.from - w], in = o[r.from + w] - o[r.from];
    if (!(before > 4.0 * other->noise) || !(in > 0.7 * before)) return VT_OK;
    return vt_fail(
        err, VT_ESATURATED,
        "%s stays at its largest value %g for %zu samples (from %zu) while %s goes on: the channel is clipped",
        of->name, of->high, r.n, r.from, other->name);
}

static vt_status find_extremes(const vt_indent_curve *c, extremes *x, vt_error *err)
{
    *x = (extremes){.P_low = c->P[0], .P_high = c->P[0], .h_low = c->h[0], .h_high = c->h[0]};
    for (size_t i = 0; i < c->n; i++) {
        if (!isfinite(c->h[i]) || !isfinite(c->P[i]))
            return vt_fail(err, VT_ENAN, "sample %zu: depth %g m, load %g N must be finite", i, c->h[i], c->P[i]);
        if (c->P[i] > x->P_high) x->P_high = c->P[i], x->peak = i;
        x->P_low = vti_min(x->P_low, c->P[i]);
        x->h_low = vti_min(x->h_low, c->h[i]);
        x->h_high = vti_max(x->h_high, c->h[i]);
    }
    if (!(x->P_high > x->P_low) || !(x->h_high > x->h_low))
        return vt_fail(err, VT_ENARROW, "%s is constant at %g over all %zu samples",
                       x->P_high > x->P_low ? "depth" : "load", x->P_high > x->P_low ? x->h_low : x->P_low, c->n);
    const double P = vti_max(fabs(x->P_low), fabs(x->P_high)), h = vti_max(fabs(x->h_low), fabs(x->h_high));
    if (!(P < LARGE && P > 1.0 / LARGE && h < LARGE && h > 1.0 / LARGE))
        return vt_fail(err, VT_ERANGE, "loads up to %g N and depths up to %g m: no instrument reads 1e30 of anything",
                       P, h);
    return VT_OK;
}

vt_status vt_indent_gate(vt_indent_work *ws, const vt_indent_curve *c, vt_indent_noise *noise, vt_error *err)
{
    extremes x;
    vt_indent_noise own;
    vt_status st = vti_curve_check(ws, c, err);
    if (st != VT_OK) return st;
    if (!noise) return vt_fail(err, VT_EARG, "no place for the noise (NULL)");
    if (c->n < VT_INDENT_POINTS)
        return vt_fail(err, VT_EDOF, "%zu samples: an indentation curve needs at least %d", c->n, VT_INDENT_POINTS);
    VT_TRY(st = find_extremes(c, &x, err));
    VT_TRY(st = check_time(c, &own, err));
    own.h_quantum = vti_quantum(c->n, c->h);
    own.P_quantum = vti_quantum(c->n, c->P);
    own.h = noise_of(ws, c->n, c->h, own.h_quantum);
    own.P = noise_of(ws, c->n, c->P, own.P_quantum);
    VT_TRY(st = check_signs(c, &x, &own, err));
    const channel load = {"load", c->P, x.P_low, x.P_high, own.P, own.P_quantum};
    const channel depth = {"depth", c->h, x.h_low, x.h_high, own.h, own.h_quantum};
    VT_TRY(st = check_clipped(c, &load, &depth, err));
    VT_TRY(st = check_clipped(c, &depth, &load, err));
    *noise = own;
done:
    return st;
}
