/* Writing tables: comma-separated text that vt_table_read takes back unchanged. */
#include "base/number_internal.h"
#include "io/file_internal.h"
#include "io/table_read_internal.h"
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

static bool is_first_of_comment(const char *s)
{
    while (*s == ' ' || *s == '\t') s++;
    return *s == '#';
}

/* Quotes where a reader would take the text for something else. */
static bool needs_quotes(const char *s, size_t n)
{
    double v;
    if (n == 0) return false;
    if (strpbrk(s, ",;\t\"\n\r") || is_first_of_comment(s)) return true;
    if (s[0] == ' ' || s[n - 1] == ' ') return true;
    const vti_cell c = {s, n, 0};
    return vti_cell_kind(&c, '.', &v, NULL) != VTI_TEXT; /* "12" as text: quotes say that it is no number */
}

/* Line ends inside a text become blanks: a row is one line. */
static void put_text(FILE *out, const char *s, bool quotes)
{
    if (quotes) putc('"', out);
    for (; *s; s++) {
        if (*s == '"' && quotes) putc('"', out);
        putc(*s == '\n' || *s == '\r' ? ' ' : *s, out);
    }
    if (quotes) putc('"', out);
}

/* Can another number of as many digits as `back` give back si? Neither v = si / scale nor the way back errs by more
 * than an ulp, so what lies beyond 5e-16 of v cannot; `back` is the nearest to v. Not where a zero is shifted, nor
 * below the normal numbers. */
static bool hopeless(const vt_unit *unit, double si, double v, double back)
{
    return unit->offset == 0.0 && fabs(back - v) > 5e-16 * fabs(v) && fabs(v) > 1e-290 && fabs(si) > 1e-290;
}

/* Fewest digits (15 ... 17) of v in the unit of origin that give back si; the nearest if none does. */
static void put_number(FILE *out, const vt_unit *unit, double si)
{
    char buf[VTI_NUMBER_TEXT];
    const double v = vt_unit_from_si(unit, si);
    const double above = nextafter(v, HUGE_VAL), below = nextafter(v, -HUGE_VAL);
    const double tries[5] = {v, above, below, nextafter(above, HUGE_VAL), nextafter(below, -HUGE_VAL)};
    for (int precision = 15; precision <= 17; precision++) {
        for (int i = 0; i < 5; i++) {
            double back = 0.0;
            const int n = vti_number_digits(tries[i], precision, buf);
            if (vti_number_scan(buf, buf + n, '.', &back) && vt_unit_to_si(unit, back) == si) {
                fputs(buf, out);
                return;
            }
            if (i == 0 && hopeless(unit, si, v, back)) break;
        }
    }
    vti_number_write(v, buf);
    fputs(buf, out);
}

/* "# diameter: 52 [um]" from the text "52 um"; other texts as they are. */
static void put_meta(FILE *out, vt_meta m)
{
    const char *end = m.text + strlen(m.text);
    double v;
    const char *unit = vti_number_scan(m.text, end, '.', &v);
    if (unit && *unit == ' ' && unit[1] && !strpbrk(unit, ",[]"))
        fprintf(out, "# %s: %.*s [%s]\n", m.key, (int)(unit - m.text), m.text, unit + 1);
    else
        fprintf(out, "# %s: %s\n", m.key, m.text);
}

static void put_header(FILE *out, const vt_table *t)
{
    for (size_t i = 0; i < vt_table_columns(t); i++) {
        const char *name = vt_table_column_name(t, i);
        const bool quotes = needs_quotes(name, strlen(name));
        if (i > 0) putc(',', out);
        if (quotes) putc('"', out);
        for (const char *s = name; *s; s++) {
            if (*s == '"') putc('"', out);
            putc(*s == '\n' || *s == '\r' ? ' ' : *s, out);
        }
        if (vt_table_column_has_unit(t, i)) fprintf(out, " [%s]", vt_table_column_unit(t, i)->text);
        if (quotes) putc('"', out);
    }
    putc('\n', out);
}

static void put_row(FILE *out, const vt_table *t, size_t row)
{
    const size_t columns = vt_table_columns(t);
    for (size_t i = 0; i < columns; i++) {
        if (i > 0) putc(',', out);
        if (vt_table_column_is_text(t, i)) {
            const char *s = vt_table_text(t, i, row);
            put_text(out, s, needs_quotes(s, strlen(s)) || (columns == 1 && !*s));
            continue;
        }
        const double si = vt_table_values(t, i)[row];
        if (isnan(si))
            fputs("nan", out);
        else
            put_number(out, vt_table_column_unit(t, i), si);
    }
    putc('\n', out);
}

static vt_status check_finite(const vt_table *t, vt_error *err)
{
    for (size_t i = 0; i < vt_table_columns(t); i++) {
        const double *v = vt_table_values(t, i);
        for (size_t row = 0; v && row < vt_table_rows(t); row++)
            if (isinf(v[row]))
                return vt_fail(err, VT_ENAN, "column '%s', row %zu is infinite and cannot be written",
                               vt_table_column_name(t, i), row + 1);
    }
    return VT_OK;
}

/* The metadata lines are the description of the picture. */
static vt_status write_image(const vt_table *t, FILE *out, vt_error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory) return vt_fail(err, VT_EMEMORY, "no memory to write an image");
    for (size_t i = 0; i < vt_table_metas(t); i++) put_meta(memory, vt_table_meta(t, i));
    const bool full = fclose(memory) != 0;
    const vt_status st = full ? vt_fail(err, VT_EMEMORY, "no memory to write an image")
                              : vt_image_write(vt_table_image(t), text, out, err);
    free(text);
    return st;
}

vt_status vt_table_write(const vt_table *table, FILE *out, vt_error *err)
{
    if (!table || !out) return vt_fail(err, VT_EARG, "table or out is NULL");
    if (vt_table_image(table)) return write_image(table, out, err);
    if (vt_table_columns(table) == 0) return vt_fail(err, VT_ESHAPE, "a table without columns cannot be written");
    const vt_status st = check_finite(table, err);
    if (st != VT_OK) return st;
    errno = 0;
    for (size_t i = 0; i < vt_table_metas(table); i++) put_meta(out, vt_table_meta(table, i));
    put_header(out, table);
    for (size_t row = 0; row < vt_table_rows(table) && !ferror(out); row++) put_row(out, table, row);
    if (ferror(out))
        return vt_fail(err, VT_EWRITE, "the table cannot be written: %s", errno ? strerror(errno) : "I/O error");
    return VT_OK;
}

vt_status vt_table_save(const vt_table *table, const char *path, vt_error *err)
{
    if (!table || !path) return vt_fail(err, VT_EARG, "table or path is NULL");
    if (strcmp(path, "-") == 0) {
        const vt_status st = vt_table_write(table, stdout, err);
        if (st == VT_OK && fflush(stdout) != 0) return vt_fail(err, VT_EWRITE, "standard output: %s", strerror(errno));
        return st;
    }
    vti_file_out out = {0};
    vt_status st;
    VT_TRY(st = vti_file_begin(&out, path, err));
    VT_TRY(st = vt_table_write(table, out.stream, err));
    st = vti_file_commit(&out, err);
done:
    vti_file_abandon(&out);
    return st;
}
