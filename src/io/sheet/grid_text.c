/* A sheet as tab-separated text, one line per row of the sheet: the reader of text tables does the rest. */
#include "base/number_internal.h"
#include "io/sheet/sheet_internal.h"
#include <stdlib.h>
#include <string.h>

struct writer {
    const vti_grid *g;
    vti_buffer out;
    size_t line;   /* lines that are complete */
    size_t widest; /* cells of the widest row so far: shorter rows are filled up, since empty cells are not stored */
};

static bool put(struct writer *w, const char *p, size_t n)
{
    return vti_buffer_add(&w->out, p, n);
}

/* Quoted, so that a label stays a label; what would break the line becomes a blank. */
static bool put_text(struct writer *w, const char *p)
{
    bool good = put(w, "\"", 1);
    for (; good && *p; p++) {
        const char c = *p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p;
        if (c == '"') good = put(w, "\"", 1);
        good = good && put(w, &c, 1);
    }
    return good && put(w, "\"", 1);
}

static bool put_cell(struct writer *w, const vti_sheet_cell *c)
{
    char number[VTI_NUMBER_TEXT];
    if (c->kind == VTI_SHEET_IS_ERROR) return put(w, "n/a", 3);
    if (c->kind != VTI_SHEET_IS_NUMBER) return put_text(w, vti_grid_string(w->g, c));
    const int n = vti_number_write(c->value.number, number);
    return put(w, number, (size_t)n);
}

static bool put_tabs(struct writer *w, size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n && good; i++) good = put(w, "\t", 1);
    return good;
}

/* The row whose cells are cell[0 ... n); unnamed: its empty first cell is the header of the markers. */
static bool put_row(struct writer *w, const vti_sheet_cell *cell, size_t n, bool unnamed)
{
    bool good = true;
    size_t column = 0;
    for (; good && w->line < cell->row; w->line++) good = put(w, "\n", 1); /* rows that are not stored: empty lines */
    if (unnamed) good = good && put_text(w, "marker");
    for (size_t i = 0; i < n && good; i++) {
        good = put_tabs(w, cell[i].column - column) && put_cell(w, &cell[i]);
        column = cell[i].column;
    }
    if (column + 1 > w->widest) w->widest = column + 1;
    w->line++;
    return good && put_tabs(w, w->widest - column - 1) && put(w, "\n", 1);
}

static bool is_text(const vti_sheet_cell *c)
{
    return c->kind == VTI_SHEET_IS_SHARED || c->kind == VTI_SHEET_IS_OWN;
}

/* Has the sheet a first row of texts whose first cell is empty, and only texts below that cell, some at least? */
static bool has_unnamed_markers(const vti_grid *g)
{
    size_t texts = 0;
    if (g->nrows < 3 || g->row[1] < 2) return false;
    for (size_t i = 0; i < g->row[1]; i++)
        if (!is_text(&g->cell[i]) || g->cell[i].column != i + 1) return false;
    for (size_t r = 1; r < g->nrows; r++) {
        const vti_sheet_cell *c = &g->cell[g->row[r]];
        if (c->column == 0 && !is_text(c)) return false;
        texts += c->column == 0;
    }
    return texts > 0;
}

vt_status vti_grid_to_text(const vti_grid *g, char **text, size_t *size, vt_error *err)
{
    struct writer w = {.g = g};
    const bool unnamed = has_unnamed_markers(g);
    bool good = true;
    if (vti_grid_too_sparse(g, g->nrows, g->columns))
        return vt_fail_at(err, VT_ELIMIT, g->name, 0, 0,
                          "sheet '%s' is mostly empty: %zu cells in %zu rows of up to %zu columns", g->sheet, g->n,
                          g->nrows, g->columns);
    for (size_t r = 0; r < g->nrows && good; r++)
        good = put_row(&w, &g->cell[g->row[r]], g->row[r + 1] - g->row[r], unnamed && r == 0);
    if (!good) {
        free(w.out.p);
        return vt_fail_at(err, VT_ELIMIT, g->name, 0, 0, "sheet '%s' is larger than %d MiB of text, or memory is short",
                          g->sheet, VTI_SHEET_TEXT >> 20);
    }
    *text = w.out.p;
    *size = w.out.n;
    return VT_OK;
}
