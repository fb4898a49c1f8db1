/* Elastic branch before the first pop-in: Hertz, and its exponent left free. P19. */
#include "curve_internal.h"
#include <math.h>

enum { LEAST_POINTS = 8 };
static const double Q_LOW = 0.2, Q_HIGH = 1.5; /* 1/x: exponents 0.67 to 5 */

/* Ordinary line of h over x = (P/P_top)^(2/3) with its serial correlation. */
static void line(const double *x, const double *h, double top, vt_hertz_fit *f)
{
    double xm = 0.0, hm = 0.0, xx = 0.0, xh = 0.0, rss = 0.0, c1 = 0.0, before = 0.0;
    const double n = (double)f->n;
    for (size_t i = 0; i < f->n; i++) xm += x[i] / n, hm += h[i] / n;
    for (size_t i = 0; i < f->n; i++) xx += (x[i] - xm) * (x[i] - xm), xh += (x[i] - xm) * (h[i] - hm);
    const double b = xh / xx;
    for (size_t i = 0; i < f->n; i++) {
        const double r = h[i] - hm - b * (x[i] - xm);
        rss += r * r;
        if (i > 0) c1 += r * before;
        before = r;
    }
    f->n_eff = vti_effective(f->n, rss > 0.0 ? c1 / rss : 0.0, &f->r);
    f->s = sqrt(rss / (n - 2.0));
    const double scale = rss / (n - 2.0) * (1.0 + f->r) / (1.0 - f->r), u_b = sqrt(scale / xx);
    f->h0 = hm - b * xm;
    f->u_h0 = sqrt(scale * (1.0 / n + xm * xm / xx));
    f->K = b > 0.0 ? top / (b * sqrt(b)) : NAN;
    f->u_K = 1.5 * f->K * u_b / b;
}

vt_status vt_indent_hertz_fit(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to, double P_air,
                              double low, vt_hertz_fit *fit, vt_error *err)
{
    const vt_status st = vti_curve_check(ws, c, err);
    if (st != VT_OK) return st;
    if (!fit || from > to || to > c->n || !isfinite(P_air) || !(low > 0.0 && low < 1.0))
        return vt_fail(err, VT_EARG, "samples %zu to %zu of %zu, P_air = %g N, low = %g: need low between 0 and 1",
                       from, to, c->n, P_air, low);
    double top = 0.0;
    for (size_t i = from; i < to; i++) top = vti_max(top, c->P[i] - P_air);
    size_t start = to; /* after the last sample below `low` */
    while (start > from && c->P[start - 1] - P_air >= low * top) start--;
    vt_hertz_fit f = {.n = to - start};
    if (f.n < LEAST_POINTS)
        return vt_fail(err, VT_EDOF, "%zu samples between %g N and %g N: need %d for the elastic branch", f.n,
                       low * top, top, LEAST_POINTS);
    double *ln_x = ws->a, *x = ws->sum[0];
    for (size_t i = 0; i < f.n; i++) {
        ln_x[i] = log((c->P[start + i] - P_air) / top);
        x[i] = exp(2.0 / 3.0 * ln_x[i]);
    }
    line(x, c->h + start, top, &f);
    if (!isfinite(f.K) || !(f.K > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL, "the depth does not grow with the load over %zu samples up to %g N", f.n,
                       top);
    vti_power p = {0};
    if (!vti_power_fit(f.n, c->h + start, ln_x, ws->b, Q_LOW, Q_HIGH, &p))
        return vt_fail(err, VT_ENOCONV, "the exponent of the elastic branch is not determined by %zu samples", f.n);
    double r;
    (void)vti_effective(f.n, p.r1, &r);
    f.exponent = 1.0 / p.q;
    f.u_exponent = sqrt(p.cov[8] * p.rss / ((double)f.n - 3.0) * (1.0 + r) / (1.0 - r)) / (p.q * p.q);
    *fit = f;
    return VT_OK;
}
