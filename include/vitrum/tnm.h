#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Structural relaxation of Tool, Narayanaswamy and Moynihan (targets T7; materials.md 2.8). The fictive temperature Tf
 * of a glass follows its thermal history T(t), which begins in equilibrium, Tf = T:
 *   Tf(t) = T(t) - integral of phi(xi(t) - xi(t')) dT(t'),  phi(u) = exp(-u^beta),  xi = integral of dt/tau,
 *   ln tau = ln A + x dh/(R T) + (1 - x) dh/(R Tf).
 * Boltzmann's superposition costs the square of the number of steps. Here phi is a sum of exponentials of positive
 * weight with a stated error (vt_kww), each of which obeys an ordinary differential equation; the error of phi times
 * the temperature that the history runs through bounds the error of the sum. All functions are thread-safe; none but
 * vt_tnm_walk_make allocates. */
typedef struct vt_tnm {
    double ln_A; /* ln(A/s) */
    double dh_R; /* K, > 0: activation enthalpy over the gas constant */
    double x;    /* 0 to 1: share of the temperature; 1 - x that of the structure */
    double beta; /* VT_KWW_BETA_LOW to VT_KWW_BETA_HIGH, or 1 */
} vt_tnm;

/* ---- the stretched exponential as a sum of exponentials ---- */

enum { VT_KWW_TERMS = 768 };
#define VT_KWW_BETA_LOW  0.15
#define VT_KWW_BETA_HIGH 0.97
#define VT_KWW_TOLERANCE 1e-6 /* of phi: 1e-4 K for a history of 100 K */

/* exp(-u^beta) = sum weight[k] exp(-rate[k] u), u >= 0. rate[k + octave] = 2 rate[k]. Weights are > 0 with sum 1. */
typedef struct vt_kww {
    double beta;
    size_t n, octave;
    double rate[VT_KWW_TERMS], weight[VT_KWW_TERMS];
} vt_kww;

/* Trapezoidal rule in ln(rate) over the density of relaxation rates, the one-sided stable law of index beta
 * (Zolotarev's integral for slow rates, Wintner's series for fast ones). The rule converges exponentially in its step.
 *
 * beta       in   VT_KWW_BETA_LOW to VT_KWW_BETA_HIGH, or 1: a single term
 * tolerance  in   1e-10 to 1e-2: largest error of the sum at any u; 0: VT_KWW_TOLERANCE
 * s          out  the sum
 *
 * VT_EARG: NULL, beta or tolerance out of range; VT_ELIMIT: the sum would take more than VT_KWW_TERMS terms. */
vt_status vt_kww_spectrum(double beta, double tolerance, vt_kww *s, vt_error *err);

/* Largest |sum - exp(-u^beta)| over `points` values of u (>= 2), evenly spaced in ln u over all that matters. */
vt_status vt_kww_error(const vt_kww *s, size_t points, double *error, vt_error *err);

/* ---- thermal histories ---- */

/* To T_end (K) at a rate (K/s, > 0) or in a time (s, > 0); the other is 0. T_end may be where the leg before ended: a
 * hold, which needs its time. */
typedef struct vt_tnm_leg {
    double T_end, rate, time;
} vt_tnm_leg;

typedef struct vt_tnm_program {
    double T_start; /* K, > 0: in equilibrium */
    size_t nlegs;   /* >= 1 */
    const vt_tnm_leg *leg;
    double step;   /* K, > 0: ramps are cut into equal steps not longer than this */
    size_t decade; /* points per decade of time in a hold, from 1e-6 of its length on; 0: 10 */
} vt_tnm_program;

/* Points of a program.
 *
 * room   in   length of t and T
 * t, T   out  times (s, from 0) and temperatures (K); NULL: only count
 * from   out  nlegs + 1 indices: leg k goes from point from[k] to point from[k + 1]; NULL: not wanted
 * count  out  number of points
 *
 * VT_EARG: a leg that is no ramp and no hold, by index, or a number that is not > 0; VT_ELIMIT: more than room. */
vt_status vt_tnm_points(const vt_tnm_program *program, size_t room, double *t, double *T, size_t *from, size_t *count,
                        vt_error *err);

/* A history: temperature is linear in time between n >= 2 points. */
typedef struct vt_tnm_path {
    size_t n;
    const double *t; /* s, strictly increasing */
    const double *T; /* K, > 0 */
} vt_tnm_path;

/* ---- relaxation ---- */

enum { VT_TNM_WORK = 4 * VT_KWW_TERMS };
#define VT_TNM_LIMIT 0.05

/* Fictive temperature along a history. Each interval is one step of second order: tau at its middle, where Tf comes
 * from half a step. Where ln tau would change by more than `limit` within a step, the step is halved.
 *
 * p      in   law
 * s      in   spectrum of p->beta
 * path   in   history
 * limit  in   > 0; 0: VT_TNM_LIMIT; INFINITY: never halves
 * Tf     out  path->n fictive temperatures, K; Tf[0] = T[0]
 * work   any  VT_TNM_WORK values
 *
 * VT_EARG: a parameter, NULL, a spectrum of another beta; VT_ETIME, VT_EDOMAIN: time or temperature of the history, by
 * index; VT_ENOCONV: a step had to be halved more than 40 times. Tf is untouched if the history is refused. */
vt_status vt_tnm_follow(const vt_tnm *p, const vt_kww *s, const vt_tnm_path *path, double limit, double *Tf,
                        double *work, vt_error *err);

/* A program and what becomes of it, in memory of its own. */
typedef struct vt_tnm_walk {
    size_t n;           /* points */
    double *t, *T, *Tf; /* s, K, K; together in one block at t */
} vt_tnm_walk;

/* Points of a program and the fictive temperature at each.
 *
 * tolerance  in   of vt_kww_spectrum
 * limit      in   of vt_tnm_follow
 * from       out  as of vt_tnm_points; NULL: not wanted
 * out        out  release with vt_tnm_walk_free; empty on failure
 *
 * VT_EMEMORY, and the errors of vt_tnm_points, vt_kww_spectrum and vt_tnm_follow. */
vt_status vt_tnm_walk_make(const vt_tnm *p, const vt_tnm_program *program, double tolerance, double limit, size_t *from,
                           vt_tnm_walk *out, vt_error *err);
void vt_tnm_walk_free(vt_tnm_walk *w); /* an empty one is fine */

/* ln(tau/s) at temperature T and fictive temperature Tf (K, > 0). No check. */
double vt_tnm_ln_tau(const vt_tnm *p, double T, double Tf);

/* dTf/dT, the normalized heat capacity, of n >= 2 points of a ramp: T_mid and slope have n - 1 values, at the middles
 * of the steps. VT_EDOMAIN: T[i + 1] = T[i]. */
vt_status vt_tnm_slope(size_t n, const double *T, const double *Tf, double *T_mid, double *slope, vt_error *err);

/* What tells one heating scan from another. */
typedef struct vt_tnm_overshoot {
    double max, T_max; /* 1, K: highest dTf/dT, by a parabola through three points */
    double T_half;     /* K: where dTf/dT last passes 1/2 before its maximum */
    double min, T_min; /* 1, K: lowest before the maximum */
} vt_tnm_overshoot;

/* n >= 3 points of vt_tnm_slope of a heating ramp. VT_ENOROOT: it does not pass 1/2. */
vt_status vt_tnm_scan(size_t n, const double *T_mid, const double *slope, vt_tnm_overshoot *out, vt_error *err);

/* ---- heat ---- */

/* Heat capacities of glass and liquid, J/(kg K): c + s (T - T_ref), linear in temperature. */
typedef struct vt_tnm_heat {
    double T_ref;              /* K */
    double glass, glass_slope; /* J/(kg K), J/(kg K^2) */
    double step, step_slope;   /* liquid less glass: the same */
} vt_tnm_heat;

/* Heat capacity c_glass(T) + c_step(Tf) dTf/dT, J/(kg K). */
double vt_tnm_heat_capacity(const vt_tnm_heat *h, double T, double Tf, double slope);

/* Enthalpy that a glass of fictive temperature Tf has above one of fictive temperature Tf_ref: the integral of the step
 * in heat capacity between them, J/kg. It is what two scans to the same liquid differ by. */
double vt_tnm_stored(const vt_tnm_heat *h, double Tf, double Tf_ref);
