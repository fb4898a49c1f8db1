/* Properties of a glass transition: temperatures, step, overshoot, fictive temperature. */
#include "transition_internal.h"
#include <math.h>
#include <stdio.h>

static vt_status temperature(const vti_calorimetry_run *run, const vti_scan *s, const char *name, const char *symbol,
                             const char *method, double T, vt_error *err)
{
    vti_scan_value v = {.name = name, .symbol = symbol, .unit = "K", .method = method, .value = T};
    vti_scan_budget(&v, "scatter and lines", "", 'A', s->step.u_midpoint, 1.0);
    vti_scan_budget(&v, "choice of the tangents' windows", "", 'B', s->u_window, 1.0);
    vti_scan_budget(&v, "scale of temperature", "temperature scale", 'B', vti_scan_temperature_u(s, v.value), 1.0);
    return vti_scan_emit(run, s, &v, err);
}

/* A height in units of heat flow, and over the rate where that is known. */
static vt_status height(const vti_calorimetry_run *run, const vti_scan *s, vti_scan_value v, double by, double u,
                        double u_window, vt_error *err)
{
    v.value *= by;
    vti_scan_budget(&v, "scatter and lines", "", 'A', u, by);
    vti_scan_budget(&v, "choice of the tangents' windows", "", 'B', u_window, by);
    vti_scan_shared(s, &v);
    return vti_scan_emit(run, s, &v, err);
}

/* Steps of glasses are 30 J/(kg K) of chalcogenides to some 2000 of water; beyond by 10 a unit is wrong (P 1.1). */
static const double STEP_LOW = 3.0, STEP_HIGH = 2e4; /* J/(kg K) */

static vt_status plausible(const vti_scan *s, double step, vt_error *err)
{
    if (step >= STEP_LOW && step <= STEP_HIGH) return VT_OK;
    for (int k = 0; k < 4; k++) {
        const double by = (double[]){1e-3, 1e3, 1e-6, 1e6}[k];
        if (!(step * by >= STEP_LOW) || !(step * by <= STEP_HIGH)) continue;
        return vt_fail_at(err, VT_EUNITS, vt_table_path(s->table), 0, 0,
                          "step in heat capacity = %.4g J/(kg K) is outside %g ... %g; %.4g would fit: is the unit of "
                          "mass (%.4g mg) or of heat flow wrong by 1000?",
                          step, STEP_LOW, STEP_HIGH, step * by, 1e6 * s->par.mass);
    }
    return vt_fail_at(err, VT_EUNITS, vt_table_path(s->table), 0, 0,
                      "step in heat capacity = %.4g J/(kg K) is outside %g ... %g: look at mass, rate and heat flow",
                      step, STEP_LOW, STEP_HIGH);
}

static vt_status step(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    const vt_glass_step *g = &s->step;
    vti_scan_value v = {.name = "heat_flow_step",
                        .symbol = "dQ",
                        .unit = s->specific ? "W kg-1" : "W",
                        .method = "between the lines of glass and liquid at the midpoint",
                        .value = g->step};
    vt_status st = height(run, s, v, 1.0, g->u_step, s->u_step_window, err);
    if (st != VT_OK) return st;
    if (!s->specific || !isfinite(s->q))
        return vt_result_warn(run->result, err, "W_NO_HEAT_CAPACITY", "no heat_capacity_step: %s; set %s",
                              s->specific ? "the rate is not known" : "the mass is not known",
                              s->specific ? "heating_rate" : "mass and heating_rate");
    st = plausible(s, g->step / fabs(s->q), err);
    if (st != VT_OK) return st;
    v.name = "heat_capacity_step";
    v.symbol = "dc_p";
    v.unit = "J kg-1 K-1";
    return height(run, s, v, 1.0 / fabs(s->q), g->u_step, s->u_step_window, err);
}

