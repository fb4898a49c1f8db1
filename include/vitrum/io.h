#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <vitrum/card.h>
#include <vitrum/result.h>
#include <vitrum/table.h>

/* The only code that opens files or knows a format. */

/* ---- text tables and vendor tables, recognised by content ---- */
typedef struct vt_read_options {
    const vt_setting *units; /* declared units, key = column name, text = unit ("Temp" -> "K") */
    size_t nunits;
    const vt_setting *names; /* other names, key = the name wanted, text = name in the file ("log10_viscosity" ->
                                "viscosity"); given after units are read */
    size_t nnames;
    const char *sheet;               /* of a workbook; NULL: the first */
    const char *const *text_columns; /* names that are text even if cells look like numbers; NULL-terminated, or NULL */
    const char *dataset;             /* of an HDF5 file of pictures (vitrum/image.h); NULL: the only one */
    long slice;                      /* of a stack of pictures, from 1; 0: all */
    bool unitless;  /* keeps columns of numbers that have no unit (vt_table_column_has_unit), to say what a file lacks;
                       else VT_EUNITS */
    bool elsewhere; /* a declared unit may be that of a column of another file: vt_books_read, which looks itself */
} vt_read_options;

/* Takes `dataset` and `slice` from the settings of a run that name them; the run refuses what is wrong with them. */
void vt_read_pictures(vt_read_options *options, size_t n, const vt_setting *settings);

/* Reads one table (interface.md "Text tables"; also xlsx workbooks). VT_EIO, VT_EPARSE, VT_EUNITS, VT_ESHAPE,
 * VT_ELIMIT with file and line. path "-": standard input. options NULL: defaults. */
vt_status vt_table_read(const char *path, const vt_read_options *options, vt_table **table, vt_error *err);
/* Same from memory; name stands for the path in errors. text need not be terminated. */
vt_status vt_table_parse(const char *name, const char *text, size_t size, const vt_read_options *options,
                         vt_table **table, vt_error *err);
/* Writes comma-separated, units in the header, metadata lines first, numbers with 17 significant digits
 * shortened to what reads back exactly. Columns are written in their unit of origin. A table that carries a picture
 * (vitrum/image.h) is written as a TIFF whose description holds the metadata lines. */
vt_status vt_table_write(const vt_table *table, FILE *out, vt_error *err);
vt_status vt_table_save(const vt_table *table, const char *path, vt_error *err); /* whole or not at all */

/* ---- books: files that hold several tables ---- */
/* What one file holds. Instruments write many tests into one file: each is a table with its label (vt_table_label) and
 * its form (vt_table_form), in the order of the tests. What holds for the whole file (Poisson's ratio, tip area
 * function) stands as metadata on the first table, in the words of the experiments that read it ("poisson_ratio",
 * "area_function"); so do the notes, which count sentinels and name what was left out. A plain text table or a plain
 * sheet is a book of one table without label and form. */
typedef struct vt_book vt_book;

/* Reads a file, recognised by its content, never by its name. Declared units and names (vt_read_options) hold for every
 * table that has the column; VT_EKEY if none has it.
 * options->sheet asks for one sheet of a workbook as a plain table. VT_EIO, VT_EPARSE, VT_EUNITS, VT_ESHAPE, VT_ELIMIT,
 * VT_EKEY with file, line (row of the sheet) and part. path "-": standard input, plain text tables only. */
vt_status vt_book_read(const char *path, const vt_read_options *options, vt_book **book, vt_error *err);
/* Same from memory; name stands for the path. */
vt_status vt_book_parse(const char *name, const void *bytes, size_t size, const vt_read_options *options,
                        vt_book **book, vt_error *err);
void vt_book_free(vt_book *book); /* NULL allowed */
/* Reads n files side by side on `threads` threads (0: all of the machine): books[i] is paths[i], the same for any
 * number of threads. A declared unit holds for every file that has the column; VT_EKEY if none has it. If some fail,
 * none is kept, and the error is that of the first of them. VT_EUSAGE: "-" twice. */
vt_status vt_books_read(size_t n, const char *const *paths, const vt_read_options *options, int threads,
                        vt_book **books, vt_error *err);
