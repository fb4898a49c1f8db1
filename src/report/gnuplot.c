/* Runs gnuplot: argument vector, no shell, no standard input, no start-up file, limited time. */
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np */
#include "gnuplot_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_EACH = 20, SECONDS_ALL = 40, SAID = 400 };

extern char **environ;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Arguments: --default-settings, then for each script -e "cd 'up-and-down'" and its file. */
struct arguments {
    char **argv;
    size_t n, room;
    bool failed;
};

static void add(struct arguments *a, const char *s)
{
    char *copy = strdup(s);
    if (a->n + 2 > a->room) {
        const size_t room = 2 * a->room + 16;
        char **argv = realloc(a->argv, room * sizeof *argv);
        if (argv) {
            a->argv = argv;
            a->room = room;
        }
    }
    if (!copy || a->n + 2 > a->room) {
        free(copy);
        a->failed = true;
        return;
    }
    a->argv[a->n++] = copy;
    a->argv[a->n] = NULL;
}

static void add_script(struct arguments *a, const char *here, const vti_script *s)
{
    char text[2 * VT_ERROR_PATH + 64];
    if (strcmp(here, s->folder) != 0) {
        vti_text way = {0};
        for (const char *c = here; *c; c++)
            if (c[0] != '/' && (c[1] == '/' || c[1] == '\0')) vti_put(&way, "../");
        vti_put(&way, s->folder);
        snprintf(text, sizeof text, "cd '%s'", way.s ? way.s : ".");
        a->failed = a->failed || way.failed;
        vti_text_free(&way);
        add(a, "-e");
        add(a, text);
    }
    snprintf(text, sizeof text, "%s.gp", s->name);
    add(a, text);
}

static void release(struct arguments *a)
{
    for (size_t i = 0; i < a->n; i++) free(a->argv[i]);
    free(a->argv);
}

/* Starts the program with what it says on standard error going to *pipe_read. Returns errno's code. */
static int start(char **argv, const char *dir, pid_t *pid, int *pipe_read)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    posix_spawn_file_actions_addchdir_np(&actions, dir);
    posix_spawnattr_init(&attributes);
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0); /* a group of its own, to be ended as a whole */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    const int code = posix_spawnp(pid, argv[0], &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (code == 0)
        *pipe_read = ends[0];
    else
        close(ends[0]);
    return code;
}

/* Reads until the program closes its end or the time is over; keeps the beginning. true: in time. */
static bool listen_until(int fd, double deadline, char said[SAID])
{
    size_t n = 0;
    char block[512];
    for (;;) {
        const double left = deadline - now();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (!(left > 0.0)) return false;
        const int ready = poll(&p, 1, (int)(1000.0 * left) + 1);
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) continue;
        const ssize_t k = read(fd, block, sizeof block);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return true;
        for (ssize_t i = 0; i < k && n < SAID - 1; i++)
            if ((unsigned char)block[i] >= 0x20)
                said[n++] = block[i];
            else if (n > 0 && said[n - 1] != ' ')
                said[n++] = ' ';
        said[n] = '\0';
    }
}

/* One process for all arguments. "" in why: it ended well. */
static void run(struct arguments *a, const char *dir, double seconds, char why[VT_ERROR_TEXT])
{
    pid_t pid = 0;
    int fd = -1, status = 0;
    char said[SAID] = "";
    why[0] = '\0';
    const int code = start(a->argv, dir, &pid, &fd);
    if (code != 0) {
        const bool absent = code == ENOENT;
        snprintf(why, VT_ERROR_TEXT, "%s %s%s%s", a->argv[0],
                 absent ? "was not found" : "cannot be started: ", absent ? "" : strerror(code),
                 absent ? " (Debian: apt install gnuplot-nox)" : "");
        return;
    }
    const bool in_time = listen_until(fd, now() + seconds, said);
    close(fd);
    if (!in_time) kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    if (!in_time)
        snprintf(why, VT_ERROR_TEXT, "gnuplot did not end within %.0f s", seconds);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        snprintf(why, VT_ERROR_TEXT, "gnuplot stopped: %s", said);
}

static bool exists(const char *dir, const vti_script *s, const char *ending)
{
    char path[3 * VT_ERROR_PATH];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s/%s%s", dir, s->folder, s->name, ending);
    return stat(path, &info) == 0 && info.st_size > 0;
}

/* Runs scripts first ... n-1 in one process. Returns how many it drew before it stopped. */
static size_t batch(const char *dir, size_t n, vti_script *scripts, char why[VT_ERROR_TEXT])
{
    const char *program = getenv("VITRUM_GNUPLOT");
    struct arguments a = {0};
    add(&a, program && program[0] ? program : "gnuplot");
    add(&a, "--default-settings");
    for (size_t i = 0; i < n; i++) add_script(&a, i > 0 ? scripts[i - 1].folder : "", &scripts[i]);
    if (a.failed)
        snprintf(why, VT_ERROR_TEXT, "out of memory");
    else
        run(&a, dir, SECONDS_ALL + SECONDS_EACH * (double)n, why);
    release(&a);
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        scripts[i].drawn = exists(dir, &scripts[i], ".svg") && exists(dir, &scripts[i], ".png");
        if (scripts[i].drawn && done == i) done = i + 1;
    }
    return done;
}

vt_status vti_gnuplot_run(const char *dir, size_t n, vti_script *scripts, char note[VT_ERROR_TEXT], vt_error *err)
{
    if (!dir || (n > 0 && !scripts) || !note) return vt_fail(err, VT_EARG, "folder, scripts or note is NULL");
    note[0] = '\0';
    for (size_t first = 0; first < n;) {
        char why[VT_ERROR_TEXT] = "";
        const size_t through = first + batch(dir, n - first, scripts + first, why);
        if (!why[0]) break;
        if (!note[0])
            snprintf(note, VT_ERROR_TEXT, "figures are not all drawn, data and scripts are written: %.600s", why);
        if (strstr(why, "not found") || strstr(why, "cannot be started") || strstr(why, "did not end")) break;
        first = through + 1; /* past the one that stopped it */
    }
    return VT_OK;
}
