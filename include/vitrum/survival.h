#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Survival by the product limit (Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457). */
typedef struct vt_survival_step {
    double x;         /* at which specimens failed */
    size_t at_risk;   /* specimens that came as far */
    size_t failures;  /* of them, that failed there */
    double S;         /* share that survives it */
    double u;         /* Greenwood's standard error; 0 where S = 0 */
    double low, high; /* interval by ln(-ln S), which stays within 0 and 1; 0 and that of the step before where S = 0 */
} vt_survival_step;

/* Steps of the survival function of n specimens: specimen i went to x[i], ascending, and failed there or was taken out
 * (censored). Where both happen at one x, failures come first.
 *
 * step   out: at most n steps; steps out: how many
 * level  two-sided, e.g. 0.95
 *
 * VT_EARG: NULL, level not in (0, 1); VT_EDOF: n = 0; VT_ENAN; VT_ESHAPE: x does not ascend. Allocates nothing. */
vt_status vt_product_limit(size_t n, const double *x, const bool *failed, double level, vt_survival_step *step,
                           size_t *steps, vt_error *err);
