#pragma once
#include <vitrum/arrhenius.h>
#include <vitrum/error.h>
#include <vitrum/vft.h>
#include <stddef.h>

/* Bulk diffusion beside viscous flow: Stokes-Einstein and its breakdown (P12, ledger A7-A9). */

/* D_SER = k T / (c pi R eta). */
typedef struct vt_stokes_einstein {
    double c; /* > 0; 6: stick, 4: slip */
    double R; /* m, > 0: radius of the diffusing atom */
} vt_stokes_einstein;

/* Stokes-Einstein diffusivity (m^2/s) at n pairs of temperature (K, > 0) and viscosity (Pa s, > 0). D may be T or eta.
 * VT_EARG: a parameter or array; VT_EDOMAIN: the first T[i] or eta[i] that is not > 0, by index. Thread-safe, as every
 * function of this header. */
vt_status vt_stokes_einstein_diffusivity(const vt_stokes_einstein *p, size_t n, const double *T, const double *eta,
                                         double *D, vt_error *err);

/* Temperature T_SER at which an Arrhenius line of activation energy Q_B touches D_SER: the root of
 *   k [B T^2/(T - T0)^2 + T] = Q_B   in the bracket (T0 + 60 K, 1.5 Tg)                      (P12 case B, ledger A8).
 *
 * liquid  in   VFT branch
 * Tg      in   K, > T0: calorimetric glass transition, for the bracket only
 * Q_B     in   J per particle, > 0
 * T_SER   out  K
 * grad    out  dT_SER / d(Q_B, B, T0): K/J, 1, 1; NULL: not wanted
 *
 * VT_EARG; VT_ENOROOT if the bracket holds no root: err names the bracket, the energies at its ends and Q_B. */
vt_status vt_breakdown_tangency(const vt_vft *liquid, double Tg, double Q_B, double *T_SER, double *grad,
                                vt_error *err);

/* The closed form T = T0 / (1 - sqrt(k B / (Q_B - k T))), started at T = 0 in k T and iterated twice (P12): an
 * approximation, within 1e-3 K of the root for metallic glasses. VT_EDOMAIN if Q_B <= k (B + T): no such root. */
vt_status vt_breakdown_closed_form(const vt_vft *liquid, double Q_B, double *T_SER, vt_error *err);

/* Temperature of the upper intersection of a measured D_B(T) (m^2/s) with D_SER(T) of the liquid (P12 case A): the root
 * of ln D_B - ln D_SER between the tangency temperature of D_B->Q and 1.5 Tg.
 * VT_ENOROOT if D_B stays above D_SER there (err names the factor at the closest approach) or still lies below at
 * 1.5 Tg; VT_EARG. */
vt_status vt_breakdown_intersection(const vt_vft *liquid, const vt_stokes_einstein *se, const vt_arrhenius *D_B,
                                    double Tg, double *T_SER, vt_error *err);

/* Bulk diffusivity that obeys Stokes-Einstein at T_SER (K, > T0) and is Arrhenius with Q_B (J, > 0) below:
 * D_B(T) = D_SER(T_SER) exp[-(Q_B/k)(1/T - 1/T_SER)], m^2/s. Source: P12 case B. */
vt_status vt_bulk_diffusion(const vt_vft *liquid, const vt_stokes_einstein *se, double Q_B, double T_SER,
                            vt_arrhenius *D_B, vt_error *err);
