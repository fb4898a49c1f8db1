/* Properties of one segment with their budgets; segments of the result. */
#include "creep_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>

static const double LOW_STRESS = 200e6, TENSION = 1.0; /* Pa, N/m: below the former, surface tension counts (P02) */

void vti_creep_name(vt_property *p, const char *name, const char *symbol, const char *unit, const char *reading)
{
    *p = (vt_property){.q = {.low = NAN, .high = NAN, .dof = INFINITY}};
    snprintf(p->name, sizeof p->name, "%s", name);
    snprintf(p->symbol, sizeof p->symbol, "%s", symbol);
    snprintf(p->reading, sizeof p->reading, "%s", reading);
    snprintf(p->q.unit, sizeof p->q.unit, "%s", unit);
}

void vti_creep_scope_text(vt_property *p, const char *key, const char *text)
{
    if (!text[0] || p->nscope == VT_SCOPE_MAX) return;
    vt_scope *s = &p->scope[p->nscope++];
    snprintf(s->key, sizeof s->key, "%s", key);
    snprintf(s->text, sizeof s->text, "%.63s", text);
}

void vti_creep_scope(vt_property *p, const char *key, double value, const char *unit)
{
    if (!isfinite(value) || p->nscope == VT_SCOPE_MAX) return;
    vt_scope *s = &p->scope[p->nscope++];
    s->value = value;
    snprintf(s->key, sizeof s->key, "%s", key);
    snprintf(s->unit, sizeof s->unit, "%s", unit);
}

/* Relative contributions, with the power with which each enters; strain: L0/L at the mid-time, which thins the wire. */
struct parts {
    double slope, force, area, strain, capillary;
};

static void group_of(const vti_creep_trace *r, const char *what, char *group, size_t size)
{
    snprintf(group, size, "%s%s%.40s", what, r->specimen[0] ? " of " : "", r->specimen);
}

/* Everything that a quantity of a segment takes from its sources, by the powers in w. */
static vt_status budget(const vti_creep_trace *r, const vti_creep_segment *s, const struct parts *w, vt_quantity *q,
                        vt_error *err)
{
    const double v = q->value, u_slope = fabs(s->u_slope / s->slope), d = 2.0 * sqrt(r->A0 * s->y / VT_PI);
    const double lost = r->par.surface_tension > 0.0 || s->state.stress >= LOW_STRESS ? 0.0 : 2.0 * TENSION / d;
    char diameter[VT_NAME], gauge[VT_NAME];
    group_of(r, "diameter", diameter, sizeof diameter);
    group_of(r, "gauge length", gauge, sizeof gauge);
    vt_status st = VT_OK;
    if (w->slope != 0.0) VT_TRY(st = vt_quantity_add(q, "slope of L0/L", "", 'A', u_slope, w->slope * v, err));
    if (w->force != 0.0) {
        VT_TRY(st = vt_quantity_add(q, "force, noise and resolution", "", 'A', s->u_F / s->F, w->force * v, err));
        if (r->par.force_u > 0.0)
            VT_TRY(st = vt_quantity_add(q, "load cell", "load cell", 'B', r->par.force_u, w->force * v, err));
    }
    if (w->area != 0.0) {
        VT_TRY(st = vt_quantity_add(q, "diameter", diameter, 'B', r->par.diameter_u, 2.0 * w->area * v, err));
        if (r->u_spread > 0.0) {
            group_of(r, "spread of diameters", diameter, sizeof diameter);
            VT_TRY(st = vt_quantity_add(q, "spread of diameters", diameter, 'A', r->u_spread, w->area * v, err));
        }
    }
    if (w->strain != 0.0)
        VT_TRY(st = vt_quantity_add(q, "strain of the middle", "", 'A', s->u_y / s->y, w->strain * v, err));
    if (r->par.gauge_length_u > 0.0 && vt_table_find(r->table, "length") >= 0)
        VT_TRY(st = vt_quantity_add(q, "gauge length", gauge, 'B', r->par.gauge_length_u, w->area * v, err));
    if (w->capillary != 0.0 && lost > 0.0)
        st = vt_quantity_add(q, "surface tension, 0 to 1 N/m", "surface tension", 'B', lost / sqrt(3.0),
                             w->capillary * v / s->state.stress, err);
done:
    return st;
}

