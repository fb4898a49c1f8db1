/* A result as a table for people, on a terminal. */
#include "report/html_internal.h"
#include "report/unit_text_internal.h"
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
    row *rows = calloc(n + 1, sizeof *rows);
    if (!rows) return vt_fail(err, VT_EMEMORY, "a table of %zu properties", n);
    void *locale = vti_c_locale_begin();
    vti_show_scope(&common, rows[0].cell[SCOPE], CELL);
    if (common.nscope > 0) fprintf(out, "at %s:\n\n", rows[0].cell[SCOPE]);
    fill_head(&rows[0], level);
    for (size_t i = 0; i < n; i++) fill_row(&rows[i + 1], r, vt_result_property(r, i), &common, level);
    put_rows(out, rows, n + 1);
    vti_c_locale_end(locale);
    free(rows);
    return VT_OK;
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
