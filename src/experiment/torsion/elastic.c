/* The elastic window: the largest from the end of the toe in which a quadratic term is not significant (P29). */
#include "torsion_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/serial.h>

enum { LEAST_BINS = 12 };
static const double SOFTEST = 0.2e9, STIFFEST = 700e9; /* Pa: plastics, diamond (about 500) */
static const double ALPHA = 0.01;                      /* of the quadratic term, P29 */

/* Orthogonal parabola about the mean: coefficient of the quadratic term over its u for white noise of deviation 1, and
 * deviation and bias-corrected correlation of the residuals. */
struct parabola {
    double q, s, r;
};

static struct parabola parabola(size_t n, const double *x, const double *y)
{
    double xm = 0.0, ym = 0.0, s2 = 0.0, s3 = 0.0, sxy = 0.0, q2 = 0.0, qy = 0.0, c0 = 0.0, c1 = 0.0, before = 0.0;
    for (size_t i = 0; i < n; i++) {
        xm += x[i] / (double)n;
        ym += y[i] / (double)n;
    }
    const double scale = fabs(x[n - 1] - x[0]);
    for (size_t i = 0; i < n; i++) {
        const double u = (x[i] - xm) / scale;
        s2 += u * u;
        s3 += u * u * u;
        sxy += u * (y[i] - ym);
    }
    for (size_t i = 0; i < n; i++) {
        const double u = (x[i] - xm) / scale, q = u * u - s2 / (double)n - s3 / s2 * u;
        q2 += q * q;
        qy += q * (y[i] - ym);
    }
    for (size_t i = 0; i < n; i++) {
        const double u = (x[i] - xm) / scale, q = u * u - s2 / (double)n - s3 / s2 * u;
        const double e = y[i] - ym - sxy / s2 * u - qy / q2 * q;
        c0 += e * e;
        c1 += e * before;
        before = e;
    }
    const double r1 = c0 > 0.0 ? c1 / c0 : 0.0;
    return (struct parabola){.q = qy / sqrt(q2),
                             .s = sqrt(c0 / ((double)n - 3.0)),
                             .r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / (double)n))};
}

/* p of a quadratic term under noise of deviation s and correlation r, known from m readings. */
static double p_value(double q, double s, double r, size_t m)
{
    const double nu = fmax(2.0, (double)m * (1.0 - r) / (1.0 + r) - 3.0);
    if (!(s > 0.0)) return fabs(q) > 0.0 ? 0.0 : 1.0;
    return 2.0 * gsl_cdf_tdist_Q(fabs(q) / (s * sqrt((1.0 + r) / (1.0 - r))), nu);
}

double vti_torsion_curvature(size_t n, const double *x, const double *y)
{
    if (n < 8) return NAN;
    const struct parabola f = parabola(n, x, y);
    return p_value(f.q, f.s, f.r, n);
}

/* Last bin (exclusive) of the largest window that starts at `from`; from: none. Deviation and correlation come from the
 * part up to half of the largest torque: an ideally plastic wire yields at 3/4 of it or later. From the whole window
 * they would not do, since what yield leaves over passes for correlation. */
static size_t grow(const vti_torsion_run *run, size_t from, double half)
{
    size_t base = from, best = from;
    while (base < run->bins && (base < from + LEAST_BINS || run->bin_T[base] < half)) base++;
    if (base - from < LEAST_BINS) return from;
    const struct parabola noise = parabola(base - from, run->bin_phi + from, run->bin_T + from);
    for (size_t to = base; to <= run->bins; to++) {
        const double q = parabola(to - from, run->bin_phi + from, run->bin_T + from).q;
        const double p_curved = p_value(q, noise.s, noise.r, base - from);
        if (p_curved < 1e-5) break; /* bent for sure: a bend back later does not make it straight */
        if (p_curved > ALPHA) best = to;
    }
    return best;
}

static size_t first_above(const vti_torsion_run *run, double T)
{
    size_t i = 0;
    while (i < run->bins && run->bin_T[i] < T) i++;
    return i;
}

bool vti_torsion_line(size_t n, const double *x, const double *y, double level, vt_serial_slope *line)
{
    if (vt_serial_slope_fit(n, x, y, level, line, NULL) == VT_OK) return true;
    if (vt_line_ordinary(n, x, y, &line->ordinary, NULL) != VT_OK) return false;
    line->r = 0.95;
    line->slope = line->ordinary.slope;
    line->u_slope = line->ordinary.u_slope * sqrt((1.0 + line->r) / (1.0 - line->r));
    return true;
}

vt_status vti_torsion_elastic(vti_torsion_run *run, vt_error *err)
{
    const double start = run->par->window_start, part[] = {start, 1.5 * start, 2.0 * start, 3.0 * start};
    double top = 0.0, longest = 0.0;
    for (size_t i = 0; i < run->bins; i++) top = fmax(top, run->bin_T[i]);
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        const size_t from = first_above(run, part[k] * top), to = grow(run, from, 0.5 * top);
        /* A later start must gain a tenth of the torque: a toe goes on, not chance. */
        const double span = to > from ? run->bin_T[to - 1] - run->bin_T[from] : 0.0;
        if (!(span > longest + (longest > 0.0 ? 0.1 * top : 0.0))) continue;
        longest = span;
        run->from = from;
        run->to = to;
    }
    if (!(longest > 0.05 * top))
        return vt_fail(err, VT_ESEGMENT_SHORT,
                       "no straight part of %d means or more between %.3g and the largest torque, %.4g uN m: is the "
                       "toe longer? --set window_start=0.2",
                       LEAST_BINS, start, 1e6 * top);
    vt_serial_slope line;
    const size_t n = run->to - run->from;
    if (!vti_torsion_line(n, run->bin_phi + run->from, run->bin_T + run->from, run->job->common.level, &line))
        return vt_fail(err, VT_EDOF, "no line through %zu means of the elastic part", n);
    if (!(line.slope > 0.0))
        return vt_fail(err, VT_ESIGN, "torque falls with the angle at the beginning, by %.4g uN m/rad",
                       1e6 * line.slope);
    const double G = 2.0 * run->L * line.slope / (VT_PI * pow(run->R, 4.0));
    if (!(G > SOFTEST) || !(G < STIFFEST))
        return vt_fail(
            err, VT_EUNITS,
            "a shear modulus of %.3g GPa, where solids have %g to %g: is the angle in %s (%.3g GPa), the unit of "
            "torque wrong by 1e3, or the diameter (%.4g um, to its fourth power) or the gauge length (%.4g mm)?",
            1e-9 * G, 1e-9 * SOFTEST, 1e-9 * STIFFEST, G < SOFTEST ? "degrees" : "radians, not degrees",
            1e-9 * (G < SOFTEST ? G * 180.0 / VT_PI : G * VT_PI / 180.0), 2e6 * run->R, 1e3 * run->L);
    run->b0 = line.slope;
    run->u_b0 = line.u_slope;
    run->a0 = line.ordinary.intercept + (line.ordinary.slope - line.slope) * run->bin_phi[run->from];
    run->z = -run->a0 / run->b0;
    run->s = line.ordinary.s;
    run->r = line.r;
    return VT_OK;
}
