/* Profiles of the fit of the relaxation law: its parameters go together. */
#include "tnm_internal.h"
#include <math.h>

enum { STEPS_MOST = 14, CHORDS = 10 };
static const double ENOUGH = 1e-3; /* of the rise of 1: what is left of the drop of chi2 */

/* Fit with parameter j held at value; x is moved along the covariance first. Rise of chi2 over its scale, NaN: failed.
 */
static double searched(vti_tnm_fit *f, vt_nlfit *ws, size_t j, double value)
{
    const vt_nlfit_options opt = {.weights = VT_NLFIT_RELATIVE, .cost_change = 1e-6, .gradient = 1e-2};
    const double s2 = f->sum.chi2 / (double)f->sum.nu * f->factor * f->factor;
    bool fixed[VTI_TNM_P] = {false};
    double x[VTI_TNM_P];
    vt_nlfit_summary sum;
    fixed[j] = true;
    const vt_nlfit_problem pr = vti_tnm_problem(f, fixed);
    for (int along = 1; along >= 0; along--) {
        for (size_t i = 0; i < VTI_TNM_P; i++)
            x[i] = f->x[i] + along * (value - f->x[j]) * f->cov[i * VTI_TNM_P + j] / f->cov[j * VTI_TNM_P + j];
        x[j] = value;
        if (x[VTI_TNM_H] > 0.0 && vt_nlfit_solve(ws, &pr, &opt, x, NULL, &sum, NULL) == VT_OK)
            return (sum.chi2 - f->sum.chi2) / s2;
    }
    return (double)NAN;
}

/* The same by Gauss-Newton steps with the derivatives at the best fit, which change little within the intervals. bend:
 * in and out, the second order of the path of the other parameters. NaN: it does not converge so. */
static double stepped(vti_tnm_fit *f, size_t j, double value, double *bend)
{
    const double *C = f->cov, away = value - f->x[j], Cjj = C[j * VTI_TNM_P + j];
    const double s2 = f->sum.chi2 / (double)f->sum.nu, scale = s2 * f->factor * f->factor;
    double *r = f->model + f->bins, x[VTI_TNM_P], before = (double)INFINITY;
    for (size_t i = 0; i < VTI_TNM_P; i++)
        x[i] = i == j ? value : f->x[i] + away * (C[i * VTI_TNM_P + j] / Cjj + away * bend[i]);
    for (int k = 0; k < CHORDS && x[VTI_TNM_H] > 0.0 && vti_tnm_residual(x, r, f) == 0; k++) {
        double g[VTI_TNM_P] = {0}, chi2 = 0.0, drop = 0.0;
        for (size_t n = 0; n < f->bins; n++) {
            chi2 += r[n] * r[n];
            for (size_t i = 0; i < VTI_TNM_P; i++) g[i] += f->J[n * VTI_TNM_P + i] * r[n];
        }
        for (size_t i = 0; i < VTI_TNM_P; i++) {
            double step = 0.0;
            if (i == j) continue;
            /* Inverse of the normal matrix without j, from that with it. */
            for (size_t l = 0; l < VTI_TNM_P; l++)
                step -= (C[i * VTI_TNM_P + l] - C[i * VTI_TNM_P + j] * C[l * VTI_TNM_P + j] / Cjj) / s2 * g[l];
            drop -= step * g[i];
            x[i] += step;
        }
        if (drop < ENOUGH * scale) {
            for (size_t i = 0; i < VTI_TNM_P; i++)
                bend[i] = ((x[i] - f->x[i]) / away - C[i * VTI_TNM_P + j] / Cjj) / away;
            return (chi2 - drop - f->sum.chi2) / scale;
        }
        if (!(drop < 0.5 * before)) break;
        before = drop;
    }
    return (double)NAN;
}

/* Profile of parameter j: the rise in steps of 3/4 u to both sides, as far as the limit and the figure need, and where
 * its root, which is nearly straight, passes the limit. */
static void profile(vti_tnm_fit *f, vt_nlfit *ws, size_t j, double limit)
{
    const double u = f->factor * sqrt(f->cov[j * VTI_TNM_P + j]);
    const int half = VTI_TNM_PROFILE / 2;
    f->interval[j] = (vt_nlfit_interval){0};
    f->profile_at[j][half] = f->x[j];
    f->profile[j][half] = 0.0;
    for (int side = -1; side <= 1; side += 2) {
        double root = 0.0, end = (double)NAN, bend[VTI_TNM_P] = {0};
        for (int k = 1; k <= STEPS_MOST && (k <= half || isnan(end)); k++) {
            const double value = f->x[j] + 0.75 * side * k * u;
            double rise_now = stepped(f, j, value, bend);
            if (isnan(rise_now)) rise_now = searched(f, ws, j, value);
            const double next = sqrt(fmax(rise_now, 0.0));
            if (k <= half) {
                f->profile_at[j][half + side * k] = value;
                f->profile[j][half + side * k] = rise_now;
            }
            if (isnan(rise_now) && k > half) break;
            if (isnan(end) && next >= limit && next > root)
                end = value - 0.75 * side * u * (next - limit) / (next - root);
            if (!isnan(rise_now)) root = next;
        }
        *(side < 0 ? &f->interval[j].low : &f->interval[j].high) = end;
        *(side < 0 ? &f->interval[j].low_closed : &f->interval[j].high_closed) = isfinite(end);
    }
}

vt_status vti_tnm_profiles(vti_tnm_fit *f, vt_nlfit *ws, double limit, vt_error *err)
{
    if (vti_tnm_jacobian(f->x, f->J, f) != 0) return vt_fail(err, VT_EINTERNAL, "the fit that was found is lost");
    for (size_t j = 0; j < VTI_TNM_P; j++) profile(f, ws, j, limit);
    return VT_OK;
}
