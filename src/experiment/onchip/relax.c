/* P23: the law of relaxation of each specimen, u = A1 ln(A2 t), and the general one with its time t_r. */
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

bool vti_onchip_log_slope(const vti_onchip_run *run, size_t beam, const double *du, double *A1, double *mean,
                          double *spread)
{
    const vti_onchip_beam *b = &run->beam[beam];
    double n = 0.0, x0 = 0.0, y0 = 0.0, sxx = 0.0, sxy = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!vti_onchip_counts(run, r)) continue;
        n += 1.0;
        x0 += (log(run->reading[r].t) - x0) / n;
        y0 += (run->reading[r].u + (du ? du[r] : 0.0) - y0) / n;
    }
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!vti_onchip_counts(run, r)) continue;
        const double x = log(run->reading[r].t) - x0;
        sxx += x * x;
        sxy += x * (run->reading[r].u + (du ? du[r] : 0.0));
    }
    if (n < 3.0) return false;
    *A1 = sxy / sxx;
    *spread = sxx;
    if (mean) mean[0] = x0, mean[1] = y0;
    return true;
}

/* Least squares of u_r + A1 ln(1 + t/t_r) at this t_r, over the noise. */
static double general(const vti_onchip_run *run, const vti_onchip_beam *b, double t_r)
{
    double n = 0.0, x0 = 0.0, y0 = 0.0, sxx = 0.0, sxy = 0.0, syy = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!vti_onchip_counts(run, r)) continue;
        const double x = log1p(run->reading[r].t / t_r), dx = x - x0, dy = run->reading[r].u - y0;
        n += 1.0;
        x0 += dx / n;
        y0 += dy / n;
        sxx += dx * (x - x0);
        sxy += dx * (run->reading[r].u - y0);
        syy += dy * (run->reading[r].u - y0);
    }
    return (syy - sxy * sxy / sxx) / (b->ends * pow(run->par.displacement_u, 2.0));
}

/* Best t_r, and the largest that the readings allow (chi2 + 3.84), by steps of a tenth of a decade. */
static void with_release(const vti_onchip_run *run, vti_onchip_beam *b, size_t n)
{
    b->t_r = b->t_r_high = NAN;
    if (n < 4 || !(run->par.displacement_u > 0.0)) return;
    const double first = run->reading[b->from].t;
    double least = INFINITY, at = 0.0, high = 0.0;
    for (int k = -60; k <= 30; k++) {
        const double t_r = first * pow(10.0, 0.1 * k), chi2 = general(run, b, t_r);
        if (chi2 < least) least = chi2, at = t_r;
    }
    for (int k = -60; k <= 30; k++) {
        const double t_r = first * pow(10.0, 0.1 * k);
        if (general(run, b, t_r) <= least + 3.84) high = t_r;
    }
    b->t_r = at;
    if (high < 500.0 * first) b->t_r_high = high;
}

static void fit(vti_onchip_run *run, size_t i)
{
    vti_onchip_beam *b = &run->beam[i];
    double mean[2], spread;
    size_t n = 0;
    b->A1 = b->u_A1 = b->ln_A2 = b->chi2 = b->p_value = b->t_r = b->t_r_high = NAN;
    b->residual = 0.0;
    if (b->role != VTI_ONCHIP_SPECIMEN || !vti_onchip_log_slope(run, i, NULL, &b->A1, mean, &spread)) return;
    b->u_A1 = vti_onchip_noise(run, i) / sqrt(spread);
    b->ln_A2 = mean[1] / b->A1 - mean[0];
    b->chi2 = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!vti_onchip_counts(run, r)) continue;
        const double left = run->reading[r].u - mean[1] - b->A1 * (log(run->reading[r].t) - mean[0]);
        b->chi2 += pow(left / vti_onchip_noise(run, i), 2.0);
        b->residual = fmax(b->residual, fabs(left));
        n++;
    }
    b->p_value = run->par.displacement_u > 0.0 ? gsl_cdf_chisq_Q(b->chi2, (double)(n - 2)) : (double)NAN;
    if (b->is == VTI_ONCHIP_PLASTIC) with_release(run, b, n);
}

/* Mean slope of the elastic specimens, by weight. */
static void elastic(vti_onchip_run *run)
{
    double W = 0.0, sum = 0.0;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        if (b->is != VTI_ONCHIP_ELASTIC || isnan(b->A1)) continue;
        const double w = b->u_A1 > 0.0 ? pow(b->u_A1, -2.0) : 1.0;
        W += w;
        sum += w * b->A1;
    }
    run->A1_elastic = W > 0.0 ? sum / W : (double)NAN;
    run->u_A1_elastic = run->par.displacement_u > 0.0 ? 1.0 / sqrt(W) : 0.0;
}

/* Specimens that have flowed and whose actuators move back: one by four times its noise, or all by twice that of their
 * mean, since among many some fall by chance where nothing is resolved. */
static vt_status check_sign(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_beam *worst = NULL;
    double W = 0.0, sum = 0.0;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        if (b->is != VTI_ONCHIP_PLASTIC || isnan(b->A1)) continue;
        const double u = fmax(b->u_A1, 1e-15);
        W += 1.0 / (u * u);
        sum += b->A1 / (u * u);
        if (!worst || b->A1 / u < worst->A1 / fmax(worst->u_A1, 1e-15)) worst = b;
    }
    if (!worst || !(worst->A1 + 4.0 * worst->u_A1 < 0.0 || sum + 2.0 * sqrt(W) < 0.0)) return VT_OK;
    const vt_table *t = run->job->tables[worst->table];
    return vt_fail_at(err, VT_ESIGN, vt_table_path(t), vt_table_line(t, worst->row), 0,
                      "structure '%.60s': displacement falls with time, A1 = %.3g +- %.2g nm; a specimen that flows "
                      "relaxes: look at its times and readings",
                      worst->name, 1e9 * worst->A1, 1e9 * worst->u_A1);
}

static vt_status wanted(vti_onchip_run *run, vt_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < run->beams; i++) {
        size_t n = 0;
        if (run->beam[i].is != VTI_ONCHIP_PLASTIC) continue;
        for (size_t r = run->beam[i].from; r < run->beam[i].from + run->beam[i].n; r++) n += run->reading[r].used;
        most = n > most ? n : most;
    }
    run->relaxed = most >= 3 && run->par.relaxation == VTI_ONCHIP_AUTO;
    if (run->relaxed || run->par.relaxation == VTI_ONCHIP_NO || most == 0) return VT_OK;
    if (most == 1)
        return vt_result_warn(
            run->result, err, "W_ONE_TIME",
            "every specimen that flowed has one reading: no relaxation, and none of what follows from "
            "it; three times give it");
    return vt_fail(err, VT_EDOF,
                   "relaxation needs readings at 3 times, the specimens that flowed have %zu; add one, or give --set "
                   "relaxation=no for stress and strain alone",
                   most);
}

vt_status vti_onchip_relax(vti_onchip_run *run, vt_error *err)
{
    vt_status st = wanted(run, err);
    for (size_t i = 0; i < run->beams; i++) fit(run, i);
    elastic(run);
    return st == VT_OK && run->relaxed ? check_sign(run, err) : st;
}
