/* The sinh law through all segments of a wire: Newtonian viscosity of every power, one activation volume (P03). */
#include "base/quantity_internal.h"
#include "creep_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>
#include <vitrum/flow.h>

struct wire {
    const char *name;
    const vti_creep_trace *trace; /* the first */
    size_t condition[VT_SINH_GROUPS];
    double T[VT_SINH_GROUPS];
    vt_sinh_points points;
    double share;                      /* relative standard uncertainty of its section */
    double u_eta[VT_SINH_GROUPS], u_V; /* relative, of the fit alone */
    bool doubted;
    double D[VT_SINH_GROUPS][VTI_CREEP_DOUBTS], D_V[VTI_CREEP_DOUBTS]; /* change of ln eta_N, of ln V by each doubt */
    vt_sinh_joint_fit plain;                                           /* without doubts */
    double D_curving[VTI_CREEP_DOUBTS];                                /* change of its curving by each */
};

/* Conditions and points of the wire called name; false: too many powers. */
static bool collect(vti_creep_run *run, struct wire *w)
{
    const size_t N = run->segments;
    double *x = run->scratch;
    bool T = true;
    for (size_t k = 0; k < run->conditions; k++) {
        const vti_creep_condition *c = &run->condition[k];
        if (strcmp(run->trace[c->trace].specimen, w->name) != 0) continue;
        if (w->points.groups == VT_SINH_GROUPS) return false;
        if (!w->trace) w->trace = &run->trace[c->trace];
        const double known = isfinite(c->T) ? c->T : run->trace[c->trace].par.temperature;
        T = T && isfinite(known);
        w->T[w->points.groups] = known;
        w->condition[w->points.groups++] = k;
    }
    for (size_t i = 0; i < N; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK) continue;
        for (int g = 0; g < w->points.groups; g++) {
            if (w->condition[g] != s->condition) continue;
            const size_t n = w->points.n++;
            vti_creep_point(run, s, VTI_CREEP_NO_DOUBT, x + n);
            run->member[n] = g;
        }
    }
    w->points.ln_rate = x;
    w->points.ln_stress = x + N;
    w->points.u_ln_rate = x + 2 * N;
    w->points.u_ln_stress = x + 3 * N;
    w->points.group = run->member;
    w->points.T = T ? w->T : NULL;
    w->points.level = run->job->common.level;
    return true;
}

/* The points of the wire anew, under a doubt. */
static void shift(vti_creep_run *run, const struct wire *w, vti_creep_doubt kind)
{
    size_t n = 0;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK) continue;
        for (int g = 0; g < w->points.groups; g++)
            if (w->condition[g] == s->condition) vti_creep_point(run, s, kind, run->scratch + n++);
    }
}

static double quantile(const vti_creep_run *run)
{
    return vti_coverage_factor(run->job->common.level, INFINITY);
}

/* Of a positive quantity, in its logarithm. */
static void widen(vt_sinh_interval *i, double D, double z)
{
    if (i->low_closed) i->low = i->value * exp(-vti_creep_widened(log(i->value / i->low), D, z));
    if (i->high_closed) i->high = i->value * exp(vti_creep_widened(log(i->high / i->value), D, z));
}

/* V follows from the curving as in the solver, also where that is no longer above 0. */
static void widen_volume(const struct wire *w, vt_sinh_joint_fit *fit, double D, double z)
{
    vt_sinh_interval *c = &fit->curving;
    const double unit = 2.0 * sqrt(3.0) * VT_BOLTZMANN * (w->points.T ? w->T[0] : 1.0);
    if (c->low_closed) c->low = c->value - vti_creep_widened(c->value - c->low, D, z);
    if (c->high_closed) c->high = c->value + vti_creep_widened(c->high - c->value, D, z);
    fit->V.low = unit * sqrt(fmax(c->low, 0.0));
    fit->V.high = unit * sqrt(fmax(c->high, 0.0));
    fit->V.low_closed = c->low_closed && c->low > 0.0;
}

