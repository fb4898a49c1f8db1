/* Sheets of results whose cells come one by one: one row per indent, one column per quantity. */
#include "base/number_internal.h"
#include "base/table_internal.h"
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

vt_status vti_results_column_of(vti_results *s, const char *name, const char *unit, bool known, long line,
                                size_t *column, vt_error *err)
{
    for (size_t tried = 0; tried < s->n; tried++) {
        const size_t i = (s->last + 1 + tried) % s->n; /* files repeat the order of their quantities */
        if (strcmp(s->column[i].name, name) != 0) continue;
        if (strcmp(s->column[i].unit, unit) != 0)
            return vt_fail_at(err, VT_EUNITS, s->file, line, 0, "'%.60s' is in '%.40s' here, in '%.40s' above", name,
                              unit, s->column[i].unit);
        *column = s->last = i;
        return VT_OK;
    }
    if (s->n == VTI_CHANNELS)
        return vt_fail_at(err, VT_ELIMIT, s->file, line, 0, "more than %d quantities", VTI_CHANNELS);
    vti_results_column *room = vti_grow(s->column, s->n, &s->room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for the quantity '%.60s'", name);
    s->column = room;
    vti_results_column *c = &room[s->n];
    *c = (vti_results_column){.known = known};
    snprintf(c->name, sizeof c->name, "%s", name);
    snprintf(c->unit, sizeof c->unit, "%s", unit);
    *column = s->last = s->n++;
    return VT_OK;
}

vt_status vti_results_add(vti_results *s, size_t row, double value, vt_error *err)
{
    struct vti_results_cell *room = vti_grow(s->cell, s->cells, &s->cells_room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for %zu results", s->cells + 1);
    s->cell = room;
    s->cell[s->cells++] = (struct vti_results_cell){(unsigned)row, 0, value};
    return VT_OK;
}

vt_status vti_results_put(vti_results *s, size_t row, size_t column, double value, vt_error *err)
{
    const vt_status st = vti_results_add(s, row, value, err);
    if (st != VT_OK) return st;
    s->cell[s->cells - 1].column = (unsigned)column;
    if (isnan(value)) s->column[column].missing++;
    return VT_OK;
}

vt_status vti_results_put_text(vti_results *s, size_t row, size_t column, const char *text, char decimal, long line,
                               vt_error *err)
{
    const vti_cell cell = {text, strlen(text), 0};
    double v = (double)NAN;
    const vti_kind kind = vti_cell_kind(&cell, decimal, &v, NULL);
    if (kind == VTI_TEXT)
        return vt_fail_at(err, VT_EPARSE, s->file, line, 0, "'%.60s': '%.40s' is no number", s->column[column].name,
                          text);
    return vti_results_put(s, row, column, kind == VTI_NUMBER ? v : (double)NAN, err);
}

static int by_place(const void *a, const void *b)
{
    const struct vti_results_cell *p = a, *q = b;
    if (p->column != q->column) return p->column < q->column ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* Unit of a column; false, and a note, if it is none that is known. */
static bool unit_of(const vti_results_column *c, vt_unit *unit, vt_table *table, vt_status *st, vt_error *err)
{
    *unit = (vt_unit){.text = "1", .si = "1", .scale = 1.0};
    if (c->unit[0] == '\0') return c->known;
    if (vt_unit_read(c->unit, NULL, unit, NULL) == VT_OK) return true;
    *unit = (vt_unit){.text = "1", .si = "1", .scale = 1.0};
    *st = vt_table_add_note(table, err, "%s: the unit '%s' is not known; the numbers are as written", c->name, c->unit);
    return false;
}

/* Cells cell[0 ... n) of one column into the table. */
static vt_status add_column(const vti_results_column *c, const struct vti_results_cell *cell, size_t n, size_t rows,
                            vt_table *table, vt_error *err)
{
    vt_unit unit;
    vt_status st = VT_OK;
    double *values = NULL;
    const bool known = unit_of(c, &unit, table, &st, err);
    if (st != VT_OK) return st;
    values = malloc((rows ? rows : 1) * sizeof *values);
    if (!values) return vt_fail(err, VT_EMEMORY, "no memory for %zu results", rows);
    for (size_t i = 0; i < rows; i++) values[i] = (double)NAN;
    for (size_t i = 0; i < n; i++) values[cell[i].row] = known ? vt_unit_to_si(&unit, cell[i].value) : cell[i].value;
    st = vt_table_adopt(table, c->name, &unit, known, rows, values, err);
    if (st != VT_OK) free(values);
    return st;
}

static vt_status check_cells(const vti_results *s, size_t rows, size_t size, vt_error *err)
{
    if (rows == 0 || s->cells == 0)
        return vt_fail_at(err, VT_ESHAPE, s->file, 0, 0, "no results: the file is cut off or empty");
    if (rows > size / 2 / s->n)
        return vt_fail_at(err, VT_ESHAPE, s->file, 0, 0, "%zu indents with %zu quantities in so small a file", rows,
                          s->n);
    for (size_t i = 1; i < s->cells; i++)
        if (by_place(&s->cell[i - 1], &s->cell[i]) == 0)
            return vt_fail_at(err, VT_EKEY, s->file, 0, 0, "'%.60s' stands twice for indent %u",
                              s->column[s->cell[i].column].name, s->cell[i].row + 1);
    return VT_OK;
}

static size_t present(const struct vti_results_cell *cell, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += isnan(cell[i].value) ? 0 : 1;
    return count;
}

vt_status vti_results_table(vti_results *s, size_t rows, size_t size, vt_table *table, vt_book *book,
                            vti_missing *missing, vt_error *err)
{
    char empty[400] = "";
    size_t at = 0, nempty = 0;
    if (s->cells > 1) qsort(s->cell, s->cells, sizeof *s->cell, by_place);
    vt_status st = check_cells(s, rows, size, err);
    for (size_t i = 0, first = 0; st == VT_OK && i < s->n; i++) {
        const struct vti_results_cell *c = s->cell + first;
        size_t n = 0;
        while (first + n < s->cells && c[n].column == i) n++;
        first += n;
        if (present(c, n) > 0) {
            st = add_column(&s->column[i], c, n, rows, table, err);
            if (st == VT_OK) st = vti_missing_add(missing, s->column[i].name, s->column[i].missing, err);
        } else {
            if (at + 70 < sizeof empty)
                at += (size_t)snprintf(empty + at, sizeof empty - at, "%s%s", nempty ? ", " : "",
                                       vti_cut(s->column[i].name).text);
            nempty++;
        }
    }
    if (st == VT_OK && nempty > 0)
        st = vti_book_ignore(book, err, "%zu quantities without any value: %s%s", nempty, empty,
                             at + 70 < sizeof empty ? "" : ", ...");
    return st;
}

void vti_results_free(vti_results *s)
{
    free(s->column);
    free(s->cell);
    *s = (vti_results){0};
}

vt_status vti_constant_meta(vt_table *table, const char *column, const char *key, vt_error *err)
{
    char text[64];
    const long c = vt_table_find(table, column);
    const size_t n = vt_table_rows(table);
    const double *v = c >= 0 ? vt_table_values(table, (size_t)c) : NULL;
    for (size_t i = 0; v && i < n; i++)
        if (!(v[i] == v[0])) return VT_OK;
    if (!v || n == 0 || !vt_table_column_has_unit(table, (size_t)c)) return VT_OK;
    const vt_unit *unit = vt_table_column_unit(table, (size_t)c);
    char number[VTI_NUMBER_TEXT];
    vti_number_write(vt_unit_from_si(unit, v[0]), number);
    const bool one = strcmp(unit->text, "1") == 0;
    snprintf(text, sizeof text, "%s%s%s", number, one ? "" : " ", one ? "" : unit->text);
    return vt_table_add_meta(table, key, text, 0, err);
}
