/* Figures: load against depth with the fits, modulus and hardness against depth. */
#include "curves_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>

static vt_status load_depth(vti_indentation_run *run, const size_t *which, size_t shown, vt_error *err)
{
    vt_figure f = {.name = "load_depth",
                   .title = "Load against depth",
                   .x = {.label = "depth", .unit = "nm", .low = NAN, .high = NAN},
                   .y = {.label = "load", .unit = "mN", .low = NAN, .high = NAN}};
    double P = 0.0;
    for (size_t k = 0; k < shown; k++) {
        char curve[VT_NAME];
        const vti_indent *s = &run->set.indent[which[k]];
        snprintf(curve, sizeof curve, "load_depth_%zu", k + 1);
        vti_emit_series(&f, curve, "depth", "load", VT_LINE, (int)k, s->test);
        for (size_t c = 0; c < s->ncycles; c++) P = fmax(P, run->set.cycle[s->first_cycle + c].P);
    }
    if (run->set.indent[which[0]].ncycles > 0)
        vti_emit_series(&f, "unloading_1", "depth", "load", VT_DASHED, (int)shown, "fit of the first");
    snprintf(
        f.alt, sizeof f.alt,
        "Load against depth of %zu of %zu tests, zero point and drift taken off, up to %.3g mN; dashed: the power law "
        "fitted to the unloadings of the first.",
        shown, run->set.n, 1e3 * P);
    return vt_result_add_figure(run->result, &f, err);
}

/* Something against depth: of single indents with error bars, or lines of continuous stiffness. */
struct plot {
    const char *name, *title, *y, *u, *label, *unit;
    int output;
};

/* Tests that are shown. */
struct shown {
    size_t n, which[VTI_SHOWN_TESTS];
};

static size_t continuous(const vti_indentation_run *run, const struct shown *shown, vt_figure *f, const struct plot *p)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n && n < VTI_SHOWN_TESTS; i++) {
        const vti_indent_result *r = &run->res[i];
        char curve[VT_NAME];
        bool wanted = false;
        for (size_t k = 0; k < shown->n; k++) wanted = wanted || shown->which[k] == r->indent;
        if (!wanted || !r->average || r->verdict.status != VT_OK || r->indent >= VTI_DEPTH_CURVES) continue;
        snprintf(curve, sizeof curve, "depth_%zu", r->indent + 1);
        vti_emit_series(f, curve, "depth", p->y, VT_LINE, (int)n++, run->set.indent[r->indent].test);
    }
    return n;
}

/* Least and largest value of the indents. */
static void range(const vti_indentation_run *run, const struct plot *p, double *low, double *high)
{
    *low = INFINITY;
    *high = 0.0;
    for (size_t i = 0; i < run->n; i++) {
        const double y = run->res[i].out[p->output].value;
        if (run->res[i].verdict.status != VT_OK || !isfinite(y)) continue;
        *low = fmin(*low, y);
        *high = fmax(*high, y);
    }
}

static vt_status against_depth(vti_indentation_run *run, const struct shown *shown, const struct plot *p, vt_error *err)
{
    vt_figure f = {.x = {.label = "depth", .unit = "nm", .low = NAN, .high = NAN}, .y = {.low = NAN, .high = NAN}};
    double low, high;
    snprintf(f.name, sizeof f.name, "%s", p->name);
    snprintf(f.title, sizeof f.title, "%s", p->title);
    snprintf(f.y.label, sizeof f.y.label, "%s", p->label);
    snprintf(f.y.unit, sizeof f.y.unit, "%s", p->unit);
    range(run, p, &low, &high);
    if (!(high > 0.0)) return VT_OK;
    const size_t lines = continuous(run, shown, &f, p);
    if (lines > 0) {
        f.y.low = 0.0;
        f.y.high = 1.6 * high;
    } else {
        vti_emit_series(&f, "indents", "max_depth", p->y, VT_POINTS, 0, "");
        snprintf(f.series[0].low, sizeof f.series[0].low, "%s_low", p->y);
        snprintf(f.series[0].high, sizeof f.series[0].high, "%s_high", p->y);
    }
    const double scale = p->output == VT_CONTACT_RATIO ? 1e15 : 1e-9;
    snprintf(f.alt, sizeof f.alt, "%s against depth: %s between %.4g and %.4g %s.", p->title,
             lines ? "lines of continuous stiffness; their averages lie"
                   : "every indent with its standard uncertainty,",
             scale * low, scale * high, p->output == VT_CONTACT_RATIO ? "1/GPa (x 1e-6)" : "GPa");
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_indentation_figures(vti_indentation_run *run, vt_error *err)
{
    static const struct plot plots[] = {
        {"modulus_depth", "Elastic modulus", "elastic_modulus", "elastic_modulus_u", "elastic modulus", "GPa",
         VT_CONTACT_MODULUS},
        {"hardness_depth", "Hardness", "hardness", "hardness_u", "hardness", "GPa", VT_CONTACT_HARDNESS},
        {"reduced_modulus_depth", "Reduced modulus", "reduced_modulus", "reduced_modulus_u", "reduced modulus", "GPa",
         VT_CONTACT_REDUCED}};
    struct shown shown = {0};
    shown.n = vti_shown_tests(run, shown.which);
    vt_status st = VT_OK;
    VT_TRY(st = vti_curves_records(run, shown.which, shown.n, err));
    VT_TRY(st = vti_curves_depth(run, err));
    if (shown.n > 0) VT_TRY(st = load_depth(run, shown.which, shown.n, err));
    const bool known = isfinite(run->par->poisson_ratio);
    for (size_t k = 0; k < 3 && st == VT_OK; k++)
        if (k == 1 || (k == 0) == known) st = against_depth(run, &shown, &plots[k], err);
done:
    return st;
}
