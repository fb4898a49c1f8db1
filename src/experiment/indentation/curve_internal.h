#pragma once
#include <vitrum/indent_curve.h>
#include <vitrum/line.h>

/* Shared by the kernels on one indentation curve. */

enum { VTI_CURVE_SUMS = 8 };

struct vt_indent_work {
    size_t n_max;
    double *a, *b;                 /* n_max: scratch */
    double *sum[VTI_CURVE_SUMS];   /* n_max + 1: prefix sums */
    double *scratch;               /* 3 n_max */
    size_t *low, *high;            /* n_max: queues of a running minimum and maximum */
    struct vti_reversal *reversal; /* n_max / 4 + 1 peaks of load */
    vt_line_work *line;            /* robust lines of up to VTI_DRIFT_POINTS points */
};

enum { VTI_DRIFT_POINTS = 96 }; /* longer holds are averaged in so many blocks at most */

static inline double vti_min(double a, double b)
{
    return a < b ? a : b;
}

static inline double vti_max(double a, double b)
{
    return a > b ? a : b;
}

/* Refuses NULL and records longer than the workspace. */
vt_status vti_curve_check(const vt_indent_work *ws, const vt_indent_curve *c, vt_error *err);

/* Median of the n >= 1 values of v, which are reordered. */
double vti_median(double *v, size_t n);

/* ---- segmentation ---- */

/* A peak of load with the minima beside it. */
typedef struct vti_reversal {
    size_t before, peak, after; /* samples: lowest load before, highest, lowest after */
} vti_reversal;

/* What the search for reversals needs to know. */
typedef struct vti_reversal_rule {
    double fall;   /* fraction of the peak */
    double least;  /* N: smaller falls are noise */
    double zero;   /* N: load in air, roughly */
    double top;    /* N: largest load of the record, above zero */
    double travel; /* m: range of depth */
    double noise_h;
} vti_reversal_rule;

/* Peaks of load, in order, at most room; returns how many there are, room + 1 if there are more. */
size_t vti_reversals(const vt_indent_curve *c, const vti_reversal_rule *rule, vti_reversal *found, size_t room);

/* Knees of one peak: *hold_from, *unload_from of the cycle; true if the depth is straighter than the load. */
bool vti_knees(vt_indent_work *ws, const vt_indent_curve *c, double zero, const vti_reversal *r,
               const vt_indent_noise *noise, vt_indent_cycle *cycle);

/* Contact in the first loading: first sample that is no longer air; P_air and its u where there is an approach. */
size_t vti_contact(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_cycle *first,
                   const vt_indent_noise *noise, double *P_air, double *u_P_air);

/* Low-load hold and end of the unloading of *cycle, whose samples end before `end`. */
void vti_tail(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_noise *noise, double P_air, size_t end,
              vt_indent_cycle *cycle);

/* P_max, h_max, P_min of a cycle whose boundaries are known. */
void vti_cycle_levels(const vt_indent_curve *c, const vt_indent_noise *noise, vt_indent_cycle *cycle);

/* ---- power law h = h0 + D x^q ---- */

typedef struct vti_power {
    double h0, D, q; /* q: exponent of x */
    double rss;      /* m^2 */
    double cov[9];   /* of h0, D, q for residuals of variance 1 */
    double r1;       /* lag-1 autocorrelation of the residuals */
    double *scratch; /* n values (vti_power_fit_load) */
} vti_power;

/* Least squares of h over x in (0, 1], n >= 4; ln_x and f: n values of scratch, ln_x in: logarithms of x. False: h does
 * not determine the law, or q ran out of q_low ... q_high (then *out holds the law at that end). */
bool vti_power_fit(size_t n, const double *h, const double *ln_x, double *f, double q_low, double q_high,
                   vti_power *out);

/* The same law with x regressed on h, from `start`; out->scratch in: n values; rss in units of x^2, cov for residuals
 * of variance 1 in x. False: not determined. */
bool vti_power_fit_load(size_t n, const double *h, const double *x, const vti_power *start, vti_power *out);

/* Effective number of points and r of procedure 1.3, for residuals with lag-1 autocorrelation r1. */
double vti_effective(size_t n, double r1, double *r);

/* Quantum of the readings: the smallest step between neighbours if nearly all steps are multiples of it, else 0. */
double vti_quantum(size_t n, const double *y);
