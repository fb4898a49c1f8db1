/* PerkinElmer Pyris, ASCII export: key and value lines, sections "1) DSC Isothermal" of readings parted by tabs, at the
 * end the calibration, which is no data. UTF-16, and files with NUL bytes between their characters, occur. */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "Filename", 8) == 0 && (strstr(text, "Sample Weight") || strstr(text, "1) DSC"));
}

/* The table alone, in one row of names without units: "Time,Unsubtracted Heat Flow,...,Sample Temperature". */
static bool recognise_csv(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    text[strcspn(text, "\r\n")] = '\0';
    return strncmp(text, "Time", 4) == 0 && strchr(",;\t", text[4]) && strstr(text, "Unsubtracted Heat Flow") &&
           strstr(text, "Sample Temperature") && !strpbrk(text, "([");
}

/* The file without its NUL bytes; *own is malloc'd if there are any. */
static vt_status strip(const vti_file *file, vti_file *out, unsigned char **own, vt_error *err)
{
    size_t mark;
    *out = *file;
    *own = NULL;
    if (vti_encoding_detect(file->bytes, file->size, &mark) != VTI_UTF8 || !memchr(file->bytes, 0, file->size))
        return VT_OK;
    *own = malloc(file->size);
    if (!*own) return vt_fail_at(err, VT_EMEMORY, file->name, 0, 0, "no memory for %zu bytes", file->size);
    size_t n = 0;
    for (size_t i = 0; i < file->size; i++)
        if (file->bytes[i]) (*own)[n++] = file->bytes[i];
    out->bytes = *own;
    out->size = n;
    return VT_OK;
}

/* "Sample Weight:<TAB>5.000 mg" */
static void head_line(vti_page *page, const vti_line *line)
{
    char v[VTI_NAME_LIMIT];
    if (vti_line_value(line, "Sample Weight", v)) {
        vti_decimal_point(v, ',');
        vti_page_meta(page, "mass", v);
    }
    if (vti_line_value(line, "Sample ID", v)) vti_page_meta(page, "specimen", v);
}

/* Columns as Pyris orders them; a header in the file may name them otherwise. */
static const char *const NAMES[][2] = {{"Time", "min"},
                                       {"Heat Flow", "mW"},
                                       {"Baseline Heat Flow", "mW"},
                                       {"Program Temperature", "degC"},
                                       {"Sample Temperature", "degC"},
                                       {"Gas Flow", "mL/min"}};
enum { NAMED = sizeof NAMES / sizeof *NAMES, COLUMNS = 64 };

/* Kind of column by its names in both rows of the header: index into NAMES, NAMED if unknown. "Uncorrected" and
 * "Calibration" of heat flow are what went into it. */
static size_t kind_of(const char *name)
{
    if (strstr(name, "Calib") || strstr(name, "Uncorrected")) return NAMED;
    if (strstr(name, "Time")) return 0;
    if (strstr(name, "Baseline")) return 2;
    if (strstr(name, "Heat") || strstr(name, "Unsubtracted")) return 1;
    if (strstr(name, "Program")) return 3;
    if (strstr(name, "Sample")) return 4;
    return strstr(name, "Gas") || strstr(name, "Approx") ? 5 : (size_t)NAMED;
}

/* A header: names in one row, or parted over two. */
typedef struct header {
    vti_line row[2];
    size_t rows;
    bool tab; /* its lines begin with one that parts nothing */
} header;

/* Names for `columns` columns, from the header if the file has one. */
static void put_names(vti_page *page, const header *h, char separator, size_t columns)
{
    char name[VTI_NAME_LIMIT], both[2 * VTI_NAME_LIMIT + 1];
    bool used[NAMED + 1] = {false};
    for (size_t k = 0; k < columns; k++) {
        both[0] = '\0';
        for (size_t r = 0; r < h->rows; r++) {
            vti_line_cell(&h->row[r], separator, k, name);
            snprintf(both + strlen(both), sizeof both - strlen(both), "%s%s", r ? " " : "", name);
        }
        const size_t kind = h->rows ? kind_of(both) : k;
        char other[32];
        snprintf(other, sizeof other, "column %zu", k + 1);
        if (kind < NAMED && !used[kind])
            vti_page_name(page, k == 0, NAMES[kind][0], NAMES[kind][1]);
        else
            vti_page_name(page, k == 0, other, "1");
        used[kind < NAMED ? kind : NAMED] = true;
    }
    vti_page_line(page);
}

