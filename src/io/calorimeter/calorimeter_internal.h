#pragma once
#include "io/book/book_internal.h"
#include "io/indenter/indenter_internal.h" /* text, lines */

/* Readers of the text files of calorimeters. Each writes the file anew as the plain table that it holds, line for line,
 * so that errors name the lines of the file. */
extern const vti_format VTI_PYRIS, VTI_PYRIS_CSV, VTI_CALORIMETER_CSV, VTI_PROTEUS, VTI_UNIVERSAL_ANALYSIS,
    VTI_DISCOVERY;

enum { VTI_PAGE_METAS = 12, VTI_PAGE_COLUMNS = 1024 };

/* How the cells of a text file are parted. */
typedef struct vti_dialect {
    char separator, decimal;
} vti_dialect;

/* The plain table as it is written: cells parted by tabs, points for decimals. */
typedef struct vti_page {
    char *p; /* kept; release with vti_page_free */
    size_t n, room;
    bool full;    /* out of memory */
    size_t rows;  /* rows of numbers */
    size_t metas; /* what the header says of the sample */
    char key[VTI_PAGE_METAS][32], text[VTI_PAGE_METAS][VTI_NAME_LIMIT];
    size_t left_out; /* rows that are no readings */
} vti_page;

void vti_page_put(vti_page *page, const char *p, size_t n);
void vti_page_line(vti_page *page); /* ends the line */
/* A row of cells as it stands, decimal commas made points. */
void vti_page_row(vti_page *page, const vti_line *line, char separator, char decimal);
/* "name [unit]" of a column. */
void vti_page_name(vti_page *page, bool first, const char *name, const char *unit);
/* The same of a cell that holds both, "Heat Flow (mW)". */
void vti_page_title(vti_page *page, bool first, const char *cell);
/* Metadata of the table; text "" is left out, as is a thirteenth. */
void vti_page_meta(vti_page *page, const char *key, const char *text);
/* Name of the piece; first: it goes before one that is known. */
void vti_page_specimen(vti_page *page, const char *text, bool first);
/* The table into the book. label: "" or part of the file. VT_ESHAPE: no rows. */
vt_status vti_page_table(vti_page *page, const char *file, vt_book *book, vt_error *err);
void vti_page_free(vti_page *page);
/* A file whose page `put` writes, into the book. */
typedef vt_status vti_page_put_fn(const vti_transcript *text, vti_page *page, vt_error *err);
vt_status vti_page_read(const vti_file *file, vti_page_put_fn *put, vt_book *book, vt_error *err);

/* Cell k of the line, trimmed, as UTF-8; "" beyond the last. */
void vti_line_cell(const vti_line *line, char separator, size_t k, char out[VTI_NAME_LIMIT]);
size_t vti_line_cells(const vti_line *line, char separator);
/* Cells of the line that names the columns. VT_ELIMIT: more than VTI_PAGE_COLUMNS. */
vt_status vti_line_columns(const vti_transcript *text, const vti_line *line, char separator, size_t *n, vt_error *err);
/* Makes the first comma a point, if commas are. */
void vti_decimal_point(char *cell, char decimal);
bool vti_line_is_number(const vti_line *line, char separator, char decimal);
/* A unit as instruments write it ("k", "C", "<degree>C", "mW/mg", "Cel") in the words of vitrum. */
const char *vti_calorimeter_unit(const char *unit);
