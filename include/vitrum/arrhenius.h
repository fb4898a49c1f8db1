#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Arrhenius law from a reference temperature: X(T) = X_ref exp[-(Q/k)(1/T - 1/T_ref)].
 * X is whatever X_ref is: the interface mobility delta*D_I (m^3/s), a bulk diffusivity D_B (m^2/s), a crystallization
 * rate (1/s). The two diffusive ones must not be mixed up: their units differ by the interface thickness (P12). */
typedef struct vt_arrhenius {
    double X_ref; /* unit of X, > 0 */
    double T_ref; /* K, > 0 */
    double Q;     /* J per particle, >= 0 */
} vt_arrhenius;

/* Columns of the derivatives of ln X. */
typedef enum vt_arrhenius_parameter {
    VT_ARRHENIUS_LN_X_REF,
    VT_ARRHENIUS_Q,
    VT_ARRHENIUS_PARAMETERS /* how many */
} vt_arrhenius_parameter;

/* X at n temperatures T (K, > 0). X may be T itself; 0 or +inf where exp leaves the range of double.
 * VT_EARG: a parameter or array; VT_EDOMAIN: the first T[i] that is not > 0, by index. Thread-safe. */
vt_status vt_arrhenius_value(const vt_arrhenius *p, size_t n, const double *T, double *X, vt_error *err);

/* ln X at n temperatures, and its derivatives.
 * ln_X  out  n values; may be T itself if jac is NULL
 * jac   out  n rows of VT_ARRHENIUS_PARAMETERS: d ln X / d ln X_ref = 1, d ln X / d Q = -(1/T - 1/T_ref)/k, 1/J;
 *            NULL: not wanted
 * Errors as vt_arrhenius_value. */
vt_status vt_arrhenius_ln(const vt_arrhenius *p, size_t n, const double *T, double *ln_X, double *jac, vt_error *err);
