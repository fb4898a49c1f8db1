/* Mechanics of the virtual test: crosshead, machine, friction and glass as one stiff system. */
#include "virtual_internal.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

void vti_press_init(vti_press_run *r, const vti_compression_truth *p, double T, double rate)
{
    *r = (vti_press_run){.p = p, .T = T, .rate = rate, .diameter = p->diameter, .height = p->height};
    r->glass =
        (vti_creep_truth){.material = p->material == VTI_DISC_NEWTONIAN ? VTI_CREEP_NEWTONIAN : VTI_CREEP_FREE_VOLUME,
                          .glass_transition = p->glass_transition,
                          .viscosity = p->viscosity,
                          .vft_strength = p->vft_strength,
                          .vft_T0 = p->vft_T0,
                          .activation_volume = p->activation_volume,
                          .elastic_modulus = p->elastic_modulus,
                          .poisson_ratio = p->poisson_ratio,
                          .free_volume_geometry = p->free_volume_geometry,
                          .free_volume_jumps = p->free_volume_jumps};
    r->unit = vti_creep_stress_unit(&r->glass, T);
    r->E = p->elastic_modulus;
}

double vti_press_way(const vti_press_run *r, double t, double *speed)
{
    const double nominal = r->p->height, v = r->rate * nominal;
    if (r->p->control == 0 || t < 0.0) {
        if (speed) *speed = v;
        return v * t;
    }
    const double left = nominal * exp(-r->rate * t);
    if (speed) *speed = r->rate * left;
    return nominal - left;
}

/* Whole slab factor and its derivative by x = 2 mu r/h. */
static double slab(double x, double *slope)
{
    if (x < 1e-2) {
        *slope = 1.0 / 3.0 + x / 6.0 + x * x / 20.0;
        return 1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0)));
    }
    const double factor = 2.0 / (x * x) * (expm1(x) - x);
    *slope = 2.0 * expm1(x) / (x * x) - 2.0 * factor / x;
    return factor;
}

/* Force and its derivatives by stress and strain. */
static double force(const vti_press_run *r, double strain, double sigma, double *by_stress, double *by_strain)
{
    const double area = 0.25 * PI * r->diameter * r->diameter * exp(strain);
    const double x = r->p->friction * r->diameter / r->height * exp(1.5 * strain);
    double slope;
    const double factor = slab(x, &slope);
    *by_stress = area * factor;
    *by_strain = sigma * area * (factor + 1.5 * x * slope);
    return sigma * area * factor;
}

double vti_press_force(const vti_press_run *r, const double y[VTI_PRESS_STATES])
{
    double a, b;
    return force(r, y[0], y[1] * r->unit, &a, &b);
}

/* Rate of flow at a state, and of the free volume. Crystals stiffen the glass beyond a strain. */
static double flow(const vti_press_run *r, const double y[VTI_PRESS_STATES], double *v_rate)
{
    const vti_compression_truth *p = r->p;
    const double T = r->T + y[3], sigma = y[1] * r->unit;
    const double stiff = 1.0 + p->hardening * fmax(0.0, y[0] - p->hardening_strain);
    *v_rate = 0.0;
    if (p->material == VTI_DISC_NEWTONIAN) return sigma / (3.0 * vti_creep_viscosity(&r->glass, T) * stiff);
    double f;
    const vt_free_volume_model m = vti_creep_model(&r->glass, T, &f);
    const double v = y[2], x = sigma / vti_creep_stress_unit(&r->glass, T), jumps = f / stiff * exp(-1.0 / v);
    const double half = sinh(0.5 * x), still = 1.0 - exp(1.0 / v - 1.0 / m.v_eq);
    *v_rate = jumps / m.alpha * (2.0 * half * half / (m.K * v) - still / m.n_D);
    return jumps * sinh(x);
}

/* Time in strains: t times the nominal rate. */
static int rates(double t, const double y[], double dydt[], void *context)
{
    const vti_press_run *r = context;
    const vti_compression_truth *p = r->p;
    double speed, v_rate, by_stress, by_strain;
    if (!(y[2] > 0.0)) return GSL_EDOM;
    (void)vti_press_way(r, t / r->rate, &speed);
    const double sigma = y[1] * r->unit, plastic = flow(r, y, &v_rate);
    const double F = force(r, y[0], sigma, &by_stress, &by_strain), h = r->height * exp(-y[0]);
    const double give =
        p->machine_compliance +
        (p->seating > 0.0 ? p->seating / p->seating_force * exp(-fmax(F, 0.0) / p->seating_force) : 0.0);
    /* u = h0 - h + C F: the speed is shared by specimen and machine. */
    const double strain_rate =
        (speed + give * by_stress * r->E * plastic) / (h + give * (by_stress * r->E + by_strain));
    dydt[0] = strain_rate / r->rate;
    dydt[1] = r->E * (strain_rate - plastic) / r->unit / r->rate;
    dydt[2] = v_rate / r->rate;
    dydt[3] = 0.0;
    if (p->self_heating) {
        const double heat = p->density * p->heat_capacity, radius = 0.5 * r->diameter;
        dydt[3] = (0.9 * sigma * plastic / heat - y[3] * p->thermal_conductivity / (heat * radius * radius)) / r->rate;
    }
    return isfinite(dydt[0] + dydt[1] + dydt[2] + dydt[3]) ? GSL_SUCCESS : GSL_EDOM;
}

