/* Apparent angle of the trace against the normal of the axis (P32, step 2). */
#include "fracture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/constants.h>

/* Points needed before the bulge of a trace is fitted too. */
enum { BULGE_LEAST = 8, TRACE_LEAST = 3 };

struct across {
    double t, z;
};

static int by_t(const void *a, const void *b)
{
    const struct across *x = a, *y = b;
    return (x->t > y->t) - (x->t < y->t);
}

size_t vti_fracture_frame(const vti_fracture_run *run, const vti_fracture_view *v, vti_feature feature, double *tz)
{
    struct across *p = (struct across *)(void *)tz;
    const double c = cos(v->axis), s = sin(v->axis);
    size_t n = 0;
    for (size_t i = v->from; i < v->to; i++) {
        if (run->point[i].feature != feature) continue;
        const double x = run->point[i].x, y = run->point[i].y;
        p[n].t = y * c - x * s - (isfinite(v->centre) ? v->centre : 0.0);
        p[n++].z = -(x * c + y * s); /* (t, z) is a right-handed turn of (x, y): angles keep their sign */
    }
    if (n) qsort(p, n, sizeof *p, by_t);
    return n;
}

/* m or pixels: radius of the wire, up to a fifth more where the trace needs it; without edges, half of what it spans.
 */
static double unit_of(const vti_fracture_view *v, size_t n, const struct across *p)
{
    const double size = fmax(fabs(p[0].t), fabs(p[n - 1].t));
    return isfinite(v->R) ? fmax(v->R, fmin(size, 1.2 * v->R)) : fmax(0.5 * (p[n - 1].t - p[0].t), 1e-300);
}

/* Where the edges put the wire, and how the trace would have it. */
struct outline {
    double unit, shift; /* radius in m or pixels; middle, in radii from that of the edges */
    vti_terms_fit f;
};

/* A plane seen from the side: z = a + b t + c sqrt(1 - t^2), in radii; b is the apparent slope, the bulge c is the tilt
 * towards the observer, which a straight line would mistake for scatter, or for slope where the trace covers one side
 * only. Last term: d z/d centre over c. */
static size_t terms(const vti_fracture_view *v, size_t n, const struct across *p, const struct outline *o, double *X,
                    double *y)
{
    for (size_t i = 0; i < n; i++) {
        const double t = p[i].t / o->unit - o->shift, s = sqrt(fmax(0.0, 1.0 - t * t));
        X[VTI_TERMS * i] = 1.0;
        X[VTI_TERMS * i + 1] = t;
        X[VTI_TERMS * i + 2] = s;
        X[VTI_TERMS * i + 3] = t / fmax(s, 0.3);
        y[i] = p[i].z / o->unit;
    }
    return n >= BULGE_LEAST && isfinite(v->R) && p[n - 1].t - p[0].t > 0.5 * o->unit ? 3 : 2;
}

/* The middle that the edges give is off by some u_centre, which a strong bulge turns into slope: it is fitted too, held
 * by what the edges say (one more row). */
static vt_status recentre(vti_fracture_run *run, const vti_fracture_view *v, size_t n, const struct across *p,
                          struct outline *o, vt_error *err)
{
    double *X = run->scratch, *y = X + VTI_TERMS * (run->n + 1), *w = y + run->n + 1;
    vti_terms_fit *f = &o->f;
    for (int k = 0; k < 6; k++) {
        const double c = f->x[2], hold = f->s * sqrt(f->stretch) / (v->u_centre * fabs(c));
        terms(v, n, p, o, X, y);
        X[VTI_TERMS * n] = X[VTI_TERMS * n + 1] = X[VTI_TERMS * n + 2] = 0.0;
        X[VTI_TERMS * n + 3] = hold;
        y[n] = -hold * c * o->shift;
        const vt_status st = vti_terms(n + 1, 4, X, y, run->job->common.level, w, f, err);
        if (st != VT_OK) return st;
        const double step = f->x[3] / f->x[2];
        if (!(fabs(step) < 0.3) || !(fabs(f->x[2]) > 0.02)) break;
        o->shift += step;
        if (fabs(step) < 1e-3) break;
    }
    return VT_OK;
}

