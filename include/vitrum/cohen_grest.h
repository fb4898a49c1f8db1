#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Free-volume viscosity of Cohen and Grest in the form of Masuhr:
 *   eta = eta0 exp(b v_m / v_f),  b v_m / v_f = 2 Z / { T - Tq + sqrt[(T - Tq)^2 + V T] },
 *   Z = b v_m zeta0 / k,  V = 4 v_a zeta0 / k.
 * Source: Masuhr et al., PRL 82 (1999) 2290; materials.md 2.3. */
typedef struct vt_cohen_grest {
    double eta0; /* Pa s, > 0 */
    double Z;    /* K, > 0 */
    double V;    /* K, > 0 */
    double Tq;   /* K, >= 0 */
} vt_cohen_grest;

/* Viscosity (Pa s) at n temperatures T (K, > 0); eta may be T itself; +inf where it overflows.
 * VT_EARG: a parameter or array; VT_EDOMAIN: the first T[i] that is not > 0, by index. Thread-safe. */
vt_status vt_cohen_grest_viscosity(const vt_cohen_grest *p, size_t n, const double *T, double *eta, vt_error *err);
