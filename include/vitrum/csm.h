#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Continuous stiffness (CSM): a small oscillation during loading. Procedure P20. Kernels: no allocation, thread-safe,
 * SI. (The cooperative shear model, also called CSM, is in yield.h.) */

/* ---- stiffness from the oscillation ---- */
typedef struct vt_oscillation {
    double F0, h0; /* N, m, > 0: amplitudes of load and displacement, both rms or both peak */
    double phi;    /* rad, -pi to pi: by how much the displacement lags the load */
    double omega;  /* rad/s, > 0 */
    double K_s;    /* N/m: support spring; NaN: not known */
    double mass;   /* kg: of what moves; NaN: not known */
    double D;      /* N s/m: damping of the instrument; only the loss needs it; NaN: not known */
    double C_f;    /* m/N: compliance of the frame */
} vt_oscillation;

/* Contact stiffness S = {1/[(F0/h0) cos phi - (K_s - mass omega^2)] - C_f}^-1, N/m, and, unless NULL, the loss
 * stiffness of the contact (F0/h0) sin phi - omega D, N/m.
 *
 * VT_EARG: NULL, amplitude or frequency not > 0, C_f not finite; VT_ECSM_CAL: phi, K_s or mass is NaN, or D where the
 * loss is asked for, by name; VT_EUNPHYSICAL: what is left of the stiffness, or of 1/S - C_f, is not > 0.
 * On failure the outputs are untouched. */
vt_status vt_oscillation_stiffness(const vt_oscillation *o, double *S, double *loss, vt_error *err);

/* ---- amplitude ---- */
typedef struct vt_oscillation_point {
    double P, h; /* N, > 0; m: means over the cycle, as recorded */
    double S;    /* N/m, > 0: apparent stiffness */
    double h0;   /* m, >= 0: PEAK amplitude of the displacement (sqrt 2 times the rms value) */
    double F0;   /* N, >= 0: peak amplitude of the load */
    double m;    /* > 1: exponent of the unloading that the tip follows down from each peak (1.2 to 1.5) */
} vt_oscillation_point;

typedef struct vt_oscillation_corrected {
    double P, h;  /* N, m: at the peak of the cycle, P + F0 and h + h0 */
    double S;     /* N/m: slope of the unloading there */
    double ratio; /* apparent over corrected stiffness, <= 1 */
    double span;  /* m: H_e = m P/S, elastic recovery of the contact */
} vt_oscillation_corrected;

/* S_app/S of an oscillation with 2 h0/H_e = x (0 to 1): [1 - (1 - x)^m]/(m x). h0 = 2 nm, m = 1.4: 0.991, 0.962, 0.921
 * at H_e = 91, 22, 11 nm. 1 at x = 0. */
double vt_oscillation_bias(double x, double m);

/* True stiffness from the apparent one. From the peak of each cycle the tip goes down by 2 h0 along P ((h -
 * h_f)/H_e)^m, so S_app = P [1 - (1 - x)^m]/(2 h0), which is solved for x = 2 h0/H_e in closed form (with P and h at
 * the peak).
 *
 * VT_EARG: NULL, a value out of its range; VT_ETAPPING: 2 h0 reaches H_e, so contact was lost in each cycle. On failure
 * *out is untouched. Source: procedure P20; Pharr, Strader and Oliver, J. Mater. Res. 24 (2009) 653. */
vt_status vt_oscillation_correct(const vt_oscillation_point *in, vt_oscillation_corrected *out, vt_error *err);

/* ---- plateau ---- */
typedef struct vt_plateau_options {
    double h_min;     /* m: depths below are not looked at (P20: 50 nm, and 3 tip radii); 0: 50 nm */
    double h_max;     /* m: nor above; 0: no limit */
    double tolerance; /* P/S^2 may change by this share over the window; 0: 0.03 */
    double width;     /* least width of the window, as share of its upper end; 0: 0.2 */
} vt_plateau_options;

enum { VT_PLATEAU_CELLS = 48, VT_PLATEAU_PARTS = 4 };

typedef struct vt_plateau {
    double low, high;     /* m: depths of the window */
    size_t n;             /* points in it */
    double mean, sd;      /* 1/Pa: of P/S^2 */
    double change;        /* change of the line through P/S^2 over the window, relative to the mean */
    double u_change;      /* its standard uncertainty with serial correlation (1.3) */
    double p_value;       /* two-sided, of no slope */
    double n_eff, length; /* effective number of points; m: correlation length, (high - low)/n_eff */
} vt_plateau;

/* Widest window of depth in which P/S^2 is flat: the line through it changes by at most `tolerance`, and so do the
 * means of its four quarters from the mean of all, so that a bow does not pass for a plateau. Windows end at the
 * borders of VT_PLATEAU_CELLS cells of equal depth. Of windows of equal width the deepest is taken.
 *
 * n, h, P, S   loading: depth (m), load (N), stiffness (N/m); points where one is not finite, P or S not > 0, are
 * passed over
 *
 * VT_EARG: NULL, options; VT_EDOF: fewer than 8 usable points between h_min and h_max; VT_ENOT_STEADY: no window is
 * flat, with the best change that was found. */
vt_status vt_plateau_find(size_t n, const double *h, const double *P, const double *S, const vt_plateau_options *opt,
                          vt_plateau *out, vt_error *err);

typedef struct vt_depth_mean {
    double mean, sd; /* of the values */
    double u;        /* of the mean: sd/sqrt(n_eff) */
    size_t n;        /* values between low and high */
    double r, n_eff; /* lag-1 autocorrelation with bias correction (1.3); n (1 - r)/(1 + r), at least 1 */
    double length;   /* m: correlation length, (high - low)/n_eff */
} vt_depth_mean;

/* Mean of y over the depths low to high (m) with the number of points that a series with this autocorrelation is worth
 * (P20). Values that are NaN are passed over. VT_EARG: NULL, low not below high; VT_EDOF: fewer than 3 values. */
vt_status vt_depth_average(size_t n, const double *h, const double *y, double low, double high, vt_depth_mean *out,
                           vt_error *err);
