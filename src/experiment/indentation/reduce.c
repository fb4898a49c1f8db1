/* The reduction: gather, measure, evaluate, statistics of the set, report. */
#include "experiment/experiment_internal.h"
#include "measure_internal.h"
#include "reduce_internal.h"
#include "set_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/calibration.h>
#include <vitrum/io.h>
#include <vitrum/parallel.h>

/* ---- contact area ---- */
static vt_status read_list(const char *text, vt_area_function *f, vt_error *err)
{
    vt_area_function area = {0};
    char number[64];
    for (const char *at = text; *at;) {
        const size_t n = strcspn(at, ",");
        if (area.n == VT_AREA_TERMS)
            return vt_fail(err, VT_EARG, "area_function has more than %d coefficients", VT_AREA_TERMS);
        if (n >= sizeof number) return vt_fail(err, VT_EPARSE, "area_function: '%.40s' is not a number", at);
        memcpy(number, at, n);
        number[n] = '\0';
        if (vt_number_read(number, &area.C[area.n++], NULL) != VT_OK)
            return vt_fail(err, VT_EPARSE,
                           "area_function: '%s' is not a finite decimal number; give C0,C1,... as in 24.5,1200, or a "
                           "calibration file",
                           number);
        at += n + (at[n] == ',');
    }
    *f = area;
    return VT_OK;
}

/* Relative uncertainty of the area that the modulus of its reference brings: A ~ 1/E_r^2. */
static double of_reference(const vt_calibration *c)
{
    for (size_t i = 0; i < c->nreferences; i++) {
        const vt_calibration_reference *r = &c->reference[i];
        const double E_r = vt_contact_reduced_modulus(r->E, r->nu, c->E_i, c->nu_i);
        if (r->area) return 2.0 * E_r * (1.0 - r->nu * r->nu) * r->u_E / (r->E * r->E);
    }
    return 0.0;
}

/* A calibration brings the compliance of the frame and its conventions with it, where they are not set. */
static vt_status read_calibration(vti_indentation_run *run, vt_error *err)
{
    vt_calibration c;
    const vt_status st = vt_calibration_open(run->par->area_function, &c, err);
    if (st != VT_OK) return st;
    run->area = c.area;
    run->u_ln_A_reference = of_reference(&c);
    if (!vti_is_among(run->job->given, VTI_INDENTATION_PARAMS, "frame_compliance")) {
        run->C_f = c.C_f;
        run->u_C_f = c.u_C_f;
        memcpy(run->cov_C_f, c.cov_C_f, sizeof run->cov_C_f);
        run->frame_calibrated = true;
    }
    run->beta_calibrated = fabs(c.beta / run->par->beta - 1.0) < 1e-9;
    if (run->beta_calibrated) return VT_OK;
    return vt_result_warn(run->result, err, "W_CONVENTION",
                          "the calibration holds for beta = %.4g, here it is %.4g: moduli come out %.2g %% off; give "
                          "--set beta=%.4g",
                          c.beta, run->par->beta, 100.0 * fabs(c.beta / run->par->beta - 1.0), c.beta);
}

/* Any other file that states one: the vendor's description of a test method. */
static vt_status read_method(const char *path, vt_area_function *f, vt_error *err)
{
    vt_book *book = NULL;
    vt_status st = vt_book_read(path, NULL, &book, err);
    const char *text = NULL;
    for (size_t i = 0; st == VT_OK && i < vt_book_tables(book); i++) {
        const vt_table *t = vt_book_table(book, i);
        for (size_t k = 0; k < vt_table_metas(t); k++)
            if (strcmp(vt_table_meta(t, k).key, "area_function") == 0) text = vt_table_meta(t, k).text;
    }
    if (st == VT_OK)
        st = text ? read_list(text, f, err)
                  : vt_fail(err, VT_EKEY, "area_function: %.200s is no calibration and states no area function", path);
    vt_book_free(book);
    return st;
}

static vt_status read_file(vti_indentation_run *run, vt_error *err)
{
    vt_error why = {0};
    const vt_status st = read_calibration(run, &why);
    if (st == VT_EPARSE && read_method(run->par->area_function, &run->area, NULL) == VT_OK) return VT_OK;
    if (st != VT_OK && err) *err = why;
    return st;
}

