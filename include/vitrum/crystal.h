#pragma once
#include <vitrum/arrhenius.h>
#include <vitrum/error.h>
#include <stddef.h>

/* Crystallization: isothermal kinetics, time-temperature-transformation tables and their use over a thermal history
 * (P17, targets T8). Fractions are of the volume, 0 to 1. All functions are thread-safe. */

/* Kolmogorov-Johnson-Mehl-Avrami at constant growth speed u, spheres in three dimensions. */
typedef enum vt_kjma_kind {
    VT_KJMA_CONSTANT_NUCLEATION, /* X = 1 - exp(-pi I u^3 t^4 / 3), n = 4 */
    VT_KJMA_SITE_SATURATED       /* X = 1 - exp(-4 pi N u^3 t^3 / 3), n = 3 */
} vt_kjma_kind;

typedef struct vt_kjma {
    vt_kjma_kind kind;
    double nucleation; /* > 0: rate I, 1/(m^3 s), or density of sites N, 1/m^3, after kind */
    double u;          /* m/s, > 0: growth speed */
} vt_kjma;

/* Fraction at n times t (s, >= 0); X may be t; exact for small X. VT_EARG; VT_EDOMAIN: the first t[i] not >= 0. */
vt_status vt_kjma_fraction(const vt_kjma *p, size_t n, const double *t, double *X, vt_error *err);

/* Time (s) to the fraction X (0 < X < 1). VT_EDOMAIN. */
vt_status vt_kjma_time(const vt_kjma *p, double X, double *t, vt_error *err);

/* Avrami law with an Arrhenius rate: X = 1 - exp(-[integral of k dt]^n). */
typedef struct vt_jmak {
    vt_arrhenius k; /* 1/s */
    double n;       /* Avrami exponent, > 0 */
} vt_jmak;

/* Fraction at the end of a thermal history of n points, T linear in time between them.
 * t: n times, s, strictly increasing; T: n temperatures, K, > 0; n >= 2.
 * VT_EARG; VT_ETIME, VT_EDOMAIN: the first bad index. Quadrature error below 1e-12 of X. */
vt_status vt_jmak_fraction(const vt_jmak *p, size_t n, const double *t, const double *T, double *X, vt_error *err);

/* Table of the time tau_x (s) to a stated fraction (1 % or 50 %: the caller says which in its report). Borrowed while
 * a function runs. */
typedef struct vt_ttt {
    size_t n;          /* >= 2 */
    const double *T;   /* K, > 0, strictly increasing */
    const double *tau; /* s, > 0 */
} vt_ttt;

/* tau_x (s) at n temperatures, ln(tau) linear in 1/T between the rows. tau may be T.
 * VT_EARG: the table, naming its row; VT_EEXTRAPOLATE: the first T[i] outside the table, with the table's range. */
vt_status vt_ttt_time(const vt_ttt *p, size_t n, const double *T, double *tau, vt_error *err);

/* Additivity: U = integral of dt / tau_x(T(t)) over a thermal history of n >= 2 points, T linear in between (P17).
 * Crystallization to the table's fraction is reached at U = 1. t (s) strictly increasing, T (K) inside the table.
 * U        out  dimensionless
 * dU_dT    out  derivative of U for a shift of the whole history by 1 K, 1/K; NULL: not wanted
 * VT_EARG; VT_ETIME; VT_EEXTRAPOLATE. Quadrature error below 1e-12 of U. */
vt_status vt_ttt_consumed(const vt_ttt *p, size_t n, const double *t, const double *T, double *U, double *dU_dT,
                          vt_error *err);

typedef enum vt_crystal_verdict { VT_CRYSTAL_SAFE, VT_CRYSTAL_POSSIBLE, VT_CRYSTAL_EXPECTED } vt_crystal_verdict;

/* Verdict on U with a log-normal uncertainty: u_ln = standard uncertainty of ln U (>= 0), for example ln 2 for a table
 * good to a factor 2, combined in quadrature with |dU_dT| u_T / U. Upper bound U95 = U exp(1.645 u_ln).
 *   U95 < 0.3: safe;  U >= 1: expected;  else possible (P17).
 * U95 out, NULL: not wanted. VT_EARG if U is not >= 0 and finite. */
vt_status vt_ttt_verdict(double U, double u_ln, double *U95, vt_crystal_verdict *verdict, vt_error *err);
