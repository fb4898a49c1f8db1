/* What each record of a rheometer says: viscosity in both readings, a lower bound, what else, and why not. */
#include "experiment/emit_internal.h"
#include "rheology_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static vt_status emit(const vti_rheology_run *run, const vti_rheology_record *r, vti_value v, vt_error *err)
{
    static const char *const TEST[] = {"creep", "relaxation", "oscillation"};
    v.T = r->T;
    v.scope_key = "test";
    v.scope_text = TEST[r->test];
    v.and_key = r->specimen[0] ? "specimen" : NULL;
    v.and_text = r->specimen;
    return vti_emit_value(run->result, &v, err);
}

/* Both readings and the bound; budget of the physics reading, n items. */
static vt_status viscosities(const vti_rheology_run *run, const vti_rheology_record *r, const char *const method[3],
                             size_t n, const vt_budget_item *budget, vt_error *err)
{
    vt_status st = VT_OK;
    vti_value v = {.name = "viscosity", .symbol = "eta", .unit = "Pa s"}; /* the simple one knows no uncertainty */
    if (r->found) {
        v.value = r->simple;
        v.reading = "paper";
        v.method = method[0];
        st = emit(run, r, v, err);
        v.value = r->eta;
        v.u = r->u;
        v.reading = "physics";
        v.method = method[1];
        v.low = r->low;
        v.high = r->high;
        v.level = run->job->common.level;
        v.nbudget = n;
        v.budget = budget;
        if (st == VT_OK) st = emit(run, r, v, err);
    }
    if (st != VT_OK || !(r->bound > 0.0)) return st;
    return emit(
        run, r,
        (vti_value){
            .name = "viscosity_bound", .symbol = "eta_min", .unit = "Pa s", .method = method[2], .value = r->bound},
        err);
}

static vt_budget_item part(const char *source, char type, double u)
{
    vt_budget_item b = {.type = type, .u = u, .c = 1.0};
    snprintf(b.source, sizeof b.source, "%s", source);
    return b;
}

static vt_status not_steady(const vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    const vt_creep_flow *f = &r->flow;
    if (!f->constant)
        return vt_result_warn(run->result, err, "W_NOT_STEADY",
                              "%s: not steady, no viscosity: no window that ends with the record has a constant rate; "
                              "d ln J/d ln t is %.3f over the last %g %% of the time, and 1 in steady flow",
                              r->label, f->simple_exponent, 100.0 * VT_RHEOLOGY_TAIL);
    return vt_result_warn(
        run->result, err, "W_NOT_STEADY",
        "%s: not steady, no viscosity: the rate is constant from %.4g s on, but d ln J/d ln t is %.3f there, not 1 "
        "within "
        "%g %%: %.2g per Pa of %.2g per Pa is not flow; at this rate it would be about %.2g s before it is",
        r->label, r->x[f->from], f->exponent, 100.0 * VT_RHEOLOGY_SHARE, f->compliance, r->a[r->n - 1],
        f->terminal_time * (1.0 / VT_RHEOLOGY_SHARE - 1.0));
}

static vt_status segment(const vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    const vt_creep_flow *f = &r->flow;
    if (!f->constant) return VT_OK;
    vt_segment s = {.begin = r->x[f->from], .end = r->x[r->n - 1], .unit = "s"};
    snprintf(s.name, sizeof s.name, "%.63s", r->label);
    snprintf(s.verdict, sizeof s.verdict,
             "%s: d ln J/d ln t %.3f; halves differ by %.2g %%, p %.2g; curvature p %.2g; R and MSER-5 %s",
             f->steady ? "steady" : "constant rate, not steady", f->exponent, 100.0 * f->test.difference,
             f->test.p_slopes, f->test.p_curvature,
             !f->white  ? "not applicable"
             : f->quiet ? "quiet"
                        : "not quiet");
    return vt_result_add_segment(run->result, &s, err);
}

