/* Zero point once the tip is known: the parabola of the first look takes every tip for a sharp one (P19 step 1). */
#include "reduce_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/indent_zero.h>
#include <vitrum/parallel.h>

enum { LOOKS = 4 }; /* h0 moves q by little: three looks settle it to 1e-4 of its step */
static const double WINDOW_LOW = 0.01, WINDOW_HIGH = 0.1; /* of the maximum load of the first cycle */
static const double MISFIT = 3.0; /* residuals above so many times the noise: the loading does not follow the tip */

/* Readings of the first loading that tell where the contact was: drift, load of the free tip and frame taken off. What
 * loads the tip under continuous stiffness is the peak of its swing, not the mean that is recorded (P20). */
static size_t take_window(const vti_indentation_run *run, const vti_indent *s, double *h, double *P)
{
    const vt_indent_cycle *span = &run->set.cycle[s->first_cycle].span;
    const double top = span->P_max - s->P0;
    size_t n = 0;
    for (size_t i = span->load_from; i < span->hold_from; i++) {
        const double load = s->P[i] - s->P0;
        if (load > WINDOW_HIGH * top) break;
        if (!(load > WINDOW_LOW * top)) continue;
        const double a = s->S ? vti_csm_swing(run->par, s, i) : (double)NAN, force = a * (s->S ? s->S[i] : 0.0);
        const bool swings = a > 0.0 && force > 0.0;
        P[n] = load + (swings ? force : 0.0);
        h[n] = s->h[i] + (swings ? a : 0.0) - run->C_f * P[n];
        if (s->drift_corrected) h[n] -= s->drift * (s->t[i] - s->t0);
        n++;
    }
    return n;
}

/* Elastic part of the depth over the root of the area, and hardness, from the largest unloading that could be fitted.
 */
static vt_status elastic_part(const vti_indentation_run *run, const vti_indent_cycle *y, double shift, double *q,
                              double *H, vt_error *err)
{
    vti_contact_reading in = {.P = y->P, .h = y->h + shift, .S = y->S, .m = y->m, .epsilon = NAN, .A = NAN};
    vti_indent_value out[VT_CONTACT_OUTPUTS];
    double epsilon;
    const vt_status st = vti_contact_of(run, &in, 0.0, out, &epsilon, err);
    if (st != VT_OK) return st;
    *q = epsilon * y->P / out[VT_CONTACT_STIFFNESS].value / sqrt(out[VT_CONTACT_AREA].value);
    *H = out[VT_CONTACT_HARDNESS].value;
    return VT_OK;
}

static const vti_indent_cycle *largest(const vti_indentation_run *run, const vti_indent *s)
{
    const vti_indent_cycle *best = NULL;
    for (size_t k = 0; k < s->ncycles; k++) {
        const vti_indent_cycle *y = &run->set.cycle[s->first_cycle + k];
        if (y->verdict.status == VT_OK && (!best || y->P > best->P)) best = y;
    }
    return best;
}

static vt_status find(const vti_indentation_run *run, const vti_indent *s, const vti_indent_cycle *y, double *work,
                      vt_zero_tip_fit *fit, vt_error *err)
{
    double *h = work, *P = work + s->n;
    const size_t n = take_window(run, s, h, P);
    vt_zero_tip tip = {.area = &run->area, .u_h = y->fit.s, .u_P = y->u_P, .r = y->fit.r};
    double shift = 0.0;
    for (int look = 0; look < LOOKS; look++) {
        vt_status st = elastic_part(run, y, shift, &tip.q, &tip.H, err);
        if (st == VT_OK) st = vt_indent_zero_tip(&tip, n, h, P, fit, err);
        if (st != VT_OK) return st;
        shift = s->h0 - fit->h0;
    }
    return VT_OK;
}

static vt_status zero_one(size_t i, void *shared, void *scratch, vt_error *err)
{
    vti_indentation_run *run = shared;
    vti_indent *s = &run->set.indent[i];
    const vti_indent_cycle *y = largest(run, s);
    vt_zero_tip_fit fit;
    (void)scratch;
    if (!y || !(s->u_h0 > 0.0)) return VT_OK; /* the zero is that of the file */
    double *work = malloc(2 * s->n * sizeof *work);
    if (!work) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", s->n);
    /* Where the loading does not follow the tip (pop-ins, a hard skin) the first look stays. */
    if (find(run, s, y, work, &fit, NULL) == VT_OK && fit.chi < MISFIT) {
        const double shift = s->h0 - fit.h0;
        s->h0 = fit.h0;
        s->u_h0 = fit.u_h0;
        for (size_t k = 0; k < s->ncycles; k++) {
            run->set.cycle[s->first_cycle + k].h += shift;
            run->set.cycle[s->first_cycle + k].u_zero = fit.u_h0;
        }
    }
    free(work);
    return VT_OK;
}

vt_status vti_indentation_zero(vti_indentation_run *run, vt_error *err)
{
    const vt_parallel how = {.threads = (int)run->job->common.threads, .shared = run};
    return run->area_source == VTI_AREA_GIVEN ? vt_parallel_for(run->set.n, zero_one, &how, err) : VT_OK;
}
