/* All divisions of the points into liquid and glass (Hudson 1966), variable projection over T0 in each. */
#include "kink_internal.h"
#include <vitrum/constants.h>
#include <math.h>

/* T0 = limit * (1 - GRID): from 0 to just below the lowest temperature of the liquid branch. */
static const double GRID[] = {1.0, 0.8, 0.62, 0.48, 0.37, 0.28, 0.2, 0.14, 0.09, 0.055, 0.03, 0.012, 0.004};
enum { GRID_N = sizeof GRID / sizeof GRID[0] };

typedef struct column_context {
    const vt_kink *ws;
    size_t n;   /* the first n sorted points */
    double Tk;  /* 0: all liquid */
    bool eta0;  /* ln eta0 is free: first column */
    bool slope; /* q is free: last column */
} column_context;

static void columns(double T0, double *phi, double *dphi, const void *ctx)
{
    const column_context *c = ctx;
    const double *T = c->ws->T, *w = c->ws->w;
    const size_t n = c->n, b = c->eta0 ? n : 0, s = b + n;
    for (size_t i = 0; i < n; i++) {
        const double d = 1.0 / (fmax(T[i], c->Tk) - T0);
        phi[b + i] = w[i] * d;
        if (c->eta0) phi[i] = w[i];
        if (c->slope) phi[s + i] = T[i] < c->Tk ? w[i] * (c->ws->x[i] - 1.0 / c->Tk) : 0.0;
        if (!dphi) continue;
        dphi[b + i] = w[i] * d * d;
        if (c->eta0) dphi[i] = 0.0;
        if (c->slope) dphi[s + i] = 0.0;
    }
}

/* Linear fit with the kink at Tk (0: none) on the first n points. */
static bool fixed_kink(vt_kink *ws, const vt_kink_options *opt, size_t n, double Tk, vti_kink_candidate *out)
{
    const bool arrhenius = opt->model == VT_KINK_ARRHENIUS, fixed = opt->fix_eta0 && !arrhenius;
    const column_context c = {.ws = ws, .n = n, .Tk = Tk, .eta0 = !fixed, .slope = Tk > 0.0 && !opt->hold_Qg};
    const double eta0 = fixed ? opt->held.ln_eta0 : 0.0, q = opt->hold_Qg ? opt->held.Qg / VT_BOLTZMANN : 0.0;
    const double limit = Tk > 0.0 ? Tk : ws->T[n - 1];
    for (size_t i = 0; i < n; i++) {
        const double glass = ws->T[i] < Tk ? q * (ws->x[i] - 1.0 / Tk) : 0.0;
        ws->wy[i] = ws->w[i] * (ws->y[i] - eta0 - glass);
    }
    const size_t columns_n = 1 + (size_t)c.eta0 + (size_t)c.slope;
    const vti_separable s = {.n = n, .q = columns_n, .y = ws->wy, .basis = columns, .ctx = &c, .work = ws->work};
    vti_separable_fit f;
    if (n < columns_n) return false;
    if (arrhenius || opt->hold_T0) {
        const double T0 = arrhenius ? 0.0 : opt->held.T0;
        if (!(T0 < limit) || !vti_separable_at(&s, T0, &f)) return false;
    } else {
        double grid[GRID_N];
        for (size_t k = 0; k < GRID_N; k++) grid[k] = limit * (1.0 - GRID[k]);
        if (!vti_separable_minimum(&s, GRID_N, grid, &f)) return false;
    }
    const size_t b = c.eta0 ? 1 : 0;
    *out = (vti_kink_candidate){.a = c.eta0 ? f.c[0] : eta0,
                                .B = f.c[b],
                                .T0 = f.theta,
                                .Tk = Tk,
                                .q = c.slope ? f.c[b + 1] : q,
                                .chi2 = f.chi2,
                                .T0_at_zero = f.bound && f.theta == 0.0};
    return f.c[b] > 0.0;
}

