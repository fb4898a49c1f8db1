/* P06, step 7: the steady window. At a constant rate ln(stress) is level; where the rate rises, ln(stress) rises with
 * it by a share m between 0 and 1. Steady is a window in which ln(stress) is straight in strain, at a slope that some m
 * explains. */
#include "compression_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/line.h>
#include <vitrum/serial.h>
#include <vitrum/steady.h>

/* Slope with serial correlation; where too few effective points are left, because the residuals are what a good record
 * has of curvature and not noise, least squares with the largest correlation that procedure 1.3 knows. */
static vt_status slope_of(size_t n, const double *x, const double *y, vt_serial_slope *f, vt_error *err)
{
    vt_status st = vt_serial_slope_fit(n, x, y, 0.95, f, NULL);
    if (st == VT_OK) return VT_OK;
    *f = (vt_serial_slope){.r = 0.95};
    st = vt_line_ordinary(n, x, y, &f->ordinary, err);
    if (st != VT_OK) return st;
    f->n_eff = fmax((double)n * 0.05 / 1.95, 1.0);
    f->slope = f->ordinary.slope;
    f->u_slope = f->ordinary.u_slope * sqrt(1.95 / 0.05);
    f->dof = fmax(f->n_eff - 2.0, 1.0);
    return VT_OK;
}

/* Slope that unknown friction leaves: half its range times d(2 mu r/(3 h))/d strain = mu r/h. */
static double friction_slope(const vti_compression_run *run, const vti_disc_test *s, double strain)
{
    const vti_compression_params *p = &run->par;
    const double half = isfinite(p->friction) ? 2.0 * p->friction_u : 0.5 * (p->friction_high - p->friction_low);
    return fabs(half) * 0.5 * s->disc.diameter / s->disc.height * exp(1.5 * strain);
}

/* Samples of transient before the residual of the line through the last half is steady: the later of MSER-5 and of the
 * first ten readings in a row with R < 1.3, both on the residual thinned until it is white (1.6, step 2). */
static vt_status transient(size_t n, const double *x, const double *y, double *scratch, size_t *cut, vt_error *err)
{
    vt_line l;
    size_t stride, mser = 0, since = 0, run = 0;
    vt_status st = vt_line_ordinary(n - n / 2, x + n / 2, y + n / 2, &l, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) scratch[i] = y[i] - l.intercept - l.slope * x[i];
    if (vt_serial_stride(n - n / 2, scratch + n / 2, 0.2, &stride, NULL) != VT_OK) stride = 1;
    while (stride > 1 && n / stride < 40) stride--;
    const size_t m = n / stride;
    for (size_t i = 0; i < m; i++) scratch[i] = scratch[i * stride];
    st = vt_steady_mser5(m, scratch, &mser, err);
    if (st == VT_OK) st = vt_steady_ratio(m, scratch, scratch, err);
    if (st != VT_OK) return st;
    for (since = 0; since < m && run < 10; since++) run = scratch[since] < 1.3 ? run + 1 : 0;
    if (run < 10) return vt_fail(err, VT_ENOT_STEADY, "no ten readings in a row with R < 1.3");
    since -= 10;
    *cut = stride * (mser > since ? mser : since);
    return VT_OK;
}

/* Quadratic coefficient from the mean heights of the thirds above their chord. */
static double bend(size_t n, const double *x, const double *y)
{
    double mx[3] = {0}, my[3] = {0};
    for (size_t k = 0; k < 3; k++) {
        const size_t from = k * n / 3, to = (k + 1) * n / 3, count = to - from;
        for (size_t i = from; i < to; i++) {
            mx[k] += x[i] / (double)count;
            my[k] += y[i] / (double)count;
        }
    }
    const double first = (my[1] - my[0]) / (mx[1] - mx[0]), second = (my[2] - my[1]) / (mx[2] - mx[1]);
    return (second - first) / (mx[2] - mx[0]);
}

/* One window judged: line, curvature, change that no rate explains. */
static bool judge(const vti_compression_run *run, const vti_disc_test *s, size_t n, const double *x, const double *y,
                  vti_steady *out)
{
    vt_serial_slope f;
    vt_steady_constancy c;
    if (slope_of(n, x, y, &f, NULL) != VT_OK) return false;
    /* Refused for the same reason as above: then its quadratic term is judged by its size alone. */
    if (vt_steady_rate(n, x, y, &c, NULL) != VT_OK) c = (vt_steady_constancy){.curvature = bend(n, x, y)};
    const double span = x[n - 1] - x[0], mid = x[0] + 0.5 * span, slack = friction_slope(run, s, mid);
    const double low = fmin(0.0, s->steady.rise) - slack, high = fmax(0.0, s->steady.rise) + slack;
    const double beyond = f.slope - fmin(fmax(f.slope, low), high), change = beyond * span;
    const double sag = c.curvature * span * span / 4.0, limit = run->par.drift;
    out->bend = c.curvature;
    out->u_bend = c.u_curvature;
    double mean = 0.0, my = 0.0;
    for (size_t i = 0; i < n; i++) mean += x[i] / (double)n, my += y[i] / (double)n;
    out->slope = f.slope;
    out->u_slope = f.u_slope;
    out->dof = f.dof;
    out->strain = mean;
    out->ln_stress = my;
    out->u = f.ordinary.s / sqrt(f.n_eff);
    out->drift = change;
    const bool significant = fabs(beyond) > gsl_cdf_tdist_Qinv(0.025, f.dof) * f.u_slope;
    const bool level = fabs(change) <= limit || (!significant && fabs(change) < 0.1);
    /* A transient shows in the bend first. */
    const bool straight = fabs(sag) <= 0.25 * limit || (c.straight && fabs(sag) < 0.05);
    return level && straight;
}

