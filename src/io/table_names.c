/* Columns of a table that is being read: names, units, kinds; metadata lines above the header. */
#include "base/units_internal.h"
#include "io/table_read_internal.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A header cell as taken apart. */
typedef struct heading {
    char whole[VTI_NAME_LIMIT];
    char unit[VTI_NAME_LIMIT];
    bool given;    /* the header names a unit */
    bool from_row; /* it came from the units row */
    bool declared; /* ... from the caller */
    const char *fix_file;
} heading;

static const vt_setting *declared(const vti_reader *r, const char *name, const char *whole)
{
    const vt_read_options *o = r->options;
    const vt_setting *any = NULL;
    for (size_t i = 0; o && i < o->nunits; i++) {
        if (!o->units[i].key || !o->units[i].text) continue;
        if (strcmp(o->units[i].key, name) == 0 || strcmp(o->units[i].key, whole) == 0) return &o->units[i];
        if (strcmp(o->units[i].key, "*") == 0) any = &o->units[i];
    }
    return any;
}

static bool is_declared_text(const vti_reader *r, const char *name)
{
    const char *const *t = r->options ? r->options->text_columns : NULL;
    for (; t && *t; t++)
        if (strcmp(*t, name) == 0) return true;
    return false;
}

/* Every declared name must be a column: a slip there would otherwise stay unnoticed. */
static vt_status check_declared(const vti_reader *r, const heading *h, vt_error *err)
{
    const vt_read_options *o = r->options;
    for (size_t i = 0; o && !o->elsewhere && i < o->nunits; i++) {
        const char *key = o->units[i].key;
        bool known = key && strcmp(key, "*") == 0;
        for (size_t c = 0; key && c < r->ncolumns && !known; c++)
            known = strcmp(key, r->column[c].name) == 0 || strcmp(key, h[c].whole) == 0;
        if (!known)
            return vt_fail_at(err, VT_EKEY, r->source.name, r->layout.header_line, 0,
                              "a unit is declared for '%s', which is no column; the first column is '%s'",
                              key ? key : "", r->column[0].name);
    }
    return VT_OK;
}

/* The second "Time" becomes "Time#2". */
static vt_status make_unique(vti_reader *r, size_t i, vt_error *err)
{
    vti_read_column *c = &r->column[i];
    size_t same = 1;
    for (size_t k = 0; k < i; k++) {
        const size_t n = strlen(c->name);
        const char *other = r->column[k].name;
        same += strcmp(other, c->name) == 0 || (strncmp(other, c->name, n) == 0 && other[n] == '#');
    }
    if (same == 1) return VT_OK;
    const size_t n = strlen(c->name);
    const int room = (int)(sizeof c->name - n);
    const vt_status st = vt_table_add_note(r->table, err, "column %zu is a second '%s' and is called '%s#%zu'", i + 1,
                                           c->name, c->name, same);
    if (st == VT_OK && snprintf(c->name + n, (size_t)room, "#%zu", same) >= room)
        return vt_fail_at(err, VT_ELIMIT, r->source.name, r->layout.header_line, 0, "the name '%.40s...' is too long",
                          c->name);
    return st;
}

static vt_status read_names(vti_reader *r, heading *h, vt_error *err)
{
    const vti_layout *l = &r->layout;
    const size_t most = (size_t)(l->header_end - l->header) + 1;
    vti_cell *cell = calloc(most, sizeof *cell);
    vt_status st = VT_OK;
    if (!cell) return vt_fail(err, VT_EMEMORY, "no memory for %zu column names", l->columns);
    const size_t n = vti_header_cells(l->header, l->header_end, l->separator, l->columns, cell, most);
    for (size_t i = 0; i < l->columns && i < n && st == VT_OK; i++) {
        if (cell[i].n >= VTI_NAME_LIMIT / 2 - 8) {
            st = vt_fail_at(err, VT_ELIMIT, r->source.name, l->header_line, 0,
                            "the name of column %zu is longer than %d bytes", i + 1, VTI_NAME_LIMIT / 2 - 9);
            break;
        }
        vti_cell_text(&cell[i], h[i].whole, sizeof h[i].whole);
        h[i].given = vti_header_split(h[i].whole, l->header_comment, r->column[i].name, h[i].unit);
        if (!r->column[i].name[0])
            st = vt_fail_at(err, VT_EPARSE, r->source.name, l->header_line, cell[i].p - l->header + 1,
                            "column %zu has no name; write one, such as 'time [s]'", i + 1);
    }
    free(cell);
    return st;
}

