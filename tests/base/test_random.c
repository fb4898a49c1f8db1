/* Random streams: known answers, independence of the order of use, moments and distributions. */
#include "check.h"
#include <gsl/gsl_cdf.h>
#include <vitrum/random.h>

/* Random123, tests/kat_vectors, "philox4x32 10" (Salmon et al., SC11, 2011). */
static void philox_gives_the_known_answers(void)
{
    const struct {
        uint32_t counter[4], key[2], answer[4];
    } KAT[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof KAT / sizeof *KAT; i++) {
        vt_stream s = {.used = 4};
        memcpy(s.counter, KAT[i].counter, sizeof s.counter);
        memcpy(s.key, KAT[i].key, sizeof s.key);
        const uint64_t a = vt_stream_bits(&s), b = vt_stream_bits(&s);
        CHECK(a == (KAT[i].answer[0] | (uint64_t)KAT[i].answer[1] << 32));
        CHECK(b == (KAT[i].answer[2] | (uint64_t)KAT[i].answer[3] << 32));
    }
}

static void a_name_hashes_as_fnv(void)
{
    CHECK(vt_stream_purpose("") == 0x811c9dc5u); /* Fowler, Noll, Vo: their published test vectors */
    CHECK(vt_stream_purpose("a") == 0xe40c292cu);
    CHECK(vt_stream_purpose("foobar") == 0xbf9cf968u);
}

static void streams_of_different_name_differ_and_repeat(void)
{
    vt_stream a, b, c, d, e;
    vt_stream_init(&a, 7, 3, 5);
    vt_stream_init(&b, 7, 3, 5);
    vt_stream_init(&c, 7, 3, 6);
    vt_stream_init(&d, 7, 4, 5);
    vt_stream_init(&e, UINT64_C(7) + (UINT64_C(1) << 32), 3, 5);
    for (int i = 0; i < 100; i++) {
        const uint64_t x = vt_stream_bits(&a);
        CHECK(x == vt_stream_bits(&b));
        CHECK(x != vt_stream_bits(&c) && x != vt_stream_bits(&d) && x != vt_stream_bits(&e));
    }
}

/* Kolmogorov's distance of n draws from the distribution; 1.95 is exceeded once in 1000 seeds. */
static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}
static double distance(double (*draw)(vt_stream *), double (*cdf)(double))
{
    enum { N = 20000 };
    static double x[N];
    vt_stream s;
    vt_stream_init(&s, 20211, vt_stream_purpose("test/random"), 0);
    for (int i = 0; i < N; i++) x[i] = draw(&s);
    qsort(x, N, sizeof *x, compare);
    double d = 0;
    for (int i = 0; i < N; i++) d = fmax(d, fmax(cdf(x[i]) - i / (double)N, (i + 1) / (double)N - cdf(x[i])));
    return d * sqrt((double)N);
}
static double uniform_cdf(double x)
{
    return x;
}
static double exponential_cdf(double x)
{
    return -expm1(-x);
}

static void draws_follow_their_distribution(void)
{
    CHECK_BAND(distance(vt_stream_uniform, uniform_cdf), 0.3, 1.95); /* 0.3: fewer would be too even */
    CHECK_BAND(distance(vt_stream_normal, gsl_cdf_ugaussian_P), 0.3, 1.95);
    CHECK_BAND(distance(vt_stream_exponential, exponential_cdf), 0.3, 1.95);
    CHECK(distance(vt_stream_exponential, gsl_cdf_ugaussian_P) > 10); /* the check can fail */
}

static void uniform_is_open_at_both_ends(void)
{
    const vt_stream zeros = {.used = 0}, ones = {.block = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};
    vt_stream s = zeros;
    CHECK(vt_stream_uniform(&s) == 0x1p-53);
    s = ones;
    CHECK(vt_stream_uniform(&s) == 1.0 - 0x1p-53);
    s = zeros;
    const double least = vt_stream_normal(&s);
    s = ones;
    CHECK_REL(vt_stream_normal(&s), -least, 1e-12); /* symmetric, and finite: 8.2 */
    CHECK_BAND(least, -8.3, -8.1);
}

static void below_is_even_and_in_range(void)
{
    enum { N = 70000, K = 7 };
    long count[K] = {0};
    vt_stream s;
    vt_stream_init(&s, 99, 1, 2);
    for (int i = 0; i < N; i++) {
        const size_t j = vt_stream_below(&s, K);
        CHECK(j < K);
        count[j]++;
    }
    double chi2 = 0;
    for (int j = 0; j < K; j++) chi2 += pow((double)count[j] - N / (double)K, 2) / (N / (double)K);
    CHECK_BAND(chi2, 0.3, 22.5); /* chi-square of 6 dof: 0.001 on either side */
    CHECK(vt_stream_below(&s, 0) == 0);
    CHECK(vt_stream_below(&s, 1) == 0);
}

CHECK_MAIN(CHECK_CASE(philox_gives_the_known_answers), CHECK_CASE(a_name_hashes_as_fnv),
           CHECK_CASE(streams_of_different_name_differ_and_repeat), CHECK_CASE(draws_follow_their_distribution),
           CHECK_CASE(uniform_is_open_at_both_ends), CHECK_CASE(below_is_even_and_in_range))
