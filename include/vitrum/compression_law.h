#pragma once
#include <stddef.h>
#include <vitrum/error.h>

/* Compression of a short cylinder between platens. Procedure P06. Compression is positive here: displacement of the
 * crosshead from first contact u, force F, strain eps = ln(h0/h), stress sigma. All functions are thread-safe. */

typedef struct vt_compression_disc {
    double diameter, height; /* m, > 0: before the test, d0 and h0 */
    double compliance;       /* m/N, >= 0: of machine and platens */
    double friction;         /* Coulomb coefficient, >= 0 */
} vt_compression_disc;

/* Steps 2 and 3 at n readings: h = h0 - (u - C_m F), eps = ln(h0/h), sigma = F h/(A0 h0)/(1 + 2 mu r/(3 h)) with
 * r = (d0/2) sqrt(h0/h): constant volume.
 *
 * u, F            in   n displacements (m) and forces (N)
 * strain, stress  out  n each; may be u and F themselves, in any order
 *
 * VT_EARG: NULL, a number of the disc out of range; VT_ENAN; VT_EDOMAIN: the first reading at which nothing is left of
 * the height, by index. Outputs untouched then. */
vt_status vt_compression_stress(const vt_compression_disc *disc, size_t n, const double *u, const double *F,
                                double *strain, double *stress, vt_error *err);

/* Mean pressure over flow stress of a disc with Coulomb friction at its faces, radius over height r/h > 0:
 * *linear = 1 + 2 mu r/(3 h), what step 3 divides by; *whole = (2/x^2)(e^x - x - 1), x = 2 mu r/h, the slab solution of
 * which that is the beginning (Siebel; Avitzur 1968). Either may be NULL. VT_EARG; VT_EDOMAIN: mu < 0 or r/h not > 0.
 */
vt_status vt_compression_friction(double mu, double r_over_h, double *linear, double *whole, vt_error *err);

/* Force (N) that a Newtonian disc without friction and compliance opposes to platens that meet at constant speed:
 * F = 3 eta (v/h) A0 h0/h, h = h0 - v t, at n times (s, >= 0). Elasticity is left out: it holds from a few eta/E on.
 * VT_EARG; VT_EDOMAIN: the first time with h <= 0, by index. */
vt_status vt_compression_newtonian(const vt_compression_disc *disc, double eta, double speed, size_t n,
                                   const double *time, double *force, vt_error *err);

/* Heat of flow that stays in the specimen. */
typedef struct vt_compression_heat {
    double density;       /* kg/m^3, > 0 */
    double heat_capacity; /* J/(kg K), > 0 */
    double conductivity;  /* W/(m K), >= 0; 0: none leaves, adiabatic */
    double radius;        /* m, > 0 */
    double share;         /* of the work that turns into heat, > 0; P06: 0.9 */
} vt_compression_heat;

/* Mean temperature rise (K) after the strain eps at constant stress (Pa) and rate (1/s): share sigma/(rho c) times eps
 * where none leaves, else times rate tau (1 - exp(-eps/(rate tau))) with the thermal time tau = r^2 rho c/kappa of P06
 * as the time constant of a body of one temperature. VT_EARG; VT_EDOMAIN. */
vt_status vt_compression_heating(const vt_compression_heat *heat, double stress, double rate, double strain,
                                 double *rise, vt_error *err);
