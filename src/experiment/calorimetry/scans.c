/* Scans from the tables: columns, sign, mass, rate; the ramps of a programme. */
#include "calorimetry_internal.h"
#include "experiment/experiment_internal.h"
#include "standards_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *meta_of(const vt_table *t, const char *key)
{
    for (size_t i = 0; i < vt_table_metas(t); i++) {
        const vt_meta m = vt_table_meta(t, i);
        if (strcmp(m.key, key) == 0) return m.text;
    }
    return "";
}

/* Rows of a table that one scan number stands for, in their order. */
typedef struct part {
    const vt_table *t;
    vti_calorimetry_params par;
    const char *told; /* text of column or metadata `scan`; "" */
    size_t n, *row;
    double *t_s, *T, *y; /* of those rows; t_s NULL: no time */
    bool specific, pan;  /* heat flow of a unit of mass; of the empty pan */
} part;

static void free_part(part *p)
{
    free(p->row);
    free(p->t_s);
    free(p->T);
    free(p->y);
}

static vt_status columns_of(const vt_table *t, const double **T, const double **y, bool *specific, vt_error *err)
{
    *T = vti_bound_numbers(t, "temperature");
    *y = vti_bound_numbers(t, "specific_heat_flow");
    *specific = *y != NULL;
    if (!*y) *y = vti_bound_numbers(t, "heat_flow");
    const double *time = vti_bound_numbers(t, "time");
    const size_t n = vt_table_rows(t);
    if (!*T && time && *y)
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                          "a time-based record: heat flow is given against time (%.4g to %.4g s) and no temperature, "
                          "which glass transition, peaks and enthalpies need; export it with the column temperature",
                          time[0], time[n - 1]);
    if (!*T) return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0, "calorimetry needs a column 'temperature [K]'");
    if (!*y)
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                          "calorimetry needs a column 'heat_flow [W]' or 'specific_heat_flow [W/kg]'");
    return VT_OK;
}

/* Temperature as calibrated: offset, line through the calibrants. The lag is taken off later, by the rate. */
double vti_scan_calibrated(const vti_calorimetry_params *p, double T)
{
    const vt_list *m = &p->calibrant_measured, *r = &p->calibrant_true;
    double sx = 0.0, sd = 0.0, sxx = 0.0, sxd = 0.0;
    const double n = (double)m->n;
    if (m->n == 0) return T + p->temperature_offset;
    for (size_t i = 0; i < m->n; i++) {
        sx += m->x[i] / n;
        sd += (r->x[i] - m->x[i]) / n;
    }
    for (size_t i = 0; i < m->n; i++) {
        sxx += (m->x[i] - sx) * (m->x[i] - sx);
        sxd += (m->x[i] - sx) * (r->x[i] - m->x[i] - sd);
    }
    return T + p->temperature_offset + sd + (sxx > 0.0 ? sxd / sxx * (T - sx) : 0.0);
}

/* Rows of this part with numbers; temperature calibrated. */
static vt_status fill(part *p, const double *T, const double *y, vt_error *err)
{
    const double *time = vti_bound_numbers(p->t, "time");
    const size_t rows = vt_table_rows(p->t);
    p->row = malloc((rows + 1) * sizeof *p->row);
    p->T = malloc((rows + 1) * sizeof *p->T);
    p->y = malloc((rows + 1) * sizeof *p->y);
    p->t_s = time ? malloc((rows + 1) * sizeof *p->t_s) : NULL;
    if (!p->row || !p->T || !p->y || (time && !p->t_s)) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows", rows);
    const char *meta = meta_of(p->t, "scan");
    for (size_t i = 0; i < rows; i++) {
        const char *own = vti_bound_text(p->t, "scan", i);
        if (strcmp(own[0] ? own : meta, p->told) != 0) continue;
        if (!isfinite(T[i]) || !isfinite(y[i]) || (time && !isfinite(time[i])))
            return vt_fail_at(err, VT_ENAN, vt_table_path(p->t), vt_table_line(p->t, i), 0,
                              "a row without temperature, heat flow or time; take it out");
        p->row[p->n] = i;
        p->T[p->n] = vti_scan_calibrated(&p->par, T[i]);
        p->y[p->n] = y[i];
        if (time) p->t_s[p->n] = time[i];
        p->n++;
    }
    return VT_OK;
}

