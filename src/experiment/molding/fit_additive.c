/* Additive model: y = 1/2 ln(a d^2 + b/d), by Gauss-Newton in (ln a, ln b) with iterated weights (P09).
 *
 * Two parameters that each dominate one end of the data: the 2 x 2 normal equations are solved directly. A general
 * solver is not used because a bootstrap of a study makes some hundred thousand of these fits. */
#include "length_internal.h"
#include <vitrum/molding_law.h>
#include <math.h>

enum { ITERATIONS = 60, HALVINGS = 20, REWEIGHTS = 60 };

const char *const VTI_LENGTH_MODEL_NAME[VTI_LENGTH_MODELS] = {"additive", "fastest-wins", "viscous-only",
                                                              "diffusion-only", "free-exponent"};

/* Sums over the points at one (ln a, ln b), with the weights of another. */
struct sums {
    double H_aa, H_ab, H_bb, g_a, g_b; /* J'WJ, J'Wr */
    double chi2, objective;
    double share_a, share_b; /* largest share of either term in any L^2 */
};

struct ab {
    double a, b; /* ln a, ln b */
};

/* Model with the entrance, by central differences: h is far above the root's tolerance. */
static double with_entrance(double ln_a, double ln_b, double ln_d, double grad[2], double *slope)
{
    const double h = 1e-4;
    double y[7];
    for (int i = 0; i < 7; i++) {
        const double s = i % 2 ? h : -h;
        const double ab[2] = {exp(ln_a + (i == 1 || i == 2 ? s : 0.0)), exp(ln_b + (i == 3 || i == 4 ? s : 0.0))};
        const double d = exp(ln_d + (i == 5 || i == 6 ? s : 0.0));
        double L;
        if (vt_molding_length_entrance(ab, 1, &d, &L, NULL) != VT_OK) return NAN;
        y[i] = log(L);
    }
    grad[0] = (y[1] - y[2]) / (2.0 * h);
    grad[1] = (y[3] - y[4]) / (2.0 * h);
    *slope = (y[5] - y[6]) / (2.0 * h);
    return y[0];
}

/* y, dy/d(ln a, ln b), dy/dln d. */
static double model(struct ab x, bool entrance, double ln_d, double grad[2], double *slope)
{
    if (entrance) return with_entrance(x.a, x.b, ln_d, grad, slope);
    const double lv = x.a + 2.0 * ln_d, li = x.b - ln_d; /* ln of the two squared lengths */
    const double top = lv > li ? lv : li, tail = exp(-fabs(lv - li));
    const double f = (lv > li ? 1.0 : tail) / (1.0 + tail); /* viscous share */
    grad[0] = 0.5 * f;
    grad[1] = 0.5 * (1.0 - f);
    *slope = 1.5 * f - 0.5;
    return 0.5 * (top + log1p(tail));
}

static void accumulate(const vti_lengths *p, struct ab x, struct ab weights, struct sums *s)
{
    const bool own = x.a == weights.a && x.b == weights.b;
    *s = (struct sums){0};
    for (size_t i = 0; i < p->n; i++) {
        double g[2], unused[2], slope, other;
        const double r = p->y[i] - model(x, p->entrance, p->ln_d[i], g, &slope);
        if (own)
            other = slope;
        else
            (void)model(weights, p->entrance, p->ln_d[i], unused, &other);
        const double s2 = p->s[i] * p->s[i], var = s2 + other * other * p->pore_u * p->pore_u, w = 1.0 / var;
        s->H_aa += w * g[0] * g[0];
        s->H_ab += w * g[0] * g[1];
        s->H_bb += w * g[1] * g[1];
        s->g_a += w * g[0] * r;
        s->g_b += w * g[1] * r;
        s->chi2 += w * r * r;
        s->objective += w * r * r + log(var / s2);
        s->share_a = fmax(s->share_a, 2.0 * g[0]);
        s->share_b = fmax(s->share_b, 2.0 * g[1]);
    }
}

