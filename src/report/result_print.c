/* A result as a table for people, on a terminal. */
#include "report/html_internal.h"
#include "report/unit_text_internal.h"
#include <gsl/gsl_sort.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

enum { COLUMNS = 5, CELL = 288, WIDTH = 100 };
enum { NAME, SCOPE, VALUE, INTERVAL, READING };

typedef struct row {
    char cell[COLUMNS][CELL];
} row;

/* ---- the table of properties ---- */
/* Properties of one name share a unit, that of the largest. */
static double largest_of(const vt_result *r, const vt_property *like)
{
    double largest = 0.0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, like->name) == 0 && strcmp(p->q.unit, like->q.unit) == 0)
            largest = fmax(largest, fabs(p->q.value));
    }
    return largest;
}

/* The level that all intervals share, or 0. */
static double common_level(const vt_result *r)
{
    double level = -1.0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_quantity *q = &vt_result_property(r, i)->q;
        if (isnan(q->low)) continue;
        if (level < 0.0) level = q->level;
        if (q->level < level || q->level > level) return 0.0;
    }
    return level < 0.0 ? 0.0 : level;
}

/* Conditions that most properties share and none contradicts are told once, above the table. */
static int is_common(const vt_result *r, const vt_scope *s)
{
    size_t same = 0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        for (size_t k = 0; k < p->nscope; k++) {
            const vt_scope *o = &p->scope[k];
            if (strcmp(o->key, s->key) != 0) continue;
            if (strcmp(o->text, s->text) != 0 || (!s->text[0] && (o->value < s->value || o->value > s->value)))
                return 0;
            same++;
        }
    }
    return same > 1 && 2 * same >= vt_result_properties(r);
}

static int has_key(const vt_property *p, const char *key)
{
    for (size_t k = 0; k < p->nscope; k++)
        if (strcmp(p->scope[k].key, key) == 0) return 1;
    return 0;
}

/* The shared conditions, as the scope of a property without name. Only the first entry of each key need be tried, and
 * only the first VT_SCOPE_MAX keys are. */
static vt_property find_common(const vt_result *r)
{
    vt_property tried = {.nscope = 0}, common = {.nscope = 0};
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        for (size_t k = 0; k < p->nscope && tried.nscope < VT_SCOPE_MAX; k++) {
            if (has_key(&tried, p->scope[k].key)) continue;
            tried.scope[tried.nscope++] = p->scope[k];
            if (is_common(r, &p->scope[k])) common.scope[common.nscope++] = p->scope[k];
        }
    }
    return common;
}

static void show_own_scope(const vt_property *p, const vt_property *common, char *out, size_t size)
{
    vt_property own = {.nscope = 0};
    for (size_t k = 0; k < p->nscope; k++)
        if (!has_key(common, p->scope[k].key)) own.scope[own.nscope++] = p->scope[k];
    vti_show_scope(&own, out, size);
}

static void fill_head(row *head, double level)
{
    static const char *const names[COLUMNS] = {"property", "of", "value", "interval", "reading"};
    for (int c = 0; c < COLUMNS; c++) snprintf(head->cell[c], CELL, "%s", names[c]);
    if (level > 0.0) snprintf(head->cell[INTERVAL], CELL, "%.4g %% interval", 100.0 * level);
}

static void fill_row(row *out, const vt_result *r, const vt_property *p, const vt_property *common, double level)
{
    vti_shown shown;
    vti_show_quantity(p->name, &p->q, largest_of(r, p), &shown);
    snprintf(out->cell[NAME], CELL, "%s", p->name);
    show_own_scope(p, common, out->cell[SCOPE], CELL);
    const int factor = strstr(shown.value, "±") && shown.value[0] != '(' && shown.unit[0]; /* 97.3 ± 3.1 nm */
    snprintf(out->cell[VALUE], CELL, "%s%s%s%s%s", factor ? "(" : "", shown.value, factor ? ")" : "",
             shown.unit[0] ? " " : "", shown.unit);
    snprintf(out->cell[INTERVAL], CELL, "%s", shown.range);
    if (shown.range[0] && !(level > 0.0))
        snprintf(out->cell[INTERVAL], CELL, "%s (%.4g %%)", shown.range, 100.0 * p->q.level);
    snprintf(out->cell[READING], CELL, "%s", p->reading);
}

