/* Blocks of readings: a header, and numbers straight from memory into the columns. */
#include "base/number_internal.h"
#include "base/table_internal.h"
#include "base/units_internal.h"
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whatever lies at or above this in size may be a sentinel: let the slow way decide. */
#define SENTINELS_FROM 9.9e37

/* "Disp_nm": the unit behind the last '_', if it reads as one. A name may hold blanks ("Piezo Extension_nm"). */
static void name_by_suffix(const char *cell, vti_channel *c)
{
    char unit[VTI_NAME_LIMIT];
    const char *at = strrchr(cell, '_');
    snprintf(c->name, sizeof c->name, "%s", cell);
    if (!at || at == cell || !at[1]) return;
    const bool low_voltage = strcmp(at + 1, "LowV") == 0; /* Hysitron's Piezo_LowV */
    snprintf(unit, sizeof unit, "%s", low_voltage ? "V" : at + 1);
    c->has_unit = vt_unit_read(unit, NULL, &c->unit, NULL) == VT_OK;
    if (c->has_unit && !low_voltage)
        snprintf(c->name + (at + 1 - cell), sizeof c->name - (size_t)(at + 1 - cell), "%s", c->unit.text);
}

static void name_channel(const char *cell, vti_naming naming, vti_channel *c)
{
    char unit[VTI_NAME_LIMIT];
    c->unit = (vt_unit){.text = "1", .si = "1", .scale = 1.0};
    if (naming == VTI_NAME_SUFFIX) {
        name_by_suffix(cell, c);
    } else if (naming == VTI_NAME_BRACKETS && vti_header_split(cell, false, c->name, unit)) {
        c->has_unit = vt_unit_read(unit, NULL, &c->unit, NULL) == VT_OK;
    } else {
        snprintf(c->name, sizeof c->name, "%s", cell);
    }
}

/* A name that repeats stands as the file writes it ("Depth (V)"), or with its number. */
static void make_unique(vti_block *b, size_t i, const char *cell)
{
    vti_channel *c = &b->channel[i];
    for (int attempt = 0; attempt < 2; attempt++) {
        size_t same = 1;
        for (size_t k = 0; k < i; k++) same += strcmp(b->channel[k].name, c->name) == 0;
        if (same == 1) return;
        snprintf(c->name, sizeof c->name, attempt == 0 ? "%.200s" : "%.200s#%zu", cell, i + 1);
    }
}

vt_status vti_block_header(vti_block *b, const vti_line *line, vti_naming naming, vt_error *err)
{
    char cell[VTI_NAME_LIMIT];
    const char *p = line->p, *end = line->end, *after;
    while (end > p && (end[-1] == '\t' || end[-1] == ' ')) end--; /* a separator behind the last name */
    const size_t cells = vti_cells(p, end, b->separator, NULL, 0);
    b->header_line = line->number;
    if (cells > VTI_CHANNELS)
        return vt_fail_at(err, VT_ELIMIT, b->file, line->number, 0, "more than %d columns", VTI_CHANNELS);
    b->channel = calloc(cells + 1, sizeof *b->channel);
    if (!b->channel) return vt_fail(err, VT_EMEMORY, "no memory for the names of columns");
    for (;; p = after + 1) {
        const vti_cell c = vti_cell_at(p, end, b->separator, &after);
        if (c.n == 0 || c.n >= VTI_NAME_LIMIT / 2 - 8)
            return vt_fail_at(err, VT_ESHAPE, b->file, line->number, c.p - line->p + 1,
                              c.n ? "the name of column %zu is too long" : "column %zu has no name", b->n + 1);
        vti_cell_text(&c, cell, sizeof cell);
        name_channel(cell, naming, &b->channel[b->n]);
        make_unique(b, b->n, cell);
        b->n++;
        if (after >= end) return VT_OK;
    }
}

/* Lines in p ... end, at most. */
static size_t count_lines(const char *p, const char *end)
{
    size_t n = 1;
    bool feeds = false;
    for (const char *s = p; (s = memchr(s, '\n', (size_t)(end - s))); s++) {
        n++;
        feeds = true;
    }
    const char *r = memchr(p, '\r', (size_t)(end - p));
    if (feeds && r && r + 1 < end && r[1] == '\n') return n; /* CR LF; a CR alone among them is refused as a cell */
    for (const char *s = p; (s = memchr(s, '\r', (size_t)(end - s))); s++) n++;
    return n;
}

