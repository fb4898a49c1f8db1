/* Work in a child process, and the pipe between. Bytes come in frames of u32 length; length 0 ends them, and the
 * outcome follows. */
#include "io/isolated_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer) || \
    __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define BOUNDED 0 /* shadow memory is terabytes of addresses */
#else
#define BOUNDED 1
#endif

enum { FRAME = 1 << 14, PATIENCE = 40 };

struct vti_pipe {
    int fd;
    unsigned char buffer[FRAME];
    size_t used;                 /* child: bytes in the buffer; parent: taken */
    size_t left;                 /* parent: bytes of the frame that are not */
    bool ended, broken;          /* parent: the empty frame has come; no more can come */
    int64_t deadline;            /* parent: ms */
    const unsigned char *memory; /* of tests: `left` bytes, instead of a child */
};

/* What work came to. */
struct outcome {
    uint32_t code;
    char msg[VT_ERROR_TEXT];
};

static int64_t now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- child ---- */
static bool write_all(int fd, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n > 0) {
        const ssize_t wrote = write(fd, p, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        p += wrote;
        n -= (size_t)wrote;
    }
    return true;
}

static bool flush(vti_pipe *pipe)
{
    const uint32_t n = (uint32_t)pipe->used;
    pipe->used = 0;
    return n == 0 || (write_all(pipe->fd, &n, sizeof n) && write_all(pipe->fd, pipe->buffer, n));
}

bool vti_pipe_put(vti_pipe *pipe, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n > 0) {
        const size_t room = FRAME - pipe->used, part = n < room ? n : room;
        memcpy(pipe->buffer + pipe->used, p, part);
        pipe->used += part;
        p += part;
        n -= part;
        if (pipe->used == FRAME && !flush(pipe)) return false;
    }
    return true;
}

/* Bytes of addresses that the process has; 0: not known. */
static size_t addresses(void)
{
    char text[64] = "";
    const int fd = open("/proc/self/statm", O_RDONLY);
    if (fd < 0) return 0;
    const ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    size_t pages = 0;
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++) pages = 10 * pages + (size_t)(text[i] - '0');
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void bound(int what, rlim_t most)
{
    struct rlimit limit;
    if (getrlimit(what, &limit) != 0) return;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most) limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(what, &limit);
}

/* Silence, default signals, and limits. */
static void confine(const vti_isolated *job)
{
    static const int DEADLY[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE, SIGXCPU, SIGPROF, SIGTERM, SIGINT};
    for (size_t i = 0; i < sizeof DEADLY / sizeof *DEADLY; i++) signal(DEADLY[i], SIG_DFL);
    const int null = open("/dev/null", O_RDWR);
    for (int fd = 0; null >= 0 && fd < 3; fd++) dup2(null, fd);
    const size_t have = BOUNDED ? addresses() : 0;
    if (have > 0 && job->memory > 0) bound(RLIMIT_AS, have + job->memory);
    bound(RLIMIT_CORE, 0);
    bound(RLIMIT_CPU, (rlim_t)job->milliseconds / 1000 + 2);
    const struct itimerval end = {
        .it_value = {.tv_sec = job->milliseconds / 1000, .tv_usec = 1000 * (job->milliseconds % 1000)}};
    setitimer(ITIMER_PROF, &end, NULL);   /* SIGPROF says why, the limit above only kills */
    if (BOUNDED) bound(RLIMIT_NOFILE, 0); /* no more files; sanitizers look at their own */
    bound(RLIMIT_FSIZE, 0);
}

static void run_child(const vti_isolated *job, int fd)
{
    static vti_pipe pipe; /* of the child alone */
    vt_error err = {0};
    struct outcome o = {0};
    const uint32_t end = 0;
    if (fd < 3) fd = fcntl(fd, F_DUPFD, 3); /* a process may run without the standard three, which are silenced here */
    confine(job);
    pipe.fd = fd;
    o.code = (uint32_t)job->work(job->context, &pipe, &err);
    memcpy(o.msg, err.msg, sizeof o.msg);
    _exit(flush(&pipe) && write_all(fd, &end, sizeof end) && write_all(fd, &o, sizeof o) ? 0 : 1);
}

/* ---- parent ---- */
static bool read_all(vti_pipe *pipe, void *bytes, size_t n)
{
    unsigned char *p = bytes;
    while (n > 0 && !pipe->broken) {
        const int64_t wait = pipe->deadline - now_ms();
        struct pollfd ready = {.fd = pipe->fd, .events = POLLIN};
        const int polled = wait > 0 ? poll(&ready, 1, wait > 60000 ? 60000 : (int)wait) : 0;
        if (polled < 0 && errno == EINTR) continue;
        if (polled == 0 && wait > 60000) continue;
        const ssize_t got = polled > 0 ? read(pipe->fd, p, n) : -1;
        if (got < 0 && polled > 0 && errno == EINTR) continue;
        if (got <= 0) {
            pipe->broken = true;
            return false;
        }
        p += got;
        n -= (size_t)got;
    }
    return n == 0;
}

