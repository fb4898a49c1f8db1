#pragma once
#include <vitrum/error.h>

/* Grey across the surface of a body as a scanner blurs it, and its derivatives. Procedure P31, steps 4 and 5; s is the
 * depth below a reference surface, positive inside. With u = (s - s0)/a, v = (s - s0 - SR)/b, a^2 = sigma^2 + extra^2,
 * b^2 = a^2 + w^2, Phi and phi the normal distribution and its density:
 *
 *   g = air + (rim - air) Phi(u) + step Phi(v) + cup [(s - s0) Phi(u) + a phi(u)] - fringe u exp((1 - u^2)/2)
 *
 * step: grey of the core less that of the rim, 0 without a layer; cup: linear cupping, the convolution of a ramp that
 * begins at the surface; fringe: amplitude of the dark and bright pair of phase contrast, which lie at u = +-1. */
enum {
    VT_EDGE_AIR,    /* grey outside */
    VT_EDGE_RIM,    /* grey of the layer, or of the whole body */
    VT_EDGE_S0,     /* depth of the surface */
    VT_EDGE_SIGMA,  /* blur, > 0: FWHM/2.3548 */
    VT_EDGE_STEP,   /* grey of the core less that of the rim */
    VT_EDGE_SR,     /* thickness of the layer, >= 0 */
    VT_EDGE_W,      /* blur of the inner edge beside that, >= 0: graded layer */
    VT_EDGE_CUP,    /* grey per length */
    VT_EDGE_FRINGE, /* grey */
    VT_EDGE_P
};

/* FWHM of a Gaussian over its standard deviation, 2 sqrt(2 ln 2). */
#define VT_EDGE_FWHM 2.3548200450309493

/* Grey at depth s. x: VT_EDGE_P parameters; extra: blur known beside sigma (width of a bin over sqrt 12), >= 0; d:
 * NULL, or gets the derivative by each parameter. NaN if sigma or w is out of range. Thread-safe. */
double vt_edge_profile_grey(const double *x, double extra, double s, double *d);

/* Radius of a disc of radius R (> 0) at which its blurred grey is half way less R, to the second order in sigma/R:
 * -sigma^2/(2 R). The outline of small wires lies inside their surface. VT_EARG: not both > 0, or sigma > R / 2, where
 * the next order matters. */
vt_status vt_edge_profile_curvature(double sigma, double R, double *shift, vt_error *err);
