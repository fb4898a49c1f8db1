/* Real exports of calorimeters, each damaged a thousand ways. */
#include "io/mutate.h"

static void damage(const char *path)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load(path, &n);
    if (!bytes) return;
    const mutate_job job = {.name = path, .bytes = bytes, .size = n, .count = MUTATE_COUNT};
    CHECK(mutate_run(&job).refused >= 100); /* a digit into another cannot be seen */
    free(bytes);
}

static void scan(void)
{
    damage("dsc/perkinelmer-tg-overshoot/7HAW008.csv");
}

static void discovery(void)
{
    damage("dsc/ta-discovery-pmma-glass-transition/UMET_DSC_N2_20K_1.csv");
}

static void universal_analysis(void)
{
    damage("dsc/ta-2920-eicosane-melting/sample_dsc_tainstruments.txt");
}

/* No real files of these at hand: made-up ones. */
static void made_up(void)
{
    static const char PYRIS[] =
        "Filename:\tC:\\x.ds8d\nSample ID:\twire 7\nSample Weight:\t5.250 mg\n1) DSC Isothermal\nTime\tUnsubtracted\t"
        "Baseline\tProgram\tSample\tGas\n0.0\t1.5\t0\t25.0\t25.1\t20\n0.5\t2.5\t0\t35.0\t34.9\t20\n2) DSC Temp Scan\n"
        "1.0\t3.5\t0\t45.0\t44.8\t20\nTEMPERATURE CALIBRATION INPUTS:\n1\t2\t3\t4\t5\t6\n";
    static const char PROTEUS[] =
        "#EXPORTTYPE:;DATA ALL\n#DECIMAL:;COMMA\n#SEPARATOR:;SEMICOLON\n#SAMPLE MASS /mg:;10,5\n#EXO:;-1\n##Temp./\xB0"
        "C;Time/min;DSC/(mW/mg)\n30,25;0,5;0,125\n31,25;1,5;0,25\n";
    const mutate_job jobs[] = {
        {.name = "made-up Pyris", .bytes = PYRIS, .size = strlen(PYRIS), .count = MUTATE_COUNT},
        {.name = "made-up Proteus", .bytes = PROTEUS, .size = strlen(PROTEUS), .count = MUTATE_COUNT}};
    for (int k = 0; k < 2; k++) CHECK(mutate_run(&jobs[k]).refused >= 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(scan), CHECK_CASE(discovery), CHECK_CASE(universal_analysis),
                                       CHECK_CASE(made_up)};
    if (!check_real_files()) return CHECK_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
