/* Decoded text of an instrument file, line after line. */
#include "io/indenter/indenter_internal.h"
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static vt_status refuse_nul(const vti_transcript *t, const char *nul, vt_error *err)
{
    vti_lines lines = vti_lines_of(t);
    vti_line line = {.number = 1};
    while (vti_lines_next(&lines, &line))
        if (lines.next > nul) break;
    return vt_fail_at(err, VT_EPARSE, t->name, line.number, 0,
                      "NUL byte at offset %zu; the file is damaged or no text: export it again",
                      (size_t)(nul - t->begin));
}

static vt_status decode(const vti_file *file, size_t mark, bool big_endian, vti_transcript *t, vt_error *err)
{
    const size_t n = file->size - mark;
    size_t used = 0;
    t->own = malloc(n + n / 2 + 4);
    if (!t->own) return vt_fail_at(err, VT_EMEMORY, file->name, 0, 0, "no memory to decode %zu bytes", n);
    t->begin = t->own;
    t->end = t->own + vti_utf16_to_utf8(file->bytes + mark, n, big_endian, t->own, &used);
    if (used < n) return vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "UTF-16 text ends in the middle of a character");
    return VT_OK;
}

vt_status vti_transcript_open(const vti_file *file, vti_transcript *text, vt_error *err)
{
    size_t mark = 0;
    const vti_encoding encoding = vti_encoding_detect(file->bytes, file->size, &mark);
    vti_transcript t = {
        .name = file->name, .begin = (const char *)file->bytes + mark, .end = (const char *)file->bytes + file->size};
    vt_status st = VT_OK;
    if (encoding != VTI_UTF8) st = decode(file, mark, encoding == VTI_UTF16BE, &t, err);
    if (st == VT_OK) {
        const char *nul = memchr(t.begin, 0, (size_t)(t.end - t.begin));
        if (nul) st = refuse_nul(&t, nul, err);
    }
    if (st != VT_OK)
        vti_transcript_close(&t);
    else
        *text = t;
    return st;
}

void vti_transcript_close(vti_transcript *text)
{
    free(text->own);
    text->own = NULL;
}

void vti_transcript_head(const vti_file *head, char text[VTI_HEAD_TEXT])
{
    size_t mark = 0, used, n = 0;
    text[0] = '\0';
    if (head->size == 0) return;
    const vti_encoding encoding = vti_encoding_detect(head->bytes, head->size, &mark);
    const size_t left = head->size - mark;
    if (encoding == VTI_UTF8) {
        n = left < VTI_HEAD_TEXT - 1 ? left : VTI_HEAD_TEXT - 1;
        memcpy(text, head->bytes + mark, n);
    } else {
        const size_t most = (VTI_HEAD_TEXT - 5) / 3 * 2; /* two bytes become three at most */
        n = vti_utf16_to_utf8(head->bytes + mark, left < most ? left : most, encoding == VTI_UTF16BE, text, &used);
    }
    text[n] = '\0';
}

vti_lines vti_lines_of(const vti_transcript *text)
{
    return (vti_lines){text->begin, text->end, 1};
}

bool vti_lines_next(vti_lines *lines, vti_line *line)
{
    if (lines->next >= lines->end) return false;
    line->p = lines->next;
    line->number = lines->number++;
    line->end = vti_line_end(line->p, lines->end, &lines->next);
    return true;
}

bool vti_lines_filled(vti_lines *lines, vti_line *line)
{
    while (vti_lines_next(lines, line))
        for (const char *p = line->p; p < line->end; p++)
            if (!is_blank(*p)) return true;
    return false;
}

void vti_copy_text(const char *p, const char *end, char *out, size_t size)
{
    while (p < end && is_blank(*p)) p++;
    while (end > p && is_blank(end[-1])) end--;
    const vti_cell cell = {p, (size_t)(end - p), 0};
    vti_cell_text(&cell, out, size);
}

vti_short vti_cut(const char *text)
{
    vti_short s;
    vti_copy_text(text, text + strlen(text), s.text, sizeof s.text);
    return s;
}

bool vti_line_begins(const vti_line *line, const char *with)
{
    const size_t n = strlen(with);
    return (size_t)(line->end - line->p) >= n && memcmp(line->p, with, n) == 0;
}

bool vti_line_value(const vti_line *line, const char *key, char value[VTI_NAME_LIMIT])
{
    const size_t n = strlen(key);
    const char *p = line->p;
    while (p < line->end && is_blank(*p)) p++;
    if ((size_t)(line->end - p) <= n || memcmp(p, key, n) != 0) return false;
    p += n;
    while (p < line->end && is_blank(*p)) p++;
    if (p == line->end || *p != ':') return false;
    vti_copy_text(p + 1, line->end, value, VTI_NAME_LIMIT);
    return true;
}
