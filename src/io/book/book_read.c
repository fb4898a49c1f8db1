/* Reading books: the format that recognises the first bytes reads the file; a plain table is streamed. */
#include "io/book/book_internal.h"
#include "io/file_internal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* file: its head, or all of it. */
static const vti_format *format_of(const vti_file *file)
{
    for (const vti_format *const *f = VTI_FORMATS; *f; f++)
        if ((*f)->recognise(file)) return *f;
    return NULL;
}

static vt_status read_with(const vti_format *f, const vti_file *file, const vt_read_options *options, vt_book *book,
                           vt_error *err)
{
    vt_status st = vti_book_set_format(book, f->name, err);
    if (st == VT_OK) st = f->read(file, options, book, err);
    if (st == VT_OK && vt_book_tables(book) == 0)
        st = vt_fail_at(err, VT_ESHAPE, file->name, 0, 0, "%s without a table", f->name);
    return st == VT_OK ? vti_book_declare(book, file->name, options, err) : st;
}

static vt_status add_plain(vt_book *book, vt_table *table, vt_error *err)
{
    const vt_status st = vti_book_add(book, table, err);
    return st == VT_OK ? vti_book_set_format(book, "text table", err) : st;
}

vt_status vt_book_parse(const char *name, const void *bytes, size_t size, const vt_read_options *options,
                        vt_book **book, vt_error *err)
{
    if (!name || (!bytes && size > 0) || !book) return vt_fail(err, VT_EARG, "name, bytes or book is NULL");
    const vti_file file = {name, bytes, size};
    vt_book *b = NULL;
    vt_table *t = NULL;
    vt_status st;
    VT_TRY(st = vti_book_create(&b, err));
    const vti_format *f = format_of(&file);
    if (f) {
        VT_TRY(st = read_with(f, &file, options, b, err));
    } else {
        VT_TRY(st = vt_table_parse(name, bytes, size, options, &t, err));
        VT_TRY(st = add_plain(b, t, err));
    }
    *book = b;
    b = NULL;
done:
    vt_book_free(b);
    return st;
}

/* The first bytes of a regular file; standard input and pipes are plain tables. */
static vt_status read_head(const char *path, unsigned char *bytes, size_t *size, vt_error *err)
{
    FILE *in = NULL;
    struct stat info;
    *size = 0;
    if (strcmp(path, "-") == 0 || (stat(path, &info) == 0 && !S_ISREG(info.st_mode))) return VT_OK;
    const vt_status st = vti_file_open(&in, path, err);
    if (st != VT_OK) return st;
    *size = fread(bytes, 1, VTI_HEAD, in);
    vti_file_close(in);
    return VT_OK;
}

vt_status vt_book_read(const char *path, const vt_read_options *options, vt_book **book, vt_error *err)
{
    if (!path || !book) return vt_fail(err, VT_EARG, "path or book is NULL");
    vt_book *b = NULL;
    vt_table *t = NULL;
    char *text = NULL;
    size_t size = 0;
    vt_status st = VT_OK;
    unsigned char *head = malloc(VTI_HEAD);
    if (!head) return vt_fail(err, VT_EMEMORY, "no memory to read %s", path);
    VT_TRY(st = read_head(path, head, &size, err));
    if (format_of(&(vti_file){path, head, size})) {
        VT_TRY(st = vt_file_text(path, VTI_BOOK_FILE, &text, &size, err));
        VT_TRY(st = vt_book_parse(path, text, size, options, &b, err));
    } else {
        VT_TRY(st = vti_book_create(&b, err));
        VT_TRY(st = vt_table_read(path, options, &t, err));
        VT_TRY(st = add_plain(b, t, err));
    }
    *book = b;
    b = NULL;
done:
    vt_book_free(b);
    free(text);
    free(head);
    return st;
}
