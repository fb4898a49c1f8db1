/* The edge of a melting peak: onset, slope. */
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <vitrum/calorimeter.h>

/* Shares of the height between which the edge is straight, and others to compare. */
static const double PART[2][2] = {{0.35, 0.85}, {0.2, 0.6}}, TAIL[2] = {0.6, 0.05};

/* ITS-90 (Preston-Thomas, Metrologia 27 (1990) 3): fixed points; Bi and Pb: Bedford et al., Metrologia 33 (1996) 133.
 */
static const struct {
    const char *name;
    double T; /* K */
} POINTS[] = {{"gallium", 302.9146}, {"indium", 429.7485}, {"tin", 505.078},       {"bismuth", 544.552},
              {"lead", 600.612},     {"zinc", 692.677},    {"aluminium", 933.473}, {"silver", 1234.93}};
enum { COUNT = sizeof POINTS / sizeof *POINTS };
static const char *const NAMES[] = {"gallium", "indium", "tin", "bismuth", "lead", "zinc", "aluminium", "silver", NULL};

static bool same(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == *b) a++, b++;
    return !*a && !*b;
}

bool vt_melting_point(const char *substance, double *T, const char *const **names)
{
    if (names) *names = NAMES;
    for (size_t i = 0; substance && i < COUNT; i++)
        if (same(substance, POINTS[i].name)) {
            if (T) *T = POINTS[i].T;
            return true;
        }
    return false;
}

/* Straight line through the first and last fiftieth: what a peak stands out of. */
static vt_base_line chord_of(size_t n, const double *T, const double *y)
{
    const size_t few = n / 50 + 1;
    double a[2] = {0.0, 0.0}, t[2] = {0.0, 0.0};
    for (size_t i = 0; i < few; i++) {
        t[0] += T[i] / (double)few;
        a[0] += y[i] / (double)few;
        t[1] += T[n - 1 - i] / (double)few;
        a[1] += y[n - 1 - i] / (double)few;
    }
    return (vt_base_line){.a = a[0], .b = (a[1] - a[0]) / (t[1] - t[0]), .T0 = t[0]};
}

static double above(const vt_base_line *line, const double *T, const double *y, size_t i)
{
    return y[i] - vt_base_line_at(line, T[i]);
}

/* Readings, and their height above the baseline as it were without the lag. */
typedef struct readings {
    size_t n;
    const double *T, *y;
    const vt_base_line *base;
    double lag; /* K */
} readings;

static double sharp(const readings *r, size_t i)
{
    const size_t a = i > 0 ? i - 1 : i, b = i + 1 < r->n ? i + 1 : i;
    return above(r->base, r->T, r->y, i) + r->lag * ((r->y[b] - r->y[a]) / (r->T[b] - r->T[a]) - r->base->b);
}

/* Length of the decay after the apex, K; 0: fewer than 6 readings of it. */
static double decay(const readings *r, size_t apex, double *u)
{
    double m = 0.0, sT = 0.0, sl = 0.0, sTT = 0.0, sTl = 0.0, sll = 0.0;
    const double h = above(r->base, r->T, r->y, apex);
    *u = 0.0;
    for (size_t i = apex; i < r->n; i++) {
        const double y = above(r->base, r->T, r->y, i), t = r->T[i] - r->T[apex];
        if (y > TAIL[0] * h) continue;
        if (!(y > TAIL[1] * h)) break;
        m += 1.0;
        sT += t;
        sl += log(y / h);
        sTT += t * t;
        sTl += t * log(y / h);
        sll += log(y / h) * log(y / h);
    }
    if (m < 6.0) return 0.0;
    const double vT = sTT - sT * sT / m, slope = (sTl - sT * sl / m) / vT;
    const double rss = fmax(sll - sl * sl / m - slope * slope * vT, 0.0);
    *u = sqrt(rss / (m - 2.0) / vT) / (slope * slope);
    return slope < 0.0 ? -1.0 / slope : 0.0;
}

