/* Hysitron TriboScan .hld: "Key: value unit" lines, then blocks "<Name> Data Points: N" with a tab-separated table
 * each, whose names end in the unit. The block "Test" is the record; approach and drift have no load and are listed. */
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <string.h>

#define POINTS "Data Points"

/* What of the header is kept. */
typedef struct head {
    char area[9][32]; /* coefficients of the tip, as written */
    size_t terms;
    bool area_odd; /* a coefficient has another unit, or the tip has an offset */
    char x[32], y[32], drift[32], compliance[32];
    vti_short version, type, tip;
    size_t settings;
} head;

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    if (strncmp(text, "File Version: Hysitron", 22) == 0) return true;
    const char *next = strpbrk(text, "\r\n");
    if (strncmp(text, "Test Type:", 10) != 0 || !next) return false;
    return strstr(next, "Time Stamp:") != NULL || strstr(next, POINTS ":") != NULL;
}

/* "Tip C3: -2.17869e+06 nm^2/nm^0.25" */
static void take_coefficient(head *h, size_t k, const char *value)
{
    static const char *const UNITS[] = {"nm^2/nm^2",    "nm^2/nm",       "nm^2/nm^0.5",
                                        "nm^2/nm^0.25", "nm^2/nm^0.125", "nm^2/nm^0.0625"};
    const char *blank = strchr(value, ' ');
    const size_t n = blank ? (size_t)(blank - value) : 0;
    if (k != h->terms || n == 0 || n >= sizeof h->area[k] || strcmp(blank + 1, UNITS[k]) != 0) {
        h->area_odd = true;
        return;
    }
    memcpy(h->area[k], value, n);
    h->area[k][n] = '\0';
    h->terms++;
}

/* Number and unit as metadata take them, "" if the text is longer or the number is none. */
static void take_value(char to[32], const char *value)
{
    char ascii[32];
    double si;
    vt_unit unit;
    const char *blank = strchr(value, ' ');
    to[0] = '\0';
    if (!blank || blank - value > 20 || vt_unit_read(blank + 1, NULL, &unit, NULL) != VT_OK) return;
    snprintf(ascii, sizeof ascii, "%.*s", (int)(blank - value), value);
    if (vt_number_read(ascii, &si, NULL) != VT_OK) return;
    if (strlen(ascii) + strlen(unit.text) + 2 <= 32) snprintf(to, 32, "%.20s %.10s", ascii, unit.text);
}

static void take_line(head *h, const vti_line *line)
{
    char value[VTI_NAME_LIMIT], key[16];
    h->settings++;
    for (size_t k = 0; k < 6; k++) {
        snprintf(key, sizeof key, "Tip C%zu", k);
        if (vti_line_value(line, key, value)) take_coefficient(h, k, value);
    }
    if (vti_line_value(line, "Tip B", value) && value[0] != '0') h->area_odd = true;
    if (vti_line_value(line, "Stage X", value)) take_value(h->x, value);
    if (vti_line_value(line, "Stage Y", value)) take_value(h->y, value);
    if (vti_line_value(line, "Drift Rate", value)) take_value(h->drift, value);
    if (vti_line_value(line, "Machine Comp", value)) take_value(h->compliance, value);
    if (vti_line_value(line, "File Version", value)) h->version = vti_cut(value);
    if (vti_line_value(line, "Test Type", value)) h->type = vti_cut(value);
    if (vti_line_value(line, "Tip ID", value)) h->tip = vti_cut(value);
}

/* "Drift Measurement Data Points: 913": name of the block and its readings; false: another line. */
static bool block_head(const vti_line *line, char name[64], long *points, bool *readable)
{
    const char *p = line->p;
    const size_t n = strlen(POINTS ":");
    if (line->end - p > 200) return false;
    while (line->end - p >= (long)n && memcmp(p, POINTS ":", n) != 0) p++;
    if (line->end - p < (long)n || p == line->p) return false;
    char number[32];
    vti_copy_text(line->p, p, name, 64);
    vti_copy_text(p + n, line->end, number, sizeof number);
    *readable = vt_integer_read(number, 0, 1000000000, points, NULL) == VT_OK;
    return true;
}