/* ---- families: values of one name for many tests, temperatures or specimens ---- */
enum { FAMILY = 24, FAMILIES = 64 }; /* more values than this are told as one row */

/* The same quantity of different things: same name, unit and reading, same keys of the scope. */
static int is_kin(const vt_property *a, const vt_property *b)
{
    if (strcmp(a->name, b->name) != 0 || strcmp(a->reading, b->reading) != 0 || a->nscope != b->nscope) return 0;
    for (size_t k = 0; k < a->nscope; k++)
        if (strcmp(a->scope[k].key, b->scope[k].key) != 0) return 0;
    return strcmp(a->q.unit, b->q.unit) == 0;
}

/* Large families of a result: their first members, and of each property whether it belongs to one. */
typedef struct families {
    size_t n, first[FAMILIES], size[FAMILIES];
    unsigned char *of; /* per property: 1 + its family, 0: a family of its own kind or beyond FAMILIES */
} families;

static vt_status find_families(const vt_result *r, families *f, vt_error *err)
{
    const size_t n = vt_result_properties(r);
    *f = (families){.of = calloc(n + 1, 1)};
    if (!f->of) return vt_fail(err, VT_EMEMORY, "a table of %zu properties", n);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < f->n && !is_kin(vt_result_property(r, i), vt_result_property(r, f->first[k]))) k++;
        if (k == FAMILIES) continue;
        if (k == f->n) f->first[f->n++] = i;
        f->size[k]++;
        f->of[i] = (unsigned char)(k + 1);
    }
    return VT_OK;
}

static int in_large(const families *f, size_t i)
{
    return f->of[i] > 0 && f->size[f->of[i] - 1] > FAMILY;
}

/* "225 values by test, cycle", their median, and from where to where they reach. */
static vt_status fill_family(row *out, const vt_result *r, const families *f, size_t k, vt_error *err)
{
    const vt_property *p = vt_result_property(r, f->first[k]);
    const size_t n = f->size[k];
    double *x = malloc(n * sizeof *x);
    size_t m = 0, used;
    vti_shown shown;
    if (!x) return vt_fail(err, VT_EMEMORY, "a family of %zu properties", n);
    for (size_t i = 0; i < vt_result_properties(r); i++)
        if (f->of[i] == k + 1) x[m++] = vt_result_property(r, i)->q.value;
    gsl_sort(x, 1, n);
    const double spread = 0.02 * (x[n - 1] - x[0]); /* for the digits */
    vt_quantity q = {.value = x[n / 2], .u = spread, .low = x[0], .high = x[n - 1], .level = 0.95};
    snprintf(q.unit, sizeof q.unit, "%s", p->q.unit);
    vti_show_quantity(p->name, &q, fmax(fabs(x[0]), fabs(x[n - 1])), &shown);
    free(x);
    snprintf(out->cell[NAME], CELL, "%s", p->name);
    used = (size_t)snprintf(out->cell[SCOPE], CELL, "%zu values by", n);
    for (size_t s = 0; s < p->nscope && used < CELL; s++)
        used += (size_t)snprintf(out->cell[SCOPE] + used, CELL - used, "%s %s", s ? "," : "", p->scope[s].key);
    snprintf(out->cell[VALUE], CELL, "%s%s%s", shown.range[0] ? shown.range : shown.value, shown.unit[0] ? " " : "",
             shown.unit);
    snprintf(out->cell[READING], CELL, "%s", p->reading);
    return VT_OK;
}

static void put_rows(FILE *out, const row *rows, size_t n)
{
    size_t width[COLUMNS] = {0};
    for (int c = 0; c < COLUMNS; c++)
        for (size_t i = 1; i < n; i++) { /* a column without entries is left out */
            const size_t k = vti_utf8_length(rows[i].cell[c]);
            if (k > width[c]) width[c] = k;
        }
    for (size_t i = 0; i < n; i++) {
        size_t blanks = 0;
        for (int c = 0; c < COLUMNS; c++) {
            if (width[c] == 0) continue;
            const size_t head = vti_utf8_length(rows[0].cell[c]), wide = head > width[c] ? head : width[c];
            const char *text = rows[i].cell[c];
            if (text[0]) fprintf(out, "%*s%s", (int)blanks, "", text);
            blanks = (text[0] ? 0 : blanks) + wide - vti_utf8_length(text) + 2;
        }
        fputc('\n', out);
    }
}

