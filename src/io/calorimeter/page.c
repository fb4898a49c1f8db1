/* A vendor's file written anew as a plain table, line for line. */
#include "io/calorimeter/calorimeter_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void vti_page_put(vti_page *page, const char *p, size_t n)
{
    if (page->full || n == 0) return;
    if (page->room - page->n < n) {
        const size_t room = 2 * (page->n + n) + 4096;
        char *more = realloc(page->p, room);
        if (!more) {
            page->full = true;
            return;
        }
        page->p = more;
        page->room = room;
    }
    memcpy(page->p + page->n, p, n);
    page->n += n;
}

void vti_page_line(vti_page *page)
{
    vti_page_put(page, "\n", 1);
}

void vti_page_name(vti_page *page, bool first, const char *name, const char *unit)
{
    if (!first) vti_page_put(page, "\t", 1);
    vti_page_put(page, name, strlen(name));
    if (!unit[0]) return;
    vti_page_put(page, " [", 2);
    vti_page_put(page, unit, strlen(unit));
    vti_page_put(page, "]", 1);
}

void vti_page_row(vti_page *page, const vti_line *line, char separator, char decimal)
{
    const char *p = line->p, *end = line->end;
    while (end > p && (end[-1] == ' ' || end[-1] == separator)) end--;
    for (const char *after = p; p <= end; p = after + 1) {
        const vti_cell c = vti_cell_at(p, end, separator, &after);
        if (p != line->p) vti_page_put(page, "\t", 1);
        const char *comma = decimal == ',' ? memchr(c.p, ',', c.n) : NULL;
        if (comma) {
            vti_page_put(page, c.p, (size_t)(comma - c.p));
            vti_page_put(page, ".", 1);
            vti_page_put(page, comma + 1, c.n - (size_t)(comma - c.p) - 1);
        } else {
            vti_page_put(page, c.p, c.n);
        }
        if (after >= end) break;
    }
    vti_page_line(page);
    page->rows++;
}

void vti_page_meta(vti_page *page, const char *key, const char *text)
{
    if (!text[0] || page->metas == VTI_PAGE_METAS) return;
    snprintf(page->key[page->metas], sizeof page->key[0], "%s", key);
    snprintf(page->text[page->metas], sizeof page->text[0], "%s", text);
    page->metas++;
}

void vti_page_specimen(vti_page *page, const char *text, bool first)
{
    for (size_t k = 0; k < page->metas; k++) {
        if (strcmp(page->key[k], "specimen") != 0) continue;
        if (first && text[0]) snprintf(page->text[k], sizeof page->text[0], "%s", text);
        return;
    }
    vti_page_meta(page, "specimen", text);
}

vt_status vti_page_table(vti_page *page, const char *file, vt_book *book, vt_error *err)
{
    vt_table *t = NULL;
    if (page->full) return vt_fail_at(err, VT_EMEMORY, file, 0, 0, "no memory for %zu bytes", page->n);
    if (page->rows == 0) return vt_fail_at(err, VT_ESHAPE, file, 0, 0, "a header but no readings below it");
    vt_status st = vt_table_parse(file, page->p, page->n, NULL, &t, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < page->metas; i++) VT_TRY(st = vt_table_add_meta(t, page->key[i], page->text[i], 0, err));
    if (page->left_out)
        VT_TRY(st = vt_table_add_note(t, err, "%zu rows that mark segments are left out", page->left_out));
    st = vti_book_add(book, t, err);
    t = NULL;
done:
    vt_table_free(t);
    return st;
}

void vti_page_free(vti_page *page)
{
    free(page->p);
    page->p = NULL;
}

vt_status vti_page_read(const vti_file *file, vti_page_put_fn *put, vt_book *book, vt_error *err)
{
    vti_transcript text = {0};
    vti_page page = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    VT_TRY(st = put(&text, &page, err));
    st = vti_page_table(&page, text.name, book, err);
done:
    vti_page_free(&page);
    vti_transcript_close(&text);
    return st;
}

size_t vti_line_cells(const vti_line *line, char separator)
{
    size_t n = 1;
    for (const char *p = line->p; p < line->end; p++) n += *p == separator;
    return n;
}

vt_status vti_line_columns(const vti_transcript *text, const vti_line *line, char separator, size_t *n, vt_error *err)
{
    *n = vti_line_cells(line, separator);
    if (*n <= VTI_PAGE_COLUMNS) return VT_OK;
    return vt_fail_at(err, VT_ELIMIT, text->name, line->number, 0, "%zu columns: %d at most; export fewer", *n,
                      VTI_PAGE_COLUMNS);
}

void vti_decimal_point(char *cell, char decimal)
{
    char *comma = decimal == ',' ? strchr(cell, ',') : NULL;
    if (comma) *comma = '.';
}

void vti_line_cell(const vti_line *line, char separator, size_t k, char out[VTI_NAME_LIMIT])
{
    const char *p = line->p;
    for (; k > 0 && p; k--) {
        p = memchr(p, separator, (size_t)(line->end - p));
        if (p) p++;
    }
    out[0] = '\0';
    if (!p) return;
    const char *end = memchr(p, separator, (size_t)(line->end - p));
    vti_copy_text(p, end ? end : line->end, out, VTI_NAME_LIMIT);
}

bool vti_line_is_number(const vti_line *line, char separator, char decimal)
{
    const char *after;
    double v;
    const vti_cell c = vti_cell_at(line->p, line->end, separator, &after);
    return vti_cell_kind(&c, decimal, &v, NULL) == VTI_NUMBER;
}

const char *vti_calorimeter_unit(const char *unit)
{
    /* The degree sign of Latin-1, the byte of it on a DOS code page read as Latin-1, and what loses it. */
    static const char *const WORDS[][2] = {
        {">C", "degC"},  {"?C", "degC"},      {"\xEF\xBF\xBD\x43", "degC"}, {"\xC2\xBA\x43", "degC"},
        {"k", "K"},      {"C", "degC"},       {"\xC2\xB0\x43", "degC"},     {"\xC3\xB8\x43", "degC"},
        {"Cel", "degC"}, {"Min", "min"},      {"Minutes", "min"},           {"Seconds", "s"},
        {"sec", "s"},    {"MilliWatts", "mW"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(unit, WORDS[i][0]) == 0) return WORDS[i][1];
    return unit;
}

void vti_page_title(vti_page *page, bool first, const char *cell)
{
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT] = "";
    snprintf(name, sizeof name, "%s", cell);
    char *open = strrchr(name, '(');
    const size_t n = strlen(name);
    if (open && open > name && name[n - 1] == ')') {
        snprintf(unit, sizeof unit, "%.*s", (int)(strlen(open) - 2), open + 1);
        while (open > name && open[-1] == ' ') open--;
        *open = '\0';
    }
    vti_page_name(page, first, name, vti_calorimeter_unit(unit));
}
