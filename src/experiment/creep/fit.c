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

/* A channel that is held: mean at time t, noise of the mean, drift over the window (0 if not significant), and scatter
 * of one block about it. */
struct held {
    double mean, u, slope, s;
};

static vt_status hold(size_t n, const double *t, const double *x, double at, struct held *h, vt_error *err)
{
    vt_serial_slope line;
    vt_line l;
    vt_status st = vt_line_ordinary(n, t, x, &l, err);
    if (st != VT_OK) return st;
    *h = (struct held){.mean = l.intercept + l.slope * at, .slope = l.slope, .s = l.s};
    if (l.s <= 1e-9 * fabs(h->mean)) return VT_OK; /* as programmed, not measured: rounding is no noise */
    /* A channel that wanders as a whole has one effective sample. */
    h->u = l.s;
    if (vt_serial_slope_fit(n, t, x, 0.95, &line, NULL) != VT_OK) return VT_OK;
    h->u = l.s / sqrt(line.n_eff);
    if (!(fabs(line.slope) > 2.0 * line.u_slope)) h->slope = 0.0;
    return VT_OK;
}

/* Windows whose force or power drifts are no steady flow at one set point. */
static vt_status set_point(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_blocks *b, size_t first,
                           vt_error *err)
{
    const size_t n = b->n - first;
    const double *t = b->t + first, duration = t[n - 1] - t[0];
    struct held F, P;
    vt_status st = hold(n, t, b->F + first, s->t, &F, err);
    if (st != VT_OK) return st;
    s->F = F.mean;
    s->F_t = F.slope;
    /* Noise of half a step and more averages rounding out: the mean is off by 0.0023 steps at most, q/pi exp(-2 (pi
     * s/q)^2). */
    const double step = r->par.force_resolution;
    s->u_F = F.s >= 0.5 * step ? F.u : hypot(F.u, step / sqrt(12.0));
    if (!(F.mean > 2.0 * F.u))
        return vti_creep_reject(s, VT_ESIGN, "force %.4g uN is not > 0: tension is positive", 1e6 * F.mean);
    /* P02 allows 5 %. A ramp is cut into pieces whose levels are a step apart, 5 %, and each drifts by as much: with
     * the limit of P02 it would pass for held, so it is half a step. --set smallest_step=0.1 makes that 5 %. */
    const double most = 0.5 * r->par.smallest_step;
    if (fabs(F.slope) * duration > most * F.mean)
        return vti_creep_reject(s, VT_ESETPOINT, "force drifts by %.2g %% of %.4g uN; up to %.2g %% is held",
                                100.0 * F.slope * duration / F.mean, 1e6 * F.mean, 100.0 * most);
    if (b->T) s->T = gsl_stats_mean(b->T + first, 1, n);
    if (!b->P) return VT_OK;
    st = hold(n, t, b->P + first, s->t, &P, err);
    if (st != VT_OK) return st;
    s->P = P.mean;
    s->u_P = P.u;
    if (fabs(P.slope) * duration > r->par.smallest_power_step * fabs(P.mean))
        return vti_creep_reject(s, VT_ESETPOINT, "power drifts by %.2g %% of %.4g mW; up to %.2g %% is held",
                                100.0 * P.slope * duration / P.mean, 1e3 * P.mean, 100.0 * r->par.smallest_power_step);
    return VT_OK;
}

/* Does it stretch, and enough? By least squares: what follows needs a slope. */
static vt_status enough(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_kept *k, vt_error *err)
{
    vt_line l;
    const vt_status st = vt_line_ordinary(k->n, k->t, k->y, &l, err);
    if (st != VT_OK) return st;
    const double half = 0.5 * l.slope * (k->t[k->n - 1] - k->t[0]);
    s->t = 0.5 * (k->t[0] + k->t[k->n - 1]);
    s->y = l.intercept + l.slope * s->t;
    s->slope = l.slope;
    s->strain = s->y > fabs(half) ? log((s->y - half) / (s->y + half)) : INFINITY;
    if (s->strain < -r->par.smallest_strain)
        return vti_creep_reject(s, VT_ENEGATIVE, "strain falls, by %.3g in true strain: no flow under this force",
                                -s->strain);
    if (!(s->strain >= r->par.smallest_strain))
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "it gains %.3g of true strain; %.3g needed: record longer",
                                s->strain, r->par.smallest_strain);
    return VT_OK;
}

