/* From tables to tests: one test per table or per run of equal labels. */
#include "experiment/experiment_internal.h"
#include "gather_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Channels in the order of struct vti_indent. */
enum {
    TIME,
    DEPTH,
    LOAD,
    STIFFNESS,
    AMPLITUDE,
    FORCE,
    PHASE,
    FREQUENCY,
    HARDNESS,
    MODULUS,
    CONTACT_DEPTH,
    AREA,
    CHANNELS
};
static const char *const NAMES[CHANNELS] = {
    "time",  "depth",     "load",     "stiffness",       "harmonic_displacement", "harmonic_load",
    "phase", "frequency", "hardness", "elastic_modulus", "contact_depth",         "contact_area"};

static bool is_record(const vt_job *job, size_t i)
{
    return job->form[i] < 0 || job->form[i] == VTI_FORM_RECORD;
}

/* End of the run of equal labels that begins at row i. */
static size_t run_end(const vt_table *t, long column, size_t i)
{
    const size_t n = vt_table_rows(t);
    if (column < 0) return n;
    const char *label = vt_table_text(t, (size_t)column, i);
    size_t end = i + 1;
    while (end < n && strcmp(vt_table_text(t, (size_t)column, end), label) == 0) end++;
    return end;
}

static size_t count_tests(const vt_job *job)
{
    size_t n = 0;
    for (size_t k = 0; k < job->ntables; k++) {
        const vt_table *t = job->tables[k];
        const long column = vt_table_find(t, "test");
        if (!is_record(job, k)) continue;
        for (size_t i = 0; i < vt_table_rows(t); i = run_end(t, column, i)) n++;
    }
    return n;
}

static vt_status need_column(const vt_table *t, const char *name, const char *unit, vt_error *err)
{
    if (vti_bound_numbers(t, name)) return VT_OK;
    return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                      "%s%sindentation needs a column '%s [%s]'; name the one that it is by --column %s=NAME",
                      vt_table_label(t), vt_table_label(t)[0] ? ": " : "", name, unit, name);
}

static void point_at(vti_indent *s, const double *const channel[CHANNELS])
{
    s->t = channel[TIME];
    s->h = channel[DEPTH];
    s->P = channel[LOAD];
    s->S = channel[STIFFNESS];
    s->amplitude = channel[AMPLITUDE];
    s->force = channel[FORCE];
    s->phase = channel[PHASE];
    s->frequency = channel[FREQUENCY];
    s->H = channel[HARDNESS];
    s->E = channel[MODULUS];
    s->h_c = channel[CONTACT_DEPTH];
    s->A = channel[AREA];
}

/* -1 where the instrument writes pushing as negative: the reading largest in size tells. */
static double sense(const double *x, size_t n)
{
    double largest = 0.0;
    for (size_t i = 0; i < n; i++)
        if (fabs(x[i]) > fabs(largest)) largest = x[i];
    return largest < 0.0 ? -1.0 : 1.0;
}

/* Depth over a record that begins in air may be negative: what counts is its way from the least to the largest load. */
static double depth_sense(const double *h, const double *P, size_t n, double load_sense)
{
    size_t top = 0, low = 0;
    for (size_t i = 0; i < n; i++)
        if (load_sense * P[i] > load_sense * P[top]) top = i;
    for (size_t i = 0; i < top; i++)
        if (load_sense * P[i] < load_sense * P[low]) low = i;
    return h[top] < h[low] ? -1.0 : 1.0;
}

static bool whole(const double *const channel[CHANNELS], size_t i)
{
    return isfinite(channel[DEPTH][i]) && isfinite(channel[LOAD][i]) && (!channel[TIME] || isfinite(channel[TIME][i]));
}

/* Copies what is whole, with signs turned; without need for it the table's own arrays serve. */
static vt_status take_channels(vti_indent *s, const double *const raw[CHANNELS], size_t n, vt_error *err)
{
    size_t kept = 0, channels = 0;
    for (size_t i = 0; i < n; i++) kept += whole(raw, i);
    s->n = kept;
    s->dropped = n - kept;
    const bool dense = kept == n;
    const double load = dense ? sense(raw[LOAD], n) : 1.0;
    const double depth = dense ? depth_sense(raw[DEPTH], raw[LOAD], n, load) : 1.0;
    if (dense && load > 0.0 && depth > 0.0) {
        point_at(s, raw);
        return VT_OK;
    }
    for (int c = 0; c < CHANNELS; c++) channels += raw[c] != NULL;
    s->own = malloc((channels * kept + 1) * sizeof *s->own);
    s->row = malloc((kept + 1) * sizeof *s->row);
    if (!s->own || !s->row) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", kept);
    double *copy[CHANNELS] = {NULL}, *next = s->own;
    for (int c = 0; c < CHANNELS; c++, next += raw[c - 1] ? kept : 0) copy[c] = raw[c] ? next : NULL;
    for (size_t i = 0, k = 0; i < n; i++) {
        if (!whole(raw, i)) continue;
        for (int c = 0; c < CHANNELS; c++)
            if (raw[c]) copy[c][k] = raw[c][i];
        s->row[k++] = s->begin + i;
    }
    const double load_sign = sense(copy[LOAD], kept);
    const double depth_sign = kept ? depth_sense(copy[DEPTH], copy[LOAD], kept, load_sign) : 1.0;
    for (size_t k = 0; k < kept; k++) {
        copy[LOAD][k] *= load_sign;
        copy[DEPTH][k] *= depth_sign;
    }
    s->turned = load_sign < 0.0 || depth_sign < 0.0;
    point_at(s, (const double *const *)copy);
    return VT_OK;
}

