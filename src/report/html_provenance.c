/* Where the numbers come from: command, study, inputs, options, constants, seeds, versions. */
#include "html_internal.h"
#include <gsl/gsl_version.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/card.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static void put_inputs(vti_page *p, const vt_result *r, const char *heading)
{
    static const char *const heads[] = {"File", "SHA-256", NULL};
    char caption[256], hex[65];
    if (vt_result_inputs(r) == 0) return;
    snprintf(caption, sizeof caption, "Input files: %.200s", heading);
    vti_table_begin(p, caption, heads);
    for (size_t i = 0; i < vt_result_inputs(r); i++) {
        const char *path = vt_result_input_path(r, i), *sha = vt_result_input_sha256(r, i);
        vt_error unreadable;
        if (!sha[0] && vt_file_sha256(path, hex, &unreadable) == VT_OK) sha = hex;
        vti_put(p->out, "<tr>");
        vti_cell(p->out, "th", "path", path);
        vti_put(p->out, "<td><code class=\"hash\">");
        vti_put_html(p->out, sha[0] ? sha : "not a file");
        vti_put(p->out, "</code></td></tr>\n");
    }
    vti_table_end(p);
}

static void put_options(vti_page *p, const vt_result *r, const char *heading)
{
    static const char *const heads[] = {"Option", ">Value", "Unit", "As given", NULL};
    char caption[256], value[64], pretty[48];
    if (vt_result_options(r) == 0) return;
    snprintf(caption, sizeof caption, "Options: %.200s", heading);
    vti_put(p->out, "<details><summary>Options: ");
    vti_put_words(p->out, heading);
    vti_put(p->out, "</summary>\n");
    vti_table_begin(p, caption, heads);
    for (size_t i = 0; i < vt_result_options(r); i++) {
        const vt_option *o = vt_result_option(r, i);
        vt_unit unit = {.scale = 1.0};
        vti_put(p->out, "<tr>");
        vti_cell(p->out, "th", NULL, o->name);
        if (o->unit[0]) {
            vti_unit_choose(o->name, o->unit, o->value, &unit);
            vti_show_number(vt_unit_from_si(&unit, o->value), 6, value, sizeof value);
        }
        vti_unit_pretty(unit.text, pretty, sizeof pretty);
        vti_cell(p->out, "td", "n", o->unit[0] ? value : "");
        vti_cell(p->out, "td", NULL, o->unit[0] ? pretty : "");
        vti_cell(p->out, "td", NULL, o->text);
        vti_put(p->out, "</tr>\n");
    }
    vti_table_end(p);
    vti_put(p->out, "</details>\n");
}

static void put_constant(vti_text *t, const char *key, const vt_quantity *q, char tag, const char *conditions,
                         const char *source)
{
    const char tag_text[2] = {tag, '\0'};
    char name[VT_NAME];
    vti_shown shown;
    vti_show_name(key, name, sizeof name);
    vti_show_quantity(key, q, q->value, &shown);
    vti_put(t, "<tr>");
    vti_cell(t, "th", NULL, name);
    vti_cell(t, "td", "n", shown.value);
    vti_cell(t, "td", NULL, shown.unit[0] ? shown.unit : "1");
    vti_cell(t, "td", NULL, tag_text);
    vti_cell(t, "td", NULL, conditions);
    vti_cell(t, "td", "m", source);
    vti_put(t, "</tr>\n");
}

static const char *const CONSTANT_HEADS[] = {"Constant", ">Value", "Unit", "Tag", "Conditions", "Source", NULL};

static void begin_constants(vti_page *p, const char *caption)
{
    vti_put(p->out, "<details><summary>");
    vti_put_words(p->out, caption);
    vti_put(p->out,
            "</summary>\n<p class=\"small soft\">Tag A: read in the source; B: in a secondary place; C: derived "
            "here; R: recalled.</p>\n");
    vti_table_begin(p, caption, CONSTANT_HEADS);
}

