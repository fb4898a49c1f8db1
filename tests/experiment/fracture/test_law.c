/* Projections, bounds and intervals of a tilted fracture against closed forms and another route. */
#include "check.h"
#include <gsl/gsl_cdf.h>
#include <vitrum/constants.h>
#include <vitrum/fracture_law.h>
#include <vitrum/random.h>

static const double DEGREE = VT_PI / 180.0;

/* Ledger E10: 47 degrees to the axis are 43 from the transverse plane. */
static void angles_against_the_axis(void)
{
    double theta = -7.0;
    vt_error err = {0};
    CHECK(vt_fracture_from_axis(47.0 * DEGREE, &theta, NULL) == VT_OK);
    CHECK_REL(theta, 43.0 * DEGREE, 1e-14);
    CHECK(vt_fracture_from_axis(-0.1, &theta, &err) == VT_EDOMAIN);
    CHECK(vt_fracture_from_axis(91.0 * DEGREE, &theta, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "91 degrees");
    CHECK_REL(theta, 43.0 * DEGREE, 1e-14);
}

/* The projection of a plane by its points: two points of the circle where the line of sight touches it. */
static void projection_of_points_on_the_plane(void)
{
    const double theta = 0.71, rise = 1.93, view = 0.44, t = 1.0;
    const double x = -t * sin(view), y = t * cos(view), slope = tan(theta) * (x * cos(rise) + y * sin(rise)) / t;
    CHECK_REL(vt_fracture_apparent(theta, rise, view), atan(slope), 1e-12);
    CHECK_REL(vt_fracture_apparent(theta, view + 0.5 * VT_PI, view), theta, 1e-12); /* seen along its strike */
    CHECK_ABS(vt_fracture_apparent(theta, view, view), 0.0, 1e-15);
}

/* One view: x - z u. Two: the larger one, with P(both below) = level. */
static void bound_has_a_closed_form(void)
{
    const double x[2] = {-17.3 * DEGREE, 31.9 * DEGREE}, u[2] = {0.02, 0.02};
    vt_fracture_views v = {.n = 1, .apparent = x, .u = u};
    double bound;
    CHECK(vt_fracture_bound(&v, 0.95, &bound, NULL) == VT_OK);
    CHECK_ABS(bound, 17.3 * DEGREE - 0.02 * gsl_cdf_ugaussian_Pinv(0.95), 1e-9);
    v.n = 2;
    CHECK(vt_fracture_bound(&v, 0.95, &bound, NULL) == VT_OK);
    CHECK_ABS(bound, 31.9 * DEGREE - 0.02 * gsl_cdf_ugaussian_Pinv(sqrt(0.95)), 1e-9);
    v.n = 1;
    v.apparent = (const double[]){0.01}; /* below its error: nothing is excluded */
    CHECK(vt_fracture_bound(&v, 0.95, &bound, NULL) == VT_OK && bound == 0.0);
}

/* With no reading error, P(|apparent| <= x) = (2/pi) asin(tan x/tan theta). */
static void random_views_without_error_have_a_closed_form(void)
{
    const double x[3] = {17.3 * DEGREE, -31.9 * DEGREE, 5.1 * DEGREE}, u[3] = {2e-4, 2e-4, 2e-4};
    const vt_fracture_views v = {.n = 3, .apparent = x, .u = u};
    vt_fracture_angle a;
    CHECK(vt_fracture_random(&v, 0.95, &a, NULL) == VT_OK);
    const double p[3] = {0.5, 0.975, 0.025}, got[3] = {a.theta, a.low, a.high};
    for (int k = 0; k < 3; k++) CHECK_ABS(got[k], atan(tan(31.9 * DEGREE) / sin(0.5 * VT_PI * cbrt(p[k]))), 6e-4);
}

/* Length of a normal vector, isotropic: noncentral chi squared with two degrees of freedom, summed as Poisson mixture.
 */
static double rice(double r, double length, double s)
{
    const double half = 0.5 * pow(length / s, 2.0);
    double sum = 0.0, weight = exp(-half);
    for (int k = 0; k < 400; k++) {
        sum += weight * gsl_cdf_chisq_P(pow(r / s, 2.0), 2.0 + 2.0 * k);
        weight *= half / (k + 1.0);
    }
    return sum;
}

static void length_of_an_isotropic_vector_is_that_of_rice(void)
{
    const double x[2] = {0.31, -0.22}, s = 0.07, V[3] = {s * s, 0.0, s * s};
    double out[3];
    CHECK(vt_normal_length(x, V, 0.95, out, NULL) == VT_OK);
    const double r = hypot(x[0], x[1]), p[3] = {0.5, 0.975, 0.025};
    for (int k = 0; k < 3; k++) CHECK_ABS(rice(r, out[k], s), p[k], 1e-6); /* Simpson with 200 steps */
    CHECK(out[0] < r);                                                     /* a length is biased upwards */
    const double small[2] = {0.01, 0.0};
    CHECK(vt_normal_length(small, V, 0.95, out, NULL) == VT_OK);
    CHECK(out[0] == 0.0 && out[1] == 0.0); /* so short comes by chance in 1 %: no empty interval */
    CHECK_REL(out[2], s, 1e-12);
}

/* Against draws: an elongated distribution at an angle to its mean. */
static void length_of_a_skewed_vector_covers_by_draws(void)
{
    const double truth = 0.4, V[3] = {0.01, 0.006, 0.02};
    long covered = 0;
    enum { DRAWS = 400 };
    for (int i = 0; i < DRAWS; i++) {
        vt_stream s;
        double out[3];
        vt_stream_init(&s, 11, 5, (uint64_t)i);
        const double a = vt_stream_normal(&s), b = vt_stream_normal(&s);
        const double x[2] = {truth + 0.1 * a, 0.06 * a + sqrt(0.02 - 0.0036) * b};
        CHECK(vt_normal_length(x, V, 0.95, out, NULL) == VT_OK);
        covered += out[1] <= truth && truth <= out[2];
    }
    CHECK_BAND((double)covered / DRAWS, 0.95 - 3.0 * sqrt(0.95 * 0.05 / DRAWS), 0.983);
}

static void exact_views_give_the_plane_back(void)
{
    const double theta = 43.0 * DEGREE, rise = 2.2, azimuth[4] = {0.0, 1.1, 2.0, 3.4};
    double x[4], u[4], size[4];
    vt_fracture_angle a, b;
    for (int i = 0; i < 4; i++) {
        x[i] = vt_fracture_apparent(theta, rise, azimuth[i]);
        size[i] = fabs(x[i]);
        u[i] = 0.2 * DEGREE;
    }
    const vt_fracture_views v = {.n = 4, .apparent = x, .u = u, .azimuth = azimuth};
    vt_fracture_views w = v;
    w.apparent = size;
    w.unsigned_angles = true;
    CHECK(vt_fracture_known(&v, 0.95, &a, NULL) == VT_OK);
    CHECK_ABS(a.theta, theta, 1e-4); /* half the bias of a length, u^2/(2 tan theta) */
    CHECK_ABS(remainder(a.azimuth - rise, 2.0 * VT_PI), 0.0, 1e-9);
    CHECK_ABS(a.chi2, 0.0, 1e-15);
    CHECK(a.low < theta && theta < a.high && a.high - a.low < 1.0 * DEGREE);
    CHECK(vt_fracture_known(&w, 0.95, &b, NULL) == VT_OK);
    CHECK_ABS(b.theta, a.theta, 1e-9); /* signs found: the plane or its mirror image */
    w.unsigned_angles = false;         /* taken as signed, sizes are no plane */
    CHECK(vt_fracture_known(&w, 0.95, &b, NULL) == VT_OK && b.p_value < 1e-6 && b.scale > 3.0);
}

static double angle_of(const double *x, const double *u, const double *azimuth, double azimuth_u)
{
    vt_fracture_angle a = {0};
    const vt_fracture_views v = {.n = 3, .apparent = x, .u = u, .azimuth = azimuth, .azimuth_u = azimuth_u};
    CHECK(vt_fracture_known(&v, 0.95, &a, NULL) == VT_OK);
    return a.theta;
}

/* Half-width of the interval over z: the root of the squares of what each reading and each azimuth moves. */
static void azimuth_widens_the_interval(void)
{
    const double azimuth[3] = {0.0, VT_PI / 3.0, 2.0 * VT_PI / 3.0}, u[3] = {0.01, 0.01, 0.01}, u_az = 0.04;
    double x[3], moved[3], turned[3], u2[2] = {0.0, 0.0};
    vt_fracture_angle a;
    for (int i = 0; i < 3; i++) x[i] = moved[i] = vt_fracture_apparent(0.75, 0.4, azimuth[i]);
    memcpy(turned, azimuth, sizeof turned);
    for (int i = 0; i < 3; i++) {
        moved[i] += 0.2 * u[i];
        turned[i] += 0.2 * u_az;
        const double base = angle_of(x, u, azimuth, u_az);
        u2[0] += pow((angle_of(moved, u, azimuth, u_az) - base) / 0.2, 2.0);
        u2[1] += pow((angle_of(x, u, turned, u_az) - base) / 0.2, 2.0);
        moved[i] = x[i];
        turned[i] = azimuth[i];
    }
    const vt_fracture_views v = {.n = 3, .apparent = x, .u = u, .azimuth = azimuth, .azimuth_u = u_az};
    CHECK(vt_fracture_known(&v, 0.95, &a, NULL) == VT_OK);
    const double half = (a.high - a.low) / (2.0 * gsl_cdf_ugaussian_Pinv(0.975));
    CHECK_REL(half, sqrt(u2[0] + u2[1]), 0.05); /* curvature: (1.96 u)^2 of some per cent; weights follow the plane */
    CHECK_REL(a.u_reading, sqrt(u2[0]), 0.05);
    CHECK(u2[1] > 0.2 * u2[0]); /* so that the azimuths are seen */
}

static void refusals(void)
{
    const double x[3] = {0.1, 0.2, 0.3}, u[3] = {0.02, 0.02, 0.02}, same[3] = {0.3, 0.31, 0.3 + VT_PI};
    const double steep[3] = {0.1, 1.6, 0.3}, none[3] = {0.02, 0.0, 0.02};
    double bound = -7.0;
    vt_fracture_angle a = {.theta = -7.0};
    vt_error err = {0};
    vt_fracture_views v = {.n = 3, .apparent = x, .u = u, .azimuth = same};
    CHECK(vt_fracture_known(&v, 0.95, &a, &err) == VT_ENARROW);
    CHECK_TEXT(err.msg, "60 degrees or more");
    v.n = 2;
    CHECK(vt_fracture_known(&v, 0.95, &a, &err) == VT_EDOF && vt_fracture_random(&v, 0.95, &a, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "lower bound only");
    v.n = 0;
    CHECK(vt_fracture_bound(&v, 0.95, &bound, &err) == VT_EDOF);
    v.n = 3;
    v.apparent = steep;
    CHECK(vt_fracture_bound(&v, 0.95, &bound, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "view 1");
    v.apparent = x;
    v.u = none;
    CHECK(vt_fracture_random(&v, 0.95, &a, &err) == VT_EDOMAIN);
    v.u = u;
    CHECK(vt_fracture_random(&v, 1.0, &a, &err) == VT_EARG && vt_fracture_bound(&v, 0.95, NULL, &err) == VT_EARG);
    CHECK(a.theta == -7.0 && bound == -7.0);
    const double V[3] = {1.0, 2.0, 1.0};
    double out[3] = {-7.0, -7.0, -7.0};
    CHECK(vt_normal_length(x, V, 0.95, out, &err) == VT_EDOMAIN && out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(angles_against_the_axis), CHECK_CASE(projection_of_points_on_the_plane),
           CHECK_CASE(bound_has_a_closed_form), CHECK_CASE(random_views_without_error_have_a_closed_form),
           CHECK_CASE(length_of_an_isotropic_vector_is_that_of_rice),
           CHECK_CASE(length_of_a_skewed_vector_covers_by_draws), CHECK_CASE(exact_views_give_the_plane_back),
           CHECK_CASE(azimuth_widens_the_interval), CHECK_CASE(refusals))
