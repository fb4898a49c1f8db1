/* Anton Paar results export: one line per number (Group, Measurement, Parameter, Unit, Value), made into one row per
 * measurement, one column per parameter. The test is called GROUP_MEASUREMENT, as in the export of the curves. */
#include "io/indenter/indenter_internal.h"
#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP, MEASUREMENT, PARAMETER, UNIT, VALUE, CELLS };
static const char HEADER[] = "Group\tMeasurement\tParameter\tUnit\tValue";

typedef struct export
{
    vti_results results;
    char decimal;
    GHashTable *row;   /* "group\nmeasurement" -> row + 1 */
    GPtrArray *groups; /* texts of each row */
    GPtrArray *tests;
    GArray *lines; /* first line of each row */
}
export;

static bool recognise(const vti_file *file)
{
    char text[VTI_HEAD_TEXT];
    const size_t n = sizeof HEADER - 1;
    vti_transcript_head(file, text);
    return strncmp(text, HEADER, n) == 0 && (text[n] == '\r' || text[n] == '\n' || text[n] == '\t');
}

static vt_status split(const vti_transcript *text, const vti_line *line, char cell[CELLS][VTI_NAME_LIMIT],
                       vt_error *err)
{
    const char *p = line->p, *after;
    for (size_t i = 0; i < CELLS; i++, p = after + 1) {
        const vti_cell c = vti_cell_at(p, line->end, '\t', &after);
        if (c.n >= VTI_NAME_LIMIT / 2)
            return vt_fail_at(err, VT_ELIMIT, text->name, line->number, 0, "cell %zu is longer than %d bytes", i + 1,
                              VTI_NAME_LIMIT / 2);
        vti_cell_text(&c, cell[i], VTI_NAME_LIMIT);
        if (after >= line->end && i + 1 < CELLS)
            return vt_fail_at(err, VT_ESHAPE, text->name, line->number, 0,
                              "the line has %zu of 5 cells (Group, Measurement, Parameter, Unit, Value)", i + 1);
    }
    return VT_OK;
}

/* Row of a measurement, made if it is new. */
static size_t row_of(export *x, char cell[CELLS][VTI_NAME_LIMIT], long line)
{
    char name[2 * VTI_NAME_LIMIT];
    snprintf(name, sizeof name, "%.200s\n%.200s", cell[GROUP], cell[MEASUREMENT]);
    const unsigned row = GPOINTER_TO_UINT(g_hash_table_lookup(x->row, name));
    if (row > 0) return row - 1;
    g_hash_table_insert(x->row, g_strdup(name), GUINT_TO_POINTER(x->tests->len + 1));
    g_ptr_array_add(x->groups, g_strdup(cell[GROUP]));
    g_ptr_array_add(x->tests, g_strdup_printf("%s_%s", cell[GROUP], cell[MEASUREMENT]));
    g_array_append_val(x->lines, line);
    return x->tests->len - 1;
}

static vt_status take_line(export *x, const vti_transcript *text, const vti_line *line, vt_error *err)
{
    char cell[CELLS][VTI_NAME_LIMIT];
    size_t column = 0;
    vt_status st = split(text, line, cell, err);
    if (st != VT_OK) return st;
    if (!cell[GROUP][0] || !cell[MEASUREMENT][0] || !cell[PARAMETER][0])
        return vt_fail_at(err, VT_ESHAPE, text->name, line->number, 0, "group, measurement or parameter is empty");
    st = vti_results_column_of(&x->results, cell[PARAMETER], cell[UNIT], true, line->number, &column, err);
    if (st != VT_OK) return st;
    return vti_results_put_text(&x->results, row_of(x, cell, line->number), column, cell[VALUE], x->decimal,
                                line->number, err);
}

/* ',' if more values have one than a '.'. */
static char decimal_sign(const vti_transcript *text)
{
    vti_lines lines = vti_lines_of(text);
    vti_line line;
    long commas = 0;
    for (int i = 0; i < 1000 && vti_lines_next(&lines, &line); i++)
        for (const char *p = line.end; p > line.p && p[-1] != '\t'; p--) commas += (p[-1] == ',') - (p[-1] == '.');
    return commas > 0 ? ',' : '.';
}

static vt_status make_table(export *x, const vti_transcript *text, size_t size, vti_missing *missing, vt_book *book,
                            vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    const size_t n = x->tests->len;
    if (n == 0) return vt_fail_at(err, VT_ESHAPE, text->name, 1, 0, "a header but no rows below it");
    VT_TRY(st = vti_part_begin(text->name, "", "indents", &t, err));
    for (size_t i = 0; i < n; i++) VT_TRY(st = vt_table_mark_line(t, i, g_array_index(x->lines, long, i), err));
    VT_TRY(st = vt_table_add_text(t, "test", n, (const char *const *)x->tests->pdata, err));
    VT_TRY(st = vt_table_add_text(t, "group", n, (const char *const *)x->groups->pdata, err));
    VT_TRY(st = vti_results_table(&x->results, n, size, t, book, missing, err));
    VT_TRY(st = vti_constant_meta(t, "Poisson's ratio", "poisson_ratio", err));
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
    vti_line line = {0};
    export x = {.results.file = file->name,
                .row = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                .groups = g_ptr_array_new_with_free_func(g_free),
                .tests = g_ptr_array_new_with_free_func(g_free),
                .lines = g_array_new(FALSE, FALSE, sizeof(long))};
    vt_status st;
    VT_TRY(st = vti_transcript_open(file, &text, err));
    x.decimal = decimal_sign(&text);
    vti_lines lines = vti_lines_of(&text);
    (void)vti_lines_next(&lines, &line); /* the header, by which it is recognised */
    while (vti_lines_filled(&lines, &line)) VT_TRY(st = take_line(&x, &text, &line, err));
    st = make_table(&x, &text, file->size, &missing, book, err);
done:
    st = vti_missing_end(&missing, book, st, err);
    vti_results_free(&x.results);
    g_hash_table_destroy(x.row);
    g_ptr_array_free(x.groups, TRUE);
    g_ptr_array_free(x.tests, TRUE);
    g_array_free(x.lines, TRUE);
    vti_transcript_close(&text);
    return st;
}

const vti_format VTI_ANTON_PAAR_RESULTS = {
    .name = "Anton Paar results (text export)", .recognise = recognise, .read = read};
