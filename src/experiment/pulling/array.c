/* One array: medians over its wires, with what all wires share; share of uniform wires (P07, 1.7). */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "pulling_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/median.h>
#include <vitrum/proportion.h>

/* What is reported of the wires. speed, scale: powers with which the pulling speed and the scale of the microscope,
 * which all wires share, enter; length, ratio: powers of L0 and of d0/d, whose errors the wires do not share. */
struct what {
    const char *name, *symbol, *unit, *method;
    double (*of)(const vti_wire *w);
    bool logarithmic; /* errors are relative */
    double speed, scale, length, ratio;
};

static double rate_initial(const vti_wire *w)
{
    return w->pulled.rate_initial;
}

static double rate_final(const vti_wire *w)
{
    return w->pulled.rate_final;
}

static double strain(const vti_wire *w)
{
    return w->pulled.strain;
}

static double final_length(const vti_wire *w)
{
    return w->pulled.length;
}

static double pulling_time(const vti_wire *w)
{
    return w->pulled.time;
}

static double initial_diameter(const vti_wire *w)
{
    return w->d0;
}

static double final_diameter(const vti_wire *w)
{
    return w->d;
}

static const struct what WHAT[] = {
    {"initial_strain_rate", "rate_0", "s-1", "v/L0, median of the wires", rate_initial, true, 1, -1, -1, 0},
    {"true_strain", "eps", "1", "2 ln(d0/d), median of the wires", strain, false, 0, 0, 0, 2},
    {"final_strain_rate", "rate_f", "s-1", "v/L with L = L0 (d0/d)^2, median of the wires", rate_final, true, 1, -1, -1,
     -2},
    {"final_length", "L", "m", "L0 (d0/d)^2, median of the wires", final_length, true, 0, 1, 1, 2},
    {"pulling_time", "t", "s", "(L - L0)/v, median of the wires", pulling_time, true, -1, 1, 1, 2},
    {"initial_diameter", "d0", "m", "median of the wires", initial_diameter, true, 0, 1, 0, 1},
    {"final_diameter", "d", "m", "median of the wires", final_diameter, true, 0, 1, 0, -1},
};

/* Of one wire, relative (or absolute for the strain): errors of L0 and of both diameters. */
static double u_single(const struct what *k, const vti_pulling_params *p)
{
    const double d = k->of == initial_diameter || k->of == final_diameter ? 1.0 : 2.0; /* one diameter, or two */
    return p->measurement_u * sqrt(k->length * k->length + d * k->ratio * k->ratio);
}

/* Half-widths of the interval of the median through the wires alone: logarithmic ones if so. */
static void wires_interval(const struct what *k, const vti_pulling_params *p, const vt_median *m, double level,
                           double half[2])
{
    const double z = vti_coverage_factor(level, INFINITY);
    if (isfinite(m->low)) {
        half[0] = k->logarithmic ? log(m->median / m->low) : m->median - m->low;
        half[1] = k->logarithmic ? log(m->high / m->median) : m->high - m->median;
        return;
    }
    /* Few wires: spread and measurement by Student's t. The median of a normal sample has 1.57 times the variance of
     * the mean. */
    const double n = (double)m->n, spread = k->logarithmic ? m->mad / m->median : m->mad;
    const double t = m->n > 1 ? vti_coverage_factor(level, n - 1.0) : z;
    half[0] = half[1] = t * sqrt((m->n > 1 ? 1.57 : 1.0) * (spread * spread + pow(u_single(k, p), 2.0)) / n);
}

