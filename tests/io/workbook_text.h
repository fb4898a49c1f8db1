#pragma once
/* Books of tables in tests: made-up and real files, values of their tables, refusals. */
#include "check.h"
#include <vitrum/io.h>

static inline vt_book *book_of(const void *bytes, size_t n, const vt_read_options *options)
{
    vt_book *book = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("t.xls", bytes, n, options, &book, &err), &err);
    return book;
}

/* $VITRUM_DATA/relative; NULL, counted as failure, if it cannot be read. */
static inline vt_book *real_book(const char *root, const char *relative)
{
    char path[1024];
    vt_book *book = NULL;
    vt_error err = {0};
    snprintf(path, sizeof path, "%s/%s", root, relative);
    CHECK_OK(vt_book_read(path, NULL, &book, &err), &err);
    return book;
}

/* A number of a table in SI; NaN, counted as failure, if there is none such. */
static inline double book_at(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    const double *v = c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
    if (v && row < vt_table_rows(t)) return v[row];
    CHECK_FAILED("table '%s': no number in column '%s', row %zu", vt_table_label(t), name, row);
    return (double)NAN;
}

static inline double book_last(const vt_table *t, const char *name)
{
    return book_at(t, name, vt_table_rows(t) - 1);
}

static inline void book_text(const vt_table *t, const char *name, size_t row, const char *expected)
{
    const long c = vt_table_find(t, name);
    const char *text = c >= 0 ? vt_table_text(t, (size_t)c, row) : "(no column)";
    if (strcmp(text, expected) != 0)
        CHECK_FAILED("table '%s', column '%s', row %zu: '%s', expected '%s'", vt_table_label(t), name, row, text,
                     expected);
}

/* Metadata by key; "" if there is none. */
static inline void book_meta(const vt_table *t, const char *key, const char *expected)
{
    const char *text = "";
    for (size_t i = 0; i < vt_table_metas(t) && !*text; i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) text = vt_table_meta(t, i).text;
    if (strcmp(text, expected) != 0)
        CHECK_FAILED("table '%s': %s is '%s', expected '%s'", vt_table_label(t), key, text, expected);
}

/* Label, form, rows and columns of table i. */
static inline const vt_table *book_table(const vt_book *book, size_t i, const char *label, const char *form,
                                         size_t rows, size_t columns)
{
    const vt_table *t = vt_book_table(book, i);
    if (strcmp(vt_table_label(t), label) != 0 || strcmp(vt_table_form(t), form) != 0 || vt_table_rows(t) != rows ||
        vt_table_columns(t) != columns)
        CHECK_FAILED("table %zu is '%s', %s, %zu x %zu; expected '%s', %s, %zu x %zu", i, vt_table_label(t),
                     vt_table_form(t), vt_table_rows(t), vt_table_columns(t), label, form, rows, columns);
    return t;
}

/* Some note of the table contains the text. */
static inline void book_note(const vt_table *t, const char *part)
{
    for (size_t i = 0; i < vt_table_notes(t); i++)
        if (strstr(vt_table_note(t, i), part)) return;
    CHECK_FAILED("table '%s': no note says '%s'", vt_table_label(t), part);
}

/* Some part of the file that became no table is told so. */
static inline void book_ignored(const vt_book *book, const char *part)
{
    for (size_t i = 0; i < vt_book_ignored(book); i++)
        if (strstr(vt_book_ignored_text(book, i), part)) return;
    CHECK_FAILED("nothing that was left out says '%s'", part);
}
