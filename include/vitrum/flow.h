#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Steady homogeneous flow beyond the Newtonian limit: the hyperbolic-sine law (P03, targets T6) and Kato's law
 * (materials.md 2.4). Each is given as pure functions of its dimensionless argument and as a law with dimensions.
 * m = d ln(stress) / d ln(rate). All functions are thread-safe; arrays may coincide. */

/* --- sinh law: rate = rate0 sinh(x), x = tau V/(2 k T) in shear = sigma V/(2 sqrt(3) k T) in tension --- */

/* eta/eta_N = x / sinh x at n values x (>= 0, any size); 1 at x = 0, without cancellation; 0 at +inf.
 * VT_EARG: NULL; VT_EDOMAIN: the first x[i] that is not >= 0, by index. */
vt_status vt_sinh_ratio(size_t n, const double *x, double *ratio, vt_error *err);

/* m = tanh(x) / x at n values x (>= 0); 1 at x = 0. Errors as vt_sinh_ratio. */
vt_status vt_sinh_sensitivity(size_t n, const double *x, double *m, vt_error *err);

/* x at which eta/eta_N = ratio (0 < ratio <= 1): 0 for 1. VT_EDOMAIN. */
vt_status vt_sinh_x_at_ratio(double ratio, double *x, vt_error *err);

/* x at which the rate sensitivity is m (0 < m <= 1). VT_EDOMAIN. */
vt_status vt_sinh_x_at_sensitivity(double m, double *x, vt_error *err);

/* The law in shear, gamma' = (2 k T / (V eta_N)) sinh(tau V / (2 k T)); its Newtonian limit is gamma' = tau/eta_N.
 * Uniaxial: tau = sigma/sqrt(3), gamma' = sqrt(3) eps', V as here. */
typedef struct vt_sinh_flow {
    double eta_N; /* Pa s, > 0: Newtonian viscosity */
    double V;     /* m^3, > 0:  shear activation volume */
    double T;     /* K, > 0 */
} vt_sinh_flow;

/* Shear rate (1/s, with the sign of tau) at n shear stresses tau (Pa); +-inf where sinh overflows. VT_EARG: a parameter
 * or NULL; VT_ENAN: the first tau[i] that is not finite, by index. */
vt_status vt_sinh_flow_rate(const vt_sinh_flow *p, size_t n, const double *tau, double *rate, vt_error *err);

/* Shear stress (Pa) at n shear rates (1/s), the inverse of vt_sinh_flow_rate. */
vt_status vt_sinh_flow_stress(const vt_sinh_flow *p, size_t n, const double *rate, double *tau, vt_error *err);

/* Steady viscosity tau/rate (Pa s) at n shear rates (1/s); eta_N at rate 0. */
vt_status vt_sinh_flow_viscosity(const vt_sinh_flow *p, size_t n, const double *rate, double *eta, vt_error *err);

/* --- Kato's law: eta/eta_N = 1 - exp(-1/(lambda rate)) --- */

/* eta/eta_N at n values z = lambda rate (>= 0); 1 at 0. VT_EARG, VT_EDOMAIN as vt_sinh_ratio.
 * Source: Kawamura, Kato et al. 1998; materials.md 3. */
vt_status vt_kato_ratio(size_t n, const double *z, double *ratio, vt_error *err);

/* m = 1 - u/(e^u - 1), u = 1/z, at n values z = lambda rate (>= 0); 1 at 0, 1/(2z) for large z without cancellation. */
vt_status vt_kato_sensitivity(size_t n, const double *z, double *m, vt_error *err);

/* z = lambda rate at which eta/eta_N = ratio (0 < ratio <= 1): -1/ln(1 - ratio); 0 for 1. VT_EDOMAIN. */
vt_status vt_kato_z_at_ratio(double ratio, double *z, vt_error *err);

/* z = lambda rate at which the rate sensitivity is m (0 < m < 1). VT_EDOMAIN. */
vt_status vt_kato_z_at_sensitivity(double m, double *z, vt_error *err);
