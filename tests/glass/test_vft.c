#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/vft.h>

static const vt_vft LAW = {.eta0 = 3.71e-5, .B = 7631.7, .T0 = 412.3};

static void viscosity_matches_its_closed_form(void)
{
    const double T = 633.9;
    double eta, ln_eta;
    CHECK(vt_vft_viscosity(&LAW, 1, &T, &eta, NULL) == VT_OK);
    /* bc -l, 40 digits: 3.71*10^-5*e(7631.7/(633.9-412.3)). Rounding T, T0 and T - T0 costs up to
     * 6e-16 of the exponent, 34.4: 2e-14 of eta. */
    CHECK_REL(eta, 33579642221.646228658310862994932, 2e-14);
    CHECK(vt_vft_ln_viscosity(&LAW, 1, &T, &ln_eta, NULL) == VT_OK);
    CHECK_ABS(ln_eta, log(eta), 1e-14 * 25.0); /* one rounding of each */
}

static void logarithm_survives_where_the_viscosity_overflows(void)
{
    const double T = 412.4; /* exponent 7.6e4 */
    double eta, ln_eta;
    CHECK(vt_vft_viscosity(&LAW, 1, &T, &eta, NULL) == VT_OK);
    CHECK(isinf(eta));
    CHECK(vt_vft_ln_viscosity(&LAW, 1, &T, &ln_eta, NULL) == VT_OK);
    CHECK_REL(ln_eta, log(3.71e-5) + 76317.0, 1e-11); /* T - T0 = 0.1 carries 6e-14/0.1 */
}

