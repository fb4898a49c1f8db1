/* A real TRIOS export, damaged a thousand ways. */
#include "io/mutate.h"

static void trios(void)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load("creep/trios-creep-export/creep_experiment.txt", &n);
    if (!bytes) return;
    const mutate_job job = {.name = "creep_experiment.txt", .bytes = bytes, .size = n, .count = MUTATE_COUNT};
    CHECK(mutate_run(&job).refused >= 200); /* a digit into another, text of the header: cannot be seen */
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(trios)};
    if (!check_real_files()) return CHECK_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
