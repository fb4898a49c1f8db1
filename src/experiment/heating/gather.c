/* Readings from the tables: what the source says of itself is checked before anything is made of it (P05). */
#include "experiment/experiment_internal.h"
#include "heating_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double at(const double *x, size_t i)
{
    return x ? x[i] : (double)NAN;
}

/* Current and voltage of a row against its power and the row before. */
static vt_status check_source(const double *I, const double *V, const double *P, size_t i, vt_error *err)
{
    if (!isfinite(at(I, i)) || !isfinite(at(V, i))) return VT_OK;
    if (I[i] * V[i] < 0.0)
        return vt_fail(err, VT_ERANGE, "current %.4g A and voltage %.4g V: negative resistance; look at the leads",
                       I[i], V[i]);
    if (V[i] != 0.0 && I[i] == 0.0) return vt_fail(err, VT_EOPEN, "voltage %.4g V without current: open circuit", V[i]);
    if (i > 0 && isfinite(I[i - 1]) && isfinite(V[i - 1])) {
        const double step = I[i] / I[i - 1] - 1.0, answer = V[i] / V[i - 1] - 1.0;
        /* Metallic glass: resistance changes by 1e-4 per K, so voltage follows current but for its noise. */
        if (fabs(step) > 0.02 && answer / step < 0.5)
            return vt_fail(err, VT_EOPEN,
                           "the current steps by %.3g %% and the voltage by %.2g %%: it does not flow through the wire "
                           "(open circuit, or a source at its limit)",
                           100.0 * step, 100.0 * answer);
    }
    if (isfinite(at(P, i)) && !(fabs(I[i] * V[i] / P[i] - 1.0) <= 0.02))
        return vt_fail(err, VT_EPOWER,
                       "power %.4g mW is not current times voltage, %.4g mW, within 2 %%; look at the units, or leave "
                       "one of them out",
                       1e3 * P[i], 1e3 * I[i] * V[i]);
    return VT_OK;
}

static vt_status take_row(void *of, const vt_table *t, size_t i, vt_error *err)
{
    vti_heating_run *run = of;
    const double *I = vti_bound_numbers(t, "current"), *V = vti_bound_numbers(t, "voltage");
    const double *P = vti_bound_numbers(t, "power");
    vti_heating_row r = {.specimen = vti_bound_text(t, "specimen", i),
                         .order = run->n,
                         .P = at(P, i),
                         .eta = at(vti_bound_numbers(t, "viscosity"), i),
                         .T_marker = at(vti_bound_numbers(t, "temperature"), i),
                         .f = NAN};
    const char *class = vti_bound_text(t, "class", i);
    vt_status st = check_source(I, V, P, i, err);
    if (st != VT_OK) return vt_error_place(err, vt_table_path(t), vt_table_line(t, i));
    if (!isfinite(r.P) && I && V) r.P = I[i] * V[i];
    if (!isfinite(r.P))
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), vt_table_line(t, i), 0,
                          "no power: give a column power, or current and voltage");
    if (!(r.P > 0.0))
        return vt_fail_at(err, VT_ERANGE, vt_table_path(t), vt_table_line(t, i), 0,
                          "power %g W must be above 0: leave rows without current out", r.P);
    /* Only Newtonian viscosity is a thermometer. */
    if (class[0] && strcmp(class, "newtonian") != 0) r.eta = NAN;
    if (!isfinite(r.eta) && !isfinite(r.T_marker)) return VT_OK;
    run->row[run->n++] = r;
    return VT_OK;
}

static int by_specimen(const void *a, const void *b)
{
    const vti_heating_row *x = a, *y = b;
    const int order = strcmp(x->specimen, y->specimen);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

vt_status vti_heating_gather(vti_heating_run *run, vt_error *err)
{
    const size_t rows = vti_job_rows(run->job);
    run->row = calloc(rows + 1, sizeof *run->row);
    run->scratch = calloc(4 * rows + 4, sizeof *run->scratch);
    if (!run->row || !run->scratch) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", rows);
    const vt_status st = vti_each_row(run->job, take_row, run, err);
    if (st != VT_OK) return st;
    if (run->n == 0)
        return vt_fail(err, VT_EKEY,
                       "no reading has a Newtonian viscosity or a known temperature: power alone tells no temperature");
    qsort(run->row, run->n, sizeof *run->row, by_specimen);
    return VT_OK;
}
