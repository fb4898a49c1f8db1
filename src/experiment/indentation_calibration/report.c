/* Properties, tables and warnings of a calibration. */
#include "calibration_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Shared with what `reduce indentation` makes of the calibration, so that ratios are free of it. */
static const char REFERENCE[] = "indentation/reference_modulus";

static const vti_cal_reference *softest(const vti_cal_run *run)
{
    size_t k = 0;
    while (k + 1 < run->nreferences && !run->reference[k].area) k++;
    return &run->reference[k];
}

/* d ln E_r/d ln E: the tip gives way too. */
static double share(const vti_cal_reference *r)
{
    return r->E_r * (1.0 - r->nu * r->nu) / r->E;
}

/* v.u: from `source`. reference: d(value)/d(ln E) of the modulus that the area function rests on. */
static vt_status value(vti_cal_run *run, const vti_cal_reference *r, vti_value v, const char *source, double reference,
                       vt_error *err)
{
    const vti_cal_reference *soft = softest(run);
    vt_budget_item budget[2] = {{.type = 'A', .u = v.u, .c = 1.0},
                                {.source = "reference modulus", .type = 'B', .u = soft->u_E, .c = reference / soft->E}};
    snprintf(budget[0].source, sizeof budget[0].source, "%s", source);
    snprintf(budget[1].group, sizeof budget[1].group, "%s", REFERENCE);
    v.u = hypot(v.u, budget[1].u * budget[1].c);
    v.nbudget = reference != 0.0 && soft->u_E > 0.0 ? 2 : 1;
    v.budget = budget;
    if (r) v.scope_key = "reference", v.scope_text = r->material;
    return vti_emit_value(run->result, &v, err);
}

static vt_status frames(vti_cal_run *run, const vti_cal_reference *r, vt_error *err)
{
    const char *how = run->shared ? "area function and frame fitted together, all references"
                      : r->area   ? "area function and frame fitted together"
                                  : "modulus the same at all loads with the area function of the softest reference";
    if (r->verify_only) return VT_OK;
    const vt_status st = value(run, r,
                               (vti_value){.name = "frame_compliance",
                                           .symbol = "C_f",
                                           .unit = "m N-1",
                                           .method = how,
                                           .value = r->C_f,
                                           .u = r->u_C_f,
                                           .low = r->C_f - 1.96 * r->u_C_f,
                                           .high = r->C_f + 1.96 * r->u_C_f,
                                           .level = 0.95},
                               "scatter between indents", 0.0, err);
    if (st != VT_OK) return st;
    return value(run, r,
                 (vti_value){.name = "line_compliance",
                             .symbol = "C_f",
                             .unit = "m N-1",
                             .method = "intercept of 1/S against 1/sqrt(P), constant hardness; bootstrap of indents",
                             .value = r->line.C_f,
                             .u = r->line.u,
                             .low = r->line.C_f - 1.96 * r->line.u,
                             .high = r->line.C_f + 1.96 * r->line.u,
                             .level = 0.95},
                 "scatter between indents", 0.0, err);
}

static vt_status moduli(vti_cal_run *run, const vti_cal_reference *r, vt_error *err)
{
    const char *how = r->area && !r->verify_only ? "on indents left out of the fit, mean over loads"
                                                 : "with the calibration, mean over loads";
    const double through = r->E_found * share(softest(run)) / share(r);
    vt_status st = VT_OK;
    if (!isfinite(r->E_found)) return VT_OK;
    VT_TRY(st = value(run, r,
                      (vti_value){.name = "elastic_modulus",
                                  .symbol = "E",
                                  .unit = "Pa",
                                  .method = how,
                                  .value = r->E_found,
                                  .u = r->u_E_found},
                      "scatter between loads", through, err));
    VT_TRY(st = value(run, r,
                      (vti_value){.name = "modulus_deviation",
                                  .symbol = "dE/E",
                                  .unit = "1",
                                  .method = "largest between loads, from the mean",
                                  .value = r->deviation,
                                  .u = 0.0},
                      "none", 0.0, err));
    if (isfinite(r->m))
        st = value(run, r,
                   (vti_value){.name = "unloading_exponent",
                               .symbol = "m",
                               .unit = "1",
                               .method = "shared by all unloadings of the reference",
                               .value = r->m,
                               .u = 0.0},
                   "none", 0.0, err);
done:
    return st;
}

/* ---- tables ---- */
static vt_status coefficients(vti_cal_run *run, vt_error *err)
{
    const char *name[VT_AREA_TERMS] = {"C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"};
    double power[VT_AREA_TERMS], C[VT_AREA_TERMS], u[VT_AREA_TERMS];
    for (size_t k = 0; k < run->fit.terms; k++) {
        power[k] = k == 0 ? 2.0 : pow(0.5, (double)k - 1.0);
        C[k] = run->fit.C[k];
        u[k] = sqrt(run->cov[k * VT_AREA_TERMS + k]);
    }
    return vti_emit_table(run->result, "area_coefficients", "Area function, depth in nm and area in nm^2",
                          run->fit.terms,
                          (const vti_column[]){{"term", NULL, NULL, name},
                                               {"power_of_depth", "1", power, NULL},
                                               {"coefficient", "1", C, NULL},
                                               {"uncertainty", "1", u, NULL},
                                               {0}},
                          err);
}

