/* Zero point: P - P_air = a (h - h0)^k over the start of the first loading. P19 step 1. */
#include "curve_internal.h"
#include <math.h>

enum { LEAST_POINTS = 8 };

typedef struct problem {
    const double *h, *P; /* window */
    double *w;           /* weights, scratch */
    size_t n;
    double k, P_air;
    double u_h, u_P; /* noise */
    double a, h0;
} problem;

/* Normal equations in (a, h0) and what goes with them. */
typedef struct normal {
    double aa, ah, hh, ra, rh, chi2; /* J'WJ, J'Wr, r'Wr */
    double sa, sh;                   /* J'W1: effect of the load in air */
} normal;

/* z^k and its derivative k z^(k-1); 0 before contact. */
static void power(double z, double k, double *value, double *slope)
{
    *value = *slope = 0.0;
    if (!(z > 0.0)) return;
    const double root = k == 2.0 ? z : sqrt(z);
    *value = z * root;
    *slope = k * root;
}

/* Variance of a load residual: noise of the load, and of the depth through the slope of the law. The slope is taken at
 * the measured load, whose error has nothing to do with that of the depth; near contact at one noise of depth. */
static void weigh(problem *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const double P = vti_max(p->P[i] - p->P_air, 0.0), z = vti_max(pow(P / p->a, 1.0 / p->k), p->u_h);
        double value, slope;
        power(z, p->k, &value, &slope);
        const double v = p->a * slope * p->u_h;
        p->w[i] = 1.0 / (p->u_P * p->u_P + v * v);
    }
}

static normal equations(const problem *p)
{
    normal N = {0};
    for (size_t i = 0; i < p->n; i++) {
        double value, slope;
        power(p->h[i] - p->h0, p->k, &value, &slope);
        const double r = p->P[i] - p->P_air - p->a * value, dh = -p->a * slope, w = p->w[i];
        N.aa += w * value * value, N.ah += w * value * dh, N.hh += w * dh * dh;
        N.ra += w * value * r, N.rh += w * dh * r, N.chi2 += w * r * r;
        N.sa += w * value, N.sh += w * dh;
    }
    return N;
}

/* Line through h over (P - P_air)^(1/k), upper three quarters of the window: where the iteration starts. */
static bool start_at(problem *p)
{
    const double top = p->P[p->n - 1] - p->P_air;
    double m = 0.0, xm = 0.0, ym = 0.0, xx = 0.0, xy = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const double P = p->P[i] - p->P_air;
        if (!(P > 0.25 * top)) continue;
        const double x = pow(P, 1.0 / p->k);
        m += 1.0;
        const double dx = x - xm, dy = p->h[i] - ym;
        xm += dx / m, ym += dy / m;
        xx += dx * (x - xm), xy += dx * (p->h[i] - ym);
    }
    if (!(xx > 0.0) || !(xy > 0.0)) return false;
    const double slope = xy / xx;
    p->h0 = ym - slope * xm;
    p->a = pow(slope, -p->k);
    return true;
}

/* Gauss-Newton with weights that follow the law. */
static bool iterate(problem *p, normal *N)
{
    const double span = p->h[p->n - 1] - p->h0;
    for (int round = 0; round < 100; round++) {
        weigh(p);
        *N = equations(p);
        const double det = N->aa * N->hh - N->ah * N->ah;
        if (!(det > 0.0)) return false;
        double da = (N->ra * N->hh - N->rh * N->ah) / det, dh = (N->rh * N->aa - N->ra * N->ah) / det;
        const double most = vti_max(fabs(dh) / (0.3 * span), fabs(da) / (0.5 * p->a));
        if (most > 1.0) da /= most, dh /= most;
        /* Where the minimum lies at a reading, steps from its two sides meet there and never end: shorten them. */
        if (round > 30) da *= pow(0.7, round - 30), dh *= pow(0.7, round - 30);
        p->a += da;
        p->h0 += dh;
        if (!(p->a > 0.0) || !isfinite(p->h0)) return false;
        if (fabs(dh) <= 1e-11 * span) return true;
    }
    return false;
}

static double lag_one(const problem *p)
{
    double c0 = 0.0, c1 = 0.0, before = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        double value, slope;
        power(p->h[i] - p->h0, p->k, &value, &slope);
        const double r = sqrt(p->w[i]) * (p->P[i] - p->P_air - p->a * value);
        c0 += r * r;
        if (i > 0) c1 += r * before;
        before = r;
    }
    return c0 > 0.0 ? c1 / c0 : 0.0;
}

/* What either regression says. */
typedef struct solution {
    double chi2, r1, n;  /* weighted residuals: sum of squares, lag-1 autocorrelation, number */
    double v_h0, v_a;    /* variances for chi2/(n - 2) = 1 */
    double air_h, air_a; /* derivatives with respect to the load in air */
} solution;

