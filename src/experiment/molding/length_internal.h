#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Fits of wire length against diameter at one condition (P09). Lengths enter as y = ln L; a model gives
 *   y(d) = 1/2 ln(a d^2 + b/d)      additive
 *   y(d) = ln max(sqrt(a) d, sqrt(b/d))   fastest wins
 * or one term alone. The variance of a point is s^2 (wires) plus (dy/dln d)^2 pore_u^2 (its pore), so weights depend
 * on the slope of the model and are iterated (effective variance). */

/* Lengths of one condition, by rising diameter. Borrowed. */
typedef struct vti_lengths {
    size_t n;
    const double *ln_d; /* ln(d / m) */
    const double *y;    /* ln(L / m) */
    const double *s;    /* standard error of y from the wires, > 0 */
    double pore_u;      /* relative standard uncertainty of a diameter, >= 0 */
    bool entrance;      /* the viscous column has an entrance (additive and viscous models) */
} vti_lengths;

typedef enum vti_length_model {
    VTI_ADDITIVE,
    VTI_FASTEST,
    VTI_VISCOUS,
    VTI_DIFFUSION,
    VTI_FREE, /* free exponents */
    VTI_LENGTH_MODELS
} vti_length_model;
extern const char *const VTI_LENGTH_MODEL_NAME[VTI_LENGTH_MODELS];

typedef struct vti_length_fit {
    vti_length_model model;
    double ln_a;               /* a is dimensionless; -INFINITY: not in the model */
    double ln_b;               /* b in m^3; the same */
    double V_aa, V_ab, V_bb;   /* covariance */
    double alpha, beta;        /* exponents of the two branches: 1 and -1/2 unless the model is FREE */
    double u_alpha, u_beta;    /* */
    double chi2;               /* sum of weighted squared residuals */
    double objective;          /* -2 ln likelihood, up to a constant of the data: chi2 + sum ln(var_i / s_i^2) */
    size_t n, k;               /* points, free parameters */
    size_t viscous, diffusive; /* points on either side of the crossing */
} vti_length_fit;

/* VT_EDOF: fewer points than parameters. VT_EONE_BRANCH: a or b is not determined by the lengths at all.
 * VT_ENOCONV. The output is untouched on failure. No allocation; thread-safe. */
vt_status vti_fit_additive(const vti_lengths *data, vti_length_fit *fit, vt_error *err);
vt_status vti_fit_fastest(const vti_lengths *data, vti_length_fit *fit, vt_error *err);
vt_status vti_fit_single(const vti_lengths *data, vti_length_model model, vti_length_fit *fit, vt_error *err);
vt_status vti_fit_free(const vti_lengths *data, const vti_length_fit *additive, vti_length_fit *fit, vt_error *err);
vt_status vti_fit_length(const vti_lengths *data, vti_length_model model, vti_length_fit *fit, vt_error *err);

/* y and dy/dln d of a fitted model (not FREE) at ln d. */
double vti_length_value(const vti_length_fit *fit, bool entrance, double ln_d, double *slope);

/* One-sided limit of the term that the lengths hardly show: the ln b (side VTI_DIFFUSION) or ln a (VTI_VISCOUS) at
 * which chi2 of the additive model, minimal over the other, exceeds its minimum by drop; *other: the other there. */
vt_status vti_length_limit(const vti_lengths *data, vti_length_model side, double drop, double *limit, double *other,
                           vt_error *err);

/* ln d_c = (ln b - ln a)/3 and its standard uncertainty. */
double vti_ln_crossing(const vti_length_fit *fit, double *u);
