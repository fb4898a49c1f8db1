/* Glass transition of a scan: edge, lines, midpoint, onset, overshoot, fictive temperature. */
#include <math.h>
#include <vitrum/thermogram.h>

enum { MOST = 4096 };

static double median_of(size_t n, const double *x)
{
    /* By bisection on the value: no scratch, and 60 halvings find it to rounding. */
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    for (int k = 0; k < 60 && high > low; k++) {
        const double mid = 0.5 * (low + high);
        size_t below = 0;
        for (size_t i = 0; i < n; i++) below += x[i] <= mid;
        if (2 * below >= n)
            high = mid;
        else
            low = mid;
    }
    return high;
}

/* Where the slope crosses `level` between neighbours i and j. */
static double between(const double *T, const double *slope, size_t i, size_t j, double level)
{
    return T[i] + (T[j] - T[i]) * (slope[i] - level) / (slope[i] - slope[j]);
}

vt_status vt_step_edge_find(size_t from, size_t to, const double *T, const double *slope, vt_step_edge *edge,
                            vt_error *err)
{
    if (!T || !slope || !edge) return vt_fail(err, VT_EARG, "curve or result is NULL");
    if (to < from + 8) return vt_fail(err, VT_EDOF, "%zu points: an edge needs 8", to > from ? to - from : 0);
    /* What falls off the ends is no edge inside. */
    while (from + 8 < to && slope[from + 1] < slope[from]) from++;
    while (from + 8 < to && slope[to - 2] < slope[to - 1]) to--;
    size_t i = from;
    for (size_t k = from; k < to; k++)
        if (slope[k] > slope[i]) i = k;
    vt_step_edge e = {.inflection = T[i], .peak = slope[i], .base = median_of(to - from, slope + from)};
    const double half = 0.5 * (e.peak + e.base);
    size_t a = i, b = i;
    while (a > from && slope[a] > half) a--;
    while (b + 1 < to && slope[b] > half) b++;
    if (a == i || b == i || slope[a] > half || slope[b] > half)
        return vt_fail(err, VT_ENARROW, "the steepest place, %.2f K, is at the end of the scan", T[i]);
    e.low = between(T, slope, a, a + 1, half);
    e.high = between(T, slope, b - 1, b, half);
    *edge = e;
    return VT_OK;
}

double vt_base_line_at(const vt_base_line *line, double T)
{
    return line->a + line->b * (T - line->T0);
}

double vt_base_line_u(const vt_base_line *line, double T)
{
    return hypot(line->u_a, line->u_b * (T - line->T0));
}

vt_status vt_base_line_fit(size_t n, const double *T, const double *y, vt_window w, vt_base_line *line, vt_error *err)
{
    if (!T || !y || !line) return vt_fail(err, VT_EARG, "curve or line is NULL");
    double m = 0.0, sT = 0.0, sy = 0.0, sTT = 0.0, sTy = 0.0, rss = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!(T[i] >= w.low && T[i] <= w.high)) continue;
        m += 1.0;
        sT += T[i];
        sy += y[i];
    }
    if (!(m >= 4.0))
        return vt_fail(err, VT_EDOF, "%.0f points between %.1f and %.1f K: a line needs 4", m, w.low, w.high);
    vt_base_line l = {.T0 = sT / m, .a = sy / m, .n = (size_t)m};
    for (size_t i = 0; i < n; i++) {
        if (!(T[i] >= w.low && T[i] <= w.high)) continue;
        sTT += (T[i] - l.T0) * (T[i] - l.T0);
        sTy += (T[i] - l.T0) * (y[i] - l.a);
    }
    if (!(sTT > 0.0)) return vt_fail(err, VT_EDOF, "every point between %.1f and %.1f K is the same", w.low, w.high);
    l.b = sTy / sTT;
    for (size_t i = 0; i < n; i++)
        if (T[i] >= w.low && T[i] <= w.high) rss += pow(y[i] - vt_base_line_at(&l, T[i]), 2.0);
    l.s = sqrt(rss / (m - 2.0));
    l.u_a = l.s / sqrt(m);
    l.u_b = l.s / sqrt(sTT);
    *line = l;
    return VT_OK;
}

