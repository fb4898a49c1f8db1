/* The history of a piece, and what it says. */
#include "process/scan/scan_internal.h"
#include <math.h>
#include <vitrum/constants.h>

static const double SETTLE = 1e6; /* s: between the scans, so that the second knows nothing of what came before */

static double input(const vti_thermal_run *run, const double *x, size_t i)
{
    return run->law.input[i].log ? exp(x[i]) : x[i];
}

vti_thermal_case vti_thermal_case_at(const vti_thermal_run *run, const double *x)
{
    const vti_thermal_settings *s = run->set;
    const double Tg = input(run, x, run->Tg), h = input(run, x, run->h);
    /* Draws beyond the ends of x and beta count as their ends. */
    const double beta = x[run->beta] >= 1.0 && run->law.input[run->beta].u <= 0.0
                            ? 1.0
                            : fmin(fmax(x[run->beta], VT_KWW_BETA_LOW), VT_KWW_BETA_HIGH);
    vti_thermal_case c = {.law = {.ln_A = log(s->transition_time) - h / Tg,
                                  .dh_R = h,
                                  .x = fmin(fmax(x[run->x], 0.0), 1.0),
                                  .beta = beta},
                          .heat = {.T_ref = Tg,
                                   .glass = run->glass_heat,
                                   .glass_slope = s->glass_heat_slope,
                                   .step = input(run, x, run->step),
                                   .step_slope = s->step_slope},
                          .rate = input(run, x, run->rate)};
    return c;
}

static void add(vti_thermal_history *h, double T, double rate, double time)
{
    h->leg[h->nlegs++] = (vt_tnm_leg){T, rate, time};
}

static void legs(const vti_thermal_run *run, const vti_thermal_case *c, vti_thermal_history *h)
{
    const vti_thermal_settings *s = run->set;
    h->nlegs = 0;
    if (isfinite(s->draw_temperature) && s->draw_temperature > run->cold) {
        if (s->draw_temperature != run->start) add(h, s->draw_temperature, c->rate, 0.0);
        add(h, s->draw_temperature, 0.0, s->draw_time);
    }
    add(h, run->cold, c->rate, 0.0);
    for (size_t i = 0; i < s->hold_temperatures.n; i++) {
        const double T = s->hold_temperatures.x[i];
        if (h->leg[h->nlegs - 1].T_end != T) add(h, T, s->heating_rate, 0.0);
        add(h, T, 0.0, s->hold_times.x[i]);
    }
    if (s->hold_temperatures.n) add(h, run->cold, s->heating_rate, 0.0);
    h->run[0] = h->nlegs;
    add(h, run->end, s->heating_rate, 0.0);
    add(h, run->end, 0.0, SETTLE);
    add(h, run->cold, s->reference_rate, 0.0);
    h->run[1] = h->nlegs;
    add(h, run->end, s->heating_rate, 0.0);
}

vt_status vti_thermal_follow(const vti_thermal_run *run, const vti_thermal_case *c, double step, vti_thermal_history *h,
                             vt_error *err)
{
    const bool coarse = !(step > 0.0);
    *h = (vti_thermal_history){0};
    legs(run, c, h);
    const vt_tnm_program program = {run->start, h->nlegs, h->leg, coarse ? 1.0 : step, coarse ? 5 : 10};
    return vt_tnm_walk_make(&c->law, &program, coarse ? 1e-5 : 0.0, coarse ? 0.25 : 0.0, h->from, &h->walk, err);
}

/* Tangent at half the step of the second scan. */
static void transition(const vti_thermal_history *h, double *onset, double *midpoint)
{
    const size_t a = h->from[h->run[1]], n = h->from[h->run[1] + 1] - a;
    const double *T = h->walk.T + a, *Tf = h->walk.Tf + a;
    double before = 0.0;
    for (size_t i = 0; i + 1 < n; i++) {
        const double slope = (Tf[i + 1] - Tf[i]) / (T[i + 1] - T[i]), width = T[i + 1] - T[i];
        if (i > 0 && before < 0.5 && slope >= 0.5) {
            *midpoint = T[i] - 0.5 * width + width * (0.5 - before) / (slope - before);
            *onset = *midpoint - 0.5 * width / (slope - before);
            return;
        }
        before = slope;
    }
}

void vti_thermal_read(const vti_thermal_run *run, const vti_thermal_case *c, const vti_thermal_history *h, double *y)
{
    for (int j = 0; j < VTI_THERMAL_COUNT; j++) y[j] = (double)NAN;
    const double Tf = h->walk.Tf[h->from[h->run[0]]], ref = h->walk.Tf[h->from[h->run[1]]];
    y[VTI_THERMAL_TF] = Tf;
    y[VTI_THERMAL_TF_REFERENCE] = ref;
    y[VTI_THERMAL_RELEASED] = vt_tnm_stored(&c->heat, Tf, ref);
    y[VTI_THERMAL_RELEASED_MOLE] = y[VTI_THERMAL_RELEASED] * run->molar_mass;
    transition(h, &y[VTI_THERMAL_ONSET], &y[VTI_THERMAL_MIDPOINT]);
    /* ln(tau/tau0) = G(T, Tf) V/(k T) at a temperature T common to both: the part of the structure, (1 - x) dh/R times
     * (1/Tf - 1/ref), over ln(tau/tau0) of the reference at T = ref, where it is in equilibrium. */
    const double barrier = vt_tnm_ln_tau(&c->law, ref, ref) - log(run->set->attempt_time);
    if (barrier > 0.0) y[VTI_THERMAL_ELASTIC] = (1.0 - c->law.x) * c->law.dh_R * (1.0 / Tf - 1.0 / ref) / barrier;
    y[VTI_THERMAL_VOLUME] = y[VTI_THERMAL_RELEASED_MOLE] / run->enthalpy_per_volume;
    y[VTI_THERMAL_MODULUS] = expm1(run->modulus_slope * y[VTI_THERMAL_VOLUME]);
}

void vti_thermal_outputs(const vti_law *law, const double *x, double *y, void *context)
{
    (void)law;
    const vti_thermal_run *run = context;
    const vti_thermal_case c = vti_thermal_case_at(run, x);
    vti_thermal_history h = {0};
    for (int j = 0; j < VTI_THERMAL_COUNT; j++) y[j] = (double)NAN;
    if (vti_thermal_follow(run, &c, 0.0, &h, NULL) != VT_OK) return;
    vti_thermal_read(run, &c, &h, y);
    vt_tnm_walk_free(&h.walk);
}
