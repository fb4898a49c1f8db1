/* Workbooks of either container: their sheets by name, and one sheet as a plain table. */
#include "base/table_internal.h"
#include "io/sheet/container_internal.h"
#include "io/table_read_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_ole(const void *bytes, size_t size)
{
    return size >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static bool is_zip(const void *bytes, size_t size)
{
    return size >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0;
}

bool vti_workbook_magic(const void *bytes, size_t size)
{
    return is_ole(bytes, size) || is_zip(bytes, size);
}

vt_status vti_workbook_open(vti_workbook **book, const char *name, const void *bytes, size_t size, vt_error *err)
{
    vt_status st = VT_OK;
    vti_workbook *b = calloc(1, sizeof *b);
    if (!b) return vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for a workbook");
    b->name = name;
    b->size = size;
    if (is_ole(bytes, size)) {
        VT_TRY(st = vti_ole_stream(name, bytes, size, &b->biff.bytes, &b->biff.size, err));
        VT_TRY(st = vti_biff_open(b, err));
    } else {
        VT_TRY(st = vti_xlsx_open(b, bytes, err));
    }
    if (b->nsheets == 0) {
        st = vt_fail_at(err, VT_ESHAPE, name, 0, 0, "the workbook has no sheet");
        goto done;
    }
    *book = b;
    b = NULL;
done:
    vti_workbook_close(b);
    return st;
}

void vti_workbook_close(vti_workbook *book)
{
    if (!book) return;
    for (size_t i = 0; i < book->nsheets; i++) {
        free(book->sheet[i].name);
        free(book->sheet[i].path);
    }
    free(book->sheet);
    free(book->strings.text.p);
    free(book->strings.start);
    free(book->biff.bytes);
    free(book->biff.room.wide);
    free(book->biff.room.utf8);
    vti_xlsx_close(book->xlsx);
    free(book);
}

vt_status vti_workbook_add(vti_workbook *book, const char *name, const char *path, uint32_t offset, vt_error *err)
{
    if (book->nsheets >= VTI_SHEET_COUNT)
        return vt_fail_at(err, VT_ELIMIT, book->name, 0, 0, "more than %d sheets", VTI_SHEET_COUNT);
    vti_sheet_entry *room = vti_grow(book->sheet, book->nsheets, &book->sheets_room, sizeof *room);
    if (!room) return vt_fail_at(err, VT_EMEMORY, book->name, 0, 0, "no memory for %zu sheets", book->nsheets + 1);
    book->sheet = room;
    room[book->nsheets] = (vti_sheet_entry){.name = vti_copy(name), .path = path ? vti_copy(path) : NULL, offset};
    const bool good = room[book->nsheets].name && (!path || room[book->nsheets].path);
    book->nsheets++;
    return good ? VT_OK : vt_fail_at(err, VT_EMEMORY, book->name, 0, 0, "no memory for the name of a sheet");
}

bool vti_workbook_is_xlsx(const vti_workbook *book)
{
    return book->xlsx != NULL;
}

size_t vti_workbook_sheets(const vti_workbook *book)
{
    return book->nsheets;
}

const char *vti_workbook_sheet(const vti_workbook *book, size_t i)
{
    return i < book->nsheets ? book->sheet[i].name : "";
}

vt_status vti_workbook_find(const vti_workbook *book, const char *sheet, size_t *i, vt_error *err)
{
    char known[400] = "";
    size_t used = 0;
    for (size_t k = 0; k < book->nsheets; k++) {
        if (!sheet || strcmp(book->sheet[k].name, sheet) == 0) {
            *i = k;
            return VT_OK;
        }
        if (used < sizeof known)
            used +=
                (size_t)snprintf(known + used, sizeof known - used, "%s'%.60s'", k ? ", " : "", book->sheet[k].name);
    }
    return vt_fail_at(err, VT_EKEY, book->name, 0, 0, "has no sheet '%.60s'; there are %s", sheet, known);
}

vt_status vti_workbook_grid(vti_workbook *book, size_t i, vti_grid *g, vt_error *err)
{
    if (i >= book->nsheets) return vt_fail_at(err, VT_EINTERNAL, book->name, 0, 0, "no sheet %zu", i);
    g->name = book->name;
    g->sheet = book->sheet[i].name;
    g->shared = book->strings.text.p;
    g->limit = (size_t)VTI_SHEET_CELLS + 4 * book->size;
    g->n = g->nrows = g->columns = g->own.n = 0;
    const vt_status st = book->xlsx ? vti_xlsx_cells(book, i, g, err) : vti_biff_cells(book, i, g, err);
    return st == VT_OK ? vti_grid_finish(g, err) : st;
}

/* The sheet that is asked for, else the first that is not empty, else the first. */
static vt_status open_sheet(vti_workbook *book, const char *sheet, vti_grid *g, vt_error *err)
{
    size_t i = 0;
    vt_status st = vti_workbook_find(book, sheet, &i, err);
    if (st != VT_OK) return st;
    st = vti_workbook_grid(book, i, g, err);
    while (st == VT_OK && !sheet && g->n == 0 && ++i < book->nsheets) st = vti_workbook_grid(book, i, g, err);
    return st;
}

vt_status vti_workbook_table(vti_workbook *book, const vt_read_options *options, vt_table **table, vt_error *err)
{
    vti_grid g = {0};
    char *text = NULL;
    size_t n = 0;
    vt_status st;
    VT_TRY(st = open_sheet(book, options ? options->sheet : NULL, &g, err));
    VT_TRY(st = vti_grid_to_text(&g, &text, &n, err));
    vti_grid_free(&g);
    vti_source source = {.name = book->name, .memory = text, .left = n};
    st = vti_table_from_source(&source, '\t', options, table, err);
done:
    vti_grid_free(&g);
    free(text);
    return st;
}

vt_status vti_workbook_plain(const char *name, const void *bytes, size_t size, const vt_read_options *options,
                             vt_table **table, vt_error *err)
{
    vti_workbook *book = NULL;
    vt_status st = vti_workbook_open(&book, name, bytes, size, err);
    if (st == VT_OK) st = vti_workbook_table(book, options, table, err);
    vti_workbook_close(book);
    return st;
}
