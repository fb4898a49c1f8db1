/* Micro Materials NanoTest: a ZIP archive of text files, one for each test, of three columns without names or units
 * (time, depth, load). Rows before contact have time 0 and stay. */
#include "base/table_internal.h"
#include "io/archive/zip_internal.h"
#include "io/indenter/indenter_internal.h"
#include "io/natural_internal.h"
#include "io/table_read_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = 3,
    TEXT_TIMES = 5, /* bytes of one member, unpacked, for each of the archive */
    ALL_TIMES = 50, /* bytes of all members */
    ROW_TIMES = 4,  /* bytes of all numbers for each of the archive */
    SPARE = 1 << 18 /* bytes of either beside that */
};
static const char *const NAMES[COLUMNS] = {"time", "depth", "load"};

struct archive {
    const vti_zip *zip;
    vt_book *book;
    size_t used;      /* bytes of numbers so far */
    size_t unpacked;  /* bytes of text so far */
    size_t sentinels; /* replaced */
};

/* One line into value[COLUMNS]; false: not three numbers. */
static bool read_row(const char *p, const char *end, char decimal, double value[COLUMNS], size_t *sentinels)
{
    vti_cell cell[COLUMNS];
    if (vti_cells(p, end, ' ', cell, COLUMNS) != COLUMNS) return false;
    for (size_t i = 0; i < COLUMNS; i++) {
        const vti_kind kind = vti_cell_kind(&cell[i], decimal, &value[i], NULL);
        if (kind == VTI_SENTINEL) *sentinels += 1;
        if (kind == VTI_SENTINEL || kind == VTI_MISSING) value[i] = NAN;
        if (kind != VTI_NUMBER && kind != VTI_SENTINEL && kind != VTI_MISSING) return false;
    }
    return true;
}

/* Decimal sign that makes the first line three numbers, or 0: not such a text. */
static char decimal_of(const char *text, const char *end)
{
    double value[COLUMNS];
    size_t sentinels = 0;
    const char *next, *stop = vti_line_end(text, end, &next);
    if (read_row(text, stop, '.', value, &sentinels)) return '.';
    return read_row(text, stop, ',', value, &sentinels) ? ',' : '\0';
}

static bool is_blank(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    return p == end;
}

/* Label of a test: the name of its file without ending, with its folder if there is one. */
static vt_status set_label(vt_table *t, const char *name, vt_error *err)
{
    char *label = vti_copy(name);
    if (!label) return vt_fail(err, VT_EMEMORY, "no memory for a name");
    char *dot = strrchr(label, '.');
    if (dot && dot != label && !strchr(dot, '/')) *dot = '\0';
    const vt_status st = vt_table_set_label(t, label, err);
    free(label);
    return st;
}

/* Rows of the text into columns of `lines` rows; *rows are used. */
static vt_status fill_columns(struct archive *a, const char *text, const char *end, char decimal,
                              double *column[COLUMNS], size_t *rows, vt_error *err)
{
    size_t n = 0;
    long line = 1;
    for (const char *p = text, *next; p < end; p = next, line++) {
        double value[COLUMNS];
        const char *stop = vti_line_end(p, end, &next);
        if (is_blank(p, stop) && is_blank(next, end)) break; /* the end */
        if (!read_row(p, stop, decimal, value, &a->sentinels))
            return vt_fail_at(err, VT_EPARSE, a->zip->file->name, line, 0,
                              "line %ld is not three numbers, time, depth and load", line);
        for (size_t i = 0; i < COLUMNS; i++) column[i][n] = value[i];
        n++;
    }
    *rows = n;
    return VT_OK;
}

/* Gives back what the count of lines was too much by. */
static vt_status adopt(vt_table *t, double *column[COLUMNS], size_t rows, vt_error *err)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const vt_status st = vt_table_adopt(t, NAMES[i], NULL, false, rows, column[i], err);
        if (st != VT_OK) return st;
        column[i] = NULL; /* the table's */
    }
    return vt_table_mark_line(t, 0, 1, err);
}

