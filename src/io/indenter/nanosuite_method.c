/* NanoSuite / TestWorks description of a test method ("Method Name : ..."): channels, inputs and formulas as indented
 * "Key : value" lines, and the tip with its area function. It holds no readings: it is a table of settings (name, unit,
 * formula, default) beside the workbook of the same test, and its current tip is the metadata `area_function`. */
#include "base/number_internal.h"
#include "io/indenter/indenter_internal.h"
#include <glib.h>
#include <string.h>

enum { SECTION, NAME, INTERNAL, UNITS, FORMULA, DEFAULT, COLUMNS, TERMS = 9, PER_ENTRY = 40 /* bytes, at least */ };
static const char *const TITLES[COLUMNS] = {"section",      "name",    "internal_name",
                                            "unit_written", "formula", "default_value"};

typedef struct method {
    const char *file;
    char title[VTI_NAME_LIMIT], section[32], before[VTI_NAME_LIMIT]; /* before: text of the line above */
    GStringChunk *texts;
    GPtrArray *column[COLUMNS];
    enum { NO_TIP, CURRENT_TIP, OTHER_TIP } tip; /* part of the file */
    char tip_name[VTI_NAME_LIMIT], tip_type[16], tip_modulus[32];
    double m[TERMS];
    size_t terms;
    bool odd; /* a coefficient is missing or no number */
} method;

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "Method Name :", 13) == 0 && strpbrk(text, "\r\n") != NULL;
}

static void set(method *m, int column, const char *value)
{
    const guint n = m->column[NAME]->len;
    if (n > 0 && value[0]) m->column[column]->pdata[n - 1] = g_string_chunk_insert(m->texts, value);
}

static void begin_entry(method *m, const char *internal)
{
    for (int c = 0; c < COLUMNS; c++) g_ptr_array_add(m->column[c], (gpointer) "");
    set(m, SECTION, m->section);
    set(m, NAME, m->before);
    set(m, INTERNAL, internal);
}

/* "Label2 : m2   Value : -1.6132e+001" */
static void take_coefficient(method *m, const vti_line *line)
{
    char value[VTI_NAME_LIMIT], label[VTI_NAME_LIMIT], key[16];
    snprintf(key, sizeof key, "Label%zu", m->terms);
    const char *colon = vti_line_value(line, key, label) ? strrchr(label, ':') : NULL;
    double v = 0.0;
    if (colon && m->terms < TERMS) {
        vti_copy_text(colon + 1, colon + strlen(colon), value, sizeof value);
        if (vt_number_read(value, &v, NULL) == VT_OK) {
            m->m[m->terms++] = v;
            return;
        }
    }
    m->odd = true;
}

static void take_tip(method *m, const vti_line *line, const char *text)
{
    char value[VTI_NAME_LIMIT];
    if (strcmp(text, "CurrentTipName") == 0) m->tip = CURRENT_TIP;
    if (strcmp(text, "OriginalTipName") == 0) m->tip = OTHER_TIP;
    if (m->tip != CURRENT_TIP) return;
    if (vti_line_value(line, "TipName", value)) snprintf(m->tip_name, sizeof m->tip_name, "%s", value);
    if (vti_line_value(line, "FunctionType", value)) snprintf(m->tip_type, sizeof m->tip_type, "%.15s", value);
    if (vti_line_value(line, "Modulus", value)) snprintf(m->tip_modulus, sizeof m->tip_modulus, "%.31s", value);
    if (strncmp(text, "Label", 5) == 0) take_coefficient(m, line);
}

