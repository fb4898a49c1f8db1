#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Work that a damaged file may bring down (libraries that trust what they read) runs in a child process with limits of
 * its own; what it finds comes back through a pipe. The child has one thread, no way to open files, and no output. */
typedef struct vti_pipe vti_pipe;

/* pipe() whose ends other programs do not inherit: one that another thread starts must not keep an end open. */
int vti_pipe_open(int ends[2]);

/* Child: sends n bytes. false: the parent is gone. */
bool vti_pipe_put(vti_pipe *pipe, const void *bytes, size_t n);
/* Parent: exactly the next n bytes. false: the child has sent fewer, or takes too long. */
bool vti_pipe_take(vti_pipe *pipe, void *bytes, size_t n);

/* A pipe that gives these bytes (borrowed) and then ends, for tests; free() it. NULL: no memory. */
vti_pipe *vti_pipe_of(const void *bytes, size_t n);

typedef struct vti_isolated {
    const char *name; /* of the file, for errors */
    size_t memory;    /* bytes that the child may take beyond what this process has (not bounded under sanitizers) */
    int milliseconds; /* of computing that it may take; of waiting forty times that, for a busy machine */
    void *context;    /* of both */
    vt_status (*work)(void *context, vti_pipe *out, vt_error *err); /* in the child */
    /* In this process; reads what work sends, and trusts it no more than the file. What it has made is the caller's to
     * release when vti_isolated_run fails, too. */
    vt_status (*take)(void *context, vti_pipe *in, vt_error *err);
} vti_isolated;

/* Runs both. The error of `work` if it failed; VT_EPARSE if the child died of the file; VT_ELIMIT if it took longer;
 * VT_EIO if no child could be made. Thread-safe. */
vt_status vti_isolated_run(const vti_isolated *job, vt_error *err);
