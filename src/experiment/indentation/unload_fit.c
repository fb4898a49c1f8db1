/* Unloading power law of one cycle and the stiffness at its start. P19 steps 4 and 5. */
#include "curve_internal.h"
#include <math.h>

static const double Q_LOW = 0.125, Q_HIGH = 1.5; /* 1/m: exponents 0.67 to 8 are looked at, few are accepted */
enum { LEAST_POINTS = 8 };

static vt_status settle(const vt_unload_options *opt, vt_unload_options *o, vt_error *err)
{
    *o = opt ? *opt : (vt_unload_options){0};
    if (o->high == 0.0) o->high = 0.98;
    if (o->low == 0.0) o->low = 0.2;
    if (o->m_low == 0.0) o->m_low = 1.1;
    if (o->m_high == 0.0) o->m_high = 2.0;
    if (!(o->high <= 1.0) || !(o->low > 0.0) || !(o->low < o->high))
        return vt_fail(err, VT_EARG, "window from %g to %g of the largest load: need 0 < low < high <= 1", o->high,
                       o->low);
    if (!(o->m_low > 0.0) || !(o->m_high > o->m_low) || !isfinite(o->P_air))
        return vt_fail(err, VT_EARG, "exponents from %g to %g and a load in air of %g N are no limits", o->m_low,
                       o->m_high, o->P_air);
    return VT_OK;
}

/* Samples of the window: from the first at or below high to the last before the load falls below low. */
static void window(const vt_indent_curve *c, const vt_indent_cycle *cy, const vt_unload_options *o, double P_max,
                   vt_unload_fit *fit)
{
    size_t from = cy->unload_from, to;
    while (from < cy->unload_to && c->P[from] - o->P_air > o->high * P_max) from++;
    to = from;
    while (to < cy->unload_to && c->P[to] - o->P_air >= o->low * P_max) to++;
    fit->from = from;
    fit->to = to;
}

/* Logarithms of the loads over P_max into ws->a; the load itself must be positive (low > 0 sees to it). */
static void take_loads(vt_indent_work *ws, const vt_indent_curve *c, double P_air, vt_unload_fit *fit)
{
    fit->high = 0.0;
    fit->low = INFINITY;
    fit->n = fit->to - fit->from;
    for (size_t i = 0; i < fit->n; i++) {
        const double x = (c->P[fit->from + i] - P_air) / fit->P_max;
        fit->high = vti_max(fit->high, x);
        fit->low = vti_min(fit->low, x);
        ws->a[i] = log(x);
    }
}

/* What the law says at P_max, with covariances: cov of (h_f, D, q) from the residuals, carried to m = 1/q. */
static void results(const vti_power *p, bool on_depth, double quantum, vt_unload_fit *f)
{
    const double n = (double)f->n;
    double s2 = p->rss / (n - 3.0);
    f->s = sqrt(s2) * (on_depth ? p->D * p->q : 1.0); /* a residual of the load over P_max, as depth: over m/D */
    if (!on_depth && quantum > 3.0 * f->s) s2 += quantum * quantum / 12.0; /* procedure 1.1, step 7 */
    const double r1 = p->r1;
    f->n_eff = vti_effective(f->n, r1, &f->r);
    f->dof = vti_max(f->n_eff - 3.0, 1.0);
    f->correlated = !(f->n_eff >= 8.0);
    f->h_f = p->h0;
    f->D = p->D;
    f->m = 1.0 / p->q;
    f->alpha = f->P_max / pow(f->D, f->m);
    const double scale = s2 * (1.0 + f->r) / (1.0 - f->r), dm = -f->m * f->m; /* dm/dq */
    const double J[3] = {1.0, 1.0, dm};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) f->cov[3 * i + j] = scale * p->cov[3 * i + j] * J[i] * J[j];
    const double *v = f->cov;
    f->u_m = sqrt(v[8]);
    f->h_max = f->h_f + f->D;
    f->u_h_max = sqrt(vti_max(v[0] + 2.0 * v[1] + v[4], 0.0));
    f->S = f->m * f->P_max / f->D;
    const double SD = -f->S / f->D, Sm = f->P_max / f->D; /* dS/dD, dS/dm */
    f->u_S = sqrt(vti_max(SD * SD * v[4] + 2.0 * SD * Sm * v[5] + Sm * Sm * v[8], 0.0));
    f->cov_S_h = SD * (v[1] + v[4]) + Sm * (v[2] + v[5]);
    f->cov_S_m = SD * v[5] + Sm * v[8];
    f->cov_h_m = v[2] + v[5];
}

