#include "kink_campaign.h"

static void bootstrap_does_not_depend_on_threads_and_never_fails(void)
{
    enum { COUNT = 1000 };
    const vt_kink_law law = reference_law();
    const vt_kink_options opt = {.fix_eta0 = true, .held = law};
    static vt_kink_law one[COUNT], seven[COUNT];
    double y[POINTS], u[POINTS], m = 0.0, v = 0.0;
    size_t failed = 99;
    vt_error err = {0};
    simulate(&law, 0.1, "bootstrap", 3, y, u);
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    CHECK_OK(vt_kink_bootstrap(&data, &opt, &law, &(vt_kink_replicates){COUNT, 42, 1}, one, &failed, &err), &err);
    CHECK(failed == 0);
    CHECK_OK(vt_kink_bootstrap(&data, &opt, &law, &(vt_kink_replicates){COUNT, 42, 7}, seven, &failed, &err), &err);
    CHECK(memcmp(one, seven, sizeof one) == 0);
    for (int r = 0; r < COUNT; r++) m += one[r].T0 / COUNT, v += one[r].T0 * one[r].T0 / COUNT;
    CHECK_REL(sqrt(v - m * m), 3.8, 0.12); /* P10 [N], two digits; 1000 replicates: 2.2 % */
}

static void a_kink_is_seen_and_none_is_not_invented(void)
{
    const vt_kink_law law = reference_law();
    const vt_kink_options opt = {.fix_eta0 = true, .held = law};
    double y[POINTS], u[POINTS];
    vt_kink_test_result t;
    vt_error err = {0};
    simulate(&law, 0.1, "power", 3, y, u);
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    CHECK_OK(vt_kink_test(&data, &opt, VT_KINK_VFT, &(vt_kink_replicates){199, 7, 0}, &t, &err), &err);
    CHECK(t.drop > 100.0); /* the glass branch lies far below the extrapolated VFT law: e^2 at 540 K is 20 sigma */
    CHECK_REL(t.p_value, 1.0 / 200.0, 1e-12);
}

static void p_value_is_uniform_without_a_kink(void)
{
    check_uniform_p(200, 99);
}

static void profiles_cover(void)
{
    check_profile_coverage(200);
}

static void refusals(void)
{
    const vt_kink_law law = reference_law();
    double y[POINTS], u[POINTS];
    vt_kink_law out;
    size_t failed = 99;
    vt_kink_test_result t;
    vt_error err = {0};
    simulate(&law, 0.1, "refuse", 3, y, u);
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    vt_kink_options opt = {.weights = VT_NLFIT_RELATIVE};
    CHECK(vt_kink_bootstrap(&data, &opt, &law, &(vt_kink_replicates){1, 1, 1}, &out, &failed, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "absolute uncertainties");
    opt.weights = VT_NLFIT_ABSOLUTE;
    CHECK(vt_kink_bootstrap(&data, &opt, &law, &(vt_kink_replicates){0, 1, 1}, &out, &failed, &err) == VT_EARG);
    CHECK(vt_kink_test(&data, &opt, VT_KINK_JUMP, &(vt_kink_replicates){9, 1, 1}, &t, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "VFT or Arrhenius");
    const vt_kink_law hot = {.B = 1.0, .T0 = 595.0};
    CHECK(vt_kink_bootstrap(&data, &opt, &hot, &(vt_kink_replicates){1, 1, 1}, &out, &failed, &err) == VT_EDOMAIN);
    CHECK(failed == 99);
}

CHECK_MAIN(CHECK_CASE(bootstrap_does_not_depend_on_threads_and_never_fails),
           CHECK_CASE(a_kink_is_seen_and_none_is_not_invented), CHECK_CASE(p_value_is_uniform_without_a_kink),
           CHECK_CASE(profiles_cover), CHECK_CASE(refusals))
