/* Warnings on the page: code and words; those of one code stand together. */
#include "html_internal.h"
#include <string.h>

static size_t same_code(const vt_result *r, size_t from, const char *code)
{
    size_t n = 0;
    for (size_t i = from; i < vt_result_warnings(r); i++) n += strcmp(vt_result_warning_code(r, i), code) == 0;
    return n;
}

/* Was this code met before warning i? */
static bool met(const vt_result *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(vt_result_warning_code(r, k), vt_result_warning_code(r, i)) == 0) return true;
    return false;
}

static void put_messages(vti_text *t, const vt_result *r, size_t first)
{
    const char *code = vt_result_warning_code(r, first);
    const bool several = same_code(r, first, code) > 1;
    if (several) vti_put(t, "<ul>\n");
    for (size_t i = first; i < vt_result_warnings(r); i++) {
        if (strcmp(vt_result_warning_code(r, i), code) != 0) continue;
        if (several) vti_put(t, "<li>");
        vti_put_words(t, vt_result_warning_message(r, i));
        if (several) vti_put(t, "</li>\n");
    }
    if (several) vti_put(t, "</ul>\n");
}

void vti_html_warnings(vti_page *p, const vt_result *r)
{
    if (vt_result_warnings(r) == 0) return;
    vti_put(p->out, "<ul class=\"warnings\">\n");
    for (size_t i = 0; i < vt_result_warnings(r); i++) {
        if (met(r, i)) continue;
        vti_put(p->out, "<li><code>");
        vti_put_html(p->out, vt_result_warning_code(r, i));
        vti_put(p->out, "</code> ");
        put_messages(p->out, r, i);
        vti_put(p->out, "</li>\n");
    }
    vti_put(p->out, "</ul>\n");
}
