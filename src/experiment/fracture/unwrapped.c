/* The trace around the wire: the sinusoid of a plane or the line of a helix (P32, step 3). */
#include "fracture_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>

enum { PLANE, HELIX, SHAPES };
static const double DECISIVE = 6.0; /* in AICc */

struct shape {
    vti_terms_fit fit;
    double aicc;
    double tangent[3]; /* of theta: value, low, high */
};

/* Widest angle without a point, rad; points sorted by azimuth. */
static double widest_gap(const vti_fracture_run *run, const vti_fracture_specimen *s)
{
    const vti_round_point *p = run->round;
    double turn[1] = {0.0}, gap = 0.0;
    const double first = p[s->round_from].azimuth, last = p[s->round_to - 1].azimuth;
    if (last - first >= 2.0 * VT_PI) return 0.0; /* more than once around */
    turn[0] = first + 2.0 * VT_PI - last;
    for (size_t i = s->round_from + 1; i < s->round_to; i++) gap = fmax(gap, p[i].azimuth - p[i - 1].azimuth);
    return fmax(gap, turn[0]);
}

static vt_status fit(vti_fracture_run *run, const vti_fracture_specimen *s, int shape, struct shape *out, vt_error *err)
{
    const size_t n = s->round_to - s->round_from, p = shape == PLANE ? 3 : 2;
    double *X = run->scratch, *y = X + VTI_TERMS * n, *w = y + n;
    const vti_round_point *point = run->round + s->round_from;
    for (size_t i = 0; i < n; i++) {
        X[VTI_TERMS * i] = 1.0;
        X[VTI_TERMS * i + 1] = shape == PLANE ? cos(point[i].azimuth) : point[i].azimuth;
        X[VTI_TERMS * i + 2] = sin(point[i].azimuth);
        y[i] = point[i].height / (0.5 * s->diameter);
    }
    vt_status st = vti_terms(n, p, X, y, run->job->common.level, w, &out->fit, err);
    if (st != VT_OK) return st;
    const vti_terms_fit *f = &out->fit;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++) out->fit.V[j][k] *= f->t_over_z * f->t_over_z;
    const double m = fmax(f->n_eff, (double)p + 3.0), rss = fmax(f->rss / (double)(n - f->outliers), 1e-24) * m;
    return vt_aicc_relative(rss, (size_t)m, p, &out->aicc, err);
}

/* tan theta with its interval: length of the vector of the sinusoid, or size of the slope. */
static vt_status tangent(const vti_fracture_run *run, int shape, struct shape *f, vt_error *err)
{
    const double level = run->job->common.level, small = 1e-24; /* of exact points */
    double x[2] = {f->fit.x[1], shape == PLANE ? f->fit.x[2] : 0.0}, V[3] = {f->fit.V[1][1] + small, 0.0, small};
    if (shape == PLANE) {
        V[1] = f->fit.V[1][2];
        V[2] = f->fit.V[2][2] + small;
    } else
        V[2] = 1e-6 * V[0]; /* a slope has no second component */
    return vt_normal_length(x, V, level, f->tangent, err);
}

static vt_status add_models(const vti_fracture_run *run, const vti_fracture_specimen *s, const struct shape *f,
                            vt_error *err)
{
    static const char *const NAME[SHAPES] = {"plane", "helix"};
    double aicc[SHAPES] = {f[PLANE].aicc, f[HELIX].aicc}, weight[SHAPES];
    vt_status st = vt_akaike_weights(SHAPES, aicc, weight, err);
    for (int k = 0; k < SHAPES && st == VT_OK; k++) {
        vt_model m = {.aicc = aicc[k], .weight = weight[k], .chi2 = NAN, .parameters = k == PLANE ? 3 : 2};
        snprintf(m.name, sizeof m.name, "%s", NAME[k]);
        snprintf(m.group, sizeof m.group, "fracture of %.40s", s->shown);
        st = vt_result_add_model(run->result, &m, err);
    }
    return st;
}

/* The diameter turns the whole ladder of angles: it widens both sides. */
static void take(const vti_fracture_run *run, vti_fracture_specimen *s, int shape, const struct shape *f)
{
    const double t = f->tangent[0], D = run->z * t * run->par->diameter_u, *A = f->fit.x;
    const double low = fmax(0.0, t - hypot(t - f->tangent[1], D)), high = t + hypot(f->tangent[2] - t, D);
    s->basis = shape == PLANE ? VTI_BASIS_PLANE : VTI_BASIS_HELIX;
    s->angle = (vt_fracture_angle){.theta = atan(t),
                                   .low = atan(low),
                                   .high = atan(high),
                                   .azimuth = shape == PLANE ? atan2(A[2], A[1]) : (double)NAN,
                                   .u_azimuth = NAN,
                                   .scale = 1.0,
                                   .p_value = 1.0};
    s->angle.u_reading = (f->tangent[2] - f->tangent[1]) / (2.0 * run->z) / (1.0 + t * t);
    s->u_diameter = t / (1.0 + t * t) * run->par->diameter_u;
    if (shape == PLANE) {
        const double r2 = fmax(A[1] * A[1] + A[2] * A[2], 1e-300);
        const double across =
            A[2] * A[2] * f->fit.V[1][1] - 2.0 * A[1] * A[2] * f->fit.V[1][2] + A[1] * A[1] * f->fit.V[2][2];
        s->angle.u_azimuth = fmin(sqrt(fmax(across, 0.0)) / r2, VT_PI / sqrt(3.0));
    }
    memcpy(s->A, A, sizeof s->A);
}

vt_status vti_fracture_unwrapped(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err)
{
    struct shape f[SHAPES];
    const size_t n = s->round_to - s->round_from;
    if (n < 6) return vt_fail(err, VT_EDOF, "%s: %zu points around the wire; 6 are needed", s->shown, n);
    const double gap = widest_gap(run, s);
    if (gap > VT_PI)
        return vt_fail(err, VT_ENARROW,
                       "%s: the points leave out %.3g degrees of the circumference; a plane and a helix are told apart "
                       "by half of it or more",
                       s->shown, gap * 180.0 / VT_PI);
    for (int k = 0; k < SHAPES; k++) {
        vt_status st = fit(run, s, k, &f[k], err);
        if (st == VT_OK) st = tangent(run, k, &f[k], err);
        if (st != VT_OK) return vt_error_about(err, s->shown);
    }
    const vt_status st = add_models(run, s, f, err);
    if (st != VT_OK) return st;
    const double by = f[HELIX].aicc - f[PLANE].aicc, flat = tan(run->par->mode_tolerance);
    if (f[PLANE].tangent[2] < flat && f[HELIX].tangent[2] < flat) {
        take(run, s, PLANE, &f[PLANE]); /* flat by both */
        return VT_OK;
    }
    if (fabs(by) > DECISIVE) {
        take(run, s, by > 0.0 ? PLANE : HELIX, &f[by > 0.0 ? PLANE : HELIX]);
        return VT_OK;
    }
    return vt_result_warn(
        run->result, err, "W_SHAPE",
        "%s: a plane (%.3g degrees) and a helix (%.3g degrees) fit the trace about equally well (AICc "
        "%+.3g): no angle is given; trace more of the circumference",
        s->shown, atan(f[PLANE].tangent[0]) * 180.0 / VT_PI, atan(f[HELIX].tangent[0]) * 180.0 / VT_PI, by);
}
