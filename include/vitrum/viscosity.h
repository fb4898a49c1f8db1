#pragma once
#include <vitrum/error.h>
#include <vitrum/vft.h>
#include <stddef.h>

/* Viscosity of a liquid that falls out of equilibrium at a kink: VFT above, Arrhenius below (P10).
 *   T >= Tk: ln eta = ln_eta_ref + D T0 [1/(T - T0) - 1/(T_ref - T0)]
 *   T <  Tk: ln eta = (the same at Tk) + jump + (Qg/k) (1/T - 1/Tk)
 * jump = 0 is the continuous kink. The glass branch is an apparent viscosity, not one of equilibrium (ledger A16).
 * T_ref = INFINITY makes ln_eta_ref the logarithm of eta0 (fits with eta0 fixed, P10 step 2). */
typedef struct vt_viscosity {
    double T_ref;      /* K, > T0, INFINITY allowed: where ln_eta_ref holds; usually the calorimetric Tg */
    double ln_eta_ref; /* ln(Pa s), finite: level of the liquid branch at T_ref */
    double D;          /* strength D*, > 0 */
    double T0;         /* K, > 0 */
    double Tk;         /* K, > T0: kink; 0: no glass branch, the liquid law holds for all T > T0 */
    double Qg;         /* J per particle, >= 0: activation energy of the glass branch; unused if Tk is 0 */
    double jump;       /* ln eta just below Tk minus ln eta just above; 0: continuous */
} vt_viscosity;

/* Columns of the derivatives of ln eta, in the order of the parameters that a fit moves. */
typedef enum vt_viscosity_parameter {
    VT_VISCOSITY_LN_ETA_REF,
    VT_VISCOSITY_D,
    VT_VISCOSITY_T0,
    VT_VISCOSITY_TK,
    VT_VISCOSITY_QG,
    VT_VISCOSITY_JUMP,
    VT_VISCOSITY_PARAMETERS /* how many */
} vt_viscosity_parameter;

/* Natural logarithm of the viscosity, and its derivatives.
 *
 * p        in   law; not kept
 * T        in   n temperatures, K; each > 0 and, on the liquid branch, > T0
 * ln_eta   out  n values, ln(Pa s); may be T itself if jac is NULL
 * jac      out  n rows of VT_VISCOSITY_PARAMETERS: jac[i * VT_VISCOSITY_PARAMETERS + j] = d ln_eta[i] / d parameter j
 *               (1, 1, 1/K, 1/K, 1/J, 1); NULL: not wanted
 *
 * VT_EARG: a parameter out of range or an array NULL; VT_EDOMAIN: the first T[i] outside the law, by index.
 * On failure the outputs are as they were. Thread-safe, as every function of this header. */
vt_status vt_viscosity_ln(const vt_viscosity *p, size_t n, const double *T, double *ln_eta, double *jac, vt_error *err);

/* Viscosity, Pa s; eta may be T itself; +inf where exp overflows. Errors as vt_viscosity_ln. */
vt_status vt_viscosity_eta(const vt_viscosity *p, size_t n, const double *T, double *eta, vt_error *err);

/* Local apparent activation energy k d ln(eta) / d(1/T), J per particle: k D T0 T^2/(T - T0)^2 in the liquid, Qg in
 * the glass. Q may be T itself. Errors as vt_viscosity_ln. */
vt_status vt_viscosity_activation_energy(const vt_viscosity *p, size_t n, const double *T, double *Q, vt_error *err);

/* The liquid branch as a VFT law: what relaxation times and Stokes-Einstein must use (ledger A10). VT_ERANGE if eta0
 * underflows to 0 or overflows. */
vt_status vt_viscosity_liquid(const vt_viscosity *p, vt_vft *liquid, vt_error *err);