/* Least-squares answer of h_max, S and m to a depth that loses the load times a compliance; ln_x, h: of the window. */
static void answer_to_compliance(const vti_power *p, bool on_depth, const double *ln_x, const double *h,
                                 vt_unload_fit *f)
{
    double b[3] = {0.0, 0.0, 0.0}, d[3];
    for (size_t i = 0; i < f->n; i++) {
        const double z = on_depth ? (h[i] - p->h0) / p->D : 1.0;
        if (!(z > 0.0)) continue;
        const double ln = on_depth ? log(z) / p->q : ln_x[i], power = on_depth ? z : exp(p->q * ln);
        const double slope = on_depth ? exp(ln) / (z * p->q * p->D) : 1.0; /* of the load over depth: its weight */
        const double lost = -slope * slope * f->P_max * exp(ln_x[i]);
        b[0] += lost;
        b[1] += lost * power;
        b[2] += lost * p->D * ln * power;
    }
    for (int i = 0; i < 3; i++) d[i] = p->cov[3 * i] * b[0] + p->cov[3 * i + 1] * b[1] + p->cov[3 * i + 2] * b[2];
    f->dC[0] = d[0] + d[1];
    f->dC[2] = -f->m * f->m * d[2];
    f->dC[1] = f->P_max / f->D * f->dC[2] - f->S / f->D * d[1];
}

static vt_status check_window(const vt_indent_curve *c, const vt_unload_fit *f, const vt_unload_options *o,
                              vt_error *err)
{
    for (size_t i = f->from; i < f->to; i++)
        if (!isfinite(c->h[i]) || !isfinite(c->P[i]))
            return vt_fail(err, VT_ENAN, "sample %zu: depth %g m, load %g N must be finite", i, c->h[i], c->P[i]);
    if (f->to - f->from < LEAST_POINTS)
        return vt_fail(err, VT_EDOF,
                       "%zu samples of the unloading lie between %g and %g of its largest load (%g N): need %d; widen "
                       "the window or sample faster",
                       f->to - f->from, o->high, o->low, f->P_max, LEAST_POINTS);
    return VT_OK;
}

vt_status vt_unload_fit_cycle(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_cycle *cycle,
                              const vt_unload_options *opt, vt_unload_fit *fit, vt_error *err)
{
    vt_unload_options o;
    vti_power p = {0};
    vt_status st;
    VT_TRY(st = vti_curve_check(ws, c, err));
    VT_TRY(st = settle(opt, &o, err));
    if (!cycle || !fit) return vt_fail(err, VT_EARG, "cycle or place for the fit is NULL");
    if (cycle->unload_from > cycle->unload_to || cycle->unload_to > c->n)
        return vt_fail(err, VT_EARG, "unloading from sample %zu to %zu does not lie in a record of %zu",
                       cycle->unload_from, cycle->unload_to, c->n);
    vt_unload_fit f = {.P_max = cycle->P_max - o.P_air};
    if (!(f.P_max > 0.0))
        return vt_fail(err, VT_ESIGN, "largest load %g N is not above that in air, %g N", cycle->P_max, o.P_air);
    window(c, cycle, &o, f.P_max, &f);
    VT_TRY(st = check_window(c, &f, &o, err));
    take_loads(ws, c, o.P_air, &f);
    if (!(f.high - f.low >= 0.1))
        return vt_fail(err, VT_ENARROW, "the unloading spans %.3g to %.3g of its largest load: need a tenth of it",
                       f.low, f.high);
    const bool inside = vti_power_fit(f.n, c->h + f.from, ws->a, ws->b, Q_LOW, Q_HIGH, &p);
    if (!(p.D != 0.0)) return vt_fail(err, VT_ENOCONV, "the depth does not determine an unloading law");
    if (o.load_on_depth && inside) {
        vti_power on = {.scratch = ws->b};
        for (size_t i = 0; i < f.n; i++) ws->sum[0][i] = (c->P[f.from + i] - o.P_air) / f.P_max;
        if (!vti_power_fit_load(f.n, c->h + f.from, ws->sum[0], &p, &on))
            return vt_fail(err, VT_ENOCONV, "the load does not determine an unloading law over depth");
        p = on;
    }
    results(&p, o.load_on_depth && inside, vti_quantum(f.n, c->h + f.from), &f);
    answer_to_compliance(&p, o.load_on_depth && inside, ws->a, c->h + f.from, &f);
    *fit = f;
    if (!inside || !(f.D > 0.0) || !(f.m > o.m_low && f.m < o.m_high))
        return vt_fail(err, VT_EUNLOAD_FIT,
                       "unloading exponent m = %.4g (h_f = %g m, h_max = %g m) is outside %g to %g: not an elastic "
                       "unloading of one contact, or a wrong window",
                       f.m, f.h_f, f.h_max, o.m_low, o.m_high);
done:
    return st;
}
