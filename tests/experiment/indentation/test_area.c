#include "check.h"
#include <vitrum/contact.h>

static const vt_area_function XP = {
    /* MTS XP on fused silica: A = 24.6954 h^2 + 395.770081 h - 16.131583 h^0.5 */
    .n = 3,
    .C = {24.6954, 395.770081, -16.131583},
};

static void area_is_the_sum_of_its_terms(void)
{
    vt_area_function f = {.n = 9, .C = {23.7, 812.0, 1.7, 2.9, 3.1, 4.3, 5.9, 6.1, 7.3}};
    const double h = 256.0; /* nm: a power of 2, whose roots down to 1/8 are simple */
    double A = 23.7 * h * h + 812.0 * h + 1.7 * 16.0 + 2.9 * 4.0 + 3.1 * 2.0 + 4.3 * sqrt(2.0);
    A += 5.9 * pow(2.0, 0.25) + 6.1 * pow(2.0, 0.125) + 7.3 * pow(2.0, 0.0625);
    CHECK_REL(vt_area(&f, h * 1e-9), A * 1e-18, 4e-15); /* ten roundings of 1e-16, one of 1e-9 */
    /* Area recomputed from a depth printed as 471.19 nm: half a unit of its last digit is 2.1e-5 of the area. */
    CHECK_REL(vt_area(&XP, 471.19e-9), 5.66905e-12, 2.2e-5);
}

static void slope_is_the_derivative_of_the_area(void)
{
    vt_area_function f = {.n = 6, .C = {24.1, -37.0, 911.0, -250.0, 14.0, 3.0}};
    for (double h = 31e-9; h < 3e-6; h *= 1.7) {
        const double d = 1e-4 * h;
        /* Central difference: truncation d^2/6 A''' ~ 1e-8 of the slope, rounding 1e-16/1e-4. */
        CHECK_REL(vt_area_slope(&f, h), (vt_area(&f, h + d) - vt_area(&f, h - d)) / (2.0 * d), 3e-8);
    }
}

static void variance_carries_the_covariance(void)
{
    vt_area_function f = {.n = 2, .C = {24.5, 300.0}};
    const double x = 170.0, a = 0.3, b = 41.0, r = -0.83;
    CHECK(vt_area_variance(&f, x * 1e-9) == 0.0);
    f.cov[0] = a * a;
    f.cov[1] = f.cov[VT_AREA_TERMS] = r * a * b;
    f.cov[VT_AREA_TERMS + 1] = b * b;
    const double v = a * a * x * x * x * x + 2.0 * r * a * b * x * x * x + b * b * x * x;
    CHECK_REL(vt_area_variance(&f, x * 1e-9), v * 1e-36, 1e-13);
}

static void depth_inverts_the_area(void)
{
    for (double h = 3e-9; h < 2e-5; h *= 2.3) {
        double back = 0.0;
        vt_error err = {0};
        CHECK_OK(vt_area_depth(&XP, vt_area(&XP, h), &back, &err), &err);
        CHECK_REL(back, h, 1e-14);
    }
    double h = -7.0;
    vt_error err = {0};
    CHECK(vt_area_depth(&XP, NAN, &h, &err) == VT_EDOMAIN);
    CHECK(vt_area_depth(&XP, 1.0, &h, &err) == VT_ENOROOT);
    CHECK(h == -7.0);
}

static void pyramids_have_their_published_constants(void)
{
    const double deg = 3.14159265358979323846 / 180.0;
    /* Procedure P18: 24.494 at 65.27 deg, 24.56 at 65.3 deg: half a unit of the last digit. */
    CHECK_ABS(vt_area_berkovich(65.27 * deg), 24.494, 5e-4);
    CHECK_ABS(vt_area_berkovich(65.3 * deg), 24.56, 5e-3);
    CHECK_ABS(vt_area_vickers(68.0 * deg), 24.504, 5e-4);
    CHECK_ABS(vt_area_cone(70.3 * deg), 24.5, 0.05); /* the cone of the same area */
}

static void a_function_that_falls_is_refused_by_depth(void)
{
    vt_error err = {0};
    CHECK_OK(vt_area_check(&XP, &err), &err);
    vt_area_function f = {.n = 2, .C = {24.5, -900.0}, .low = 50e-9, .high = 2e-6};
    CHECK(vt_area_check(&f, &err) == VT_EAREA);
    CHECK_TEXT(err.msg, "not monotone");
    CHECK_TEXT(err.msg, "contact depth of 1 nm");
    /* Falls beyond 1 um only, which its range does not reach. */
    f = (vt_area_function){.n = 2, .C = {-24.5, 49000.0}, .low = 0.0, .high = 0.8e-6};
    CHECK_OK(vt_area_check(&f, &err), &err);
    f.high = 0.95e-6; /* to 1.1 high = 1.045 um */
    CHECK(vt_area_check(&f, &err) == VT_EAREA);
    f = XP;
    f.n = 10;
    CHECK(vt_area_check(&f, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "10 terms; it takes 1 to 9");
    f = XP;
    f.C[1] = NAN;
    CHECK(vt_area_check(&f, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "C1 = ");
    f = XP;
    f.low = 3e-7;
    f.high = 2e-7;
    CHECK(vt_area_check(&f, &err) == VT_EARG);
    CHECK(vt_area_check(NULL, &err) == VT_EARG);
}

static void depths_outside_the_limits_are_refused(void)
{
    vt_area_function f = XP;
    vt_error err = {0};
    CHECK(vt_area_range(&f, 7e-6, &err) == VT_OK); /* no limits stated */
    f.low = 90e-9;
    f.high = 610e-9;
    CHECK(vt_area_range(&f, 333e-9, &err) == VT_OK);
    CHECK(vt_area_range(&f, 611e-9, &err) == VT_EAREA_RANGE);
    CHECK_TEXT(err.msg, "contact depth 611 nm");
    CHECK_TEXT(err.msg, "90 to 610 nm");
    CHECK(vt_area_range(&f, 89e-9, &err) == VT_EAREA_RANGE);
    CHECK(vt_area_range(&f, NAN, &err) == VT_EDOMAIN);
    CHECK(vt_area_range(&f, -3e-9, &err) == VT_EDOMAIN);
}

CHECK_MAIN(CHECK_CASE(area_is_the_sum_of_its_terms), CHECK_CASE(slope_is_the_derivative_of_the_area),
           CHECK_CASE(variance_carries_the_covariance), CHECK_CASE(depth_inverts_the_area),
           CHECK_CASE(pyramids_have_their_published_constants), CHECK_CASE(a_function_that_falls_is_refused_by_depth),
           CHECK_CASE(depths_outside_the_limits_are_refused))
