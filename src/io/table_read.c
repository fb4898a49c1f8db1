/* Reading tables: files, pipes, memory; text and workbooks. */
#include "base/table_internal.h"
#include "io/book/book_internal.h"
#include "io/file_internal.h"
#include "io/sheet/sheet_internal.h"
#include "io/table_read_internal.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_LINES = 8 }; /* complete lines that the layout needs to see, if there are so many */

/* Text until some lines are complete: one window, but for lines of a megabyte. */
static vt_status first_window(vti_source *s, vt_error *err)
{
    for (;;) {
        const vt_status st = vti_source_fill(s, err);
        if (st != VT_OK || s->finished) return st;
        const char *p = s->window + s->begin, *end = vti_source_lines_end(s);
        int lines = 0;
        while (p < end && lines < FIRST_LINES) {
            (void)vti_line_end(p, end, &p);
            lines++;
        }
        if (lines == FIRST_LINES) return VT_OK;
    }
}

static vt_status read_all(vti_reader *r, vt_error *err)
{
    vt_status st;
    VT_TRY(st = first_window(&r->source, err));
    VT_TRY(st = vti_layout_find(&r->source, r->forced, &r->layout, err));
    VT_TRY(st = vt_table_create(&r->table, err));
    VT_TRY(st = vt_table_name(r->table, r->source.name, err));
    r->table->header_line = r->layout.header_line;
    VT_TRY(st = vti_header_metadata(r, err));
    VT_TRY(st = vti_header_read(r, err));
    VT_TRY(st = vti_rows_read(r, err));
    if (r->rows == 0) {
        st = vt_fail_at(err, VT_ESHAPE, r->source.name, r->layout.header_line, 0, "a header but no rows below it");
        goto done;
    }
    st = vti_columns_finish(r, err);
done:
    return st;
}

/* Columns that the caller wants under another name than the file gives them. */
static vt_status rename_columns(vt_table *table, const vt_read_options *o, const char *path, vt_error *err)
{
    for (size_t i = 0; o && i < o->nnames; i++)
        if (vt_table_rename(table, o->names[i].text, o->names[i].key, err) != VT_OK) {
            if (!o->names[i].file) return vt_error_place(err, path, 0);
            return vt_error_place(err, o->names[i].file, o->names[i].line);
        }
    return VT_OK;
}

vt_status vti_table_from_source(vti_source *source, char forced, const vt_read_options *options, vt_table **table,
                                vt_error *err)
{
    vti_reader r = {.source = *source, .options = options, .forced = forced};
    r.source.line = 1;
    vt_status st = read_all(&r, err);
    if (st == VT_OK) st = rename_columns(r.table, options, source->name, err);
    if (st == VT_OK) {
        *table = r.table;
        r.table = NULL;
    }
    vti_reader_free(&r);
    return st;
}

vt_status vti_refuse_sheet(const char *name, const vt_read_options *options, vt_error *err)
{
    if (!options || !options->sheet) return VT_OK;
    return vt_fail_at(err, VT_EARG, name, 0, 0, "sheet '%s' is asked for, but this is no workbook", options->sheet);
}

vt_status vt_table_parse(const char *name, const char *text, size_t size, const vt_read_options *options,
                         vt_table **table, vt_error *err)
{
    if (!name || (!text && size > 0) || !table) return vt_fail(err, VT_EARG, "name, text or table is NULL");
    if (vti_workbook_magic(text, size)) return vti_workbook_plain(name, text, size, options, table, err);
    const vt_status st = vti_refuse_sheet(name, options, err);
    if (st != VT_OK) return st;
    vti_source source = {.name = name, .memory = text, .left = size};
    return vti_table_from_source(&source, 0, options, table, err);
}

enum { WORKBOOK_LIMIT = 256 << 20 };

/* A workbook has to be in memory: its directory stands at its end. */
static vt_status read_workbook(const char *path, FILE *in, const vt_read_options *options, vt_table **table,
                               vt_error *err)
{
    size_t size = 0, room = 1 << 20;
    char *bytes = malloc(room);
    vt_status st = VT_OK;
    while (bytes && st == VT_OK) {
        const size_t got = fread(bytes + size, 1, room - size, in);
        size += got;
        if (size < room) break;
        if (size >= WORKBOOK_LIMIT) {
            st = vt_fail_at(err, VT_ELIMIT, path, 0, 0, "the workbook is larger than %d MiB; export the sheet as text",
                            WORKBOOK_LIMIT >> 20);
            break;
        }
        room *= 2;
        char *bigger = realloc(bytes, room);
        if (!bigger) free(bytes);
        bytes = bigger;
    }
    if (!bytes) return vt_fail_at(err, VT_EMEMORY, path, 0, 0, "no memory for a workbook of %zu bytes", size);
    if (st == VT_OK && ferror(in)) st = vt_fail_at(err, VT_EIO, path, 0, 0, "cannot be read");
    if (st == VT_OK) st = vti_workbook_plain(path, bytes, size, options, table, err);
    free(bytes);
    return st;
}

vt_status vt_table_read(const char *path, const vt_read_options *options, vt_table **table, vt_error *err)
{
    if (!path || !table) return vt_fail(err, VT_EARG, "path or table is NULL");
    FILE *in = NULL;
    vt_status st = vti_file_open(&in, path, err);
    if (st != VT_OK) return st;
    const int first = getc(in); /* 'P', 0xD0: a workbook, or a text that begins so */
    if (first != EOF) ungetc(first, in);
    if ((first == 'P' || first == 0xD0) && in != stdin) {
        unsigned char magic[8];
        const size_t n = fread(magic, 1, sizeof magic, in);
        rewind(in);
        if (vti_workbook_magic(magic, n)) {
            st = read_workbook(path, in, options, table, err);
            goto done;
        }
    }
    VT_TRY(st = vti_refuse_sheet(path, options, err));
    vti_source source = {.name = path, .in = in};
    st = vti_table_from_source(&source, 0, options, table, err);
done:
    vti_file_close(in);
    return st;
}
