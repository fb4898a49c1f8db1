/* The rival models of a profile and the choice between them (P31, steps 4 to 6). */
#include "tomography_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/modelchoice.h>
#include <vitrum/serial.h>

enum { GRID = 16, NUISANCES = 4 };

/* Of AICc by which a layer must win. A thickness exists only with a layer and is looked for over the whole profile
 * (Davies 1987), so that chance wins by 6 in 7 % of wires without one under correlated noise. */
static const double MARGIN = VTI_TOMO_GAIN;

/* Single edges first, in the order of their nuisances; the graded layer last. */
static void name_models(vti_edge_fit fit[VTI_TOMO_MODELS])
{
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) {
        vti_edge_fit *f = &fit[m];
        const size_t nuisance = m < 2 * NUISANCES ? m % NUISANCES : 0;
        *f = (vti_edge_fit){.layer = m >= NUISANCES, .cupping = nuisance & 1, .fringe = nuisance >> 1, .allowed = true};
        snprintf(f->name, sizeof f->name, "%s%s%s", f->layer ? "two edges" : "single edge",
                 f->cupping ? ", cupping" : "", f->fringe ? ", fringe" : "");
    }
}

static void from(vti_edge_fit *f, const vti_edge_fit *start)
{
    memcpy(f->x, start->x, sizeof f->x);
}

/* A layer from the best two of a grid of thicknesses, at each of which only the greys are fitted; then all of it. */
static void search_layer(vti_edge_problem *p, const vti_edge_fit *single, vti_edge_fit *f)
{
    const vti_profile *q = p->p;
    const double sigma = single->x[VT_EDGE_SIGMA], most = 0.8 * (q->s[q->n - 1] - single->x[VT_EDGE_S0]);
    const double least = 0.7 * sigma;
    vti_edge_fit start[2], best = *f;
    start[0].done = start[1].done = false;
    for (size_t k = 0; k < GRID && most > least; k++) {
        vti_edge_fit trial = *f;
        from(&trial, single);
        trial.x[VT_EDGE_SR] = least * pow(most / least, (double)k / (GRID - 1));
        if (!vti_edge_solve(p, &trial, VTI_EDGE_PLACES)) continue;
        if (!start[0].done || trial.chi2 < start[0].chi2) {
            start[1] = start[0];
            start[0] = trial;
        } else if (!start[1].done || trial.chi2 < start[1].chi2) {
            start[1] = trial;
        }
    }
    for (size_t k = 0; k < 2; k++) {
        if (!start[k].done || !vti_edge_solve(p, &start[k], VTI_EDGE_FREE)) continue;
        if (!best.done || start[k].chi2 < best.chi2) best = start[k];
    }
    *f = best;
}

/* Does the layer lie between air and what a body can be: inside the profile, of the same sign of contrast, and told
 * from the first edge? */
static bool allowed(const vti_edge_problem *p, const vti_edge_fit *f)
{
    const vti_profile *q = p->p;
    const double rim = f->x[VT_EDGE_RIM] - f->x[VT_EDGE_AIR], core = rim + f->x[VT_EDGE_STEP];
    const double inner = f->x[VT_EDGE_S0] + f->x[VT_EDGE_SR];
    if (!f->layer) return true;
    return rim * core > 0.0 && inner < q->s[q->n - 1] - f->x[VT_EDGE_SIGMA] &&
           f->x[VT_EDGE_SR] > 0.05 * f->x[VT_EDGE_SIGMA];
}

static void fit_all(vti_edge_problem *p, vti_tomo_body *b)
{
    vti_edge_fit *fit = b->fit, start;
    if (!vti_edge_start(p, &start)) return;
    for (size_t m = 0; m < NUISANCES; m++) {
        from(&fit[m], &start);
        (void)vti_edge_solve(p, &fit[m], VTI_EDGE_FREE);
    }
    for (size_t m = NUISANCES; m < 2 * NUISANCES; m++) {
        vti_edge_fit again = fit[m];
        if (!fit[m - NUISANCES].done) continue;
        search_layer(p, &fit[m - NUISANCES], &fit[m]);
        if (m == NUISANCES || !fit[NUISANCES].done) continue; /* also from the plain layer */
        from(&again, &fit[NUISANCES]);
        if (vti_edge_solve(p, &again, VTI_EDGE_FREE) && (!fit[m].done || again.chi2 < fit[m].chi2)) fit[m] = again;
    }
    for (size_t m = 0; m < 2 * NUISANCES; m++) fit[m].allowed = fit[m].done && allowed(p, &fit[m]);
}

/* The best layer again with a graded inner edge. */
static void fit_graded(vti_edge_problem *p, vti_tomo_body *b)
{
    vti_edge_fit *f = &b->fit[VTI_TOMO_MODELS - 1];
    const vti_edge_fit *sharp = b->best_layer < VTI_TOMO_MODELS ? &b->fit[b->best_layer] : NULL;
    f->allowed = false;
    if (!sharp) return;
    *f = *sharp;
    f->graded = true;
    snprintf(f->name, sizeof f->name, "%.50s, graded", sharp->name);
    f->x[VT_EDGE_W] = sharp->x[VT_EDGE_SIGMA];
    f->allowed = vti_edge_solve(p, f, VTI_EDGE_FREE) && allowed(p, f);
}

/* Scatter of the residuals of the richest model, and what their serial correlation adds (P 1.3): both count as chi2 per
 * degree of freedom. Known errors are not made smaller. */
