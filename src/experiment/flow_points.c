/* Points of the flow map from the experiments that measure viscosity against rate. */
#include "experiment/flow_points_internal.h"

#include "experiment/emit_internal.h"
#include <stdlib.h>

vt_status vti_emit_flow_points(vt_result *r, size_t n, const vti_flow_row *row, vt_error *err)
{
    if (n == 0) return VT_OK;
    double *x = malloc(3 * n * sizeof *x);
    const char **text = malloc(3 * n * sizeof *text);
    vt_status st = VT_EMEMORY;
    if (x && text) {
        for (size_t i = 0; i < n; i++) {
            x[i] = row[i].viscosity;
            x[n + i] = row[i].strain_rate;
            x[2 * n + i] = row[i].m;
            text[i] = row[i].group ? row[i].group : "";
            text[n + i] = row[i].specimen ? row[i].specimen : "";
            text[2 * n + i] = vt_flow_class_text(row[i].class_of);
        }
        const vti_column columns[] = {{"group", NULL, NULL, text},
                                      {"specimen", NULL, NULL, text + n},
                                      {"strain_rate", "s-1", x + n, NULL},
                                      {"viscosity", "Pa s", x, NULL},
                                      {"rate_sensitivity", "1", x + 2 * n, NULL},
                                      {"class", NULL, NULL, text + 2 * n},
                                      {0}};
        st = vti_emit_table(r, "flow_points", "", n, columns, err);
    } else
        vt_fail(err, VT_EMEMORY, "no memory for %zu points of the flow map", n);
    free(x);
    free(text);
    return st;
}
