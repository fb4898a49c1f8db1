#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Free-volume flow (Spaepen, Acta Metall. 25 (1977) 407), v = reduced free volume v_f/(alpha v*):
 *   gamma' = 2 f exp(-1/v) exp(-Gm/kT) sinh(tau Omega / (2 k T)). */
typedef struct vt_free_volume {
    double f;     /* 1/s, > 0: attempt rate */
    double Gm;    /* J per particle, >= 0: barrier of a jump */
    double Omega; /* m^3, > 0: activation volume */
} vt_free_volume;

/* Shear rate (1/s) at n states: temperature T (K, > 0), reduced free volume v (> 0), shear stress tau (Pa, finite).
 * rate may be any input; +-inf where sinh overflows. VT_EARG: a parameter or NULL; VT_EDOMAIN: the first bad T[i],
 * v[i] or tau[i], by index. Thread-safe, as every function of this header. */
vt_status vt_free_volume_rate(const vt_free_volume *p, size_t n, const double *T, const double *v, const double *tau,
                              double *rate, vt_error *err);

/* Newtonian viscosity, limit of tau -> 0: eta_N = k T/(f Omega) exp(1/v + Gm/kT), Pa s. Errors as above. */
vt_status vt_free_volume_newtonian(const vt_free_volume *p, size_t n, const double *T, const double *v, double *eta,
                                   vt_error *err);

/* Steady state of the normalised one-dimensional model (targets T6; stress in 2kT/Omega, time in 1/f):
 *   rate = exp(-1/v) sinh(sigma),  creation = annihilation: cosh(sigma) = 1 + v K / n_D.
 *
 * K      in   > 0: E/(3 (1 - nu)) in units of 2kT/Omega
 * n_D    in   > 0: jumps that annihilate one v*
 * rate   in   n rates, > 0
 * sigma  out  n stresses; may be rate itself
 * v      out  n reduced free volumes; NULL: not wanted
 *
 * VT_EARG; VT_EDOMAIN: the first rate[i] that is not > 0 and finite; VT_ENOCONV. */
vt_status vt_free_volume_steady(double K, double n_D, size_t n, const double *rate, double *sigma, double *v,
                                vt_error *err);
