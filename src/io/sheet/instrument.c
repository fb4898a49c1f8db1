/* Workbooks as books: those of indenters test by test, others as one plain sheet. */
#include "base/table_internal.h"
#include "io/sheet/instrument_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which file is a workbook? ---- */
static bool begins(const unsigned char *p, size_t n, const char *with)
{
    const size_t length = strlen(with);
    return n >= length && memcmp(p, with, length) == 0;
}

/* OLE2, or a ZIP archive among whose first members is a part of a .xlsx workbook. */
static bool recognise(const vti_file *file)
{
    const size_t size = file->size < VTI_HEAD ? file->size : VTI_HEAD;
    if (!vti_workbook_magic(file->bytes, size)) return false;
    if (file->bytes[0] != 'P') return true;
    for (size_t i = 0; i + 30 < size; i++) {
        if (file->bytes[i] != 'P' || !begins(file->bytes + i, size - i, "PK\x03\x04")) continue;
        const unsigned char *name = file->bytes + i + 30; /* APPNOTE.TXT 4.3.7 */
        const size_t n = size - i - 30;
        if (begins(name, n, "[Content_Types].xml") || begins(name, n, "xl/")) return true;
    }
    return false;
}

/* ---- counts over all tests ---- */
vt_status vti_sheet_count_missing(vti_instrument *in, const vti_frame *f, vt_error *err)
{
    for (size_t c = 0; c < f->ncolumns; c++) {
        size_t i = 0;
        if (f->column[c].missing == 0 || f->column[c].column == 0) continue;
        while (i < in->nmissing && strcmp(in->missing[i].name, f->column[c].name) != 0) i++;
        if (i == in->nmissing) {
            vti_sheet_missing *room = vti_grow(in->missing, in->nmissing, &in->missing_room, sizeof *room);
            if (!room) return vt_fail(err, VT_EMEMORY, "no memory for counts");
            in->missing = room;
            in->missing[in->nmissing++] = (vti_sheet_missing){0};
            memcpy(in->missing[i].name, f->column[c].name, sizeof in->missing[i].name);
        }
        in->missing[i].cells += f->column[c].missing;
    }
    return VT_OK;
}

static vt_status say_missing(vti_instrument *in, vt_error *err)
{
    char text[400];
    size_t used = 0;
    for (size_t i = 0; i < in->nmissing && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.60s %zu", i ? ", " : "", in->missing[i].name,
                                 in->missing[i].cells);
    if (used == 0) return VT_OK;
    return vt_table_add_note(vti_book_table(in->book, 0), err,
                             "cells without a value (1.8e308, almost zero, an error): %s%s", text,
                             used < sizeof text ? "" : " ...");
}

/* ---- sheets ---- */
static vt_status take_sheet(vti_instrument *in, size_t i, vti_grid *g, vt_error *err)
{
    bool taken = false, inview = false;
    vt_status st = vti_workbook_grid(in->workbook, i, g, err);
    if (st != VT_OK) return st;
    if (g->n == 0) return vti_book_ignore(in->book, err, "sheet '%.100s': empty", g->sheet);
    if (vti_is_record(g, &inview)) {
        in->inview = in->inview || inview;
        return vti_take_record(in, g, i, err);
    }
    st = vti_take_listing(in, g, &taken, err);
    if (st == VT_OK && !taken)
        st = vti_book_ignore(in->book, err, "sheet '%.100s': no test; --sheet reads it as a plain table", g->sheet);
    return st;
}

