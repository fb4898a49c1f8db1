/* NETZSCH Proteus, ASCII export: "#KEY:;value" lines, of which some tell decimal sign and separator, a header that
 * begins with "##" and names units behind a slash, readings. */
#include "io/calorimeter/calorimeter_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "#EXPORTTYPE", 11) == 0 || (text[0] == '#' && strstr(text, "\n##Temp.")) ||
           strncmp(text, "##Temp.", 7) == 0;
}

/* Value of "#KEY:;value": what follows the colon, less separators and blanks before and behind. Headers of files whose
 * cells are parted by commas end in commas; else a comma is one of a number. */
static bool value_of(const vti_line *line, const char *key, char separator, char out[VTI_NAME_LIMIT])
{
    if (line->p == line->end || *line->p != '#') return false;
    const vti_line rest = {line->p + 1, line->end, line->number};
    if (!vti_line_begins(&rest, key)) return false;
    const char *p = memchr(rest.p, ':', (size_t)(rest.end - rest.p)), *end = line->end;
    if (!p) return false;
    for (p++; p < end && strchr(";\t, ", *p); p++) continue;
    const char *stop = p;
    while (stop < end && *stop != ';' && *stop != '\t' && !(*stop == ',' && separator == ',')) stop++;
    while (stop > p && stop[-1] == ' ') stop--;
    vti_copy_text(p, stop, out, VTI_NAME_LIMIT);
    return true;
}

static void dialect_line(const vti_line *line, vti_dialect *d)
{
    char v[VTI_NAME_LIMIT];
    if (value_of(line, "DECIMAL", ',', v))
        d->decimal = strncmp(v, "COMMA", 5) == 0 ? ',' : '.';
    else if (value_of(line, "SEPARATOR", ',', v))
        d->separator = strncmp(v, "SEMICOLON", 9) == 0 ? ';' : strncmp(v, "TAB", 3) == 0 ? '\t' : ',';
}

/* What the file says of its own cells; of one that does not say, by the line that names its columns. */
static vt_status find_dialect(const vti_transcript *text, vti_dialect *d, vt_error *err)
{
    vti_line line = {0};
    long at = 0;
    for (vti_lines lines = vti_lines_of(text); vti_lines_next(&lines, &line) && !vti_line_begins(&line, "##");) {
        const vti_dialect before = *d;
        dialect_line(&line, d);
        if (d->separator != before.separator || d->decimal != before.decimal) at = line.number;
    }
    for (const char *c = ";\t,"; !d->separator && *c; c++)
        if (memchr(line.p, *c, (size_t)(line.end - line.p))) d->separator = *c;
    if (d->separator != ',' || d->decimal != ',') return VT_OK;
    return vt_fail_at(err, VT_EPARSE, text->name, at, 0,
                      "#SEPARATOR and #DECIMAL are both COMMA: no reading can be told; export with SEMICOLON");
}

/* "25/20,0(K/min)/300": the rate, where the readings have no time to tell it. */
static void rate_of(vti_page *page, char *v)
{
    char text[2 * VTI_NAME_LIMIT], *from = strchr(v, '/'), *open = from ? strchr(from, '(') : NULL;
    char *close = open ? strchr(open, ')') : NULL;
    if (!close) return;
    vti_decimal_point(from + 1, ',');
    snprintf(text, sizeof text, "%.*s %.*s", (int)(open - from - 1), from + 1, (int)(close - open - 1), open + 1);
    vti_page_meta(page, "heating_rate", text);
}

static void head_line(vti_page *page, const vti_line *line, const vti_dialect *d, bool timed)
{
    char v[VTI_NAME_LIMIT], mass[2 * VTI_NAME_LIMIT];
    const char s = d->separator;
    if (value_of(line, "SAMPLE MASS", s, v)) {
        vti_decimal_point(v, ',');
        snprintf(mass, sizeof mass, "%.100s%s", v, v[0] ? " mg" : "");
        vti_page_meta(page, "mass", mass);
    } else if (value_of(line, "SAMPLE:", s, v) || value_of(line, "IDENTITY", s, v)) {
        /* The piece, for which that of the run stands only where it has no name. */
        vti_page_specimen(page, v, line->p[1] == 'S');
    } else if (value_of(line, "RANGE", ';', v) && !timed) {
        rate_of(page, v);
    } else if (value_of(line, "EXO", s, v)) {
        /* 1: exothermic upwards, -1: downwards */
        vti_page_meta(page, "sign", strcmp(v, "1") == 0 ? "exo_up" : strcmp(v, "-1") == 0 ? "endo_up" : "");
    }
}

/* Columns of thermocouples' voltage, which the sensitivity turns into heat flow. */
enum { NONE = VTI_PAGE_COLUMNS };
typedef struct volts {
    size_t signal, sensitivity;
    bool calibrated; /* some sensitivity is not 1, as which one that nobody measured is written */
} volts;

/* "DSC/(mW/mg)", "Gas Flow(purge2)/(ml/min)": the unit stands behind the last slash outside of brackets, perhaps in
 * brackets itself. */
static void part_name(char *name, char unit[VTI_NAME_LIMIT])
{
    char *slash = NULL;
    int depth = 0;
    for (char *p = name; *p; p++) {
        depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        if (*p == '/' && depth == 0 && !slash) slash = p;
    }
    unit[0] = '\0';
    if (!slash) return;
    const char *from = slash[1] == '(' ? slash + 2 : slash + 1;
    size_t n = strlen(from);
    if (slash[1] == '(' && n > 0 && from[n - 1] == ')') n--;
    snprintf(unit, VTI_NAME_LIMIT, "%.*s", (int)n, from);
    *slash = '\0';
}

