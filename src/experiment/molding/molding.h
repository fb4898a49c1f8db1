#pragma once
#include "length_internal.h"
#include <vitrum/experiment.h>
#include <vitrum/kink.h>
#include <vitrum/transport_law.h>

/* The experiment `molding`: tables of wire lengths to viscosity, interface mobility, critical diameter and their laws
 * (procedures P08 to P13). */
extern const vt_experiment vti_mold_experiment;

typedef struct vti_mold_params {
    char alloy[VT_PARAM_TEXT];
    double tg, atomic_volume, atomic_volume_u, relaxation_time, exposure_time;
    int prefactor, model, kink, entrance, capillary;
    double diameter_u, pressure_u, temperature_u;
    double imprint, template_thickness;
    double surface_tension, contact_angle;
    double interface_thickness, interface_thickness_factor, atomic_radius, atomic_radius_u;
    double stokes_einstein_constant, activation_ratio, activation_ratio_u;
    double vft_viscosity_infinite, vft_viscosity_infinite_decades;
    double shear_modulus;
} vti_mold_params;
extern const vt_param VTI_MOLD_PARAMS[];

enum { VTI_READING_BOTH, VTI_READING_32, VTI_READING_16 };
enum { VTI_KINK_AUTO, VTI_KINK_CONTINUOUS, VTI_KINK_JUMP, VTI_KINK_NONE };
enum { VTI_CHOOSE_AUTO, VTI_CHOOSE_ADDITIVE, VTI_CHOOSE_FASTEST };

/* Which mechanisms the lengths of a condition show. */
typedef enum vti_side { VTI_BOTH_SIDES, VTI_VISCOUS_SIDE, VTI_DIFFUSION_SIDE } vti_side;

typedef struct vti_condition {
    double T, p, t;       /* K, Pa, s */
    double I;             /* Pa s */
    size_t first, n;      /* its rows in the arrays of the run */
    bool same_T;          /* another condition has its temperature */
    bool relative;        /* no scatter given: weights known up to a factor */
    bool imprint_given;   /* imprint lengths are in the table */
    double scatter;       /* pooled relative scatter of wires; NaN if relative */
    double dof;           /* of the scatter */
    double min_aspect;    /* smallest L/d */
    double max_stress;    /* largest wall stress p d/(4 L), Pa */
    double max_capillary; /* largest |4 gamma cos(theta)/d| / p */
    vti_length_fit fit[VTI_LENGTH_MODELS];
    bool fitted[VTI_LENGTH_MODELS];
    double aicc[VTI_LENGTH_MODELS], weight[VTI_LENGTH_MODELS];
    vti_side side;
    vti_length_fit best;     /* of the model in use: additive, fastest, or one mechanism alone */
    double scale;            /* of its covariance: chi2/nu where scatter is unknown or the model does not fit */
    double quantile;         /* of the interval */
    double ln_eta, u_ln_eta; /* convention 32; NaN if not given */
    double ln_mobility, u_ln_mobility; /* the same */
} vti_condition;

/* Constants that the reduction takes as known. */
typedef struct vti_mold_known {
    double Tg, Omega, u_Omega; /* u relative */
    double tau_g, t_exp, shear_modulus, surface_tension, contact_angle;
    double delta, u_delta, R, u_R,
        c; /* interface thickness, radius of the diffusing atom (u relative), Stokes-Einstein */
} vti_mold_known;

/* Values at temperatures, on their way into the laws. */
typedef struct vti_law_data {
    size_t n_eta, n_mobility;
    double *T_eta, *ln_eta, *u_eta;
    double *T_mobility, *ln_mobility, *u_mobility;
} vti_law_data;

/* Assumptions behind the laws; replicates draw them. */
typedef struct vti_law_assumptions {
    double Tg, Omega, tau_g, t_exp, c, ratio, delta, R, ln_eta0;
    double T_low, T_high; /* range of the conditions, for the maximum */
} vti_law_assumptions;

enum {
    VTI_LAW_LN_ETA,
    VTI_LAW_STRENGTH,
    VTI_LAW_T0,
    VTI_LAW_TK,
    VTI_LAW_QG,
    VTI_LAW_JUMP, /* of ln eta at the kink; NaN unless kink=jump */
    VTI_LAW_LN_ETA0,
    VTI_LAW_LN_MOBILITY,
    VTI_LAW_QI,
    VTI_LAW_FRAGILITY,
    VTI_LAW_T_SER,
    VTI_LAW_BULK,
    VTI_LAW_INTERFACE,
    VTI_LAW_DMAX,
    VTI_LAW_TMAX,
    VTI_LAW_INSIDE, /* 1: the maximum lies inside the range of conditions */
    VTI_LAW_OMEGA,  /* m^3: assumed; correlated with the mobility, which the lengths give as Omega * delta D_I */
    VTI_LAW_N
};

