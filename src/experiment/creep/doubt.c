/* Surface tension that is not given and heating as the wire stretches: no common factor of the loads of one wire, so
 * that the slope of stress in rate changes. What hangs on the slope is solved again with the other end of each doubt.
 *
 * Each is taken as anywhere between none (what is reported) and its full size (the other end), all alike: the result
 * lies uniformly between 0 and D away from the one reported, whose standard uncertainty is the root mean square of
 * that, D/sqrt(3), and not D/sqrt(12), which holds for the middle. */
#include "creep_internal.h"
#include <math.h>
#include <vitrum/constants.h>

/* Pa, N/m: below the former, surface tension counts (P02). */
static const double LOW_STRESS = 200e6, TENSION = 1.0;
/* Of ln rate: records hold no more digits, and a fit needs weights where there is no noise. */
static const double LEAST = 1e-6;

static const struct {
    const char *source, *group;
} TEXT[VTI_CREEP_DOUBTS] = {[VTI_CREEP_TENSION] = {"surface tension, 0 to 1 N/m", "surface tension"},
                            [VTI_CREEP_HEATING] = {"heating as the square of length, none to all", "heating"}};

static double lost(const vti_creep_trace *r, const vti_creep_segment *s)
{
    return TENSION / sqrt(r->A0 * s->y / VT_PI);
}

bool vti_creep_heating_known(const vti_creep_run *run, const vti_creep_trace *r)
{
    return r->P && !r->T && r->par.temperature > run->vft_T0 && run->vft_T0 > 0.0 && run->vft_strength > 0.0 &&
           r->par.temperature > r->par.grip_temperature;
}

bool vti_creep_doubtful(const vti_creep_run *run, size_t condition, vti_creep_doubt kind)
{
    const vti_creep_trace *r = &run->trace[run->condition[condition].trace];
    if (kind == VTI_CREEP_NO_DOUBT) return true;
    if (kind == VTI_CREEP_HEATING) return vti_creep_heating_known(run, r);
    if (r->par.surface_tension > 0.0) return false;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict == VT_OK && s->condition == condition && s->state.stress < LOW_STRESS) return true;
    }
    return false;
}

/* ln of viscosity where the wire is as long as at s over that at the mean of the squared lengths of its power: the rise
 * over the grips goes as the square of the length. */
static double heated(const vti_creep_run *run, const vti_creep_segment *s)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    const double T = r->par.temperature, T0 = run->vft_T0, B = run->vft_strength * T0;
    double mean = 0.0, n = 0.0;
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *o = &run->segment[i];
        if (o->verdict != VT_OK || o->condition != s->condition) continue;
        mean += 1.0 / (o->y * o->y);
        n += 1.0;
    }
    const double grip = r->par.grip_temperature, there = grip + (T - grip) / (s->y * s->y * mean / n);
    return there > T0 ? B / (there - T0) - B / (T - T0) : (double)INFINITY;
}

void vti_creep_point(const vti_creep_run *run, const vti_creep_segment *s, vti_creep_doubt kind, double *x)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    const size_t N = run->segments;
    double flow = s->state.flow;
    if (kind == VTI_CREEP_TENSION) flow -= lost(r, s); /* > 0: what is not has been refused */
    x[0] = log(s->state.rate) + (kind == VTI_CREEP_HEATING ? heated(run, s) : 0.0);
    x[N] = log(flow);
    x[2 * N] = fmax(fabs(s->u_slope / s->slope), LEAST);
    x[3 * N] = hypot(s->u_F / s->F, s->u_y / s->y);
}

double vti_creep_widened(double half, double D, double z)
{
    return hypot(half, z * D / sqrt(3.0));
}

void vti_creep_widen(vt_rate_sensitivity *m, double D, double z, double threshold)
{
    m->u = vti_creep_widened(m->u, D, 1.0);
    m->low = m->m - vti_creep_widened(m->m - m->low, D, z);
    m->high = m->m + vti_creep_widened(m->high - m->m, D, z);
    m->class_of = vt_flow_class_of(m->low, m->high, threshold);
    m->above_1 = m->m - 2.0 * m->u > 1.0;
}

vt_status vti_creep_doubt_lines(vt_quantity *q, const double *D, vt_error *err)
{
    vt_status st = VT_OK;
    for (int k = 0; k < VTI_CREEP_DOUBTS && st == VT_OK; k++)
        if (D[k] != 0.0) st = vt_quantity_add(q, TEXT[k].source, TEXT[k].group, 'B', 1.0 / sqrt(3.0), D[k], err);
    return st;
}

const char *vti_creep_axis(const vti_creep_run *run)
{
    bool T = false;
    for (size_t k = 0; k < run->conditions; k++) {
        if (isfinite(run->condition[k].P)) return "power";
        T = T || isfinite(run->condition[k].T);
    }
    return T ? "temperature" : "wire";
}
