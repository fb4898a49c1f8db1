/* The page: well-formed, self-contained, escaped, the same bytes twice. */
#define _XOPEN_SOURCE 700
#include "check.h"
#include "report/sample.h"
#include "report/scratch.h"
#include <ctype.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <vitrum/card.h>
#include <vitrum/io.h>

#define EVIL "\"><img src=x onerror=alert(1)></style><script>alert('2')</script>&lt;\xFF"

struct page {
    char dir[256];
    vt_result *map, *molding;
    vt_render render;
    char *html;
    size_t size;
    xmlDoc *doc;
};

static void open_page(struct page *p, const char *words, bool draw)
{
    vt_error err = {0};
    *p = (struct page){.html = NULL};
    CHECK(scratch_make(p->dir));
    CHECK_OK(sample_map(&p->map, &err), &err);
    CHECK_OK(sample_molding(&p->molding, &err), &err);
    char folder[600];
    snprintf(folder, sizeof folder, "%s/steps/molding", p->dir);
    CHECK_OK(vt_folder_make(folder, &err), &err);
    const vt_answer answers[2] = {{.label = words, .property = vt_result_property(p->map, 0), .sentence = words},
                                  {.label = words, .text = words}};
    const vt_section sections[2] = {{.heading = words, .text = words, .result = p->map},
                                    {.heading = words, .result = p->molding, .folder = "steps/molding"}};
    const vt_report doc = {.title = words,
                           .question = words,
                           .reference = words,
                           .nanswers = 2,
                           .answers = answers,
                           .nsections = 2,
                           .sections = sections,
                           .nnotes = 1,
                           .notes = &words,
                           .command_line = words,
                           .study_path = words,
                           .study_text = words,
                           .draw = draw};
    CHECK_OK(vt_report_write(p->dir, &doc, &p->render, &err), &err);
    p->html = scratch_text(p->dir, "report.html", &p->size);
    /* the page is written as well-formed XML too, so that a strict parser can judge it */
    p->doc = xmlReadMemory(p->html, (int)p->size, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    if (!p->doc) CHECK_FAILED("the page of %zu bytes is not well-formed", p->size);
}

static void close_page(struct page *p)
{
    if (p->doc) xmlFreeDoc(p->doc);
    free(p->html);
    vt_result_free(p->map);
    vt_result_free(p->molding);
    scratch_remove(p->dir);
}

static xmlNode *next_node(xmlNode *n)
{
    if (n->children && n->type == XML_ELEMENT_NODE) return n->children;
    while (n && !n->next) n = n->parent;
    return n && n->type != XML_DOCUMENT_NODE ? n->next : NULL;
}

static xmlNode *first_node(const struct page *p)
{
    return p->doc ? xmlDocGetRootElement(p->doc) : NULL;
}

static bool is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* Value of an attribute, borrowed from the tree (text of one node); NULL if absent. */
static const char *attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

static size_t count(const struct page *p, const char *name)
{
    size_t k = 0;
    for (xmlNode *n = first_node(p); n; n = next_node(n)) k += is(n, name);
    return k;
}

static bool has_id(const struct page *p, const char *id, size_t length)
{
    for (xmlNode *n = first_node(p); n; n = next_node(n)) {
        const char *v = attribute(n, "id");
        if (v && strlen(v) == length && strncmp(v, id, length) == 0) return true;
    }
    return false;
}

static void ids_are_unique_and_every_link_resolves(void)
{
    struct page p;
    open_page(&p, "Words", true);
    size_t ids = 0, links = 0;
    for (xmlNode *n = first_node(&p); n; n = next_node(n)) {
        const char *id = attribute(n, "id"), *href = attribute(n, "href");
        for (xmlNode *m = id ? next_node(n) : NULL; m; m = next_node(m)) {
            const char *other = attribute(m, "id");
            if (other && strcmp(other, id) == 0) CHECK_FAILED("id %s twice", id);
        }
        ids += id != NULL;
        if (!href) continue;
        links++;
        const bool data = strncmp(href, "data:", 5) == 0;
        if (!data && !(href[0] == '#' && has_id(&p, href + 1, strlen(href + 1)))) CHECK_FAILED("link to %s", href);
    }
    CHECK(ids > 20 && links > 12);
    /* what aria-labelledby names is there */
    for (xmlNode *n = first_node(&p); n; n = next_node(n))
        for (const char *v = attribute(n, "aria-labelledby"); v && *v;) {
            const size_t k = strcspn(v, " ");
            if (!has_id(&p, v, k)) CHECK_FAILED("nothing is named %.*s", (int)k, v);
            v += k + (v[k] == ' ');
        }
    close_page(&p);
}

static void nothing_is_loaded_from_outside(void)
{
    struct page p;
    open_page(&p, "Words", true);
    for (xmlNode *n = first_node(&p); n; n = next_node(n)) {
        static const char *const loads[] = {"src", "href", "srcset", "action", "poster", "data"};
        for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
            const char *v = attribute(n, loads[i]);
            if (v && (strstr(v, "://") || strncmp(v, "//", 2) == 0)) CHECK_FAILED("%s of %s: %s", loads[i], n->name, v);
        }
    }
    CHECK(!strstr(p.html, "@import") && !strstr(p.html, "url(http") && !strstr(p.html, "<script"));
    CHECK(count(&p, "iframe") == 0 && count(&p, "img") == 0 && count(&p, "object") == 0);
    close_page(&p);
}