static vt_status emit(vti_pulling_run *run, const struct what *k, const vt_median *m, const char *array, vt_error *err)
{
    const vti_pulling_params *p = run->par;
    const double level = run->job->common.level, z = vti_coverage_factor(level, INFINITY);
    const double shared[2] = {fabs(k->speed) * p->pulling_speed_u, fabs(k->scale) * p->scale_u};
    const double both = z * hypot(shared[0], shared[1]);
    double half[2];
    wires_interval(k, p, m, level, half);
    const double u_wires = 0.5 * (half[0] + half[1]) / z, unit = k->logarithmic ? m->median : 1.0;
    const double low = hypot(half[0], both), high = hypot(half[1], both);
    vt_budget_item budget[3] = {{.source = "wires", .type = 'A', .u = u_wires, .c = unit},
                                {.source = "pulling speed",
                                 .group = "pulling speed",
                                 .type = 'B',
                                 .u = p->pulling_speed_u,
                                 .c = unit * k->speed},
                                {.source = "scale of the microscope",
                                 .group = "scale of the microscope",
                                 .type = 'B',
                                 .u = p->scale_u,
                                 .c = unit * k->scale}};
    const vti_value v = {.name = k->name,
                         .symbol = k->symbol,
                         .unit = k->unit,
                         .method = k->method,
                         .value = m->median,
                         .u = unit * sqrt(u_wires * u_wires + shared[0] * shared[0] + shared[1] * shared[1]),
                         .low = k->logarithmic ? m->median * exp(-low) : m->median - low,
                         .high = k->logarithmic ? m->median * exp(high) : m->median + high,
                         .level = level,
                         .scope_key = array[0] ? "array" : NULL,
                         .scope_text = array,
                         .nbudget = 3,
                         .budget = budget};
    return vti_emit_value(run->result, &v, err);
}

static vt_status emit_uniform(vti_pulling_run *run, size_t from, size_t to, vt_error *err)
{
    size_t known = 0, uniform = 0;
    vt_proportion share;
    for (size_t i = from; i < to; i++) {
        known += run->wire[i].shape != VTI_SHAPE_UNKNOWN;
        uniform += run->wire[i].shape == VTI_UNIFORM;
    }
    if (known == 0) return VT_OK;
    const vt_status st = vt_proportion_wilson(uniform, known, run->job->common.level, &share, err);
    if (st != VT_OK) return st;
    const double f = share.estimate, z = vti_coverage_factor(run->job->common.level, INFINITY);
    const char *array = run->wire[from].array;
    const vti_value v = {.name = "uniform_fraction",
                         .symbol = "f_u",
                         .unit = "1",
                         .method = "uniform wires of those whose shape is told; Wilson interval",
                         .value = f,
                         .u = 0.5 * (share.high - share.low) / z,
                         .low = share.low,
                         .high = share.high,
                         .level = run->job->common.level,
                         .scope_key = array[0] ? "array" : NULL,
                         .scope_text = array};
    return vti_emit_value(run->result, &v, err);
}

static vt_status warn_rounding(vti_pulling_run *run, double d, double time, const char *array, vt_error *err)
{
    const double t = vt_capillary_time(run->par->viscosity, d, run->par->surface_tension);
    if (!(t < 10.0 * time)) return VT_OK;
    return vt_result_warn(run->result, err, "W_CAPILLARY",
                          "%s%scapillarity rounds a wire of %.3g nm in %.3g s, and pulling takes %.3g s: thin places "
                          "may come from surface tension",
                          array, array[0] ? ": " : "", 1e9 * d, t, time);
}

vt_status vti_pulling_array(vti_pulling_run *run, size_t from, size_t to, vt_error *err)
{
    const char *array = run->wire[from].array;
    double d = NAN, time = NAN;
    size_t least = to - from;
    vt_status st = VT_OK;
    for (size_t k = 0; k < sizeof WHAT / sizeof *WHAT; k++) {
        vt_median m;
        size_t n = 0;
        for (size_t i = from; i < to; i++)
            if (isfinite(WHAT[k].of(&run->wire[i]))) run->scratch[n++] = WHAT[k].of(&run->wire[i]);
        if (n == 0) continue;
        least = n < least ? n : least;
        VT_TRY(st = vt_median_interval(n, run->scratch, run->job->common.level, run->scratch + run->n, &m, err));
        VT_TRY(st = emit(run, &WHAT[k], &m, array, err));
        if (WHAT[k].of == final_diameter) d = m.median;
        if (WHAT[k].of == pulling_time) time = m.median;
    }
    VT_TRY(st = emit_uniform(run, from, to, err));
    VT_TRY(st = warn_rounding(run, d, time, array, err));
    if (least < VT_MEDIAN_LEAST)
        st =
            vt_result_warn(run->result, err, "W_DOF",
                           "%s%s%zu wire%s: intervals rest on measurement_u and a normal spread, not on the wires' own "
                           "order; %d wires or more would do",
                           array, array[0] ? ": " : "", least, least == 1 ? "" : "s", VT_MEDIAN_LEAST);
done:
    return st;
}