static vt_status new_scan(vti_calorimetry_run *run, vti_scan **s, vt_error *err)
{
    if (run->n == run->room) {
        const size_t room = run->room ? 2 * run->room : 16;
        vti_scan *more = realloc(run->scan, room * sizeof *more);
        if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu scans", room);
        run->scan = more;
        run->room = room;
    }
    *s = &run->scan[run->n];
    **s = (vti_scan){.q = NAN, .T_x = NAN, .H_x = NAN, .std = &run->std};
    run->n++;
    return VT_OK;
}

/* Rate in K/s of a ramp: of the record if it has time, else as set. */
static vt_status rate_of(const vti_calorimetry_run *run, const part *p, const vt_ramp *r, double *q, vt_error *err)
{
    const double set = p->par.heating_rate;
    *q = p->t_s ? r->rate : isfinite(set) ? r->direction * fabs(set) : (double)NAN;
    if (!p->t_s || !isfinite(set) || fabs(fabs(r->rate) / fabs(set) - 1.0) < 0.05) return VT_OK;
    return vt_result_warn(run->result, err, "W_RATE",
                          "time and temperature of %.200s say %.4g K/min from %.0f to %.0f K, heating_rate %.4g K/min; "
                          "the record counts",
                          vt_table_path(p->t), 60.0 * fabs(r->rate), p->T[r->from], p->T[r->to - 1], 60.0 * fabs(set));
}

/* Bins of one ramp of a part. */
static vt_status fill_scan(vti_calorimetry_run *run, const part *p, const vt_ramp *r, double sign, vti_scan *s,
                           vt_error *err)
{
    const size_t n = r->to - r->from;
    s->T = malloc(5 * VTI_SCAN_BINS * sizeof *s->T);
    double *both = malloc(2 * n * sizeof *both);
    s->row = malloc(n * sizeof *s->row);
    if (!s->T || !both || !s->row) {
        free(both);
        return vt_fail(err, VT_EMEMORY, "no memory for a scan of %zu rows", n);
    }
    s->y = s->T + VTI_SCAN_BINS;
    s->fit = s->y + VTI_SCAN_BINS;
    s->slope = s->fit + VTI_SCAN_BINS;
    s->fine = s->slope + VTI_SCAN_BINS;
    const bool by_mass = !p->specific && !p->pan && isfinite(s->par.mass);
    s->scale = sign / (by_mass ? s->par.mass : 1.0);
    s->specific = p->specific || by_mass;
    s->by_table = p->specific;
    vt_status st = vti_scan_standards(run, s, n, p->y + r->from, err);
    for (size_t i = 0; i < n && st == VT_OK; i++) {
        s->row[i] = p->row[r->from + i];
        both[i] = vti_scan_settled(s, p->T[r->from + i]);
        both[n + i] = s->direction * vti_scan_flow(s, both[i], p->y[r->from + i]);
    }
    s->rows = n;
    if (st == VT_OK && s->blank) st = vti_scan_reached(run, s, n, both, both + n, err);
    s->n = st == VT_OK ? vt_thermogram_bin(n, both, both + n, VTI_SCAN_BINS, s->T, s->y) : 0;
    free(both);
    return st;
}

