/* Unloadings with one exponent: h = h_f + D (P/P_max)^(1/m). */
#include "calibration_internal.h"
#include <math.h>

vt_status vti_cal_unload(const vti_cal_window *w, double m, double *h, double *K, double *rss, vt_error *err)
{
    double X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0, syy = 0.0;
    if (w->n < 4) return vt_fail(err, VT_EDOF, "%zu readings in the window of the unloading: need 4", w->n);
    for (size_t i = 0; i < w->n; i++) { /* running moments (Welford) */
        const double x = pow(w->p[i], 1.0 / m), dx = x - X, dy = w->h[i] - Y;
        X += dx / (double)(i + 1);
        Y += dy / (double)(i + 1);
        sxx += dx * (x - X);
        sxy += dx * (w->h[i] - Y);
        syy += dy * (w->h[i] - Y);
    }
    const double D = sxy / sxx;
    if (!(D > 0.0))
        return vt_fail(err, VT_EUNLOAD_FIT, "the depth does not fall while the load of %g mN goes", w->P * 1e3);
    *h = Y + D * (1.0 - X);
    *K = D / (m * w->P);
    *rss = fmax(syy - sxy * sxy / sxx, 0.0);
    return VT_OK;
}

static double misfit(const vti_cal_window *w, size_t n, double m)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        double h, K, rss;
        if (vti_cal_unload(&w[i], m, &h, &K, &rss, NULL) != VT_OK || !(rss > 0.0)) continue;
        sum += (double)w[i].n * log(rss); /* twice the negative log-likelihood, scatter of each window free */
    }
    return sum;
}

double vti_cal_exponent(const vti_cal_window *w, size_t n, double low, double high, bool *at_bound)
{
    const double g = 0.5 * (sqrt(5.0) - 1.0); /* golden section: 40 steps leave 1e-9 of the bracket */
    double a = low, b = high, c = b - g * (b - a), d = a + g * (b - a);
    double fc = misfit(w, n, c), fd = misfit(w, n, d);
    for (int i = 0; i < 40; i++) {
        if (fc < fd) {
            b = d, d = c, fd = fc;
            c = b - g * (b - a);
            fc = misfit(w, n, c);
        } else {
            a = c, c = d, fc = fd;
            d = a + g * (b - a);
            fd = misfit(w, n, d);
        }
    }
    const double m = 0.5 * (a + b);
    *at_bound = m - low < 1e-3 * (high - low) || high - m < 1e-3 * (high - low);
    return m;
}