static void headings_are_in_order_and_tables_have_captions(void)
{
    struct page p;
    open_page(&p, "Words", false);
    int level = 0;
    for (xmlNode *n = first_node(&p); n; n = next_node(n)) {
        if (n->type == XML_ELEMENT_NODE && n->name[0] == 'h' && isdigit(n->name[1]) && !n->name[2]) {
            const int now = n->name[1] - '0';
            if (now > level + 1) CHECK_FAILED("h%d follows h%d", now, level);
            level = now;
        }
        if (is(n, "table")) CHECK(n->children && is(n->children->next, "caption"));
        if (is(n, "th")) CHECK(attribute(n, "scope") != NULL);
    }
    CHECK(count(&p, "h1") == 1 && count(&p, "main") == 1 && count(&p, "table") >= 6);
    CHECK_TEXT(p.html, "<html lang=\"en\">");
    CHECK_TEXT(p.html, "<a class=\"skip\" href=\"#answer\">");
    close_page(&p);
}

static void the_answer_stands_first_with_interval_and_unit(void)
{
    struct page p;
    open_page(&p, "Words", true);
    const char *answer = strstr(p.html, "<section id=\"answer\"");
    CHECK(answer && answer < strstr(p.html, "<section id=\"section-1\""));
    CHECK_TEXT(p.html,
               "<p class=\"number\"><span class=\"value\">99.8 ± 6.4</span> <span class=\"unit\">nm</span></p>");
    CHECK_TEXT(p.html, "95 % interval 87.3 to 113.2 nm <span class=\"badge physics\">physics</span>");
    CHECK_TEXT(p.html, ">3 warnings</a> belong to these numbers");
    CHECK_TEXT(p.html, "<code>W_ENTRANCE</code> pores of 250 nm are shorter than 3 diameters");
    CHECK_TEXT(p.html, "<code class=\"hash\">9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</code>");
    CHECK_TEXT(
        p.html,
        "Viscosity <i>η</i></th><td class=\"s\">temperature 317 °C</td><td class=\"n\">(1.67 ± 0.13) × 10⁹</td>");
    CHECK_TEXT(p.html, "<td class=\"n best\">0.810 <span class=\"badge best\">best</span></td>");
    CHECK_TEXT(p.html, "seed <code>20231</code>");
    if (p.render.drawn > 0) CHECK_TEXT(p.html, ", figures by gnuplot ");
    close_page(&p);
}

/* Any text of the tree contains exactly this text. */
static bool shows(const struct page *p, const char *text)
{
    for (xmlNode *n = first_node(p); n; n = next_node(n))
        if (n->type == XML_TEXT_NODE && strstr((const char *)n->content, text)) return true;
    return false;
}

static void hostile_words_are_shown_and_not_run(void)
{
    struct page p;
    open_page(&p, EVIL, false);
    for (xmlNode *n = first_node(&p); n; n = next_node(n)) {
        for (const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a; a = a->next)
            if (strncmp((const char *)a->name, "on", 2) == 0) CHECK_FAILED("%s of %s", a->name, n->name);
    }
    CHECK(count(&p, "script") == 0 && count(&p, "img") == 0 && count(&p, "style") == 1);
    CHECK(shows(&p, "\"><img src=x onerror=alert(1)></style><script>alert('2')</script>&lt;\xEF\xBF\xBD"));
    close_page(&p);
}

