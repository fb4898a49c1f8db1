/* Names, values and properties of sets. */
#include "set_internal.h"
#include <math.h>
#include <stdio.h>

const struct vti_set_name VTI_SET_NAMES[VTI_SET_QUANTITIES] = {
    [VTI_SET_MODULUS] = {"elastic_modulus", "E", "Pa", "elastic modulus", VT_CONTACT_MODULUS},
    [VTI_SET_HARDNESS] = {"hardness", "H", "Pa", "hardness", VT_CONTACT_HARDNESS},
    [VTI_SET_REDUCED] = {"reduced_modulus", "E_r", "Pa", "reduced modulus", VT_CONTACT_REDUCED},
    [VTI_SET_PLANE] = {"plane_strain_modulus", "E*", "Pa", "plane-strain modulus", VT_CONTACT_PLANE},
    [VTI_SET_LOAD] = {"load_at_depth", "P/h^2", "N m-2", "load at one depth", -1}};

double vti_set_value(const vti_indent_result *r, vti_set_quantity q)
{
    if (r->verdict.status != VT_OK) return NAN;
    const int k = VTI_SET_NAMES[q].output;
    if (k >= 0) return r->out[k].value;
    return r->P > 0.0 && r->h > 0.0 ? r->P / (r->h * r->h) : NAN;
}

void vti_set_shared(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t group,
                    double *part)
{
    const int k = VTI_SET_NAMES[q].output;
    size_t n = 0;
    for (size_t j = 0; j < VTI_INFLUENCES - VTI_IN_SHARED; j++) part[j] = 0.0;
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->group[plan->specimen[i]] != group || !isfinite(vti_set_value(&reading->res[i], q))) continue;
        n++;
        for (size_t j = 0; k >= 0 && j < VTI_INFLUENCES - VTI_IN_SHARED; j++) {
            const double now = reading->res[i].out[k].part[VTI_IN_SHARED + j];
            part[j] += ((isfinite(now) ? now : 0.0) - part[j]) / (double)n;
        }
    }
}

vti_set_scope vti_set_group_scope(const vti_set_plan *plan, size_t group)
{
    if (plan->group_name[group][0]) return (vti_set_scope){"group", plan->group_name[group]};
    return (vti_set_scope){"set", plan->ngroups > 1 ? "others" : "all"};
}

const char *vti_set_group_text(const vti_set_plan *plan, size_t group)
{
    return plan->group_name[group][0] ? plan->group_name[group] : plan->ngroups > 1 ? "others" : "all";
}

const char *vti_set_specimen_text(const vti_set_plan *plan, size_t specimen)
{
    return plan->specimen_name[specimen][0] ? plan->specimen_name[specimen] : "all";
}

vt_status vti_set_add(const vti_set_plan *plan, const vti_set_property *p, vt_error *err)
{
    vt_property out = {.q = *p->q};
    snprintf(out.name, sizeof out.name, "%s", p->name);
    snprintf(out.symbol, sizeof out.symbol, "%s", p->symbol);
    snprintf(out.reading, sizeof out.reading, "%s", p->reading ? p->reading : "");
    snprintf(out.method, sizeof out.method, "%s", p->method);
    for (size_t k = 0; k < 3 && p->scope[k].key; k++) {
        vt_scope *scope = &out.scope[out.nscope++];
        snprintf(scope->key, sizeof scope->key, "%s", p->scope[k].key);
        snprintf(scope->text, sizeof scope->text, "%s", p->scope[k].text);
    }
    return vt_result_add_property(plan->result, &out, err);
}

vt_status vti_set_add_of_specimen(const vti_set_plan *plan, size_t specimen, vti_set_property *p, vt_error *err)
{
    p->scope[0] = (vti_set_scope){"specimen", vti_set_specimen_text(plan, specimen)};
    p->scope[1] = plan->ngroups > 1 ? vti_set_group_scope(plan, plan->group[specimen]) : (vti_set_scope){0};
    return vti_set_add(plan, p, err);
}
