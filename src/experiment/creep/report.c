/* Properties of one segment. */
#include "creep_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>

vt_status vti_creep_report_segment(vti_creep_run *run, vti_creep_segment *s, vt_error *err)
{
    const vti_creep_record *r = &run->record[s->record];
    const double slope = fabs(s->u_slope / s->slope), area = hypot(2.0 * r->par.diameter_u, r->u_spread);
    char number[32];
    snprintf(number, sizeof number, "%zu", s->number);
    const vti_value v = {.name = "viscosity",
                         .symbol = "eta",
                         .unit = "Pa s",
                         .reading = "physics",
                         .method = "slope of L0/L",
                         .value = s->state.eta,
                         .u = s->state.eta * hypot(slope, area),
                         .scope_key = "segment",
                         .scope_text = number,
                         .and_key = r->specimen[0] ? "specimen" : NULL,
                         .and_text = r->specimen};
    return vti_emit_value(run->result, &v, err);
}
