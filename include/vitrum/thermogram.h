#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Scans of a calorimeter: programme, glass transition, peaks, enthalpy between two scans. Procedure P21. Heat flow y
 * counts endothermic upwards throughout, so that y over the rate (negative on cooling) is a heat capacity. Nothing
 * allocates; thread-safe. */

/* ---- programme ---- */
/* A piece of a record where temperature rises (+1), falls (-1) or stays (0). */
typedef struct vt_ramp {
    size_t from, to; /* rows from ... to - 1, without the rows where the rate settles */
    int direction;
    double rate; /* unit of T over unit of t; 0 where it stays */
} vt_ramp;

/* Cuts a record of n temperatures into ramps: slopes of the means of at most 512 blocks of rows, by sign, a slope
 * below a fifth of the 0.9 quantile of their sizes being none; what interrupts a ramp for less than a twentieth of it
 * belongs to it (freezing warms the sample); ends where the slope is more than a quarter off the
 * median slope of its ramp are left out.
 *
 * t         in   n times, ascending; NULL: rows are equally far apart (rates are then per row)
 * ramp      out  room for `capacity`; *count: how many
 *
 * VT_EARG: NULL, n < 8; VT_ENAN; VT_ETIME: t not ascending, by index; VT_ELIMIT: more ramps than capacity; VT_ENARROW:
 * temperature does not change. On failure the outputs are untouched. */
vt_status vt_ramps(size_t n, const double *t, const double *T, size_t capacity, vt_ramp *ramp, size_t *count,
                   vt_error *err);

/* Means of y in at most m bins of equal width of T; empty bins are left out. n >= 1 values; Tb, yb: room for m.
 * Returns how many; Tb is ascending. Values that are not finite are left out. */
size_t vt_thermogram_bin(size_t n, const double *T, const double *y, size_t m, double *Tb, double *yb);

/* ---- glass transition ---- */
/* The step in the slope of a curve: half-height temperatures of its highest peak above the median slope. */
typedef struct vt_step_edge {
    double inflection; /* K: steepest */
    double low, high;  /* K: where the slope is half way between its peak and its median */
    double peak, base; /* slope there, median slope */
} vt_step_edge;

/* Looks from index `from` to `to` - 1. VT_EDOF: fewer than 8 points; VT_ENARROW: the peak has no end inside. */
vt_status vt_step_edge_find(size_t from, size_t to, const double *T, const double *slope, vt_step_edge *edge,
                            vt_error *err);

typedef struct vt_window {
    double low, high; /* K */
} vt_window;

/* Lines of glass and liquid, y = a + b (T - T0). */
typedef struct vt_base_line {
    double a, b, T0, s; /* s: standard deviation of the residuals */
    double u_a, u_b;    /* uncorrelated: T0 is the mean temperature */
    size_t n;
} vt_base_line;
double vt_base_line_at(const vt_base_line *line, double T);
double vt_base_line_u(const vt_base_line *line, double T); /* of that, by the scatter */

/* Least squares line of the points in the window. VT_EDOF: fewer than 4 points. */
vt_status vt_base_line_fit(size_t n, const double *T, const double *y, vt_window w, vt_base_line *line, vt_error *err);

typedef struct vt_glass_step {
    vt_base_line glass, liquid;
    double onset, midpoint, end;   /* K: tangent at half height with the lines; half way between the lines */
    double step, u_step;           /* unit of y: between the lines at the midpoint */
    double u_midpoint;             /* K: of scatter and lines */
    double overshoot, T_overshoot; /* highest excess over the line of the liquid beyond the midpoint (0: none), K */
    double fictive;                /* K: equal areas */
} vt_glass_step;

