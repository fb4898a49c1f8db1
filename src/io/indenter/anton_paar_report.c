/* CSM Instruments / Anton Paar report: "New Report", then one block per quantity:
 *   name<TAB>Data : 1<TAB>value ; [unit]<TAB>Data : 2<TAB>value ; <TAB>Data : 3<TAB>value ; ... Mean, Std Dev, ...
 * It becomes one row per indent. "--.--" is no value; the decimal sign is that of the machine's language. */
#include "io/indenter/indenter_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct report {
    vti_results results;
    char title[VTI_NAME_LIMIT];
    char decimal;
    size_t rows;               /* of the first block */
    char name[VTI_NAME_LIMIT]; /* of the block that is read */
    char unit[VTI_NAME_LIMIT];
    size_t in_block;       /* its values so far */
    size_t begin;          /* its first cell */
    long line, first_line; /* of its first value; of the first of all */
    size_t summaries;      /* lines Mean, Std Dev, ... */
    bool started, full;    /* a block is open; its values are complete */
} report;

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    vti_transcript_head(file, text);
    const char *p = text + strspn(text, " \t\r\n");
    if (strncmp(p, "New Report", 10) != 0) return false;
    p += 10;
    if (p[strspn(p, " \t")] != '\r' && p[strspn(p, " \t")] != '\n') return false;
    return strncmp(p + strspn(p, " \t\r\n"), "---", 3) == 0;
}

/* Up to three cells: what stands left, "Data : n" or "Mean", value. */
static size_t split(const vti_line *line, char cell[3][VTI_NAME_LIMIT])
{
    const char *p = line->p, *after;
    size_t n = 0;
    cell[0][0] = cell[1][0] = cell[2][0] = '\0';
    for (; n < 3; p = after + 1) {
        const vti_cell c = vti_cell_at(p, line->end, '\t', &after);
        vti_cell_text(&c, cell[n++], VTI_NAME_LIMIT);
        if (after >= line->end) break;
    }
    return n;
}

/* The block that ends: its cells get their column now that the unit is known. */
static vt_status end_block(report *r, vt_error *err)
{
    if (!r->started) return VT_OK;
    r->started = false;
    if (r->rows == 0) r->rows = r->in_block;
    if (r->in_block != r->rows)
        return vt_fail_at(
            err, VT_ESHAPE, r->results.file, r->line, 0,
            "'%.60s' has %zu values, the first quantity of the report %zu; the file is damaged: export it "
            "again",
            r->name, r->in_block, r->rows);
    size_t column = 0;
    const bool nu = strcmp(r->unit, "Nu") == 0; /* the symbol of Poisson's ratio stands for its unit */
    const vt_status st = vti_results_column_of(&r->results, r->name, nu ? "" : r->unit, true, r->line, &column, err);
    if (st != VT_OK) return st;
    for (size_t i = r->begin; i < r->results.cells; i++) {
        r->results.cell[i].column = (unsigned)column;
        if (isnan(r->results.cell[i].value)) r->results.column[column].missing++;
    }
    return VT_OK;
}

static bool in_brackets(const char *s)
{
    const size_t n = strlen(s);
    return n >= 2 && s[0] == '[' && s[n - 1] == ']';
}

/* What stands left of "Data : n": the name beside the first value, the unit beside the second. */
static vt_status take_left(report *r, const char *left, size_t n, const vti_line *line, vt_error *err)
{
    if (n == 1) {
        const vt_status st = end_block(r, err);
        if (st != VT_OK) return st;
        if (!left[0]) return vt_fail_at(err, VT_ESHAPE, r->results.file, line->number, 0, "a block without a name");
        snprintf(r->name, sizeof r->name, "%s", left);
        r->unit[0] = '\0';
        r->in_block = 0;
        r->begin = r->results.cells;
        r->line = line->number;
        if (r->first_line == 0) r->first_line = line->number;
        r->started = true;
        r->full = false;
    } else if (n == 2 && in_brackets(left)) {
        snprintf(r->unit, sizeof r->unit, "%.*s", (int)strlen(left) - 2, left + 1);
    } else if (left[0]) {
        return vt_fail_at(err, VT_ESHAPE, r->results.file, line->number, 0, "'%.60s' stands beside value %zu", left, n);
    }
    return VT_OK;
}

static vt_status take_data(report *r, char cell[3][VTI_NAME_LIMIT], const vti_line *line, vt_error *err)
{
    long n = 0;
    vti_cell c = {cell[2], strlen(cell[2]), 0};
    double v = (double)NAN;
    if (vt_integer_read(cell[1] + strlen("Data :"), 1, 10000000, &n, NULL) != VT_OK)
        return vt_fail_at(err, VT_EPARSE, r->results.file, line->number, 0, "'%.40s' is no number of a value", cell[1]);
    const vt_status st = take_left(r, cell[0], (size_t)n, line, err);
    if (st != VT_OK) return st;
    if (!r->started || r->full || (size_t)n != r->in_block + 1)
        return vt_fail_at(err, VT_ESHAPE, r->results.file, line->number, 0,
                          "value %ld follows value %zu; the file is damaged: export it again", n, r->in_block);
    const vti_kind kind = vti_cell_kind(&c, r->decimal, &v, NULL);
    if (kind == VTI_TEXT)
        return vt_fail_at(err, VT_EPARSE, r->results.file, line->number, 0, "'%.60s': '%.40s' is no number", r->name,
                          cell[2]);
    return vti_results_add(&r->results, r->in_block++, kind == VTI_NUMBER ? v : (double)NAN, err);
}

