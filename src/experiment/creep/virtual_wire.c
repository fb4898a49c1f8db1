/* One wire over time: temperature and force follow their set-points, the glass flows (P02, section 11). */
#include "creep_truth.h"
#include <math.h>
#include <vitrum/constants.h>

enum { MOST_PARTS = 100000 };

/* Stress that drives flow: force over the area, less what surface tension takes (P02). */
static double driving(const vti_creep_wire *w, const vti_creep_state *s, double *whole)
{
    const double E = w->p->elastic_modulus, nu = w->p->poisson_ratio;
    const double A = w->A0 * exp(-s->strain - s->delayed), sigma = s->F / A;
    const double thin = 1.0 - 2.0 * nu * sigma / E; /* the elastic part changes the volume */
    *whole = sigma / thin;
    return *whole - 2.0 * w->p->surface_tension / sqrt(4.0 * A * thin / VT_PI);
}

double vti_creep_wire_stress(const vti_creep_wire *w)
{
    double whole;
    driving(w, &w->now, &whole);
    return whole;
}

double vti_creep_wire_strain(const vti_creep_wire *w)
{
    return exp(w->now.strain + vti_creep_wire_stress(w) / w->p->elastic_modulus + w->now.delayed) - 1.0;
}

/* Exponential way from x to its target within h. */
static double follow(double x, double target, double h, double time)
{
    return target + (x - target) * exp(-h / time);
}

/* What follows set-points and stress, over h, with the strain given. */
static vti_creep_state settle(const vti_creep_wire *w, const vti_creep_step *step, const vti_creep_state *s,
                              double strain, double h)
{
    const vti_creep_truth *p = w->p;
    vti_creep_state out = *s;
    const vti_creep_state then = {.strain = strain, .F = s->F, .delayed = s->delayed};
    double whole;
    driving(w, &then, &whole);
    out.T = follow(s->T, vti_creep_temperature(p, step->power, exp(strain) - 1.0), h, p->thermal_time);
    out.F = follow(s->F, step->load, h, p->force_time);
    out.delayed = follow(s->delayed, p->delayed_share * whole / p->elastic_modulus, h, p->delayed_time);
    return out;
}

/* Flow over h at temperature and stress of the middle. */
static vt_status flow(vti_creep_wire *w, const vti_creep_state *middle, double sigma, double h, vt_error *err)
{
    const vti_creep_truth *p = w->p;
    if (p->material != VTI_CREEP_FREE_VOLUME) {
        w->now.strain += h * vti_creep_rate(p, middle->T, sigma, 0.0);
        return VT_OK;
    }
    double f;
    const vt_free_volume_model m = vti_creep_model(p, middle->T, &f);
    const double x = sigma / vti_creep_stress_unit(p, middle->T);
    const vt_free_volume_stage stage = {VT_FLOW_STRESS, x, f * h};
    vt_free_volume_state s = {.strain = 0.0, .sigma = x, .v = w->now.v};
    const vt_status st = vt_free_volume_flow_stage(w->flow, &m, &stage, 1e-7, 0, NULL, NULL, &s, NULL, err);
    if (st != VT_OK) return st;
    w->now.strain += s.strain;
    w->now.v = s.v;
    return VT_OK;
}

/* Midpoint rule: second order in h. */
static vt_status part(vti_creep_wire *w, const vti_creep_step *step, double h, vt_error *err)
{
    double whole;
    const double now = driving(w, &w->now, &whole);
    const double ahead = 0.5 * h * vti_creep_rate(w->p, w->now.T, now, w->now.v);
    vti_creep_state middle = settle(w, step, &w->now, w->now.strain + 0.5 * ahead, 0.5 * h);
    middle.strain = w->now.strain + ahead;
    const double sigma = driving(w, &middle, &whole);
    if (!(fabs(ahead) < 0.5) || !(whole < 0.2 * w->p->elastic_modulus))
        return vt_fail(err, VT_EDOMAIN,
                       "the wire breaks at %.4g s (true strain %.3g, stress %.3g GPa); lower powers, loads, times or "
                       "segment_strain",
                       w->now.t, w->now.strain,
                       1e-9 * vti_creep_wire_stress(w)); /* that before the step: it may have no other */
    const vti_creep_state after = settle(w, step, &w->now, middle.strain, h);
    const vt_status st = flow(w, &middle, sigma, h, err);
    if (st != VT_OK) return st;
    w->now.T = after.T;
    w->now.F = after.F;
    w->now.delayed = after.delayed;
    w->now.t += h;
    return VT_OK;
}

vt_status vti_creep_wire_advance(vti_creep_wire *w, const vti_creep_step *step, double dt, vt_error *err)
{
    const vti_creep_truth *p = w->p;
    /* A tenth of the fastest change that still goes on: after ten time constants nothing of it is left. */
    double quick = 1e9;
    const double T = vti_creep_temperature(p, step->power, exp(w->now.strain) - 1.0);
    if (fabs(w->now.T - T) > 1e-3) quick = fmin(quick, p->thermal_time);
    if (fabs(w->now.F / step->load - 1.0) > 1e-6) quick = fmin(quick, p->force_time);
    quick = fmin(quick, fmax(p->delayed_time, p->force_time));
    double whole;
    const double rate = vti_creep_rate(p, w->now.T, driving(w, &w->now, &whole), w->now.v);
    const double parts = fmax(1.0, ceil(fmax(10.0 * dt / quick, 1e3 * fabs(rate) * dt)));
    if (!(parts <= MOST_PARTS))
        return vt_fail(err, VT_EDOMAIN, "at %.4g s the wire flows at %.3g per s: too fast for %g images per s",
                       w->now.t, rate, p->sampling);
    for (size_t i = 0; i < (size_t)parts; i++) {
        const vt_status st = part(w, step, dt / parts, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_creep_wire_init(const vti_creep_truth *p, vti_creep_wire *w, vt_error *err)
{
    const vti_creep_step first = vti_creep_step_at(p, 0);
    *w = (vti_creep_wire){.p = p, .A0 = 0.25 * VT_PI * p->diameter * p->diameter};
    const bool settled = p->start == VTI_CREEP_SETTLED;
    w->now.T = settled ? vti_creep_temperature(p, first.power, 0.0) : p->grip_temperature;
    w->now.F = settled ? first.load : 0.0;
    double whole;
    const double sigma = driving(w, &w->now, &whole);
    w->now.delayed = p->delayed_share * whole / p->elastic_modulus;
    if (p->material != VTI_CREEP_FREE_VOLUME) return VT_OK;
    /* A cold wire keeps the free volume of the glass transition. */
    w->now.v =
        settled ? vti_creep_steady_volume(p, w->now.T, sigma) : vti_creep_steady_volume(p, p->glass_transition, 0.0);
    return vt_free_volume_flow_create(&w->flow, err);
}

void vti_creep_wire_free(vti_creep_wire *w)
{
    if (w) vt_free_volume_flow_free(w->flow);
}