/* Of glass and liquid themselves, where the empty pan is taken off: else heat flow has no zero. */
static vt_status absolute(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    const vt_base_line *line[2] = {&s->step.glass, &s->step.liquid};
    const double T = s->step.midpoint, factor = s->std->has_gain ? vti_standards_factor(s->std, T) : 1.0;
    vt_status st = VT_OK;
    for (int k = 0; k < 2 && st == VT_OK && s->blank && s->specific && isfinite(s->q); k++) {
        vti_scan_value v = {.name = k ? "liquid_heat_capacity" : "glass_heat_capacity",
                            .symbol = k ? "c_p,l" : "c_p,g",
                            .unit = "J kg-1 K-1",
                            .method = k ? "line of the liquid at the midpoint, empty pan taken off"
                                        : "line of the glass at the midpoint, empty pan taken off",
                            .value = vt_base_line_at(line[k], T)};
        vti_scan_budget(&v, "zero of heat flow, of sample and pan", "", 'B', sqrt(2.0) * s->par.zero_u,
                        factor / (s->par.mass * s->q));
        st = height(run, s, v, 1.0 / s->q, vt_base_line_u(line[k], T), s->u_step_window, err);
    }
    return st;
}

static vt_status overshoot(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    const vt_glass_step *g = &s->step;
    const double u = hypot(fmax(g->glass.s, g->liquid.s), g->liquid.u_b * (g->T_overshoot - g->liquid.T0));
    if (s->direction < 0 || !(g->overshoot > 5.0 * u)) return VT_OK;
    vti_scan_value v = {.name = "relaxation_overshoot",
                        .symbol = "dQ_max",
                        .unit = s->specific ? "W kg-1" : "W",
                        .method = "highest heat flow above the line of the liquid",
                        .value = g->overshoot};
    vt_status st = height(run, s, v, 1.0, u, 0.1 * g->overshoot, err);
    if (st != VT_OK || !s->specific || !isfinite(s->q)) return st;
    v.name = "overshoot_heat_capacity";
    v.symbol = "dc_max";
    v.unit = "J kg-1 K-1";
    return height(run, s, v, 1.0 / fabs(s->q), u, 0.1 * g->overshoot, err);
}

static vt_status fictive(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    vti_fictive f;
    if (!vti_scan_fictive(s, &f) || f.step.fictive < f.step.glass.T0)
        return vt_result_warn(run->result, err, "W_NO_FICTIVE",
                              "%s%s%s: equal areas give no fictive temperature between the lines", s->specimen,
                              s->specimen[0] ? ", " : "", s->label);
    vti_scan_value v = {.name = "fictive_temperature",
                        .symbol = "T_f",
                        .unit = "K",
                        .method = s->direction > 0 ? "equal areas between the lines of glass and liquid"
                                                   : "equal areas, on cooling: where equilibrium is lost",
                        .value = f.step.fictive};
    vti_scan_budget(&v, "scatter and lines", "", 'A', f.u_lines, 1.0);
    vti_scan_budget(&v, "choice of the lines' windows", "", 'B', f.u_window, 1.0);
    vti_scan_budget(&v, "scale of temperature", "temperature scale", 'B', vti_scan_temperature_u(s, v.value), 1.0);
    return vti_scan_emit(run, s, &v, err);
}

vt_status vti_transition_report(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    const vt_glass_step *g = &s->step;
    vt_status st = temperature(run, s, "glass_transition_onset", "T_g,on", "tangent of the step and line of the glass",
                               g->onset, err);
    if (st == VT_OK)
        st = temperature(run, s, "glass_transition_midpoint", "T_g", "half way between the lines of glass and liquid",
                         g->midpoint, err);
    if (st == VT_OK)
        st = temperature(run, s, "glass_transition_end", "T_g,end", "tangent of the step and line of the liquid",
                         g->end, err);
    if (st == VT_OK) st = step(run, s, err);
    if (st == VT_OK) st = absolute(run, s, err);
    if (st == VT_OK) st = overshoot(run, s, err);
    return st == VT_OK ? fictive(run, s, err) : st;
}
