/* Loops over independent tasks on OpenMP threads. */
#include <omp.h>
#include <vitrum/parallel.h>
#include <vitrum/progress.h>

int vt_parallel_threads(void)
{
    return omp_get_num_procs();
}

struct loop {
    size_t n;
    vt_task task;
    const vt_parallel *how;
    vt_status status;
    size_t failed; /* lowest failing index so far; n: none */
    vt_error error;
    size_t done;
};

/* Keeps the failure of the lowest index: the same one for any number of threads. */
static void keep_failure(struct loop *l, size_t index, vt_status status, const vt_error *error)
{
#pragma omp critical(vitrum_parallel_failure)
    if (index < l->failed || l->status == VT_OK) {
        l->failed = index;
        l->status = status;
        l->error = *error;
    }
}

static void run_one(struct loop *l, size_t index, void *scratch)
{
    vt_error error = {0};
    const vt_status status = l->task(index, l->how->shared, scratch, &error);
    if (status != VT_OK) keep_failure(l, index, status, &error);
    if (!l->how->label) return;
    size_t done;
#pragma omp atomic capture
    done = ++l->done;
    vt_progress_update(l->how->label, done, l->n);
}

static void run_all(struct loop *l, int threads)
{
    int without = 0; /* threads that got no scratch; their tasks are the others' */
#pragma omp parallel num_threads(threads)
    {
        void *scratch = NULL;
        vt_error error = {0};
        vt_status status = VT_OK;
        if (l->how->scratch_create) status = l->how->scratch_create(&scratch, l->how->shared, &error);
        if (status != VT_OK) {
            keep_failure(l, l->n, status, &error);
#pragma omp atomic
            without++;
        }
#pragma omp barrier
        if (without == 0) {
#pragma omp for schedule(dynamic)
            for (size_t i = 0; i < l->n; i++) run_one(l, i, scratch);
        }
        if (status == VT_OK && l->how->scratch_free) l->how->scratch_free(scratch);
    }
}

vt_status vt_parallel_for(size_t n, vt_task task, const vt_parallel *how, vt_error *err)
{
    if (!task || !how) return vt_fail(err, VT_EARG, "task or description of the loop is NULL");
    if (how->threads < 0) return vt_fail(err, VT_EARG, "threads = %d must be >= 0", how->threads);
    if (n == 0) return VT_OK;
    struct loop l = {.n = n, .task = task, .how = how, .failed = n};
    int threads = how->threads > 0 ? how->threads : vt_parallel_threads();
    if ((size_t)threads > n) threads = (int)n;
    run_all(&l, threads);
    if (how->label) vt_progress_end(how->label);
    if (l.status != VT_OK && err) *err = l.error;
    return l.status;
}
