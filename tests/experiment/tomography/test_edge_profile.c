/* Blurred edges: derivatives, limits, and the curvature of a disc against its blur by quadrature. */
#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/edge_profile.h>

static const double X[VT_EDGE_P] = {
    [VT_EDGE_AIR] = 0.31, [VT_EDGE_RIM] = 1.7, [VT_EDGE_S0] = 0.23,  [VT_EDGE_SIGMA] = 0.83, [VT_EDGE_STEP] = 0.6,
    [VT_EDGE_SR] = 2.9,   [VT_EDGE_W] = 0.47,  [VT_EDGE_CUP] = 0.07, [VT_EDGE_FRINGE] = 0.11};

static void derivatives_are_those_of_the_grey(void)
{
    for (double s = -3.1; s < 7.0; s += 0.37) {
        double d[VT_EDGE_P];
        (void)vt_edge_profile_grey(X, 0.19, s, d);
        for (int k = 0; k < VT_EDGE_P; k++) {
            double up[VT_EDGE_P], down[VT_EDGE_P];
            const double h = 1e-5;
            memcpy(up, X, sizeof up);
            memcpy(down, X, sizeof down);
            up[k] += h;
            down[k] -= h;
            /* central difference: h^2 of a third derivative of order 1, and 1e-16 over h */
            CHECK_ABS(d[k],
                      (vt_edge_profile_grey(up, 0.19, s, NULL) - vt_edge_profile_grey(down, 0.19, s, NULL)) / (2.0 * h),
                      1e-9);
        }
    }
}

static void limits_are_the_greys(void)
{
    double x[VT_EDGE_P];
    memcpy(x, X, sizeof x);
    x[VT_EDGE_CUP] = 0.0;
    /* ten blurs out, inside the layer made thick, and deep: Phi(-10) = 8e-24 */
    CHECK_REL(vt_edge_profile_grey(x, 0.0, 0.23 - 9.0, NULL), 0.31, 1e-12);
    CHECK_REL(vt_edge_profile_grey(x, 0.0, 0.23 + 2.9 + 9.5, NULL), 2.3, 1e-12);
    x[VT_EDGE_SR] = 20.0;
    CHECK_REL(vt_edge_profile_grey(x, 0.0, 0.23 + 9.0, NULL), 1.7, 1e-12);
    /* half way at the surface, whatever the fringe */
    CHECK_REL(vt_edge_profile_grey(x, 0.5, 0.23, NULL), 0.5 * (0.31 + 1.7), 1e-12);
    x[VT_EDGE_SIGMA] = -1.0;
    CHECK(isnan(vt_edge_profile_grey(x, 0.0, 1.0, NULL)));
}

/* Grey at distance r from the middle of a disc of radius R under a Gaussian of width s: quadrature over the disc. */
static double blurred_disc(double R, double s, double r)
{
    const int n = 1200; /* x = R sin t: the edge is no singularity */
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        const double t = VT_PI * ((i + 0.5) / n - 0.5), x = R * sin(t), half = R * cos(t);
        sum += half * exp(-0.5 * (x - r) * (x - r) / (s * s)) * erf(half / (s * sqrt(2.0)));
    }
    return sum * VT_PI / n / (s * sqrt(2.0 * VT_PI));
}

static void curvature_moves_the_edge_of_a_disc_inwards(void)
{
    const double R = 11.0;
    static const double SIGMA[3] = {0.55, 1.1, 2.2};
    for (int k = 0; k < 3; k++) {
        double low = 0.5 * R, high = 1.5 * R, shift = 7.0;
        for (int i = 0; i < 60; i++) {
            const double r = 0.5 * (low + high);
            if (blurred_disc(R, SIGMA[k], r) > 0.5)
                low = r;
            else
                high = r;
        }
        CHECK(vt_edge_profile_curvature(SIGMA[k], R, &shift, NULL) == VT_OK);
        /* next order: (sigma/R)^4 R */
        CHECK_ABS(low - R, shift, 0.5 * R * pow(SIGMA[k] / R, 4.0));
    }
    double kept = 7.0;
    vt_error err = {0};
    CHECK(vt_edge_profile_curvature(6.0, R, &kept, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "at most half the radius");
    CHECK(kept == 7.0);
}

CHECK_MAIN(CHECK_CASE(derivatives_are_those_of_the_grey), CHECK_CASE(limits_are_the_greys),
           CHECK_CASE(curvature_moves_the_edge_of_a_disc_inwards))
