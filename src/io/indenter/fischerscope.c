/* Fischerscope report (HM2000, WIN-HCU): application and statistics, then one part per indent: "Block : 1   Value : 3",
 * results as "name<TAB>[unit]<TAB>value", how the tangent was laid, and the curve F, h, t below its header. Results
 * have a decimal point, curves that of the machine's language; "------" is no value. Every curve becomes a record, the
 * results one table of indents. The columns of the curve have no unit in the file: mN, um and s are taken if the
 * largest load is that of the line "HM" (N) and the largest depth that of hmax, and otherwise left to be declared. */
#include "base/table_internal.h"
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL = 40 };

typedef struct report {
    const vti_transcript *text;
    vti_results results;
    vti_missing missing;
    size_t rows;          /* indents so far */
    char (*label)[LABEL]; /* "Block 1 Value 3" */
    size_t labels_room;
    long *line; /* of each indent */
    size_t lines_room;
    double F_max, h_max;      /* N, um: of this indent, as the report says; NaN: not */
    bool curve;               /* this indent has one */
    size_t unsure;            /* curves whose units could not be told */
    size_t statistics, words; /* lines that are left out */
} report;

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    text[strcspn(text, "\r\n")] = '\0';
    return strstr(text, "\tName of the application") != NULL;
}

/* Cell i (from 0) of the line between tabs, "" beyond the last. */
static void cell_of(const vti_line *line, int i, char out[VTI_NAME_LIMIT])
{
    const char *p = line->p, *after;
    out[0] = '\0';
    for (;; p = after + 1) {
        const vti_cell c = vti_cell_at(p, line->end, '\t', &after);
        if (i-- == 0) {
            vti_cell_text(&c, out, VTI_NAME_LIMIT);
            return;
        }
        if (after >= line->end) return;
    }
}

/* "Block : 1   Value : 3" */
static bool read_label(const vti_line *line, char label[LABEL])
{
    char text[64], block[12], value[12];
    if (!vti_line_begins(line, "Block :")) return false;
    vti_copy_text(line->p, line->end, text, sizeof text);
    if (sscanf(text, "Block : %9[0-9] Value : %9[0-9]", block, value) != 2) return false;
    if (strcmp(block, "1") == 0)
        snprintf(label, LABEL, "Value %s", value);
    else
        snprintf(label, LABEL, "Block %s Value %s", block, value);
    return true;
}

static vt_status begin_indent(report *r, const char label[LABEL], const vti_line *line, vt_error *err)
{
    if (r->rows >= VTI_BOOK_TABLES - 1)
        return vt_fail_at(err, VT_ELIMIT, r->text->name, line->number, 0, "more than %zu indents", r->rows);
    void *labels = vti_grow(r->label, r->rows, &r->labels_room, sizeof *r->label);
    if (labels) r->label = labels;
    long *lines = vti_grow(r->line, r->rows, &r->lines_room, sizeof *r->line);
    if (lines) r->line = lines;
    if (!labels || !lines) return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", r->rows + 1);
    memcpy(r->label[r->rows], label, LABEL);
    r->line[r->rows++] = line->number;
    r->h_max = (double)NAN;
    r->curve = false;
    return VT_OK;
}

static vt_status put(report *r, const char *name, const char *unit, bool known, const char *text, const vti_line *line,
                     vt_error *err)
{
    size_t column = 0;
    vt_status st = vti_results_column_of(&r->results, name, unit, known, line->number, &column, err);
    const char decimal = strchr(text, ',') && !strchr(text, '.') ? ',' : '.';
    if (st == VT_OK) st = vti_results_put_text(&r->results, r->rows - 1, column, text, decimal, line->number, err);
    return st;
}

/* "We<TAB>[uJ]<TAB>0.1<TAB>79.01%" */
static vt_status take_result(report *r, const vti_line *line, bool *taken, vt_error *err)
{
    char name[VTI_NAME_LIMIT], unit[VTI_NAME_LIMIT], text[VTI_NAME_LIMIT], share[VTI_NAME_LIMIT];
    cell_of(line, 0, name);
    cell_of(line, 1, unit);
    const size_t n = strlen(unit);
    *taken = name[0] && n >= 2 && unit[0] == '[' && unit[n - 1] == ']';
    if (!*taken) return VT_OK;
    unit[n - 1] = '\0';
    cell_of(line, 2, text);
    cell_of(line, 3, share);
    vt_status st = put(r, name, unit + 1, false, text, line, err);
    if (st == VT_OK && strcmp(name, "hmax") == 0 && strcmp(unit + 1, "\xC2\xB5m") == 0) {
        const struct vti_results_cell *c = &r->results.cell[r->results.cells - 1];
        r->h_max = c->value;
    }
    const size_t m = strlen(share);
    if (st != VT_OK || m < 2 || share[m - 1] != '%') return st;
    share[m - 1] = '\0';
    strncat(name, "/Wt", sizeof name - strlen(name) - 1);
    return put(r, name, "%", true, share, line, err);
}

