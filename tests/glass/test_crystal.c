#include "glass/printed.h"
#include <vitrum/constants.h>
#include <vitrum/crystal.h>

/* Targets T8. */
static void kjma_times_are_published(void)
{
    const vt_kjma p = {.kind = VT_KJMA_CONSTANT_NUCLEATION, .nucleation = 1e12, .u = 1e-6};
    double t;
    CHECK(vt_kjma_time(&p, 0.5, &t, NULL) == VT_OK);
    CHECK_PRINTED(t, "28.52326");
    CHECK(vt_kjma_time(&p, 1e-3, &t, NULL) == VT_OK);
    CHECK_PRINTED(t, "5.55965");
}

static void avrami_exponents_are_four_and_three(void)
{
    for (int kind = 0; kind < 2; kind++) {
        const vt_kjma p = {.kind = (vt_kjma_kind)kind, .nucleation = 3.1e14, .u = 2.2e-7};
        double t[3], X[3];
        const double want[3] = {1e-13, 0.37, 0.999};
        for (int i = 0; i < 3; i++) CHECK(vt_kjma_time(&p, want[i], &t[i], NULL) == VT_OK);
        CHECK(vt_kjma_fraction(&p, 3, t, X, NULL) == VT_OK);
        for (int i = 0; i < 3; i++) CHECK_REL(X[i], want[i], 1e-13); /* pow and expm1; no cancellation at 1e-13 */
        CHECK(vt_kjma_fraction(&p, 1, (double[]){2.0 * t[0]}, X, NULL) == VT_OK);
        CHECK_REL(log2(X[0] / want[0]), kind ? 3.0 : 4.0, 1e-11); /* X is the extended fraction up to X/2 */
    }
    /* N spheres of radius u t: the plain volume */
    const vt_kjma p = {.kind = VT_KJMA_SITE_SATURATED, .nucleation = 1e12, .u = 1e-6};
    const double t = 2.5;
    double X;
    CHECK(vt_kjma_fraction(&p, 1, &t, &X, NULL) == VT_OK);
    CHECK_REL(-log1p(-X), 1e12 * 4.0 * VT_PI / 3.0 * pow(2.5e-6, 3.0), 1e-12);
}

static const double TABLE_T[4] = {610.0, 640.0, 670.0, 700.0}, TABLE_TAU[4] = {5400.0, 900.0, 210.0, 330.0};
static const vt_ttt TTT = {.n = 4, .T = TABLE_T, .tau = TABLE_TAU};

static void table_is_log_linear_in_inverse_temperature(void)
{
    const double T[4] = {610.0, 2.0 / (1.0 / 610.0 + 1.0 / 640.0), 670.0, 700.0};
    double tau[4];
    CHECK(vt_ttt_time(&TTT, 4, T, tau, NULL) == VT_OK);
    CHECK_REL(tau[0], 5400.0, 1e-13);
    CHECK_REL(tau[1], sqrt(5400.0 * 900.0), 1e-13); /* half way in 1/T: the geometric mean */
    CHECK_REL(tau[2], 210.0, 1e-13);
    CHECK_REL(tau[3], 330.0, 1e-13);
}

static void isothermal_hold_consumes_time_over_tau(void)
{
    const double t[3] = {0.0, 130.0, 700.0}, T[3] = {652.0, 652.0, 652.0};
    double tau, U, slope;
    CHECK(vt_ttt_time(&TTT, 1, T, &tau, NULL) == VT_OK);
    CHECK(vt_ttt_consumed(&TTT, 3, t, T, &U, &slope, NULL) == VT_OK);
    CHECK_REL(U, 700.0 / tau, 1e-13);
}

