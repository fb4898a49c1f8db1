/* Tables of a result that the page shows, and segments of records. */
#include "html_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_SHOWN = 60, HEAD_SHOWN = 12, COLUMNS_SHOWN = 24 }; /* a longer table, as a raw record is, folds its head */

/* The unit of a column on the page: as it came, if not in SI; else the one that suits its largest value, of times its
 * smallest, so that 300 s beside 36000 s is not 0.0833 h. */
static void unit_of(const vt_table *t, size_t column, vt_unit *unit)
{
    const vt_unit *origin = vt_table_column_unit(t, column);
    const double *x = vt_table_values(t, column);
    double largest = 0.0, smallest = INFINITY;
    for (size_t k = 0; k < vt_table_rows(t); k++) {
        if (isfinite(x[k]) && fabs(x[k]) > largest) largest = fabs(x[k]);
        if (fabs(x[k]) > 0.0 && fabs(x[k]) < smallest) smallest = fabs(x[k]);
    }
    const bool by_smallest = strcmp(origin->si, "s") == 0 && smallest <= largest;
    if (origin->scale != 1.0 || origin->offset != 0.0)
        *unit = *origin;
    else
        vti_unit_choose(vt_table_column_name(t, column), origin->si, by_smallest ? smallest : largest, unit);
}

/* How the numbers of a column are shown: in a unit, each with its uncertainty. */
struct shown {
    vt_unit unit;
    size_t value, u; /* columns; u: the number of columns where there is none */
};

/* The column that has the uncertainty of this one: its name with _u, and its unit; the number of columns: none. */
static size_t u_of(const vt_table *t, size_t column)
{
    char name[VT_NAME + 2];
    snprintf(name, sizeof name, "%.*s_u", VT_NAME - 1, vt_table_column_name(t, column));
    const long u = vt_table_find(t, name);
    if (u < 0 || vt_table_column_is_text(t, (size_t)u)) return vt_table_columns(t);
    const bool same = strcmp(vt_table_column_unit(t, column)->si, vt_table_column_unit(t, (size_t)u)->si) == 0;
    return same ? (size_t)u : vt_table_columns(t);
}

static void choose(const vt_table *t, size_t columns, struct shown *out)
{
    bool numbers[COLUMNS_SHOWN];
    for (size_t c = 0; c < columns; c++) {
        numbers[c] = !vt_table_column_is_text(t, c);
        out[c] = (struct shown){.value = c, .u = vt_table_columns(t)};
        if (numbers[c]) unit_of(t, c, &out[c].unit);
    }
    for (size_t c = 0; c < columns; c++) {
        const size_t u = numbers[c] ? u_of(t, c) : columns;
        /* 20 degC are known to 1 K: an uncertainty has no zero. */
        if (u >= columns || out[c].unit.offset != 0.0) continue;
        out[c].u = u;
        out[u] = out[c];
    }
}

static void head_of(const vt_table *t, size_t column, const vt_unit *unit, char *out, size_t size)
{
    char name[VT_NAME], pretty[48] = "";
    const bool text = vt_table_column_is_text(t, column);
    vti_show_name(vt_table_column_name(t, column), name, sizeof name);
    if (!text) vti_unit_pretty(unit->text, pretty, sizeof pretty);
    snprintf(out, size, "%s%s%s%s%s", text ? "" : ">", name, pretty[0] ? " (" : "", pretty, pretty[0] ? ")" : "");
}

static void put_cell(vti_text *out, const vt_table *t, size_t column, size_t row, const struct shown *how)
{
    char text[64], number[2][64];
    const char *tag = column == 0 ? "th" : "td";
    if (vt_table_column_is_text(t, column)) {
        const char *cell = vt_table_text(t, column, row);
        const bool is_unit = strcmp(vt_table_column_name(t, column), "unit") == 0 && strlen(cell) < 32;
        if (is_unit) vti_unit_pretty(cell, text, sizeof text);
        vti_cell(out, tag, NULL, is_unit && text[0] ? text : cell);
        return;
    }
    const double x = vt_unit_from_si(&how->unit, vt_table_values(t, how->value)[row]);
    const bool known = how->u < vt_table_columns(t);
    vti_show_apart(x, known ? vt_table_values(t, how->u)[row] / how->unit.scale : (double)NAN, number);
    vti_cell(out, tag, "n", number[column == how->u]);
}

