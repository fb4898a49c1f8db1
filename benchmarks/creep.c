/* One creep record of a million samples, four loads at each of four powers: segmented and reduced. Argument: a folder.
 * The record goes there as creep.bin (samples, then time, strain, force, power as doubles) for creep.py. */
#include "bench.h"
#include <vitrum/experiment.h>

enum { COLUMNS = 4 };
static const char *const NAME[COLUMNS] = {"time", "strain", "force", "power"};

static vt_table *simulate(void)
{
    static const vt_setting SET[] = {{"loads", "2,4,6,8 uN", NULL, 0},
                                     {"powers", "1.15,1.16,1.17,1.18 mW", NULL, 0},
                                     {"times", "62.5 s", NULL, 0},
                                     {"segment_strain", "0", NULL, 0},
                                     {"sampling", "1000 Hz", NULL, 0}};
    const vt_request in = {.settings = SET, .nsettings = sizeof SET / sizeof *SET};
    vt_table *t = NULL;
    vt_error err = {0};
    bench_need(vt_simulate(vt_experiment_find("creep"), &in, &t, &err), &err);
    return t;
}

static void save(const vt_table *t, const char *folder)
{
    char path[4096];
    const size_t n = vt_table_rows(t);
    snprintf(path, sizeof path, "%s/creep.bin", folder);
    FILE *f = fopen(path, "wb");
    const double count = (double)n;
    int good = f && fwrite(&count, sizeof count, 1, f) == 1;
    for (int c = 0; good && c < COLUMNS; c++)
        good = fwrite(vt_table_values(t, (size_t)vt_table_find(t, NAME[c])), sizeof(double), n, f) == n;
    if (!f || fclose(f) != 0 || !good) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    vt_error err = {0};
    vt_result *r = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: creep FOLDER\n");
        return 2;
    }
    vt_table *t = simulate();
    const vt_table *raw[1] = {t};
    const vt_common common = {.seed = 1, .level = 0.95, .replicates = 1000, .threads = 1};
    const vt_request in = {.raw = raw, .nraw = 1, .common = &common};
    save(t, argv[1]);
    const double start = bench_processor();
    bench_need(vt_reduce(vt_experiment_find("creep"), &in, &r, &err), &err);
    bench_print("creep.core", bench_processor() - start);
    bench_print("creep.samples", (double)vt_table_rows(t));
    size_t found = 0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        found += p->name[0] == 'v' && p->reading[0] == 'p' && p->reading[1] == 'h'; /* viscosity, physics */
    }
    bench_print("creep.segments", (double)found);
    vt_result_free(r);
    vt_table_free(t);
    return 0;
}
