#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/io.h>

/* Readers of files that hold several tables. A reader is one vti_format and one line in formats.c. */

enum {
    VTI_HEAD = 1 << 16,        /* bytes that a format is recognised by */
    VTI_BOOK_FILE = 512 << 20, /* bytes of a file that is read whole */
    VTI_BOOK_TABLES = 1 << 16  /* tables of one book */
};

/* Bytes of a file; borrowed. */
typedef struct vti_file {
    const char *name; /* path, for errors and the tables */
    const unsigned char *bytes;
    size_t size;
} vti_file;

typedef struct vti_format {
    const char *name; /* what vt_book_format says, unless the reader says it better */
    /* Asked twice: with the first VTI_HEAD bytes (or all, if there are fewer), whether the file must be read whole,
     * then with the whole file. What the head does not tell (containers: ZIP, OLE2) is "yes" first. Must not be fooled
     * by a plain table, and must be quick. */
    bool (*recognise)(const vti_file *file);
    /* Fills the book. options->sheet is handled by the workbooks. Declared units and names (options->units, names) need
     * not be looked at: the caller applies them to every table (vti_book_declare). */
    vt_status (*read)(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err);
} vti_format;

/* VT_EARG if a sheet is asked for: for readers of what is no workbook. options may be NULL. */
vt_status vti_refuse_sheet(const char *name, const vt_read_options *options, vt_error *err);

extern const vti_format *const VTI_FORMATS[]; /* NULL-terminated; the first that recognises the file reads it */

vt_status vti_book_create(vt_book **book, vt_error *err);
/* Takes over *table as the next one of the book (freed on failure, too). VT_ELIMIT. */
vt_status vti_book_add(vt_book *book, vt_table *table, vt_error *err);
vt_table *vti_book_table(vt_book *book, size_t i); /* to add metadata and notes to; NULL beyond the last */
/* Gives every table the units and names that the caller declares: a column without unit takes the declared one, a
 * column with another one is read anew in it; "*" stands for all columns without unit. Columns that have them already
 * stay as they are. VT_EKEY: no table has the column. */
vt_status vti_book_declare(vt_book *book, const char *name, const vt_read_options *options, vt_error *err);
vt_status vti_book_set_format(vt_book *book, const char *format, vt_error *err);
vt_status vti_book_ignore(vt_book *book, vt_error *err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
