/* Tables of the page: frame, properties, budgets. */
#include "html_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PROPERTIES_SHOWN = 400, BUDGETS_SHOWN = 100 };

void vti_table_begin(vti_page *p, const char *caption, const char *const *heads)
{
    vti_text *t = p->out;
    const size_t n = ++p->tables;
    vti_putf(t, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-%zu\">\n", n);
    vti_putf(t, "<table>\n<caption id=\"table-%zu\"><span>Table %zu. ", n, n);
    vti_put_words(t, caption);
    vti_put(t, "</span></caption>\n<thead><tr>");
    for (; *heads; heads++) {
        const bool number = **heads == '>';
        vti_putf(t, "<th scope=\"col\"%s>", number ? " class=\"n\"" : "");
        vti_put_html(t, *heads + number);
        vti_put(t, "</th>");
    }
    vti_put(t, "</tr></thead>\n<tbody>\n");
}

void vti_table_end(vti_page *p)
{
    vti_put(p->out, "</tbody>\n</table>\n</div>\n");
}

void vti_cell(vti_text *t, const char *tag, const char *css, const char *text)
{
    vti_putf(t, "<%s%s", tag, strcmp(tag, "th") == 0 ? " scope=\"row\"" : "");
    if (css) vti_putf(t, " class=\"%s\"", css);
    vti_put(t, ">");
    vti_put_words(t, text);
    vti_putf(t, "</%s>", tag);
}

void vti_show_scope(const vt_property *p, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->nscope && n < size; i++) {
        const vt_scope *s = &p->scope[i];
        char value[VT_NAME + 32] = "";
        if (s->text[0] || !s->unit[0]) {
            snprintf(value, sizeof value, "%s", s->text);
        } else {
            vt_unit unit;
            char number[48], pretty[48];
            vti_unit_choose(s->key, s->unit, s->value, &unit);
            vti_unit_pretty(unit.text, pretty, sizeof pretty);
            vti_show_number(vt_unit_from_si(&unit, s->value), 6, number, sizeof number);
            snprintf(value, sizeof value, "%s%s%s", number, pretty[0] ? " " : "", pretty);
        }
        char key[sizeof s->key];
        snprintf(key, sizeof key, "%s", s->key);
        for (char *c = key; *c; c++)
            if (*c == '_') *c = ' '; /* values are labels that the user gave: as written */
        const int k = snprintf(out + n, size - n, "%s%s %s", n ? ", " : "", key, value);
        n += k > 0 ? (size_t)k : 0;
    }
}

void vti_put_reading(vti_text *t, const char *reading)
{
    const bool known = strcmp(reading, "paper") == 0 || strcmp(reading, "physics") == 0;
    if (!reading[0]) return;
    vti_putf(t, "<span class=\"badge%s%s\">", known ? " " : "", known ? reading : "");
    vti_put_html(t, reading);
    vti_put(t, "</span>");
}

/* Properties of one name are shown in one unit, that of the largest. */
static double largest_of(const vt_result *r, const vt_property *like)
{
    double largest = 0.0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        const bool same = strcmp(p->name, like->name) == 0 && strcmp(p->q.unit, like->q.unit) == 0;
        if (same && fabs(p->q.value) > largest) largest = fabs(p->q.value);
    }
    return largest;
}

static void put_property(vti_text *t, const vt_result *r, const vt_property *p, bool readings)
{
    char name[VT_NAME], scope[VT_SCOPE_MAX * (2 * VT_NAME + 40)], level[32];
    vti_shown shown;
    vti_show_name(p->name, name, sizeof name);
    vti_show_scope(p, scope, sizeof scope);
    vti_show_quantity(p->name, &p->q, largest_of(r, p), &shown);
    vti_put(t, "<tr><th scope=\"row\">");
    vti_put_html(t, name);
    if (p->symbol[0]) {
        vti_put(t, " ");
        vti_put_symbol(t, p->symbol);
    }
    vti_put(t, "</th>");
    vti_cell(t, "td", strlen(scope) < 30 ? "s" : NULL, scope[0] ? scope : "all");
    vti_cell(t, "td", "n", shown.value);
    snprintf(level, sizeof level, " (%.4g %%)", 100.0 * p->q.level);
    vti_put(t, "<td class=\"n\">");
    vti_put_html(t, shown.range[0] ? shown.range : "–");
    if (shown.range[0] && p->q.level != 0.95) vti_put_html(t, level);
    vti_put(t, "</td>");
    vti_cell(t, "td", NULL, shown.unit[0] ? shown.unit : "1");
    if (readings) {
        vti_put(t, "<td>");
        vti_put_reading(t, p->reading);
        vti_put(t, "</td>");
    }
    vti_cell(t, "td", "m", p->method);
    vti_put(t, "</tr>\n");
}

