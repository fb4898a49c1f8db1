/* Temperature, viscosity and share in the flow along the wire. */
#include "experiment/emit_internal.h"
#include "process/joule/joule_internal.h"
#include <math.h>
#include <stdio.h>

static vt_status add_figure(vti_joule_run *run, bool flows, vt_error *err)
{
    vt_figure f = {.name = "temperature",
                   .title = "Temperature along the wire",
                   .x = {.label = "place along the wire", .unit = "mm", .low = NAN, .high = NAN},
                   .y = {.label = "temperature", .unit = "K", .low = NAN, .high = NAN},
                   .nseries = 1,
                   .series = {{.curve = "profile", .x = "place", .y = "temperature", .style = VT_LINE}}};
    if (run->set->length < 1e-4) snprintf(f.x.unit, sizeof f.x.unit, "um");
    int n = snprintf(f.alt, sizeof f.alt,
                     "Temperature against place along a wire of %.4g um length: highest %.5g K, mean %.5g K.",
                     1e6 * run->set->length, run->out[VTI_JOULE_T_MAX].value, run->out[VTI_JOULE_T_MEAN].value);
    if (flows && n > 0 && (size_t)n < sizeof f.alt)
        snprintf(f.alt + n, sizeof f.alt - (size_t)n, " %.3g of the length flows.", run->out[VTI_JOULE_ACTIVE].value);
    const vt_status st = vt_result_add_figure(run->result, &f, err);
    if (st != VT_OK || !flows) return st;
    snprintf(f.name, sizeof f.name, "flow");
    snprintf(f.title, sizeof f.title, "Where the wire flows");
    snprintf(f.alt, sizeof f.alt,
             "Local strain rate over that of the hottest place against place along the wire; its mean, the active "
             "fraction, is %.3g.",
             run->out[VTI_JOULE_ACTIVE].value);
    f.y = (vt_axis){.label = "local rate over the highest", .unit = "1", .low = 0.0, .high = 1.05};
    snprintf(f.series[0].y, sizeof f.series[0].y, "rate_ratio");
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_joule_curve(vti_joule_run *run, vt_error *err)
{
    double input[VTI_INPUTS], T[VTI_JOULE_NODES], x[VTI_JOULE_NODES], rate[VTI_JOULE_NODES];
    vt_joule_profile p;
    vti_law_best(&run->law, input);
    const vt_joule_wire w = vti_joule_wire_at(run, input);
    if (!vti_joule_solve(&w, T, &p)) return vt_fail(err, VT_EINTERNAL, "the profile that was found is lost");
    const bool flows = run->out[VTI_JOULE_ACTIVE].known;
    const double top = flows ? vti_joule_ln_eta(run, input, p.T_max) : 0.0;
    for (size_t i = 0; i < VTI_JOULE_NODES; i++) {
        x[i] = w.L * (double)i / (VTI_JOULE_NODES - 1);
        rate[i] = flows ? exp(top - vti_joule_ln_eta(run, input, T[i])) : 0.0;
    }
    const vti_column columns[] = {
        {"place", "m", x, NULL}, {"temperature", "K", T, NULL}, {flows ? "rate_ratio" : NULL, "1", rate, NULL}, {0}};
    const vt_status st = vti_emit_table(run->result, "profile", "", VTI_JOULE_NODES, columns, err);
    return st == VT_OK ? add_figure(run, flows, err) : st;
}
