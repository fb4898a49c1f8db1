/* Every wire with its rates and strain, and the rate against strain on the way. */
#include "experiment/emit_internal.h"
#include "pulling_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 8 };

static vt_status table(vti_pulling_run *run, vt_error *err)
{
    const size_t n = run->n;
    double *x = malloc(COLUMNS * n * sizeof *x);
    const char **array = malloc(n * sizeof *array);
    vt_status st = VT_EMEMORY;
    if (!x || !array) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu wires", n);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        const vti_wire *w = &run->wire[i];
        const double value[COLUMNS] = {w->L0,
                                       w->d0,
                                       w->d,
                                       w->pulled.rate_initial,
                                       w->pulled.strain,
                                       w->pulled.length,
                                       w->pulled.rate_final,
                                       w->pulled.time};
        for (size_t c = 0; c < COLUMNS; c++) x[c * n + i] = value[c];
        array[i] = w->array;
    }
    const bool named = array[n - 1][0] != '\0';
    const vti_column columns[] = {{"initial_length", "m", x, NULL},
                                  {"initial_diameter", "m", x + n, NULL},
                                  {"final_diameter", "m", x + 2 * n, NULL},
                                  {"initial_strain_rate", "s-1", x + 3 * n, NULL},
                                  {"true_strain", "1", x + 4 * n, NULL},
                                  {"final_length", "m", x + 5 * n, NULL},
                                  {"final_strain_rate", "s-1", x + 6 * n, NULL},
                                  {"pulling_time", "s", x + 7 * n, NULL},
                                  {named ? "array" : NULL, "", NULL, array},
                                  {0}};
    st = vti_emit_table(run->result, "wires", "", n, columns, err);
done:
    free(x);
    free(array);
    return st;
}

vt_status vti_pulling_curves(vti_pulling_run *run, vt_error *err)
{
    size_t measured = 0;
    for (size_t i = 0; i < run->n; i++) measured += isfinite(run->wire[i].d) ? 1 : 0;
    const vt_status st = table(run, err);
    if (st != VT_OK || measured < 3) return st; /* a figure of a distribution */
    vt_figure f = {.name = "strain_rate",
                   .title = "Strain rate at the beginning and at the end",
                   .x = {.label = "true strain", .unit = "1", .low = NAN, .high = NAN},
                   .y = {.label = "strain rate", .unit = "s-1", .log = 1, .low = NAN, .high = NAN},
                   .nseries = 2,
                   .series = {{.curve = "wires",
                               .x = "true_strain",
                               .y = "initial_strain_rate",
                               .style = VT_POINTS,
                               .label = "at the beginning"},
                              {.curve = "wires",
                               .x = "true_strain",
                               .y = "final_strain_rate",
                               .style = VT_POINTS,
                               .color = 1,
                               .label = "at the end"}}};
    snprintf(f.alt, sizeof f.alt,
             "Strain rate, logarithmic, against the true strain that each of %zu wires reached: at the beginning of "
             "pulling and at its end, lower by exp(-strain).",
             measured);
    return vt_result_add_figure(run->result, &f, err);
}
