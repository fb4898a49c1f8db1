#pragma once
#include "io/book/book_internal.h"
#include "io/table_read_internal.h"

/* What the readers of indenters' text files share: decoded text, lines, blocks of readings, sheets of results. */

extern const vti_format VTI_MICROMATERIALS, VTI_MICROMECHANICS;
extern const vti_format VTI_HYSITRON_HLD, VTI_HYSITRON_TEXT, VTI_HYSITRON_DMA, VTI_FISCHERSCOPE, VTI_ANTON_PAAR_REPORT,
    VTI_ANTON_PAAR_RESULTS, VTI_ANTON_PAAR_CURVES, VTI_NANOSUITE_METHOD;

/* ---- text ---- */
enum { VTI_HEAD_TEXT = 4096, VTI_CHANNELS = 1024 /* columns of a block or sheet */ };

/* A whole file as UTF-8 or Latin-1. */
typedef struct vti_transcript {
    const char *name; /* borrowed */
    char *own;        /* NULL: begin lies in the file */
    const char *begin, *end;
} vti_transcript;

/* Decodes UTF-16, skips a byte order mark; VT_EPARSE with the line for a NUL byte. Release with vti_transcript_close.
 */
vt_status vti_transcript_open(const vti_file *file, vti_transcript *text, vt_error *err);
void vti_transcript_close(vti_transcript *text);
/* The first characters of a file for recognition, terminated; bytes that are no text end it. */
void vti_transcript_head(const vti_file *head, char text[VTI_HEAD_TEXT]);

typedef struct vti_line {
    const char *p, *end; /* without its end */
    long number;
} vti_line;

typedef struct vti_lines {
    const char *next, *end;
    long number; /* of the line at next */
} vti_lines;

vti_lines vti_lines_of(const vti_transcript *text);
bool vti_lines_next(vti_lines *lines, vti_line *line);   /* false: no more */
bool vti_lines_filled(vti_lines *lines, vti_line *line); /* the next one that is not blank */
/* Cell of the line as UTF-8, trimmed, cut to fit. */
void vti_copy_text(const char *p, const char *end, char *out, size_t size);
/* A text cut to its first 60 bytes at most, between characters, for messages that are kept. */
typedef struct vti_short {
    char text[64];
} vti_short;
vti_short vti_cut(const char *text);
bool vti_line_begins(const vti_line *line, const char *with);
/* The text after `key` and a colon, trimmed; false if the line begins otherwise. */
bool vti_line_value(const vti_line *line, const char *key, char value[VTI_NAME_LIMIT]);

/* ---- blocks of readings ---- */
typedef struct vti_channel {
    char name[VTI_NAME_LIMIT];
    vt_unit unit;
    bool has_unit;
    double *values; /* as written; SI once vti_block_table has made the table */
    size_t missing; /* cells that say "no value" */
} vti_channel;

/* A header and the rows of numbers below it. */
typedef struct vti_block {
    const char *file; /* borrowed */
    size_t n;         /* channels */
    vti_channel *channel;
    size_t rows;
    long header_line;
    char separator, decimal;
    size_t marks, marks_room;
    struct vti_block_mark {
        size_t row;
        long line;
    } * mark; /* where rows do not follow line after line */
} vti_block;

/* How a header cell names its unit. */
typedef enum vti_naming {
    VTI_NAME_BRACKETS, /* "Depth (nm)", "Fn_[mN]": the name goes without unit; a repeated name keeps it */
    VTI_NAME_SUFFIX,   /* "Disp_nm": the unit stays in the name, its micro sign as u */
    VTI_NAME_PLAIN     /* no unit */
} vti_naming;

/* Names and units from the header line. Zero the block (but file, separator, decimal) before. VT_ESHAPE, VT_ELIMIT. */
vt_status vti_block_header(vti_block *b, const vti_line *line, vti_naming naming, vt_error *err);
/* Rows from `lines` on, blank lines skipped: `announced` of them (fewer or more are refused), or, if negative, as many
 * as begin like a number. */
vt_status vti_block_rows(vti_block *b, vti_lines *lines, long announced, vt_error *err);
/* Moves channels first ... first + count - 1 into a new table of the book. VT_ESHAPE if there are no rows. */
vt_status vti_block_table(vti_block *b, size_t first, size_t count, const char *label, const char *form, vt_book *book,
                          vt_error *err);
void vti_block_free(vti_block *b);

/* ---- cells that say "no value", of a whole file ---- */
typedef struct vti_missing {
    size_t n, room;
    struct vti_missing_of {
        vti_short name;
        size_t count;
    } * of;
} vti_missing;
vt_status vti_missing_add(vti_missing *m, const char *name, size_t count, vt_error *err);
vt_status vti_missing_block(vti_missing *m, const vti_block *b, vt_error *err);
/* After a reading that ended with st: one note on the first table ("cells without a value, now missing: Hardness 12,
 * Modulus 12") if it went well; frees m in any case. Returns st, or why the note failed. */
vt_status vti_missing_end(vti_missing *m, vt_book *book, vt_status st, vt_error *err);

/* ---- sheets of results: cells that come in any order ---- */
typedef struct vti_results_column {
    char name[VTI_NAME_LIMIT];
    char unit[VTI_NAME_LIMIT];
    bool known; /* the unit is known, though the file does not write it: "" is dimensionless */
    size_t missing;
} vti_results_column;

typedef struct vti_results {
    const char *file;
    size_t n, room;
    vti_results_column *column;
    size_t cells, cells_room, last; /* last: column that was found last */
    struct vti_results_cell {
        unsigned row, column;
        double value;
    } * cell;
} vti_results;

/* Column of that name, made if it is new. VT_ELIMIT; VT_EUNITS if it had another unit before. */
vt_status vti_results_column_of(vti_results *s, const char *name, const char *unit, bool known, long line,
                                size_t *column, vt_error *err);
/* A cell: number, or missing (NaN: counted). Twice the same cell is refused by vti_results_table. */
vt_status vti_results_put(vti_results *s, size_t row, size_t column, double value, vt_error *err);
/* A cell whose column becomes known later: its column is 0, nothing is counted. */
vt_status vti_results_add(vti_results *s, size_t row, double value, vt_error *err);
/* Puts the text as a number, or as missing. VT_EPARSE with line. */
vt_status vti_results_put_text(vti_results *s, size_t row, size_t column, const char *text, char decimal, long line,
                               vt_error *err);
/* The columns with a value into the table (which may hold text columns of `rows` rows already); those without any are
 * listed as ignored. size: bytes of the file, which bounds rows times columns. */
vt_status vti_results_table(vti_results *s, size_t rows, size_t size, vt_table *table, vt_book *book,
                            vti_missing *missing, vt_error *err);
void vti_results_free(vti_results *s);

/* If every row of the column holds the same number, the metadata `key` of the table. */
vt_status vti_constant_meta(vt_table *table, const char *column, const char *key, vt_error *err);

/* A table of the file with label and form. */
vt_status vti_part_begin(const char *file, const char *label, const char *form, vt_table **table, vt_error *err);
