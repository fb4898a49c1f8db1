#pragma once
/* What benchmarks of a whole experiment share: a record of its virtual instrument, saved for the peers and reduced. */
#include "bench.h"
#include <vitrum/experiment.h>

/* The folder that is the only argument. */
static inline const char *bench_folder(int argc, char **argv, const char *name)
{
    if (argc == 2) return argv[1];
    fprintf(stderr, "usage: %s FOLDER\n", name);
    exit(2);
}

static inline vt_table *bench_simulate(const char *experiment, size_t n, const vt_setting *set)
{
    const vt_request in = {.settings = set, .nsettings = n};
    vt_table *t = NULL;
    vt_error err = {0};
    bench_need(vt_simulate(vt_experiment_find(experiment), &in, &t, &err), &err);
    return t;
}

/* FOLDER/NAME.bin: number of rows, then the n columns, as doubles. */
static inline void bench_save(const vt_table *t, const char *folder, const char *name, size_t n,
                              const char *const *columns)
{
    char path[4096];
    const size_t rows = vt_table_rows(t);
    snprintf(path, sizeof path, "%s/%s.bin", folder, name);
    FILE *f = fopen(path, "wb");
    const double count = (double)rows;
    int good = f && fwrite(&count, sizeof count, 1, f) == 1;
    for (size_t c = 0; good && c < n; c++)
        good = fwrite(vt_table_values(t, (size_t)vt_table_find(t, columns[c])), sizeof(double), rows, f) == rows;
    if (!f || fclose(f) != 0 || !good) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
}

/* The result of n tables; returns the processor time it took, s. */
static inline double bench_reduce(const char *experiment, size_t n, const vt_table *const *raw, vt_result **r)
{
    const vt_common common = {.seed = 1, .level = 0.95, .replicates = 1000, .threads = 1};
    const vt_request in = {.raw = raw, .nraw = n, .common = &common};
    vt_error err = {0};
    const double start = bench_processor();
    bench_need(vt_reduce(vt_experiment_find(experiment), &in, r, &err), &err);
    return bench_processor() - start;
}
