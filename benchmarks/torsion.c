/* One torsion record of 1e5 readings of a wire of 52 um with a layer of 2 um, reduced: elastic part, yield by five
 * methods, five models by likelihood, intervals, published recipe. Argument: a folder. The record goes there as
 * torsion.bin (readings, then angle and torque as doubles) for torsion_gsl.c. */
#include "bench.h"
#include <string.h>
#include <vitrum/experiment.h>

static vt_table *simulate(void)
{
    static const vt_setting SET[] = {{"points", "100000", NULL, 0},    {"layer_thickness", "2 um", NULL, 0},
                                     {"torque_zero", "0", NULL, 0},    {"seed", "11", NULL, 0},
                                     {"diameter_error", "0", NULL, 0}, {"torque_error", "0", NULL, 0}};
    const vt_request in = {.settings = SET, .nsettings = sizeof SET / sizeof *SET};
    vt_table *t = NULL;
    vt_error err = {0};
    bench_need(vt_simulate(vt_experiment_find("torsion"), &in, &t, &err), &err);
    return t;
}

static void save(const vt_table *t, const char *folder)
{
    char path[4096];
    const size_t n = vt_table_rows(t);
    snprintf(path, sizeof path, "%s/torsion.bin", folder);
    FILE *f = fopen(path, "wb");
    const double count = (double)n;
    int good = f && fwrite(&count, sizeof count, 1, f) == 1;
    good = good && fwrite(vt_table_values(t, (size_t)vt_table_find(t, "angle")), sizeof(double), n, f) == n;
    good = good && fwrite(vt_table_values(t, (size_t)vt_table_find(t, "torque")), sizeof(double), n, f) == n;
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
        fprintf(stderr, "usage: torsion FOLDER\n");
        return 2;
    }
    vt_table *t = simulate();
    const vt_table *raw[1] = {t};
    const vt_common common = {.seed = 1, .level = 0.95, .replicates = 1000, .threads = 1};
    const vt_request in = {.raw = raw, .nraw = 1, .common = &common};
    save(t, argv[1]);
    const double start = bench_processor();
    bench_need(vt_reduce(vt_experiment_find("torsion"), &in, &r, &err), &err);
    bench_print("torsion.core", bench_processor() - start);
    const vt_property *p = vt_result_find(r, "layer_stiffness", "physics", NULL, 0.0);
    bench_print("torsion.stiffness", p ? 1e-3 * p->q.value : 0.0);
    vt_result_free(r);
    vt_table_free(t);
    return 0;
}
