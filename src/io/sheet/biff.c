/* The binary workbook (BIFF8, BIFF5): its sheets and shared strings ([MS-XLS] 2.1.7.20). */
#include "io/sheet/biff_internal.h"

bool vti_biff_record(const vti_biff *b, size_t at, vti_record *r)
{
    if (at > b->size || b->size - at < 4) return false;
    r->number = vti_u16(b->bytes + at);
    r->n = vti_u16(b->bytes + at + 2);
    r->p = b->bytes + at + 4;
    if (r->n > b->size - at - 4) return false;
    r->next = at + 4 + r->n;
    return true;
}

static vt_status cut_off(const vti_workbook *book, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, book->name, 0, 0, "the workbook ends before its list of sheets: cut off");
}

static vt_status read_version(vti_workbook *book, const vti_record *r, vt_error *err)
{
    const unsigned version = r->n >= 4 ? vti_u16(r->p) : 0;
    if (r->number != VTI_BIFF_BOF || r->n < 4)
        return vt_fail_at(err, VT_EPARSE, book->name, 0, 0,
                          "the workbook does not begin as one: damaged, or of Excel 4 or older; save it as .xlsx");
    if (version != VTI_BIFF8 && version != VTI_BIFF5)
        return vt_fail_at(err, VT_EPARSE, book->name, 0, 0,
                          "a workbook of version 0x%04X, where BIFF8 (Excel 97 to 2003) and BIFF5 (Excel 5, 95) are "
                          "read; save it as .xlsx",
                          version);
    book->biff.version = version;
    return VT_OK;
}

static vt_status add_sheet(vti_workbook *book, const vti_record *r, vt_error *err)
{
    size_t n = 0;
    bool good = r->n >= 7;
    if (good && r->p[5] != 0) return VT_OK; /* a chart or macros */
    if (good && book->biff.version == VTI_BIFF8) {
        vti_cursor c = vti_cursor_at(&book->biff, r, 8);
        good = r->n >= 8 && vti_cursor_characters(&c, r->p[6], r->p[7], &n);
    } else if (good) {
        good = r->n - 7 >= r->p[6];
        if (good) n = vti_biff_bytes(&book->biff, r->p + 7, r->p[6]);
    }
    if (!good || n == 0)
        return vt_fail_at(err, VT_EPARSE, book->name, 0, 0, "the name of sheet %zu of the workbook is damaged",
                          book->nsheets + 1);
    return vti_workbook_add(book, book->biff.room.utf8, NULL, vti_u32(r->p), err);
}

static vt_status take(vti_workbook *book, const vti_record *r, vt_error *err)
{
    if (r->number == VTI_BIFF_FILEPASS)
        return vt_fail_at(err, VT_EPARSE, book->name, 0, 0,
                          "is an encrypted workbook; open it and save it without a password");
    if (r->number == VTI_BIFF_CODEPAGE && r->n >= 2) book->biff.codepage = vti_u16(r->p);
    if (r->number == VTI_BIFF_BOUNDSHEET) return add_sheet(book, r, err);
    if (r->number == VTI_BIFF_SST && book->strings.n == 0) return vti_biff_strings(book, r, err);
    return VT_OK;
}

vt_status vti_biff_open(vti_workbook *book, vt_error *err)
{
    vti_record r;
    vt_status st = vti_biff_room(&book->biff, book->name, err);
    if (st != VT_OK) return st;
    st = vti_biff_record(&book->biff, 0, &r) ? read_version(book, &r, err) : cut_off(book, err);
    while (st == VT_OK && r.number != VTI_BIFF_EOF)
        st = vti_biff_record(&book->biff, r.next, &r) ? take(book, &r, err) : cut_off(book, err);
    return st;
}
