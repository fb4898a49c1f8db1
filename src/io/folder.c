/* A result folder that is written whole or not at all. */
#define _GNU_SOURCE /* syncfs */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vitrum/io.h>

enum { FOLDER_PATH = 4096, FOLDER_DEPTH = 32 };

/* ---- removal, of what this file made or what was a result before ---- */
static void remove_inside(int parent, const char *name, int depth)
{
    const int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0) close(fd);
        return;
    }
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (unlinkat(fd, e->d_name, 0) == 0 || depth >= FOLDER_DEPTH) continue;
        remove_inside(fd, e->d_name, depth + 1); /* links are unlinked above, never followed */
    }
    closedir(dir);
    unlinkat(parent, name, AT_REMOVEDIR);
}

/* ---- names ---- */
struct place {
    char dir[FOLDER_PATH];           /* without a slash at the end */
    char temp[2 * FOLDER_PATH + 32]; /* beside it */
    char old[2 * FOLDER_PATH + 32];  /* where a replaced folder waits for its removal */
};

static vt_status find_place(const char *dir, struct place *p, vt_error *err)
{
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/') n--;
    if (n == 0 || n + 32 >= sizeof p->dir) return vt_fail(err, VT_EARG, "folder name of %zu bytes", n);
    memcpy(p->dir, dir, n);
    p->dir[n] = '\0';
    const char *slash = strrchr(p->dir, '/'), *base = slash ? slash + 1 : p->dir;
    const int parent = (int)(base - p->dir);
    if (!base[0] || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
        return vt_fail_at(err, VT_EEXISTS, dir, 0, 0, "cannot be a result folder; name a new one");
    snprintf(p->temp, sizeof p->temp, "%.*s.%s.new.XXXXXX", parent, p->dir, base);
    snprintf(p->old, sizeof p->old, "%.*s.%s.old.XXXXXX", parent, p->dir, base);
    if (parent <= 1) return VT_OK;
    char above[FOLDER_PATH];
    snprintf(above, sizeof above, "%.*s", parent - 1, p->dir);
    return vt_folder_make(above, err);
}

static int is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static int holds(const char *dir, const char *name)
{
    char path[FOLDER_PATH + 64];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return is_there(path);
}

/* Is the folder empty? */
static int is_empty(const char *path)
{
    DIR *dir = opendir(path);
    int entries = 0;
    if (!dir) return 0;
    while (readdir(dir)) entries++;
    closedir(dir);
    return entries <= 2;
}

/* --force replaces results, not somebody's home. */
static vt_status may_replace(const char *dir, bool force, vt_error *err)
{
    struct stat info;
    if (lstat(dir, &info) != 0) return VT_OK;
    if (!S_ISDIR(info.st_mode)) return vt_fail_at(err, VT_EEXISTS, dir, 0, 0, "exists and is not a folder");
    if (!force) return vt_fail_at(err, VT_EEXISTS, dir, 0, 0, "exists already; --force replaces it");
    if (is_empty(dir) || holds(dir, "result.json") || holds(dir, "ro-crate-metadata.json")) return VT_OK;
    return vt_fail_at(err, VT_EEXISTS, dir, 0, 0,
                      "is not a result folder (no result.json); --force replaces only those");
}

/* ---- the exchange ---- */
/* One flush of the whole folder, where an old one is about to be given up: file by file costs a turn of the disk for
 * each of a hundred. Returns the error of a disk that is full or fails; a file system that knows no flush is none. */
static int flush(const char *dir)
{
    const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return 0;
    const int why = syncfs(fd) == 0 ? 0 : errno;
    close(fd);
    return why == EIO || why == ENOSPC || why == EDQUOT ? why : 0;
}

static vt_status put_in_place(struct place *p, vt_error *err)
{
    if (!is_there(p->dir)) {
        if (rename(p->temp, p->dir) == 0) return VT_OK;
        return vt_fail_at(err, VT_EWRITE, p->dir, 0, 0, "cannot be made: %s", strerror(errno));
    }
    const int lost = flush(p->temp);
    if (lost)
        return vt_fail_at(err, VT_EWRITE, p->dir, 0, 0, "cannot be replaced: %s; it is as it was", strerror(lost));
    if (!mkdtemp(p->old) || rename(p->dir, p->old) != 0) {
        const int why = errno;
        rmdir(p->old);
        return vt_fail_at(err, VT_EWRITE, p->dir, 0, 0, "cannot be replaced: %s; it is as it was", strerror(why));
    }
    if (rename(p->temp, p->dir) != 0) {
        const int why = errno;
        if (rename(p->old, p->dir) == 0)
            return vt_fail_at(err, VT_EWRITE, p->dir, 0, 0, "cannot be replaced: %s; it is as it was", strerror(why));
        return vt_fail_at(err, VT_EWRITE, p->dir, 0, 0, "cannot be replaced: %s; the old one is %.300s", strerror(why),
                          p->old);
    }
    remove_inside(AT_FDCWD, p->old, 0);
    return VT_OK;
}

/* mkdtemp makes 0700; a result is for others to read as far as the umask lets them. */
static void open_to_others(const char *dir)
{
    const mode_t mask = umask(0);
    umask(mask);
    chmod(dir, 0777 & ~mask);
}

vt_status vt_folder_write(const char *dir, bool force, vt_folder_writer fill, void *context, vt_error *err)
{
    struct place p;
    if (!dir || !fill) return vt_fail(err, VT_EARG, "dir or fill is NULL");
    vt_status st = find_place(dir, &p, err);
    if (st == VT_OK) st = may_replace(p.dir, force, err);
    if (st != VT_OK) return st;
    if (!mkdtemp(p.temp)) return vt_fail_at(err, VT_EWRITE, p.dir, 0, 0, "cannot be made: %s", strerror(errno));
    open_to_others(p.temp);
    st = fill(p.temp, context, err);
    if (st == VT_OK) st = may_replace(p.dir, force, err); /* somebody may have been faster */
    if (st == VT_OK) st = put_in_place(&p, err);
    if (st != VT_OK) remove_inside(AT_FDCWD, p.temp, 0);
    return st;
}