/* All blocks of a segment, straightened as those behind the cut, without outliers. */
static vti_creep_kept uncut(const vti_creep_segment *s, const vti_creep_blocks *b)
{
    vti_creep_blocks all = *b;
    all.scratch += 3 * b->n; /* the first three hold what is kept behind the cut */
    const vti_creep_kept k = vti_creep_screen(&all, 0);
    for (size_t i = 0; i < k.n; i++) k.z[i] = vti_creep_straight(&s->law, log(k.y[i] / s->y));
    return k;
}

/* Of what has no noise: the correlation of rounding says nothing. */
static vt_status independent(const vti_creep_kept *k, vt_serial_slope *s, vt_error *err)
{
    *s = (vt_serial_slope){.n_eff = (double)k->n, .dof = (double)k->n - 2.0};
    return vt_line_ordinary(k->n, k->t, k->z, &s->ordinary, err);
}

/* Robust line through what steady flow makes straight; its slope is y'/y_m in the middle. */
static vt_status line(vti_creep_segment *s, const vti_creep_kept *k, const vti_creep_kept *whole, vt_error *err)
{
    const double y_m = s->y;
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_serial_slope serial;
    vt_status st;
    VT_TRY(st = vt_line_create(&ws, k->n, err));
    VT_TRY(st = vt_line_robust(ws, k->n, k->t, k->z, NULL, &l, err));
    if (vti_creep_noiseless(k))
        VT_TRY(st = independent(k, &serial, err));
    else
        VT_TRY(st = vt_serial_slope_fit(k->n, k->t, k->z, 0.95, &serial, err));
    const double inflate = sqrt((1.0 + serial.r) / (1.0 - serial.r)), z = l.robust.intercept + l.robust.slope * s->t;
    const double w = vti_creep_straight_inverse(&s->law, z);
    s->y = y_m * exp(w);
    double change, u_change;
    vti_creep_remainder(k, whole, &serial.ordinary, inflate, &change, &u_change);
    s->slope = (l.robust.slope + change) * s->y / vti_creep_straight_slope(&s->law, w);
    s->u_slope = y_m * hypot(serial.blocks ? serial.u_slope : inflate * l.robust.u_slope, u_change);
    s->dof = serial.dof;
    s->s_y = y_m * l.robust.s;
    s->u_y = inflate * s->s_y / sqrt((double)k->n);
    s->r = serial.r;
    s->n_eff = serial.n_eff;
    if (!(s->strain >= 10.0 * s->s_y / s->y))
        vti_creep_reject(s, VT_ESEGMENT_SHORT,
                         "it gains %.3g of true strain, and the noise is %.2g: ten times that is "
                         "needed, record longer",
                         s->strain, s->s_y / s->y);
done:
    vt_line_free(ws);
    return st;
}

/* Slope of true strain in time by the same robust line: the paper's reading. z is overwritten. */
static vt_status paper(vti_creep_segment *s, const vti_creep_kept *k, vt_error *err)
{
    vt_line_work *ws = NULL;
    vt_robust_line l;
    for (size_t i = 0; i < k->n; i++) k->z[i] = -log(k->y[i]);
    vt_status st = vt_line_create(&ws, k->n, err);
    if (st == VT_OK) st = vt_line_robust(ws, k->n, k->t, k->z, NULL, &l, err);
    vt_line_free(ws);
    if (st == VT_OK) s->rate_paper = l.robust.slope;
    return st;
}

/* Pa: several times what the strongest wire bears cold. N/m: of the budget where no surface tension is given (P02). */
static const double HIGHEST_STRESS = 2e10, TENSION = 1.0;

