#pragma once
#include <vitrum/nlfit.h>
#include <stdbool.h>
#include <stddef.h>

/* Rate sensitivity m = d ln(sigma) / d ln(rate) of steady flow at one power or temperature from several loads (load
 * jumps) or several rates, its class, and the hyperbolic-sine law over all powers at once. Procedure P03.
 *
 * Stresses and rates are uniaxial: sigma = true stress, Pa, rate = d(true strain)/dt, 1/s. The uncertainties are those
 * that differ from point to point (force noise, slope); an error that all points share, as the area of one wire,
 * drops out of m and is left out. Thread-safe with a workspace each; allocates only as the workspace does. */

typedef enum vt_flow_class { VT_FLOW_UNDETERMINED, VT_FLOW_NEWTONIAN, VT_FLOW_NON_NEWTONIAN } vt_flow_class;

/* "undetermined", "newtonian", "non-newtonian": the words of the experiment `flow`. Static storage. */
const char *vt_flow_class_text(vt_flow_class c);

/* Class of m in the interval low ... high: Newtonian if low > threshold, non-Newtonian if high < threshold, otherwise
 * (a NaN too) undetermined. Published threshold: 0.7 (S000). */
vt_flow_class vt_flow_class_of(double low, double high, double threshold);

/* Steady points at one power or temperature. Borrowed. */
typedef struct vt_load_jumps {
    size_t n;
    const double *ln_rate, *ln_stress;     /* n each, of 1/s and Pa */
    const double *u_ln_rate, *u_ln_stress; /* n each, >= 0; u_ln_stress > 0 for a quadratic */
    double level;                          /* of the intervals, in (0, 1); 0: 0.95 */
    double threshold;                      /* m between the classes, in (0, 1); 0: 0.7 */
    int degree;                            /* of ln sigma in ln rate: 1 or 2; 0: min(2, levels - 2), at least 1 */
} vt_load_jumps;

typedef struct vt_rate_sensitivity_fit {
    int degree;      /* 1 or 2 */
    size_t n;        /* points */
    size_t levels;   /* stresses more than 5 % apart */
    bool chord;      /* 2 levels: the chord, nothing tests the straight line (W_DOF) */
    double ln_rate0; /* ln sigma = c0 + c1 (ln rate - ln_rate0) + c2 (...)^2 */
    double c[3];
    double cov[9]; /* of c; scaled by chi2/nu where misfit */
    double chi2, p_value;
    size_t nu;
    bool misfit;   /* p_value < 0.05: the scatter exceeds the stated uncertainties, or the law is no polynomial */
    double factor; /* half interval / u: normal quantile, Student's t with nu where misfit */
    bool local;    /* of vt_rate_sensitivity_points: m is taken from neighbouring levels, not from this fit */
    double threshold;
} vt_rate_sensitivity_fit;

/* m at one rate. */
typedef struct vt_rate_sensitivity {
    double m, u, low, high;
    vt_flow_class class_of;
    bool above_1; /* m exceeds 1 by more than 2 u: heating or a wrong segment (W_M_GT_1) */
} vt_rate_sensitivity;

/* Line (York) or quadratic of ln sigma in ln rate with errors in both variables.
 *
 * ws  workspace for at least n residuals and 3 parameters
 *
 * VT_EARG: NULL, level, threshold or degree out of range; VT_ENAN, VT_ERANGE: a value or uncertainty; VT_EFEWLEVELS:
 * fewer than 2 levels, or fewer than 3 for a quadratic; VT_ENARROW: largest stress below 1.3 times the smallest;
 * VT_EUNPHYSICAL: sigma falls as the rate rises, beyond 2 u; VT_EDOF, VT_ENOCONV, VT_EILLCOND as the solver. */
vt_status vt_rate_sensitivity_solve(vt_nlfit *ws, const vt_load_jumps *jumps, vt_rate_sensitivity_fit *fit,
                                    vt_error *err);

