/* Transients of free-volume flow, integrated stage by stage. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/free_volume_flow.h>

enum { MOST_STEPS = 1000000 };

/* y[0]: stress (rate held) or strain (stress held); y[1]: free volume. */
struct stage {
    vt_free_volume_model m;
    bool rate_held;
    double value;
};

struct vt_free_volume_flow {
    struct stage stage;
    gsl_odeiv2_system system;
    gsl_odeiv2_driver *driver;
};

/* Annihilation at v per jump, and its derivative. */
static double annihilation(const vt_free_volume_model *m, double v, double *slope)
{
    *slope = 0.0;
    if (!(m->v_eq > 0.0)) return 1.0 / m->n_D;
    const double q = exp(1.0 / v - 1.0 / m->v_eq);
    *slope = q / (v * v) / m->n_D;
    return (1.0 - q) / m->n_D;
}

/* cosh(sigma) - 1 without cancellation. */
static double cosh_less_1(double sigma)
{
    const double s = sinh(0.5 * sigma);
    return 2.0 * s * s;
}

static int rates(double t, const double y[], double dydt[], void *context)
{
    (void)t;
    const struct stage *c = context;
    if (!(y[1] > 0.0)) return GSL_EDOM;
    double slope;
    const double sigma = c->rate_held ? y[0] : c->value, jumps = exp(-1.0 / y[1]), flow = jumps * sinh(sigma);
    dydt[0] = c->rate_held ? c->m.E * (c->value - flow) : flow;
    dydt[1] = jumps / c->m.alpha * (cosh_less_1(sigma) / (c->m.K * y[1]) - annihilation(&c->m, y[1], &slope));
    return isfinite(dydt[0]) && isfinite(dydt[1]) ? GSL_SUCCESS : GSL_EDOM;
}

static int jacobian(double t, const double y[], double *J, double dfdt[], void *context)
{
    (void)t;
    const struct stage *c = context;
    const vt_free_volume_model *m = &c->m;
    if (!(y[1] > 0.0)) return GSL_EDOM;
    const double v = y[1], sigma = c->rate_held ? y[0] : c->value, jumps = exp(-1.0 / v), by_v = jumps / (v * v);
    double slope;
    const double made = cosh_less_1(sigma) / (m->K * v), net = made - annihilation(m, v, &slope);
    J[0] = c->rate_held ? -m->E * jumps * cosh(sigma) : 0.0;
    J[1] = (c->rate_held ? -m->E : 1.0) * by_v * sinh(sigma);
    J[2] = c->rate_held ? jumps / m->alpha * sinh(sigma) / (m->K * v) : 0.0;
    J[3] = by_v / m->alpha * net - jumps / m->alpha * (made / v + slope);
    dfdt[0] = dfdt[1] = 0.0;
    return GSL_SUCCESS;
}

void vt_free_volume_flow_free(vt_free_volume_flow *ws)
{
    if (!ws) return;
    if (ws->driver) gsl_odeiv2_driver_free(ws->driver);
    free(ws);
}

vt_status vt_free_volume_flow_create(vt_free_volume_flow **ws, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "workspace is NULL");
    vt_free_volume_flow *w = calloc(1, sizeof *w);
    if (!w) return vt_fail(err, VT_EMEMORY, "no memory for the integrator");
    w->system = (gsl_odeiv2_system){rates, jacobian, 2, &w->stage};
    w->driver = gsl_odeiv2_driver_alloc_y_new(&w->system, gsl_odeiv2_step_msbdf, 1.0, 1e-8, 1e-8);
    if (!w->driver) {
        free(w);
        return vt_fail(err, VT_EMEMORY, "no memory for the integrator");
    }
    *ws = w;
    return VT_OK;
}

