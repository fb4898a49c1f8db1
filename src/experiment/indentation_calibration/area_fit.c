/* Area function and frame compliance from points of known modulus (procedure P18, steps 2 to 5). */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

vt_status vti_cal_work_create(vti_cal_work *w, size_t n, vt_error *err)
{
    *w = (vti_cal_work){.n = n};
    w->A = malloc(n * VT_AREA_TERMS * sizeof *w->A);
    w->b = malloc(n * sizeof *w->b);
    if (!w->A || !w->b) return vt_fail(err, VT_EMEMORY, "%zu unloadings", n);
    return vt_nnls_create(&w->nnls, n, VT_AREA_TERMS, err);
}

void vti_cal_work_free(vti_cal_work *w)
{
    vt_nnls_free(w->nnls);
    free(w->A);
    free(w->b);
    *w = (vti_cal_work){0};
}

double vti_cal_epsilon(const vti_cal_run *run, const vti_cal_point *p)
{
    double epsilon = 0.75;
    if (run->par->epsilon == 1) (void)vt_contact_epsilon(p->m, &epsilon, NULL, NULL); /* m is within its bounds */
    return epsilon;
}

bool vti_cal_contact(const vti_cal_run *run, const vti_cal_point *p, double C_f, double *h_c, double *A)
{
    const double K = p->K - C_f, E_r = run->reference[p->reference].E_r;
    if (!(K > 0.0)) return false;
    *h_c = p->h - C_f * p->P - vti_cal_epsilon(run, p) * p->P * K;
    *A = VT_PI / (4.0 * pow(run->par->beta * E_r * K, 2.0));
    return *h_c > 0.0;
}

double vti_cal_modulus(const vti_cal_run *run, const vti_cal_point *p, const vt_area_function *f, double C_f)
{
    double out[VT_CONTACT_OUTPUTS];
    const vt_contact in = {.P = p->P,
                           .h = p->h,
                           .S = 1.0 / p->K,
                           .epsilon = vti_cal_epsilon(run, p),
                           .beta = run->par->beta,
                           .nu = run->reference[p->reference].nu,
                           .E_i = run->par->indenter_modulus,
                           .nu_i = run->par->indenter_poisson_ratio,
                           .C_f = C_f,
                           .area = f};
    return vt_contact_evaluate(&in, out, NULL, NULL) == VT_OK ? out[VT_CONTACT_MODULUS] : (double)NAN;
}

vt_area_function vti_cal_area_function(const vti_cal_run *run, const vti_cal_fit *fit)
{
    vt_area_function f = {.n = fit->terms, .low = fit->low / 1.1, .high = 1.1 * fit->high};
    memcpy(f.C, fit->C, fit->terms * sizeof *f.C);
    memcpy(f.cov, run->cov, sizeof f.cov);
    return f;
}

/* Equations of the points that are in: (sum C_k h^p_k)/A = 1, over the relative scatter. Returns their number; 0: a
 * point has no contact at this C_f. */
static size_t equations(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, vti_cal_fit *fit)
{
    const double NM = 1e-9;
    size_t n = 0;
    fit->low = INFINITY;
    fit->high = 0.0;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        const double times = c->weight ? c->weight[p->indent] : 1.0;
        double h_c, A;
        if (p->out || !c->reference[p->reference] || !(times > 0.0)) continue;
        if (!vti_cal_contact(run, p, fit->C_f, &h_c, &A)) return 0;
        if (h_c < run->par->min_depth) continue;
        const double weight = sqrt(times) / p->sigma;
        double x = h_c / NM;
        w->b[n] = weight;
        for (size_t k = 0; k < fit->terms; k++) {
            w->A[n * fit->terms + k] = weight * (k == 0 ? x * x : x) / (A / (NM * NM));
            if (k > 0) x = sqrt(x);
        }
        fit->low = fmin(fit->low, h_c);
        fit->high = fmax(fit->high, h_c);
        n++;
    }
    return n;
}

vt_status vti_cal_area_at(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, vti_cal_fit *fit,
                          vt_error *err)
{
    vt_nnls_summary sum;
    fit->n = equations(run, c, w, fit);
    if (fit->n <= fit->terms + 3)
        return vt_fail(err, VT_EDOF, "%zu unloadings deeper than %g nm are too few for %zu terms", fit->n,
                       run->par->min_depth * 1e9, fit->terms);
    const vt_nnls_problem pr = {.n = fit->n, .p = fit->terms, .A = w->A, .b = w->b};
    const vt_status st = vt_nnls_solve(w->nnls, &pr, fit->C, NULL, &sum, err);
    if (st != VT_OK) return st;
    fit->chi2 = sum.chi2;
    fit->positive = sum.positive;
    fit->condition = sum.condition;
    return VT_OK;
}

/* Smallest compliance among the points that are in: C_f must stay below. */
static double ceiling(const vti_cal_run *run, const vti_cal_choice *c)
{
    double least = INFINITY;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        if (!p->out && c->reference[p->reference] && (!c->weight || c->weight[p->indent] > 0.0))
            least = fmin(least, p->K);
    }
    return least;
}

