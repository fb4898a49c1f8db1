/* TA Instruments Universal Analysis, text export: key and value lines parted by tabs, StartOfData, readings. */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START "StartOfData"

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strstr(text, "\nNsig\t") && strstr(text, "\nSig1\t") && strstr(text, "\n" START);
}

/* "Sig2<TAB>Temperature (degC)": a column, in order. */
static void column(vti_page *names, const vti_line *line, size_t *columns)
{
    char cell[VTI_NAME_LIMIT];
    vti_line_cell(line, '\t', 1, cell);
    vti_page_title(names, *columns == 0, cell);
    ++*columns;
}

static void head_line(vti_page *page, vti_page *names, const vti_line *line, size_t *columns)
{
    char key[VTI_NAME_LIMIT], value[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT], text[2 * VTI_NAME_LIMIT];
    vti_line_cell(line, '\t', 0, key);
    vti_line_cell(line, '\t', 1, value);
    vti_line_cell(line, '\t', 2, unit);
    if (strncmp(key, "Sig", 3) == 0 && key[3] >= '0' && key[3] <= '9') {
        column(names, line, columns);
    } else if (strcmp(key, "Size") == 0) {
        snprintf(text, sizeof text, "%.100s %.100s", value, unit);
        vti_page_meta(page, "mass", text);
    } else if (strcmp(key, "Sample") == 0) {
        vti_page_meta(page, "specimen", value);
    } else if (strcmp(key, "Exotherm") == 0) {
        vti_page_meta(page, "sign", strcmp(value, "Up") == 0 ? "exo_up" : strcmp(value, "Down") == 0 ? "endo_up" : "");
    } else if (strcmp(key, "Kcell") == 0) {
        vti_page_meta(page, "cell_constant", value);
    }
}

/* Rows of time -1 are no readings: they mark where segments begin. */
static bool is_mark(const vti_line *line)
{
    char cell[VTI_NAME_LIMIT];
    vti_line_cell(line, '\t', 0, cell);
    return strncmp(cell, "-1", 2) == 0 && strspn(cell + 2, ".0") == strlen(cell + 2);
}

static vt_status read_file(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    vti_transcript text = {0};
    vti_page page = {0}, names = {0};
    vti_line line;
    size_t columns = 0;
    bool data = false;
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    for (vti_lines lines = vti_lines_of(&text); vti_lines_next(&lines, &line);) {
        if (!data && vti_line_begins(&line, START)) {
            data = true;
            vti_page_put(&page, names.p, names.n);
            vti_page_line(&page);
        } else if (!data) {
            head_line(&page, &names, &line, &columns);
            vti_page_line(&page);
        } else if (is_mark(&line)) {
            page.left_out++;
            vti_page_line(&page);
        } else {
            vti_page_row(&page, &line, '\t', '.');
        }
    }
    if (!data || columns == 0)
        VT_TRY(st = vt_fail_at(err, VT_ESHAPE, text.name, 0, 0, "no " START " or no names of signals: cut off?"));
    st = vti_page_table(&page, text.name, book, err);
done:
    vti_page_free(&page);
    vti_page_free(&names);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_UNIVERSAL_ANALYSIS = {
    .name = "TA Instruments Universal Analysis (text export)", .recognise = recognise, .read = read_file};
