/* Cells that say "no value", counted over a file; and how its tables begin. */
#include "base/table_internal.h"
#include "io/indenter/indenter_internal.h"
#include <stdlib.h>
#include <string.h>

vt_status vti_missing_add(vti_missing *m, const char *name, size_t count, vt_error *err)
{
    if (count == 0) return VT_OK;
    const vti_short cut = vti_cut(name);
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->of[i].name.text, cut.text) == 0) {
            m->of[i].count += count;
            return VT_OK;
        }
    struct vti_missing_of *room = vti_grow(m->of, m->n, &m->room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory to count missing values");
    m->of = room;
    room[m->n++] = (struct vti_missing_of){cut, count};
    return VT_OK;
}

vt_status vti_missing_block(vti_missing *m, const vti_block *b, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < b->n && st == VT_OK; i++)
        st = vti_missing_add(m, b->channel[i].name, b->channel[i].missing, err);
    return st;
}

vt_status vti_missing_end(vti_missing *m, vt_book *book, vt_status st, vt_error *err)
{
    char text[1024] = "";
    size_t at = 0;
    vt_table *first = vti_book_table(book, 0);
    for (size_t i = 0; i < m->n && at + 100 < sizeof text; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s %zu", i ? ", " : "", m->of[i].name.text,
                               m->of[i].count);
    if (st == VT_OK && m->n > 0 && first)
        st = vt_table_add_note(first, err, "cells without a value, now missing: %s", text);
    free(m->of);
    *m = (vti_missing){0};
    return st;
}

vt_status vti_part_begin(const char *file, const char *label, const char *form, vt_table **table, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = vt_table_name(t, file, err));
    VT_TRY(st = vt_table_set_label(t, label, err));
    VT_TRY(st = vt_table_set_form(t, form, err));
    *table = t;
    t = NULL;
done:
    vt_table_free(t);
    return st;
}
