#include "check.h"
#include <gsl/gsl_cdf.h>
#include <vitrum/proportion.h>

static void wilson_values_of_the_procedures(void)
{
    vt_proportion p;
    CHECK(vt_proportion_wilson(400, 800, 0.95, &p, NULL) == VT_OK);
    CHECK_ABS(p.low, 0.4654, 5e-5); /* procedure 1.7, printed digits */
    CHECK_ABS(p.high, 0.5346, 5e-5);
    CHECK(vt_proportion_wilson(50, 100, 0.95, &p, NULL) == VT_OK);
    CHECK_ABS(p.low, 0.4038, 5e-5);
    CHECK_ABS(p.high, 0.5962, 5e-5);
    CHECK(vt_proportion_wilson(0, 10, 0.95, &p, NULL) == VT_OK);
    CHECK(p.low == 0.0);
    CHECK_REL(p.high, 3.841458820694124 / 13.841458820694124, 1e-12); /* z^2/(n + z^2) */
}

static void wilson_ends_solve_the_score_equation(void)
{
    vt_proportion p;
    CHECK(vt_proportion_wilson(7, 23, 0.9, &p, NULL) == VT_OK);
    const double ends[2] = {p.low, p.high};
    for (int k = 0; k < 2; k++)
        CHECK_REL(fabs(7.0 / 23.0 - ends[k]) / sqrt(ends[k] * (1.0 - ends[k]) / 23.0), 1.6448536269514722, 1e-12);
}

static void clopper_pearson_tables(void)
{
    /* x, n, level, low, high. First rows: Geigy Scientific Tables, 95 %; last: R package GenBinomApps, manual. */
    static const double row[5][5] = {{0, 10, 0.95, 0.0, 0.3085},
                                     {1, 10, 0.95, 0.0025, 0.4450},
                                     {5, 10, 0.95, 0.1871, 0.8129},
                                     {10, 10, 0.95, 0.6915, 1.0},
                                     {5, 100000, 0.90, 1.97017e-05, 0.0001051275}};
    for (int k = 0; k < 5; k++) {
        vt_proportion p;
        vt_error err = {0};
        const double tol = k < 4 ? 5e-5 : 5e-11; /* printed digits */
        CHECK_OK(vt_proportion_clopper_pearson((size_t)row[k][0], (size_t)row[k][1], row[k][2], &p, &err), &err);
        CHECK_ABS(p.low, row[k][3], tol);
        CHECK_ABS(p.high, row[k][4], tol);
    }
}

static void clopper_pearson_ends_have_their_binomial_tails(void)
{
    static const unsigned at[4][2] = {{1, 9}, {13, 40}, {399, 800}, {21, 5000}};
    for (int k = 0; k < 4; k++) {
        const unsigned x = at[k][0], n = at[k][1];
        vt_proportion p;
        CHECK(vt_proportion_clopper_pearson(x, n, 0.95, &p, NULL) == VT_OK);
        CHECK_REL(gsl_cdf_binomial_Q(x - 1, p.low, n), 0.025, 1e-9); /* P(X >= x | low): GSL's accuracy */
        CHECK_REL(gsl_cdf_binomial_P(x, p.high, n), 0.025, 1e-9);    /* P(X <= x | high) */
    }
}

static void jeffreys_has_its_closed_form(void)
{
    vt_proportion p;
    CHECK(vt_proportion_jeffreys(0, 1, 0.95, &p, NULL) == VT_OK);
    CHECK(p.low == 0.0);
    /* Beta(1/2, 3/2): P(p) = (2/pi)(asin sqrt(p) + sqrt(p (1 - p))). */
    CHECK_REL(2.0 / acos(-1.0) * (asin(sqrt(p.high)) + sqrt(p.high * (1.0 - p.high))), 0.975, 1e-12);
    vt_proportion c, w;
    CHECK(vt_proportion_jeffreys(13, 40, 0.95, &p, NULL) == VT_OK);
    CHECK(vt_proportion_clopper_pearson(13, 40, 0.95, &c, NULL) == VT_OK);
    CHECK(vt_proportion_wilson(13, 40, 0.95, &w, NULL) == VT_OK);
    CHECK(c.low < p.low && p.high < c.high); /* Jeffreys lies inside Clopper-Pearson (Brown et al., section 4.1.2) */
    CHECK(c.low < w.low && w.high < c.high);
}

static void hits_and_misses_mirror_each_other(void)
{
    vt_status (*const method[3])(size_t, size_t, double, vt_proportion *, vt_error *) = {
        vt_proportion_wilson, vt_proportion_clopper_pearson, vt_proportion_jeffreys};
    for (int k = 0; k < 3; k++)
        for (size_t x = 0; x <= 12; x++) {
            vt_proportion a, b;
            CHECK(method[k](x, 12, 0.95, &a, NULL) == VT_OK);
            CHECK(method[k](12 - x, 12, 0.95, &b, NULL) == VT_OK);
            CHECK_ABS(a.low, 1.0 - b.high, 1e-12); /* rounding of the beta function */
            CHECK(a.low <= a.estimate && a.estimate <= a.high);
        }
}

static void band_of_a_coverage_test(void)
{
    double low, high;
    CHECK(vt_coverage_band(0.95, 1000, &low, &high, NULL) == VT_OK);
    CHECK_ABS(low, 0.929, 5e-4); /* procedure 1.9 */
    CHECK_ABS(high, 0.971, 5e-4);
    CHECK(vt_coverage_band(0.95, 10, &low, &high, NULL) == VT_OK);
    CHECK(high == 1.0);
}

static void refusals(void)
{
    vt_proportion p = {.low = -7.0};
    vt_error err = {0};
    CHECK(vt_proportion_wilson(3, 2, 0.95, &p, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "3 of 2");
    CHECK(vt_proportion_clopper_pearson(0, 0, 0.95, &p, &err) == VT_EARG);
    CHECK(vt_proportion_jeffreys(1, 2, 95, &p, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "level = 95");
    CHECK(p.low == -7.0);
}

CHECK_MAIN(CHECK_CASE(wilson_values_of_the_procedures), CHECK_CASE(wilson_ends_solve_the_score_equation),
           CHECK_CASE(clopper_pearson_tables), CHECK_CASE(clopper_pearson_ends_have_their_binomial_tails),
           CHECK_CASE(jeffreys_has_its_closed_form), CHECK_CASE(hits_and_misses_mirror_each_other),
           CHECK_CASE(band_of_a_coverage_test), CHECK_CASE(refusals))
