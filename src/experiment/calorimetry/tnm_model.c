/* The relaxation law against heat capacities: four parameters of the law, the lines of heat capacity by linear least
 * squares at each of them. The law is followed in coarse steps that do not depend on the parameters, and what fine
 * steps would add is taken as it is at one law near by (deferred correction). */
#include "tnm_internal.h"
#include <math.h>
#include <string.h>

/* Largest errors of the sum of exponentials: 1e-5 is a hundredth of the noise of a bin; a weight of 1e-5 moves dTf/dT
 * by that. FINE_STEP: of ln tau, the largest fine step. */
static const double COARSE_TOLERANCE = 1e-5, FINE_TOLERANCE = 1e-6, FINE_STEP = 0.01;

vt_tnm vti_tnm_law(const double *x)
{
    return (vt_tnm){.ln_A = log(VTI_TNM_TIME) - x[VTI_TNM_H] / x[VTI_TNM_T],
                    .dh_R = x[VTI_TNM_H],
                    .x = x[VTI_TNM_X],
                    .beta = x[VTI_TNM_B]};
}

size_t vti_tnm_linear(const vti_tnm_fit *f)
{
    return 4 + f->scans - 1;
}

/* The history of a scan: cooling, then the bins. Between `frozen` and `molten` a step is a part of a
 * bin, elsewhere a bin. first: index
 * of the point where bin 0 begins; edge[i]: of the one where bin i begins. */
static size_t history(vti_tnm_fit *f, const vti_tnm_scan *s, size_t *first)
{
    size_t n = 0;
    double t = 0.0, T = f->start;
    f->t[0] = t;
    f->Th[0] = T;
    while (T > s->begin) {
        const double step = T > f->frozen && T < f->molten ? s->width / (double)f->parts : s->width;
        const double next = T - step > s->begin + 0.01 * step ? T - step : s->begin;
        t += (T - next) / s->cooling;
        T = next;
        f->t[++n] = t;
        f->Th[n] = T;
    }
    *first = n;
    for (size_t i = 0; i < s->n; i++) {
        const double from = s->begin + s->width * (double)i;
        const size_t parts = from > f->frozen && from < f->molten ? f->parts : 1;
        f->edge[i] = n;
        for (size_t k = 1; k <= parts; k++) {
            const double next = from + s->width * (double)k / (double)parts;
            t += (next - T) / s->heating;
            T = next;
            f->t[++n] = t;
            f->Th[n] = T;
        }
    }
    f->edge[s->n] = n;
    return n + 1;
}

static double corrected(const vti_tnm_fit *f, size_t k, size_t i)
{
    return f->Tf[f->edge[i]] + f->defect[f->scan[k].first + k + i];
}

static bool spectrum(vti_tnm_fit *f, double beta)
{
    if (f->spectrum_beta == beta) return true;
    f->spectrum_beta = 0.0;
    if (vt_kww_spectrum(beta, COARSE_TOLERANCE, &f->spectrum, NULL) != VT_OK) return false;
    f->spectrum_beta = beta;
    return true;
}

void vti_tnm_uncorrected(vti_tnm_fit *f)
{
    memset(f->defect, 0, (f->bins + f->scans) * sizeof *f->defect);
    f->last_x[0] = 0.0;
}

vt_status vti_tnm_correct(vti_tnm_fit *f, const double *x, vt_error *err)
{
    const vt_tnm law = vti_tnm_law(x);
    for (int fine = 0; fine < 2; fine++) {
        f->spectrum_beta = 0.0;
        vt_status st = vt_kww_spectrum(law.beta, fine ? FINE_TOLERANCE : COARSE_TOLERANCE, &f->spectrum, err);
        if (st != VT_OK) return st;
        for (size_t k = 0; k < f->scans; k++) {
            const vti_tnm_scan *s = &f->scan[k];
            double *defect = f->defect + s->first + k;
            size_t first;
            const size_t n = history(f, s, &first);
            const vt_tnm_path path = {n, f->t, f->Th};
            st = vt_tnm_follow(&law, &f->spectrum, &path, fine ? FINE_STEP : (double)INFINITY, f->Tf, f->work, err);
            if (st != VT_OK) return st;
            for (size_t i = 0; i <= s->n; i++) defect[i] = fine ? defect[i] + f->Tf[f->edge[i]] : -f->Tf[f->edge[i]];
        }
    }
    f->spectrum_beta = f->last_x[0] = 0.0;
    return VT_OK;
}

/* Columns of one scan. The step of heat capacity is where dTf/dT is; its mean over a bin is the difference of Tf at its
 * ends, moved to the mean temperature of the readings. */