static vt_status emit(vti_creep_run *run, const vti_creep_segment *s, vt_property *p, const struct parts *w,
                      vt_error *err)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    vti_creep_scope_text(p, "specimen", r->specimen);
    vti_creep_scope(p, "segment", (double)s->number, "1");
    vti_creep_scope(p, "power", run->condition[s->condition].P, "W");
    vti_creep_scope(p, "temperature", s->T, "K");
    vt_status st = budget(r, s, w, &p->q, err);
    if (st != VT_OK) return st;
    const double own = fabs(w->slope * s->u_slope / s->slope * p->q.value);
    if (own > 0.0) p->q.dof = s->dof * pow(p->q.u / own, 4.0); /* Welch and Satterthwaite: the slope has few */
    st = vt_quantity_cover(&p->q, run->job->common.level, err);
    return st == VT_OK ? vt_result_add_property(run->result, p, err) : st;
}

static const char CURVED[] = "rate = K stress^n with n from the curvature of L0/L, in the middle of the segment";

vt_status vti_creep_report_segment(vti_creep_run *run, vti_creep_segment *s, vt_error *err)
{
    static const struct parts RATE = {.slope = 1.0, .strain = -1.0}, SLOPE = {.slope = 1.0},
                              STRESS = {.force = 1.0, .area = -1.0, .strain = -1.0},
                              PAPER = {.slope = -1.0, .force = 1.0, .area = -1.0, .strain = -1.0};
    const bool capillary = run->trace[s->trace].par.surface_tension > 0.0;
    /* y cancels in stress over rate, and goes with its root in what 2 gamma/d takes off. */
    const struct parts ETA = {.slope = -1.0,
                              .force = 1.0,
                              .area = -1.0,
                              .strain = -0.5 * (s->state.stress - s->state.flow) / s->state.flow,
                              .capillary = -1.0};
    vt_property p;
    vt_status st;
    vti_creep_name(&p, "strain_rate", "eps'", "s-1", "physics");
    snprintf(p.method, sizeof p.method, "-(dy/dt)/y of y = L0/L in the middle of the segment");
    p.q.value = s->state.rate;
    VT_TRY(st = emit(run, s, &p, &RATE, err));
    vti_creep_name(&p, "strain_rate", "eps'", "s-1", "paper");
    snprintf(p.method, sizeof p.method, "slope of true strain over the segment");
    p.q.value = s->rate_paper;
    VT_TRY(st = emit(run, s, &p, &SLOPE, err));
    vti_creep_name(&p, "true_stress", "sigma", "Pa", "");
    snprintf(p.method, sizeof p.method, "F (L/L0)/A0 in the middle of the segment");
    p.q.value = s->state.stress;
    VT_TRY(st = emit(run, s, &p, &STRESS, err));
    vti_creep_name(&p, "viscosity", "eta", "Pa s", "physics");
    snprintf(p.method, sizeof p.method, "%s%s",
             isfinite(s->exponent) ? CURVED : "-F/(3 A0) over the slope of L0/L, exact for a Newtonian liquid",
             capillary ? "; 2 gamma/d subtracted" : "");
    p.q.value = s->state.eta;
    VT_TRY(st = emit(run, s, &p, &ETA, err));
    vti_creep_name(&p, "viscosity", "eta", "Pa s", "paper");
    snprintf(p.method, sizeof p.method, "stress in the middle over three times the slope of true strain");
    p.q.value = s->eta_paper;
    st = emit(run, s, &p, &PAPER, err);
done:
    return st;
}
