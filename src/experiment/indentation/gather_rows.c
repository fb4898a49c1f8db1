/* What tables of reduced indents and of specimens, and metadata, say of tests. */
#include "experiment/experiment_internal.h"
#include "gather_internal.h"
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/param.h>

/* ---- metadata of one table ---- */
struct told {
    char test[VT_PARAM_TEXT], specimen[VT_PARAM_TEXT], group[VT_PARAM_TEXT];
    double x, y, edge_distance, diameter, drift_rate;
    vt_list window;
};

#define AT(field) offsetof(struct told, field)
static const vt_param TOLD[] = {
    {"test", VT_TEXT, NULL, "", 0, 0, NULL, "label", AT(test)},
    {"specimen", VT_TEXT, NULL, "", 0, 0, NULL, "name", AT(specimen)},
    {"group", VT_TEXT, NULL, "", 0, 0, NULL, "name", AT(group)},
    {"x", VT_REAL, "m", "", -1, 1, NULL, "place", AT(x)},
    {"y", VT_REAL, "m", "", -1, 1, NULL, "place", AT(y)},
    {"edge_distance", VT_REAL, "m", "", 0, 1, NULL, "distance", AT(edge_distance)},
    {"diameter", VT_REAL, "m", "", 1e-8, 0.1, NULL, "of the specimen", AT(diameter)},
    {"drift_rate", VT_REAL, "m s-1", "", -1e-6, 1e-6, NULL, "of the vendor", AT(drift_rate)},
    {"vendor_averaging_window", VT_LIST, "m", "", 0, 1e-3, NULL, "of the vendor", AT(window)},
    VT_PARAM_END};
#undef AT

static void take_text(char to[VT_NAME], const char *from)
{
    if (from[0] && !to[0]) snprintf(to, VT_NAME, "%.63s", from);
}

static void take_number(double *to, double from)
{
    if (isnan(*to)) *to = from;
}

vt_status vti_indent_metadata(vti_indent *s, bool alone, vt_error *err)
{
    struct told told;
    vt_status st = vt_param_defaults(TOLD, &told, err);
    for (size_t i = 0; st == VT_OK && i < vt_table_metas(s->table); i++) {
        const vt_meta m = vt_table_meta(s->table, i);
        if (!vt_param_find(TOLD, m.key)) continue;
        st = vt_param_set(TOLD, &told, NULL, m.key, m.text, err);
        if (st != VT_OK) vt_error_place(err, vt_table_path(s->table), m.line);
    }
    if (st != VT_OK) return st;
    if (told.test[0] && alone) snprintf(s->test, sizeof s->test, "%.63s", told.test);
    take_text(s->specimen, told.specimen);
    take_text(s->group, told.group);
    take_number(&s->x, told.x);
    take_number(&s->y, told.y);
    take_number(&s->edge_distance, told.edge_distance);
    take_number(&s->diameter, told.diameter);
    s->vendor_drift = told.drift_rate;
    if (told.window.n == 2) {
        s->window[0] = told.window.x[0];
        s->window[1] = told.window.x[1];
    }
    return VT_OK;
}

/* ---- rows of reduced indents ---- */
static bool is_indents(const vt_job *job, size_t k)
{
    return job->form[k] == VTI_FORM_INDENTS || job->form[k] == VTI_FORM_INDENT_LIST;
}

/* A value, or NaN. */
static double at(const vt_table *t, const char *name, size_t row)
{
    const double *x = vti_bound_numbers(t, name);
    return x ? x[row] : (double)NAN;
}

static vti_indent_row read_row(const vt_table *t, size_t i)
{
    const double cycle = at(t, "cycle", i);
    return (vti_indent_row){.table = t,
                            .row = i,
                            .test = vti_bound_text(t, "test", i),
                            .specimen = vti_bound_text(t, "specimen", i),
                            .group = vti_bound_text(t, "group", i),
                            .cycle = cycle >= 1.0 ? lround(cycle) : 0,
                            .P = at(t, "max_load", i),
                            .h = at(t, "max_depth", i),
                            .S = at(t, "stiffness", i),
                            .h_c = at(t, "contact_depth", i),
                            .A = at(t, "contact_area", i),
                            .epsilon = at(t, "epsilon", i),
                            .m = at(t, "unloading_exponent", i),
                            .H = at(t, "hardness", i),
                            .E = at(t, "elastic_modulus", i),
                            .E_r = at(t, "reduced_modulus", i),
                            .E_star = at(t, "plane_strain_modulus", i),
                            .nu = at(t, "poisson_ratio", i),
                            .h_r = at(t, "tangent_depth", i),
                            .h_p = at(t, "permanent_depth", i),
                            .u_H = at(t, "hardness_sd", i),
                            .u_E = at(t, "elastic_modulus_sd", i),
                            .x = at(t, "x", i),
                            .y = at(t, "y", i),
                            .edge_distance = at(t, "edge_distance", i),
                            .diameter = at(t, "diameter", i)};
}

/* Splits "Test 001" into the length of "Test" and the number 1; -1: no number at the end. */
static long split(const char *label, size_t *length)
{
    size_t n = strlen(label), digits = 0;
    while (digits < n && digits < 9 && label[n - 1 - digits] >= '0' && label[n - 1 - digits] <= '9') digits++;
    long value = digits ? 0 : -1;
    for (size_t i = n - digits; i < n; i++) value = 10 * value + (label[i] - '0');
    n -= digits;
    while (n > 0 && (label[n - 1] == ' ' || label[n - 1] == '_' || label[n - 1] == '-')) n--;
    *length = n;
    return value;
}

