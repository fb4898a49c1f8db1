/* Statistics of a set of indents: the order of things. */
#include "set_internal.h"
#include <stdlib.h>
#include <string.h>

static vt_status reading_create(const vti_set_plan *plan, const char *name, vti_set_reading *r, vt_error *err)
{
    r->name = name;
    r->res = calloc(plan->n, sizeof *r->res);
    r->effect = calloc(plan->ngroups, VTI_SET_QUANTITIES * sizeof *r->effect);
    r->mount = calloc(plan->n, VT_CONTACT_OUTPUTS * sizeof *r->mount);
    r->mount_dof = calloc(plan->n, sizeof *r->mount_dof);
    if (!r->res || !r->effect || !r->mount || !r->mount_dof)
        return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", plan->n);
    for (size_t i = 0; i < plan->n; i++) r->res[i] = plan->set->res[plan->pick[i]];
    return VT_OK;
}

static void reading_free(vti_set_reading *r)
{
    free(r->res);
    free(r->effect);
    free(r->mount);
    free(r->mount_dof);
}

/* Corrected values are given where a mount is soft, or always where that is asked for: then of every specimen whose
 * compliance is told, so that what the frame has left cancels in ratios. */
static bool corrects(const vti_set_plan *plan, const vti_set_mount *mount)
{
    bool told = false, soft = false;
    for (size_t k = 0; k < plan->nspecimens; k++) {
        told = told || mount[k].told;
        soft = soft || mount[k].soft;
    }
    return plan->set->evaluate && told && (soft || plan->set->params->structural_compliance == 1);
}

static vt_status all_of(vti_set_plan *plan, vti_set_mount *mount, vti_set_reading reading[2], vti_set_ratios *ratios,
                        vt_error *err)
{
    const bool look = plan->set->params->structural_compliance != 2;
    vt_status st;
    if (look) VT_TRY(st = vti_set_compliance(plan, mount, err));
    const bool two = look && corrects(plan, mount);
    VT_TRY(st = reading_create(plan, two ? "paper" : "", &reading[0], err));
    VT_TRY(st = vti_set_means(plan, &reading[0], err));
    VT_TRY(st = vti_set_ratios_add(plan, &reading[0], ratios, err));
    if (two) {
        VT_TRY(st = reading_create(plan, "physics", &reading[1], err));
        VT_TRY(st = vti_set_correct(plan, mount, &reading[1], err));
        VT_TRY(st = vti_set_means(plan, &reading[1], err));
        VT_TRY(st = vti_set_ratios_add(plan, &reading[1], ratios, err));
    }
    VT_TRY(st = vti_set_ratios_table(plan, ratios, err));
    if (look) VT_TRY(st = vti_set_untold(plan, mount, &reading[0], ratios, err));
    VT_TRY(st = vti_set_identity(plan, &reading[0], ratios, err));
    VT_TRY(st = vti_set_depth(plan, err));
    VT_TRY(st = vti_set_outliers(plan, &reading[0], err));
    VT_TRY(st = vti_set_maps(plan, &reading[0], err));
    VT_TRY(st = vti_set_phases(plan, &reading[0], err));
done:
    return st;
}

vt_status vti_set_statistics(const vti_set *s, vt_result *result, vt_error *err)
{
    vti_set_plan plan = {0};
    vti_set_reading reading[2] = {{0}};
    vti_set_ratios ratios = {0};
    vti_set_mount *mount = NULL;
    vt_status st;
    VT_TRY(st = vti_set_plan_make(s, result, &plan, err));
    if (plan.n < 2) goto done; /* one indent is no set */
    mount = calloc(plan.nspecimens, sizeof *mount);
    if (!mount) st = vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", plan.nspecimens);
    VT_TRY(st);
    st = all_of(&plan, mount, reading, &ratios, err);
done:
    for (int k = 0; k < 2; k++) reading_free(&reading[k]);
    free(ratios.row);
    free(mount);
    vti_set_plan_free(&plan);
    return st;
}
