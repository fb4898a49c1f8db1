/* The harness of damaged files itself: it finds a reader that takes too much memory or fails without words. Then plain
 * text tables under it, the one format that is always there. */
#include "io/mutate.h"

static const char TABLE[] = "# alloy: Pt\n# wait: 12 s\ntime [s],depth [nm],load [mN],marker\n0,-1.5,0.01,\n"
                            "0.1,3.25,0.125,Surface\n0.2,7.5,0.5,\n0.3,12.125,1.5,\"End, of it\"\n0.4,n/a,2.5,\n";

static void text_tables_survive(void)
{
    const mutate_job job = {.name = "made-up table", .bytes = TABLE, .size = strlen(TABLE), .count = 3000};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.accepted + c.refused == 3000);
    CHECK(c.refused > 300 && c.accepted > 300); /* most damage to a text shows, a changed digit does not */
}

static vt_status greedy(void *context, const unsigned char *bytes, size_t size, vt_error *err)
{
    (void)bytes, (void)context;
    char *p = malloc(20 * size + 2 * MUTATE_CONSTANT);
    if (p) p[0] = 1;
    free(p);
    return vt_fail(err, VT_EPARSE, "greedy");
}

static vt_status wordless(void *context, const unsigned char *bytes, size_t size, vt_error *err)
{
    (void)bytes, (void)context, (void)size, (void)err;
    return VT_EPARSE;
}

static vt_status lying(void *context, const unsigned char *bytes, size_t size, vt_error *err)
{
    (void)bytes, (void)context, (void)size;
    vt_fail(err, VT_EUNITS, "another code");
    return VT_EPARSE;
}

/* How many checks fail; then forgets them. */
static int failures(const mutate_job *job)
{
    const int before = check_failures;
    mutate_run(job);
    const int n = check_failures - before;
    check_failures = before;
    return n;
}

static void bad_readers_are_found(void)
{
    mutate_job job = {.name = "made-up table", .bytes = TABLE, .size = strlen(TABLE), .count = 10, .parse = greedy};
    CHECK(failures(&job) == (MUTATE_COUNTS_MEMORY ? 11 : 0)); /* ten mutations and the file itself */
    job.parse = wordless;
    CHECK(failures(&job) == 11);
    job.parse = lying;
    CHECK(failures(&job) == 11);
}

static void mutations_are_deterministic_and_differ(void)
{
    const mutate_job job = {.name = "made-up table", .bytes = TABLE, .size = strlen(TABLE), .count = 1000};
    size_t same = 0;
    for (size_t i = 0; i < job.count; i++) {
        size_t n, again;
        unsigned char *a = mutate_make(&job, i, &n), *b = mutate_make(&job, i, &again);
        CHECK(n == again && memcmp(a, b, n) == 0);
        same += n == job.size && memcmp(a, TABLE, n) == 0;
        free(a);
        free(b);
    }
    CHECK(same < 30); /* a byte replaced by itself, a run swapped with itself: seen 14 of 1000 */
}

CHECK_MAIN(CHECK_CASE(text_tables_survive), CHECK_CASE(bad_readers_are_found),
           CHECK_CASE(mutations_are_deterministic_and_differ))
