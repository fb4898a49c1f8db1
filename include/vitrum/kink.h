#pragma once
#include <vitrum/error.h>
#include <vitrum/nlfit.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fit of a viscosity curve with a kink (P10): VFT above T_k, Arrhenius below,
 *   T >= Tk: ln eta = ln_eta0 + B / (T - T0)
 *   T <  Tk: ln eta = (the same at Tk) + jump + (Qg / k) (1/T - 1/Tk),
 * and of the single laws it is compared with.
 *
 * Method: for one T0 the laws are linear in the rest (variable projection). For one division of the points into liquid
 * and glass both branches are fitted by themselves; where they cross between the two groups, that is the best kink
 * there. Otherwise the best kink sits on a data temperature, and the fit is again linear but for T0 (Hudson, J. Am.
 * Stat. Assoc. 61 (1966) 1097). All divisions are tried, so no start is needed and the minimum is global.
 *
 * Diffusivities: give -ln D, hold T0 at 0, and both branches are Arrhenius lines (B = Q/k above the kink); the interval
 * of Q_g - k B then shows whether there is a kink at all (P10 step 5). */

typedef enum vt_kink_model {
    VT_KINK_CONTINUOUS, /* jump = 0 */
    VT_KINK_JUMP,       /* free jump; Tk is known only to lie between two data temperatures: their middle is given */
    VT_KINK_VFT,        /* no kink: VFT for all T (Tk = 0) */
    VT_KINK_ARRHENIUS   /* no kink: ln_eta0 + B/T for all T (Tk = 0, T0 = 0, B = Q/k); ln_eta0 is always free */
} vt_kink_model;

/* Columns of the covariance. */
typedef enum vt_kink_parameter {
    VT_KINK_LN_ETA0,
    VT_KINK_B,
    VT_KINK_T0,
    VT_KINK_TK,
    VT_KINK_QG,
    VT_KINK_JUMP_HEIGHT,
    VT_KINK_PARAMETERS /* how many */
} vt_kink_parameter;

typedef struct vt_kink_law {
    double ln_eta0; /* ln(Pa s) */
    double B;       /* K */
    double T0;      /* K, >= 0 */
    double Tk;      /* K; 0: no kink */
    double Qg;      /* J per particle; may come out negative where the data allow it */
    double jump;    /* ln eta just below Tk minus just above */
} vt_kink_law;

/* Borrowed. Any order; equal temperatures are allowed. */
typedef struct vt_kink_data {
    size_t n;
    const double *T;      /* K, > 0 */
    const double *ln_eta; /* ln(Pa s) */
    const double *u;      /* standard uncertainty of ln_eta, > 0 */
} vt_kink_data;

/* Zero in every field is a usable default. */
typedef struct vt_kink_options {
    vt_kink_model model;
    vt_nlfit_weights weights;       /* what the u mean: see vitrum/nlfit.h */
    bool fix_eta0;                  /* hold ln_eta0 (P10 step 2: with fewer than 6 liquid points) */
    bool hold_T0, hold_Tk, hold_Qg; /* hold these at the values of `held`: profiles, tests */
    vt_kink_law held;               /* ln_eta0 if fix_eta0, and the held ones; the other fields are not read */
    bool no_covariance;             /* skip it: replicates of a bootstrap */
} vt_kink_options;

typedef struct vt_kink_fit {
    vt_kink_law law;
    double cov[VT_KINK_PARAMETERS * VT_KINK_PARAMETERS]; /* in the units above; rows of held parameters are 0. The
                                                          * Gauss-Newton intervals cover 0.87 to 0.93 instead of 0.95
                                                          * (P10): report a profile or the bootstrap */
    double chi2;
    size_t n, k;          /* points, free parameters */
    size_t liquid, glass; /* points on each branch */
    double p_value;       /* P(chi2_(n-k) >= chi2) for absolute weights and n > k, otherwise -1 */
    double aicc;          /* with known (absolute) or estimated (relative) error; +inf if n <= k + 1 */
    double condition;     /* of the scaled normal matrix; 0 without covariance */
    bool ill;             /* W_ILLCOND: condition > 1e7 */
    bool edge;            /* W_KINK_EDGE: Tk is at the end of the range in which it was sought (third highest to second
                           * lowest temperature): the data do not enclose the kink */
    bool T0_at_zero;      /* chi2 still falls towards T0 < 0: the liquid points do not show curvature */
} vt_kink_fit;