static vt_status add_ramp(vti_calorimetry_run *run, const part *p, const vt_ramp *r, double sign, vt_error *err)
{
    vti_scan *s = NULL;
    vt_status st = new_scan(run, &s, err);
    if (st != VT_OK) return st;
    s->table = p->t;
    s->par = p->par;
    s->direction = r->direction;
    s->group = meta_of(p->t, "group");
    s->ordinal = p->told[0] ? (int)strtol(p->told, NULL, 10) : 0;
    s->told = p->told[0] != '\0';
    snprintf(s->specimen, sizeof s->specimen, "%.60s", meta_of(p->t, "specimen"));
    st = rate_of(run, p, r, &s->q, err);
    if (st == VT_OK) st = fill_scan(run, p, r, sign, s, err);
    return st == VT_OK ? vti_scan_prepare(run, s, err) : st;
}

static vt_status add_segment(const vti_calorimetry_run *run, const part *p, const vt_ramp *r, vt_error *err)
{
    const double *x = p->t_s ? p->t_s : p->T, a = x[r->from], b = x[r->to - 1];
    const char *what = r->direction > 0 ? "heating" : r->direction < 0 ? "cooling" : "isothermal";
    const char *specimen = meta_of(p->t, "specimen");
    vt_segment g = {.begin = fmin(a, b), .end = fmax(a, b)};
    snprintf(g.unit, sizeof g.unit, "%s", p->t_s ? "s" : "K");
    snprintf(g.name, sizeof g.name, "%s%s%.40s", what, specimen[0] ? " of " : "", specimen);
    if (r->direction && p->t_s)
        snprintf(g.verdict, sizeof g.verdict, "%.4g K/min, %zu rows", 60.0 * r->rate, r->to - r->from);
    else
        snprintf(g.verdict, sizeof g.verdict, "%zu rows", r->to - r->from);
    return vt_result_add_segment(run->result, &g, err);
}

/* P 1.1, step 6: the highest or lowest heat flow in many rows one after the other, of a channel that else is noisy:
 * that of a smooth one may be a plateau. */
static vt_status not_clipped(const part *p, vt_error *err)
{
    enum { ROWS = 8 };
    double ends[2] = {INFINITY, -INFINITY};
    size_t still = 0, turns = 0, row = 0, longest = 0;
    double at = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        ends[0] = fmin(ends[0], p->y[i]);
        ends[1] = fmax(ends[1], p->y[i]);
        still += i > 0 && !(fabs(p->y[i] - p->y[i - 1]) > 0.0);
        turns += i > 1 && (p->y[i] - p->y[i - 1]) * (p->y[i - 1] - p->y[i - 2]) < 0.0;
    }
    for (int k = 0; k < 2; k++)
        for (size_t i = 0, now = 0; i < p->n; i++) {
            now = fabs(p->y[i] - ends[k]) > 0.0 ? 0 : now + 1;
            if (now <= longest) continue;
            longest = now;
            row = p->row[i + 1 - now];
            at = ends[k];
        }
    /* Of a coarse channel, or one that does not move, many rows stand still anywhere. */
    if (longest < ROWS || longest == p->n || 10 * (still - (longest - 1)) > p->n - longest ||
        5 * turns < p->n - longest)
        return VT_OK;
    return vt_fail_at(err, VT_ESATURATED, vt_table_path(p->t), vt_table_line(p->t, row), 0,
                      "heat flow stands at its %s, %.6g %s, for %zu rows: the channel is clipped; measure in a wider "
                      "range, or cut the record to what lies before or after",
                      at < ends[1] ? "lowest" : "highest", at,
                      vti_bound_numbers(p->t, "specific_heat_flow") ? "W/kg" : "W", longest);
}