/* A ramp across all rows against the trapezoidal rule on the interpolated table, order 2. */
static void ramp_agrees_with_a_sum_of_holds(void)
{
    const double t[2] = {0.0, 900.0}, T[2] = {611.0, 697.0}, back[2] = {697.0, 611.0};
    double U, U_back, e[2];
    CHECK(vt_ttt_consumed(&TTT, 2, t, T, &U, NULL, NULL) == VT_OK);
    CHECK(vt_ttt_consumed(&TTT, 2, t, back, &U_back, NULL, NULL) == VT_OK);
    CHECK_REL(U_back, U, 1e-13); /* additivity forgets the order */
    for (int k = 0; k < 2; k++) {
        const int n = k ? 17200 : 8600; /* divisible by the rows: the corners of the table lie on nodes */
        double sum = 0.0;
        for (int i = 0; i <= n; i++) {
            const double at = 611.0 + 86.0 * i / n;
            double tau;
            CHECK(vt_ttt_time(&TTT, 1, &at, &tau, NULL) == VT_OK);
            sum += (i == 0 || i == n ? 0.5 : 1.0) / tau;
        }
        e[k] = sum * 900.0 / n - U;
    }
    CHECK(fabs(e[1]) < 1e-6 * U);
    CHECK_ORDER_2(e[0], e[1]);
}

