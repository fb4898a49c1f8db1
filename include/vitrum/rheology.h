#pragma once
#include <vitrum/error.h>
#include <vitrum/nnls.h>
#include <vitrum/steady.h>
#include <stdbool.h>
#include <stddef.h>

/* Viscosity of a liquid from the three records of a rheometer: creep compliance, relaxation modulus, storage and loss
 * modulus. All are in shear: the viscosity comes out without the 3 of uniaxial flow. Linear viscoelasticity of a liquid
 * (Ferry, Viscoelastic Properties of Polymers, 1980, chapters 1 to 4): G(t) = sum g exp(-t/tau), all g > 0, viscosity
 * eta = sum g tau. Nothing allocates; thread-safe. */

/* Share within which two rates count as one: procedure 1.6, step 3. */
#define VT_RHEOLOGY_SHARE 0.1

/* Relative difference of two rates that is none, however clean the record: below what any rheometer knows its rate
 * by (torque and geometry: some 1e-3 at best). */
#define VT_RHEOLOGY_FLOOR 1e-3

/* Share of the time over which the simple reading of a creep record takes its slope. */
#define VT_RHEOLOGY_TAIL 0.3

typedef struct vt_creep_flow {
    size_t simple_from;        /* first sample of the last 30 % of the time */
    double simple;             /* Pa s: 1 / (slope of J over those) */
    double simple_exponent;    /* d ln J / d ln t over those; 1 in steady flow */
    bool steady;               /* a window was found, and its exponent is within 10 % of 1 */
    bool constant;             /* a window of constant rate was found; without it the rest is not filled */
    size_t from;               /* its first sample; it ends with the record */
    vt_steady_constancy test;  /* its two halves and its curvature */
    double exponent;           /* d ln J / d ln t over the window */
    double viscosity, u_slope; /* Pa s: 1 / (slope over the window), and its random uncertainty */
    double rest;               /* Pa s: what retardation that goes on like t^(-2/3) would still add */
    double u;                  /* of the viscosity: u_slope and rest */
    double compliance;         /* 1/Pa: intercept of the window; recoverable compliance in steady flow */
    double terminal_time;      /* s: viscosity times compliance; 0 where the intercept is not positive */
    bool white;                /* the residual could be thinned to white noise and judged by R and MSER-5 */
    bool quiet;                /* both found it steady; told, not required: they want white noise */
} vt_creep_flow;

/* Steady flow of a creep record J(t) = J_e + t/eta, which the retarded part approaches from above.
 *
 * The longest window that ends with the record and passes both tests of vt_steady_rate is the window of constant rate
 * or whose halves differ by no more than VT_RHEOLOGY_FLOOR (starts at 0, 10, 20 ... % of the time, then ever closer to
 * the end). A constant rate is not yet flow: the rate must also be that of the whole compliance, d ln J / d ln t = 1 -
 * J_e/J, within VT_RHEOLOGY_SHARE of 1 over the window. `rest`: the two halves differ by D +- u(D); if the retarded
 * rate still falls like t^(-2/3) (Andrade), it adds (|D| + u(D)) / ((t_2/t_1)^(2/3) - 1) to the slope of the second
 * half; t_1, t_2: middles of the halves.
 *
 * t      n times since the load came on, s, > 0, not falling (files round them)
 * J      n compliances, 1/Pa
 * level  of the slopes, two-sided
 * work   2 n values, overwritten
 *
 * Not steady is an answer, not a failure: so is a record without any window that can be judged. VT_EDOF: n < 32, or
 * fewer than 3 samples in the last 30 %; VT_ETIME; VT_ERANGE: J not > 0, or it falls over the last 30 %; VT_EARG;
 * VT_ENAN. */
vt_status vt_rheology_creep(size_t n, const double *t, const double *J, double level, double *work, vt_creep_flow *out,
                            vt_error *err);

