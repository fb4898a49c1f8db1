/* Records from the tables: one for each run of equal specimen names, rows without strain left out, checked. */
#include "base/grow_internal.h"
#include "creep_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vt_status refuse(const vti_creep_trace *r, vt_status code, size_t row, const char *text, double value,
                        vt_error *err)
{
    vt_fail(err, code, text, value);
    vt_error_place(err, vt_table_path(r->table), vt_table_line(r->table, row));
    return vt_error_about(err, r->specimen);
}

/* Metadata of the table by name; "" if it has none. */
static const char *meta_of(const vt_table *t, const char *key)
{
    for (size_t k = 0; k < vt_table_metas(t); k++)
        if (strcmp(vt_table_meta(t, k).key, key) == 0) return vt_table_meta(t, k).text;
    return "";
}

/* File without folder and ending, else the number of the table. */
static void name_stem(vti_creep_trace *r)
{
    const char *path = vt_table_path(r->table), *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    const int n = dot && dot > base ? (int)(dot - base) : (int)strlen(base);
    if (n > 0)
        snprintf(r->stem, sizeof r->stem, "%.*s", n < VT_NAME ? n : VT_NAME - 1, base);
    else
        snprintf(r->stem, sizeof r->stem, "%zu", r->index + 1);
}

/* Column, else metadata, else label or file where there are several tables. */
static void name_specimen(const vti_creep_run *run, vti_creep_trace *r, size_t row)
{
    const char *s = vti_bound_text(r->table, "specimen", row);
    name_stem(r);
    if (!s[0]) s = meta_of(r->table, "specimen");
    if (!s[0] && run->job->ntables > 1) s = vt_table_label(r->table)[0] ? vt_table_label(r->table) : r->stem;
    snprintf(r->specimen, sizeof r->specimen, "%.63s", s);
}

/* Where strain comes from. */
struct strain {
    const double *x;
    double (*y)(double x, double L0);
};

static double of_strain(double e, double L0)
{
    (void)L0;
    return 1.0 / (1.0 + e);
}

static double of_true_strain(double eps, double L0)
{
    (void)L0;
    return exp(-eps);
}

static double of_length(double L, double L0)
{
    return L0 / L;
}

static vt_status find_strain(const vti_creep_trace *r, struct strain *s, vt_error *err)
{
    static const struct {
        const char *name;
        double (*y)(double, double);
    } FORMS[] = {{"strain", of_strain}, {"true_strain", of_true_strain}, {"length", of_length}};
    size_t found = 0;
    for (size_t k = 0; k < sizeof FORMS / sizeof *FORMS; k++) {
        const double *x = vti_bound_numbers(r->table, FORMS[k].name);
        if (!x) continue;
        found++;
        *s = (struct strain){.x = x, .y = FORMS[k].y};
    }
    if (found != 1)
        return vt_fail_at(err, VT_EKEY, vt_table_path(r->table), 0, 0,
                          "creep needs one column of strain, true_strain or length; this table has %zu", found);
    if (s->y == of_length && !(r->par.gauge_length > 0.0))
        return vt_fail_at(err, VT_EREFERENCE, vt_table_path(r->table), 0, 0,
                          "a column length needs the initial one: --set gauge_length=5um, or a line '# gauge_length: 5 "
                          "[um]' in the table");
    return VT_OK;
}

static vt_status section(vti_creep_trace *r, vt_error *err)
{
    const vt_list *d = &r->par.diameter, *dx = &r->par.second_diameter;
    if (d->n == 0)
        return vt_fail_at(err, VT_EARG, vt_table_path(r->table), 0, 0,
                          "no diameter: --set diameter=150nm, or a line '# diameter: 150 [nm]' in the table");
    if (dx->n > 0 && dx->n != d->n)
        return vt_fail_at(err, VT_ESHAPE, vt_table_path(r->table), 0, 0,
                          "%zu entries of diameter and %zu of second_diameter: give both at the same places", d->n,
                          dx->n);
    return vt_wire_section(d->n, d->x, dx->n > 0 ? dx->x : NULL, &r->A0, &r->u_spread, err);
}

static vt_status allocate(vti_creep_trace *r, size_t rows, vt_error *err)
{
    const bool P = vti_bound_numbers(r->table, "power"), T = vti_bound_numbers(r->table, "temperature");
    r->t = malloc((rows + 1) * (size_t)(3 + P + T) * sizeof *r->t);
    r->row = malloc((rows + 1) * sizeof *r->row);
    if (!r->t || !r->row) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", rows);
    r->y = r->t + rows + 1;
    r->F = r->y + rows + 1;
    r->P = P ? r->F + rows + 1 : NULL;
    r->T = T ? r->F + (size_t)(1 + P) * (rows + 1) : NULL;
    return VT_OK;
}

