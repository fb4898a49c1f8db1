#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Cooperative shear model (Johnson and Samwer, PRL 95 (2005) 195501; procedures P23, P31, ledger D5). */
typedef struct vt_csm {
    double gamma_C0; /* > 0: tau_0/G, shear limit at 0 K */
    double gamma_C1; /* >= 0 */
    double gamma_C;  /* > 0: mean shear limit of the barrier */
    double R;        /* > 0: shape constant, 1/4; not a radius */
    double zeta;     /* > 0: correction for the confinement of the zone */
} vt_csm;

/* The published constants: gamma_C0 0.036 +- 0.002, gamma_C1 0.016 +- 0.002 (abstract of the paper), gamma_C 0.027,
 * R 1/4, zeta 3 (procedures P23). */
#define VT_CSM_PUBLISHED \
    { \
        .gamma_C0 = 0.036, .gamma_C1 = 0.016, .gamma_C = 0.027, .R = 0.25, .zeta = 3.0 \
    }

/* Shear yield stress over shear modulus, tau/G = gamma_C0 - gamma_C1 theta^(2/3), at n homologous temperatures
 * theta = T/Tg (>= 0, kelvin over kelvin). ratio may be theta. VT_EARG; VT_EDOMAIN: the first theta[i] that is not >= 0
 * or where the ratio would not be positive, by index. Thread-safe, as every function of this header. */
vt_status vt_csm_yield(const vt_csm *p, size_t n, const double *theta, double *ratio, vt_error *err);

/* Barrier W = 4 R G gamma_C^2 zeta Omega (1 - s)^(3/2), J, of a zone of volume Omega (m^3, > 0) in a glass of shear
 * modulus G (Pa, > 0) under the stress s = tau/tau_0 (0 <= s <= 1). VT_EARG, VT_EDOMAIN. */
vt_status vt_csm_barrier(const vt_csm *p, double G, double Omega, double s, double *W, vt_error *err);

/* C' of Omega = C' V_tau, with V_tau = -dW/dtau: C' = gamma_C0 / [6 R gamma_C^2 zeta (1 - s)^(1/2)], s = tau/tau_0
 * (0 <= s < 1). s = 0 gives the form without the root that the paper used (10.97); the consistent one takes s at the
 * temperature of the test, 1 - s = (gamma_C1/gamma_C0) theta^(2/3). Source: P23, ledger D5. */
vt_status vt_csm_zone_factor(const vt_csm *p, double s, double *C, vt_error *err);

/* s = tau/tau_0 at yield at theta = T/Tg (>= 0): 1 - (gamma_C1/gamma_C0) theta^(2/3). */
vt_status vt_csm_reduced_stress(const vt_csm *p, double theta, double *s, vt_error *err);

/* Activation volume V = M k T / (m sigma), m^3, from the rate sensitivity m (> 0) of the flow stress sigma (Pa, > 0) at
 * T (K, > 0). M (> 0) is the ratio of axial to shear stress: sqrt(3) for von Mises; the paper needs 3.06 (ledger D4).
 */
vt_status vt_activation_volume(double M, double T, double m, double sigma, double *V, vt_error *err);
