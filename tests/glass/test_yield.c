#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/yield.h>

static const vt_csm JS = VT_CSM_PUBLISHED;

/* materials.md 3, pair 4. */
static void yield_over_modulus_is_published(void)
{
    const double theta[3] = {300.0 / 625.0, 298.0 / 578.0, 0.0};
    double r[3];
    CHECK(vt_csm_yield(&JS, 3, theta, r, NULL) == VT_OK);
    CHECK_PRINTED(r[0], "0.0262"); /* Vit 1 */
    CHECK_PRINTED(r[1], "0.0257"); /* Pd40Cu30 */
    CHECK(r[2] == 0.036);
}

/* Ledger D5, P23. */
static void zone_factor_is_published(void)
{
    static const struct {
        double theta;
        const char *C;
    } ROW[] = {{0.466, "21.2"}, {0.3, "24.6"}, {1.0, "16.5"}};
    double C, s;
    CHECK(vt_csm_zone_factor(&JS, 0.0, &C, NULL) == VT_OK);
    CHECK_PRINTED(C, "10.97");
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        CHECK(vt_csm_reduced_stress(&JS, ROW[i].theta, &s, NULL) == VT_OK);
        CHECK(vt_csm_zone_factor(&JS, s, &C, NULL) == VT_OK);
        CHECK_PRINTED(C, ROW[i].C);
    }
}

/* P31. */
static void barrier_is_published(void)
{
    double W;
    CHECK(vt_csm_barrier(&JS, 35e9, 3e-27, 0.0, &W, NULL) == VT_OK);
    CHECK_PRINTED(1e-6 * W / 3e-27, "76.5");
    CHECK_PRINTED(W / VT_ELECTRONVOLT, "1.43");
    CHECK(vt_csm_barrier(&JS, 22e9, 3e-27, 0.0, &W, NULL) == VT_OK);
    CHECK_PRINTED(1e-6 * W / 3e-27, "48.1");
    CHECK_PRINTED(W / VT_ELECTRONVOLT, "0.90");
}

/* C' = Omega / V_tau with V_tau = -dW/dtau, tau = s gamma_C0 G. */
static void zone_factor_is_the_slope_of_the_barrier(void)
{
    const double G = 31e9, Omega = 1.7e-27, s = 0.62;
    double C, e[2];
    CHECK(vt_csm_zone_factor(&JS, s, &C, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double h = k ? 0.02 : 0.04;
        double W[2];
        CHECK(vt_csm_barrier(&JS, G, Omega, s + h, &W[0], NULL) == VT_OK);
        CHECK(vt_csm_barrier(&JS, G, Omega, s - h, &W[1], NULL) == VT_OK);
        const double V = (W[1] - W[0]) / (2.0 * h * JS.gamma_C0 * G);
        e[k] = Omega / V / C - 1.0;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

/* materials.md 3, pair 13; ledger D4. */
static void activation_volumes_are_published(void)
{
    double V;
    CHECK(vt_activation_volume(sqrt(3.0), 298.0, 0.03, 3250e6, &V, NULL) == VT_OK);
    CHECK_PRINTED(1e30 * V, "73");
    CHECK(vt_activation_volume(3.06, 298.0, 0.03, 3250e6, &V, NULL) == VT_OK);
    CHECK_PRINTED(1e30 * V, "129");
    CHECK(vt_activation_volume(3.0, 298.0, 0.03, 3250e6, &V, NULL) == VT_OK);
    CHECK_PRINTED(1e30 * V, "126.6"); /* targets T6 */
}

static void refusals_name_the_value(void)
{
    const double theta[2] = {0.4, 3.6};
    double out[2] = {-7.0, -7.0};
    vt_error err = {0};
    vt_csm bad = JS;
    CHECK(vt_csm_yield(&JS, 2, theta, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "theta[1] = T/Tg = 3.6");
    CHECK(vt_csm_yield(&JS, 1, NULL, out, &err) == VT_EARG);
    CHECK(vt_csm_reduced_stress(&JS, -0.1, out, &err) == VT_EDOMAIN);
    CHECK(vt_csm_barrier(&JS, 35e9, 3e-27, 1.1, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "tau/tau_0 = 1.1");
    CHECK(vt_csm_barrier(&JS, NAN, 3e-27, 0.1, out, &err) == VT_EARG);
    CHECK(vt_csm_zone_factor(&JS, 1.0, out, &err) == VT_EDOMAIN);
    bad.zeta = 0.0;
    CHECK(vt_csm_zone_factor(&bad, 0.2, out, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "zeta = 0");
    bad.gamma_C0 = NAN;
    CHECK(vt_csm_yield(&bad, 1, theta, out, &err) == VT_EARG);
    CHECK(vt_activation_volume(3.06, 298.0, -0.03, 3e9, out, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "m = -0.03");
    CHECK(out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(yield_over_modulus_is_published), CHECK_CASE(zone_factor_is_published),
           CHECK_CASE(barrier_is_published), CHECK_CASE(zone_factor_is_the_slope_of_the_barrier),
           CHECK_CASE(activation_volumes_are_published), CHECK_CASE(refusals_name_the_value))
