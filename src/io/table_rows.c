/* The rows of a text table: one pass, numbers straight into their columns. */
#include "base/number_internal.h"
#include "io/table_read_internal.h"
#include <math.h>
#include <string.h>

/* Whatever lies at or above this in size may be a sentinel: let the slow way decide. */
#define SENTINELS_FROM 9.9e37

typedef struct row {
    const char *start, *end; /* the line, without its end */
    const char *next;
    long line;
} row;

static vt_status refuse_cell(const vti_reader *r, const row *w, size_t column, const vti_cell *c, vt_error *err)
{
    char text[48];
    vti_cell_text(c, text, sizeof text);
    const char *name = r->column[column].name, *file = r->source.name;
    const long at = c->p - w->start + 1;
    if (c->quote == 2)
        return vt_fail_at(err, VT_EPARSE, file, w->line, at, "the quote before '%s' is not closed on its line", text);
    double v;
    const char other = r->layout.decimal == '.' ? ',' : '.';
    if (vti_cell_kind(c, other, &v, NULL) == VTI_NUMBER)
        return vt_fail_at(err, VT_EPARSE, file, w->line, at,
                          "column '%s': '%s' has a decimal '%c', but the table has '%c'; use one of them throughout",
                          name, text, other, r->layout.decimal);
    return vt_fail_at(err, VT_EPARSE, file, w->line, at,
                      "column '%s': '%s' is not a number; correct it, or leave the cell empty for a missing value",
                      name, text);
}

static vt_status refuse_shape(const vti_reader *r, const row *w, vt_error *err)
{
    const char *p = w->start;
    size_t cells = 0, used = 0;
    for (;;) {
        const char *after;
        const vti_cell c = vti_cell_at(p, w->end, r->layout.separator, &after);
        cells++;
        if (c.n > 0) used = cells;
        if (after >= w->end) break;
        p = after + 1;
    }
    char text[48];
    const vti_cell first = {w->start, (size_t)(w->end - w->start), 0};
    vti_cell_text(&first, text, sizeof text);
    const size_t found = used > r->ncolumns ? used : cells;
    const bool comma = r->layout.separator == ',' && found > r->ncolumns;
    return vt_fail_at(
        err, VT_ESHAPE, r->source.name, w->line, 0,
        "the row has %zu cells, the header in line %ld names %zu columns ('%s'); %s", found, r->layout.header_line,
        r->ncolumns, text,
        comma ? "with decimal commas separate the cells by semicolon or tab"
              : "one file holds one table: split files with several blocks, cut off what follows the table");
}

/* A cell of a numeric column that is not simply a number. */
static vt_status slow_cell(vti_reader *r, const row *w, size_t column, const vti_cell *cell, double *out, vt_error *err)
{
    vti_read_column *c = &r->column[column];
    bool thousands;
    double v;
    switch (vti_cell_kind(cell, r->layout.decimal, &v, &thousands)) {
    case VTI_NUMBER:
        *out = v * c->scale / c->divisor + c->unit.offset;
        c->thousands += thousands;
        return VT_OK;
    case VTI_SENTINEL: c->sentinels++; break;
    case VTI_TEXT: return refuse_cell(r, w, column, cell, err);
    case VTI_EMPTY:
    case VTI_MISSING: break;
    }
    *out = (double)NAN;
    return VT_OK;
}

static const char *skip_blanks(const char *p, const char *end, char separator)
{
    while (p < end && (*p == ' ' || *p == '\t') && *p != separator) p++;
    return p;
}

