/* The virtual torsion tester: a wire with or without a layer, twisted at constant rate, seen through grips that slip,
 * a compliant machine, a torque cell that drifts, and scales that are a little wrong. */
#include "simulate_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/random.h>
#include <vitrum/torsion_law.h>

#define AT(field) offsetof(vti_torsion_truth, field)
const vt_param VTI_TORSION_TRUTH[] = {
    {"wire", VT_CHOICE, NULL, "layered", 0, 0, "layered|homogeneous|hardening|graded|equal_yield",
     "what the wire is: layer on an elastic core; one material, ideally plastic; the same with hardening; modulus and "
     "yield stress that fall to the surface over layer_thickness; layer and core of one yield strain",
     AT(wire)},
    {"diameter", VT_REAL, "m", "52 um", 20e-9, 5e-2, NULL, "as measured, and written into the record", AT(diameter)},
    {"gauge_length", VT_REAL, "m", "1.7 mm", 1e-6, 10.0, NULL, "as measured", AT(gauge_length)},
    {"core_modulus", VT_REAL, "Pa", "30 GPa", 1e8, 1e12, NULL, "shear modulus of the inside", AT(core_modulus)},
    {"layer_modulus", VT_REAL, "Pa", "22 GPa", 1e8, 1e12, NULL, "of the layer, or at the surface", AT(layer_modulus)},
    {"layer_thickness", VT_REAL, "m", "0.7 um", 1e-9, 1e-2, NULL, "of the layer, or over which the modulus falls",
     AT(layer_thickness)},
    {"yield_strain", VT_REAL, "1", "0.025", 1e-4, 0.2, NULL, "shear strain at yield", AT(yield_strain)},
    {"core_yield_strain", VT_REAL, "1", "", 1e-4, 0.4, NULL,
     "shear strain at which the core of a layered wire yields; absent: it stays elastic", AT(core_yield_strain)},
    {"hardening", VT_REAL, "1", "0.1", -0.5, 0.99, NULL, "slope after yield over the modulus (wire = hardening)",
     AT(hardening)},
    {"max_strain", VT_REAL, "1", "0.038", 1e-4, 0.4, NULL, "surface strain at the end", AT(max_strain)},
    {"toe", VT_REAL, "rad", "0.03 rad", 0.0, 10.0, NULL, "angle over which slack is taken up", AT(toe)},
    {"torque_zero", VT_REAL, "1", "0.002", -0.5, 0.5, NULL, "torque without twist, over the torque at yield",
     AT(torque_zero)},
    {"drift", VT_REAL, "1", "0", -0.5, 0.5, NULL, "of the torque by the end of the record, over the torque at yield",
     AT(drift)},
    {"slip", VT_REAL, "rad", "0 rad", 0.0, 10.0, NULL, "angle by which a grip slips once", AT(slip)},
    {"slip_strain", VT_REAL, "1", "0.015", 1e-4, 0.4, NULL, "surface strain at which it does", AT(slip_strain)},
    {"machine_compliance", VT_REAL, "rad N-1 m-1", "0 rad N-1 m-1", 0.0, 1e12, NULL,
     "turn of the machine under a unit of torque", AT(machine_compliance)},
    {"torque_noise", VT_REAL, "1", "0.002", 0.0, 0.5, NULL, "standard deviation over the torque at yield",
     AT(torque_noise)},
    {"correlation", VT_REAL, "1", "0.3", 0.0, 0.95, NULL, "of the noise of neighbouring readings", AT(correlation)},
    {"angle_noise", VT_REAL, "rad", "1e-4 rad", 0.0, 1.0, NULL, "standard deviation", AT(angle_noise)},
    {"diameter_error", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "standard deviation of the diameter that is measured",
     AT(diameter_error)},
    {"gauge_length_error", VT_REAL, "1", "0.005", 0.0, 0.5, NULL, "of the length", AT(gauge_length_error)},
    {"torque_error", VT_REAL, "1", "0.01", 0.0, 0.5, NULL, "of the torque's scale", AT(torque_error)},
    {"angle_error", VT_REAL, "1", "0.001", 0.0, 0.5, NULL, "of the angle's scale", AT(angle_error)},
    {"points", VT_INT, NULL, "1200", 50, 10000000, NULL, "readings", AT(points)},
    VT_PARAM_END};
#undef AT

enum { RINGS = 240 };

/* The specimen as it is, not as it was measured. */
struct wire {
    double R, L;
    size_t n;
    vt_torsion_zone zone[RINGS];
};

/* Rings of equal width where the material changes along the radius; the last two layer thicknesses take most of them.
 */
static void graded(const vti_torsion_truth *p, double R, struct wire *w)
{
    const double skin = fmin(0.9 * R, 6.0 * p->layer_thickness);
    for (size_t i = 0; i < RINGS; i++) {
        const double a = i == 0 ? 0.0 : R - skin * (double)(RINGS - i) / RINGS;
        const double b = R - skin * (double)(RINGS - i - 1) / RINGS;
        const double part = exp(-(R - 0.5 * (a + b)) / p->layer_thickness);
        const double G = p->core_modulus + (p->layer_modulus - p->core_modulus) * part;
        w->zone[i] = (vt_torsion_zone){a, b, G, p->yield_strain, 0.0};
    }
    w->n = RINGS;
}

