/* A thousand scans of 10 000 points, five hundred pieces heated twice: reduced from tables in memory, figures and
 * curves of the first twelve pieces included. */
#include "bench_record.h"
#include <string.h>

enum { PIECES = 500, BATCH = 50 };

static vt_table *piece(int k)
{
    char seed[16], name[32];
    snprintf(seed, sizeof seed, "%d", 1 + k % 7); /* a few different records; each is reduced by itself */
    snprintf(name, sizeof name, "piece %d", k);
    const vt_setting set[] = {{"seed", seed, NULL, 0}, {"spacing", "0.03 K", NULL, 0}, {"specimen", name, NULL, 0}};
    return bench_simulate("calorimetry", sizeof set / sizeof *set, set);
}

int main(void)
{
    double seconds = 0.0;
    size_t points = 0, found = 0;
    for (int first = 0; first < PIECES; first += BATCH) {
        vt_table *t[BATCH];
        const vt_table *raw[BATCH];
        vt_result *r = NULL;
        for (int k = 0; k < BATCH; k++) {
            raw[k] = t[k] = piece(first + k);
            points += vt_table_rows(t[k]);
        }
        seconds += bench_reduce("calorimetry", BATCH, raw, &r);
        for (size_t i = 0; i < vt_result_properties(r); i++)
            found += strcmp(vt_result_property(r, i)->name, "relaxation_enthalpy_linear") == 0;
        vt_result_free(r);
        for (int k = 0; k < BATCH; k++) vt_table_free(t[k]);
    }
    bench_print("calorimetry.core", seconds);
    bench_print("calorimetry.points", (double)points);
    bench_print("calorimetry.enthalpies", (double)found);
    return 0;
}