/* -2 ln likelihood of a radius: residuals of the trace, four points to one because they are correlated, and the radius
 * of the edges, off by j half standard uncertainties. */
static double misfit(const vti_fracture_view *v, size_t n, const struct across *p, const struct outline *o, int j,
                     double *X, double *y)
{
    double sum = 0.0;
    terms(v, n, p, o, X, y);
    for (size_t i = 0; i < n; i++) {
        double r = y[i];
        for (size_t k = 0; k < 3; k++) r -= o->f.x[k] * X[VTI_TERMS * i + k];
        sum += fmin(fabs(r), 3.0 * o->f.s) * o->unit;
    }
    return 0.5 * (double)n * log(fmax(sum, 1e-300)) + 0.25 * j * j;
}

/* So is the radius: the ends of a strong bulge are steep, and a radius that is off looks like correlated scatter. */
static vt_status fit_outline(vti_fracture_run *run, const vti_fracture_view *v, size_t n, const struct across *p,
                             struct outline *best, vt_error *err)
{
    enum { HALF_STEPS = 4 };
    double *X = run->scratch, *y = X + VTI_TERMS * (run->n + 1), least = INFINITY;
    const struct outline from = *best;
    for (int j = -HALF_STEPS; j <= HALF_STEPS; j++) {
        struct outline o = from;
        o.unit *= 1.0 + 0.5 * j * fmin(v->u_centre, 0.1);
        const vt_status st = recentre(run, v, n, p, &o, err);
        if (st != VT_OK) return st;
        const double cost = misfit(v, n, p, &o, j, X, y);
        if (!(cost < least)) continue;
        least = cost;
        *best = o;
    }
    return VT_OK;
}

vt_status vti_fracture_trace(vti_fracture_run *run, vti_fracture_view *v, vt_error *err)
{
    char name[96];
    double *X = run->scratch, *y = X + VTI_TERMS * (run->n + 1), *w = y + run->n + 1;
    struct across *p = (struct across *)(void *)(w + run->n + 1);
    struct outline o = {0};
    const size_t n = vti_fracture_frame(run, v, VTI_TRACE, w + run->n + 1);
    vti_fracture_view_name(run, v, name, sizeof name);
    if (n < TRACE_LEAST)
        return vt_fail(err, VT_EDOF, "%s has %zu points of the trace; %d are needed, 8 or more would show its bulge",
                       name, n, TRACE_LEAST);
    o.unit = unit_of(v, n, p);
    const size_t k = terms(v, n, p, &o, X, y);
    vt_status st = vti_terms(n, k, X, y, run->job->common.level, w, &o.f, err);
    if (st == VT_OK && k == 3 && fabs(o.f.x[2]) > 0.05) st = fit_outline(run, v, n, p, &o, err);
    if (st != VT_OK) return vt_error_about(err, name);
    const double b = o.f.x[1];
    v->apparent = atan(b);
    v->u_trace = sqrt(o.f.V[1][1]) / (1.0 + b * b);
    v->u = sqrt(v->u_axis * v->u_axis + v->u_trace * v->u_trace + run->par->tilt_u * run->par->tilt_u);
    if (v->u_trace > 0.0) /* effective degrees of freedom of Welch and Satterthwaite; the rest has no end of them */
        v->u *= vti_t_over_z(run->job->common.level, o.f.dof * pow(v->u / v->u_trace, 4.0));
    v->unit = o.unit;
    if (isfinite(v->centre)) v->centre += o.shift * o.unit;
    v->a = o.f.x[0];
    v->b = b;
    v->c = k == 3 ? o.f.x[2] : 0.0;
    v->trace_points = n;
    v->outliers = o.f.outliers;
    if (!(v->u < 0.5))
        return vt_fail(err, VT_EDOF,
                       "%s: the apparent angle is uncertain by %.3g degrees; trace more points, farther "
                       "across the wire%s",
                       name, v->u * 180.0 / VT_PI, isfinite(v->R) ? "" : ", and both edges, which show its bulge");
    if (5 * o.f.outliers <= n) return VT_OK;
    return vt_result_warn(run->result, err, "W_OUTLIERS", "%s: %zu of %zu points of the trace lie off its line", name,
                          o.f.outliers, n);
}