/* Hostile texts where results keep them: names, methods, scopes, inputs, warnings, options, cells. */
static void hostile_results_are_shown_and_not_run(void)
{
    vt_error err = {0};
    char dir[256];
    vt_result *r = NULL;
    vt_table *t = NULL;
    CHECK(scratch_make(dir));
    CHECK_OK(vt_result_create(&r, "experiment", "molding", &err), &err);
    vt_property q = sample_property("<b>n", "<u>_<s>", "paper", 2.5, 0.1, "<m>");
    snprintf(q.method, sizeof q.method, "<script>m");
    q.nscope = 1;
    q.scope[0] = (vt_scope){"<script>k", "<script>v", 0.0, ""};
    snprintf(q.q.budget[0].source, sizeof q.q.budget[0].source, "<script>b");
    CHECK_OK(vt_result_add_property(r, &q, &err), &err);
    const vt_model m = {"<script>o", "<script>g", 1.0, 1.0, NAN, 2};
    CHECK_OK(vt_result_add_model(r, &m, &err), &err);
    CHECK_OK(vt_result_warn(r, &err, "W_X", "<script>%s", "w"), &err);
    CHECK_OK(vt_result_warn(r, &err, "W_Y", "one"), &err);
    CHECK_OK(vt_result_warn(r, &err, "W_X", "<script>%s", "again"), &err);
    CHECK_OK(vt_result_add_input(r, "<script>.csv", "", &err), &err);
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_text(t, "<script>c", 1, (const char *const[]){"<script>x"}, &err), &err);
    CHECK_OK(vt_result_add_curve(r, "c", "<script>t", t, &err), &err);
    const vt_segment s = {"<script>s", 1.0, 2.0, "s", "<script>d"};
    CHECK_OK(vt_result_add_segment(r, &s, &err), &err);
    CHECK_OK(vt_report_result(dir, r, "<script>", false, NULL, &err), &err);
    size_t size;
    char *html = scratch_text(dir, "report.html", &size);
    xmlDoc *doc = xmlReadMemory(html, (int)size, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    CHECK(doc != NULL);
    CHECK(!strstr(html, "<script") && !strstr(html, "<b>") && !strstr(html, "<u>") && !strstr(html, "<m>"));
    size_t shown = 0;
    for (const char *at = html; (at = strstr(at, "&lt;script&gt;")); at++) shown++;
    CHECK(shown >= 12);
    CHECK_TEXT(html, "<li><code>W_X</code> <ul>\n<li>&lt;script&gt;w</li>\n<li>&lt;script&gt;again</li>\n</ul>");
    CHECK_TEXT(html, "not a file"); /* the hash of an input that is not there */
    if (doc) xmlFreeDoc(doc);
    free(html);
    vt_result_free(r);
    scratch_remove(dir);
}

static void the_same_result_gives_the_same_bytes(void)
{
    struct page a, b;
    open_page(&a, "Words", true);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1); /* 2023-11-14 22:13:20 UTC, date -u -d @1700000000 */
    open_page(&b, "Words", true);
    unsetenv("SOURCE_DATE_EPOCH");
    CHECK_TEXT(b.html, ", 2023-11-14.");
    close_page(&b);
    open_page(&b, "Words", true);
    CHECK(a.size == b.size && memcmp(a.html, b.html, a.size) == 0);
    close_page(&a);
    close_page(&b);
}

static void decode(const char *base64, char *out, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long bits = 0;
    size_t n = 0, k = 0;
    for (const char *d; *base64 && *base64 != '=' && (d = strchr(digits, *base64)); base64++) {
        bits = (bits << 6 | (unsigned long)(d - digits)) & 0xFFFFFF;
        if (++k % 4 != 1 && n + 1 < size) out[n++] = (char)(bits >> (6 - 2 * ((k - 1) % 4)) & 255);
    }
    out[n] = '\0';
}

static void what_is_downloaded_is_the_file(void)
{
    struct page p;
    open_page(&p, "Words", false);
    char *csv = scratch_text(p.dir, "figures/mechanism_map.csv", NULL);
    size_t length = strlen(csv), found = 0;
    char *got = malloc(length + 16);
    for (xmlNode *n = first_node(&p); n; n = next_node(n)) {
        const char *name = attribute(n, "download");
        if (!name || strcmp(name, "mechanism_map.csv") != 0) continue;
        decode(strstr(attribute(n, "href"), "base64,") + 7, got, length + 16);
        CHECK(strcmp(got, csv) == 0);
        found++;
    }
    CHECK(found == 1);
    free(got);
    free(csv);
    close_page(&p);
}

