/* Temperatures, thermal resistance and share of the contacts of one specimen. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "heating_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>

static const struct {
    const char *reading, *temperature, *resistance;
} ROUTE[VTI_ROUTES] = {
    [VTI_ROUTE_UNIFORM] = {"paper", "T0 + B/ln(eta/eta0): the wire has one temperature",
                           "rise over power, wire of one temperature"},
    [VTI_ROUTE_PROFILE] = {"physics", "eta(T_max)/f = apparent viscosity: only the hot part flows",
                           "rise over power, hottest place"},
    [VTI_ROUTE_MARKER] = {"", "as given", "rise over power, events of known temperature"},
};

/* One specimen by one route, on its way to the result. */
struct report {
    vti_heating_run *run;
    const char *specimen;
    vti_heating_route route;
    double z; /* half interval over u */
    vti_heating_fit fit;
    vti_heating_shared shared; /* at the middle of the powers */
};

static void scopes(const struct report *s, vti_value *v, const char *power)
{
    v->reading = ROUTE[s->route].reading;
    v->level = s->run->job->common.level;
    if (s->specimen[0]) {
        v->scope_key = "specimen";
        v->scope_text = s->specimen;
    }
    if (power) {
        v->and_key = "power";
        v->and_text = power;
    }
}

static vt_status emit_row(const struct report *s, const vti_heating_row *r, vt_error *err)
{
    char power[48];
    vti_heating_shared u;
    const double own = s->route == VTI_ROUTE_MARKER ? 0.0 : r->u_own[s->route];
    vt_status st = vti_heating_shared_u(s->run, r, s->route, &u, err);
    if (st != VT_OK) return st;
    const double all = sqrt(own * own + u.viscosity * u.viscosity + u.law * u.law + u.ends * u.ends);
    const vt_budget_item budget[] = {
        {.source = "reading", .type = 'A', .u = own, .c = 1.0},
        {.source = "viscosity, shared", .group = "viscosity", .type = 'B', .u = u.viscosity, .c = 1.0},
        {.source = "viscosity law, or events", .group = "law", .type = 'B', .u = u.law, .c = 1.0},
        {.source = "temperature of the ends", .group = "ends", .type = 'B', .u = u.ends, .c = 1.0}};
    snprintf(power, sizeof power, "%.4g mW", 1e3 * r->P);
    vti_value v = {.name = "maximum_temperature",
                   .symbol = "T_max",
                   .unit = "K",
                   .method = ROUTE[s->route].temperature,
                   .value = r->T[s->route],
                   .u = all,
                   .low = r->T[s->route] - s->z * all,
                   .high = r->T[s->route] + s->z * all,
                   .nbudget = 4,
                   .budget = budget};
    scopes(s, &v, power);
    st = vti_emit_value(s->run->result, &v, err);
    if (st != VT_OK || s->route != VTI_ROUTE_PROFILE) return st;
    vti_value f = {.name = "active_fraction",
                   .symbol = "f",
                   .unit = "1",
                   .method = "mean of eta(T_max)/eta(T) over the length",
                   .value = r->f};
    scopes(s, &f, power);
    f.level = 0.0;
    return vti_emit_value(s->run->result, &f, err);
}

static double u_rise(const struct report *s)
{
    const double g = s->run->par.grip_temperature_u, *k = &s->shared.viscosity;
    return sqrt(s->fit.u_T * s->fit.u_T + k[0] * k[0] + k[1] * k[1] + k[2] * k[2] + g * g);
}

static vt_status emit_resistance(const struct report *s, double rise, vt_error *err)
{
    const double by_T = 1.0 / s->fit.P, u = u_rise(s) * by_T;
    const vt_budget_item budget[] = {
        {.source = "readings", .type = 'A', .u = s->fit.u_T, .c = by_T},
        {.source = "viscosity, shared", .group = "viscosity", .type = 'B', .u = s->shared.viscosity, .c = by_T},
        {.source = "viscosity law, or events", .group = "law", .type = 'B', .u = s->shared.law, .c = by_T},
        {.source = "temperature of the ends", .group = "ends", .type = 'B', .u = s->shared.ends, .c = by_T},
        {.source = "grip temperature", .group = "grips", .type = 'B', .u = s->run->par.grip_temperature_u, .c = -by_T}};
    vti_value v = {.name = "thermal_resistance",
                   .symbol = "R_th",
                   .unit = "K W-1",
                   .method = ROUTE[s->route].resistance,
                   .value = rise * by_T,
                   .u = u,
                   .low = rise * by_T - s->z * u,
                   .high = rise * by_T + s->z * u,
                   .nbudget = 5,
                   .budget = budget};
    scopes(s, &v, NULL);
    return vti_emit_value(s->run->result, &v, err);
}

