/* Load jumps: rate sensitivity and class at every power (P03). */
#include "base/quantity_internal.h"
#include "creep_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool vti_creep_same(double a, double b, double relative, double absolute)
{
    if (!isfinite(a) || !isfinite(b)) return isfinite(a) == isfinite(b);
    return fabs(a - b) <= fmax(relative * fmax(fabs(a), fabs(b)), absolute);
}

static size_t condition_of(vti_creep_run *run, const vti_creep_segment *s)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    for (size_t k = 0; k < run->conditions; k++) {
        const vti_creep_condition *c = &run->condition[k];
        if (strcmp(run->trace[c->trace].specimen, r->specimen) == 0 &&
            vti_creep_same(c->P, s->P, r->par.smallest_power_step, 0.0) &&
            vti_creep_same(c->T, s->T, 0.0, r->par.smallest_temperature_step))
            return k;
    }
    run->condition[run->conditions] = (vti_creep_condition){.trace = s->trace, .P = s->P, .T = s->T};
    return run->conditions++;
}

vt_status vti_creep_conditions(vti_creep_run *run, vt_error *err)
{
    const size_t n = run->segments + 1;
    run->condition = calloc(n, sizeof *run->condition);
    run->scratch = calloc(4 * n, sizeof *run->scratch);
    run->member = calloc(n, sizeof *run->member);
    if (!run->condition || !run->scratch || !run->member)
        return vt_fail(err, VT_EMEMORY, "no memory for %zu segments", run->segments);
    for (size_t i = 0; i < run->segments; i++) {
        vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK) continue;
        s->condition = condition_of(run, s);
        vti_creep_condition *c = &run->condition[s->condition];
        const double k = (double)c->segments++;
        c->P = (k * c->P + s->P) / (k + 1.0);
        c->T = (k * c->T + s->T) / (k + 1.0);
    }
    return vt_nlfit_create(&run->nlfit, n > 8 ? n : 8, VT_NLFIT_P_MAX, err);
}

/* "wire 2 at 1.1 mW" */
static void place(const vti_creep_run *run, const vti_creep_condition *c, char *text, size_t size)
{
    const char *name = run->trace[c->trace].specimen;
    int k = snprintf(text, size, "%.40s%s", name, name[0] ? " " : "");
    if (isfinite(c->P))
        snprintf(text + k, size - (size_t)k, "at %.4g mW", 1e3 * c->P);
    else if (isfinite(c->T))
        snprintf(text + k, size - (size_t)k, "at %.2f K", c->T);
    else
        snprintf(text + k, size - (size_t)k, "at all loads");
}

static void scopes(const vti_creep_run *run, const vti_creep_condition *c, vt_property *p)
{
    vti_creep_scope_text(p, "specimen", run->trace[c->trace].specimen);
    vti_creep_scope(p, "power", c->P, "W");
    vti_creep_scope(p, "temperature", c->T, "K");
}

/* m in the middle of the rates of a condition. */
struct middle {
    vt_rate_sensitivity m;
    double rate, u_fit;
    double D[VTI_CREEP_DOUBTS]; /* by which each doubt moves m */
};

static vt_status emit(vti_creep_run *run, const vti_creep_condition *c, const struct middle *at, vt_error *err)
{
    static const double CODE[] = {
        [VT_FLOW_UNDETERMINED] = 0.0, [VT_FLOW_NEWTONIAN] = 1.0, [VT_FLOW_NON_NEWTONIAN] = -1.0};
    const vt_rate_sensitivity *m = &at->m;
    vt_property p;
    vti_creep_name(&p, "rate_sensitivity", "m", "1", "");
    scopes(run, c, &p);
    snprintf(p.method, sizeof p.method, "slope of ln stress in ln rate, %s of %zu segments, at %.4g per s",
             c->fit.degree == 2 ? "quadratic"
             : c->fit.chord     ? "chord"
                                : "line",
             c->fit.n, at->rate);
    p.q.value = m->m;
    vt_status st = vt_quantity_add(&p.q, "slopes and forces of the segments", "", 'A', at->u_fit, 1.0, err);
    if (st == VT_OK) st = vti_creep_doubt_lines(&p.q, at->D, err);
    p.q.low = m->low;
    p.q.high = m->high;
    p.q.level = run->job->common.level;
    if (st == VT_OK) st = vt_result_add_property(run->result, &p, err);
    if (st != VT_OK) return st;
    vti_creep_name(&p, "class", "", "1", "");
    scopes(run, c, &p);
    vti_creep_scope_text(&p, "class", vt_flow_class_text(m->class_of));
    snprintf(p.method, sizeof p.method,
             "1 newtonian, 0 undetermined, -1 non-newtonian: the interval of m against the threshold %.3g",
             c->fit.threshold);
    p.q.value = CODE[m->class_of];
    return vt_result_add_property(run->result, &p, err);
}

