/* Axes: closed forms, turning, refusals. */
#include "check.h"
#include <vitrum/circular.h>
#include <vitrum/constants.h>

static const double DEGREE = VT_PI / 180.0;

/* Two axes at +-d about m: R = cos 2d, mean m. */
static void two_axes_have_a_closed_form(void)
{
    const double m = 0.61, d = 0.07, a[2] = {m - d, m + d};
    vt_axial_mean k;
    CHECK(vt_axial_mean_of(2, a, 0.95, &k, NULL) == VT_OK);
    CHECK_REL(k.mean, m, 1e-14);
    CHECK_REL(k.R, cos(2.0 * d), 1e-14);
    CHECK_REL(k.scatter, 0.5 * sqrt(-2.0 * log(cos(2.0 * d))), 1e-12);
    /* R2 = cos 4d: u = 1/2 sqrt((1 - cos 4d)/2)/R = 1/2 tan 2d with n - 1 = 1 */
    CHECK_REL(k.u, 0.5 * tan(2.0 * d), 1e-9);
    CHECK_REL((k.high - k.mean) / k.u, 12.706204736, 1e-8); /* t(0.975, 1) */
}

/* 89 and -89 degrees are 2 degrees apart, not 178: the mean is 90, and an ordinary mean would say 0. */
static void half_a_turn_is_the_same_axis(void)
{
    const double a[3] = {89.0 * DEGREE, -89.0 * DEGREE, 90.0 * DEGREE};
    vt_axial_mean k;
    CHECK(vt_axial_mean_of(3, a, 0.95, &k, NULL) == VT_OK);
    CHECK_REL(fabs(k.mean), 0.5 * VT_PI, 1e-12);
    CHECK(k.R > 0.999);
}

/* Small angles: the mean, its error and the scatter are those of numbers. */
static void narrow_axes_are_numbers(void)
{
    const double a[4] = {0.701, 0.703, 0.698, 0.706}, mean = 0.702, s = sqrt((1e-6 + 1e-6 + 16e-6 + 16e-6) / 3.0);
    vt_axial_mean k;
    CHECK(vt_axial_mean_of(4, a, 0.95, &k, NULL) == VT_OK);
    CHECK_ABS(k.mean, mean, 1e-6);       /* cubic in the spread: 1e-8 */
    CHECK_REL(k.u, s / sqrt(4.0), 1e-3); /* quadratic in the spread, doubled: 1e-4 */
    CHECK_REL(k.scatter, s * sqrt(0.75), 1e-3);
}

static void refusals(void)
{
    const double a[2] = {0.0, 0.5 * VT_PI}, bad[2] = {0.2, NAN};
    vt_axial_mean k = {.R = -7.0};
    vt_error err = {0};
    CHECK(vt_axial_mean_of(2, a, 0.95, &k, &err) == VT_EAMBIGUOUS);
    CHECK_TEXT(err.msg, "cancel");
    CHECK(vt_axial_mean_of(1, a, 0.95, &k, &err) == VT_EDOF);
    CHECK(vt_axial_mean_of(2, bad, 0.95, &k, &err) == VT_ENAN);
    CHECK(vt_axial_mean_of(2, a, 1.0, &k, &err) == VT_EARG);
    CHECK(vt_axial_mean_of(2, NULL, 0.95, &k, &err) == VT_EARG);
    CHECK(k.R == -7.0);
}

CHECK_MAIN(CHECK_CASE(two_axes_have_a_closed_form), CHECK_CASE(half_a_turn_is_the_same_axis),
           CHECK_CASE(narrow_axes_are_numbers), CHECK_CASE(refusals))