/* a from the largest third of the diameters, b from the smallest. */
static struct ab start(const vti_lengths *p)
{
    const size_t m = p->n / 3 > 0 ? p->n / 3 : 1;
    struct ab x = {0};
    for (size_t i = 0; i < m; i++) {
        const size_t k = p->n - 1 - i;
        x.b += (2.0 * p->y[i] + p->ln_d[i]) / (double)m;
        x.a += (2.0 * p->y[k] - 2.0 * p->ln_d[k]) / (double)m;
    }
    return x;
}

/* One Gauss-Newton step with the weights held, shortened until chi2 falls; the size of the step taken. */
static double step(const vti_lengths *p, struct ab weights, struct sums *s, struct ab *x)
{
    const double det = s->H_aa * s->H_bb - s->H_ab * s->H_ab;
    const double da = (s->H_bb * s->g_a - s->H_ab * s->g_b) / det, db = (s->H_aa * s->g_b - s->H_ab * s->g_a) / det;
    const double size = fmax(fabs(da), fabs(db));
    if (!(size < INFINITY)) return INFINITY;
    double cut = size > 2.0 ? 2.0 / size : 1.0; /* e^2 per step at most */
    for (int i = 0; i < HALVINGS; i++, cut *= 0.5) {
        const struct ab y = {x->a + cut * da, x->b + cut * db};
        struct sums t;
        accumulate(p, y, weights, &t);
        if (!(t.chi2 <= s->chi2 * (1.0 + 1e-14))) continue;
        *x = y;
        *s = t;
        return cut * size;
    }
    return 0.0; /* at rest to rounding */
}

/* Minimum with the weights of one point held. */
static bool settle(const vti_lengths *p, struct ab weights, struct sums *s, struct ab *x)
{
    accumulate(p, *x, weights, s);
    for (int i = 0; i < ITERATIONS; i++) {
        const double moved = step(p, weights, s, x);
        if (!isfinite(moved) || !(s->share_a > 1e-3) || !(s->share_b > 1e-3)) return false;
        if (moved < 1e-6) return true; /* quadratic here: the next step would be 1e-12 */
    }
    return true;
}

static void sides(const vti_lengths *p, vti_length_fit *f)
{
    const double ln_dc = (f->ln_b - f->ln_a) / 3.0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->ln_d[i] < ln_dc)
            f->diffusive++;
        else
            f->viscous++;
    }
}

static void fill(const vti_lengths *p, struct ab x, vti_length_fit *f)
{
    struct sums s;
    accumulate(p, x, x, &s);
    const double det = s.H_aa * s.H_bb - s.H_ab * s.H_ab;
    f->ln_a = x.a;
    f->ln_b = x.b;
    f->V_aa = s.H_bb / det;
    f->V_bb = s.H_aa / det;
    f->V_ab = -s.H_ab / det;
    f->chi2 = s.chi2;
    f->objective = s.objective;
    sides(p, f);
}

vt_status vti_fit_additive(const vti_lengths *p, vti_length_fit *fit, vt_error *err)
{
    if (p->n < 2) return vt_fail(err, VT_EDOF, "%zu lengths for 2 parameters; measure more diameters", p->n);
    vti_length_fit f = {.model = VTI_ADDITIVE, .alpha = 1.0, .beta = -0.5, .n = p->n, .k = 2};
    struct ab x = start(p);
    struct sums s;
    double moved = INFINITY;
    for (int i = 0; i < REWEIGHTS && moved > 1e-7; i++) {
        const struct ab weights = x;
        if (!settle(p, weights, &s, &x))
            return vt_fail(err, VT_EONE_BRANCH, "the lengths show only one of viscous flow and interface diffusion");
        moved = fmax(fabs(x.a - weights.a), fabs(x.b - weights.b));
        if (i > 8)
            x = (struct ab){0.5 * (x.a + weights.a), 0.5 * (x.b + weights.b)}; /* two weightings that alternate */
    }
    if (!(moved <= 1e-4)) return vt_fail(err, VT_ENOCONV, "the weights of the additive fit did not settle (%g)", moved);
    fill(p, x, &f);
    if (!isfinite(f.V_aa) || !(f.V_aa > 0.0) || !(f.V_bb > 0.0))
        return vt_fail(err, VT_EONE_BRANCH, "viscous flow and interface diffusion are inseparable in these lengths");
    *fit = f;
    return VT_OK;
}