typedef struct vt_relaxation_integral {
    double simple;                /* Pa s: trapezoids from the first sample to the last */
    double cut;                   /* s: where the integral ends; beyond it the modulus is lost in its noise */
    double noise;                 /* Pa: standard deviation of the noise near the cut */
    double middle;                /* Pa s: first sample to cut, power law between samples */
    double start_low, start_high; /* Pa s before the first sample: exponential; power law. +inf: power >= 1 */
    double tail_low, tail_high;   /* Pa s beyond the cut: exponential; power law. +inf: power <= 1 */
    double terminal_time;         /* s: of that exponential */
    double exponent;              /* -d ln G / d ln t at the cut */
    bool reached;              /* the missing ends leave at most VT_RHEOLOGY_SHARE of the viscosity open, either way */
    double low;                /* Pa s: a lower bound, whatever the spectrum; less 2 standard deviations of the noise */
    double viscosity, high, u; /* Pa s: middle of the bounds, upper bound, half-width / sqrt 3 and the noise;
                                  only if reached */
} vt_relaxation_integral;

/* eta = integral of G(t) from 0 to infinity. G of a liquid is a sum of decaying exponentials, so it falls and ln G is
 * convex over time: before the first sample it stays above the exponential through the first samples, beyond the cut
 * above the one through the last half of the time. Above, both ends are bounded by the power law that holds there,
 * which flattens towards short times (plateau) and steepens towards long ones (terminal zone).
 * The tail is fixed by the integrals over the third and fourth quarter of the time to the cut, not by single
 * samples. The cut is the latest time at which the mean of the fourth quarter is above 3 noise standard deviations.
 *
 * t  n >= 32 times since the strain came on, s, > 0, not falling (files round them)
 * G  n moduli, Pa; those up to twice the first time (at least three) > 0
 *
 * VT_EDOF; VT_ETIME; VT_ERANGE: a modulus at the start is not > 0; VT_EDOMAIN: the modulus does not fall, or is lost in
 * its noise all along; VT_EARG; VT_ENAN. */
vt_status vt_rheology_relaxation(size_t n, const double *t, const double *G, vt_relaxation_integral *out,
                                 vt_error *err);

typedef struct vt_terminal_zone {
    double simple;        /* Pa s: G''/omega at the lowest frequency */
    double frequency;     /* rad/s: the lowest */
    double low;           /* Pa s: largest |G*|/omega less the noise that the largest of n readings has at the
                             given level (normal; the smaller of misfit and the scatter about a smooth curve): a lower bound,
                             whatever the spectrum */
    double storage, loss; /* d ln G' / d ln omega and d ln G'' / d ln omega over the lowest half decade */
    bool terminal;        /* within 10 % of 2 and 1 */
    bool liquid;          /* G'' > G' at the lowest frequency, and its share grows as the frequency falls: the
                             last crossover is passed, as far as one can see */
    double viscosity;     /* Pa s: sum g tau of the spectrum that fits best */
    double interval_low, interval_high;          /* over all spectra that fit as well */
    double misfit;                               /* root mean square relative residual */
    double compliance;                           /* 1/Pa: sum g tau^2 / viscosity^2, recoverable */
    size_t modes;                                /* of the best spectrum */
    double g[VT_NNLS_P_MAX], tau[VT_NNLS_P_MAX]; /* Pa, s: tau descending */
} vt_terminal_zone;

/* Zero-shear viscosity from oscillation. G''/omega and |G*|/omega stay below it at every frequency. Above the lowest
 * measured frequency a discrete spectrum (two modes per decade where there is room, non-negative least squares of
 * relative residuals of both moduli; Baumgaertel & Winter, Rheol. Acta 28 (1989) 511) extrapolates; its longest time
 * is varied from 1 to 10 over the lowest frequency, and all spectra inside the joint region of all modes at the given
 * level span the interval: wider than for one parameter, because residuals of a discrete spectrum are not independent.
 * Slower relaxation than that would not be seen.
 *
 * omega    n >= 8 angular frequencies, rad/s, > 0, in any order
 * storage, loss  n moduli, Pa, > 0
 * ws       for 2 n equations and VT_NNLS_P_MAX unknowns
 * work     2 n (VT_NNLS_P_MAX + 1) values, overwritten
 *
 * VT_EDOF; VT_ERANGE: a value is not > 0; VT_ENARROW: less than a factor 10 in frequency; VT_EARG; VT_ENAN; of
 * vt_nnls_solve. */
typedef struct vt_oscillation {
    size_t n;
    const double *omega, *storage, *loss;
} vt_oscillation;
vt_status vt_rheology_oscillation(const vt_oscillation *data, double level, vt_nnls_work *ws, double *work,
                                  vt_terminal_zone *out, vt_error *err);
