/* Direction of the axis in the picture: from the two edges, from one, or as marked (P32, step 1). */
#include "fracture_internal.h"
#include <math.h>
#include <vitrum/constants.h>

/* A straight feature: direction, and distance from the origin along its normal at `along` = 0. */
struct straight {
    size_t n;
    double angle, u; /* rad */
    double cx, cy;   /* its middle */
};

static vt_status straight_of(vti_fracture_run *run, const vti_fracture_view *v, vti_feature feature,
                             struct straight *out, vt_error *err)
{
    const vti_trace_point *p = run->point;
    double *X = run->scratch, *y = X + VTI_TERMS * (run->n + 1), *w = y + run->n + 1, sxx = 0.0, sxy = 0.0, syy = 0.0;
    struct straight s = {0};
    for (size_t i = v->from; i < v->to; i++) {
        if (p[i].feature != feature) continue;
        s.n++;
        s.cx += p[i].x;
        s.cy += p[i].y;
    }
    if (s.n >= 2) {
        s.cx /= (double)s.n;
        s.cy /= (double)s.n;
        for (size_t i = v->from; i < v->to; i++) {
            if (p[i].feature != feature) continue;
            sxx += (p[i].x - s.cx) * (p[i].x - s.cx);
            sxy += (p[i].x - s.cx) * (p[i].y - s.cy);
            syy += (p[i].y - s.cy) * (p[i].y - s.cy);
        }
        s.angle = 0.5 * atan2(2.0 * sxy, sxx - syy);
        s.u = 0.0;
    }
    if (s.n >= 3) {
        size_t k = 0;
        vti_terms_fit f;
        const double c = cos(s.angle), d = sin(s.angle);
        for (size_t i = v->from; i < v->to; i++) {
            if (p[i].feature != feature) continue;
            X[VTI_TERMS * k] = 1.0;
            X[VTI_TERMS * k + 1] = (p[i].x - s.cx) * c + (p[i].y - s.cy) * d;
            y[k++] = (p[i].y - s.cy) * c - (p[i].x - s.cx) * d;
        }
        const vt_status st = vti_terms(k, 2, X, y, run->job->common.level, w, &f, err);
        if (st != VT_OK) return st;
        s.angle += atan(f.x[1]);
        s.u = f.t_over_z * sqrt(f.V[1][1]) / (1.0 + f.x[1] * f.x[1]);
        s.cx -= f.x[0] * d;
        s.cy += f.x[0] * c;
    }
    *out = s;
    return VT_OK;
}

/* a - b of two axes, -pi/2 to pi/2. */
static double turn(double a, double b)
{
    return remainder(a - b, VT_PI);
}

static vt_status of_edges(vti_fracture_run *run, vti_fracture_view *v, const struct straight *left,
                          const struct straight *right, vt_error *err)
{
    char name[96];
    const double d = turn(right->angle, left->angle), apart = 15.0 * VT_PI / 180.0;
    if (!(fabs(d) < apart))
        return vt_fail(err, VT_EREFERENCE,
                       "%s: the edges differ by %.3g degrees in direction, more than 15: they are not the two sides of "
                       "one wire; trace them again, or mark the axis",
                       vti_fracture_view_name(run, v, name, sizeof name), fabs(d) * 180.0 / VT_PI);
    v->axis = left->angle + 0.5 * d;
    v->disagreement = fabs(d);
    const double stated = 0.5 * hypot(left->u, right->u);
    v->u_axis = fmax(run->par->axis_u, fmax(stated, 0.5 * fabs(d)));
    if (fabs(d) < 3.0 * VT_PI / 180.0) return VT_OK;
    return vt_result_warn(run->result, err, "W_EDGES",
                          "%s: the edges differ by %.3g degrees in direction; the axis is taken half way, with half of "
                          "that as its uncertainty",
                          vti_fracture_view_name(run, v, name, sizeof name), fabs(d) * 180.0 / VT_PI);
}

/* Middle of the wire, and its radius, where the trace is. */
static void width(const vti_fracture_run *run, vti_fracture_view *v, const struct straight *left,
                  const struct straight *right)
{
    double x = 0.0, y = 0.0, at[2];
    size_t n = 0;
    for (size_t i = v->from; i < v->to; i++) {
        if (run->point[i].feature != VTI_TRACE) continue;
        x += run->point[i].x;
        y += run->point[i].y;
        n++;
    }
    if (n == 0) return;
    const double c = cos(v->axis), s = sin(v->axis);
    const double along = (x * c + y * s) / (double)n;
    const struct straight *e[2] = {left, right};
    for (int k = 0; k < 2; k++) { /* across the axis, at the height of the trace */
        const double own = e[k]->cx * c + e[k]->cy * s, lean = tan(turn(e[k]->angle, v->axis));
        at[k] = e[k]->cy * c - e[k]->cx * s + lean * (along - own);
    }
    v->centre = 0.5 * (at[0] + at[1]);
    v->R = 0.5 * fabs(at[1] - at[0]);
    const double far = along - 0.5 * ((left->cx + right->cx) * c + (left->cy + right->cy) * s);
    v->u_centre = hypot(0.01, v->u_axis * far / v->R); /* an axis that leans misses the middle of the trace */
}

vt_status vti_fracture_axis(vti_fracture_run *run, vti_fracture_view *v, vt_error *err)
{
    struct straight left, right, marked;
    char name[96];
    vt_status st = straight_of(run, v, VTI_EDGE_LEFT, &left, err);
    if (st == VT_OK) st = straight_of(run, v, VTI_EDGE_RIGHT, &right, err);
    if (st == VT_OK) st = straight_of(run, v, VTI_AXIS, &marked, err);
    if (st != VT_OK) return st;
    if (left.n >= 2 && right.n >= 2) {
        width(run, v, &left, &right); /* with the first direction at hand */
        st = of_edges(run, v, &left, &right, err);
        if (st == VT_OK) width(run, v, &left, &right);
        return st;
    }
    const struct straight *one = marked.n >= 2 ? &marked : left.n >= 2 ? &left : right.n >= 2 ? &right : NULL;
    if (!one)
        return vt_fail(
            err, VT_EREFERENCE,
            "%s has no axis to measure the angle from: trace two points or more of edge_left and edge_right, "
            "or of axis",
            vti_fracture_view_name(run, v, name, sizeof name));
    v->axis = one->angle;
    v->u_axis = fmax(run->par->axis_u, one->u);
    if (one == &marked) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_EDGES",
        "%s: one edge only; the axis is taken along it, and its error of %.2g degrees (axis_u) is not "
        "tested by the other one",
        vti_fracture_view_name(run, v, name, sizeof name), v->u_axis * 180.0 / VT_PI);
}