/* File name without folder and ending. */
static void stem(const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    snprintf(out, size, "%.*s", (int)(dot && dot > base ? dot - base : (long)strlen(base)), base);
}

static void label_test(vti_indent *s, size_t tables)
{
    char file[VT_NAME];
    const char *text = vti_bound_text(s->table, "test", s->begin);
    stem(vt_table_path(s->table), file, sizeof file);
    if (!text[0]) text = vt_table_label(s->table);
    if (text[0])
        snprintf(s->test, sizeof s->test, "%.63s", text);
    else
        snprintf(s->test, sizeof s->test, "%.63s", tables == 1 || !file[0] ? "1" : file);
    snprintf(s->specimen, sizeof s->specimen, "%.63s", vti_bound_text(s->table, "specimen", s->begin));
    snprintf(s->group, sizeof s->group, "%.63s", vti_bound_text(s->table, "group", s->begin));
}

static double first_of(const vti_indent *s, const char *name)
{
    const double *x = vti_bound_numbers(s->table, name);
    return x ? x[s->begin] : (double)NAN;
}

/* Some instruments count time anew in each part of a record: as time of the whole it is of no use. */
static bool restarts(const double *t, size_t n)
{
    for (size_t i = 1; t && i < n; i++)
        if (t[i] < 0.1 * t[i - 1] && t[i - 1] - t[0] > 1.0) return true;
    return false;
}

static vt_status take_test(vti_indent *s, size_t end, vt_error *err)
{
    const double *raw[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
        const double *x = vti_bound_numbers(s->table, NAMES[c]);
        raw[c] = x ? x + s->begin : NULL;
    }
    if (s->own_file && restarts(raw[TIME], end - s->begin)) {
        raw[TIME] = NULL;
        s->restarts = true;
    }
    s->x = first_of(s, "x");
    s->y = first_of(s, "y");
    s->edge_distance = first_of(s, "edge_distance");
    s->diameter = first_of(s, "diameter");
    s->vendor_drift = s->window[0] = s->window[1] = (double)NAN;
    s->drift = s->u_drift = s->popin_load = s->popin_length = s->work_ratio = (double)NAN;
    return take_channels(s, raw, end - s->begin, err);
}

static vt_status take_table(const vt_job *job, size_t k, vti_indents *set, vt_error *err)
{
    const vt_table *t = job->tables[k];
    const long column = vt_table_find(t, "test");
    vt_status st;
    VT_TRY(st = need_column(t, "depth", "nm", err));
    VT_TRY(st = need_column(t, "load", "mN", err));
    for (size_t i = 0, end; i < vt_table_rows(t); i = end) {
        end = run_end(t, column, i);
        vti_indent *s = &set->indent[set->n++];
        *s = (vti_indent){.table = t, .begin = i, .own_file = job->form[k] == VTI_FORM_RECORD};
        s->file_zero = s->own_file && vt_table_find(t, "marker") >= 0;
        label_test(s, job->ntables);
        VT_TRY(st = take_test(s, end, err));
        VT_TRY(st = vti_indent_metadata(s, column < 0, err));
    }
done:
    return st;
}

vt_status vti_indents_gather(const vt_job *job, vti_indents *set, vt_error *err)
{
    const size_t most = count_tests(job);
    vt_status st = VT_OK;
    set->indent = calloc(most + 1, sizeof *set->indent);
    if (!set->indent) return vt_fail(err, VT_EMEMORY, "no memory for %zu tests", most);
    for (size_t k = 0; k < job->ntables && st == VT_OK; k++)
        if (is_record(job, k)) st = take_table(job, k, set, err);
    if (st == VT_OK) st = vti_indent_gather_rows(job, set, err);
    if (st == VT_OK) vti_indent_specimens(job, set);
    return st;
}

void vti_indents_free(vti_indents *set)
{
    for (size_t i = 0; i < set->n; i++) {
        free(set->indent[i].own);
        free(set->indent[i].row);
        free(set->indent[i].computed);
    }
    free(set->indent);
    free(set->cycle);
    free(set->row);
    *set = (vti_indents){0};
}
