/* Pop-ins: bursts of depth, or drops of load, far beyond the steps of smooth loading. P19. */
#include "curve_internal.h"
#include <math.h>

enum { LAGS = 4, BLOCK = 24 };

/* Steps of y over `lag` samples, less their running median (medians of blocks, joined by lines), into e; returns the
 * robust standard deviation of what remains. centre: the running median, n values. */
static double surprise(const double *y, size_t n, size_t lag, double *scratch, double *centre, double *e)
{
    const size_t m = n - lag, size = BLOCK > 4 * lag ? BLOCK : 4 * lag;
    const size_t blocks = m / size > 0 ? m / size : 1;
    double before = 0.0, at = 0.0;
    for (size_t b = 0; b < blocks; b++) {
        const size_t from = b * m / blocks, to = (b + 1) * m / blocks;
        for (size_t i = from; i < to; i++) scratch[i - from] = y[i + lag] - y[i];
        const double med = vti_median(scratch, to - from), middle = 0.5 * (double)(from + to - 1);
        const size_t start = b > 0 ? (size_t)at + 1 : 0, stop = b + 1 < blocks ? (size_t)middle + 1 : m;
        for (size_t i = start; i < stop; i++) {
            const double part = b > 0 && (double)i < middle ? ((double)i - at) / (middle - at) : 1.0;
            centre[i] = b > 0 ? before + part * (med - before) : med;
        }
        before = med;
        at = middle;
    }
    for (size_t i = 0; i < m; i++) {
        e[i] = y[i + lag] - y[i] - centre[i];
        scratch[i] = fabs(e[i]);
    }
    return 1.4826 * vti_median(scratch, m);
}

/* Largest surprise at each sample over all lags and both channels. */
typedef struct profile {
    double *z;                  /* over its standard deviation */
    double *size;               /* lag */
    double *expected;           /* smooth step of depth over that lag */
    double *centre, *e, *spare; /* scratch */
} profile;

static void merge(profile *p, size_t m, size_t lag, double sign, double sd, const double *smooth)
{
    for (size_t i = 0; i < m; i++) {
        const double z = sign * p->e[i] / sd;
        if (!(z > p->z[i])) continue;
        p->z[i] = z;
        p->size[i] = (double)lag;
        p->expected[i] = smooth[i];
    }
}

static void fill(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t n, const vt_indent_noise *noise,
                 profile *p)
{
    double *smooth = ws->sum[6];
    for (size_t i = 0; i < n; i++) p->z[i] = p->size[i] = p->expected[i] = 0.0;
    for (size_t k = 0, lag = 1; k < LAGS && 4 * lag < n; k++, lag *= 2) {
        const double sh = surprise(c->h + from, n, lag, p->spare, smooth, p->e);
        merge(p, n - lag, lag, 1.0, vti_max(sh, sqrt(2.0) * noise->h), smooth);
        const double sP = surprise(c->P + from, n, lag, p->spare, p->centre, p->e);
        merge(p, n - lag, lag, -1.0, vti_max(sP, sqrt(2.0) * noise->P), smooth);
    }
}

/* The burst around the largest surprise at i: ends that carry little of the jump are cut off. */
static vt_popin measure(const vt_indent_curve *c, size_t from, size_t i, const profile *p)
{
    size_t a = from + i, b = a + (size_t)p->size[i];
    const double per = p->expected[i] / p->size[i];
    for (bool cut = true; cut && b > a + 1;) {
        const double jump = c->h[b] - c->h[a] - per * (double)(b - a);
        const double head = c->h[a + 1] - c->h[a] - per, tail = c->h[b] - c->h[b - 1] - per;
        cut = fmin(head, tail) < 0.1 * jump && jump > 0.0;
        if (cut && head < tail)
            a++;
        else if (cut)
            b--;
    }
    return (vt_popin){.from = a,
                      .to = b,
                      .P = c->P[a],
                      .h = c->h[a],
                      .dh = c->h[b] - c->h[a] - per * (double)(b - a),
                      .dP = c->P[b] - c->P[a],
                      .sigmas = p->z[i]};
}

vt_status vt_indent_popin_find(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to,
                               const vt_indent_noise *noise, const vt_popin_options *opt, vt_popins *out, vt_error *err)
{
    const vt_status st = vti_curve_check(ws, c, err);
    if (st != VT_OK) return st;
    if (!noise || !out || (out->capacity > 0 && !out->popin))
        return vt_fail(err, VT_EARG, "noise or room for pop-ins is NULL");
    const double sigmas = opt && opt->sigmas != 0.0 ? opt->sigmas : 5.0, least = opt ? opt->least_dh : 0.0;
    if (!(sigmas > 0.0) || !(least >= 0.0) || from > to || to > c->n)
        return vt_fail(err, VT_EARG, "sigmas = %g, least_dh = %g m, samples %zu to %zu of %zu", sigmas, least, from, to,
                       c->n);
    const size_t n = to - from;
    if (n < VT_INDENT_POINTS)
        return vt_fail(err, VT_EDOF, "%zu samples of loading: need %d to tell bursts from noise", n, VT_INDENT_POINTS);
    profile p = {ws->sum[0], ws->sum[1], ws->sum[2], ws->sum[3], ws->sum[4], ws->sum[5]};
    fill(ws, c, from, n, noise, &p);
    size_t count = 0;
    for (size_t i = 0; i < n && count < out->capacity;) {
        if (!(p.z[i] > sigmas)) {
            i++;
            continue;
        }
        size_t best = i, end = i + (size_t)p.size[i]; /* all that overlaps is one burst */
        for (size_t j = i + 1; j < n && j <= end; j++) {
            if (!(p.z[j] > sigmas)) continue;
            if (p.z[j] > p.z[best]) best = j;
            if (j + (size_t)p.size[j] > end) end = j + (size_t)p.size[j];
        }
        const vt_popin found = measure(c, from, best, &p);
        if (found.dh > least) out->popin[count++] = found;
        i = end + 1;
    }
    out->count = count;
    return VT_OK;
}
