#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Torsion of round wires (procedures P29, P30; ledger E1 to E11; Dong et al. 2021). One kinematics for the whole
 * section: the twist per length theta = phi/L is common, so the shear strain at the radius rho is gamma = rho theta.
 * Angles in radians. Nothing here allocates; all functions are thread-safe. */

/* Zone a <= rho <= b of a section: elastic with modulus G up to the shear strain gamma, then of slope H. */
typedef struct vt_torsion_zone {
    double a, b;  /* m: 0 <= a <= b */
    double G;     /* Pa, > 0 */
    double gamma; /* > 0; INFINITY: stays elastic */
    double H;     /* Pa, < G: d tau/d gamma after yield; 0: perfectly plastic; below 0: softening */
} vt_torsion_zone;

/* Torque and its derivatives. */
typedef struct vt_torsion_response {
    double T;           /* N m */
    double theta;       /* N m2: dT/dtheta */
    double G, gamma, H; /* dT/dG, dT/dgamma, dT/dH */
    double a, b;        /* dT/da, dT/db */
} vt_torsion_response;

/* Torque of n zones at the twist theta (1/m, >= 0), through all regimes, once continuously differentiable in theta:
 *   T = 2 pi sum { G theta (p^4 - a^4)/4 + (G - H) gamma (b^3 - p^3)/3 + H theta (b^4 - p^4)/4 },
 * p = clip(gamma/theta, a, b): where yield has come to.
 *
 * sum   out: T and theta of the section; its other fields are 0
 * each  out: n responses, one a zone; NULL: not wanted
 *
 * VT_EARG: NULL or n = 0; VT_EDOMAIN: a zone or theta out of range, by index. On failure the outputs are untouched.
 * Source: P30, forward model, with a slope after yield added. */
vt_status vt_torsion_torque(size_t n, const vt_torsion_zone *zone, double theta, vt_torsion_response *sum,
                            vt_torsion_response *each, vt_error *err);

/* Polar constants of the section. */
typedef struct vt_torsion_section {
    double J;      /* m4: torque over G theta while elastic */
    double stress; /* 1/m3: largest shear stress over torque while elastic */
} vt_torsion_section;

/* Circle of diameter D (m, > 0): J = pi D^4/32, stress 16/(pi D^3). VT_EDOMAIN. */
vt_status vt_torsion_circle(double D, vt_torsion_section *out, vt_error *err);

/* Ellipse of semi-axes a >= b (m, > 0): J = pi a^3 b^3/(a^2 + b^2), stress 2/(pi a b^2), at the ends of the short axis.
 * VT_EDOMAIN. Source: P29. */
vt_status vt_torsion_ellipse(double a, double b, vt_torsion_section *out, vt_error *err);

/* Diameter of the uniform wire that is as stiff as one of n diameters D (m, > 0) measured at equal distances along the
 * gauge: segments twist in series, D_eff^4 = 1/<D^-4>. VT_EARG, VT_EDOMAIN by index. Source: P29. */
vt_status vt_torsion_effective_diameter(size_t n, const double *D, double *D_eff, vt_error *err);

/* Surface shear strain D phi/(2 L) (paper eq. 1). VT_EDOMAIN: D, L not > 0, phi not finite; VT_EUNITS: |strain| above
 * 0.5, as of an angle in degrees. */
vt_status vt_torsion_strain(double D, double L, double phi, double *gamma, vt_error *err);

/* ---- the published estimators of a soft layer (paper eqs. 3 and 4): the line T = a1 + b1 phi after yield ---- */

/* From the slope: SR_b = R - (2 L b1/(pi G_i))^(1/4). R, L: m; b1: N m/rad; G_i: Pa; all > 0.
 * VT_ESTIFFENING: b1 is at least that of a whole wire of core, so SR_b would be <= 0, with both slopes; VT_EDOMAIN. */
vt_status vt_torsion_layer_slope(double R, double L, double b1, double G_i, double *SR, vt_error *err);

/* The same with the slope b0 before yield in place of G_i: SR = R [1 - (b1/b0)^(1/4)]; no calibration enters.
 * VT_ESTIFFENING: b1 >= b0; VT_EDOMAIN. */
vt_status vt_torsion_layer_ratio(double R, double b0, double b1, double *SR, vt_error *err);

/* From the intercept: SR_a = R [1 - (1 - 3 a1/(4 T_y))^(1/3)]. T_y: torque at yield, N m, > 0. VT_EDOMAIN: 3 a1 > 4 T_y
 * (ideal plasticity of the whole section is at 4/3 T_y), or a1 < 0. */
vt_status vt_torsion_layer_intercept(double R, double a1, double T_y, double *SR, vt_error *err);

/* What both give for a homogeneous, ideally plastic wire whose record is fitted with a tangent at the angle phi:
 * R (1 - phi_y/phi), ledger E5. phi >= phi_y > 0: else VT_EDOMAIN. */
vt_status vt_torsion_layer_null(double R, double phi_y, double phi, double *SR, vt_error *err);

/* Modulus G_s of a layer of thickness SR on a core of modulus G_i that makes the wire as a whole G_app (ledger E1):
 * G_app = G_s + (G_i - G_s) x^4, x = 1 - SR/R. 0 < SR < R. VT_EUNPHYSICAL: G_s < 0; the text gives G_s and the lowest
 * G_app that such a core allows, G_i x^4. VT_EDOMAIN. */
vt_status vt_torsion_composite(double G_app, double G_i, double R, double SR, double *G_s, vt_error *err);

/* The same for every thickness from SR_low to SR_high: low and high modulus of the layer, where some thickness leaves
 * it >= 0, else VT_EUNPHYSICAL with the range of moduli it would need. SR_low <= SR_high. */
vt_status vt_torsion_composite_range(double G_app, double G_i, double R, const double SR[2], double G_s[2],
                                     vt_error *err);