/* Numbers that were none when they were written ("-1.#IND00") are missing. */
static void put_row(vti_page *page, const vti_line *line, const vti_dialect *d)
{
    char cell[VTI_NAME_LIMIT];
    if (!memchr(line->p, '#', (size_t)(line->end - line->p))) {
        vti_page_row(page, line, d->separator, d->decimal);
        return;
    }
    for (size_t k = 0; k <= COLUMNS && k < vti_line_cells(line, d->separator); k++) {
        vti_line_cell(line, d->separator, k, cell);
        vti_decimal_point(cell, d->decimal);
        const char *put = strchr(cell, '#') ? "nan" : cell;
        if (k > 0) vti_page_put(page, "\t", 1);
        vti_page_put(page, put, strlen(put));
    }
    vti_page_line(page);
    page->rows++;
}

/* Without the tab that a line may begin with, and what it may end with. */
static vti_line bare(vti_line line, char separator)
{
    if (line.p < line.end && *line.p == '\t') line.p++;
    while (line.end > line.p && (line.end[-1] == ' ' || line.end[-1] == separator)) line.end--;
    return line;
}

static bool is_row(const vti_line *line, vti_dialect *d)
{
    if (vti_line_cells(line, d->separator) < 3) return false;
    if (vti_line_is_number(line, d->separator, d->decimal)) return true;
    if (d->decimal == ',' || d->separator == ',' || !vti_line_is_number(line, d->separator, ',')) return false;
    d->decimal = ',';
    return true;
}

/* The calibration behind the readings: "TEMPERATURE CALIBRATION INPUTS:", "... CALIBRATION VALUES:". */
static bool is_tail(const vti_line *line)
{
    for (const char *p = line->p; p + 11 <= line->end; p++)
        if (memcmp(p, "CALIBRATION", 11) == 0) return true;
    return false;
}

/* Names and rows; the line before the first row of numbers takes the names. */
static vt_status put_lines(const vti_transcript *text, vti_page *page, vti_dialect d, vt_error *err)
{
    vti_lines lines = vti_lines_of(text);
    header h = {0};
    size_t columns = 0;
    for (vti_line whole; vti_lines_next(&lines, &whole);) {
        const vti_line line = bare(whole, d.separator);
        const bool row = is_row(&line, &d);
        if (!row && (page->rows > 0 || vti_line_begins(&line, "TEMPERATURE CAL")) && is_tail(&line)) break;
        if (row && columns == 0) {
            columns = vti_line_cells(&line, d.separator);
            if (columns > COLUMNS)
                return vt_fail_at(err, VT_ELIMIT, text->name, line.number, 0, "%zu columns: %d at most", columns,
                                  COLUMNS);
            if (page->n == 0)
                return vt_fail_at(err, VT_ESHAPE, text->name, line.number, 0, "no header above %zu columns", columns);
            page->n--; /* the end of the line above, which is blank */
            put_names(page, &h, d.separator, columns);
        }
        if (row) {
            put_row(page, &line, &d);
            continue;
        }
        head_line(page, &line);
        if (vti_line_begins(&line, "Time") && vti_line_cells(&line, d.separator) >= 3)
            h = (header){.row = {line}, .rows = 1, .tab = line.p != whole.p};
        else if (h.rows == 1 && h.row[0].number + 1 == line.number)
            h.row[h.rows++] = (vti_line){whole.p + (h.tab && whole.p < line.end), line.end, line.number};
        vti_page_line(page);
    }
    return VT_OK;
}

/* Separator and decimal of a table alone: the first of its head; decimal commas where that is not the comma. */
static vti_dialect dialect_of(const vti_transcript *text)
{
    vti_lines lines = vti_lines_of(text);
    vti_line line;
    vti_dialect d = {',', '.'};
    if (vti_lines_next(&lines, &line))
        d.separator = memchr(line.p, '\t', (size_t)(line.end - line.p))  ? '\t'
                      : memchr(line.p, ';', (size_t)(line.end - line.p)) ? ';'
                                                                         : ',';
    return d;
}

static vt_status read_any(const vti_file *file, bool alone, vt_book *book, vt_error *err)
{
    unsigned char *own = NULL;
    vti_file clean;
    vti_transcript text = {0};
    vti_page page = {0};
    vt_status st;
    VT_TRY(st = strip(file, &clean, &own, err));
    VT_TRY(st = vti_transcript_open(&clean, &text, err));
    VT_TRY(st = put_lines(&text, &page, alone ? dialect_of(&text) : (vti_dialect){'\t', '.'}, err));
    st = vti_page_table(&page, text.name, book, err);
done:
    vti_page_free(&page);
    vti_transcript_close(&text);
    free(own);
    return st;
}

static vt_status read_file(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return read_any(file, false, book, err);
}

static vt_status read_csv(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return read_any(file, true, book, err);
}

const vti_format VTI_PYRIS = {.name = "PerkinElmer Pyris (ASCII export)", .recognise = recognise, .read = read_file};
const vti_format VTI_PYRIS_CSV = {
    .name = "PerkinElmer Pyris (table export)", .recognise = recognise_csv, .read = read_csv};