/* Share of the power that the contacts take: conduction alone would make the wire's own rise from all of it. */
static vt_status emit_contacts(const struct report *s, double rise, vt_error *err)
{
    const vti_heating_params *p = &s->run->par;
    if (s->route != VTI_ROUTE_PROFILE || !isfinite(p->diameter) || !isfinite(p->length) || !(p->end_share < 1.0))
        return VT_OK;
    const double A = 0.25 * VT_PI * p->diameter * p->diameter;
    /* Kirchhoff: linear conductivity acts with its value half way between end and middle. */
    const double kappa = p->thermal_conductivity * (1.0 + p->conductivity_slope * 0.5 * (1.0 + p->end_share) * rise);
    const double R = p->length / (8.0 * kappa * A), own = 1.0 - p->end_share;
    const double wire = own * rise / (s->fit.P * R);
    const double u_own = p->end_share_half_width / sqrt(3.0);
    const vt_budget_item budget[] = {
        {.source = "thermal conductivity", .type = 'B', .u = p->thermal_conductivity_u, .c = -wire},
        {.source = "diameter", .type = 'B', .u = p->diameter_u, .c = -2.0 * wire},
        {.source = "length", .type = 'B', .u = p->length_u, .c = wire},
        {.source = "temperature of the ends", .group = "ends", .type = 'B', .u = u_own, .c = wire / own},
        {.source = "rise", .type = 'A', .u = u_rise(s) / rise, .c = -wire}};
    const double u = vti_budget_u(5, budget), share = 1.0 - wire;
    if (share < -2.0 * u)
        return vt_result_warn(s->run->result, err, "W_POWER",
                              "power and dimensions contradict each other: conduction along %.4g um of %.4g nm wire "
                              "makes %.3g of the rise that the viscosity tells; look at diameter, length, "
                              "thermal_conductivity",
                              1e6 * p->length, 1e9 * p->diameter, 1.0 / wire);
    vti_value v = {.name = "contact_share",
                   .symbol = "s",
                   .unit = "1",
                   .method = "1 - own rise of the wire over P L/(8 kappa A)",
                   .value = share,
                   .u = u,
                   .low = 1.0 - wire * exp(s->z * u / wire), /* errors of wire are factors */
                   .high = 1.0 - wire * exp(-s->z * u / wire),
                   .nbudget = 5,
                   .budget = budget};
    scopes(s, &v, NULL);
    return vti_emit_value(s->run->result, &v, err);
}

static vt_status warn_rise(const struct report *s, double rise, vt_error *err)
{
    const vti_heating_fit *f = &s->fit;
    if (!f->line)
        return vt_result_warn(s->run->result, err, "W_DOF",
                              "%s%sone power only: nothing tests that the rise is proportional to it", s->specimen,
                              s->specimen[0] ? ": " : "");
    const double ratio = f->slope * f->P / rise, u = hypot(f->u_slope * f->P, ratio * u_rise(s)) / rise;
    if (!(fabs(ratio - 1.0) > fmax(0.05, s->z * u))) return VT_OK;
    return vt_result_warn(s->run->result, err, "W_NOT_PROPORTIONAL",
                          "%s%sthe temperature rises %.3g times as steeply with power as from the grips: properties or "
                          "contacts change with temperature, or viscosity is not that of the law; R_th holds in this "
                          "range of powers only",
                          s->specimen, s->specimen[0] ? ": " : "", ratio);
}

/* Does power heat the wire at all? */
static bool heated(const struct report *s, double rise)
{
    if (!(rise > s->z * u_rise(s))) return false;
    return !s->fit.line || s->fit.slope > s->z * s->fit.u_slope;
}

static vt_status emit_route(struct report *s, size_t from, size_t to, vt_error *err)
{
    vt_status st = vti_heating_line(s->run, from, to, s->route, &s->fit, err);
    if (st != VT_OK || s->fit.n == 0) return st;
    double nearest = INFINITY;
    for (size_t i = from; i < to && st == VT_OK; i++) {
        const vti_heating_row *r = &s->run->row[i];
        if (!isfinite(r->T[s->route])) continue;
        st = emit_row(s, r, err);
        if (st == VT_OK && fabs(r->P - s->fit.P) < nearest) {
            nearest = fabs(r->P - s->fit.P);
            st = vti_heating_shared_u(s->run, r, s->route, &s->shared, err);
        }
    }
    if (st != VT_OK) return st;
    const double rise = s->fit.T - s->run->par.grip_temperature;
    if (!heated(s, rise)) {
        if (s->route == VTI_ROUTE_UNIFORM) return VT_OK; /* told once */
        return vt_result_warn(s->run->result, err, "W_NO_HEATING",
                              "%s%sthe temperature does not follow the power (%.3g K above the grips, slope %.3g +- "
                              "%.2g K/mW): all of the power is in the contacts, or the powers are too close; no "
                              "thermal resistance",
                              s->specimen, s->specimen[0] ? ": " : "", rise, 1e-3 * s->fit.slope,
                              1e-3 * s->fit.u_slope);
    }
    st = emit_resistance(s, rise, err);
    if (st == VT_OK) st = emit_contacts(s, rise, err);
    return st == VT_OK && s->route != VTI_ROUTE_UNIFORM ? warn_rise(s, rise, err) : st;
}

static vt_status warn_crystals(const vti_heating_run *run, size_t from, size_t to, vt_error *err)
{
    const double limit = run->par.crystallization_onset;
    double hot = 0.0;
    for (size_t i = from; i < to; i++) hot = fmax(hot, run->row[i].T[VTI_ROUTE_PROFILE]);
    if (!(hot > limit)) return VT_OK;
    return vt_result_warn(run->result, err, "W_CRYSTALLIZATION",
                          "%.4g K is above the crystallization onset, %.4g K: the viscosity may not be that of the "
                          "glass",
                          hot, limit);
}

vt_status vti_heating_report(vti_heating_run *run, size_t from, size_t to, vt_error *err)
{
    vt_status st = VT_OK;
    for (int route = 0; route < VTI_ROUTES && st == VT_OK; route++) {
        struct report s = {.run = run,
                           .specimen = run->row[from].specimen,
                           .route = (vti_heating_route)route,
                           .z = vti_coverage_factor(run->job->common.level, INFINITY)};
        st = emit_route(&s, from, to, err);
    }
    return st == VT_OK ? warn_crystals(run, from, to, err) : st;
}
