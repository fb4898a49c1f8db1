#pragma once
/* A folder of its own for a test, and files in it. */
#ifndef _XOPEN_SOURCE
#error define _XOPEN_SOURCE 700 before the first include
#endif
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Makes a folder; false if it cannot. */
static inline int scratch_make(char dir[256])
{
    const char *base = getenv("TMPDIR");
    snprintf(dir, 256, "%s/vitrum-report-XXXXXX", base && base[0] && strlen(base) < 200 ? base : P_tmpdir);
    return mkdtemp(dir) != NULL;
}

static inline int scratch_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

static inline void scratch_remove(const char *dir)
{
    nftw(dir, scratch_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static inline int scratch_has(const char *dir, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return access(path, F_OK) == 0;
}

/* The whole file, terminated, to be freed; "" if it is not there. */
static inline char *scratch_text(const char *dir, const char *name, size_t *size)
{
    char path[1024];
    size_t n = 0, room = 1 << 16;
    char *text = calloc(room + 1, 1);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    while (f && text) {
        const size_t k = fread(text + n, 1, room - n, f);
        n += k;
        if (k == 0) break;
        if (n == room) {
            char *grown = realloc(text, 2 * room + 1);
            if (!grown) break;
            text = grown;
            room *= 2;
        }
        text[n] = '\0';
    }
    if (f) fclose(f);
    if (text) text[n] = '\0';
    if (size) *size = n;
    return text;
}

static inline void scratch_write(const char *dir, const char *name, const char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (!f) return;
    fputs(text, f);
    fclose(f);
}

/* Is gnuplot there? Tests that draw say so and stop if not. */
static inline int scratch_gnuplot(void)
{
    const char *path = getenv("PATH");
    char name[1024];
    while (path && *path) {
        const size_t n = strcspn(path, ":");
        snprintf(name, sizeof name, "%.*s/gnuplot", (int)n, path);
        if (access(name, X_OK) == 0) return 1;
        path += n + (path[n] == ':');
    }
    fputs("SKIPPED: gnuplot is not installed, nothing is drawn\n", stderr);
    return 0;
}
