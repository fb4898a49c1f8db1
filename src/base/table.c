/* Tables of named columns: creation and columns. Metadata, lines and notes are in table_meta.c. */
#include "base/table_internal.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const vt_unit ONE = {.text = "1", .si = "1", .scale = 1.0};

vt_status vt_table_create(vt_table **table, vt_error *err)
{
    if (!table) return vt_fail(err, VT_EARG, "table is NULL");
    vt_table *t = calloc(1, sizeof *t);
    if (!t) return vt_fail(err, VT_EMEMORY, "no memory for a table");
    *table = t;
    return VT_OK;
}

static void free_column(struct vti_column *c)
{
    free(c->name);
    free(c->values);
    free(c->pool);
    free(c->start);
}

void vt_table_free(vt_table *table)
{
    if (!table) return;
    for (size_t i = 0; i < table->ncolumns; i++) free_column(&table->column[i]);
    for (size_t i = 0; i < table->nmetas; i++) {
        free(table->meta[i].key);
        free(table->meta[i].text);
    }
    for (size_t i = 0; i < table->nnotes; i++) free(table->note[i]);
    free(table->path);
    free(table->label);
    free(table->form);
    free(table->column);
    free(table->mark);
    free(table->meta);
    free(table->note);
    vt_table_set_image(table, NULL);
    free(table);
}

const char *vt_table_path(const vt_table *table)
{
    return table && table->path ? table->path : "";
}

static vt_status set_text(char **to, const char *text, vt_error *err)
{
    char *copy = vti_copy(text);
    if (!copy) return vt_fail(err, VT_EMEMORY, "no memory for the name of a table");
    free(*to);
    *to = copy;
    return VT_OK;
}

vt_status vt_table_name(vt_table *table, const char *path, vt_error *err)
{
    if (!table || !path) return vt_fail(err, VT_EARG, "table or path is NULL");
    return set_text(&table->path, path, err);
}

const char *vt_table_label(const vt_table *table)
{
    return table && table->label ? table->label : "";
}

vt_status vt_table_set_label(vt_table *table, const char *label, vt_error *err)
{
    if (!table || !label) return vt_fail(err, VT_EARG, "table or label is NULL");
    return set_text(&table->label, label, err);
}

const char *vt_table_form(const vt_table *table)
{
    return table && table->form ? table->form : "";
}

vt_status vt_table_set_form(vt_table *table, const char *form, vt_error *err)
{
    if (!table || !form) return vt_fail(err, VT_EARG, "table or form is NULL");
    return set_text(&table->form, form, err);
}

size_t vt_table_rows(const vt_table *table)
{
    return table ? table->rows : 0;
}

size_t vt_table_columns(const vt_table *table)
{
    return table ? table->ncolumns : 0;
}

