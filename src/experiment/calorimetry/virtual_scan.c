/* Heat capacity of the virtual piece, and what the calorimeter makes of it. */
#include "calorimetry_truth.h"
#include <math.h>

size_t vti_calorimetry_readings(const vti_calorimetry_truth *p)
{
    return (size_t)rint((p->end - p->begin) / p->spacing);
}

double vti_calorimetry_place(const vti_calorimetry_truth *p, size_t i)
{
    return p->begin + (p->end - p->begin) * ((double)i + 0.5) / (double)vti_calorimetry_readings(p);
}

static double gauss(double T, double middle, double sd)
{
    const double z = (T - middle) / sd;
    return exp(-0.5 * z * z) / (sd * sqrt(2.0 * 3.14159265358979323846));
}

/* ---- lines and exotherms ---- */

static double line(const vti_calorimetry_truth *p, double T)
{
    const vt_tnm_heat h = vti_calorimetry_truth_heat(p);
    return vt_tnm_heat_capacity(&h, T, T, 1.0 / (1.0 + exp(-(T - p->glass_transition) / p->step_width)));
}

static void lines(const vti_calorimetry_truth *p, double *first, double *second, double *released)
{
    for (size_t i = 0; i < vti_calorimetry_readings(p); i++) {
        const double T = vti_calorimetry_place(p, i);
        first[i] = second[i] = line(p, T);
        for (size_t k = 0; k < p->exotherms.n; k++)
            first[i] -= p->exotherms.x[k] * gauss(T, p->exotherm_temperatures.x[k], p->exotherm_widths.x[k]);
    }
    *released = 0.0;
    for (size_t k = 0; k < p->exotherms.n; k++) *released += p->exotherms.x[k];
}

/* ---- relaxation ---- */

enum { LEGS = 7 };
struct history {
    vt_tnm_leg leg[LEGS];
    size_t nlegs, run[2]; /* legs that are runs */
    size_t from[LEGS + 1];
    vt_tnm_walk walk;
};

static void add(struct history *h, double T, double rate, double time)
{
    h->leg[h->nlegs++] = (vt_tnm_leg){T, rate, time};
}

static struct history pair(const vti_calorimetry_truth *p)
{
    struct history h = {.nlegs = 0};
    add(&h, p->begin, p->making_rate, 0.0);
    if (p->anneal_temperature > p->begin) {
        add(&h, p->anneal_temperature, p->heating_rate, 0.0);
        add(&h, p->anneal_temperature, 0.0, p->anneal_time);
        add(&h, p->begin, p->heating_rate, 0.0);
    }
    h.run[0] = h.nlegs;
    add(&h, p->end, p->heating_rate, 0.0);
    add(&h, p->begin, p->rerun_rate, 0.0);
    h.run[1] = h.nlegs;
    add(&h, p->end, p->heating_rate, 0.0);
    return h;
}

static vt_status follow(const vti_calorimetry_truth *p, struct history *h, double T_start, vt_error *err)
{
    const vt_tnm law = vti_calorimetry_truth_law(p);
    const vt_tnm_program program = {T_start, h->nlegs, h->leg,
                                    (p->end - p->begin) / (double)vti_calorimetry_readings(p), 20};
    return vt_tnm_walk_make(&law, &program, 0.0, 0.02, h->from, &h->walk, err);
}

/* Heat capacity along leg k, which is a run. */
static void run_heat(const vti_calorimetry_truth *p, const struct history *history, size_t k, double *heat)
{
    const vt_tnm_heat h = vti_calorimetry_truth_heat(p);
    const vt_tnm_walk *w = &history->walk;
    const size_t n = vti_calorimetry_readings(p), from = history->from[k], to = history->from[k + 1];
    for (size_t i = 0; i < n && from + i + 1 <= to; i++) {
        const size_t a = from + i, b = a + 1;
        heat[i] = vt_tnm_heat_capacity(&h, 0.5 * (w->T[a] + w->T[b]), 0.5 * (w->Tf[a] + w->Tf[b]),
                                       (w->Tf[b] - w->Tf[a]) / (w->T[b] - w->T[a]));
    }
}