/* The unit of heat flow for one of voltage; NULL: it is none. */
static const char *heat_unit(const char *unit)
{
    if (strcmp(unit, "uV/mg") == 0 || strcmp(unit, "\xC2\xB5V/mg") == 0) return "mW/mg";
    return strcmp(unit, "uV") == 0 || strcmp(unit, "\xC2\xB5V") == 0 ? "mW" : NULL;
}

static vt_status put_names(const vti_transcript *text, vti_page *page, const vti_line *line, char separator, volts *v,
                           vt_error *err)
{
    const vti_line names = {line->p + 2, line->end, line->number};
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT];
    size_t columns;
    const vt_status st = vti_line_columns(text, &names, separator, &columns, err);
    if (st != VT_OK) return st;
    for (size_t k = 0; k < columns; k++) {
        vti_line_cell(&names, separator, k, name);
        part_name(name, unit);
        const bool segment = strcmp(name, "Segment") == 0; /* of the programme: no first and second scan */
        if (strcmp(name, "DSC") == 0 && heat_unit(unit)) {
            v->signal = k;
            snprintf(unit, sizeof unit, "%s", heat_unit(unit));
        }
        if (strncmp(name, "Sensit", 6) == 0) v->sensitivity = k;
        vti_page_name(page, k == 0,
                      segment   ? "programme segment"
                      : name[0] ? name
                                : "column",
                      unit[0] ? vti_calorimeter_unit(unit) : "1");
    }
    vti_page_line(page);
    if (v->signal < NONE && v->sensitivity == NONE)
        return vt_fail_at(
            err, VT_ECAL, text->name, line->number, 0,
            "DSC in uV is the voltage of the sensor, and no column Sensit./(uV/mW) turns it into heat flow; "
            "export DSC/(mW/mg)");
    return VT_OK;
}

static bool number_at(const vti_line *line, size_t k, const vti_dialect *d, double *value)
{
    char cell[VTI_NAME_LIMIT];
    vti_line_cell(line, d->separator, k, cell);
    const vti_cell c = {.p = cell, .n = strlen(cell)};
    return vti_cell_kind(&c, d->decimal, value, NULL) == VTI_NUMBER;
}

/* A row whose voltage becomes heat flow; what is no number stands as it is, for the table to refuse. */
static void put_row(vti_page *page, const vti_line *line, const vti_dialect *d, volts *v)
{
    double signal, sensitivity;
    char out[64], cell[VTI_NAME_LIMIT];
    if (v->signal == NONE || !number_at(line, v->signal, d, &signal) ||
        !number_at(line, v->sensitivity, d, &sensitivity) || !(sensitivity > 0.0)) {
        vti_page_row(page, line, d->separator, d->decimal);
        return;
    }
    v->calibrated = v->calibrated || fabs(sensitivity - 1.0) > 1e-9;
    const size_t n = vti_line_cells(line, d->separator);
    if (n > VTI_PAGE_COLUMNS) {
        vti_page_row(page, line, d->separator, d->decimal);
        return;
    }
    for (size_t k = 0; k < n; k++) {
        vti_line_cell(line, d->separator, k, cell);
        vti_decimal_point(cell, d->decimal);
        snprintf(out, sizeof out, "%.12g", signal / sensitivity);
        const char *put = k == v->signal ? out : cell;
        if (k > 0) vti_page_put(page, "\t", 1);
        vti_page_put(page, put, strlen(put));
    }
    vti_page_line(page);
    page->rows++;
}

static bool has_time(const vti_transcript *text)
{
    vti_line line;
    for (vti_lines lines = vti_lines_of(text); vti_lines_next(&lines, &line);) {
        if (!vti_line_begins(&line, "##")) continue;
        for (const char *p = line.p; p + 5 <= line.end; p++)
            if (memcmp(p, "Time/", 5) == 0) return true;
        return false;
    }
    return false;
}

static vt_status put_lines(const vti_transcript *text, vti_page *page, vt_error *err)
{
    vti_line line;
    vti_dialect d = {'\0', '.'}; /* separator 0: not told yet */
    volts v = {NONE, NONE, false};
    bool data = false;
    vt_status st = find_dialect(text, &d, err);
    const bool timed = has_time(text);
    for (vti_lines lines = vti_lines_of(text); st == VT_OK && vti_lines_next(&lines, &line);) {
        if (!data && vti_line_begins(&line, "##")) {
            data = true;
            st = put_names(text, page, &line, d.separator, &v, err);
        } else if (!data || line.p == line.end || *line.p == '#') {
            if (!data) head_line(page, &line, &d, timed);
            vti_page_line(page);
        } else {
            put_row(page, &line, &d, &v);
        }
    }
    if (st != VT_OK) return st;
    if (!data) return vt_fail_at(err, VT_ESHAPE, text->name, 0, 0, "no line that begins with ## and names the columns");
    if (v.signal < NONE && page->rows > 0 && !v.calibrated)
        return vt_fail_at(
            err, VT_ECAL, text->name, 0, 0,
            "DSC in uV with a sensitivity of 1 uV/mW throughout: nobody calibrated it; export DSC/(mW/mg) "
            "with a sensitivity file");
    return VT_OK;
}

static vt_status read_file(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return vti_page_read(file, put_lines, book, err);
}

const vti_format VTI_PROTEUS = {.name = "NETZSCH Proteus (ASCII export)", .recognise = recognise, .read = read_file};
