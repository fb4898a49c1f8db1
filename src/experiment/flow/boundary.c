/* The boundary: its slope against -1, the stress of the transition, the offset of each group (P04, ledger B3). */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "flow_internal.h"
#include <math.h>
#include <stdio.h>

struct view {
    vti_flow_run *run;
    const char *label; /* scope */
    vt_threshold_data data;
    double level, z;
};

static vt_status emit(const struct view *v, vti_value value, const vt_threshold_interval *i, bool logarithmic,
                      vt_error *err)
{
    value.value = logarithmic ? exp(i->value) : i->value;
    value.low = logarithmic ? exp(i->low) : i->low;
    value.high = logarithmic ? exp(i->high) : i->high;
    value.u = (i->high - i->low) / (2.0 * v->z) * (logarithmic ? value.value : 1.0);
    value.level = v->level;
    return vti_emit_value(v->run->result, &value, err);
}

/* ln rate_c = a + b ln eta with b = B - 1, because sigma_c = 3 eta rate_c: B = 0 is a constant stress. */
static vt_status slope(const struct view *v, vt_error *err)
{
    vt_threshold_fit fit;
    vt_threshold_interval i;
    vt_error why = {0};
    vt_status st = vt_threshold_solve(&v->data, true, &fit, &why);
    if (st == VT_OK) st = vt_threshold_profile(&v->data, true, &fit, VT_THRESHOLD_B, 0, v->level, &i, &why);
    if (st != VT_OK || !i.low_closed || !i.high_closed)
        return vt_result_warn(v->run->result, err, "W_SLOPE",
                              "%s: the slope of the transition is not determined%s%s; -1, a constant stress, is taken",
                              v->label, st != VT_OK ? ": " : "", st != VT_OK ? why.msg : "");
    i.value -= 1.0;
    i.low -= 1.0;
    i.high -= 1.0;
    st = emit(v,
              (vti_value){.name = "transition_slope",
                          .symbol = "b",
                          .unit = "1",
                          .method = "ln rate_c = a + b ln eta; thresholds of the specimens, profile likelihood",
                          .scope_key = "label",
                          .scope_text = v->label},
              &i, false, err);
    if (st != VT_OK || (i.low <= -1.0 && i.high >= -1.0)) return st;
    return vt_result_warn(
        v->run->result, err, "W_SLOPE",
        "%s: the slope of the transition, %.3g (%.3g to %.3g), is not -1: the transition is not at one "
        "stress, and the stress given is that at the mean viscosity %.3g Pa s",
        v->label, i.value, i.low, i.high, exp(v->run->ln_eta_mean));
}

static vt_status bound_only(const struct view *v, const char *what, const char *group, const vt_threshold_interval *i,
                            bool stress, vt_error *err)
{
    const double scale = stress ? 1e-6 : 1.0;
    const char *unit = stress ? " MPa" : "";
    if (i->low_closed)
        return vt_result_warn(v->run->result, err, "W_BOUND",
                              "%s: %s was seen on one side of the transition only: %s is above %.3g%s (level %.3g)",
                              v->label, group, what, scale * exp(i->low), unit, 0.5 + 0.5 * v->level);
    if (i->high_closed)
        return vt_result_warn(v->run->result, err, "W_BOUND",
                              "%s: %s was seen on one side of the transition only: %s is below %.3g%s (level %.3g)",
                              v->label, group, what, scale * exp(i->high), unit, 0.5 + 0.5 * v->level);
    return vt_result_warn(v->run->result, err, "W_BOUND", "%s: %s says nothing of the transition", v->label, group);
}

static vt_status stress_of(const struct view *v, const vt_threshold_fit *fit, int g, vt_error *err)
{
    vt_threshold_interval i;
    const char *group = v->run->group[g];
    const vt_status st = vt_threshold_profile(&v->data, false, fit, VT_THRESHOLD_A, g, v->level, &i, err);
    if (st != VT_OK) return st;
    if (!i.low_closed || !i.high_closed)
        return bound_only(v, "its transition stress", group[0] ? group : "the set", &i, true, err);
    if (isnan(v->run->line[g])) v->run->line[g] = i.value; /* the figure shows the first label's */
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "3 eta rate at which the specimens turn; labels: %s", v->label);
    return emit(v,
                (vti_value){.name = "transition_stress",
                            .symbol = "sigma_c",
                            .unit = "Pa",
                            .method = method,
                            .scope_key = "label",
                            .scope_text = v->label,
                            .and_key = group[0] ? "group" : NULL,
                            .and_text = group},
                &i, true, err);
}

