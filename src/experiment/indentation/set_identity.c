/* Ledger C2: load, hardness and modulus at one depth cannot be independent. */
#include "set_internal.h"
#include <math.h>

/* Tip as the reference group sees it: mean of A/h_c^2 and epsilon. */
static bool tip_of(const vti_set_plan *plan, const vti_set_reading *reading, vt_tip *tip)
{
    size_t n = 0;
    *tip = (vt_tip){.beta = plan->set->params->beta};
    for (size_t i = 0; i < plan->n; i++) {
        const vti_indent_result *r = &reading->res[i];
        const double h_c = r->out[VT_CONTACT_DEPTH].value, C0 = r->out[VT_CONTACT_AREA].value / (h_c * h_c);
        if (plan->group[plan->specimen[i]] != plan->reference || !(C0 > 0.0) || !(r->epsilon > 0.0)) continue;
        n++;
        tip->C0 += (C0 - tip->C0) / (double)n;
        tip->epsilon += (r->epsilon - tip->epsilon) / (double)n;
    }
    return n > 0;
}

/* Ratio of the means that the vendor states, where every indent has one of his; else ours. */
static bool vendors(const vti_set_plan *plan, const vti_set_reading *reading, size_t g, double mean[2])
{
    size_t n = 0;
    mean[0] = mean[1] = 0.0;
    for (size_t i = 0; i < plan->n; i++) {
        const vti_indent_row *row = reading->res[i].row;
        if (plan->group[plan->specimen[i]] != g) continue;
        if (!row || !(row->H > 0.0) || !(row->E_r > 0.0)) return false;
        n++;
        mean[0] += (row->H - mean[0]) / (double)n;
        mean[1] += (row->E_r - mean[1]) / (double)n;
    }
    return n > 0;
}

static vt_status judge(const vti_set_plan *plan, const vti_set_reading *reading, size_t g, const vti_set_ratio *load,
                       vt_error *err)
{
    const vt_group_effect *H = &reading->effect[VTI_SET_HARDNESS * plan->ngroups];
    const vt_group_effect *E_r = &reading->effect[VTI_SET_REDUCED * plan->ngroups];
    double a[2] = {H[g].mean, E_r[g].mean}, b[2] = {H[plan->reference].mean, E_r[plan->reference].mean};
    double va[2], vb[2], predicted;
    vt_tip tip;
    const bool theirs = vendors(plan, reading, g, va) && vendors(plan, reading, plan->reference, vb);
    for (int k = 0; theirs && k < 2; k++) a[k] = va[k], b[k] = vb[k];
    if (!(a[0] > 0.0) || !(a[1] > 0.0) || !(b[0] > 0.0) || !(b[1] > 0.0) || !tip_of(plan, reading, &tip)) return VT_OK;
    vt_status st = vt_load_ratio(&tip, b[0], b[1], a[0] / b[0], a[1] / b[1], &predicted, NULL, err);
    if (st != VT_OK) return st;
    vt_quantity q = {.value = predicted, .low = NAN, .high = NAN, .dof = INFINITY, .unit = "1"};
    const vti_set_property p = {
        "load_at_depth_ratio_predicted",
        "P/P_ref",
        reading->name,
        "from hardness and reduced modulus of a self-similar tip (C2); no u: an identity",
        {vti_set_group_scope(plan, g), {"reference", vti_set_group_text(plan, plan->reference)}},
        &q};
    st = vti_set_add(plan, &p, err);
    const double off = load->ratio.value / predicted - 1.0;
    if (st != VT_OK || !(fabs(off) > 0.03)) return st;
    return vt_result_warn(
        plan->result, err, "W_OP_IDENTITY",
        "%s: the load at one depth changes by %+.1f %%, but %s hardness (%+.1f %%) and reduced modulus "
        "(%+.1f %%) imply %+.1f %% for any self-similar tip; these numbers cannot all be right",
        vti_set_group_text(plan, g), 100.0 * (load->ratio.value - 1.0), theirs ? "the vendor's" : "its",
        100.0 * (a[0] / b[0] - 1.0), 100.0 * (a[1] / b[1] - 1.0), 100.0 * (predicted - 1.0));
}

vt_status vti_set_identity(const vti_set_plan *plan, const vti_set_reading *reading, const vti_set_ratios *ratios,
                           vt_error *err)
{
    for (size_t g = 0; g < plan->ngroups; g++) {
        const vti_set_ratio *load = vti_set_ratio_find(ratios, reading->name, g, VTI_SET_LOAD);
        if (!load) continue;
        const vt_status st = judge(plan, reading, g, load, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}