static vt_status take_line(method *m, const vti_line *line, size_t size, vt_error *err)
{
    static const char *const SECTIONS[] = {"Channels", "Inputs", "Formulas", "Configuration Objects", "Test Segments"};
    char text[VTI_NAME_LIMIT], value[VTI_NAME_LIMIT];
    vti_copy_text(line->p, line->end, text, sizeof text);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        if (strcmp(text, SECTIONS[i]) == 0 && line->p[0] != '\t')
            snprintf(m->section, sizeof m->section, "%s", SECTIONS[i]);
    if (strcmp(m->section, "Configuration Objects") == 0) take_tip(m, line, text);
    if (vti_line_value(line, "Method Name", value) && line->number == 1)
        snprintf(m->title, sizeof m->title, "%s", value);
    if (vti_line_value(line, "Internal Name", value)) {
        if (m->column[NAME]->len >= size / PER_ENTRY)
            return vt_fail_at(err, VT_ELIMIT, m->file, line->number, 0, "more entries than a method can have");
        begin_entry(m, value);
    }
    if (vti_line_value(line, "Units", value)) set(m, UNITS, value);
    if (vti_line_value(line, "Formula", value)) set(m, FORMULA, value);
    if (vti_line_value(line, "Default Value", value)) set(m, DEFAULT, value);
    snprintf(m->before, sizeof m->before, "%s", text);
    return VT_OK;
}

static vt_status add_tip(const method *m, vt_table *t, vt_error *err)
{
    char text[TERMS * VTI_NUMBER_TEXT] = "", number[VTI_NUMBER_TEXT];
    size_t n = m->terms;
    while (n > 0 && m->m[n - 1] == 0.0) n--;
    if (n == 0) return VT_OK;
    if (m->odd || strcmp(m->tip_type, "0") != 0)
        return vt_table_add_note(t, err,
                                 "tip '%s' has the area function of type '%s', which is not known here; give "
                                 "area_function yourself",
                                 vti_cut(m->tip_name).text, m->tip_type);
    for (size_t i = 0, at = 0; i < n; i++) {
        vti_number_write(m->m[i], number);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", i ? "," : "", number);
    }
    vt_status st = vt_table_add_meta(t, "area_function", text, 0, err);
    if (st == VT_OK && m->tip_modulus[0])
        st = vt_table_add_note(t, err, "tip '%s': its modulus %s has no unit in the file and is left out",
                               vti_cut(m->tip_name).text, m->tip_modulus);
    return st;
}

static vt_status make_table(const method *m, vt_book *book, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    const size_t n = m->column[NAME]->len;
    if (n == 0)
        return vt_fail_at(
            err, VT_ESHAPE, m->file, 1, 0,
            "a description of an MTS / Agilent test method without channels or inputs; the readings are in "
            "the workbook (.xls) of the test: give that");
    VT_TRY(st = vti_part_begin(m->file, "method", "settings", &t, err));
    for (int c = 0; c < COLUMNS; c++)
        VT_TRY(st = vt_table_add_text(t, TITLES[c], n, (const char *const *)m->column[c]->pdata, err));
    VT_TRY(st = add_tip(m, t, err));
    VT_TRY(st =
               vt_table_add_note(t, err,
                                 "a description of the test method '%s': no readings; those are in the workbook (.xls) "
                                 "of the test",
                                 m->title));
    st = vti_book_add(book, t, err); /* takes it over in any case */
    t = NULL;
done:
    vt_table_free(t);
    return st;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    method m = {.file = file->name, .texts = g_string_chunk_new(4096)};
    vti_line line = {0};
    vt_status st;
    for (int c = 0; c < COLUMNS; c++) m.column[c] = g_ptr_array_new();
    VT_TRY(st = vti_transcript_open(file, &text, err));
    vti_lines lines = vti_lines_of(&text);
    while (vti_lines_filled(&lines, &line)) VT_TRY(st = take_line(&m, &line, file->size, err));
    st = make_table(&m, book, err);
done:
    for (int c = 0; c < COLUMNS; c++) g_ptr_array_free(m.column[c], TRUE);
    g_string_chunk_free(m.texts);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_NANOSUITE_METHOD = {.name = "NanoSuite test method (text)", .recognise = recognise, .read = read};
