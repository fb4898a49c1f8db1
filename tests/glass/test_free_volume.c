#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/free_volume.h>

/* Targets T6: E = 240, nu = 1/3, n_D = 3; K = E/(3 (1 - nu)) = 120. */
static void steady_state_is_the_published_table(void)
{
    static const struct {
        double rate;
        const char *sigma, *v;
    } ROW[] = {{1e-12, "1.525605", "0.035193"}, {1e-10, "1.638694", "0.041783"}, {1e-9, "1.705585", "0.046078"},
               {1e-8, "1.781429", "0.051334"},  {1e-7, "1.868434", "0.057906"},  {1e-6, "1.969658", "0.066347"},
               {1e-5, "2.089487", "0.077556"},  {1e-4, "2.234482", "0.093109"},  {1e-3, "2.414991", "0.115988"}};
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        double sigma, v;
        CHECK(vt_free_volume_steady(120.0, 3.0, 1, &ROW[i].rate, &sigma, &v, NULL) == VT_OK);
        CHECK_PRINTED(sigma, ROW[i].sigma);
        CHECK_PRINTED(v, ROW[i].v);
    }
}

static void steady_state_satisfies_both_equations_over_all_rates(void)
{
    for (double lg = -300.0; lg < 301.0; lg += 37.5) {
        const double rate = pow(10.0, lg);
        double sigma, v;
        CHECK(vt_free_volume_steady(87.3, 2.7, 1, &rate, &sigma, &v, NULL) == VT_OK);
        CHECK_REL(cosh(sigma), 1.0 + v * 87.3 / 2.7, 1e-12);
        CHECK_ABS(-1.0 / v + log(sinh(sigma)), log(rate), 1e-11); /* both sides are up to 700 */
    }
}

static void newtonian_viscosity_is_the_limit_of_small_stress(void)
{
    const vt_free_volume p = {.f = 2.3e12, .Gm = 1.4e-20, .Omega = 0.7e-28};
    const double T = 541.0, v = 0.043, tau[2] = {4e6, 2e6};
    double eta, rate[2];
    CHECK(vt_free_volume_newtonian(&p, 1, &T, &v, &eta, NULL) == VT_OK);
    double e[2];
    for (int k = 0; k < 2; k++) {
        CHECK(vt_free_volume_rate(&p, 1, &T, &v, &tau[k], &rate[k], NULL) == VT_OK);
        e[k] = tau[k] / rate[k] / eta - 1.0;
    }
    CHECK_ORDER_2(e[0], e[1]); /* eta/eta_N = 1 - x^2/6 */
    CHECK_ABS(e[1], -pow(tau[1] * p.Omega / (2.0 * VT_BOLTZMANN * T), 2.0) / 6.0, 1e-8);
}

static void refusals_name_the_value(void)
{
    const vt_free_volume p = {.f = 2.3e12, .Gm = 1.4e-20, .Omega = 0.7e-28}, bad = {.f = NAN, .Omega = 1e-28};
    const double T[2] = {541.0, 541.0}, v[2] = {0.043, 0.0}, tau[2] = {4e6, INFINITY}, rate[2] = {1e-3, -1e-3};
    double out[2] = {-7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_free_volume_newtonian(&p, 2, T, v, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "v[1] = 0");
    const double v_ok[2] = {0.043, 0.044};
    CHECK(vt_free_volume_rate(&p, 2, T, v_ok, tau, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "tau[1] = inf Pa");
    CHECK(vt_free_volume_rate(&bad, 1, T, v, tau, out, &err) == VT_EARG);
    CHECK(vt_free_volume_rate(&p, 1, T, v, NULL, out, &err) == VT_EARG);
    CHECK(vt_free_volume_steady(120.0, 3.0, 2, rate, out, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "rate[1] = -0.001");
    CHECK(vt_free_volume_steady(-1.0, 3.0, 1, rate, out, NULL, &err) == VT_EARG);
    CHECK(vt_free_volume_steady(120.0, 3.0, 1, NULL, out, NULL, &err) == VT_EARG);
    CHECK(out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(steady_state_is_the_published_table),
           CHECK_CASE(steady_state_satisfies_both_equations_over_all_rates),
           CHECK_CASE(newtonian_viscosity_is_the_limit_of_small_stress), CHECK_CASE(refusals_name_the_value))
