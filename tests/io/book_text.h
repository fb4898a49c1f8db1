#pragma once
/* Books from text literals, for tests of the readers of instrument files. */
#include "check.h"
#include <vitrum/io.h>

static inline vt_book *book_of_size(const char *text, size_t size)
{
    vt_book *book = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("f.txt", text, size, NULL, &book, &err), &err);
    return book;
}

static inline vt_book *book_of(const char *text)
{
    return book_of_size(text, strlen(text));
}

/* The text is refused with this code in this line, and the message contains part. */
static inline void book_refused_size(const char *text, size_t size, vt_status code, long line, const char *part)
{
    vt_book *book = NULL;
    vt_error err = {0};
    const vt_status st = vt_book_parse("f.txt", text, size, NULL, &book, &err);
    if (st != code || err.line != line || strcmp(err.file, "f.txt") != 0 || !strstr(err.msg, part))
        CHECK_FAILED("'%.60s': %s line %ld \"%s\", expected %s line %ld \"%s\"", text, vt_status_name(st), err.line,
                     err.msg, vt_status_name(code), line, part);
    CHECK(book == NULL);
    vt_book_free(book);
}

static inline void book_refused(const char *text, vt_status code, long line, const char *part)
{
    book_refused_size(text, strlen(text), code, line, part);
}

/* The text with its only `what` replaced is refused. */
static inline void book_refused_with(const char *text, const char *what, const char *by, vt_status code, long line,
                                     const char *part)
{
    const char *at = strstr(text, what);
    char *changed = malloc(strlen(text) + strlen(by) + 1);
    if (!at || !changed) {
        CHECK_FAILED("no '%s' in the text", what);
    } else {
        sprintf(changed, "%.*s%s%s", (int)(at - text), text, by, at + strlen(what));
        book_refused(changed, code, line, part);
    }
    free(changed);
}

/* Value of a numeric column, NaN with a failed check if there is none. */
static inline double book_at(const vt_book *book, size_t table, const char *name, size_t row)
{
    const vt_table *t = vt_book_table(book, table);
    const long c = t ? vt_table_find(t, name) : -1;
    const double *v = c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
    if (!v || row >= vt_table_rows(t)) {
        CHECK_FAILED("no number in table %zu, column %s, row %zu", table, name, row);
        return (double)NAN;
    }
    return v[row];
}

static inline const char *book_meta(const vt_book *book, size_t table, const char *key)
{
    const vt_table *t = vt_book_table(book, table);
    for (size_t i = 0; t && i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) return vt_table_meta(t, i).text;
    return "";
}

/* Does a note of the first table contain part? */
static inline bool book_notes(const vt_book *book, const char *part)
{
    const vt_table *t = vt_book_table(book, 0);
    for (size_t i = 0; t && i < vt_table_notes(t); i++)
        if (strstr(vt_table_note(t, i), part)) return true;
    return false;
}

static inline bool book_ignores(const vt_book *book, const char *part)
{
    for (size_t i = 0; i < vt_book_ignored(book); i++)
        if (strstr(vt_book_ignored_text(book, i), part)) return true;
    return false;
}

static inline bool book_has_unit(const vt_book *book, size_t table, const char *name)
{
    const vt_table *t = vt_book_table(book, table);
    const long c = vt_table_find(t, name);
    return c >= 0 && vt_table_column_has_unit(t, (size_t)c);
}

/* A file below $VITRUM_DATA, NULL if there are none. */
static inline vt_book *book_real(const char *relative)
{
    char path[1024];
    vt_book *book = NULL;
    vt_error err = {0};
    const char *root = check_real_files();
    if (!root) return NULL;
    snprintf(path, sizeof path, "%s/nanoindentation/%s", root, relative);
    CHECK_OK(vt_book_read(path, NULL, &book, &err), &err);
    return book;
}

/* ASCII and Latin-1 text as UTF-16, little-endian, with its byte order mark; malloc'd. */
static inline char *book_utf16(const char *text, size_t *size)
{
    const size_t n = strlen(text);
    char *wide = malloc(2 * n + 2);
    memcpy(wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < n; i++) {
        wide[2 + 2 * i] = text[i];
        wide[3 + 2 * i] = '\0';
    }
    *size = 2 * n + 2;
    return wide;
}

/* Line ends CR LF made another; malloc'd. */
static inline char *book_line_ends(const char *text, const char *with)
{
    char *out = malloc(2 * strlen(text) + 1);
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (*p == '\r') continue;
        if (*p == '\n')
            for (const char *w = with; *w; w++) out[n++] = *w;
        else
            out[n++] = *p;
    }
    out[n] = '\0';
    return out;
}
