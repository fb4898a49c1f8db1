/* Several files, read side by side. */
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>
#include <vitrum/parallel.h>

struct reading {
    const char *const *paths;
    const vt_read_options *options;
    vt_book **books;
};

static vt_status read_one(size_t index, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    const struct reading *r = shared;
    return vt_book_read(r->paths[index], r->options, &r->books[index], err);
}

/* Standard input comes once. */
static vt_status check_paths(size_t n, const char *const *paths, vt_error *err)
{
    size_t inputs = 0;
    for (size_t i = 0; i < n; i++) {
        if (!paths[i]) return vt_fail(err, VT_EARG, "path %zu is NULL", i);
        inputs += strcmp(paths[i], "-") == 0;
    }
    if (inputs > 1) return vt_fail(err, VT_EUSAGE, "standard input (-) is named %zu times, and comes once", inputs);
    return VT_OK;
}

/* Is key a column of the table: by name, by the name it had before it was given another, or by its whole heading, name
 * and unit ("Time (s)")? */
static bool has_column(const vt_table *t, const vt_read_options *o, const char *key)
{
    for (size_t c = 0; c < vt_table_columns(t); c++) {
        const char *name = vt_table_column_name(t, c);
        for (size_t k = 0; k < o->nnames; k++)
            if (strcmp(o->names[k].key, name) == 0) name = o->names[k].text;
        const size_t length = strlen(name);
        if (strncmp(key, name, length) == 0 && (!key[length] || strchr(" ([", key[length]))) return true;
    }
    return false;
}

/* Every declared unit must be that of a column of some file: a slip there would otherwise stay unnoticed. */
static vt_status check_units(size_t n, vt_book *const *books, const char *first, const vt_read_options *o,
                             vt_error *err)
{
    for (size_t i = 0; o && i < o->nunits; i++) {
        const char *key = o->units[i].key ? o->units[i].key : "";
        bool known = strcmp(key, "*") == 0;
        for (size_t b = 0; b < n && !known; b++)
            for (size_t k = 0; k < vt_book_tables(books[b]) && !known; k++)
                known = has_column(vt_book_table(books[b], k), o, key);
        if (!known)
            return vt_fail_at(err, VT_EKEY, first, 0, 0,
                              "a unit is declared for '%s', which is no column of this file nor of the %zu others", key,
                              n - 1);
    }
    return VT_OK;
}

vt_status vt_books_read(size_t n, const char *const *paths, const vt_read_options *options, int threads,
                        vt_book **books, vt_error *err)
{
    if (n > 0 && (!paths || !books)) return vt_fail(err, VT_EARG, "paths or books is NULL");
    vt_status st = check_paths(n, paths, err);
    if (st != VT_OK || n == 0) return st;
    vt_book **read = calloc(n, sizeof(*read));
    if (!read) return vt_fail(err, VT_EMEMORY, "no memory for %zu files", n);
    vt_read_options each = options ? *options : (vt_read_options){0};
    each.elsewhere = n > 1;
    struct reading r = {.paths = paths, .options = &each, .books = read};
    const vt_parallel how = {.threads = threads, .shared = &r};
    st = vt_parallel_for(n, read_one, &how, err);
    if (st == VT_OK && n > 1) st = check_units(n, read, paths[0], options, err);
    if (st == VT_OK)
        memcpy(books, read, n * sizeof(*read));
    else
        vt_books_free(n, read);
    free(read);
    return st;
}

void vt_books_free(size_t n, vt_book **books)
{
    for (size_t i = 0; books && i < n; i++) vt_book_free(books[i]);
}

vt_status vt_books_tables(size_t n, vt_book *const *books, const vt_table ***tables, size_t *ntables, vt_error *err)
{
    if ((n > 0 && !books) || !tables || !ntables) return vt_fail(err, VT_EARG, "books, tables or number is NULL");
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += vt_book_tables(books[i]);
    const vt_table **all = calloc(count + 1, sizeof(*all));
    if (!all) return vt_fail(err, VT_EMEMORY, "no memory for %zu tables", count);
    count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < vt_book_tables(books[i]); k++) all[count++] = vt_book_table(books[i], k);
    *tables = all;
    *ntables = count;
    return VT_OK;
}
