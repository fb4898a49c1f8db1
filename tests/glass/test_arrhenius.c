#include "glass/printed.h"
#include "glass/reference_set.h"
#include <vitrum/arrhenius.h>

static void reference_set_gives_the_printed_mobilities(void)
{
    static const struct {
        double T_C;
        const char *mobility;
    } ROW[] = {{337, "3.5218e-26"}, {327, "2.1346e-26"}, {317, "1.2720e-26"}, {307, "7.4458e-27"},
               {297, "4.2774e-27"}, {287, "2.4090e-27"}, {277, "1.3288e-27"}, {267, "7.1695e-28"},
               {254, "3.1041e-28"}, {200, "5.8610e-30"}, {100, "1.8108e-34"}, {25, "7.7604e-40"}};
    const vt_arrhenius p = reference_set().mobility;
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        const double T = ROW[i].T_C + VT_ZERO_CELSIUS;
        double X;
        CHECK(vt_arrhenius_value(&p, 1, &T, &X, NULL) == VT_OK);
        CHECK_PRINTED(X, ROW[i].mobility); /* procedures 10.3 */
    }
}

static void logarithm_and_derivatives_agree_with_the_value(void)
{
    const vt_arrhenius p = reference_set().mobility;
    const double T[2] = {571.3, 423.9}, h = 0.1 * VT_ELECTRONVOLT;
    double X[2], l[2], jac[4], up[2];
    vt_arrhenius q = p;
    q.Q += h;
    CHECK(vt_arrhenius_value(&p, 2, T, X, NULL) == VT_OK);
    CHECK(vt_arrhenius_ln(&p, 2, T, l, jac, NULL) == VT_OK);
    CHECK(vt_arrhenius_ln(&q, 2, T, up, NULL, NULL) == VT_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_ABS(l[i], log(X[i]), 1e-13); /* ln X = -60: a few roundings */
        CHECK(jac[2 * i + VT_ARRHENIUS_LN_X_REF] == 1.0);
        CHECK_REL(up[i] - l[i], jac[2 * i + VT_ARRHENIUS_Q] * h, 1e-11); /* ln X is linear in Q; difference of -60s */
    }
}

static void value_at_the_reference_is_the_reference(void)
{
    const vt_arrhenius p = {.X_ref = 3.7e-21, .T_ref = 543.2, .Q = 2.9e-19};
    double X;
    CHECK(vt_arrhenius_value(&p, 1, &p.T_ref, &X, NULL) == VT_OK);
    CHECK(X == 3.7e-21);
}

static void refusals_name_the_value(void)
{
    const double T[2] = {571.3, 0.0};
    double X[2] = {-7.0, -7.0};
    vt_error err = {0};
    vt_arrhenius p = reference_set().mobility;
    CHECK(vt_arrhenius_value(&p, 2, T, X, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = 0 K");
    CHECK(vt_arrhenius_ln(&p, 2, T, X, NULL, &err) == VT_EDOMAIN);
    p.X_ref = NAN;
    CHECK(vt_arrhenius_value(&p, 1, T, X, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "X_ref = nan");
    CHECK(vt_arrhenius_value(NULL, 1, T, X, &err) == VT_EARG);
    CHECK(X[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(reference_set_gives_the_printed_mobilities),
           CHECK_CASE(logarithm_and_derivatives_agree_with_the_value),
           CHECK_CASE(value_at_the_reference_is_the_reference), CHECK_CASE(refusals_name_the_value))
