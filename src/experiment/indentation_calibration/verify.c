/* The calibration on indents that were not used to make it (procedure P18, step 6). */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>

/* Tests of each reference go round the folds. */
static size_t make_folds(vti_cal_run *run)
{
    size_t least = (size_t)run->par->folds;
    for (size_t k = 0; k < run->nreferences; k++) {
        size_t n = 0;
        for (size_t i = 0; i < run->nindents; i++)
            if (run->indent[i].reference == k && !run->indent[i].out)
                run->indent[i].fold = n++ % (size_t)run->par->folds;
        if (run->reference[k].area && n < least) least = n;
    }
    return least;
}

/* Young's modulus of every point, each area reference with the fit that leaves its fold out, into E. */
static vt_status predict(vti_cal_run *run, size_t folds, double *E, double *weight, vti_cal_work *w, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t fold = 0; fold < folds && st == VT_OK; fold++) {
        const vti_cal_choice c = vti_cal_choose(run, weight);
        vti_cal_fit fit = {.terms = run->fit.terms};
        for (size_t i = 0; i < run->nindents; i++) weight[i] = folds > 1 && run->indent[i].fold == fold ? 0.0 : 1.0;
        st = vti_cal_area_frame(run, &c, w, run->fit.C_f, &fit, err);
        if (st != VT_OK) break;
        vt_area_function f = vti_cal_area_function(run, &fit);
        f.high = f.low = 0.0; /* the fold left out may reach a little beyond */
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            const vti_cal_reference *r = &run->reference[p->reference];
            if (p->out || run->indent[p->indent].fold != fold) continue;
            E[i] = vti_cal_modulus(run, p, &f, r->area || run->shared ? fit.C_f : r->C_f);
        }
    }
    return st;
}

static void depths(vti_cal_run *run, size_t group)
{
    vti_cal_group *g = &run->group[group];
    double n = 0.0;
    g->h_c = g->ratio = 0.0;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        const double C = run->reference[p->reference].C_f;
        double h_c, A;
        if (p->group != group || p->out || !vti_cal_contact(run, p, C, &h_c, &A)) continue;
        n += 1.0;
        g->h_c += (h_c - g->h_c) / n;
        g->ratio += (p->P * (p->K - C) * (p->K - C) - g->ratio) / n;
    }
}

/* Modulus as the vendor has it, else of an ideal tip on a stiff frame. */
static double before(const vti_cal_run *run, const vti_cal_point *p)
{
    static const vt_area_function ideal = {.n = 1, .C = {24.5}};
    return isfinite(p->vendor_E) ? p->vendor_E : vti_cal_modulus(run, p, &ideal, 0.0);
}

static void group_means(vti_cal_run *run, size_t group, const double *E)
{
    vti_cal_group *g = &run->group[group];
    double n = 0.0, m = 0.0, s = 0.0, b = 0.0, nb = 0.0;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        if (p->group != group || p->out) continue;
        const double old = before(run, p);
        if (isfinite(old)) b += (old - b) / ++nb;
        if (!isfinite(E[i])) continue;
        const double d = E[i] - m;
        m += d / ++n;
        s += d * (E[i] - m);
    }
    g->E = n > 0.0 ? m : (double)NAN;
    g->u_E = n > 1.0 ? sqrt(s / (n - 1.0) / n) : (double)NAN;
    g->E_before = nb > 0.0 ? b : (double)NAN;
    depths(run, group);
}

/* Mean of the groups deeper than min_depth, and how far the farthest of them lies from it. */
static void reference_means(vti_cal_run *run, size_t k)
{
    vti_cal_reference *r = &run->reference[k];
    double n = 0.0, s = 0.0, ratio = 0.0;
    r->E_found = r->deviation = r->ratio_change = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < run->ngroups; i++) {
            const vti_cal_group *g = &run->group[i];
            if (g->reference != k || g->n == 0 || !(g->h_c >= run->par->min_depth) || !isfinite(g->E)) continue;
            if (pass == 0) {
                n += 1.0;
                r->E_found += (g->E - r->E_found) / n;
                ratio += (g->ratio - ratio) / n;
            } else {
                s += (g->E - r->E_found) * (g->E - r->E_found);
                r->deviation = fmax(r->deviation, fabs(g->E / r->E_found - 1.0));
                r->ratio_change = fmax(r->ratio_change, fabs(g->ratio / ratio - 1.0));
            }
        }
    r->u_E_found = n > 1.0 ? sqrt(s / (n - 1.0) / n) : 0.0;
    if (n == 0.0) r->E_found = (double)NAN;
}

vt_status vti_cal_verify(vti_cal_run *run, vt_error *err)
{
    const size_t folds = make_folds(run);
    vti_cal_work w = {0};
    double *E = malloc((run->npoints + run->nindents + 1) * sizeof *E);
    vt_status st =
        E ? vti_cal_work_create(&w, run->npoints, err) : vt_fail(err, VT_EMEMORY, "%zu points", run->npoints);
    for (size_t i = 0; E && i < run->npoints; i++) E[i] = (double)NAN;
    for (size_t i = 0; i < run->nindents; i++)
        if (run->indent[i].fold >= folds) run->indent[i].fold = 0;
    if (st == VT_OK) st = predict(run, folds, E, E + run->npoints, &w, err);
    if (st == VT_OK) {
        for (size_t g = 0; g < run->ngroups; g++) group_means(run, g, E);
        for (size_t k = 0; k < run->nreferences; k++) reference_means(run, k);
    }
    vti_cal_work_free(&w);
    free(E);
    return st;
}