/* Room for the rows that can come: as many as announced, as lines, and as fit the bytes. */
static vt_status make_room(vti_block *b, const vti_lines *lines, long announced, size_t *room, vt_error *err)
{
    const size_t left = (size_t)(lines->end - lines->next), fit = left / (2 * b->n) + 1;
    size_t rows = announced >= 0 && (size_t)announced < fit ? (size_t)announced : fit;
    if (announced < 0) {
        const size_t count = count_lines(lines->next, lines->end);
        if (count < rows) rows = count;
    }
    for (size_t i = 0; i < b->n; i++) {
        b->channel[i].values = malloc((rows ? rows : 1) * sizeof(double));
        if (!b->channel[i].values)
            return vt_fail_at(err, VT_EMEMORY, b->file, lines->number, 0, "no memory for %zu rows", rows);
    }
    *room = rows;
    return VT_OK;
}

static vt_status refuse_cell(const vti_block *b, const vti_line *line, size_t column, const vti_cell *cell,
                             vt_error *err)
{
    char text[48];
    vti_cell_text(cell, text, sizeof text);
    return vt_fail_at(err, VT_EPARSE, b->file, line->number, cell->p - line->p + 1, "column '%.60s': '%s' is no number",
                      b->channel[column].name, text);
}

static vt_status read_cell(vti_block *b, const vti_line *line, size_t column, const vti_cell *cell, vt_error *err)
{
    double v = 0.0;
    const vti_kind kind = vti_cell_kind(cell, b->decimal, &v, NULL);
    if (kind == VTI_TEXT) return refuse_cell(b, line, column, cell, err);
    b->channel[column].values[b->rows] = kind == VTI_NUMBER ? v : (double)NAN;
    b->channel[column].missing += kind != VTI_NUMBER;
    return VT_OK;
}

static vt_status refuse_shape(const vti_block *b, const vti_line *line, size_t cells, vt_error *err)
{
    return vt_fail_at(
        err, VT_ESHAPE, b->file, line->number, 0,
        "the row has %s%zu cells, the header in line %ld names %zu columns; the file is damaged: export it "
        "again",
        cells > b->n ? "more than " : "", cells > b->n ? b->n : cells, b->header_line, b->n);
}

/* Separators behind the last cell are tolerated. */
static bool only_separators(const vti_block *b, const char *p, const char *end)
{
    while (p < end && (*p == b->separator || *p == ' ')) p++;
    return p == end;
}

static vt_status read_row(vti_block *b, const vti_line *line, vt_error *err)
{
    const char *p = line->p, *end = line->end, *after;
    for (size_t i = 0; i < b->n; i++, p = after + 1) {
        const vti_cell cell = vti_cell_at(p, end, b->separator, &after);
        const vt_status st = read_cell(b, line, i, &cell, err);
        if (st != VT_OK) return st;
        if (i + 1 < b->n && after >= end) return refuse_shape(b, line, i + 1, err);
    }
    return only_separators(b, after, end) ? VT_OK : refuse_shape(b, line, b->n + 1, err);
}

/* A row of nothing but numbers, without a look for the end of its line; returns where the next line begins, NULL if
 * anything is unusual. */
static const char *fast_row(vti_block *b, const char *p, const char *end)
{
    const char separator = b->separator, decimal = b->decimal;
    for (size_t i = 0; i < b->n; i++) {
        double v = 0.0;
        p = vti_number_scan(p, end, decimal, &v);
        if (!p || p == end || !(fabs(v) < SENTINELS_FROM)) return NULL;
        b->channel[i].values[b->rows] = v;
        if (*p == separator)
            p++;
        else if (i + 1 < b->n)
            return NULL;
    }
    if (p == end || (*p != '\r' && *p != '\n')) return NULL;
    return p + (*p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1);
}

static bool begins_like_number(const vti_line *line)
{
    const char *p = line->p;
    while (p < line->end && (*p == ' ' || *p == '\t')) p++;
    return p < line->end && ((*p >= '0' && *p <= '9') || *p == '-' || *p == '+' || *p == '.' || *p == ',');
}

