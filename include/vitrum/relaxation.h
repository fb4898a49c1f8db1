#pragma once
#include <vitrum/arrhenius.h>
#include <vitrum/error.h>
#include <vitrum/vft.h>
#include <stddef.h>

/* Structural relaxation times of the bulk and of the interface, and the glass transition that they give for an
 * experiment of duration t (P12, ledger A10).
 *   tau_B(T) = tau_g eta(T)/eta(Tg)  with eta the VFT branch, never the kinked glass branch
 *   tau_I(T) = tau_B D_B/D_I,  D_I = (delta*D_I)/delta */
typedef struct vt_relaxation {
    vt_vft liquid;         /* VFT branch */
    double Tg;             /* K, > T0: where tau_B is known */
    double tau_g;          /* s, > 0: tau_B at Tg, from calorimetry */
    vt_arrhenius D_B;      /* m^2/s: bulk diffusivity; used by the interface functions only */
    vt_arrhenius mobility; /* m^3/s: delta*D_I; the same */
    double delta;          /* m, > 0: interface thickness; the same */
} vt_relaxation;

/* Bulk relaxation time (s) at n temperatures T (K, > T0). tau may be T itself; +inf where it overflows.
 * VT_EARG: a parameter or array; VT_EDOMAIN: the first T[i] that is not above T0, by index. Thread-safe, as every
 * function of this header. */
vt_status vt_relaxation_bulk(const vt_relaxation *p, size_t n, const double *T, double *tau, vt_error *err);

/* Interface relaxation time (s) at n temperatures T (K, > T0). As vt_relaxation_bulk. */
vt_status vt_relaxation_interface(const vt_relaxation *p, size_t n, const double *T, double *tau, vt_error *err);

/* Temperature (K) where tau_B = t (s, > 0), in closed form: T = T0 + B / (B/(Tg - T0) + ln(t/tau_g)).
 * VT_EDOMAIN if t is so short that no temperature has it. */
vt_status vt_glass_transition_bulk(const vt_relaxation *p, double t, double *T, vt_error *err);

/* Temperature (K) where tau_I = t (s, > 0), by a bracketed root between T0 + (Tg - T0)/100 and 1.5 Tg.
 * VT_ENOROOT with the bracket and the times at its ends if there is none; VT_ENOCONV. */
vt_status vt_glass_transition_interface(const vt_relaxation *p, double t, double *T, vt_error *err);

/* eta / (tau G): 1 for a Maxwell liquid of shear modulus G (Pa, > 0). Outside [0.1, 10] the viscosity (Pa s) and the
 * time (s) do not belong to one process (W_MAXWELL, ledger A11). VT_EARG if an argument is not > 0. */
vt_status vt_maxwell_ratio(double eta, double tau, double G, double *ratio, vt_error *err);
#define VT_MAXWELL_LOW  0.1
#define VT_MAXWELL_HIGH 10.0
