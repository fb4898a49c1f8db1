/* Views from unknown azimuths: what the largest apparent angle says (P32). */
#include "experiment/fracture/law_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/constants.h>

static const double STEEPEST = 89.9 * VT_PI / 180.0;

struct largest {
    const vt_fracture_views *v;
    double x; /* largest |apparent angle| */
};

/* P(|apparent| <= x) of one view at a random azimuth. The integrand is periodic: equal steps converge at once when they
 * are finer than the reading error. */
static double one_view(double theta, double x, double u)
{
    const double need = 8.0 * theta / u + 32.0;
    const int steps = need > 4000.0 ? 4000 : (int)need;
    double sum = 0.0;
    for (int k = 0; k < steps; k++) {
        const double psi = 0.5 * VT_PI * ((double)k + 0.5) / steps, mu = atan(tan(theta) * cos(psi));
        sum += gsl_cdf_ugaussian_P((x - mu) / u) - gsl_cdf_ugaussian_P((-x - mu) / u);
    }
    return sum / steps;
}

static double all_views(double theta, const void *ctx)
{
    const struct largest *l = ctx;
    double p = 1.0;
    for (size_t i = 0; i < l->v->n && p > 0.0; i++) p *= one_view(theta, l->x, l->v->u[i]);
    return p;
}

/* The same if all views are along the strike, where nothing is hidden. */
static double all_open(double theta, const void *ctx)
{
    const struct largest *l = ctx;
    double p = 1.0;
    for (size_t i = 0; i < l->v->n; i++) {
        const double u = l->v->u[i];
        p *= gsl_cdf_ugaussian_P((l->x - theta) / u) - gsl_cdf_ugaussian_P((-l->x - theta) / u);
    }
    return p;
}

static double largest_of(const vt_fracture_views *v, double *u)
{
    double x = -1.0;
    for (size_t i = 0; i < v->n; i++)
        if (fabs(v->apparent[i]) > x) {
            x = fabs(v->apparent[i]);
            *u = v->u[i];
        }
    return x;
}

vt_status vt_fracture_bound(const vt_fracture_views *views, double level, double *bound, vt_error *err)
{
    double u;
    const vt_status st = vti_fracture_check(views, level, bound, err);
    if (st != VT_OK) return st;
    const struct largest l = {views, largest_of(views, &u)};
    *bound = vti_fracture_bisect(STEEPEST, level, all_open, &l);
    return VT_OK;
}

vt_status vt_fracture_random(const vt_fracture_views *views, double level, vt_fracture_angle *out, vt_error *err)
{
    double u = 0.0;
    const vt_status st = vti_fracture_check(views, level, out, err);
    if (st != VT_OK) return st;
    if (views->n < 3)
        return vt_fail(err, VT_EDOF, "%zu view%s of unknown azimuth give a lower bound only; 3 are needed", views->n,
                       views->n == 1 ? "" : "s");
    const struct largest l = {views, largest_of(views, &u)};
    vt_fracture_angle a = {.azimuth = NAN, .u_azimuth = NAN, .scale = 1.0, .p_value = 1.0};
    a.theta = vti_fracture_bisect(STEEPEST, 0.5, all_views, &l);
    a.low = vti_fracture_bisect(STEEPEST, 0.5 + 0.5 * level, all_views, &l);
    a.high = vti_fracture_bisect(STEEPEST, 0.5 - 0.5 * level, all_views, &l);
    a.high = fmax(a.high, fmin(STEEPEST, a.low + u)); /* readings all smaller than their errors: no empty interval */
    a.u_reading = u;
    *out = a;
    return VT_OK;
}
