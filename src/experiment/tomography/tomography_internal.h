#pragma once
#include "experiment/experiment_internal.h"
#include <vitrum/edge_profile.h>
#include <vitrum/image.h>
#include <vitrum/nlfit.h>

/* Surface layer of wires from grey slices (P31). */

typedef struct vti_tomography_params {
    double voxel, voxel_u, resolution, resolution_u;
    double center_x, center_y, search_radius; /* pixels */
    double depth, margin, mask_above;
    long slice, harmonics;
    int mask_colour;
    char dataset[VT_PARAM_TEXT];
} vti_tomography_params;

enum { VTI_TOMO_HARMONICS = 12, VTI_TOMO_COEFFICIENTS = 2 * VTI_TOMO_HARMONICS + 1, VTI_TOMO_LEAST = 16 };

/* Outline r(theta) = c[0] + sum c[2k-1] cos k theta + c[2k] sin k theta about (x, y), pixels. Harmonic 1 is zero: it is
 * the shift of the centre. */
typedef struct vti_outline {
    double x, y, c[VTI_TOMO_COEFFICIENTS], u[VTI_TOMO_COEFFICIENTS];
    size_t harmonics, rays, kept; /* kept: rays that have an edge and weight */
    double scatter;               /* robust standard deviation of the edge about the outline */
} vti_outline;

/* Grey by depth: n bins that hold something, ascending. */
typedef struct vti_profile {
    size_t n;
    double *s, *g, *u; /* m, grey, its standard uncertainty; one block at s */
    double *band;      /* Cholesky factor of the correlations of g, n x (lags + 1), in the same block; NULL: none */
    size_t lags;
    double bin;         /* m, width that a grey is the mean over; 0: points */
    bool absolute;      /* u is a standard uncertainty; else all 1 */
    double pixels;      /* voxels in it */
    double correlation; /* sum of the correlations of the noise of neighbours, 1: none */
} vti_profile;

/* Halves of the body that are compared: right, left, lower, upper. */
enum { VTI_TOMO_HALVES = 4 };

/* One model: which of its parts are there. */
typedef struct vti_edge_fit {
    bool layer, cupping, fringe, graded, done, allowed;
    long k;
    double x[VT_EDGE_P], cov[VT_EDGE_P * VT_EDGE_P]; /* SI and grey */
    double chi2, aicc;
    char name[VT_NAME];
} vti_edge_fit;

enum { VTI_TOMO_MODELS = 9, VTI_TOMO_GAIN = 10 /* of AICc, that a layer needs */ };

/* A profile on its way through the fits. Lengths in units of `length`, greys of `grey` above `zero`. */
typedef struct vti_edge_problem {
    const vti_profile *p;
    double sigma, u_sigma; /* m: blur and its uncertainty; sigma NaN: not known */
    double length, grey, zero;
    double inflate; /* residuals are divided by it: scatter and correlation beyond what u says */
    vt_nlfit *work;
} vti_edge_problem;

/* A specimen: one table of the job. */
typedef struct vti_tomo_body {
    const vt_table *table;
    char name[VT_NAME];
    vti_tomography_params par;
    const vt_image *image; /* NULL: a profile */
    vti_outline *outline;  /* of each slice */
    vti_profile whole, half[VTI_TOMO_HALVES];
    vti_edge_fit fit[VTI_TOMO_MODELS];
    size_t best, best_single, best_layer; /* VTI_TOMO_MODELS: none */
    bool layer;                           /* chosen, and told */
    double inflate, serial;
    double dof;                 /* of that scatter; inf: errors as they were known */
    double SR, u_SR, low, high; /* where told */
    double u_fit, u_resolution, u_voxel, u_shape, u_model;
    double ratio, u_ratio, u_ratio_fit, u_ratio_blur, u_ratio_model, u_ratio_cupping;
    double diameter, u_diameter, u_outline, u_edge;
    double side[VTI_TOMO_HALVES], u_side[VTI_TOMO_HALVES]; /* SR of each half; NaN: none */
    double sigma, u_sigma;                                 /* m, as known; NaN */
} vti_tomo_body;

typedef struct vti_tomo_run {
    const vt_job *job;
    vt_result *result;
    size_t n; /* bodies; tables of the form `edge` are none */
    vti_tomo_body *body;
    double sigma, u_sigma; /* of edge standards among the tables; NaN: none */
} vti_tomo_run;

extern const vt_experiment vti_tomography_experiment;
extern const vt_param VTI_TOMOGRAPHY_TRUTH[];
typedef struct vti_tomography_truth {
    int record, layer, tell;
    double diameter, ellipticity, voxel, voxel_error, resolution, resolution_error;
    double layer_thickness, density_ratio, grade;
    double noise, correlation, cupping, fringe, rings;
    double depth, margin, air, contrast;
    long slices;
} vti_tomography_truth;

vt_status vti_tomography_reduce(const vt_job *job, vt_result *result, vt_error *err);
vt_status vti_tomography_simulate(const vt_job *job, vt_table *record, vt_error *err);
/* Grey over contrast at depth s (m) of a body of radius R, blurred, on a fine grid; made once, then looked up. */
typedef struct vti_virtual_grey {
    size_t n;
    double from, step;
    double plain; /* depth from where there is only cupping */
    double *g;
} vti_virtual_grey;
vt_status vti_virtual_grey_make(const vti_tomography_truth *p, vti_virtual_grey *v, vt_error *err);
double vti_virtual_grey_at(const vti_virtual_grey *v, double s);
vt_status vti_virtual_slice(const vt_job *job, const vti_virtual_grey *v, vt_image **image, vt_error *err);

