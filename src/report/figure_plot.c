/* From the description of a figure to what will be drawn: columns, units, legend. */
#include "figure_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const vt_table *curve_of(const vt_result *r, const char *name)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return vt_result_curve(r, i);
    return NULL;
}

double vti_plot_value(const vti_plot *p, size_t column, size_t row)
{
    if (column == 0 || column > p->ncolumns) return NAN;
    const vti_column *c = &p->column[column - 1];
    return row < c->n ? vt_unit_from_si(c->unit, c->si[row]) : NAN;
}

/* Columns of several curves are told apart by the names of the curves. */
static void head_of(const vti_plot *p, vti_column *c, const char *curve, const char *name)
{
    bool several = false;
    for (size_t i = 1; i < p->f->nseries; i++)
        several = several || strcmp(p->f->series[i].curve, p->f->series[0].curve) != 0;
    snprintf(c->head, sizeof c->head, "%s%s%s [%s]", several ? curve : "", several ? "." : "", name,
             c->unit->text[0] ? c->unit->text : "1");
}

/* Gives the column of a curve its number in the data file. name "": 0. */
static vt_status column_of(vti_plot *p, const vt_table *table, const vt_series *s, const char *name,
                           const vt_axis *axis, size_t *number, vt_error *err)
{
    vt_unit *unit = axis == &p->f->x ? &p->ux : axis == &p->f->y ? &p->uy : &p->uvalue;
    *number = 0;
    if (!name[0]) return VT_OK;
    const long k = vt_table_find(table, name);
    if (k < 0 || vt_table_column_is_text(table, (size_t)k))
        return vt_fail(err, VT_EINTERNAL, "figure %s: the curve %s has no column of numbers \"%s\"", p->f->name,
                       s->curve, name);
    vt_unit checked;
    const vt_unit *given = vt_table_column_unit(table, (size_t)k);
    vt_error why = {0};
    if (vt_unit_read(axis->unit, given->si, &checked, &why) != VT_OK)
        return vt_fail(err, VT_EUNITS, "figure %s: axis \"%s\" in %s, column %s of %s in %s: %.400s", p->f->name,
                       axis->label, axis->unit, name, s->curve, given->si, why.msg);
    *unit = checked;
    const double *si = vt_table_values(table, (size_t)k);
    for (size_t i = 0; i < p->ncolumns; i++)
        if (p->column[i].si == si && p->column[i].unit == unit) *number = i + 1;
    if (*number > 0) return VT_OK;
    vti_column *c = &p->column[p->ncolumns];
    *c = (vti_column){.si = si, .n = vt_table_rows(table), .unit = unit};
    head_of(p, c, s->curve, name);
    *number = ++p->ncolumns;
    return VT_OK;
}

static vt_status trace_of(vti_plot *p, const vt_result *r, size_t i, vt_error *err)
{
    const vt_series *s = &p->f->series[i];
    vti_trace *t = &p->trace[i];
    const vt_table *table = curve_of(r, s->curve);
    vt_status st;
    if (!table) return vt_fail(err, VT_EINTERNAL, "figure %s: the result has no curve \"%s\"", p->f->name, s->curve);
    const vt_axis *fx = &p->f->x, *fy = &p->f->y;
    t->rows = vt_table_rows(table);
    VT_TRY(st = column_of(p, table, s, s->style == VT_RULE_Y ? "" : s->x, fx, &t->x, err));
    VT_TRY(st = column_of(p, table, s, s->style == VT_RULE_X ? "" : s->y, fy, &t->y, err));
    const bool edges = s->style == VT_BAND || s->style == VT_POINTS;
    VT_TRY(st = column_of(p, table, s, edges ? s->low : "", fy, &t->low, err));
    VT_TRY(st = column_of(p, table, s, edges ? s->high : "", fy, &t->high, err));
    VT_TRY(st = column_of(p, table, s, s->style == VT_TILES ? s->value : "", &p->f->value, &t->value, err));
    const bool lacks = (s->style != VT_RULE_Y && !t->x) || (s->style != VT_RULE_X && s->style != VT_BAND && !t->y) ||
                       (s->style == VT_TILES && !t->value) || (s->style == VT_BAND && !(t->low && t->high)) ||
                       !t->low != !t->high;
    if (lacks)
        st = vt_fail(err, VT_EINTERNAL, "figure %s: series %zu of curve %s lacks a column for its style", p->f->name, i,
                     s->curve);
done:
    return st;
}

