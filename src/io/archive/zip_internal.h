#pragma once
#include <stdint.h>
#include "io/book/book_internal.h"

/* ZIP archives: the directory at the end, and members one by one, each checked against its CRC-32. (libgsf reads ZIP,
 * too, but keeps the checksums to itself and prints about damaged archives.) */
typedef struct vti_zip_entry {
    char *name;            /* '/' between folders; UTF-8, with '?' for what is none */
    uint32_t size, packed; /* bytes, as the directory says: not to be trusted */
    uint32_t offset, crc, method;
    bool locked; /* encrypted */
} vti_zip_entry;

typedef struct vti_zip {
    const vti_file *file; /* borrowed */
    size_t n;
    vti_zip_entry *entry;
} vti_zip;

bool vti_is_zip(const vti_file *head);
/* VT_EPARSE: damaged, or larger than 4 GiB; VT_ELIMIT: too many members. */
vt_status vti_zip_open(vti_zip **zip, const vti_file *file, vt_error *err);
void vti_zip_close(vti_zip *zip); /* NULL allowed */
/* Member i as a whole, at most `limit` bytes, malloc'd and terminated. VT_EPARSE: damaged or encrypted; VT_ELIMIT. */
vt_status vti_zip_read(const vti_zip *zip, size_t i, size_t limit, char **bytes, size_t *n, vt_error *err);
/* Packed bytes of a member; NULL: they would lie outside the file. */
const unsigned char *vti_zip_packed(const vti_file *file, const vti_zip_entry *entry);

/* What takes a member piece by piece; *enough true: the rest is not wanted. */
typedef struct vti_zip_sink {
    vt_status (*take)(void *state, const char *bytes, size_t n, vt_error *err);
    void *state;
    const bool *enough; /* NULL allowed */
} vti_zip_sink;

/* Member i, piece by piece, checked against its CRC-32 at the end (unless enough came before). Errors as vti_zip_read.
 */
vt_status vti_zip_stream(const vti_zip *zip, size_t i, size_t limit, const vti_zip_sink *sink, vt_error *err);
