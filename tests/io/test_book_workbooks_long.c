/* Real workbooks, each damaged a thousand ways. */
#include "io/mutate.h"

/* At least so many of the thousand must be refused: the others fall on cells, or on parts that are not read. */
static void damage(const char *relative, const vt_read_options *options, size_t refused)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load(relative, &n);
    if (!bytes) return;
    const mutate_job job = {.name = relative, .bytes = bytes, .size = n, .count = MUTATE_COUNT, .options = options};
    CHECK(mutate_run(&job).refused >= refused);
    free(bytes);
}

static void binary_workbooks(void)
{
    damage("nanoindentation/mts-xp-film-on-substrate/MTS_1film_SiO2_Si_CSM-2nm.xls", NULL, 100);
    damage("nanoindentation/agilent-g200-csm-popin/Popin.xls", NULL, 100);
    damage("nanoindentation/agilent-g200-fused-silica-5cycles/FQ.xls", NULL, 100);
    damage("nanoindentation/mts-xp-fused-silica-csm/FS_XP.xls", NULL, 100);
    damage("nanoindentation/mts-xp-sphere-popin-alumina-on-al/mts-XP_Indcon5um_Al2O3-40nm.xls", NULL, 100);
}

static void zipped_workbooks(void)
{
    static const vt_setting UNITS[] = {{.key = "A#2", .text = "1"}, {.key = "m", .text = "1"}};
    const vt_read_options options = {.units = UNITS, .nunits = 2};
    damage("nanoindentation/hysitron-nanodma-and-map/Hysitron_example_10x10.xlsx", &options, 500);
    damage("nanoindentation/kla-tungsten-frame-stiffness/Tungsten_FrameStiffness.xlsx", NULL, 500);
    damage("nanoindentation/kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx", NULL, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(binary_workbooks), CHECK_CASE(zipped_workbooks)};
    if (!check_real_files()) return CHECK_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
