/* Indents that lie apart from the others of their specimen. */
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/outlier.h>

/* What is left of the indents of a specimen without the outliers. */
typedef struct rest {
    size_t n, all;
    double mean, sd, mean_all; /* mean_all: of all of them */
} rest;

/* Appends ", Test 7 (12.1 GPa)" for the first few. */
static void name_one(const vti_set_plan *plan, const vti_indent_result *r, double v, size_t count, char text[400])
{
    const size_t used = strlen(text);
    if (count > 6 || used > 340) return;
    snprintf(text + used, 400 - used, count == 6 ? "%s..." : "%s%.40s (%.4g GPa)", used ? ", " : "",
             vti_set_test(plan->set, r), 1e-9 * v);
}

/* Mean of those that do not lie apart, with the t interval of their scatter. */
static vt_status add_robust(const vti_set_plan *plan, const vti_set_reading *reading, size_t k, vti_set_quantity q,
                            const rest *r, vt_error *err)
{
    char name[VT_NAME], method[VT_METHOD_TEXT];
    vt_quantity out = {.value = r->mean, .low = NAN, .high = NAN, .dof = (double)r->n - 1.0};
    vt_status st = vt_quantity_add(&out, "indents", "", 'A', r->sd / sqrt((double)r->n), 1.0, err);
    if (st == VT_OK && out.u > 0.0) st = vt_quantity_cover(&out, plan->set->common->level, err);
    if (st != VT_OK) return st;
    snprintf(out.unit, sizeof out.unit, "%s", VTI_SET_NAMES[q].unit);
    snprintf(name, sizeof name, "%s_robust", VTI_SET_NAMES[q].name);
    snprintf(method, sizeof method,
             "mean of %zu of %zu indents, without those that lie apart (Rosner); without what all indents share", r->n,
             r->all);
    vti_set_property p = {name, VTI_SET_NAMES[q].symbol, reading->name, method, {{0}}, &out};
    return vti_set_add_of_specimen(plan, k, &p, err);
}

/* Those of the n values that are not out. */
static rest rest_of(size_t n, const double *v, const bool *out)
{
    rest r = {.all = n};
    double s2 = 0.0;
    for (size_t i = 0; i < n; i++) {
        r.mean_all += (v[i] - r.mean_all) / (double)(i + 1);
        if (out[i]) continue;
        const double d = v[i] - r.mean;
        r.n++;
        r.mean += d / (double)r.n;
        s2 += d * (v[i] - r.mean);
    }
    r.sd = r.n > 1 ? sqrt(s2 / (double)(r.n - 1)) : NAN;
    return r;
}

static vt_status one_specimen(const vti_set_plan *plan, const vti_set_reading *reading, size_t k, vti_set_quantity q,
                              double *v, size_t *at, bool *out, vt_error *err)
{
    size_t n = 0, count = 0;
    char text[400] = "";
    const vt_outlier_options opt = {0};
    for (size_t i = 0; i < plan->n; i++) {
        v[n] = vti_set_value(&reading->res[i], q);
        if (plan->specimen[i] != k || !isfinite(v[n])) continue;
        at[n++] = i;
    }
    if (n < 5) return VT_OK;
    const vt_status st = vt_outliers(n, v, &opt, out, &count, v + plan->n, err);
    if (st != VT_OK || count == 0) return st;
    size_t named = 0;
    for (size_t i = 0; i < n; i++)
        if (out[i]) name_one(plan, &reading->res[at[i]], v[i], ++named, text);
    const rest r = rest_of(n, v, out);
    const vt_status added = add_robust(plan, reading, k, q, &r, err);
    if (added != VT_OK) return added;
    return vt_result_warn(
        plan->result, err, "W_OUTLIERS",
        "specimen %s: %zu of %zu indents lie apart in %s (Rosner's test, 1 %%): %s; they are left in the "
        "means: %.4g GPa with them, %.4g GPa without (%s_robust)",
        vti_set_specimen_text(plan, k), count, n, VTI_SET_NAMES[q].words, text, 1e-9 * r.mean_all, 1e-9 * r.mean,
        VTI_SET_NAMES[q].name);
}

vt_status vti_set_outliers(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err)
{
    double *v = calloc(plan->n + 1, 2 * sizeof *v);
    size_t *at = calloc(plan->n + 1, sizeof *at);
    bool *out = calloc(plan->n + 1, sizeof *out);
    vt_status st = v && at && out ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu indents", plan->n);
    for (size_t k = 0; st == VT_OK && k < plan->nspecimens; k++) {
        st = one_specimen(plan, reading, k, VTI_SET_HARDNESS, v, at, out, err);
        if (st == VT_OK) st = one_specimen(plan, reading, k, VTI_SET_REDUCED, v, at, out, err);
    }
    free(v);
    free(at);
    free(out);
    return st;
}