/* Weighted line ln eta = c + q / T through the points from ... to-1; held: q, or NULL. Returns its chi2. */
static double line(const vt_kink *ws, size_t from, size_t to, const double *held, double *c, double *q)
{
    double W = 0.0, mx = 0.0, my = 0.0, sxx = 0.0, sxy = 0.0, chi2 = 0.0;
    for (size_t i = from; i < to; i++) {
        const double w2 = ws->w[i] * ws->w[i];
        W += w2;
        mx += w2 * ws->x[i];
        my += w2 * ws->y[i];
    }
    mx /= W;
    my /= W;
    for (size_t i = from; i < to; i++) {
        const double w2 = ws->w[i] * ws->w[i], dx = ws->x[i] - mx;
        sxx += w2 * dx * dx;
        sxy += w2 * dx * (ws->y[i] - my);
    }
    *q = held ? *held : sxy / sxx;
    *c = my - *q * mx;
    for (size_t i = from; i < to; i++) {
        const double r = ws->w[i] * (ws->y[i] - *c - *q * ws->x[i]);
        chi2 += r * r;
    }
    return chi2;
}

static double glass_line(const vt_kink *ws, const vt_kink_options *opt, size_t m, double *c, double *q)
{
    const double held = opt->held.Qg / VT_BOLTZMANN;
    return line(ws, m, ws->n, opt->hold_Qg ? &held : NULL, c, q);
}

/* Crossing of liquid and glass line between lo and hi: a + B/(T - T0) = c + q/T; 0 if there is none. The upper one of
 * two. */
static double crossing(const vti_kink_candidate *l, double c, double lo, double hi)
{
    const double A = l->a - c, b = l->B - l->q - A * l->T0, k = l->q * l->T0;
    const double disc = b * b - 4.0 * A * k;
    if (!(disc >= 0.0)) return 0.0;
    const double s = -0.5 * (b + copysign(sqrt(disc), b));
    const double r1 = A != 0.0 ? s / A : 0.0, r2 = s != 0.0 ? k / s : 0.0;
    double best = 0.0;
    if (r1 >= lo && r1 <= hi && r1 > l->T0) best = r1;
    if (r2 >= lo && r2 <= hi && r2 > l->T0 && r2 > best) best = r2;
    return best;
}

static void keep(vti_kink_candidate *best, const vti_kink_candidate *c, size_t liquid)
{
    if (c->chi2 < best->chi2) {
        *best = *c;
        best->liquid = liquid;
    }
}

/* What the search has found so far. */
typedef struct survey {
    vti_kink_candidate *best;
    double liquid;           /* chi2 of a liquid branch: with more points it cannot be less */
    double glass;            /* the same of a glass branch */
    double hottest, coldest; /* data temperatures that were tried as the kink */
} survey;

/* Kink on a data temperature, m liquid points. */
static void corner(vt_kink *ws, const vt_kink_options *opt, double Tk, size_t m, survey *s)
{
    vti_kink_candidate c;
    if (Tk == s->hottest || Tk == s->coldest) return; /* a neighbour's end */
    s->hottest = fmax(s->hottest, Tk);
    s->coldest = fmin(s->coldest, Tk);
    if (fixed_kink(ws, opt, ws->n, Tk, &c)) keep(s->best, &c, m);
}

/* Best fit whose kink lies between sorted points m - 1 and m. */
static void division(vt_kink *ws, const vt_kink_options *opt, size_t m, survey *s)
{
    const double hi = ws->T[m - 1], lo = ws->T[m];
    vti_kink_candidate l;
    double c, q;
    s->glass = glass_line(ws, opt, m, &c, &q);
    if (s->liquid + s->glass > s->best->chi2 * (1.0 + 1e-9)) return; /* a bound; the liquid one is good to rounding */
    const bool rises = fixed_kink(ws, opt, m, 0.0, &l);
    const double chi2 = (rises ? l.chi2 : 0.0) + s->glass;
    if (rises) s->liquid = l.chi2;
    if (chi2 >= s->best->chi2) return; /* a bound of everything in this division */
    if (rises) {
        l.chi2 = chi2;
        l.q = q;
        l.Tk = opt->model == VT_KINK_JUMP ? (opt->hold_Tk ? opt->held.Tk : 0.5 * (lo + hi)) : crossing(&l, c, lo, hi);
        if (opt->model == VT_KINK_JUMP) l.jump = c + q / l.Tk - l.a - l.B / (l.Tk - l.T0);
        if (l.Tk > l.T0) {
            keep(s->best, &l, m);
            return;
        }
    }
    if (opt->model == VT_KINK_JUMP) return;
    corner(ws, opt, hi, m, s);
    corner(ws, opt, lo, m + 1, s);
}

