/* Specimens from the tables: names, geometry, the sign of compression, time; and the run of the platens. */
#include "base/grow_internal.h"
#include "compression_internal.h"
#include "experiment/experiment_internal.h"
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <vitrum/line.h>

enum { ARRAYS = 8 };

static const char *name_of_row(const vt_table *t, size_t row, const char *otherwise)
{
    const char *s = vti_bound_text(t, "specimen", row);
    return s[0] ? s : otherwise;
}

/* Specimens of one table by name. Keys are borrowed from the table, values are indices + 1. */
static vti_disc_test *find(vti_compression_run *run, GHashTable *names, const char *name)
{
    const size_t at = GPOINTER_TO_SIZE(g_hash_table_lookup(names, name));
    return at ? &run->test[at - 1] : NULL;
}

static vt_status add(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    const vt_status st = vti_grow_by_one(&run->test, run->n, sizeof *run->test, err);
    if (st == VT_OK) run->test[run->n++] = *s;
    return st;
}

/* What the specimen of a table is called where no column says it: setting or metadata, else the part of the file, else
 * the file. */
static const char *name_of_table(const vti_compression_run *run, size_t table)
{
    const vt_table *t = run->job->tables[table];
    if (run->job->form[table] == 0) return "platen";
    if (vti_is_among(run->job->settled, VTI_COMPRESSION_PARAMS, "specimen")) return run->par.specimen;
    for (size_t k = 0; k < vt_table_metas(t); k++)
        if (strcasecmp(vt_table_meta(t, k).key, "specimen") == 0 || strcasecmp(vt_table_meta(t, k).key, "sample") == 0)
            return vt_table_meta(t, k).text;
    if (vt_table_label(t)[0]) return vt_table_label(t);
    const char *slash = strrchr(vt_table_path(t), '/'), *name = slash ? slash + 1 : vt_table_path(t);
    return name[0] ? name : "specimen";
}

/* Which specimens a table holds, and how many rows each. */
static vt_status count(vti_compression_run *run, size_t table, GHashTable *names, vt_error *err)
{
    const char *otherwise = name_of_table(run, table);
    const vt_table *t = run->job->tables[table];
    vti_disc_test *s = NULL;
    for (size_t row = 0; row < vt_table_rows(t); row++) {
        const char *name = name_of_row(t, row, otherwise);
        if (!s || strcmp(s->name, name) != 0) s = find(run, names, name);
        if (!s) {
            const vt_status st = add(run, &(vti_disc_test){.name = name, .table = table, .row = row}, err);
            if (st != VT_OK) return st;
            s = &run->test[run->n - 1];
            g_hash_table_insert(names, (char *)(uintptr_t)name, GSIZE_TO_POINTER(run->n));
        }
        s->n++;
    }
    return VT_OK;
}

/* First finite value of a column among the rows of s; NaN. */
static double first_of(const vt_table *t, const vti_disc_test *s, const char *column)
{
    const double *x = vti_bound_numbers(t, column);
    for (size_t i = 0; x && i < s->n; i++)
        if (isfinite(x[s->line[i]])) return x[s->line[i]];
    return NAN;
}

static bool is_platen(const vti_compression_run *run, const vti_disc_test *s)
{
    return run->job->form[s->table] == 0 || strcasecmp(s->name, "platen") == 0;
}

/* A setting, else the column, else the metadata of the table. */
static double geometry(const vti_compression_run *run, const vti_disc_test *s, const char *name, double otherwise)
{
    const double column = first_of(run->job->tables[s->table], s, name);
    return vti_is_among(run->job->settled, VTI_COMPRESSION_PARAMS, name) || isnan(column) ? otherwise : column;
}

static vt_status describe(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const vt_table *t = run->job->tables[s->table];
    vti_compression_params own;
    vt_status st = vti_table_params(run->job, &vti_compression_experiment, s->table, &own, err);
    if (st != VT_OK || is_platen(run, s)) return st;
    s->disc = (vt_compression_disc){.diameter = geometry(run, s, "diameter", own.diameter),
                                    .height = geometry(run, s, "height", own.height)};
    s->temperature = own.temperature;
    double sum = 0.0, n = 0.0;
    for (size_t i = 0; s->T && !vti_is_among(run->job->settled, VTI_COMPRESSION_PARAMS, "temperature") && i < s->n; i++)
        if (isfinite(s->T[i])) sum += s->T[i], n += 1.0;
    if (n > 0.0) s->temperature = sum / n;
    snprintf(s->group, sizeof s->group, "%s", own.group);
    const char *missing = !(s->disc.diameter > 0.0) ? "diameter" : !(s->disc.height > 0.0) ? "height" : NULL;
    if (!missing) return VT_OK;
    return vt_fail_at(err, VT_EARG, vt_table_path(t), 0, 0,
                      "specimen '%.60s' has no %s: give --set %s=VALUE, a metadata line or a column", s->name, missing,
                      missing);
}

/* P1.1: time ascends. */
static vt_status check_time(const vt_table *t, const vti_disc_test *s, vt_error *err)
{
    for (size_t i = 1; s->t && i < s->n; i++)
        if (!(s->t[i] > s->t[i - 1]))
            return vt_fail_at(
                err, VT_ETIME, vt_table_path(t), vt_table_line(t, s->line[i]), 0,
                "specimen '%.60s': time %.9g s is not after %.9g s of the reading before; drop one of them", s->name,
                s->t[i], s->t[i - 1]);
    return VT_OK;
}

/* Turns a channel whose largest excursion from its beginning is negative. */
static bool turn(size_t n, double *x)
{
    double low = 0.0, high = 0.0;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, x[i] - x[0]);
        high = fmax(high, x[i] - x[0]);
    }
    if (-low <= high) return false;
    for (size_t i = 0; i < n; i++) x[i] = -x[i];
    return true;
}