bool vti_same_test(const char *test, const char *group, const char *label)
{
    size_t a, b;
    if (!test[0] || !label[0]) return false;
    if (strcmp(test, label) == 0) return true;
    const long x = split(test, &a), y = split(label, &b);
    if (x < 0 || x != y) return false;
    if (a == b && strncmp(test, label, a) == 0) return true;
    return a == 0 && group[0] && strlen(group) == b && strncmp(group, label, b) == 0;
}

/* Standard uncertainty of a column from the last digit that is printed: the smallest step between its values, evenly
 * spread (1.8). 0: too few values to tell. scratch: rows. */
static double rounding(const vt_table *t, const char *name, double *scratch)
{
    enum { FEW = 8 };
    const double *x = vti_bound_numbers(t, name);
    size_t n = 0;
    for (size_t i = 0; x && i < vt_table_rows(t); i++)
        if (isfinite(x[i])) scratch[n++] = x[i];
    if (n < FEW) return 0.0;
    gsl_sort(scratch, 1, n);
    const double width = scratch[n - 1] - scratch[0];
    double step = width;
    for (size_t i = 1; i < n; i++) {
        const double d = scratch[i] - scratch[i - 1];
        if (d > 1e-6 * width && d < step) step = d;
    }
    return step / sqrt(12.0);
}

static vt_status round_rows(const vt_table *t, vti_indent_row *first, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    double *scratch = malloc((n + 1) * sizeof *scratch);
    if (!scratch) return vt_fail(err, VT_EMEMORY, "no memory for %zu reduced indents", n);
    const double P = rounding(t, "max_load", scratch), h = rounding(t, "max_depth", scratch),
                 S = rounding(t, "stiffness", scratch), h_r = rounding(t, "tangent_depth", scratch);
    for (size_t i = 0; i < n; i++) {
        first[i].u_P = P;
        first[i].u_h = h;
        first[i].u_S = S;
        first[i].u_hr = h_r;
    }
    free(scratch);
    return VT_OK;
}

vt_status vti_indent_gather_rows(const vt_job *job, vti_indents *set, vt_error *err)
{
    size_t most = 0;
    for (size_t k = 0; k < job->ntables; k++)
        if (is_indents(job, k)) most += vt_table_rows(job->tables[k]);
    set->row = calloc(most + 1, sizeof *set->row);
    if (!set->row) return vt_fail(err, VT_EMEMORY, "no memory for %zu reduced indents", most);
    for (size_t k = 0; k < job->ntables; k++) {
        const vt_table *t = job->tables[k];
        if (!is_indents(job, k)) continue;
        const size_t first = set->nrows;
        for (size_t i = 0; i < vt_table_rows(t); i++) set->row[set->nrows++] = read_row(t, i);
        const vt_status st = round_rows(t, &set->row[first], err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* ---- specimens ---- */
static bool same_file(const char *path, const char *file)
{
    const char *slash = strrchr(path, '/');
    return strcmp(path, file) == 0 || strcmp(slash ? slash + 1 : path, file) == 0;
}

/* Does row i of the table of specimens mean this test? By file and test where it names them, else by its name. */
static bool means(const vt_table *t, size_t i, const char *path, const char *test, const char *specimen)
{
    const char *file = vti_bound_text(t, "file", i), *label = vti_bound_text(t, "test", i);
    if (file[0] && !same_file(path, file)) return false;
    if (label[0] && !vti_same_test(test, "", label)) return false;
    return file[0] || label[0] || strcmp(specimen, vti_bound_text(t, "specimen", i)) == 0;
}

static void fill_indent(vti_indent *s, const vt_table *t, size_t i)
{
    take_text(s->specimen, vti_bound_text(t, "specimen", i));
    take_text(s->group, vti_bound_text(t, "group", i));
    take_number(&s->edge_distance, at(t, "edge_distance", i));
    take_number(&s->diameter, at(t, "diameter", i));
}

static void fill_row(vti_indent_row *r, const vt_table *t, size_t i)
{
    if (!r->specimen[0]) r->specimen = vti_bound_text(t, "specimen", i);
    if (!r->group[0]) r->group = vti_bound_text(t, "group", i);
    take_number(&r->edge_distance, at(t, "edge_distance", i));
    take_number(&r->diameter, at(t, "diameter", i));
}

void vti_indent_specimens(const vt_job *job, vti_indents *set)
{
    for (size_t k = 0; k < job->ntables; k++) {
        const vt_table *t = job->tables[k];
        for (size_t i = 0; job->form[k] == VTI_FORM_SPECIMENS && i < vt_table_rows(t); i++) {
            for (size_t j = 0; j < set->n; j++) {
                vti_indent *s = &set->indent[j];
                if (means(t, i, vt_table_path(s->table), s->test, s->specimen)) fill_indent(s, t, i);
            }
            for (size_t j = 0; j < set->nrows; j++) {
                vti_indent_row *r = &set->row[j];
                if (means(t, i, vt_table_path(r->table), r->test, r->specimen)) fill_row(r, t, i);
            }
        }
    }
}
