/* Test program of the virtual indenter: approach, loading, holds, unloading, drift hold (P18, P19). */
#include "virtual_internal.h"
#include <math.h>

/* Loading at constant rate over load starts at this part of the maximum load. */
static const double GROW_FROM = 1e-3;
/* Load of partial unloading and of the drift hold over the maximum load. */
static const double REST = 0.1;

static void add(vti_program *program, vti_part_kind kind, double P0, double P1, double readings)
{
    if (!(readings >= 0.5) || program->parts == VTI_PARTS_MAX) return;
    const size_t n = (size_t)llround(readings);
    program->part[program->parts++] = (vti_part){.kind = kind, .P0 = P0, .P1 = P1, .n = n};
    program->readings += n;
}

void vti_program_make(const vti_indent_truth *p, double P, vti_program *program)
{
    const double f = p->sampling;
    double now = 0.0;
    program->parts = program->readings = 0;
    add(program, VTI_AIR, 0.0, 0.0, f * p->approach / p->approach_speed);
    if (p->mode == VTI_MODE_CSM) {
        add(program, VTI_LOAD, 0.0, GROW_FROM * P, fmax(1.0, 0.5 * f));
        add(program, VTI_GROW, GROW_FROM * P, P, f * log(1.0 / GROW_FROM) / p->load_rate);
        add(program, VTI_HOLD, P, P, f * p->hold_time);
        now = P;
    }
    for (long k = p->mode == VTI_MODE_CSM ? 0 : p->cycles - 1; k >= 0; k--) {
        const double top = ldexp(P, -(int)k); /* loads double from cycle to cycle */
        if (p->mode != VTI_MODE_CSM) {
            add(program, VTI_LOAD, now, top, fmax(1.0, f * p->loading_time));
            add(program, VTI_HOLD, top, top, f * p->hold_time);
        }
        add(program, VTI_UNLOAD, top, REST * top, fmax(1.0, f * p->unloading_time));
        now = REST * top;
    }
    add(program, VTI_REST, now, now, f * p->drift_hold);
    add(program, VTI_UNLOAD, now, 0.0, fmax(1.0, 0.2 * f * p->unloading_time));
    add(program, VTI_LEAVE, 0.0, 0.0, p->approach > 0.0 ? f : 0.0);
}