static bool scan_basis(vti_tnm_fit *f, size_t k, const vt_tnm *law)
{
    const vti_tnm_scan *s = &f->scan[k];
    size_t first;
    const size_t n = history(f, s, &first);
    const vt_tnm_path path = {n, f->t, f->Th};
    if (vt_tnm_follow(law, &f->spectrum, &path, (double)INFINITY, f->Tf, f->work, NULL) != VT_OK) return false;
    f->Tf_scan[k] = corrected(f, k, 0);
    for (size_t i = 0; i < s->n; i++) {
        const double a = corrected(f, k, i), b = corrected(f, k, i + 1);
        const double before = i ? corrected(f, k, i - 1) : 2.0 * a - b;
        const double after = i + 1 < s->n ? corrected(f, k, i + 2) : 2.0 * b - a;
        const double middle = s->begin + s->width * ((double)i + 0.5);
        const double bend = ((after - b) - (a - before)) / (2.0 * s->width * s->width);
        const double at = (b - a) / s->width + bend * (f->T[s->first + i] - middle);
        double *row = f->basis + s->first + i;
        row[0] = 1.0;
        row[f->bins] = (f->T[s->first + i] - f->T_ref) / 100.0;
        row[2 * f->bins] = at;
        row[3 * f->bins] = at * (0.5 * (a + b) - f->T_ref) / 100.0;
        for (size_t j = 1; j < f->scans; j++) row[(3 + j) * f->bins] = j == k ? 1.0 : 0.0;
    }
    return true;
}

/* Least squares of c on the columns, both over u, by modified Gram-Schmidt; leaves the residuals in r. */
static bool lines(vti_tnm_fit *f, double *r)
{
    const size_t n = f->bins, m = vti_tnm_linear(f);
    double(*R)[VTI_TNM_LINEAR] = f->triangle, q[VTI_TNM_LINEAR];
    memset(f->triangle, 0, sizeof f->triangle);
    for (size_t i = 0; i < n; i++) {
        r[i] = f->c[i] / f->u[i];
        for (size_t j = 0; j < m; j++) f->basis[j * n + i] /= f->u[i];
    }
    for (size_t j = 0; j < m; j++) {
        double *v = f->basis + j * n, size = 0.0, before = 0.0;
        for (size_t i = 0; i < n; i++) before += v[i] * v[i];
        for (size_t k = 0; k < j; k++) {
            const double *e = f->basis + k * n;
            for (size_t i = 0; i < n; i++) R[k][j] += e[i] * v[i];
            for (size_t i = 0; i < n; i++) v[i] -= R[k][j] * e[i];
        }
        for (size_t i = 0; i < n; i++) size += v[i] * v[i];
        if (!(size > 1e-16 * before)) return false;
        R[j][j] = sqrt(size);
        q[j] = 0.0;
        for (size_t i = 0; i < n; i++) {
            v[i] /= R[j][j];
            q[j] += v[i] * r[i];
        }
        for (size_t i = 0; i < n; i++) r[i] -= q[j] * v[i];
    }
    for (size_t j = m; j-- > 0;) {
        f->linear[j] = q[j];
        for (size_t k = j + 1; k < m; k++) f->linear[j] -= R[j][k] * f->linear[k];
        f->linear[j] /= R[j][j];
    }
    return true;
}

int vti_tnm_residual(const double *x, double *r, void *fit)
{
    vti_tnm_fit *f = fit;
    if (!(x[VTI_TNM_X] >= 0.0) || !(x[VTI_TNM_X] <= 1.0)) return 1;
    if (!(x[VTI_TNM_B] >= VT_KWW_BETA_LOW) || !(x[VTI_TNM_B] <= 0.95)) return 1;
    if (!(x[VTI_TNM_T] > f->scan[0].begin) || !(x[VTI_TNM_T] < f->start)) return 1;
    const vt_tnm law = vti_tnm_law(x);
    if (!spectrum(f, law.beta)) return 1;
    for (size_t k = 0; k < f->scans; k++)
        if (!scan_basis(f, k, &law)) return 1;
    if (!lines(f, r)) return 1;
    for (size_t i = 0; i < f->bins; i++) f->model[i] = f->c[i] - r[i] * f->u[i];
    memcpy(f->last_x, x, sizeof f->last_x);
    memcpy(f->last_r, r, f->bins * sizeof *r);
    return 0;
}

static bool is_last(const vti_tnm_fit *f, const double *x)
{
    for (size_t j = 0; j < VTI_TNM_P; j++)
        if (x[j] != f->last_x[j]) return false;
    return true;
}

/* Differences over steps of a thousandth of the parameters' plain sizes, where the model is smooth: its steps in time
 * do not depend on the parameters. Backwards where forwards is outside the domain. */
int vti_tnm_jacobian(const double *x, double *J, void *fit)
{
    vti_tnm_fit *f = fit;
    const double step[VTI_TNM_P] = {0.02, 5e-4 * x[VTI_TNM_H], 1e-3, 1e-3};
    double *here = f->model + f->bins, *there = f->model + 2 * f->bins;
    if (!is_last(f, x) && vti_tnm_residual(x, here, f) != 0) return 1;
    memcpy(here, f->last_r, f->bins * sizeof *here);
    for (size_t j = 0; j < VTI_TNM_P; j++) {
        double a[VTI_TNM_P];
        memcpy(a, x, sizeof a);
        a[j] = x[j] + step[j];
        if (vti_tnm_residual(a, there, f) != 0) {
            a[j] = x[j] - step[j];
            if (vti_tnm_residual(a, there, f) != 0) return 1;
        }
        for (size_t i = 0; i < f->bins; i++) J[i * VTI_TNM_P + j] = (there[i] - here[i]) / (a[j] - x[j]);
    }
    return 0;
}
