/* The virtual wafer: free actuators, pointers and specimens, looked at in a microscope a few times in months. What is
 * written is what was meant and measured; what pulls is what there is. */
#include "experiment/truth_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>
#include <vitrum/random.h>

#define AT(field) offsetof(vti_onchip_truth, field)
const vt_param VTI_ONCHIP_TRUTH[] = {
    {"structures", VT_INT, NULL, "20", 1, 2000, NULL, "actuators with a specimen", AT(structures)},
    {"free_actuators", VT_INT, NULL, "8", 0, 1000, NULL, "without one, 100 um to 1.5 mm", AT(free_actuators)},
    {"pointers", VT_INT, NULL, "2", 0, 100, NULL, "rotating ones", AT(pointers)},
    {"two_actuators", VT_INT, NULL, "0", 0, 2000, NULL, "structures, the last ones, that have one at either end",
     AT(two_actuators)},
    {"times", VT_LIST, "s", "2,192,840,1224 h", 1.0, 1e10, NULL, "after release (S003: 2 h, 8, 35 and 51 d)",
     AT(times)},
    {"elastic_structures", VT_INT, NULL, "8", 0, 2000, NULL, "of them, that aim at strains below 0.8 of that at yield",
     AT(elastic_structures)},
    {"strain_low", VT_REAL, "1", "0.02", 1e-4, 1.0, NULL, "mechanical strain that the first actuator aims at",
     AT(strain_low)},
    {"strain_high", VT_REAL, "1", "0.145", 1e-4, 1.0, NULL, "and the last one (S003: 14.5 %)", AT(strain_high)},
    {"elastic_modulus", VT_REAL, "Pa", "72 GPa", 1e8, 1e12, NULL, "of the film (S003)", AT(elastic_modulus)},
    {"poisson_ratio", VT_REAL, "1", "0.4", 0.0, 0.5, NULL, "of the film (S003)", AT(poisson_ratio)},
    {"yield_stress", VT_REAL, "Pa", "3250 MPa", 1e6, 1e11, NULL, "true, at the reference rate (S003)",
     AT(yield_stress)},
    {"reference_rate", VT_REAL, "s-1", "1e-7 s-1", 1e-20, 1e3, NULL, "plastic (S003: 1e-7 to 1e-9)",
     AT(reference_rate)},
    {"hardening", VT_REAL, "Pa", "2.5 GPa", 0.0, 1e11, NULL, "d stress/d plastic strain (ledger D6)", AT(hardening)},
    {"activation_volume", VT_REAL, "m3", "130 angstrom^3", 1e-31, 1e-24, NULL, "for M = sqrt(3) (P23)",
     AT(activation_volume)},
    {"flow", VT_CHOICE, NULL, "yes", 0, 0, "yes|no", "no: elastic at any stress", AT(flow)},
    {"mismatch", VT_REAL, "1", "-0.0015", -0.05, 0.05, NULL, "of the specimen, assumed", AT(mismatch)},
    {"temperature", VT_REAL, "K", "298 K", 200.0, 1000.0, NULL, "of the wafer", AT(temperature)},
    {"specimen_length", VT_REAL, "m", "25 um", 1e-6, 1e-3, NULL, "(S003, ledger D2)", AT(specimen_length)},
    {"width", VT_REAL, "m", "1 um", 1e-8, 1e-4, NULL, "(S003, ledger D2)", AT(width)},
    {"thickness", VT_REAL, "m", "360 nm", 1e-9, 1e-5, NULL, "(S003)", AT(thickness)},
    {"fillet_length", VT_REAL, "m", "0 um", 0.0, 1e-3, NULL, "at either end of a dogbone, which stays elastic; 0: none",
     AT(fillet_length)},
    {"fillet_width", VT_REAL, "m", "3 um", 1e-8, 1e-3, NULL, "at its wide end; straight from the width",
     AT(fillet_width)},
    {"overlap_compliance", VT_REAL, "m N-1", "0 m N-1", 0.0, 1e3, NULL, "of specimen on actuator",
     AT(overlap_compliance)},
    {"actuator_width", VT_REAL, "m", "10 um", 1e-7, 1e-3, NULL, "assumed", AT(actuator_width)},
    {"actuator_thickness", VT_REAL, "m", "200 nm", 1e-9, 1e-5, NULL, "assumed", AT(actuator_thickness)},
    {"actuator_modulus", VT_REAL, "Pa", "235 GPa", 1e9, 1e12, NULL, "silicon nitride (P22)", AT(actuator_modulus)},
    {"actuator_mismatch", VT_REAL, "1", "-0.00425", -0.05, -1e-5, NULL, "1 GPa over that modulus (S003, P22)",
     AT(actuator_mismatch)},
    {"under_etch", VT_REAL, "m", "1 um", 0.0, 1e-4, NULL, "that every actuator is longer than drawn", AT(under_etch)},
    {"fracture_strain", VT_REAL, "1", "0.17", 1e-3, 10.0, NULL, "scale of a Weibull law of strain",
     AT(fracture_strain)},
    {"fracture_modulus", VT_REAL, "1", "10", 0.5, 1000.0, NULL, "its modulus", AT(fracture_modulus)},
    {"displacement_noise", VT_REAL, "m", "20 nm", 0.0, 1e-5, NULL, "standard deviation of a reading (section 11)",
     AT(displacement_noise)},
    {"resolution", VT_REAL, "m", "1 nm", 0.0, 1e-6, NULL, "to which readings are rounded; 0: not", AT(resolution)},
    {"dimension_error", VT_REAL, "1", "0.03", 0.0, 0.3, NULL,
     "standard deviation of each width and thickness, shared by the wafer (section 11)", AT(dimension_error)},
    {"length_error", VT_REAL, "1", "0.002", 0.0, 0.1, NULL, "of the specimen length, shared", AT(length_error)},
    {"series_error", VT_REAL, "1", "0.1", 0.0, 1.0, NULL, "of what fillets and overlap add, shared", AT(series_error)},
    {"modulus_error", VT_REAL, "1", "0.03", 0.0, 0.3, NULL, "of the actuator's modulus, shared", AT(modulus_error)},
    {"reference_error", VT_REAL, "Pa", "2 GPa", 0.0, 1e11, NULL, "of the independent modulus (S003)",
     AT(reference_error)},
    {"scale_error", VT_REAL, "1", "0.005", 0.0, 0.1, NULL, "of the microscope", AT(scale_error)},
    {"session_error", VT_REAL, "1", "0.0003", 0.0, 0.1, NULL, "of its scale from one session to the next",
     AT(session_error)},
    {"curl", VT_REAL, "m-1", "0 m-1", 0.0, 1e4, NULL,
     "curvature of free actuators by a stress gradient: they look shorter", AT(curl)},
    {"pointer_arm", VT_REAL, "m", "100 um", 1e-6, 1e-2, NULL, "of a pointer", AT(pointer_arm)},
    {"pointer_offset", VT_REAL, "m", "6 um", 1e-7, 1e-3, NULL, "of its hinges", AT(pointer_offset)},
    VT_PARAM_END};
