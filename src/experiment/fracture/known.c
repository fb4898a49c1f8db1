/* Views from known azimuths: the plane through their apparent slopes (P32). */
#include "base/quantity_internal.h"
#include "experiment/fracture/law_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/constants.h>

/* Slopes b = p cos(azimuth) - q sin(azimuth), with p = tan theta sin(azimuth_plane), q = tan theta cos(...). */
struct plane {
    double p, q;
    double V[3]; /* covariance */
    double chi2;
};

/* Variance of the slope of view i if the plane is (p, q): its reading, and its azimuth. */
static double variance(const vt_fracture_views *v, size_t i, double p, double q, double part[2])
{
    const double c = cos(v->azimuth[i]), s = sin(v->azimuth[i]), b = p * c - q * s;
    part[0] = pow(v->u[i] * (1.0 + b * b), 2.0);
    part[1] = pow((p * s + q * c) * v->azimuth_u, 2.0);
    return part[0] + part[1];
}

/* Weighted least squares with the weights of the plane (p0, q0). */
static vt_status solve(const vt_fracture_views *v, const double *slope, double p0, double q0, struct plane *out,
                       vt_error *err)
{
    double A = 0.0, B = 0.0, C = 0.0, y1 = 0.0, y2 = 0.0, part[2];
    for (size_t i = 0; i < v->n; i++) {
        const double c = cos(v->azimuth[i]), s = sin(v->azimuth[i]), w = 1.0 / variance(v, i, p0, q0, part);
        A += w * c * c;
        B -= w * c * s;
        C += w * s * s;
        y1 += w * c * slope[i];
        y2 -= w * s * slope[i];
    }
    const double D = A * C - B * B, least = 0.5 * (A + C) - sqrt(0.25 * (A - C) * (A - C) + B * B);
    if (!(least > 0.03 * (A + C))) /* all within some 20 degrees, or opposite */
        return vt_fail(err, VT_ENARROW,
                       "the azimuths of the views are too much alike, or opposite, to tell the tilt towards the "
                       "observer; spread them over 60 degrees or more");
    *out = (struct plane){(C * y1 - B * y2) / D, (A * y2 - B * y1) / D, {C / D, -B / D, A / D}, 0.0};
    for (size_t i = 0; i < v->n; i++) {
        const double r = slope[i] - out->p * cos(v->azimuth[i]) + out->q * sin(v->azimuth[i]);
        out->chi2 += r * r / variance(v, i, p0, q0, part);
    }
    return VT_OK;
}

/* Weights follow the plane, the plane follows the weights. */
static vt_status settle(const vt_fracture_views *v, const double *slope, struct plane *out, vt_error *err)
{
    struct plane f = {0};
    for (int k = 0; k < 20; k++) {
        const double p = f.p, q = f.q;
        const vt_status st = solve(v, slope, p, q, &f, err);
        if (st != VT_OK) return st;
        if (hypot(f.p - p, f.q - q) < 1e-10) break;
    }
    *out = f;
    return VT_OK;
}

/* Signs are those of sin(azimuth_plane - azimuth_view), which change at the azimuths of the views: n patterns. */
static vt_status best_signs(const vt_fracture_views *v, double *slope, struct plane *best, vt_error *err)
{
    double size[VT_FRACTURE_VIEWS], trial[VT_FRACTURE_VIEWS];
    bool found = false;
    for (size_t i = 0; i < v->n; i++) size[i] = fabs(slope[i]);
    for (size_t k = 0; k < v->n; k++) {
        struct plane f;
        for (size_t i = 0; i < v->n; i++)
            trial[i] = sin(v->azimuth[k] + 1e-9 - v->azimuth[i]) < 0.0 ? -size[i] : size[i];
        const vt_status st = settle(v, trial, &f, err);
        if (st != VT_OK) return st;
        if (found && !(f.chi2 < best->chi2)) continue;
        found = true;
        *best = f;
        for (size_t i = 0; i < v->n; i++) slope[i] = trial[i];
    }
    return VT_OK;
}

/* The estimator keeps its weights; its distribution is that of a plane of length `slope` in the direction found. */
struct trial {
    const vt_fracture_views *v;
    const struct plane *fit;
    double r, direction[2], scale;
    bool readings_only; /* azimuths without error */
};

