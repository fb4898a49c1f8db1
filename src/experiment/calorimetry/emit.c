/* Values of scans with their budgets. */
#include "calorimetry_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

void vti_scan_budget(vti_scan_value *v, const char *source, const char *group, char type, double u, double c)
{
    if (v->nbudget >= sizeof v->budget / sizeof *v->budget || !(u > 0.0) || c == 0.0) return;
    vt_budget_item *b = &v->budget[v->nbudget++];
    *b = (vt_budget_item){.type = type, .u = u, .c = c};
    snprintf(b->source, sizeof b->source, "%s", source);
    snprintf(b->group, sizeof b->group, "%s", group);
}

void vti_scan_shared(const vti_scan *s, vti_scan_value *v)
{
    char group[VT_NAME];
    const bool by_sapphire = s->blank && s->std->has_gain && isfinite(s->std->u_gain);
    vti_scan_budget(v, by_sapphire ? "gain of the calorimeter, by sapphire" : "gain of the calorimeter",
                    "calorimeter gain", 'B', by_sapphire ? s->std->u_gain : s->par.gain_u, v->value);
    if (!s->specific) return;
    snprintf(group, sizeof group, "mass of %.50s", s->specimen[0] ? s->specimen : "the piece");
    vti_scan_budget(v, "mass", group, 'B', s->par.mass_u, v->value);
}

vt_status vti_scan_emit(const vti_calorimetry_run *run, const vti_scan *s, const vti_scan_value *v, vt_error *err)
{
    char scan[VT_NAME];
    const bool paper = v->reading && strcmp(v->reading, "paper") == 0; /* one scan's */
    const char *of = !v->whole || paper ? s->label : v->detail ? "" : "first less second";
    snprintf(scan, sizeof scan, "%s%s%s", of, v->detail && of[0] ? ", " : "", v->detail ? v->detail : "");
    const char *what = of[0] ? "scan" : "peak";
    const bool piece_first = v->whole && s->specimen[0];
    const vti_value out = {.name = v->name,
                           .symbol = v->symbol,
                           .unit = v->unit,
                           .reading = v->reading,
                           .method = v->method,
                           .value = v->value,
                           .u = vti_budget_u(v->nbudget, v->budget),
                           .dof = v->dof,
                           .scope_key = piece_first ? "specimen" : what,
                           .scope_text = piece_first ? s->specimen : scan,
                           .and_key = piece_first      ? what
                                      : s->specimen[0] ? "specimen"
                                                       : NULL,
                           .and_text = piece_first ? scan : s->specimen,
                           .nbudget = v->nbudget,
                           .budget = v->budget};
    return vti_emit_covered(run->result, &out, run->job->common.level, err);
}
