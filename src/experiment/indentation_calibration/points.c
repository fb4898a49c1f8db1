/* Tables to points: every unloading of every test, from the zero point found in its own record. */
#include "calibration_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/indent_curve.h>
#include <vitrum/parallel.h>

enum { CYCLES = 32, SEGMENTS = VT_INDENT_SEGMENTS_EXTRA + VT_INDENT_SEGMENTS_PER_CYCLE * CYCLES };

static const double SHORTEST_HOLD = 30.0; /* s: procedure P18 asks for 60 */

/* One test with its unloadings as the fit sees them. */
typedef struct unloads {
    const vti_indent *from;
    size_t ncycles;
    vti_cal_window window[CYCLES];
    double *p, *h;                     /* own: n readings */
    double P[CYCLES], drift, rate, h0; /* drift: of the unloadings; rate: from the hold */
    double *load_h, *load_P, u_h, u_P; /* start of the first loading; noise */
    size_t nload;
    vt_status status;
    char why[VTI_CAL_WHY];
} unloads;

typedef struct gathered {
    vti_indents set;
    unloads *test;
    const vti_cal_params *par;
    size_t longest;
} gathered;

/* ---- drift from the way back ---- */
/* Depth at load P on the unloading (readings from ... to - 1, load falling) and when; false: not covered. */
static bool at_load(const vt_indent_curve *c, size_t from, size_t to, double P, double *h, double *t)
{
    for (size_t i = to - 1; i > from; i--) {
        const double P1 = c->P[i], P2 = c->P[i - 1];
        if (!(P1 <= P && P <= P2) || !(P2 > P1)) continue;
        const double s = (P - P1) / (P2 - P1);
        *h = c->h[i] + s * (c->h[i - 1] - c->h[i]);
        *t = c->t[i] + s * (c->t[i - 1] - c->t[i]);
        return true;
    }
    return false;
}

/* Unloading and reloading of an elastic contact are one curve; what lies between them grows with the time between equal
 * loads: drift, and what the contact itself recovers. Slope through the origin; NaN: no reloading. */