#undef AT

enum { NAME = 24 };
struct sheet { /* rows of the record */
    size_t n;
    char (*names)[NAME];
    const char **structure, **role, **broken;
    double *t, *u, *L_a, *u_2, *L_a2; /* u_2, L_a2: NaN where there is one actuator */
};

/* What this wafer is: true over stated. */
struct wafer {
    double w, t, w_a, t_a, E_a, L0, series, sem, session[VT_LIST_MAX];
};

static void row(struct sheet *s, const char *role, const char *broken, const double x[3])
{
    s->structure[s->n] = s->names[s->n];
    s->role[s->n] = role;
    s->broken[s->n] = broken;
    s->t[s->n] = x[0];
    s->u[s->n] = x[1];
    s->u_2[s->n] = s->L_a2[s->n] = NAN;
    s->L_a[s->n++] = x[2];
}

static double measured(const vti_onchip_truth *p, const struct wafer *w, size_t k, double u, vt_stream *s)
{
    const double x = u * w->sem * w->session[k] + p->displacement_noise * vt_stream_normal(s);
    return p->resolution > 0.0 ? p->resolution * round(x / p->resolution) : x;
}

static void draw(const vti_onchip_truth *p, vt_stream *s, struct wafer *w)
{
    double *const dimension[] = {&w->w, &w->t, &w->w_a, &w->t_a};
    for (size_t i = 0; i < 4; i++) *dimension[i] = 1.0 + p->dimension_error * vt_stream_normal(s);
    w->E_a = 1.0 + p->modulus_error * vt_stream_normal(s);
    w->L0 = 1.0 + p->length_error * vt_stream_normal(s);
    w->sem = 1.0 + p->scale_error * vt_stream_normal(s);
    for (size_t k = 0; k < p->times.n; k++) w->session[k] = 1.0 + p->session_error * vt_stream_normal(s);
}

