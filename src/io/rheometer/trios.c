/* TA Instruments TRIOS, text export: key and value lines, then for each [step] its name, a row of names, a row of units
 * and the readings, all parted by tabs. A step is read as the plain table that it is once each name bears its unit. */
#include "base/table_internal.h"
#include "io/rheometer/rheometer_internal.h"
#include <stdlib.h>
#include <string.h>

#define STEP "[step]"

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    return strncmp(text, "Filename\t", 9) == 0 && (strstr(text, "\n[File Parameters]") || strstr(text, "\n" STEP));
}

/* Text that is written twice: first counted (p NULL), then into as much room. */
struct text {
    char *p;
    size_t n;
};

static void put(struct text *t, const char *p, size_t n)
{
    if (t->p) memcpy(t->p + t->n, p, n);
    t->n += n;
}

static size_t tabs(const vti_line *line)
{
    size_t n = 0;
    for (const char *p = line->p; p < line->end; p++) n += *p == '\t';
    return n;
}

/* Cell k of the line: *n bytes; none beyond its last. */
static const char *cell(const vti_line *line, size_t k, size_t *n)
{
    const char *p = line->p;
    for (; k > 0 && p; k--) {
        p = memchr(p, '\t', (size_t)(line->end - p));
        if (p) p++;
    }
    *n = 0;
    if (!p) return "";
    const char *end = memchr(p, '\t', (size_t)(line->end - p));
    *n = (size_t)((end ? end : line->end) - p);
    return p;
}

/* "Compliance [1/MPa]". A column of numbers whose unit is left out has none to have: its unit is 1. */
static void put_header(struct text *t, const vti_line *names, const vti_line *units, const vti_line *first)
{
    const size_t columns = tabs(names) + 1;
    for (size_t k = 0; k < columns; k++) {
        char number[64];
        size_t n, u, v;
        double value;
        const char *name = cell(names, k, &n), *unit = cell(units, k, &u), *reading = cell(first, k, &v);
        vti_copy_text(reading, reading + v, number, sizeof number);
        if (k > 0) put(t, "\t", 1);
        put(t, name, n);
        if (u == 0 && vt_number_read(number, &value, NULL) != VT_OK) continue;
        put(t, " [", 2);
        put(t, u ? unit : "1", u ? u : 1);
        put(t, "]", 1);
    }
    put(t, "\n", 1);
}

/* Readings leave out cells at their end that have no value: at most half of them, else the row is cut and is refused.
 */
static void put_row(struct text *t, const vti_line *row, size_t columns, size_t *padded)
{
    const size_t have = tabs(row) + 1;
    put(t, row->p, (size_t)(row->end - row->p));
    if (have < columns && 2 * have >= columns) {
        for (size_t k = have; k < columns; k++) put(t, "\t", 1);
        ++*padded;
    }
    put(t, "\n", 1);
}

/* Lines of the table count from the header that was made for it, which stands in the line of the units. */
static void shift_lines(vt_table *t, long by)
{
    t->header_line += by;
    for (size_t i = 0; i < t->nmarks; i++) t->mark[i].line += by;
}

static vt_status add_step(const vti_transcript *file, const vti_line *label, long units_line, const struct text *t,
                          size_t padded, vt_book *book, vt_error *err)
{
    char name[VTI_NAME_LIMIT];
    vt_table *table = NULL;
    vt_error why = {0};
    vt_status st = vt_table_parse(file->name, t->p, t->n, NULL, &table, &why);
    if (st != VT_OK) {
        if (why.line > 0) why.line += units_line - 1;
        if (err) *err = why;
        return st;
    }
    shift_lines(table, units_line - 1);
    vti_copy_text(label->p, label->end, name, sizeof name);
    VT_TRY(st = vt_table_set_label(table, name, err));
    if (padded)
        VT_TRY(st = vt_table_add_note(table, err, "%zu rows of '%.60s' end before the last column: no value there",
                                      padded, name));
    st = vti_book_add(book, table, err);
    table = NULL;
done:
    vt_table_free(table);
    return st;
}

/* A step of the file; readings from `here` (after the first of them) to `end`. */
struct step {
    vti_line label, names, units, first;
    vti_lines here;
    const char *end;
    size_t padded;
};

static void put_step(struct text *t, struct step *s)
{
    const size_t columns = tabs(&s->names) + 1;
    t->n = s->padded = 0;
    put_header(t, &s->names, &s->units, &s->first);
    for (long blank = s->units.number + 1; blank < s->first.number; blank++) put(t, "\n", 1);
    put_row(t, &s->first, columns, &s->padded);
    vti_lines again = s->here;
    for (vti_line row; vti_lines_next(&again, &row) && row.p < s->end;) put_row(t, &row, columns, &s->padded);
}

/* Name, names of columns, units, readings; *line is the one after them. */
static vt_status read_step(const vti_transcript *file, vti_lines *lines, vti_line *line, bool *more, vt_book *book,
                           vt_error *err)
{
    struct step s = {0};
    struct text t = {0};
    const long at = line->number;
    if (!vti_lines_filled(lines, &s.label) || !vti_lines_filled(lines, &s.names) || !vti_lines_next(lines, &s.units) ||
        !(*more = vti_lines_filled(lines, line)) || *line->p == '[')
        return vt_fail_at(err, VT_ESHAPE, file->name, at, 0,
                          "a step has a name, names of columns, units and readings; this one is cut off");
    if (tabs(&s.names) >= VTI_CHANNELS)
        return vt_fail_at(err, VT_ELIMIT, file->name, s.names.number, 0, "more than %d columns", VTI_CHANNELS);
    s.here = *lines;
    s.first = *line;
    while (*more && *line->p != '[') *more = vti_lines_filled(lines, line);
    s.end = *more ? line->p : file->end;
    put_step(&t, &s);
    t.p = malloc(t.n + 1);
    if (!t.p) return vt_fail(err, VT_EMEMORY, "no memory for %zu bytes of a step", t.n);
    put_step(&t, &s);
    const vt_status st = add_step(file, &s.label, s.units.number, &t, s.padded, book, err);
    free(t.p);
    return st;
}

static vt_status read_trios(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    vti_line line = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    vti_lines lines = vti_lines_of(&text);
    char sample[VTI_NAME_LIMIT] = "", value[VTI_NAME_LIMIT];
    bool more = vti_lines_filled(&lines, &line);
    while (more && !vti_line_begins(&line, STEP)) {
        size_t n;
        const char *key = cell(&line, 0, &n), *of;
        if (n == 11 && memcmp(key, "Sample name", 11) == 0) {
            of = cell(&line, 1, &n);
            vti_copy_text(of, of + n, sample, sizeof sample);
        }
        more = vti_lines_filled(&lines, &line);
    }
    if (!more)
        VT_TRY(st = vt_fail_at(err, VT_ESHAPE, text.name, line.number, 0, "no " STEP ": the file holds no readings"));
    while (more) {
        if (!vti_line_begins(&line, STEP)) {
            vti_copy_text(line.p, line.end, value, sizeof value);
            VT_TRY(st = vt_fail_at(err, VT_EPARSE, text.name, line.number, 0, "'%.60s' is no " STEP, value));
        }
        VT_TRY(st = read_step(&text, &lines, &line, &more, book, err));
    }
    for (size_t i = 0; sample[0] && i < vt_book_tables(book); i++)
        VT_TRY(st = vt_table_add_meta(vti_book_table(book, i), "specimen", sample, 0, err));
done:
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_TRIOS = {.name = "TA Instruments TRIOS (text export)", .recognise = recognise, .read = read_trios};
