#pragma once
#include <stdbool.h>
#include <vitrum/error.h>
#include <vitrum/units.h>

/* A table of named columns. Numeric columns hold SI values and remember the unit of origin; text
 * columns hold strings. Missing values are NaN (numeric) or "" (text). Rows know their line in the
 * file they came from. */
typedef struct vt_table vt_table;

vt_status vt_table_create(vt_table **table, vt_error *err);
void vt_table_free(vt_table *table);

/* Path the table was read from, "" if it was made in memory. */
const char *vt_table_path(const vt_table *table);
vt_status vt_table_name(vt_table *table, const char *path, vt_error *err);

/* Part of the file that the table was made from: sheet, test or block ("Test 003"); "" where the file is one table. */
const char *vt_table_label(const vt_table *table);
vt_status vt_table_set_label(vt_table *table, const char *label, vt_error *err);

/* Shape that a reader of instrument files gives to the table: the name of a vt_form of the experiments that read it
 * ("record": one row per reading of one test; "indents": one row per indent); "" where columns alone must tell. */
const char *vt_table_form(const vt_table *table);
vt_status vt_table_set_form(vt_table *table, const char *form, vt_error *err);

size_t vt_table_rows(const vt_table *table);
size_t vt_table_columns(const vt_table *table);

/* Line of row i in the file; 0 if unknown. Lines are set as breakpoints: row and all later rows lie
 * at line, line+1, ... until the next breakpoint. */
long vt_table_line(const vt_table *table, size_t row);
vt_status vt_table_mark_line(vt_table *table, size_t row, long line, vt_error *err);

/* Adds a numeric column. values: n numbers in *unit (NULL unit: dimensionless), copied and converted
 * to SI. n must equal the rows of the columns already there (VT_ESHAPE). */
vt_status vt_table_add(vt_table *table, const char *name, const vt_unit *unit, size_t n, const double *values,
                       vt_error *err);

/* Same for values that already are SI; si names the unit, e.g. "Pa s". */
vt_status vt_table_add_si(vt_table *table, const char *name, const char *si, size_t n, const double *values,
                          vt_error *err);

/* Adds a text column; strings are copied, NULL is "". */
vt_status vt_table_add_text(vt_table *table, const char *name, size_t n, const char *const *texts, vt_error *err);

/* Takes over a malloc'd array of n SI values as a column (kept; freed with the table). On failure the
 * array stays the caller's. For readers, so that large files are not copied. has_unit false: the file
 * gave no unit (vt_table_bind refuses such a column unless the unit is declared). */
vt_status vt_table_adopt(vt_table *table, const char *name, const vt_unit *unit, bool has_unit, size_t n,
                         double *values, vt_error *err);

/* Gives a column another name. VT_EKEY: no column `from`, or another one is called `to` already. */
vt_status vt_table_rename(vt_table *table, const char *from, const char *to, vt_error *err);

/* Index of a column by exact name, or -1. */
long vt_table_find(const vt_table *table, const char *name);

const char *vt_table_column_name(const vt_table *table, size_t column);
const vt_unit *vt_table_column_unit(const vt_table *table, size_t column); /* NULL for text */
bool vt_table_column_has_unit(const vt_table *table, size_t column);       /* false: file gave none */
bool vt_table_column_is_text(const vt_table *table, size_t column);

/* Borrowed arrays of vt_table_rows() entries, valid until the table is changed or freed; NULL for the
 * other kind or a bad index. */
const double *vt_table_values(const vt_table *table, size_t column);
const char *vt_table_text(const vt_table *table, size_t column, size_t row); /* "" if numeric or out of range */

/* Metadata lines "# key: value [unit]" before the header, in order. */
typedef struct vt_meta {
    const char *key;  /* borrowed */
    const char *text; /* value with its unit, as --set would take it: "52 um" */
    long line;
} vt_meta;
size_t vt_table_metas(const vt_table *table);
vt_meta vt_table_meta(const vt_table *table, size_t i);
vt_status vt_table_add_meta(vt_table *table, const char *key, const char *text, long line, vt_error *err);

/* Counts of what a reader replaced or left out, for the report ("sentinel 1.8e308 in Load: 12"). */
size_t vt_table_notes(const vt_table *table);
const char *vt_table_note(const vt_table *table, size_t i);
vt_status vt_table_add_note(vt_table *table, vt_error *err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
