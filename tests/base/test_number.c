/* Decimal to double and back: exact against the C library (C locale), hard cases, grammar. */
#include "check.h"
#include "base/number_internal.h"
#include <float.h>
#include <inttypes.h>

static double scan(const char *s, long *used)
{
    double v = -7.0;
    const char *after = vti_number_scan(s, s + strlen(s), '.', &v);
    *used = after ? (long)(after - s) : -1;
    return v;
}

static void same_as_strtod(const char *s)
{
    long used;
    const double v = scan(s, &used), want = strtod(s, NULL); /* the tests run in the C locale */
    if (!(v == want) || signbit(v) != signbit(want) || used != (long)strlen(s))
        CHECK_FAILED("%s: %.17g, expected %.17g, used %ld", s, v, want, used);
}

static void hard_numbers_are_nearest(void)
{
    static const char *const HARD[] = {
        "0",
        "-0.0",
        "1",
        "0.1",
        "123456789012345678",
        "9007199254740993",
        "9007199254740992.999999999999999999999",
        "9007199254740993.00000000000000000000000000000001",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649"
        "01797758720709633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176"
        "4475730"
        "270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497791.999",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "4.9406564584124654e-324",
        "2.4703282292062327208e-324",
        "2.4703282292062328e-324",
        "1e-400",
        "1e400",
        "1e23",
        "8.5e22",
        "9.5e-23",
        "6.0221407600000000000000000000000000000000000000000000000000000000e23",
        "7.2057594037927933e16",
        "8.000877e-005",
        "0000000000000000000000000000000000001.5",
        "0.000000000000000000000000000000000000000123",
        "3.518437208883201171875e13",
        "30078505129381147446200",
        "1777820000000000000001",
        "5e-324",
        "1.0e+2",
        "5.",
        ".5",
        "62.5364939768271845828",
        "8.10109172351e-10",
        "1.50000000000000011102230246251565",
        "1.3694713649464322631e-11",
        "9.3170532238714134438e+16"};
    for (size_t i = 0; i < sizeof HARD / sizeof *HARD; i++) same_as_strtod(HARD[i]);
}

static uint64_t next(uint64_t *s) /* xorshift64*: any stream will do */
{
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return *s * UINT64_C(2685821657736338717);
}

static void random_doubles_come_back(void)
{
    uint64_t s = 20240607;
    for (int i = 0; i < 200000; i++) {
        const uint64_t bits = next(&s);
        double v, back;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v)) continue;
        char buf[64];
        const int n = snprintf(buf, sizeof buf, "%.*e", (int)(bits % 24), v);
        same_as_strtod(buf);
        const int m = vti_number_write(v, buf);
        CHECK(m > 0 && m < VTI_NUMBER_TEXT && n > 0);
        if (!vti_number_scan(buf, buf + m, '.', &back) || back != v) CHECK_FAILED("%s is not %.17g", buf, v);
    }
}

/* The decimal expansion of the middle between two neighbours, cut, exact and extended: ties go to even. */
static void halfway_points_are_settled_exactly(void)
{
    uint64_t s = 77;
    for (int i = 0; i < 2000; i++) {
        uint64_t bits = next(&s) >> 1;
        if (i % 3 == 0) bits = (bits & ((UINT64_C(1) << 52) - 1)) | (1023 + bits % 60) << 52;
        if (i % 3 == 1) bits &= (UINT64_C(1) << 52) - 1; /* subnormal */
        double v;
        memcpy(&v, &bits, sizeof v);
        if (!(v < DBL_MAX)) continue;
        const long double middle = ((long double)v + (long double)nextafter(v, HUGE_VAL)) / 2.0L;
        char buf[1600];
        snprintf(buf, sizeof buf, "%.1100Le", middle);
        same_as_strtod(buf);
        char *e = strchr(buf, 'e');
        e[-1] = '1'; /* just above */
        same_as_strtod(buf);
        snprintf(buf, sizeof buf, "%.40Le", middle);
        same_as_strtod(buf);
    }
}

static void only_numbers_are_numbers(void)
{
    static const struct {
        const char *s;
        long used;
        double v;
    } CASE[] = {{"1.5abc", 3, 1.5}, {"1e", 1, 1.0},
                {"2e+", 1, 2.0},    {"3e5x", 3, 3e5},
                {"1,5", 1, 1.0},    {"nan", -1, -7.0},
                {"inf", -1, -7.0},  {"", -1, -7.0},
                {"-", -1, -7.0},    {".", -1, -7.0},
                {"+.e5", -1, -7.0}, {"0x10", 1, 0.0},
                {"--5", -1, -7.0},  {"1.2.3", 3, 1.2},
                {" 1", -1, -7.0},   {"12345678", 8, 12345678.0},
                {"+12", 3, 12.0},   {"1e99999999999", 13, HUGE_VAL}};
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        long used;
        const double v = scan(CASE[i].s, &used);
        if (used != CASE[i].used || v != CASE[i].v) CHECK_FAILED("'%s': %g, used %ld", CASE[i].s, v, used);
    }
    double v = 0.0;
    const char *comma = "-12,25;7";
    CHECK(vti_number_scan(comma, comma + 8, ',', &v) == comma + 6);
    CHECK(v == -12.25);
    CHECK(vti_number_scan(comma, comma + 2, ',', &v) == comma + 2); /* end is respected */
    CHECK(v == -1.0);
    CHECK(vti_number_scan(NULL, NULL, ',', &v) == NULL);
}

static void short_numbers_are_written_short(void)
{
    char buf[VTI_NUMBER_TEXT];
    CHECK(vti_number_write(0.1, buf) == 3 && strcmp(buf, "0.1") == 0);
    CHECK(vti_number_write(1e22, buf) == 5 && strcmp(buf, "1e+22") == 0);
    CHECK(vti_number_write(-570.15, buf) == 7 && strcmp(buf, "-570.15") == 0);
    vti_number_write(NAN, buf);
    CHECK(strcmp(buf, "nan") == 0);
    vti_number_write(-INFINITY, buf);
    CHECK(strcmp(buf, "-inf") == 0);
}

CHECK_MAIN(CHECK_CASE(hard_numbers_are_nearest), CHECK_CASE(random_doubles_come_back),
           CHECK_CASE(halfway_points_are_settled_exactly), CHECK_CASE(only_numbers_are_numbers),
           CHECK_CASE(short_numbers_are_written_short))
