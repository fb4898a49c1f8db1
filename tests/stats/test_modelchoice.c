#include "check.h"
#include <vitrum/modelchoice.h>

static void criteria_match_their_closed_forms(void)
{
    double a;
    CHECK(vt_aicc_absolute(11.9, 16, 9, &a, NULL) == VT_OK);
    CHECK_REL(a, 11.9 + 18.0 + 30.0, 1e-15); /* 2*9*10/6 = 30 */
    CHECK(vt_aicc_relative(3.5, 14, 3, &a, NULL) == VT_OK);
    CHECK_REL(a, 14.0 * log(0.25) + 8.0 + 40.0 / 9.0, 1e-14);
    CHECK(vt_bic_relative(3.5, 14, 7.0, 3, &a, NULL) == VT_OK);
    CHECK_REL(a, 7.0 * log(0.25) + 3.0 * log(7.0), 1e-14);
}

static void weights_follow_the_differences(void)
{
    const double aicc[3] = {104.2, 102.2, INFINITY};
    double w[3];
    CHECK(vt_akaike_weights(3, aicc, w, NULL) == VT_OK);
    CHECK_REL(w[0] / w[1], exp(-1.0), 1e-14); /* rounding of the difference 2.0 */
    CHECK_REL(w[0] + w[1], 1.0, 1e-15);
    CHECK(w[2] == 0.0);
}

static void f_test_matches_the_tables(void)
{
    const vt_nested_model small = {.chi2 = 10.0 * (1.0 + 2.0 * 4.102821 / 10.0), .k = 2},
                          large = {.chi2 = 10.0, .k = 4};
    vt_f_test t;
    CHECK(vt_nested_f_test(14, &small, &large, &t, NULL) == VT_OK);
    CHECK_REL(t.F, 4.102821, 1e-12);
    CHECK(t.dof1 == 2.0 && t.dof2 == 10.0);
    CHECK_ABS(t.p_value, 0.05, 1e-7); /* F table: F(0.95; 2, 10) = 4.102821 */
}

static void too_few_points_are_refused(void)
{
    const vt_nested_model small = {.chi2 = 2.0, .k = 2}, large = {.chi2 = 1.0, .k = 4}, worse = {.chi2 = 3.0, .k = 4};
    const double none[2] = {INFINITY, INFINITY};
    double a = -7.0, w[2];
    vt_f_test t;
    vt_error err = {0};
    CHECK(vt_aicc_absolute(3.0, 5, 4, &a, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "at least 6");
    CHECK(vt_aicc_relative(3.0, 5, 3, &a, &err) == VT_EDOF);
    CHECK(vt_aicc_absolute(NAN, 5, 1, &a, &err) == VT_EARG);
    CHECK(a == -7.0);
    CHECK(vt_akaike_weights(2, none, w, &err) == VT_EDOF);
    CHECK(vt_nested_f_test(4, &small, &large, &t, &err) == VT_EDOF);
    CHECK(vt_nested_f_test(9, &small, &worse, &t, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "not nested");
    CHECK(vt_nested_f_test(9, &large, &small, &t, &err) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(criteria_match_their_closed_forms), CHECK_CASE(weights_follow_the_differences),
           CHECK_CASE(f_test_matches_the_tables), CHECK_CASE(too_few_points_are_refused))
