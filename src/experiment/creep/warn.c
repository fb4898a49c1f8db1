/* Segments of the result, and what a reader must know about them. */
#include "creep_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>

static void title(const vti_creep_run *run, const vti_creep_segment *s, char *text, size_t size)
{
    const char *name = run->trace[s->trace].specimen;
    snprintf(text, size, "%.40s%ssegment %zu", name, name[0] ? " " : "", s->number);
}

static vt_status segment(vti_creep_run *run, const vti_creep_segment *s, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    const bool good = s->verdict == VT_OK;
    const size_t from = good ? s->from : s->edge[0], to = good ? s->to : s->edge[1];
    vt_segment g = {.begin = r->t[from], .end = r->t[to - 1], .unit = "s"};
    title(run, s, g.name, sizeof g.name);
    if (good)
        snprintf(g.verdict, sizeof g.verdict, "steady: %.4g uN, %.4g MPa, %.4g per s, %.4g Pa s; %.2g %% of strain%s",
                 1e6 * s->F, 1e-6 * s->state.stress, s->state.rate, s->state.eta, 100.0 * s->strain,
                 isfinite(s->exponent) ? "; curved" : "");
    else
        snprintf(g.verdict, sizeof g.verdict, "%s: %.120s", vt_status_name(s->verdict), s->why);
    return vt_result_add_segment(run->result, &g, err);
}

static vt_status left_out(vti_creep_run *run, const vti_creep_segment *s, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    char name[VT_NAME];
    title(run, s, name, sizeof name);
    return vt_result_warn(run->result, err, s->verdict == VT_ENEGATIVE ? "W_NEGATIVE_RATE" : "W_SEGMENT",
                          "%s (%.6g to %.6g s) is left out: %s: %s", name, r->t[s->edge[0]], r->t[s->edge[1] - 1],
                          vt_status_name(s->verdict), s->why);
}

static vt_status of_segment(vti_creep_run *run, const vti_creep_segment *s, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    char name[VT_NAME];
    vt_status st = VT_OK;
    title(run, s, name, sizeof name);
    if (s->outliers > 0.2)
        st = vt_result_warn(run->result, err, "W_OUTLIERS", "%s: %.0f %% of the points carry no weight in the line",
                            name, 100.0 * s->outliers);
    if (st == VT_OK && isfinite(s->exponent))
        st = vt_result_warn(run->result, err, "W_CURVATURE",
                            "%s: L0/L is not straight (p = %.2g): rate = K stress^n with n = %.3g (u = %.2g), or the "
                            "temperature drifts; the viscosity is that of the middle",
                            name, fmin(s->p_curvature, s->p_slopes), s->exponent, s->u_exponent);
    if (st == VT_OK && (s->state.eta < 1e8 || s->state.eta > 1e14) && r->A0 < 1e-8)
        st = vt_result_warn(run->result, err, "W_VISCOSITY",
                            "%s: %.3g Pa s is not between 1e8 and 1e14 Pa s, where wires of glass creep: look at the "
                            "units of force and diameter",
                            name, s->state.eta);
    return st;
}

/* 2 gamma/d against the stress: of the segment where its share is largest. */
static vt_status capillarity(vti_creep_run *run, size_t trace, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[trace];
    const bool given = r->par.surface_tension > 0.0;
    const vti_creep_segment *worst = NULL;
    double most = 0.0, of = 0.0;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->trace != trace || s->verdict != VT_OK || (!given && s->state.stress >= 200e6)) continue;
        const double lost = (given ? r->par.surface_tension : 1.0) / sqrt(r->A0 * s->y / VT_PI);
        if (lost / s->state.stress <= most) continue;
        most = lost / s->state.stress;
        of = lost;
        worst = s;
    }
    if (!worst || most < (given ? 0.2 : 0.02)) return VT_OK;
    char name[VT_NAME];
    title(run, worst, name, sizeof name);
    return vt_result_warn(run->result, err, "W_CAPILLARY",
                          "%s: surface tension takes 2 gamma/d off the stress, %.3g MPa of %.4g MPa%s", name, 1e-6 * of,
                          1e-6 * worst->state.stress,
                          given ? ", subtracted"
                                : " if gamma is 1 N/m; it stands in the budgets of viscosity, m and sinh law "
                                  "below 200 MPa: --set surface_tension=VALUE subtracts it");
}

