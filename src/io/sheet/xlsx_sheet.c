/* Cells of a sheet of a .xlsx workbook. */
#include "base/number_internal.h"
#include "io/sheet/xlsx_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum cell_type { NUMBER, SHARED, TEXT, ERROR } cell_type;

struct sheet {
    vti_workbook *book;
    vti_grid *g;
    vti_buffer value; /* of the open cell */
    long row;         /* that is open or was the last, from 1; 0: none yet */
    long column;      /* of the cell that is open or was the last, from 1 */
    bool in_row, in_cell, in_value, in_text;
    bool enough; /* the rows that are wanted have come */
    unsigned phonetic;
    cell_type type;
};

static vt_status damaged(const struct sheet *s, const char *what, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, s->g->name, s->row, 0, "%s in row %ld of sheet '%s'; save the workbook again",
                      what, s->row, s->g->sheet);
}

/* Decimal integer in [0, high], or -1. */
static long whole(const char *p, long high)
{
    long v = 0;
    if (!*p) return -1;
    for (; *p; p++) {
        if (*p < '0' || *p > '9' || v > high) return -1;
        v = 10 * v + (*p - '0');
    }
    return v <= high ? v : -1;
}

/* Column of a reference such as "AB12", or 0. */
static long column_of(const char *reference)
{
    long c = 0;
    for (; *reference >= 'A' && *reference <= 'Z'; reference++) {
        c = 26 * c + (*reference - 'A' + 1);
        if (c > VTI_SHEET_COLUMNS) return 0;
    }
    return c;
}

static vt_status begin_row(struct sheet *s, const vti_xml_element *e, vt_error *err)
{
    char text[32];
    long row = s->row + 1;
    if (vti_xml_attribute(e, "r", text, sizeof text)) row = whole(text, VTI_SHEET_ROWS);
    if (row <= s->row || row > VTI_SHEET_ROWS) return damaged(s, "a row number out of order", err);
    s->enough = s->g->head > 0 && (size_t)row > s->g->head;
    s->row = row;
    s->column = 0;
    s->in_row = true;
    return VT_OK;
}

static cell_type type_of(const vti_xml_element *e)
{
    char t[16];
    if (!vti_xml_attribute(e, "t", t, sizeof t)) return NUMBER;
    if (strcmp(t, "s") == 0) return SHARED;
    if (strcmp(t, "e") == 0) return ERROR;
    return strcmp(t, "str") == 0 || strcmp(t, "inlineStr") == 0 || strcmp(t, "b") == 0 ? TEXT : NUMBER;
}

static vt_status begin_cell(struct sheet *s, const vti_xml_element *e, vt_error *err)
{
    char text[32];
    long column = s->column + 1;
    if (vti_xml_attribute(e, "r", text, sizeof text)) column = column_of(text);
    if (column <= s->column || column > VTI_SHEET_COLUMNS) return damaged(s, "a cell out of order", err);
    s->column = column;
    s->type = type_of(e);
    s->in_cell = true;
    s->value.n = 0;
    return VT_OK;
}

static vt_status on_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct sheet *s = state;
    if (strcmp(e->name, "row") == 0) return s->in_row ? damaged(s, "a row inside a row", err) : begin_row(s, e, err);
    if (strcmp(e->name, "c") == 0 && s->in_row)
        return s->in_cell ? damaged(s, "a cell inside a cell", err) : begin_cell(s, e, err);
    if (strcmp(e->name, "v") == 0) s->in_value = s->in_cell;
    if (strcmp(e->name, "t") == 0) s->in_text = s->in_cell;
    if (strcmp(e->name, "rPh") == 0) s->phonetic++;
    return VT_OK;
}

static vt_status on_text(void *state, const char *p, size_t n, vt_error *err)
{
    struct sheet *s = state;
    if (!(s->in_value || s->in_text) || s->phonetic > 0) return VT_OK;
    if (s->value.n + n > VTI_SHEET_CELL) return damaged(s, "a cell of more than 1 MiB", err);
    return vti_buffer_add(&s->value, p, n) ? VT_OK : vt_fail_at(err, VT_EMEMORY, s->g->name, s->row, 0, "no memory");
}

static vt_status end_number(struct sheet *s, size_t n, vt_error *err)
{
    double v;
    const char *p = s->value.p, *end = p + n;
    while (p < end && *p == ' ') p++; /* xml:space */
    while (end > p && end[-1] == ' ') end--;
    if (vti_number_scan(p, end, '.', &v) != end) return damaged(s, "a number that is none", err);
    return vti_grid_number(s->g, s->row - 1, s->column - 1, v, err);
}

static vt_status end_cell(struct sheet *s, vt_error *err)
{
    const long row = s->row - 1, column = s->column - 1;
    s->in_cell = s->in_value = s->in_text = false;
    const size_t n = s->value.n;
    if (n == 0) return VT_OK;
    if (s->type == TEXT) return vti_grid_own(s->g, row, column, s->value.p, n, err);
    if (s->type == ERROR) return vti_grid_number(s->g, row, column, (double)NAN, err); /* #N/A, #DIV/0! */
    if (!vti_buffer_add(&s->value, "", 1)) return vt_fail_at(err, VT_EMEMORY, s->g->name, s->row, 0, "no memory");
    if (s->type == NUMBER) return end_number(s, n, err);
    const long index = whole(s->value.p, VTI_SHEET_STRINGS);
    return vti_grid_shared(s->g, row, column, &s->book->strings, index < 0 ? SIZE_MAX : (size_t)index, err);
}

static vt_status on_end(void *state, const char *name, vt_error *err)
{
    struct sheet *s = state;
    if (strcmp(name, "c") == 0 && s->in_cell) return end_cell(s, err);
    if (strcmp(name, "row") == 0) s->in_row = false;
    if (strcmp(name, "v") == 0) s->in_value = false;
    if (strcmp(name, "t") == 0) s->in_text = false;
    if (strcmp(name, "rPh") == 0 && s->phonetic > 0) s->phonetic--;
    return VT_OK;
}

vt_status vti_xlsx_cells(vti_workbook *book, size_t i, vti_grid *g, vt_error *err)
{
    struct sheet s = {.book = book, .g = g};
    const vti_xml_reader reader = {on_begin, on_end, on_text, &s, &s.enough};
    if (!book->sheet[i].path || !book->sheet[i].path[0])
        return vt_fail_at(err, VT_EPARSE, book->name, 0, 0, "sheet '%s' has no part in the workbook; save it again",
                          book->sheet[i].name);
    const vt_status st = vti_xlsx_part(book->xlsx, book->sheet[i].path, false, &reader, err);
    free(s.value.p);
    return st;
}
