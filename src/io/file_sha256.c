/* SHA-256 of a file, for provenance. */
#include "io/file_internal.h"
#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

enum { CHUNK = 1 << 16 };

vt_status vt_file_sha256(const char *path, char hex[65], vt_error *err)
{
    if (!path || !hex) return vt_fail(err, VT_EARG, "path or hex is NULL");
    FILE *in = NULL;
    unsigned char *chunk = malloc(CHUNK);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    vt_status st = VT_OK;
    if (!chunk || !sum) {
        st = vt_fail(err, VT_EMEMORY, "no memory for a checksum");
        goto done;
    }
    VT_TRY(st = vti_file_open(&in, path, err));
    size_t n;
    errno = 0;
    while ((n = fread(chunk, 1, CHUNK, in)) > 0) g_checksum_update(sum, chunk, (gssize)n);
    if (ferror(in)) {
        st = vt_fail_at(err, VT_EIO, path, 0, 0, "cannot be read: %s", strerror(errno));
        goto done;
    }
    memcpy(hex, g_checksum_get_string(sum), 65);
done:
    if (sum) g_checksum_free(sum);
    free(chunk);
    vti_file_close(in);
    return st;
}