static vt_status check_name(const vt_figure *f, vt_error *err)
{
    const bool ended = memchr(f->name, '\0', sizeof f->name) != NULL;
    const size_t good = ended ? strspn(f->name, "abcdefghijklmnopqrstuvwxyz0123456789_-") : 0;
    if (good == 0 || f->name[good] != '\0' || f->name[0] == '-')
        return vt_fail(err, VT_EINTERNAL, "figure name \"%.64s\": only a-z, 0-9, _ and - make a file name", f->name);
    if (f->nseries > VT_SERIES_MAX || f->nlabels > VT_LABEL_MAX)
        return vt_fail(err, VT_EINTERNAL, "figure %s: more than %d series or %d labels", f->name, VT_SERIES_MAX,
                       VT_LABEL_MAX);
    return VT_OK;
}

/* Width of a text in px: letters of a wide sans-serif font (DejaVu Sans) in four classes. */
static double text_width(const char *s)
{
    double em = 0.0;
    while (*s) {
        const unsigned long c = vti_utf8_next(&s);
        if (c < 128 && strchr(" .,:;'|!()[]fijltrI-", (int)c))
            em += 0.36;
        else if (c < 128 && strchr("mwMW@%", (int)c))
            em += 0.94;
        else
            em += c >= 'A' && c <= 'Z' ? 0.70 : 0.62;
    }
    return em * VTI_FONT;
}

void vti_key_label(const char *label, vti_text *out)
{
    enum { LETTERS = 43 }; /* gnuplot draws no legend at all if an entry is wider than the figure */
    const char *end = label;
    for (size_t n = 0; n < LETTERS && vti_utf8_next(&end); n++) continue;
    vti_putn(out, label, (size_t)(end - label));
    if (*end) vti_put(out, "…");
}

/* The legend stands below the plot, in as many columns as its longest entry leaves room for. gnuplot takes
 * every letter for 7.4 px wide in an SVG, 6.7 in a PNG; key_shift corrects that, in such letters. */
static void lay_out_key(vti_plot *p)
{
    const double sample = 46.0, letter[2] = {7.4, 6.7};
    size_t n = 0, longest = 0;
    double widest = 0.0;
    for (size_t i = 0; i < p->f->nseries; i++) {
        vti_text label = {0};
        vti_key_label(p->f->series[i].label, &label);
        const size_t length = label.s ? vti_utf8_length(label.s) : 0;
        if (length > 0) n++;
        if (length > longest) longest = length;
        if (length > 0) widest = fmax(widest, text_width(label.s));
        vti_text_free(&label);
    }
    p->key_rows = 0;
    if (n > 0) {
        size_t columns = (size_t)(VTI_WIDTH / (sample + widest));
        if (columns < 1) columns = 1;
        if (columns > n) columns = n;
        p->key_rows = (n + columns - 1) / columns;
        for (size_t k = 0; k < 2; k++) p->key_shift[k] = widest / letter[k] - (double)longest;
    }
    p->key_height = p->key_rows > 0 ? 6.0 + VTI_KEY_ROW * (double)p->key_rows : 0.0;
    p->height = VTI_PLOT_HEIGHT + p->key_height;
}

vt_status vti_plot_prepare(const vt_result *r, const vt_figure *f, vti_plot *p, vt_error *err)
{
    vt_status st;
    *p = (vti_plot){.f = f, .ux = {.scale = 1.0}, .uy = {.scale = 1.0}, .uvalue = {.scale = 1.0}};
    VT_TRY(st = check_name(f, err));
    VT_TRY(st = vt_unit_read(f->x.unit, NULL, &p->ux, err));
    VT_TRY(st = vt_unit_read(f->y.unit, NULL, &p->uy, err));
    if (f->value.unit[0]) VT_TRY(st = vt_unit_read(f->value.unit, NULL, &p->uvalue, err));
    for (size_t i = 0; i < f->nseries; i++) VT_TRY(st = trace_of(p, r, i, err));
    lay_out_key(p);
    vti_plot_tiles(p);
    vti_plot_ranges(p);
    vti_plot_places(p);
done:
    return st;
}
