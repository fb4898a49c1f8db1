/* Anton Paar curves export: four columns per indent, X_<name>_Time_[s] Y_<name>_Fn_[mN] X_<name>_Time_[s]
 * Y_<name>_Pd_[nm]. Shorter curves are padded to the longest by their last row again, or by empty cells; the padding is
 * left out. */
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <string.h>

enum { PER_INDENT = 4 };

static bool begins_curve(const char *p, char axis)
{
    return p[0] == axis && p[1] == '_';
}

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    const char *p = text + strspn(text, " \t\r\n");
    for (int i = 0; i < PER_INDENT; i++) {
        const size_t n = strcspn(p, "\t\r\n");
        if (n < 6 || !begins_curve(p, i % 2 ? 'Y' : 'X') || !memchr(p, '[', n)) return false;
        if (i + 1 < PER_INDENT && p[n] != '\t') return false;
        p += n + 1;
    }
    return true;
}

/* "X_HT_V_100mN_1_Time" -> "HT_V_100mN_1" and "Time"; false if it has not this shape. */
static bool take_apart(const char *name, char axis, char label[VTI_NAME_LIMIT], char quantity[32])
{
    const char *last = strrchr(name, '_');
    if (!begins_curve(name, axis) || !last || last < name + 3 || !last[1] || strlen(last + 1) >= 32) return false;
    snprintf(label, VTI_NAME_LIMIT, "%.*s", (int)(last - name - 2), name + 2);
    snprintf(quantity, 32, "%s", last + 1);
    return true;
}

/* Names of the four channels from `first` on: one indent, time twice. */
static vt_status name_indent(vti_block *b, size_t first, char label[VTI_NAME_LIMIT], vt_error *err)
{
    for (size_t i = 0; i < PER_INDENT; i++) {
        vti_channel *c = &b->channel[first + i];
        char own[VTI_NAME_LIMIT], quantity[32], *repeated = strrchr(c->name, '[');
        if (repeated && repeated > c->name + 1) repeated[-1] = '\0'; /* the second time keeps its unit */
        const bool good = take_apart(c->name, i % 2 ? 'Y' : 'X', own, quantity);
        if (!good || (i > 0 && strcmp(own, label) != 0) || (i % 2 == 0 && strcmp(quantity, "Time") != 0))
            return vt_fail_at(err, VT_ESHAPE, b->file, b->header_line, 0,
                              "column %zu is '%.60s'; each indent has X_NAME_Time, Y_NAME_Fn, X_NAME_Time, Y_NAME_Pd",
                              first + i + 1, c->name);
        if (i == 0) snprintf(label, VTI_NAME_LIMIT, "%s", own);
        snprintf(c->name, sizeof c->name, "%s", quantity);
    }
    return VT_OK;
}

/* Rows of the indent without its padding. */
static size_t true_rows(const vti_block *b, size_t first)
{
    size_t n = b->rows;
    for (; n > 1; n--) {
        bool same = true, empty = true;
        for (size_t i = first; i < first + PER_INDENT; i++) {
            const double *v = b->channel[i].values;
            same = same && v[n - 1] == v[n - 2];
            empty = empty && isnan(v[n - 1]);
        }
        if (!same && !empty) break;
    }
    return n;
}

/* Only missing cells above the padding count. */
static void count_missing(vti_block *b, size_t first, size_t rows)
{
    for (size_t i = first; i < first + PER_INDENT; i++) {
        vti_channel *c = &b->channel[i];
        c->missing = 0;
        for (size_t k = 0; k < rows; k++) c->missing += isnan(c->values[k]) ? 1 : 0;
    }
}

