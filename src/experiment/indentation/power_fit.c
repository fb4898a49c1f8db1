/* h = h0 + D x^q by variable projection: h0 and D are linear given q; Gauss-Newton in q. */
#include "curve_internal.h"
#include <math.h>

/* Sums of the columns 1, f = x^q, g = D ln(x) f about their means, and of the residuals. */
typedef struct columns {
    double fm, gm, hm, ff, fg, gg, fh, gh, hh; /* g without the factor D */
} columns;

static columns sums(size_t n, const double *h, const double *ln_x, double *f, double q)
{
    columns s = {0};
    double sum_f = 0.0, sum_g = 0.0, sum_h = 0.0;
    for (size_t i = 0; i < n; i++) {
        f[i] = exp(q * ln_x[i]);
        sum_f += f[i];
        sum_g += ln_x[i] * f[i];
        sum_h += h[i];
    }
    const double m = (double)n;
    s.fm = sum_f / m, s.gm = sum_g / m, s.hm = sum_h / m;
    for (size_t i = 0; i < n; i++) {
        const double df = f[i] - s.fm, dg = ln_x[i] * f[i] - s.gm, dh = h[i] - s.hm;
        s.ff += df * df, s.fg += df * dg, s.gg += dg * dg;
        s.fh += df * dh, s.gh += dg * dh, s.hh += dh * dh;
    }
    return s;
}

static double rss_of(const columns *s)
{
    return s->hh - s->fh * s->fh / s->ff;
}

/* Residuals at the solution: sum of squares without cancellation, and their serial correlation. */
static void residuals(size_t n, const double *h, const double *f, vti_power *p)
{
    double before = 0.0, c1 = 0.0;
    p->rss = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double e = h[i] - p->h0 - p->D * f[i];
        p->rss += e * e;
        if (i > 0) c1 += e * before;
        before = e;
    }
    p->r1 = p->rss > 0.0 ? c1 / p->rss : 0.0;
}

/* (J'J)^-1 for h0, D, q. */
static bool covariance(size_t n, const columns *s, vti_power *p)
{
    const double G = p->D, det = (s->ff * s->gg - s->fg * s->fg) * G * G;
    if (!(det > 0.0)) return false;
    const double vD = s->gg * G * G / det, vq = s->ff / det, vDq = -s->fg * G / det;
    const double f = s->fm, g = s->gm * G;
    double *v = p->cov;
    v[4] = vD, v[8] = vq, v[5] = v[7] = vDq;
    v[1] = v[3] = -(f * vD + g * vDq);
    v[2] = v[6] = -(f * vDq + g * vq);
    v[0] = 1.0 / (double)n + f * f * vD + 2.0 * f * g * vDq + g * g * vq;
    return true;
}

/* Best of a few exponents. */
static bool start_of(size_t n, const double *h, const double *ln_x, double *f, double q_low, double q_high, double *q)
{
    enum { STARTS = 4 };
    double best = INFINITY;
    for (int k = 0; k < STARTS; k++) {
        const double trial = q_low + (q_high - q_low) * (0.5 + k) / STARTS;
        const columns s = sums(n, h, ln_x, f, trial);
        if (rss_of(&s) < best) best = rss_of(&s), *q = trial;
    }
    return best < INFINITY;
}

/* Gauss-Newton step in q, at most a quarter of the range; halved until the sum of squares does not grow. Returns the
 * size of the step taken; *s belongs to the new q. */
static double advance(size_t n, const double *h, const double *ln_x, double *f, const double range[2], double *q,
                      columns *s)
{
    const double D = s->fh / s->ff, det = s->ff * s->gg - s->fg * s->fg, cap = 0.25 * (range[1] - range[0]);
    if (!(det > 0.0) || D == 0.0) return NAN;
    const double step = vti_max(-cap, vti_min(cap, (s->gh * s->ff - s->fh * s->fg) / (det * D)));
    double move = vti_max(range[0], vti_min(range[1], *q + step)) - *q;
    const double limit = rss_of(s) + 1e-12 * s->hh; /* the difference of large sums is not better than that */
    columns next = sums(n, h, ln_x, f, *q + move);
    for (int k = 0; k < 30 && rss_of(&next) > limit; k++) {
        move *= 0.5;
        next = sums(n, h, ln_x, f, *q + move);
    }
    *q += move;
    *s = next;
    return fabs(move);
}

bool vti_power_fit(size_t n, const double *h, const double *ln_x, double *f, double q_low, double q_high,
                   vti_power *out)
{
    enum { ROUNDS = 60 };
    const double range[2] = {q_low, q_high};
    double q = 0.0, before = INFINITY;
    if (!start_of(n, h, ln_x, f, q_low, q_high, &q)) return false;
    columns s = sums(n, h, ln_x, f, q);
    for (int round = 0; round < ROUNDS; round++) {
        const double moved = advance(n, h, ln_x, f, range, &q, &s);
        if (!isfinite(moved)) return false;
        /* Rest: a millionth of the uncertainty of q; or, in exact data, steps that are rounding. */
        const double det = (s.ff * s.gg - s.fg * s.fg) * s.fh * s.fh / (s.ff * s.ff);
        const double u2 = vti_max(rss_of(&s), 0.0) / (double)n * s.ff / det;
        if (moved * moved <= 1e-12 * u2 || moved == 0.0 || (moved < 1e-9 && moved >= 0.5 * before)) break;
        before = moved;
    }
    vti_power p = {.q = q, .D = s.fh / s.ff};
    p.h0 = s.hm - p.D * s.fm;
    residuals(n, h, f, &p);
    if (!covariance(n, &s, &p)) return false;
    *out = p;
    return q > q_low && q < q_high;
}
