/* Structural compliance: the slope of sqrt(P)/S against sqrt(P). Jakes et al., J. Mater. Res. 23 (2008) 1113. */
#include "base/quantity_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/indent_set.h>
#include <vitrum/line.h>
#include <vitrum/york.h>

/* The points of the plot: x, y, u_x, u_y and their correlation. */
typedef struct plot {
    size_t n;
    double *x, *y, *ux, *uy, *r;
    double *slope, *intercept, *curvature; /* of indents */
} plot;

static const double SPAN = 2.0; /* loads that differ by less do not make a line */

static vt_status check(const vt_compliance_data *d, double level, const vt_compliance *out, vt_error *err)
{
    if (!d || !out) return vt_fail(err, VT_EARG, "data or output is NULL");
    if (d->n > 0 && (!d->P || !d->S || !d->indent)) return vt_fail(err, VT_EARG, "load, stiffness or indent is NULL");
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    if (!d->u_P != !d->u_S) return vt_fail(err, VT_EARG, "give uncertainties of load and stiffness both, or neither");
    if (d->n < 4) return vt_fail(err, VT_EDOF, "%zu points: a structural compliance needs 4 at different loads", d->n);
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(d->P[i]) || !isfinite(d->S[i]) || (d->u_P && (!isfinite(d->u_P[i]) || !isfinite(d->u_S[i]))))
            return vt_fail(err, VT_ENAN, "point %zu is not finite", i);
        if (!(d->P[i] > 0.0) || !(d->S[i] > 0.0) || (d->u_P && (!(d->u_P[i] >= 0.0) || !(d->u_S[i] >= 0.0))))
            return vt_fail(err, VT_ERANGE, "point %zu: load %g N and stiffness %g N/m must be > 0, u >= 0", i, d->P[i],
                           d->S[i]);
        low = fmin(low, d->P[i]);
        high = fmax(high, d->P[i]);
    }
    if (!(high >= SPAN * low))
        return vt_fail(err, VT_ENARROW,
                       "loads from %g to %g N: a structural compliance needs loads that differ by a factor of %g; "
                       "measure several depths, or several cycles",
                       low, high, SPAN);
    return VT_OK;
}

static vt_status plot_create(const vt_compliance_data *d, plot *p, double **block, vt_error *err)
{
    *block = calloc(d->n, 8 * sizeof **block);
    if (!*block) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", d->n);
    double **part[8] = {&p->x, &p->y, &p->ux, &p->uy, &p->r, &p->slope, &p->intercept, &p->curvature};
    for (size_t k = 0; k < 8; k++) *part[k] = *block + k * d->n;
    p->n = d->n;
    for (size_t i = 0; i < d->n; i++) {
        const double a = d->u_P ? 0.5 * d->u_P[i] / d->P[i] : 0.0, b = d->u_S ? d->u_S[i] / d->S[i] : 0.0;
        p->x[i] = sqrt(d->P[i]);
        p->y[i] = p->x[i] / d->S[i];
        p->ux[i] = a * p->x[i];
        p->uy[i] = hypot(a, b) * p->y[i];
        p->r[i] = a > 0.0 ? fmin(a / hypot(a, b), 0.999999) : 0.0; /* the load moves both */
    }
    return VT_OK;
}

/* Line and quadratic term through points from ... to - 1, weighted by 1/u_y^2 where all have one. The quadratic term is
 * that of a parabola with the middle of x as origin. curvature[1]: its u for independent errors of scale s. */
static void fit(const plot *p, size_t from, size_t to, double line[2], double curvature[2])
{
    double w = 0.0, mx = 0.0, my = 0.0, xx = 0.0, xy = 0.0, xxx = 0.0, x4 = 0.0, xxy = 0.0;
    bool weighted = true;
    for (size_t i = from; i < to; i++) weighted = weighted && p->uy[i] > 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = from; i < to; i++) {
            const double wi = weighted ? pow(p->y[from] / p->uy[i], 2.0) : 1.0, dx = p->x[i] - mx, dy = p->y[i] - my;
            if (pass == 0) {
                w += wi;
                mx += wi / w * (p->x[i] - mx);
                my += wi / w * (p->y[i] - my);
                continue;
            }
            xx += wi * dx * dx;
            xy += wi * dx * dy;
            xxx += wi * dx * dx * dx;
            xxy += wi * dx * dx * dy;
            x4 += wi * dx * dx * dx * dx;
        }
    line[0] = xy / xx;
    line[1] = my - line[0] * mx;
    /* dx^2 made orthogonal to 1 and dx */
    const double norm = x4 - xxx * xxx / xx - xx * xx / w, part = xxy - line[0] * xxx;
    const bool told = to - from > 2 && norm > 1e-9 * x4;
    curvature[0] = told ? part / norm : 0.0;
    curvature[1] = NAN;
    if (!told || to - from < 4) return;
    double rss = 0.0;
    for (size_t i = from; i < to; i++) {
        const double wi = weighted ? pow(p->y[from] / p->uy[i], 2.0) : 1.0, dx = p->x[i] - mx;
        const double e = p->y[i] - my - line[0] * dx - curvature[0] * (dx * dx - xxx / xx * dx - xx / w);
        rss += wi * e * e;
    }
    curvature[1] = sqrt(rss / (double)(to - from - 3) / norm);
}

