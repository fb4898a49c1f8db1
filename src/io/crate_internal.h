#pragma once
#include <stddef.h>
#include <vitrum/error.h>

enum { VTI_CRATE_PATH = 4096, VTI_CRATE_FILES = 20000, VTI_CRATE_DEPTH = 16 };

typedef struct vti_crate_file {
    char *path;         /* inside the crate, "steps/fit/result.json" */
    char *id;           /* the same, percent-encoded */
    const char *format; /* media type, by the ending */
    unsigned long long size;
    char sha256[65];
} vti_crate_file;

typedef struct vti_crate_files {
    size_t n;
    vti_crate_file *file; /* sorted by path */
} vti_crate_files;

/* Every regular file below dir except ro-crate-metadata.json, with size and checksum; links are left out. VT_EIO;
 * VT_ELIMIT: too many or too deep. On failure *files is as it was. */
vt_status vti_crate_list(const char *dir, vti_crate_files *files, vt_error *err);
void vti_crate_free(vti_crate_files *files);
