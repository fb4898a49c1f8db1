#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Mauro-Yue-Ellison-Gupta-Allan law, no divergence at finite temperature:
 *   log10(eta) = A + (Lg - A) (Tg/T) exp{ [m/(Lg - A) - 1] (Tg/T - 1) },  A = log10(eta_inf), Lg = log10(eta_g).
 * Source: Mauro et al., PNAS 106 (2009) 19780, with eta_g left free (12 in the paper); materials.md 2.1.
 * m >= Lg - A: the law is Arrhenius at equality and must not bend the other way. */
typedef struct vt_myega {
    double eta_inf; /* Pa s, > 0:        limit of high T */
    double eta_g;   /* Pa s, > eta_inf:  viscosity at Tg; 1e12 in the paper */
    double Tg;      /* K,    > 0 */
    double m;       /* fragility at Tg, 1 to 100 times log10(eta_g / eta_inf) */
} vt_myega;

/* Viscosity (Pa s) at n temperatures T (K, > 0); eta may be T itself; +inf where it overflows.
 * VT_EARG: a parameter or array; VT_EDOMAIN: the first T[i] that is not > 0, by index. Thread-safe. */
vt_status vt_myega_viscosity(const vt_myega *p, size_t n, const double *T, double *eta, vt_error *err);

/* Temperature (K) at which the viscosity is eta[i] (Pa s, > eta_inf); closed form with Lambert's W. T may be eta.
 * VT_EDOMAIN names the first eta[i] that is not above eta_inf. */
vt_status vt_myega_temperature(const vt_myega *p, size_t n, const double *eta, double *T, vt_error *err);

/* Local apparent activation energy Q(T) = k d ln(eta) / d(1/T), J per particle. Q may be T itself. */
vt_status vt_myega_activation_energy(const vt_myega *p, size_t n, const double *T, double *Q, vt_error *err);
