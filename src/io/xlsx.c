/* A sheet of a workbook as tab-separated text, one line per row of the sheet: the text reader does the rest. */
#include "io/table_read_internal.h"
#include "io/xlsx_internal.h"
#include <stdlib.h>
#include <string.h>

enum { VALUE_LIMIT = 1 << 20 }; /* bytes of one cell */

struct sheet {
    const char *name;
    const vti_strings *strings;
    vti_buffer *out;
    vti_buffer value; /* of the open cell */
    long row;         /* row that is being written, 1-based; lines 1 ... row-1 are complete */
    long column;      /* cells written in it */
    long widest;      /* of all rows so far: shorter rows are filled up, since empty cells are not stored */
    bool in_row, in_cell, in_value, in_text;
    unsigned phonetic;
    char type[16];
    long cell_column; /* 1-based */
};

static vt_status damaged(const struct sheet *s, const char *what, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, s->name, s->row, 0, "%s in row %ld of the sheet; save the workbook again", what,
                      s->row);
}

static vt_status put(const struct sheet *s, const char *p, size_t n, vt_error *err)
{
    if (vti_buffer_add(s->out, p, n)) return VT_OK;
    return vt_fail_at(err, VT_ELIMIT, s->name, s->row, 0, "the sheet is larger than %d MiB of text",
                      VTI_XLSX_TEXT >> 20);
}

/* Decimal integer in [1, high], or 0. */
static long whole(const char *p, long high)
{
    long v = 0;
    if (!*p) return 0;
    for (; *p; p++) {
        if (*p < '0' || *p > '9' || v > high) return 0;
        v = 10 * v + (*p - '0');
    }
    return v <= high ? v : 0;
}

/* Column of a reference such as "AB12", or 0. */
static long column_of(const char *reference)
{
    long c = 0;
    for (; *reference >= 'A' && *reference <= 'Z'; reference++) {
        c = 26 * c + (*reference - 'A' + 1);
        if (c > VTI_XLSX_COLUMNS) return 0;
    }
    return c;
}

static vt_status begin_row(struct sheet *s, const vti_xml_element *e, vt_error *err)
{
    char text[32];
    long row = s->row + 1;
    if (vti_xml_attribute(e, "r", text, sizeof text)) row = whole(text, VTI_XLSX_ROWS);
    if (row <= s->row || row > VTI_XLSX_ROWS) return damaged(s, "a row number out of order", err);
    for (; s->row < row - 1; s->row++) { /* rows that are not stored are empty lines */
        const vt_status st = put(s, "\n", 1, err);
        if (st != VT_OK) return st;
    }
    s->row = row;
    s->column = 0;
    s->in_row = true;
    return VT_OK;
}

static vt_status begin_cell(struct sheet *s, const vti_xml_element *e, vt_error *err)
{
    char text[32];
    s->cell_column = s->column + 1;
    if (vti_xml_attribute(e, "r", text, sizeof text)) s->cell_column = column_of(text);
    if (s->cell_column <= s->column || s->cell_column > VTI_XLSX_COLUMNS) return damaged(s, "a cell out of order", err);
    if (!vti_xml_attribute(e, "t", s->type, sizeof s->type)) s->type[0] = '\0';
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
    if (s->value.n + n > VALUE_LIMIT) return damaged(s, "a cell of more than 1 MiB", err);
    return vti_buffer_add(&s->value, p, n) ? VT_OK : vt_fail_at(err, VT_EMEMORY, s->name, s->row, 0, "no memory");
}

/* Quoted, so that a label stays a label; what would break the line becomes a blank. */
static vt_status put_text(struct sheet *s, const char *p, size_t n, vt_error *err)
{
    vt_status st = VT_OK;
    if (n == 0) return VT_OK;
    VT_TRY(st = put(s, "\"", 1, err));
    for (size_t i = 0; i < n; i++) {
        const char c = p[i] == '\t' || p[i] == '\n' || p[i] == '\r' ? ' ' : p[i];
        if (c == '"') VT_TRY(st = put(s, "\"", 1, err));
        VT_TRY(st = put(s, &c, 1, err));
    }
    st = put(s, "\"", 1, err);
done:
    return st;
}