/* Rows from ... to - 1 of the table. */
static vt_status take_rows(vti_creep_trace *r, size_t from, size_t to, vt_error *err)
{
    struct strain s = {0};
    vt_status st = find_strain(r, &s, err);
    if (st == VT_OK) st = allocate(r, to - from, err);
    if (st != VT_OK) return st;
    const double *t = vti_bound_numbers(r->table, "time"), *F = vti_bound_numbers(r->table, "force");
    const double *P = vti_bound_numbers(r->table, "power"), *T = vti_bound_numbers(r->table, "temperature");
    for (size_t i = from; i < to; i++) {
        if (i > from && !(t[i] > t[i - 1]))
            return refuse(r, VT_ETIME, i, "time %.9g s is not after that of the row before: sort or split the record",
                          t[i], err);
        if (!isfinite(s.x[i])) continue;
        const double y = s.y(s.x[i], r->par.gauge_length);
        if (!(y > 0.0) || !isfinite(y))
            return refuse(r, VT_ERANGE, i, "strain %g leaves no length: it must be above -1", s.x[i], err);
        if (s.y == of_length && !(y < 2.0 && y > 0.01)) /* as strain is bounded: -0.5 to 100 */
            return refuse(r, VT_EUNITS, i, "length/gauge_length = %.4g is not between 0.5 and 100: look at both units",
                          1.0 / y, err);
        const size_t k = r->n++;
        r->t[k] = t[i];
        r->y[k] = y;
        r->F[k] = F[i];
        if (P) r->P[k] = P[i];
        if (T) r->T[k] = T[i];
        r->row[k] = i;
    }
    if (r->n == 0) return refuse(r, VT_ENAN, from, "no row has a strain (%g)", NAN, err);
    return VT_OK;
}

/* A channel that is logged more seldom than the strain holds its last reading; without any reading it is not there. */
static vt_status hold(vti_creep_run *run, const vti_creep_trace *r, const char *name, double **x, vt_error *err)
{
    size_t known = 0, missing = 0;
    while (*x && known < r->n && !isfinite((*x)[known])) known++;
    if (known == r->n) *x = NULL;
    for (size_t i = 0; *x && i < r->n; i++) {
        if (isfinite((*x)[i])) continue;
        (*x)[i] = (*x)[i < known ? known : i - 1];
        missing++;
    }
    if (missing == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_HELD",
                          "%s%s%zu of %zu readings have no %s: that of the reading before holds", r->specimen,
                          r->specimen[0] ? ": " : "", missing, r->n, name);
}

static vt_status take_record(vti_creep_run *run, size_t table, size_t from, size_t to, vt_error *err)
{
    vt_status st = vti_grow_by_one(&run->trace, run->traces, sizeof *run->trace, err);
    if (st != VT_OK) return st;
    vti_creep_trace *r = &run->trace[run->traces++];
    *r = (vti_creep_trace){.table = run->job->tables[table], .index = table};
    st = vti_table_params(run->job, &vti_creep_experiment, table, &r->par, err);
    if (st != VT_OK) return st;
    name_specimen(run, r, from);
    snprintf(r->group, sizeof r->group, "%.63s", r->par.group);
    st = section(r, err);
    if (st == VT_OK) st = take_rows(r, from, to, err);
    if (st == VT_OK) st = hold(run, r, "power", &r->P, err);
    return st == VT_OK ? hold(run, r, "temperature", &r->T, err) : st;
}

/* A row without name among named ones belongs to no wire: it would end the record and begin one of its own. */
static vt_status check_names(const vt_table *t, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    size_t named = n, blank = n;
    if (vt_table_find(t, "specimen") < 0) return VT_OK;
    for (size_t i = 0; i < n; i++) {
        const bool empty = !vti_bound_text(t, "specimen", i)[0];
        if (empty && blank == n) blank = i;
        if (!empty && named == n) named = i;
    }
    if (named == n || blank == n) return VT_OK;
    vt_fail(err, VT_ESHAPE, "this row has no specimen, and others have ('%.40s'): write its name into the cell",
            vti_bound_text(t, "specimen", named));
    return vt_error_place(err, vt_table_path(t), vt_table_line(t, blank));
}

enum { SHORT_RUN = 20, FEW_RUNS = 8 };

/* Rows of specimens in turn have no record that is long enough, and as many records as rows. */
static vt_status check_runs(const vt_table *t, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    size_t runs = 1;
    if (vt_table_find(t, "specimen") < 0) return VT_OK;
    for (size_t i = 1; i < n; i++)
        runs += strcmp(vti_bound_text(t, "specimen", i), vti_bound_text(t, "specimen", i - 1)) != 0;
    if (runs <= FEW_RUNS || runs * SHORT_RUN <= n) return VT_OK;
    return vt_fail_at(err, VT_ESHAPE, vt_table_path(t), 0, 0,
                      "column specimen changes %zu times in %zu rows: a record needs %d rows of one name below each "
                      "other; sort the rows by specimen and time",
                      runs - 1, n, (int)SHORT_RUN);
}

vt_status vti_creep_gather(vti_creep_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->job->ntables; i++) {
        const vt_table *t = run->job->tables[i];
        const size_t n = vt_table_rows(t);
        const bool named = vt_table_find(t, "specimen") >= 0;
        if (n == 0) return vt_fail_at(err, VT_ESHAPE, vt_table_path(t), 0, 0, "the table has no rows");
        vt_status fit = check_names(t, err);
        if (fit == VT_OK) fit = check_runs(t, err);
        if (fit != VT_OK) return fit;
        for (size_t from = 0, to; from < n; from = to) {
            const char *name = vti_bound_text(t, "specimen", from);
            for (to = named ? from + 1 : n; to < n; to++)
                if (strcmp(vti_bound_text(t, "specimen", to), name) != 0) break;
            const vt_status st = take_record(run, i, from, to, err);
            if (st != VT_OK) return st;
        }
    }
    return VT_OK;
}