/* "Test nnn" by number, then others by number, then as they stand: the tests are stored last first. */
static int compare(const void *a, const void *b)
{
    const vti_test *x = a, *y = b;
    if (x->named != y->named) return x->named ? -1 : 1;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static vt_status add_tests(vti_instrument *in, vt_error *err)
{
    if (in->n > 0) qsort(in->test, in->n, sizeof *in->test, compare);
    for (size_t i = 0; i < in->n; i++) {
        vt_table *t = in->test[i].table;
        in->test[i].table = NULL;
        const vt_status st = vti_book_add(in->book, t, err);
        if (st != VT_OK) return st;
        in->test[i].table = t; /* the book's */
    }
    return VT_OK;
}

/* The vendor's results as tables. InView's Results repeat what its cycles say, but for the places of the tests. */
static vt_status add_lists(vti_instrument *in, vt_error *err)
{
    static const vti_listing_kind KINDS[] = {VTI_LIST_RESULTS, VTI_LIST_CYCLES};
    for (size_t k = 0; k < 2; k++) {
        vti_listing *l = &in->list[KINDS[k]];
        if (!l->table) continue;
        if (in->inview && k == 0 && in->list[VTI_LIST_CYCLES].table) {
            const vt_status st = vti_book_ignore(
                in->book, err, "sheet '%.60s': but for X and Y, which went to the tests; the cycles say more",
                vt_table_label(l->table));
            if (st != VT_OK) return st;
            continue;
        }
        vt_table *t = l->table;
        l->table = NULL;
        const vt_status st = vti_book_add(in->book, t, err);
        if (st != VT_OK) return st;
        l->table = t; /* the book's */
    }
    return VT_OK;
}

static vt_status finish(vti_instrument *in, vt_error *err)
{
    char format[64];
    vt_status st;
    snprintf(format, sizeof format, "%s workbook (%s)", in->inview ? "InView" : "NanoSuite",
             vti_workbook_is_xlsx(in->workbook) ? ".xlsx" : ".xls");
    VT_TRY(st = vti_book_set_format(in->book, format, err));
    VT_TRY(st = vti_apply_listings(in, err));
    VT_TRY(st = say_missing(in, err));
    if (in->late > 0)
        st = vt_table_add_note(vti_book_table(in->book, 0), err,
                               "marker '%s' stands below the end of %zu tests, without a reading, and was left out",
                               in->late_marker, in->late);
done:
    return st;
}

/* Does the book own the table already? */
static bool owned(const vt_book *book, const vt_table *t)
{
    for (size_t i = 0; i < vt_book_tables(book); i++)
        if (vt_book_table(book, i) == t) return true;
    return false;
}

static void free_instrument(vti_instrument *in)
{
    for (size_t i = 0; i < in->n; i++)
        if (!owned(in->book, in->test[i].table)) vt_table_free(in->test[i].table);
    for (size_t k = 0; k < VTI_LISTINGS; k++) {
        if (!owned(in->book, in->list[k].table)) vt_table_free(in->list[k].table);
        free(in->list[k].test);
    }
    free(in->test);
    free(in->missing);
}

/* ---- the format ---- */
static vt_status read_plain(vti_workbook *workbook, const vt_read_options *options, vt_book *book, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st = vti_workbook_table(workbook, options, &t, err);
    if (st == VT_OK) st = vti_book_add(book, t, err);
    if (st != VT_OK) return st;
    st = vti_book_set_format(
        book, vti_workbook_is_xlsx(workbook) ? "sheet of a workbook (.xlsx)" : "sheet of a workbook (.xls)", err);
    if (st == VT_OK && vti_workbook_sheets(workbook) > 1)
        st = vti_book_ignore(book, err, "the other sheets of the workbook; --sheet NAME reads one of its %zu",
                             vti_workbook_sheets(workbook));
    return st;
}

static vt_status read_tests(vti_workbook *workbook, vti_grid *g, vt_book *book, bool *found, vt_error *err)
{
    vti_instrument in = {.workbook = workbook, .book = book};
    vt_status st = VT_OK;
    for (size_t i = 0; i < vti_workbook_sheets(workbook) && st == VT_OK; i++) st = take_sheet(&in, i, g, err);
    *found = in.n > 0;
    if (st == VT_OK && *found) st = add_tests(&in, err);
    if (st == VT_OK && *found) st = add_lists(&in, err);
    if (st == VT_OK && *found) st = finish(&in, err);
    free_instrument(&in);
    return st;
}

/* Is any sheet the record of a test? Only then is the rest of the workbook looked at. */
static vt_status has_tests(vti_workbook *workbook, vti_grid *g, bool *found, vt_error *err)
{
    vt_status st = VT_OK;
    bool inview;
    *found = false;
    g->head = 3; /* names, units, first reading */
    for (size_t i = vti_workbook_sheets(workbook); i-- > 0 && st == VT_OK && !*found;) {
        st = vti_workbook_grid(workbook, i, g, err);
        *found = st == VT_OK && vti_is_record(g, &inview);
    }
    g->head = 0;
    return st;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    vti_workbook *workbook = NULL;
    vti_grid g = {0};
    bool found = false;
    vt_status st;
    VT_TRY(st = vti_workbook_open(&workbook, file->name, file->bytes, file->size, err));
    if (!options || !options->sheet) {
        VT_TRY(st = has_tests(workbook, &g, &found, err));
        if (found) VT_TRY(st = read_tests(workbook, &g, book, &found, err));
    }
    if (!found) st = read_plain(workbook, options, book, err);
done:
    vti_grid_free(&g);
    vti_workbook_close(workbook);
    return st;
}

const vti_format VTI_WORKBOOK_FORMAT = {.name = "workbook", .recognise = recognise, .read = read};