/* At constant power the rise by conduction along the wire goes as the square of its length. */
static double growth(double strain)
{
    return expm1(2.0 * strain);
}

/* On m and the sinh law, whose loads come one after the other while the wire stretches. */
static const char *effect_of_heating(const vti_creep_run *run, const vti_creep_trace *r)
{
    if (r->T) return "; the column temperature parts them";
    if (vti_creep_heating_known(run, r))
        return "; that stands in the intervals of m and of the sinh law, by the VFT law, as none to all of it";
    return "; what that does is taken for an effect of stress and is NOT in the intervals of m, class, V, sigma_c and "
           "eta_N: give temperature, grip_temperature and the VFT law (alloy, or vft_strength and vft_T0), load in "
           "turn up and down, or hold the temperature";
}

static vt_status heating(vti_creep_run *run, size_t trace, vt_error *err)
{
    const vti_creep_trace *r = &run->trace[trace];
    double within = 0.0, between = 0.0;
    if (!r->P) return VT_OK;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *a = &run->segment[i];
        if (a->trace != trace || a->verdict != VT_OK) continue;
        within = fmax(within, growth(a->strain));
        for (size_t k = i + 1; k < run->segments; k++) {
            const vti_creep_segment *b = &run->segment[k];
            if (b->trace == trace && b->verdict == VT_OK && b->condition == a->condition)
                between = fmax(between, growth(log(a->y / b->y)));
        }
    }
    if (within < 0.05 && between < 0.05) return VT_OK;
    return vt_result_warn(run->result, err, "W_HEATING",
                          "%s%sat constant power the rise of temperature by conduction along the wire goes as the "
                          "square of its length: up to %.2g %% more within a segment and %.2g %% between segments of "
                          "one power; their viscosities are at those temperatures%s",
                          r->specimen, r->specimen[0] ? ": " : "", 100.0 * within, 100.0 * between,
                          between < 0.05 ? "" : effect_of_heating(run, r));
}

/* Power and dimensions (ledger B5): by conduction alone the wire would be far too hot. */
static vt_status power(vti_creep_run *run, const vti_creep_trace *r, vt_error *err)
{
    double P = 0.0, rise;
    if (!r->P || !(r->par.gauge_length > 0.0)) return VT_OK;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (&run->trace[s->trace] == r && s->verdict == VT_OK) P = fmax(P, s->P);
    }
    if (!(P > 0.0)) return VT_OK;
    const vt_status st = vt_wire_rise(P, r->par.gauge_length, r->A0, r->par.thermal_conductivity, &rise, err);
    if (st != VT_OK || rise <= r->par.largest_rise) return st;
    return vt_result_warn(run->result, err, "W_POWER",
                          "%s%s%.4g mW in a wire of %.4g um and %.4g nm would raise it by %.4g K with %.3g W/(m K), "
                          "above %.4g K: most of the power is in the contacts, or a dimension is wrong",
                          r->specimen, r->specimen[0] ? ": " : "", 1e3 * P, 1e6 * r->par.gauge_length,
                          2e9 * sqrt(r->A0 / VT_PI), rise, r->par.thermal_conductivity, r->par.largest_rise);
}

vt_status vti_creep_warn(vti_creep_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->segments && st == VT_OK; i++) {
        const vti_creep_segment *s = &run->segment[i];
        st = segment(run, s, err);
        if (st == VT_OK) st = s->verdict == VT_OK ? of_segment(run, s, err) : left_out(run, s, err);
    }
    for (size_t i = 0; i < run->traces && st == VT_OK; i++) {
        st = capillarity(run, i, err);
        if (st == VT_OK) st = heating(run, i, err);
        if (st == VT_OK) st = power(run, &run->trace[i], err);
    }
    return st;
}