/* Brings in the next frame if this one is used up. */
static bool next_frame(vti_pipe *pipe)
{
    uint32_t n;
    if (pipe->left > 0) return true;
    if (pipe->ended || pipe->memory || !read_all(pipe, &n, sizeof n)) return false;
    pipe->ended = n == 0;
    pipe->broken = n > FRAME;
    if (pipe->ended || pipe->broken || !read_all(pipe, pipe->buffer, n)) return false;
    pipe->used = 0;
    pipe->left = n;
    return true;
}

bool vti_pipe_take(vti_pipe *pipe, void *bytes, size_t n)
{
    unsigned char *p = bytes;
    while (n > 0) {
        if (!next_frame(pipe)) return false;
        const size_t part = n < pipe->left ? n : pipe->left;
        memcpy(p, (pipe->memory ? pipe->memory : pipe->buffer) + pipe->used, part);
        pipe->used += part;
        pipe->left -= part;
        p += part;
        n -= part;
    }
    return true;
}

vti_pipe *vti_pipe_of(const void *bytes, size_t n)
{
    vti_pipe *pipe = calloc(1, sizeof *pipe);
    if (!pipe) return NULL;
    pipe->memory = bytes;
    pipe->left = n;
    return pipe;
}

/* Reads on to the outcome of work; false: there is none. */
static bool read_outcome(vti_pipe *pipe, struct outcome *o)
{
    do pipe->left = 0;
    while (next_frame(pipe));
    if (!pipe->ended || !read_all(pipe, o, sizeof *o) || o->code >= VT_STATUS_COUNT) return false;
    o->msg[sizeof o->msg - 1] = '\0';
    return o->code == VT_OK || o->msg[0];
}

/* The child's end; killed if it has not come to one. Its wait status, 0 if nobody knows. */
static int bury(pid_t child, bool kill_it)
{
    int status = 0;
    pid_t got;
    if (kill_it) kill(child, SIGKILL);
    do got = waitpid(child, &status, 0);
    while (got < 0 && errno == EINTR);
    return got == child ? status : 0;
}

static vt_status judge(const vti_isolated *job, vti_pipe *pipe, pid_t child, vt_status taken, vt_error *err)
{
    struct outcome o = {0};
    const bool refused = taken != VT_OK && !pipe->broken && !pipe->ended; /* by take, while more could come */
    const bool known = !refused && read_outcome(pipe, &o), late = now_ms() >= pipe->deadline;
    const int status = bury(child, !known);
    if (refused) return taken;
    if (known && o.code != VT_OK) return vt_fail_at(err, (vt_status)o.code, job->name, 0, 0, "%s", o.msg);
    if (known) return taken;
    if (late)
        return vt_fail_at(err, VT_ELIMIT, job->name, 0, 0, "takes longer than %d s to read; is it damaged?",
                          PATIENCE * job->milliseconds / 1000);
    char why[64] = "without a word";
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGXCPU))
        return vt_fail_at(err, VT_EPARSE, job->name, 0, 0,
                          "is damaged: the library that reads it computed for %.2f s without end; copy it again",
                          job->milliseconds / 1000.0);
    if (WIFSIGNALED(status)) snprintf(why, sizeof why, "by signal %d", WTERMSIG(status));
    return vt_fail_at(err, VT_EPARSE, job->name, 0, 0,
                      "is damaged: the library that reads it was brought down (%s); copy it again", why);
}

vt_status vti_isolated_run(const vti_isolated *job, vt_error *err)
{
    int ends[2];
    vt_error why = {0};
    if (vti_pipe_open(ends) != 0)
        return vt_fail_at(err, VT_EIO, job->name, 0, 0, "no pipe to read it: %s", strerror(errno));
    vti_pipe in = {.fd = ends[0], .deadline = now_ms() + PATIENCE * (int64_t)job->milliseconds};
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(job, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return vt_fail_at(err, VT_EIO, job->name, 0, 0, "no process to read it: %s", strerror(errno));
    }
    const vt_status taken = job->take(job->context, &in, &why);
    if (taken != VT_OK && err) *err = why;
    const vt_status st = judge(job, &in, child, taken, err);
    close(ends[0]);
    return st;
}
