#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Contact of an indenter: area function, geometry factor and the Oliver-Pharr chain from load, depth and stiffness to
 * hardness and modulus, with every derivative. Kernels: no allocation, thread-safe, SI.
 * Sources: Oliver and Pharr, J. Mater. Res. 7 (1992) 1564 and 19 (2004) 3; Pharr and Bolshakov, J. Mater. Res. 17
 * (2002) 2660; procedures P18 and P19. */

/* ---- area function ---- */
enum { VT_AREA_TERMS = 9 };

/* A(h_c) = C0 h_c^2 + C1 h_c + C2 h_c^(1/2) + C3 h_c^(1/4) + ... + C8 h_c^(1/128), with h_c in nm and A in nm^2 as the
 * field states it: C[k] is in nm^(2 - p_k), p = 2, 1, 1/2, 1/4, ... Everything else here is SI. */
typedef struct vt_area_function {
    size_t n;                                  /* terms, 1 to VT_AREA_TERMS */
    double C[VT_AREA_TERMS];                   /* nm-based; those from n on are not looked at */
    double cov[VT_AREA_TERMS * VT_AREA_TERMS]; /* covariance of C, row-major VT_AREA_TERMS wide; all 0: not known */
    double low, high;                          /* m, contact depths it is good for; high 0: no limits are stated */
} vt_area_function;

/* C0 of pyramids by the angle (rad, 0 to pi/2) between axis and face, and of a cone by its half angle:
 * Berkovich 3 sqrt(3) tan^2 (24.494 at 65.27 deg, 24.56 at 65.3 deg), Vickers 4 tan^2 (24.504 at 68 deg), cone pi tan^2
 * (24.5 at 70.3 deg). */
double vt_area_berkovich(double angle);
double vt_area_vickers(double angle);
double vt_area_cone(double angle);

/* Area, m^2, and its slope dA/dh_c, m, at the contact depth h_c (m, > 0). No check: see vt_area_check. */
double vt_area(const vt_area_function *f, double h_c);
double vt_area_slope(const vt_area_function *f, double h_c);

/* Variance of the area at h_c from the covariance of the coefficients, m^4; 0 if that is not known. */
double vt_area_variance(const vt_area_function *f, double h_c);

/* Refuses what is no area function: VT_EARG (NULL, number of terms, coefficient not finite, limits out of order);
 * VT_EAREA: area or slope not positive somewhere, named by depth, from 1 nm (or low, if smaller) to 1.1 high, to 10 um
 * where no limits are stated. */
vt_status vt_area_check(const vt_area_function *f, vt_error *err);

/* VT_EAREA_RANGE: h_c (m) is outside [low, high] of the function; VT_EDOMAIN: not > 0 (a NaN too). */
vt_status vt_area_range(const vt_area_function *f, double h_c, vt_error *err);

/* Contact depth, m, at which the area is A (m^2, > 0). The function must pass vt_area_check. VT_EARG; VT_EDOMAIN:
 * A not > 0; VT_ENOROOT: no depth between 1e-12 m and 1e-3 m has this area. */
vt_status vt_area_depth(const vt_area_function *f, double A, double *h_c, vt_error *err);

/* ---- geometry factor ---- */
/* epsilon(m) = m [1 - 2 (m - 1) Gamma(m/(2(m-1))) / (sqrt(pi) Gamma(1/(2(m-1))))] of an unloading P ~ (h - h_f)^m:
 * 0.793, 0.772, 0.759, 0.750, 0.727 at m = 1.2, 1.3, 1.4, 1.5, 2. slope: d epsilon/dm, may be NULL.
 * VT_EARG: epsilon is NULL; VT_EDOMAIN: m not in (1, 10]. */
vt_status vt_contact_epsilon(double m, double *epsilon, double *slope, vt_error *err);

/* Reduced modulus, Pa, of a specimen (E, Pa; nu) under an indenter: 1/E_r = (1 - nu^2)/E + (1 - nu_i^2)/E_i. */
double vt_contact_reduced_modulus(double E, double nu, double E_i, double nu_i);

/* ---- the chain ---- */
typedef struct vt_contact {
    double P;         /* N, > 0: load at the start of the unloading */
    double h;         /* m: depth there, zero point and drift corrected, frame compliance not yet taken off */
    double S;         /* N/m, > 0: unloading stiffness, frame compliance not yet taken off */
    double m;         /* exponent of the unloading; looked at only if epsilon is 0 */
    double epsilon;   /* fixed geometry factor, 0 to 1 (usually 0.75); 0: epsilon(m) */
    double beta;      /* > 0: shape correction; 1 or 1.034 */
    double nu;        /* Poisson's ratio of the specimen, -1 to 0.5; NaN: not known, then no E */
    double E_i, nu_i; /* Pa, > 0 (INFINITY: rigid); -1 to 0.5: indenter (diamond 1141e9, 0.07) */
    double C_f;       /* m/N: frame compliance still in h and S; may be negative */
    const vt_area_function *area; /* borrowed */
} vt_contact;

enum vt_contact_output {
    VT_CONTACT_STIFFNESS, /* N/m: 1/(1/S - C_f) */
    VT_CONTACT_DEPTH,     /* m: h_c = (h - C_f P) - epsilon P (1/S - C_f) */
    VT_CONTACT_AREA,      /* m^2: A(h_c) */
    VT_CONTACT_HARDNESS,  /* Pa: P/A */
    VT_CONTACT_REDUCED,   /* Pa: E_r = sqrt(pi) S/(2 beta sqrt(A)), S the first output */
    VT_CONTACT_PLANE,     /* Pa: plane-strain modulus E/(1 - nu^2) = 1/(1/E_r - (1 - nu_i^2)/E_i) */
    VT_CONTACT_MODULUS,   /* Pa: E; NaN, with derivatives 0, if nu is NaN */
    VT_CONTACT_RATIO,     /* 1/Pa: P/S^2 = pi H/(4 beta^2 E_r^2), whatever the area */
    VT_CONTACT_OUTPUTS
};

enum vt_contact_input {
    VT_CONTACT_IN_P,
    VT_CONTACT_IN_H,
    VT_CONTACT_IN_S,
    VT_CONTACT_IN_M,       /* 0 where epsilon is fixed */
    VT_CONTACT_IN_EPSILON, /* what is left when epsilon is chosen, not known */
    VT_CONTACT_IN_BETA,
    VT_CONTACT_IN_NU,
    VT_CONTACT_IN_E_I,
    VT_CONTACT_IN_NU_I,
    VT_CONTACT_IN_C_F,
    VT_CONTACT_IN_LN_A, /* relative error of the area at this depth: u = sqrt(vt_area_variance)/A */
    VT_CONTACT_INPUTS
};

/* out[VT_CONTACT_OUTPUTS] and, unless NULL, J[VT_CONTACT_OUTPUTS][VT_CONTACT_INPUTS] = d out / d in, the whole chain:
 * S acts through h_c and directly, C_f through h, S and h_c.
 *
 * VT_EARG: NULL, parameter out of its range; VT_EDOMAIN: P or S not > 0, m outside (1, 10], h_c not > 0, each with
 * value; VT_EUNPHYSICAL: 1/S - C_f not > 0 (the frame is softer than frame and contact together), or 1/E_r not above
 * the indenter's own share; VT_EAREA_RANGE: h_c outside the limits of the area function; VT_EAREA: A not > 0 at h_c. On
 * failure out and J are untouched. */
vt_status vt_contact_evaluate(const vt_contact *in, double *out, double (*J)[VT_CONTACT_INPUTS], vt_error *err);
