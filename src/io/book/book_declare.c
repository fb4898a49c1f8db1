/* Units and names that the caller declares, for the tables of any format. */
#include "base/table_internal.h"
#include "io/book/book_internal.h"
#include <string.h>

/* The unit declared for a column by its name in the file; "*" for columns without unit. */
static const vt_setting *declared(const vt_read_options *o, const struct vti_column *c)
{
    const vt_setting *any = NULL;
    for (size_t i = 0; i < o->nunits; i++) {
        if (!o->units[i].key || !o->units[i].text) continue;
        if (strcmp(o->units[i].key, c->name) == 0) return &o->units[i];
        if (strcmp(o->units[i].key, "*") == 0 && !c->has_unit) any = &o->units[i];
    }
    return any;
}

/* What the values would be had the file stated this unit. */
static vt_status set_unit(vt_table *t, struct vti_column *c, const vt_setting *s, vt_error *err)
{
    vt_unit u;
    vt_error why = {0};
    if (vt_unit_read(s->text, NULL, &u, &why) != VT_OK) {
        vt_fail(err, why.code, "declared unit of column '%s': %s", c->name, why.msg);
        if (s->file) vt_error_place(err, s->file, s->line);
        return why.code;
    }
    if (c->has_unit && strcmp(u.text, c->unit.text) == 0) return VT_OK;
    for (size_t i = 0; i < t->rows; i++)
        c->values[i] = vt_unit_to_si(&u, c->has_unit ? vt_unit_from_si(&c->unit, c->values[i]) : c->values[i]);
    c->unit = u;
    c->has_unit = true;
    return VT_OK;
}

static vt_status declare_units(vt_table *t, const vt_read_options *o, vt_error *err)
{
    for (size_t i = 0; i < t->ncolumns; i++) {
        const vt_setting *s = t->column[i].is_text ? NULL : declared(o, &t->column[i]);
        const vt_status st = s ? set_unit(t, &t->column[i], s, err) : VT_OK;
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* Is there a column of this name, or one that had it before it was given another? */
static bool known(const vt_book *book, const vt_read_options *o, const char *name)
{
    for (size_t i = 0; i < vt_book_tables(book); i++) {
        if (vt_table_find(vt_book_table(book, i), name) >= 0) return true;
        for (size_t k = 0; k < o->nnames; k++)
            if (strcmp(o->names[k].text, name) == 0 && vt_table_find(vt_book_table(book, i), o->names[k].key) >= 0)
                return true;
    }
    return false;
}

static vt_status check_known(const vt_book *book, const char *file, const vt_read_options *o, vt_error *err)
{
    for (size_t i = 0; !o->elsewhere && i < o->nunits; i++) {
        const char *key = o->units[i].key ? o->units[i].key : "";
        if (strcmp(key, "*") == 0 || known(book, o, key)) continue;
        return vt_fail_at(err, VT_EKEY, file, 0, 0,
                          "a unit is declared for '%s', which is no column of any table; the first column is '%s'", key,
                          vt_table_column_name(vt_book_table(book, 0), 0));
    }
    for (size_t i = 0; i < o->nnames; i++) {
        if (known(book, o, o->names[i].text)) continue;
        vt_fail(err, VT_EKEY, "no table has a column '%s'", o->names[i].text);
        if (o->names[i].file) return vt_error_place(err, o->names[i].file, o->names[i].line);
        vt_error_place(err, file, 0);
        return VT_EKEY;
    }
    return VT_OK;
}

vt_status vti_book_declare(vt_book *book, const char *name, const vt_read_options *options, vt_error *err)
{
    if (!options || (options->nunits == 0 && options->nnames == 0)) return VT_OK;
    vt_status st = check_known(book, name, options, err);
    for (size_t i = 0; st == VT_OK && i < vt_book_tables(book); i++) {
        vt_table *t = vti_book_table(book, i);
        st = declare_units(t, options, err);
        for (size_t k = 0; st == VT_OK && k < options->nnames; k++)
            if (vt_table_find(t, options->names[k].text) >= 0)
                st = vt_table_rename(t, options->names[k].text, options->names[k].key, err);
        if (st != VT_OK) {
            vt_error_place(err, name, 0);
            vt_error_about(err, vt_table_label(t));
        }
    }
    return st;
}
