/* From a table as read to the one an experiment wants: columns by name or alias, units, presence. */
#include "base/number_internal.h"
#include "base/table_internal.h"
#include "base/units_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == ' ' ? '_' : c;
}

/* Same letters but for case; a blank is an underscore. A single letter keeps its case: T is a temperature, t a time. */
static bool alike(const char *a, const char *b, size_t n)
{
    if (n == 1) return a[0] == b[0] && a[1] == '\0';
    for (size_t i = 0; i < n; i++)
        if (!a[i] || lower(a[i]) != lower(b[i])) return false;
    return a[n] == '\0';
}

/* How well a name stands for a column: 0 not at all, 1 by its name or an alias, 2 by an alias that goes before. */
static int alias_rank(const vt_column *c, const char *name)
{
    int rank = alike(name, c->name, strlen(c->name));
    for (const char *a = c->aliases; a && *a;) {
        const size_t n = strcspn(a, ";"), mark = a[0] == '!';
        if (n > mark && alike(name, a + mark, n - mark)) rank = mark ? 2 : rank < 1 ? 1 : rank;
        a += n + (a[n] == ';');
    }
    return rank;
}

/* Aliases that begin with "?;": two columns share these names, and each takes the one whose unit is of its kind (heat
 * flow of a sample, or of a unit of its mass). */
static bool other_kind(const vt_column *c, const vt_table *raw, size_t i)
{
    vt_unit u;
    if (!c->aliases || strncmp(c->aliases, "?;", 2) != 0) return false;
    return vt_table_column_is_text(raw, i) || !vt_table_column_has_unit(raw, i) ||
           vt_unit_read(vt_table_column_unit(raw, i)->text, c->unit, &u, NULL) != VT_OK;
}

long vti_bind_find(const vt_column *c, const vt_table *raw, vt_status *st, vt_error *err)
{
    *st = VT_OK;
    const long exact = vt_table_find(raw, c->name);
    if (exact >= 0 && !other_kind(c, raw, (size_t)exact)) return exact;
    long found = -1, second = -1;
    int best = 0;
    for (size_t i = 0; i < vt_table_columns(raw); i++) {
        const int rank = alias_rank(c, vt_table_column_name(raw, i));
        if (rank == 0 || rank < best || other_kind(c, raw, i)) continue;
        second = rank == best ? (long)i : -1;
        if (rank > best) found = (long)i;
        best = rank;
    }
    if (second < 0) return found;
    *st = vt_fail_at(err, VT_EKEY, vt_table_path(raw), raw->header_line, 0,
                     "columns '%.40s' and '%.40s' both stand for '%s'; rename one of them",
                     vt_table_column_name(raw, (size_t)found), vt_table_column_name(raw, (size_t)second), c->name);
    return -1;
}

static vt_status missing(const char *owner, const vt_column *c, const vt_table *raw, vt_error *err)
{
    char have[256] = "";
    size_t n = 0;
    for (size_t i = 0; i < vt_table_columns(raw) && n < sizeof have; i++)
        n += (size_t)snprintf(have + n, sizeof have - n, "%s%.40s", i ? ", " : "", vt_table_column_name(raw, i));
    const bool text = strcmp(c->unit, "text") == 0 || strncmp(c->unit, "row", 3) == 0;
    return vt_fail_at(err, VT_EKEY, vt_table_path(raw), raw->header_line, 0,
                      "%s needs a column '%s%s%s%s' (%s); there are: %s", owner, c->name, text ? "" : " [",
                      text ? "" : c->unit, text ? "" : "]", c->text, have);
}

