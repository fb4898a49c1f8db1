/* Fit of one segment. */
#include "creep_internal.h"
#include <math.h>
#include <vitrum/serial.h>

vt_status vti_creep_fit(vti_creep_run *run, vti_creep_segment *s, vt_error *err)
{
    const vti_creep_record *r = &run->record[s->record];
    vt_serial_slope line;
    double F = 0.0, t = 0.0;
    s->from = s->edge[0];
    s->to = s->edge[1];
    const size_t n = s->to - s->from;
    for (size_t i = s->from; i < s->to; i++) {
        F += r->F[i] / (double)n;
        t += r->t[i] / (double)n;
    }
    vt_status st = vt_serial_slope_fit(n, r->t + s->from, r->y + s->from, 0.95, &line, err);
    if (st != VT_OK) return st;
    s->F = F;
    s->t = t;
    s->slope = line.slope;
    s->u_slope = line.u_slope;
    s->dof = line.dof;
    s->y = line.ordinary.intercept + line.ordinary.slope * t;
    const vt_creep_point p = {.F = F,
                              .A0 = r->A0,
                              .y = s->y,
                              .y_t = s->slope,
                              .gamma = r->par.surface_tension,
                              .E = r->par.elastic_modulus > 0.0 ? r->par.elastic_modulus : INFINITY};
    return vt_creep_state_at(&p, &s->state, err);
}
