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

vt_status vt_books_read(size_t n, const char *const *paths, const vt_read_options *options, int threads,
                        vt_book **books, vt_error *err)
{
    if (n > 0 && (!paths || !books)) return vt_fail(err, VT_EARG, "paths or books is NULL");
    vt_status st = check_paths(n, paths, err);
    if (st != VT_OK || n == 0) return st;
    vt_book **read = calloc(n, sizeof(*read));
    if (!read) return vt_fail(err, VT_EMEMORY, "no memory for %zu files", n);
    struct reading r = {.paths = paths, .options = options, .books = read};
    const vt_parallel how = {.threads = threads, .shared = &r};
    st = vt_parallel_for(n, read_one, &how, err);
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