/* A text column: texts as they are, numbers as written in their unit. */
static vt_status bind_text(const vt_column *c, const vt_table *raw, size_t column, vt_table *bound, vt_error *err)
{
    const size_t n = vt_table_rows(raw);
    const double *si = vt_table_values(raw, column);
    vt_status st = VT_EMEMORY;
    const char **texts = malloc((n ? n : 1) * sizeof *texts);
    char(*numbers)[VTI_NUMBER_TEXT] = si ? malloc((n ? n : 1) * sizeof *numbers) : NULL;
    if (!texts || (si && !numbers)) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu texts of '%s'", n, c->name);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        if (si && isnan(si[i]))
            numbers[i][0] = '\0';
        else if (si)
            vti_number_write(vt_unit_from_si(vt_table_column_unit(raw, column), si[i]), numbers[i]);
        texts[i] = si ? numbers[i] : vt_table_text(raw, column, i);
        if (c->required && !texts[i][0]) {
            st =
                vt_fail_at(err, VT_ENAN, vt_table_path(raw), vt_table_line(raw, i), 0, "column '%s' is empty", c->name);
            goto done;
        }
    }
    st = vt_table_add_text(bound, c->name, n, texts, err);
done:
    free(numbers);
    free(texts);
    return st;
}

/* Instrument files have no header to write a unit into: every column that lacks one is named, with what to give. */
static vt_status without_units(const vt_table *raw, vt_error *err)
{
    char names[200] = "", give[300] = "";
    size_t n = 0, g = 0, count = 0;
    for (size_t i = 0; i < vt_table_columns(raw); i++) {
        const char *name = vt_table_column_name(raw, i);
        const bool blank = strchr(name, ' ') != NULL;
        if (vt_table_column_is_text(raw, i) || vt_table_column_has_unit(raw, i)) continue;
        if (n < sizeof names) n += (size_t)snprintf(names + n, sizeof names - n, "%s'%.40s'", n ? ", " : "", name);
        if (g < sizeof give)
            g += (size_t)snprintf(give + g, sizeof give - g, blank ? " --unit '%.40s=%s'" : " --unit %.40s=%s", name,
                                  vti_unit_likely(name));
        count++;
    }
    return vt_fail_at(err, VT_EUNITS, vt_table_path(raw), raw->header_line, 0,
                      "the file gives no unit for %s %s; declare %s, as in%s", count == 1 ? "column" : "columns", names,
                      count == 1 ? "it" : "them", give);
}

static vt_status check_unit(const vt_column *c, const vt_table *raw, size_t column, vt_error *err)
{
    const vt_unit *u = vt_table_column_unit(raw, column);
    const char *name = vt_table_column_name(raw, column);
    if (!vt_table_column_has_unit(raw, column) && vt_table_form(raw)[0]) return without_units(raw, err);
    if (!vt_table_column_has_unit(raw, column))
        return vt_fail_at(err, VT_EUNITS, vt_table_path(raw), raw->header_line, 0,
                          "column '%.40s' has no unit; write '%.40s [%s]' in the header", name, name,
                          strcmp(c->unit, "K") == 0 ? "degC" : c->unit);
    vt_unit checked;
    vt_error inner = {0};
    if (vt_unit_read(u->text, c->unit, &checked, &inner) != VT_OK)
        return vt_fail_at(err, VT_EUNITS, vt_table_path(raw), raw->header_line, 0, "column '%.40s': %s", name,
                          inner.msg);
    return VT_OK;
}

static vt_status not_numbers(const vt_column *c, const vt_table *raw, size_t column, vt_error *err)
{
    size_t i = 0;
    double v;
    while (i < vt_table_rows(raw) &&
           (!vt_table_text(raw, column, i)[0] || vt_number_read(vt_table_text(raw, column, i), &v, NULL) == VT_OK))
        i++;
    return vt_fail_at(err, VT_EPARSE, vt_table_path(raw), vt_table_line(raw, i), 0,
                      "column '%s' holds '%.40s', which is not a number", c->name, vt_table_text(raw, column, i));
}