static vt_status read_test(struct archive *a, const char *name, const char *text, size_t size, char decimal,
                           vt_error *err)
{
    const char *end = text + size;
    double *column[COLUMNS] = {NULL};
    vt_table *t = NULL;
    size_t lines = 0, rows = 0;
    vt_status st = VT_OK;
    for (const char *p = text; p < end; lines++) (void)vti_line_end(p, end, &p);
    a->used += lines * COLUMNS * sizeof(double);
    if (a->used > ROW_TIMES * a->zip->file->size + SPARE)
        VT_TRY(st = vt_fail_at(err, VT_ELIMIT, a->zip->file->name, 0, 0,
                               "the numbers of the archive take more than %d times its size; divide it", ROW_TIMES));
    for (size_t i = 0; i < COLUMNS; i++) {
        column[i] = calloc(lines, sizeof(double));
        if (!column[i]) VT_TRY(st = vt_fail_at(err, VT_EMEMORY, a->zip->file->name, 0, 0, "no memory for rows"));
    }
    VT_TRY(st = fill_columns(a, text, end, decimal, column, &rows, err));
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = vt_table_name(t, a->zip->file->name, err));
    VT_TRY(st = set_label(t, name, err));
    VT_TRY(st = vt_table_set_form(t, "record", err));
    VT_TRY(st = adopt(t, column, rows, err));
    st = vti_book_add(a->book, t, err);
    t = NULL;
done:
    if (st != VT_OK) vt_error_about(err, name);
    for (size_t i = 0; i < COLUMNS; i++) free(column[i]);
    vt_table_free(t);
    return st;
}

/* A member: a test, or something else, which is left out. */
static vt_status read_member(struct archive *a, size_t i, vt_error *err)
{
    const vti_zip_entry *e = &a->zip->entry[i];
    const size_t length = strlen(e->name);
    char *text = NULL;
    size_t n = 0;
    if (length > 0 && e->name[length - 1] == '/') return VT_OK; /* a folder */
    const size_t size = a->zip->file->size, one = TEXT_TIMES * size + SPARE,
                 left = ALL_TIMES * size + SPARE - a->unpacked;
    vt_status st = vti_zip_read(a->zip, i, one < left ? one : left, &text, &n, err);
    if (st != VT_OK) return st;
    a->unpacked += n;
    const char decimal = decimal_of(text, text + n);
    if (decimal)
        st = read_test(a, e->name, text, n, decimal, err);
    else
        st = vti_book_ignore(a->book, err, "'%.200s': does not begin with three numbers (time, depth, load)", e->name);
    free(text);
    return st;
}

static int by_name(const void *x, const void *y)
{
    const vti_zip_entry *a = x, *b = y;
    return vti_natural_compare(a->name, b->name);
}

static vt_status say_what_was_done(const struct archive *a, vt_error *err)
{
    vt_table *first = vti_book_table(a->book, 0);
    if (!first)
        return vt_fail_at(err, VT_ESHAPE, a->zip->file->name, 0, 0,
                          "is a ZIP archive without a workbook and without texts of three columns of numbers");
    if (a->sentinels == 0) return VT_OK;
    return vt_table_add_note(first, err, "%zu cells that stand for no value are missing", a->sentinels);
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    vti_zip *zip = NULL;
    vt_status st = VT_OK;
    VT_TRY(st = vti_refuse_sheet(file->name, options, err));
    VT_TRY(st = vti_zip_open(&zip, file, err));
    qsort(zip->entry, zip->n, sizeof *zip->entry, by_name);
    struct archive a = {.zip = zip, .book = book};
    for (size_t i = 0; i < zip->n; i++) VT_TRY(st = read_member(&a, i, err));
    st = say_what_was_done(&a, err);
done:
    vti_zip_close(zip);
    return st;
}

/* Any archive that is no workbook; one without a directory may be the head of a workbook, or damaged. */
static bool recognise(const vti_file *file)
{
    vti_zip *zip = NULL;
    bool workbook = false;
    if (!vti_is_zip(file)) return false;
    if (vti_zip_open(&zip, file, NULL) != VT_OK) return true;
    for (size_t i = 0; i < zip->n && !workbook; i++)
        workbook = strcmp(zip->entry[i].name, "xl/workbook.xml") == 0 ||
                   strcmp(zip->entry[i].name, "[Content_Types].xml") == 0;
    vti_zip_close(zip);
    return !workbook;
}

const vti_format VTI_MICROMATERIALS = {"Micro Materials archive of texts (.zip)", recognise, read};