static void mean_of(size_t n, const double *v, double *mean, double *u)
{
    double m = 0.0, s2 = 0.0;
    for (size_t i = 0; i < n; i++) m += v[i] / (double)n;
    for (size_t i = 0; i < n; i++) s2 += (v[i] - m) * (v[i] - m);
    *mean = m;
    *u = sqrt(s2 / (double)(n - 1) / (double)n);
}

static double two_sided(double t, double dof)
{
    return isfinite(t) ? 2.0 * gsl_cdf_tdist_Q(fabs(t), dof) : -1.0;
}

static size_t end_of(const vt_compliance_data *d, size_t from)
{
    size_t to = from + 1;
    while (to < d->n && d->indent[to] == d->indent[from]) to++;
    return to;
}

/* A line for each indent whose loads span enough; returns how many. */
static size_t fit_indents(const vt_compliance_data *d, plot *p, size_t *indents, bool *bent)
{
    size_t m = 0;
    *indents = 0;
    *bent = true;
    for (size_t from = 0, to; from < d->n; from = to) {
        double low = INFINITY, high = 0.0, line[2], curvature[2];
        to = end_of(d, from);
        ++*indents;
        for (size_t i = from; i < to; i++) low = fmin(low, d->P[i]), high = fmax(high, d->P[i]);
        if (!(high >= SPAN * low)) continue;
        fit(p, from, to, line, curvature);
        p->slope[m] = line[0];
        p->intercept[m] = line[1];
        p->curvature[m++] = curvature[0];
        *bent = *bent && to - from > 2;
    }
    return m;
}

static vt_status fit_points(const vt_compliance_data *d, const plot *p, vt_compliance *c, vt_error *err)
{
    double line[2], curvature[2];
    c->method = VT_COMPLIANCE_POINTS;
    c->dof = (double)d->n - 2.0;
    fit(p, 0, d->n, line, curvature);
    c->curvature = curvature[0];
    c->p_curvature = two_sided(curvature[0] / curvature[1], (double)d->n - 3.0);
    bool known = d->u_P != NULL;
    for (size_t i = 0; known && i < d->n; i++) known = p->uy[i] > 0.0;
    if (!known) {
        vt_line l;
        const vt_status st = vt_line_ordinary(d->n, p->x, p->y, &l, err);
        if (st != VT_OK) return st;
        c->C_s = l.slope, c->u = l.u_slope, c->intercept = l.intercept, c->u_intercept = l.u_intercept;
        return VT_OK;
    }
    const vt_xy_data data = {d->n, p->x, p->y, p->ux, p->uy, p->r};
    vt_york_fit y;
    const vt_status st = vt_york_line(&data, &y, err);
    if (st != VT_OK) return st;
    const double scale = y.nu > 0 ? fmax(1.0, sqrt(y.chi2 / (double)y.nu)) : 1.0;
    c->C_s = y.slope, c->u = scale * y.u_slope, c->intercept = y.intercept, c->u_intercept = scale * y.u_intercept;
    return VT_OK;
}

static void mean_of_indents(size_t m, const plot *p, bool bent, vt_compliance *c)
{
    double u;
    c->method = VT_COMPLIANCE_INDENTS;
    c->dof = (double)m - 1.0;
    mean_of(m, p->slope, &c->C_s, &c->u);
    mean_of(m, p->intercept, &c->intercept, &c->u_intercept);
    c->p_curvature = -1.0;
    if (!bent) return;
    mean_of(m, p->curvature, &c->curvature, &u);
    c->p_curvature = two_sided(c->curvature / u, c->dof);
}

vt_status vt_structural_compliance(const vt_compliance_data *d, double level, vt_compliance *out, vt_error *err)
{
    plot p = {0};
    double *block = NULL;
    bool bent;
    vt_compliance c = {.load_low = INFINITY};
    vt_status st;
    VT_TRY(st = check(d, level, out, err));
    VT_TRY(st = plot_create(d, &p, &block, err));
    c.points = d->n;
    for (size_t i = 0; i < d->n; i++) {
        c.load_low = fmin(c.load_low, d->P[i]);
        c.load_high = fmax(c.load_high, d->P[i]);
    }
    const size_t m = fit_indents(d, &p, &c.indents, &bent);
    if (m >= 3)
        mean_of_indents(m, &p, bent, &c);
    else
        VT_TRY(st = fit_points(d, &p, &c, err));
    const double t = vti_coverage_factor(level, c.dof);
    c.low = c.C_s - t * c.u;
    c.high = c.C_s + t * c.u;
    *out = c;
done:
    free(block);
    return st;
}