static vt_status refuse_count(const vti_block *b, long line, long announced, vt_error *err)
{
    const bool more = b->rows >= (size_t)announced;
    return vt_fail_at(err, VT_ESHAPE, b->file, line, 0,
                      more
                          ? "a line of numbers follows the %ld readings that the file announces; it is damaged: export "
                            "it again"
                          : "the file announces %ld readings, but only %zu are there; it is cut off: export it again",
                      announced, b->rows);
}

/* The line of a row that does not follow the row above it. */
static vt_status mark_row(vti_block *b, long line, vt_error *err)
{
    struct vti_block_mark *room = b->mark, *last = b->marks > 0 ? &room[b->marks - 1] : NULL;
    if (last && line - last->line == (long)(b->rows - last->row)) return VT_OK;
    room = vti_grow(b->mark, b->marks, &b->marks_room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for line numbers");
    b->mark = room;
    room[b->marks++] = (struct vti_block_mark){b->rows, line};
    return VT_OK;
}

/* The slow way: one line that holds a row; *more: there was one. */
static vt_status next_row(vti_block *b, vti_lines *lines, long announced, size_t room, bool *more, vt_error *err)
{
    const vti_lines before = *lines;
    vti_line line = {.number = lines->number};
    *more = vti_lines_filled(lines, &line);
    if (!*more) return VT_OK;
    if (!begins_like_number(&line)) {
        *lines = before;
        *more = false;
        return VT_OK;
    }
    if (announced >= 0 && b->rows >= (size_t)announced) return refuse_count(b, line.number, announced, err);
    if (b->rows >= room) return refuse_shape(b, &line, 1, err); /* fewer bytes than its cells need */
    vt_status st = mark_row(b, line.number, err);
    if (st == VT_OK) st = read_row(b, &line, err);
    b->rows += st == VT_OK;
    return st;
}

vt_status vti_block_rows(vti_block *b, vti_lines *lines, long announced, vt_error *err)
{
    size_t room = 0;
    bool more = true;
    vt_status st = make_room(b, lines, announced, &room, err);
    while (st == VT_OK && more) {
        const char *next = b->rows > 0 && b->rows < room ? fast_row(b, lines->next, lines->end) : NULL;
        if (!next) {
            st = next_row(b, lines, announced, room, &more, err);
            continue;
        }
        b->rows++;
        lines->next = next;
        lines->number++;
    }
    if (st == VT_OK && announced >= 0 && b->rows < (size_t)announced)
        st = refuse_count(b, lines->number, announced, err);
    return st;
}

/* As vt_unit_to_si, for a whole column. */
static void to_si(vti_channel *c, size_t n)
{
    if (!c->has_unit || (c->unit.scale == 1.0 && c->unit.offset == 0.0)) return;
    const double divisor = c->unit.offset != 0.0 ? 0.0 : vti_unit_divisor(c->unit.scale);
    const double scale = c->unit.scale, offset = c->unit.offset;
    if (divisor > 0.0)
        for (size_t i = 0; i < n; i++) c->values[i] /= divisor;
    else
        for (size_t i = 0; i < n; i++) c->values[i] = c->values[i] * scale + offset;
}

vt_status vti_block_table(vti_block *b, size_t first, size_t count, const char *label, const char *form, vt_book *book,
                          vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    if (b->rows == 0)
        return vt_fail_at(err, VT_ESHAPE, b->file, b->header_line, 0, "a header but no readings below it");
    VT_TRY(st = vti_part_begin(b->file, label, form, &t, err));
    t->header_line = b->header_line;
    for (size_t i = 0; i < b->marks; i++) VT_TRY(st = vt_table_mark_line(t, b->mark[i].row, b->mark[i].line, err));
    for (size_t i = first; i < first + count; i++) {
        vti_channel *c = &b->channel[i];
        double *fit = realloc(c->values, b->rows * sizeof *fit);
        if (fit) c->values = fit;
        to_si(c, b->rows);
        VT_TRY(st = vt_table_adopt(t, c->name, &c->unit, c->has_unit, b->rows, c->values, err));
        c->values = NULL;
    }
    st = vti_book_add(book, t, err); /* takes it over in any case */
    t = NULL;
done:
    vt_table_free(t);
    return st;
}

void vti_block_free(vti_block *b)
{
    for (size_t i = 0; i < b->n; i++) free(b->channel[i].values);
    free(b->channel);
    free(b->mark);
    b->channel = NULL;
    b->mark = NULL;
    b->n = b->rows = b->marks = b->marks_room = 0;
}