typedef struct vt_kink vt_kink; /* workspace: one per thread; solving allocates nothing */

/* Workspace for up to n_max points into *ws. VT_EARG, VT_EMEMORY. */
vt_status vt_kink_create(vt_kink **ws, size_t n_max, vt_error *err);

/* NULL allowed. */
void vt_kink_free(vt_kink *ws);

/* Global minimum of chi2 for one model.
 *
 * VT_EARG: NULL, n > n_max; VT_ENAN: a value is not finite; VT_EDOMAIN: a T not > 0, a held T0 at or above the lowest
 * liquid temperature; VT_ERANGE: a u not > 0; VT_EDOF: fewer than 3 liquid points or 2 glass points at distinct
 * temperatures for any kink, or fewer points than free parameters; VT_EUNPHYSICAL: viscosity does not rise on cooling;
 * VT_EILLCOND: covariance wanted, condition above 1e10. On failure *fit is untouched. */
vt_status vt_kink_solve(vt_kink *ws, const vt_kink_data *data, const vt_kink_options *opt, vt_kink_fit *fit,
                        vt_error *err);

/* Value of the law: n logarithms of viscosity. VT_EDOMAIN names the first T that is not > 0, or liquid and not > T0. */
vt_status vt_kink_ln_eta(const vt_kink_law *law, size_t n, const double *T, double *ln_eta, vt_error *err);

/* Profile-likelihood interval of T0, Tk or Qg at two-sided probability `level`, around a fit by vt_kink_solve with the
 * same data and options. Ends beyond the domain of the parameter (T0 in [0, lowest liquid T), Tk where a kink is
 * sought) are left open. VT_EARG: other parameter, level not in (0, 1). */
vt_status vt_kink_profile(vt_kink *ws, const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_fit *fit,
                          const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err);

typedef struct vt_kink_replicates {
    size_t count;  /* 1000 for intervals, >= 199 for a test */
    uint64_t seed; /* */
    int threads;   /* 0: as many as the machine has; results do not depend on it */
} vt_kink_replicates;

/* Parametric bootstrap: replicate r is fitted to law(T) + u z_r with standard normal z_r (stream "stats/kink", index
 * r). laws: out, count fits of the same model. failed: out, how many did not fit (their law is all 0); 0 in practice.
 * VT_EDOMAIN: law and data do not fit together. */
vt_status vt_kink_bootstrap(const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_law *law,
                            const vt_kink_replicates *how, vt_kink_law *laws, size_t *failed, vt_error *err);

typedef struct vt_kink_test_result {
    double drop;    /* statistic of the data */
    double p_value; /* (1 + replicates with a drop at least as large) / (1 + replicates) */
} vt_kink_test_result;

/* Test of "no kink" (the Davies problem: Tk exists only under the alternative, so chi2 tables are wrong; Davies,
 * Biometrika 74 (1987) 33). Statistic: chi2 of the null model minus chi2 of the kink model; its distribution under the
 * null comes from data simulated with the fitted null law.
 *
 * opt         model CONTINUOUS or JUMP, absolute weights; fix_eta0 applies to both models
 * null_model  VT_KINK_VFT or VT_KINK_ARRHENIUS
 *
 * VT_EARG: another model, relative weights, count 0; else as vt_kink_solve. */
vt_status vt_kink_test(const vt_kink_data *data, const vt_kink_options *opt, vt_kink_model null_model,
                       const vt_kink_replicates *how, vt_kink_test_result *out, vt_error *err);