static vt_status check_units(const vti_creep_trace *r, vti_creep_segment *s, vt_error *err)
{
    double capillary;
    const vt_status st = vt_capillary_stress(TENSION, r->A0 * s->y, &capillary, err);
    if (st != VT_OK) return st;
    if (s->state.stress > HIGHEST_STRESS)
        return vti_creep_reject(s, VT_EUNITS, "%.3g N on %.3g m^2 is %.3g GPa: look at the units of force and diameter",
                                s->F, r->A0 * s->y, 1e-9 * s->state.stress);
    if (!(r->par.surface_tension > 0.0) && s->state.stress < capillary)
        return vti_creep_reject(s, VT_EUNITS,
                                "%.3g N on %.3g m^2 is %.3g MPa, less than a surface tension of 1 N/m would take, %.3g "
                                "MPa: look at the units of force and diameter, or give surface_tension",
                                s->F, r->A0 * s->y, 1e-6 * s->state.stress, 1e-6 * capillary);
    return VT_OK;
}

static vt_status state(const vti_creep_trace *r, vti_creep_segment *s, vt_error *err)
{
    const double e = r->par.elastic_modulus > 0.0 ? s->F / (r->A0 * s->y) / r->par.elastic_modulus : 0.0;
    const vt_creep_point p = {.F = s->F,
                              .A0 = r->A0 * (1.0 + (1.0 - 2.0 * r->par.poisson_ratio) * e),
                              .y = s->y,
                              .y_t = s->slope,
                              .gamma = r->par.surface_tension,
                              .E = r->par.elastic_modulus > 0.0 ? r->par.elastic_modulus : (double)INFINITY,
                              .F_t = s->F_t};
    const vt_status st = vt_creep_state_at(&p, &s->state, err);
    if (st != VT_OK) return st;
    s->eta_paper = s->state.stress / (3.0 * s->rate_paper);
    s->own = hypot(s->u_slope / s->slope, s->u_F / s->F);
    return check_units(r, s, err);
}

/* One step after the other, as long as none rejects the segment. */
static vt_status measure(const vti_creep_trace *r, vti_creep_segment *s, const vti_creep_blocks *b, vt_error *err)
{
    size_t by_ratio, by_mser;
    vt_status st = vti_creep_transient(b, &by_ratio, &by_mser, err);
    if (st != VT_OK) return st;
    const size_t first = by_ratio > by_mser ? by_ratio : by_mser, n = b->n - first;
    s->cut_ratio = vti_creep_block_begin(b, by_ratio) - b->from;
    s->cut_mser = vti_creep_block_begin(b, by_mser) - b->from;
    s->from = vti_creep_block_begin(b, first);
    if (n < LEAST)
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "%zu sample%s left after the transient; need %d", n,
                                n == 1 ? " is" : "s are", LEAST);
    const vti_creep_kept k = vti_creep_screen(b, first);
    s->outliers = 1.0 - (double)k.n / (double)n;
    st = enough(r, s, &k, err);
    if (st == VT_OK && s->verdict == VT_OK) st = set_point(r, s, b, first, err);
    if (st == VT_OK && s->verdict == VT_OK) st = vti_creep_constancy(r, s, &k, err);
    if (st == VT_OK && s->verdict == VT_OK) {
        const vti_creep_kept whole = uncut(s, b);
        st = line(s, &k, &whole, err);
    }
    if (st == VT_OK && s->verdict == VT_OK) st = paper(s, &k, err);
    if (st == VT_OK && s->verdict == VT_OK) st = state(r, s, err);
    return st;
}

vt_status vti_creep_fit(vti_creep_run *run, vti_creep_segment *s, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    vti_creep_blocks b;
    vt_error why = {0};
    s->exponent = s->m.m = NAN;
    if (s->to < s->from + LEAST)
        return vti_creep_reject(s, VT_ESEGMENT_SHORT, "%zu sample%s between the set points; need %d", s->to - s->from,
                                s->to - s->from == 1 ? "" : "s", LEAST);
    vt_status st = vti_creep_thin(r, s->from, s->to, &b, err);
    if (st != VT_OK) return st;
    st = measure(r, s, &b, &why);
    free(b.t);
    return as_verdict(s, st, &why, err);
}