/* Construction of the glass transition with given windows, that of the glass below that of the liquid.
 *
 * Midpoint: where (y - glass)/(liquid - glass) first crosses 1/2 (half-step height, ISO 11357-2), by the cubic
 * through that quotient between 0.25 and 0.75 about the crossing if these are eight points or more. Onset and end: the
 * line through the same points, at 0 and 1. Fictive temperature T_f:
 * integral of (liquid - glass) from T_f to T_b = integral of (y - glass) from T_a to T_b, T_a the end of the glass
 * window and T_b the begin of the liquid window (Moynihan et al., J. Am. Ceram. Soc. 59 (1976) 12, on heating).
 *
 * VT_EARG: NULL, windows out of order; VT_EDOF: too few points; VT_ENOROOT: no crossing, or the lines meet before it;
 * VT_ESIGN: the liquid lies below the glass. */
vt_status vt_glass_step_find(size_t n, const double *T, const double *y, vt_window glass, vt_window liquid,
                             vt_glass_step *out, vt_error *err);

/* ---- peaks ---- */
typedef struct vt_peak {
    size_t from, to, apex; /* indices of the ends of the baseline and of the highest point */
    int sign;              /* +1 endothermic, -1 exothermic */
    double height;         /* of the lower one of its flanks, unit of y */
} vt_peak;

/* Peaks of a curve by its slope: stretches where it is restless and from which the curve comes back, to 0.15 of its
 * way if the peak is upwards, 0.5 if downwards; a step of the heat capacity does not come back. Strongest first. A
 * stretch is found by a slope beyond 8 robust standard deviations of all; it ends where the slope is below 0.02 of its
 * steepest and 3 of them for half the width of the stretch, or at a stronger peak, which it widens if it is a tail of
 * it.
 *
 * slope    in   dy/dT, smoothed
 * scratch  in   2 n
 * Returns how many were found, at most `capacity`. */
size_t vt_peaks_find(size_t n, const double *T, const double *y, const double *slope, size_t capacity, vt_peak *peak,
                     double *scratch);

/* ---- enthalpy between two scans ---- */
/* Baselines through two anchor windows W1 and W2 of the difference d = (y1 - y2)/(m q): dH = -integral of d less the
 * baseline from the end of W1 to the begin of W2 (released: positive). */
typedef struct vt_relaxation_enthalpy {
    double linear, u_linear;       /* J/kg: straight line; u: of noise, serial correlation counted */
    double quadratic, u_quadratic; /* J/kg: parabola through both windows (two means and the two slopes) */
    double difference_u;           /* J/kg: of quadratic - linear */
    double line[3], parabola[3];   /* coefficients of (T - T0)^k */
    double T0, s;                  /* K; standard deviation of residuals, J/(kg K) */
} vt_relaxation_enthalpy;

/* VT_EARG; VT_EDOF: fewer than 8 points in a window. */
vt_status vt_relaxation_enthalpy_find(size_t n, const double *T, const double *d, vt_window w1, vt_window w2,
                                      vt_relaxation_enthalpy *out, vt_error *err);

/* ---- fictive temperature by enthalpy ---- */
/* A glass that stores H (J/kg) more than the same glass at fictive temperature Tf_ref (K): what it releases more in a
 * scan to the liquid. step: liquid less glass at Tf_ref, J/(kg K), > 0; slope: of the step, J/(kg K2). */
typedef struct vt_stored_glass {
    double H, Tf_ref, step, slope;
} vt_stored_glass;

typedef struct vt_fictive_glass {
    double Tf;      /* K */
    double by_H;    /* dTf/dH, K kg/J */
    double by_ref;  /* dTf/dTf_ref, 1 */
    double by_step; /* dTf/dstep of an error that is the same between both temperatures, kg K2/J */
} vt_fictive_glass;

/* Solves: integral of step + slope (T - Tf_ref) from Tf_ref to Tf = H (P21, step 7; the enthalpy form of Moynihan et
 * al., J. Am. Ceram. Soc. 59 (1976) 12). First order: Tf_ref + H/step. H < 0: an aged glass, Tf below Tf_ref.
 *
 * VT_EARG: NULL, not finite, step or Tf_ref not above 0; VT_ENOROOT: the step vanishes before it has held H;
 * VT_EDOMAIN: Tf not above 0. On failure *out is untouched. */
vt_status vt_fictive_by_enthalpy(const vt_stored_glass *in, vt_fictive_glass *out, vt_error *err);
