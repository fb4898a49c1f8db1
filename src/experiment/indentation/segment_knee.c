/* Knees of one peak: end of loading and start of unloading, by a continuous line with three straight pieces. */
#include "curve_internal.h"
#include <math.h>

enum { GRID = 14 };
static const double LOAD_LEVEL = 0.8, UNLOAD_LEVEL = 0.7; /* of the peak: what the three pieces look at */
static const double FLAT = 0.3, LEVEL = 0.2; /* a hold is flatter than this fraction of the slopes beside it, and moves
                                              * by less than this fraction of the window */

/* The window, seen through prefix sums: x and both channels run from about 0 to 1 in it. */
typedef struct window {
    size_t from, w; /* first sample, number of samples */
    const double *x;
    double *const *sum; /* x, xx, then y, xy, yy of load and of depth */
} window;

typedef struct pieces {
    size_t k1, k2;
    double y[4]; /* values at the start, the knees and the end */
    double rss;
} pieces;

/* Also: the ranges of load and depth in the window, by which they were divided. */
static void fill_sums(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t w, double range[2])
{
    double P_low = c->P[from], P_high = P_low, h_low = c->h[from], h_high = h_low;
    for (size_t i = from; i < from + w; i++) {
        P_low = vti_min(P_low, c->P[i]), P_high = vti_max(P_high, c->P[i]);
        h_low = vti_min(h_low, c->h[i]), h_high = vti_max(h_high, c->h[i]);
    }
    const double t0 = c->t ? c->t[from] : 0.0, span = c->t ? c->t[from + w - 1] - t0 : (double)(w - 1);
    const double dP = P_high > P_low ? P_high - P_low : 1.0, dh = h_high > h_low ? h_high - h_low : 1.0;
    range[0] = dP, range[1] = dh;
    double *const *s = ws->sum;
    for (size_t k = 0; k < VTI_CURVE_SUMS; k++) s[k][0] = 0.0;
    for (size_t i = 0; i < w; i++) {
        const double x = c->t && span > 0.0 ? (c->t[from + i] - t0) / span : (double)i / (double)(w - 1);
        const double P = (c->P[from + i] - P_low) / dP, h = (c->h[from + i] - h_low) / dh;
        ws->a[i] = x;
        s[0][i + 1] = s[0][i] + x;
        s[1][i + 1] = s[1][i] + x * x;
        s[2][i + 1] = s[2][i] + P;
        s[3][i + 1] = s[3][i] + x * P;
        s[4][i + 1] = s[4][i] + P * P;
        s[5][i + 1] = s[5][i] + h;
        s[6][i + 1] = s[6][i] + x * h;
        s[7][i + 1] = s[7][i] + h * h;
    }
}

/* Normal equations of the hat functions over m knots: tridiagonal, positive definite. */
typedef struct hats {
    double A[4], B[3], c[4];
} hats;

/* Adds samples a ... b - 1, which lie between knots j and j + 1 at xa and xb. */
static void add_piece(const window *v, size_t channel, size_t a, size_t b, double xa, double xb, size_t j, hats *N)
{
    double *const *s = v->sum;
    const double n = (double)(b - a), L = xb - xa;
    if (b <= a || !(L > 0.0)) return;
    const size_t k = 2 + 3 * channel;
    const double Sx = s[0][b] - s[0][a], Sxx = s[1][b] - s[1][a], Sy = s[k][b] - s[k][a],
                 Sxy = s[k + 1][b] - s[k + 1][a];
    const double u = (Sx - n * xa) / L, uu = (Sxx - 2.0 * xa * Sx + n * xa * xa) / (L * L), uy = (Sxy - xa * Sy) / L;
    N->A[j] += n - 2.0 * u + uu;
    N->B[j] += u - uu;
    N->A[j + 1] += uu;
    N->c[j] += Sy - uy;
    N->c[j + 1] += uy;
}

/* y of the m knots; returns c'y, what the line takes off the sum of squares. */
static double solve_hats(hats *N, size_t m, double *y)
{
    double gain = 0.0;
    for (size_t j = 1; j < m; j++) {
        if (!(N->A[j - 1] > 1e-12)) continue; /* a knot without samples */
        const double l = N->B[j - 1] / N->A[j - 1];
        N->A[j] -= l * N->B[j - 1];
        N->c[j] -= l * N->c[j - 1];
    }
    for (size_t j = m; j-- > 0;) {
        y[j] = 0.0;
        if (!(N->A[j] > 1e-12)) continue;
        y[j] = (N->c[j] - (j + 1 < m ? N->B[j] * y[j + 1] : 0.0)) / N->A[j];
        gain += N->c[j] * N->c[j] / N->A[j];
    }
    return gain;
}

/* Least squares of one channel with knees at samples k1 <= k2 of the window; k1 = k2: two pieces. */
static pieces fit_pieces(const window *v, size_t channel, size_t k1, size_t k2)
{
    hats N = {{0.0}, {0.0}, {0.0}};
    const double *x = v->x, last = x[v->w - 1];
    pieces p = {.k1 = k1, .k2 = k2};
    double y[4];
    size_t m = 1;
    add_piece(v, channel, 0, k1, x[0], x[k1], 0, &N);
    if (k2 > k1) add_piece(v, channel, k1, k2, x[k1], x[k2], m++, &N);
    add_piece(v, channel, k2, v->w, x[k2], last, m++, &N);
    m++;
    p.rss = v->sum[4 + 3 * channel][v->w] - solve_hats(&N, m, y);
    p.y[0] = y[0], p.y[1] = y[1], p.y[2] = y[m - 2], p.y[3] = y[m - 1];
    return p;
}

