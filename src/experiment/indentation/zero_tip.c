/* Zero point of depth through a tip of known area function: h = h0 + h_c(P/H) + q sqrt(P/H) + C_f P. P19 step 1. */
#include "curve_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/indent_zero.h>

enum { LEAST_POINTS = 8, ROUNDS = 60 };

/* Normal equations in (h0, ln H). */
typedef struct normal {
    double ss, sg, gg, rs, rg, chi2, lag; /* J'WJ, J'Wr, r'Wr, products of neighbouring residuals */
} normal;

static vt_status check(const vt_zero_tip *tip, size_t n, const double *h, const double *P, const vt_zero_tip_fit *fit,
                       vt_error *err)
{
    if (!tip || !tip->area || !h || !P || !fit) return vt_fail(err, VT_EARG, "tip, readings or result is NULL");
    if (!(tip->r >= 0.0 && tip->r < 1.0))
        return vt_fail(err, VT_EARG, "correlation r = %g of the noise must be in [0, 1)", tip->r);
    if (!(tip->q >= 0.0) || !(tip->H > 0.0) || !(tip->u_h >= 0.0) || !(tip->u_P >= 0.0) || !(tip->u_h + tip->u_P > 0.0))
        return vt_fail(err, VT_EARG, "q = %g >= 0, H = %g Pa > 0, noise %g m and %g N >= 0, not both 0", tip->q, tip->H,
                       tip->u_h, tip->u_P);
    if (!isfinite(tip->C_f)) return vt_fail(err, VT_EARG, "C_f = %g m/N is not finite", tip->C_f);
    if (n < LEAST_POINTS)
        return vt_fail(err, VT_EDOF, "%zu readings of the first loading: need %d to find the contact", n, LEAST_POINTS);
    for (size_t i = 0; i < n; i++)
        if (!(P[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "P[%zu] = %g N is not above 0", i, P[i]);
    return VT_OK;
}

/* Depth from contact at load P with hardness H, and dh/d ln P = -dh/d ln H. */
static vt_status depth(const vt_zero_tip *tip, double H, double P, double *x, double *slope, vt_error *err)
{
    const double A = P / H;
    double h_c;
    const vt_status st = vt_area_depth(tip->area, A, &h_c, err);
    if (st != VT_OK) return st;
    const double elastic = tip->q * sqrt(A);
    *x = h_c + elastic;
    *slope = A / vt_area_slope(tip->area, h_c) + 0.5 * elastic;
    return VT_OK;
}

static vt_status equations(const vt_zero_tip *tip, size_t n, const double *h, const double *P, const double y[2],
                           normal *out, vt_error *err)
{
    normal N = {0};
    double before = 0.0;
    const double H = exp(y[1]);
    for (size_t i = 0; i < n; i++) {
        double x, slope;
        const vt_status st = depth(tip, H, P[i], &x, &slope, err);
        if (st != VT_OK) return st;
        const double from_load = (slope / P[i] + tip->C_f) * tip->u_P,
                     w = 1.0 / (tip->u_h * tip->u_h + from_load * from_load);
        const double r = h[i] - tip->C_f * P[i] - y[0] - x;
        N.ss += w, N.sg -= w * slope, N.gg += w * slope * slope;
        N.rs += w * r, N.rg -= w * slope * r, N.chi2 += w * r * r;
        N.lag += i > 0 ? sqrt(w) * r * before : 0.0;
        before = sqrt(w) * r;
    }
    *out = N;
    return VT_OK;
}

/* Gauss-Newton: the problem is linear in h0 and nearly so in ln H. */
static vt_status iterate(const vt_zero_tip *tip, size_t n, const double *h, const double *P, double y[2], normal *N,
                         vt_error *err)
{
    const double span = fabs(h[n - 1] - h[0]) + 1e-12;
    y[0] = h[0];
    y[1] = log(tip->H);
    for (int round = 0; round < ROUNDS; round++) {
        const vt_status st = equations(tip, n, h, P, y, N, err);
        if (st != VT_OK) return st;
        const double det = N->ss * N->gg - N->sg * N->sg;
        if (!(det > 0.0)) break;
        double dh = (N->rs * N->gg - N->rg * N->sg) / det, dl = (N->rg * N->ss - N->rs * N->sg) / det;
        const double most = fabs(dl) / 0.5; /* steps of ln H of one half at most */
        if (most > 1.0) dl /= most;
        y[0] += dh;
        y[1] += dl;
        if (!isfinite(y[0]) || !isfinite(y[1])) break;
        if (fabs(dh) <= 1e-8 * span && fabs(dl) <= 1e-8) return VT_OK;
    }
    return vt_fail(err, VT_ENOCONV,
                   "no zero point: the first loading of %zu readings does not follow the area function", n);
}

/* Factor of the variance. Noise and its correlation are known from a longer window: residuals that are smaller, however
 * alike, promise nothing, and factors from these few readings themselves, never below 1, would make every uncertainty a
 * tenth too large. Only residuals that the noise does not explain (5 % of those that it does) are a misfit of the tip,
 * which counts with its own scatter and correlation (1.3). */
static double variance_factor(const vt_zero_tip *tip, size_t n, const normal *N, double own_r)
{
    const double m = (double)n, r = tip->r, known = (1.0 + r) / (1.0 - r), misfit = N->chi2 / (m - 2.0);
    const double worth = (1.0 - r * r) / (1.0 + r * r); /* of a square of correlated noise */
    const double dof = vti_max(worth * (m - 2.0), 1.0);
    const bool large = gsl_cdf_chisq_Q(misfit * dof, dof) < 0.025;
    const bool alike = N->lag / N->chi2 > r + 1.96 * sqrt((1.0 - r * r) / m);
    if (!large && !alike) return known;
    return vti_max(misfit * (1.0 + own_r) / (1.0 - own_r), known);
}

vt_status vt_indent_zero_tip(const vt_zero_tip *tip, size_t n, const double *h, const double *P, vt_zero_tip_fit *fit,
                             vt_error *err)
{
    double y[2];
    normal N;
    vt_zero_tip_fit f;
    vt_status st = check(tip, n, h, P, fit, err);
    if (st == VT_OK) st = iterate(tip, n, h, P, y, &N, err);
    if (st != VT_OK) return st;
    f.n_eff = vti_effective(n, N.chi2 > 0.0 ? N.lag / N.chi2 : 0.0, &f.r);
    const double det = N.ss * N.gg - N.sg * N.sg, scale = variance_factor(tip, n, &N, f.r);
    f.h0 = y[0];
    f.u_h0 = sqrt(N.gg / det * scale);
    f.H = exp(y[1]);
    f.u_H = f.H * sqrt(N.ss / det * scale);
    f.chi = sqrt(N.chi2 / ((double)n - 2.0));
    *fit = f;
    return VT_OK;
}
