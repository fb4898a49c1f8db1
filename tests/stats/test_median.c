#include "check.h"
#include <vitrum/median.h>
#include <vitrum/random.h>

static void small_sets_by_hand(void)
{
    double x[] = {5.0, 1.0, 4.0, 2.0, 3.0, 6.0, 7.0}, y[] = {4.0, 1.0, 3.0, 2.0}, scratch[7];
    vt_median m;
    CHECK(vt_median_interval(7, x, 0.95, scratch, &m, NULL) == VT_OK);
    CHECK(m.median == 4.0 && m.n == 7);
    CHECK_REL(m.mad, 1.482602218505602 * 2.0, 1e-15);
    /* n = 7: between 1st and 7th 1 - 2/128 = 0.984375, between 2nd and 6th 0.875; I = 0.314286, lambda = 0.733333. */
    const double I = (0.984375 - 0.95) / (0.984375 - 0.875), lambda = 6.0 * I / (1.0 + 5.0 * I);
    CHECK_REL(m.low, (1.0 - lambda) * 1.0 + lambda * 2.0, 1e-14);
    CHECK_REL(m.high, (1.0 - lambda) * 7.0 + lambda * 6.0, 1e-14);
    CHECK(vt_median_interval(4, y, 0.95, scratch, &m, NULL) == VT_OK);
    CHECK(m.median == 2.5 && isnan(m.low) && isnan(m.high)); /* 1 - 2/16 = 0.875 is all that four values can give */
}

/* 0.95 -+ 3 sqrt(0.95 0.05/4000) for a normal and for a skewed law. */
static void intervals_cover(void)
{
    for (int law = 0; law < 2; law++)
        for (size_t n = 6; n < 60; n += 13) {
            size_t hit = 0;
            double x[64], scratch[64];
            for (size_t r = 0; r < 4000; r++) {
                vt_stream s;
                vt_median m;
                vt_stream_init(&s, 7, vt_stream_purpose(law ? "median/skewed" : "median/normal"), r * 100 + n);
                for (size_t i = 0; i < n; i++) x[i] = law ? vt_stream_exponential(&s) : vt_stream_normal(&s);
                CHECK(vt_median_interval(n, x, 0.95, scratch, &m, NULL) == VT_OK);
                hit += m.low <= (law ? log(2.0) : 0.0) && m.high >= (law ? log(2.0) : 0.0);
            }
            CHECK_BAND((double)hit / 4000.0, 0.9397, 0.9603);
        }
}

static void refusals(void)
{
    double x[3] = {1.0, NAN, 2.0}, scratch[3];
    vt_median m;
    vt_error err = {0};
    CHECK(vt_median_interval(3, x, 0.95, scratch, &m, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "value 1");
    CHECK(vt_median_interval(0, x, 0.95, scratch, &m, &err) == VT_EDOF);
    CHECK(vt_median_interval(3, x, 1.0, scratch, &m, &err) == VT_EARG);
    CHECK(vt_median_interval(3, NULL, 0.95, scratch, &m, &err) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(small_sets_by_hand), CHECK_CASE(intervals_cover), CHECK_CASE(refusals))