/* m at n rates: slope of the fit; u by first order from the fit and from u_ln_rate[i], the uncertainty of the place
 * (NULL: places known exactly). VT_EARG; VT_ENAN: the first ln_rate[i] that is not finite. */
vt_status vt_rate_sensitivity_at(const vt_rate_sensitivity_fit *fit, size_t n, const double *ln_rate,
                                 const double *u_ln_rate, vt_rate_sensitivity *out, vt_error *err);

/* Both at once, at the rates of the points themselves: out has jumps->n places. Five levels or more that refute the
 * quadratic (misfit) or span more than a factor 30 in rate, which no quadratic follows in sinh flow, are taken piece by
 * piece (fit->local): m is the derivative of the polynomial through the point's level and the four around it, and u
 * takes in what the farthest of them changes. Errors as vt_rate_sensitivity_solve. */
vt_status vt_rate_sensitivity_points(vt_nlfit *ws, const vt_load_jumps *jumps, vt_rate_sensitivity_fit *fit,
                                     vt_rate_sensitivity *out, vt_error *err);

enum { VT_SINH_GROUPS = VT_NLFIT_P_MAX - 1 };

/* Points of several powers (groups). Borrowed. */
typedef struct vt_sinh_points {
    size_t n;
    const double *ln_rate, *ln_stress;     /* n each */
    const double *u_ln_rate, *u_ln_stress; /* n each; u_ln_rate > 0, u_ln_stress >= 0 */
    const int *group;                      /* n, 0 ... groups - 1 */
    int groups;                            /* 1 ... VT_SINH_GROUPS, each with a point */
    const double *T; /* temperature of each group, K; NULL: not known, V/T is shared instead of V */
    double level;    /* 0: 0.95 */
} vt_sinh_points;

typedef struct vt_sinh_interval {
    double value, low, high;
    bool low_closed, high_closed; /* false: not bounded on this side */
} vt_sinh_interval;

typedef struct vt_sinh_joint_fit {
    int groups;
    vt_sinh_interval eta_N[VT_SINH_GROUPS]; /* Pa s, Newtonian viscosity of each group */
    vt_sinh_interval V;       /* shear activation volume, m^3, or V/T, m^3/K, if T was not given. value 0: the points
                               * bend the other way, or not at all; low not closed: compatible with Newtonian flow */
    vt_sinh_interval curving; /* (V/(2 sqrt(3) k T))^2, 1/Pa^2, of group 0: what was fitted; < 0: m above 1 */
    double relative[VT_SINH_GROUPS]; /* curving of the group / curving of group 0: (T_0/T_g)^2 */
    double chi2, p_value;
    size_t nu;
    bool misfit; /* p_value < 0.05: intervals by Student's t and chi2/nu */
} vt_sinh_joint_fit;

/* rate = s/(3 eta_g) sinh(sigma/s), s = 2 sqrt(3) k T/V, with one V for all groups, by least squares with errors in
 * both variables; intervals by profile likelihood. Fitted as ln eta_g and 1/s^2, so that Newtonian flow (V = 0) is an
 * interior point and its intervals cover.
 *
 * ws  workspace for at least n residuals and groups + 1 parameters
 *
 * VT_EARG; VT_ENAN, VT_ERANGE: a value or uncertainty; VT_EDOF: n < groups + 1; VT_ENARROW: no group whose largest
 * stress is 1.3 times its smallest; VT_ENOCONV, VT_EILLCOND as the solver. */
vt_status vt_sinh_joint_solve(vt_nlfit *ws, const vt_sinh_points *points, vt_sinh_joint_fit *fit, vt_error *err);

/* What the fitted law says at stress sigma (Pa, > 0) of a group: m and eta/eta_N, each with the interval that follows
 * from that of `curving` (an open end: the limit, m = 0 or, at the domain's end, +inf). VT_EARG; VT_EDOMAIN. */
vt_status vt_sinh_joint_at(const vt_sinh_joint_fit *fit, int group, double sigma, vt_sinh_interval *m,
                           vt_sinh_interval *ratio, vt_error *err);