static void find_scatter(vti_edge_problem *p, vti_tomo_body *b)
{
    const vti_profile *q = p->p;
    const vti_edge_fit *rich = NULL;
    double r1 = 0.0, *e = malloc(q->n * sizeof *e);
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++)
        if (b->fit[m].done && (!rich || b->fit[m].chi2 < rich->chi2)) rich = &b->fit[m];
    if (!rich || !e) {
        free(e);
        return;
    }
    const double n = (double)q->n;
    vti_edge_residuals(q, rich, e);
    (void)vt_serial_autocorrelation(q->n, e, &r1, NULL);
    /* P 1.3 is for a line of two parameters; as much again for every two more. Where the errors are known, chance of
     * either sign is left in it before it is held against them: two floors would make white noise look worse. */
    const double raw = r1 + (1.0 + 3.0 * r1) * (double)rich->k / (2.0 * n);
    const double r = fmin(0.95, fmax(q->absolute ? -0.3 : 0.0, raw));
    /* Every parameter takes as much chi2 as (1 + r)/(1 - r) white residuals: chi2/(n - k f) f = chi2/(n/f - k). */
    const double dof = fmax(n * (1.0 - r) / (1.0 + r) - (double)rich->k, 1.0), factor = rich->chi2 / dof;
    b->serial = fmax(r, 0.0);
    b->inflate = sqrt(q->absolute ? fmax(factor, 1.0) : factor);
    b->dof = q->absolute && !(factor > 1.0) ? INFINITY : dof;
    free(e);
}

static void criteria(vti_tomo_body *b, const vti_profile *q)
{
    const double n_eff = fmax((double)q->n * (1.0 - b->serial) / (1.0 + b->serial), 4.0);
    b->best = b->best_single = b->best_layer = VTI_TOMO_MODELS;
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) {
        vti_edge_fit *f = &b->fit[m];
        f->aicc = INFINITY;
        if (!f->done || !f->allowed) continue;
        const double k = (double)f->k + (q->absolute ? 0.0 : 1.0);
        f->aicc = f->chi2 + 2.0 * k + 2.0 * k * (k + 1.0) / fmax(n_eff - k - 1.0, 1.0);
        size_t *kind = f->layer ? &b->best_layer : &b->best_single;
        if (*kind == VTI_TOMO_MODELS || f->aicc < b->fit[*kind].aicc) *kind = m;
        if (b->best == VTI_TOMO_MODELS || f->aicc < b->fit[b->best].aicc) b->best = m;
    }
}

static vt_status check_profile(const vti_tomo_body *b, vt_error *err)
{
    const vti_profile *q = &b->whole;
    double low = INFINITY, high = -INFINITY;
    if (q->n < VTI_TOMO_LEAST)
        return vt_fail_at(err, VT_EDOF, vt_table_path(b->table), 0, 0,
                          "%zu depths are too few to tell models of up to 9 parameters apart; %d are needed", q->n,
                          VTI_TOMO_LEAST);
    for (size_t i = 0; i < q->n; i++) {
        low = fmin(low, q->g[i]);
        high = fmax(high, q->g[i]);
    }
    if (high > low) return VT_OK;
    return vt_fail_at(err, VT_ENARROW, vt_table_path(b->table), 0, 0, "the grey is %g at every depth: there is no edge",
                      low);
}

static vt_status no_edge(const vti_tomo_body *b, vt_error *err)
{
    return vt_fail_at(err, VT_ENOCONV, vt_table_path(b->table), 0, 0,
                      "no model of a blurred edge fits the %zu depths; does the profile hold the surface, with air on "
                      "one side?",
                      b->whole.n);
}

vt_status vti_tomo_models(vti_tomo_run *run, vti_tomo_body *b, vt_error *err)
{
    vti_edge_problem p = {.sigma = b->sigma, .u_sigma = b->u_sigma, .inflate = 1.0};
    const bool known = b->sigma > 0.0;
    vt_status st;
    VT_TRY(st = check_profile(b, err));
    VT_TRY(st = vt_nlfit_create(&p.work, b->whole.n + 1, VT_EDGE_P, err));
    vti_edge_scale(&p, &b->whole, b->sigma);
    name_models(b->fit);
    b->inflate = 1.0;
    b->dof = INFINITY;
    fit_all(&p, b);
    criteria(b, &b->whole);
    fit_graded(&p, b); /* what a sharp edge leaves of a graded one is no noise */
    find_scatter(&p, b);
    p.inflate = b->inflate;
    for (size_t m = 0; m < 2 * NUISANCES; m++)
        if (b->fit[m].done)
            b->fit[m].allowed = vti_edge_solve(&p, &b->fit[m], VTI_EDGE_FREE) && allowed(&p, &b->fit[m]);
    criteria(b, &b->whole);
    fit_graded(&p, b);
    criteria(b, &b->whole);
    if (b->best_single == VTI_TOMO_MODELS) VT_TRY(st = no_edge(b, err));
    const double gain =
        b->best_layer < VTI_TOMO_MODELS ? b->fit[b->best_single].aicc - b->fit[b->best_layer].aicc : 0.0;
    b->layer = known && b->best_layer < VTI_TOMO_MODELS && gain > MARGIN;
    b->best = b->layer ? b->best_layer : b->best_single;
    st = vti_tomo_layer(run, b, &p, err);
done:
    vt_nlfit_free(p.work);
    return st;
}
