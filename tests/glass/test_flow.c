#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/flow.h>

/* mpmath, 40 digits. */
static void sinh_functions_match_their_closed_forms_at_any_size(void)
{
    static const double X[5] = {1e-9, 1e-3, 0.37, 5.5, 1.0 / 0.0};
    static const double RATIO[5] = {1.0 - 1.7e-19, 0.99999983333335277778, 0.97754256585538270827,
                                    0.044955236652016253589, 0.0};
    static const double M[5] = {1.0 - 3.3e-19, 0.99999966666679999995, 0.95673435804607025598, 0.18181210857387341993,
                                0.0};
    double r[5], m[5];
    CHECK(vt_sinh_ratio(5, X, r, NULL) == VT_OK);
    CHECK(vt_sinh_sensitivity(5, X, m, NULL) == VT_OK);
    for (int i = 0; i < 5; i++) {
        CHECK_ABS(r[i], RATIO[i], 4e-16 * fmax(RATIO[i], 1e-3)); /* exp, expm1, division: 2 ulp */
        CHECK_ABS(m[i], M[i], 4e-16 * fmax(M[i], 1e-3));
    }
    const double big = 690.0, none = 0.0;
    CHECK(vt_sinh_ratio(1, &big, r, NULL) == VT_OK);
    CHECK_REL(r[0], 2.0 * 690.0 * exp(-690.0), 1e-15); /* sinh = exp/2 to 600 digits */
    CHECK(vt_sinh_ratio(1, &none, r, NULL) == VT_OK);
    CHECK(vt_sinh_sensitivity(1, &none, m, NULL) == VT_OK);
    CHECK(r[0] == 1.0 && m[0] == 1.0);
}

/* Targets T6; mpmath gives more digits. */
static void sinh_inverses_give_the_published_numbers(void)
{
    static const struct {
        double ratio;
        const char *x, *rate;
    } ROW[] = {{0.9, "0.803436", "0.892707"}, {0.5, "2.177319", "4.354638"}, {0.1, "4.499914", "44.99914"}};
    double x;
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        CHECK(vt_sinh_x_at_ratio(ROW[i].ratio, &x, NULL) == VT_OK);
        CHECK_PRINTED(x, ROW[i].x);
        CHECK_PRINTED(sinh(x), ROW[i].rate);
    }
    CHECK(vt_sinh_x_at_ratio(0.5, &x, NULL) == VT_OK);
    CHECK_REL(x, 2.1773189849653067526, 4e-16);
    CHECK(vt_sinh_x_at_ratio(1e-300, &x, NULL) == VT_OK);
    CHECK_REL(x, 698.01691841966586721, 4e-16);
    CHECK(vt_sinh_x_at_ratio(0.9999999, &x, NULL) == VT_OK);
    CHECK_REL(x, 0.00077459669635236840639, 2e-9); /* 1 - ratio keeps 9 digits */
    CHECK(vt_sinh_x_at_sensitivity(0.7, &x, NULL) == VT_OK);
    CHECK_PRINTED(x, "1.1838"); /* P03 */
    CHECK_REL(x, 1.1837639980583350141, 1e-15);
    double r;
    CHECK(vt_sinh_ratio(1, &x, &r, NULL) == VT_OK);
    CHECK_PRINTED(r, "0.800"); /* P03: m = 0.7 is eta/eta_N = 0.800 */
    CHECK(vt_sinh_x_at_sensitivity(0.02, &x, NULL) == VT_OK);
    CHECK_REL(x, 50.0, 1e-15); /* tanh is 1 */
    CHECK(vt_sinh_x_at_sensitivity(1.0, &x, NULL) == VT_OK && x == 0.0);
    CHECK(vt_sinh_x_at_ratio(1.0, &x, NULL) == VT_OK && x == 0.0);
}

/* Where series and equation of the inverses meet: x itself is the reference. */
static void inverses_are_continuous_at_their_seams(void)
{
    for (double x = 1e-7; x < 2.0; x *= 1.37) {
        double value, back, z;
        CHECK(vt_sinh_ratio(1, &x, &value, NULL) == VT_OK);
        CHECK(vt_sinh_x_at_ratio(value, &back, NULL) == VT_OK);
        CHECK_ABS(back / x, 1.0, 1e-14 + 2e-15 / (x * x)); /* 1 - ratio = x^2/6 carries 1e-16 of 1 */
        CHECK(vt_sinh_sensitivity(1, &x, &value, NULL) == VT_OK);
        CHECK(vt_sinh_x_at_sensitivity(value, &back, NULL) == VT_OK);
        CHECK_ABS(back / x, 1.0, 1e-14 + 2e-15 / (x * x));
        z = 1.0 / x;
        CHECK(vt_kato_sensitivity(1, &z, &value, NULL) == VT_OK);
        CHECK(vt_kato_z_at_sensitivity(value, &back, NULL) == VT_OK);
        CHECK_REL(back, z, 1e-14);
    }
}