/* Solves again under every doubt that holds, and takes what comes of it into w and the intervals of fit. */
static vt_status doubts(vti_creep_run *run, struct wire *w, vt_sinh_joint_fit *fit, vt_error *why)
{
    const double curving = fit->curving.value, z = quantile(run);
    vt_status st = VT_OK;
    for (vti_creep_doubt kind = VTI_CREEP_TENSION; kind < VTI_CREEP_DOUBTS && st == VT_OK; kind++) {
        vt_sinh_joint_fit other;
        bool holds = false;
        for (int g = 0; g < w->points.groups; g++) holds = holds || vti_creep_doubtful(run, w->condition[g], kind);
        if (!holds) continue;
        shift(run, w, kind);
        st = vt_sinh_joint_solve(run->nlfit, &w->points, &other, why);
        if (st != VT_OK) break;
        for (int g = 0; g < fit->groups; g++) {
            w->D[g][kind] = log(other.eta_N[g].value / fit->eta_N[g].value);
            widen(&fit->eta_N[g], w->D[g][kind], z);
        }
        if (curving > 0.0) w->D_V[kind] = 0.5 * (other.curving.value - curving) / curving; /* of ln V, first order */
        w->D_curving[kind] = other.curving.value - curving;
        widen_volume(w, fit, w->D_curving[kind], z);
        w->doubted = true;
    }
    shift(run, w, VTI_CREEP_NO_DOUBT);
    return st;
}

/* Half an interval, in logarithms, over the quantile. */
static double spread(const vt_sinh_interval *i, double z)
{
    return 0.5 * log(i->high / i->low) / z;
}

/* What a quantity is, with the changes of its logarithm by the doubts and the power with which the section enters. */
struct found {
    const vt_sinh_interval *whole; /* with doubts */
    double u_fit;                  /* relative, without */
    const double *D;
    double sign, share;
};

/* A value with the interval of the fit, widened by what all segments of the wire share: logarithms add. */
static vt_status emit(vti_creep_run *run, const struct wire *w, vt_property *p, const struct found *f, vt_error *err)
{
    const vt_sinh_interval *i = f->whole;
    const double z = quantile(run), down = log(i->value / i->low), up = log(i->high / i->value), share = f->share;
    double D[VTI_CREEP_DOUBTS];
    char group[VT_NAME];
    for (int k = 0; k < VTI_CREEP_DOUBTS; k++) D[k] = f->sign * f->D[k] * i->value;
    snprintf(group, sizeof group, "diameter%s%.40s", w->name[0] ? " of " : "", w->name);
    p->q.value = i->value;
    vt_status st = vt_quantity_add(&p->q, "fit of the sinh law", "", 'A', f->u_fit, i->value, err);
    if (st == VT_OK) st = vti_creep_doubt_lines(&p->q, D, err);
    if (st == VT_OK)
        st = vt_quantity_add(&p->q, "diameter", group, 'B', w->trace->par.diameter_u, 2.0 * share * i->value, err);
    snprintf(group, sizeof group, "spread of diameters%s%.40s", w->name[0] ? " of " : "", w->name);
    if (st == VT_OK && w->trace->u_spread > 0.0)
        st = vt_quantity_add(&p->q, "spread of diameters", group, 'A', w->trace->u_spread, share * i->value, err);
    if (st == VT_OK && w->trace->par.force_u > 0.0)
        st = vt_quantity_add(&p->q, "load cell", "load cell", 'B', w->trace->par.force_u, -share * i->value, err);
    if (st != VT_OK) return st;
    const double shared = z * hypot(w->share, w->trace->par.force_u);
    p->q.low = i->value * exp(-hypot(down, shared));
    p->q.high = i->value * exp(hypot(up, shared));
    p->q.level = run->job->common.level;
    return vt_result_add_property(run->result, p, err);
}

static vt_status viscosities(vti_creep_run *run, const struct wire *w, const vt_sinh_joint_fit *fit, vt_error *err)
{
    vt_status st = VT_OK;
    for (int g = 0; g < fit->groups && st == VT_OK; g++) {
        const vti_creep_condition *c = &run->condition[w->condition[g]];
        vt_property p;
        vti_creep_name(&p, "newtonian_viscosity", "eta_N", "Pa s", "physics");
        vti_creep_scope_text(&p, "specimen", w->name);
        vti_creep_scope(&p, "power", c->P, "W");
        vti_creep_scope(&p, "temperature", c->T, "K");
        snprintf(p.method, sizeof p.method, "limit of low stress of the sinh law, with one %s for all %d %ss",
                 w->points.T ? "V" : "V/T", fit->groups, vti_creep_axis(run));
        const struct found f = {&fit->eta_N[g], w->u_eta[g], w->D[g], 1.0, -1.0};
        if (f.whole->low_closed && f.whole->high_closed) st = emit(run, w, &p, &f, err);
    }
    return st;
}