/* What is in series with the narrow part: fillets, elastic and with the mismatch of the film, and the overlap. */
static void in_series(const vti_onchip_truth *p, double longer, double softer, vti_onchip_virtual *v)
{
    const double both = 2.0 * p->fillet_length * longer, more = p->fillet_width / p->width - 1.0;
    v->C = softer * p->overlap_compliance;
    v->around[0] = softer * both * (fabs(more) > 1e-9 ? log1p(more) / more : 1.0);
    v->around[1] = softer * both / (1.0 + more);
    v->loose = v->b.eps * both;
}

/* As drawn; times the wafer's errors it is as it is. */
static vti_onchip_virtual drawn(const vti_onchip_truth *p)
{
    vti_onchip_virtual v = {.b = {.E_a = p->actuator_modulus,
                                  .L_a = 1e-3,
                                  .w_a = p->actuator_width,
                                  .t_a = p->actuator_thickness,
                                  .eps_a = p->actuator_mismatch,
                                  .L0 = p->specimen_length,
                                  .w = p->width,
                                  .t = p->thickness,
                                  .eps = p->mismatch},
                            .E = p->elastic_modulus,
                            .nu = p->poisson_ratio,
                            .sigma_y = p->flow ? 1e12 : p->yield_stress,
                            .rate0 = p->reference_rate,
                            .theta = p->hardening,
                            .S = sqrt(3.0) * VT_BOLTZMANN * p->temperature / p->activation_volume};
    in_series(p, 1.0, 1.0, &v);
    return v;
}

/* Mechanical strain that a structure is made for: some elastic, the others beyond yield. */
static double aim(const vti_onchip_truth *p, size_t i)
{
    const double yield = fmin(p->yield_stress / p->elastic_modulus, p->strain_high);
    const double elastic = (double)(p->elastic_structures < p->structures ? p->elastic_structures : p->structures);
    const double low = fmin(p->strain_low, 0.75 * yield), rest = (double)p->structures - elastic, k = (double)i;
    if (k < elastic) return low + (0.75 * yield - low) * (elastic > 1.0 ? k / (elastic - 1.0) : 1.0);
    return yield + (p->strain_high - yield) * (k - elastic + 1.0) / rest;
}

static vt_status specimen(const vti_onchip_truth *p, const struct wafer *w, size_t i, vt_stream *s, struct sheet *out,
                          vt_error *err)
{
    vti_onchip_virtual v = drawn(p);
    double L_a = 0.0, u[VT_LIST_MAX];
    vt_status st = vti_onchip_virtual_design(&v, aim(p, i), &L_a, err);
    const bool two = p->structures - (long)i <= p->two_actuators;
    const double part = two ? 1e-6 * rint(0.4e6 * L_a) : L_a, whole = L_a + (two ? 2.0 : 1.0) * p->under_etch;
    v.b.L_a = whole;
    v.b.w *= w->w;
    v.b.t *= w->t;
    v.b.w_a *= w->w_a;
    v.b.t_a *= w->t_a;
    v.b.E_a *= w->E_a;
    v.b.L0 *= w->L0;
    in_series(p, w->L0, w->series, &v);
    if (st == VT_OK) st = vti_onchip_virtual_relax(&v, p->times.n, p->times.x, u, err);
    if (st != VT_OK) return st;
    const double strength = p->fracture_strain * pow(vt_stream_exponential(s), 1.0 / p->fracture_modulus);
    for (size_t k = 0; k < p->times.n; k++) {
        double own = 0.0;
        VT_TRY(st = vti_onchip_virtual_own(&v, u[k], &own, err));
        const bool broken = log1p(own / v.b.L0) - v.b.eps > strength;
        const double moved = broken ? -expm1(v.b.eps_a) * whole : u[k], share = (part + p->under_etch) / whole;
        snprintf(out->names[out->n], NAME, "s%02zu", i + 1);
        row(out, "specimen", broken ? "1" : "0",
            (double[]){p->times.x[k], measured(p, w, k, two ? share * moved : moved, s), part});
        if (two) {
            out->u_2[out->n - 1] = measured(p, w, k, (1.0 - share) * moved, s);
            out->L_a2[out->n - 1] = L_a - part;
        }
        if (broken) break;
    }
done:
    return st;
}