static vt_status check(const vt_free_volume_model *m, const vt_free_volume_stage *s, double tolerance, size_t n,
                       const double *time, const vt_free_volume_state *state, vt_error *err)
{
    if (!m || !s || !state || (n > 0 && !time)) return vt_fail(err, VT_EARG, "model, stage, state or array is NULL");
    if (!(m->E > 0.0) || !(m->K > 0.0) || !(m->alpha > 0.0) || !(m->n_D > 0.0) || !(m->v_eq >= 0.0) ||
        isinf(m->E + m->K + m->alpha + m->n_D + m->v_eq))
        return vt_fail(err, VT_EARG, "E = %g, K = %g, alpha = %g, n_D = %g must be > 0 and finite, v_eq = %g >= 0",
                       m->E, m->K, m->alpha, m->n_D, m->v_eq);
    if (!(tolerance >= 1e-12) || !(tolerance <= 1e-3))
        return vt_fail(err, VT_EARG, "tolerance %g is not within 1e-12 to 1e-3", tolerance);
    if (!(state->v > 0.0) || isinf(state->v) || !isfinite(state->sigma) || !isfinite(state->strain))
        return vt_fail(err, VT_EDOMAIN, "free volume %g must be > 0, stress %g and strain %g finite", state->v,
                       state->sigma, state->strain);
    if (!isfinite(s->value) || !(s->duration > 0.0) || isinf(s->duration))
        return vt_fail(err, VT_EDOMAIN, "rate or stress %g must be finite, duration %g > 0", s->value, s->duration);
    for (size_t i = 0; i < n; i++)
        if (!(time[i] >= (i ? time[i - 1] : 0.0)) || !(time[i] <= s->duration))
            return vt_fail(err, VT_EDOMAIN, "time[%zu] = %g is not ascending within 0 to %g", i, time[i], s->duration);
    return VT_OK;
}

/* One accepted step; within it the fifth-degree polynomials c[k][0 ... 5] of u = (t - t0)/(t1 - t0) that have value,
 * slope and curvature of both ends. */
struct step {
    double t0, t1;
    double y0[2], y1[2];
    double c[2][6];
};

static void curvature(const struct stage *c, const double y[2], double slope[2], double second[2])
{
    double J[4], none[2];
    rates(0.0, y, slope, (void *)c);
    jacobian(0.0, y, J, none, (void *)c);
    second[0] = J[0] * slope[0] + J[1] * slope[1];
    second[1] = J[2] * slope[0] + J[3] * slope[1];
}

static void interpolate(const struct stage *c, struct step *s)
{
    const double h = s->t1 - s->t0;
    double f0[2], f1[2], g0[2], g1[2];
    curvature(c, s->y0, f0, g0);
    curvature(c, s->y1, f1, g1);
    for (size_t k = 0; k < 2; k++) {
        const double d = s->y1[k] - s->y0[k], a = h * f0[k], b = h * f1[k], p = h * h * g0[k], q = h * h * g1[k];
        s->c[k][0] = s->y0[k];
        s->c[k][1] = a;
        s->c[k][2] = 0.5 * p;
        s->c[k][3] = 10.0 * d - 6.0 * a - 4.0 * b - 1.5 * p + 0.5 * q;
        s->c[k][4] = -15.0 * d + 8.0 * a + 7.0 * b + 1.5 * p - q;
        s->c[k][5] = 6.0 * d - 3.0 * a - 3.0 * b - 0.5 * p + 0.5 * q;
    }
}

/* Component k at u = 0 ... 1 of an interpolated step. */
static double within(const struct step *s, size_t k, double u)
{
    const double *c = s->c[k];
    return c[0] + u * (c[1] + u * (c[2] + u * (c[3] + u * (c[4] + u * c[5]))));
}

static double stress_rate(const struct stage *c, const struct step *s, double u)
{
    const double y[2] = {within(s, 0, u), within(s, 1, u)};
    double dydt[2];
    return rates(0.0, y, dydt, (void *)c) == GSL_SUCCESS ? dydt[0] : 0.0;
}

/* The stress turns within the step: where, by bisection on its rate. */
static void find_peak(const struct stage *c, struct step *s, double strain0, vt_free_volume_peak *peak)
{
    double slope[2], low = 0.0, high = 1.0;
    rates(0.0, s->y0, slope, (void *)c);
    interpolate(c, s);
    for (int k = 0; k < 60; k++) {
        const double u = 0.5 * (low + high);
        if (stress_rate(c, s, u) * slope[0] > 0.0)
            low = u;
        else
            high = u;
    }
    const double t = s->t0 + low * (s->t1 - s->t0), sigma = within(s, 0, low);
    if (peak->found && fabs(sigma) <= fabs(peak->state.sigma)) return;
    *peak = (vt_free_volume_peak){true, t, {strain0 + c->value * t, sigma, within(s, 1, low)}};
}