static void derivative_to_a_temperature_shift_converges(void)
{
    const double t[3] = {0.0, 300.0, 500.0}, T[3] = {622.0, 636.0, 619.0};
    double U, slope, e[2];
    CHECK(vt_ttt_consumed(&TTT, 3, t, T, &U, &slope, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double h = k ? 1.0 : 2.0;
        double up, down;
        CHECK(vt_ttt_consumed(&TTT, 3, t, (double[]){622.0 + h, 636.0 + h, 619.0 + h}, &up, NULL, NULL) == VT_OK);
        CHECK(vt_ttt_consumed(&TTT, 3, t, (double[]){622.0 - h, 636.0 - h, 619.0 - h}, &down, NULL, NULL) == VT_OK);
        e[k] = (up - down) / (2.0 * h) / slope - 1.0;
    }
    CHECK_ORDER_2(e[0], e[1]);
}

static void jmak_of_a_hold_and_of_two_half_ramps(void)
{
    const vt_jmak p = {.k = {.X_ref = 3.1e-3, .T_ref = 640.0, .Q = 4.1 * VT_ELECTRONVOLT}, .n = 2.7};
    double X, k, whole, split;
    const double T_hold = 655.0;
    CHECK(vt_arrhenius_value(&p.k, 1, &T_hold, &k, NULL) == VT_OK);
    CHECK(vt_jmak_fraction(&p, 2, (double[]){5.0, 105.0}, (double[]){655.0, 655.0}, &X, NULL) == VT_OK);
    CHECK_REL(X, -expm1(-pow(100.0 * k, 2.7)), 1e-12);
    CHECK(vt_jmak_fraction(&p, 2, (double[]){0.0, 600.0}, (double[]){580.0, 660.0}, &whole, NULL) == VT_OK);
    CHECK(vt_jmak_fraction(&p, 3, (double[]){0.0, 210.0, 600.0}, (double[]){580.0, 608.0, 660.0}, &split, NULL) ==
          VT_OK);
    CHECK_REL(split, whole, 1e-12); /* a point on the line changes nothing */
    /* isokinetic: a JMAK law and a table of its times agree at U = 1 (targets T8: additive under Scheil) */
    const double T[2] = {600.0, 660.0};
    double tau[2], U;
    for (int i = 0; i < 2; i++) {
        CHECK(vt_arrhenius_value(&p.k, 1, &T[i], &k, NULL) == VT_OK);
        tau[i] = pow(-log1p(-0.01), 1.0 / p.n) / k; /* time to 1 % */
    }
    const vt_ttt table = {.n = 2, .T = T, .tau = tau};
    const double ramp[2] = {601.0, 659.0};
    CHECK(vt_ttt_consumed(&table, 2, (double[]){0.0, 600.0}, ramp, &U, NULL, NULL) == VT_OK);
    CHECK(vt_jmak_fraction(&p, 2, (double[]){0.0, 600.0 / U}, ramp, &X, NULL) == VT_OK);
    CHECK_REL(X, 0.01, 1e-11);
}

static void verdict_has_three_ways(void)
{
    vt_crystal_verdict v;
    double U95;
    CHECK(vt_ttt_verdict(0.05, log(2.0), &U95, &v, NULL) == VT_OK && v == VT_CRYSTAL_SAFE);
    CHECK_REL(U95, 0.05 * pow(2.0, 1.6448536269514722), 1e-14);
    CHECK(vt_ttt_verdict(0.11, log(2.0), NULL, &v, NULL) == VT_OK && v == VT_CRYSTAL_POSSIBLE); /* U95 = 0.34 */
    CHECK(vt_ttt_verdict(0.9, 0.0, NULL, &v, NULL) == VT_OK && v == VT_CRYSTAL_POSSIBLE);
    CHECK(vt_ttt_verdict(1.2, 0.3, NULL, &v, NULL) == VT_OK && v == VT_CRYSTAL_EXPECTED);
    vt_error err = {0};
    CHECK(vt_ttt_verdict(NAN, 0.3, NULL, &v, &err) == VT_EARG);
    CHECK(vt_ttt_verdict(0.2, 0.3, NULL, NULL, &err) == VT_EARG);
}

static void refusals_name_the_value(void)
{
    const double t[3] = {0.0, 10.0, 10.0}, T[3] = {622.0, 701.0, 640.0}, inside[3] = {622.0, 630.0, 640.0};
    double out[3] = {-7.0, -7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_ttt_time(&TTT, 3, T, out, &err) == VT_EEXTRAPOLATE);
    CHECK_TEXT(err.msg, "T[1] = 701 K is outside the TTT table, 610 to 700 K");
    CHECK(vt_ttt_consumed(&TTT, 2, t, T, out, NULL, &err) == VT_EEXTRAPOLATE);
    CHECK(vt_ttt_consumed(&TTT, 3, t, inside, out, NULL, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "t[2] = 10 s does not follow t[1] = 10 s");
    CHECK(vt_ttt_consumed(&TTT, 1, t, inside, out, NULL, &err) == VT_EARG);
    const double descending[2] = {640.0, 610.0};
    const vt_ttt bad = {.n = 2, .T = descending, .tau = TABLE_TAU}, short_table = {.n = 1, .T = T, .tau = T};
    CHECK(vt_ttt_time(&bad, 1, inside, out, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "TTT row 1: T = 610 K");
    CHECK(vt_ttt_time(&short_table, 1, inside, out, &err) == VT_EARG);
    vt_kjma k = {.kind = VT_KJMA_SITE_SATURATED, .nucleation = 1e12, .u = 1e-6};
    CHECK(vt_kjma_time(&k, 1.0, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "X = 1 is not between");
    CHECK(vt_kjma_fraction(&k, 1, (double[]){-2.0}, out, &err) == VT_EDOMAIN);
    k.u = NAN;
    CHECK(vt_kjma_time(&k, 0.4, out, &err) == VT_EARG);
    vt_jmak p = {.k = {.X_ref = 3.1e-3, .T_ref = 640.0, .Q = 4e-19}, .n = 0.0};
    CHECK(vt_jmak_fraction(&p, 2, t, inside, out, &err) == VT_EARG);
    p.n = 2.0;
    CHECK(vt_jmak_fraction(&p, 2, t, (double[]){622.0, -1.0}, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = -1 K");
    CHECK(vt_jmak_fraction(&p, 2, NULL, inside, out, &err) == VT_EARG);
    CHECK(out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(kjma_times_are_published), CHECK_CASE(avrami_exponents_are_four_and_three),
           CHECK_CASE(table_is_log_linear_in_inverse_temperature), CHECK_CASE(isothermal_hold_consumes_time_over_tau),
           CHECK_CASE(ramp_agrees_with_a_sum_of_holds), CHECK_CASE(derivative_to_a_temperature_shift_converges),
           CHECK_CASE(jmak_of_a_hold_and_of_two_half_ramps), CHECK_CASE(verdict_has_three_ways),
           CHECK_CASE(refusals_name_the_value))