static vt_status relaxation(const vti_calorimetry_truth *p, double *first, double *second, double *released,
                            vt_error *err)
{
    struct history h = pair(p);
    const vt_tnm_heat heat = vti_calorimetry_truth_heat(p);
    const vt_status st = follow(p, &h, p->making_temperature, err);
    if (st != VT_OK) return st;
    run_heat(p, &h, h.run[0], first);
    run_heat(p, &h, h.run[1], second);
    *released = vt_tnm_stored(&heat, h.walk.Tf[h.from[h.run[0]]], h.walk.Tf[h.from[h.run[1]]]);
    vt_tnm_walk_free(&h.walk);
    return VT_OK;
}

vt_status vti_calorimetry_heat_after(const vti_calorimetry_truth *p, double rate, double *heat, double *Tf,
                                     vt_error *err)
{
    struct history h = {.leg = {{p->begin, rate, 0.0}, {p->end, p->heating_rate, 0.0}}, .nlegs = 2, .run = {1, 1}};
    const vt_status st = follow(p, &h, p->end, err);
    if (st != VT_OK) return st;
    run_heat(p, &h, 1, heat);
    if (Tf) *Tf = h.walk.Tf[h.from[1]];
    vt_tnm_walk_free(&h.walk);
    return VT_OK;
}

/* Crystals between the runs: the second run has less of the step and less of the exotherm of crystallization. */
static void crystallize(const vti_calorimetry_truth *p, double *first, double *second)
{
    for (size_t i = 0; i < vti_calorimetry_readings(p); i++) {
        const double T = vti_calorimetry_place(p, i);
        const double glass = p->glass_heat_capacity + p->glass_heat_slope * (T - p->glass_transition);
        const double heat =
            p->crystallization_enthalpy * gauss(T, p->crystallization_temperature, p->crystallization_width);
        first[i] -= heat;
        second[i] = glass + (1.0 - p->crystallized) * (second[i] - glass - heat);
    }
}

vt_status vti_calorimetry_heat(const vti_calorimetry_truth *p, double *first, double *second, double *released,
                               vt_error *err)
{
    if (p->model == VTI_CALORIMETRY_RELAXATION) {
        const vt_status st = relaxation(p, first, second, released, err);
        if (st != VT_OK) return st;
    } else {
        lines(p, first, second, released);
    }
    crystallize(p, first, second);
    return VT_OK;
}

/* ---- instrument ---- */

vti_calorimetry_box vti_calorimetry_box_of(const vti_calorimetry_truth *p, uint64_t seed)
{
    vt_stream s;
    vt_stream_init(&s, p->calorimeter ? p->calorimeter : seed, vt_stream_purpose("calorimetry/box"), 0);
    const double gain = 1.0 + p->gain_error * vt_stream_normal(&s);
    return (vti_calorimetry_box){gain, p->temperature_error * vt_stream_normal(&s)};
}

void vti_calorimetry_see(const vti_calorimetry_truth *p, const vti_calorimetry_box *box, double curvature,
                         vt_stream *stream, double *flow)
{
    const size_t n = vti_calorimetry_readings(p);
    const double offset = p->offset * vt_stream_normal(stream), drift = p->drift * vt_stream_normal(stream);
    const double dt = (p->end - p->begin) / (double)n / p->heating_rate;
    const double forget = p->response > 0.0 ? -expm1(-dt / p->response) : 1.0;
    double seen = 0.0; /* at rest before the run */
    for (size_t i = 0; i < n; i++) {
        const double u = (vti_calorimetry_place(p, i) - 0.5 * (p->begin + p->end)) / 100.0;
        const double pan = (p->pan_heat_capacity * p->heating_rate + p->pan_curvature * u * u) / p->mass;
        const double base = offset + drift * u + curvature * u * u + pan;
        seen += forget * (flow[i] - seen);
        flow[i] =
            box->gain * (1.0 + p->gain_slope * (vti_calorimetry_place(p, i) - p->glass_transition)) * (seen + base) +
            p->noise * vt_stream_normal(stream);
    }
}

double vti_calorimetry_scale(const vti_calorimetry_truth *p, const vti_calorimetry_box *box, double T)
{
    return T + box->shift + p->scale_offset + p->scale_slope * (T - p->glass_transition);
}
