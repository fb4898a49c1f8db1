/* Sheets and shared strings of a .xlsx workbook. */
#include "base/grow_internal.h"
#include "io/sheet/xlsx_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which part is which sheet? ---- */
struct found {
    char name[VTI_SHEET_NAME], id[VTI_SHEET_NAME];
};

struct sheets {
    vti_workbook *book;
    size_t n, room;
    struct found *found;          /* in the order of the workbook */
    char (*path)[VTI_SHEET_NAME]; /* of each, "" while not known */
};

static vt_status sheet_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct sheets *s = state;
    if (strcmp(e->name, "sheet") != 0) return VT_OK;
    if (s->n >= VTI_SHEET_COUNT)
        return vt_fail_at(err, VT_ELIMIT, s->book->name, 0, 0, "more than %d sheets", VTI_SHEET_COUNT);
    struct found *bigger = vti_grow(s->found, s->n, &s->room, sizeof *bigger);
    if (!bigger) return vt_fail_at(err, VT_EMEMORY, s->book->name, 0, 0, "no memory for %zu sheets", s->n + 1);
    s->found = bigger;
    struct found *f = &s->found[s->n];
    if (!vti_xml_attribute(e, "name", f->name, sizeof f->name)) return VT_OK;
    if (!vti_xml_attribute(e, "id", f->id, sizeof f->id)) f->id[0] = '\0';
    s->n++;
    return VT_OK;
}

static vt_status relation_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct sheets *s = state;
    char id[VTI_SHEET_NAME], target[VTI_SHEET_NAME];
    (void)err;
    if (strcmp(e->name, "Relationship") != 0) return VT_OK;
    if (!vti_xml_attribute(e, "Id", id, sizeof id) || !vti_xml_attribute(e, "Target", target, sizeof target))
        return VT_OK;
    for (size_t i = 0; i < s->n; i++) {
        if (s->path[i][0] || strcmp(id, s->found[i].id) != 0) continue;
        if (target[0] == '/')
            snprintf(s->path[i], sizeof s->path[i], "%s", target + 1);
        else if (snprintf(s->path[i], sizeof s->path[i], "xl/%s", target) >= (int)sizeof s->path[i])
            s->path[i][0] = '\0';
        break;
    }
    return VT_OK;
}

/* Charts and macros are sheets, too, but have no cells. */
static bool has_cells(const char *path)
{
    return strncmp(path, "xl/chartsheets/", 15) != 0 && strncmp(path, "xl/macrosheets/", 15) != 0 &&
           strncmp(path, "xl/dialogsheets/", 16) != 0;
}

static vt_status read_sheets(vti_workbook *book, vt_error *err)
{
    struct sheets s = {.book = book};
    const vti_xml_reader sheets = {.begin = sheet_begin, .state = &s},
                         relations = {.begin = relation_begin, .state = &s};
    vt_status st;
    VT_TRY(st = vti_xlsx_part(book->xlsx, "xl/workbook.xml", false, &sheets, err));
    if (s.n == 0) goto done;
    s.path = calloc(s.n, sizeof *s.path);
    if (!s.path) {
        st = vt_fail_at(err, VT_EMEMORY, book->name, 0, 0, "no memory for %zu sheets", s.n);
        goto done;
    }
    VT_TRY(st = vti_xlsx_part(book->xlsx, "xl/_rels/workbook.xml.rels", false, &relations, err));
    for (size_t i = 0; i < s.n; i++)
        if (has_cells(s.path[i])) VT_TRY(st = vti_workbook_add(book, s.found[i].name, s.path[i], 0, err));
done:
    free(s.found);
    free(s.path);
    return st;
}

/* ---- shared strings ---- */
struct string_state {
    const char *name;
    vti_strings *strings;
    bool inside;       /* in <si> */
    bool text;         /* in <t> */
    unsigned phonetic; /* in <rPh>: reading aids, no part of the text */
};

static vt_status too_much(const struct string_state *s, vt_error *err)
{
    return vt_fail_at(err, VT_ELIMIT, s->name, 0, 0, "the workbook holds more than %d MiB of text or %d strings",
                      VTI_SHEET_TEXT >> 20, VTI_SHEET_STRINGS);
}

static vt_status string_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct string_state *s = state;
    vti_strings *all = s->strings;
    if (strcmp(e->name, "rPh") == 0) s->phonetic++;
    if (strcmp(e->name, "t") == 0) s->text = true;
    if (strcmp(e->name, "si") != 0) return VT_OK;
    if (!vti_strings_begin(all)) return too_much(s, err);
    s->inside = true;
    return VT_OK;
}

static vt_status string_end(void *state, const char *name, vt_error *err)
{
    struct string_state *s = state;
    if (strcmp(name, "rPh") == 0 && s->phonetic > 0) s->phonetic--;
    if (strcmp(name, "t") == 0) s->text = false;
    if (strcmp(name, "si") != 0) return VT_OK;
    s->inside = false;
    return vti_buffer_add(&s->strings->text, "", 1) ? VT_OK : too_much(s, err);
}

static vt_status string_text(void *state, const char *p, size_t n, vt_error *err)
{
    struct string_state *s = state;
    if (!s->inside || !s->text || s->phonetic > 0) return VT_OK;
    return vti_buffer_add(&s->strings->text, p, n) ? VT_OK : too_much(s, err);
}

vt_status vti_xlsx_open(vti_workbook *book, const void *bytes, vt_error *err)
{
    struct string_state s = {.name = book->name, .strings = &book->strings};
    const vti_xml_reader reader = {string_begin, string_end, string_text, &s, NULL};
    vt_status st = vti_xlsx_archive(&book->xlsx, book->name, bytes, book->size, err);
    if (st == VT_OK) st = read_sheets(book, err);
    return st == VT_OK ? vti_xlsx_part(book->xlsx, "xl/sharedStrings.xml", true, &reader, err) : st;
}
