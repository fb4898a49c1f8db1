/* The files of a folder, for its RO-Crate description. */
#include "base/grow_internal.h"
#include "io/crate_internal.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <vitrum/io.h>

static const struct {
    const char *ending, *format;
} FORMATS[] = {{".json", "application/json"}, {".csv", "text/csv"},       {".yaml", "application/yaml"},
               {".html", "text/html"},        {".svg", "image/svg+xml"},  {".png", "image/png"},
               {".gp", "text/x-gnuplot"},     {".pdf", "application/pdf"}};

static const char *format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcmp(dot, FORMATS[i].ending) == 0) return FORMATS[i].format;
    return "application/octet-stream";
}

/* Percent-encoding of RFC 3986, slashes kept. NULL: no memory. */
static char *encoded(const char *path)
{
    char *id = malloc(3 * strlen(path) + 1), *to = id;
    if (!id) return NULL;
    for (const unsigned char *c = (const unsigned char *)path; *c; c++) {
        const int plain = *c < 0x80 && (isalnum(*c) || strchr("-._~/", *c));
        to += sprintf(to, plain ? "%c" : "%%%02X", *c);
    }
    *to = '\0';
    return id;
}

void vti_crate_free(vti_crate_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        free(files->file[i].path);
        free(files->file[i].id);
    }
    free(files->file);
    *files = (vti_crate_files){0};
}

static vt_status add_file(vti_crate_files *files, const char *full, const char *path, const struct stat *info,
                          vt_error *err)
{
    const size_t n = files->n;
    if (n >= VTI_CRATE_FILES) return vt_fail(err, VT_ELIMIT, "more than %d files in a result folder", VTI_CRATE_FILES);
    vt_status st = vti_grow_by_one(&files->file, n, sizeof *files->file, err);
    if (st != VT_OK) return st;
    vti_crate_file f = {.format = format_of(path), .size = (unsigned long long)info->st_size};
    st = vt_file_sha256(full, f.sha256, err);
    if (st != VT_OK) return st;
    f.path = malloc(strlen(path) + 1);
    f.id = encoded(path);
    if (!f.path || !f.id) {
        free(f.path);
        free(f.id);
        return vt_fail(err, VT_EMEMORY, "the name of a file");
    }
    strcpy(f.path, path);
    files->file[files->n++] = f;
    return VT_OK;
}

/* path: of the folder inside the crate, "" at the top. Depth is bounded by VTI_CRATE_DEPTH. */
static vt_status walk(vti_crate_files *files, const char *dir, const char *path, int depth, vt_error *err);

static vt_status take_entry(vti_crate_files *files, const char *dir, const char *path, const char *name, int depth,
                            vt_error *err)
{
    char full[VTI_CRATE_PATH], inside[VTI_CRATE_PATH];
    struct stat info;
    const int n = snprintf(full, sizeof full, "%s/%s%s%s", dir, path, path[0] ? "/" : "", name);
    if (n < 0 || (size_t)n >= sizeof full) return vt_fail(err, VT_ELIMIT, "a path below %.300s is too long", dir);
    snprintf(inside, sizeof inside, "%s%s%s", path, path[0] ? "/" : "", name);
    if (lstat(full, &info) != 0) return vt_fail_at(err, VT_EIO, full, 0, 0, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(info.st_mode)) return walk(files, dir, inside, depth + 1, err);
    if (!S_ISREG(info.st_mode) || strcmp(inside, "ro-crate-metadata.json") == 0) return VT_OK;
    return add_file(files, full, inside, &info, err);
}

static vt_status walk(vti_crate_files *files, const char *dir, const char *path, int depth, vt_error *err)
{
    char full[VTI_CRATE_PATH];
    vt_status st = VT_OK;
    if (depth > VTI_CRATE_DEPTH)
        return vt_fail(err, VT_ELIMIT, "folders nested more than %d deep in %.300s", VTI_CRATE_DEPTH, dir);
    const int n = snprintf(full, sizeof full, "%s%s%s", dir, path[0] ? "/" : "", path);
    if (n < 0 || (size_t)n >= sizeof full) return vt_fail(err, VT_ELIMIT, "a path below %.300s is too long", dir);
    DIR *d = opendir(full);
    if (!d) return vt_fail_at(err, VT_EIO, full, 0, 0, "cannot be read: %s", strerror(errno));
    for (const struct dirent *e; st == VT_OK && (e = readdir(d)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            st = take_entry(files, dir, path, e->d_name, depth, err);
    closedir(d);
    return st;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const vti_crate_file *)a)->path, ((const vti_crate_file *)b)->path);
}

vt_status vti_crate_list(const char *dir, vti_crate_files *files, vt_error *err)
{
    vti_crate_files found = {0};
    const vt_status st = walk(&found, dir, "", 0, err);
    if (st != VT_OK) {
        vti_crate_free(&found);
        return st;
    }
    if (found.n > 1) qsort(found.file, found.n, sizeof *found.file, by_path);
    *files = found;
    return VT_OK;
}