/* Line of the heights between the shares `part` of the highest one before the apex. */
static vt_status flank(const readings *r, size_t apex, const double part[2], vt_base_line *edge, vt_error *err)
{
    size_t top = apex, b, a;
    for (size_t i = apex; i > 0 && above(r->base, r->T, r->y, i) > part[0] * above(r->base, r->T, r->y, apex); i--)
        if (sharp(r, i) > sharp(r, top)) top = i;
    const double h = sharp(r, top);
    for (b = top; b > 0 && sharp(r, b) > part[1] * h;) b--;
    for (a = b; a > 0 && sharp(r, a - 1) >= part[0] * h;) a--;
    const double m = (double)(b + 1 - a);
    if (b < a + 3)
        return vt_fail(err, VT_EDOF,
                       "%.0f readings on the edge of the peak at %.2f K: 4 are needed; read more often, heat slower or "
                       "take more of the substance",
                       m, r->T[apex]);
    double sT = 0.0, sy = 0.0, sTT = 0.0, sTy = 0.0, rss = 0.0;
    for (size_t i = a; i <= b; i++) {
        sT += (r->T[i] - r->T[a]) / m;
        sy += sharp(r, i) / m;
    }
    for (size_t i = a; i <= b; i++) {
        const double t = r->T[i] - r->T[a] - sT;
        sTT += t * t;
        sTy += t * (sharp(r, i) - sy);
    }
    vt_base_line l = {.a = sy, .b = sTy / sTT, .T0 = r->T[a] + sT, .n = b + 1 - a};
    for (size_t i = a; i <= b; i++) rss += pow(sharp(r, i) - vt_base_line_at(&l, r->T[i]), 2.0);
    l.s = sqrt(rss / (m - 2.0));
    l.u_a = l.s / sqrt(m);
    l.u_b = l.s / sqrt(sTT);
    *edge = l;
    return VT_OK;
}

/* Where the edge, whose heights are those above the baseline, leaves it. */
static double leaves(const vt_base_line *edge)
{
    return edge->T0 - edge->a / edge->b;
}

static double leaves_u(const vt_base_line *edge, const vt_base_line *base)
{
    const double T = leaves(edge);
    return hypot(vt_base_line_u(edge, T), vt_base_line_u(base, T)) / edge->b;
}

/* Baseline from the readings before the peak: its foot is where a tenth of the height is passed for the first time. */
static vt_status baseline(size_t n, const double *T, const double *y, size_t apex, vt_base_line *base, vt_error *err)
{
    const vt_base_line chord = chord_of(n, T, y);
    const double h = above(&chord, T, y, apex);
    size_t foot = apex;
    while (foot > 0 && above(&chord, T, y, foot) > 0.1 * h) foot--;
    const double width = T[apex] - T[foot];
    const vt_window w = {T[foot] - fmax(10.0, 8.0 * width), T[foot] - width};
    size_t m = 0;
    for (size_t i = 0; i < foot; i++) m += T[i] >= w.low && T[i] <= w.high;
    if (m < 8)
        return vt_fail(err, VT_EDOF,
                       "%zu readings before the peak at %.2f K: its baseline needs 8; begin the scan lower", m,
                       T[apex]);
    const vt_status st = vt_base_line_fit(n, T, y, w, base, err);
    if (st == VT_OK && !(h > 10.0 * base->s))
        return vt_fail(err, VT_ENOROOT,
                       "the highest reading, at %.2f K, stands %.3g W above the line of the others, whose "
                       "scatter is %.3g W: no melting peak",
                       T[apex], h, base->s);
    return st;
}

vt_status vt_melting_edge_find(size_t n, const double *T, const double *y, vt_melting_edge *out, vt_error *err)
{
    if (!T || !y || !out || n < 16)
        return vt_fail(err, VT_EARG, "readings or result are NULL, or fewer than 16: %zu", n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(y[i]) || !isfinite(T[i]) || (i > 0 && !(T[i] > T[i - 1])))
            return vt_fail(err, VT_EARG, "reading %zu, %.6g K and %.6g W, is not finite or not hotter than that before",
                           i, T[i], y[i]);
    const vt_base_line chord = chord_of(n, T, y);
    size_t apex = 0;
    for (size_t i = 1; i < n; i++)
        if (above(&chord, T, y, i) > above(&chord, T, y, apex)) apex = i;
    vt_melting_edge e = {.apex = T[apex]};
    vt_base_line other, late;
    vt_status st = baseline(n, T, y, apex, &e.line, err);
    if (st != VT_OK) return st;
    readings r = {n, T, y, &e.line, 0.0};
    e.lag = r.lag = decay(&r, apex, &e.u_lag);
    st = flank(&r, apex, PART[0], &e.edge, err);
    if (st == VT_OK) st = flank(&r, apex, PART[1], &other, err);
    r.lag += e.u_lag;
    if (st == VT_OK) st = flank(&r, apex, PART[0], &late, err);
    if (st != VT_OK) return st;
    if (!(e.edge.b > 0.0 && other.b > 0.0))
        return vt_fail(err, VT_ENOROOT, "heat flow falls along the edge of the peak at %.2f K", e.apex);
    e.onset = leaves(&e.edge) + e.lag;
    e.u_onset = leaves_u(&e.edge, &e.line);
    e.u_onset_window = hypot(leaves(&other) - leaves(&e.edge), leaves(&late) + e.u_lag - leaves(&e.edge));
    e.slope = e.edge.b;
    e.u_slope = e.edge.u_b;
    e.u_slope_window = hypot(other.b - e.edge.b, late.b - e.edge.b);
    e.base = vt_base_line_at(&e.line, e.onset);
    e.height = above(&e.line, T, y, apex);
    *out = e;
    return VT_OK;
}
