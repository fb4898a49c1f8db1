/* Real text files of indenters, each damaged a thousand ways. */
#include "io/mutate.h"

static void damage(const char *relative, size_t refused)
{
    char path[256];
    size_t n = 0;
    snprintf(path, sizeof path, "nanoindentation/%s", relative);
    unsigned char *bytes = mutate_load(path, &n);
    if (!bytes) return;
    const mutate_job job = {.name = relative, .bytes = bytes, .size = n, .count = MUTATE_COUNT};
    CHECK(mutate_run(&job).refused >= refused);
    free(bytes);
}

/* What is read is what changed a digit into another, a letter of the header, or the order of whole rows. */
static void hysitron(void)
{
    damage("hysitron-triboscan-hld/experiment_a.hld", 500);
    damage("hysitron-triboscan-hld/experiment_c.hld", 500);
    damage("hysitron-lc-text-steel/RobinSteel0000LC.txt", 500);
    damage("hysitron-ti990-popins/grain1_6um_indent01_HL_QS_LC.txt", 500);
    damage("hysitron-nanodma-and-map/Hysitron_dma.txt", 400);
}

static void reports(void)
{
    damage("fischerscope-hm2000-report/FS1.txt", 300);
    damage("csm-nht2-zrcu-amorphous-alloy-map/Be0_matryca15_50mN_spacing7um_strefa_przejsciowa.TXT", 500);
    damage("anton-paar-curves-100mN/HT_V_100mN.TXT", 300);
    damage("anton-paar-curves-100mN/HT_V_100mN_data.TXT", 400);
    damage("mts-xp-fused-silica-csm/FS_XP_MethodInclCalibration.txt", 50); /* words: most damage cannot be seen */
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(hysitron), CHECK_CASE(reports)};
    if (!check_real_files()) return CHECK_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
