#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Vogel-Fulcher-Tammann law, eta(T) = eta0 exp(B / (T - T0)). Strength D* = B / T0.
 * Source: Angell, Science 267 (1995) 1924; procedures P10, with B = D* T0. */
typedef struct vt_vft {
    double eta0; /* Pa s, > 0:  limit of high T */
    double B;    /* K,    > 0 */
    double T0;   /* K,    >= 0: where eta diverges */
} vt_vft;

/* The law that has viscosity eta_g (Pa s, > 0) at Tg (K, > T0), strength D (dimensionless, > 0) and T0 (K, > 0):
 * B = D T0, eta0 = eta_g exp(-B / (Tg - T0)). VT_EDOMAIN if Tg <= T0; VT_ERANGE if eta0 underflows to 0;
 * else VT_EARG. Thread-safe, as every function of this header. */
vt_status vt_vft_init(vt_vft *p, double eta_g, double Tg, double D, double T0, vt_error *err);

/* Viscosity of the supercooled liquid at n temperatures.
 *
 * p    in   law; not kept
 * T    in   n temperatures, K, each above p->T0
 * eta  out  n viscosities, Pa s; may be T itself; +inf where exp overflows (T - T0 < B / 709)
 * err  out  why it failed; may be NULL
 *
 * Returns VT_OK; VT_EARG if a parameter is out of range or an array is NULL; VT_EDOMAIN if some
 * T[i] <= T0 or is NaN: err names the first i. On failure eta is as it was. */
vt_status vt_vft_viscosity(const vt_vft *p, size_t n, const double *T, double *eta, vt_error *err);

/* Natural logarithm of the viscosity in Pa s; never overflows. Arguments and errors as vt_vft_viscosity. */
vt_status vt_vft_ln_viscosity(const vt_vft *p, size_t n, const double *T, double *ln_eta, vt_error *err);

/* Temperature (K) at which the viscosity is eta[i] (Pa s): T = T0 + B / ln(eta / eta0). T may be eta itself.
 * VT_EDOMAIN names the first eta[i] that is not above eta0; VT_EARG as vt_vft_viscosity. */
vt_status vt_vft_temperature(const vt_vft *p, size_t n, const double *eta, double *T, vt_error *err);

/* Local apparent activation energy Q(T) = k d ln(eta) / d(1/T) = k B T^2 / (T - T0)^2, J per particle.
 * Q may be T itself. Errors as vt_vft_viscosity. Source: P10 step 6. */
vt_status vt_vft_activation_energy(const vt_vft *p, size_t n, const double *T, double *Q, vt_error *err);

/* Kinetic fragility m = d log10(eta) / d(Tg/T) = B Tg / ((Tg - T0)^2 ln 10) at T = Tg (K, above T0);
 * dimensionless. Source: P10 step 6. */
vt_status vt_vft_fragility(const vt_vft *p, double Tg, double *m, vt_error *err);
