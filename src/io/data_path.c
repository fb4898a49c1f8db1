/* Where the delivered files lie. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static int is_inside(const char *relative)
{
    if (!relative[0] || relative[0] == '/') return 0;
    for (const char *part = relative; part; part = strchr(part, '/')) {
        if (*part == '/') part++;
        if (strncmp(part, "..", 2) == 0 && (part[2] == '\0' || part[2] == '/')) return 0;
    }
    return 1;
}

/* Does the program lie in the source tree, as one that was built there and not installed does? Then the delivered files
 * of an older installation are not meant. */
static int runs_from_source(void)
{
    char program[4096];
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    const size_t tree = strlen(VT_SOURCE_DATA);
    if (n <= 0 || (size_t)n <= tree) return 0;
    program[n] = '\0';
    return strncmp(program, VT_SOURCE_DATA, tree) == 0 && program[tree] == '/';
}

vt_status vt_data_path(const char *relative, char *path, size_t size, vt_error *err)
{
    if (!relative || !path) return vt_fail(err, VT_EARG, "relative or path is NULL");
    if (!is_inside(relative))
        return vt_fail(err, VT_EARG, "\"%.200s\" does not stay inside the delivered files", relative);
    const char *home = getenv("VITRUM_HOME");
    const int here = runs_from_source();
    const char *const homes[] = {home, here ? VT_SOURCE_DATA : VT_INSTALLED_DATA,
                                 here ? VT_INSTALLED_DATA : VT_SOURCE_DATA};
    const size_t first = home && home[0] ? 0 : 1, last = home && home[0] ? 1 : 3; /* an explicit home is the only one */
    char found[4096];
    for (size_t i = first; i < last; i++) {
        const int n = snprintf(found, sizeof found, "%s/%s", homes[i], relative);
        if (n < 0 || (size_t)n >= sizeof found || access(found, R_OK) != 0) continue;
        if ((size_t)n >= size)
            return vt_fail(err, VT_ELIMIT, "the path %.300s needs %d bytes, %zu are given", found, n + 1, size);
        memcpy(path, found, (size_t)n + 1);
        return VT_OK;
    }
    if (first == 0)
        return vt_fail_at(err, VT_EIO, home, 0, 0, "VITRUM_HOME holds no \"%s\"; unset it or correct it", relative);
    return vt_fail_at(err, VT_EIO, VT_INSTALLED_DATA, 0, 0,
                      "no \"%s\" here nor in the source tree; set VITRUM_HOME to the folder that holds it", relative);
}
