#pragma once
#include <vitrum/error.h>
#include <vitrum/serial.h>
#include <stdbool.h>
#include <stddef.h>

/* Is a signal steady? Procedure 1.6, steps 2 and 3. A window is accepted only if all tests pass. R and MSER-5 look at
 * the residual of the expected steady law (for creep: of L0/L about its local line), never at a drifting signal itself.
 * Nothing allocates; thread-safe. */

/* Ratio of two variance estimates after Cao & Rhinehart, J. Process Control 5 (1995) 363:
 *   v^2 <- l2 (x - xf)^2 + (1 - l2) v^2,  xf <- l1 x + (1 - l1) xf,  d^2 <- l3 (x - x_before)^2 + (1 - l3) d^2,
 *   R = (2 - l1) v^2 / d^2, with l1 = 0.2, l2 = l3 = 0.1. R is 1 on average for white noise about a constant, large
 * during a transient. Start: v^2 = d^2 = mean square difference of the first ten samples, R = 1.8: undecided. R assumes
 * white noise: thin the signal first (vt_serial_stride). Where d^2 is 0, R is 1 if v^2 is 0 too, else +inf.
 *
 * x  n >= 10 samples;  R  out: n values, may be x itself. VT_EDOF, VT_EARG, VT_ENAN. */
vt_status vt_steady_ratio(size_t n, const double *x, double *R, vt_error *err);

/* First sample of the steady end of a record: steady after 10 samples in a row with R < 1.3, not steady after R > 2.
 * VT_ENOT_STEADY: the record does not end steady. VT_EARG: NULL. */
vt_status vt_steady_since(size_t n, const double *R, size_t *from, vt_error *err);

/* Truncation MSER-5 (White, Simulation 69 (1997) 323): number of leading samples whose removal minimises the squared
 * standard error of the mean of the rest, in batches of five. VT_ENOT_STEADY: the minimum lies in the second half, i.e.
 * the transient fills the record; VT_EDOF: n < 20. */
vt_status vt_steady_mser5(size_t n, const double *x, size_t *cut, vt_error *err);

/* MSER-5 about a line, for what is steady when it changes at a constant rate: number of leading samples whose removal
 * minimises s^2/k, s^2 being the residual variance of the k remaining means of five about their own line. At most half
 * is removed: whether the rest is steady, vt_steady_rate says. VT_EDOF: n < 40; VT_EARG; VT_ENAN. */
vt_status vt_steady_mser5_line(size_t n, const double *t, const double *y, size_t *cut, vt_error *err);

typedef struct vt_steady_constancy {
    vt_serial_slope first, second; /* slopes of the two halves, procedure 1.3 */
    double p_slopes;               /* t test of equal slopes (Welch) */
    double difference;             /* |slope_1 - slope_2| over the mean of their magnitudes */
    double curvature, u_curvature; /* quadratic coefficient over the window, u inflated for correlation */
    double p_curvature;            /* t test of zero curvature */
    bool slopes_agree; /* p_slopes > 0.05 and difference < 0.1: a difference that is merely not significant proves
                          nothing */
    bool straight;     /* p_curvature > 0.05 */
} vt_steady_constancy;

/* Does y change at a constant rate over the window t[0] ... t[n-1]? Both flags must be true. VT_EDOF: a half has fewer
 * than 8 effective points, t is constant; VT_EARG; VT_ENAN. */
vt_status vt_steady_rate(size_t n, const double *t, const double *y, vt_steady_constancy *out, vt_error *err);

/* Quadratic coefficient of y over t, its uncertainty, which counts the autocorrelation of the residuals, and the
 * p-value of a t test of zero: what vt_steady_rate says of it, also where y curves too much to have slopes. VT_EDOF: n
 * < 16 or t is constant; VT_EARG; VT_ENAN. */
vt_status vt_steady_curvature(size_t n, const double *t, const double *y, double *c, double *u, double *p,
                              vt_error *err);