static double closure(const vt_indent_curve *c, const vt_indent_cycle *cycle)
{
    double tt = 0.0, ht = 0.0;
    size_t n = 0;
    const double top = cycle->P_max, bottom = c->P[cycle->unload_to - 1];
    for (size_t i = cycle->unload_to; i < c->n; i++) {
        double h, t;
        if (c->P[i] > bottom + 0.9 * (top - bottom)) break;
        if (c->P[i] < bottom + 0.05 * (top - bottom)) continue;
        if (!at_load(c, cycle->unload_from, cycle->unload_to, c->P[i], &h, &t)) continue;
        tt += (c->t[i] - t) * (c->t[i] - t);
        ht += (c->t[i] - t) * (c->h[i] - h);
        n++;
    }
    return n >= 8 && tt > 0.0 ? ht / tt : (double)NAN;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(double *x, size_t n)
{
    if (n == 0) return (double)NAN;
    qsort(x, n, sizeof *x, by_size);
    return 0.5 * (x[(n - 1) / 2] + x[n / 2]);
}

static double drift(const vt_indent_curve *c, const vt_indent_segments *seg)
{
    double rate[CYCLES];
    size_t n = 0;
    for (size_t i = 0; c->t && i < seg->cycles; i++) {
        const double d = closure(c, &seg->cycle[i]);
        if (isfinite(d)) rate[n++] = d;
    }
    return middle(rate, n);
}

/* ---- one test ---- */
static void take_window(const gathered *g, const vt_indent_curve *c, const vt_indent_cycle *cycle, double P_air,
                        unloads *u, size_t *used)
{
    const double top = cycle->P_max - P_air, d = isfinite(u->drift) ? u->drift : 0.0;
    vti_cal_window *w = &u->window[u->ncycles];
    *w = (vti_cal_window){.P = top, .p = u->p + *used, .h = u->h + *used};
    for (size_t i = cycle->unload_from; i < cycle->unload_to; i++) {
        const double p = (c->P[i] - P_air) / top;
        if (!(p <= g->par->unload_high && p >= g->par->unload_low)) continue;
        u->p[*used] = p;
        u->h[(*used)++] = c->h[i] - (c->t ? d * (c->t[i] - c->t[cycle->unload_from]) : 0.0);
        w->n++;
    }
    u->P[u->ncycles++] = top;
}

/* Near the first contact every tip is round. A record with few readings there may need twice the window, or four times;
 * the first refusal is what is told. */
static vt_status find_zero(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_segments *seg, double window,
                           vt_indent_zero *zero, vt_error *err)
{
    vt_indent_zero_options round = {.law = VT_INDENT_ZERO_SPHERE, .high = window};
    const vt_status st = vt_indent_zero_fit(ws, c, seg, &round, zero, err);
    for (int i = 0; i < 2 && st != VT_OK; i++) {
        round.high = fmin(2.0 * round.high, 1.0);
        if (vt_indent_zero_fit(ws, c, seg, &round, zero, NULL) == VT_OK) return VT_OK;
    }
    return st;
}

/* Drift from the hold at low load (the longest there is), taken off all depths since contact. Without time or hold the
 * record stays as it is. */
static vt_status take_off_drift(const gathered *g, vt_indent_work *ws, const vt_indent_segments *seg, size_t contact,
                                vt_indent_curve *c, unloads *u, vt_error *err)
{
    const vt_indent_cycle *longest = &seg->cycle[0];
    vt_indent_drift found;
    for (size_t i = 1; i < seg->cycles; i++)
        if (seg->cycle[i].drift_to - seg->cycle[i].drift_from >= longest->drift_to - longest->drift_from)
            longest = &seg->cycle[i];
    if (!c->t || !(g->par->drift & VTI_CAL_DRIFT_HOLD) || longest->drift_to == longest->drift_from) return VT_OK;
    if (c->t[longest->drift_to - 1] - c->t[longest->drift_from] < SHORTEST_HOLD ||
        vt_indent_drift_fit(ws, c, longest->drift_from, longest->drift_to, NULL, &found, NULL) != VT_OK)
        return VT_OK;
    double *corrected = u->h + u->from->n + 1;
    const vt_status st = vt_indent_drift_correct(c, found.rate, c->t[contact], corrected, err);
    if (st == VT_OK) c->h = corrected, u->rate = found.rate;
    return st;
}

/* Start of the first loading, for a second look at the zero point. */
static void take_loading(const gathered *g, const vt_indent_curve *c, const vt_indent_segments *seg, unloads *u)
{
    const vt_indent_cycle *first = &seg->cycle[0];
    const double top = first->P_max - seg->P_air;
    u->load_h = u->h + 2 * (u->from->n + 1);
    u->load_P = u->h + 3 * (u->from->n + 1);
    for (size_t i = first->load_from; i < first->hold_from; i++) {
        const double P = c->P[i] - seg->P_air;
        if (P > g->par->zero_window * top) break;
        if (!(P > 0.01 * top)) continue;
        u->load_h[u->nload] = c->h[i];
        u->load_P[u->nload++] = P;
    }
    u->u_h = seg->noise.h;
    u->u_P = seg->noise.P;
}

static vt_status measure(const gathered *g, vt_indent_work *ws, unloads *u, vt_error *err)
{
    vt_indent_segment segment[SEGMENTS];
    vt_indent_cycle cycle[CYCLES];
    vt_indent_curve c = {.n = u->from->n, .t = u->from->t, .h = u->from->h, .P = u->from->P};
    vt_indent_segments seg = {.segment = segment, .capacity = SEGMENTS, .cycle = cycle, .cycle_capacity = CYCLES};
    vt_indent_zero zero;
    vt_status st;
    VT_TRY(st = vt_indent_segment_find(ws, &c, NULL, &seg, err));
    VT_TRY(st = find_zero(ws, &c, &seg, g->par->zero_window, &zero, err));
    u->h0 = zero.h0;
    VT_TRY(st = take_off_drift(g, ws, &seg, zero.contact, &c, u, err));
    u->drift = g->par->drift & VTI_CAL_DRIFT_CLOSURE ? drift(&c, &seg) : (double)NAN;
    take_loading(g, &c, &seg, u);
    size_t used = 0;
    for (size_t i = 0; i < seg.cycles; i++) take_window(g, &c, &cycle[i], seg.P_air, u, &used);
done:
    return st;
}

static vt_status scratch_create(void **scratch, void *shared, vt_error *err)
{
    vt_indent_work *ws = NULL;
    const vt_status st = vt_indent_create(&ws, ((const gathered *)shared)->longest, err);
    if (st == VT_OK) *scratch = ws;
    return st;
}

static void scratch_free(void *scratch)
{
    vt_indent_free(scratch);
}

static vt_status task(size_t i, void *shared, void *scratch, vt_error *err)
{
    const gathered *g = shared;
    unloads *u = &g->test[i];
    vt_error why = {0};
    u->from = &g->set.indent[i];
    u->p = malloc(5 * (u->from->n + 1) * sizeof *u->p); /* windows, depths without drift, start of the loading */
    if (!u->p) return vt_fail(err, VT_EMEMORY, "%zu readings", u->from->n);
    u->h = u->p + u->from->n + 1;
    u->status = measure(g, scratch, u, &why);
    if (u->status != VT_OK) snprintf(u->why, sizeof u->why, "%s: %.170s", vt_status_name(u->status), why.msg);
    return VT_OK; /* a test that cannot be measured does not stop the others */
}

/* ---- points ---- */
static double vendor_modulus(const gathered *g, const vti_indent *s, long cycle)
{
    const char *path = vt_table_path(s->table);
    for (size_t i = 0; i < g->set.nrows; i++) {
        const vti_indent_row *row = &g->set.row[i];
        if ((row->cycle == cycle || row->cycle == 0) && strcmp(row->test, s->test) == 0 &&
            strcmp(vt_table_path(row->table), path) == 0)
            return row->E;
    }
    return (double)NAN;
}

static void add_test(const gathered *g, vti_cal_run *run, const unloads *u, size_t reference)
{
    vti_cal_indent *in = &run->indent[run->nindents];
    *in = (vti_cal_indent){.reference = reference,
                           .h0 = u->h0,
                           .rate = u->rate,
                           .drift = u->drift,
                           .nload = u->nload,
                           .load_h = u->load_h,
                           .load_P = u->load_P,
                           .u_h = u->u_h,
                           .u_P = u->u_P,
                           .out = u->status != VT_OK};
    snprintf(in->name, sizeof in->name, "%s", u->from->test);
    if (in->out) snprintf(in->why, sizeof in->why, "%s", u->why);
    for (size_t j = 0; j < u->ncycles && !in->out; j++) {
        vti_cal_point *p = &run->point[run->npoints];
        if (u->window[j].n < 4 || !(u->P[j] > 0.0)) continue;
        *p = (vti_cal_point){.reference = reference,
                             .indent = run->nindents,
                             .cycle = (long)j + 1,
                             .P = u->P[j],
                             .window = u->window[j],
                             .vendor_E = vendor_modulus(g, u->from, (long)j + 1)};
        run->npoints++;
    }
    run->nindents++;
}

/* A file of rows only: each is a point. */
static void add_row(vti_cal_run *run, const vti_indent_row *row, size_t reference)
{
    vti_cal_point *p = &run->point[run->npoints];
    if (!(row->P > 0.0) || !(row->S > 0.0) || !isfinite(row->h)) return;
    vti_cal_indent *in = &run->indent[run->nindents];
    const bool same = run->nindents > 0 && row->test[0] && in[-1].reference == reference &&
                      strncmp(in[-1].name, row->test, VT_NAME - 1) == 0;
    if (!same) {
        *in = (vti_cal_indent){.reference = reference, .drift = (double)NAN};
        if (row->test[0])
            snprintf(in->name, sizeof in->name, "%s", row->test);
        else
            snprintf(in->name, sizeof in->name, "row %zu", row->row + 1);
        run->nindents++;
    }
    *p = (vti_cal_point){.reference = reference,
                         .indent = run->nindents - 1,
                         .cycle = row->cycle > 0 ? row->cycle : 1,
                         .P = row->P,
                         .h = row->h,
                         .K = 1.0 / row->S,
                         .m = row->m > 1.0 && row->m <= 10.0 ? row->m : 1.25,
                         .vendor_E = row->E};
    run->npoints++;
}

static int reference_of(const vt_job *job, const int *file, const vt_table *t)
{
    for (size_t i = 0; i < job->ntables; i++)
        if (job->tables[i] == t) return file[i];
    return -1;
}

static vt_status fill(const vt_job *job, const gathered *g, vti_cal_run *run, const int *file, vt_error *err)
{
    const size_t most = g->set.n * CYCLES + g->set.nrows + 1;
    bool curves[VTI_CAL_REFERENCES] = {false};
    int *reference = malloc((g->set.n + 1) * sizeof *reference);
    run->indent = calloc(g->set.n + g->set.nrows + 1, sizeof *run->indent);
    run->point = calloc(most, sizeof *run->point);
    run->reading = calloc(g->set.n + 1, sizeof *run->reading);
    vt_status st = reference && run->indent && run->point && run->reading
                       ? VT_OK
                       : vt_fail(err, VT_EMEMORY, "%zu unloadings", most);
    for (size_t i = 0; i < g->set.n && st == VT_OK; i++) {
        reference[i] = reference_of(job, file, g->set.indent[i].table);
        if (reference[i] >= 0) curves[reference[i]] = true;
    }
    for (size_t i = 0; i < g->set.n && st == VT_OK; i++)
        if (reference[i] >= 0) add_test(g, run, &g->test[i], (size_t)reference[i]);
    for (size_t i = 0; i < g->set.nrows && st == VT_OK; i++) {
        const int k = reference_of(job, file, g->set.row[i].table);
        if (k >= 0 && !curves[k]) add_row(run, &g->set.row[i], (size_t)k);
    }
    for (size_t i = 0; i < g->set.n && run->reading; i++) { /* the windows point into them */
        run->reading[run->nreadings++] = g->test[i].p;
        g->test[i].p = NULL;
    }
    free(reference);
    return st == VT_OK ? vti_cal_unload_all(run, err) : st;
}

vt_status vti_cal_points(const vt_job *job, vti_cal_run *run, const int *file, vt_error *err)
{
    gathered g = {.par = run->par, .longest = 1};
    vt_status st;
    VT_TRY(st = vti_indents_gather(job, &g.set, err));
    g.test = calloc(g.set.n + 1, sizeof *g.test);
    if (!g.test) {
        st = vt_fail(err, VT_EMEMORY, "%zu tests", g.set.n);
        goto done;
    }
    for (size_t i = 0; i < g.set.n; i++) g.longest = g.set.indent[i].n > g.longest ? g.set.indent[i].n : g.longest;
    const vt_parallel how = {.threads = (int)run->common.threads,
                             .shared = &g,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "indents"};
    VT_TRY(st = vt_parallel_for(g.set.n, task, &how, err));
    VT_TRY(st = fill(job, &g, run, file, err));
    if (run->npoints < 4)
        st = vt_fail(err, VT_EDOF, "%zu unloadings could be measured; %s%s", run->npoints,
                     run->nindents > 0 && run->indent[0].why[0] ? "the first test: " : "a calibration needs at least 8",
                     run->nindents > 0 ? run->indent[0].why : "");
done:
    for (size_t i = 0; g.test && i < g.set.n; i++) free(g.test[i].p);
    free(g.test);
    vti_indents_free(&g.set);
    return st;
}