/* Text that begins like a number is a list of coefficients, anything else a file. */
static bool is_list(const char *text)
{
    text += strspn(text, " +-.");
    return text[0] >= '0' && text[0] <= '9' && !strpbrk(text, "/") &&
           (strchr(text, ',') || strspn(text, "0123456789.eE+- ") == strlen(text));
}

static bool vendor_has_area(const vti_indents *set)
{
    for (size_t i = 0; i < set->nrows; i++) {
        const vti_indent_row *r = &set->row[i];
        if (r->A > 0.0 || (r->P > 0.0 && r->H > 0.0)) return true;
    }
    return false;
}

/* Depth, m, above which area and slope are positive: many terms make a function that is fitted to some range turn over
 * below it. 0: from 1 nm on. */
static double rises_from(const vt_area_function *f)
{
    for (double h = 1e-5; h > 1e-9; h *= 0.98)
        if (!(vt_area_slope(f, h) > 0.0) || !(vt_area(f, h) > 0.0)) return h;
    return 0.0;
}

/* A list without limits may turn over at depths that no indent comes near; each indent is held against that. */
static vt_status check_area(vti_indentation_run *run, vt_error *err)
{
    const vt_status st = vt_area_check(&run->area, err);
    if (st != VT_EAREA || run->area.high > 0.0) return st;
    run->area_turns = rises_from(&run->area);
    if (!(run->area_turns > 0.0) || run->area_turns > 0.9e-5) return st;
    if (err) *err = (vt_error){0};
    return vt_result_warn(run->result, err, "W_AREA",
                          "the area function falls with depth below %.3g nm; contact depths below %.3g nm are refused",
                          1e9 * run->area_turns, 1e9 * VTI_AREA_CLEAR * run->area_turns);
}

vt_status vti_indentation_area(vti_indentation_run *run, vt_error *err)
{
    const char *text = run->par->area_function;
    run->C_f = run->par->frame_compliance;
    run->u_C_f = run->par->frame_compliance_u;
    if (text[0]) {
        run->area_source = VTI_AREA_GIVEN;
        const vt_status st = is_list(text) ? read_list(text, &run->area, err) : read_file(run, err);
        return st == VT_OK ? check_area(run, err) : st;
    }
    run->area_source = vendor_has_area(&run->set) ? VTI_AREA_VENDOR : VTI_AREA_IDEAL;
    if (run->area_source == VTI_AREA_VENDOR) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_AREA",
        "no area function is given: that of the ideal tip, 24.5 h_c^2, is used, which is too small at "
        "small depths; give --set area_function=C0,C1,... or a calibration file");
}

/* ---- results ---- */
static bool by_csm(const vti_indentation_run *run, const vti_indent *s)
{
    if (run->par->method == VTI_METHOD_UNLOADING) return false;
    return run->par->method == VTI_METHOD_CSM ? s->S != NULL : vti_csm_has(s);
}

static size_t results_of(const vti_indentation_run *run, const vti_indent *s)
{
    return by_csm(run, s) || s->ncycles == 0 ? 1 : s->ncycles;
}

static vti_indent_result begin_result(const vti_indent *s, size_t indent, size_t cycle)
{
    vti_indent_result r = {.indent = indent,
                           .cycle = cycle,
                           .x = s->x,
                           .y = s->y,
                           .edge_distance = s->edge_distance,
                           .diameter = s->diameter,
                           .pile_up = (double)NAN};
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) r.out[k].value = (double)NAN;
    return r;
}

static void plan_indent(vti_indentation_run *run, size_t i)
{
    const vti_indent *s = &run->set.indent[i];
    if (by_csm(run, s) || s->ncycles == 0) {
        vti_indent_result *r = &run->res[run->n++];
        *r = begin_result(s, i, (size_t)VTI_NONE);
        r->average = by_csm(run, s);
        r->row = s->whole;
        if (!r->row && s->ncycles > 0) r->row = run->set.cycle[s->first_cycle].row;
        return;
    }
    for (size_t k = 0; k < s->ncycles; k++) {
        vti_indent_result *r = &run->res[run->n++];
        *r = begin_result(s, i, s->first_cycle + k);
        r->row = run->set.cycle[r->cycle].row;
    }
}

