/* Hysitron text exports: a curve (date, "Number of Points = N", header) and nanoDMA (title, header, rows). */
#include "io/indenter/indenter_internal.h"
#include <string.h>

#define COUNT "Number of Points"
#define DMA   "nanoDMA Text Export"

/* The n-th line (from 1) of the head that is not blank, or "". */
static const char *head_line(const char *text, int n)
{
    for (;;) {
        text += strspn(text, " \t\r\n");
        if (--n == 0 || !*text) return text;
        text += strcspn(text, "\r\n");
    }
}

static bool recognise_curve(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    const char *second = head_line(text, 2);
    if (strncmp(second, COUNT, strlen(COUNT)) != 0) return false;
    second += strlen(COUNT);
    return second[strspn(second, " ")] == '=';
}

static bool recognise_dma(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, DMA, strlen(DMA)) == 0;
}

/* "Number of Points = 5304" */
static vt_status read_count(const vti_transcript *text, const vti_line *line, long *points, vt_error *err)
{
    char number[32] = "";
    const char *equal = memchr(line->p, '=', (size_t)(line->end - line->p));
    if (equal) vti_copy_text(equal + 1, line->end, number, sizeof number);
    if (!vti_line_begins(line, COUNT) || vt_integer_read(number, 1, 1000000000, points, NULL) != VT_OK)
        return vt_fail_at(err, VT_EPARSE, text->name, line->number, 0,
                          "'" COUNT " = %.20s' is expected to say how many", number);
    return VT_OK;
}

/* Header and rows from here on; `points` of them, or, if negative, all that follow. */
static vt_status read_table(const vti_transcript *text, vti_lines *lines, long points, vti_missing *missing,
                            vt_book *book, vt_error *err)
{
    vti_block b = {.file = text->name, .separator = '\t', .decimal = '.'};
    vti_line line = {.number = lines->number - 1};
    vt_status st;
    if (!vti_lines_filled(lines, &line))
        return vt_fail_at(err, VT_ESHAPE, text->name, line.number, 0, "no header of columns; the file is cut off");
    VT_TRY(st = vti_block_header(&b, &line, VTI_NAME_BRACKETS, err));
    VT_TRY(st = vti_block_rows(&b, lines, points, err));
    if (vti_lines_filled(lines, &line)) {
        st = vt_fail_at(err, VT_EPARSE, text->name, line.number, 0,
                        "a line that is no row of the table; the file is damaged: export it again");
        goto done;
    }
    VT_TRY(st = vti_missing_block(missing, &b, err));
    st = vti_block_table(&b, 0, b.n, "", "record", book, err);
done:
    vti_block_free(&b);
    return st;
}

static vt_status read_either(const vti_file *file, bool curve, vt_book *book, vt_error *err)
{
    vti_transcript text = {0};
    vti_missing missing = {0};
    vti_line line = {0};
    long points = -1;
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    vti_lines lines = vti_lines_of(&text);
    (void)vti_lines_filled(&lines, &line); /* date or title */
    if (curve) {
        (void)vti_lines_filled(&lines, &line);
        VT_TRY(st = read_count(&text, &line, &points, err));
    }
    st = read_table(&text, &lines, points, &missing, book, err);
done:
    st = vti_missing_end(&missing, book, st, err);
    vti_transcript_close(&text);
    return st;
}

static vt_status read_curve(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    return read_either(file, true, book, err);
}

static vt_status read_dma(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options;
    return read_either(file, false, book, err);
}

const vti_format VTI_HYSITRON_TEXT = {
    .name = "Hysitron curve (text export)", .recognise = recognise_curve, .read = read_curve};
const vti_format VTI_HYSITRON_DMA = {
    .name = "Hysitron nanoDMA (text export)", .recognise = recognise_dma, .read = read_dma};
