#pragma once
#include <stdbool.h>
#include <vitrum/experiment.h>
#include <vitrum/serial.h>
#include <vitrum/torsion_law.h>
#include <vitrum/units.h>

/* The experiment `torsion`: a wire twisted to yield and beyond (P28 to P30). Angles in radians, torques in N m. */
extern const vt_experiment vti_torsion_experiment;

typedef struct vti_torsion_params {
    double diameter, gauge_length, minor_diameter;
    vt_list diameters;
    double core_modulus, core_modulus_u;
    double torque_constant, torque_constant_u, torque_zero, torque_zero_u, torque_covariance;
    double diameter_u, gauge_length_u, torque_u, angle_u;
    double machine_compliance, machine_compliance_u;
    double window_start;
    double extrapolate_to;
    vt_list windows, layer_thickness;
} vti_torsion_params;

enum { VTI_TORSION_BINS = 400, VTI_TORSION_WINDOWS = 8 };

typedef enum vti_torsion_method {
    VTI_YIELD_ONSET, /* CUSUM of the residuals of the elastic line, traced back to its last zero */
    VTI_YIELD_SMALL, /* offset of 0.02 % */
    VTI_YIELD_LARGE, /* offset of 0.1 % */
    VTI_YIELD_KNOT,  /* bilinear */
    VTI_YIELD_MODEL, /* the model chosen */
    VTI_YIELD_METHODS
} vti_torsion_method;

typedef enum vti_torsion_model {
    VTI_TORSION_HOMOGENEOUS,  /* M0 */
    VTI_TORSION_LAYERED,      /* M1: core stays elastic as far as the record goes */
    VTI_TORSION_LAYERED_CORE, /* M1 whose core yields within the record, at a strain of its own */
    VTI_TORSION_EQUAL_YIELD,  /* M2: core and layer yield at one strain */
    VTI_TORSION_HARDENING,    /* M3: M0 with a slope after yield */
    VTI_TORSION_MODELS
} vti_torsion_model;

/* Parameters of all models. b: stiffness of a whole wire of the core's material, N m/rad (pi G R^4/(2 L)); s: the same
 * of the layer's, or H/G of M3; y: angle at first yield; z: angle where the torque is zero; d: SR/R; w: yield strain of
 * the core as the angle at which a whole wire of it would yield. */
enum { VTI_P_B, VTI_P_S, VTI_P_Y, VTI_P_Z, VTI_P_D, VTI_P_W, VTI_P };

typedef struct vti_torsion_extent {
    double value, u, low, high; /* NaN: not bounded on that side */
} vti_torsion_extent;

typedef struct vti_torsion_fit {
    bool done;
    long k;          /* free parameters, without error and correlation */
    double x[VTI_P]; /* solution */
    double cov[VTI_P * VTI_P];
    double rss, rho, aicc;
    vti_torsion_extent b0, y;          /* stiffness before yield; angle at yield */
    vti_torsion_extent skin, layer, d; /* layered only: s d; s; SR/R */
    vti_torsion_extent w;              /* yield of the core, where it has one */
} vti_torsion_fit;

typedef struct vti_torsion_slip {
    double at, by; /* rad */
} vti_torsion_slip;

/* Line through the record just past yield, and what the published estimators make of it. NaN: refused. */
typedef struct vti_torsion_window {
    double share;    /* width over the angle at yield */
    size_t n;        /* points */
    double b1, u_b1; /* N m/rad */
    double a1, u_a1; /* N m, about the angle of zero torque */
    double SR_b, u_SR_b, SR_a, u_SR_a, SR_null;
    double p_curvature;
} vti_torsion_window;

typedef struct vti_torsion_run {
    const vt_job *job;
    const vti_torsion_params *par;
    vt_result *result;
    const char *specimen; /* "" if there is one record */
    double D, R, L;       /* m; D: of the circle that is as stiff */
    double stress;        /* 1/m3: largest shear stress over torque */
    bool by_current;      /* torque is torque_constant times current, of known uncertainty */
    size_t n;             /* points of the loading */
    double *phi, *T;
    size_t bins; /* means of equal numbers of points */
    double bin_phi[VTI_TORSION_BINS], bin_T[VTI_TORSION_BINS];
    size_t from, to;              /* elastic window, bins */
    double a0, b0, u_b0, z, s, r; /* elastic line T = a0 + b0 phi; z = -a0/b0; residual deviation, correlation */
    bool yielded;
    double yield[VTI_YIELD_METHODS][2]; /* angle from z, torque; NaN: not found */
    vti_torsion_fit fit[VTI_TORSION_MODELS];
    double slipped; /* AICc of the better of M0 and M3 in a grip that slips once; INFINITY: none */
    vti_torsion_slip slip;
    bool doubted;           /* the layer on a core that yields does not beat that slip by 6 */
    vti_torsion_model best; /* of all by AICc */
    vti_torsion_model skin; /* the better of the layered ones */
    bool flat;              /* its line past yield is straight, over 5 % of the angle at yield or more */
    double straight;        /* length of that line over the angle at yield */
    double p_straight;      /* of a quadratic term in it; NaN: too few means */
    vti_torsion_model told; /* whose values are reported: layered if identified, else one of the homogeneous ones */
    bool layer;             /* identified under the conditions of P30 */
    size_t windows;
    vti_torsion_window window[VTI_TORSION_WINDOWS];
} vti_torsion_run;

/* Test of a quadratic term: two-sided p with the correlation of the residuals, procedure 1.3. NaN: too few points. */
double vti_torsion_curvature(size_t n, const double *x, const double *y);

/* Slope with the correlation of its residuals. Where a bend or a step leaves fewer than eight independent readings the
 * ordinary line stands, with the u of the largest correlation, 0.95. False: no line. */
bool vti_torsion_line(size_t n, const double *x, const double *y, double level, vt_serial_slope *line);

vt_status vti_torsion_geometry(vti_torsion_run *run, vt_error *err);
/* Points of the loading from a bound table, slips taken out, and their bins. Frees nothing: run->phi and run->T are
 * the caller's to free. */
vt_status vti_torsion_record(vti_torsion_run *run, const vt_table *t, vt_error *err);
vt_status vti_torsion_elastic(vti_torsion_run *run, vt_error *err);
void vti_torsion_yields(vti_torsion_run *run);
/* Standard uncertainty of a torque from its calibration: u^2 = I^2 u(K)^2 + u(T_0)^2 + 2 I cov, I = (T - T_0)/K (P28).
 */
double vti_torsion_torque_u(const vti_torsion_params *p, double T);
/* All models; which is best, and whether a layer is identified. */
vt_status vti_torsion_models(vti_torsion_run *run, vt_error *err);
vt_status vti_torsion_windows(vti_torsion_run *run, vt_error *err);
vt_status vti_torsion_report(vti_torsion_run *run, vt_error *err);
vt_status vti_torsion_layer_report(vti_torsion_run *run, vt_error *err);
vt_status vti_torsion_figures(vti_torsion_run *run, vt_error *err);
vt_status vti_torsion_reduce(const vt_job *job, vt_result *result, vt_error *err);

bool vti_torsion_is_layered(vti_torsion_model m);

/* Torque of a model at the angle phi. */
double vti_torsion_predict(vti_torsion_model m, const double *x, double phi);