/* More than 24 figures: their files are linked, each to one that is there. */
static void a_page_of_many_figures_links_their_files(void)
{
    enum { MANY = 25 };
    vt_error err = {0};
    char dir[256], folder[MANY][16];
    vt_result *r[MANY] = {NULL};
    vt_section sections[MANY];
    CHECK(scratch_make(dir));
    for (size_t i = 0; i < MANY; i++) {
        CHECK_OK(sample_map(&r[i], &err), &err);
        snprintf(folder[i], sizeof folder[i], "steps/%zu", i);
        sections[i] = (vt_section){.heading = "Words", .result = r[i], .folder = folder[i]};
    }
    const vt_report doc = {.title = "Words", .nsections = MANY, .sections = sections};
    CHECK_OK(vt_report_write(dir, &doc, NULL, &err), &err);
    char *html = scratch_text(dir, "report.html", NULL);
    size_t links = 0;
    for (const char *at = html; (at = strstr(at, "<a download=\"")); links++) {
        char path[64] = "";
        at = strstr(at, " href=\"") + 7;
        snprintf(path, sizeof path, "%.*s", (int)strcspn(at, "\""), at);
        if (!scratch_has(dir, path)) CHECK_FAILED("link to %s", path);
    }
    CHECK(links == 2 * MANY); /* data and script: none is drawn */
    free(html);
    for (size_t i = 0; i < MANY; i++) vt_result_free(r[i]);
    scratch_remove(dir);
}

static void without_gnuplot_the_page_says_so(void)
{
    struct page p;
    setenv("VITRUM_GNUPLOT", "no-such-gnuplot", 1);
    open_page(&p, "Words", true);
    unsetenv("VITRUM_GNUPLOT");
    CHECK(p.render.written == 2 && p.render.drawn == 0 && count(&p, "svg") == 0 && count(&p, "figure") == 2);
    CHECK_TEXT(p.html, "no-such-gnuplot was not found (Debian: apt install gnuplot-nox)");
    CHECK_TEXT(p.html, "download=\"lengths.gp\"");
    close_page(&p);
}

static void a_single_result_makes_a_page(void)
{
    vt_error err = {0};
    char dir[256];
    vt_result *r = NULL;
    CHECK(scratch_make(dir));
    CHECK_OK(sample_map(&r, &err), &err);
    CHECK_OK(vt_report_result(dir, r, "vitrum map mechanism", false, NULL, &err), &err);
    char *html = scratch_text(dir, "report.html", NULL);
    CHECK_TEXT(html, "<h1>Mechanism map</h1>");
    CHECK_TEXT(html, "<h3>Maximum critical diameter</h3>");
    CHECK_TEXT(html, "<h3>Glass activation energy</h3>");
    CHECK_TEXT(html, "vitrum map mechanism</code></pre>");
    free(html);
    vt_result_free(r);
    scratch_remove(dir);
}

/* A record of 130 rows: twelve of them, and the file that holds all. */
static void a_long_table_shows_its_head_and_links_to_the_rest(void)
{
    enum { N = 130 };
    vt_error err = {0};
    char dir[256];
    vt_result *r = NULL;
    vt_table *t = NULL;
    double x[N];
    for (int i = 0; i < N; i++) x[i] = 7.5 + i;
    CHECK(scratch_make(dir));
    CHECK_OK(vt_result_create(&r, "experiment", "molding", &err), &err);
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_si(t, "count", "1", N, x, &err), &err);
    CHECK_OK(vt_result_add_curve(r, "record_2", "Record", t, &err), &err);
    CHECK_OK(vt_report_result(dir, r, "vitrum", false, NULL, &err), &err);
    char *html = scratch_text(dir, "report.html", NULL);
    CHECK_TEXT(html, ">18.5</"); /* the twelfth */
    CHECK(!strstr(html, ">19.5</"));
    CHECK_TEXT(html, "<details><summary>"); /* folded */
    CHECK_TEXT(html, ", 130 rows</summary>");
    CHECK_TEXT(html, "The first 12 of 130 rows and 1 of 1 columns; the whole table is <a "
                     "href=\"curves/record_2.csv\">record_2.csv</a>.");
    free(html);
    vt_result_free(r);
    scratch_remove(dir);
}

/* A column with its uncertainty beside it: one unit, the digits that the uncertainty leaves. A temperature is shown in
 * degC and its uncertainty in K. */