static vt_status put_properties(FILE *out, const vt_result *r, vt_error *err)
{
    const size_t n = vt_result_properties(r);
    const double level = common_level(r);
    const vt_property common = find_common(r);
    if (n == 0) {
        fputs("no property could be determined\n", out);
        return VT_OK;
    }
    families f;
    vt_status st = find_families(r, &f, err);
    if (st != VT_OK) return st;
    size_t m = 0, large = 0;
    for (size_t i = 0; i < n; i++) m += !in_large(&f, i) || f.first[f.of[i] - 1] == i;
    row *rows = calloc(m + 1, sizeof *rows);
    if (!rows) {
        free(f.of);
        return vt_fail(err, VT_EMEMORY, "a table of %zu properties", m);
    }
    void *locale = vti_c_locale_begin();
    vti_show_scope(&common, rows[0].cell[SCOPE], CELL);
    if (common.nscope > 0) fprintf(out, "at %s:\n\n", rows[0].cell[SCOPE]);
    fill_head(&rows[0], level);
    m = 1;
    for (size_t i = 0; i < n && st == VT_OK; i++) {
        if (!in_large(&f, i)) {
            fill_row(&rows[m++], r, vt_result_property(r, i), &common, level);
        } else if (f.first[f.of[i] - 1] == i) {
            st = fill_family(&rows[m++], r, &f, (size_t)(f.of[i] - 1), err);
            large++;
        }
    }
    if (st == VT_OK) put_rows(out, rows, m);
    if (st == VT_OK && large > 0)
        fprintf(out,
                "\nOf quantities with more than %d values their range is given; --format csv or json and -o DIR "
                "give each one.\n",
                FAMILY);
    vti_c_locale_end(locale);
    free(rows);
    free(f.of);
    return st;
}

/* ---- models and warnings ---- */
/* Words, broken before WIDTH, later lines indented. */
static void put_wrapped(FILE *out, const char *text, size_t column, size_t indent)
{
    while (*text) {
        const size_t n = strcspn(text, " ");
        char word[CELL];
        snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), text);
        const size_t k = n < sizeof word ? vti_utf8_length(word) : n;
        if (column > indent && column + 1 + k > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, n, out);
        column += k;
        text += n;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

static int is_first_of_group(const vt_result *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(vt_result_model(r, k)->group, vt_result_model(r, i)->group) == 0) return 0;
    return 1;
}

static void put_models(FILE *out, const vt_result *r)
{
    if (vt_result_models(r) > 0) fputs("\nmodels, by Akaike weight:\n", out);
    for (size_t i = 0; i < vt_result_models(r); i++) {
        const vt_model *first = vt_result_model(r, i);
        if (!is_first_of_group(r, i)) continue;
        fprintf(out, "  %s:", first->group[0] ? first->group : "all data");
        const char *comma = "";
        for (size_t k = i; k < vt_result_models(r); k++) {
            const vt_model *m = vt_result_model(r, k);
            if (strcmp(m->group, first->group) != 0) continue;
            fprintf(out, "%s %s %.3f", comma, m->name, m->weight);
            comma = ",";
        }
        fputc('\n', out);
    }
}

static void put_warnings(FILE *out, const vt_result *r)
{
    if (vt_result_warnings(r) > 0) fputs("\nwarnings:\n", out);
    for (size_t i = 0; i < vt_result_warnings(r); i++) {
        const int n = fprintf(out, "  %s:", vt_result_warning_code(r, i));
        put_wrapped(out, vt_result_warning_message(r, i), n > 0 ? (size_t)n : 0, 4);
    }
}

vt_status vt_result_print(const vt_result *r, FILE *out, vt_error *err)
{
    if (!r || !out) return vt_fail(err, VT_EARG, "result or out is NULL");
    const vt_status st = put_properties(out, r, err);
    if (st != VT_OK) return st;
    put_models(out, r);
    put_warnings(out, r);
    if (ferror(out)) return vt_fail(err, VT_EWRITE, "the table cannot be written: %s", strerror(errno));
    return VT_OK;
}
