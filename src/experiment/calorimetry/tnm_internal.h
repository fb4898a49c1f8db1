#pragma once
#include <vitrum/experiment.h>
#include <vitrum/nlfit.h>
#include <vitrum/tnm.h>

/* The form `relaxation` of calorimetry: heat capacity after coolings at several rates, and the law of Tool,
 * Narayanaswamy and Moynihan fitted to all of them at once. */
extern const vt_column VTI_TNM_COLUMNS[];
vt_status vti_tnm_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* P: T100 where the relaxation time in equilibrium is VTI_TNM_TIME, dh/R, x, beta. */
enum { VTI_TNM_T, VTI_TNM_H, VTI_TNM_X, VTI_TNM_B, VTI_TNM_P };
enum { VTI_TNM_SCANS = 16, VTI_TNM_LINEAR = VTI_TNM_SCANS + 3, VTI_TNM_PROFILE = 9 };
#define VTI_TNM_TIME 100.0 /* s */

/* A heating: bins of equal width. */
typedef struct vti_tnm_scan {
    const vt_table *table;
    double cooling, heating, begin, width; /* K/s, K/s, K, K */
    size_t n, first;                       /* bins; index of the first among those of all scans */
    size_t readings;
} vti_tnm_scan;

typedef struct vti_tnm_fit {
    const vt_job *job;
    vt_result *result;
    size_t scans, bins;
    vti_tnm_scan scan[VTI_TNM_SCANS];
    double *T, *c, *u;   /* of all bins: mean temperature, K, heat capacity, its standard uncertainty, J/(kg K); kept */
    double *basis;       /* VTI_TNM_LINEAR columns of `bins`; kept with T */
    double *model;       /* of all bins; kept with T */
    double start, T_ref; /* K: where coolings begin; middle of the lines */
    double noise;        /* J/(kg K): of a reading */
    size_t parts;        /* coarse steps of the model in a bin between `frozen` and `molten` */
    double frozen, molten; /* K */
    double *defect;        /* K: of Tf at the ends of bins, what fine steps add to coarse ones; kept with T */
    /* history of one scan */
    size_t room;
    double *t, *Th, *Tf; /* kept at t */
    size_t *edge;        /* of bins; kept */
    vt_kww spectrum;
    double spectrum_beta; /* that the spectrum is of; 0: none */
    double work[VT_TNM_WORK];
    double last_x[VTI_TNM_P], *last_r; /* where residuals were last computed; x[0] = 0: nowhere; last_r kept with T */
    double *J;                         /* bins x VTI_TNM_P, at x; kept with T */
    /* what came out */
    double x[VTI_TNM_P], cov[VTI_TNM_P * VTI_TNM_P], linear[VTI_TNM_LINEAR], factor; /* factor: of u, for serial r */
    double triangle[VTI_TNM_LINEAR][VTI_TNM_LINEAR]; /* of the lines over u: its inverse gives their covariance */
    vt_nlfit_summary sum;
    vt_nlfit_interval interval[VTI_TNM_P];
    double profile_at[VTI_TNM_P][VTI_TNM_PROFILE], profile[VTI_TNM_P][VTI_TNM_PROFILE]; /* value, rise of chi2/s2 */
    double Tf_scan[VTI_TNM_SCANS]; /* K: fictive temperature after the cooling */
} vti_tnm_fit;

vt_status vti_tnm_gather(vti_tnm_fit *f, vt_error *err);
void vti_tnm_free(vti_tnm_fit *f);
size_t
vti_tnm_linear(const vti_tnm_fit *f); /* columns: c, slope, step, slope of step, offset of each scan but the first */
/* Residuals over u at the best lines for x; 0, or 1 outside the domain. Fills model and linear. */
int vti_tnm_residual(const double *x, double *r, void *fit);
int vti_tnm_jacobian(const double *x, double *J, void *fit);
vt_tnm vti_tnm_law(const double *x);
/* Defects of the coarse steps for the law x; VT_ENOCONV and the errors of vt_tnm_follow. */
vt_status vti_tnm_correct(vti_tnm_fit *f, const double *x, vt_error *err);
void vti_tnm_uncorrected(vti_tnm_fit *f); /* no defects */
vt_nlfit_problem vti_tnm_problem(vti_tnm_fit *f, const bool *fixed);
vt_status vti_tnm_solve(vti_tnm_fit *f, vt_error *err);
/* Profiles of all parameters to the root of the rise `limit`; needs x, cov, sum and factor. */
vt_status vti_tnm_profiles(vti_tnm_fit *f, vt_nlfit *ws, double limit, vt_error *err);
vt_status vti_tnm_report(vti_tnm_fit *f, vt_error *err);
