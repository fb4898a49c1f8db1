#include "check.h"
#include <vitrum/contact.h>
#include <vitrum/indent_set.h>

static const vt_tip TIP = {.C0 = 24.53, .epsilon = 0.762, .beta = 1.034};

/* P and S of a self-similar contact at depth h by bisection on the contact depth; independent of the closed forms. */
static double contact(double H, double E_r, double h, double C_s, double *S)
{
    double low = 0.0, high = h, P = 0.0;
    for (int k = 0; k < 200; k++) {
        const double h_c = 0.5 * (low + high), A = TIP.C0 * h_c * h_c;
        P = H * A;
        *S = 2.0 * TIP.beta * E_r * sqrt(A / 3.14159265358979323846);
        if (h_c + TIP.epsilon * P / *S + C_s * P < h)
            low = h_c;
        else
            high = h_c;
    }
    return P;
}

static void load_coefficient_is_that_of_the_contact(void)
{
    const double H = 4.9e9, E_r = 104e9, h = 437e-9;
    double C, S;
    vt_error err = {0};
    CHECK_OK(vt_load_coefficient(&TIP, H, E_r, &C, &err), &err);
    CHECK_REL(C * h * h, contact(H, E_r, h, 0.0, &S), 1e-12);
}

static void load_ratio_and_its_slopes(void)
{
    const double H = 4.9e9, E_r = 104e9, rH = 0.83, rE = 0.76, step = 1e-6;
    double ratio, slope[2], up, down, a, b;
    vt_error err = {0};
    CHECK_OK(vt_load_coefficient(&TIP, H, E_r, &a, &err), &err);
    CHECK_OK(vt_load_coefficient(&TIP, rH * H, rE * E_r, &b, &err), &err);
    CHECK_OK(vt_load_ratio(&TIP, H, E_r, rH, rE, &ratio, slope, &err), &err);
    CHECK_REL(ratio, b / a, 1e-13);
    for (int k = 0; k < 2; k++) { /* central difference of step 1e-6: 1e-10 of rounding, 1e-12 of curvature */
        vt_load_ratio(&TIP, H, E_r, rH * (k ? 1 : 1 + step), rE * (k ? 1 + step : 1), &up, NULL, NULL);
        vt_load_ratio(&TIP, H, E_r, rH * (k ? 1 : 1 - step), rE * (k ? 1 - step : 1), &down, NULL, NULL);
        CHECK_REL(log(up / down) / (2.0 * step), slope[k], 1e-8);
    }
}

static void published_fall_of_load_follows_from_modulus_and_hardness(void)
{
    /* Ledger C2: E -26 %, H -17 % give -19 %; E_r of the rod 104 GPa, diamond's share of 1/E_r left as it is. */
    const vt_tip tip = {.C0 = 24.56, .epsilon = 0.75, .beta = 1.0};
    const double E = 97.2e9, nu = 0.389, H = 4.7e9;
    const double E_r = vt_contact_reduced_modulus(E, nu, 1141e9, 0.07);
    double ratio;
    CHECK(vt_load_ratio(&tip, H, E_r, 0.83, vt_contact_reduced_modulus(0.74 * E, nu, 1141e9, 0.07) / E_r, &ratio, NULL,
                        NULL) == VT_OK);
    CHECK_ABS(ratio, 0.81, 0.005); /* half a digit */
}

static void compliance_in_series_is_what_oliver_and_pharr_then_find(void)
{
    const double H = 4.7e9, E_r = 104e9, h = 412e-9, C_s = 1.5e-6;
    double S;
    vt_apparent a;
    vt_error err = {0};
    const double P = contact(H, E_r, h, C_s, &S), S_read = 1.0 / (1.0 / S + C_s);
    const vt_area_function area = {.n = 1, .C = {TIP.C0}};
    const vt_contact c = {.P = P,
                          .h = h,
                          .S = S_read,
                          .epsilon = TIP.epsilon,
                          .beta = TIP.beta,
                          .nu = 0.39,
                          .E_i = 1141e9,
                          .nu_i = 0.07,
                          .area = &area};
    double out[VT_CONTACT_OUTPUTS];
    CHECK_OK(vt_contact_evaluate(&c, out, NULL, &err), &err);
    CHECK_OK(vt_apparent_contact(&TIP, H, E_r, h, C_s, &a, &err), &err);
    CHECK_REL(a.P, P, 1e-12);
    CHECK_REL(a.H, out[VT_CONTACT_HARDNESS], 1e-12);
    CHECK_REL(a.E_r, out[VT_CONTACT_REDUCED], 1e-12);
    CHECK_OK(vt_apparent_contact(&TIP, H, E_r, h, 0.0, &a, &err), &err);
    CHECK_REL(a.H, H, 1e-13);
    CHECK_REL(a.E_r, E_r, 1e-13);
}

/* The apparent values obey the identity C2 as well (for the depth without the compliance's own part). */
static void identity_holds_for_apparent_values(void)
{
    vt_apparent a;
    double C, root;
    CHECK(vt_apparent_contact(&TIP, 4.7e9, 104e9, 412e-9, 1.5e-6, &a, NULL) == VT_OK);
    CHECK(vt_load_coefficient(&TIP, a.H, a.E_r, &C, NULL) == VT_OK);
    root = sqrt(a.P / C);
    CHECK_REL(root, 412e-9, 1e-12);
}

static void impossible_contacts_are_refused(void)
{
    vt_error err = {0};
    vt_tip bad = TIP;
    double C = -7.0;
    vt_apparent a = {.P = -7.0};
    bad.beta = 0.0;
    CHECK(vt_load_coefficient(&bad, 5e9, 1e11, &C, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "beta = 0");
    CHECK(vt_load_coefficient(&TIP, NAN, 1e11, &C, &err) == VT_ERANGE);
    CHECK(vt_load_coefficient(NULL, 5e9, 1e11, &C, &err) == VT_EARG);
    CHECK(vt_load_ratio(&TIP, 5e9, 1e11, -0.2, 1.1, &C, NULL, &err) == VT_ERANGE);
    CHECK(vt_apparent_contact(&TIP, 5e9, 1e11, -1e-9, 0.0, &a, &err) == VT_ERANGE);
    CHECK(vt_apparent_contact(&TIP, 5e9, 1e11, 400e-9, -1e-3, &a, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "C_s = -0.001 m/N");
    CHECK(C == -7.0 && a.P == -7.0);
}

CHECK_MAIN(CHECK_CASE(load_coefficient_is_that_of_the_contact), CHECK_CASE(load_ratio_and_its_slopes),
           CHECK_CASE(published_fall_of_load_follows_from_modulus_and_hardness),
           CHECK_CASE(compliance_in_series_is_what_oliver_and_pharr_then_find),
           CHECK_CASE(identity_holds_for_apparent_values), CHECK_CASE(impossible_contacts_are_refused))
