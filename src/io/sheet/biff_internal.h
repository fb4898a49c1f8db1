#pragma once
#include "io/sheet/container_internal.h"

/* Records of Excel's binary format ([MS-XLS]): u16 number, u16 length, so many bytes. */
enum {
    VTI_BIFF8 = 0x0600,
    VTI_BIFF5 = 0x0500,
    VTI_BIFF_TEXT = 65535 /* characters of a text: its length is a u16 */
};

enum vti_biff_number {
    VTI_BIFF_FORMULA = 0x0006,
    VTI_BIFF_EOF = 0x000A,
    VTI_BIFF_FILEPASS = 0x002F,
    VTI_BIFF_CONTINUE = 0x003C,
    VTI_BIFF_CODEPAGE = 0x0042,
    VTI_BIFF_BOUNDSHEET = 0x0085,
    VTI_BIFF_MULRK = 0x00BD,
    VTI_BIFF_RSTRING = 0x00D6,
    VTI_BIFF_SST = 0x00FC,
    VTI_BIFF_LABELSST = 0x00FD,
    VTI_BIFF_NUMBER = 0x0203,
    VTI_BIFF_LABEL = 0x0204,
    VTI_BIFF_BOOLERR = 0x0205,
    VTI_BIFF_STRING = 0x0207,
    VTI_BIFF_RK = 0x027E,
    VTI_BIFF_BOF = 0x0809
};

typedef struct vti_record {
    unsigned number;
    const unsigned char *p; /* its bytes */
    size_t n;
    size_t next; /* where the next record begins in the stream */
} vti_record;

static inline unsigned vti_u16(const unsigned char *p)
{
    return p[0] | (unsigned)p[1] << 8;
}

static inline uint32_t vti_u32(const unsigned char *p)
{
    return vti_u16(p) | (uint32_t)vti_u16(p + 2) << 16;
}

/* The record at `at`; false: it reaches beyond the end of the stream. */
bool vti_biff_record(const vti_biff *b, size_t at, vti_record *r);

/* A place inside a record that goes on in CONTINUE records. */
typedef struct vti_cursor {
    const vti_biff *b;
    const unsigned char *p, *end; /* of the record it is in */
    size_t next;
} vti_cursor;

vti_cursor vti_cursor_at(const vti_biff *b, const vti_record *r, size_t skip);
/* Room for the longest text of the stream, in b->room. VT_EMEMORY. */
vt_status vti_biff_room(vti_biff *b, const char *name, vt_error *err);
/* `characters` characters of BIFF8 whose flags byte has been read, to room.utf8; *n its bytes. At each CONTINUE record
 * a new flags byte says whether characters are of one or two bytes. false: the stream ends before. */
bool vti_cursor_characters(vti_cursor *c, size_t characters, unsigned flags, size_t *n);
/* A text with its u16 length: of BIFF8 or, in the code page, of BIFF5. */
bool vti_cursor_text(vti_cursor *c, size_t *n);
/* All of the shared strings; damaged ones at the end are left out (a cell that refers to them is refused). */
vt_status vti_biff_strings(vti_workbook *book, const vti_record *sst, vt_error *err);
/* Single bytes of BIFF5, Latin-1 or the like, to b->room.utf8. */
size_t vti_biff_bytes(const vti_biff *b, const unsigned char *p, size_t n);