static bool turns(const struct stage *c, const struct step *s)
{
    double f0[2], f1[2];
    if (!c->rate_held || rates(0.0, s->y0, f0, (void *)c) || rates(0.0, s->y1, f1, (void *)c)) return false;
    return f0[0] * s->y0[0] > 0.0 && f1[0] * s->y1[0] <= 0.0;
}

/* Steps from *t to t_end; peak may be NULL. */
static vt_status advance(vt_free_volume_flow *ws, double *t, double t_end, double y[2], double strain0, long *steps,
                         vt_free_volume_peak *peak, vt_error *err)
{
    gsl_odeiv2_driver *d = ws->driver;
    while (*t < t_end) {
        struct step s = {.t0 = *t, .t1 = *t, .y0 = {y[0], y[1]}};
        const int failed = gsl_odeiv2_evolve_apply(d->e, d->c, d->s, &ws->system, t, t_end, &d->h, y);
        if (failed || ++*steps > MOST_STEPS || !(*t > s.t0))
            return vt_fail(err, VT_ENOCONV, "free-volume flow: stopped at time %g of %g after %ld steps (%s)", s.t0,
                           t_end, *steps, failed ? gsl_strerror(failed) : "too many, or too small");
        s.t1 = *t;
        s.y1[0] = y[0];
        s.y1[1] = y[1];
        if (peak && turns(&ws->stage, &s)) find_peak(&ws->stage, &s, strain0, peak);
    }
    return VT_OK;
}

/* First step: a hundredth of the fastest time of the linearised system, or of the stage. */
static double first_step(const struct stage *c, const double y[2], double duration)
{
    double J[4], none[2], slope[2];
    rates(0.0, y, slope, (void *)c);
    jacobian(0.0, y, J, none, (void *)c);
    const double fast = fmax(fabs(J[0]) + fabs(J[1]), fabs(J[2]) + fabs(J[3])) + fabs(slope[1]) / y[1];
    return fmin(1e-3 * duration, fast > 0.0 ? 0.01 / fast : duration);
}

static vt_free_volume_state state_at(const struct stage *c, double strain0, double t, const double y[2])
{
    return c->rate_held ? (vt_free_volume_state){strain0 + c->value * t, y[0], y[1]}
                        : (vt_free_volume_state){y[0], c->value, y[1]};
}

vt_status vt_free_volume_flow_stage(vt_free_volume_flow *ws, const vt_free_volume_model *model,
                                    const vt_free_volume_stage *stage, double tolerance, size_t n, const double *time,
                                    vt_free_volume_state *path, vt_free_volume_state *state, vt_free_volume_peak *peak,
                                    vt_error *err)
{
    if (!ws || (n > 0 && !path)) return vt_fail(err, VT_EARG, "workspace or path is NULL");
    vt_status st = check(model, stage, tolerance, n, time, state, err);
    if (st != VT_OK) return st;
    ws->stage = (struct stage){*model, stage->control == VT_FLOW_RATE, stage->value};
    const struct stage *c = &ws->stage;
    const double strain0 = c->rate_held ? state->strain : state->strain + (stage->value - state->sigma) / model->E;
    double t = 0.0, y[2] = {c->rate_held ? state->sigma : strain0, state->v};
    const double h = first_step(c, y, stage->duration);
    vt_free_volume_peak top = {0};
    long steps = 0;
    gsl_odeiv2_control_init(ws->driver->c, tolerance, tolerance, 1.0, 0.0);
    if (!(h > 0.0) || gsl_odeiv2_driver_reset_hstart(ws->driver, h) != GSL_SUCCESS)
        return vt_fail(err, VT_EDOMAIN, "stress %g or free volume %g is beyond what can be stepped", state->sigma,
                       state->v);
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        st = advance(ws, &t, time[i], y, strain0, &steps, peak ? &top : NULL, err);
        path[i] = state_at(c, strain0, t, y);
    }
    if (st == VT_OK) st = advance(ws, &t, stage->duration, y, strain0, &steps, peak ? &top : NULL, err);
    if (st != VT_OK) return st;
    *state = state_at(c, strain0, t, y);
    if (peak) *peak = top;
    return VT_OK;
}
