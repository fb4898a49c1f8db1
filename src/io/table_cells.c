/* Lines and cells of a text table. */
#include "base/number_internal.h"
#include "io/table_read_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

const char *vti_line_end(const char *p, const char *end, const char **next)
{
    while (p < end && *p != '\n' && *p != '\r') p++;
    *next = p < end ? p + (*p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1) : end;
    return p;
}

static vti_cell trimmed(const char *p, const char *end)
{
    while (p < end && is_blank(*p)) p++;
    while (end > p && is_blank(end[-1])) end--;
    return (vti_cell){p, (size_t)(end - p), 0};
}

/* Quoted cell whose opening quote stands at p. What follows the closing quote must be the separator; if not,
 * the quotes are part of the text. */
static bool quoted(const char *p, const char *end, char separator, vti_cell *cell, const char **after)
{
    const char *s = p + 1;
    for (;; s++) {
        s = s < end ? memchr(s, '"', (size_t)(end - s)) : NULL;
        if (!s) {
            *cell = (vti_cell){p, (size_t)(end - p), 2};
            *after = end;
            return true;
        }
        if (s + 1 < end && s[1] == '"')
            s++;
        else
            break;
    }
    const char *t = s + 1;
    while (t < end && is_blank(*t) && *t != separator && separator != ' ') t++;
    if (t < end && *t != separator && !(separator == ' ' && is_blank(*t))) return false;
    *cell = (vti_cell){p + 1, (size_t)(s - p - 1), 1};
    *after = t;
    return true;
}

vti_cell vti_cell_at(const char *p, const char *end, char separator, const char **after)
{
    while (p < end && is_blank(*p) && *p != separator) p++;
    vti_cell cell;
    if (p < end && *p == '"' && quoted(p, end, separator, &cell, after)) return cell;
    const char *s = p;
    if (separator == ' ')
        while (s < end && !is_blank(*s)) s++;
    else
        s = p < end ? memchr(p, separator, (size_t)(end - p)) : NULL;
    if (!s) s = end;
    *after = s;
    return trimmed(p, s);
}

size_t vti_cells(const char *p, const char *end, char separator, vti_cell *cell, size_t most)
{
    size_t n = 0;
    if (separator == ' ') {
        while (p < end && is_blank(*p)) p++;
        while (end > p && is_blank(end[-1])) end--;
        if (p == end) return 0;
    }
    for (;;) {
        const char *after;
        const vti_cell c = vti_cell_at(p, end, separator, &after);
        if (n < most) cell[n] = c;
        n++;
        if (after >= end) return n;
        p = after + 1;
        while (separator == ' ' && p < end && is_blank(*p)) p++;
    }
}

static bool equals(const vti_cell *c, const char *word)
{
    const size_t n = strlen(word);
    if (c->n != n) return false;
    for (size_t i = 0; i < n; i++)
        if (tolower((unsigned char)c->p[i]) != word[i]) return false;
    return true;
}

/* "------", "--.--", "--,--": what instruments print where they have no value. */
static bool is_dashes(const vti_cell *c)
{
    size_t dashes = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->p[i] == '-')
            dashes++;
        else if (c->p[i] != '.' && c->p[i] != ',')
            return false;
    }
    return dashes >= 1 && (c->n >= 2 || dashes == c->n);
}

static bool is_word_for_missing(const vti_cell *c)
{
    static const char *const WORDS[] = {"#n/a",    "n/a",     "na",     "null",     "none",
                                        "1.#qnan", "-1.#ind", "1.#ind", "-nan(ind)"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (equals(c, WORDS[i])) return true;
    return false;
}

/* "1,234.5" in quotes: groups of three digits between the thousands signs. */
static bool read_thousands(const vti_cell *c, char decimal, double *value)
{
    const char group = decimal == '.' ? ',' : '.';
    char buf[64];
    size_t n = 0, digits = 0;
    bool fraction = false, grouped = false;
    if (c->n >= sizeof buf) return false;
    for (size_t i = 0; i < c->n; i++) {
        const char ch = c->p[i];
        if (ch == group && !fraction) {
            if (digits == 0 || digits > 3 || (grouped && digits != 3)) return false;
            grouped = true;
            digits = 0;
            continue;
        }
        if (isdigit((unsigned char)ch)) {
            digits++;
        } else {
            if (grouped && !fraction && digits != 3) return false;
            fraction = true; /* decimal sign or exponent; the number scanner checks the rest */
            if (i == 0) fraction = false;
        }
        buf[n++] = ch;
    }
    if (!grouped || (!fraction && digits != 3)) return false;
    return vti_number_scan(buf, buf + n, decimal, value) == buf + n;
}

vti_kind vti_cell_kind(const vti_cell *c, char decimal, double *value, bool *thousands)
{
    const vti_cell t = c->quote == 1 ? trimmed(c->p, c->p + c->n) : *c;
    if (thousands) *thousands = false;
    if (t.n == 0) return VTI_EMPTY;
    double v;
    const char *end = t.p + t.n;
    if (vti_number_scan(t.p, end, decimal, &v) == end) {
        if (!isfinite(v)) return VTI_TEXT; /* beyond the range of a double: not readable */
        /* DBL_MAX (MTS, Agilent) and 9.9e37 (SCPI) mean "no value" */
        if (fabs(v) >= 1.797e308 || fabs(v) == 9.9e37 || fabs(v) == 9.91e37) return VTI_SENTINEL;
        *value = v;
        return VTI_NUMBER;
    }
    if (equals(&t, "nan") || equals(&t, "-nan") || equals(&t, "+nan")) return VTI_MISSING;
    if (is_dashes(&t) || is_word_for_missing(&t)) return VTI_SENTINEL;
    if (c->quote == 1 && read_thousands(&t, decimal, &v)) {
        if (thousands) *thousands = true;
        *value = v;
        return VTI_NUMBER;
    }
    return VTI_TEXT;
}

size_t vti_cell_text(const vti_cell *c, char *buf, size_t size)
{
    const bool utf8 = vti_utf8_valid(c->p, c->n);
    size_t o = 0;
    for (size_t i = 0; i < c->n && o + 3 < size; i++) {
        if (c->quote == 1 && c->p[i] == '"') i++; /* doubled */
        if (i >= c->n) break;
        if (utf8)
            buf[o++] = c->p[i];
        else
            o += vti_latin1_to_utf8(c->p + i, 1, buf + o);
    }
    if (utf8) /* cut between characters */
        while (o > 0 && o + 3 >= size && !vti_utf8_valid(buf, o)) o--;
    buf[o] = '\0';
    return o;
}