/* Lines of the rate sensitivity at stress sigma: section and load cell scale stress and stress unit alike and drop
 * out. A doubt that leaves no law there is taken to the end of the interval. */
static vt_status sensitivity_budget(const struct wire *w, int g, double sigma, double z, vt_quantity *q, vt_error *err)
{
    vt_sinh_interval m, ratio;
    double D[VTI_CREEP_DOUBTS] = {0.0};
    vt_status st = vt_sinh_joint_at(&w->plain, g, sigma, &m, &ratio, err);
    if (st != VT_OK) return st;
    const double low = m.low_closed ? m.low : 0.0, high = m.high_closed ? m.high : 1.0;
    st = vt_quantity_add(q, "fit of the sinh law", "", 'A', 0.5 * (high - low) / z, 1.0, err);
    for (vti_creep_doubt kind = VTI_CREEP_TENSION; kind < VTI_CREEP_DOUBTS; kind++) {
        vt_sinh_joint_fit other = w->plain;
        other.curving.value += w->D_curving[kind];
        vt_sinh_interval moved;
        if (w->D_curving[kind] == 0.0) continue;
        const bool holds = vt_sinh_joint_at(&other, g, sigma, &moved, &ratio, NULL) == VT_OK;
        D[kind] = (holds ? moved.value : high) - m.value;
    }
    return st == VT_OK ? vti_creep_doubt_lines(q, D, err) : st;
}

/* Rate sensitivity of the law at the mean stress (of logarithms) of every power: without the cut of a polynomial. */
static vt_status sensitivities(vti_creep_run *run, const struct wire *w, const vt_sinh_joint_fit *fit, vt_error *err)
{
    vt_status st = VT_OK;
    for (int g = 0; g < fit->groups && st == VT_OK; g++) {
        double sum = 0.0, n = 0.0;
        for (size_t i = 0; i < w->points.n; i++)
            if (w->points.group[i] == g) {
                sum += w->points.ln_stress[i];
                n += 1.0;
            }
        const vti_creep_condition *c = &run->condition[w->condition[g]];
        const double sigma = exp(sum / n), z = quantile(run);
        vt_sinh_interval m, ratio;
        vt_property p;
        if (vt_sinh_joint_at(fit, g, sigma, &m, &ratio, NULL) != VT_OK || !m.low_closed || !m.high_closed) continue;
        vti_creep_name(&p, "sinh_rate_sensitivity", "m", "1", "physics");
        vti_creep_scope_text(&p, "specimen", w->name);
        vti_creep_scope(&p, "power", c->P, "W");
        vti_creep_scope(&p, "temperature", c->T, "K");
        snprintf(p.method, sizeof p.method, "tanh(x)/x of the sinh law at %.4g MPa, the mean stress of this %s",
                 1e-6 * sigma, vti_creep_axis(run));
        p.q.value = m.value;
        st = sensitivity_budget(w, g, sigma, z, &p.q, err);
        if (st != VT_OK) break;
        p.q.low = m.low;
        p.q.high = m.high;
        p.q.level = run->job->common.level;
        st = vt_result_add_property(run->result, &p, err);
    }
    return st;
}

/* Stress at which m falls to the threshold, 2 sqrt(3) x k T/V (4.10 kT/V for m = 0.7), of the first power: with V/T
 * alone it needs no temperature. */