static vt_status read_units_row(vti_reader *r, heading *h, vt_error *err)
{
    const vti_layout *l = &r->layout;
    if (!l->units) return VT_OK;
    vti_cell *cell = calloc(l->columns, sizeof *cell);
    if (!cell) return vt_fail(err, VT_EMEMORY, "no memory for %zu units", l->columns);
    const size_t n = vti_cells(l->units, l->units_end, l->separator, cell, l->columns);
    for (size_t i = 0; i < n && i < l->columns; i++) {
        if (h[i].given || cell[i].n == 0) continue;
        char text[VTI_NAME_LIMIT];
        const size_t length = vti_cell_text(&cell[i], text, sizeof text);
        const bool bracket =
            length >= 2 && ((text[0] == '[' && text[length - 1] == ']') || (text[0] == '(' && text[length - 1] == ')'));
        snprintf(h[i].unit, sizeof h[i].unit, "%.*s", (int)(bracket ? length - 2 : length), text + bracket);
        h[i].given = h[i].from_row = true;
    }
    free(cell);
    return VT_OK;
}

/* Numbers and texts of a column in the first rows. */
static void look(const vti_reader *r, size_t column, size_t *numbers, size_t *texts)
{
    const vti_layout *l = &r->layout;
    const char *p = l->rows, *end = vti_source_lines_end(&r->source);
    *numbers = *texts = 0;
    for (int lines = 0; p < end && lines < VTI_SAMPLE_LINES; lines++) {
        const char *next, *stop = vti_line_end(p, end, &next), *after = p;
        if (l->separator == ' ')
            while (after < stop && (*after == ' ' || *after == '\t')) after++;
        for (size_t i = 0; i <= column && after <= stop; i++) {
            double v;
            const vti_cell c = vti_cell_at(after, stop, l->separator, &after);
            if (i == column) {
                const vti_kind kind = vti_cell_kind(&c, l->decimal, &v, NULL);
                *numbers += kind == VTI_NUMBER && c.quote == 0;
                *texts += kind == VTI_TEXT || (c.quote != 0 && kind != VTI_EMPTY); /* "12" in quotes: a label */
            }
            if (after == stop) break;
            after++;
        }
        p = next;
    }
}

static vt_status refuse_missing_unit(const vti_reader *r, const char *name, vt_error *err)
{
    const char *likely = vti_unit_likely(name);
    return vt_fail_at(
        err, VT_EUNITS, r->source.name, r->layout.header_line, 0,
        "column '%s' has numbers but no unit; write it as '%s [%s]' or declare it with --unit '%s=%s' ([1] is "
        "dimensionless)",
        name, name, likely, name, likely);
}

static vt_status read_unit(vti_reader *r, heading *h, vti_read_column *c, vt_error *err)
{
    const bool temperature = vti_name_holds(c->name, "temp") || strcmp(c->name, "T") == 0;
    const long line = h->from_row ? r->layout.units_line : r->layout.header_line;
    if (temperature && !h->declared && (strcmp(h->unit, "C") == 0 || strcmp(h->unit, "F") == 0))
        return vt_fail_at(err, VT_EUNITS, r->source.name, line, 0,
                          "column '%s': unit '%s' is the %s; write [deg%s] or declare --unit '%s=deg%s'", c->name,
                          h->unit, h->unit[0] == 'C' ? "coulomb" : "farad", h->unit, c->name, h->unit);
    vt_error why = {0};
    const vt_status st = vt_unit_read(h->unit, NULL, &c->unit, &why);
    if (st != VT_OK && h->declared) return vt_fail(err, st, "declared unit of column '%s': %s", c->name, why.msg);
    if (st != VT_OK)
        return vt_fail_at(err, st, r->source.name, line, 0, "column '%s': %s; correct it or declare --unit '%s=%s'",
                          c->name, why.msg, c->name, vti_unit_likely(c->name));
    const double divisor = c->unit.offset != 0.0 ? 0.0 : vti_unit_divisor(c->unit.scale);
    c->divisor = divisor > 0.0 ? divisor : 1.0;
    c->scale = divisor > 0.0 ? 1.0 : c->unit.scale;
    c->has_unit = true;
    return VT_OK;
}

