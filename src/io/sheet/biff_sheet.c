/* Cells of a sheet of the binary workbook ([MS-XLS] 2.1.7.20.5). Dates stay the numbers that they are. */
#include "io/sheet/biff_internal.h"
#include <math.h>
#include <string.h>

struct sheet {
    vti_workbook *book;
    vti_grid *g;
    long row, column; /* of the formula whose text follows; row -1: none */
};

static double double_at(const unsigned char *p)
{
    const uint64_t bits = vti_u32(p) | (uint64_t)vti_u32(p + 4) << 32;
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* A number in 30 bits: an integer, or the upper half of a double; a hundredth of it if bit 0 is set. */
static double rk(uint32_t bits)
{
    double v;
    if (bits & 2) {
        const uint32_t upper = bits >> 2;
        v = bits & 0x80000000u ? (double)upper - 1073741824.0 : (double)upper; /* 2^30 */
    } else {
        const uint64_t wide = (uint64_t)(bits & ~3u) << 32;
        memcpy(&v, &wide, sizeof v);
    }
    return bits & 1 ? v / 100.0 : v;
}

static vt_status damaged(const struct sheet *s, long row, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, s->g->name, row + 1, 0,
                      "sheet '%s' is damaged in row %ld; save the workbook again", s->g->sheet, row + 1);
}

static vt_status take_mulrk(struct sheet *s, const vti_record *r, vt_error *err)
{
    const long row = (long)vti_u16(r->p), first = (long)vti_u16(r->p + 2);
    const size_t n = r->n >= 6 ? (r->n - 6) / 6 : 0;
    vt_status st = VT_OK;
    if (first + (long)n > VTI_SHEET_COLUMNS) return damaged(s, row, err);
    for (size_t i = 0; i < n && st == VT_OK; i++)
        st = vti_grid_number(s->g, row, first + (long)i, rk(vti_u32(r->p + 6 + 6 * i)), err);
    return st;
}

/* Result of a formula: a double, or by 0xFFFF in its upper end a text that follows, a truth value, an error, nothing.
 */
static vt_status take_formula(struct sheet *s, const vti_record *r, long row, long column, vt_error *err)
{
    if (r->n < 14) return damaged(s, row, err);
    const unsigned char *p = r->p + 6;
    if (vti_u16(p + 6) != 0xFFFF) return vti_grid_number(s->g, row, column, double_at(p), err);
    if (p[0] == 0) {
        s->row = row;
        s->column = column;
        return VT_OK;
    }
    if (p[0] == 1) return vti_grid_own(s->g, row, column, p[2] ? "1" : "0", 1, err);
    return p[0] == 2 ? vti_grid_number(s->g, row, column, (double)NAN, err) : VT_OK;
}

static vt_status take_text(struct sheet *s, const vti_record *r, size_t skip, long row, long column, vt_error *err)
{
    vti_cursor c = vti_cursor_at(&s->book->biff, r, skip);
    size_t n;
    if (!vti_cursor_text(&c, &n)) return damaged(s, row, err);
    return vti_grid_own(s->g, row, column, s->book->biff.room.utf8, n, err);
}

/* A record whose first six bytes are row, column and format. */
static vt_status take_cell(struct sheet *s, const vti_record *r, vt_error *err)
{
    const long row = r->n >= 2 ? (long)vti_u16(r->p) : 0, column = r->n >= 4 ? (long)vti_u16(r->p + 2) : 0;
    const size_t need = r->number == VTI_BIFF_NUMBER ? 14 : r->number == VTI_BIFF_BOOLERR ? 8 : 10;
    if (r->n < (r->number == VTI_BIFF_LABEL || r->number == VTI_BIFF_RSTRING ? 8 : need)) return damaged(s, row, err);
    if (column >= VTI_SHEET_COLUMNS) return damaged(s, row, err);
    s->row = -1;
    switch (r->number) {
    case VTI_BIFF_NUMBER: return vti_grid_number(s->g, row, column, double_at(r->p + 6), err);
    case VTI_BIFF_RK: return vti_grid_number(s->g, row, column, rk(vti_u32(r->p + 6)), err);
    case VTI_BIFF_LABELSST: return vti_grid_shared(s->g, row, column, &s->book->strings, vti_u32(r->p + 6), err);
    case VTI_BIFF_MULRK: return take_mulrk(s, r, err);
    case VTI_BIFF_FORMULA: return take_formula(s, r, row, column, err);
    case VTI_BIFF_BOOLERR:
        if (r->p[7]) return vti_grid_number(s->g, row, column, (double)NAN, err);
        return vti_grid_own(s->g, row, column, r->p[6] ? "1" : "0", 1, err);
    default: return take_text(s, r, 6, row, column, err);
    }
}

static vt_status take(struct sheet *s, const vti_record *r, vt_error *err)
{
    switch (r->number) {
    case VTI_BIFF_NUMBER:
    case VTI_BIFF_RK:
    case VTI_BIFF_MULRK:
    case VTI_BIFF_LABELSST:
    case VTI_BIFF_LABEL:
    case VTI_BIFF_RSTRING:
    case VTI_BIFF_FORMULA:
    case VTI_BIFF_BOOLERR: return take_cell(s, r, err);
    case VTI_BIFF_STRING:
        if (s->row < 0) return VT_OK;
        const long row = s->row;
        s->row = -1;
        return take_text(s, r, 0, row, s->column, err);
    default: return VT_OK;
    }
}

static vt_status read_records(struct sheet *s, size_t at, vt_error *err)
{
    const vti_biff *b = &s->book->biff;
    vti_record r;
    size_t depth = 0; /* of substreams: a chart may stand inside the sheet */
    if (!vti_biff_record(b, at, &r) || r.number != VTI_BIFF_BOF)
        return vt_fail_at(err, VT_EPARSE, s->g->name, 0, 0,
                          "sheet '%s' is not where the workbook says: damaged or cut off", s->g->sheet);
    for (;;) {
        if (!vti_biff_record(b, r.next, &r))
            return vt_fail_at(err, VT_EPARSE, s->g->name, 0, 0, "ends in the middle of sheet '%s': cut off",
                              s->g->sheet);
        if (r.number == VTI_BIFF_EOF && depth-- == 0) return VT_OK;
        if (r.number == VTI_BIFF_BOF) depth++;
        const vt_status st = depth == 0 ? take(s, &r, err) : VT_OK;
        if (st != VT_OK) return st;
        if (s->g->head > 0 && s->g->n > 0 && s->g->cell[s->g->n - 1].row >= s->g->head) return VT_OK;
    }
}

vt_status vti_biff_cells(vti_workbook *book, size_t i, vti_grid *g, vt_error *err)
{
    struct sheet s = {.book = book, .g = g, .row = -1};
    return read_records(&s, book->sheet[i].offset, err);
}
