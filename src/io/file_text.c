/* A whole file in memory, and directories made where they are missing. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <vitrum/io.h>
#include "io/file_internal.h"

/* Reads until the end or until more than limit bytes have come; never asks the file for its size. */
static vt_status read_all(FILE *in, const char *path, size_t limit, char **text, size_t *size, vt_error *err)
{
    size_t used = 0, room = 0;
    char *buf = NULL;
    for (;;) {
        if (used + 1 >= room) {
            room = room ? 2 * room : 65536;
            char *more = realloc(buf, room);
            if (!more) {
                free(buf);
                return vt_fail_at(err, VT_EMEMORY, path, 0, 0, "no memory for %zu bytes", room);
            }
            buf = more;
        }
        const size_t got = fread(buf + used, 1, room - used - 1, in);
        used += got;
        if (got == 0 || used > limit) break;
    }
    if (ferror(in) || used > limit) {
        free(buf);
        if (used > limit) return vt_fail_at(err, VT_ELIMIT, path, 0, 0, "more than %zu bytes", limit);
        return vt_fail_at(err, VT_EIO, path, 0, 0, "cannot read: %s", strerror(errno));
    }
    buf[used] = '\0';
    *text = buf;
    *size = used;
    return VT_OK;
}

vt_status vt_file_text(const char *path, size_t limit, char **text, size_t *size, vt_error *err)
{
    FILE *in = NULL;
    if (!path || !text || !size) return vt_fail(err, VT_EARG, "path, text or size is NULL");
    vt_status st = vti_file_open(&in, path, err);
    if (st != VT_OK) return st;
    st = read_all(in, path, limit, text, size, err);
    vti_file_close(in);
    return st;
}

static vt_status make_one(const char *path, vt_error *err)
{
    struct stat info;
    if (mkdir(path, 0777) == 0) return VT_OK;
    if (errno == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return VT_OK;
    return vt_fail_at(err, VT_EWRITE, path, 0, 0, "cannot make this directory: %s", strerror(errno));
}

vt_status vt_folder_make(const char *path, vt_error *err)
{
    char part[4096];
    if (!path || !*path) return vt_fail(err, VT_EARG, "path is NULL or empty");
    const size_t length = strlen(path);
    if (length >= sizeof part) return vt_fail(err, VT_ELIMIT, "a path of %zu bytes", length);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        const vt_status st = make_one(part, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}