/* Kind and unit of one column. */
static vt_status settle(vti_reader *r, size_t i, heading *h, bool unit_column, vt_error *err)
{
    vti_read_column *c = &r->column[i];
    c->unit = (vt_unit){.text = "1", .si = "1", .scale = 1.0};
    c->scale = c->divisor = 1.0;
    const vt_setting *set = declared(r, c->name, h->whole);
    if (is_declared_text(r, c->name) || strcmp(c->name, "unit") == 0) {
        c->is_text = true;
        return VT_OK;
    }
    size_t numbers, texts;
    look(r, i, &numbers, &texts);
    const bool by_name = set && strcmp(set->key, "*") != 0;
    /* Without a unit, a column is text if a third of its cells is; fewer are slips in a column of numbers. */
    const bool texty = numbers == 0 || 2 * texts >= numbers;
    if (!by_name && (!h->given || (h->from_row && numbers == 0)) && texty) {
        c->is_text = true;
        if (numbers == 0) return VT_OK;
        return vt_table_add_note(r->table, err, "%s: has texts and numbers and no unit: read as text", c->name);
    }
    if (by_name || (set && !h->given)) {
        snprintf(h->unit, sizeof h->unit, "%s", set->text);
        h->given = h->declared = true;
    }
    if (h->given) return read_unit(r, h, c, err);
    if (unit_column) return VT_OK; /* the unit stands in each row */
    if (r->options && r->options->unitless) return VT_OK;
    return refuse_missing_unit(r, c->name, err);
}

vt_status vti_header_read(vti_reader *r, vt_error *err)
{
    const size_t n = r->layout.columns;
    heading *h = calloc(n, sizeof *h);
    r->column = calloc(n, sizeof *r->column);
    vt_status st = VT_OK;
    if (!h || !r->column) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu columns", n);
        goto done;
    }
    r->ncolumns = n;
    VT_TRY(st = read_names(r, h, err));
    VT_TRY(st = read_units_row(r, h, err));
    bool unit_column = false;
    for (size_t i = 0; i < n; i++) {
        unit_column = unit_column || strcmp(r->column[i].name, "unit") == 0;
        VT_TRY(st = make_unique(r, i, err));
    }
    VT_TRY(st = check_declared(r, h, err));
    for (size_t i = 0; i < n; i++) VT_TRY(st = settle(r, i, &h[i], unit_column, err));
done:
    free(h);
    return st;
}

/* Room for a list of VT_LIST_MAX numbers; a value of ordinary length is split as a heading is. */
enum { VALUE_LIMIT = 2048, ORDINARY = VTI_NAME_LIMIT / 2 };

/* "value [unit]" -> "value unit" */
static void open_brackets(char text[VALUE_LIMIT])
{
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT], *bracket = strrchr(text, '[');
    const size_t n = strlen(text);
    if (n == 0 || text[n - 1] != ']') return;
    if (n < ORDINARY) {
        if (!vti_header_split(text, false, name, unit)) return;
        snprintf(text, VALUE_LIMIT, "%s%s%s", name, unit[0] ? " " : "", unit);
    } else if (bracket) {
        *bracket = ' ';
        text[n - 1] = '\0';
    }
}

/* "# key: value [unit]" -> key and "value unit"; other comments are no metadata. */
static vt_status read_metadata(vti_reader *r, const char *p, const char *end, long line, vt_error *err)
{
    while (p < end && (*p == '#' || *p == ' ' || *p == '\t')) p++;
    const char *colon = memchr(p, ':', (size_t)(end - p));
    if (!colon) return VT_OK;
    char key[VT_NAME], text[VALUE_LIMIT];
    size_t n = 0;
    const char *k = p;
    while (k < colon && n + 1 < sizeof key && (isalnum((unsigned char)*k) || *k == '_')) key[n++] = *k++;
    key[n] = '\0';
    while (k < colon && (*k == ' ' || *k == '\t')) k++;
    if (n == 0 || k < colon || isdigit((unsigned char)key[0])) return VT_OK;
    const char *v = colon + 1;
    while (v < end && (*v == ' ' || *v == '\t')) v++;
    if (v == end || *v == ';' || *v == r->layout.separator) return VT_OK; /* NETZSCH "#KEY:;value" */
    const vti_cell c = {v, (size_t)(end - v), 0};
    if (c.n >= sizeof text)
        return vt_table_add_note(r->table, err,
                                 "line %ld: the value of '%s' has %zu characters, more than %d: not read", line, key,
                                 c.n, VALUE_LIMIT - 1);
    vti_cell_text(&c, text, sizeof text);
    open_brackets(text);
    return vt_table_add_meta(r->table, key, text, line, err);
}

vt_status vti_header_metadata(vti_reader *r, vt_error *err)
{
    const vti_source *s = &r->source;
    const char *p = s->window + s->begin;
    long line = s->line;
    while (p < r->layout.header && line < r->layout.header_line) {
        const char *next, *end = vti_line_end(p, r->layout.header, &next);
        const char *c = p;
        while (c < end && (*c == ' ' || *c == '\t')) c++;
        if (c < end && *c == '#') {
            const vt_status st = read_metadata(r, c, end, line, err);
            if (st != VT_OK) return st;
        }
        p = next;
        line++;
    }
    if (r->layout.skipped == 0) return VT_OK;
    return vt_table_add_note(r->table, err, "%zu lines above the header in line %ld are no part of the table",
                             r->layout.skipped, r->layout.header_line);
}
