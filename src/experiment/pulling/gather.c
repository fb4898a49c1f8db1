/* Wires from the tables, checked one by one. */
#include "experiment/experiment_internal.h"
#include "pulling_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static vt_status shape_of(const vt_table *t, size_t row, vti_shape *shape, vt_error *err)
{
    const char *s = vti_bound_text(t, "shape", row);
    *shape = VTI_SHAPE_UNKNOWN;
    if (!s[0]) return VT_OK;
    if (strcmp(s, "uniform") == 0)
        *shape = VTI_UNIFORM;
    else if (strcmp(s, "necked") == 0 || strcmp(s, "broken") == 0)
        *shape = VTI_NECKED;
    else
        return vt_fail_at(err, VT_EPARSE, vt_table_path(t), vt_table_line(t, row), 0,
                          "shape '%.40s' is none of uniform, necked, broken", s);
    return VT_OK;
}

/* P07: more than 1000 per second is a slip of a unit. */
static vt_status check_rate(const vt_table *t, size_t row, double v, double L0, vt_error *err)
{
    if (v / L0 <= 1e3) return VT_OK;
    return vt_fail_at(
        err, VT_EUNITS, vt_table_path(t), vt_table_line(t, row), 0,
        "pulling_speed %.4g um/s over initial_length %.4g um is %.3g per s, above 1000: look at the units of "
        "both",
        1e6 * v, 1e6 * L0, v / L0);
}

static vt_status take_row(void *of, const vt_table *t, size_t row, vt_error *err)
{
    vti_pulling_run *run = of;
    const double *d = vti_bound_numbers(t, "final_diameter");
    vti_wire w = {.array = vti_bound_text(t, "array", row),
                  .order = run->n,
                  .L0 = vti_bound_numbers(t, "initial_length")[row],
                  .d0 = vti_bound_numbers(t, "initial_diameter")[row],
                  .d = d ? d[row] : (double)NAN};
    vt_status st = check_rate(t, row, run->par->pulling_speed, w.L0, err);
    if (st == VT_OK) st = shape_of(t, row, &w.shape, err);
    if (st != VT_OK) return st;
    st = vt_pulling(run->par->pulling_speed, w.L0, w.d0, w.d, &w.pulled, err);
    if (st != VT_OK) return vt_error_place(err, vt_table_path(t), vt_table_line(t, row));
    run->wire[run->n++] = w;
    return VT_OK;
}

/* By array, within it in the order of the tables. */
static int by_array(const void *a, const void *b)
{
    const vti_wire *x = a, *y = b;
    const int order = strcmp(x->array, y->array);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

vt_status vti_pulling_gather(vti_pulling_run *run, vt_error *err)
{
    const size_t rows = vti_job_rows(run->job);
    run->wire = calloc(rows + 1, sizeof *run->wire);
    run->scratch = calloc(2 * rows + 2, sizeof *run->scratch);
    if (!run->wire || !run->scratch) return vt_fail(err, VT_EMEMORY, "no memory for %zu wires", rows);
    const vt_status st = vti_each_row(run->job, take_row, run, err);
    if (st != VT_OK) return st;
    qsort(run->wire, run->n, sizeof *run->wire, by_array);
    return VT_OK;
}
