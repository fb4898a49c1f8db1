/* Work in a child process: what it sends, and every way in which it may end. */
#include "check.h"
#include "io/isolated_internal.h"
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <vitrum/parallel.h>

enum { MANY = 300000 }; /* numbers: 2.4 MB, many times what a pipe holds */

struct talk {
    int how;       /* of the child to end */
    size_t taken;  /* numbers that came through as sent */
    size_t enough; /* after which take refuses; 0: never */
};

enum { WELL, REFUSES, SHORT, CRASHES, COMPUTES, WAITS, LEAVES, EATS, OPENS, PRINTS };

static void misbehave(int how)
{
    if (how == CRASHES) raise(SIGSEGV);
    for (volatile unsigned long k = 0; how == COMPUTES; k++) {
    }
    while (how == WAITS) pause();
    if (how == LEAVES) _exit(0);
    if (how == PRINTS && write(STDOUT_FILENO, "seen", 4) + write(STDERR_FILENO, "seen", 4) != 8) _exit(1);
}

static vt_status work(void *context, vti_pipe *out, vt_error *err)
{
    const struct talk *t = context;
    for (size_t i = 0; i < MANY; i++) {
        const double x = 0.5 * (double)i;
        if (t->how == REFUSES && i == MANY / 2) return vt_fail(err, VT_EUNITS, "number %zu is odd", i);
        if (t->how == SHORT && i == MANY - 1) return VT_OK;
        if (i == MANY / 3) misbehave(t->how);
        if (!vti_pipe_put(out, &x, sizeof x)) return vt_fail(err, VT_EIO, "nobody listens");
    }
    if (t->how == EATS) {
        char *p = malloc((size_t)256 << 20);
        return p ? VT_OK : vt_fail(err, VT_EMEMORY, "no more");
    }
    if (t->how == OPENS && open("/dev/null", O_RDONLY) < 0) return vt_fail(err, VT_EIO, "no files");
    return VT_OK;
}

static vt_status take(void *context, vti_pipe *in, vt_error *err)
{
    struct talk *t = context;
    for (size_t i = 0; i < MANY; i++) {
        double x;
        if (!vti_pipe_take(in, &x, sizeof x)) return vt_fail(err, VT_ESHAPE, "ends at %zu", i);
        t->taken += x == 0.5 * (double)i;
        if (t->enough && t->taken == t->enough) return vt_fail(err, VT_ERANGE, "enough");
    }
    return VT_OK;
}

static vt_status run(int how, size_t enough, struct talk *t, vt_error *err)
{
    *t = (struct talk){.how = how, .enough = enough};
    *err = (vt_error){0};
    const vti_isolated job = {.name = "f.x",
                              .memory = 16 << 20,
                              .milliseconds = how == WAITS ? 25 : 500,
                              .context = t,
                              .work = work,
                              .take = take};
    return vti_isolated_run(&job, err);
}

static void everything_comes_through(void)
{
    struct talk t;
    vt_error err;
    CHECK_OK(run(WELL, 0, &t, &err), &err);
    CHECK(t.taken == MANY);
    CHECK_OK(run(PRINTS, 0, &t, &err), &err); /* to nowhere */
}

static void every_end_has_its_error(void)
{
    const struct {
        int how;
        size_t enough;
        vt_status code;
        const char *part;
    } ends[] = {{REFUSES, 0, VT_EUNITS, "number 150000 is odd"},
                {SHORT, 0, VT_ESHAPE, "ends at 299999"},
                {WELL, 1000, VT_ERANGE, "enough"},
                {CRASHES, 0, VT_EPARSE, "was brought down (by signal 11)"},
                {COMPUTES, 0, VT_EPARSE, "computed for 0.50 s without end"},
                {WAITS, 0, VT_ELIMIT, "takes longer than 1 s"},
                {LEAVES, 0, VT_EPARSE, "was brought down (without a word)"}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct talk t;
        vt_error err;
        const vt_status st = run(ends[i].how, ends[i].enough, &t, &err);
        if (st != ends[i].code) CHECK_FAILED("end %d: %s: %s", ends[i].how, vt_status_name(st), err.msg);
        CHECK(err.code == ends[i].code);
        CHECK_TEXT(err.msg, ends[i].part);
        if (!ends[i].enough && ends[i].code != VT_ESHAPE) CHECK(strcmp(err.file, "f.x") == 0);
    }
}

static void memory_and_files_are_bounded(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct talk t;
    vt_error err;
    CHECK(run(EATS, 0, &t, &err) == VT_EMEMORY);
    CHECK(run(OPENS, 0, &t, &err) == VT_EIO);
    CHECK_TEXT(err.msg, "no files");
#endif
}

static vt_status one(size_t index, void *shared, void *scratch, vt_error *err)
{
    (void)shared, (void)scratch;
    struct talk t;
    const vt_status st = run(index % 3 == 1 ? CRASHES : WELL, 0, &t, err);
    if (index % 3 == 1) return st == VT_EPARSE ? VT_OK : vt_fail(err, VT_EINTERNAL, "%zu: no crash", index);
    return st == VT_OK && t.taken == MANY ? VT_OK : vt_fail(err, VT_EINTERNAL, "%zu: %s", index, err->msg);
}

static void threads_have_children_of_their_own(void)
{
    const vt_parallel how = {.threads = 4};
    vt_error err = {0};
    CHECK_OK(vt_parallel_for(12, one, &how, &err), &err);
}

CHECK_MAIN(CHECK_CASE(everything_comes_through), CHECK_CASE(every_end_has_its_error),
           CHECK_CASE(memory_and_files_are_bounded), CHECK_CASE(threads_have_children_of_their_own))
