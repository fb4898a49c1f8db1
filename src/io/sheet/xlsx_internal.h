#pragma once
#include "io/sheet/container_internal.h"

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
    const bool *enough; /* NULL allowed; true: the rest of the part is not wanted */
} vti_xml_reader;

/* Opens the archive alone. */
vt_status vti_xlsx_archive(vti_xlsx **zip, const char *name, const void *bytes, size_t size, vt_error *err);
/* Runs a reader over a part ("xl/workbook.xml"). VT_EPARSE if the part is absent (unless optional) or is not
 * well-formed; document type declarations, and with them entities, are refused. */
vt_status vti_xlsx_part(vti_xlsx *zip, const char *path, bool optional, const vti_xml_reader *reader, vt_error *err);