/* "x=    44.65  y=     6.01": no unit. */
static vt_status take_place(report *r, const vti_line *line, bool *taken, vt_error *err)
{
    char text[96], x[24], y[24];
    vti_copy_text(line->p, line->end, text, sizeof text);
    *taken = sscanf(text, "x= %20[-+0-9.,] y= %20[-+0-9.,]", x, y) == 2;
    if (!*taken) return VT_OK;
    const vt_status st = put(r, "position x", "", false, x, line, err);
    return st == VT_OK ? put(r, "position y", "", false, y, line, err) : st;
}

/* "20.95%  -  95.33% Fmax     Epsilon = 0.750" */
static vt_status take_window(report *r, const vti_line *line, bool *taken, vt_error *err)
{
    char text[96], low[24], high[24], epsilon[24];
    vti_copy_text(line->p, line->end, text, sizeof text);
    *taken = sscanf(text, "%20[0-9.,]%% - %20[0-9.,]%% Fmax Epsilon = %20[0-9.,]", low, high, epsilon) == 3;
    if (!*taken) return VT_OK;
    vt_status st = put(r, "fit from", "%", true, low, line, err);
    if (st == VT_OK) st = put(r, "fit to", "%", true, high, line, err);
    return st == VT_OK ? put(r, "Epsilon", "", true, epsilon, line, err) : st;
}

/* "HM  0.299995/    117.0/      0.0=   3928.6": largest load of the next indent, N. */
static bool take_load(report *r, const vti_line *line)
{
    char text[96], load[24];
    vti_copy_text(line->p, line->end, text, sizeof text);
    if (sscanf(text, "HM %20[0-9.]/", load) != 1) return false;
    double v = 0.0;
    if (vt_number_read(load, &v, NULL) != VT_OK) return false;
    r->F_max = v;
    return true;
}

static double largest(const vti_channel *c, size_t n)
{
    double most = 0.0;
    for (size_t i = 0; i < n; i++)
        if (c->values[i] > most) most = c->values[i];
    return most;
}

/* mN, um and s, if the curve has its peak where the report says: printed digits are 1e-3 of the peak or better. */
static bool units_agree(const report *r, const vti_block *b)
{
    if (b->n != 3 || strcmp(b->channel[0].name, "F") != 0 || strcmp(b->channel[1].name, "h") != 0 ||
        strcmp(b->channel[2].name, "t") != 0)
        return false;
    const double F = largest(&b->channel[0], b->rows) / 1e3, h = largest(&b->channel[1], b->rows);
    return fabs(F - r->F_max) <= 5e-3 * r->F_max && fabs(h - r->h_max) <= 5e-3 * r->h_max + 1e-3;
}

static vt_status set_units(report *r, vti_block *b, const vti_line *line, vt_error *err)
{
    static const char *const UNITS[] = {"mN", "um", "s"};
    size_t column = 0;
    if (!units_agree(r, b)) {
        r->unsure++;
        return VT_OK;
    }
    vt_status st = vti_results_column_of(&r->results, "Fmax", "N", true, line->number, &column, err);
    if (st == VT_OK) st = vti_results_put(&r->results, r->rows - 1, column, r->F_max, err);
    for (size_t i = 0; i < 3 && st == VT_OK; i++) {
        st = vt_unit_read(UNITS[i], NULL, &b->channel[i].unit, err);
        b->channel[i].has_unit = st == VT_OK;
    }
    return st;
}

/* The curve whose header is *line. */
static vt_status take_curve(report *r, vti_lines *lines, const vti_line *line, vt_book *book, vt_error *err)
{
    vti_block b = {.file = r->text->name, .separator = '\t', .decimal = '.'};
    vti_lines first = *lines;
    vti_line row;
    vt_status st;
    if (r->curve)
        return vt_fail_at(err, VT_ESHAPE, b.file, line->number, 0, "a second curve of '%s'", r->label[r->rows - 1]);
    if (vti_lines_filled(&first, &row) && memchr(row.p, ',', (size_t)(row.end - row.p))) b.decimal = ',';
    VT_TRY(st = vti_block_header(&b, line, VTI_NAME_BRACKETS, err));
    VT_TRY(st = vti_block_rows(&b, lines, -1, err));
    VT_TRY(st = set_units(r, &b, line, err));
    VT_TRY(st = vti_missing_block(&r->missing, &b, err));
    st = vti_block_table(&b, 0, b.n, r->label[r->rows - 1], "record", book, err);
    r->curve = st == VT_OK;
    r->F_max = (double)NAN;
done:
    vti_block_free(&b);
    return st;
}