enum { G_LOAD, G_DEPTH, G_N, G_BEFORE, G_E, G_U, G_COMPLIANCE, G_SCATTER, G_RATIO, G_COLUMNS };

static vt_status groups(vti_cal_run *run, vt_error *err)
{
    const char *name[VTI_CAL_GROUPS];
    double x[G_COLUMNS][VTI_CAL_GROUPS];
    size_t n = 0;
    for (size_t i = 0; i < run->ngroups; i++) {
        const vti_cal_group *g = &run->group[i];
        if (g->n == 0) continue;
        const double row[G_COLUMNS] = {g->P, g->h_c, (double)g->n, g->E_before, g->E, g->u_E, g->K, g->sd_K, g->ratio};
        for (int c = 0; c < G_COLUMNS; c++) x[c][n] = row[c];
        name[n++] = run->reference[g->reference].material;
    }
    return vti_emit_table(run->result, "loads", "Modulus before and after, by load", n,
                          (const vti_column[]){{"reference", NULL, NULL, name},
                                               {"load", "N", x[G_LOAD], NULL},
                                               {"contact_depth", "m", x[G_DEPTH], NULL},
                                               {"indents", "1", x[G_N], NULL},
                                               {"elastic_modulus_before", "Pa", x[G_BEFORE], NULL},
                                               {"elastic_modulus", "Pa", x[G_E], NULL},
                                               {"uncertainty", "Pa", x[G_U], NULL},
                                               {"compliance", "m N-1", x[G_COMPLIANCE], NULL},
                                               {"scatter_of_compliance", "m N-1", x[G_SCATTER], NULL},
                                               {"load_over_stiffness_squared", "Pa-1", x[G_RATIO], NULL},
                                               {0}},
                          err);
}

static vt_status indents(vti_cal_run *run, vt_error *err)
{
    const size_t n = run->nindents;
    const char **text = malloc(4 * n * sizeof *text);
    double *x = malloc(3 * n * sizeof *x);
    vt_status st = text && x ? VT_OK : vt_fail(err, VT_EMEMORY, "%zu indents", n);
    for (size_t i = 0; i < n && st == VT_OK; i++) {
        const vti_cal_indent *in = &run->indent[i];
        text[i] = run->reference[in->reference].material;
        text[n + i] = in->name;
        text[2 * n + i] = in->out ? "no" : in->why[0] ? "in part" : "yes";
        text[3 * n + i] = in->why;
        x[i] = in->h0;
        x[n + i] = in->rate;
        x[2 * n + i] = in->drift;
    }
    if (st == VT_OK)
        st = vti_emit_table(run->result, "indents", "Indents", n,
                            (const vti_column[]){{"reference", NULL, NULL, text},
                                                 {"test", NULL, NULL, text + n},
                                                 {"used", NULL, NULL, text + 2 * n},
                                                 {"reason", NULL, NULL, text + 3 * n},
                                                 {"zero_point", "m", x, NULL},
                                                 {"drift", "m s-1", x + n, NULL},
                                                 {"drift_of_unloadings", "m s-1", x + 2 * n, NULL},
                                                 {0}},
                            err);
    free(text);
    free(x);
    return st;
}

/* ---- warnings ---- */
static vt_status warn_indents(vti_cal_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->nindents && st == VT_OK; i++) {
        const vti_cal_indent *in = &run->indent[i];
        if (!in->why[0]) continue;
        st = vt_result_warn(run->result, err, "W_CONTACT", "%s, %s: %s; %s left out",
                            run->reference[in->reference].material, in->name, in->why,
                            in->out ? "the test is" : "this cycle is");
    }
    return st;
}

static vt_status warn_reference(vti_cal_run *run, const vti_cal_reference *r, vt_error *err)
{
    vt_status st = VT_OK;
    if (!r->verify_only && r->C_f + 1.96 * r->u_C_f < 0.0)
        VT_TRY(st =
                   vt_result_warn(run->result, err, "W_COMPLIANCE_NEG",
                                  "%s: frame compliance %.3g nm/mN is negative: the instrument has taken off more than "
                                  "its frame gives (or creep stiffens the unloadings); it is added back",
                                  r->material, r->C_f * 1e6));
    if (isfinite(r->E_found) && fabs(r->E_found / r->E - 1.0) > 0.05)
        VT_TRY(st = vt_result_warn(run->result, err, "W_REFERENCE",
                                   "%s comes out at %.1f GPa, its modulus is %.1f GPa: tip, creep or drift differ from "
                                   "the reference that gave the area function",
                                   r->material, r->E_found * 1e-9, r->E * 1e-9));
    if (r->area && r->ratio_change > 0.03)
        VT_TRY(
            st = vt_result_warn(run->result, err, "W_P_S2",
                                "%s: P/S^2 changes by %.1f %% between loads, more than 3 %%: hardness that depends on "
                                "depth, zero point or frame",
                                r->material, 100.0 * r->ratio_change));
    if (r->m_at_bound)
        VT_TRY(st = vt_result_warn(run->result, err, "W_EXPONENT",
                                   "%s: the unloadings want an exponent beyond %.3g, as creep at their start makes it; "
                                   "held there",
                                   r->material, r->m));
    if (!r->verify_only && r->line.chi2_nu > 4.0)
        st = vt_result_warn(run->result, err, "W_LINE",
                            "%s: 1/S against 1/sqrt(P) is bent (chi2/nu = %.1f): the hardness depends on the load, so "
                            "line_compliance is only a start",
                            r->material, r->line.chi2_nu);
done:
    return st;
}

