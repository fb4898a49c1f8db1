/* Where the table is: separator, decimal sign, header, units row, first row. */
#include "io/table_layout_internal.h"
#include <stdlib.h>
#include <string.h>

static bool is_blank_line(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    return p == end;
}

static bool is_comment(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    return p < end && *p == '#';
}

/* The first lines of the window that are not blank. */
static vt_status take_lines(const vti_source *source, vti_sample *s, vt_error *err)
{
    const size_t bytes = source->end - source->begin;
    s->cells = bytes + 1 < VTI_COLUMN_LIMIT ? bytes + 1 : VTI_COLUMN_LIMIT;
    s->line = calloc(bytes + 1 < VTI_SAMPLE_LINES ? bytes + 1 : VTI_SAMPLE_LINES, sizeof *s->line);
    s->cell = malloc(2 * s->cells * sizeof *s->cell);
    if (!s->line || !s->cell) return vt_fail(err, VT_EMEMORY, "no memory to look at the first lines");
    const char *p = source->window + source->begin, *end = vti_source_lines_end(source);
    long number = source->line;
    while (p < end && s->n < VTI_SAMPLE_LINES) {
        const char *next, *stop = vti_line_end(p, end, &next);
        if (!is_blank_line(p, stop))
            s->line[s->n++] = (vti_sample_line){.p = p, .end = stop, .number = number, .comment = is_comment(p, stop)};
        p = next;
        number++;
    }
    s->whole = p == end && source->finished;
    return VT_OK;
}

static size_t content_lines(const vti_sample *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) n += !s->line[i].comment;
    return n;
}

static size_t first_content(const vti_sample *s)
{
    size_t i = 0;
    while (i < s->n && s->line[i].comment) i++;
    return i;
}

static void settle(const vti_sample *s, const vti_candidate *c, vti_layout *l)
{
    const vti_sample_line *h = &s->line[c->header];
    l->separator = s->separator;
    l->decimal = s->decimal;
    l->header = h->p;
    l->header_end = h->end;
    l->header_line = h->number;
    l->columns = s->separator == ' ' ? s->line[c->row].shape.used : h->shape.used;
    if (c->units != c->header) {
        l->units = s->line[c->units].p;
        l->units_end = s->line[c->units].end;
        l->units_line = s->line[c->units].number;
    }
    l->rows = s->line[c->row].p;
    l->rows_line = s->line[c->row].number;
    for (size_t i = 0; i < c->header; i++) l->skipped += !s->line[i].comment;
}

/* numpy and NETZSCH write the header into the last '#' line above the numbers. */
static bool settle_comment_header(vti_sample *s, const vti_candidate *c, vti_layout *l)
{
    if (c->row == 0 || !s->line[c->row - 1].comment) return false;
    vti_sample_line *h = &s->line[c->row - 1];
    const char *p = h->p;
    while (p < h->end && (*p == '#' || *p == ' ' || *p == '\t')) p++;
    const size_t wanted = s->line[c->row].shape.used;
    if (vti_header_cells(p, h->end, s->separator, wanted, s->cell, s->cells) != wanted) return false;
    for (size_t i = 0; i < wanted; i++) {
        double v;
        if (vti_cell_kind(&s->cell[i], s->decimal, &v, NULL) != VTI_TEXT) return false;
    }
    const vti_candidate with = {.header = c->row - 1, .units = c->row - 1, .row = c->row};
    settle(s, &with, l);
    l->header = p;
    l->columns = wanted;
    l->header_comment = true;
    return true;
}

/* Every line has as many cells as the first: a table without numbers. */
static bool settle_all_text(vti_sample *s, vti_layout *l)
{
    const size_t first = first_content(s);
    const size_t k = s->line[first].shape.used;
    if (k < 2 || s->line[first].shape.empty > 0 || content_lines(s) < 2) return false;
    size_t row = s->n;
    for (size_t i = first + 1; i < s->n; i++) {
        if (s->line[i].comment) continue;
        if (row == s->n) row = i;
        if (s->line[i].shape.used > k || s->line[i].shape.total < k) return false;
    }
    const vti_candidate c = {.header = first, .units = first, .row = row};
    settle(s, &c, l);
    return true;
}

static const char *separated(char separator)
{
    switch (separator) {
    case '\t': return "separated by tabs";
    case ';': return "separated by semicolons";
    case ' ': return "separated by two blanks or more";
    default: return "separated by commas";
    }
}

/* Rows of numbers below a line of names that does not fit them. */
static vt_status refuse_numbers(const vti_source *source, const vti_sample *s, size_t row, vt_error *err)
{
    while (row > 0 && !s->line[row - 1].comment && s->line[row - 1].shape.numbers > 0) row--;
    const vti_sample_line *r = &s->line[row], *h = row > 0 ? r - 1 : NULL;
    const bool named = h && !h->comment && h->shape.texts > 0;
    if (named && (h->shape.used > 1 || memchr(h->p, '[', (size_t)(h->end - h->p))))
        return vt_fail_at(err, VT_ESHAPE, source->name, r->number, 0,
                          "the row has %zu cells, the header in line %ld names %zu columns%s", r->shape.total,
                          h->number, h->shape.used,
                          s->separator == ',' ? "; with decimal commas separate the cells by semicolon or tab" : "");
    return vt_fail_at(
        err, VT_EPARSE, source->name, r->number, 0,
        "rows of numbers begin here without a header; write a line above them that names the columns (%zu, "
        "%s), such as 'time [s]%sload [mN]'",
        r->shape.used, separated(s->separator),
        s->separator == '\t'  ? "<tab>"
        : s->separator == ' ' ? "  "
        : s->separator == ';' ? ";"
                              : ",");
}