static bool is_curve_header(const vti_line *line)
{
    char F[VTI_NAME_LIMIT], h[VTI_NAME_LIMIT];
    cell_of(line, 0, F);
    cell_of(line, 1, h);
    return strcmp(F, "F") == 0 && strcmp(h, "h") == 0;
}

static vt_status take_line(report *r, vti_lines *lines, const vti_line *line, vt_book *book, vt_error *err)
{
    char label[LABEL];
    bool taken = false;
    vt_status st = VT_OK;
    if (read_label(line, label)) return begin_indent(r, label, line, err);
    if (take_load(r, line)) return VT_OK;
    if (r->rows == 0) {
        r->statistics++;
        return VT_OK;
    }
    if (is_curve_header(line)) return take_curve(r, lines, line, book, err);
    if (st == VT_OK) st = take_result(r, line, &taken, err);
    if (st == VT_OK && !taken) st = take_place(r, line, &taken, err);
    if (st == VT_OK && !taken) st = take_window(r, line, &taken, err);
    if (st != VT_OK || taken) return st;
    const char c = line->p[0];
    if ((c >= '0' && c <= '9') || c == '-')
        return vt_fail_at(err, VT_EPARSE, r->text->name, line->number, 0,
                          "a line of numbers without a header 'F h t' above it; the file is damaged: export it again");
    r->words++;
    return VT_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* No two labels may be alike. Sorts `text`. */
static vt_status check_labels(const report *r, const char **text, vt_error *err)
{
    qsort(text, r->rows, sizeof *text, by_text);
    for (size_t i = 1; i < r->rows; i++)
        if (strcmp(text[i - 1], text[i]) == 0)
            return vt_fail_at(err, VT_EKEY, r->text->name, r->line[(text[i] - r->label[0]) / LABEL], 0,
                              "'%s' stands twice in the report", text[i]);
    return VT_OK;
}

static vt_status add_labels(const report *r, vt_table *t, vt_error *err)
{
    const char **text = malloc(r->rows * sizeof *text);
    if (!text) return vt_fail(err, VT_EMEMORY, "no memory for %zu labels", r->rows);
    for (size_t i = 0; i < r->rows; i++) text[i] = r->label[i];
    vt_status st = vt_table_add_text(t, "test", r->rows, text, err);
    if (st == VT_OK) st = check_labels(r, text, err);
    free(text);
    for (size_t i = 0; i < r->rows && st == VT_OK; i++) st = vt_table_mark_line(t, i, r->line[i], err);
    return st;
}

static vt_status add_notes(const report *r, vt_book *book, vt_error *err)
{
    vt_status st = VT_OK;
    if (r->unsure > 0)
        st = vt_table_add_note(
            vti_book_table(book, 0), err,
            "the units of F, h and t of %zu curves are not confirmed by the line HM and hmax: declare "
            "them, --unit F=mN --unit h=um --unit t=s",
            r->unsure);
    else
        st =
            vt_table_add_note(vti_book_table(book, 0), err,
                              "F, h, t have no unit in the file; in mN, um, s every curve has the peak that the report "
                              "gives it");
    if (st == VT_OK)
        st = vti_book_ignore(book, err, "%zu lines of application and statistics, %zu lines of words", r->statistics,
                             r->words);
    return st;
}

static vt_status finish(report *r, size_t size, vt_book *book, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    if (r->rows == 0 || vt_book_tables(book) == 0)
        return vt_fail_at(err, VT_ESHAPE, r->text->name, 1, 0,
                          "a Fischerscope report without curves; export it with the curves (F, h, t)");
    if (r->results.cells == 0) return add_notes(r, book, err); /* curves only */
    VT_TRY(st = vti_part_begin(r->text->name, "results", "indents", &t, err));
    VT_TRY(st = add_labels(r, t, err));
    VT_TRY(st = vti_results_table(&r->results, r->rows, size, t, book, &r->missing, err));
    st = vti_book_add(book, t, err); /* takes it over in any case */
    t = NULL;
    if (st == VT_OK) st = add_notes(r, book, err);
done:
    vt_table_free(t);
    return st;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    report r = {.text = &text, .results.file = file->name, .F_max = (double)NAN, .h_max = (double)NAN};
    vti_line line = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    vti_lines lines = vti_lines_of(&text);
    while (vti_lines_filled(&lines, &line)) VT_TRY(st = take_line(&r, &lines, &line, book, err));
    st = finish(&r, file->size, book, err);
done:
    st = vti_missing_end(&r.missing, book, st, err);
    vti_results_free(&r.results);
    free(r.label);
    free(r.line);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_FISCHERSCOPE = {.name = "Fischerscope report", .recognise = recognise, .read = read};
