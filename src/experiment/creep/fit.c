/* One segment: transient, line through L0/L, noise, verdict (P02). */
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/line.h>
#include <vitrum/serial.h>

/* Two halves of at least eight effective samples each cannot be had from fewer. */
enum { LEAST = 20 };

vt_status vti_creep_reject(vti_creep_segment *s, vt_status code, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(s->why, sizeof s->why, fmt, args);
    va_end(args);
    s->verdict = code;
    return VT_OK;
}

/* A refusal of a kernel becomes the verdict; defects and lack of memory go on. */
static vt_status as_verdict(vti_creep_segment *s, vt_status st, const vt_error *why, vt_error *err)
{
    if (st == VT_OK) return VT_OK;
    if (st == VT_EMEMORY || st == VT_EINTERNAL || st == VT_EARG) return vt_fail(err, st, "%s", why->msg);
    return vti_creep_reject(s, st == VT_EDOF ? VT_ESEGMENT_SHORT : st, "%.150s", why->msg);
}

/* Mean force with the noise of the mean, its slope; power and temperature. Windows whose force or power drifts are no
 * steady flow at one set point. */
static vt_status set_point(const vti_creep_trace *r, vti_creep_segment *s, size_t n, const vti_creep_blocks *b,
                           size_t first, vt_error *err)
{
    vt_serial_slope F, P;
    vt_error why = {0};
    const double *t = b->t + first, duration = t[n - 1] - t[0];
    vt_status st = vt_serial_slope_fit(n, t, b->F + first, 0.95, &F, &why);
    if (st != VT_OK) return as_verdict(s, st, &why, err);
    s->F = F.ordinary.intercept + F.ordinary.slope * s->t;
    s->F_t = fabs(F.slope) > 2.0 * F.u_slope ? F.slope : 0.0;
    s->u_F = hypot(F.ordinary.s / sqrt(F.n_eff), r->par.force_resolution / sqrt(12.0));
    if (!(s->F > 2.0 * F.ordinary.s / sqrt(F.n_eff)))
        return vti_creep_reject(s, VT_ESIGN, "force %.4g uN is not > 0: tension is positive", 1e6 * s->F);
    if (fabs(s->F_t) * duration > 0.05 * s->F)
        return vti_creep_reject(s, VT_ESETPOINT, "force drifts by %.2g %% of %.4g uN; up to 5 %% is held",
                                100.0 * s->F_t * duration / s->F, 1e6 * s->F);
    if (b->T) s->T = gsl_stats_mean(b->T + first, 1, n);
    if (!b->P) return VT_OK;
    s->P = gsl_stats_mean(b->P + first, 1, n);
    st = vt_serial_slope_fit(n, t, b->P + first, 0.95, &P, &why);
    if (st != VT_OK) return as_verdict(s, st, &why, err);
    if (fabs(P.slope) > 2.0 * P.u_slope && fabs(P.slope) * duration > r->par.smallest_power_step * fabs(s->P))
        return vti_creep_reject(s, VT_ESETPOINT, "power drifts by %.2g %% of %.4g mW; up to %.2g %% is held",
                                100.0 * P.slope * duration / s->P, 1e3 * s->P, 100.0 * r->par.smallest_power_step);
    return VT_OK;
}

/* Robust line through L0/L; what keeps weight is left, closed up, in b->scratch (times, then values): *kept of them. */
static vt_status line(vti_creep_segment *s, const vti_creep_blocks *b, size_t first, size_t *kept, vt_error *err)
{
    const size_t n = b->n - first;
    const double *t = b->t + first, *y = b->y + first;
    double *kt = b->scratch, *ky = b->scratch + b->n, *weight = b->scratch + 2 * b->n;
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_serial_slope serial;
    vt_status st;
    VT_TRY(st = vt_line_create(&ws, n, err));
    VT_TRY(st = vt_line_robust(ws, n, t, y, weight, &l, err));
    *kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(weight[i] >= 0.1)) continue;
        kt[*kept] = t[i];
        ky[(*kept)++] = y[i];
    }
    VT_TRY(st = vt_serial_slope_fit(*kept, kt, ky, 0.95, &serial, err));
    const double inflate = sqrt((1.0 + serial.r) / (1.0 - serial.r));
    s->t = 0.5 * (t[0] + t[n - 1]);
    s->slope = l.robust.slope;
    s->y = l.robust.intercept + l.robust.slope * s->t;
    s->u_slope = serial.blocks ? serial.u_slope : inflate * l.robust.u_slope;
    s->dof = serial.dof;
    s->u_y = inflate * l.robust.s / sqrt((double)*kept);
    s->r = serial.r;
    s->n_eff = serial.n_eff;
    s->s_y = l.robust.s;
    s->outliers = l.outlier_fraction;
    const double half = 0.5 * s->slope * (t[n - 1] - t[0]);
    s->strain = s->y - fabs(half) > 0.0 ? log((s->y - half) / (s->y + half)) : 0.0;
