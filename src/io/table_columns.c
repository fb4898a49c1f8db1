/* The columns of a table that is being read: room, texts, and the finished table. */
#include "base/table_internal.h"
#include "io/table_read_internal.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROWS = 1024, FIRST_POOL = 4096 };

static vt_status no_memory(const vti_reader *r, vt_error *err)
{
    return vt_fail_at(err, VT_EMEMORY, r->source.name, r->source.line, 0,
                      "no memory for more than %zu rows of %zu "
                      "columns",
                      r->rows, r->ncolumns);
}

vt_status vti_columns_room(vti_reader *r, vt_error *err)
{
    if (r->rows < r->room) return VT_OK;
    const size_t room = r->room ? r->room + r->room / 2 : FIRST_ROWS;
    if (room > SIZE_MAX / 2 / sizeof(double)) return no_memory(r, err);
    for (size_t i = 0; i < r->ncolumns; i++) {
        vti_read_column *c = &r->column[i];
        void *bigger =
            c->is_text ? realloc(c->start, room * sizeof *c->start) : realloc(c->values, room * sizeof *c->values);
        if (!bigger) return no_memory(r, err);
        if (c->is_text)
            c->start = bigger;
        else
            c->values = bigger;
    }
    r->room = room;
    return VT_OK;
}

vt_status vti_columns_text(vti_reader *r, size_t column, const vti_cell *cell, vt_error *err)
{
    vti_read_column *c = &r->column[column];
    const size_t most = 2 * cell->n + 4; /* Latin-1 doubles at most */
    if (c->pool_room - c->pool_used < most) {
        const size_t room = c->pool_room + c->pool_room / 2 + most + FIRST_POOL;
        char *bigger = realloc(c->pool, room);
        if (!bigger) return no_memory(r, err);
        c->pool = bigger;
        c->pool_room = room;
    }
    c->start[r->rows] = c->pool_used;
    c->pool_used += vti_cell_text(cell, c->pool + c->pool_used, most) + 1;
    return VT_OK;
}

/* Gives back what geometric growth took too much. */
static void *shrink(void *array, size_t size)
{
    void *smaller = realloc(array, size ? size : 1);
    return smaller ? smaller : array;
}

static vt_status finish_column(vti_reader *r, vti_read_column *c, vt_error *err)
{
    vt_status st;
    if (c->is_text) {
        c->pool = shrink(c->pool, c->pool_used);
        c->start = shrink(c->start, r->rows * sizeof *c->start);
        st = vti_table_adopt_text(r->table, c->name, r->rows, c->pool, c->start, err);
        if (st != VT_OK) return vt_error_place(err, r->source.name, r->layout.header_line), st;
        c->pool = NULL;
        c->start = NULL;
        return VT_OK;
    }
    c->values = shrink(c->values, r->rows * sizeof *c->values);
    st = vt_table_adopt(r->table, c->name, &c->unit, c->has_unit, r->rows, c->values, err);
    if (st != VT_OK) return vt_error_place(err, r->source.name, r->layout.header_line), st;
    c->values = NULL;
    if (c->sentinels > 0)
        st = vt_table_add_note(r->table, err, "%s: %zu cells held a sign for \"no value\" and count as missing",
                               c->name, c->sentinels);
    if (st == VT_OK && c->thousands > 0)
        st = vt_table_add_note(r->table, err, "%s: %zu numbers had thousands separators", c->name, c->thousands);
    return st;
}

vt_status vti_columns_finish(vti_reader *r, vt_error *err)
{
    for (size_t i = 0; i < r->ncolumns; i++) {
        const vt_status st = finish_column(r, &r->column[i], err);
        if (st != VT_OK) return st;
    }
    if (r->comments > 0)
        return vt_table_add_note(r->table, err, "%zu comment lines below the header were left out", r->comments);
    return VT_OK;
}

void vti_reader_free(vti_reader *r)
{
    for (size_t i = 0; r->column && i < r->ncolumns; i++) {
        free(r->column[i].values);
        free(r->column[i].pool);
        free(r->column[i].start);
    }
    free(r->column);
    r->column = NULL;
    vti_source_free(&r->source);
    vt_table_free(r->table);
    r->table = NULL;
}
