#pragma once
#include "io/sheet/sheet_internal.h"

/* A table on a sheet as instruments write it: names in one row, units in the next, then the rows. */

enum { VTI_FRAME_NAME = 128 }; /* bytes of a column name */

typedef struct vti_frame_column {
    size_t column; /* of the sheet */
    char name[VTI_FRAME_NAME], unit[VTI_FRAME_NAME];
    bool is_text;
    size_t numbers, texts; /* cells in the rows that were taken */
    double *values;        /* as written; NaN: no value */
    size_t missing;        /* cells that hold something but no value: DBL_MAX, almost zero, an error */
} vti_frame_column;

typedef struct vti_frame {
    const vti_grid *g;
    size_t ncolumns;
    vti_frame_column *column;
    size_t n;
    size_t *pick; /* rows taken: indices into g->row */
} vti_frame;

/* Names and units of the columns; a column without a name is left out, "Name" that comes again is "Name#2". Zero-
 * initialise; free in any case. VT_ELIMIT: a name is too long. */
vt_status vti_frame_open(vti_frame *f, const vti_grid *g, size_t name_row, size_t unit_row, vt_error *err);
/* Takes rows (n indices into g->row; `pick` is malloc'd and taken over, on failure, too): kinds and values of the
 * columns. A column is text if texts but no numbers stand in it. VT_ELIMIT: mostly empty. */
vt_status vti_frame_take(vti_frame *f, size_t *pick, size_t n, vt_error *err);
void vti_frame_free(vti_frame *f);
/* Cell of row i (of those taken), NULL if empty. */
const vti_sheet_cell *vti_frame_cell(const vti_frame *f, size_t i, size_t column);
/* Line of row i in the sheet, from 1. */
long vti_frame_line(const vti_frame *f, size_t i);

/* Unit as instruments write it on sheets, with repairs of what wrong code pages did to it ("nmÂ²"), "C" for a
 * temperature, "None" and "Integer" for a plain number. false: none, or none that can be read. */
bool vti_sheet_unit(const char *text, vt_unit *unit);
/* A new table without columns: path, label, form, and the lines of the rows taken. */
vt_status vti_frame_table(const vti_frame *f, const char *label, const char *form, vt_table **table, vt_error *err);
/* Adds a text column `name` of the texts in a column of the sheet. */
vt_status vti_frame_text(const vti_frame *f, size_t column, const char *name, vt_table *table, vt_error *err);
/* Adds all columns but the first of the sheet: numbers turned to SI (given to the table), texts. Columns without a
 * number or text are left out; a unit that is not known is noted. */
vt_status vti_frame_columns(vti_frame *f, vt_table *table, vt_error *err);
