#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vitrum/io.h>

/* Workbooks: SpreadsheetML in a ZIP archive (.xlsx) and BIFF in an OLE2 file (.xls) behind one interface: names of the
 * sheets, and the cells of one sheet. */

/* Limits: more is refused (VT_ELIMIT), whatever the file says about itself. */
enum {
    VTI_SHEET_PART = 1 << 30,    /* bytes of one part of a ZIP archive, unpacked */
    VTI_SHEET_TEXT = 512 << 20,  /* bytes of all shared strings, or of a sheet as text */
    VTI_SHEET_STRINGS = 8 << 20, /* shared strings */
    VTI_SHEET_COUNT = 4096,      /* sheets */
    VTI_SHEET_ROWS = 1 << 20,    /* rows of a sheet: what Excel allows */
    VTI_SHEET_COLUMNS = 1 << 14, /* columns of a sheet: what Excel allows */
    VTI_SHEET_CELL = 1 << 20,    /* bytes of one cell */
    VTI_SHEET_NAME = 256,        /* bytes of a name or path inside */
    VTI_SHEET_CELLS = 1 << 20,   /* cells of one sheet that any file may have; beyond, four for each byte of the file */
    VTI_SHEET_SPARSE = 16        /* cells of the rectangle around a table for each one that is filled */
};

/* A growing text. */
typedef struct vti_buffer {
    char *p;
    size_t n, room;
} vti_buffer;

/* Appends; false: no memory, or more than VTI_SHEET_TEXT. */
bool vti_buffer_add(vti_buffer *b, const char *p, size_t n);

/* Strings end to end, each with its terminator; offsets of their beginnings. */
typedef struct vti_strings {
    vti_buffer text;
    uint32_t *start;
    size_t n, room;
} vti_strings;

/* Begins the next string at the end of strings->text; false: no memory, or more than VTI_SHEET_STRINGS. */
bool vti_strings_begin(vti_strings *strings);

/* ---- cells of one sheet ---- */
typedef enum vti_sheet_kind {
    VTI_SHEET_IS_NUMBER,
    VTI_SHEET_IS_SHARED, /* text among the shared strings of the workbook */
    VTI_SHEET_IS_OWN,    /* text that the sheet holds itself */
    VTI_SHEET_IS_ERROR   /* "#DIV/0!" and its like, and numbers that are none: no value */
} vti_sheet_kind;

typedef struct vti_sheet_cell {
    uint32_t row;    /* from 0 */
    uint16_t column; /* from 0 */
    uint16_t kind;   /* vti_sheet_kind */
    union {
        double number;
        uint32_t text; /* offset */
    } value;
} vti_sheet_cell;

/* Cells that hold something, in the order of rows and, within a row, of columns. Zero-initialise; a grid may be filled
 * again and again (its room stays). */
typedef struct vti_grid {
    const char *name;   /* of the file, for errors; borrowed */
    const char *sheet;  /* borrowed from the workbook */
    const char *shared; /* text of the shared strings; borrowed from the workbook */
    size_t limit;       /* cells */
    size_t head;        /* rows that are wanted, from the first; 0: all. Set by the caller. */
    size_t n, room;
    vti_sheet_cell *cell;
    bool sorted;
    vti_buffer own;         /* texts that are not shared */
    size_t nrows, row_room; /* rows that hold something */
    size_t *row;            /* first cell of each of them, and n as one more */
    size_t columns;         /* 1 + the highest column */
} vti_grid;

/* For the containers: cells as they come, then once vti_grid_finish. Rows and columns count from 0 and have been
 * checked. VT_ELIMIT, VT_EMEMORY. */
vt_status vti_grid_number(vti_grid *g, long row, long column, double number, vt_error *err);
vt_status vti_grid_shared(vti_grid *g, long row, long column, const vti_strings *strings, size_t index, vt_error *err);
vt_status vti_grid_own(vti_grid *g, long row, long column, const char *p, size_t n, vt_error *err);
vt_status vti_grid_finish(vti_grid *g, vt_error *err);
void vti_grid_free(vti_grid *g);

/* The cell at row and column (from 0), NULL if it is empty. */
const vti_sheet_cell *vti_grid_at(const vti_grid *g, size_t row, size_t column);
/* Text of a cell, "" if it is a number, an error or NULL. */
const char *vti_grid_string(const vti_grid *g, const vti_sheet_cell *c);
bool vti_grid_is_number(const vti_sheet_cell *c); /* false for NULL */
/* Is a table of nrows by ncolumns with so few filled cells mostly empty? Then it is refused: its columns would take far
 * more memory than the file. */
bool vti_grid_too_sparse(const vti_grid *g, size_t nrows, size_t ncolumns);
/* The sheet as tab-separated text, one line per row, texts in quotes, for the reader of text tables. *text is malloc'd.
 * A first column of texts without a name is called "marker": so NanoSuite writes its segment markers. */
vt_status vti_grid_to_text(const vti_grid *g, char **text, size_t *size, vt_error *err);

/* ---- workbooks ---- */
typedef struct vti_workbook vti_workbook;

/* Does it begin like an OLE2 file or a ZIP archive? Both may hold other things than workbooks. */
bool vti_workbook_magic(const void *bytes, size_t size);

/* bytes are borrowed until the workbook is closed. VT_EPARSE: damaged, encrypted, or no workbook. */
vt_status vti_workbook_open(vti_workbook **book, const char *name, const void *bytes, size_t size, vt_error *err);
void vti_workbook_close(vti_workbook *book); /* NULL allowed */
bool vti_workbook_is_xlsx(const vti_workbook *book);
size_t vti_workbook_sheets(const vti_workbook *book); /* at least one */
const char *vti_workbook_sheet(const vti_workbook *book, size_t i);
/* Index of a sheet by name; NULL: the first. VT_EKEY lists the names there are. */
vt_status vti_workbook_find(const vti_workbook *book, const char *sheet, size_t *i, vt_error *err);
vt_status vti_workbook_grid(vti_workbook *book, size_t i, vti_grid *grid, vt_error *err);

/* One sheet (NULL: the first that is not empty) as a plain table. */
vt_status vti_workbook_table(vti_workbook *book, const vt_read_options *options, vt_table **table, vt_error *err);
/* The same from the bytes of a file. */
vt_status vti_workbook_plain(const char *name, const void *bytes, size_t size, const vt_read_options *options,
                             vt_table **table, vt_error *err);
