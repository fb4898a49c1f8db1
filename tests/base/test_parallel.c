/* Parallel loops: same result and same failure for any number of threads. */
#include "check.h"
#include <time.h>
#include <vitrum/parallel.h>
#include <vitrum/random.h>

enum { N = 500 };

static vt_status draw(size_t i, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    (void)err;
    vt_stream s;
    vt_stream_init(&s, 3, 1, i);
    ((double *)shared)[i] = vt_stream_normal(&s);
    return VT_OK;
}

static void the_number_of_threads_does_not_matter(void)
{
    double x[3][N];
    const int threads[] = {1, 2, 7};
    for (int k = 0; k < 3; k++) {
        const vt_parallel how = {.threads = threads[k], .shared = x[k]};
        CHECK(vt_parallel_for(N, draw, &how, NULL) == VT_OK);
    }
    CHECK(memcmp(x[0], x[1], sizeof x[0]) == 0 && memcmp(x[0], x[2], sizeof x[0]) == 0);
}

static vt_status fail_some(size_t i, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    const struct timespec pause = {.tv_nsec = 5000000};
    if (i == 40) nanosleep(&pause, NULL); /* later failures come first where there are threads */
    ((char *)shared)[i] = 1;
    if (i % 97 == 40) return vt_fail(err, i == 40 ? VT_ENOCONV : VT_EDOF, "task %zu", i);
    return VT_OK;
}

static void the_lowest_failing_index_is_reported_and_every_task_runs(void)
{
    for (int threads = 1; threads <= 7; threads++) {
        char ran[N] = {0};
        vt_error err = {0};
        const vt_parallel how = {.threads = threads, .shared = ran};
        CHECK(vt_parallel_for(N, fail_some, &how, &err) == VT_ENOCONV);
        CHECK(strcmp(err.msg, "task 40") == 0);
        for (int i = 0; i < N; i++) CHECK(ran[i]);
        CHECK(vt_parallel_for(N, fail_some, &how, NULL) == VT_ENOCONV);
    }
}

static int made, freed;
static vt_status make(void **scratch, void *shared, vt_error *err)
{
    int k;
#pragma omp atomic capture
    k = ++made;
    if (shared && k == 1) return vt_fail(err, VT_EMEMORY, "no workspace");
    *scratch = malloc(8);
    return *scratch ? VT_OK : vt_fail(err, VT_EMEMORY, "test");
}
static void unmake(void *scratch)
{
#pragma omp atomic
    freed++;
    free(scratch);
}
static vt_status use(size_t i, void *shared, void *scratch, vt_error *err)
{
    (void)shared;
    if (!scratch) return vt_fail(err, VT_EINTERNAL, "no scratch");
    *(size_t *)scratch = i;
    return VT_OK;
}

static void each_thread_has_its_own_scratch_and_returns_it(void)
{
    made = freed = 0;
    vt_parallel how = {.threads = 3, .scratch_create = make, .scratch_free = unmake};
    CHECK(vt_parallel_for(N, use, &how, NULL) == VT_OK);
    CHECK(made >= 1 && made <= 3 && freed == made);
    made = freed = 0;
    how.shared = &how; /* the first workspace fails */
    vt_error err = {0};
    CHECK(vt_parallel_for(N, use, &how, &err) == VT_EMEMORY);
    CHECK_TEXT(err.msg, "no workspace");
    CHECK(freed == made - 1);
}

static void wrong_calls_are_refused(void)
{
    const vt_parallel how = {.threads = -1};
    vt_error err = {0};
    CHECK(vt_parallel_for(3, draw, &how, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "threads = -1");
    CHECK(vt_parallel_for(3, NULL, &how, NULL) == VT_EARG);
    CHECK(vt_parallel_for(3, draw, NULL, NULL) == VT_EARG);
    const vt_parallel fine = {0};
    CHECK(vt_parallel_for(0, draw, &fine, NULL) == VT_OK);
    CHECK(vt_parallel_threads() >= 1);
}

CHECK_MAIN(CHECK_CASE(the_number_of_threads_does_not_matter),
           CHECK_CASE(the_lowest_failing_index_is_reported_and_every_task_runs),
           CHECK_CASE(each_thread_has_its_own_scratch_and_returns_it), CHECK_CASE(wrong_calls_are_refused))
