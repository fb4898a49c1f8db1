/* The fit of the relaxation law to several heatings. */
#include "base/quantity_internal.h"
#include "tnm_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/serial.h>

enum { STARTS = 6, PARTS_MAX = 40, CORRECTIONS = 8 };
/* Coarse steps of ln tau: of the search, and of the fit, whose steps are corrected. Their error goes with the square,
 * and a correction holds to about 1 % for laws within the intervals. Six decades of time below the transition nothing
 * moves, and as far above it everything is in equilibrium: steps of a bin do. STILL: a correction may move no parameter
 * by more of its uncertainty. */
static const double SEARCH_STEP = 0.3, FIT_STEP = 0.15, DECADES = 6.0, STILL = 0.02;

static const vt_nlfit_transform TRANSFORM[VTI_TNM_P] = {[VTI_TNM_H] = VT_NLFIT_LOG};

/* Where the heat capacity of the first heating rises fastest over five bins. */
static double rise(const vti_tnm_fit *f)
{
    const vti_tnm_scan *s = &f->scan[0];
    double best = 0.0, at = 0.0;
    for (size_t i = s->first; i + 5 < s->first + s->n; i++) {
        const double d = f->c[i + 5] - f->c[i];
        if (d > best) {
            best = d;
            at = 0.5 * (f->T[i] + f->T[i + 5]);
        }
    }
    return at;
}

/* Memory for histories in steps of ln tau. */
static vt_status steps(vti_tnm_fit *f, double T, double h, double ln_tau_step, vt_error *err)
{
    const double width = f->scan[0].width;
    const double decades = DECADES * log(10.0) * T * T / h; /* K */
    f->frozen = T - 1.3 * decades;
    f->molten = T + decades;
    f->parts = (size_t)fmin(PARTS_MAX, fmax(1.0, ceil(h / (T * T) * width / ln_tau_step)));
    size_t room = 0;
    for (size_t k = 0; k < f->scans; k++) {
        const size_t n =
            (size_t)((f->start - f->scan[k].begin) / width * (double)f->parts) + f->scan[k].n * f->parts + 8;
        room = n > room ? n : room;
    }
    if (room <= f->room) return VT_OK;
    free(f->t);
    f->t = malloc(3 * room * sizeof *f->t);
    f->room = f->t ? room : 0;
    if (!f->t) return vt_fail(err, VT_EMEMORY, "no memory for histories of %zu points", room);
    f->Th = f->t + room;
    f->Tf = f->t + 2 * room;
    return VT_OK;
}

vt_nlfit_problem vti_tnm_problem(vti_tnm_fit *f, const bool *fixed)
{
    return (vt_nlfit_problem){.n = f->bins,
                              .p = VTI_TNM_P,
                              .residual = vti_tnm_residual,
                              .jacobian = vti_tnm_jacobian,
                              .ctx = f,
                              .transform = TRANSFORM,
                              .fixed = fixed};
}

/* Residuals that go together make uncertainties too small (procedure 1.3). */
static vt_status serial(vti_tnm_fit *f, vt_error *err)
{
    double *r = f->model + f->bins, sum = 0.0;
    if (vti_tnm_residual(f->x, r, f) != 0) return vt_fail(err, VT_EINTERNAL, "the fit that was found is lost");
    for (size_t k = 0; k < f->scans; k++) {
        double r1;
        const vt_status st = vt_serial_autocorrelation(f->scan[k].n, r + f->scan[k].first, &r1, err);
        if (st != VT_OK) return st;
        sum += r1 / (double)f->scans;
    }
    const double n = (double)f->bins, rho = fmin(0.95, fmax(0.0, sum + (1.0 + 3.0 * sum) / n));
    /* The lines took degrees of freedom, too. */
    const double nu = n - VTI_TNM_P, left = nu - (double)vti_tnm_linear(f);
    f->factor = sqrt((1.0 + rho) / (1.0 - rho) * nu / left);
    return VT_OK;
}

