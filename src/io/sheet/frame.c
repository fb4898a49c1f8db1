/* Rows and columns of a table on a sheet of an instrument. */
#include "io/sheet/frame_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Trimmed copy; false: too long. */
static bool copy(char to[VTI_FRAME_NAME], const char *from)
{
    while (*from == ' ' || *from == '\t') from++;
    size_t n = strlen(from);
    while (n > 0 && (from[n - 1] == ' ' || from[n - 1] == '\t')) n--;
    if (n + 8 > VTI_FRAME_NAME) return false;
    memcpy(to, from, n);
    to[n] = '\0';
    return true;
}

/* A window of depths in the name, "Avg Modulus [100-200 nm]", is no part of it: it is among the inputs, too. */
static void drop_window(char *name)
{
    const size_t n = strlen(name);
    char *open = strrchr(name, '[');
    if (!open || open == name || name[n - 1] != ']' || open[1] < '0' || open[1] > '9') return;
    while (open > name && open[-1] == ' ') open--;
    *open = '\0';
}

static void make_unique(vti_frame *f, vti_frame_column *c)
{
    size_t same = 1;
    const size_t n = strlen(c->name);
    for (size_t i = 0; i < f->ncolumns; i++) {
        const char *other = f->column[i].name;
        same += strncmp(other, c->name, n) == 0 && (other[n] == '\0' || other[n] == '#');
    }
    if (same > 1) snprintf(c->name + n, sizeof c->name - n, "#%zu", same); /* copy() left room */
}

/* Cells of a row of the sheet; *n how many. NULL if the row is empty. */
static const vti_sheet_cell *row_cells(const vti_grid *g, size_t row, size_t *n)
{
    *n = 0;
    for (size_t r = 0; r < g->nrows && g->cell[g->row[r]].row <= row; r++) {
        if (g->cell[g->row[r]].row < row) continue;
        *n = g->row[r + 1] - g->row[r];
        return &g->cell[g->row[r]];
    }
    return NULL;
}

/* InView cuts a name at its comma, "Drift Correction? (1-Y" and "0-N)", and so moves the names behind it by a column.
 */
static bool is_cut(const char *name, const char *next)
{
    return strchr(name, '(') && !strchr(name, ')') && strchr(next, ')') && !strchr(next, '(');
}

static vt_status too_long(const vti_grid *g, size_t row, size_t column, vt_error *err)
{
    return vt_fail_at(err, VT_ELIMIT, g->name, (long)row + 1, 0,
                      "the name or unit of column %zu of sheet '%s' is longer than %d bytes", column + 1, g->sheet,
                      VTI_FRAME_NAME - 8);
}

vt_status vti_frame_open(vti_frame *f, const vti_grid *g, size_t name_row, size_t unit_row, vt_error *err)
{
    size_t n, moved = 0;
    const vti_sheet_cell *names = row_cells(g, name_row, &n);
    f->g = g;
    f->column = calloc(n ? n : 1, sizeof *f->column);
    if (!f->column) return vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for the columns of '%s'", g->sheet);
    for (size_t i = 0; i < n; i++) {
        vti_frame_column c = {.column = names[i].column - moved};
        const char *unit = vti_grid_string(g, vti_grid_at(g, unit_row, c.column));
        if (!copy(c.name, vti_grid_string(g, &names[i])) || !copy(c.unit, unit))
            return too_long(g, name_row, names[i].column, err);
        if (i + 1 < n && is_cut(c.name, vti_grid_string(g, &names[i + 1]))) {
            const size_t used = strlen(c.name), room = sizeof c.name - 8;
            if (snprintf(c.name + used, room - used, ",%s", vti_grid_string(g, &names[i + 1])) >= (int)(room - used))
                return too_long(g, name_row, names[i].column, err);
            i++;
            moved++;
        }
        drop_window(c.name);
        if (!c.name[0]) continue;
        make_unique(f, &c);
        f->column[f->ncolumns++] = c;
    }
    return VT_OK;
}

/* "No value": DBL_MAX (MTS, Agilent), 9.9e37 (SCPI), and the 1e-158 that comes of computing with DBL_MAX. */
static bool is_no_value(double v)
{
    const double a = fabs(v);
    return a >= 1e300 || a == 9.9e37 || a == 9.91e37 || (a > 0.0 && a < 1e-100);
}

static void take_cell(vti_frame_column *c, size_t i, const vti_sheet_cell *cell)
{
    if (!vti_grid_is_number(cell)) { /* a text or an error where numbers belong */
        c->missing++;
    } else if (is_no_value(cell->value.number)) {
        c->missing++;
    } else {
        c->values[i] = cell->value.number;
    }
}

/* Runs over all cells of the rows taken; visit 0 counts kinds, visit 1 takes values. map: column of the sheet to column
 * of the frame + 1. */
static void visit(vti_frame *f, const size_t *map, int pass)
{
    const vti_grid *g = f->g;
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = g->row[f->pick[i]]; k < g->row[f->pick[i] + 1]; k++) {
            if (map[g->cell[k].column] == 0) continue;
            vti_frame_column *c = &f->column[map[g->cell[k].column] - 1];
            if (pass == 1 && c->values) take_cell(c, i, &g->cell[k]);
            if (pass == 0) c->numbers += vti_grid_is_number(&g->cell[k]);
            if (pass == 0) c->texts += *vti_grid_string(g, &g->cell[k]) != '\0';
        }
}

vt_status vti_frame_take(vti_frame *f, size_t *pick, size_t n, vt_error *err)
{
    const vti_grid *g = f->g;
    vt_status st = VT_OK;
    f->pick = pick;
    f->n = n;
    if (vti_grid_too_sparse(g, n, f->ncolumns))
        return vt_fail_at(err, VT_ELIMIT, g->name, 0, 0,
                          "sheet '%s' is mostly empty: %zu cells in %zu rows of %zu columns", g->sheet, g->n, n,
                          f->ncolumns);
    size_t *map = calloc(g->columns + 1, sizeof *map);
    if (!map) return vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for sheet '%s'", g->sheet);
    for (size_t c = 0; c < f->ncolumns; c++) map[f->column[c].column] = c + 1;
    visit(f, map, 0);
    for (size_t c = 0; c < f->ncolumns && st == VT_OK; c++) {
        f->column[c].is_text = f->column[c].numbers == 0 && f->column[c].texts > 0;
        if (f->column[c].is_text || f->column[c].numbers == 0) continue;
        f->column[c].values = malloc(n * sizeof(double));
        if (!f->column[c].values)
            st = vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for %zu rows of '%s'", n, g->sheet);
        for (size_t i = 0; f->column[c].values && i < n; i++) f->column[c].values[i] = (double)NAN;
    }
    if (st == VT_OK) visit(f, map, 1);
    free(map);
    return st;
}

void vti_frame_free(vti_frame *f)
{
    for (size_t c = 0; c < f->ncolumns; c++) free(f->column[c].values);
    free(f->column);
    free(f->pick);
    *f = (vti_frame){0};
}

const vti_sheet_cell *vti_frame_cell(const vti_frame *f, size_t i, size_t column)
{
    return i < f->n ? vti_grid_at(f->g, f->g->cell[f->g->row[f->pick[i]]].row, column) : NULL;
}

long vti_frame_line(const vti_frame *f, size_t i)
{
    return (long)f->g->cell[f->g->row[f->pick[i]]].row + 1;
}
