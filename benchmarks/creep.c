/* One creep record of a million samples, four loads at each of four powers: segmented and reduced. Argument: a folder.
 * The record goes there as creep.bin (samples, then time, strain, force, power as doubles) for creep.py. */
#include "bench_record.h"

static vt_table *simulate(void)
{
    static const vt_setting SET[] = {{"loads", "2,4,6,8 uN", NULL, 0},
                                     {"powers", "1.15,1.16,1.17,1.18 mW", NULL, 0},
                                     {"times", "62.5 s", NULL, 0},
                                     {"segment_strain", "0", NULL, 0},
                                     {"sampling", "1000 Hz", NULL, 0}};
    return bench_simulate("creep", sizeof SET / sizeof *SET, SET);
}

int main(int argc, char **argv)
{
    static const char *const COLUMNS[] = {"time", "strain", "force", "power"};
    const char *folder = bench_folder(argc, argv, "creep");
    vt_result *r = NULL;
    vt_table *t = simulate();
    const vt_table *raw[1] = {t};
    bench_save(t, folder, "creep", 4, COLUMNS);
    bench_print("creep.core", bench_reduce("creep", 1, raw, &r));
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
