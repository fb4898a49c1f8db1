#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Length of a wire molded into a pore of diameter d (P08, P09; ledger A1-A6, A12, A13). With the impulse
 * I = integral of p dt (Pa s), p t for a constant pressure:
 *   viscous flow         L_col^2 = a d^2,  a = I / (c eta)                  c = 32 or 16, see below
 *   interface diffusion  L_ind^2 = b / d,  b = 8 (delta D_I) Omega I / (k T)
 * Every function is thread-safe; output arrays may be the input arrays. */

/* c: Eq. 1 of the paper is Poiseuille's law with the mean speed L/t (32); integrating the speed gives 16 (ledger A2).
 * Viscosities differ by a factor 2, d_c does not. */
#define VT_MOLDING_PREFACTOR_PAPER   32.0
#define VT_MOLDING_PREFACTOR_PHYSICS 16.0

/* Half of a Sampson orifice lengthens a viscous column by (3 pi/32) d (P09 step 7): 2 * 3 pi/32 = 0.589. */
#define VT_MOLDING_ENTRANCE 0.58904862254808623

typedef enum vt_molding_model {
    VT_MOLDING_ADDITIVE, /* speeds add under the same pressure: L^2 = a d^2 + b/d (ledger A5, physics) */
    VT_MOLDING_FASTEST,  /* the larger of the two lengths (paper) */
    VT_MOLDING_VISCOUS,  /* a d^2 only */
    VT_MOLDING_DIFFUSION /* b/d only */
} vt_molding_model;

/* One condition. */
typedef struct vt_molding_condition {
    double prefactor; /* c, > 0; 32 or 16 */
    double eta;       /* Pa s, > 0, in the convention of c */
    double mobility;  /* delta*D_I, m^3/s, > 0 */
    double Omega;     /* m^3, > 0: atomic volume */
    double T;         /* K, > 0 */
    double impulse;   /* I, Pa s, > 0 */
} vt_molding_condition;

/* a (dimensionless) and b (m^3) of a condition. VT_EARG names the field that is out of range. */
vt_status vt_molding_coefficients(const vt_molding_condition *p, double *a, double *b, vt_error *err);

/* Length (m) at n diameters, and its logarithmic derivatives.
 *
 * model  in
 * ab     in   {a, b}; the one that the model uses > 0, both for ADDITIVE and FASTEST
 * d      in   n diameters, m, > 0
 * L      out  n lengths, m; may be d itself if slopes is NULL
 * slopes out  n rows of 3: d ln L / d ln d, d ln L / d ln a, d ln L / d ln b; NULL: not wanted. Additive:
 *             (a d^2 - b/(2d))/(a d^2 + b/d), f/2, (1 - f)/2 with f = a d^2/(a d^2 + b/d). FASTEST at the crossing: the
 *             viscous branch.
 *
 * VT_EARG; VT_EDOMAIN: the first d[i] that is not > 0, by index. */
vt_status vt_molding_length(vt_molding_model model, const double ab[2], size_t n, const double *d, double *L,
                            double *slopes, vt_error *err);

/* Additive length with the entrance resistance of the viscous column (P09 step 7). Alone, viscous flow then obeys
 * L^2 + 0.589 d L = a d^2; with diffusion the speeds add and the sum is integrated in closed form,
 *   1 = (2 d/P) { L^2/2 + (e a d^3/P) [L - (Q/P) ln(1 + P L/Q)] },  P = a d^3 + b, Q = b e, e = 3 pi d/32,
 * which is solved for L. a belongs to the integrated prefactor 16. b = 0: viscous only.
 * VT_EARG; VT_EDOMAIN: the first d[i] that is not > 0; VT_ENOCONV. */
vt_status vt_molding_length_entrance(const double ab[2], size_t n, const double *d, double *L, vt_error *err);

/* Length of a wire that began as an imprint of length L0[i] (m, >= 0): sqrt(L^2 + L0^2) (ledger A13). L_total may be L.
 * VT_EDOMAIN: the first L[i] that is not > 0 or L0[i] that is not >= 0, by index. */
vt_status vt_molding_add_imprint(size_t n, const double *L, const double *L0, double *L_total, vt_error *err);

/* The part of a measured length that the run made: sqrt(L^2 - L0^2). VT_EDOMAIN: the first L[i] that does not exceed
 * L0[i] >= 0, by index. */
vt_status vt_molding_remove_imprint(size_t n, const double *L, const double *L0, double *L_run, vt_error *err);

/* Capillary pressure 4 gamma cos(theta) / d, Pa, at n diameters d (m, > 0): positive if the alloy wets the wall (theta,
 * rad, 0 to pi, below pi/2) and then helps: p_eff = p + this (Eq. 1). gamma: surface tension, N/m, > 0. */
vt_status vt_capillary_pressure(double gamma, double theta, size_t n, const double *d, double *p_c, vt_error *err);

/* Critical diameter d_c = (8 c Omega delta*D_I eta / kT)^(1/3), m (Eq. 3: 8*32 = 256; with eta of the integrated form
 * 8*16 = 128). Omega (m^3), T (K), eta (Pa s, in the convention of prefactor c), mobility (m^3/s), all > 0.
 * VT_EARG: prefactor, Omega or d_c; VT_EDOMAIN: T, eta or mobility is not > 0. */
vt_status vt_critical_diameter(double prefactor, double Omega, double T, double eta, double mobility, double *d_c,
                               vt_error *err);

/* The crossing of the two branches, (b/a)^(1/3), m; both > 0. Equals vt_critical_diameter of the same condition. */
vt_status vt_crossing_diameter(double a, double b, double *d_c, vt_error *err);

/* eta delta*D_I (Pa m^3) that a critical diameter d_c (m) at T (K) forces: d_c^3 k T / (8 c Omega) (procedures 10.1).
 */
vt_status vt_critical_product(double prefactor, double Omega, double T, double d_c, double *product, vt_error *err);

/* d_min / d_c of the additive model: the shortest wire lies at 2^(-1/3) d_c, not at d_c (ledger A5). */
#define VT_MOLDING_MINIMUM 0.79370052598409974

/* Wall shear stress at the end of a run, p d / (4 L), Pa (ledger A12). Arguments > 0, else VT_EARG. */
vt_status vt_molding_wall_stress(double p, double d, double L, double *tau_w, vt_error *err);

/* Inversion of the viscous branch, eta = (I/c) (d/L)^2, Pa s (Eq. 1 restored, ledger A1). Arguments > 0. */
vt_status vt_molding_viscosity(double prefactor, double impulse, double d, double L, double *eta, vt_error *err);

/* Inversion of the diffusive branch, delta*D_I = L^2 d k T / (8 Omega I), m^3/s (Eq. 2). Arguments > 0. */
vt_status vt_molding_mobility(double Omega, double T, double impulse, double d, double L, double *mobility,
                              vt_error *err);

/* Impulse (Pa s) that molds a wire of diameter d to length L from an imprint L0 (m, 0 <= L0 < L): (L^2 - L0^2) /
 * (length^2 per impulse of the model). Time to length = this / p. p->impulse is not used. */
vt_status vt_molding_impulse(vt_molding_model model, const vt_molding_condition *p, double d, double L, double L0,
                             double *impulse, vt_error *err);