static void plan_row(vti_indentation_run *run, const vti_indent_row *row)
{
    const vti_indent place = {.x = row->x, .y = row->y, .edge_distance = row->edge_distance, .diameter = row->diameter};
    vti_indent_result *r = &run->res[run->n++];
    *r = begin_result(&place, (size_t)VTI_NONE, (size_t)VTI_NONE);
    r->row = row;
}

/* Curves count where there are any; a table of reduced indents is reduced itself only where there are none. */
static vt_status plan(vti_indentation_run *run, vt_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < run->set.n; i++) n += results_of(run, &run->set.indent[i]);
    const bool rows = run->set.n == 0;
    if (rows) n = run->set.nrows;
    if (n == 0)
        return vt_fail_at(err, VT_EKEY, vt_table_path(run->job->tables[0]), 0, 0,
                          "no indent: a table needs the columns depth and load, or max_load, max_depth and stiffness");
    run->res = calloc(n, sizeof *run->res);
    if (!run->res) return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", n);
    for (size_t i = 0; i < run->set.n; i++) plan_indent(run, i);
    for (size_t i = 0; rows && i < run->set.nrows; i++) plan_row(run, &run->set.row[i]);
    return VT_OK;
}

static vt_status evaluate_one(size_t i, void *shared, void *scratch, vt_error *err)
{
    vti_indentation_run *run = shared;
    vti_indent_result *r = &run->res[i];
    const vti_indent *s = r->indent < run->set.n ? &run->set.indent[r->indent] : NULL;
    vt_error why = {0};
    vt_status st = VT_OK;
    (void)scratch;
    (void)err;
    if (s && s->verdict.status != VT_OK && !(r->average && s->verdict.status == VT_ENO_UNLOAD)) {
        r->verdict = s->verdict;
        return VT_OK;
    }
    if (r->average) st = vti_csm_window(run, s, r, &why);
    if (st == VT_OK) st = vti_indentation_evaluate(run, i, 0.0, r, &why);
    if (st != VT_OK) vti_verdict_set(&r->verdict, &why);
    return VT_OK;
}

static vt_status evaluate(vti_indentation_run *run, vt_error *err)
{
    const vt_parallel how = {.threads = (int)run->job->common.threads, .shared = run};
    vt_status st = plan(run, err);
    if (st == VT_OK) st = vt_parallel_for(run->n, evaluate_one, &how, err);
    return st;
}

/* Nothing that could be reduced: the first reason is that of the run. */
static vt_status need_one(const vti_indentation_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->n; i++)
        if (run->res[i].verdict.status == VT_OK) return VT_OK;
    const vti_indent_result *r = &run->res[0];
    if (run->n == 1) return vt_fail(err, r->verdict.status, "%s", r->verdict.why);
    return vt_fail(err, r->verdict.status, "none of %zu indents can be reduced; the first, %s: %s", run->n,
                   vti_result_test(run, r), r->verdict.why);
}

const char *vti_result_test(const vti_indentation_run *run, const vti_indent_result *r)
{
    return r->indent < run->set.n ? run->set.indent[r->indent].test : r->row->test;
}

vt_status vti_indentation_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_indentation_run run = {.job = job, .par = job->params, .result = result};
    vt_status st;
    VT_TRY(st = vti_indents_gather(job, &run.set, err));
    VT_TRY(st = vti_indentation_area(&run, err));
    vti_measure_options how = run.par->measure;
    how.frame_compliance = run.C_f;
    VT_TRY(st = vti_indents_measure(&run.set, &how, job->common.threads, err));
    VT_TRY(st = vti_csm_prepare(&run, err));
    VT_TRY(st = vti_indentation_zero(&run, err));
    VT_TRY(st = evaluate(&run, err));
    VT_TRY(st = need_one(&run, err));
    vti_set set = {.indents = &run.set,
                   .n = run.n,
                   .res = run.res,
                   .params = run.par,
                   .common = &job->common,
                   .u_C_f = run.u_C_f,
                   .evaluate = vti_indentation_evaluate,
                   .point = vti_csm_contact,
                   .ctx = &run};
    VT_TRY(st = vti_set_places(&set, result, err));
    VT_TRY(st = need_one(&run, err));
    VT_TRY(st = vti_set_statistics(&set, result, err));
    VT_TRY(st = vti_indentation_report(&run, err));
    st = vti_indentation_figures(&run, err);
done:
    free(run.res);
    vti_indents_free(&run.set);
    return st;
}
