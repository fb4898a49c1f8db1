#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/cohen_grest.h>
#include <vitrum/myega.h>

static const vt_myega LAW = {.eta_inf = 3.2e-5, .eta_g = 7.3e11, .Tg = 590.15, .m = 46.05};

static void viscosity_matches_its_closed_form(void)
{
    const double T[2] = {611.3, 590.15};
    double eta[2];
    CHECK(vt_myega_viscosity(&LAW, 2, T, eta, NULL) == VT_OK);
    /* mpmath, 40 digits. The exponent is 34: a few roundings of it are 5e-14 of eta. */
    CHECK_REL(eta[0], 21682444101.829056018794902919, 5e-14);
    CHECK_REL(eta[1], 7.3e11, 5e-14);
}

static void fragility_is_the_slope_of_log10_eta(void)
{
    const double h[2] = {4e-3, 2e-3};
    double e[2], eta[2];
    for (int k = 0; k < 2; k++) {
        const double T[2] = {LAW.Tg / (1.0 + h[k]), LAW.Tg / (1.0 - h[k])};
        CHECK(vt_myega_viscosity(&LAW, 2, T, eta, NULL) == VT_OK);
        e[k] = (log10(eta[0]) - log10(eta[1])) / (2.0 * h[k]) - LAW.m;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

static void activation_energy_is_the_slope_in_inverse_temperature(void)
{
    const double T = 651.7, h[2] = {8e-6, 4e-6}; /* 1/K */
    double Q, e[2], eta[2];
    CHECK(vt_myega_activation_energy(&LAW, 1, &T, &Q, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double at[2] = {1.0 / (1.0 / T + h[k]), 1.0 / (1.0 / T - h[k])};
        CHECK(vt_myega_viscosity(&LAW, 2, at, eta, NULL) == VT_OK);
        e[k] = VT_BOLTZMANN * log(eta[0] / eta[1]) / (2.0 * h[k]) / Q - 1.0;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

static void temperature_inverts_viscosity_also_at_the_arrhenius_limit(void)
{
    const double T[3] = {480.1, 633.9, 1100.7};
    vt_myega p = LAW;
    for (int k = 0; k < 2; k++) {
        double v[3];
        CHECK(vt_myega_viscosity(&p, 3, T, v, NULL) == VT_OK);
        CHECK(vt_myega_temperature(&p, 3, v, v, NULL) == VT_OK);
        for (int i = 0; i < 3; i++) CHECK_REL(v[i], T[i], 1e-12); /* eta carries 1e-14 of its exponent */
        p.m = log10(p.eta_g / p.eta_inf);
    }
}

static void arrhenius_limit_is_a_line_in_inverse_temperature(void)
{
    vt_myega p = LAW;
    p.m = log10(p.eta_g / p.eta_inf);
    const double T[2] = {437.9, 912.3};
    double Q[2];
    CHECK(vt_myega_activation_energy(&p, 2, T, Q, NULL) == VT_OK);
    CHECK_REL(Q[0], Q[1], 1e-14);
    CHECK_REL(Q[0], VT_BOLTZMANN * p.Tg * log(10.0) * p.m, 1e-14);
}

static void cohen_grest_of_vit1_gives_the_printed_viscosities(void)
{
    const vt_cohen_grest p = {.eta0 = 4e-5, .Z = 4933.0, .V = 162.0, .Tq = 672.0};
    const double T[7] = {613.0, 643.0, 663.0, 700.0, 800.0, 1026.0, 300.0};
    static const char *const PRINTED[6] = {"9.6e11", "1.3e10", "1.1e9", "2.05e7", "1.0e4", "2.48"};
    double eta[7];
    CHECK(vt_cohen_grest_viscosity(&p, 7, T, eta, NULL) == VT_OK);
    for (int i = 0; i < 6; i++) CHECK_PRINTED(eta[i], PRINTED[i]); /* materials.md 3 */
    /* mpmath. Deep in the glass the sum cancels to 4 digits fewer if it is not rewritten; exponent 162. */
    CHECK_REL(eta[6], 3.3287794205500497691e+66, 2e-13);
}

static void refusals_name_the_value(void)
{
    const double T[3] = {611.3, 500.2, -3.0};
    double eta[3] = {-7.0, -7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_myega_viscosity(&LAW, 3, T, eta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[2] = -3 K");
    vt_myega p = LAW;
    p.m = 12.2; /* below log10(eta_g/eta_inf) = 16.4 */
    CHECK(vt_myega_viscosity(&p, 2, T, eta, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "m = 12.2 is below");
    p.m = 1700.0;
    CHECK(vt_myega_viscosity(&p, 2, T, eta, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "exceeds");
    CHECK(vt_myega_temperature(&LAW, 1, &LAW.eta_inf, eta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "eta[0] = 3.2e-05 Pa s");
    CHECK(vt_myega_viscosity(NULL, 2, T, eta, &err) == VT_EARG);
    CHECK(vt_myega_activation_energy(&LAW, 2, T, NULL, &err) == VT_EARG);
    const vt_cohen_grest c = {.eta0 = 4e-5, .Z = 4933.0, .V = 162.0, .Tq = 672.0};
    CHECK(vt_cohen_grest_viscosity(&c, 3, T, eta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[2] = -3 K");
    const vt_cohen_grest bad = {.eta0 = 4e-5, .Z = 4933.0, .V = NAN, .Tq = 672.0};
    CHECK(vt_cohen_grest_viscosity(&bad, 2, T, eta, &err) == VT_EARG);
    CHECK(eta[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(viscosity_matches_its_closed_form), CHECK_CASE(fragility_is_the_slope_of_log10_eta),
           CHECK_CASE(activation_energy_is_the_slope_in_inverse_temperature),
           CHECK_CASE(temperature_inverts_viscosity_also_at_the_arrhenius_limit),
           CHECK_CASE(arrhenius_limit_is_a_line_in_inverse_temperature),
           CHECK_CASE(cohen_grest_of_vit1_gives_the_printed_viscosities), CHECK_CASE(refusals_name_the_value))