static vt_status add_part(vti_calorimetry_run *run, part *p, vt_error *err)
{
    vt_ramp ramp[VTI_SCAN_RAMPS];
    size_t n = 0, used = 0;
    double sign = 1.0;
    if (p->n < 32)
        return vt_fail_at(err, VT_EDOF, vt_table_path(p->t), 0, 0, "%zu rows: a scan needs 32 at least", p->n);
    vt_status st = not_clipped(p, err);
    if (st != VT_OK) return st;
    st = vt_ramps(p->n, p->t_s, p->T, VTI_SCAN_RAMPS, ramp, &n, err);
    /* Of several scans under one table: sign by all of its rows, whose indices are those of the table. */
    if (st == VT_OK)
        st = vti_scans_sign(run, p->t, &p->par, p->n == vt_table_rows(p->t) ? ramp : NULL,
                            p->n == vt_table_rows(p->t) ? n : 0, &sign, err);
    if (st != VT_OK) return vt_error_place(err, vt_table_path(p->t), 0);
    for (size_t k = 0; k < n && st == VT_OK; k++) {
        const double change = fabs(p->T[ramp[k].to - 1] - p->T[ramp[k].from]);
        st = add_segment(run, p, &ramp[k], err);
        if (st != VT_OK || ramp[k].direction == 0 || !(change >= 10.0) || ramp[k].to - ramp[k].from < 32) continue;
        st = add_ramp(run, p, &ramp[k], sign, err);
        used++;
    }
    if (st == VT_OK && used == 0)
        return vt_fail_at(err, VT_ERANGE_T, vt_table_path(p->t), 0, 0,
                          "no heating or cooling through 10 K at least: nothing to reduce");
    return st;
}

/* A window is absent or has a begin and an end, in order. */
static vt_status check_windows(const vti_calorimetry_params *p, vt_error *err)
{
    const struct {
        const char *name;
        const vt_list *list;
    } WINDOW[] = {
        {"anchor_low", &p->anchor_low},       {"anchor_high", &p->anchor_high}, {"glass_window", &p->glass_window},
        {"liquid_window", &p->liquid_window}, {"search", &p->search},           {"peak_window", &p->peak_window}};
    for (size_t k = 0; k < sizeof WINDOW / sizeof *WINDOW; k++) {
        const vt_list *l = WINDOW[k].list;
        if (l->n != 0 && l->n != 2)
            return vt_fail(err, VT_ESHAPE, "%s has %zu values; give begin and end, as in %s=380,420K", WINDOW[k].name,
                           l->n, WINDOW[k].name);
        if (l->n == 2 && !(l->x[0] < l->x[1]))
            return vt_fail(err, VT_ERANGE, "%s begins at %.5g K and ends at %.5g K: give the lower end first",
                           WINDOW[k].name, l->x[0], l->x[1]);
    }
    const char *pair[2][2] = {{"anchor_low", "anchor_high"}, {"glass_window", "liquid_window"}};
    const vt_list *both[2][2] = {{&p->anchor_low, &p->anchor_high}, {&p->glass_window, &p->liquid_window}};
    for (int k = 0; k < 2; k++)
        if (both[k][0]->n && both[k][1]->n && !(both[k][0]->x[1] <= both[k][1]->x[0]))
            return vt_fail(err, VT_ERANGE, "%s ends at %.5g K, above the begin of %s at %.5g K: it must lie below",
                           pair[k][0], both[k][0]->x[1], pair[k][1], both[k][1]->x[0]);
    return VT_OK;
}

vt_status vti_scans_add_table(vti_calorimetry_run *run, size_t index, bool pan, vt_error *err)
{
    const vt_table *t = run->job->tables[index];
    const double *T, *y;
    bool specific;
    vti_calorimetry_params par;
    vt_status st = columns_of(t, &T, &y, &specific, err);
    if (st == VT_OK) st = vti_table_params(run->job, &vti_calorimetry_experiment, index, &par, err);
    if (st == VT_OK) st = check_windows(&par, err);
    if (st == VT_OK && par.calibrant_measured.n != par.calibrant_true.n)
        st = vt_fail(err, VT_ESHAPE, "%zu calibrant_measured, but %zu calibrant_true: give as many",
                     par.calibrant_measured.n, par.calibrant_true.n);
    const char *meta = st == VT_OK ? meta_of(t, "scan") : "", *done[VTI_SCAN_RAMPS];
    size_t ndone = 0;
    for (size_t i = 0; i < vt_table_rows(t) && st == VT_OK; i++) {
        const char *own = vti_bound_text(t, "scan", i);
        const char *told = own[0] ? own : meta;
        size_t k = ndone;
        while (k > 0 && strcmp(done[k - 1], told) != 0) k--;
        if (k > 0) continue;
        if (ndone == VTI_SCAN_RAMPS)
            return vt_fail_at(err, VT_ELIMIT, vt_table_path(t), vt_table_line(t, i), 0,
                              "more than %d different scans in a table", VTI_SCAN_RAMPS);
        done[ndone++] = told;
        part p = {.t = t, .par = par, .told = told, .specific = specific, .pan = pan};
        st = fill(&p, T, y, err);
        if (st == VT_OK) st = add_part(run, &p, err);
        free_part(&p);
    }
    return st;
}

