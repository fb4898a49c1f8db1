/* Model comparison on the page: one line per group of rivals, and every model in detail. */
#include "html_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RIVALS = 12, MODELS_SHOWN = 300 };

static size_t models_of(const vt_result *r)
{
    const size_t n = vt_result_models(r);
    return n < MODELS_SHOWN ? n : MODELS_SHOWN;
}

static bool first_of_group(const vt_result *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(vt_result_model(r, k)->group, vt_result_model(r, i)->group) == 0) return false;
    return true;
}

static const vt_model *best_of(const vt_result *r, const char *group)
{
    const vt_model *best = NULL;
    for (size_t i = 0; i < models_of(r); i++) {
        const vt_model *m = vt_result_model(r, i);
        if (strcmp(m->group, group) == 0 && (!best || m->aicc < best->aicc)) best = m;
    }
    return best;
}

/* Groups whose first model has the same name share a table. */
static const char *family_of(const vt_result *r, const char *group)
{
    for (size_t i = 0; i < models_of(r); i++)
        if (strcmp(vt_result_model(r, i)->group, group) == 0) return vt_result_model(r, i)->name;
    return "";
}

static bool in_family(const vt_result *r, size_t i, const char *family)
{
    return strcmp(family_of(r, vt_result_model(r, i)->group), family) == 0;
}

/* Names of the rivals of a family in order of first appearance; at most RIVALS. */
static size_t rivals_of(const vt_result *r, const char *family, const char *names[RIVALS])
{
    size_t n = 0;
    for (size_t i = 0; i < models_of(r); i++) {
        const char *name = vt_result_model(r, i)->name;
        bool known = !in_family(r, i, family);
        for (size_t k = 0; k < n; k++) known = known || strcmp(names[k], name) == 0;
        if (!known && n < RIVALS) names[n++] = name;
    }
    return n;
}

static const vt_model *model_of(const vt_result *r, const char *group, const char *name)
{
    for (size_t i = 0; i < models_of(r); i++) {
        const vt_model *m = vt_result_model(r, i);
        if (strcmp(m->group, group) == 0 && strcmp(m->name, name) == 0) return m;
    }
    return NULL;
}

static void put_weight(vti_text *t, const vt_model *m, bool best)
{
    char text[64] = "–";
    if (m && m->weight < 0.001)
        snprintf(text, sizeof text, "< 0.001");
    else if (m)
        snprintf(text, sizeof text, "%.3f", m->weight);
    vti_putf(t, "<td class=\"n%s\">", best ? " best" : "");
    vti_put_html(t, text);
    if (best) vti_put(t, " <span class=\"badge best\">best</span>");
    vti_put(t, "</td>");
}

static void put_group_name(vti_text *t, const char *group)
{
    vti_cell(t, "th", NULL, group[0] ? group : "all data");
}

static void weights_by_group(vti_page *p, const vt_result *r, const char *family)
{
    const char *names[RIVALS], *heads[RIVALS + 2] = {"Comparison"};
    char shown[RIVALS][VT_NAME + 1];
    const size_t n = rivals_of(r, family, names);
    for (size_t k = 0; k < n; k++) {
        shown[k][0] = '>';
        vti_show_name(names[k], shown[k] + 1, VT_NAME);
        heads[k + 1] = shown[k];
    }
    heads[n + 1] = NULL;
    vti_table_begin(p, "Akaike weight of each rival, by AICc; near 1: no other explains the data as well", heads);
    for (size_t i = 0; i < models_of(r); i++) {
        if (!first_of_group(r, i) || !in_family(r, i, family)) continue;
        const char *group = vt_result_model(r, i)->group;
        const vt_model *best = best_of(r, group);
        vti_put(p->out, "<tr>");
        put_group_name(p->out, group);
        for (size_t k = 0; k < n; k++) {
            const vt_model *m = model_of(r, group, names[k]);
            put_weight(p->out, m, m && m == best);
        }
        vti_put(p->out, "</tr>\n");
    }
    vti_table_end(p);
}

static void every_model(vti_page *p, const vt_result *r)
{
    static const char *const heads[] = {"Comparison", "Model", ">Parameters", ">AICc", ">Above the best", ">χ²", NULL};
    vti_put(p->out, "<details><summary>Every model in detail</summary>\n");
    vti_table_begin(p, "Models with number of parameters, AICc and χ²", heads);
    for (size_t i = 0; i < models_of(r); i++) {
        const vt_model *m = vt_result_model(r, i);
        char text[64], name[VT_NAME];
        vti_show_name(m->name, name, sizeof name);
        vti_put(p->out, "<tr>");
        put_group_name(p->out, m->group);
        vti_cell(p->out, "td", NULL, name);
        snprintf(text, sizeof text, "%ld", m->parameters);
        vti_cell(p->out, "td", "n", text);
        const double numbers[3] = {m->aicc, m->aicc - best_of(r, m->group)->aicc, m->chi2};
        for (size_t k = 0; k < 3; k++) {
            vti_show_number(numbers[k], 5, text, sizeof text);
            vti_cell(p->out, "td", "n", text);
        }
        vti_put(p->out, "</tr>\n");
    }
    vti_table_end(p);
    vti_put(p->out, "</details>\n");
}

void vti_html_models(vti_page *p, const vt_result *r)
{
    if (models_of(r) == 0) return;
    vti_put(p->out, "<h3>Model comparison</h3>\n");
    for (size_t i = 0; i < models_of(r); i++) {
        const char *family = family_of(r, vt_result_model(r, i)->group);
        bool seen = false;
        for (size_t k = 0; k < i; k++) seen = seen || in_family(r, k, family);
        if (!seen) weights_by_group(p, r, family);
    }
    every_model(p, r);
    if (vt_result_models(r) > MODELS_SHOWN)
        vti_putf(p->out,
                 "<p class=\"small soft\">The first %d of %zu models; all of them are in the result folder.</p>\n",
                 MODELS_SHOWN, vt_result_models(r));
}