static void put_link(vti_text *out, const char *folder, const char *name)
{
    vti_put(out, "<a href=\"");
    vti_put_html(out, folder ? folder : "");
    vti_put(out, folder && folder[0] ? "/curves/" : "curves/");
    vti_put_html(out, name);
    vti_put(out, ".csv\">");
    vti_put_html(out, name);
    vti_put(out, ".csv</a>");
}

static void put_curve(vti_page *p, const char *folder, const char *name, const char *title, const vt_table *t)
{
    const size_t columns = vt_table_columns(t) < COLUMNS_SHOWN ? vt_table_columns(t) : COLUMNS_SHOWN;
    const size_t rows = vt_table_rows(t) <= ROWS_SHOWN ? vt_table_rows(t) : HEAD_SHOWN;
    struct shown how[COLUMNS_SHOWN];
    char head[COLUMNS_SHOWN][2 * VT_NAME];
    const char *heads[COLUMNS_SHOWN + 1];
    choose(t, columns, how);
    for (size_t c = 0; c < columns; c++) {
        head_of(t, c, &how[c].unit, head[c], sizeof head[c]);
        heads[c] = head[c];
    }
    heads[columns] = NULL;
    const bool folded = rows < vt_table_rows(t);
    if (folded) {
        vti_put(p->out, "<details><summary>");
        vti_put_html(p->out, title);
        vti_putf(p->out, ", %zu rows</summary>\n", vt_table_rows(t));
    }
    vti_table_begin(p, title, heads);
    for (size_t k = 0; k < rows; k++) {
        vti_put(p->out, "<tr>");
        for (size_t c = 0; c < columns; c++) put_cell(p->out, t, c, k, &how[c]);
        vti_put(p->out, "</tr>\n");
    }
    vti_table_end(p);
    if (!folded && columns == vt_table_columns(t)) return;
    vti_putf(p->out, "<p class=\"small soft\">The first %zu of %zu rows and %zu of %zu columns; the whole table is ",
             rows, vt_table_rows(t), columns, vt_table_columns(t));
    put_link(p->out, folder, name);
    vti_put(p->out, folded ? ".</p>\n</details>\n" : ".</p>\n");
}

void vti_html_curves(vti_page *p, const char *folder, const vt_result *r)
{
    bool any = false;
    for (size_t i = 0; i < vt_result_curves(r); i++) {
        const char *title = vt_result_curve_title(r, i);
        const vt_table *t = vt_result_curve(r, i);
        if (!title[0] || vt_table_columns(t) == 0) continue;
        if (!any) vti_put(p->out, "<h3>Tables</h3>\n");
        any = true;
        put_curve(p, folder, vt_result_curve_name(r, i), title, t);
    }
}

void vti_html_segments(vti_page *p, const vt_result *r)
{
    static const char *const heads[] = {"Segment", ">From", ">To", "Unit", "Verdict", NULL};
    if (vt_result_segments(r) == 0) return;
    vti_put(p->out, "<h3>Segments of the record</h3>\n");
    vti_table_begin(p, "Segments that were used or left out, and why", heads);
    for (size_t i = 0; i < vt_result_segments(r); i++) {
        const vt_segment *s = vt_result_segment(r, i);
        const double ends[2] = {s->begin, s->end};
        char text[64], name[VT_NAME], pretty[48];
        vt_unit unit;
        vti_unit_choose(s->name, s->unit, s->end, &unit);
        vti_unit_pretty(unit.text, pretty, sizeof pretty);
        vti_show_name(s->name, name, sizeof name);
        vti_put(p->out, "<tr>");
        vti_cell(p->out, "th", NULL, name);
        for (size_t k = 0; k < 2; k++) {
            vti_show_number(vt_unit_from_si(&unit, ends[k]), 5, text, sizeof text);
            vti_cell(p->out, "td", "n", text);
        }
        vti_cell(p->out, "td", NULL, pretty);
        vti_cell(p->out, "td", NULL, s->verdict);
        vti_put(p->out, "</tr>\n");
    }
    vti_table_end(p);
}