/* "wire1" of "data/wire1.csv". */
static void stem(const char *path, char out[VT_NAME])
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    snprintf(out, VT_NAME, "%.*s", (int)(dot && dot > name && dot - name < 60 ? dot - name : 60), name);
}

/* Two tables of one heating each, no piece named: first and second scan of the same piece, in order. Other tables
 * without a name are pieces by themselves. */
static void name_pieces(vti_calorimetry_run *run, size_t tables)
{
    size_t unnamed = 0;
    bool plain = tables == 2 && run->n == 2 && run->scan[0].table != run->scan[1].table;
    for (size_t i = 0; i < run->n; i++) unnamed += !run->scan[i].specimen[0];
    for (size_t i = 0; i < run->n; i++) plain = plain && run->scan[i].direction > 0;
    for (size_t i = 0; i < run->n; i++) {
        vti_scan *s = &run->scan[i];
        if (!s->specimen[0] && !(plain && unnamed == 2) && tables > 1) stem(vt_table_path(s->table), s->specimen);
        s->told = s->told || plain;
    }
}

static int in_order(const void *a, const void *b)
{
    const vti_scan *x = a, *y = b;
    const int piece = strcmp(x->specimen, y->specimen);
    if (piece) return piece;
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

/* Stable: pieces and ordinals keep the order of the files. */
static void sort_scans(vti_calorimetry_run *run)
{
    for (size_t i = 1; i < run->n; i++)
        for (size_t k = i; k > 0 && in_order(&run->scan[k - 1], &run->scan[k]) > 0; k--) {
            const vti_scan swap = run->scan[k];
            run->scan[k] = run->scan[k - 1];
            run->scan[k - 1] = swap;
        }
}

static void label_scans(vti_calorimetry_run *run)
{
    int count[2] = {0, 0};
    for (size_t i = 0; i < run->n; i++) {
        vti_scan *s = &run->scan[i];
        if (i > 0 && strcmp(s->specimen, s[-1].specimen) != 0) count[0] = count[1] = 0;
        snprintf(s->label, sizeof s->label, "%s %d", s->direction > 0 ? "heating" : "cooling",
                 ++count[s->direction > 0]);
    }
}

vt_status vti_scans_gather(vti_calorimetry_run *run, vt_error *err)
{
    size_t specimens = 0;
    vt_status st = vti_standards_gather(run, &specimens, err);
    if (st == VT_OK && specimens == 0)
        return vt_fail(err, VT_EREFERENCE, "every file is of a standard: give that of a specimen, too");
    for (size_t i = 0; i < run->job->ntables && st == VT_OK; i++) {
        vti_standard_kind kind;
        double T_m;
        char name[VT_NAME];
        st = vti_standard_of(run, run->job->tables[i], &kind, &T_m, name, err);
        if (st == VT_OK && kind == VTI_SPECIMEN) st = vti_scans_add_table(run, i, false, err);
    }
    if (st != VT_OK) return st;
    name_pieces(run, specimens);
    sort_scans(run);
    label_scans(run);
    return VT_OK;
}
