#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Mechanics of a wire that flows under a known force, volume conserved (procedure P02).
 *
 * Symbols: L0, A0 length and section at strain 0; e = L/L0 - 1 engineering strain; eps = ln(1 + e) true strain;
 * y = L0/L = exp(-eps), which is also A/A0; F force, N; eta uniaxial viscosity sigma/(3 eps'), Pa s, which equals the
 * shear viscosity. All functions are pure and thread-safe; outputs are untouched on failure. */

/* Section (m^2) of a wire measured at n places, in one or in two perpendicular projections: sections in series stretch
 * at rates in proportion to 1/A, so the one that counts is 1/<1/A>, with A = (pi/4) d dx.
 *
 * d   in   n diameters, m, > 0
 * dx  in   n diameters across, m, > 0; NULL: round
 * A   out  m^2
 * s   out  relative standard uncertainty of A from the spread of the places, s(1/A)/(<1/A> sqrt(n)); 0 if n = 1;
 *          may be NULL
 *
 * VT_EARG: NULL, n = 0; VT_ERANGE: a diameter that is not > 0, by index. */
vt_status vt_wire_section(size_t n, const double *d, const double *dx, double *A, double *s, vt_error *err);

/* Stress that surface tension gamma (N/m) takes off the stress on a round wire of section A (m^2): F/A - 2 gamma/d =
 * 3 eta eps', d = 2 sqrt(A/pi). Pa. VT_EDOMAIN: A not > 0, gamma not >= 0. */
vt_status vt_capillary_stress(double gamma, double A, double *sigma, vt_error *err);

typedef struct vt_creep_state {
    double stress; /* Pa: F/A, true stress */
    double flow;   /* Pa: F/A - 2 gamma/d, what drives the flow */
    double rate;   /* 1/s: true strain rate, without the elastic part */
    double eta;    /* Pa s: flow/(3 rate) */
} vt_creep_state;

typedef struct vt_creep_point {
    double F;     /* N */
    double A0;    /* m^2, > 0 */
    double y;     /* L0/L, > 0 */
    double y_t;   /* 1/s: dy/dt there */
    double gamma; /* N/m, >= 0 */
    double E;     /* Pa, elastic modulus; +inf: no elastic correction */
    double F_t;   /* N/s: dF/dt */
} vt_creep_point;

/* Stress, rate and viscosity at one point of a record:
 *
 *   A = A0 y,  eps' = -y'/y - sigma'/E  with  sigma' = F'/A - (F/A) y'/y,  eta = (F/A - 2 gamma/d)/(3 eps').
 *
 * For a Newtonian liquid at constant force y = y0 - F t/(3 eta A0) is exact, so eta = -F/(3 A0 y'), whatever y: no
 * differentiation of a curved record. VT_EDOMAIN: A0, y or E not > 0, gamma not >= 0; VT_ESIGN: the force or what
 * drives the flow is not > 0; VT_ENEGATIVE: the specimen does not stretch (rate not > 0). */
vt_status vt_creep_state_at(const vt_creep_point *p, vt_creep_state *out, vt_error *err);

/* y(t) of a wire of power-law flow eps' = K sigma^n from y0 at constant force, exact:
 *
 *   y^n = y0^n - n K (F/A0)^n t.
 *
 * a = K (F/A0)^n: 1/s, > 0, the rate at y = 1; n > 0 exponent. VT_EDOMAIN: out of range; VT_ERANGE: t is beyond the
 * time y0^n/(n a) at which the wire has thinned to nothing. */
vt_status vt_creep_power_law(double y0, double n, double a, double t, double *y, vt_error *err);

/* Time (s) in which a Newtonian wire with surface tension goes from y0 to y at constant force: y' = -(p - q sqrt(y)),
 * p = F/(3 eta A0) (1/s, > 0), q = 2 gamma/(3 eta d0) (1/s, >= 0). With u = sqrt(y):
 *
 *   t = (2 p/q^2) [g(q u0/p) - g(q u/p)],  g(a) = -a - ln(1 - a);  (y0 - y)/p in the limit q = 0.
 *
 * VT_EDOMAIN: out of range; VT_ESIGN: the drive p - q sqrt(y) vanishes between y0 and y. */
vt_status vt_creep_capillary_time(double y0, double y, double p, double q, double *t, vt_error *err);

/* Rise of the highest temperature (K) of a wire that dissipates P (W) between grips L (m) apart: P L/(8 kappa A)
 * (procedure P05, ledger B5). At constant power it grows as L^2: +44 % after 20 % elongation. VT_EDOMAIN: one is not >
 * 0. */
vt_status vt_wire_rise(double P, double L, double A, double kappa, double *rise, vt_error *err);