static void make(const vti_torsion_truth *p, vt_stream *s, struct wire *w)
{
    const double R = 0.5 * p->diameter * (1.0 + p->diameter_error * vt_stream_normal(s)), G = p->core_modulus;
    const double c = R - fmin(p->layer_thickness, 0.9 * R);
    w->R = R;
    w->L = p->gauge_length * (1.0 + p->gauge_length_error * vt_stream_normal(s));
    w->n = 1;
    w->zone[0] = (vt_torsion_zone){0.0, R, G, p->yield_strain, p->wire == VTI_WIRE_HARDENING ? p->hardening * G : 0.0};
    if (p->wire == VTI_WIRE_GRADED) graded(p, R, w);
    if (p->wire != VTI_WIRE_LAYERED && p->wire != VTI_WIRE_EQUAL_YIELD) return;
    const double core = p->core_yield_strain > 0.0 ? p->core_yield_strain : (double)INFINITY;
    w->n = 2;
    w->zone[0] = (vt_torsion_zone){0.0, c, G, p->wire == VTI_WIRE_LAYERED ? core : p->yield_strain, 0.0};
    w->zone[1] = (vt_torsion_zone){c, R, p->layer_modulus, p->yield_strain, 0.0};
}

/* Twist of the wire after a turn phi of the machine: slack is taken up smoothly, and the mean of the toe is lost. */
static double taken_up(double phi, double toe)
{
    if (!(toe > 0.0)) return phi;
    return phi < 2.0 * toe ? phi * phi / (4.0 * toe) : phi - toe;
}

struct reading {
    double *angle, *torque;
};

static vt_status readings(const vti_torsion_truth *p, const struct wire *w, vt_stream *s, struct reading *r,
                          vt_error *err)
{
    const size_t n = (size_t)p->points;
    const double top = p->max_strain * w->L / w->R + p->toe, angle = 1.0 + p->angle_error * vt_stream_normal(s);
    const double scale = 1.0 + p->torque_error * vt_stream_normal(s), c = sqrt(1.0 - p->correlation * p->correlation);
    vt_torsion_response at = {0}, yield = {0};
    vt_status st = vt_torsion_torque(w->n, w->zone, p->yield_strain / w->R, &yield, NULL, err);
    double noise = vt_stream_normal(s), lost = 0.0, furthest = 0.0, elastic = 0.0; /* stiffness, for turning back */
    for (size_t k = 0; k < w->n; k++)
        elastic += 0.5 * VT_PI * w->zone[k].G * (pow(w->zone[k].b, 4.0) - pow(w->zone[k].a, 4.0)) / w->L;
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        const double phi = top * (double)(i + 1) / (double)n; /* turn of the grips */
        if (p->slip > 0.0 && lost == 0.0 && taken_up(phi, p->toe) * w->R / w->L > p->slip_strain) lost = p->slip;
        const double twist = fmax(0.0, taken_up(phi, p->toe) - lost);
        furthest = fmax(furthest, twist);
        st = vt_torsion_torque(w->n, w->zone, furthest / w->L, &at, NULL, err);
        const double T = at.T - elastic * (furthest - twist);
        noise = i ? p->correlation * noise + c * vt_stream_normal(s) : noise;
        const double seen = T + yield.T * (p->torque_zero + p->drift * (double)i / (double)n + p->torque_noise * noise);
        r->torque[i] = scale * seen;
        r->angle[i] = angle * (phi + p->machine_compliance * T) + p->angle_noise * vt_stream_normal(s);
    }
    return st;
}

vt_status vti_torsion_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_torsion_truth *p = job->params;
    const size_t n = (size_t)p->points;
    struct wire *w = malloc(sizeof *w);
    struct reading r = {.angle = malloc(2 * n * sizeof *r.angle)};
    char text[64];
    vt_stream s;
    vt_status st = VT_EMEMORY;
    if (!w || !r.angle) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n);
        goto done;
    }
    r.torque = r.angle + n;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("torsion/wire"), 0);
    make(p, &s, w);
    VT_TRY(st = readings(p, w, &s, &r, err));
    snprintf(text, sizeof text, "%.10g um", 1e6 * p->diameter);
    VT_TRY(st = vt_table_add_meta(record, "diameter", text, 0, err));
    snprintf(text, sizeof text, "%.10g mm", 1e3 * p->gauge_length);
    VT_TRY(st = vt_table_add_meta(record, "gauge_length", text, 0, err));
    if (p->machine_compliance > 0.0) {
        snprintf(text, sizeof text, "%.10g rad N-1 m-1", p->machine_compliance);
        VT_TRY(st = vt_table_add_meta(record, "machine_compliance", text, 0, err));
    }
    VT_TRY(st = vt_table_add_si(record, "angle", "rad", n, r.angle, err));
    st = vt_table_add_si(record, "torque", "N m", n, r.torque, err);
done:
    free(w);
    free(r.angle);
    return st;
}