static vt_status judge(vti_creep_run *run, const vti_creep_condition *c, const vt_rate_sensitivity *m,
                       const char *where, vt_error *err)
{
    vt_status st = VT_OK;
    if (c->fit.chord)
        st = vt_result_warn(run->result, err, "W_DOF",
                            "%s: two stresses give the chord, and nothing tests whether the line is straight", where);
    if (st == VT_OK && m->above_1)
        st = vt_result_warn(run->result, err, "W_M_GT_1",
                            "%s: rate sensitivity %.3g is above 1 by more than twice its uncertainty %.2g: heating "
                            "between the jumps, or a segment that was not steady",
                            where, m->m, m->u);
    if (st == VT_OK && c->fit.misfit)
        st = vt_result_warn(run->result, err, "W_MISFIT",
                            "%s: the segments scatter more about the %s than their uncertainties allow (p = %.2g); "
                            "intervals are widened",
                            where, c->fit.degree == 2 ? "quadratic" : "line", c->fit.p_value);
    return st;
}

/* Loads of condition k under a doubt into the scratch; their number. */
static size_t collect(const vti_creep_run *run, size_t k, vti_creep_doubt kind, vt_load_jumps *j)
{
    double *x = run->scratch;
    size_t n = 0;
    for (size_t i = 0; i < run->segments; i++)
        if (run->segment[i].verdict == VT_OK && run->segment[i].condition == k)
            vti_creep_point(run, &run->segment[i], kind, x + n++);
    *j = (vt_load_jumps){.n = n,
                         .ln_rate = x,
                         .ln_stress = x + run->segments,
                         .u_ln_rate = x + 2 * run->segments,
                         .u_ln_stress = x + 3 * run->segments,
                         .level = run->job->common.level,
                         .threshold = run->par->sensitivity_threshold};
    return n;
}

/* m by `fit` at the rate of every segment and in their middle: the result, or by how much a doubt moves it. */
static vt_status evaluate(vti_creep_run *run, size_t k, vti_creep_doubt kind, const vt_rate_sensitivity_fit *fit,
                          struct middle *at, vt_error *err)
{
    const double z = vti_coverage_factor(run->job->common.level, INFINITY), threshold = fit->threshold;
    vt_load_jumps j;
    vt_rate_sensitivity m;
    double mean = 0.0;
    size_t n = 0;
    vt_status st = VT_OK;
    collect(run, k, kind, &j);
    for (size_t i = 0; i < run->segments && st == VT_OK; i++) {
        vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK || s->condition != k) continue;
        mean += j.ln_rate[n] / (double)j.n;
        st = vt_rate_sensitivity_at(fit, 1, &j.ln_rate[n], &j.u_ln_rate[n], &m, err);
        n++;
        if (st == VT_OK && kind == VTI_CREEP_NO_DOUBT)
            s->m = m;
        else if (st == VT_OK)
            vti_creep_widen(&s->m, m.m - s->m.m, z, threshold);
    }
    if (st == VT_OK) st = vt_rate_sensitivity_at(fit, 1, &mean, NULL, &m, err);
    if (st != VT_OK) return st;
    if (kind == VTI_CREEP_NO_DOUBT) {
        *at = (struct middle){.m = m, .rate = exp(mean), .u_fit = m.u};
        return VT_OK;
    }
    at->D[kind] = m.m - at->m.m;
    vti_creep_widen(&at->m, at->D[kind], z, threshold);
    return VT_OK;
}

/* All uncertainty in the stresses, as at m = 1: the fit becomes linear. */
static void rates_exact(vti_creep_run *run, const vt_load_jumps *j)
{
    double *u_rate = run->scratch + 2 * run->segments, *u_stress = u_rate + run->segments;
    for (size_t i = 0; i < j->n; i++) {
        u_stress[i] = hypot(u_rate[i], u_stress[i]);
        u_rate[i] = 0.0;
    }
}