done:
    vt_line_free(ws);
    return st;
}

static vt_status enough(const vti_creep_trace *r, vti_creep_segment *s)
{
    if (s->slope > 2.0 * s->u_slope)
        return vti_creep_reject(s, VT_ENEGATIVE, "strain falls, by %.3g in true strain: no flow under this force",
                                -s->strain);
    const double noise = 10.0 * s->s_y / s->y, least = fmax(r->par.smallest_strain, noise);
    if (!(s->strain >= least))
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "it gains %.3g of true strain; %.3g needed (%s): record longer",
                                s->strain, least, noise > r->par.smallest_strain ? "ten times the noise" : "least");
    return VT_OK;
}

/* Slope of true strain in time by the same robust line: the paper's reading. */
static vt_status paper(vti_creep_segment *s, const vti_creep_blocks *b, size_t first, size_t n, vt_error *err)
{
    vt_line_work *ws = NULL;
    vt_robust_line l;
    double *eps = b->scratch + 2 * b->n;
    for (size_t i = 0; i < n; i++) eps[i] = -log(b->y[first + i]);
    vt_status st = vt_line_create(&ws, n, err);
    if (st == VT_OK) st = vt_line_robust(ws, n, b->t + first, eps, NULL, &l, err);
    vt_line_free(ws);
    if (st == VT_OK) s->rate_paper = l.robust.slope;
    return st;
}

/* Pa: no solid bears it (a fifth of the stiffest modulus). */
static const double HIGHEST_STRESS = 2e11;

/* Slope of L0/L in the middle, where a power law of exponent n straightens (L0/L)^n. */
static vt_status state(const vti_creep_trace *r, vti_creep_segment *s, vt_error *err)
{
    vt_error why = {0};
    const vt_creep_point p = {.F = s->F,
                              .A0 = r->A0,
                              .y = s->y,
                              .y_t = s->slope,
                              .gamma = r->par.surface_tension,
                              .E = r->par.elastic_modulus > 0.0 ? r->par.elastic_modulus : (double)INFINITY,
                              .F_t = s->F_t};
    const vt_status st = vt_creep_state_at(&p, &s->state, &why);
    if (st != VT_OK) return as_verdict(s, st, &why, err);
    if (s->state.stress > HIGHEST_STRESS)
        return vti_creep_reject(s, VT_EUNITS, "%.3g N on %.3g m^2 is %.3g GPa: look at the units of force and diameter",
                                s->F, r->A0 * s->y, 1e-9 * s->state.stress);
    s->eta_paper = s->state.stress / (3.0 * s->rate_paper);
    s->own = hypot(s->u_slope / s->slope, s->u_F / s->F);
    return VT_OK;
}

static vt_status measure(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_blocks *b, vt_error *err)
{
    size_t by_ratio, by_mser, kept = 0;
    vt_error why = {0};
    vt_status st = vti_creep_transient(b, &by_ratio, &by_mser, &why);
    if (st != VT_OK) return as_verdict(s, st, &why, err);
    const size_t first = by_ratio > by_mser ? by_ratio : by_mser, n = b->n - first;
    s->cut_ratio = vti_creep_block_begin(b, by_ratio) - b->from;
    s->cut_mser = vti_creep_block_begin(b, by_mser) - b->from;
    s->from = vti_creep_block_begin(b, first);
    if (n < LEAST)
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "%zu samples are left after the transient; need %d", n, LEAST);
    st = line(s, b, first, &kept, &why);
    if (st == VT_EDOF) (void)vti_creep_drift(s, n, b->t + first, b->y + first);
    if (s->verdict != VT_OK) return VT_OK;
    if (st != VT_OK) return as_verdict(s, st, &why, err);
    st = enough(r, s);
    if (s->verdict != VT_OK) return st;
    st = set_point(r, s, n, b, first, err);
    if (st != VT_OK || s->verdict != VT_OK) return st;
    st = vti_creep_constancy(r, s, kept, b->scratch, b->scratch + b->n, b->scratch + 2 * b->n, &why);
    if (st != VT_OK || s->verdict != VT_OK) return as_verdict(s, st, &why, err);
    st = paper(s, b, first, n, &why);
    return st == VT_OK ? state(r, s, err) : as_verdict(s, st, &why, err);
}

vt_status vti_creep_fit(vti_creep_run *run, vti_creep_segment *s, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    vti_creep_blocks b;
    s->exponent = s->m.m = NAN;
    if (s->to < s->from + LEAST)
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "%zu samples between the set points; need %d", s->to - s->from,
                                LEAST);
    vt_status st = vti_creep_thin(r, s->from, s->to, &b, err);
    if (st != VT_OK) return st;
    st = measure(r, s, &b, err);
    free(b.t);
    return st;
}
