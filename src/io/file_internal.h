#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <vitrum/error.h>

/* A file that is written whole or not at all: written beside its place under a temporary name, flushed to the
 * disk if it replaces another (a new one gives nothing up), then renamed. A device or pipe is written in place. Usage:
 * vti_file_begin, write to out->stream, then either vti_file_commit (checks every write error, renames) or
 * vti_file_abandon (removes; harmless after a commit or on a zeroed struct). */
typedef struct vti_file_out {
    FILE *stream;
    char *path;
    char *temporary; /* NULL: a device or pipe, written in place */
    bool replaces;   /* there was a file at path */
} vti_file_out;

vt_status vti_file_begin(vti_file_out *out, const char *path, vt_error *err);
vt_status vti_file_commit(vti_file_out *out, vt_error *err);
void vti_file_abandon(vti_file_out *out);

/* Opens a regular file, device or pipe for reading; directories are refused (VT_EIO names path and reason).
 * "-": standard input. Close with vti_file_close. */
vt_status vti_file_open(FILE **in, const char *path, vt_error *err);
void vti_file_close(FILE *in);
