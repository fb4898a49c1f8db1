/* Unloadings with one exponent: h - C_f P = h_f + D (P/P_max)^(1/m). */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>

vt_status vti_cal_unload(const vti_cal_window *w, double m, double C_f, double *h, double *K, double *rss,
                         vt_error *err)
{
    double X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0, syy = 0.0;
    if (w->n < 4) return vt_fail(err, VT_EDOF, "%zu readings in the window of the unloading: need 4", w->n);
    for (size_t i = 0; i < w->n; i++) { /* running moments (Welford) */
        const double x = pow(w->p[i], 1.0 / m), y = w->h[i] - C_f * w->P * w->p[i], dx = x - X, dy = y - Y;
        X += dx / (double)(i + 1);
        Y += dy / (double)(i + 1);
        sxx += dx * (x - X);
        sxy += dx * (y - Y);
        syy += dy * (y - Y);
    }
    const double D = sxy / sxx;
    if (!(D > 0.0))
        return vt_fail(err, VT_EUNLOAD_FIT, "the depth does not fall while the load of %g mN goes", w->P * 1e3);
    *h = Y + D * (1.0 - X) + C_f * w->P;
    *K = D / (m * w->P) + C_f;
    *rss = fmax(syy - sxy * sxy / sxx, 0.0);
    return VT_OK;
}

static double misfit(const vti_cal_window *w, size_t n, double C_f, double m)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        double h, K, rss;
        if (vti_cal_unload(&w[i], m, C_f, &h, &K, &rss, NULL) != VT_OK || !(rss > 0.0)) continue;
        sum += (double)w[i].n * log(rss); /* twice the negative log-likelihood, scatter of each window free */
    }
    return sum;
}

double vti_cal_exponent(const vti_cal_window *w, size_t n, double C_f, const double bound[2], bool *at_bound)
{
    const double g = 0.5 * (sqrt(5.0) - 1.0); /* golden section: 40 steps leave 1e-9 of the bracket */
    const double low = bound[0], high = bound[1];
    double a = low, b = high, c = b - g * (b - a), d = a + g * (b - a);
    double fc = misfit(w, n, C_f, c), fd = misfit(w, n, C_f, d);
    for (int i = 0; i < 40; i++) {
        if (fc < fd) {
            b = d, d = c, fd = fc;
            c = b - g * (b - a);
            fc = misfit(w, n, C_f, c);
        } else {
            a = c, c = d, fc = fd;
            d = a + g * (b - a);
            fd = misfit(w, n, C_f, d);
        }
    }
    const double m = 0.5 * (a + b);
    *at_bound = m - low < 1e-3 * (high - low) || high - m < 1e-3 * (high - low);
    return m;
}

vt_status vti_cal_unload_all(vti_cal_run *run, vt_error *err)
{
    vti_cal_window *w = malloc((run->npoints + 1) * sizeof *w);
    const double bound[2] = {run->par->exponent_low, run->par->exponent_high};
    if (!w) return vt_fail(err, VT_EMEMORY, "%zu unloadings", run->npoints);
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_reference *r = &run->reference[k];
        size_t n = 0;
        for (size_t i = 0; i < run->npoints; i++)
            if (run->point[i].reference == k && run->point[i].window.n >= 8 && !run->point[i].out)
                w[n++] = run->point[i].window;
        r->m_at_bound = false;
        r->m = n == 0 ? (double)NAN : run->par->unloading_exponent;
        if (n > 0 && isnan(r->m)) r->m = vti_cal_exponent(w, n, r->C_f, bound, &r->m_at_bound);
    }
    free(w);
    vti_cal_unload_again(run);
    return VT_OK;
}

void vti_cal_unload_again(vti_cal_run *run)
{
    for (size_t i = 0; i < run->npoints; i++) {
        vti_cal_point *p = &run->point[i];
        const vti_cal_reference *r = &run->reference[p->reference];
        double rss;
        if (p->window.n == 0) continue;
        p->m = r->m;
        if (vti_cal_unload(&p->window, p->m, r->C_f, &p->h, &p->K, &rss, NULL) != VT_OK) p->out = true;
        p->h -= run->indent[p->indent].h0;
    }
}

void vti_cal_misfits(vti_cal_run *run)
{
    for (size_t i = 0; i < run->npoints; i++) {
        vti_cal_point *p = &run->point[i];
        const vti_cal_reference *r = &run->reference[p->reference];
        for (int k = 0; k < 3; k++)
            p->misfit[k] = p->window.n >= 8 ? misfit(&p->window, 1, r->C_f, r->m + VTI_CAL_STEP * (k - 1)) : 0.0;
    }
}

void vti_cal_exponent_again(vti_cal_run *run, const double *weight)
{
    for (size_t k = 0; k < run->nreferences; k++) {
        vti_cal_reference *r = &run->reference[k];
        double f[3] = {0.0};
        if (!isfinite(r->m) || !isnan(run->par->unloading_exponent)) continue;
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            if (p->reference != k || p->out) continue;
            for (int j = 0; j < 3; j++) f[j] += weight[p->indent] * p->misfit[j];
        }
        const double bend = f[0] - 2.0 * f[1] + f[2];
        if (!(bend > 0.0)) continue;
        r->m += 0.5 * VTI_CAL_STEP * (f[0] - f[2]) / bend;
        r->m = fmin(fmax(r->m, run->par->exponent_low), run->par->exponent_high);
    }
}
