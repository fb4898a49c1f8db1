/* Real files of indenters, each damaged a thousand ways. */
#include "io/mutate.h"

static void damage(const char *relative, size_t refused)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load(relative, &n);
    if (!bytes) return;
    const mutate_job job = {.name = relative, .bytes = bytes, .size = n, .count = MUTATE_COUNT};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.refused >= refused);
    free(bytes);
}

static void archives(void)
{
    /* all but those that fall on dates and flags, or on members that replace one another whole */
    damage("nanoindentation/micromaterials-nanotest-depth-series/multipleIndentations.zip", 900);
}

static void hdf5(void)
{
    /* the rest falls on empty room of the library's blocks, or changes a number: HDF5 has no checksums by itself */
    damage("nanoindentation/micromaterials-nanotest-depth-series/Sample1_Vac_RT.hdf5", 300);
    damage("nanoindentation/fischerscope-hm2000-report/N1_1.hdf5", 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(archives), CHECK_CASE(hdf5)};
    if (!check_real_files()) return CHECK_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