/* Load and depth must have been read at the same times: then the second time is left out. */
static vt_status check_times(const vti_block *b, size_t first, size_t rows, const char *label, vt_error *err)
{
    const double *a = b->channel[first].values, *c = b->channel[first + 2].values;
    for (size_t i = 0; i < rows; i++)
        if (!(a[i] == c[i]) && !(isnan(a[i]) && isnan(c[i])))
            return vt_fail_at(err, VT_ESHAPE, b->file, b->header_line + 1 + (long)i, 0,
                              "indent '%.60s': load is read at %g s, depth at %g s; one row must have one time", label,
                              a[i], c[i]);
    return VT_OK;
}

/* "HT_V_100mN_1" belongs to the group "HT_V_100mN". */
static vt_status add_group(vt_table *t, const char *label, vt_error *err)
{
    char group[VTI_NAME_LIMIT];
    const char *last = strrchr(label, '_');
    if (!last || last == label) return VT_OK;
    snprintf(group, sizeof group, "%.*s", (int)(last - label), label);
    return vt_table_add_meta(t, "group", group, 0, err);
}

static vt_status add_indent(vti_block *b, size_t first, size_t *padding, vt_book *book, vt_error *err)
{
    char label[VTI_NAME_LIMIT];
    vt_status st = name_indent(b, first, label, err);
    if (st != VT_OK) return st;
    const size_t all = b->rows, rows = true_rows(b, first);
    count_missing(b, first, rows);
    st = check_times(b, first, rows, label, err);
    if (st != VT_OK) return st;
    const vti_channel second = b->channel[first + 2]; /* the three that stay side by side */
    b->channel[first + 2] = b->channel[first + 3];
    b->channel[first + 3] = second;
    b->rows = rows;
    st = vti_block_table(b, first, PER_INDENT - 1, label, "record", book, err);
    b->rows = all;
    *padding += all - rows;
    return st == VT_OK ? add_group(vti_book_table(book, vt_book_tables(book) - 1), label, err) : st;
}

static vt_status add_indents(vti_block *b, vt_book *book, vt_error *err)
{
    size_t padding = 0;
    vt_status st = VT_OK;
    for (size_t i = 0; i < b->n && st == VT_OK; i += PER_INDENT) st = add_indent(b, i, &padding, book, err);
    if (st != VT_OK || padding == 0) return st;
    return vt_table_add_note(vti_book_table(book, 0), err,
                             "%zu rows that pad shorter curves to the longest are left out", padding);
}

/* ',' if the first row of numbers has one. */
static char decimal_sign(const vti_lines *lines)
{
    vti_lines copy = *lines;
    vti_line line;
    for (int i = 0; i < 20 && vti_lines_next(&copy, &line); i++) {
        if (memchr(line.p, ',', (size_t)(line.end - line.p))) return ',';
        if (memchr(line.p, '.', (size_t)(line.end - line.p))) return '.';
    }
    return '.';
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    vti_missing missing = {0};
    vti_block b = {.file = file->name, .separator = '\t'};
    vti_line line = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    vti_lines lines = vti_lines_of(&text);
    (void)vti_lines_filled(&lines, &line); /* the header, by which it is recognised */
    b.decimal = decimal_sign(&lines);
    VT_TRY(st = vti_block_header(&b, &line, VTI_NAME_BRACKETS, err));
    if (b.n % PER_INDENT != 0) {
        st = vt_fail_at(err, VT_ESHAPE, file->name, line.number, 0,
                        "%zu columns; each indent has four (time, load, time, depth)", b.n);
        goto done;
    }
    VT_TRY(st = vti_block_rows(&b, &lines, -1, err));
    if (vti_lines_filled(&lines, &line)) {
        st = vt_fail_at(err, VT_EPARSE, file->name, line.number, 0, "a line that is no row of numbers");
        goto done;
    }
    VT_TRY(st = add_indents(&b, book, err));
    st = vti_missing_block(&missing, &b, err);
done:
    st = vti_missing_end(&missing, book, st, err);
    vti_block_free(&b);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_ANTON_PAAR_CURVES = {
    .name = "Anton Paar curves (text export)", .recognise = recognise, .read = read};
