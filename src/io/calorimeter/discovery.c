/* Comma-separated exports of calorimeters: TA Instruments Discovery (a row of names, a row of units in brackets that
 * writes kelvin as k), and PerkinElmer scans of two columns whose header says the sign ("Heat Flow Endo Up (mW)",
 * degrees as C). */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Line k (from 0) of the head. */
static vti_line head_line(const char *text, int k)
{
    for (; k > 0 && text; k--) {
        text = strchr(text, '\n');
        if (text) text++;
    }
    if (!text) text = "";
    return (vti_line){text, text + strcspn(text, "\r\n"), 0};
}

static bool holds(const vti_line *line, const char *what)
{
    const size_t n = strlen(what);
    for (const char *p = line->p; p + n <= line->end; p++)
        if (memcmp(p, what, n) == 0) return true;
    return false;
}

static bool is_discovery(const vti_file *file)
{
    char text[VTI_HEAD_TEXT], cell[VTI_NAME_LIMIT];
    vti_transcript_head(file, text);
    const vti_line names = head_line(text, 0), units = head_line(text, 1);
    const size_t n = vti_line_cells(&names, ',');
    if (n < 2 || !holds(&names, "Heat Flow") || !holds(&names, "Temp") || vti_line_cells(&units, ',') != n)
        return false;
    for (size_t k = 0; k < n; k++) {
        vti_line_cell(&units, ',', k, cell);
        if (cell[0] != '[' || cell[strlen(cell) - 1] != ']') return false;
    }
    return true;
}

static bool is_scan(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    const vti_line names = head_line(text, 0);
    return (holds(&names, "Heat Flow Endo Up (") || holds(&names, "Heat Flow Exo Up (")) &&
           (vti_line_begins(&names, "Temperature (") || vti_line_begins(&names, "Time ("));
}

/* Names with units of the row below. */
static void put_names(vti_page *page, const vti_line *names, const vti_line *units, size_t columns)
{
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT];
    for (size_t k = 0; k < columns; k++) {
        vti_line_cell(names, ',', k, name);
        vti_line_cell(units, ',', k, unit);
        const size_t n = strlen(unit);
        if (n >= 2 && unit[0] == '[' && unit[n - 1] == ']') {
            memmove(unit, unit + 1, n - 2);
            unit[n - 2] = '\0';
        }
        vti_page_name(page, k == 0, name, vti_calorimeter_unit(unit));
    }
    vti_page_line(page);
}

static void put_rows(vti_page *page, vti_lines *lines)
{
    vti_line line;
    while (vti_lines_next(lines, &line)) {
        if (line.p == line.end)
            vti_page_line(page);
        else
            vti_page_row(page, &line, ',', '.');
    }
}

static vt_status put_discovery(const vti_transcript *text, vti_page *page, vt_error *err)
{
    vti_line names, units;
    size_t columns;
    vti_lines lines = vti_lines_of(text);
    if (!vti_lines_next(&lines, &names) || !vti_lines_next(&lines, &units))
        return vt_fail_at(err, VT_ESHAPE, text->name, 1, 0, "no row of units: the file is cut off");
    const vt_status st = vti_line_columns(text, &names, ',', &columns, err);
    if (st != VT_OK) return st;
    vti_page_line(page);
    put_names(page, &names, &units, columns);
    put_rows(page, &lines);
    return VT_OK;
}

static vt_status put_scan(const vti_transcript *text, vti_page *page, vt_error *err)
{
    vti_line names;
    char cell[VTI_NAME_LIMIT];
    size_t columns;
    vti_lines lines = vti_lines_of(text);
    if (!vti_lines_next(&lines, &names)) return vt_fail_at(err, VT_ESHAPE, text->name, 1, 0, "the file is empty");
    const vt_status st = vti_line_columns(text, &names, ',', &columns, err);
    if (st != VT_OK) return st;
    vti_page_meta(page, "sign", holds(&names, "Endo Up") ? "endo_up" : "exo_up");
    for (size_t k = 0; k < columns; k++) {
        vti_line_cell(&names, ',', k, cell);
        vti_page_title(page, k == 0, cell);
    }
    vti_page_line(page);
    put_rows(page, &lines);
    return VT_OK;
}

static vt_status read_discovery(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return vti_page_read(file, put_discovery, book, err);
}

static vt_status read_scan(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return vti_page_read(file, put_scan, book, err);
}

const vti_format VTI_DISCOVERY = {
    .name = "TA Instruments Discovery (CSV export)", .recognise = is_discovery, .read = read_discovery};
const vti_format VTI_CALORIMETER_CSV = {
    .name = "PerkinElmer scan (CSV export)", .recognise = is_scan, .read = read_scan};
