/* Segments: what lies between changes of force, power and temperature and between gaps of the record (1.6, 1.1). */
#include "base/grow_internal.h"
#include "creep_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { INTERVALS = 4001, GAP = 5 };

static vt_status append(vti_creep_run *run, const vti_creep_segment *s, vt_error *err)
{
    vti_creep_segment *more = vti_grow(run->segment, run->segments, &run->room, sizeof *more);
    if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu segments", run->segments + 1);
    run->segment = more;
    run->segment[run->segments++] = *s;
    return VT_OK;
}

/* Median sampling interval, of at most INTERVALS of them evenly spread. */
static double interval(const vti_creep_trace *r)
{
    double dt[INTERVALS];
    const size_t n = r->n - 1, m = n < INTERVALS ? n : INTERVALS;
    for (size_t k = 0; k < m; k++) {
        const size_t i = n / m * k + n % m * k / m;
        dt[k] = r->t[i + 1] - r->t[i];
    }
    return gsl_stats_median(dt, 1, m);
}

static vt_status gaps(const vti_creep_trace *r, vti_creep_edges *e, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 1; i < r->n && st == VT_OK; i++)
        if (r->t[i] - r->t[i - 1] > GAP * r->step) st = vti_creep_edge_add(e, i, err);
    return st;
}

static int ascending(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Number of the segment among those of its specimen, which may have several traces. */
static size_t number_of(const vti_creep_run *run, const vti_creep_trace *r)
{
    size_t n = 1;
    for (size_t i = 0; i < run->segments; i++)
        n += strcmp(run->trace[run->segment[i].trace].specimen, r->specimen) == 0;
    return n;
}

static vt_status segments_of(vti_creep_run *run, size_t i, vti_creep_edges *e, vt_error *err)
{
    vti_creep_trace *r = &run->trace[i];
    vt_status st;
    r->step = r->n > 1 ? interval(r) : 0.0;
    VT_TRY(st = gaps(r, e, err));
    VT_TRY(st = vti_creep_level_edges("force", r->n, r->F, (double[]){r->par.smallest_step, 0.0}, e, err));
    if (r->P)
        VT_TRY(st = vti_creep_level_edges("power", r->n, r->P, (double[]){r->par.smallest_power_step, 0.0}, e, err));
    if (r->T)
        VT_TRY(st = vti_creep_level_edges("temperature", r->n, r->T, (double[]){0.0, r->par.smallest_temperature_step},
                                          e, err));
    VT_TRY(st = vti_creep_edge_add(e, r->n, err));
    qsort(e->at, e->n, sizeof *e->at, ascending);
    const size_t pad = (size_t)ceil(3.0 * r->par.control_time / fmax(r->step, 1e-300)), cut = pad > 2 ? pad : 2;
    /* A change may take some samples, and two channels may change one after the other: slivers between segments. clear:
     * since when the set points hold. */
    size_t from = 0, clear = 0, number = number_of(run, r);
    for (size_t k = 0; k < e->n; k++) {
        const size_t to = e->at[k], last = to < r->n ? cut : 0, first = clear > 0 ? cut : 0;
        if (to <= clear + first + last) {
            clear = to;
            continue;
        }
        const vti_creep_segment s = {.trace = i,
                                     .number = number++,
                                     .edge = {from, to},
                                     .from = clear + first,
                                     .to = to - last,
                                     .P = NAN,
                                     .T = NAN,
                                     .m = {.m = NAN}};
        VT_TRY(st = append(run, &s, err));
        from = clear = to;
    }
done:
    return st;
}

vt_status vti_creep_setpoints(vti_creep_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->traces && st == VT_OK; i++) {
        vti_creep_edges e = {0};
        st = segments_of(run, i, &e, err);
        free(e.at);
    }
    return st;
}