static void spread(const struct trial *t, double p, double q, double V[3])
{
    const vt_fracture_views *v = t->v;
    const double *W = t->fit->V;
    double M[3] = {0.0, 0.0, 0.0}, part[2];
    for (size_t i = 0; i < v->n; i++) {
        const double c = cos(v->azimuth[i]), s = sin(v->azimuth[i]),
                     w = 1.0 / variance(v, i, t->fit->p, t->fit->q, part);
        const double a = w * (W[0] * c - W[1] * s), b = w * (W[1] * c - W[2] * s);
        const double all = variance(v, i, p, q, part), var = t->scale * t->scale * (t->readings_only ? part[0] : all);
        M[0] += a * a * var;
        M[1] += a * b * var;
        M[2] += b * b * var;
    }
    for (int k = 0; k < 3; k++) V[k] = M[k];
}

static double shorter(double length, const void *ctx)
{
    const struct trial *t = ctx;
    const double m[2] = {length * t->direction[0], length * t->direction[1]};
    double V[3];
    spread(t, m[0], m[1], V);
    return vti_normal_in_disk(t->r, m, V);
}

static void interval(const struct trial *t, double level, vt_fracture_angle *a)
{
    double V[3];
    spread(t, t->fit->p, t->fit->q, V);
    const double high = t->r + 12.0 * sqrt(V[0] + V[2]);
    a->theta = atan(vti_fracture_bisect(high, 0.5, shorter, t));
    a->low = atan(vti_fracture_bisect(high, 0.5 + 0.5 * level, shorter, t));
    a->high = atan(vti_fracture_bisect(high, 0.5 - 0.5 * level, shorter, t));
    a->high = fmax(a->high, atan(tan(a->low) + sqrt(fmin(V[0], V[2])))); /* readings smaller than their errors */
    const double r2 = fmax(t->r * t->r, 1e-300);
    const double across =
        t->fit->q * t->fit->q * V[0] - 2.0 * t->fit->p * t->fit->q * V[1] + t->fit->p * t->fit->p * V[2];
    a->azimuth = atan2(t->fit->p, t->fit->q);
    a->u_azimuth = fmin(sqrt(across) / r2, VT_PI / sqrt(3.0)); /* that of any direction */
}

/* Part of the uncertainty, along the tilt, that the readings alone make. */
static double reading_part(const struct trial *t)
{
    struct trial still = *t;
    double V[3], V0[3];
    still.readings_only = true;
    spread(t, t->fit->p, t->fit->q, V);
    spread(&still, t->fit->p, t->fit->q, V0);
    const double c = t->direction[0], s = t->direction[1];
    return sqrt((c * c * V0[0] + 2.0 * c * s * V0[1] + s * s * V0[2]) /
                (c * c * V[0] + 2.0 * c * s * V[1] + s * s * V[2]));
}

vt_status vt_fracture_known(const vt_fracture_views *views, double level, vt_fracture_angle *out, vt_error *err)
{
    double slope[VT_FRACTURE_VIEWS];
    struct plane fit = {0};
    vt_status st = vti_fracture_check(views, level, out, err);
    if (st != VT_OK) return st;
    if (!views->azimuth) return vt_fail(err, VT_EARG, "the azimuths of the views are NULL");
    if (views->n < 3)
        return vt_fail(err, VT_EDOF, "%zu view%s give a lower bound only; 3 are needed", views->n,
                       views->n == 1 ? "" : "s");
    for (size_t i = 0; i < views->n; i++) slope[i] = tan(views->apparent[i]);
    st = views->unsigned_angles ? best_signs(views, slope, &fit, err) : settle(views, slope, &fit, err);
    if (st != VT_OK) return st;
    const double nu = (double)views->n - 2.0, r = hypot(fit.p, fit.q);
    vt_fracture_angle a = {.chi2 = fit.chi2, .p_value = gsl_cdf_chisq_Q(fit.chi2, nu), .scale = 1.0};
    if (a.p_value < 0.01) a.scale = fmax(1.0, sqrt(fit.chi2 / nu));
    const struct trial t = {.v = views,
                            .fit = &fit,
                            .r = r,
                            .direction = {r > 0.0 ? fit.p / r : 1.0, r > 0.0 ? fit.q / r : 0.0},
                            .scale = a.scale};
    interval(&t, level, &a);
    const double z = vti_coverage_factor(level, INFINITY);
    a.u_reading = reading_part(&t) * (a.high - a.low) / (2.0 * z);
    *out = a;
    return VT_OK;
}
