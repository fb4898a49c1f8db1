/* One torsion record of 1e5 readings of a wire of 52 um with a layer of 2 um, reduced: elastic part, yield by five
 * methods, five models by likelihood, intervals, published recipe. Argument: a folder. The record goes there as
 * torsion.bin (readings, then angle and torque as doubles) for torsion_gsl.c. */
#include "bench_record.h"

static vt_table *simulate(void)
{
    static const vt_setting SET[] = {{"points", "100000", NULL, 0},    {"layer_thickness", "2 um", NULL, 0},
                                     {"torque_zero", "0", NULL, 0},    {"seed", "11", NULL, 0},
                                     {"diameter_error", "0", NULL, 0}, {"torque_error", "0", NULL, 0}};
    return bench_simulate("torsion", sizeof SET / sizeof *SET, SET);
}

int main(int argc, char **argv)
{
    static const char *const COLUMNS[] = {"angle", "torque"};
    const char *folder = bench_folder(argc, argv, "torsion");
    vt_result *r = NULL;
    vt_table *t = simulate();
    const vt_table *raw[1] = {t};
    bench_save(t, folder, "torsion", 2, COLUMNS);
    bench_print("torsion.core", bench_reduce("torsion", 1, raw, &r));
    const vt_property *p = vt_result_find(r, "layer_stiffness", "physics", NULL, 0.0);
    bench_print("torsion.stiffness", p ? 1e-3 * p->q.value : 0.0);
    vt_result_free(r);
    vt_table_free(t);
    return 0;
}
