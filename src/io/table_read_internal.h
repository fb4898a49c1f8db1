#pragma once
#include "io/encoding_internal.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <vitrum/io.h>

/* The reader of text tables, in passes over a sliding window of UTF-8 (or Latin-1) text:
 *   source   brings bytes into the window (file, pipe or memory; UTF-16 is decoded here)
 *   layout   finds separator, decimal sign, header, units row and first row in the first window
 *   header   makes names, units and kinds of the columns
 *   rows     parses every following line into the columns. */

enum {
    VTI_WINDOW = 1 << 20,      /* bytes asked for at a time; the header must stand within the first of them */
    VTI_LINE_LIMIT = 16 << 20, /* bytes of the longest line */
    VTI_COLUMN_LIMIT = 16384,  /* columns */
    VTI_SAMPLE_LINES = 2000,   /* lines that the layout looks at */
    VTI_NAME_LIMIT = 256       /* bytes of a column name */
};

/* ---- source ---- */
typedef struct vti_source {
    const char *name;   /* path, for errors; borrowed */
    FILE *in;           /* NULL: memory */
    const char *memory; /* what is left of it; borrowed */
    size_t left;
    bool started, finished; /* finished: nothing more to come into the window */
    vti_encoding encoding;
    unsigned char *raw; /* UTF-16: undecoded bytes */
    size_t nraw;
    char *window; /* text not yet consumed: window[begin ... end) */
    size_t begin, end, room;
    long line;       /* line number of window[begin], 1-based */
    uint64_t offset; /* bytes of text before window[begin] */
} vti_source;

/* Brings in more text. VT_EIO; VT_EPARSE for a NUL byte or a binary file; VT_ELIMIT for an endless line. */
vt_status vti_source_fill(vti_source *s, vt_error *err);
/* End of the last complete line in the window (the very end when finished). */
const char *vti_source_lines_end(const vti_source *s);
void vti_source_free(vti_source *s);

/* ---- cells ---- */
typedef struct vti_cell {
    const char *p; /* trimmed; inside the quotes if quoted */
    size_t n;
    char quote; /* 0: none; 1: quoted; 2: quote not closed on its line */
} vti_cell;

typedef enum vti_kind { VTI_EMPTY, VTI_NUMBER, VTI_MISSING, VTI_SENTINEL, VTI_TEXT } vti_kind;

/* End of the line that starts at p (position of its CR or LF, or end); *next: start of the following line. */
const char *vti_line_end(const char *p, const char *end, const char **next);
/* The cell that starts at p; *after: its separator, or end. separator ' ' means runs of blanks. */
vti_cell vti_cell_at(const char *p, const char *end, char separator, const char **after);
/* All cells of a line, at most `most` stored; returns how many there are. */
size_t vti_cells(const char *p, const char *end, char separator, vti_cell *cell, size_t most);
/* What the cell holds; *value if it is a number. Quoted thousands ("1,234.5") count as numbers; *thousands
 * (may be NULL) is set then. */
vti_kind vti_cell_kind(const vti_cell *c, char decimal, double *value, bool *thousands);
/* Text of the cell as UTF-8, quotes undone, into buf (cut at size - 1). Returns its length. */
size_t vti_cell_text(const vti_cell *c, char *buf, size_t size);

/* ---- layout ---- */
typedef struct vti_layout {
    char separator, decimal;
    size_t columns;
    const char *header, *header_end; /* in the window */
    long header_line;
    bool header_comment;           /* the header stood in a '#' line */
    const char *units, *units_end; /* units row, NULL if there is none */
    long units_line;
    const char *rows; /* first row */
    long rows_line;
    size_t skipped; /* lines above the header that are neither blank nor comments */
} vti_layout;

/* Finds the table in the complete lines of the first window. forced: separator that is known, or 0. */
vt_status vti_layout_find(const vti_source *s, char forced, vti_layout *layout, vt_error *err);

/* ---- columns ---- */
typedef struct vti_read_column {
    char name[VTI_NAME_LIMIT];
    vt_unit unit;
    bool has_unit, is_text;
    double divisor; /* as vt_unit_to_si converts: value * scale / divisor + offset, one of the two being 1 */
    double scale;
    double *values;
    char *pool;
    size_t pool_used, pool_room;
    size_t *start;
    size_t sentinels, thousands; /* counts for the notes */
} vti_read_column;

typedef struct vti_reader {
    vti_source source;
    vti_layout layout;
    const vt_read_options *options;
    char forced; /* separator that is known, or 0 */
    size_t ncolumns;
    vti_read_column *column;
    size_t rows, room;
    size_t comments;    /* '#' lines below the header */
    vt_table *table;    /* under construction: metadata, notes, lines */
    long expected_line; /* of the next row, if no line is left out before it */
} vti_reader;

/* Names, units and kinds from header, units row, options and a look at the first rows. */
vt_status vti_header_read(vti_reader *r, vt_error *err);
/* '#' lines above the header: metadata into the table. */
vt_status vti_header_metadata(vti_reader *r, vt_error *err);
/* Splits "name [unit]", "name (unit)" or "name / unit" into name and unit text; false if no unit is given. slash:
 * "name/unit" without blanks, too (NETZSCH writes it so). */
bool vti_header_split(const char *cell, bool slash, char name[VTI_NAME_LIMIT], char unit[VTI_NAME_LIMIT]);
/* Cells of a header line; with separator ' ' a unit in brackets joins the name before it. */
size_t vti_header_cells(const char *p, const char *end, char separator, size_t columns, vti_cell *cell, size_t most);

vt_status vti_rows_read(vti_reader *r, vt_error *err);
vt_status vti_columns_room(vti_reader *r, vt_error *err);                                   /* for one more row */
vt_status vti_columns_text(vti_reader *r, size_t column, const vti_cell *c, vt_error *err); /* cell of this row */
vt_status vti_columns_finish(vti_reader *r, vt_error *err);                                 /* into r->table */
void vti_reader_free(vti_reader *r);

/* The whole reading of an opened source whose `name` and origin are set; frees the source. */
vt_status vti_table_from_source(vti_source *source, char forced, const vt_read_options *options, vt_table **table,
                                vt_error *err);