/* Fits with the defects of the fit before, until they move nothing. x: in start, out solution. */
static vt_status polish(vti_tnm_fit *f, vt_nlfit *ws, double *x, vt_error *err)
{
    const vt_nlfit_options opt = {.weights = VT_NLFIT_RELATIVE, .starts = 1, .cost_change = 1e-9, .gradient = 1e-3};
    const vt_nlfit_problem pr = vti_tnm_problem(f, NULL);
    double moved = 0.0;
    for (int k = 0; k < CORRECTIONS; k++) {
        double before[VTI_TNM_P];
        memcpy(before, x, sizeof before);
        vt_status st = vti_tnm_correct(f, x, err);
        if (st == VT_OK) st = vt_nlfit_solve(ws, &pr, &opt, x, f->cov, &f->sum, err);
        if (st != VT_OK) return st;
        moved = 0.0;
        for (size_t j = 0; j < VTI_TNM_P; j++)
            moved = fmax(moved, fabs(x[j] - before[j]) / sqrt(f->cov[j * VTI_TNM_P + j]));
        if (moved < STILL) return VT_OK;
    }
    return vt_fail(err, VT_ENOCONV,
                   "%d corrections of the steps still move a parameter by %.2g uncertainties, limit %g", CORRECTIONS,
                   moved, STILL);
}

vt_status vti_tnm_solve(vti_tnm_fit *f, vt_error *err)
{
    static const double H[STARTS] = {1.0, 0.6, 1.7, 1.0, 1.0, 3.0}, X[STARTS] = {0.5, 0.4, 0.6, 0.7, 0.3, 0.4},
                        B[STARTS] = {0.6, 0.5, 0.7, 0.8, 0.45, 0.65};
    const double T = rise(f), h = 50.0 * log(10.0) * T;
    double start[STARTS][VTI_TNM_P], x[VTI_TNM_P];
    vt_nlfit *ws = NULL;
    vt_status st = VT_OK;
    if (!(T > 0.0)) return vt_fail(err, VT_ENOROOT, "heat capacity does not rise in the first heating: no transition");
    for (size_t k = 0; k < STARTS; k++) {
        const double begin[VTI_TNM_P] = {T, H[k] * h, X[k], B[k]};
        memcpy(start[k], begin, sizeof begin);
    }
    memcpy(x, start[0], sizeof x);
    VT_TRY(st = steps(f, T, h, SEARCH_STEP, err));
    vti_tnm_uncorrected(f);
    VT_TRY(st = vt_nlfit_create(&ws, f->bins, VTI_TNM_P, err));
    const vt_nlfit_problem pr = vti_tnm_problem(f, NULL);
    const vt_nlfit_options opt = {.weights = VT_NLFIT_RELATIVE,
                                  .starts = STARTS,
                                  .start = start[1],
                                  .max_iterations = 60,
                                  .cost_change = 1e-4,
                                  .gradient = 3e-2};
    VT_TRY(st = vt_nlfit_solve(ws, &pr, &opt, x, NULL, NULL, err));
    VT_TRY(st = steps(f, x[VTI_TNM_T], x[VTI_TNM_H], FIT_STEP, err));
    VT_TRY(st = polish(f, ws, x, err));
    memcpy(f->x, x, sizeof x);
    VT_TRY(st = serial(f, err));
    const double limit = vti_coverage_factor(f->job->common.level, (double)f->sum.nu);
    VT_TRY(st = vti_tnm_profiles(f, ws, limit, err));
    st = serial(f, err); /* model and lines of the solution again */
done:
    vt_nlfit_free(ws);
    return st;
}

vt_status vti_tnm_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    vt_status st;
    vti_tnm_fit *f = calloc(1, sizeof *f);
    if (!f) return vt_fail(err, VT_EMEMORY, "no memory for the fit");
    f->job = job;
    f->result = result;
    VT_TRY(st = vti_tnm_gather(f, err));
    VT_TRY(st = vti_tnm_solve(f, err));
    st = vti_tnm_report(f, err);
done:
    vti_tnm_free(f);
    return st;
}