/* By differences: it only steers the implicit step. */
static int jacobian(double t, const double y[], double *J, double dfdt[], void *context)
{
    double base[VTI_PRESS_STATES], moved[VTI_PRESS_STATES], at[VTI_PRESS_STATES];
    if (rates(t, y, base, context) != GSL_SUCCESS) return GSL_EDOM;
    memcpy(at, y, sizeof at);
    for (size_t k = 0; k < VTI_PRESS_STATES; k++) {
        const double step = 1e-7 * fmax(fabs(y[k]), 1e-3);
        at[k] = y[k] + step;
        if (rates(t, at, moved, context) != GSL_SUCCESS) return GSL_EDOM;
        at[k] = y[k];
        for (size_t i = 0; i < VTI_PRESS_STATES; i++) J[i * VTI_PRESS_STATES + k] = (moved[i] - base[i]) / step;
    }
    const double later = 1e-6;
    if (rates(t + later, y, moved, context) != GSL_SUCCESS) return GSL_EDOM;
    for (size_t i = 0; i < VTI_PRESS_STATES; i++) dfdt[i] = (moved[i] - base[i]) / later;
    return GSL_SUCCESS;
}

/* Free volume at the start: where it began, after resting without load. */
static vt_status rest(const vti_press_run *r, double *v, vt_error *err)
{
    double f;
    const vt_free_volume_model m = vti_creep_model(&r->glass, r->T, &f);
    vt_free_volume_flow *ws = NULL;
    vt_free_volume_state s = {.v = m.v_eq * r->p->free_volume_start};
    *v = s.v;
    if (r->p->material == VTI_DISC_NEWTONIAN || !(r->p->rest_time > 0.0) || r->p->free_volume_start == 1.0)
        return VT_OK;
    const vt_free_volume_stage stage = {VT_FLOW_STRESS, 0.0, r->p->rest_time * f};
    vt_status st = vt_free_volume_flow_create(&ws, err);
    if (st == VT_OK) st = vt_free_volume_flow_stage(ws, &m, &stage, 1e-9, 0, NULL, NULL, &s, NULL, err);
    vt_free_volume_flow_free(ws);
    if (st == VT_OK) *v = s.v;
    return st;
}

vt_status vti_press_integrate(const vti_press_run *r, size_t n, const double *time, double (*y)[VTI_PRESS_STATES],
                              vt_error *err)
{
    gsl_odeiv2_system system = {rates, jacobian, VTI_PRESS_STATES, (void *)r};
    double now[VTI_PRESS_STATES] = {0.0}, t = 0.0;
    const vt_status st = rest(r, &now[2], err);
    if (st != VT_OK) return st;
    gsl_odeiv2_driver *d = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_msbdf, 1e-8, 1e-10, 1e-8);
    if (!d) return vt_fail(err, VT_EMEMORY, "no memory for the integrator");
    int failed = gsl_odeiv2_driver_set_nmax(d, 200000);
    for (size_t i = 0; !failed && i < n; i++) {
        const double to = time[i] * r->rate;
        if (to > t) failed = gsl_odeiv2_driver_apply(d, &t, to, now);
        memcpy(y[i], now, sizeof now);
    }
    gsl_odeiv2_driver_free(d);
    if (!failed) return VT_OK;
    return vt_fail(err, VT_ENOCONV, "the virtual test stopped at strain %.4g, rate %g per s, %g K (%s)", now[0],
                   r->rate, r->T, gsl_strerror(failed));
}

double vti_press_steady(const vti_press_run *r, double rate)
{
    double low = 0.0, high = r->unit * 40.0;
    if (r->p->material == VTI_DISC_NEWTONIAN) return 3.0 * vti_creep_viscosity(&r->glass, r->T) * rate;
    for (int i = 0; i < 200; i++) {
        const double sigma = 0.5 * (low + high);
        const double v = vti_creep_steady_volume(&r->glass, r->T, sigma);
        if (vti_creep_rate(&r->glass, r->T, sigma, v) < rate)
            low = sigma;
        else
            high = sigma;
    }
    return 0.5 * (low + high);
}
