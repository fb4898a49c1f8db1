#pragma once
/* What the benchmark programs share: clocks, and the line that run.sh collects: "id<TAB>number". */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <vitrum/error.h>

static inline double bench_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Time on the wall, s. */
static inline double bench_wall(void)
{
    return bench_clock(CLOCK_MONOTONIC);
}

/* Processor time of all threads of this process, s. */
static inline double bench_processor(void)
{
    return bench_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static inline void bench_print(const char *id, double value)
{
    printf("%s\t%.6g\n", id, value);
}

/* A benchmark of something that failed says nothing: words, and out. */
static inline void bench_need(vt_status status, const vt_error *err)
{
    if (status == VT_OK) return;
    char text[1024];
    vt_error_format(err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    exit(1);
}
