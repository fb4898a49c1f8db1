/* Cohen's kappa of the labels by class and by rate sensitivity. */
#include "experiment/emit_internal.h"
#include "flow_internal.h"
#include <math.h>

vt_status vti_flow_agreement(vti_flow_run *run, vt_error *err)
{
    double count[2][2] = {{0.0}}, n = 0.0;
    for (size_t i = 0; i < run->n; i++) {
        const vti_flow_class a = run->point[i].by[VTI_LABEL_CLASS], b = run->point[i].by[VTI_LABEL_SENSITIVITY];
        if (!a || !b) continue;
        count[a == VTI_FLOW_NOT][b == VTI_FLOW_NOT] += 1.0;
        n += 1.0;
    }
    if (!(n > 0.0)) return VT_OK;
    const double agree = (count[0][0] + count[1][1]) / n;
    const double row = (count[1][0] + count[1][1]) / n, column = (count[0][1] + count[1][1]) / n;
    const double chance = row * column + (1.0 - row) * (1.0 - column);
    if (!(chance < 1.0))
        return vt_result_warn(run->result, err, "W_LABELS",
                              "all %.0f readings that have both labels have the same ones", n);
    const double kappa = (agree - chance) / (1.0 - chance);
    const vti_value v = {.name = "label_agreement",
                         .symbol = "kappa",
                         .unit = "1",
                         .method = "Cohen's kappa of class and rate sensitivity",
                         .value = kappa,
                         .u = sqrt(agree * (1.0 - agree) / n) / (1.0 - chance)};
    const vt_status st = vti_emit_value(run->result, &v, err);
    if (st != VT_OK || kappa > 0.6) return st;
    return vt_result_warn(
        run->result, err, "W_LABELS",
        "class and rate sensitivity agree in %.0f of %.0f readings only (kappa %.2g): the boundaries by "
        "both are not the same thing",
        agree * n, n, kappa);
}
