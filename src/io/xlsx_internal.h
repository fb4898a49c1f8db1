#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Limits of a workbook: more is refused (VT_ELIMIT), whatever the file says about itself. */
enum {
    VTI_XLSX_PART = 1 << 30,    /* bytes of one part, unpacked */
    VTI_XLSX_TEXT = 512 << 20,  /* bytes of all shared strings, or of the sheet as text */
    VTI_XLSX_STRINGS = 8 << 20, /* shared strings */
    VTI_XLSX_SHEETS = 1024,     /* sheets */
    VTI_XLSX_ROWS = 1 << 20,    /* rows of a sheet: what Excel allows */
    VTI_XLSX_COLUMNS = 1 << 14, /* columns of a sheet: what Excel allows */
    VTI_XLSX_NAME = 256         /* bytes of a name or path inside */
};

/* A growing text. */
typedef struct vti_buffer {
    char *p;
    size_t n, room;
} vti_buffer;

/* Appends; false: no memory, or more than VTI_XLSX_TEXT. */
bool vti_buffer_add(vti_buffer *b, const char *p, size_t n);

/* One element on its way through the reader of a part. attributes as libxml2's SAX2 gives them. */
typedef struct vti_xml_element {
    const char *name; /* local name */
    const unsigned char **attributes;
    int nattributes;
} vti_xml_element;

/* Value of an attribute (local name) into buf; false if it is absent or does not fit. */
bool vti_xml_attribute(const vti_xml_element *e, const char *name, char *buf, size_t size);

/* What a reader of a part gets to see; any returning something else than VT_OK stops. */
typedef struct vti_xml_reader {
    vt_status (*begin)(void *state, const vti_xml_element *e, vt_error *err);
    vt_status (*end)(void *state, const char *name, vt_error *err);
    vt_status (*text)(void *state, const char *p, size_t n, vt_error *err);
    void *state;
} vti_xml_reader;

typedef struct vti_workbook vti_workbook;

vt_status vti_workbook_open(vti_workbook **book, const char *name, const void *bytes, size_t size, vt_error *err);
void vti_workbook_close(vti_workbook *book);

/* Runs a reader over a part ("xl/workbook.xml"). VT_EPARSE if the part is absent (unless optional) or is not
 * well-formed; document type declarations, and with them entities, are refused. */
vt_status vti_workbook_part(vti_workbook *book, const char *path, bool optional, const vti_xml_reader *reader,
                            vt_error *err);

typedef struct vti_strings {
    vti_buffer text; /* strings end to end, each with its terminator */
    size_t *start;
    size_t n, room;
} vti_strings;

vt_status vti_xlsx_strings(vti_workbook *book, const char *name, vti_strings *strings, vt_error *err);
/* Path of the part of a sheet; sheet NULL: the first one. VT_EKEY lists the names there are. */
vt_status vti_xlsx_sheet_path(vti_workbook *book, const char *name, const char *sheet, char path[VTI_XLSX_NAME],
                              vt_error *err);
