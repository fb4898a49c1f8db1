/* The bracketed solver below the laws. */
#include "check.h"
#include "glass/root_internal.h"

static double cubic(double x, const void *context, double *slope)
{
    *slope = 3.0 * x * x;
    return x * x * x - *(const double *)context;
}

static double step_like(double x, const void *context, double *slope)
{
    (void)context;
    *slope = -1e-3; /* not the derivative: Newton leaves the bracket and must be caught */
    return tanh(1e6 * (x - 0.3));
}

static double hole(double x, const void *context, double *slope)
{
    (void)context;
    *slope = 1.0;
    return x > -0.1 && x < 1.3 ? NAN : x;
}

static void roots_are_good_to_the_last_digits(void)
{
    const double want[3] = {7.3, 1.1e-90, 4.2e80};
    for (int i = 0; i < 3; i++) {
        const double cube = want[i] * want[i] * want[i];
        double x;
        CHECK(vti_root(cubic, &cube, 0.0, 3.7 * want[i], &x) == VT_OK);
        CHECK_REL(x, want[i], 1e-15); /* rounding of the cube is 1e-16 of it, a third of that of the root */
    }
    const double eight = 8.0;
    double x;
    CHECK(vti_root(cubic, &eight, 2.0, 9.0, &x) == VT_OK && x == 2.0); /* at an end */
    CHECK(vti_root(cubic, &eight, -1.0, 2.0, &x) == VT_OK && x == 2.0);
}

static void a_wrong_slope_only_costs_steps(void)
{
    double x;
    CHECK(vti_root(step_like, NULL, -4.0, 11.0, &x) == VT_OK);
    CHECK_REL(x, 0.3, 1e-14);
}

static void no_sign_change_and_nan_are_refused(void)
{
    const double eight = 8.0;
    double x = -7.0;
    CHECK(vti_root(cubic, &eight, 2.1, 9.0, &x) == VT_ENOROOT);
    CHECK(vti_root(cubic, &eight, NAN, 9.0, &x) == VT_ENOROOT);
    CHECK(vti_root(hole, NULL, -2.0, 3.0, &x) == VT_ENOCONV);
    CHECK(x == -7.0);
}

CHECK_MAIN(CHECK_CASE(roots_are_good_to_the_last_digits), CHECK_CASE(a_wrong_slope_only_costs_steps),
           CHECK_CASE(no_sign_change_and_nan_are_refused))