static vt_status fill(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const vt_table *t = run->job->tables[s->table];
    const double *time = vti_bound_numbers(t, "time"), *u = vti_bound_numbers(t, "displacement");
    const double *F = vti_bound_numbers(t, "force"), *T = vti_bound_numbers(t, "temperature");
    for (size_t i = 0; i < s->n; i++) {
        const size_t row = s->line[i];
        s->t[i] = time ? time[row] : (double)i;
        s->u[i] = u[row];
        s->F[i] = F[row];
        if (T) s->T[i] = T[row];
    }
    if (!T) s->T = NULL;
    const vt_status st = check_time(t, s, err);
    if (st != VT_OK) return st;
    s->flipped_u = turn(s->n, s->u);
    s->flipped_F = turn(s->n, s->F);
    return describe(run, s, err);
}

static vt_status lay_out(vti_compression_run *run, size_t rows, vt_error *err)
{
    run->room = calloc(ARRAYS * rows + 1, sizeof *run->room);
    run->lines = calloc(rows + 1, sizeof *run->lines);
    if (!run->room || !run->lines) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", rows);
    size_t at = 0;
    for (size_t i = 0; i < run->n; i++) {
        vti_disc_test *s = &run->test[i];
        double **array[ARRAYS] = {&s->t, &s->u, &s->F, &s->T, &s->strain, &s->stress, &s->fit, &s->gain};
        for (size_t k = 0; k < ARRAYS; k++) *array[k] = run->room + ARRAYS * at + k * s->n;
        s->line = run->lines + at;
        at += s->n;
        s->n = 0;
    }
    return VT_OK;
}

/* By temperature, unknown ones last; within one in the order of the tables. */
static int by_temperature(const void *a, const void *b)
{
    const vti_disc_test *x = a, *y = b;
    if (isnan(x->temperature) != isnan(y->temperature)) return isnan(x->temperature) ? 1 : -1;
    if (x->temperature < y->temperature || x->temperature > y->temperature)
        return x->temperature < y->temperature ? -1 : 1;
    if (x->table != y->table) return x->table < y->table ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Rows of every specimen. */
static void assign(vti_compression_run *run, size_t table, GHashTable *names)
{
    const char *otherwise = name_of_table(run, table);
    vti_disc_test *s = NULL;
    for (size_t row = 0; row < vt_table_rows(run->job->tables[table]); row++) {
        const char *name = name_of_row(run->job->tables[table], row, otherwise);
        if (!s || strcmp(s->name, name) != 0) s = find(run, names, name);
        if (s) s->line[s->n++] = row;
    }
}

vt_status vti_compression_gather(vti_compression_run *run, vt_error *err)
{
    size_t rows = 0;
    vt_status st = VT_OK;
    GPtrArray *names = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    for (size_t k = 0; st == VT_OK && k < run->job->ntables; k++) {
        g_ptr_array_add(names, g_hash_table_new(g_str_hash, g_str_equal));
        st = count(run, k, names->pdata[k], err);
        rows += vt_table_rows(run->job->tables[k]);
    }
    if (st == VT_OK) st = lay_out(run, rows, err);
    for (size_t k = 0; st == VT_OK && k < run->job->ntables; k++) assign(run, k, names->pdata[k]);
    g_ptr_array_unref(names);
    for (size_t i = 0; st == VT_OK && i < run->n; i++) st = fill(run, &run->test[i], err);
    if (st == VT_OK) qsort(run->test, run->n, sizeof *run->test, by_temperature);
    return st;
}

/* Slope of displacement against force where the platens bear: above a fifth of the largest force. */
static vt_status compliance(const vti_disc_test *s, double *C, double *u, vt_error *err)
{
    double top = 0.0;
    vt_line_work *ws = NULL;
    vt_robust_line line;
    size_t n = 0, last = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->F[i] > top) top = s->F[last = i];
    for (size_t i = 0; i <= last; i++) {
        if (!(s->F[i] > 0.2 * top)) continue;
        s->strain[n] = s->F[i];
        s->stress[n++] = s->u[i];
    }
    if (n < 5) return vt_fail(err, VT_EDOF, "platen run: %zu readings above a fifth of its largest force; need 5", n);
    vt_status st = vt_line_create(&ws, n, err);
    if (st == VT_OK) st = vt_line_robust(ws, n, s->strain, s->stress, NULL, &line, err);
    vt_line_free(ws);
    if (st == VT_OK && !(line.robust.slope > 0.0))
        st = vt_fail(err, VT_ESIGN, "platen run: compliance %g m/N is not above 0", line.robust.slope);
    if (st != VT_OK) return st;
    *C = line.robust.slope;
    *u = line.robust.u_slope;
    return VT_OK;
}

/* Takes the platen runs out of the list of specimens; their mean is the machine's compliance. */
vt_status vti_compression_platens(vti_compression_run *run, vt_error *err)
{
    double sum = 0.0, variance = 0.0;
    size_t runs = 0, kept = 0;
    run->compliance = run->u_compliance = NAN;
    for (size_t i = 0; i < run->n; i++) {
        if (!is_platen(run, &run->test[i])) {
            run->test[kept++] = run->test[i];
            continue;
        }
        double C = 0.0, u = 0.0;
        const vt_status st = compliance(&run->test[i], &C, &u, err);
        if (st != VT_OK) return st;
        sum += C;
        variance += u * u;
        runs++;
    }
    run->n = kept;
    if (runs) {
        run->compliance = sum / (double)runs;
        run->u_compliance = sqrt(variance) / (double)runs;
    }
    if (kept == 0) return vt_fail(err, VT_ESHAPE, "the tables hold platen runs only, and no specimen");
    return VT_OK;
}