static bool same_but_reading(const vt_property *a, const vt_property *b)
{
    if (strcmp(a->name, b->name) != 0 || a->nscope != b->nscope) return false;
    for (size_t i = 0; i < a->nscope; i++) {
        const vt_scope *s = &a->scope[i], *o = &b->scope[i];
        if (strcmp(s->key, o->key) != 0 || strcmp(s->text, o->text) != 0) return false;
        if (!s->text[0] && s->value != o->value) return false;
    }
    return true;
}

/* In their order, but the readings of one quantity stand together. n <= PROPERTIES_SHOWN. */
static void put_properties(vti_text *t, const vt_result *r, size_t n, bool readings)
{
    bool done[PROPERTIES_SHOWN] = {false};
    for (size_t i = 0; i < n; i++)
        for (size_t k = i; k < n && !done[i]; k++) {
            const vt_property *p = vt_result_property(r, k);
            if (done[k] || !same_but_reading(p, vt_result_property(r, i))) continue;
            put_property(t, r, p, readings);
            if (k > i) done[k] = true;
        }
}

void vti_html_properties(vti_page *p, const vt_result *r)
{
    const size_t n = vt_result_properties(r);
    bool readings = false;
    if (n == 0) return;
    for (size_t i = 0; i < n; i++) readings = readings || vt_result_property(r, i)->reading[0];
    vti_put(p->out, "<h3>Properties</h3>\n");
    if (readings && !p->readings_told) {
        vti_put(p->out, "<p class=\"small soft\">Reading <span class=\"badge paper\">paper</span>: by the published "
                        "formula as printed. Reading <span class=\"badge physics\">physics</span>: by the corrected "
                        "one. Where they differ both numbers are given and never mixed.</p>\n");
        p->readings_told = true;
    }
    const char *const heads[] = {"Quantity",
                                 "Applies to",
                                 ">Value ± standard uncertainty",
                                 ">95 % interval",
                                 "Unit",
                                 readings ? "Reading" : "How",
                                 readings ? "How" : NULL,
                                 NULL};
    vti_table_begin(p, "Properties with standard uncertainty and coverage interval", heads);
    put_properties(p->out, r, n < PROPERTIES_SHOWN ? n : PROPERTIES_SHOWN, readings);
    vti_table_end(p);
    if (n > PROPERTIES_SHOWN)
        vti_putf(p->out,
                 "<p class=\"small soft\">The first %d of %zu properties; all of them are in the result folder.</p>\n",
                 PROPERTIES_SHOWN, n);
}

static void put_budget_line(vti_text *t, const vt_property *p, size_t i, double total)
{
    const vt_budget_item *b = &p->q.budget[i];
    char name[VT_NAME], scope[VT_SCOPE_MAX * (2 * VT_NAME + 40)], text[64];
    vti_show_name(p->name, name, sizeof name);
    vti_show_scope(p, scope, sizeof scope);
    vti_put(t, "<tr><th scope=\"row\">");
    vti_put_html(t, name);
    if (p->reading[0]) vti_put(t, " ");
    vti_put_reading(t, p->reading);
    vti_put(t, "</th>");
    vti_cell(t, "td", NULL, scope[0] ? scope : "all");
    vti_cell(t, "td", NULL, b->source);
    vti_cell(t, "td", NULL, b->type == 'A' ? "A, statistical" : "B, other");
    vti_cell(t, "td", NULL, b->group[0] ? b->group : "–");
    vti_show_number(100.0 * pow(b->c * b->u, 2.0) / total, 2, text, sizeof text);
    vti_cell(t, "td", "n", text);
    vti_put(t, "</tr>\n");
}

void vti_html_budgets(vti_page *p, const vt_result *r)
{
    static const char *const heads[] = {
        "Quantity", "Applies to", "Source", "Type", "Shared group", ">Share of variance (%)", NULL};
    bool any = false;
    for (size_t i = 0; i < vt_result_properties(r); i++) any = any || vt_result_property(r, i)->q.nbudget > 0;
    if (!any) return;
    vti_put(p->out, "<details><summary>Uncertainty budgets</summary>\n");
    vti_table_begin(p, "Where each uncertainty comes from; lines of one shared group move together", heads);
    const size_t n = vt_result_properties(r);
    for (size_t i = 0; i < n && i < BUDGETS_SHOWN; i++) {
        const vt_property *q = vt_result_property(r, i);
        double total = 0.0;
        for (size_t k = 0; k < q->q.nbudget; k++) total += pow(q->q.budget[k].c * q->q.budget[k].u, 2.0);
        for (size_t k = 0; k < q->q.nbudget && total > 0.0; k++) put_budget_line(p->out, q, k, total);
    }
    vti_table_end(p);
    if (n > BUDGETS_SHOWN)
        vti_putf(p->out,
                 "<p class=\"small soft\">Of the first %d of %zu properties; all are in the result folder.</p>\n",
                 BUDGETS_SHOWN, n);
    vti_put(p->out, "</details>\n");
}