typedef struct vti_laws {
    bool has_viscosity, has_mobility;
    vt_kink_model model;
    bool fix_eta0;
    double value[VTI_LAW_N]; /* NaN: not determined */
    vt_kink_law viscosity;
} vti_laws;

/* Everything one reduction works on. */
typedef struct vti_mold_run {
    const vt_job *job;
    const vti_mold_params *par;
    vt_result *result;
    const char *path;
    vti_mold_known known;
    size_t n; /* rows */
    double *d, *L, *ln_d, *y, *s, *L0, *sd, *count;
    long *line;
    const char **file; /* of each row; borrowed */
    size_t nc;
    vti_condition *c;
    vti_length_model model; /* in use: additive or fastest */
    double z;               /* normal quantile of the level */
    vti_law_data data;
    vti_laws laws;
    size_t nrep, replicates;             /* that gave laws; tried */
    double *draws;                       /* nrep x VTI_LAW_N */
    double p_kink;                       /* of the kink test; NaN: not made */
    double slope_change, u_slope_change; /* J: glass minus liquid activation energy of the mobility; NaN */
} vti_mold_run;

/* Rows to conditions, sorted by falling temperature and rising diameter; checks P08. Allocates the arrays of the run.
 */
vt_status vti_mold_gather(vti_mold_run *run, vt_error *err);
void vti_mold_release(vti_mold_run *run);

/* Slips of a unit that single columns do not show: VT_EUNITS. Before and after the fit. */
vt_status vti_mold_slips(const vti_mold_run *run, vt_error *err);
vt_status vti_mold_level(vti_mold_run *run, vt_error *err);

/* Lengths of condition k as the fits take them. */
vti_lengths vti_mold_lengths(const vti_mold_run *run, size_t k);

/* Fits every model at every condition, chooses between additive and fastest, decides sides, fills best, ln_eta ... */
vt_status vti_mold_fit(vti_mold_run *run, vt_error *err);

/* eta (32) and delta D_I of a fit at a condition, as logarithms. T, Omega: taken as true (K, m^3). */
double vti_mold_ln_eta(const vti_condition *c, double ln_a);
double vti_mold_ln_mobility(const vti_condition *c, double T, double Omega, double ln_b);

/* Condition in words: "297 degC" or "297 degC, 1.25 GPa, 36000 s". */
const char *vti_mold_label(const vti_condition *c, char *buf, size_t size);

vt_status vti_mold_warn(vti_mold_run *run, vt_error *err);
vt_status vti_mold_report_conditions(vti_mold_run *run, vt_error *err);
vt_status vti_mold_report_lengths(vti_mold_run *run, vt_error *err);
vt_status vti_mold_report_laws(vti_mold_run *run, vt_error *err);
vt_status vti_mold_figures(vti_mold_run *run, vt_error *err);
vt_status vti_mold_make_card(vti_mold_run *run, vt_error *err);

/* Laws over temperature: model choice, fit, tests. */
vt_status vti_mold_fit_laws(vti_mold_run *run, vt_error *err);
/* One fit of the laws; the kernel of the bootstrap. Allocates nothing. */
vt_status vti_laws_solve(const vti_law_data *data, const vti_law_assumptions *as, vt_kink *ws, vti_laws *laws,
                         vt_error *err);
vti_law_assumptions vti_mold_assumptions(const vti_mold_run *run);
/* ln d_c of laws at T; NaN outside them. */
double vti_laws_ln_diameter(const vti_laws *laws, const vti_law_assumptions *as, double T);
double vti_laws_ln_eta(const vti_laws *laws, double T);
double vti_laws_ln_mobility(const vti_laws *laws, const vti_law_assumptions *as, double T);

/* Parametric bootstrap from lengths to laws. Same numbers for any number of threads. */
vt_status vti_mold_bootstrap(vti_mold_run *run, size_t n, vt_error *err);

vt_status vti_mold_reduce(const vt_job *job, vt_result *result, vt_error *err);

/* ---- virtual instrument ---- */
typedef struct vti_mold_truth {
    char alloy[VT_PARAM_TEXT];
    vt_list temperatures, pressures, times, diameters;
    double scatter, pore_error, imprint, pressure_error;
    long count;
    int mode, entrance;
} vti_mold_truth;
extern const vt_param VTI_MOLD_TRUTH[];
vt_status vti_mold_simulate(const vt_job *job, vt_table *record, vt_error *err);
