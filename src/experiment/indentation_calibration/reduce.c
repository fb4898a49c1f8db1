/* The calibration from tables to result. */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>

static vti_cal_choice all_of(const vti_cal_run *run, bool every)
{
    vti_cal_choice c = {.weight = NULL};
    for (size_t k = 0; k < run->nreferences; k++)
        c.reference[k] = run->reference[k].area || (every && !run->reference[k].verify_only);
    return c;
}

/* Are there references beside those of the area function? */
static bool others(const vti_cal_run *run)
{
    for (size_t k = 0; k < run->nreferences; k++)
        if (!run->reference[k].area && !run->reference[k].verify_only) return true;
    return false;
}

/* The frame compliance of each reference with the area function of the softest, and whether they are one. The frame
 * compliance that an instrument has left in its records depends on what was set in it on that day. */
static vt_status each_alone(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice area = all_of(run, false);
    vt_status st = vti_cal_area_fit(run, &area, w, &run->fit, err);
    for (size_t k = 0; k < run->nreferences && st == VT_OK; k++) {
        vti_cal_reference *r = &run->reference[k];
        r->C_alone = run->fit.C_f;
        if (!r->area) st = vti_cal_frame_at(run, k, NULL, &run->fit, &r->C_alone, err);
        r->C_f = r->C_alone;
    }
    return st;
}

/* Both materials in one fit. */
static vt_status together(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice every = all_of(run, true);
    const vt_status st = vti_cal_area_fit(run, &every, w, &run->fit, err);
    for (size_t k = 0; k < run->nreferences && st == VT_OK; k++) run->reference[k].C_f = run->fit.C_f;
    return st;
}

/* Do the frame compliances of the references differ by more than three standard uncertainties? */
static bool differ(const vti_cal_run *run)
{
    const vti_cal_reference *soft = NULL;
    for (size_t k = 0; k < run->nreferences && !soft; k++)
        if (run->reference[k].area) soft = &run->reference[k];
    for (size_t k = 0; soft && k < run->nreferences; k++) {
        const vti_cal_reference *r = &run->reference[k];
        if (r->area || r->verify_only) continue;
        if (!(fabs(r->C_alone - soft->C_alone) <= 3.0 * hypot(r->u_alone, soft->u_alone))) return true;
    }
    return false;
}

static double least_compliance(const vti_cal_run *run, size_t reference)
{
    double least = INFINITY;
    for (size_t i = 0; i < run->npoints; i++)
        if (run->point[i].reference == reference && !run->point[i].out) least = fmin(least, run->point[i].K);
    return least;
}

/* Coefficients and frame compliance are told apart by how 1/S goes with the load. */
static vt_status enough_loads(const vti_cal_run *run, vt_error *err)
{
    enum { LEAST = 4 };
    size_t n = 0;
    for (size_t g = 0; g < run->ngroups; g++) n += run->reference[run->group[g].reference].area && run->group[g].n > 0;
    if (n >= LEAST) return VT_OK;
    return vt_fail(
        err, VT_EFEWLEVELS,
        "the indents that give the area function have %zu load%s: area and frame are told apart by %d or more; "
        "P18 advises 8",
        n, n == 1 ? "" : "s", LEAST);
}

static const double SETTLED = 0.02e-9; /* m: a tenth of the noise of a reading */

/* Procedure P18, step 4: the unloadings bend with the frame compliance, and that follows from them. */
static vt_status iterate(vti_cal_run *run, vti_cal_work *w, vt_status (*fit)(vti_cal_run *, vti_cal_work *, vt_error *),
                         vt_error *err)
{
    enum { ROUNDS = 30 };
    double change = 0.0, moved = 0.0;
    run->most_terms = (size_t)run->par->terms;
    for (int round = 0; round < ROUNDS; round++) {
        double before[VTI_CAL_REFERENCES];
        for (size_t k = 0; k < run->nreferences; k++) before[k] = run->reference[k].C_f;
        vt_status st = fit(run, w, err);
        /* High roots are nearly constant and take the part of a zero point; once that has been looked at through the
         * tip, a number of terms that falls does not rise again. */
        if (round > 0 && st == VT_OK && run->fit.terms < run->most_terms) run->most_terms = run->fit.terms;
        if (st == VT_OK) st = vti_cal_zero(run, &moved, err);
        if (st == VT_OK) st = vti_cal_unload_all(run, err);
        if (st != VT_OK) return st;
        change = 0.0;
        for (size_t k = 0; k < run->nreferences; k++) /* 1 % of it, or 0.1 % of the smallest 1/S */
            change = fmax(change, fabs(run->reference[k].C_f - before[k]) /
                                      fmax(0.01 * fabs(before[k]), 1e-3 * least_compliance(run, k)));
        if (round > 0 && change <= 1.0 && moved < SETTLED) return fit(run, w, err);
    }
    return vt_fail(err, VT_ENOCONV, "frame compliance and unloadings do not settle: the last change was %.2g %%",
                   change);
}

static vt_status calibrate(vti_cal_run *run, vt_error *err)
{
    vti_cal_work w = {0};
    vt_status st;
    VT_TRY(st = enough_loads(run, err));
    VT_TRY(st = vti_cal_work_create(&w, run->npoints, err));
    VT_TRY(st = iterate(run, &w, each_alone, err));
    VT_TRY(st = vti_cal_bootstrap(run, err));
    for (size_t k = 0; k < run->nreferences; k++) run->reference[k].u_alone = run->reference[k].u_C_f;
    run->shared = others(run) && run->par->frame != VTI_CAL_FRAME_SEPARATE &&
                  (run->par->frame == VTI_CAL_FRAME_SHARED || !differ(run));
    if (run->shared) {
        VT_TRY(st = iterate(run, &w, together, err));
        VT_TRY(st = vti_cal_bootstrap(run, err));
    }
    st = vti_cal_verify(run, err);
done:
    vti_cal_work_free(&w);
    return st;
}

vt_status vti_calibration_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    vti_cal_run *run = calloc(1, sizeof *run);
    int *file = malloc((job->ntables + 1) * sizeof *file);
    vt_status st = run && file ? VT_OK : vt_fail(err, VT_EMEMORY, "a calibration");
    if (st == VT_OK) {
        run->par = job->params;
        run->common = job->common;
        run->result = result;
    }
    VT_TRY(st);
    VT_TRY(st = vti_cal_references(job, run, file, err));
    VT_TRY(st = vti_cal_points(job, run, file, err));
    VT_TRY(st = vti_cal_screen(run, err));
    VT_TRY(st = calibrate(run, err));
    VT_TRY(st = vti_cal_report(run, job, err));
    VT_TRY(st = vti_cal_figures(run, err));
    st = vti_cal_document(run, job, err);
done:
    if (run) {
        for (size_t i = 0; i < run->nreadings; i++) free(run->reading[i]);
        free(run->reading);
        free(run->point);
        free(run->indent);
    }
    free(run);
    free(file);
    return st;
}