static void calibration(const vti_onchip_truth *p, const struct wafer *w, vt_stream *s, struct sheet *out)
{
    for (long i = 0; i < p->free_actuators; i++) {
        const double share = p->free_actuators > 1 ? (double)i / (double)(p->free_actuators - 1) : 0.5;
        const double L = 1e-6 * round(100.0 + 1400.0 * share), whole = L + p->under_etch;
        const double left = exp(p->actuator_mismatch) * whole, bend = p->curl * left;
        const double seen = bend > 1e-9 ? sin(fmin(bend, 1.5)) / fmin(bend, 1.5) * left : left; /* its projection */
        for (size_t k = 0; k < p->times.n; k++) {
            snprintf(out->names[out->n], NAME, "f%02ld", i + 1);
            row(out, "free", "0", (double[]){p->times.x[k], measured(p, w, k, whole - seen, s), L});
        }
    }
    for (long i = 0; i < p->pointers; i++) {
        const double L = 300e-6 + 100e-6 * (double)i, O = p->pointer_offset;
        const double y = -expm1(p->actuator_mismatch) * 2.0 * L * (p->pointer_arm + 0.5 * O) / O;
        for (size_t k = 0; k < p->times.n; k++) {
            snprintf(out->names[out->n], NAME, "p%02ld", i + 1);
            row(out, "pointer", "0", (double[]){p->times.x[k], measured(p, w, k, y, s), L});
        }
    }
}

/* The dogbone as drawn, four places and the widths there. */
static vt_status profile(const vti_onchip_truth *p, vt_table *record, vt_error *err)
{
    const double f = 1e6 * p->fillet_length, L = 1e6 * p->specimen_length;
    char text[128];
    snprintf(text, sizeof text, "0,%.9g,%.9g,%.9g um", f, f + L, 2.0 * f + L);
    const vt_status st = vt_table_add_meta(record, "profile_position", text, 0, err);
    const double w = 1e6 * p->width, wide = 1e6 * p->fillet_width;
    snprintf(text, sizeof text, "%.9g,%.9g,%.9g,%.9g um", wide, w, w, wide);
    return st == VT_OK ? vt_table_add_meta(record, "profile_width", text, 0, err) : st;
}

static vt_status metadata(const vti_onchip_truth *p, vt_table *record, vt_stream *s, vt_error *err)
{
    const double E = p->elastic_modulus + p->reference_error * vt_stream_normal(s);
    const struct {
        const char *key, *unit;
        double value;
    } ROW[] = {{"actuator_width", "um", 1e6 * p->actuator_width},
               {"actuator_thickness", "nm", 1e9 * p->actuator_thickness},
               {"actuator_modulus", "GPa", 1e-9 * p->actuator_modulus},
               {"specimen_length", "um", 1e6 * p->specimen_length},
               {"width", "um", 1e6 * p->width},
               {"thickness", "nm", 1e9 * p->thickness},
               {"poisson_ratio", "1", p->poisson_ratio},
               {"temperature", "K", p->temperature},
               {"independent_modulus", "GPa", 1e-9 * E},
               {"independent_modulus_u", "GPa", 1e-9 * p->reference_error},
               {"overlap_compliance", "m N-1", p->overlap_compliance},
               {"pointer_arm", "um", 1e6 * p->pointer_arm},
               {"pointer_offset", "um", 1e6 * p->pointer_offset}};
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < sizeof ROW / sizeof *ROW; i++) {
        char text[64];
        if (strncmp(ROW[i].key, "pointer", 7) == 0 && p->pointers == 0) continue;
        if (strcmp(ROW[i].key, "overlap_compliance") == 0 && !(ROW[i].value > 0.0)) continue;
        snprintf(text, sizeof text, "%.9g %s", ROW[i].value, ROW[i].unit);
        st = vt_table_add_meta(record, ROW[i].key, text, 0, err);
    }
    return st == VT_OK && p->fillet_length > 0.0 ? profile(p, record, err) : st;
}

