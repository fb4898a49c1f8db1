/* Area function, frame, unloadings and zero points depend on each other: they are found in turn until they settle
 * (procedure P18, step 4), for each number of terms by itself. */
#include "calibration_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/modelchoice.h>

enum { ROUNDS = 60 };
static const double SETTLED = 0.005e-9; /* m: zero points, a fortieth of the noise of a reading */
static const double WORST = 10.0;       /* times the noise: a loading that does not follow the tip at all */

bool vti_cal_settled(double *last, double moved)
{
    const double ratio = *last > 0.0 ? fmin(moved / *last, 0.95) : 0.95;
    *last = moved;
    return moved * ratio / (1.0 - ratio) < SETTLED;
}

vti_cal_choice vti_cal_choose(const vti_cal_run *run, const double *weight)
{
    vti_cal_choice c = {.weight = weight};
    for (size_t k = 0; k < run->nreferences; k++)
        c.reference[k] = run->reference[k].area || (run->shared && !run->reference[k].verify_only);
    return c;
}

static double least_compliance(const vti_cal_run *run, size_t reference)
{
    double least = INFINITY;
    for (size_t i = 0; i < run->npoints; i++)
        if (run->point[i].reference == reference && !run->point[i].out) least = fmin(least, run->point[i].K);
    return least;
}

/* Coefficients and frame compliance together; the frame of a reference that has no part in that from its own modulus,
 * which must be the same at all loads: what an instrument has left in its records depends on what was set that day. */
vt_status vti_cal_frames(vti_cal_run *run, const vti_cal_choice *c, vti_cal_work *w, double near, vt_error *err)
{
    vt_status st = vti_cal_area_frame(run, c, w, near, &run->fit, err);
    for (size_t k = 0; k < run->nreferences && st == VT_OK; k++) {
        vti_cal_reference *r = &run->reference[k];
        r->C_f = run->fit.C_f;
        if (!r->area && !run->shared) st = vti_cal_frame_at(run, k, c->weight, &run->fit, &r->C_f, err);
    }
    return st;
}

/* Largest change of a frame compliance over what it may be: 1 % of it, or 0.1 % of the smallest 1/S. */
static double change(const vti_cal_run *run, const double *before)
{
    double most = 0.0;
    for (size_t k = 0; k < run->nreferences; k++)
        most = fmax(most, fabs(run->reference[k].C_f - before[k]) /
                              fmax(0.01 * fabs(before[k]), 1e-3 * least_compliance(run, k)));
    return most;
}

/* run->fit.terms terms, from the state as it is. */
static vt_status settle(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice c = vti_cal_choose(run, NULL);
    double moved, last = 0.0, changed = 0.0;
    for (int round = 0; round < ROUNDS; round++) {
        double before[VTI_CAL_REFERENCES];
        for (size_t k = 0; k < run->nreferences; k++) before[k] = run->reference[k].C_f;
        vt_status st = vti_cal_frames(run, &c, w, round == 0 ? (double)NAN : run->fit.C_f, err);
        if (st == VT_OK) st = vti_cal_zero(run, &moved, err);
        if (st == VT_OK) st = vti_cal_unload_all(run, err);
        if (st != VT_OK) return st;
        changed = change(run, before);
        if (vti_cal_settled(&last, moved) && round > 0 && changed <= 1.0)
            return vti_cal_frames(run, &c, w, (double)NAN, err);
    }
    return vt_fail(err, VT_ENOCONV,
                   "%zu terms: frame compliance, unloadings and zero points do not settle: the last change was %.2g %% "
                   "and %.2g nm",
                   run->fit.terms, changed, moved * 1e9);
}

/* What settling moves. */
typedef struct state {
    vti_cal_reference reference[VTI_CAL_REFERENCES];
    vti_cal_indent *indent;
    vti_cal_point *point;
} state;

static void keep(const vti_cal_run *run, state *s)
{
    memcpy(s->reference, run->reference, sizeof s->reference);
    memcpy(s->indent, run->indent, run->nindents * sizeof *s->indent);
    memcpy(s->point, run->point, run->npoints * sizeof *s->point);
}

static void back_to(vti_cal_run *run, const state *s)
{
    memcpy(run->reference, s->reference, sizeof s->reference);
    memcpy(run->indent, s->indent, run->nindents * sizeof *s->indent);
    memcpy(run->point, s->point, run->npoints * sizeof *s->point);
}

static vt_status state_create(const vti_cal_run *run, state *s, vt_error *err)
{
    s->indent = malloc((run->nindents + 1) * sizeof *s->indent);
    s->point = malloc((run->npoints + 1) * sizeof *s->point);
    return s->indent && s->point ? VT_OK : vt_fail(err, VT_EMEMORY, "%zu unloadings", run->npoints);
}

static void state_free(state *s)
{
    free(s->indent);
    free(s->point);
}

