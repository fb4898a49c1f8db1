/* Specimens of one diameter together, and the trend over diameters (P32, step 4). */
#include "experiment/emit_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/circular.h>

static bool has_angle(const vti_fracture_specimen *s)
{
    return s->basis != VTI_BASIS_NONE && s->basis != VTI_BASIS_BOUND;
}

static bool alike(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-3 * fmax(a, b);
}

static vt_status emit_mean(const vti_fracture_run *run, double diameter, const vt_axial_mean *m, vt_error *err)
{
    char text[VT_NAME];
    const double level = run->job->common.level;
    snprintf(text, sizeof text, "%.4g um", 1e6 * diameter);
    const bool known = isfinite(diameter);
    const vti_value value[3] = {{.name = "mean_fracture_angle",
                                 .symbol = "theta_T",
                                 .unit = "rad",
                                 .method = "mean of axes over specimens (doubled angles); interval from their scatter",
                                 .value = m->mean,
                                 .u = m->u,
                                 .low = fmax(0.0, m->low),
                                 .high = fmax(m->high, fmax(0.0, m->low)),
                                 .level = level,
                                 .dof = (double)m->n - 1.0},
                                {.name = "angle_scatter",
                                 .symbol = "s_theta",
                                 .unit = "rad",
                                 .method = "circular standard deviation between specimens, of axes",
                                 .value = m->scatter,
                                 .u = m->scatter / sqrt(2.0 * ((double)m->n - 1.0))},
                                {.name = "angle_resultant",
                                 .symbol = "R",
                                 .unit = "1",
                                 .method = "mean resultant length of the doubled angles; 1: all alike",
                                 .value = m->R}};
    vt_status st = VT_OK;
    for (int k = 0; k < 3 && st == VT_OK; k++) {
        vti_value v = value[k];
        v.reading = "physics";
        v.scope_key = known ? "diameter" : NULL;
        v.scope_text = text;
        st = vti_emit_value(run->result, &v, err);
    }
    return st;
}

static vt_status groups(vti_fracture_run *run, vt_error *err)
{
    double *angle = run->scratch; /* room for every point, and a specimen has one or a stated view */
    for (size_t i = 0; i < run->specimens; i++) {
        const double D = run->specimen[i].diameter;
        size_t n = 0;
        bool first = true;
        for (size_t k = 0; k < run->specimens; k++) {
            const vti_fracture_specimen *s = &run->specimen[k];
            if (!alike(s->diameter, D)) continue;
            if (k < i) first = false;
            if (has_angle(s)) angle[n++] = s->angle.theta;
        }
        if (!first || n < 2) continue;
        vt_axial_mean m;
        vt_status st = vt_axial_mean_of(n, angle, run->job->common.level, &m, err);
        if (st == VT_OK) st = emit_mean(run, D, &m, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status emit_trend(const vti_fracture_run *run, const char *reading, size_t n, const vt_kendall *k,
                            vt_error *err)
{
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "Kendall's tau of angle and diameter, %zu specimens; %s", n,
             k->exact ? "exact distribution with ties" : "normal approximation with ties");
    const vti_value value[3] = {
        {.name = "trend_tau", .symbol = "tau", .unit = "1", .method = method, .value = k->tau},
        {.name = "trend_p", .symbol = "p", .unit = "1", .method = "two-sided, against no trend", .value = k->p_value},
        {.name = "trend_p_least",
         .symbol = "p_min",
         .unit = "1",
         .method = "smallest p that these diameters could give in any order of the angles",
         .value = k->p_least}};
    vt_status st = VT_OK;
    for (int i = 0; i < 3 && st == VT_OK; i++) {
        vti_value v = value[i];
        v.reading = reading;
        st = vti_emit_value(run->result, &v, err);
    }
    if (st != VT_OK || !(k->p_least > 1.0 - run->job->common.level)) return st;
    return vt_result_warn(run->result, err, "W_TREND",
                          "%s angles: over %zu specimens no trend with diameter can reach p below %.3g, whatever the "
                          "angles: it cannot be shown at %.3g; more sizes, or specimens of each, are needed",
                          reading, n, k->p_least, 1.0 - run->job->common.level);
}

static vt_status trend(vti_fracture_run *run, bool paper, vt_error *err)
{
    double x[VT_KENDALL_MAX], y[VT_KENDALL_MAX];
    size_t n = 0, bounds = 0, sizes = 0;
    for (size_t i = 0; i < run->specimens; i++) {
        const vti_fracture_specimen *s = &run->specimen[i];
        if (!isfinite(s->diameter)) continue;
        bounds += s->basis == VTI_BASIS_BOUND;
        sizes++;
        if (!(paper ? isfinite(s->paper) : has_angle(s)) || n == VT_KENDALL_MAX) continue;
        x[n] = s->diameter;
        y[n++] = paper ? s->paper : s->angle.theta;
    }
    vt_kendall k;
    vt_error why = {0};
    if (sizes < 3) return VT_OK;
    if (vt_kendall_test(n, x, y, &k, &why) == VT_OK) return emit_trend(run, paper ? "paper" : "physics", n, &k, err);
    if (paper) return VT_OK;
    return vt_result_warn(run->result, err, "W_TREND",
                          "trend of the angle with diameter: not tested, since %s (%zu of %zu specimens have a lower "
                          "bound only)",
                          why.msg, bounds, sizes);
}

vt_status vti_fracture_pool(vti_fracture_run *run, vt_error *err)
{
    vt_status st = groups(run, err);
    if (st == VT_OK) st = trend(run, true, err);
    return st == VT_OK ? trend(run, false, err) : st;
}