static vt_status report_creep(const vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    static const char *const METHOD[] = {"slope of the compliance over the last 30 % of the time",
                                         "slope over the longest window of constant rate at the end",
                                         "slope at the end, which only falls"};
    const vt_creep_flow *f = &r->flow;
    const vt_budget_item budget[] = {part("slope", 'A', f->u_slope),
                                     part("retardation left", 'B', f->rest / sqrt(3.0))};
    vt_status st;
    VT_TRY(st = viscosities(run, r, METHOD, 2, budget, err));
    VT_TRY(st = emit(run, r,
                     (vti_value){.name = "flow_exponent",
                                 .symbol = "dlnJ/dlnt",
                                 .unit = "1",
                                 .method = f->constant ? "over the window of constant rate" : "over the last 30 %",
                                 .value = f->constant ? f->exponent : f->simple_exponent},
                     err));
    VT_TRY(st = segment(run, r, err));
    if (!f->steady) return not_steady(run, r, err);
    const double middle = 0.5 * (r->x[f->from] + r->x[r->n - 1]);
    st = emit(run, r,
              (vti_value){.name = "recoverable_compliance",
                          .symbol = "J_e",
                          .unit = "Pa-1",
                          .method = "intercept of the window",
                          .value = f->compliance,
                          .u = middle / f->viscosity * (f->u / f->viscosity)},
              err);
done:
    return st;
}

static vt_status report_relaxation(const vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    static const char *const METHOD[] = {"integral of the modulus, first reading to last",
                                         "integral from 0, both ends bounded by exponential and power law",
                                         "integral with exponential ends"};
    const vt_relaxation_integral *i = &r->integral;
    const double open = 0.5 * (i->start_high - i->start_low + i->tail_high - i->tail_low) / sqrt(3.0);
    const vt_budget_item budget[] = {part("both ends, bounded and not measured", 'B', open),
                                     part("noise of the readings", 'A', sqrt(fmax(0.0, i->u * i->u - open * open)))};
    const vt_status st = viscosities(run, r, METHOD, 2, budget, err);
    if (st != VT_OK) return st;
    if (!i->reached)
        return vt_result_warn(run->result, err, "W_TAIL",
                              "%s: no viscosity: at %.4g s the modulus still falls only as t^-%.2f; what was measured "
                              "adds up to %.3g Pa s, and the tail to %.2g Pa s or more: measure longer",
                              r->label, i->cut, i->exponent, i->middle, i->tail_low);
    return vt_result_warn(run->result, err, "W_TAIL",
                          "%s: the integral of the readings, %.3g Pa s, leaves out %.2g to %.2g Pa s before %.3g s and "
                          "%.2g to %.2g Pa s beyond the cut at %.4g s",
                          r->label, i->simple, i->start_low, i->start_high, r->x[0], i->tail_low, i->tail_high, i->cut);
}

static vt_status report_oscillation(const vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    static const char *const METHOD[] = {"loss modulus over the lowest frequency",
                                         "discrete spectrum of both moduli, extrapolated", "largest |G*|/omega"};
    const vt_terminal_zone *z = &r->zone;
    vt_status st = viscosities(run, r, METHOD, 0, NULL, err);
    if (st == VT_OK && z->liquid)
        st = emit(run, r,
                  (vti_value){.name = "recoverable_compliance",
                              .symbol = "J_e",
                              .unit = "Pa-1",
                              .method = "sum g tau^2 over eta^2 of the spectrum; slower modes would raise it",
                              .value = z->compliance},
                  err);
    if (st != VT_OK || z->terminal) return st;
    if (!z->liquid)
        return vt_result_warn(
            run->result, err, "W_TERMINAL",
            "%s: no viscosity: at %.3g rad/s the storage modulus is still above the loss modulus, or "
            "gains on it; the viscosity is above %.3g Pa s, and spectra that fit extrapolate to %.2g to %.2g Pa s",
            r->label, z->frequency, z->low, z->interval_low, z->interval_high);
    return vt_result_warn(run->result, err, "W_TERMINAL",
                          "%s: the terminal zone is not reached: d ln G'/d ln omega is %.2f, not 2, and d ln G''/d ln "
                          "omega is %.2f, not 1; G''/omega at %.3g rad/s, %.3g Pa s, is a lower bound",
                          r->label, z->storage, z->loss, z->frequency, z->simple);
}

vt_status vti_rheology_report(vti_rheology_run *run, const vti_rheology_record *r, vt_error *err)
{
    switch (r->test) {
    case VTI_COMPLIANCE: return report_creep(run, r, err);
    case VTI_RELAXATION: return report_relaxation(run, r, err);
    case VTI_OSCILLATION: return report_oscillation(run, r, err);
    case VTI_TESTS: break;
    }
    return vt_fail(err, VT_EINTERNAL, "test %d", (int)r->test);
}