/* Strain rate at the centre: at constant speed h falls on a line in time, else ln h does. */
static vt_status rate(const vti_disc_test *s, vti_steady *w, double *scratch, vt_error *err)
{
    const size_t n = w->to - w->from;
    const bool speed = s->control == VTI_PRESS_CROSSHEAD;
    vt_serial_slope f;
    for (size_t i = 0; i < n; i++) scratch[i] = speed ? -exp(-s->strain[w->from + i]) : s->strain[w->from + i];
    const vt_status st = slope_of(n, s->t + w->from, scratch, &f, err);
    if (st != VT_OK) return st;
    w->rate = f.slope * (speed ? exp(w->strain) : 1.0);
    if (!(w->rate > 0.0)) return vt_fail(err, VT_ENOT_STEADY, "strain rate %g per s is not above 0", w->rate);
    w->u_rate = f.u_slope / f.slope;
    return VT_OK;
}

/* The longest window that passes, of those that begin in the first and end in the last part of n readings. */
static bool search(const vti_compression_run *run, const vti_disc_test *s, size_t n, const double *x, const double *y,
                   vti_steady *best)
{
    enum { STEPS = 12 };
    double longest = 0.0;
    for (size_t a = 0; a < STEPS; a++)
        for (size_t b = 0; a + b < STEPS; b++) {
            const size_t from = a * n / STEPS, to = n - b * n / STEPS;
            const double span = x[to - 1] - x[from];
            vti_steady w = *best;
            if (to < from + 20 || span < run->par.strain_least || span <= longest) continue;
            if (!judge(run, s, to - from, x + from, y + from, &w)) continue;
            w.from = from;
            w.to = to;
            longest = span;
            *best = w;
        }
    return longest > 0.0;
}

static vt_status refuse(const vti_compression_run *run, vti_disc_test *s, size_t n, const double *x, const double *y,
                        vt_error *err)
{
    vt_line l = {0};
    const size_t half = n / 2;
    const vt_status st = vt_line_ordinary(n - half, x + half, y + half, &l, err);
    if (st != VT_OK) return st;
    s->steady.drift = l.slope * (x[n - 1] - x[half]);
    return vt_fail(
        err, VT_ENOT_STEADY,
        "specimen '%.60s': the stress %s by %.2g %% over the last half, strain %.3f to %.3f, and no window of "
        "strain %.3f is steady: %s",
        s->name, l.slope > 0.0 ? "rises" : "falls", 100.0 * fabs(s->steady.drift), x[half], x[n - 1],
        run->par.strain_least,
        l.slope > 0.0 ? "crystallization, or barrelling" : "press further, or slower if it heats itself");
}

vt_status vti_compression_steady(const vti_compression_run *run, vti_disc_test *s, double *scratch, vt_error *err)
{
    size_t from = s->yield, cut = 0;
    for (size_t i = s->yield; i < s->end && s->strain[i] < run->par.overshoot_strain; i++)
        if (s->fit[i] > s->fit[from]) from = i;
    if (s->steady.rise > 0.5 && s->fit[from] < s->fit[s->end - 1]) from = s->yield;
    const size_t n = s->end - from;
    double *y = scratch, *work = scratch + s->n;
    for (size_t i = 0; i < n; i++) {
        if (!(s->stress[from + i] > 0.0))
            return vt_fail(err, VT_ESIGN, "specimen '%.60s': stress %.4g Pa at strain %.4f is not above 0", s->name,
                           s->stress[from + i], s->strain[from + i]);
        y[i] = log(s->stress[from + i]);
    }
    vti_steady w = s->steady;
    const double *x = s->strain + from;
    if (n < 40) return vt_fail(err, VT_ESEGMENT_SHORT, "specimen '%.60s': %zu readings of flow; need 40", s->name, n);
    if (transient(n, x, y, work, &cut, NULL) != VT_OK) cut = 0;
    if (cut + 20 > n || !search(run, s, n - cut, x + cut, y + cut, &w)) return refuse(run, s, n, x, y, err);
    w.from += from + cut;
    w.to += from + cut;
    const vt_status st = rate(s, &w, work, err);
    if (st != VT_OK) return st;
    s->steady = w;
    s->is_steady = true;
    return VT_OK;
}
