/* The report: figures of all sections, then the page. */
#include "html_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vt_status check(const char *dir, const vt_report *doc, vt_error *err)
{
    if (!dir || !doc || !doc->title) return vt_fail(err, VT_EARG, "folder, report or its title is NULL");
    if ((doc->nanswers > 0 && !doc->answers) || (doc->nsections > 0 && !doc->sections) ||
        (doc->nnotes > 0 && !doc->notes))
        return vt_fail(err, VT_EARG, "answers, sections or notes of the report are NULL");
    for (size_t i = 0; i < doc->nanswers; i++)
        if (!doc->answers[i].label) return vt_fail(err, VT_EARG, "answer %zu has no label", i);
    for (size_t i = 0; i < doc->nsections; i++)
        if (!doc->sections[i].heading) return vt_fail(err, VT_EARG, "section %zu has no heading", i);
    return VT_OK;
}

static vt_status collect(const vt_report *doc, vti_drawing **d, size_t *n, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < doc->nsections; i++)
        if (doc->sections[i].result) st = vti_drawings_add(d, n, doc->sections[i].result, doc->sections[i].folder, err);
    return st;
}

vt_status vt_report_write(const char *dir, const vt_report *doc, vt_render *done_, vt_error *err)
{
    vti_drawing *d = NULL;
    vti_text html = {0};
    vt_render counts = {0};
    void *locale = vti_c_locale_begin();
    size_t n = 0;
    vt_status st;
    VT_TRY(st = check(dir, doc, err));
    VT_TRY(st = collect(doc, &d, &n, err));
    VT_TRY(st = vti_drawings_write(dir, n, d, doc->draw, &counts, err));
    vti_page page = {.out = &html, .dir = dir, .doc = doc, .ndrawings = n, .drawings = d, .note = counts.note};
    VT_TRY(st = vti_html_page(&page, err));
    VT_TRY(st = vti_text_save(&html, dir, "report.html", err));
    if (done_) *done_ = counts;
done:
    vti_c_locale_end(locale);
    vti_text_free(&html);
    free(d);
    return st;
}

/* One value, not one of a family over temperatures or specimens. */
static bool stands_alone(const vt_result *r, const vt_property *p)
{
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *o = vt_result_property(r, i);
        if (o != p && strcmp(o->name, p->name) == 0 && strcmp(o->reading, p->reading) == 0) return false;
    }
    return true;
}

/* What runs of standards tell is how others are read, and no answer. */
static bool is_of_standard(const vt_property *p)
{
    for (size_t i = 0; i < p->nscope; i++)
        if (strcmp(p->scope[i].key, "standard") == 0) return true;
    return false;
}

/* Up to three properties for the top of the page: measured ones that stand alone, else measured ones, else
 * the first. */
static size_t choose_answers(const vt_result *r, vt_answer answers[3], char labels[3][VT_NAME])
{
    enum { LOOK = 500 }; /* the answer is not farther down */
    size_t n = 0;
    for (int pass = 0; pass < 3 && n == 0; pass++)
        for (size_t i = 0; i < vt_result_properties(r) && i < LOOK && n < 3; i++) {
            const vt_property *p = vt_result_property(r, i);
            if ((pass < 2 && !(p->q.u > 0.0)) || (pass < 1 && (!stands_alone(r, p) || is_of_standard(p)))) continue;
            vti_show_name(p->name, labels[n], VT_NAME);
            if (n > 0 && strcmp(labels[n], labels[n - 1]) == 0) continue; /* its other reading */
            answers[n] = (vt_answer){.label = labels[n], .property = p, .sentence = p->method[0] ? p->method : NULL};
            n++;
        }
    return n;
}

vt_status vt_report_result(const char *dir, const vt_result *r, const char *command_line, bool draw, vt_render *done_,
                           vt_error *err)
{
    if (!r) return vt_fail(err, VT_EARG, "result is NULL");
    vt_answer answers[3];
    char labels[3][VT_NAME], name[VT_NAME], title[2 * VT_NAME], question[2 * VT_NAME + 32];
    vti_show_name(vt_result_name(r), name, sizeof name);
    const char *kind = vt_result_kind(r);
    const bool map = strcmp(kind, "map") == 0, measured = strcmp(kind, "experiment") == 0;
    snprintf(title, sizeof title, "%s%s", name, map ? " map" : measured ? ": reduced data" : " forecast");
    snprintf(question, sizeof question,
             map        ? "What does the %s map show?"
             : measured ? "What do these data say about %s?"
                        : "What does the %s model forecast?",
             vt_result_name(r));
    const vt_section section = {.heading = map        ? "The map"
                                           : measured ? "The data, reduced"
                                                      : "The forecast",
                                .result = r};
    const vt_report doc = {.title = title,
                           .question = question,
                           .nanswers = choose_answers(r, answers, labels),
                           .answers = answers,
                           .nsections = 1,
                           .sections = &section,
                           .command_line = command_line,
                           .draw = draw};
    return vt_report_write(dir, &doc, done_, err);
}
