/* Opening files, and writing them whole or not at all. */
#include "io/file_internal.h"
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

vt_status vti_file_open(FILE **in, const char *path, vt_error *err)
{
    if (strcmp(path, "-") == 0) {
        *in = stdin;
        return VT_OK;
    }
    FILE *f = fopen(path, "rb");
    if (!f) return vt_fail_at(err, VT_EIO, path, 0, 0, "cannot be opened: %s", strerror(errno));
    struct stat s;
    if (fstat(fileno(f), &s) != 0 || S_ISDIR(s.st_mode)) {
        fclose(f);
        return vt_fail_at(err, VT_EIO, path, 0, 0, "is a directory; name a file in it");
    }
    *in = f;
    return VT_OK;
}

void vti_file_close(FILE *in)
{
    if (in && in != stdin) fclose(in);
}

static void clear(vti_file_out *out)
{
    free(out->path);
    free(out->temporary);
    *out = (vti_file_out){0};
}

/* A device or pipe is written to as it is: a rename would put a regular file in its place. */
static vt_status begin_in_place(vti_file_out *o, const char *path, vt_error *err)
{
    free(o->temporary);
    o->temporary = NULL;
    o->stream = fopen(path, "wb");
    if (o->stream) return VT_OK;
    const int why = errno;
    clear(o);
    return vt_fail_at(err, VT_EWRITE, path, 0, 0, "cannot be written: %s", strerror(why));
}

static bool is_regular_or_new(const char *path)
{
    struct stat s;
    return stat(path, &s) != 0 || S_ISREG(s.st_mode) || S_ISDIR(s.st_mode);
}

vt_status vti_file_begin(vti_file_out *out, const char *path, vt_error *err)
{
    const size_t n = strlen(path);
    vti_file_out o = {.path = malloc(n + 1), .temporary = malloc(n + sizeof ".XXXXXX")};
    if (!o.path || !o.temporary) {
        clear(&o);
        return vt_fail(err, VT_EMEMORY, "no memory for the name of a file");
    }
    memcpy(o.path, path, n + 1);
    if (!is_regular_or_new(path)) {
        const vt_status st = begin_in_place(&o, path, err);
        if (st == VT_OK) *out = o;
        return st;
    }
    snprintf(o.temporary, n + sizeof ".XXXXXX", "%s.XXXXXX", path);
    const int fd = mkstemp(o.temporary);
    if (fd >= 0) {
        struct stat s; /* mkstemp makes 0600: give the mode the file had, else what umask leaves of 0666 */
        const mode_t mask = umask(0);
        umask(mask);
        o.replaces = stat(path, &s) == 0;
        fchmod(fd, o.replaces ? s.st_mode & 07777 : 0666 & ~mask);
        o.stream = fdopen(fd, "wb");
    }
    if (!o.stream) {
        const int why = errno;
        if (fd >= 0) {
            close(fd);
            remove(o.temporary);
        }
        clear(&o);
        return vt_fail_at(err, VT_EWRITE, path, 0, 0, "cannot be written: %s", strerror(why));
    }
    *out = o;
    return VT_OK;
}

void vti_file_abandon(vti_file_out *out)
{
    if (out->stream) fclose(out->stream);
    if (out->temporary) remove(out->temporary);
    clear(out);
}

vt_status vti_file_commit(vti_file_out *out, vt_error *err)
{
    errno = 0;
    bool good = fflush(out->stream) == 0 && !ferror(out->stream);
    if (out->replaces) good = good && fsync(fileno(out->stream)) == 0; /* before the old content is given up */
    good = fclose(out->stream) == 0 && good;
    out->stream = NULL;
    good = good && (!out->temporary || rename(out->temporary, out->path) == 0);
    if (good) {
        clear(out);
        return VT_OK;
    }
    const int why = errno;
    vt_fail_at(err, VT_EWRITE, out->path, 0, 0, "cannot be written: %s%s", why ? strerror(why) : "write error",
               out->temporary ? "; the old file, if any, is as it was" : "");
    vti_file_abandon(out);
    return VT_EWRITE;
}
