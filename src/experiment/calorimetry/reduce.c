/* The reduction: scans, then piece by piece transitions, peaks and what two scans tell; groups. */
#include "calorimetry_internal.h"
#include "tnm_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES = 12 }; /* pieces that get their own */

/* Molar mass: as set, else that of the card. */
static void molar_mass(vti_calorimetry_run *run)
{
    const vt_constant *c = run->job->alloy ? vt_card_find(run->job->alloy, "molar_mass") : NULL;
    run->molar_mass = isfinite(run->par->molar_mass) ? run->par->molar_mass : c ? c->value : (double)NAN;
}

static vt_status pieces(vti_calorimetry_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    size_t piece = 0;
    for (size_t from = 0, to; from < run->n && st == VT_OK; from = to) {
        for (to = from; to < run->n && strcmp(run->scan[to].specimen, run->scan[from].specimen) == 0; to++) continue;
        VT_TRY(st = vti_piece_transitions(run, from, to, err));
        for (size_t i = from; i < to; i++) VT_TRY(st = vti_scan_peaks(run, &run->scan[i], err));
        VT_TRY(st = vti_piece_release(run, from, to, err));
        if (++piece <= FIGURES) VT_TRY(st = vti_piece_figures(run, from, to, err));
    }
    st = vti_groups_compare(run, err);
done:
    return st;
}

/* All tables of the form `relaxation`, or none. */
static vt_status form_of(const vt_job *job, bool *relaxation, vt_error *err)
{
    size_t n = 0;
    for (size_t k = 0; job->form && k < job->ntables; k++) n += job->form[k] == 0;
    if (n > 0 && n < job->ntables)
        return vt_fail(err, VT_EMISMATCH,
                       "heat capacities after coolings and scans of heat flow cannot be reduced together; run vitrum "
                       "once for each");
    *relaxation = n > 0;
    return VT_OK;
}

vt_status vti_calorimetry_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_calorimetry_run run = {.job = job, .par = job->params, .result = result, .molar_mass = NAN};
    run.std.u_gain = NAN;
    bool relaxation = false;
    vt_status st = form_of(job, &relaxation, err);
    if (st != VT_OK || relaxation) return st == VT_OK ? vti_tnm_reduce(job, result, err) : st;
    run.work = malloc(8 * VTI_SCAN_BINS * sizeof *run.work);
    if (!run.work) return vt_fail(err, VT_EMEMORY, "no memory for scans");
    molar_mass(&run);
    run.gain_u = run.par->gain_u;
    VT_TRY(st = vti_scans_gather(&run, err));
    st = pieces(&run, err);
done:
    for (size_t i = 0; i < run.n; i++) {
        free(run.scan[i].T);
        free(run.scan[i].row);
    }
    free(run.std.pan.T);
    free(run.std.pan.row);
    free(run.scan);
    free(run.release);
    free(run.work);
    return st;
}