/* Tables to bodies: kinds, parameters, names, blur. */
vt_status vti_tomo_gather(vti_tomo_run *run, vt_error *err);
/* Blur from the tables of edge standards. */
vt_status vti_tomo_standards(vti_tomo_run *run, vt_error *err);
/* Outline of the body in one slice. VT_EROI, VT_EAMBIGUOUS, VT_ENARROW, VT_ESATURATED. */
vt_status vti_tomo_outline(const vti_tomo_body *b, size_t slice, vti_outline *o, vt_error *err);
bool vti_tomo_masked(const vti_tomo_body *b, size_t slice, size_t x, size_t y);
/* Robust fit of the outline to n edges (angle, radius). weight: n. VT_EAMBIGUOUS. */
vt_status vti_tomo_harmonics(size_t n, const double *theta, const double *r, double *weight, vti_outline *o,
                             vt_error *err);
/* Grey by depth over all slices, and of the halves. */
vt_status vti_tomo_profiles(vti_tomo_body *b, vt_error *err);

/* Correlation of the noise of a voxel with those (dx, dy) away, 0 <= dy, at [dy][dx + VTI_TOMO_REACH]. */
enum { VTI_TOMO_REACH = 8 };
typedef struct vti_tomo_noise {
    int reach; /* 0: nothing was added */
    double sum[VTI_TOMO_REACH + 1][2 * VTI_TOMO_REACH + 1], pairs[VTI_TOMO_REACH + 1][2 * VTI_TOMO_REACH + 1];
    double rho[VTI_TOMO_REACH + 1][2 * VTI_TOMO_REACH + 1]; /* of half a plane; the other half is its mirror */
    double total;                                           /* sum over all neighbours and the voxel itself, >= 1 */
    double white; /* variance over that of a voxel by which its spectrum is not known: error of its sum, and more */
} vti_tomo_noise;
/* Next neighbour of half a plane, from (0, 0). */
bool vti_tomo_next_neighbour(int reach, int *dx, int *dy);
/* Adds what a slice has beyond its profile: width x height, NaN where there is none. The first one finds the reach. */
void vti_tomo_noise_add(vti_tomo_noise *e, const float *residual, size_t width, size_t height);
/* Sums to correlations. */
void vti_tomo_noise_settle(vti_tomo_noise *e);

/* Sum of rho over the pairs of a voxel of bin i and another one of bin i + k, at [i * (lags + 1) + k]: of the whole,
 * then of each half. */
typedef struct vti_tomo_pairs {
    size_t n, lags;
    double *sum;
} vti_tomo_pairs;
/* Bins that correlated voxels can lie apart. */
size_t vti_tomo_lags(const vti_tomo_noise *e);
/* Adds the pairs of a slice. place: bin of each voxel times 4, 1 more in the right half, 2 more in the lower; -1: none.
 */
void vti_tomo_count_pairs(vti_tomo_pairs *m, const vti_tomo_noise *e, const int *place, size_t width, size_t height);
/* What a profile is made of: voxels and the standard deviation of one, by bin; the bins that are kept. */
typedef struct vti_tomo_bins {
    size_t lags;
    const double *count, *scatter;
    const size_t *kept;
} vti_tomo_bins;
/* p->u, p->lags and p->band of the p->n bins that are kept. sum: of pairs, of that part. more: variance of white noise
 * over that of the voxels that is added, doubled until the matrix is positive definite. */
vt_status vti_tomo_covariance(const vti_tomo_bins *k, const double *sum, double more, vti_profile *p, vt_error *err);

/* The profile of a text table; place: column of the positions, which must rise. p->s is the caller's to free, also
 * after a failure. VT_ENAN, VT_ERANGE. */
vt_status vti_tomo_read_profile(const vt_table *t, const char *place, vti_profile *p, vt_error *err);
/* Every model, their criteria, the choice. */
vt_status vti_tomo_models(vti_tomo_run *run, vti_tomo_body *b, vt_error *err);
/* One model from its start in f->x (SI and grey). sum: chi2 without that of the blur's prior. */
typedef enum vti_edge_held {
    VTI_EDGE_FREE,  /* every parameter of the model is fitted */
    VTI_EDGE_BLUR,  /* but the blur */
    VTI_EDGE_PLACES /* greys only: the surface, the blur and the thickness are held */
} vti_edge_held;
bool vti_edge_solve(vti_edge_problem *p, vti_edge_fit *f, vti_edge_held held);
/* Grey less the model f->x over its uncertainty, made independent: p->n values. */
void vti_edge_residuals(const vti_profile *p, const vti_edge_fit *f, double *e);
void vti_edge_scale(vti_edge_problem *p, const vti_profile *profile, double sigma);
/* Interval of the thickness by profile likelihood, SI. false: not closed. */
bool vti_edge_interval(vti_edge_problem *p, const vti_edge_fit *f, double level, double *low, double *high);
/* Single edge of a profile from nothing. */
bool vti_edge_start(vti_edge_problem *p, vti_edge_fit *f);
/* Half-width of an interval over its standard uncertainty: t where the scatter is that of the fit (P 1.3). */
double vti_tomo_quantile(const vti_tomo_run *run, const vti_tomo_body *b);
/* Thickness, ratio, diameter with budgets; sides. */
vt_status vti_tomo_layer(vti_tomo_run *run, vti_tomo_body *b, vti_edge_problem *p, vt_error *err);
vt_status vti_tomo_report(vti_tomo_run *run, vti_tomo_body *b, vt_error *err);
vt_status vti_tomo_compare(vti_tomo_run *run, vt_error *err);
vt_status vti_tomo_figures(vti_tomo_run *run, vti_tomo_body *b, vt_error *err);
