/* Cells of one sheet, in order, with an index of the rows. */
#include "base/grow_internal.h"
#include "io/sheet/sheet_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool vti_buffer_add(vti_buffer *b, const char *p, size_t n)
{
    if (n > VTI_SHEET_TEXT || b->n > VTI_SHEET_TEXT - n) return false;
    if (b->n + n > b->room) {
        const size_t room = b->room + b->room / 2 + n + 1024;
        char *bigger = realloc(b->p, room);
        if (!bigger) return false;
        b->p = bigger;
        b->room = room;
    }
    if (n > 0) memcpy(b->p + b->n, p, n);
    b->n += n;
    return true;
}

bool vti_strings_begin(vti_strings *s)
{
    if (s->n >= VTI_SHEET_STRINGS) return false;
    uint32_t *bigger = vti_grow(s->start, s->n, &s->room, sizeof *bigger);
    if (!bigger) return false;
    s->start = bigger;
    s->start[s->n++] = (uint32_t)s->text.n; /* below VTI_SHEET_TEXT */
    return true;
}

static vt_status no_memory(const vti_grid *g, vt_error *err)
{
    return vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for sheet '%s'", g->sheet);
}

/* Appends a cell without its value. */
static vt_status add(vti_grid *g, long row, long column, vti_sheet_kind kind, vt_error *err)
{
    if (g->n >= g->limit)
        return vt_fail_at(err, VT_ELIMIT, g->name, row + 1, 0,
                          "sheet '%s' unpacks to more than %zu cells, too many for a file of this size", g->sheet,
                          g->limit);
    if (g->n == g->room) {
        const size_t room = g->room ? g->room + g->room / 2 : 512;
        vti_sheet_cell *bigger = realloc(g->cell, room * sizeof *bigger);
        if (!bigger) return no_memory(g, err);
        g->cell = bigger;
        g->room = room;
    }
    vti_sheet_cell *c = &g->cell[g->n];
    c->row = (uint32_t)row;
    c->column = (uint16_t)column;
    c->kind = (uint16_t)kind;
    if (g->n == 0)
        g->sorted = true;
    else if (c->row < c[-1].row || (c->row == c[-1].row && c->column <= c[-1].column))
        g->sorted = false;
    if ((size_t)column >= g->columns) g->columns = (size_t)column + 1;
    g->n++;
    return VT_OK;
}

vt_status vti_grid_number(vti_grid *g, long row, long column, double number, vt_error *err)
{
    const bool good = isfinite(number);
    const vt_status st = add(g, row, column, good ? VTI_SHEET_IS_NUMBER : VTI_SHEET_IS_ERROR, err);
    if (st == VT_OK) g->cell[g->n - 1].value.number = good ? number : 0.0;
    return st;
}

vt_status vti_grid_shared(vti_grid *g, long row, long column, const vti_strings *strings, size_t index, vt_error *err)
{
    if (index >= strings->n)
        return vt_fail_at(err, VT_EPARSE, g->name, row + 1, 0,
                          "a shared string that does not exist in row %ld of the sheet; save the workbook again",
                          row + 1);
    if (!strings->text.p[strings->start[index]]) return VT_OK; /* an empty text is an empty cell */
    const vt_status st = add(g, row, column, VTI_SHEET_IS_SHARED, err);
    if (st == VT_OK) g->cell[g->n - 1].value.text = strings->start[index];
    return st;
}

vt_status vti_grid_own(vti_grid *g, long row, long column, const char *p, size_t n, vt_error *err)
{
    if (n == 0) return VT_OK;
    const size_t start = g->own.n;
    vt_status st = add(g, row, column, VTI_SHEET_IS_OWN, err);
    if (st != VT_OK) return st;
    g->cell[g->n - 1].value.text = (uint32_t)start;
    if (vti_buffer_add(&g->own, p, n) && vti_buffer_add(&g->own, "", 1)) return VT_OK;
    return vt_fail_at(err, VT_ELIMIT, g->name, row + 1, 0, "sheet '%s' holds more than %d MiB of text", g->sheet,
                      VTI_SHEET_TEXT >> 20);
}

static int compare(const void *a, const void *b)
{
    const vti_sheet_cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* In order; of cells that are given twice one remains. */
static void sort(vti_grid *g)
{
    size_t n = 0;
    qsort(g->cell, g->n, sizeof *g->cell, compare);
    for (size_t i = 0; i < g->n; i++)
        if (n == 0 || compare(&g->cell[n - 1], &g->cell[i]) != 0) g->cell[n++] = g->cell[i];
    g->n = n;
    g->sorted = true;
}

vt_status vti_grid_finish(vti_grid *g, vt_error *err)
{
    size_t rows = 0;
    if (!g->sorted && g->n > 0) sort(g);
    for (size_t i = 0; i < g->n; i++) rows += i == 0 || g->cell[i].row != g->cell[i - 1].row;
    if (rows + 1 > g->row_room) {
        size_t *bigger = realloc(g->row, (rows + 1) * sizeof *bigger);
        if (!bigger) return no_memory(g, err);
        g->row = bigger;
        g->row_room = rows + 1;
    }
    g->nrows = 0;
    for (size_t i = 0; i < g->n; i++)
        if (i == 0 || g->cell[i].row != g->cell[i - 1].row) g->row[g->nrows++] = i;
    g->row[g->nrows] = g->n;
    return VT_OK;
}

void vti_grid_free(vti_grid *g)
{
    free(g->cell);
    free(g->own.p);
    free(g->row);
    *g = (vti_grid){0};
}

const vti_sheet_cell *vti_grid_at(const vti_grid *g, size_t row, size_t column)
{
    if (g->n == 0 || row >= VTI_SHEET_ROWS || column >= VTI_SHEET_COLUMNS) return NULL;
    const vti_sheet_cell key = {.row = (uint32_t)row, .column = (uint16_t)column};
    return bsearch(&key, g->cell, g->n, sizeof *g->cell, compare);
}

const char *vti_grid_string(const vti_grid *g, const vti_sheet_cell *c)
{
    if (!c) return "";
    if (c->kind == VTI_SHEET_IS_SHARED) return g->shared + c->value.text;
    return c->kind == VTI_SHEET_IS_OWN ? g->own.p + c->value.text : "";
}

bool vti_grid_is_number(const vti_sheet_cell *c)
{
    return c && c->kind == VTI_SHEET_IS_NUMBER;
}

bool vti_grid_too_sparse(const vti_grid *g, size_t nrows, size_t ncolumns)
{
    return nrows * ncolumns > VTI_SHEET_SPARSE * g->n + 65536;
}