static double quotient(const vt_glass_step *g, double T, double y)
{
    const double base = vt_base_line_at(&g->glass, T);
    return (y - base) / (vt_base_line_at(&g->liquid, T) - base);
}

/* Points a ... b about a crossing, with the quotient between 1/4 and 3/4. */
typedef struct stretch {
    size_t a, b;
} stretch;

static stretch rise(const double *T, const double *y, size_t cross, size_t from, size_t to, const vt_glass_step *g)
{
    stretch r = {cross - 1, cross};
    while (r.a > from && quotient(g, T[r.a - 1], y[r.a - 1]) > 0.25 && quotient(g, T[r.a], y[r.a]) > 0.25) r.a--;
    while (r.b + 1 < to && quotient(g, T[r.b + 1], y[r.b + 1]) < 0.75 && quotient(g, T[r.b], y[r.b]) < 0.75) r.b++;
    return r;
}

/* The quotient over a stretch as a series of polynomials orthogonal there, P_0 = 1, P_k+1 = (x - alpha_k) P_k - beta_k
 * P_k-1, x = T - mean (Forsythe 1957): a cubic, of which the first two terms are the line. */
enum { TERMS = 4 };
typedef struct series {
    double mean, alpha[TERMS], beta[TERMS], norm[TERMS], c[TERMS]; /* norm: sum of P_k^2 over the m points */
} series;

/* P_0 ... P_k at T. */
static double polynomial(const series *q, size_t k, double T)
{
    double before = 0.0, p = 1.0;
    for (size_t j = 0; j < k; j++) {
        const double next = (T - q->mean - q->alpha[j]) * p - q->beta[j] * before;
        before = p;
        p = next;
    }
    return p;
}

static series series_of(const double *T, const double *y, stretch r, const vt_glass_step *g)
{
    const double m = (double)(r.b - r.a + 1);
    series q = {0};
    for (size_t i = r.a; i <= r.b; i++) q.mean += T[i] / m;
    for (size_t k = 0; k < TERMS && (double)k + 2.0 <= m; k++) {
        for (size_t i = r.a; i <= r.b; i++) {
            const double p = polynomial(&q, k, T[i]);
            q.norm[k] += p * p;
            q.alpha[k] += (T[i] - q.mean) * p * p;
            q.c[k] += p * quotient(g, T[i], y[i]);
        }
        q.c[k] /= q.norm[k];
        q.alpha[k] /= q.norm[k];
        q.beta[k] = k > 0 ? q.norm[k] / q.norm[k - 1] : 0.0;
    }
    return q;
}

static double series_at(const series *q, double T)
{
    double f = 0.0;
    for (size_t k = 0; k < TERMS; k++) f += q->c[k] * polynomial(q, k, T);
    return f;
}

/* Where the cubic is 1/2 between its ends, so that no two noisy neighbours decide. *u: of the cubic there, in units of
 * the scatter. False: fewer than 8 points, or no such place. */
static bool middle(const series *q, size_t m, double low, double high, double *at, double *u)
{
    if (m < 8 || !(series_at(q, low) < 0.5) || !(series_at(q, high) > 0.5)) return false;
    for (int k = 0; k < 60; k++) {
        const double T = 0.5 * (low + high);
        if (series_at(q, T) < 0.5)
            low = T;
        else
            high = T;
    }
    double sum = 0.0;
    for (size_t k = 0; k < TERMS; k++) sum += pow(polynomial(q, k, high), 2.0) / q->norm[k];
    *at = high;
    *u = sqrt(sum);
    return true;
}

/* The line through the stretch gives onset and end. scatter: that of a point counts so much in the midpoint. */
static void tangent(const series *q, double scatter, vt_glass_step *g)
{
    g->onset = q->mean - q->c[0] / q->c[1];
    g->end = g->onset + 1.0 / q->c[1];
    const double s = hypot(g->glass.s, g->liquid.s) / sqrt(2.0);
    const double lines = 0.5 * hypot(vt_base_line_u(&g->glass, g->midpoint), vt_base_line_u(&g->liquid, g->midpoint));
    g->u_midpoint = hypot(s * scatter, lines) / (g->step * q->c[1]);
}