/* How well the loadings follow the tip. */
static void loadings(const vti_cal_run *run, vti_cal_fit *fit)
{
    fit->loading = fit->readings = fit->r = 0.0;
    for (size_t i = 0; i < run->nindents; i++) {
        const vti_cal_indent *in = &run->indent[i];
        if (in->out || in->nload < 8) continue;
        const bool follows = in->chi < WORST;
        const double chi = follows ? in->chi : WORST, n = (double)(in->nload - 2);
        fit->loading += chi * chi * n;
        fit->readings += n;
        fit->r += ((follows ? in->r : 1.0) - fit->r) * n / fit->readings;
    }
}

/* The points of an indent have its zero point in common: its error goes through them like the slope of the area. Sum of
 * squares of the residuals of ln(area) along it, and beside it. */
static void split(const vti_cal_run *run, const vti_cal_choice *c, vti_cal_fit *fit)
{
    const vt_area_function f = vti_cal_area_function(run, fit);
    fit->own = fit->zero = 0.0;
    fit->indents = 0;
    for (size_t k = 0; k < run->nindents; k++) {
        double rr = 0.0, rv = 0.0, vv = 0.0;
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            double h_c, A;
            if (p->indent != k || p->out || !c->reference[p->reference]) continue;
            if (!vti_cal_contact(run, p, fit->C_f, &h_c, &A) || h_c < run->par->min_depth) continue;
            const double r = (vt_area(&f, h_c) / A - 1.0) / p->sigma;
            const double v = vt_area_slope(&f, h_c) / A / p->sigma;
            rr += r * r, rv += r * v, vv += v * v;
        }
        if (!(vv > 0.0)) continue;
        fit->zero += rv * rv / vv;
        fit->own += fmax(rr - rv * rv / vv, 0.0);
        fit->indents++;
    }
}

/* AICc of the areas, their scatter beside and along the error of a zero point both free, and of the loadings through
 * the tip: with a wrong zero point an area function may fit the areas as well as the right one, but then not the
 * loadings. What these count for is what the best of the models leaves. */
static vt_status scores(vti_cal_run *run, vt_error *err)
{
    double scale = INFINITY;
    for (size_t i = 0; i < run->ntried; i++) {
        const vti_cal_fit *f = &run->tried[i];
        const double r = fmin(fmax(f->r, 0.0), 0.99);
        if (f->readings > 0.0) scale = fmin(scale, fmax(f->loading / f->readings, 1.0) * (1.0 + r) / (1.0 - r));
    }
    for (size_t i = 0; i < run->ntried; i++) {
        vti_cal_fit *f = &run->tried[i];
        const size_t own = f->n > f->indents ? f->n - f->indents : 0;
        const vt_status st = vt_aicc_relative(f->own, own, f->positive + 1, &f->aicc, err);
        if (st != VT_OK) return st;
        if (f->zero > 0.0) f->aicc += (double)f->indents * log(f->zero / (double)f->indents);
        if (f->readings > 0.0) f->aicc += f->loading / scale;
    }
    return VT_OK;
}

/* High roots are nearly constant and can take the part of a zero point that is not found yet: numbers of terms are
 * compared where each has settled, from the same start. */
static vt_status try_all(vti_cal_run *run, const state *start, vti_cal_work *w, vt_error *err)
{
    const vti_cal_choice c = vti_cal_choose(run, NULL);
    vt_status st = VT_OK;
    run->ntried = 0;
    for (size_t terms = 1; terms <= (size_t)run->par->terms; terms++) {
        vt_error why = {0};
        back_to(run, start);
        run->fit = (vti_cal_fit){.terms = terms};
        st = settle(run, w, &why);
        if (st == VT_ENOCONV && terms > 1) continue; /* zero points that run away with a root: no model */
        if (st != VT_OK && run->ntried == 0 && err) *err = why;
        if (st != VT_OK) break;
        loadings(run, &run->fit);
        split(run, &c, &run->fit);
        run->tried[run->ntried++] = run->fit;
    }
    return run->ntried > 0 ? scores(run, err) : st;
}

vt_status vti_cal_settle(vti_cal_run *run, vti_cal_work *w, vt_error *err)
{
    state start = {.indent = NULL};
    vt_status st;
    VT_TRY(st = state_create(run, &start, err));
    keep(run, &start);
    VT_TRY(st = try_all(run, &start, w, err));
    size_t best = 0;
    /* A term that stays at 0 leaves AICc as it is: it was not wanted, but the next one may be. */
    for (size_t i = 1; i < run->ntried; i++)
        if (run->tried[i].aicc < run->tried[best].aicc - 1e-3) best = i;
    back_to(run, &start);
    run->fit = (vti_cal_fit){.terms = run->tried[best].terms};
    VT_TRY(st = settle(run, w, err));
    run->fit.aicc = run->tried[best].aicc;
    vti_cal_fit *fit = &run->fit;
    while (fit->terms > 1 && !(fit->C[fit->terms - 1] > 0.0)) fit->terms--;
    const vt_area_function f = vti_cal_area_function(run, fit);
    st = vt_area_check(&f, err);
done:
    state_free(&start);
    return st;
}