static vt_status warn_frames(vti_cal_run *run, vt_error *err)
{
    const vti_cal_reference *soft = NULL;
    vt_status st = VT_OK;
    for (size_t k = 0; k < run->nreferences && !soft; k++)
        if (run->reference[k].area) soft = &run->reference[k];
    for (size_t k = 0; soft && !run->shared && k < run->nreferences && st == VT_OK; k++) {
        const vti_cal_reference *r = &run->reference[k];
        if (r->area || r->verify_only) continue;
        st = vt_result_warn(run->result, err, "W_FRAME",
                            "frame compliance is %.3g +- %.2g nm/mN on %s, %.3g +- %.2g nm/mN on %s: not one frame "
                            "correction in both files; calibration.yaml holds that of %s",
                            soft->C_f * 1e6, soft->u_C_f * 1e6, soft->material, r->C_f * 1e6, r->u_C_f * 1e6,
                            r->material, soft->material);
    }
    return st;
}

/* A material of one's own comes without an uncertainty. */
static vt_status warn_exact(vti_cal_run *run, vt_error *err)
{
    const vti_cal_reference *soft = softest(run);
    if (soft->u_E > 0.0 || run->par->reference_modulus_u >= 0.0) return VT_OK;
    return vt_result_warn(run->result, err, "W_ASSUMED",
                          "the modulus of %s, %.4g GPa, is taken as exact: give --set reference_modulus_u=, which goes "
                          "into every area, hardness (2 u) and modulus",
                          soft->material, soft->E * 1e-9);
}

static vt_status warn_amount(vti_cal_run *run, vt_error *err)
{
    size_t indents_in = 0, loads = 0;
    for (size_t k = 0; k < run->nreferences; k++)
        if (run->reference[k].area) indents_in += run->reference[k].indents;
    for (size_t g = 0; g < run->ngroups; g++)
        loads += run->reference[run->group[g].reference].area && run->group[g].h_c >= run->par->min_depth;
    if (run->fit.n >= 25 && loads >= 8 && indents_in >= 3) return VT_OK;
    return vt_result_warn(run->result, err, "W_AREA",
                          "the area function rests on %zu unloadings of %zu indents at %zu depths; 25 at 8 depths are "
                          "advised",
                          run->fit.n, indents_in, loads);
}

vt_status vti_cal_report(vti_cal_run *run, const vt_job *job, vt_error *err)
{
    vt_status st;
    (void)job;
    for (size_t k = 0; k < run->nreferences; k++) VT_TRY(st = frames(run, &run->reference[k], err));
    VT_TRY(st = value(run, NULL,
                      (vti_value){.name = "area_coefficient",
                                  .symbol = "C_0",
                                  .unit = "1",
                                  .method = "non-negative least squares, relative weights",
                                  .value = run->fit.C[0],
                                  .u = sqrt(run->cov[0])},
                      "scatter between indents", -2.0 * run->fit.C[0] * share(softest(run)), err));
    for (size_t k = 0; k < run->nreferences; k++) VT_TRY(st = moduli(run, &run->reference[k], err));
    for (size_t i = 0; i < run->ntried; i++) {
        /* A term that stayed at 0 is no other model. */
        if (i > 0 && run->tried[i].positive == run->tried[i - 1].positive) continue;
        vt_model m = {
            .aicc = run->tried[i].aicc, .chi2 = run->tried[i].chi2, .parameters = (long)run->tried[i].positive + 1};
        snprintf(m.name, sizeof m.name, "%zu positive term%s", run->tried[i].positive,
                 run->tried[i].positive == 1 ? "" : "s");
        snprintf(m.group, sizeof m.group, "area function");
        m.weight = exp(-0.5 * (run->tried[i].aicc - run->fit.aicc));
        m.weight = fmin(m.weight, 1.0);
        VT_TRY(st = vt_result_add_model(run->result, &m, err));
    }
    VT_TRY(st = coefficients(run, err));
    VT_TRY(st = groups(run, err));
    VT_TRY(st = indents(run, err));
    VT_TRY(st = warn_indents(run, err));
    for (size_t k = 0; k < run->nreferences; k++) VT_TRY(st = warn_reference(run, &run->reference[k], err));
    VT_TRY(st = warn_frames(run, err));
    VT_TRY(st = warn_exact(run, err));
    st = warn_amount(run, err);
done:
    return st;
}