/* Load on depth. */
static bool solve_load(problem *p, solution *s)
{
    normal N;
    if (!iterate(p, &N)) return false;
    const double det = N.aa * N.hh - N.ah * N.ah;
    *s = (solution){.chi2 = N.chi2,
                    .r1 = lag_one(p),
                    .n = (double)p->n,
                    .v_h0 = N.aa / det,
                    .v_a = N.hh / det,
                    .air_h = (N.sh * N.aa - N.sa * N.ah) / det,
                    .air_a = (N.sa * N.hh - N.sh * N.ah) / det};
    return true;
}

/* Moments of the line h = h0 + b x, x = (P - P_air)^(1/k), b = a^(-1/k); e: what the load in air does to h. */
typedef struct moments {
    double w, x, xx, h, xh, e, xe;
} moments;

static moments line_moments(const problem *p, size_t from)
{
    moments m = {0};
    const double b = pow(p->a, -1.0 / p->k);
    for (size_t i = from; i < p->n; i++) {
        const double P = p->P[i] - p->P_air, x = pow(P, 1.0 / p->k), slope = b * x / (p->k * P), u = slope * p->u_P;
        const double w = 1.0 / (p->u_h * p->u_h + u * u), h = p->h[i] - p->h[p->n - 1];
        p->w[i] = w;
        m.w += w, m.x += w * x, m.xx += w * x * x, m.h += w * h, m.xh += w * x * h;
        m.e += w * slope, m.xe += w * x * slope;
    }
    return m;
}

/* Depth on load, from the first sample after the last one within five noises of the load in air. */
static bool solve_depth(problem *p, solution *s)
{
    size_t from = p->n;
    while (from > 0 && p->P[from - 1] - p->P_air >= 5.0 * p->u_P) from--;
    if (p->n < from + LEAST_POINTS) return false;
    moments m = {0};
    double det = 0.0, b = 0.0, h0 = 0.0;
    for (int round = 0; round < 8; round++) { /* the weights hardly depend on a */
        m = line_moments(p, from);
        det = m.w * m.xx - m.x * m.x;
        if (!(det > 0.0)) return false;
        b = (m.w * m.xh - m.x * m.h) / det;
        h0 = (m.xx * m.h - m.x * m.xh) / det;
        if (!(b > 0.0)) return false;
        p->a = pow(b, -p->k);
    }
    p->h0 = h0 + p->h[p->n - 1];
    *s = (solution){.n = (double)(p->n - from), .v_h0 = m.xx / det};
    s->v_a = m.w / det * pow(p->k * p->a / b, 2.0);
    s->air_h = (m.xx * m.e - m.x * m.xe) / det;
    s->air_a = -(m.w * m.xe - m.x * m.e) / det * p->k * p->a / b;
    double c1 = 0.0, before = 0.0;
    for (size_t i = from; i < p->n; i++) {
        const double r = sqrt(p->w[i]) * (p->h[i] - p->h0 - b * pow(p->P[i] - p->P_air, 1.0 / p->k));
        s->chi2 += r * r;
        if (i > from) c1 += r * before;
        before = r;
    }
    s->r1 = s->chi2 > 0.0 ? c1 / s->chi2 : 0.0;
    return true;
}

/* Depth noise that counts for more than this many load noises, half way up the window: depth on load. */
static const double DEPTH_ON_LOAD = 3.0;

static bool solve(problem *p, solution *s)
{
    if (!start_at(p)) return false;
    const double P = 0.5 * (p->P[p->n - 1] - p->P_air), slope = p->k * P / pow(P / p->a, 1.0 / p->k);
    return p->u_h * slope > DEPTH_ON_LOAD * p->u_P ? solve_depth(p, s) : solve_load(p, s);
}

static void results(const problem *p, const solution *s, double u_P_air, double quantum, vt_indent_zero *z)
{
    z->k = p->k;
    z->a = p->a;
    z->h0 = p->h0;
    z->chi = sqrt(s->chi2 / (s->n - 2.0));
    z->n_eff = vti_effective((size_t)s->n, s->r1, &z->r);
    z->dof = vti_max(z->n_eff - 2.0, 1.0);
    const double scale = z->chi * z->chi * (1.0 + z->r) / (1.0 - z->r);
    const double step = quantum > 3.0 * p->u_h ? quantum * quantum / 12.0 : 0.0; /* procedure 1.1, step 7 */
    z->u_h0 = sqrt(s->v_h0 * scale + s->air_h * s->air_h * u_P_air * u_P_air + step);
    z->u_a = sqrt(s->v_a * scale + s->air_a * s->air_a * u_P_air * u_P_air);
    double ss = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        double value, slope;
        power(p->h[i] - p->h0, p->k, &value, &slope);
        const double r = p->P[i] - p->P_air - p->a * value;
        ss += r * r;
    }
    z->s = sqrt(ss / ((double)p->n - 2.0));
}

