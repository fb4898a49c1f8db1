/* Time to read 1000 Hysitron .hld files of 2800 readings in eight columns (240 kB each), and to read and reduce them:
 * approach in air, loading to 3.5 mN, hold, unloading, 0.3 nm and 3 uN of noise. The files lie in the cache of the
 * system, not on the disk. Argument: a folder for the files. */
#include "bench.h"
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

enum { FILES = 1000, POINTS = 2800, AIR = 600, UP = 1400, HOLD = 1700, DOWN = 2500 };

static const char HEAD[] =
    "Test Type: Indentation\r\nTime Stamp: Wed Mar 04 13:56:27 2026\r\nTip ID: Probe\r\n"
    "Tip Usable Depth: 15000 nm\r\nTip C0: 24.5 nm^2/nm^2\r\nTip C1: 500 nm^2/nm\r\nTip B: 0 nm\r\n"
    "Test Data Points: %d\r\nTime_s\tDisp_nm\tForce_uN\tLoadCell_nm\tPiezoDisp_nm\tDisp_V\tForce_V\t"
    "Piezo_LowV\r\n";

static double noise(unsigned long *s)
{
    double sum = 0.0;
    for (int i = 0; i < 12; i++) {
        *s = *s * 6364136223846793005ul + 1442695040888963407ul;
        sum += (double)(*s >> 11) / 9007199254740992.0;
    }
    return sum - 6.0;
}

/* Depth (nm) and load (uN) of reading i. */
static void sample(int i, double top, double *h, double *F)
{
    const double most = top * 3500.0, h_max = 118.0 * sqrt(top), h_f = 0.75 * h_max;
    double x = 1.0;
    if (i < AIR) {
        *h = (double)(i - AIR) * 0.1;
        *F = 0.0;
        return;
    }
    if (i < UP) x = (double)(i - AIR) / (UP - AIR);
    if (i >= HOLD) x = 1.0 - (double)(i - HOLD) / (DOWN - HOLD);
    *F = x > 0.0 ? most * x : 0.0;
    if (i < HOLD)
        *h = h_max * sqrt(x);
    else
        *h = x > 0.0 ? h_f + (h_max - h_f) * pow(x, 1.0 / 1.4) : h_f - (double)(i - DOWN) * 0.1;
}

static void write_file(const char *path, unsigned long seed)
{
    FILE *f = fopen(path, "wb");
    unsigned long s = seed * 7919 + 17;
    const double top = 1.0 + 0.01 * noise(&s);
    if (!f) {
        perror(path);
        exit(1);
    }
    fprintf(f, HEAD, POINTS);
    for (int i = 0; i < POINTS; i++) {
        double h, F;
        sample(i, top, &h, &F);
        h += 0.3 * noise(&s);
        F += 3.0 * noise(&s);
        fprintf(f, "%.6f\t%.6f\t%.6f\t%.6f\t%.6f\t%.6f\t%.6f\t%.6f\r\n", 0.005 * i, h, F, 3544.2 - F / 48, h - 1063.0,
                -2.388 + h / 24000, -2.142 + F / 4600, 0.001575);
    }
    fclose(f);
}

/* Once reads all files, and reduces them if wanted; wall and processor seconds. */
static void once(const char *const *paths, int reduce, double *wall, double *core)
{
    static vt_book *books[FILES];
    const vt_experiment *e = vt_experiment_find("indentation");
    const vt_table **tables = NULL;
    vt_result *result = NULL;
    vt_error err = {0};
    size_t n = 0;
    *wall = bench_wall();
    *core = bench_processor();
    bench_need(vt_books_read(FILES, paths, NULL, 0, books, &err), &err);
    if (reduce) {
        bench_need(vt_books_tables(FILES, books, &tables, &n, &err), &err);
        const vt_request in = {.raw = tables, .nraw = n};
        bench_need(vt_reduce(e, &in, &result, &err), &err);
    }
    *wall = bench_wall() - *wall;
    *core = bench_processor() - *core;
    vt_result_free(result);
    free(tables);
    vt_books_free(FILES, books);
}

int main(int argc, char **argv)
{
    static char name[FILES][512];
    const char *paths[FILES];
    double wall, core;
    if (argc != 2) {
        fprintf(stderr, "usage: hysitron FOLDER\n");
        return 2;
    }
    for (int i = 0; i < FILES; i++) {
        snprintf(name[i], sizeof name[i], "%s/hysitron_%04d.hld", argv[1], i);
        write_file(name[i], (unsigned long)i);
        paths[i] = name[i];
    }
    once(paths, 0, &wall, &core); /* the first time fills caches */
    once(paths, 0, &wall, &core);
    bench_print("hysitron.read", wall);
    bench_print("hysitron.read.core", core);
    once(paths, 1, &wall, &core);
    bench_print("hysitron.reduce", wall);
    bench_print("hysitron.reduce.core", core);
    for (int i = 0; i < FILES; i++) unlink(name[i]);
    return 0;
}
