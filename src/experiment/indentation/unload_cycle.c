/* Unloading of one cycle without the compliances in series with the contact (P19 steps 4, 5). */
#include "measure_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Depth and stiffness of the fit, with the compliance in them again. */
static void take_fit(const vti_indent *s, vti_indent_cycle *y)
{
    const vt_unload_fit *f = &y->fit;
    const double C = y->fit_compliance, k = 1.0 / (1.0 + C * f->S), a = k * k; /* S in series with C: k S, slope k^2 */
    y->P = f->P_max;
    y->h = f->h_max - s->h0 + C * f->P_max;
    y->S = k * f->S;
    y->m = f->m;
    y->dh_dP = 1.0 / y->S;
    y->dS_dP = a * (1.0 - 1.0 / f->m) * f->S / f->P_max; /* S goes as P^(1 - 1/m) */
    /* What the fit does not give back of a compliance that was taken off it: the remainder is no power law. */
    y->dC[0] = f->dC[0] + f->P_max;
    y->dC[1] = a * (f->dC[1] - f->S * f->S);
    y->dC[2] = f->dC[2];
    const double cov[9] = {f->u_h_max * f->u_h_max, a * f->cov_S_h, f->cov_h_m, a * f->cov_S_h,
                           a * a * f->u_S * f->u_S, a * f->cov_S_m, f->cov_h_m, a * f->cov_S_m,
                           f->u_m * f->u_m};
    memcpy(y->cov, cov, sizeof cov);
}

/* Noise of depth over the recovery in the window of the fit. */
static double noise_share(const vt_unload_fit *f)
{
    const double recovery = f->D * (pow(f->high, 1.0 / f->m) - pow(f->low, 1.0 / f->m));
    return recovery > 0.0 ? f->s / recovery : 0.0;
}

/* Depth on load; where noise of depth is a large part of the recovery, load on depth as instruments do it, too. */
static void fit_both(const vti_measure_options *how, vt_indent_work *work, const vt_indent_curve *c,
                     const vti_indent *s, vti_indent_cycle *y, vt_error *why)
{
    static const double LARGE = 0.05;
    vt_unload_options opt = {.high = how->unload_high,
                             .low = how->unload_low,
                             .P_air = s->P0,
                             .load_on_depth = how->regression == VTI_REGRESSION_LOAD};
    const vt_status st = vt_unload_fit_cycle(work, c, &y->span, &opt, &y->fit, why);
    if (how->regression != VTI_REGRESSION_AUTO || (st != VT_OK && st != VT_EUNLOAD_FIT)) return;
    if (!(noise_share(&y->fit) > LARGE)) return;
    vt_unload_fit load = {0};
    vt_error no = {0};
    opt.load_on_depth = true;
    if (vt_unload_fit_cycle(work, c, &y->span, &opt, &load, &no) != VT_OK) return;
    y->noisy = true;
    y->other = y->fit;
    if (st != VT_OK) vti_verdict_set(&y->other_verdict, why);
    y->fit = load;
    *why = (vt_error){0};
}

/* A drift that is left moves the depth by the time since contact. Along an unloading at constant rate that is a shift
 * and a compliance: the fit answers as to one that is taken off. */
static void left_drift(const vti_indent *s, const vt_indent_curve *c, vti_indent_cycle *y)
{
    const vt_unload_fit *f = &y->fit;
    for (int k = 0; k < 3; k++) y->drift[k] = 0.0;
    if (!c->t || !(s->u_rate > 0.0)) return;
    const double lasts = c->t[f->to - 1] - c->t[f->from], rate = (c->P[f->from] - c->P[f->to - 1]) / lasts;
    const double k = 1.0 / (1.0 + y->fit_compliance * f->S), C = rate > 0.0 && isfinite(rate) ? s->u_rate / rate : 0.0;
    y->drift[0] = s->u_rate * (y->t - s->t0) + C * (f->dC[0] + f->P_max);
    y->drift[1] = k * k * f->dC[1] * C;
    y->drift[2] = f->dC[2] * C;
}

void vti_unload_cycle(const vti_measure_options *how, const vti_indent *s, const vti_unloading *u, double C,
                      vti_indent_cycle *y)
{
    vt_error why = {0};
    vt_indent_curve stiff = *u->curve;
    for (size_t i = y->span.unload_from; i < y->span.unload_to; i++)
        u->depth[i] = u->curve->h[i] - C * (u->curve->P[i] - s->P0);
    stiff.h = u->depth;
    y->fit_compliance = C;
    fit_both(how, u->work, &stiff, s, y, &why);
    if (why.code != VT_OK) {
        vti_verdict_set(&y->verdict, &why);
        return;
    }
    take_fit(s, y);
    left_drift(s, u->curve, y);
}

vt_status vti_unload_again(const vti_measure_options *how, const vti_indent *s, double C, vti_indent_cycle *y,
                           vt_error *err)
{
    const size_t from = y->span.unload_from, n = y->span.unload_to - from;
    const vt_indent_cycle span = y->span;
    vt_indent_work *work = NULL;
    double *h = malloc((n + 1) * sizeof *h);
    vt_status st = h ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for an unloading of %zu readings", n);
    if (st == VT_OK) st = vt_indent_create(&work, n > VT_INDENT_POINTS ? n : VT_INDENT_POINTS, err);
    if (st == VT_OK) {
        for (size_t i = 0; i < n; i++)
            h[i] = s->h[from + i] - (s->drift_corrected ? s->drift * (s->t[from + i] - s->t0) : 0.0);
        const vt_indent_curve c = {.n = n, .t = s->t ? s->t + from : NULL, .h = h, .P = s->P + from};
        const vti_unloading u = {.work = work, .curve = &c, .depth = h};
        y->span = (vt_indent_cycle){.unload_to = n, .P_max = span.P_max, .h_max = span.h_max};
        y->noisy = false;
        y->verdict = y->other_verdict = (vti_verdict){0};
        vti_unload_cycle(how, s, &u, C, y);
        y->span = span;
        y->fit.from += from, y->fit.to += from;
        y->other.from += from, y->other.to += from;
    }
    vt_indent_free(work);
    free(h);
    return st;
}