/* Cell of `column` at p; *after: the separator behind it, or the end of the line. */
static vt_status read_cell(vti_reader *r, const row *w, size_t column, const char *p, const char **after, vt_error *err)
{
    vti_read_column *c = &r->column[column];
    const char separator = r->layout.separator;
    if (!c->is_text) {
        double v;
        const char *s = vti_number_scan(skip_blanks(p, w->end, separator), w->end, r->layout.decimal, &v);
        if (s && separator != ' ') s = skip_blanks(s, w->end, separator);
        const bool whole = s && (s == w->end || *s == separator || (separator == ' ' && *s == '\t'));
        if (whole && fabs(v) < SENTINELS_FROM) {
            c->values[r->rows] = v * c->scale / c->divisor + c->unit.offset;
            *after = s;
            return VT_OK;
        }
    }
    const vti_cell cell = vti_cell_at(p, w->end, separator, after);
    if (!c->is_text) return slow_cell(r, w, column, &cell, &c->values[r->rows], err);
    if (cell.quote == 2) return refuse_cell(r, w, column, &cell, err);
    return vti_columns_text(r, column, &cell, err);
}

static bool only_separators(const char *p, const char *end, char separator)
{
    while (p < end && (*p == separator || *p == ' ' || *p == '\t')) p++;
    return p == end;
}

static vt_status read_row(vti_reader *r, const row *w, vt_error *err)
{
    vt_status st = vti_columns_room(r, err);
    if (st != VT_OK) return st;
    const char separator = r->layout.separator, *end = w->end, *p = w->start;
    if (separator == ' ') {
        p = skip_blanks(p, end, '\0');
        while (end > p && (end[-1] == ' ' || end[-1] == '\t')) end--;
    }
    const row trimmed = {w->start, end, w->next, w->line};
    for (size_t i = 0; i < r->ncolumns; i++) {
        const char *after;
        st = read_cell(r, &trimmed, i, p, &after, err);
        if (st != VT_OK) {
            /* a line that does not fit at all is the better reason */
            vt_error shape = {0};
            if (st == VT_EPARSE && vti_cells(w->start, end, separator, NULL, 0) < r->ncolumns) {
                st = refuse_shape(r, &trimmed, &shape);
                if (err) *err = shape;
            }
            return st;
        }
        const bool last = i + 1 == r->ncolumns;
        if (after >= end) {
            if (!last) return refuse_shape(r, &trimmed, err);
        } else if (last && !only_separators(after, end, separator)) {
            return refuse_shape(r, &trimmed, err);
        }
        p = after < end ? after + 1 : end;
        if (separator == ' ') p = skip_blanks(p, end, '\0');
    }
    return VT_OK;
}

/* Comments and blank lines are left out. */
static bool is_left_out(vti_reader *r, const row *w)
{
    const char *p = skip_blanks(w->start, w->end, '\0');
    if (p == w->end) return true;
    if (*p != '#') return false;
    if (w->end - p >= 4 && memcmp(p, "#N/A", 4) == 0) return false; /* a missing value of a spreadsheet */
    r->comments++;
    return true;
}

static vt_status read_lines(vti_reader *r, vt_error *err)
{
    const char *p = r->source.window + r->source.begin, *end = vti_source_lines_end(&r->source);
    const char *begin = p;
    vt_status st = VT_OK;
    while (p < end && st == VT_OK) {
        row w = {.start = p, .line = r->source.line};
        w.end = vti_line_end(p, end, &w.next);
        if (!is_left_out(r, &w)) {
            if (w.line != r->expected_line) st = vt_table_mark_line(r->table, r->rows, w.line, err);
            if (st == VT_OK) st = read_row(r, &w, err);
            r->expected_line = w.line + 1;
            r->rows++;
        }
        r->source.line++;
        p = w.next;
    }
    r->source.begin += (size_t)(p - begin);
    r->source.offset += (uint64_t)(p - begin);
    return st;
}

vt_status vti_rows_read(vti_reader *r, vt_error *err)
{
    /* the first window is there already; skip to the first row */
    r->source.offset += (uint64_t)(r->layout.rows - (r->source.window + r->source.begin));
    r->source.begin = (size_t)(r->layout.rows - r->source.window);
    r->source.line = r->layout.rows_line;
    for (;;) {
        vt_status st = read_lines(r, err);
        if (st != VT_OK) return st;
        if (r->source.finished) return VT_OK;
        st = vti_source_fill(&r->source, err);
        if (st != VT_OK) return st;
    }
}
