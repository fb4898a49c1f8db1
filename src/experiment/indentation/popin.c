/* Pop-ins: bursts of depth, or drops of load, far beyond the steps of smooth loading. P19. */
#include "curve_internal.h"
#include <math.h>

enum { LAGS = 4, BLOCK = 24 };

/* Joins the block values v_b at their middles by lines: value at sample i of m, with `blocks` blocks. */
static double between(const double *v, size_t blocks, size_t m, size_t i)
{
    const double x = ((double)i + 0.5) * (double)blocks / (double)m - 0.5;
    if (!(x > 0.0)) return v[0];
    const size_t b = (size_t)x;
    if (b + 1 >= blocks) return v[blocks - 1];
    return v[b] + (x - (double)b) * (v[b + 1] - v[b]);
}

/* Steps of y over `lag` samples into e. Their running median and their scatter about it (1.4826 MAD), both by blocks,
 * into centre and scatter; a block that scatters less than all of them counts as all of them. scratch: 4 n values. */
static void steps(const double *y, size_t n, size_t lag, double least, double *scratch, double *e, double *centre,
                  double *scatter)
{
    const size_t m = n - lag, size = BLOCK > 4 * lag ? BLOCK : 4 * lag;
    const size_t blocks = m / size > 0 ? m / size : 1;
    double *middle = scratch + n, *spread = scratch + 2 * n;
    for (size_t i = 0; i < m; i++) e[i] = y[i + lag] - y[i];
    for (size_t b = 0; b < blocks; b++) {
        const size_t from = b * m / blocks, to = (b + 1) * m / blocks;
        for (size_t i = from; i < to; i++) scratch[i - from] = e[i];
        middle[b] = vti_median(scratch, to - from);
    }
    for (size_t i = 0; i < m; i++) centre[i] = between(middle, blocks, m, i);
    for (size_t b = 0; b < blocks; b++) {
        const size_t from = b * m / blocks, to = (b + 1) * m / blocks;
        for (size_t i = from; i < to; i++) scratch[i - from] = fabs(e[i] - centre[i]);
        spread[b] = 1.4826 * vti_median(scratch, to - from);
    }
    for (size_t i = 0; i < m; i++) scratch[i] = fabs(e[i] - centre[i]);
    const double all = vti_max(1.4826 * vti_median(scratch, m), least);
    for (size_t i = 0; i < m; i++) scatter[i] = vti_max(between(spread, blocks, m, i), all);
}

/* Largest surprise at each sample over all lags and both channels. */
typedef struct profile {
    double *z;        /* over its standard deviation */
    double *size;     /* lag */
    double *expected; /* smooth step of depth over that lag */
    double *drop;     /* 1: the load tells, 0: the depth */
} profile;

/* Excess of a step over the smooth one, and over the same step just before and just after: next to contact all steps
 * are large. */
static double excess(const double *e, const double *centre, size_t m, size_t lag, size_t i)
{
    if (i < lag || i + 2 * lag > m) return 0.0;
    return e[i] - vti_max(centre[i], vti_max(e[i - lag], e[i + lag]));
}

static void keep(profile *p, size_t i, size_t lag, double z, double smooth, double drop)
{
    if (!(z > p->z[i])) return;
    p->z[i] = z;
    p->size[i] = (double)lag;
    p->expected[i] = smooth;
    p->drop[i] = drop;
}

static void fill(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t n, const vt_indent_noise *noise,
                 profile *p)
{
    double *e = ws->sum[3], *centre = ws->sum[4], *scatter = ws->sum[5], *scratch = ws->scratch, *smooth = ws->sum[6];
    for (size_t i = 0; i < n; i++) p->z[i] = p->size[i] = p->expected[i] = p->drop[i] = 0.0;
    for (size_t k = 0, lag = 1; k < LAGS && 4 * lag < n; k++, lag *= 2) {
        const size_t m = n - lag;
        steps(c->h + from, n, lag, sqrt(2.0) * noise->h, scratch, e, smooth, scatter);
        for (size_t i = 0; i < m; i++) keep(p, i, lag, excess(e, smooth, m, lag, i) / scatter[i], smooth[i], 0.0);
        steps(c->P + from, n, lag, sqrt(2.0) * noise->P, scratch, e, centre, scatter);
        for (size_t i = 0; i < m; i++) keep(p, i, lag, -e[i] / scatter[i], smooth[i], 1.0);
    }
}

/* The burst around the largest surprise at i: ends that carry less than a tenth of the jump are cut off. The jump is
 * that of the depth beyond smooth loading, or the drop of the load. */
static vt_popin measure(const vt_indent_curve *c, size_t from, size_t i, const profile *p)
{
    size_t a = from + i, b = a + (size_t)p->size[i];
    const bool drop = p->drop[i] != 0.0;
    const double per = p->expected[i] / p->size[i], off = drop ? 0.0 : per, sign = drop ? -1.0 : 1.0;
    const double *y = drop ? c->P : c->h;
    for (bool cut = true; cut && b > a + 1;) {
        const double jump = sign * (y[b] - y[a]) - off * (double)(b - a);
        const double head = sign * (y[a + 1] - y[a]) - off, tail = sign * (y[b] - y[b - 1]) - off;
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
    profile p = {ws->sum[0], ws->sum[1], ws->sum[2], ws->sum[7]};
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
        if (found.dh > least || p.drop[best] != 0.0) out->popin[count++] = found;
        i = end + 1;
    }
    out->count = count;
    return VT_OK;
}
