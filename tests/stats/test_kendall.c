/* Kendall's test: counted by hand, against every order, against the normal limit, refusals. */
#include "check.h"
#include <vitrum/kendall.h>

static const double X[4] = {52.0, 70.0, 88.0, 4000.0};

/* Four values: 24 orders, 2 of which are monotone; S = 4 or more in 8 of them (1 + 3 at each end). */
static void four_sizes_reach_no_less_than_0083(void)
{
    const double up[4] = {0.1, 12.0, 17.0, 43.0}, one_swap[4] = {12.0, 0.1, 17.0, 43.0};
    vt_kendall k;
    CHECK(vt_kendall_test(4, X, up, &k, NULL) == VT_OK);
    CHECK_REL(k.tau, 1.0, 1e-14);
    CHECK_REL(k.p_value, 2.0 / 24.0, 1e-12);
    CHECK_REL(k.p_least, 2.0 / 24.0, 1e-12);
    CHECK(k.exact);
    CHECK(vt_kendall_test(4, X, one_swap, &k, NULL) == VT_OK);
    CHECK_REL(k.tau, 4.0 / 6.0, 1e-14);
    CHECK_REL(k.p_value, 8.0 / 24.0, 1e-12);
}

/* Two values of x, three of each: the exact distribution of Mann and Whitney, 20 mixtures, U = 0 in one. */
static void ties_of_one_variable_are_counted(void)
{
    const double x[6] = {52, 52, 52, 88, 88, 88}, y[6] = {3.0, 1.0, 2.0, 6.0, 5.0, 4.0},
                 z[6] = {3.0, 1.0, 4.0, 6.0, 5.0, 2.0};
    vt_kendall k;
    CHECK(vt_kendall_test(6, x, y, &k, NULL) == VT_OK);
    CHECK_REL(k.p_value, 2.0 / 20.0, 1e-12);
    CHECK_REL(k.p_least, 2.0 / 20.0, 1e-12);
    CHECK_REL(k.tau, 9.0 / sqrt(9.0 * 15.0), 1e-14);
    /* U = 2: 1 + 1 + 2 of 20 mixtures are as far out, at each end */
    CHECK(vt_kendall_test(6, x, z, &k, NULL) == VT_OK);
    CHECK_REL(k.p_value, 8.0 / 20.0, 1e-12);
    CHECK(vt_kendall_test(6, z, x, &k, NULL) == VT_OK); /* the same if x and y change places */
    CHECK_REL(k.p_value, 8.0 / 20.0, 1e-12);
}

/* The grouped recursion against the count of every order, with ties in both made harmless: a value of y tied inside a
 * group of x adds nothing to S, so p stays that of a count by other code. */
static void both_tied_agree_with_a_count_of_all_orders(void)
{
    const double x[5] = {1, 1, 2, 3, 3}, y[5] = {1, 2, 2, 3, 4};
    double p = 0.0, all = 0.0, S = 0.0;
    int at[5];
    vt_kendall k;
    CHECK(vt_kendall_test(5, x, y, &k, NULL) == VT_OK);
    for (int code = 0; code < 3125; code++) { /* every order of five places */
        bool once = true;
        int rest = code;
        for (int i = 0; i < 5; i++, rest /= 5) at[i] = rest % 5;
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < i; j++) once = once && at[i] != at[j];
        if (!once) continue;
        double s = 0.0;
        for (int i = 0; i < 5; i++)
            for (int j = i + 1; j < 5; j++)
                s += ((x[i] > x[j]) - (x[i] < x[j])) * ((y[at[i]] > y[at[j]]) - (y[at[i]] < y[at[j]]));
        all += 1.0;
        p += fabs(s) >= fabs(k.S) - 0.5;
        S = fmax(S, fabs(s));
    }
    CHECK_REL(all, 120.0, 1e-14);
    CHECK_REL(k.p_value, p / all, 1e-12);
    CHECK(k.S <= S);
}

/* Without ties, orders of n values with k pairs out of order are counted by Mahon's triangle, row n = 12. */
static void twelve_values_against_the_triangle(void)
{
    double x[12], y[12], row[67] = {1.0}, next[67], tail = 0.0, all = 0.0;
    vt_kendall k;
    for (int n = 2; n <= 12; n++) {
        for (int i = 0; i < 67; i++) {
            next[i] = 0.0;
            for (int j = 0; j < n && j <= i; j++) next[i] += row[i - j];
        }
        for (int i = 0; i < 67; i++) row[i] = next[i];
    }
    for (int i = 0; i < 12; i++) {
        x[i] = i;
        y[i] = (i * 5) % 12 + 0.7 * i;
    }
    CHECK(vt_kendall_test(12, x, y, &k, NULL) == VT_OK);
    for (int i = 0; i < 67; i++) {
        all += row[i];
        if (fabs(66.0 - 2.0 * i) >= fabs(k.S) - 0.5) tail += row[i];
    }
    CHECK_REL(all, 479001600.0, 1e-14);
    CHECK_REL(k.p_value, tail / all, 1e-12);
    CHECK_REL(k.p_least, 2.0 / 479001600.0, 1e-12);
}

/* Exact to n = 30, normal beyond: the two must meet. */
static void many_values_approach_the_normal_law(void)
{
    double x[31], y[31];
    vt_kendall exact, normal;
    for (int i = 0; i < 31; i++) {
        x[i] = i;
        y[i] = (i * 7) % 31 + 0.6 * i; /* a permutation with a weak trend */
    }
    CHECK(vt_kendall_test(30, x, y, &exact, NULL) == VT_OK);
    CHECK(vt_kendall_test(31, x, y, &normal, NULL) == VT_OK);
    CHECK(exact.exact && !normal.exact);
    const double z = (fabs(exact.S) - 1.0) / sqrt(30.0 * 29.0 * 65.0 / 18.0);
    /* Next term of Edgeworth: kurtosis -36/(25 n) over 24, times (z^3 - 3 z) phi(z), both sides: 0.0009 at z = 2.46 */
    CHECK_ABS(exact.p_value, erfc(z / sqrt(2.0)), 0.0015);
    CHECK(exact.p_least < 1e-30);
}

static void refusals(void)
{
    const double flat[4] = {1, 1, 1, 1}, bad[4] = {1, 2, NAN, 4};
    vt_kendall k = {.tau = -7.0};
    vt_error err = {0};
    CHECK(vt_kendall_test(2, X, X, &k, &err) == VT_EDOF);
    CHECK(vt_kendall_test(4, X, flat, &k, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "1 different y");
    CHECK(vt_kendall_test(4, X, bad, &k, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "pair 2");
    CHECK(vt_kendall_test(4, X, NULL, &k, &err) == VT_EARG);
    CHECK(vt_kendall_test(VT_KENDALL_MAX + 1, X, X, &k, &err) == VT_EARG);
    CHECK(k.tau == -7.0);
}

CHECK_MAIN(CHECK_CASE(four_sizes_reach_no_less_than_0083), CHECK_CASE(ties_of_one_variable_are_counted),
           CHECK_CASE(both_tied_agree_with_a_count_of_all_orders), CHECK_CASE(twelve_values_against_the_triangle),
           CHECK_CASE(many_values_approach_the_normal_law), CHECK_CASE(refusals))