static vt_status add_area(const head *h, vt_table *t, vt_error *err)
{
    char text[9 * 32] = "";
    size_t n = h->terms;
    if (n == 0 && !h->area_odd) return VT_OK;
    if (h->area_odd)
        return vt_table_add_note(t, err,
                                 "tip '%s': its area function has terms or units that are not C0 ... C5 over nm (or an "
                                 "offset Tip B); give area_function yourself",
                                 h->tip.text);
    for (size_t k = 0, at = 0; k < n; k++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", k ? "," : "", h->area[k]);
    return vt_table_add_meta(t, "area_function", text, 0, err);
}

static vt_status add_head(const head *h, vt_book *book, vt_error *err)
{
    vt_table *t = vti_book_table(book, 0);
    const struct {
        const char *key, *text;
    } KEPT[] = {{"x", h->x}, {"y", h->y}, {"drift_rate", h->drift}};
    vt_status st = add_area(h, t, err);
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT && st == VT_OK; i++)
        if (KEPT[i].text[0]) st = vt_table_add_meta(t, KEPT[i].key, KEPT[i].text, 0, err);
    if (st == VT_OK && h->compliance[0])
        st = vt_table_add_note(t, err,
                               "machine compliance %s stands in the file; it does not say whether the depths hold it "
                               "still: if they do, give frame_compliance",
                               h->compliance);
    if (st == VT_OK && h->type.text[0] && strcmp(h->type.text, "Indentation") != 0)
        st = vt_table_add_note(t, err, "test type '%s'", h->type.text);
    if (st == VT_OK)
        st = vti_book_ignore(book, err,
                             "header: %zu lines of settings but tip area, stage, drift rate and machine compliance%s%s",
                             h->settings, h->version.text[0] ? "; " : "", h->version.text);
    return st;
}

/* The readings below the head of a block: the test becomes a table, the others are passed over. */
static vt_status read_block(vti_lines *lines, const vti_transcript *text, const char *name, long points,
                            vti_missing *missing, vt_book *book, vt_error *err)
{
    vti_block b = {.file = text->name, .separator = '\t', .decimal = '.'};
    vti_line line = {.number = lines->number - 1}; /* the head of the block, if nothing follows */
    vt_status st = VT_OK;
    if (!vti_lines_filled(lines, &line))
        return vt_fail_at(err, VT_ESHAPE, text->name, line.number, 0, "block '%s' has no header; the file is cut off",
                          name);
    if (strcmp(name, "Test") != 0) {
        char header[64];
        vti_copy_text(line.p, line.end, header, sizeof header);
        return vti_book_ignore(book, err, "block '%s': %ld readings, not of the test ('%s')", name, points, header);
    }
    if (vt_book_tables(book) > 0)
        return vt_fail_at(err, VT_ESHAPE, text->name, line.number - 1, 0, "a second block '%s'", name);
    VT_TRY(st = vti_block_header(&b, &line, VTI_NAME_SUFFIX, err));
    VT_TRY(st = vti_block_rows(&b, lines, points, err));
    VT_TRY(st = vti_missing_block(missing, &b, err));
    st = vti_block_table(&b, 0, b.n, "", "record", book, err);
done:
    vti_block_free(&b);
    return st;
}

static vt_status read_lines(const vti_transcript *text, head *h, vti_missing *missing, vt_book *book, vt_error *err)
{
    vti_lines lines = vti_lines_of(text);
    vti_line line = {.number = 1};
    vt_status st = VT_OK;
    bool blocks = false;
    while (st == VT_OK && vti_lines_filled(&lines, &line)) {
        char name[64];
        long points = 0;
        bool readable = false;
        if (line.p[0] >= 'A' && block_head(&line, name, &points, &readable)) {
            blocks = true;
            if (!readable)
                return vt_fail_at(err, VT_EPARSE, text->name, line.number, 0,
                                  "the number of data points of block '%s' is no whole number", name);
            st = read_block(&lines, text, name, points, missing, book, err);
        } else if (!blocks) {
            take_line(h, &line);
        }
    }
    if (st == VT_OK && vt_book_tables(book) == 0)
        st = vt_fail_at(err, VT_ESHAPE, text->name, line.number, 0,
                        "a Hysitron file without a block 'Test Data Points: ...'; it is cut off: export it again");
    return st;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    vti_missing missing = {0};
    head h = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    VT_TRY(st = read_lines(&text, &h, &missing, book, err));
    st = add_head(&h, book, err);
done:
    st = vti_missing_end(&missing, book, st, err);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_HYSITRON_HLD = {.name = "Hysitron TriboScan text (.hld)", .recognise = recognise, .read = read};
