/* PerkinElmer Pyris, ASCII export: key and value lines, sections "1) DSC Isothermal" of readings parted by tabs, at the
 * end the calibration, which is no data. UTF-16, and files with NUL bytes between their characters, occur. */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL "TEMPERATURE CALIBRATION INPUTS"

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "Filename", 8) == 0 && (strstr(text, "Sample Weight") || strstr(text, "1) DSC"));
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
    if (vti_line_value(line, "Sample Weight", v)) vti_page_meta(page, "mass", v);
    if (vti_line_value(line, "Sample ID", v)) vti_page_meta(page, "specimen", v);
}

/* Columns as Pyris orders them; a header in the file may name them otherwise. */
static const char *const NAMES[][2] = {{"Time", "min"},
                                       {"Heat Flow", "mW"},
                                       {"Baseline Heat Flow", "mW"},
                                       {"Program Temperature", "degC"},
                                       {"Sample Temperature", "degC"},
                                       {"Gas Flow", "mL/min"}};
enum { NAMED = sizeof NAMES / sizeof *NAMES };

/* Kind of column by a name in the file: index into NAMES, NAMED if unknown. */
static size_t kind_of(const char *name)
{
    if (strstr(name, "Time")) return 0;
    if (strstr(name, "Baseline")) return 2;
    if (strstr(name, "Heat") || strstr(name, "Unsubtracted")) return 1;
    if (strstr(name, "Program")) return 3;
    if (strstr(name, "Sample")) return 4;
    return strstr(name, "Gas") ? 5 : (size_t)NAMED;
}

/* Names for `columns` columns, from the header line if the file has one (p not NULL). */
static void put_names(vti_page *page, const vti_line *header, size_t columns)
{
    char name[VTI_NAME_LIMIT];
    for (size_t k = 0; k < columns; k++) {
        vti_line_cell(header, '\t', k, name);
        const size_t kind = header->p ? kind_of(name) : k;
        char other[32];
        snprintf(other, sizeof other, "column %zu", k + 1);
        if (kind < NAMED)
            vti_page_name(page, k == 0, NAMES[kind][0], NAMES[kind][1]);
        else
            vti_page_name(page, k == 0, other, "1");
    }
    vti_page_line(page);
}

/* The line before the first row of numbers takes the names. */
static vt_status put_lines(const vti_transcript *text, vti_page *page, vt_error *err)
{
    vti_lines lines = vti_lines_of(text);
    vti_line line, header = {0};
    size_t columns = 0;
    for (; vti_lines_next(&lines, &line);) {
        if (vti_line_begins(&line, TAIL)) break;
        const bool row = vti_line_is_number(&line, '\t', '.') && vti_line_cells(&line, '\t') >= 3;
        if (row && columns == 0) {
            columns = vti_line_cells(&line, '\t');
            while (columns > 0 && line.end > line.p && line.end[-1] == '\t') {
                line.end--;
                columns--;
            }
            if (columns > 64 || page->n == 0)
                return vt_fail_at(err, VT_ESHAPE, text->name, line.number, 0, "no header above %zu columns", columns);
            page->n--; /* the end of the line above, which is blank */
            put_names(page, &header, columns);
        }
        if (row) {
            vti_page_row(page, &line, '\t', '.');
            continue;
        }
        head_line(page, &line);
        if (vti_line_begins(&line, "Time\t")) header = line;
        vti_page_line(page);
    }
    return VT_OK;
}

static vt_status read_file(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    unsigned char *own = NULL;
    vti_file clean;
    vti_transcript text = {0};
    vti_page page = {0};
    vt_status st;
    VT_TRY(st = strip(file, &clean, &own, err));
    VT_TRY(st = vti_transcript_open(&clean, &text, err));
    VT_TRY(st = put_lines(&text, &page, err));
    st = vti_page_table(&page, text.name, book, err);
done:
    vti_page_free(&page);
    vti_transcript_close(&text);
    free(own);
    return st;
}

const vti_format VTI_PYRIS = {.name = "PerkinElmer Pyris (ASCII export)", .recognise = recognise, .read = read_file};
