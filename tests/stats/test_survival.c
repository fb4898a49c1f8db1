/* The product limit: the published example of Kaplan and Meier's method, Greenwood, limits, refusals. */
#include "check.h"
#include <stdbool.h>
#include <vitrum/survival.h>

/* 6-MP arm of Freireich et al. (1963), the textbook case: S after each remission ends, and its standard error. */
static void leukemia_is_as_published(void)
{
    static const double WEEK[21] = {6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
    static const bool FAILED[21] = {true,  true,  true,  false, true, false, true,  false, false, true, true,
                                    false, false, false, true,  true, false, false, false, false, false};
    static const double S[7] = {0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
    static const double U[7] = {0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346};
    static const size_t RISK[7] = {21, 17, 15, 12, 11, 7, 6};
    vt_survival_step step[21];
    size_t n = 0;
    CHECK(vt_product_limit(21, WEEK, FAILED, 0.95, step, &n, NULL) == VT_OK);
    CHECK(n == 7);
    for (size_t i = 0; i < n; i++) {
        CHECK_ABS(step[i].S, S[i], 5e-4); /* printed to three digits */
        CHECK_ABS(step[i].u, U[i], 5e-5);
        CHECK(step[i].at_risk == RISK[i]);
        CHECK(step[i].low < step[i].S && step[i].S < step[i].high && step[i].low > 0.0 && step[i].high < 1.0);
    }
    CHECK(step[0].failures == 3);
    /* log-log interval at week 10: S^exp(+-1.96 sqrt(sum)/ln S). */
    CHECK_BAND(step[2].low, 0.50, 0.51);
    CHECK_BAND(step[2].high, 0.885, 0.895);
}

/* Without censoring S is the share that is left, and Greenwood's the binomial error. */
static void without_censoring_it_is_the_share(void)
{
    static const double X[5] = {0.031, 0.042, 0.057, 0.081, 0.13};
    static const bool FAILED[5] = {true, true, true, true, true};
    vt_survival_step step[5];
    size_t n = 0;
    CHECK(vt_product_limit(5, X, FAILED, 0.9, step, &n, NULL) == VT_OK);
    CHECK(n == 5);
    for (size_t i = 0; i < n; i++) {
        const double S = (double)(4 - i) / 5.0;
        CHECK_ABS(step[i].S, S, 1e-15);
        CHECK_ABS(step[i].u, sqrt(S * (1.0 - S) / 5.0), 1e-15);
    }
    CHECK(step[4].u == 0.0 && step[4].low == 0.0 && step[4].high == step[3].high);
}

static void refusals_come_by_code(void)
{
    static const double BACK[2] = {2.0, 1.5}, NAN_[1] = {NAN};
    static const bool YES[2] = {true, true};
    vt_survival_step step[2] = {{.x = -7.0}};
    size_t n = 9;
    vt_error err = {0};
    CHECK(vt_product_limit(2, BACK, YES, 0.95, step, &n, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "x[1] = 1.5 lies below 2");
    CHECK(vt_product_limit(1, NAN_, YES, 0.95, step, &n, &err) == VT_ENAN);
    CHECK(vt_product_limit(0, BACK, YES, 0.95, step, &n, &err) == VT_EDOF);
    CHECK(vt_product_limit(1, BACK, YES, 1.0, step, &n, &err) == VT_EARG);
    CHECK(vt_product_limit(1, NULL, YES, 0.95, step, &n, &err) == VT_EARG);
    CHECK(n == 9 && step[0].x == -7.0);
}

CHECK_MAIN(CHECK_CASE(leukemia_is_as_published), CHECK_CASE(without_censoring_it_is_the_share),
           CHECK_CASE(refusals_come_by_code))