static vt_status refuse(const vti_source *source, const vti_sample *s, const vti_candidate *numbers, vt_error *err)
{
    const size_t lines = content_lines(s), first = first_content(s);
    if (s->n == 0 && !source->finished && vti_source_lines_end(source) == source->window + source->begin)
        return vt_fail_at(err, VT_ELIMIT, source->name, source->line, 0,
                          "the first line does not end within %zu bytes; is this a text table?",
                          source->end - source->begin);
    if (lines == 0)
        return vt_fail_at(err, VT_ESHAPE, source->name, 0, 0,
                          s->n == 0 ? "the file is empty" : "the file has comments only, no table");
    if (numbers->found) return refuse_numbers(source, s, numbers->row, err);
    if (lines == 1 && s->whole)
        return vt_fail_at(err, VT_ESHAPE, source->name, s->line[first].number, 0, "a header but no rows below it");
    return vt_fail_at(err, VT_EPARSE, source->name, s->line[first].number, 0,
                      "no table found: in the first %zu lines no header line such as 'time [s],load [mN]' is followed "
                      "by rows of numbers",
                      s->n);
}

/* Reports that instruments write beside their tables, known by their first line. */
static vt_status refuse_report(const vti_source *source, const vti_sample *s, vt_error *err)
{
    static const struct {
        const char *part, *kind;
    } REPORTS[] = {{"\tName of the application", "a Fischerscope report (statistics and curves in many blocks)"},
                   {"New Report", "a CSM / Anton Paar report (one block per property)"},
                   {"Method Name :", "a description of an MTS / Agilent test method"}};
    if (s->n == 0) return VT_OK;
    char line[128];
    const vti_cell c = {s->line[0].p, (size_t)(s->line[0].end - s->line[0].p), 0};
    vti_cell_text(&c, line, sizeof line);
    for (size_t i = 0; i < sizeof REPORTS / sizeof *REPORTS; i++)
        if (strstr(line, REPORTS[i].part))
            return vt_fail_at(err, VT_EPARSE, source->name, s->line[0].number, 0,
                              "is %s, not a table; export the curves or results as a table with one header",
                              REPORTS[i].kind);
    return VT_OK;
}

/* Header and units row, and nothing else. */
static bool is_header_only(const vti_sample *s)
{
    if (!s->whole || content_lines(s) != 2) return false;
    const size_t first = first_content(s);
    const vti_sample_line *h = &s->line[first], *u = h + 1;
    if (u->comment || h->shape.numbers + u->shape.numbers > 0 || u->shape.used > h->shape.used) return false;
    return u->p[0] == '[' || u->p[0] == '(';
}

/* Tries the separators; keeps in s the one that fits best. */
static vti_candidate choose(vti_sample *s, const char *separators, vti_candidate *headless)
{
    vti_candidate best = {0};
    char separator = separators[0];
    *headless = (vti_candidate){0};
    char headless_separator = separator;
    for (const char *c = separators; *c; c++) {
        if (*c == ' ' && (best.found || headless->weight > 0) && headless->weight > s->n) break;
        s->separator = *c;
        vti_sample_measure(s);
        const vti_candidate headed = vti_sample_headed(s), bare = vti_sample_headless(s);
        if (headed.weight > best.weight) {
            best = headed;
            separator = *c;
        }
        if (bare.weight > headless->weight) {
            *headless = bare;
            headless_separator = *c;
        }
    }
    /* A block of numbers that no header owns, larger than the best table with a header? */
    if (best.found && headless->weight > best.numbers && (headless->row < best.row || headless->row > best.last))
        best.found = false;
    s->separator = best.found ? separator : headless_separator;
    vti_sample_measure(s);
    return best;
}

vt_status vti_layout_find(const vti_source *source, char forced, vti_layout *layout, vt_error *err)
{
    vti_sample s = {0};
    vti_layout l = {0};
    vt_status st = take_lines(source, &s, err);
    if (st == VT_OK) st = refuse_report(source, &s, err);
    if (st != VT_OK) goto done;
    const char one[2] = {forced, '\0'};
    const char *separators = forced ? one : "\t;, ";
    vti_candidate headless;
    const vti_candidate headed = choose(&s, separators, &headless);
    if (headed.found) {
        settle(&s, &headed, &l);
    } else if (!(headless.found && settle_comment_header(&s, &headless, &l))) {
        bool found = false;
        const char *all = forced ? one : "\t;,";
        for (const char *c = all; *c && !found && !headless.found && first_content(&s) < s.n; c++) {
            s.separator = *c;
            vti_sample_measure(&s);
            if (is_header_only(&s)) {
                st = vt_fail_at(err, VT_ESHAPE, source->name, s.line[first_content(&s)].number, 0,
                                "a header but no rows below it");
                goto done;
            }
            found = settle_all_text(&s, &l);
        }
        if (!found) st = refuse(source, &s, &headless, err);
    }
    if (st == VT_OK && l.columns >= VTI_COLUMN_LIMIT)
        st = vt_fail_at(err, VT_ELIMIT, source->name, l.header_line, 0, "the header names %d columns or more",
                        VTI_COLUMN_LIMIT);
    if (st == VT_OK) *layout = l;
done:
    free(s.line);
    free(s.cell);
    return st;
}
