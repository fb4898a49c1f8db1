#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/experiment.h>
#include <vitrum/nlfit.h>

/* The experiment `viscosity`: equilibrium viscosities of liquids to VFT and MYEGA laws, fragility and T12. */
extern const vt_experiment vti_viscosity_experiment;

typedef struct vti_viscosity_params {
    double glass_viscosity;   /* Pa s */
    double max_extrapolation; /* decades */
    long min_points;
    char series[VT_PARAM_TEXT];
} vti_viscosity_params;

/* Both laws in the same three parameters, L = log10(glass_viscosity):
 *   VFT    y = A + (L - A)^2 / (m (T/Tg - 1) + L - A)
 *   MYEGA  y = A + (L - A) x exp[(m/(L - A) - 1)(x - 1)],  x = Tg/T
 * y = log10(eta / Pa s), A = its limit at high T, Tg the temperature where y = L, m = d y / d(Tg/T) there.
 * Source: Mauro et al., PNAS 106 (2009) 19780, equations 2 and 7. */
typedef enum vti_viscosity_law { VTI_VFT, VTI_MYEGA, VTI_VISCOSITY_LAWS } vti_viscosity_law;
enum { VTI_A, VTI_TG, VTI_M, VTI_VISCOSITY_P };

/* y at T for parameters x, and its gradient (NULL: not wanted). false outside the domain: m, Tg > 0, A < L, and for
 * VFT T > T0. */
bool vti_viscosity_y(vti_viscosity_law law, double L, const double x[VTI_VISCOSITY_P], double T, double *y,
                     double gradient[VTI_VISCOSITY_P]);

/* The points of one liquid. */
typedef struct vti_viscosity_points {
    size_t n;
    const double *T; /* K */
    const double *y; /* log10(Pa s) */
    const double *u; /* standard uncertainty of y; NULL: equal and unknown, estimated from the scatter */
} vti_viscosity_points;

typedef struct vti_viscosity_fit {
    double x[VTI_VISCOSITY_P];
    double cov[VTI_VISCOSITY_P * VTI_VISCOSITY_P];
    vt_nlfit_interval interval[VTI_VISCOSITY_P]; /* profile likelihood, at the level asked for */
    vt_nlfit_summary sum;
    double aicc, weight;
    double scatter; /* rms residual of y with n - 3 degrees of freedom */
} vti_viscosity_fit;

/* Fits one law: a start from the straight line in 1/T and five around it, covariance, profile intervals at `level`.
 * ws: for p->n residuals and three parameters at least. VT_EDOF: fewer than 6 points or 4 temperatures; VT_EUNPHYSICAL:
 * viscosity does not rise on cooling; else as vt_nlfit_solve. *fit is untouched on failure. */
vt_status vti_viscosity_fit_law(vt_nlfit *ws, vti_viscosity_law law, double L, const vti_viscosity_points *p,
                                double level, vti_viscosity_fit *fit, vt_error *err);

/* One liquid of a run. */
typedef struct vti_viscosity_series {
    char name[VT_NAME]; /* "": the only one, without a name */
    const char *text;   /* whole name, borrowed from the table */
    size_t begin, n;    /* its points in the arrays of the run */
    bool has_u;         /* every point has an uncertainty */
    double T_low, T_high, y_low, y_high;
    bool fitted;
    vti_viscosity_fit fit[VTI_VISCOSITY_LAWS];
} vti_viscosity_series;

/* Cautions that many series may share: the first few are told one by one, the rest as a number. */
typedef enum vti_viscosity_caution {
    VTI_FEW_POINTS,
    VTI_NOT_FITTED,
    VTI_NOT_IDENTIFIED,
    VTI_NO_CURVATURE,
    VTI_EXTRAPOLATED,
    VTI_MODEL_DEPENDENT,
    VTI_SCATTER,
    VTI_CAUTIONS
} vti_viscosity_caution;

typedef struct vti_viscosity_run {
    const vt_job *job;
    const vti_viscosity_params *par;
    vt_result *result;
    double L;     /* log10(glass_viscosity / Pa s) */
    double level; /* of intervals */
    size_t npoints;
    double *T, *y, *u; /* points, series after series; u NaN where not given */
    size_t nseries;
    vti_viscosity_series *series;
    size_t left_out; /* rows without viscosity */
    size_t cautions[VTI_CAUTIONS];
} vti_viscosity_run;

/* A warning about a series; the fourth and later ones of a kind are only counted. */
vt_status vti_viscosity_warn(vti_viscosity_run *run, vti_viscosity_caution c, vt_error *err, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* How many were only counted. */
vt_status vti_viscosity_warn_rest(vti_viscosity_run *run, vt_error *err);

/* Points and series from the tables, in the order in which they first appear. */
vt_status vti_viscosity_gather(vti_viscosity_run *run, vt_error *err);
/* Properties, model comparison, warnings, the table of fits. */
vt_status vti_viscosity_report(vti_viscosity_run *run, vt_error *err);
/* Curves and figures of the first fitted series. */
vt_status vti_viscosity_figures(vti_viscosity_run *run, vt_error *err);

vt_status vti_viscosity_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* The virtual viscometer. */
typedef struct vti_viscosity_truth {
    double isoviscous_temperature, fragility, log10_viscosity_infinite;
    double glass_viscosity, T_low, T_high, scatter;
    long points, series;
    int law;
} vti_viscosity_truth;
vt_status vti_viscosity_simulate(const vt_job *job, vt_table *record, vt_error *err);