static vt_status bind_numbers(const vt_column *c, const vt_table *raw, size_t column, vt_table *bound, vt_error *err)
{
    const size_t n = vt_table_rows(raw);
    const double *si = vt_table_values(raw, column);
    if (!si) return not_numbers(c, raw, column, err);
    vt_status st = check_unit(c, raw, column, err);
    if (st == VT_OK) st = vti_bind_check(c, raw, vt_table_column_unit(raw, column), n, si, err);
    if (st != VT_OK) return st;
    double *copy = malloc((n ? n : 1) * sizeof *copy);
    if (!copy) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows of '%s'", n, c->name);
    memcpy(copy, si, n * sizeof *copy);
    st = vt_table_adopt(bound, c->name, vt_table_column_unit(raw, column), true, n, copy, err);
    if (st != VT_OK) free(copy);
    return st;
}

/* Numbers whose unit stands in the column "unit" of their row; interval: uncertainties, which have no offset. */
static vt_status convert_rows(const vt_column *c, const vt_table *raw, size_t column, size_t units, bool interval,
                              double *out, vt_error *err)
{
    const double *x = vt_table_values(raw, column);
    for (size_t i = 0; i < vt_table_rows(raw); i++) {
        vt_unit u;
        vt_error inner = {0};
        if (isnan(x[i]) && !c->required) {
            out[i] = NAN;
            continue;
        }
        if (!isfinite(x[i]))
            return vt_fail_at(err, VT_ENAN, vt_table_path(raw), vt_table_line(raw, i), 0, "column '%s' has no value",
                              c->name);
        if (vt_unit_read(vt_table_text(raw, units, i), NULL, &u, &inner) != VT_OK)
            return vt_fail_at(err, VT_EUNITS, vt_table_path(raw), vt_table_line(raw, i), 0, "%s", inner.msg);
        out[i] = interval ? vt_unit_interval_to_si(&u, x[i]) : vt_unit_to_si(&u, x[i]);
    }
    return VT_OK;
}

static vt_status bind_rows(const vt_column *c, const vt_table *raw, size_t column, vt_table *bound, vt_error *err)
{
    const size_t n = vt_table_rows(raw);
    const long units = vt_table_find(raw, "unit");
    if (units < 0 || !vt_table_column_is_text(raw, (size_t)units))
        return vt_fail_at(err, VT_EKEY, vt_table_path(raw), raw->header_line, 0,
                          "column '%s' needs a column 'unit' with its units", c->name);
    if (!vt_table_values(raw, column)) return not_numbers(c, raw, column, err);
    if (strcmp(vt_table_column_unit(raw, column)->si, "1") != 0)
        return vt_fail_at(err, VT_EUNITS, vt_table_path(raw), raw->header_line, 0,
                          "column '%s' has the unit '%s' in its header and others in column 'unit'; drop one", c->name,
                          vt_table_column_unit(raw, column)->text);
    double *si = malloc((n ? n : 1) * sizeof *si);
    if (!si) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows of '%s'", n, c->name);
    vt_status st = convert_rows(c, raw, column, (size_t)units, strcmp(c->unit, "row interval") == 0, si, err);
    if (st == VT_OK) st = vt_table_adopt(bound, c->name, NULL, true, n, si, err);
    if (st != VT_OK) free(si);
    return st;
}

static vt_status bind_column(const vt_column *c, const vt_table *raw, size_t column, vt_table *bound, vt_error *err)
{
    if (strcmp(c->unit, "text") == 0) return bind_text(c, raw, column, bound, err);
    if (strncmp(c->unit, "row", 3) == 0) return bind_rows(c, raw, column, bound, err);
    return bind_numbers(c, raw, column, bound, err);
}

static vt_status copy_origin(const vt_table *raw, vt_table *bound, vt_error *err)
{
    vt_status st = vt_table_name(bound, vt_table_path(raw), err);
    if (st == VT_OK) st = vt_table_set_label(bound, vt_table_label(raw), err);
    if (st == VT_OK) st = vt_table_set_form(bound, vt_table_form(raw), err);
    if (st == VT_OK) bound->header_line = raw->header_line;
    for (size_t i = 0; st == VT_OK && i < raw->nmarks; i++)
        st = vt_table_mark_line(bound, raw->mark[i].row, raw->mark[i].line, err);
    for (size_t i = 0; st == VT_OK && i < vt_table_metas(raw); i++) {
        const vt_meta m = vt_table_meta(raw, i);
        st = vt_table_add_meta(bound, m.key, m.text, m.line, err);
    }
    for (size_t i = 0; st == VT_OK && i < vt_table_notes(raw); i++)
        st = vt_table_add_note(bound, err, "%s", vt_table_note(raw, i));
    return st;
}