static void fragility_is_the_slope_of_log10_eta(void)
{
    const double Tg = 613.7, h[2] = {4e-3, 2e-3};
    double m, e[2], eta[2];
    CHECK(vt_vft_fragility(&LAW, Tg, &m, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double T[2] = {Tg / (1.0 + h[k]), Tg / (1.0 - h[k])};
        CHECK(vt_vft_viscosity(&LAW, 2, T, eta, NULL) == VT_OK);
        e[k] = fabs((log10(eta[0]) - log10(eta[1])) / (2.0 * h[k]) - m);
    }
    CHECK_ABS(log2(e[0] / e[1]), 2.0, 0.01); /* central difference: order 2; a wrong m gives 0 */
}

static void activation_energy_is_the_slope_in_inverse_temperature(void)
{
    const double T = 633.9, h[2] = {8e-6, 4e-6}; /* 1/K */
    double Q, e[2];
    CHECK(vt_vft_activation_energy(&LAW, 1, &T, &Q, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double at[2] = {1.0 / (1.0 / T + h[k]), 1.0 / (1.0 / T - h[k])};
        double l[2];
        CHECK(vt_vft_ln_viscosity(&LAW, 2, at, l, NULL) == VT_OK);
        e[k] = VT_BOLTZMANN * (l[0] - l[1]) / (2.0 * h[k]) / Q - 1.0;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

static void temperature_inverts_viscosity_in_place(void)
{
    double v[3] = {480.1, 633.9, 1100.7};
    const double T[3] = {480.1, 633.9, 1100.7};
    CHECK(vt_vft_viscosity(&LAW, 3, v, v, NULL) == VT_OK);
    CHECK(vt_vft_temperature(&LAW, 3, v, v, NULL) == VT_OK);
    for (int i = 0; i < 3; i++) CHECK_REL(v[i], T[i], 1e-13); /* ln eta is flat against T: errors shrink */
}

static void init_puts_eta_g_at_Tg(void)
{
    vt_vft p;
    const double Tg = 590.15;
    double eta;
    CHECK(vt_vft_init(&p, 1.671e9, Tg, 13.18, 415.56, NULL) == VT_OK);
    CHECK_PRINTED(p.B, "5477.08"); /* procedures 10.3 */
    CHECK_PRINTED(p.eta0, "3.969e-5");
    CHECK(vt_vft_viscosity(&p, 1, &Tg, &eta, NULL) == VT_OK);
    CHECK_REL(eta, 1.671e9, 1e-14);
    double m;
    CHECK(vt_vft_fragility(&p, Tg, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "46.05");
}

/* materials.md 3: log10 of the ratio of relaxation times needs no prefactor. */
static void published_pairs_of_strength_and_T0_give_the_printed_ratios(void)
{
    static const struct {
        double D, T0, T1, T2;
        const char *printed;
    } ROW[] = {{7.4, 426.0, 500.0, 510.0, "2.202"},
               {7.4, 426.0, 510.0, 520.0, "1.734"},
               {9.8, 311.0, 390.0, 400.0, "1.883"},
               {9.8, 311.0, 400.0, 410.0, "1.502"}};
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        const vt_vft p = {.eta0 = 2.3, .B = ROW[i].D * ROW[i].T0, .T0 = ROW[i].T0};
        const double T[2] = {ROW[i].T1, ROW[i].T2};
        double l[2];
        CHECK(vt_vft_ln_viscosity(&p, 2, T, l, NULL) == VT_OK);
        CHECK_PRINTED((l[0] - l[1]) / log(10.0), ROW[i].printed);
    }
}

static void published_pairs_give_the_printed_fragilities(void)
{
    const vt_vft pt = {.eta0 = 2.3, .B = 7.4 * 426.0, .T0 = 426.0}, au = {.eta0 = 2.3, .B = 9.8 * 311.0, .T0 = 311.0};
    double m;
    CHECK(vt_vft_fragility(&pt, 508.0, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "103");
    CHECK(vt_vft_fragility(&pt, 517.0, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "85"); /* the table has 86, which belongs to Tg = 516.6 K: 85.47 by hand */
    CHECK(vt_vft_fragility(&au, 398.0, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "70");
    CHECK(vt_vft_fragility(&au, 401.0, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "66");
}

static void recalled_law_of_vit1_gives_the_printed_viscosities(void)
{
    const vt_vft p = {.eta0 = 4e-5, .B = 18.5 * 412.5, .T0 = 412.5};
    const double T[7] = {603.0, 613.0, 623.0, 643.0, 663.0, 703.0, 1026.0};
    /* At 613 K the table has 1.36e12; 4e-5 exp(7631.25/200.5) is 1.3545e12 (mpmath). */
    static const char *const PRINTED[7] = {"1.0e13", "1.3545e12", "2.2e11", "9.6e9", "6.8e8", "1.0e7", "10.1"};
    double eta[7];
    CHECK(vt_vft_viscosity(&p, 7, T, eta, NULL) == VT_OK);
    for (int i = 0; i < 7; i++) CHECK_PRINTED(eta[i], PRINTED[i]);
}

static void a_temperature_at_T0_is_refused_by_index(void)
{
    const double T[2] = {633.9, 412.3}, nan_T = NAN;
    double eta[2] = {-7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_vft_viscosity(&LAW, 2, T, eta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = 412.3 K is not above T0 = 412.3 K");
    CHECK(eta[0] == -7.0); /* untouched */
    CHECK(vt_vft_ln_viscosity(&LAW, 1, &nan_T, eta, &err) == VT_EDOMAIN);
    CHECK(vt_vft_activation_energy(&LAW, 2, T, eta, &err) == VT_EDOMAIN);
    CHECK(vt_vft_fragility(&LAW, 400.0, eta, &err) == VT_EDOMAIN);
}

static void bad_laws_and_pointers_are_refused(void)
{
    const double T = 633.9;
    double eta = -7.0;
    vt_error err = {0};
    vt_vft bad = LAW;
    bad.B = NAN;
    CHECK(vt_vft_viscosity(&bad, 1, &T, &eta, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "B = nan K");
    CHECK(vt_vft_viscosity(NULL, 1, &T, &eta, &err) == VT_EARG);
    CHECK(vt_vft_viscosity(&LAW, 1, NULL, &eta, &err) == VT_EARG);
    CHECK(vt_vft_viscosity(&LAW, 1, &T, NULL, &err) == VT_EARG);
    CHECK(vt_vft_temperature(&LAW, 1, &LAW.eta0, &eta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "eta[0] = 3.71e-05 Pa s is not above eta0");
    CHECK(vt_vft_init(&bad, 1.7e9, 400.1, 13.2, 415.6, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "Tg = 400.1 K is not above T0 = 415.6 K");
    CHECK(vt_vft_init(&bad, 1.7e9, 415.7, 13.2, 415.6, &err) == VT_ERANGE);
    CHECK(vt_vft_init(&bad, -1.7e9, 590.1, 13.2, 415.6, &err) == VT_EARG);
    CHECK(eta == -7.0);
}

CHECK_MAIN(CHECK_CASE(viscosity_matches_its_closed_form), CHECK_CASE(logarithm_survives_where_the_viscosity_overflows),
           CHECK_CASE(fragility_is_the_slope_of_log10_eta),
           CHECK_CASE(activation_energy_is_the_slope_in_inverse_temperature),
           CHECK_CASE(temperature_inverts_viscosity_in_place), CHECK_CASE(init_puts_eta_g_at_Tg),
           CHECK_CASE(published_pairs_of_strength_and_T0_give_the_printed_ratios),
           CHECK_CASE(published_pairs_give_the_printed_fragilities),
           CHECK_CASE(recalled_law_of_vit1_gives_the_printed_viscosities),
           CHECK_CASE(a_temperature_at_T0_is_refused_by_index), CHECK_CASE(bad_laws_and_pointers_are_refused))