void vt_books_free(size_t n, vt_book **books); /* each, not the array */
/* Every table of n books, book by book: *tables is malloc'd, the tables are borrowed. */
vt_status vt_books_tables(size_t n, vt_book *const *books, const vt_table ***tables, size_t *ntables, vt_error *err);
/* What the file was recognised as: "text table", "NanoSuite workbook (.xls)", "Hysitron TriboScan text (.hld)", ... */
const char *vt_book_format(const vt_book *book);
size_t vt_book_tables(const vt_book *book);
const vt_table *vt_book_table(const vt_book *book, size_t i); /* borrowed; NULL beyond the last */
/* Parts of the file that became no table, each with the reason ("sheet 'Sheet1': empty"). */
size_t vt_book_ignored(const vt_book *book);
const char *vt_book_ignored_text(const vt_book *book, size_t i);

/* ---- alloy cards ---- */
vt_status vt_card_read(const char *path, vt_card **card, vt_error *err);
vt_status vt_card_parse(const char *name, const char *text, size_t size, vt_card **card, vt_error *err);
vt_status vt_card_write(const vt_card *card, FILE *out, vt_error *err);
vt_status vt_card_save(const vt_card *card, const char *path, vt_error *err);
/* NAME of a card that is delivered with vitrum (file stem, alloy or its name in brackets; case, blanks and hyphens do
 * not count), or a path: what holds a '/' or ends in .yaml or .yml. VT_EKEY names the nearest. */
vt_status vt_card_open(const char *name_or_path, vt_card **card, vt_error *err);
/* File stems of the delivered cards, sorted; the caller frees *stems. Each is a name for vt_card_open. */
vt_status vt_card_list(size_t *n, char (**stems)[VT_NAME], vt_error *err);
/* Directory of delivered files ("alloys", "studies"): VITRUM_HOME, else the installation, else the source tree; a
 * program that was built in the source tree and lies there looks into the tree first. */
vt_status vt_data_path(const char *relative, char *path, size_t size, vt_error *err);

/* ---- results ---- */
/* JSON as in interface.md, "Result"; the second key is the kind ("experiment", "process", "map"). Keys stand in a fixed
 * order, numbers have the fewest digits that read back exactly, a seed above 2^53 is a text. Inputs whose checksum is
 * not known yet are read for it. */
vt_status vt_result_write_json(const vt_result *r, FILE *out, vt_error *err);
/* name, symbol, reading, value, unit, u, low, high, level, scope, method; separator ',', ';' or tab. */
vt_status vt_result_write_properties(const vt_result *r, FILE *out, char separator, vt_error *err);
vt_status vt_result_print(const vt_result *r, FILE *out, vt_error *err); /* table for people */

/* Writes the folder dir whole or not at all: fill is called with a temporary folder beside it, which takes the name dir
 * when fill has succeeded and goes away when it has not. Missing parents are made. An existing dir is refused
 * (VT_EEXISTS names --force) unless force, which replaces it in one step if it is empty or holds a result, and nothing
 * else. */
typedef vt_status (*vt_folder_writer)(const char *dir, void *context, vt_error *err);
vt_status vt_folder_write(const char *dir, bool force, vt_folder_writer fill, void *context, vt_error *err);
/* The files of one result into an existing dir: result.json, properties.csv, curves/<name>.csv, card.yaml if the
 * result made a card, and its documents (vt_result_add_document). */
vt_status vt_result_save(const vt_result *r, const char *dir, vt_error *err);
/* Describes every file below dir in dir/ro-crate-metadata.json (RO-Crate 1.1): size, SHA-256, program, command line and
 * the inputs that dir/result.json names. Call it last. The date is today's, or that of SOURCE_DATE_EPOCH. */
vt_status vt_crate_write(const char *dir, const char *title, const char *command_line, vt_error *err);

/* Makes a directory and its parents if they are not there. */
vt_status vt_folder_make(const char *path, vt_error *err);
/* Whole file of at most `limit` bytes into a malloc'd, terminated buffer. VT_EIO, VT_ELIMIT. */
vt_status vt_file_text(const char *path, size_t limit, char **text, size_t *size, vt_error *err);

/* SHA-256 of a file, 64 hex digits and terminator. */
vt_status vt_file_sha256(const char *path, char hex[65], vt_error *err);