static bool is_used(const vt_column *columns, const vt_table *raw, size_t i)
{
    vt_status ambiguous;
    for (const vt_column *c = columns; c && c->name; c++)
        if (vti_bind_find(c, raw, &ambiguous, NULL) == (long)i) return true;
    return false;
}

/* Columns that nothing reads are left out, and said in one note. */
static vt_status note_unused(const char *owner, const vt_column *columns, const vt_table *raw, vt_table *bound,
                             vt_error *err)
{
    char names[256] = "";
    size_t n = 0, unused = 0;
    for (size_t i = 0; i < vt_table_columns(raw); i++) {
        if (is_used(columns, raw, i)) continue;
        unused++;
        if (n < sizeof names)
            n +=
                (size_t)snprintf(names + n, sizeof names - n, "%s'%.60s'", n ? ", " : "", vt_table_column_name(raw, i));
    }
    if (unused == 0) return VT_OK;
    return vt_table_add_note(bound, err, "%s does not use %s %s%s of %.200s", owner, unused == 1 ? "column" : "columns",
                             names, n < sizeof names ? "" : " ...",
                             vt_table_path(raw)[0] ? vt_table_path(raw) : "the table");
}

vt_status vti_bind(const char *owner, const vt_column *columns, const vt_table *raw, vt_table **bound, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    if (vt_table_image(raw))
        return vt_fail_at(err, VT_EKEY, vt_table_path(raw), 0, 0, "%s reads tables, and this is a picture", owner);
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = copy_origin(raw, t, err));
    for (const vt_column *c = columns; c && c->name; c++) {
        const long column = vti_bind_find(c, raw, &st, err);
        if (st == VT_OK && column < 0 && c->required) st = missing(owner, c, raw, err);
        if (st == VT_OK && vt_table_rows(raw) == 0)
            st = vt_fail_at(err, VT_ESHAPE, vt_table_path(raw), raw->header_line, 0,
                            "there are no rows below the header");
        if (st == VT_OK && column >= 0) st = bind_column(c, raw, (size_t)column, t, err);
        VT_TRY(st);
    }
    VT_TRY(st = note_unused(owner, columns, raw, t, err));
    *bound = t;
    t = NULL;
done:
    if (st != VT_OK) vt_error_about(err, vt_table_label(raw));
    vt_table_free(t);
    return st;
}

vt_status vti_bind_table(const vt_experiment *e, int form, const vt_table *raw, vt_table **bound, vt_error *err)
{
    vt_table *t = NULL;
    if (!vt_table_image(raw) || !e->images) return vti_bind(e->name, vti_form_columns(e, form), raw, bound, err);
    vt_status st = vt_table_create(&t, err);
    if (st == VT_OK) st = copy_origin(raw, t, err);
    if (st != VT_OK) {
        vt_table_free(t);
        return st;
    }
    vti_table_borrow_image(t, raw);
    *bound = t;
    return VT_OK;
}

vt_status vt_experiment_bind(const vt_experiment *e, const vt_table *raw, vt_table **bound, vt_error *err)
{
    if (!e || !raw || !bound) return vt_fail(err, VT_EARG, "experiment, table or result is NULL");
    const int form = vti_form_of(e, raw);
    vt_table *t = NULL;
    vt_status st = vti_bind_table(e, form, raw, &t, err);
    if (st == VT_OK && form >= 0) st = vt_table_set_form(t, e->forms[form].name, err);
    if (st == VT_OK)
        *bound = t;
    else
        vt_table_free(t);
    return st;
}