double vti_length_value(const vti_length_fit *f, bool entrance, double ln_d, double *slope)
{
    double g[2], unused;
    double *to = slope ? slope : &unused;
    const double lv = 0.5 * f->ln_a + ln_d, li = 0.5 * (f->ln_b - ln_d);
    switch (f->model) {
    case VTI_VISCOUS: *to = 1.0; return lv;
    case VTI_DIFFUSION: *to = -0.5; return li;
    case VTI_FASTEST: *to = lv >= li ? 1.0 : -0.5; return lv >= li ? lv : li;
    case VTI_ADDITIVE:
    case VTI_FREE:
    case VTI_LENGTH_MODELS: break;
    }
    return model((struct ab){f->ln_a, f->ln_b}, entrance, ln_d, g, to);
}

double vti_ln_crossing(const vti_length_fit *f, double *u)
{
    const double v = f->V_aa + f->V_bb - 2.0 * f->V_ab;
    if (u) *u = sqrt(v > 0.0 ? v : 0.0) / 3.0;
    return (f->ln_b - f->ln_a) / 3.0;
}

/* Objective minimal over one parameter while the other is held. */
static double profile(const vti_lengths *p, vti_length_model side, double held, double *other)
{
    struct sums s = {0};
    for (int i = 0; i < ITERATIONS; i++) {
        const struct ab x = side == VTI_DIFFUSION ? (struct ab){*other, held} : (struct ab){held, *other};
        accumulate(p, x, x, &s);
        const double H = side == VTI_DIFFUSION ? s.H_aa : s.H_bb, g = side == VTI_DIFFUSION ? s.g_a : s.g_b;
        if (!(H > 0.0)) break;
        const double move = fmax(-1.0, fmin(1.0, g / H));
        *other += move;
        if (fabs(move) < 1e-8) break;
    }
    return s.objective;
}

vt_status vti_length_limit(const vti_lengths *p, vti_length_model side, double drop, double *limit, double *other,
                           vt_error *err)
{
    /* The objective falls to a plateau as the weak term vanishes; its minimum lies at the fit or on the plateau. */
    vti_length_fit strong, both;
    vt_status st = vti_fit_single(p, side == VTI_DIFFUSION ? VTI_VISCOUS : VTI_DIFFUSION, &strong, err);
    if (st != VT_OK) return st;
    double o = side == VTI_DIFFUSION ? strong.ln_a : strong.ln_b, best = strong.objective;
    /* crossing at the near end of the data less four e-folds: the weak term is then below 1e-5 everywhere */
    const double end = side == VTI_DIFFUSION ? p->ln_d[0] : p->ln_d[p->n - 1];
    double low = side == VTI_DIFFUSION ? o + 3.0 * (end - 4.0) : o - 3.0 * (end + 4.0);
    if (vti_fit_additive(p, &both, NULL) == VT_OK && both.objective < best) {
        best = both.objective;
        low = side == VTI_DIFFUSION ? both.ln_b : both.ln_a;
        o = side == VTI_DIFFUSION ? both.ln_a : both.ln_b;
    }
    double high = low, step_up = 0.5, o_high = o;
    for (int i = 0; i < 200 && profile(p, side, high, &o_high) <= best + drop; i++) low = high, high += step_up;
    if (!(profile(p, side, high, &o_high) > best + drop))
        return vt_fail(err, VT_ENOCONV, "no limit found for the weaker mechanism");
    for (int i = 0; i < 50; i++) {
        const double mid = 0.5 * (low + high);
        o = o_high;
        if (profile(p, side, mid, &o) > best + drop)
            high = mid;
        else
            low = mid;
    }
    (void)profile(p, side, high, &o);
    *limit = high;
    *other = o;
    return VT_OK;
}