static vt_status volume(vti_creep_run *run, const struct wire *w, const vt_sinh_joint_fit *fit, vt_error *err)
{
    double x;
    const double threshold = run->par->sensitivity_threshold;
    vt_status st = vt_sinh_x_at_sensitivity(threshold, &x, err);
    if (st != VT_OK) return st;
    const double k = 2.0 * sqrt(3.0) * x * VT_BOLTZMANN * (w->points.T ? w->T[0] : 1.0);
    const vt_sinh_interval sigma = {k / fit->V.value, k / fit->V.high, k / fit->V.low, true, true};
    vt_property p;
    vti_creep_name(&p, "transition_stress", "sigma_c", "Pa", "physics");
    vti_creep_scope_text(&p, "specimen", w->name);
    if (w->points.T) vti_creep_scope(&p, "temperature", w->T[0], "K");
    snprintf(p.method, sizeof p.method, "stress at which the sinh law has m = %.3g: %.3g k T/V", threshold,
             2.0 * sqrt(3.0) * x);
    st = emit(run, w, &p, &(struct found){&sigma, w->u_V, w->D_V, -1.0, -1.0}, err);
    if (st != VT_OK) return st;
    const vt_sinh_interval *v = &fit->V;
    const double shared = quantile(run) * hypot(w->share, w->trace->par.force_u); /* as in emit */
    if (!w->points.T)
        return vt_result_warn(run->result, err, "W_NO_TEMPERATURE",
                              "%s%sno temperature is known, so there is no activation_volume, only V/T = %.4g nm^3/K "
                              "(%.4g to %.4g): at 510 K that would be %.3g nm^3; --set temperature=VALUE gives it",
                              w->name, w->name[0] ? ": " : "", 1e27 * v->value,
                              1e27 * v->value * exp(-hypot(log(v->value / v->low), shared)),
                              1e27 * v->value * exp(hypot(log(v->high / v->value), shared)), 510e27 * v->value);
    vti_creep_name(&p, "activation_volume", "V", "m3", "physics");
    vti_creep_scope_text(&p, "specimen", w->name);
    snprintf(p.method, sizeof p.method, "shear activation volume of the sinh law, one for all %d %ss", fit->groups,
             vti_creep_axis(run));
    return emit(run, w, &p, &(struct found){&fit->V, w->u_V, w->D_V, 1.0, 1.0}, err);
}

static vt_status solve(vti_creep_run *run, struct wire *w, vt_error *err)
{
    vt_sinh_joint_fit fit;
    vt_error why = {0};
    const char *colon = w->name[0] ? ": " : "";
    w->share = hypot(2.0 * w->trace->par.diameter_u, w->trace->u_spread);
    vt_status st = vt_sinh_joint_solve(run->nlfit, &w->points, &fit, &why);
    if (st == VT_OK) {
        for (int g = 0; g < fit.groups; g++) w->u_eta[g] = spread(&fit.eta_N[g], quantile(run));
        w->u_V = spread(&fit.V, quantile(run));
        w->plain = fit;
        st = doubts(run, w, &fit, &why);
    }
    if (st == VT_ENARROW || st == VT_EDOF) return VT_OK; /* no load jumps: said there */
    if (st != VT_OK)
        return vt_result_warn(run->result, err, "W_SINH", "%s%sno sinh law: %s: %s", w->name, colon, vt_status_name(st),
                              why.msg);
    st = viscosities(run, w, &fit, err);
    if (st == VT_OK) st = sensitivities(run, w, &fit, err);
    if (st == VT_OK && fit.misfit)
        st = vt_result_warn(run->result, err, "W_MISFIT",
                            "%s%ssegments scatter more about the sinh law than their uncertainties allow (p = %.2g); "
                            "intervals are widened",
                            w->name, colon, fit.p_value);
    if (st != VT_OK) return st;
    if (fit.V.value > 0.0 && fit.V.low > 0.0 && fit.V.low_closed && fit.V.high_closed) return volume(run, w, &fit, err);
    double most = 0.0;
    for (size_t i = 0; i < w->points.n; i++) most = fmax(most, exp(w->points.ln_stress[i]));
    return vt_result_warn(run->result, err, "W_NEWTONIAN",
                          "%s%sNewtonian flow up to %.4g MPa agrees with all loads: there is no activation volume, it "
                          "is below %.3g nm^3%s%s",
                          w->name, colon, 1e-6 * most, 1e27 * fit.V.high, w->points.T ? "" : "/K times temperature",
                          w->doubted ? "; surface tension or heating that is not known is in that" : "");
}

vt_status vti_creep_sinh(vti_creep_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->traces && st == VT_OK; i++) {
        struct wire w = {.name = run->trace[i].specimen};
        bool before = false;
        for (size_t k = 0; k < i; k++) before = before || strcmp(run->trace[k].specimen, w.name) == 0;
        if (before) continue;
        if (!collect(run, &w))
            st = vt_result_warn(run->result, err, "W_SINH", "%.60s: more than %d powers: no joint fit of the sinh law",
                                w.name, VT_SINH_GROUPS);
        else if (w.points.n > 0)
            st = solve(run, &w, err);
    }
    return st;
}
