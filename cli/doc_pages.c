/* The pages: commands from their table, experiments, processes and maps from their descriptors. */
#include "doc.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { LINE = 2048 };

/* snprintf at the end of what stands in buf. */
static void add(char *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add(char *buf, const char *fmt, ...)
{
    const size_t n = strlen(buf);
    va_list args;
    va_start(args, fmt);
    vsnprintf(buf + n, LINE - n, fmt, args);
    va_end(args);
}

static bool bounded(double low, double high)
{
    return !(low == 0.0 && high == 0.0);
}

static void add_range(char *buf, double low, double high, const char *unit)
{
    const char *u =
        unit && strcmp(unit, "1") != 0 && strcmp(unit, "text") != 0 && strncmp(unit, "row", 3) != 0 ? unit : "";
    const char *gap = u[0] ? " " : "";
    if (!bounded(low, high)) return;
    if (isfinite(low) && isfinite(high))
        add(buf, "; %.6g to %.6g%s%s", low, high, gap, u);
    else if (isfinite(low))
        add(buf, "; at least %.6g%s%s", low, gap, u);
    else if (isfinite(high))
        add(buf, "; at most %.6g%s%s", high, gap, u);
}

static void add_choices(char *buf, const char *choices)
{
    add(buf, "; one of ");
    for (const char *c = choices; *c;) {
        const size_t n = strcspn(c, "|");
        add(buf, "%s%.*s", c == choices ? "" : ", ", (int)n, c);
        c += n + (c[n] == '|');
    }
}

static void parameter(const doc *d, const vt_param *p)
{
    char term[128], text[LINE] = "";
    const bool dimensional = p->unit && strcmp(p->unit, "1") != 0;
    snprintf(term, sizeof term, dimensional ? "%s [%s]" : "%s", p->name, p->unit);
    add(text, "%s", p->text ? p->text : "");
    if (p->choices) add_choices(text, p->choices);
    if (p->type == VT_FLAG) add(text, "; yes or no");
    if (p->type == VT_LIST) add(text, "; a comma-separated list");
    add_range(text, p->low, p->high, p->unit);
    if (!p->def)
        add(text, "; required");
    else if (p->def[0])
        add(text, "; default %s", p->def);
    doc_item(d, term, text);
}

void doc_parameters(const doc *d, const char *heading, const vt_param *table)
{
    if (!table || !table->name) return;
    doc_heading(d, heading);
    doc_items_begin(d, "parameter | meaning");
    for (const vt_param *p = table; p->name; p++) parameter(d, p);
}

static void column(const doc *d, const vt_column *c)
{
    char term[160], text[LINE] = "";
    const bool words = strcmp(c->unit, "text") == 0, row = strncmp(c->unit, "row", 3) == 0;
    snprintf(term, sizeof term, "%s [%s]", c->name, words ? "text" : row ? "unit in its row" : c->unit);
    add(text, "%s%s", c->text ? c->text : "", c->required ? "" : "; optional");
    if (!words && !row) add_range(text, c->low, c->high, c->unit);
    if (c->aliases) {
        add(text, "; also read as ");
        for (const char *a = c->aliases + (strncmp(c->aliases, "?;", 2) == 0 ? 2 : 0), *first = a; *a;) {
            const size_t n = strcspn(a, ";");
            const size_t mark = a[0] == '!'; /* only tells which name goes before */
            add(text, "%s\"%.*s\"", a == first ? "" : ", ", (int)(n - mark), a + mark);
            a += n + (a[n] == ';');
        }
    }
    doc_item(d, term, text);
}

static void columns(const doc *d, const char *heading, const char *head, const vt_column *table)
{
    if (!table || !table->name) return;
    doc_heading(d, heading);
    doc_items_begin(d, head);
    for (const vt_column *c = table; c->name; c++) column(d, c);
}

static void outputs(const doc *d, const vt_output *table)
{
    if (!table || !table->name) return;
    doc_heading(d, "Properties that come out");
    doc_items_begin(d, "property | meaning");
    for (const vt_output *o = table; o->name; o++) {
        char term[160], text[LINE] = "";
        snprintf(term, sizeof term, "%s [%s]", o->name, o->unit && o->unit[0] ? o->unit : "1");
        if (o->symbol && o->symbol[0]) add(text, "%s: ", o->symbol);
        add(text, "%s", o->text ? o->text : "");
        doc_item(d, term, text);
    }
}

static void prose(const doc *d, const char *details, const char *reference, const char *example)
{
    if (details && details[0]) {
        doc_heading(d, "Model");
        doc_paragraph(d, details);
    }
    if (example && example[0]) {
        doc_heading(d, "Example");
        doc_code(d, example);
    }
    if (reference && reference[0]) {
        doc_heading(d, "Reference");
        doc_paragraph(d, reference);
    }
}

/* Another table that the experiment reads. */
static void form(const doc *d, const vt_form *f)
{
    char heading[160];
    snprintf(heading, sizeof heading, "Columns of a table of form %s", f->name);
    columns(d, heading, "column | meaning", f->columns);
    if (f->text && f->text[0]) doc_paragraph(d, f->text);
}

void doc_experiment(const doc *d, const vt_experiment *e)
{
    char title[128];
    snprintf(title, sizeof title, d->format == DOC_MAN ? "vitrum %s" : "%s (experiment)", e->name);
    doc_title(d, title, e->summary);
    columns(d, "Columns of the table", "column | meaning", e->columns);
    for (const vt_form *f = e->forms; f && f->name; f++) form(d, f);
    if (e->images) {
        char text[LINE] = "";
        add(text, "%s: TIFF (8 or 16 bit, or 32-bit floating point; pages are slices), PNG, or a dataset of HDF5.",
            e->images);
        doc_heading(d, "Pictures");
        doc_paragraph(d, text);
    }
    columns(d, "Metadata lines (# key: value [unit])", "key | meaning", e->metadata);
    doc_parameters(d, "Parameters (--set KEY=VALUE)", e->params);
    outputs(d, e->outputs);
    doc_parameters(d, "Parameters of the virtual instrument (vitrum simulate, --set KEY=VALUE)", e->truth);
    prose(d, e->details, e->reference, e->example);
}

void doc_forecast(const doc *d, const vt_forecast *f)
{
    char title[128];
    const char *kind = f->kind == VT_MAP ? "map" : "process";
    if (d->format == DOC_MAN)
        snprintf(title, sizeof title, "vitrum %s %s", f->kind == VT_MAP ? "map" : "predict", f->name);
    else
        snprintf(title, sizeof title, "%s (%s)", f->name, kind);
    doc_title(d, title, f->summary);
    columns(d, "Columns of tables that it takes", "column | meaning", f->columns);
    doc_parameters(d, "Parameters (--set KEY=VALUE)", f->params);
    outputs(d, f->outputs);
    prose(d, f->details, f->reference, f->example);
}

void doc_registry(const doc *d)
{
    doc_heading(d, "Experiments (vitrum reduce, vitrum simulate)");
    doc_items_begin(d, "experiment | what it gives");
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) doc_item(d, (*e)->name, (*e)->summary);
    doc_heading(d, "Processes (vitrum predict)");
    doc_items_begin(d, "process | what it gives");
    for (const vt_forecast *const *f = VT_FORECASTS; *f; f++)
        if ((*f)->kind == VT_PROCESS) doc_item(d, (*f)->name, (*f)->summary);
    doc_heading(d, "Maps (vitrum map)");
    doc_items_begin(d, "map | what it gives");
    for (const vt_forecast *const *f = VT_FORECASTS; *f; f++)
        if ((*f)->kind == VT_MAP) doc_item(d, (*f)->name, (*f)->summary);
}
