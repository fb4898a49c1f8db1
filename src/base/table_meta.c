/* Tables: lines of the file, metadata and notes. */
#include "base/table_internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

long vt_table_line(const vt_table *table, size_t row)
{
    if (!table || table->nmarks == 0 || row < table->mark[0].row) return 0;
    size_t low = 0, high = table->nmarks; /* mark[low].row <= row < mark[high].row */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (table->mark[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    const struct vti_line_mark *m = &table->mark[low];
    return m->line > 0 ? m->line + (long)(row - m->row) : 0;
}

vt_status vt_table_mark_line(vt_table *table, size_t row, long line, vt_error *err)
{
    if (!table) return vt_fail(err, VT_EARG, "table is NULL");
    if (!(line >= 0)) return vt_fail(err, VT_EARG, "line %ld is negative", line);
    if (table->nmarks > 0 && table->mark[table->nmarks - 1].row >= row)
        return vt_fail(err, VT_EARG, "line of row %zu comes after that of row %zu", row,
                       table->mark[table->nmarks - 1].row);
    struct vti_line_mark *room = vti_grow(table->mark, table->nmarks, &table->marks_room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for line numbers");
    table->mark = room;
    table->mark[table->nmarks++] = (struct vti_line_mark){row, line};
    return VT_OK;
}

size_t vt_table_metas(const vt_table *table)
{
    return table ? table->nmetas : 0;
}

vt_meta vt_table_meta(const vt_table *table, size_t i)
{
    if (!table || i >= table->nmetas) return (vt_meta){"", "", 0};
    return (vt_meta){table->meta[i].key, table->meta[i].text, table->meta[i].line};
}

vt_status vt_table_add_meta(vt_table *table, const char *key, const char *text, long line, vt_error *err)
{
    if (!table || !key || !text) return vt_fail(err, VT_EARG, "table, key or text is NULL");
    struct vti_meta *room = vti_grow(table->meta, table->nmetas, &table->metas_room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for metadata '%s'", key);
    table->meta = room;
    struct vti_meta m = {vti_copy(key), vti_copy(text), line};
    if (!m.key || !m.text) {
        free(m.key);
        free(m.text);
        return vt_fail(err, VT_EMEMORY, "no memory for metadata '%s'", key);
    }
    table->meta[table->nmetas++] = m;
    return VT_OK;
}

size_t vt_table_notes(const vt_table *table)
{
    return table ? table->nnotes : 0;
}

const char *vt_table_note(const vt_table *table, size_t i)
{
    return table && i < table->nnotes ? table->note[i] : "";
}

vt_status vt_table_add_note(vt_table *table, vt_error *err, const char *fmt, ...)
{
    if (!table || !fmt) return vt_fail(err, VT_EARG, "table or format is NULL");
    va_list args;
    va_start(args, fmt);
    const vt_status st = vti_keep_text(&table->note, &table->nnotes, &table->notes_room, err, fmt, args);
    va_end(args);
    return st;
}
