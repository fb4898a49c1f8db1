/* A book: the tables of one file, and what of the file became no table. */
#include "base/table_internal.h"
#include "io/book/book_internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct vt_book {
    char *format;
    size_t n, room;
    vt_table **table;
    size_t nignored, ignored_room;
    char **ignored;
};

vt_status vti_book_create(vt_book **book, vt_error *err)
{
    vt_book *b = calloc(1, sizeof *b);
    if (!b) return vt_fail(err, VT_EMEMORY, "no memory for a book");
    *book = b;
    return VT_OK;
}

void vt_book_free(vt_book *book)
{
    if (!book) return;
    for (size_t i = 0; i < book->n; i++) vt_table_free(book->table[i]);
    for (size_t i = 0; i < book->nignored; i++) free(book->ignored[i]);
    free(book->table);
    free(book->ignored);
    free(book->format);
    free(book);
}

vt_status vti_book_add(vt_book *book, vt_table *table, vt_error *err)
{
    vt_table **room = NULL;
    if (book->n >= VTI_BOOK_TABLES) {
        vt_fail_at(err, VT_ELIMIT, vt_table_path(table), 0, 0, "more than %d tables in one file", VTI_BOOK_TABLES);
        vt_table_free(table);
        return VT_ELIMIT;
    }
    room = vti_grow(book->table, book->n, &book->room, sizeof *room);
    if (!room) {
        vt_table_free(table);
        return vt_fail(err, VT_EMEMORY, "no memory for %zu tables", book->n + 1);
    }
    book->table = room;
    book->table[book->n++] = table;
    return VT_OK;
}

vt_table *vti_book_table(vt_book *book, size_t i)
{
    return book && i < book->n ? book->table[i] : NULL;
}

vt_status vti_book_set_format(vt_book *book, const char *format, vt_error *err)
{
    char *copy = vti_copy(format);
    if (!copy) return vt_fail(err, VT_EMEMORY, "no memory for the name of a format");
    free(book->format);
    book->format = copy;
    return VT_OK;
}

vt_status vti_book_ignore(vt_book *book, vt_error *err, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const vt_status st = vti_keep_text(&book->ignored, &book->nignored, &book->ignored_room, err, fmt, args);
    va_end(args);
    return st;
}

const char *vt_book_format(const vt_book *book)
{
    return book && book->format ? book->format : "";
}

size_t vt_book_tables(const vt_book *book)
{
    return book ? book->n : 0;
}

const vt_table *vt_book_table(const vt_book *book, size_t i)
{
    return book && i < book->n ? book->table[i] : NULL;
}

size_t vt_book_ignored(const vt_book *book)
{
    return book ? book->nignored : 0;
}

const char *vt_book_ignored_text(const vt_book *book, size_t i)
{
    return book && i < book->nignored ? book->ignored[i] : "";
}