/* The fit of condition k under every doubt that holds: all, or there is no m. */
static vt_status solve(vti_creep_run *run, size_t k, vt_rate_sensitivity_fit *fit, vt_error *why)
{
    static const char *const UNDER[VTI_CREEP_DOUBTS] = {
        [VTI_CREEP_NO_DOUBT] = "",
        [VTI_CREEP_TENSION] = "with a surface tension of 1 N/m (--set surface_tension=VALUE): ",
        [VTI_CREEP_HEATING] = "with heating as the square of length (without grip_temperature it is left out): "};
    for (vti_creep_doubt kind = VTI_CREEP_NO_DOUBT; kind < VTI_CREEP_DOUBTS; kind++) {
        vt_load_jumps j;
        vt_error of = {0};
        if (!vti_creep_doubtful(run, k, kind)) continue;
        collect(run, k, kind, &j);
        vt_status st = vt_rate_sensitivity_solve(run->nlfit, &j, &fit[kind], &of);
        if (st == VT_ENOCONV && kind != VTI_CREEP_NO_DOUBT) { /* it misfits: of it only the slope is wanted */
            rates_exact(run, &j);
            st = vt_rate_sensitivity_solve(run->nlfit, &j, &fit[kind], &of);
        }
        if (st != VT_OK) return vt_fail(why, st, "%s%.120s", UNDER[kind], of.msg);
    }
    return VT_OK;
}

static vt_status sensitivities(vti_creep_run *run, size_t k, const vt_rate_sensitivity_fit *fit, const char *where,
                               vt_error *err)
{
    struct middle at;
    vt_status st = VT_OK;
    for (vti_creep_doubt kind = VTI_CREEP_NO_DOUBT; kind < VTI_CREEP_DOUBTS && st == VT_OK; kind++)
        if (vti_creep_doubtful(run, k, kind)) st = evaluate(run, k, kind, &fit[kind], &at, err);
    run->condition[k].fit = fit[VTI_CREEP_NO_DOUBT];
    if (st == VT_OK) st = emit(run, &run->condition[k], &at, err);
    return st == VT_OK ? judge(run, &run->condition[k], &at.m, where, err) : st;
}

/* Steps of power or temperature too small to part segments are not too small for viscosity: a fifth of what parts. */
static vt_status warn_spread(vti_creep_run *run, size_t k, const char *where, vt_error *err)
{
    const vti_creep_segment *low = NULL, *high = NULL;
    double cold = INFINITY, hot = -INFINITY;
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK || s->condition != k) continue;
        if (!low || s->P < low->P) low = s;
        if (!high || s->P > high->P) high = s;
        cold = fmin(cold, s->T);
        hot = fmax(hot, s->T);
    }
    const vti_creep_params *p = &run->trace[run->condition[k].trace].par;
    const double apart = high->P - low->P, u = hypot(high->u_P, low->u_P);
    if (apart > fmax(3.0 * u, 0.2 * p->smallest_power_step * high->P))
        st = vt_result_warn(run->result, err, "W_SET_POINT",
                            "%s: segments of %.5g and %.5g mW count as one power, %.2g %% apart; what that does to the "
                            "viscosity is taken for an effect of stress: --set smallest_power_step=%.1g parts them",
                            where, 1e3 * low->P, 1e3 * high->P, 100.0 * apart / high->P, 0.5 * apart / high->P);
    if (st == VT_OK && hot - cold > 0.2 * p->smallest_temperature_step)
        st = vt_result_warn(
            run->result, err, "W_SET_POINT",
            "%s: segments of %.2f and %.2f K count as one temperature; what that does to the viscosity is "
            "taken for an effect of stress: lower smallest_temperature_step, now %.3g K",
            where, cold, hot, p->smallest_temperature_step);
    return st;
}

vt_status vti_creep_jumps(vti_creep_run *run, vt_error *err)
{
    size_t single = 0;
    vt_status st = VT_OK;
    for (size_t k = 0; k < run->conditions && st == VT_OK; k++) {
        vti_creep_condition *c = &run->condition[k];
        vt_rate_sensitivity_fit each[VTI_CREEP_DOUBTS];
        vt_error why = {0};
        char where[96];
        if (c->segments < 2) {
            single++;
            continue;
        }
        place(run, c, where, sizeof where);
        st = warn_spread(run, k, where, err);
        if (st != VT_OK) return st;
        const vt_status fit = solve(run, k, each, &why);
        c->fitted = fit == VT_OK;
        if (fit == VT_OK)
            st = sensitivities(run, k, each, where, err);
        else
            st = vt_result_warn(run->result, err, "W_LOAD_JUMPS", "%s: no rate sensitivity: %s: %s", where,
                                vt_status_name(fit), why.msg);
    }
    if (st == VT_OK && single > 0)
        st = vt_result_warn(run->result, err, "W_LOAD_JUMPS",
                            "%zu of %zu %ss have one segment with a viscosity: no rate sensitivity there "
                            "(%s: two loads at one %s are the least)",
                            single, run->conditions, vti_creep_axis(run), vt_status_name(VT_EFEWLEVELS),
                            vti_creep_axis(run));
    return st;
}