static vt_status offset_of(const struct view *v, const vt_threshold_fit *fit, int g, vt_error *err)
{
    vt_threshold_interval i;
    const vti_flow_run *run = v->run;
    char method[VT_METHOD_TEXT], what[96];
    vt_status st = vt_threshold_profile(&v->data, false, fit, VT_THRESHOLD_DIFFERENCE, g, v->level, &i, err);
    if (st != VT_OK) return st;
    snprintf(what, sizeof what, "its offset from %.60s", run->group[0]);
    if (!i.low_closed || !i.high_closed) return bound_only(v, what, run->group[g], &i, false, err);
    snprintf(method, sizeof method, "transition stress over that of %.60s; labels: %s", run->group[0], v->label);
    st = emit(v,
              (vti_value){.name = "offset_factor",
                          .symbol = "f",
                          .unit = "1",
                          .method = method,
                          .scope_key = "label",
                          .scope_text = v->label,
                          .and_key = "group",
                          .and_text = run->group[g]},
              &i, true, err);
    if (st != VT_OK || i.low > 0.0 || i.high < 0.0) return st;
    return vt_result_warn(run->result, err, "W_NO_OFFSET",
                          "%s: the offset of %s from %s, %.3g (%.3g to %.3g), does not differ from 1", v->label,
                          run->group[g], run->group[0], exp(i.value), exp(i.low), exp(i.high));
}

static vt_status warn_data(const struct view *v, const vt_threshold_fit *fit, vt_error *err)
{
    const vti_flow_run *run = v->run;
    size_t wrong = 0, of = 0;
    vt_status st = VT_OK;
    for (size_t k = 0; k < run->specimens; k++) {
        wrong += run->specimen[k].wrong;
        of += run->specimen[k].wrong > 0;
    }
    if (wrong)
        st =
            vt_result_warn(run->result, err, "W_LABELS",
                           "%s: %zu labels of %zu specimens are out of order in stress; each specimen is cut where the "
                           "fewest are",
                           v->label, wrong, of);
    if (st == VT_OK && fit->separable)
        st =
            vt_result_warn(run->result, err, "W_SEPARABLE",
                           "%s: one stress per group parts all readings, so their scatter is not seen; it is held near "
                           "%.3g (parameter scatter)",
                           v->label, run->par->scatter);
    if (st == VT_OK && !run->named)
        st = vt_result_warn(
            run->result, err, "W_SPECIMEN",
            "no column 'specimen': every row counts as a specimen of its own, and intervals are too narrow "
            "if rows share one");
    return st;
}

vt_status vti_flow_boundary(vti_flow_run *run, vti_flow_label label, vt_error *err)
{
    vti_flow_bounds(run, label);
    struct view v = {.run = run,
                     .label = label == VTI_LABEL_CLASS ? "class" : "rate sensitivity",
                     .data = {.n = run->used,
                              .low = run->low,
                              .high = run->high,
                              .z = run->z,
                              .group = run->g,
                              .groups = run->groups,
                              .s_prior = run->par->scatter},
                     .level = run->job->common.level,
                     .z = vti_coverage_factor(run->job->common.level, INFINITY)};
    vt_threshold_fit fit;
    vt_status st;
    VT_TRY(st = vt_threshold_solve(&v.data, false, &fit, err));
    VT_TRY(st = slope(&v, err));
    for (int g = 0; g < run->groups; g++) {
        VT_TRY(st = stress_of(&v, &fit, g, err));
        if (g > 0) VT_TRY(st = offset_of(&v, &fit, g, err));
    }
    st = warn_data(&v, &fit, err);
done:
    return st;
}