/* Appends the column if it fits. Takes over what *c points to, except the name, which is copied. */
static vt_status append(vt_table *t, const char *name, size_t n, struct vti_column c, vt_error *err)
{
    if (t->ncolumns > 0 && n != t->rows)
        return vt_fail(err, VT_ESHAPE, "column '%s' has %zu rows, the table has %zu", name, n, t->rows);
    if (vt_table_find(t, name) >= 0) return vt_fail(err, VT_EKEY, "the table already has a column '%s'", name);
    struct vti_column *room = vti_grow(t->column, t->ncolumns, &t->columns_room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for column '%s'", name);
    t->column = room;
    c.name = vti_copy(name);
    if (!c.name) return vt_fail(err, VT_EMEMORY, "no memory for column '%s'", name);
    t->column[t->ncolumns++] = c;
    t->rows = n;
    return VT_OK;
}

vt_status vt_table_adopt(vt_table *table, const char *name, const vt_unit *unit, bool has_unit, size_t n,
                         double *values, vt_error *err)
{
    if (!table || !name || (n > 0 && !values)) return vt_fail(err, VT_EARG, "table, name or values is NULL");
    const struct vti_column c = {.unit = unit ? *unit : ONE, .has_unit = has_unit, .values = values};
    return append(table, name, n, c, err);
}

vt_status vti_table_adopt_text(vt_table *table, const char *name, size_t n, char *pool, size_t *start, vt_error *err)
{
    if (!table || !name || (n > 0 && (!pool || !start))) return vt_fail(err, VT_EARG, "table, name or text is NULL");
    const struct vti_column c = {.unit = ONE, .is_text = true, .pool = pool, .start = start};
    return append(table, name, n, c, err);
}

vt_status vt_table_add(vt_table *table, const char *name, const vt_unit *unit, size_t n, const double *values,
                       vt_error *err)
{
    if (!table || !name || (n > 0 && !values)) return vt_fail(err, VT_EARG, "table, name or values is NULL");
    if (n > SIZE_MAX / sizeof *values) return vt_fail(err, VT_ELIMIT, "%zu rows are too many", n);
    double *si = malloc((n ? n : 1) * sizeof *si);
    if (!si) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows of '%s'", n, name);
    const vt_unit *u = unit ? unit : &ONE;
    for (size_t i = 0; i < n; i++) si[i] = vt_unit_to_si(u, values[i]);
    const vt_status st = vt_table_adopt(table, name, u, true, n, si, err);
    if (st != VT_OK) free(si);
    return st;
}

vt_status vt_table_add_si(vt_table *table, const char *name, const char *si, size_t n, const double *values,
                          vt_error *err)
{
    if (!si) return vt_fail(err, VT_EARG, "si is NULL");
    vt_unit unit = {.scale = 1.0};
    if (strlen(si) >= sizeof unit.text) return vt_fail(err, VT_EUNITS, "unit '%s' is too long", si);
    strcpy(unit.text, *si ? si : "1");
    strcpy(unit.si, unit.text);
    return vt_table_add(table, name, &unit, n, values, err);
}

vt_status vt_table_add_text(vt_table *table, const char *name, size_t n, const char *const *texts, vt_error *err)
{
    if (!table || !name || (n > 0 && !texts)) return vt_fail(err, VT_EARG, "table, name or texts is NULL");
    size_t size = 1;
    for (size_t i = 0; i < n; i++) size += (texts[i] ? strlen(texts[i]) : 0) + 1;
    char *pool = malloc(size);
    size_t *start = n > SIZE_MAX / sizeof *start ? NULL : malloc((n ? n : 1) * sizeof *start);
    vt_status st = VT_EMEMORY;
    if (!pool || !start) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu texts of '%s'", n, name);
        goto done;
    }
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const char *text = texts[i] ? texts[i] : "";
        const size_t length = strlen(text) + 1;
        memcpy(pool + at, text, length);
        start[i] = at;
        at += length;
    }
    st = vti_table_adopt_text(table, name, n, pool, start, err);
done:
    if (st != VT_OK) {
        free(pool);
        free(start);
    }
    return st;
}

long vt_table_find(const vt_table *table, const char *name)
{
    if (!table || !name) return -1;
    for (size_t i = 0; i < table->ncolumns; i++)
        if (strcmp(table->column[i].name, name) == 0) return (long)i;
    return -1;
}

vt_status vt_table_rename(vt_table *table, const char *from, const char *to, vt_error *err)
{
    const long at = vt_table_find(table, from);
    if (!table || !from || !to) return vt_fail(err, VT_EARG, "table, from or to is NULL");
    if (at < 0) return vt_fail(err, VT_EKEY, "the table has no column '%s'", from);
    if (strcmp(from, to) == 0) return VT_OK;
    if (vt_table_find(table, to) >= 0)
        return vt_fail(err, VT_EKEY, "the table already has a column '%s'; '%s' cannot take its name", to, from);
    char *copy = vti_copy(to);
    if (!copy) return vt_fail(err, VT_EMEMORY, "no memory for column '%s'", to);
    free(table->column[at].name);
    table->column[at].name = copy;
    return VT_OK;
}

static const struct vti_column *column_of(const vt_table *table, size_t column)
{
    return table && column < table->ncolumns ? &table->column[column] : NULL;
}

const char *vt_table_column_name(const vt_table *table, size_t column)
{
    const struct vti_column *c = column_of(table, column);
    return c ? c->name : "";
}

const vt_unit *vt_table_column_unit(const vt_table *table, size_t column)
{
    const struct vti_column *c = column_of(table, column);
    return c && !c->is_text ? &c->unit : NULL;
}

bool vt_table_column_has_unit(const vt_table *table, size_t column)
{
    const struct vti_column *c = column_of(table, column);
    return c && c->has_unit;
}

bool vt_table_column_is_text(const vt_table *table, size_t column)
{
    const struct vti_column *c = column_of(table, column);
    return c && c->is_text;
}

const double *vt_table_values(const vt_table *table, size_t column)
{
    const struct vti_column *c = column_of(table, column);
    return c ? c->values : NULL;
}

const char *vt_table_text(const vt_table *table, size_t column, size_t row)
{
    const struct vti_column *c = column_of(table, column);
    return c && c->is_text && row < table->rows ? c->pool + c->start[row] : "";
}
