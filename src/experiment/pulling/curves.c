/* Every wire with its rates and strain, and the rate against strain on the way. */
#include "experiment/emit_internal.h"
#include "pulling_internal.h"
#include <math.h>
#include <stdio.h>

static void wire(const void *of, size_t i, double *number, const char **text)
{
    const vti_wire *w = &((const vti_pulling_run *)of)->wire[i];
    *number++ = w->L0;
    *number++ = w->d0;
    *number++ = w->d;
    *number++ = w->pulled.rate_initial;
    *number++ = w->pulled.strain;
    *number++ = w->pulled.length;
    *number++ = w->pulled.rate_final;
    *number = w->pulled.time;
    text[0] = w->array;
}

static vt_status table(vti_pulling_run *run, vt_error *err)
{
    const bool named = run->wire[run->n - 1].array[0] != '\0';
    const vti_column columns[] = {{.name = "initial_length", .unit = "m"},
                                  {.name = "initial_diameter", .unit = "m"},
                                  {.name = "final_diameter", .unit = "m"},
                                  {.name = "initial_strain_rate", .unit = "s-1"},
                                  {.name = "true_strain", .unit = "1"},
                                  {.name = "final_length", .unit = "m"},
                                  {.name = "final_strain_rate", .unit = "s-1"},
                                  {.name = "pulling_time", .unit = "s"},
                                  {.name = named ? "array" : NULL},
                                  {0}};
    const vti_rows rows = {"wires", "", run->n, columns, wire, run};
    return vti_emit_rows(run->result, &rows, err);
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
