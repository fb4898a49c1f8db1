/* NETZSCH Proteus, ASCII export: "#KEY:;value" lines, of which some tell decimal sign and separator, a header that
 * begins with "##" and names units behind a slash, readings. */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "#EXPORTTYPE", 11) == 0;
}

/* Value of "#KEY:;value": what follows the colon, less separators and blanks before and behind. */
static bool value_of(const vti_line *line, const char *key, char out[VTI_NAME_LIMIT])
{
    if (line->p == line->end || *line->p != '#') return false;
    const vti_line rest = {line->p + 1, line->end, line->number};
    if (!vti_line_begins(&rest, key)) return false;
    const char *p = memchr(rest.p, ':', (size_t)(rest.end - rest.p)), *end = line->end;
    if (!p) return false;
    for (p++; p < end && strchr(";\t, ", *p); p++) continue;
    const char *stop = p;
    while (stop < end && *stop != ';' && *stop != '\t') stop++;
    vti_copy_text(p, stop, out, VTI_NAME_LIMIT);
    return true;
}

typedef struct dialect {
    char separator, decimal;
} dialect;

static vt_status head_line(const vti_transcript *text, vti_page *page, const vti_line *line, dialect *d, vt_error *err)
{
    char v[VTI_NAME_LIMIT], mass[2 * VTI_NAME_LIMIT];
    if (value_of(line, "DECIMAL", v)) {
        d->decimal = strcmp(v, "COMMA") == 0 ? ',' : '.';
    } else if (value_of(line, "SEPARATOR", v)) {
        d->separator = strcmp(v, "SEMICOLON") == 0 ? ';' : strcmp(v, "TAB") == 0 ? '\t' : ',';
    } else if (value_of(line, "SAMPLE MASS", v)) {
        char *comma = strchr(v, ',');
        if (comma) *comma = '.';
        snprintf(mass, sizeof mass, "%.100s%s", v, v[0] ? " mg" : "");
        vti_page_meta(page, "mass", mass);
    } else if (value_of(line, "SAMPLE", v) || value_of(line, "IDENTITY", v)) {
        if (page->metas == 0 || strcmp(page->key[page->metas - 1], "specimen") != 0) vti_page_meta(page, "specimen", v);
    } else if (value_of(line, "EXO", v)) {
        /* 1: exothermic upwards, -1: downwards */
        vti_page_meta(page, "sign", strcmp(v, "1") == 0 ? "exo_up" : strcmp(v, "-1") == 0 ? "endo_up" : "");
    }
    if (d->separator == ',' && d->decimal == ',')
        return vt_fail_at(err, VT_EPARSE, text->name, line->number, 0,
                          "#SEPARATOR and #DECIMAL are both COMMA: no reading can be told; export with SEMICOLON");
    return VT_OK;
}

/* "##Temp./degC;Time/min;DSC/(mW/mg)": the unit stands behind the first slash, perhaps in brackets. */
static void put_names(vti_page *page, const vti_line *line, char separator)
{
    const vti_line names = {line->p + 2, line->end, line->number};
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT];
    for (size_t k = 0; k < vti_line_cells(&names, separator); k++) {
        vti_line_cell(&names, separator, k, name);
        char *slash = strchr(name, '/');
        unit[0] = '\0';
        if (slash) {
            const char *from = slash[1] == '(' ? slash + 2 : slash + 1;
            size_t n = strlen(from);
            if (slash[1] == '(' && n > 0 && from[n - 1] == ')') n--;
            snprintf(unit, sizeof unit, "%.*s", (int)n, from);
            *slash = '\0';
        }
        vti_page_name(page, k == 0, name[0] ? name : "column", vti_calorimeter_unit(unit));
    }
    vti_page_line(page);
}

static vt_status read_file(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    vti_transcript text = {0};
    vti_page page = {0};
    vti_line line;
    dialect d = {';', '.'};
    bool data = false;
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    for (vti_lines lines = vti_lines_of(&text); vti_lines_next(&lines, &line);) {
        if (!data && vti_line_begins(&line, "##")) {
            data = true;
            put_names(&page, &line, d.separator);
        } else if (!data || line.p == line.end || *line.p == '#') {
            if (!data) VT_TRY(st = head_line(&text, &page, &line, &d, err));
            vti_page_line(&page);
        } else {
            vti_page_row(&page, &line, d.separator, d.decimal);
        }
    }
    if (!data)
        VT_TRY(st = vt_fail_at(err, VT_ESHAPE, text.name, 0, 0, "no line that begins with ## and names the columns"));
    st = vti_page_table(&page, text.name, book, err);
done:
    vti_page_free(&page);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_PROTEUS = {.name = "NETZSCH Proteus (ASCII export)", .recognise = recognise, .read = read_file};