/* Samples of the window; as many points in air as in contact. */
static vt_status window(const vt_indent_curve *c, const vt_indent_segments *seg, const vt_indent_zero_options *o,
                        vt_indent_zero *z, vt_error *err)
{
    const vt_indent_cycle *cy = &seg->cycle[0];
    const double peak = cy->P_max - seg->P_air, high = seg->P_air + o->high * peak, low = seg->P_air + o->low * peak;
    const size_t begin = cy->load_from;
    size_t to = begin;
    if (c->P[begin] > high)
        return vt_fail(err, VT_EREFERENCE,
                       "the record starts at %g N, above the window of the zero point (%g N): contact was not recorded",
                       c->P[begin], high);
    while (to < cy->hold_from && c->P[to] <= high) to++;
    size_t from = begin;
    if (o->low > 0.0)
        while (from < to && c->P[from] < low) from++;
    else
        from = to - begin < begin ? begin - (to - begin) : 0;
    if (to < begin + LEAST_POINTS || to < from + LEAST_POINTS)
        return vt_fail(err, VT_EDOF, "%zu samples below %g of the first peak load: need %d to find the contact",
                       to - begin, o->high, LEAST_POINTS);
    z->from = from;
    z->to = to;
    return VT_OK;
}

static vt_status settle(const vt_indent_zero_options *opt, vt_indent_zero_options *o, vt_error *err)
{
    *o = opt ? *opt : (vt_indent_zero_options){0};
    if (o->high == 0.0) o->high = 0.1;
    if (!(o->low >= 0.0 && o->low < o->high && o->high <= 1.0))
        return vt_fail(err, VT_EARG, "window from %g to %g of the first peak: need 0 <= low < high <= 1", o->low,
                       o->high);
    if (o->law != VT_INDENT_ZERO_CONE && o->law != VT_INDENT_ZERO_SPHERE)
        return vt_fail(err, VT_EARG, "no such law of contact: %d", (int)o->law);
    return VT_OK;
}

vt_status vt_indent_zero_fit(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_segments *seg,
                             const vt_indent_zero_options *opt, vt_indent_zero *zero, vt_error *err)
{
    vt_indent_zero_options o;
    vt_indent_zero z = {0};
    solution found = {0};
    vt_status st;
    VT_TRY(st = vti_curve_check(ws, c, err));
    VT_TRY(st = settle(opt, &o, err));
    if (!seg || !seg->cycle || !zero) return vt_fail(err, VT_EARG, "segments or place for the zero point are NULL");
    if (seg->cycles == 0 || seg->cycle[0].hold_from > c->n || seg->cycle[0].load_from >= c->n)
        return vt_fail(err, VT_EARG, "the segments do not belong to this record of %zu samples", c->n);
    VT_TRY(st = window(c, seg, &o, &z, err));
    const double top = c->P[z.to - 1] - seg->P_air;
    problem p = {.h = c->h + z.from,
                 .P = c->P + z.from,
                 .w = ws->b,
                 .n = z.to - z.from,
                 .k = o.law == VT_INDENT_ZERO_CONE ? 2.0 : 1.5,
                 .P_air = seg->P_air,
                 .u_h = seg->noise.h,
                 .u_P = vti_max(seg->noise.P, 1e-9 * top)};
    if (!solve(&p, &found))
        return vt_fail(err, VT_ENOCONV, "no zero point: the first %zu samples, up to %g N, do not follow a (h - h0)^%g",
                       p.n, top, p.k);
    results(&p, &found, seg->u_P_air, vti_quantum(p.n, p.h), &z);
    z.contact = z.to - 1;
    while (z.contact > 0 && c->h[z.contact] > z.h0) z.contact--;
    if (c->h[z.contact] < z.h0) z.contact++;
    *zero = z;
done:
    return st;
}

vt_status vt_indent_zero_stiffness(size_t n, const double *h, const double *S, double threshold, double *h0,
                                   double *u_h0, vt_error *err)
{
    if (!h || !S || !h0 || !u_h0) return vt_fail(err, VT_EARG, "depth, stiffness or a result is NULL");
    if (!(threshold > 0.0)) return vt_fail(err, VT_EARG, "threshold %g N/m must be above 0", threshold);
    size_t above = n, below = n; /* first of the samples that stay above; last one below it */
    for (size_t i = n; i-- > 0;) {
        if (!isfinite(h[i])) return vt_fail(err, VT_ENAN, "h[%zu] = %g m is not finite", i, h[i]);
        if (below < n || !isfinite(S[i])) continue;
        if (S[i] > threshold)
            above = i;
        else
            below = i;
    }
    if (above == n || below == n)
        return vt_fail(err, VT_EREFERENCE, "the stiffness is %s the threshold of %g N/m over all %zu samples: %s",
                       above == n ? "below" : "above", threshold, n,
                       above == n ? "lower it" : "raise it, or record the approach");
    const double part = (threshold - S[below]) / (S[above] - S[below]), gap = h[above] - h[below];
    *h0 = h[below] + part * gap;
    *u_h0 = fabs(gap) / sqrt(12.0);
    return VT_OK;
}