static bool is_summary(const char *word)
{
    static const char *const WORDS[] = {"Mean", "Std Dev", "Min", "Max", "N", "Median"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(word, WORDS[i]) == 0) return true;
    return false;
}

static vt_status take_line(report *r, const vti_line *line, vt_error *err)
{
    char cell[3][VTI_NAME_LIMIT];
    const size_t n = split(line, cell);
    if (n >= 3 && strncmp(cell[1], "Data :", 6) == 0) return take_data(r, cell, line, err);
    if (n >= 3 && is_summary(cell[1])) {
        /* a unit that there was no second value for */
        if (r->started && r->in_block == 1 && !r->unit[0] && in_brackets(cell[0]))
            snprintf(r->unit, sizeof r->unit, "%.*s", (int)strlen(cell[0]) - 2, cell[0] + 1);
        r->full = true;
        r->summaries++;
        return VT_OK;
    }
    if (!r->started && r->rows == 0 && !r->title[0] && n >= 3 && !cell[0][0] && !cell[1][0]) {
        snprintf(r->title, sizeof r->title, "%s", cell[2]);
        return VT_OK;
    }
    const size_t length = strlen(cell[0]);
    if (n == 1 && (strcmp(cell[0], "New Report") == 0 || strspn(cell[0], "-") == length) && r->results.cells == 0)
        return VT_OK;
    return vt_fail_at(
        err, VT_EPARSE, r->results.file, line->number, 0,
        "'%.40s%s%.40s' is neither a value nor a summary of a report; the file is damaged: export it again", cell[0],
        n > 1 ? " | " : "", cell[1]);
}

/* ',' if more values have one than a '.'. */
static char decimal_sign(const vti_transcript *text)
{
    vti_lines lines = vti_lines_of(text);
    vti_line line;
    size_t commas = 0, points = 0;
    for (int i = 0; i < 4000 && vti_lines_next(&lines, &line); i++) {
        char cell[3][VTI_NAME_LIMIT];
        if (split(&line, cell) < 3) continue;
        if (strspn(cell[2], "0123456789") == 0) continue;
        commas += strchr(cell[2], ',') != NULL;
        points += strchr(cell[2], '.') != NULL;
    }
    return commas > points ? ',' : '.';
}

/* "1", "2", ... */
static vt_status add_numbers(vt_table *t, const char *column, size_t n, vt_error *err)
{
    char(*number)[24] = malloc(n * sizeof *number);
    const char **text = malloc(n * sizeof *text);
    vt_status st;
    if (number && text) {
        for (size_t i = 0; i < n; i++) {
            snprintf(number[i], sizeof number[i], "%zu", i + 1);
            text[i] = number[i];
        }
        st = vt_table_add_text(t, column, n, text, err);
    } else {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu labels", n);
    }
    free(number);
    free(text);
    return st;
}

static vt_status make_table(report *r, size_t size, vt_book *book, vti_missing *missing, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    if (r->rows == 0 || r->results.cells == 0)
        return vt_fail_at(err, VT_ESHAPE, r->results.file, 1, 0, "a report without values");
    VT_TRY(st = vti_part_begin(r->results.file, r->title, "indents", &t, err));
    VT_TRY(st = vt_table_mark_line(t, 0, r->first_line, err));
    VT_TRY(st = add_numbers(t, "test", r->rows, err));
    VT_TRY(st = vti_results_table(&r->results, r->rows, size, t, book, missing, err));
    VT_TRY(st = vti_constant_meta(t, "Poisson's ratio", "poisson_ratio", err));
    VT_TRY(st =
               vti_book_ignore(book, err, "%zu lines of summaries (Mean, Std Dev, Min, Max, N, Median)", r->summaries));
    st = vti_book_add(book, t, err); /* takes it over in any case */
    t = NULL;
done:
    vt_table_free(t);
    return st;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    (void)options; /* declared units and names: by the caller */
    vti_transcript text = {0};
    vti_missing missing = {0};
    report r = {.results.file = file->name};
    vti_line line = {0};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    r.decimal = decimal_sign(&text);
    vti_lines lines = vti_lines_of(&text);
    while (vti_lines_filled(&lines, &line)) VT_TRY(st = take_line(&r, &line, err));
    VT_TRY(st = end_block(&r, err));
    st = make_table(&r, file->size, book, &missing, err);
done:
    st = vti_missing_end(&missing, book, st, err);
    vti_results_free(&r.results);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_ANTON_PAAR_REPORT = {.name = "CSM / Anton Paar report", .recognise = recognise, .read = read};