static void columns_are_rounded_by_their_uncertainty(void)
{
    enum { N = 2 };
    static const double A1_u[N] = {3.9177e-9, 5.5405e-9}, A1[N] = {37.2474e-9, 1878.9e-9}, T[N] = {293.15, 400.65},
                        T_u[N] = {0.51, 0.52}, other[N] = {0.4444444, 0.5};
    vt_error err = {0};
    char dir[256];
    vt_result *r = NULL;
    vt_table *t = NULL;
    CHECK(scratch_make(dir));
    CHECK_OK(vt_result_create(&r, "experiment", "onchip", &err), &err);
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_si(t, "A1_u", "m", N, A1_u, &err), &err);
    CHECK_OK(vt_table_add_si(t, "A1", "m", N, A1, &err), &err);
    CHECK_OK(vt_table_add_si(t, "temperature", "K", N, T, &err), &err);
    CHECK_OK(vt_table_add_si(t, "temperature_u", "K", N, T_u, &err), &err);
    CHECK_OK(vt_table_add_si(t, "strain", "1", N, other, &err), &err);
    CHECK_OK(vt_table_add_si(t, "strain_u", "m", N, other, &err), &err); /* of another kind */
    CHECK_OK(vt_result_add_curve(r, "c", "Structures", t, &err), &err);
    CHECK_OK(vt_report_result(dir, r, "vitrum", false, NULL, &err), &err);
    char *html = scratch_text(dir, "report.html", NULL);
    const char *table = strstr(html, "Structures"), *row = table ? strstr(table, "<tbody>") : NULL;
    CHECK_TEXT(table, "A1_u (µm)");
    CHECK_TEXT(table, "A1 (µm)");
    CHECK_TEXT(row, ">0.0039</");
    CHECK_TEXT(row, ">0.0372</");
    CHECK_TEXT(row, ">1.8789</");
    CHECK_TEXT(row, ">0.0055</");
    CHECK_TEXT(row, ">20</");
    CHECK_TEXT(row, ">127.5</");
    CHECK_TEXT(row, ">0.44444</");
    free(html);
    vt_result_free(r);
    scratch_remove(dir);
}

static void refuse(const vt_report *doc, vt_status code, const char *part)
{
    vt_error err = {0};
    char dir[256];
    CHECK(scratch_make(dir));
    CHECK(vt_report_write(dir, doc, NULL, &err) == code);
    CHECK_TEXT(err.msg, part);
    CHECK(!scratch_has(dir, "report.html"));
    scratch_remove(dir);
}

static void wrong_reports_are_refused(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    CHECK_OK(sample_map(&r, &err), &err);
    vt_section s[2] = {{.heading = "A", .result = r}, {.heading = "B", .result = r}};
    vt_report doc = {.title = "T", .nsections = 2, .sections = s};
    refuse(&doc, VT_EINTERNAL, "two figures would be figures/mechanism_map");
    doc.nsections = 1;
    static const char *const folders[] = {"../up", "/abs", "a b", "a'b", "-e", "a/", "a//b"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        s[0].folder = folders[i];
        refuse(&doc, VT_EINTERNAL, "is not a plain path below the folder of the page");
    }
    s[0] = (vt_section){.result = r};
    refuse(&doc, VT_EARG, "section 0 has no heading");
    doc.title = NULL;
    refuse(&doc, VT_EARG, "title is NULL");
    CHECK(vt_report_write("no/such/folder", &(vt_report){.title = "T"}, NULL, &err) == VT_EWRITE);
    CHECK(vt_report_result(".", NULL, NULL, false, NULL, &err) == VT_EARG);
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(ids_are_unique_and_every_link_resolves), CHECK_CASE(nothing_is_loaded_from_outside),
           CHECK_CASE(headings_are_in_order_and_tables_have_captions),
           CHECK_CASE(the_answer_stands_first_with_interval_and_unit), CHECK_CASE(hostile_words_are_shown_and_not_run),
           CHECK_CASE(hostile_results_are_shown_and_not_run), CHECK_CASE(the_same_result_gives_the_same_bytes),
           CHECK_CASE(what_is_downloaded_is_the_file), CHECK_CASE(a_page_of_many_figures_links_their_files),
           CHECK_CASE(without_gnuplot_the_page_says_so), CHECK_CASE(a_single_result_makes_a_page),
           CHECK_CASE(a_long_table_shows_its_head_and_links_to_the_rest),
           CHECK_CASE(columns_are_rounded_by_their_uncertainty), CHECK_CASE(wrong_reports_are_refused))
