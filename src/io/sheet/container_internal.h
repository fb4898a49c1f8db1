#pragma once
#include "io/sheet/sheet_internal.h"

/* What a workbook is made of, shared by its two containers. */
typedef struct vti_sheet_entry {
    char *name;
    char *path;      /* .xlsx: part of the archive */
    uint32_t offset; /* .xls: where its records begin in the stream */
} vti_sheet_entry;

typedef struct vti_xlsx vti_xlsx;

/* Room for the characters of one text. */
typedef struct vti_text_room {
    size_t most;         /* characters: a text is no longer than the stream, nor than its length of 16 bits says */
    unsigned char *wide; /* UTF-16 */
    char *utf8;
} vti_text_room;

/* Records of a stream "Workbook" (BIFF8) or "Book" (BIFF5). */
typedef struct vti_biff {
    unsigned char *bytes;
    size_t size;
    unsigned version;  /* 0x0600: BIFF8, 0x0500: BIFF5 and 7 */
    unsigned codepage; /* of BIFF5 texts */
    vti_text_room room;
} vti_biff;

struct vti_workbook {
    const char *name; /* of the file; borrowed */
    size_t size;      /* of the file */
    size_t nsheets, sheets_room;
    vti_sheet_entry *sheet;
    vti_strings strings;
    vti_xlsx *xlsx; /* one of the two */
    vti_biff biff;
};

/* Adds a sheet; name and path are copied (path NULL allowed). */
vt_status vti_workbook_add(vti_workbook *book, const char *name, const char *path, uint32_t offset, vt_error *err);

/* ---- .xlsx ---- */
vt_status vti_xlsx_open(vti_workbook *book, const void *bytes, vt_error *err); /* size: book->size */
void vti_xlsx_close(vti_xlsx *zip);                                            /* NULL allowed */
vt_status vti_xlsx_cells(vti_workbook *book, size_t i, vti_grid *g, vt_error *err);

/* ---- .xls ---- */
/* The stream that holds the workbook, from an OLE2 file; *stream is malloc'd. */
vt_status vti_ole_stream(const char *name, const void *bytes, size_t size, unsigned char **stream, size_t *n,
                         vt_error *err);
/* Names of the sheets and shared strings from book->biff.bytes. */
vt_status vti_biff_open(vti_workbook *book, vt_error *err);
vt_status vti_biff_cells(vti_workbook *book, size_t i, vti_grid *g, vt_error *err);

/* libgsf and libxml2, once. */
void vti_sheet_libraries(void);