/* Where two straight lines fit best: no result, only the place where the search starts. */
static size_t promising(const vt_kink *ws)
{
    size_t at = ws->m_min;
    double best = INFINITY, c, q;
    for (size_t m = ws->m_min; m <= ws->m_max; m++) {
        const double chi2 = line(ws, 0, m, NULL, &c, &q) + line(ws, m, ws->n, NULL, &c, &q);
        if (chi2 < best) best = chi2, at = m;
    }
    return at;
}

/* From the promising division both ways. With each step down the temperatures the liquid branch has more points, with
 * each step up the glass branch: once its chi2 alone exceeds the best, nothing beyond can be better. */
static void all_divisions(vt_kink *ws, const vt_kink_options *opt, vti_kink_candidate *best)
{
    survey s = {.best = best, .hottest = -INFINITY, .coldest = INFINITY};
    const size_t start = promising(ws);
    for (size_t m = start; m <= ws->m_max && !(s.liquid > best->chi2 * (1.0 + 1e-9)); m++)
        if (ws->T[m] < ws->T[m - 1]) division(ws, opt, m, &s);
    s.glass = 0.0;
    for (size_t m = start; m-- > ws->m_min && !(s.glass > best->chi2 * (1.0 + 1e-9));) {
        s.liquid = 0.0; /* of more points than here: no bound */
        if (ws->T[m] < ws->T[m - 1]) division(ws, opt, m, &s);
    }
}

static size_t count_liquid(const vt_kink *ws, double Tk)
{
    size_t m = 0;
    while (m < ws->n && ws->T[m] >= Tk) m++;
    return m;
}

bool vti_kink_search(vt_kink *ws, const vt_kink_options *opt, vti_kink_candidate *best)
{
    *best = (vti_kink_candidate){.chi2 = INFINITY};
    if (opt->model == VT_KINK_VFT || opt->model == VT_KINK_ARRHENIUS) {
        vt_kink_options o = *opt;
        o.hold_Qg = false;
        vti_kink_candidate c;
        if (fixed_kink(ws, &o, ws->n, 0.0, &c)) keep(best, &c, ws->n);
    } else if (opt->hold_Tk && opt->model == VT_KINK_CONTINUOUS) {
        vti_kink_candidate c;
        if (fixed_kink(ws, opt, ws->n, opt->held.Tk, &c)) keep(best, &c, count_liquid(ws, opt->held.Tk));
    } else if (opt->hold_Tk) {
        size_t m = count_liquid(ws, opt->held.Tk);
        m = m > ws->m_max ? ws->m_max : m;
        survey s = {.best = best, .hottest = -INFINITY, .coldest = INFINITY};
        division(ws, opt, m, &s);
    } else {
        all_divisions(ws, opt, best);
    }
    if (opt->model != VT_KINK_CONTINUOUS || !isfinite(best->chi2)) return isfinite(best->chi2);
    best->liquid = count_liquid(ws, best->Tk);
    return true;
}

double vti_kink_model(const vti_kink_candidate *c, double T)
{
    if (!(T < c->Tk)) return c->a + c->B / (T - c->T0);
    return c->a + c->B / (c->Tk - c->T0) + c->jump + c->q * (1.0 / T - 1.0 / c->Tk);
}
