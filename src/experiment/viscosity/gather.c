/* Points and series from the tables. */
#include "experiment/experiment_internal.h"
#include "viscosity_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *series;
    size_t order; /* row over all tables */
    double T, y, u;
};

struct columns {
    const double *T, *eta, *log_eta, *u;
    long series;
};

static vt_status find_columns(const vt_table *t, struct columns *c, vt_error *err)
{
    *c = (struct columns){.T = vti_bound_numbers(t, "temperature"),
                          .eta = vti_bound_numbers(t, "viscosity"),
                          .log_eta = vti_bound_numbers(t, "log10_viscosity"),
                          .u = vti_bound_numbers(t, "uncertainty"),
                          .series = vt_table_find(t, "series")};
    if (c->T && (c->eta || c->log_eta)) return VT_OK;
    return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                      "viscosity needs a column 'viscosity [Pa s]' or 'log10_viscosity [1]' beside 'temperature'");
}

static int by_series(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    const int order = strcmp(x->series, y->series);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_first_row(const void *a, const void *b)
{
    const vti_viscosity_series *x = a, *y = b;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Name of the points of a table that has no column `series`. */
static const char *table_name(const vti_viscosity_run *run, const vt_table *t)
{
    if (run->job->ntables == 1) return "";
    const char *path = vt_table_path(t), *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static vt_status take_table(vti_viscosity_run *run, const vt_table *t, struct entry *entry, size_t *n, vt_error *err)
{
    struct columns c;
    const vt_status st = find_columns(t, &c, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < vt_table_rows(t); i++) {
        const char *series = c.series >= 0 ? vt_table_text(t, (size_t)c.series, i) : table_name(run, t);
        if (run->par->series[0] && strcmp(series, run->par->series) != 0) continue;
        double y = c.log_eta ? c.log_eta[i] : (double)NAN;
        if (isnan(y) && c.eta) y = log10(c.eta[i]);
        if (!isfinite(y)) {
            run->left_out++;
            continue;
        }
        entry[*n] = (struct entry){series, *n, c.T[i], y, c.u ? c.u[i] : (double)NAN};
        ++*n;
    }
    return VT_OK;
}

/* Where the entries of one name begin and end; ranges; begin holds the first row until they are put in order. */
static void find_series(vti_viscosity_run *run, const struct entry *entry, size_t n, size_t *source)
{
    for (size_t i = 0, end; i < n; i = end) {
        vti_viscosity_series s = {.text = entry[i].series, .begin = entry[i].order, .has_u = true};
        s.T_low = s.T_high = entry[i].T;
        s.y_low = s.y_high = entry[i].y;
        for (end = i; end < n && strcmp(entry[end].series, s.text) == 0; end++) {
            s.T_low = fmin(s.T_low, entry[end].T);
            s.T_high = fmax(s.T_high, entry[end].T);
            s.y_low = fmin(s.y_low, entry[end].y);
            s.y_high = fmax(s.y_high, entry[end].y);
            s.has_u = s.has_u && entry[end].u > 0.0;
        }
        s.n = end - i;
        snprintf(s.name, sizeof s.name, "%s", s.text);
        source[entry[i].order] = i;
        run->series[run->nseries++] = s;
    }
    qsort(run->series, run->nseries, sizeof *run->series, by_first_row);
}

vt_status vti_viscosity_gather(vti_viscosity_run *run, vt_error *err)
{
    const size_t rows = vti_job_rows(run->job);
    size_t n = 0;
    struct entry *entry = calloc(rows + 1, sizeof *entry);
    size_t *source = calloc(rows + 1, sizeof *source);
    run->T = malloc((rows + 1) * sizeof *run->T);
    run->y = malloc((rows + 1) * sizeof *run->y);
    run->u = malloc((rows + 1) * sizeof *run->u);
    run->series = calloc(rows + 1, sizeof *run->series);
    vt_status st = VT_OK;
    if (!entry || !source || !run->T || !run->y || !run->u || !run->series) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu rows", rows);
        goto done;
    }
    for (size_t i = 0; i < run->job->ntables; i++) VT_TRY(st = take_table(run, run->job->tables[i], entry, &n, err));
    if (n == 0 && run->par->series[0])
        st = vt_fail(err, VT_EKEY, "no series '%s' with a viscosity", run->par->series);
    else if (n == 0)
        st = vt_fail(err, VT_EDOF, "no row has a viscosity");
    VT_TRY(st);
    qsort(entry, n, sizeof *entry, by_series);
    find_series(run, entry, n, source);
    for (size_t k = 0; k < run->nseries; k++) {
        vti_viscosity_series *s = &run->series[k];
        const struct entry *first = &entry[source[s->begin]];
        s->begin = run->npoints;
        for (size_t i = 0; i < s->n; i++, run->npoints++) {
            run->T[run->npoints] = first[i].T;
            run->y[run->npoints] = first[i].y;
            run->u[run->npoints] = first[i].u;
        }
    }
done:
    free(entry);
    free(source);
    return st;
}