static bool better(const window *v, size_t channel, size_t k1, size_t k2, pieces *best)
{
    if (k1 < 1 || k2 < k1 || k2 + 1 >= v->w) return false;
    const pieces p = fit_pieces(v, channel, k1, k2);
    if (!(p.rss < best->rss)) return false;
    *best = p;
    return true;
}

/* Best knees on a coarse grid; one: both the same. */
static pieces coarse(const window *v, size_t channel, bool one)
{
    pieces best = {.rss = INFINITY, .k1 = 1, .k2 = 1};
    for (size_t i = 1; i < GRID; i++)
        for (size_t j = i; j < (one ? i + 1 : GRID); j++)
            (void)better(v, channel, i * (v->w - 1) / GRID, j * (v->w - 1) / GRID, &best);
    return best;
}

/* Moves the knees as long as the line gets better, in steps that halve. */
static void descend(const window *v, size_t channel, bool one, pieces *best)
{
    for (size_t step = v->w / GRID + 1; step > 0; step /= 2)
        for (bool moved = true; moved;) {
            const size_t a = best->k1, b = best->k2;
            moved = better(v, channel, a + step, b + step, best);
            if (a > step) moved |= better(v, channel, a - step, b - step, best);
            if (one) continue;
            moved |= better(v, channel, a, b + step, best);
            moved |= better(v, channel, a + step, b, best);
            if (b > step) moved |= better(v, channel, a, b - step, best);
            if (a > step) moved |= better(v, channel, a - step, b, best);
        }
}

/* Is the middle piece flat beside both others? */
static bool is_hold(const window *v, const pieces *p)
{
    const double *x = v->x;
    if (p->k2 < p->k1 + 3 || !(x[p->k2] > x[p->k1])) return false;
    const double change = fabs(p->y[2] - p->y[1]), middle = change / (x[p->k2] - x[p->k1]);
    const double left = (p->y[1] - p->y[0]) / (x[p->k1] - x[0]);
    const double right = (p->y[2] - p->y[3]) / (x[v->w - 1] - x[p->k2]);
    return change < LEVEL && middle < FLAT * left && middle < FLAT * right;
}

/* What noise does not explain of the sum of squares of a line. sd: noise over the range of the channel. */
static double misfit(const window *v, const pieces *p, double sd)
{
    const double w = (double)v->w;
    return vti_max(p->rss - 1.2 * sd * sd * (w + 3.0 * sqrt(2.0 * w)), 0.0);
}

/* Line with one knee. */
static pieces one_knee(const window *v, size_t channel)
{
    pieces p = coarse(v, channel, true);
    descend(v, channel, true, &p);
    p.k1 = p.k2;
    return p;
}

/* The knees of the channel that the instrument controlled, into p[channel]. A hold that only one channel shows was
 * controlled in that one, unless one knee is all that the other has; of two holds the flatter one. Without hold the
 * straighter channel: the smaller misfit; if noise explains both, the smaller sum of squares. */
static size_t choose(const window *v, pieces p[2], const double sd[2])
{
    const bool hold[2] = {is_hold(v, &p[0]), is_hold(v, &p[1])};
    if (hold[0] && hold[1]) return fabs(p[1].y[2] - p[1].y[1]) < fabs(p[0].y[2] - p[0].y[1]);
    if (hold[0] != hold[1]) {
        const size_t k = hold[1], o = !k;
        const pieces one = one_knee(v, o);
        const bool enough =
            misfit(v, &one, sd[o]) == 0.0 && one.rss - p[o].rss < 3.0 * log((double)v->w) * sd[o] * sd[o];
        if (enough) p[o] = one;
        return enough ? o : k;
    }
    const double m[2] = {misfit(v, &p[0], sd[0]), misfit(v, &p[1], sd[1])};
    const size_t k = m[0] == m[1] ? p[1].rss < p[0].rss : m[1] < m[0];
    p[k] = one_knee(v, k);
    return k;
}

/* Last sample before the peak, and last before the minimum after it, where the load crosses part of the peak. */
static void top_window(const vt_indent_curve *c, double zero, const vti_reversal *r, size_t *from, size_t *to)
{
    const double peak = c->P[r->peak] - zero, end = c->P[r->after] - zero;
    const double load = zero + LOAD_LEVEL * peak, unload = zero + vti_max(UNLOAD_LEVEL * peak, 0.5 * (peak + end));
    size_t a = r->peak, b = r->after;
    while (a > r->before && c->P[a] > load) a--;
    while (b > r->peak && c->P[b] < unload) b--;
    for (int k = 0; k < 4; k++) { /* short records: a few samples on either side */
        if (a > r->before && r->peak - a < 4) a--;
        if (b < r->after && b - r->peak < 4) b++;
    }
    *from = a;
    *to = b + 1;
}

bool vti_knees(vt_indent_work *ws, const vt_indent_curve *c, double zero, const vti_reversal *r,
               const vt_indent_noise *noise, vt_indent_cycle *cycle)
{
    size_t from, to;
    top_window(c, zero, r, &from, &to);
    cycle->hold_from = cycle->unload_from = r->peak;
    if (to - from < 6) return false;
    double range[2];
    fill_sums(ws, c, from, to - from, range);
    const window v = {.from = from, .w = to - from, .x = ws->a, .sum = ws->sum};
    pieces p[2];
    for (size_t k = 0; k < 2; k++) {
        p[k] = coarse(&v, k, false);
        descend(&v, k, false, &p[k]);
    }
    const double scale[2] = {noise->P / range[0], noise->h / range[1]};
    const size_t channel = choose(&v, p, scale);
    const pieces *best = &p[channel];
    cycle->hold_from = from + best->k1;
    cycle->unload_from = from + best->k2;
    return channel == 1;
}
