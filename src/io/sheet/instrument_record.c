/* The record of one test: a sheet with names, units, segment markers in the first column, and "END". */
#include "base/table_internal.h"
#include "io/sheet/instrument_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const vti_grid *g, size_t row, size_t column)
{
    return vti_grid_string(g, vti_grid_at(g, row, column));
}

/* Averages over tests have the layout of a test, but for the name of the first column. */
static bool is_marker(const char *text)
{
    return strstr(text, "Segment Type") || strstr(text, "Marker");
}

bool vti_is_record(const vti_grid *g, bool *inview)
{
    const char *first = text_at(g, 0, 0);
    *inview = strcmp(first, "Markers") == 0;
    if (!*inview && strcmp(first, "Segment") != 0 && (first[0] || !is_marker(text_at(g, 2, 0)))) return false;
    if (g->nrows < 3 || g->cell[g->row[0]].row != 0 || g->cell[g->row[1]].row != 1) return false;
    size_t names = 0, units = 0;
    for (size_t i = 0; i < g->row[2]; i++) { /* both rows are of texts */
        if (!*vti_grid_string(g, &g->cell[i])) return false;
        names += i < g->row[1] && g->cell[i].column > 0;
        units += i >= g->row[1];
    }
    return names >= 2 && units >= 1;
}

/* Does row r (index into g->row) hold a number? */
static bool has_number(const vti_grid *g, size_t r)
{
    for (size_t i = g->row[r]; i < g->row[r + 1]; i++)
        if (g->cell[i].column > 0 && vti_grid_is_number(&g->cell[i])) return true;
    return false;
}

static const char *marker_of(const vti_grid *g, size_t r)
{
    const vti_sheet_cell *c = &g->cell[g->row[r]];
    return c->column == 0 ? vti_grid_string(g, c) : "";
}

/* Rows from the third to the last with a number before "END"; *pick is malloc'd. */
static vt_status pick_rows(const vti_grid *g, size_t **pick, size_t *n, size_t *end, vt_error *err)
{
    size_t last = 1;
    *end = g->nrows;
    for (size_t r = 2; r < g->nrows && *end == g->nrows; r++) {
        if (has_number(g, r))
            last = r;
        else if (strcmp(marker_of(g, r), "END") == 0)
            *end = r;
    }
    *n = last - 1;
    *pick = malloc((*n ? *n : 1) * sizeof **pick);
    if (!*pick) return vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for %zu rows of '%s'", *n, g->sheet);
    for (size_t i = 0; i < *n; i++) (*pick)[i] = i + 2;
    return VT_OK;
}

/* Markers below the end belong to no reading. */
static void look_below(vti_instrument *in, const vti_grid *g, size_t end)
{
    for (size_t r = end + 1; r < g->nrows; r++) {
        const char *marker = marker_of(g, r);
        if (!*marker) continue;
        in->late++;
        snprintf(in->late_marker, sizeof in->late_marker, "%.60s", marker);
        return;
    }
}

long vti_test_number(const char *label, bool *named)
{
    size_t n = strlen(label), digits = 0;
    while (digits < n && digits < 9 && label[n - 1 - digits] >= '0' && label[n - 1 - digits] <= '9') digits++;
    long value = digits ? 0 : -1;
    for (size_t i = n - digits; i < n; i++) value = 10 * value + (label[i] - '0');
    n -= digits;
    while (n > 0 && label[n - 1] == ' ') n--;
    *named = digits > 0 && n == 4 && memcmp(label, "Test", 4) == 0;
    return value;
}

static vt_status add_test(vti_instrument *in, vt_table *t, const char *label, size_t sheet, vt_error *err)
{
    vti_test *room = vti_grow(in->test, in->n, &in->room, sizeof *room);
    if (!room) return vt_fail(err, VT_EMEMORY, "no memory for %zu tests", in->n + 1);
    in->test = room;
    vti_test *test = &room[in->n++];
    *test = (vti_test){.table = t, .label = label, .order = sheet};
    test->number = vti_test_number(label, &test->named);
    return VT_OK;
}

vt_status vti_take_record(vti_instrument *in, const vti_grid *g, size_t sheet, vt_error *err)
{
    vti_frame f = {0};
    vt_table *t = NULL;
    size_t *pick = NULL, n, end;
    vt_status st;
    VT_TRY(st = pick_rows(g, &pick, &n, &end, err));
    if (n == 0) {
        free(pick);
        return vti_book_ignore(in->book, err, "sheet '%.100s': the record of a test without readings", g->sheet);
    }
    st = vti_frame_open(&f, g, 0, 1, err);
    if (st != VT_OK) free(pick);
    VT_TRY(st);
    VT_TRY(st = vti_frame_take(&f, pick, n, err));
    VT_TRY(st = vti_frame_table(&f, g->sheet, "record", &t, err));
    VT_TRY(st = vti_frame_text(&f, 0, "marker", t, err));
    VT_TRY(st = vti_sheet_count_missing(in, &f, err));
    VT_TRY(st = vti_frame_columns(&f, t, err));
    VT_TRY(st = add_test(in, t, vti_workbook_sheet(in->workbook, sheet), sheet, err));
    t = NULL;
    look_below(in, g, end);
done:
    vt_table_free(t);
    vti_frame_free(&f);
    return st;
}
