/* Sheets and shared strings of a workbook. */
#include "io/xlsx_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which part is the sheet? ---- */
struct sheets {
    const char *name;   /* of the file, for errors */
    const char *wanted; /* NULL: the first */
    char id[VTI_XLSX_NAME];
    size_t n;
    bool found;
    char known[400]; /* names for the message */
    char path[VTI_XLSX_NAME];
};

static vt_status sheet_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct sheets *s = state;
    char name[VTI_XLSX_NAME];
    if (strcmp(e->name, "sheet") != 0) return VT_OK;
    if (++s->n > VTI_XLSX_SHEETS)
        return vt_fail_at(err, VT_ELIMIT, s->name, 0, 0, "more than %d sheets", VTI_XLSX_SHEETS);
    if (!vti_xml_attribute(e, "name", name, sizeof name)) return VT_OK;
    const size_t used = strlen(s->known);
    snprintf(s->known + used, sizeof s->known - used, "%s'%s'", used ? ", " : "", name);
    if (s->found || (s->wanted && strcmp(s->wanted, name) != 0)) return VT_OK;
    s->found = vti_xml_attribute(e, "id", s->id, sizeof s->id);
    return VT_OK;
}

static vt_status relation_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct sheets *s = state;
    char id[VTI_XLSX_NAME], target[VTI_XLSX_NAME];
    (void)err;
    if (strcmp(e->name, "Relationship") != 0 || s->path[0]) return VT_OK;
    if (!vti_xml_attribute(e, "Id", id, sizeof id) || strcmp(id, s->id) != 0) return VT_OK;
    if (!vti_xml_attribute(e, "Target", target, sizeof target)) return VT_OK;
    if (target[0] == '/')
        snprintf(s->path, sizeof s->path, "%s", target + 1);
    else if (snprintf(s->path, sizeof s->path, "xl/%s", target) >= (int)sizeof s->path)
        s->path[0] = '\0';
    return VT_OK;
}

vt_status vti_xlsx_sheet_path(vti_workbook *book, const char *name, const char *sheet, char path[VTI_XLSX_NAME],
                              vt_error *err)
{
    struct sheets s = {.name = name, .wanted = sheet};
    const vti_xml_reader sheets = {.begin = sheet_begin, .state = &s},
                         relations = {.begin = relation_begin, .state = &s};
    vt_status st = vti_workbook_part(book, "xl/workbook.xml", false, &sheets, err);
    if (st != VT_OK) return st;
    if (!s.found && sheet)
        return vt_fail_at(err, VT_EKEY, name, 0, 0, "has no sheet '%s'; there are %s", sheet, s.known);
    if (!s.found) return vt_fail_at(err, VT_ESHAPE, name, 0, 0, "the workbook has no sheet");
    st = vti_workbook_part(book, "xl/_rels/workbook.xml.rels", false, &relations, err);
    if (st != VT_OK) return st;
    if (!s.path[0])
        return vt_fail_at(err, VT_EPARSE, name, 0, 0, "the sheet has no part in the workbook; save it again");
    memcpy(path, s.path, sizeof s.path);
    return VT_OK;
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
                      VTI_XLSX_TEXT >> 20, VTI_XLSX_STRINGS);
}

static vt_status string_begin(void *state, const vti_xml_element *e, vt_error *err)
{
    struct string_state *s = state;
    vti_strings *all = s->strings;
    if (strcmp(e->name, "rPh") == 0) s->phonetic++;
    if (strcmp(e->name, "t") == 0) s->text = true;
    if (strcmp(e->name, "si") != 0) return VT_OK;
    if (all->n >= VTI_XLSX_STRINGS) return too_much(s, err);
    if (all->n == all->room) {
        const size_t room = all->room ? 2 * all->room : 256;
        size_t *bigger = realloc(all->start, room * sizeof *bigger);
        if (!bigger) return vt_fail_at(err, VT_EMEMORY, s->name, 0, 0, "no memory for %zu strings", room);
        all->start = bigger;
        all->room = room;
    }
    all->start[all->n++] = all->text.n;
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

vt_status vti_xlsx_strings(vti_workbook *book, const char *name, vti_strings *strings, vt_error *err)
{
    struct string_state s = {.name = name, .strings = strings};
    const vti_xml_reader reader = {string_begin, string_end, string_text, &s};
    return vti_workbook_part(book, "xl/sharedStrings.xml", true, &reader, err);
}
