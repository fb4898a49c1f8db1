/* The page: head, question, answer, sections. */
#define _POSIX_C_SOURCE 200809L /* gmtime_r */
#include "html_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <vitrum/version.h>

void vti_put_paragraphs(vti_text *t, const char *text)
{
    while (text && *text) {
        while (*text == '\n' || *text == ' ') text++;
        const char *end = strstr(text, "\n\n");
        const size_t n = end ? (size_t)(end - text) : strlen(text);
        vti_text part = {0};
        vti_putn(&part, text, n);
        if (n > 0) {
            vti_put(t, "<p>");
            vti_put_words(t, part.s);
            vti_put(t, "</p>\n");
        }
        if (part.failed) t->failed = true;
        vti_text_free(&part);
        text += n;
    }
}

static void put_head(vti_page *p)
{
    vti_text *t = p->out;
    vti_put(t, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
               "<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    vti_putf(t, "<meta name=\"generator\" content=\"vitrum %s\"/>\n<title>", VT_VERSION);
    vti_put_words(t, p->doc->title);
    vti_put(t, "</title>\n<link rel=\"icon\" href=\"data:,\"/>\n<style>\n");
    for (const char *const *line = VTI_STYLE; *line; line++) vti_put(t, *line);
    vti_put(t, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#answer\">Skip to the answer</a>\n");
}

static void put_header(vti_page *p)
{
    const vt_report *doc = p->doc;
    vti_text *t = p->out;
    vti_put(t, "<header>\n<p class=\"kicker\">vitrum report</p>\n<h1>");
    vti_put_words(t, doc->title);
    vti_put(t, "</h1>\n");
    if (doc->question) {
        vti_put(t, "<p class=\"question\">");
        vti_put_words(t, doc->question);
        vti_put(t, "</p>\n");
    }
    if (doc->reference) {
        vti_put(t, "<p class=\"soft\">Follows ");
        vti_put_words(t, doc->reference);
        vti_put(t, "</p>\n");
    }
    vti_put(t, "</header>\n<nav aria-label=\"Contents\">\n<ol>\n<li><a href=\"#answer\">Answer</a></li>\n");
    for (size_t i = 0; i < doc->nsections; i++) {
        vti_putf(t, "<li><a href=\"#section-%zu\">", i + 1);
        vti_put_words(t, doc->sections[i].heading);
        vti_put(t, "</a></li>\n");
    }
    vti_put(t, "<li><a href=\"#provenance\">Provenance</a></li>\n</ol>\n</nav>\n<main>\n");
}

static void put_number(vti_text *t, const vt_property *p)
{
    vti_shown shown;
    vti_show_quantity(p->name, &p->q, p->q.value, &shown);
    vti_put(t, "<p class=\"number\"><span class=\"value\">");
    vti_put_html(t, shown.value);
    vti_put(t, "</span>");
    if (shown.unit[0]) {
        vti_put(t, " <span class=\"unit\">");
        vti_put_html(t, shown.unit);
        vti_put(t, "</span>");
    }
    vti_put(t, "</p>\n<p class=\"small\">");
    if (shown.range[0]) {
        vti_putf(t, "%.4g %% interval ", 100.0 * p->q.level);
        vti_put_html(t, shown.range);
        vti_put(t, " ");
        vti_put_html(t, shown.unit);
        vti_put(t, " ");
    }
    vti_put_reading(t, p->reading);
    vti_put(t, "</p>\n");
}

static void put_answer(vti_text *t, const vt_answer *a)
{
    vti_put(t, "<div class=\"answer\">\n<h3>");
    vti_put_words(t, a->label);
    vti_put(t, "</h3>\n");
    if (a->property) {
        put_number(t, a->property);
    } else if (a->text) {
        vti_put(t, "<p class=\"words\">");
        vti_put_words(t, a->text);
        vti_put(t, "</p>\n");
    }
    if (a->sentence) {
        vti_put(t, "<p>");
        vti_put_words(t, a->sentence);
        vti_put(t, "</p>\n");
    }
    vti_put(t, "</div>\n");
}

/* How many warnings travel with the answer, and where they stand. */
static void put_warning_count(vti_page *p)
{
    size_t n = 0, first = 0;
    for (size_t i = p->doc->nsections; i-- > 0;) {
        const vt_result *r = p->doc->sections[i].result;
        if (!r || vt_result_warnings(r) == 0) continue;
        n += vt_result_warnings(r);
        first = i + 1;
    }
    if (n == 0) return;
    vti_putf(p->out, "<p><a href=\"#section-%zu-warnings\">%zu warning%s</a> belong%s to these numbers.</p>\n", first,
             n, n == 1 ? "" : "s", n == 1 ? "s" : "");
}

static void put_answers(vti_page *p)
{
    const vt_report *doc = p->doc;
    vti_text *t = p->out;
    vti_put(t, "<section id=\"answer\" aria-labelledby=\"answer-h\">\n<h2 id=\"answer-h\">Answer</h2>\n");
    if (doc->nanswers > 0) {
        vti_put(t, "<div class=\"answers\">\n");
        for (size_t i = 0; i < doc->nanswers; i++) put_answer(t, &doc->answers[i]);
        vti_put(t, "</div>\n");
    } else {
        vti_put(t, "<p>No single number answers this; see what follows.</p>\n");
    }
    if (doc->nnotes > 0) vti_put(t, "<ul>\n");
    for (size_t i = 0; i < doc->nnotes; i++) {
        vti_put(t, "<li>");
        vti_put_words(t, doc->notes[i]);
        vti_put(t, "</li>\n");
    }
    if (doc->nnotes > 0) vti_put(t, "</ul>\n");
    put_warning_count(p);
    if (p->note[0]) {
        vti_put(t, "<p class=\"soft\">");
        vti_put_html(t, p->note);
        vti_put(t, "</p>\n");
    }
    vti_put(t, "</section>\n");
}

static vt_status put_section(vti_page *p, size_t i, vt_error *err)
{
    const vt_section *s = &p->doc->sections[i];
    vti_text *t = p->out;
    vti_putf(t, "<section id=\"section-%zu\" aria-labelledby=\"section-%zu-h\">\n<h2 id=\"section-%zu-h\">", i + 1,
             i + 1, i + 1);
    vti_put_words(t, s->heading);
    vti_put(t, "</h2>\n");
    vti_put_paragraphs(t, s->text);
    if (s->result) {
        const vt_status st = vti_html_figures(p, s->result, err);
        if (st != VT_OK) return st;
        if (vt_result_warnings(s->result) > 0) vti_putf(t, "<h3 id=\"section-%zu-warnings\">Warnings</h3>\n", i + 1);
        vti_html_warnings(p, s->result);
        vti_html_properties(p, s->result);
        vti_html_budgets(p, s->result);
        vti_html_models(p, s->result);
        vti_html_curves(p, s->folder, s->result);
        vti_html_segments(p, s->result);
    }
    vti_put(t, "</section>\n");
    return VT_OK;
}

/* SOURCE_DATE_EPOCH (reproducible-builds.org): the only date that a page may carry. */
static void put_footer(vti_text *t)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL, date[32] = "";
    const long long seconds = epoch && epoch[0] ? strtoll(epoch, &end, 10) : -1;
    const time_t when = (time_t)seconds;
    struct tm day;
    if (seconds >= 0 && *end == '\0' && gmtime_r(&when, &day)) strftime(date, sizeof date, ", %Y-%m-%d", &day);
    vti_putf(t, "</main>\n<footer>\n<p>Made by vitrum %s%s.</p>\n</footer>\n</body>\n</html>\n", VT_VERSION, date);
}

vt_status vti_html_page(vti_page *p, vt_error *err)
{
    vt_status st = VT_OK;
    put_head(p);
    put_header(p);
    put_answers(p);
    for (size_t i = 0; st == VT_OK && i < p->doc->nsections; i++) st = put_section(p, i, err);
    vti_html_provenance(p);
    put_footer(p->out);
    return st == VT_OK ? vti_text_check(p->out, err) : st;
}
