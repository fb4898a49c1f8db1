#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* What several indents tell together: the structural compliance of a mount, and whether load, modulus and hardness at
 * one depth can all be true. */

/* ---- structural compliance (Jakes et al., J. Mater. Res. 23 (2008) 1113) ---- */
/* sqrt(P)/S = sqrt(pi H)/(2 beta E_r) + C_s sqrt(P): of a homogeneous specimen the slope of sqrt(P)/S against sqrt(P)
 * is the compliance of mount, specimen and frame in series with the contact. */
typedef struct vt_compliance_data {
    size_t n;
    const double *P, *S;     /* N, N/m: maximum load, stiffness of the same unloading */
    const double *u_P, *u_S; /* standard uncertainties, >= 0; NULL: scatter alone decides */
    const size_t *indent;    /* which indent a point belongs to, 0 ... ; points of one indent stand together */
} vt_compliance_data;

typedef enum vt_compliance_method {
    VT_COMPLIANCE_INDENTS, /* a line per indent; their slopes are the sample: >= 3 indents over >= 2 depths each */
    VT_COMPLIANCE_POINTS   /* one line through all points, errors in both variables: one load per indent, or few indents
                            */
} vt_compliance_method;

typedef struct vt_compliance {
    vt_compliance_method method;
    double C_s, u, dof, low, high; /* m/N */
    double intercept, u_intercept; /* N^-1/2 m: sqrt(P/S^2) of the contact alone */
    double curvature, p_curvature; /* of a quadratic term in sqrt(P), N^-1 m ...; p value that it is 0; -1: too few */
    size_t points, indents;
    double load_low, load_high; /* N: what the points span */
} vt_compliance;

/* level: of low and high. Points of one indent share its zero point and its place, so where three indents have loads
 * that span a factor of 2 each, the slope of each indent is one observation, and the interval is the t interval of
 * their mean. Else one line through all points: York's with the uncertainties of load and stiffness and their
 * correlation through the load, u scaled up by sqrt(chi2/nu) where that is above 1; ordinary least squares without
 * uncertainties.
 *
 * VT_EARG; VT_ENAN; VT_ERANGE: P or S not > 0, u < 0; VT_ENARROW: loads span less than a factor of 2; VT_EDOF: fewer
 * than 4 points; VT_ENOCONV; VT_EMEMORY. */
vt_status vt_structural_compliance(const vt_compliance_data *d, double level, vt_compliance *out, vt_error *err);

/* ---- load at fixed depth (ledger C2) ---- */
/* C = P/h^2 of a self-similar tip: 1/sqrt(C) = 1/sqrt(C0 H) + epsilon sqrt(pi H)/(2 beta E_r). C0 = A/h_c^2. It follows
 * from hardness, modulus and contact depth of Oliver and Pharr alone, so it holds for apparent values as well. */
typedef struct vt_tip {
    double C0, epsilon, beta; /* 24.5 for Berkovich, 0.75, 1 or 1.034 */
} vt_tip;
/* VT_EARG: NULL; VT_ERANGE: H, E_r, C0, epsilon or beta not > 0. */
vt_status vt_load_coefficient(const vt_tip *tip, double H, double E_r, double *C, vt_error *err);
/* Ratio of loads at one depth from ratios of hardness and reduced modulus against a reference (H, E_r, Pa), and the
 * logarithmic derivatives d ln C/d ln H and d ln C/d ln E_r there (NULL allowed). */
vt_status vt_load_ratio(const vt_tip *tip, double H, double E_r, double ratio_H, double ratio_E_r, double *ratio,
                        double slope[2], vt_error *err);

/* ---- what a compliance does (ledger C3) ---- */
typedef struct vt_apparent {
    double P;      /* N, at the depth read */
    double E_r, H; /* Pa, as Oliver and Pharr would find them */
} vt_apparent;
/* Apparent hardness and reduced modulus of a material (H, E_r, Pa) at depth h (m) as read, when a compliance C_s (m/N,
 * any that leaves the depth positive) is in series and nobody takes it out. VT_EARG; VT_ERANGE; VT_ENOROOT. */
vt_status vt_apparent_contact(const vt_tip *tip, double H, double E_r, double h, double C_s, vt_apparent *out,
                              vt_error *err);
