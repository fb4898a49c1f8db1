/* Numbers as whole texts: correctly rounded, or refused. */
#include "check.h"
#include <vitrum/units.h>

/* Against the C library's strtod in the C locale, which glibc rounds correctly: the bits must be equal. */
static void agrees_with_strtod_to_the_last_bit(void)
{
    char text[64];
    unsigned long state = 12345;
    for (int i = 0; i < 200000; i++) {
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        const int digits = 1 + (int)(state >> 33) % 19, exponent = (int)(state >> 40) % 50 - 25;
        const double x = (double)(long)(state >> 11) * (state & 1024 ? 1.0 : -1.0) / 1e7;
        snprintf(text, sizeof text, "%.*ge%d", digits, x, 0);
        char *e = strchr(text, 'e'); /* replace the exponent of %g by ours */
        snprintf(e, sizeof text - (size_t)(e - text), "e%d", exponent);
        double v = NAN;
        CHECK(vt_number_read(text, &v, NULL) == VT_OK);
        const double w = strtod(text, NULL);
        if (memcmp(&v, &w, sizeof v) != 0) CHECK_FAILED("%s: %.17g, strtod says %.17g", text, v, w);
    }
}

static void hard_cases_round_as_ieee_demands(void)
{
    const struct {
        const char *text;
        double value;
    } H[] = {{"9007199254740993", 9007199254740992.0}, /* tie to even */
             {"9007199254740993.00000000000000000000000000000001", 9007199254740994.0},
             {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022}, /* the one that hung PHP and Java */
             {"4.9406564584124654e-324", 0x1p-1074},
             {"1.7976931348623157e308", 0x1.fffffffffffffp+1023},
             {"0.1", 0.1},
             {"000000000000000000000000000001.5", 1.5},
             {"0.000000000000000000000000000001", 1e-30},
             {"123456789012345678901234567890", 1.2345678901234568e29},
             {"-0", -0.0},
             {"5.", 5.0},
             {".5", 0.5},
             {" 7 ", 7.0},
             {"1e-400", 0.0}};
    for (size_t i = 0; i < sizeof H / sizeof *H; i++) {
        double v = NAN;
        CHECK(vt_number_read(H[i].text, &v, NULL) == VT_OK);
        if (memcmp(&v, &H[i].value, sizeof v) != 0) CHECK_FAILED("%s: %.17g", H[i].text, v);
    }
}

static void what_is_not_a_whole_number_is_refused(void)
{
    static const char *const BAD[] = {"",    " ",   "1.2.3", "1e", "1e+",   "0x10", "nan", "inf", "1e309",
                                      "1 2", "--1", "+",     ".",  "1_000", "1d3",  "1,5", "e5",  "5eV"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        double v = -7;
        vt_error err = {0};
        if (vt_number_read(BAD[i], &v, &err) != VT_EPARSE) CHECK_FAILED("'%s' was read as %g", BAD[i], v);
        CHECK(v == -7);
    }
    vt_error err = {0};
    double v;
    vt_number_read("1,5", &v, &err);
    CHECK_TEXT(err.msg, "point");
}

static void integers_have_limits(void)
{
    long v = -7;
    vt_error err = {0};
    CHECK(vt_integer_read("42", 1, 100, &v, NULL) == VT_OK && v == 42);
    CHECK(vt_integer_read("-3", -5, 5, &v, NULL) == VT_OK && v == -3);
    CHECK(vt_integer_read("101", 1, 100, &v, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "1 ... 100");
    CHECK(vt_integer_read("99999999999999999999", 1, 100, &v, NULL) == VT_ERANGE);
    CHECK(vt_integer_read("4.0", 1, 100, &v, NULL) == VT_EPARSE);
    CHECK(vt_integer_read("", 1, 100, &v, NULL) == VT_EPARSE);
    CHECK(v == -3);
}

CHECK_MAIN(CHECK_CASE(agrees_with_strtod_to_the_last_bit), CHECK_CASE(hard_cases_round_as_ieee_demands),
           CHECK_CASE(what_is_not_a_whole_number_is_refused), CHECK_CASE(integers_have_limits))
