/* Enthalpy between two scans: baselines through two anchor windows, and the area between them (P21, steps 5 and 6). */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>
#include <vitrum/thermogram.h>

enum { TERMS = 3 };

static bool inside(const vt_window *w, double T)
{
    return T >= w->low && T <= w->high;
}

/* Least squares polynomial of `terms` coefficients in x = (T - T0)/scale through the points of both windows. */
typedef struct fit {
    size_t terms, points;
    double T0, scale;
    double c[TERMS], cov[TERMS * TERMS]; /* cov for errors of variance 1 */
    double s, inflate;                   /* residuals; variance ratio of serial correlation, (1 + r)/(1 - r) */
} fit;

static double value(const fit *f, double T)
{
    const double x = (T - f->T0) / f->scale;
    double y = 0.0;
    for (size_t k = f->terms; k-- > 0;) y = y * x + f->c[k];
    return y;
}

static bool invert(size_t n, const double *A, double *inverse)
{
    double lu[TERMS * TERMS];
    size_t order[TERMS];
    gsl_permutation p = {.size = n, .data = order};
    int sign;
    memcpy(lu, A, n * n * sizeof *lu);
    gsl_matrix_view m = gsl_matrix_view_array(lu, n, n), out = gsl_matrix_view_array(inverse, n, n);
    gsl_linalg_LU_decomp(&m.matrix, &p, &sign);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(lu[i * n + i]) > 1e-14 * fabs(lu[0]))) return false;
    return gsl_linalg_LU_invert(&m.matrix, &p, &out.matrix) == 0;
}

/* Scatter, and how much neighbours share of it (procedure 1.3). */
static void residuals(size_t n, const double *T, const double *d, const vt_window w[2], fit *f)
{
    double rss = 0.0, lagged = 0.0, last = NAN;
    for (size_t i = 0; i < n; i++) {
        if (!inside(&w[0], T[i]) && !inside(&w[1], T[i])) {
            last = NAN;
            continue;
        }
        const double r = d[i] - value(f, T[i]);
        rss += r * r;
        if (isfinite(last)) lagged += r * last;
        last = r;
    }
    f->s = sqrt(rss / (double)(f->points - f->terms));
    const double m = (double)f->points, r1 = rss > 0.0 ? lagged / rss : 0.0;
    const double r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / m));
    f->inflate = (1.0 + r) / (1.0 - r);
}

static vt_status polynomial(size_t n, const double *T, const double *d, const vt_window w[2], fit *f, vt_error *err)
{
    double A[TERMS * TERMS] = {0}, b[TERMS] = {0};
    f->points = 0;
    for (size_t i = 0; i < n; i++) {
        if (!inside(&w[0], T[i]) && !inside(&w[1], T[i])) continue;
        const double x = (T[i] - f->T0) / f->scale, p[TERMS] = {1.0, x, x * x};
        f->points++;
        for (size_t k = 0; k < f->terms; k++) {
            b[k] += p[k] * d[i];
            for (size_t l = 0; l < f->terms; l++) A[k * f->terms + l] += p[k] * p[l];
        }
    }
    if (!invert(f->terms, A, f->cov))
        return vt_fail(err, VT_EILLCOND, "the anchor windows lie too near for a baseline of %zu terms", f->terms);
    for (size_t k = 0; k < f->terms; k++) {
        f->c[k] = 0.0;
        for (size_t l = 0; l < f->terms; l++) f->c[k] += f->cov[k * f->terms + l] * b[l];
    }
    residuals(n, T, d, w, f);
    return VT_OK;
}

/* Integral of the baseline from a to b, and the variance of it for errors of variance 1. */
static double area(const fit *f, double a, double b, double *variance)
{
    const double x0 = (a - f->T0) / f->scale, x1 = (b - f->T0) / f->scale;
    double g[TERMS], sum = 0.0;
    *variance = 0.0;
    for (size_t k = 0; k < f->terms; k++) {
        g[k] = f->scale * (pow(x1, (double)k + 1.0) - pow(x0, (double)k + 1.0)) / ((double)k + 1.0);
        sum += g[k] * f->c[k];
    }
    for (size_t k = 0; k < f->terms; k++)
        for (size_t l = 0; l < f->terms; l++) *variance += g[k] * g[l] * f->cov[k * f->terms + l];
    return sum;
}

/* Trapezoid between the windows; *first, *last: its ends; *weight2: sum of the squares of its weights. */
static double trapezoid(size_t n, const double *T, const double *d, const vt_window w[2], double *first, double *last,
                        double *weight2)
{
    double sum = 0.0;
    *first = *last = NAN;
    *weight2 = 0.0;
    for (size_t i = 0; i + 1 < n; i++) {
        if (T[i] < w[0].high || T[i + 1] > w[1].low) continue;
        const double h = T[i + 1] - T[i];
        if (!isfinite(*first)) *first = T[i];
        *last = T[i + 1];
        sum += 0.5 * h * (d[i] + d[i + 1]);
        *weight2 += h * h;
    }
    return sum;
}

static void coefficients(const fit *f, double out[TERMS])
{
    for (size_t k = 0; k < TERMS; k++) out[k] = k < f->terms ? f->c[k] / pow(f->scale, (double)k) : 0.0;
}

vt_status vt_relaxation_enthalpy_find(size_t n, const double *T, const double *d, vt_window w1, vt_window w2,
                                      vt_relaxation_enthalpy *out, vt_error *err)
{
    if (!T || !d || !out || !(w1.low < w1.high && w1.high < w2.low && w2.low < w2.high))
        return vt_fail(err, VT_EARG, "curve or result is NULL, or the anchor windows are not in order");
    const vt_window w[2] = {w1, w2};
    for (int k = 0; k < 2; k++) {
        size_t m = 0;
        for (size_t i = 0; i < n; i++) m += inside(&w[k], T[i]);
        if (m < 8)
            return vt_fail(err, VT_EDOF, "%zu points in the anchor window %.1f ... %.1f K: 8 are needed", m, w[k].low,
                           w[k].high);
    }
    fit f[2] = {{.terms = 2}, {.terms = 3}};
    double base[2], var[2], a, b, weight2;
    const double sum = trapezoid(n, T, d, w, &a, &b, &weight2);
    if (!isfinite(sum) || !isfinite(a)) return vt_fail(err, VT_EDOF, "no points between the anchor windows");
    for (int k = 0; k < 2; k++) {
        f[k].T0 = 0.5 * (w1.high + w2.low);
        f[k].scale = 0.5 * (w2.high - w1.low);
        const vt_status st = polynomial(n, T, d, w, &f[k], err);
        if (st != VT_OK) return st;
        base[k] = area(&f[k], a, b, &var[k]);
    }
    /* Scatter about the parabola: a bent baseline is no noise. */
    const double s2 = f[1].s * f[1].s * f[1].inflate;
    vt_relaxation_enthalpy r = {.linear = base[0] - sum, .quadratic = base[1] - sum, .T0 = f[0].T0, .s = f[1].s};
    r.u_linear = sqrt(s2 * (var[0] + weight2));
    r.u_quadratic = sqrt(s2 * (var[1] + weight2));
    r.difference_u = sqrt(s2 * fmax(var[1] - var[0], 0.0)); /* nested least squares */
    coefficients(&f[0], r.line);
    coefficients(&f[1], r.parabola);
    *out = r;
    return VT_OK;
}