/* As a laboratory writes them: hours where they are whole, micrometres to the resolution (to a picometre, since it
 * need not divide a nanometre). */
static vt_status fill(const vti_onchip_truth *p, vt_table *record, const struct sheet *s, vt_error *err)
{
    bool hours = true;
    for (size_t k = 0; k < p->times.n; k++) hours = hours && !(fabs(remainder(p->times.x[k], 3600.0)) > 1e-6);
    const vti_shown_column t = {"elapsed_time", hours ? "h" : "s", "s"}, u = {"displacement", "um", "m"},
                           u_2 = {"displacement_2", "um", "m"}, L = {"actuator_length", "um", "m"},
                           L_2 = {"actuator_length_2", "um", "m"};
    const double step = p->resolution > 0.0 ? 1e6 : 0.0;
    vt_status st = vt_table_add_text(record, "structure", s->n, s->structure, err);
    if (st == VT_OK) st = vt_table_add_text(record, "role", s->n, s->role, err);
    if (st == VT_OK) st = vti_add_shown(record, &t, hours ? 1.0 : 0.0, s->n, s->t, err);
    if (st == VT_OK) st = vti_add_shown(record, &u, step, s->n, s->u, err);
    if (st == VT_OK && p->two_actuators > 0) st = vti_add_shown(record, &u_2, step, s->n, s->u_2, err);
    if (st == VT_OK) st = vt_table_add_text(record, "broken", s->n, s->broken, err);
    if (st == VT_OK) st = vti_add_shown(record, &L, 1e6, s->n, s->L_a, err);
    if (st == VT_OK && p->two_actuators > 0) st = vti_add_shown(record, &L_2, 1e6, s->n, s->L_a2, err);
    return st;
}

static vt_status check(const vti_onchip_truth *p, vt_error *err)
{
    if (p->times.n == 0) return vt_fail(err, VT_ESHAPE, "times is empty; give one at least");
    for (size_t k = 1; k < p->times.n; k++)
        if (!(p->times.x[k] > p->times.x[k - 1]))
            return vt_fail(err, VT_ETIME, "times: %g s is not after %g s", p->times.x[k], p->times.x[k - 1]);
    if (!(p->strain_high >= p->strain_low))
        return vt_fail(err, VT_ERANGE, "strain_high = %g lies below strain_low = %g", p->strain_high, p->strain_low);
    return VT_OK;
}

vt_status vti_onchip_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_onchip_truth *p = job->params;
    struct wafer w;
    struct sheet s = {0};
    vt_stream stream, other;
    vt_status st = check(p, err);
    if (st != VT_OK) return st;
    const size_t rows = (size_t)(p->structures + p->free_actuators + p->pointers) * p->times.n;
    double *x = malloc(5 * rows * sizeof *x);
    const char **text = malloc(3 * rows * sizeof *text);
    s.names = malloc(rows * sizeof *s.names);
    if (!x || !text || !s.names) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", rows);
        goto done;
    }
    s.t = x, s.u = x + rows, s.L_a = x + 2 * rows, s.u_2 = x + 3 * rows, s.L_a2 = x + 4 * rows;
    s.structure = text, s.role = text + rows, s.broken = text + 2 * rows;
    vt_stream_init(&stream, job->common.seed, vt_stream_purpose("onchip/wafer"), 0);
    draw(p, &stream, &w);
    vt_stream_init(&other, job->common.seed, vt_stream_purpose("onchip/series"), 0);
    w.series = fmax(0.0, 1.0 + p->series_error * vt_stream_normal(&other));
    VT_TRY(st = metadata(p, record, &stream, err));
    calibration(p, &w, &stream, &s);
    for (size_t i = 0; i < (size_t)p->structures; i++) {
        vt_stream_init(&stream, job->common.seed, vt_stream_purpose("onchip/structure"), i);
        VT_TRY(st = specimen(p, &w, i, &stream, &s, err));
    }
    st = fill(p, record, &s, err);
done:
    free(x);
    free(text);
    free(s.names);
    return st;
}
