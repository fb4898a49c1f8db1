/* Tables made from sheets of instruments: units as they write them, values to SI. */
#include "base/table_internal.h"
#include "base/units_internal.h"
#include "io/sheet/frame_internal.h"
#include <stdlib.h>
#include <string.h>

/* Units that are not written as vt_unit_read reads them. The later ones are UTF-8 that was read as Latin-1 on the way
 * and written as UTF-8 again, as InView does. */
static const struct {
    const char *written, *meant;
} SPELLINGS[] = {
    {"C", "degC"}, /* of NanoSuite's column Temperature; no indenter measures charge */
    {"None", "1"},
    {"Integer", "1"},
    {"Index", "1"},
    {"nm\xC3\x82\xC2\xB2", "nm^2"}, /* nm² */
    {"nmA2", "nm^2"},
    {"\xC3\x82\xC2\xB5m", "um"},     /* µm */
    {"\xC3\x82\xC2\xB5N", "uN"},     /* µN */
    {"\xC3\x82\xC2\xB5N/s", "uN/s"}, /* µN/s */
    {"\xC3\x82\xC2\xB5m/s", "um/s"}, /* µm/s */
    {"\xC3\x82\xC2\xB0"
     "C",
     "degC"},                    /* °C */
    {"\xC3\x82\xC2\xB0", "deg"}, /* ° */
};

bool vti_sheet_unit(const char *text, vt_unit *unit)
{
    const char *meant = text;
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++)
        if (strcmp(text, SPELLINGS[i].written) == 0) meant = SPELLINGS[i].meant;
    return *text && vt_unit_read(meant, NULL, unit, NULL) == VT_OK;
}

static vt_status mark_lines(const vti_frame *f, vt_table *t, vt_error *err)
{
    vt_status st = VT_OK;
    long expected = 0;
    for (size_t i = 0; i < f->n && st == VT_OK; i++) {
        const long line = vti_frame_line(f, i);
        if (line != expected) st = vt_table_mark_line(t, i, line, err);
        expected = line + 1;
    }
    return st;
}

vt_status vti_frame_text(const vti_frame *f, size_t column, const char *name, vt_table *table, vt_error *err)
{
    const char **texts = calloc(f->n ? f->n : 1, sizeof *texts);
    size_t bytes = 0;
    if (!texts) return vt_fail_at(err, VT_EMEMORY, f->g->name, 0, 0, "no memory for column '%s'", name);
    for (size_t i = 0; i < f->n; i++) {
        texts[i] = vti_grid_string(f->g, vti_frame_cell(f, i, column));
        bytes += strlen(texts[i]);
    }
    vt_status st;
    if (bytes > f->g->limit) /* a long text that many cells share */
        st = vt_fail_at(err, VT_ELIMIT, f->g->name, 0, 0, "column '%s' of sheet '%s' holds %zu bytes of text", name,
                        f->g->sheet, bytes);
    else
        st = vt_table_add_text(table, name, f->n, texts, err);
    free(texts);
    return st;
}

static vt_status give_numbers(vti_frame *f, vti_frame_column *c, vt_table *table, vt_error *err)
{
    vt_unit u = {.text = "1", .si = "1", .scale = 1.0};
    const bool has_unit = vti_sheet_unit(c->unit, &u);
    const double divisor = u.offset != 0.0 ? 0.0 : vti_unit_divisor(u.scale);
    if (divisor > 0.0)
        for (size_t i = 0; i < f->n; i++) c->values[i] /= divisor; /* as vt_unit_to_si does */
    else
        for (size_t i = 0; i < f->n; i++) c->values[i] = vt_unit_to_si(&u, c->values[i]);
    vt_status st = vt_table_adopt(table, c->name, &u, has_unit, f->n, c->values, err);
    if (st != VT_OK) return st;
    c->values = NULL;
    if (!has_unit && c->unit[0])
        st =
            vt_table_add_note(table, err, "sheet '%.60s': unit '%.40s' of column '%.60s' is not known; --unit gives it",
                              f->g->sheet, c->unit, c->name);
    return st;
}

vt_status vti_frame_columns(vti_frame *f, vt_table *table, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t c = 0; c < f->ncolumns && st == VT_OK; c++) {
        if (f->column[c].column == 0) continue;
        if (f->column[c].is_text) st = vti_frame_text(f, f->column[c].column, f->column[c].name, table, err);
        if (f->column[c].values) st = give_numbers(f, &f->column[c], table, err);
    }
    return st;
}

vt_status vti_frame_table(const vti_frame *f, const char *label, const char *form, vt_table **table, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = vt_table_name(t, f->g->name, err));
    VT_TRY(st = vt_table_set_label(t, label, err));
    VT_TRY(st = vt_table_set_form(t, form, err));
    VT_TRY(st = mark_lines(f, t, err));
    t->header_line = 1;
    *table = t;
    t = NULL;
done:
    vt_table_free(t);
    return st;
}
