#pragma once
#include <vitrum/error.h>

/* Loops over independent tasks on OpenMP threads. Results do not depend on the number of threads:
 * a task writes only what belongs to its index. */

/* One task. shared: read only, the caller's. scratch: this thread's own workspace, or NULL. */
typedef vt_status (*vt_task)(size_t index, void *shared, void *scratch, vt_error *err);

typedef struct vt_parallel {
    int threads;                                                              /* 0: as many as the machine has */
    void *shared;                                                             /* handed to every task */
    vt_status (*scratch_create)(void **scratch, void *shared, vt_error *err); /* NULL: no scratch */
    void (*scratch_free)(void *scratch);
    const char *label; /* for the progress bar; NULL: silent */
} vt_parallel;

/* Runs task for 0 ... n-1. If some fail, the error of the lowest failing index is returned, the
 * same for any number of threads (every task runs). */
vt_status vt_parallel_for(size_t n, vt_task task, const vt_parallel *how, vt_error *err);

/* Number of threads that "0" means here. */
int vt_parallel_threads(void);