/* Integral of (y - glass) from index a to b, and its equal-area temperature below Tb. */
static double fictive(const double *T, const double *y, size_t a, size_t b, const vt_glass_step *g)
{
    double area = 0.0;
    for (size_t i = a; i < b; i++)
        area += 0.5 * (T[i + 1] - T[i]) *
                (y[i] - vt_base_line_at(&g->glass, T[i]) + y[i + 1] - vt_base_line_at(&g->glass, T[i + 1]));
    /* D0 x - D1 x^2/2 = area, x = Tb - Tf, D the distance of the lines at Tb and its slope. */
    const double Tb = T[b], D0 = vt_base_line_at(&g->liquid, Tb) - vt_base_line_at(&g->glass, Tb);
    const double D1 = g->liquid.b - g->glass.b, disc = D0 * D0 - 2.0 * D1 * area;
    if (!(D0 > 0.0) || !(disc > 0.0)) return NAN;
    return Tb - 2.0 * area / (D0 + sqrt(disc));
}

static void overshoot(size_t n, const double *T, const double *y, double above, double below, vt_glass_step *g)
{
    for (size_t i = 0; i < n; i++) {
        if (!(T[i] > above && T[i] < below)) continue;
        const double over = y[i] - vt_base_line_at(&g->liquid, T[i]);
        if (!(over > g->overshoot)) continue;
        g->overshoot = over;
        g->T_overshoot = T[i];
    }
}

vt_status vt_glass_step_find(size_t n, const double *T, const double *y, vt_window glass, vt_window liquid,
                             vt_glass_step *out, vt_error *err)
{
    if (!T || !y || !out || n < 8 || n > MOST || !(glass.low < glass.high && glass.high < liquid.low) ||
        !(liquid.low < liquid.high))
        return vt_fail(err, VT_EARG, "curve or result is NULL, or windows %g ... %g K and %g ... %g K are not in order",
                       glass.low, glass.high, liquid.low, liquid.high);
    vt_glass_step g = {0};
    vt_status st = vt_base_line_fit(n, T, y, glass, &g.glass, err);
    if (st == VT_OK) st = vt_base_line_fit(n, T, y, liquid, &g.liquid, err);
    if (st != VT_OK) return st;
    size_t a = 0, b = n - 1, cross = 0;
    while (a + 1 < n && T[a] < glass.high) a++;
    while (b > a + 1 && T[b] > liquid.low) b--;
    for (size_t i = a; i <= b; i++)
        if (!(vt_base_line_at(&g.liquid, T[i]) > vt_base_line_at(&g.glass, T[i])) && T[i] > 0.5 * (T[a] + T[b]))
            return vt_fail(err, VT_ESIGN, "at %.1f K the line of the liquid lies below that of the glass", T[i]);
    for (size_t i = a + 1; i <= b && cross == 0; i++)
        if (quotient(&g, T[i - 1], y[i - 1]) < 0.5 && quotient(&g, T[i], y[i]) >= 0.5) cross = i;
    if (cross == 0)
        return vt_fail(err, VT_ENOROOT, "no place between %.1f and %.1f K is half way between the lines", T[a], T[b]);
    const double f0 = quotient(&g, T[cross - 1], y[cross - 1]), f1 = quotient(&g, T[cross], y[cross]);
    const stretch r = rise(T, y, cross, a, b + 1, &g);
    const series q = series_of(T, y, r, &g);
    double scatter = 1.0;
    if (!middle(&q, r.b - r.a + 1, T[r.a], T[r.b], &g.midpoint, &scatter))
        g.midpoint = T[cross - 1] + (T[cross] - T[cross - 1]) * (0.5 - f0) / (f1 - f0);
    g.step = vt_base_line_at(&g.liquid, g.midpoint) - vt_base_line_at(&g.glass, g.midpoint);
    g.u_step = hypot(vt_base_line_u(&g.glass, g.midpoint), vt_base_line_u(&g.liquid, g.midpoint));
    if (!(g.step > 0.0))
        return vt_fail(err, VT_ESIGN, "at %.1f K the line of the liquid lies below that of the glass", g.midpoint);
    tangent(&q, scatter, &g);
    overshoot(n, T, y, g.midpoint, liquid.high, &g);
    g.fictive = fictive(T, y, a, b, &g);
    *out = g;
    return VT_OK;
}