/* Misfit per point: the number of points deeper than min_depth may change with C_f. */
static double misfit(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, vti_cal_fit *fit, double C_f)
{
    fit->C_f = C_f;
    return vti_cal_area_at(run, c, w, fit, NULL) == VT_OK ? fit->chi2 / (double)fit->n : INFINITY;
}

vt_status vti_cal_area_frame(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, double near,
                             vti_cal_fit *fit, vt_error *err)
{
    enum { GRID = 48 };
    const double top = ceiling(run, c), g = 0.5 * (sqrt(5.0) - 1.0);
    const bool all = isnan(near);
    const double from = all ? -1.5 * top : near - 0.15 * top,
                 to = all ? 0.98 * top : fmin(near + 0.15 * top, 0.98 * top);
    const int grid = all ? GRID : 8;
    const double step = (to - from) / grid;
    double best = INFINITY, at = from;
    for (int i = 0; i <= grid; i++) {
        const double f = misfit(run, c, w, fit, from + step * i);
        if (f < best) best = f, at = from + step * i;
    }
    if (!isfinite(best)) {
        fit->C_f = fmin(0.0, 0.5 * top);
        return vti_cal_area_at(run, c, w, fit, err) == VT_OK ? VT_OK : err ? err->code : VT_ENOCONV;
    }
    double a = fmax(at - step, from), b = fmin(at + step, to), x = b - g * (b - a), y = a + g * (b - a);
    double fx = misfit(run, c, w, fit, x), fy = misfit(run, c, w, fit, y);
    for (int i = 0; i < 30; i++) { /* to 1e-7 of the bracket: far below the 1 % of the procedure */
        if (fx < fy) {
            b = y, y = x, fy = fx;
            x = b - g * (b - a);
            fx = misfit(run, c, w, fit, x);
        } else {
            a = x, x = y, fx = fy;
            y = a + g * (b - a);
            fy = misfit(run, c, w, fit, y);
        }
    }
    fit->C_f = 0.5 * (a + b);
    fit->at_bound = fit->C_f - from < 1e-3 * (to - from) || to - fit->C_f < 1e-3 * (to - from);
    return vti_cal_area_at(run, c, w, fit, err);
}

/* Standard deviation of ln E_r between the points, so that C_f is where the modulus is most nearly the same; the mean
 * itself is free. */
static double spread(const vti_cal_run *run, size_t reference, const double *weight, const vt_area_function *f,
                     double C_f)
{
    double W = 0.0, mean = 0.0, sum = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            const double times = weight ? weight[p->indent] : 1.0, K = p->K - C_f;
            double h_c, A;
            if (p->out || p->reference != reference || !(times > 0.0)) continue;
            if (!vti_cal_contact(run, p, C_f, &h_c, &A)) return INFINITY;
            if (h_c < run->par->min_depth) continue;
            /* ln(K sqrt(A)) = -ln E_r + const; its scatter is half of that of ln A. */
            const double y = log(K * sqrt(vt_area(f, h_c))), w = times / (p->sigma * p->sigma);
            if (pass == 0) {
                W += w;
                mean += w * (y - mean) / W;
            } else
                sum += w * (y - mean) * (y - mean);
        }
    return W > 0.0 ? sum / W : INFINITY;
}

vt_status vti_cal_frame_at(const vti_cal_run *run, size_t reference, const double *weight, const vti_cal_fit *fit,
                           double *C_f, vt_error *err)
{
    enum { GRID = 60 };
    vti_cal_choice only = {.weight = weight};
    only.reference[reference] = true;
    const vt_area_function f = vti_cal_area_function(run, fit);
    const double top = ceiling(run, &only), from = -2.0 * top, step = 2.98 * top / GRID, g = 0.5 * (sqrt(5.0) - 1.0);
    double best = INFINITY, at = from;
    for (int i = 0; i <= GRID; i++) {
        const double s = spread(run, reference, weight, &f, from + step * i);
        if (s < best) best = s, at = from + step * i;
    }
    if (!isfinite(best) || at == from)
        return vt_fail(err, VT_ENOROOT, "%s: no frame compliance makes its modulus the same at all loads",
                       run->reference[reference].material);
    double a = at - step, b = fmin(at + step, 0.98 * top), x = b - g * (b - a), y = a + g * (b - a);
    double fx = spread(run, reference, weight, &f, x), fy = spread(run, reference, weight, &f, y);
    for (int i = 0; i < 40; i++) {
        if (fx < fy) {
            b = y, y = x, fy = fx;
            x = b - g * (b - a);
            fx = spread(run, reference, weight, &f, x);
        } else {
            a = x, x = y, fx = fy;
            y = a + g * (b - a);
            fy = spread(run, reference, weight, &f, y);
        }
    }
    *C_f = 0.5 * (a + b);
    return VT_OK;
}