static vt_status put_shared(struct sheet *s, const char *index, vt_error *err)
{
    const long i = strcmp(index, "0") == 0 ? 0 : whole(index, VTI_XLSX_STRINGS);
    if ((i == 0 && strcmp(index, "0") != 0) || (size_t)i >= s->strings->n)
        return damaged(s, "a shared string that does not exist", err);
    const char *text = s->strings->text.p + s->strings->start[i];
    return put_text(s, text, strlen(text), err);
}

static vt_status end_cell(struct sheet *s, vt_error *err)
{
    vt_status st = VT_OK;
    s->in_cell = s->in_value = s->in_text = false;
    if (s->value.n == 0) return VT_OK;
    for (; s->column < s->cell_column; s->column++)
        if (s->column > 0) VT_TRY(st = put(s, "\t", 1, err));
    if (!vti_buffer_add(&s->value, "", 1)) return vt_fail_at(err, VT_EMEMORY, s->name, s->row, 0, "no memory");
    const size_t n = s->value.n - 1;
    if (strcmp(s->type, "s") == 0)
        st = put_shared(s, s->value.p, err);
    else if (strcmp(s->type, "e") == 0)
        st = put(s, "n/a", 3, err); /* #N/A, #DIV/0!: no value */
    else if (strcmp(s->type, "str") == 0 || strcmp(s->type, "inlineStr") == 0 || strcmp(s->type, "b") == 0)
        st = put_text(s, s->value.p, n, err);
    else if (strpbrk(s->value.p, "\t\n\r\"#"))
        st = damaged(s, "a number that is none", err);
    else
        st = put(s, s->value.p, n, err);
done:
    return st;
}

static vt_status end_row(struct sheet *s, vt_error *err)
{
    vt_status st = VT_OK;
    s->in_row = false;
    if (s->column > s->widest) s->widest = s->column;
    if (s->column > 0)
        for (; s->column < s->widest; s->column++) VT_TRY(st = put(s, "\t", 1, err));
    st = put(s, "\n", 1, err);
done:
    return st;
}

static vt_status on_end(void *state, const char *name, vt_error *err)
{
    struct sheet *s = state;
    if (strcmp(name, "row") == 0 && s->in_row) return end_row(s, err);
    if (strcmp(name, "c") == 0 && s->in_cell) return end_cell(s, err);
    if (strcmp(name, "v") == 0) s->in_value = false;
    if (strcmp(name, "t") == 0) s->in_text = false;
    if (strcmp(name, "rPh") == 0 && s->phonetic > 0) s->phonetic--;
    return VT_OK;
}

vt_status vti_xlsx_text(const char *name, const void *bytes, size_t size, const char *sheet, char **text, size_t *n,
                        vt_error *err)
{
    vti_workbook *book = NULL;
    vti_strings strings = {0};
    vti_buffer out = {0};
    char path[VTI_XLSX_NAME];
    struct sheet s = {.name = name, .strings = &strings, .out = &out};
    const vti_xml_reader reader = {on_begin, on_end, on_text, &s};
    vt_status st;
    VT_TRY(st = vti_workbook_open(&book, name, bytes, size, err));
    VT_TRY(st = vti_xlsx_sheet_path(book, name, sheet, path, err));
    VT_TRY(st = vti_xlsx_strings(book, name, &strings, err));
    VT_TRY(st = vti_workbook_part(book, path, false, &reader, err));
    *text = out.p;
    *n = out.n;
    out.p = NULL;
done:
    vti_workbook_close(book);
    free(strings.text.p);
    free(strings.start);
    free(s.value.p);
    free(out.p);
    return st;
}
