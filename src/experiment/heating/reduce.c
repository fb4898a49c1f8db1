/* The reduction: readings, law, temperatures, specimens. */
#include "experiment/emit_internal.h"
#include "heating_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vt_status figure(const vti_heating_run *run, vt_error *err)
{
    const size_t n = run->n;
    double *x = run->scratch, *y[VTI_ROUTES] = {x + n, x + 2 * n, x + 3 * n};
    bool any[VTI_ROUTES] = {false};
    for (size_t i = 0; i < n; i++) {
        x[i] = run->row[i].P;
        for (int k = 0; k < VTI_ROUTES; k++) {
            y[k][i] = run->row[i].T[k];
            any[k] = any[k] || isfinite(y[k][i]);
        }
    }
    const vti_column columns[] = {{"power", "W", x, NULL},
                                  {"temperature_uniform", "K", y[0], NULL},
                                  {"temperature_profile", "K", y[1], NULL},
                                  {"temperature_marker", "K", y[2], NULL},
                                  {0}};
    vt_status st = vti_emit_table(run->result, "temperatures", "", n, columns, err);
    if (st != VT_OK) return st;
    vt_figure f = {.name = "temperature",
                   .title = "Temperature by power",
                   .x = {.label = "power", .unit = "mW", .low = NAN, .high = NAN},
                   .y = {.label = "temperature", .unit = "K", .low = NAN, .high = NAN}};
    static const char *const LABEL[VTI_ROUTES] = {"wire of one temperature", "hottest place", "events"};
    for (int k = 0; k < VTI_ROUTES; k++)
        if (any[k]) vti_emit_series(&f, "temperatures", "power", columns[k + 1].name, VT_POINTS, k, LABEL[k]);
    snprintf(f.alt, sizeof f.alt,
             "Temperature against power of %zu readings: of a wire of one temperature and of the hottest place, which "
             "lies higher as the cold ends do not flow.",
             n);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_heating_reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    if (!job || !result || !job->params || job->ntables == 0)
        return vt_fail(err, VT_EARG, "job, result, parameters or table is NULL");
    vti_heating_run run = {.job = job, .par = *(const vti_heating_params *)job->params, .result = result};
    vt_status st;
    VT_TRY(st = vti_heating_gather(&run, err));
    VT_TRY(st = vti_heating_law(&run, err));
    for (size_t i = 0; i < run.n; i++) VT_TRY(st = vti_heating_temperatures(&run, &run.row[i], err));
    for (size_t from = 0, to; from < run.n; from = to) {
        for (to = from; to < run.n && strcmp(run.row[to].specimen, run.row[from].specimen) == 0; to++) continue;
        VT_TRY(st = vti_heating_report(&run, from, to, err));
    }
    st = figure(&run, err);
done:
    free(run.row);
    free(run.scratch);
    return st;
}