/* P03: at m = 0.7 the uniaxial stress is 4.10 kT/V. */
static void threshold_stress_is_published(void)
{
    double x;
    CHECK(vt_sinh_x_at_sensitivity(0.7, &x, NULL) == VT_OK);
    CHECK_PRINTED(2.0 * sqrt(3.0) * x, "4.10");
}

static void sinh_flow_has_its_newtonian_limit_inverse_and_sensitivity(void)
{
    const vt_sinh_flow p = {.eta_N = 3.7e9, .V = 0.21e-27, .T = 523.0};
    const double tau[4] = {1.3, -4.1e7, 2.2e8, 9.7e8};
    double rate[4], back[4], eta[4];
    CHECK(vt_sinh_flow_rate(&p, 4, tau, rate, NULL) == VT_OK);
    CHECK(vt_sinh_flow_stress(&p, 4, rate, back, NULL) == VT_OK);
    CHECK(vt_sinh_flow_viscosity(&p, 4, rate, eta, NULL) == VT_OK);
    CHECK_REL(rate[0], 1.3 / 3.7e9, 1e-14); /* x = 2e-8: the law is linear to x^2/6 = 6e-17 */
    for (int i = 0; i < 4; i++) {
        const double x = fabs(tau[i]) * p.V / (2.0 * VT_BOLTZMANN * p.T);
        double r;
        CHECK(vt_sinh_ratio(1, &x, &r, NULL) == VT_OK);
        CHECK_REL(back[i], tau[i], 1e-14);
        CHECK_REL(eta[i], p.eta_N * r, 2e-14); /* x up to 14: sinh multiplies rounding of x by 14 */
        CHECK_REL(eta[i], tau[i] / rate[i], 2e-14);
    }
    const double still = 0.0, h[2] = {0.02, 0.01};
    CHECK(vt_sinh_flow_viscosity(&p, 1, &still, eta, NULL) == VT_OK);
    CHECK(eta[0] == p.eta_N);
    double m, e[2]; /* m = d ln tau / d ln rate: order of convergence of the difference */
    const double x = tau[2] * p.V / (2.0 * VT_BOLTZMANN * p.T);
    CHECK(vt_sinh_sensitivity(1, &x, &m, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double at[2] = {rate[2] * exp(h[k]), rate[2] * exp(-h[k])};
        CHECK(vt_sinh_flow_stress(&p, 2, at, back, NULL) == VT_OK);
        e[k] = log(back[0] / back[1]) / (2.0 * h[k]) - m;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

/* materials.md 3, and mpmath for the ends. */
static void kato_gives_the_published_table(void)
{
    static const struct {
        double z;
        const char *ratio, *m;
    } ROW[] = {{0.2, "0.9933", "0.966"},
               {0.5, "0.8647", "0.687"},
               {1.0, "0.6321", "0.418"},
               {2.0, "0.3935", "0.229"},
               {10.0, "0.0952", "0.049"}};
    double r, m;
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        CHECK(vt_kato_ratio(1, &ROW[i].z, &r, NULL) == VT_OK);
        CHECK(vt_kato_sensitivity(1, &ROW[i].z, &m, NULL) == VT_OK);
        CHECK_PRINTED(r, ROW[i].ratio);
        CHECK_PRINTED(m, ROW[i].m);
    }
    double z;
    CHECK(vt_kato_z_at_sensitivity(0.7, &z, NULL) == VT_OK);
    CHECK_PRINTED(z, "0.484");
    CHECK_PRINTED(1.0 / z, "2.065");
    CHECK(vt_kato_ratio(1, &z, &r, NULL) == VT_OK);
    CHECK_PRINTED(r, "0.873");
}

static void kato_is_exact_at_its_ends(void)
{
    const double z[4] = {0.0, 1e-310, 1e6, 1e14};
    double r[4], m[4];
    CHECK(vt_kato_ratio(4, z, r, NULL) == VT_OK);
    CHECK(vt_kato_sensitivity(4, z, m, NULL) == VT_OK);
    CHECK(r[0] == 1.0 && m[0] == 1.0 && r[1] == 1.0 && m[1] == 1.0);
    CHECK_REL(r[2], 9.9999950000016666662e-7, 4e-16); /* mpmath; a few ulp */
    CHECK_REL(r[3], 9.99999999999995e-15, 4e-16);
    CHECK_REL(m[2], 4.9999991666666666667e-7, 1e-15); /* 1 - u/(e^u - 1) would keep 10 digits here, 2 below */
    CHECK_REL(m[3], 4.9999999999999916667e-15, 1e-15);
    const double seam[2] = {2.0, nextafter(2.0, 3.0)}; /* where the two formulas of m meet */
    CHECK(vt_kato_sensitivity(2, seam, r, NULL) == VT_OK);
    CHECK_REL(r[0], 0.22925295873160085793, 1e-15);
    CHECK_REL(r[1], 0.22925295873160085793, 1e-15);
    CHECK(vt_kato_z_at_sensitivity(0.001, &r[1], NULL) == VT_OK);
    CHECK_REL(r[1], 499.83327775183579111, 1e-13); /* mpmath */
    CHECK(vt_kato_z_at_sensitivity(0.99999, &r[1], NULL) == VT_OK);
    CHECK_REL(r[1], 0.070603511025837352668, 1e-11); /* 1 - m keeps 11 digits */
}

static void kato_inverse_of_the_ratio_returns(void)
{
    const double want[3] = {1e-9, 0.37, 0.99};
    for (int i = 0; i < 3; i++) {
        double z, r;
        CHECK(vt_kato_z_at_ratio(want[i], &z, NULL) == VT_OK);
        CHECK(vt_kato_ratio(1, &z, &r, NULL) == VT_OK);
        CHECK_REL(r, want[i], 1e-14);
    }
    double z;
    CHECK(vt_kato_z_at_ratio(1.0, &z, NULL) == VT_OK && z == 0.0);
}

static void refusals_name_the_value(void)
{
    const double bad[2] = {0.3, -0.1};
    double out[2] = {-7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_sinh_ratio(2, bad, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "x[1] = -0.1");
    CHECK(vt_sinh_sensitivity(2, bad, out, &err) == VT_EDOMAIN);
    CHECK(vt_kato_ratio(2, bad, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "z[1] = lambda rate = -0.1");
    CHECK(vt_kato_sensitivity(2, bad, out, &err) == VT_EDOMAIN);
    CHECK(vt_sinh_ratio(1, NULL, out, &err) == VT_EARG);
    CHECK(vt_kato_ratio(1, bad, NULL, &err) == VT_EARG);
    CHECK(vt_sinh_x_at_ratio(1.2, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "eta/eta_N = 1.2");
    CHECK(vt_sinh_x_at_ratio(NAN, out, &err) == VT_EDOMAIN);
    CHECK(vt_sinh_x_at_sensitivity(0.0, out, &err) == VT_EDOMAIN);
    CHECK(vt_sinh_x_at_sensitivity(0.4, NULL, &err) == VT_EARG);
    CHECK(vt_kato_z_at_ratio(0.0, out, &err) == VT_EDOMAIN);
    CHECK(vt_kato_z_at_sensitivity(1.0, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "m = 1 is not in (0, 1)");
    const double stress[2] = {3.2e7, NAN};
    vt_sinh_flow p = {.eta_N = 3.7e9, .V = 0.21e-27, .T = 523.0};
    CHECK(vt_sinh_flow_rate(&p, 2, stress, out, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "value 1 = nan");
    p.V = -1e-28;
    CHECK(vt_sinh_flow_stress(&p, 1, stress, out, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "V = -1e-28 m^3");
    CHECK(vt_sinh_flow_viscosity(NULL, 1, stress, out, &err) == VT_EARG);
    CHECK(out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(sinh_functions_match_their_closed_forms_at_any_size),
           CHECK_CASE(sinh_inverses_give_the_published_numbers), CHECK_CASE(inverses_are_continuous_at_their_seams),
           CHECK_CASE(threshold_stress_is_published),
           CHECK_CASE(sinh_flow_has_its_newtonian_limit_inverse_and_sensitivity),
           CHECK_CASE(kato_gives_the_published_table), CHECK_CASE(kato_is_exact_at_its_ends),
           CHECK_CASE(kato_inverse_of_the_ratio_returns), CHECK_CASE(refusals_name_the_value))