/* The constants of alloy cards that a computation used. */
static void put_used(vti_page *p, const vt_result *r, const char *heading)
{
    char caption[256];
    if (vt_result_used_constants(r) == 0) return;
    snprintf(caption, sizeof caption, "Constants used: %.200s", heading);
    begin_constants(p, caption);
    for (size_t i = 0; i < vt_result_used_constants(r); i++) {
        const vt_used_constant *c = vt_result_used_constant(r, i);
        vt_quantity q = {.value = c->value, .u = c->u, .low = NAN, .high = NAN};
        memcpy(q.unit, c->unit, sizeof q.unit);
        put_constant(p->out, c->key, &q, c->tag, c->alloy, c->source);
    }
    vti_table_end(p);
    vti_put(p->out, "</details>\n");
}

static void put_card(vti_page *p, const vt_card *card)
{
    char caption[256];
    if (!card || vt_card_constants(card) == 0) return;
    snprintf(caption, sizeof caption, "Constants of %.150s", vt_card_alloy(card));
    begin_constants(p, caption);
    for (size_t i = 0; i < vt_card_constants(card); i++) {
        const vt_constant *c = vt_card_constant(card, i);
        vt_quantity q = {.value = c->value, .u = isnan(c->u) ? 0.0 : c->u, .low = NAN, .high = NAN, .unit = "1"};
        vt_unit unit;
        if (vt_unit_read(c->unit, NULL, &unit, NULL) == VT_OK) snprintf(q.unit, sizeof q.unit, "%s", unit.si);
        put_constant(p->out, c->key, &q, c->tag, c->conditions, c->source);
    }
    vti_table_end(p);
    vti_put(p->out, "</details>\n");
}

static void put_section(vti_page *p, const vt_section *s)
{
    char seed[48];
    if (!s->result) return;
    vti_put(p->out, "<h3>");
    vti_put_words(p->out, s->heading);
    vti_put(p->out, "</h3>\n<p>");
    vti_put_html(p->out, vt_result_kind(s->result));
    vti_put(p->out, " <code>");
    vti_put_html(p->out, vt_result_name(s->result));
    snprintf(seed, sizeof seed, "%" PRIu64, vt_result_seed(s->result));
    vti_putf(p->out, "</code>, seed <code>%s</code></p>\n", seed);
    put_inputs(p, s->result, s->heading);
    put_options(p, s->result, s->heading);
    put_used(p, s->result, s->heading);
    put_card(p, vt_result_card(s->result));
}

static void put_code(vti_text *t, const char *label, const char *code)
{
    vti_putf(t, "<pre tabindex=\"0\" role=\"region\" aria-label=\"%s\"><code>", label);
    vti_put_html(t, code);
    vti_put(t, "</code></pre>\n");
}

static const char *drawn_by(const vti_page *p)
{
    for (size_t i = 0; i < p->ndrawings; i++)
        if (p->drawings[i].drawn_by[0]) return p->drawings[i].drawn_by;
    return "";
}

void vti_html_provenance(vti_page *p)
{
    const vt_report *doc = p->doc;
    vti_text *t = p->out;
    vti_put(t, "<section id=\"provenance\" aria-labelledby=\"provenance-h\">\n"
               "<h2 id=\"provenance-h\">Provenance</h2>\n");
    if (doc->command_line) {
        vti_put(t, "<p>This command repeats the run:</p>\n");
        put_code(t, "Command line", doc->command_line);
    }
    vti_putf(t, "<p>vitrum %s, GSL %s%s", VT_VERSION, gsl_version, drawn_by(p)[0] ? ", figures by " : "");
    vti_put_html(t, drawn_by(p));
    vti_put(t, ". The same inputs and command give the same numbers, whatever the number of threads.</p>\n");
    if (doc->study_text) {
        vti_put(t, "<details><summary>Study file ");
        vti_put_html(t, doc->study_path);
        vti_put(t, "</summary>\n");
        put_code(t, "Study file", doc->study_text);
        vti_put(t, "</details>\n");
    }
    for (size_t i = 0; i < doc->nsections; i++) put_section(p, &doc->sections[i]);
    vti_put(t, "</section>\n");
}
